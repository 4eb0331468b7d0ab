//! Floor 5: the graph of speakers, utterances, documents and outlets, on petgraph, and the repeats between
//! them.
//!
//! [`ProvenanceGraph::build`] makes it from documents, their analyses and the utterances of matching; most reach it
//! through [`Tracker::graph`](crate::Tracker::graph). What documents **state** in credits and what wording, selection
//! and time **suggest** are different repeats and stay apart.
//!
//! ```
//! use quotetrace::{Document, Tracker};
//!
//! let said = "The old bridge will close for good in May and nobody will miss it";
//! let mut tracker = Tracker::new();
//! for (id, hour) in [("a", 6), ("b", 7), ("c", 9)] {
//!     let document = Document::new(id, format!("“{said},” Mayor Ada Quill said."))
//!         .with_outlet(format!("Outlet {id}"))
//!         .with_published(format!("2026-03-01T{hour:02}:00:00Z").parse()?);
//!     tracker.add(document)?;
//! }
//! let graph = tracker.graph();
//! let id = graph.utterances()[0].id.as_str();
//!
//! // Where does it come from, and how did it get about?
//! assert_eq!(graph.origins(id), ["a"]);
//! let spread: Vec<&str> = graph.spread(id).iter().map(|reached| reached.document).collect();
//! assert_eq!(spread, ["a", "b", "c"]);
//! assert_eq!(graph.trail("c", id).last().unwrap().from_document.as_deref(), Some("a"));
//!
//! // Three outlets, one source.
//! let independence = graph.independence(id);
//! assert_eq!((independence.outlets, independence.sources), (3, vec![("a", 3)]));
//!
//! // Nobody names a source, changed a word, or disputes the speaker.
//! assert_eq!(graph.repeats_without_credit().len(), 2);
//! assert!(graph.outlet_network().iter().all(|link| link.stated == 0 && link.inferred == 1));
//! assert!(graph.altered(id).is_empty() && graph.disputed().is_empty());
//! assert!(graph.orphans().is_empty() && graph.syndication().is_empty() && graph.cycles().is_empty());
//! # Ok::<(), quotetrace::Error>(())
//! ```

mod graph;
mod infer;
mod name;
mod options;
mod person;
mod query;
mod repeat;
mod ruling;
#[cfg(test)]
mod tests;

pub use graph::{Edge, Node, ProvenanceGraph};
#[doc(hidden)]
pub use infer::learn;
pub(crate) use name::outlet_key;
pub use options::Options;
pub use query::{Alteration, Cycle, Disputed, Independence, Orphan, OutletLink, Reached, Syndicated};
pub(crate) use repeat::By;
pub use repeat::{Basis, Credited, Evidence, Header, Repeat};
pub use ruling::{Place, Ruling, Whence};
