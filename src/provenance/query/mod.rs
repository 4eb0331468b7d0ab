//! What one asks the graph.

mod origins;
mod outlet;
mod spread;
mod trail;
mod wording;

pub use outlet::{Cycle, Independence, Orphan, OutletLink, Syndicated};
pub use spread::Reached;
pub use wording::{Alteration, Disputed};
