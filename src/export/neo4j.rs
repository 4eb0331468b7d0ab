//! Neo4j: two CSV files with the headers of `neo4j-admin database import`.

use std::borrow::Cow;
use std::io::Write;

use super::separated::row;
use super::view::{Attributes, Column, EDGE_COLUMNS, NODE_COLUMNS, Type, edges, nodes};
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// Writes the nodes to one file and the relationships to another.
///
/// Labels are `Speaker`, `Utterance`, `Document`, `Outlet`; types `SAID`, `PRINTED`, `PUBLISHED_BY`, `CREDITS`,
/// `REPEATS`. Texts are as they are, with no guard against spreadsheets; some may hold line breaks, so import with
/// `--multiline-fields=true`. Offsets are bytes. O(nodes + edges).
///
/// # Errors
/// Only what `node_file` and `relationship_file` give.
pub fn neo4j<N: Write, R: Write>(
    graph: &ProvenanceGraph,
    mut node_file: N,
    mut relationship_file: R,
) -> Result<()> {
    let header = ["id:ID", ":LABEL", "label"].map(Cow::Borrowed);
    row(&mut node_file, header.into_iter().chain(properties(NODE_COLUMNS)))?;
    for node in nodes(graph) {
        let own = [format!("n{}", node.number), label(node.kind), node.label].map(Cow::Owned);
        row(&mut node_file, own.into_iter().chain(cells(NODE_COLUMNS, &node.attributes)))?;
    }
    let header = [":START_ID", ":END_ID", ":TYPE", "id"].map(Cow::Borrowed);
    row(&mut relationship_file, header.into_iter().chain(properties(EDGE_COLUMNS)))?;
    for edge in edges(graph) {
        let ends = [format!("n{}", edge.source), format!("n{}", edge.target)];
        let own = [edge.kind.to_uppercase(), format!("e{}", edge.number)];
        let own = ends.into_iter().chain(own).map(Cow::Owned);
        row(&mut relationship_file, own.chain(cells(EDGE_COLUMNS, &edge.attributes)))?;
    }
    Ok(())
}

fn properties(columns: &[Column]) -> impl Iterator<Item = Cow<'static, str>> {
    columns.iter().map(|column| {
        let holds = match column.holds {
            Type::Text => "string",
            Type::List => "string[]",
            Type::Number => "double",
            Type::Whole => "long",
            Type::Flag => "boolean",
        };
        Cow::Owned(format!("{}:{holds}", column.name))
    })
}

fn cells<'a>(columns: &'a [Column], attributes: &'a Attributes<'_>) -> impl Iterator<Item = Cow<'a, str>> {
    columns.iter().map(|column| match attributes.of(*column) {
        Some(value) => Cow::Owned(value.to_string()),
        None => Cow::Borrowed(""),
    })
}

/// A kind as Neo4j writes labels.
fn label(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::sample;

    #[test]
    fn every_relationship_joins_nodes_that_are_there() {
        for graph in [sample::graph(), sample::hostile()] {
            let (mut nodes, mut edges) = (Vec::new(), Vec::new());
            neo4j(&graph, &mut nodes, &mut edges).unwrap();
            let rows = |bytes: &[u8]| -> Vec<csv::StringRecord> {
                csv::Reader::from_reader(bytes).records().map(|row| row.unwrap()).collect()
            };
            let (nodes, edges) = (rows(&nodes), rows(&edges));
            let ids: BTreeSet<&str> = nodes.iter().map(|row| &row[0]).collect();
            assert_eq!(ids.len(), graph.graph().node_count());
            assert_eq!(edges.len(), graph.graph().edge_count());
            assert!(edges.iter().all(|row| ids.contains(&row[0]) && ids.contains(&row[1])));
        }
    }

    #[test]
    fn headers_are_those_of_the_import() {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        neo4j(&sample::graph(), &mut nodes, &mut edges).unwrap();
        let first = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
        assert!(first(nodes).starts_with("id:ID,:LABEL,label,kind:string,name:string"));
        assert!(first(edges).starts_with(":START_ID,:END_ID,:TYPE,id,kind:string,confidence:double"));
    }
}
