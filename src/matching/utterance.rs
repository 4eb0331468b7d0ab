//! What was said, once, however often it was printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::name::Name;
use crate::quotation::Kind;
use crate::text::Span;

/// What was said, once: assembled from all its printings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Utterance {
    /// Made from its content, never from the order of arrival.
    pub id: Name,
    /// The canonical wording: the longest well-supported assembly.
    pub text: String,
    /// Who said it, by the fullest name; in a graph by the whole name that most of its documents have for the
    /// person.
    pub speaker: Option<String>,
    /// The speaker's id in the user's table of people, where that has one; filled in by the graph.
    #[serde(default)]
    pub person: Option<Name>,
    /// How sure the speaker is.
    pub confidence: Confidence,
    /// Its printings, in order of document id and place.
    pub occurrences: Vec<Occurrence>,
}

impl Utterance {
    /// How many of its printings have each stretch of its wording, from left to right; stretches that no printing has
    /// word for word are left out. O(n log n) in edits.
    #[must_use]
    pub fn support(&self) -> Vec<(Span, usize)> {
        let mut turns: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let edits = self.occurrences.iter().flat_map(|occurrence| occurrence.edits.iter());
        for edit in edits.filter(|edit| matches!(edit.op, Op::Keep | Op::Typography)) {
            turns.entry(edit.at.start).or_default().0 += 1;
            turns.entry(edit.at.end).or_default().1 += 1;
        }
        let (mut stretches, mut from, mut count) = (Vec::<(Span, usize)>::new(), 0, 0_usize);
        for (at, (begin, end)) in turns {
            if count > 0 && from < at {
                match stretches.last_mut() {
                    Some((last, same)) if last.end == from && *same == count => last.end = at,
                    _ => stretches.push((Span::new(from, at), count)),
                }
            }
            (from, count) = (at, (count + begin).saturating_sub(end));
        }
        stretches
    }
}

/// One printing of an utterance: a part of a quotation, or the stretch of a part that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Occurrence {
    /// The document's id.
    pub document: Name,
    /// The index of the quotation in that document's analysis.
    pub quotation: usize,
    /// The quotation's kind.
    pub kind: Kind,
    /// The speaker as this document has it.
    pub speaker: Option<Name>,
    /// Where it stands in the document.
    pub span: Span,
    /// Where it stands in the utterance's text.
    pub at: Span,
    /// How it differs from the utterance; empty where it doesn't.
    pub variants: Vec<Variant>,
    /// The differences word by word: the `text`s joined give the printing, the `at`s in order cover `at`.
    /// Printings of the same words share them.
    pub edits: Arc<[Edit]>,
    /// How much better, in nats, its quotation fits this utterance by its words than any other; none where the words fit
    /// no other printing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f32>,
    /// Its quotation fits two utterances about as well, and stands by itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ambiguous: bool,
}

/// How a printing differs from its utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Variant {
    /// Marks, dashes, case, white space.
    Typographic,
    /// It starts later or ends earlier.
    Truncated,
    /// Words are left out and dots stand for them.
    Elided,
    /// Words in brackets are put in.
    Interpolated,
    /// Other words.
    Reworded,
    /// Two places of the utterance stand side by side.
    Spliced,
    /// Indirect speech: person, tense and pronouns shifted.
    Reported,
}

/// One step of the way from the utterance's wording to a printing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edit {
    /// What was done.
    pub op: Op,
    /// The interval of the utterance's text it covers; empty for an insertion.
    pub at: Span,
    /// What is printed there.
    pub text: Name,
}

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Op {
    /// Printed as it stands.
    Keep,
    /// The same words in other marks, dashes, case or white space.
    Typography,
    /// Left out, and nothing shows it.
    Delete,
    /// Put in.
    Insert,
    /// Other words in place of these.
    Replace,
    /// Left out, and dots show it.
    Elide,
    /// Put in or replaced, in brackets.
    Bracket,
}

impl Edit {
    /// An edit of `op` over `at` that prints `text`.
    #[must_use]
    pub fn new(op: Op, at: Span, text: impl Into<Name>) -> Self {
        Self { op, at, text: text.into() }
    }
}
