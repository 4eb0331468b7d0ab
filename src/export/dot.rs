//! DOT, for Graphviz: speakers, utterances, documents and outlets, with the repeats between them.

use std::io::Write;

use petgraph::visit::{EdgeRef, IntoNodeReferences};

use crate::error::Result;
use crate::provenance::{Edge, Node, ProvenanceGraph};

/// How many characters of an utterance a node shows.
const SHOWN: usize = 60;

/// Writes the graph in the DOT language. Stated repeats are solid, inferred ones dashed.
///
/// O(nodes + edges).
///
/// # Errors
/// Only what `out` gives.
pub fn dot<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    writeln!(out, "digraph quotetrace {{")?;
    writeln!(out, "  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];")?;
    let drawn = graph.graph();
    for (index, node) in drawn.node_references() {
        let (label, shape) = face(graph, node);
        writeln!(out, "  n{} [label=\"{}\", shape={shape}];", index.index(), escape(&label))?;
    }
    for edge in drawn.edge_references() {
        let (label, style) = line(edge.weight());
        writeln!(
            out,
            "  n{} -> n{} [label=\"{}\", style={style}];",
            edge.source().index(),
            edge.target().index(),
            escape(&label)
        )?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

/// A node's label and shape.
fn face(graph: &ProvenanceGraph, node: &Node) -> (String, &'static str) {
    match node {
        Node::Speaker(name) => (name.clone(), "ellipse"),
        Node::Outlet(name) => (name.clone(), "house"),
        Node::Document(id) => {
            let title = graph.document(id).and_then(|header| header.title.as_deref());
            (title.map_or_else(|| id.clone(), |title| format!("{id}\n{}", shortened(title))), "note")
        }
        Node::Utterance(id) => {
            let text = graph.utterance(id).map_or("", |utterance| utterance.text.as_str());
            (format!("“{}”", shortened(text)), "box")
        }
    }
}

/// An edge's label and style.
fn line(edge: &Edge) -> (String, &'static str) {
    match edge {
        Edge::Said { confidence } => (format!("said {:.2}", confidence.value()), "solid"),
        Edge::Printed { variants, .. } => {
            let variants: Vec<String> =
                variants.iter().map(|variant| format!("{variant:?}").to_lowercase()).collect();
            (format!("printed {}", variants.join(", ")).trim_end().to_owned(), "solid")
        }
        Edge::PublishedBy => ("published by".to_owned(), "dotted"),
        Edge::Credits { relation, .. } => (format!("credits ({relation:?})").to_lowercase(), "dotted"),
        Edge::Repeats { stated, confidence, .. } => {
            let how = if *stated { "stated" } else { "inferred" };
            (format!("repeats, {how} {:.2}", confidence.value()), if *stated { "bold" } else { "dashed" })
        }
        // `Edge` may grow.
        #[allow(unreachable_patterns)]
        _ => (String::new(), "solid"),
    }
}

fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(SHOWN).collect();
    if chars.next().is_some() { format!("{}…", head.trim_end()) } else { head }
}

/// A string for between double quotes: nothing in it ends the string, and what a reader can't see or that turns
/// the text around is shown as a replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() || is_bidi(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
