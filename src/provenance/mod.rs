//! Floor 5: the graph of speakers, utterances, documents and outlets, on petgraph, and the repeats between
//! them.

mod graph;
mod infer;
mod name;
mod options;
mod query;
mod repeat;
mod ruling;
#[cfg(test)]
mod tests;

pub use graph::{Edge, Node, ProvenanceGraph};
pub use infer::learn;
pub use options::Options;
pub use query::{Alteration, Cycle, Disputed, Independence, Orphan, OutletLink, Reached, Syndicated};
pub use repeat::{Basis, Credited, Evidence, Header, Repeat};
pub use ruling::{Place, Ruling, Whence};
