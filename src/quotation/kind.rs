//! What kind of quotation a stretch is.

use serde::{Deserialize, Serialize};

/// The kinds of quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A clause or more between marks.
    Direct,
    /// A fragment between marks inside the outlet's own sentence.
    Mixed,
    /// Set-off paragraphs quoted whole, with or without marks.
    Block,
    /// No marks: said that …
    Indirect,
    /// Marks, but nobody's words are reported: “sanctuary cities”.
    Scare,
    /// The name of a work.
    Title,
}
