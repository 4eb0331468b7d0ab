//! Floor 4: fingerprints, the index, alignment, variants, utterances, verification.

mod utterance;

pub use utterance::{Edit, Occurrence, Op, Utterance, Variant};
