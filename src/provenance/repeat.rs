//! The records of the graph: documents without their text, repeats, credits.

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::credit::Credit;
use crate::document::{Document, Published};
use crate::name::{Name, Names};
use crate::text::Span;

/// What is known of a document besides its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Header {
    /// The id.
    pub id: Name,
    /// The outlet that published it.
    pub outlet: Option<Name>,
    /// The title.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
}

impl Header {
    /// What is known of `document`; `names` has the names that others have too.
    pub(super) fn of(document: &Document, names: &mut Names) -> Self {
        Self {
            id: document.id().into(),
            outlet: document.outlet().map(|outlet| names.of(outlet)),
            title: document.title().map(str::to_owned),
            url: document.url().map(str::to_owned),
            published: document.published(),
        }
    }
}

/// One document has an utterance from another, or from an outlet that only its credits name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Repeat {
    /// The document that repeats.
    pub document: Name,
    /// The document it has the utterance from, if that is among those given.
    pub from_document: Option<Name>,
    /// The outlet it has the utterance from, as far as it is known.
    pub from_outlet: Option<Name>,
    /// The utterance's id.
    pub utterance: Name,
    /// What this rests on, in the order of [`Basis`]; [`Basis::Credit`] exactly where the document says so.
    pub basis: Vec<Basis>,
    /// How sure this is.
    pub confidence: Confidence,
    /// The credit that states it: an index into [`ProvenanceGraph::credits`](super::ProvenanceGraph::credits).
    pub credit: Option<usize>,
    /// What speaks for it, piece by piece.
    pub evidence: Vec<Evidence>,
}

impl Repeat {
    /// Whether the document itself says so, in a credit; otherwise an editor [ruled](Self::is_ruled) so, or wording and
    /// time suggest it.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        self.basis.contains(&Basis::Credit)
    }

    /// Whether an editor ruled so: it is neither stated nor inferred.
    #[must_use]
    pub fn is_ruled(&self) -> bool {
        self.evidence.iter().any(|piece| matches!(piece, Evidence::Ruling { .. }))
    }

    /// Whether wording and time suggest it, and nobody says so.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.by() == By::Inference
    }

    /// Who says so; a credit before an editor.
    pub(crate) fn by(&self) -> By {
        match (self.is_stated(), self.is_ruled()) {
            (true, _) => By::Credit,
            (false, true) => By::Ruling,
            (false, false) => By::Inference,
        }
    }
}

/// Who says that a document repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum By {
    /// The document, in a credit.
    Credit,
    /// An editor.
    Ruling,
    /// Wording and time.
    Inference,
}

impl By {
    /// In a word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Credit => "stated",
            Self::Ruling => "ruled",
            Self::Inference => "inferred",
        }
    }
}

/// What a repeat rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Basis {
    /// The document names its source.
    Credit,
    /// The document links to its source.
    Link,
    /// The two have wording in common: an edit, a cut, a selection of utterances, or surrounding text.
    Wording,
    /// The source was published before.
    Time,
}

/// One piece of evidence for a repeat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "what")]
#[non_exhaustive]
pub enum Evidence {
    /// The words of the repeating document that name the source.
    Credit {
        /// Where they stand in it.
        span: Span,
    },
    /// A link of the repeating document to the source.
    Link {
        /// The target.
        url: String,
    },
    /// Both print the utterance in the very same words.
    Same,
    /// Both depart from the other printings in the same way, or leave out the same words.
    Shared {
        /// How many such departures.
        edits: usize,
        /// How many printings of the utterance have the rarest of them, these two included.
        printings: usize,
    },
    /// How much of what the repeating document prints the source prints too.
    Selection {
        /// Utterances that both print.
        shared: usize,
        /// Utterances that the repeating document shares with any other.
        of: usize,
    },
    /// The source was published so many seconds before; less than nothing where the clocks must disagree.
    Time {
        /// Seconds from the source to the repeating document.
        lag: i64,
    },
    /// At least one of the two has no date, or their dates don't tell which came first.
    Undated,
    /// An editor said so.
    Ruling {
        /// Which ruling, an index into [`ProvenanceGraph::rulings`](super::ProvenanceGraph::rulings).
        ruling: usize,
    },
    /// Other documents are as likely a source.
    Tie {
        /// How many, this one included.
        among: usize,
    },
}

/// One credit and the document that gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credited {
    /// The id of the document that gives the credit.
    pub document: Name,
    /// The credit. Its `quotation` is an index into that document's quotations.
    #[serde(flatten)]
    pub credit: Credit,
}
