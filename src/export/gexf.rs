//! GEXF 1.3, for Gephi: the graph with its dates.

use std::io::Write;

use super::view::{Attributes, EDGE_COLUMNS, NODE_COLUMNS, edges, nodes};
use super::xml::{self, Escaped};
use crate::document::Published;
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// Writes the graph as GEXF 1.3, with typed attributes. Documents, and the edges from them, start when the document
/// was published, so that Gephi's timeline plays the story; what has no date is always there.
///
/// Its `timeformat` is `date`, the one that NetworkX reads too; the dates have their time of day where it is known.
/// Lists are joined by `;`; offsets are bytes; a date alone starts at midnight UTC. O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn gexf<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<meta><creator>quotetrace</creator></meta>")?;
    let time = if graph.documents().iter().any(|header| header.published.is_some()) {
        " mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\""
    } else {
        " mode=\"static\""
    };
    writeln!(out, "<graph defaultedgetype=\"directed\"{time}>")?;
    for (class, columns) in [("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)] {
        writeln!(out, "<attributes class=\"{class}\">")?;
        for column in columns {
            let (name, holds) = (column.name, xml::type_name(column.holds));
            writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{holds}\"/>")?;
        }
        writeln!(out, "</attributes>")?;
    }
    writeln!(out, "<nodes>")?;
    for node in nodes(graph) {
        let (label, start) = (Escaped(&node.label), start(node.published));
        write!(out, "<node id=\"n{}\" label=\"{label}\"{start}>", node.number)?;
        values(&mut out, &node.attributes)?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for edge in edges(graph) {
        let (number, source, target, kind) = (edge.number, edge.source, edge.target, edge.kind);
        let start = start(edge.published);
        write!(
            out,
            "<edge id=\"e{number}\" source=\"n{source}\" target=\"n{target}\" kind=\"{kind}\" label=\"{kind}\"{start}>"
        )?;
        values(&mut out, &edge.attributes)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")?;
    Ok(())
}

fn start(published: Option<Published>) -> String {
    published.map_or_else(String::new, |published| {
        let midnight = if published.is_day() { "T00:00:00Z" } else { "" };
        format!(" start=\"{published}{midnight}\"")
    })
}

fn values<W: Write>(out: &mut W, attributes: &Attributes<'_>) -> Result<()> {
    write!(out, "<attvalues>")?;
    for (column, value) in attributes.iter() {
        write!(out, "<attvalue for=\"{}\" value=\"{}\"/>", column.name, Escaped(value))?;
    }
    write!(out, "</attvalues>")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn a_real_reader_finds_every_node_and_edge_and_the_dates() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            gexf(&graph, &mut written).unwrap();
            let xml = String::from_utf8(written).unwrap();
            let read = roxmltree::Document::parse(&xml).unwrap();
            let all = |name: &'static str| read.descendants().filter(move |node| node.has_tag_name(name));
            assert_eq!(all("node").count(), graph.graph().node_count());
            assert_eq!(all("edge").count(), graph.graph().edge_count());
            let dated = graph.documents().iter().filter(|header| header.published.is_some()).count();
            assert_eq!(all("node").filter(|node| node.has_attribute("start")).count(), dated);
        }
    }
}
