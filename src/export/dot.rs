//! DOT, for Graphviz: speakers, utterances, documents and outlets, with the repeats between them.

use std::io::Write;

use super::careful::is_bidi;
use super::view::{edges, nodes, word};
use crate::error::Result;
use crate::provenance::{By, Edge, ProvenanceGraph, Repeat};

/// Writes the graph in the DOT language. Stated repeats and those that an editor ruled are bold, inferred ones dashed.
///
/// O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn dot<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    writeln!(out, "digraph quotetrace {{")?;
    writeln!(out, "  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];")?;
    for node in nodes(graph) {
        let (label, shape) = (escape(&node.label), shape(node.kind));
        writeln!(out, "  n{} [label=\"{label}\", shape={shape}];", node.number)?;
    }
    for (edge, drawn) in edges(graph).zip(graph.graph().edge_weights()) {
        let (source, target) = (edge.source, edge.target);
        let (label, style) = line(graph, drawn);
        writeln!(out, "  n{source} -> n{target} [label=\"{}\", style={style}];", escape(&label))?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn shape(kind: &str) -> &'static str {
    match kind {
        "speaker" => "ellipse",
        "outlet" => "house",
        "document" => "note",
        _ => "box",
    }
}

/// An edge's label and style.
fn line(graph: &ProvenanceGraph, edge: &Edge) -> (String, &'static str) {
    match edge {
        Edge::Said { confidence } => (format!("said {:.2}", confidence.value()), "solid"),
        Edge::Printed { variants, .. } => {
            let variants: Vec<String> = variants.iter().map(word).collect();
            (format!("printed {}", variants.join(", ")).trim_end().to_owned(), "solid")
        }
        Edge::PublishedBy => ("published by".to_owned(), "dotted"),
        Edge::Credits { relation, .. } => (format!("credits ({})", word(relation)), "dotted"),
        Edge::Repeats { repeat, confidence, .. } => {
            let by = graph.repeats().get(*repeat).map_or(By::Inference, Repeat::by);
            let style = if by == By::Inference { "dashed" } else { "bold" };
            (format!("repeats, {} {:.2}", by.word(), confidence.value()), style)
        }
    }
}

/// A string for between double quotes: nothing in it ends the string, and what a reader can't see or that turns
/// the text around is shown as a replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            // Graphviz reads character references inside of strings.
            '&' => escaped.push_str("&amp;"),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() || is_bidi(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    /// The strings of a DOT text, as Graphviz reads them: from a quotation mark to the next that no backslash
    /// escapes.
    fn strings(dot: &str) -> Vec<String> {
        let mut strings = Vec::new();
        let mut chars = dot.chars();
        while chars.any(|c| c == '"') {
            let mut string = String::new();
            while let Some(c) = chars.next() {
                match c {
                    '"' => break,
                    '\\' => string.extend(chars.next()),
                    c => string.push(c),
                }
            }
            strings.push(string);
        }
        strings
    }

    #[test]
    fn no_text_ends_its_string_or_hides() {
        for hostile in ["evil\"]; b [URL=\"x", "back\\", "\\\"", "a\nb", "\0\u{202e}\r", "</script>"] {
            let quoted = format!("[label=\"{}\"];", escape(hostile));
            let read = strings(&quoted);
            assert_eq!(read.len(), 1, "{quoted}");
            assert_eq!(quoted.lines().count(), 1);
            assert!(!quoted.contains(['\0', '\r', '\u{202e}']));
        }
        assert_eq!(strings(&format!("\"{}\"", escape("a\"\\b"))), ["a\"\\b"]);
    }

    #[test]
    fn every_node_and_edge_is_a_line() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            dot(&graph, &mut written).unwrap();
            let written = String::from_utf8(written).unwrap();
            let edges = written.lines().filter(|line| line.contains("style=")).count();
            let nodes = written.lines().filter(|line| line.contains("shape=")).count();
            assert_eq!((nodes, edges), (graph.graph().node_count(), graph.graph().edge_count()));
        }
    }
}
