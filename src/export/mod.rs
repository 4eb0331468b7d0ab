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
