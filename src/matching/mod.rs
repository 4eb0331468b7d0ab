//! Floor 4: fingerprints, the index, alignment, variants, utterances, verification.

mod align;
mod assemble;
mod change;
mod edit;
mod utterance;

pub use align::{CELLS, Pair, align};
pub use assemble::{Printing, assemble};
pub use change::{Change, changes};
pub use edit::{Placement, place};
pub use utterance::{Edit, Occurrence, Op, Utterance, Variant};
