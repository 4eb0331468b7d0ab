//! GraphML, for NetworkX, igraph, yEd and Gephi.

use std::io::Write;

use super::view::{Attributes, Column, EDGE_COLUMNS, NODE_COLUMNS, edges, nodes};
use super::xml::{self, Escaped};
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// Writes the graph as GraphML, with typed attributes; edges have ids, so that parallel ones stay apart.
///
/// Lists are joined by `;`; offsets are bytes. O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn graphml<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    writeln!(out, "<key id=\"n_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>")?;
    for (class, columns) in [("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)] {
        for column in columns {
            let (id, name, holds) = (key(class, *column), column.name, xml::type_name(column.holds));
            writeln!(out, "<key id=\"{id}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{holds}\"/>")?;
        }
    }
    writeln!(out, "<graph id=\"quotetrace\" edgedefault=\"directed\">")?;
    for node in nodes(graph) {
        write!(out, "<node id=\"n{}\"><data key=\"n_label\">{}</data>", node.number, Escaped(&node.label))?;
        data(&mut out, "node", &node.attributes)?;
        writeln!(out, "</node>")?;
    }
    for edge in edges(graph) {
        let (number, source, target) = (edge.number, edge.source, edge.target);
        write!(out, "<edge id=\"e{number}\" source=\"n{source}\" target=\"n{target}\">")?;
        data(&mut out, "edge", &edge.attributes)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")?;
    Ok(())
}

fn data<W: Write>(out: &mut W, class: &str, attributes: &Attributes<'_>) -> Result<()> {
    for (column, value) in attributes.iter() {
        write!(out, "<data key=\"{}\">{}</data>", key(class, *column), Escaped(value))?;
    }
    Ok(())
}

/// The id of an attribute: nodes and edges have some of one name.
fn key(class: &str, column: Column) -> String {
    format!("{}_{}", class.get(..1).unwrap_or(class), column.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_real_reader_finds_every_node_and_edge_and_declared_keys() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            graphml(&graph, &mut written).unwrap();
            let xml = String::from_utf8(written).unwrap();
            let read = roxmltree::Document::parse(&xml).unwrap();
            let all = |name: &'static str| read.descendants().filter(move |node| node.has_tag_name(name));
            assert_eq!(all("node").count(), graph.graph().node_count());
            assert_eq!(all("edge").count(), graph.graph().edge_count());
            let keys: Vec<_> = all("key").filter_map(|key| key.attribute("id")).collect();
            assert!(all("data").all(|data| keys.contains(&data.attribute("key").unwrap())));
        }
    }

    #[test]
    fn an_utterance_has_its_words_and_number_of_printings() {
        let mut written = Vec::new();
        graphml(&sample::graph(), &mut written).unwrap();
        let xml = String::from_utf8(written).unwrap();
        assert!(
            xml.contains("<data key=\"n_text\">The old bridge will close for good in May</data>"),
            "{xml}"
        );
        assert!(xml.contains("<data key=\"n_printings\">2</data>"));
    }
}
