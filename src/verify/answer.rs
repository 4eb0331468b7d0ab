//! What the articles say of a quotation.

use serde::{Deserialize, Serialize};

use crate::limits::Notice;
use crate::matching::{Change, Edit};
use crate::text::Span;

/// What the articles say of a quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// The answer in a word, from the best match.
    pub verdict: Verdict,
    /// Where the words stand, or words like them, the best first. For a splice, the best match of each piece.
    pub matches: Vec<Match>,
    /// The document certainly published before all others that match as well as the best; `None` where one of them
    /// has no date. The earliest among the documents given, no more.
    pub earliest: Option<String>,
    /// How far the best score is above that of the best match of other words; all of it if there is none.
    pub margin: f32,
    /// Another utterance has the words as well as the best match has: which of them is meant is not known.
    #[serde(default)]
    pub ambiguous: bool,
    /// The limits that were hit: `matches` that are not given, `stretches` of text that were not read, `pieces` of a
    /// possible splice that were not looked for; and `unreadable`, the articles that the store can't give any more.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// What became of a quotation's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The very words stand in a document.
    Verbatim,
    /// They differ in marks, dashes, case or white space alone.
    Typographic,
    /// Words were left out, put in or replaced.
    Altered,
    /// Words that stand apart were put together, with dots between them or without.
    Spliced,
    /// The words are there, and somebody else says them.
    Misattributed,
    /// The documents given don't have them.
    NotFound,
}

impl Verdict {
    /// Whether the words are all there, and no others between them.
    pub(super) const fn is_whole(self) -> bool {
        matches!(self, Self::Verbatim | Self::Typographic)
    }
}

/// A place where the words stand, or words like them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Match {
    /// The document's id.
    pub document: String,
    /// Where in its text.
    pub span: Span,
    /// The index of the quotation there in the document's analysis; `None` in the outlet's own words.
    pub quotation: Option<usize>,
    /// Who says it there.
    pub speaker: Option<String>,
    /// The utterance that the quotation prints.
    pub utterance: Option<String>,
    /// The way from the document's words to those asked for: `at` is an interval of the document's text, and the
    /// `text`s joined give the quotation that was asked for.
    pub edits: Vec<Edit>,
    /// The edits that change what is said.
    pub changes: Vec<Change>,
    /// The share of words in common, of the longer of the two, in `0.0..=1.0`. What dots stand for counts for nothing.
    pub score: f32,
    /// What became of the words here, whoever says them.
    pub verdict: Verdict,
}

impl Match {
    /// Whether `name` says it here, alone or with others.
    pub(super) fn is_by(&self, name: &str) -> bool {
        self.speaker.iter().flat_map(|names| names.split("; ")).any(|one| is_same(name, one))
    }
}

/// Whether two names may be one person's; a surname alone may.
fn is_same(a: &str, b: &str) -> bool {
    let last = |name: &str| name.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let is_short = |name: &str| name.split_whitespace().count() == 1;
    crate::mention::identity::same_person(a, b) || ((is_short(a) || is_short(b)) && last(a) == last(b))
}
