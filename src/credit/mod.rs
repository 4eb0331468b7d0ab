//! Floor 2: where the document has things from.
//!
//! A [`Credit`] is a place where a document says from whom it has something: “told The Hill”, “Via The Hill.”,
//! “in a statement”, “tweeted”, “(Reuters)”. The outlets that are known are an [`OutletTable`], which users
//! extend; others are known by their form and kept as printed.
//!
//! The way from text to credits: names are found and short names bound (`name`), rules propose (`rules`, one
//! idea a file), proposals that overlap are settled (`settle`), and each is told what it governs (`govern`).

mod candidate;
#[cfg(test)]
mod check;
mod finder;
mod govern;
mod lexicon;
mod name;
mod rules;
mod scene;
mod settle;
mod shape;
mod table;
mod tokens;

pub(crate) use lexicon::words;
pub(crate) use settle::Outlets;
pub use settle::find;
pub(crate) use table::host;
pub use table::{Outlet, OutletTable};

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::text::Span;

/// One place where a document names where it has something from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Credit {
    /// The canonical name, after short names and “the newspaper” are resolved in this document.
    pub source: String,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// In what relation the document stands to it.
    pub relation: Relation,
    /// How much of the document it governs.
    pub scope: Scope,
    /// The evidence: the words that give the credit.
    pub span: Span,
    /// The index of the quotation it governs, if it governs a single one.
    pub quotation: Option<usize>,
    /// How sure this is.
    pub confidence: Confidence,
}

/// What a credit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum SourceKind {
    /// A newspaper, magazine or news site.
    Outlet,
    /// A television or radio network, or a programme of one.
    Broadcast,
    /// A news agency.
    Wire,
    /// Twitter, Facebook and the like.
    Platform,
    /// A letter, statement, report, court filing.
    Document,
    /// A press conference, rally, hearing.
    Event,
}

/// How a document stands to what it credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Relation {
    /// Another medium had it and this one takes it.
    Repeat,
    /// The speaker's own platform, letter, press conference.
    Channel,
    /// The document's own outlet: “told Reuters” in a Reuters story.
    #[serde(rename = "self")]
    Own,
    /// This text is wire copy.
    Wire,
    /// That medium had the story first.
    Origin,
}

/// How much of a document a credit governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Scope {
    /// One quotation.
    Quotation,
    /// One paragraph, or a neighbour of it.
    Paragraph,
    /// The whole article.
    Article,
}
