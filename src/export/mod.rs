//! Floor 6: the story in the formats that others read; one small file a format.
//!
//! Everything that comes from an article is escaped: an export is well-formed whatever the text holds. Each writes to
//! an [`io::Write`](std::io::Write) as it goes, and holds no second copy of the story.
//!
//! | format | for | what is not plain text there |
//! |---|---|---|
//! | [`text`] | a person at a terminal | control characters and direction marks are left out |
//! | [`json`] | programs; everything there is | escaped as `\uXXXX`, and so the same when read |
//! | [`graphml`] | NetworkX, igraph, yEd, Gephi | what XML forbids becomes U+FFFD |
//! | [`gexf`] | Gephi, with time | the same |
//! | [`cytoscape`], [`node_link`] | Cytoscape, Cytoscape.js; NetworkX, D3 | as in [`json`] |
//! | [`dot`] | Graphviz | control characters and direction marks become U+FFFD |
//! | [`csv`], [`incidence`] | pandas, R, spreadsheets | the same, and formulas get an apostrophe |
//! | [`neo4j`] | `neo4j-admin database import` | control characters and direction marks become U+FFFD |
//! | [`html`], [`svg`] | an editor in a browser; the flow alone | escaped, direction marks isolated |
//! | [`jsonld`] | RDF tools, annotation clients | as in [`json`] |
//!
//! **Offsets are bytes** of the document's UTF-8 text, but for [`jsonld`], where they are Unicode code points;
//! [`Offsets`](crate::text::Offsets) turns one into the other, and into UTF-16.
//!
//! The graph formats have the nodes and edges of [`ProvenanceGraph::graph`](crate::ProvenanceGraph::graph), every one
//! of them, in its order: node `n7` and edge `e7` are those of index 7 in each.

mod careful;
mod csv;
mod cytoscape;
mod dot;
mod flow;
mod gexf;
mod graphml;
mod html;
mod incidence;
mod json;
mod jsonld;
mod neo4j;
mod node_link;
#[cfg(test)]
mod sample;
mod separated;
mod text;
mod view;
mod xml;

pub use self::careful::clean;
pub use self::csv::csv;
pub use self::cytoscape::cytoscape;
pub use self::dot::dot;
pub use self::flow::svg;
pub use self::gexf::gexf;
pub use self::graphml::graphml;
pub use self::html::html;
pub use self::incidence::incidence;
pub use self::json::json;
pub use self::jsonld::jsonld;
pub use self::neo4j::neo4j;
pub use self::node_link::node_link;
pub use self::text::{TextOptions, text};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::{Place, Ruling, Whence};
    use crate::text::Span;
    use crate::{Document, Tracker};

    #[test]
    fn what_an_editor_rules_is_told_as_ruled_and_not_as_inferred() {
        let mut tracker = Tracker::new();
        let said =
            "“The old bridge will close for good in May and nobody will miss it,” said Mayor Ada Quill.";
        for (id, outlet) in [("a", "The Harbor Ledger"), ("b", "Northfield Courier")] {
            tracker.add(Document::new(id, said).with_outlet(outlet)).unwrap();
        }
        let whence = Whence::Document("a".into());
        tracker.rule(Ruling::Source { at: Place::new("b", Span::new(5, 20)), whence }).unwrap();
        let graph = tracker.graph();
        let written = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut out = Vec::new();
            write(&mut out);
            String::from_utf8(out).unwrap()
        };
        let plain = written(&|out| text(graph, TextOptions::DEFAULT, out).unwrap());
        assert!(
            plain.contains("0 inferred, 1 ruled")
                && plain.contains("← ruled: it has it from The Harbor Ledger"),
            "{plain}"
        );
        let page = written(&|out| html(graph, tracker.articles(), out).unwrap());
        assert!(
            page.contains("Ruled: it has it from")
                && page.contains("(ruled)")
                && !page.contains("Inferred: ")
        );
        assert!(written(&|out| dot(graph, out).unwrap()).contains("repeats, ruled 1.00"));
        let table = written(&|out| csv(graph, out).unwrap());
        assert!(table.lines().any(|line| line.ends_with(",,,a")), "{table}");
        let linked = written(&|out| jsonld(graph, tracker.articles().map(|(d, _)| d), out).unwrap());
        assert!(linked.contains("quotetrace:ruledFrom") && !linked.contains("quotetrace:inferredFrom"));
        let nodes = written(&|out| node_link(graph, out).unwrap());
        assert!(nodes.contains("[\"ruling\"]"), "{nodes}");
    }
}
