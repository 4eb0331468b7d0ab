//! Node-link JSON, as NetworkX reads and writes it.

use std::io::Write;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::json;

use super::careful;
use super::view::{Attributes, EdgeView, NodeView, edges, nodes};
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// Writes the graph as node-link JSON: `networkx.node_link_graph(json.load(file))` reads it (NetworkX 3.4 and newer,
/// where the list of edges is called `edges`). D3 reads it with `edges` for its `links`.
///
/// Offsets are bytes. O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn node_link<W: Write>(graph: &ProvenanceGraph, out: W) -> Result<()> {
    careful::write(&NodeLink(graph), out)
}

struct NodeLink<'a>(&'a ProvenanceGraph);

impl Serialize for NodeLink<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("directed", &true)?;
        map.serialize_entry("multigraph", &true)?;
        map.serialize_entry("graph", &json!({"name": "quotetrace", "offsets": "UTF-8 bytes"}))?;
        map.serialize_entry("nodes", &Each(|| nodes(self.0).map(Node)))?;
        map.serialize_entry("edges", &Each(|| edges(self.0).map(Link)))?;
        map.end()
    }
}

/// An array of what an iterator gives, one at a time.
pub(super) struct Each<F>(pub(super) F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in (self.0)() {
            list.serialize_element(&item)?;
        }
        list.end()
    }
}

/// Adds attributes to a map.
pub(super) fn entries<M: SerializeMap>(
    map: &mut M,
    attributes: &Attributes<'_>,
) -> std::result::Result<(), M::Error> {
    attributes.iter().try_for_each(|(column, value)| map.serialize_entry(column.name, value))
}

/// Adds what an edge joins, the key by which NetworkX keeps parallel ones apart, and its attributes.
pub(super) fn edge_entries<M: SerializeMap>(
    map: &mut M,
    edge: &EdgeView<'_>,
) -> std::result::Result<(), M::Error> {
    map.serialize_entry("source", &format_args!("n{}", edge.source))?;
    map.serialize_entry("target", &format_args!("n{}", edge.target))?;
    map.serialize_entry("key", &format_args!("e{}", edge.number))?;
    entries(map, &edge.attributes)
}

struct Node<'a>(NodeView<'a>);

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &format_args!("n{}", self.0.number))?;
        map.serialize_entry("label", &self.0.label)?;
        entries(&mut map, &self.0.attributes)?;
        map.end()
    }
}

struct Link<'a>(EdgeView<'a>);

impl Serialize for Link<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        edge_entries(&mut map, &self.0)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn every_node_and_edge_is_there_and_no_text_is_changed() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            node_link(&graph, &mut written).unwrap();
            let read: serde_json::Value = serde_json::from_slice(&written).unwrap();
            assert_eq!(read["nodes"].as_array().unwrap().len(), graph.graph().node_count());
            assert_eq!(read["edges"].as_array().unwrap().len(), graph.graph().edge_count());
            for header in graph.documents() {
                let named =
                    |node: &&serde_json::Value| node["name"] == *header.id && node["kind"] == "document";
                let node = read["nodes"].as_array().unwrap().iter().find(named).unwrap();
                assert_eq!(node["title"].as_str(), header.title.as_deref());
            }
        }
    }
}
