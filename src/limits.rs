//! The bounds that keep work linear whatever the input, and the notices that say when one was hit.

use serde::{Deserialize, Serialize};

/// Bounds on what one document may cost. Hitting one is a [`Notice`] in the result, never silence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep quotations may nest; a mark that would open one deeper is passed over.
    pub nesting: usize,
    /// How many parts a quotation may have: the paragraphs of one that is reopened again and again, and the pieces of
    /// one that is split. The part that is one too many starts a quotation of its own.
    pub paragraphs: usize,
    /// How many candidate sources are weighed for one quotation.
    pub candidates: usize,
}

impl Limits {
    /// What is used unless told otherwise.
    pub const DEFAULT: Self = Self { nesting: 8, paragraphs: 200, candidates: 64 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A limit that was hit, and how often.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Notice {
    /// Which limit, by its name in [`Limits`] or in the options of the stage that has it.
    pub limit: String,
    /// How often it was hit.
    pub count: usize,
}

impl Notice {
    /// A notice that `limit` was hit `count` times.
    #[must_use]
    pub fn new(limit: &str, count: usize) -> Self {
        Self { limit: limit.to_owned(), count }
    }
}
