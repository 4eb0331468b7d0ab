//! Cytoscape.js JSON, for Cytoscape and pages that draw with it.

use std::io::Write;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::careful;
use super::node_link::{Each, edge_entries, entries};
use super::view::{EdgeView, NodeView, edges, nodes};
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// Writes the graph in the JSON of Cytoscape.js, which Cytoscape and NetworkX (`networkx.cytoscape_graph`) read too.
/// Nodes and edges have their kind as a class, for style sheets.
///
/// Offsets are bytes. O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn cytoscape<W: Write>(graph: &ProvenanceGraph, out: W) -> Result<()> {
    careful::write(&Network(graph), out)
}

struct Network<'a>(&'a ProvenanceGraph);

impl Serialize for Network<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("data", &json!({"name": "quotetrace", "offsets": "UTF-8 bytes"}))?;
        map.serialize_entry("directed", &true)?;
        map.serialize_entry("multigraph", &true)?;
        map.serialize_entry("elements", &Elements(self.0))?;
        map.end()
    }
}

struct Elements<'a>(&'a ProvenanceGraph);

impl Serialize for Elements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("nodes", &Each(|| nodes(self.0).map(|node| Element(node.kind, NodeData(node)))))?;
        map.serialize_entry("edges", &Each(|| edges(self.0).map(|edge| Element(edge.kind, EdgeData(edge)))))?;
        map.end()
    }
}

struct Element<T>(&'static str, T);

impl<T: Serialize> Serialize for Element<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("data", &self.1)?;
        map.serialize_entry("classes", self.0)?;
        map.end()
    }
}

struct NodeData<'a>(NodeView<'a>);

impl Serialize for NodeData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &format_args!("n{}", self.0.number))?;
        // NetworkX takes its own id of the node from here.
        map.serialize_entry("value", &format_args!("n{}", self.0.number))?;
        map.serialize_entry("label", &self.0.label)?;
        entries(&mut map, &self.0.attributes)?;
        map.end()
    }
}

struct EdgeData<'a>(EdgeView<'a>);

impl Serialize for EdgeData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &format_args!("e{}", self.0.number))?;
        edge_entries(&mut map, &self.0)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::sample;

    #[test]
    fn ids_are_unique_over_nodes_and_edges_and_no_edge_hangs_in_the_air() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            cytoscape(&graph, &mut written).unwrap();
            let read: serde_json::Value = serde_json::from_slice(&written).unwrap();
            let of = |list: &str, key: &str| -> Vec<String> {
                let list = read["elements"][list].as_array().unwrap();
                list.iter().map(|element| element["data"][key].as_str().unwrap().to_owned()).collect()
            };
            let nodes: BTreeSet<String> = of("nodes", "id").into_iter().collect();
            let edges: BTreeSet<String> = of("edges", "id").into_iter().collect();
            assert_eq!(nodes.len(), graph.graph().node_count());
            assert_eq!(edges.len(), graph.graph().edge_count());
            assert!(nodes.is_disjoint(&edges));
            assert!(
                ["source", "target"].iter().all(|end| of("edges", end).iter().all(|id| nodes.contains(id)))
            );
        }
    }
}
