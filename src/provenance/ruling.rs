//! What an editor decides against the machine: data of its own, applied whenever the graph is built.

use serde::{Deserialize, Serialize};

use super::infer::{Found, Ground, Traced};
use crate::confidence::Confidence;
use crate::document::Document;
use crate::matching::{Occurrence, Printing, Utterance, assemble};
use crate::text::Span;

/// A place in a document: what the ruling is about, whatever the machine makes of it after another reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The document's id.
    pub document: String,
    /// Bytes of its text.
    pub span: Span,
}

impl Place {
    /// The bytes `span` of `document`.
    #[must_use]
    pub fn new(document: impl Into<String>, span: Span) -> Self {
        Self { document: document.into(), span }
    }

    fn holds(&self, occurrence: &Occurrence) -> bool {
        occurrence.document == self.document && occurrence.span.overlaps(self.span)
    }
}

/// Where a printing comes from, as an editor has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Whence {
    /// From a document, by its id; if it is not among those given, the ruling has no effect.
    Document(String),
    /// From an outlet, by its name.
    Outlet(String),
    /// From the speaker: it repeats nobody.
    Itself,
}

/// One decision of an editor. It overrules what documents say and what is inferred.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "ruling")]
#[non_exhaustive]
pub enum Ruling {
    /// Who said what is quoted at a place; with no name, that it is not known.
    Speaker {
        /// The quotation.
        at: Place,
        /// The speaker.
        speaker: Option<String>,
    },
    /// Whence a document has what is quoted at a place.
    Source {
        /// The quotation.
        at: Place,
        /// The source.
        whence: Whence,
    },
    /// Two quotations are not of one utterance; the second stands for itself.
    Apart {
        /// The quotation that stays.
        one: Place,
        /// The quotation that goes.
        other: Place,
    },
}

impl Ruling {
    /// The outlet that it names as a source.
    pub(super) fn outlet(&self) -> Option<&String> {
        match self {
            Self::Source { whence: Whence::Outlet(name), .. } => Some(name),
            _ => None,
        }
    }
}

/// Applies the rulings on speakers and on what belongs together, in order.
pub(super) fn on_utterances(rulings: &[Ruling], utterances: &mut Vec<Utterance>, documents: &[&Document]) {
    for ruling in rulings {
        match ruling {
            Ruling::Speaker { at, speaker } => name(utterances, at, speaker.as_deref()),
            Ruling::Apart { one, other } => part(utterances, one, other, documents),
            Ruling::Source { .. } => {}
        }
    }
}

fn name(utterances: &mut [Utterance], at: &Place, speaker: Option<&str>) {
    for utterance in utterances {
        let mut is_here = false;
        for occurrence in utterance.occurrences.iter_mut().filter(|occurrence| at.holds(occurrence)) {
            occurrence.speaker = speaker.map(Into::into);
            is_here = true;
        }
        if is_here {
            utterance.confidence = Confidence::new(if speaker.is_some() { 1.0 } else { 0.0 });
            utterance.speaker = speaker.map(str::to_owned);
        }
    }
}

fn part(utterances: &mut Vec<Utterance>, one: &Place, other: &Place, documents: &[&Document]) {
    let mut parted = Vec::new();
    for utterance in utterances.iter_mut() {
        let stays = |occurrence: &Occurrence| one.holds(occurrence) && !other.holds(occurrence);
        if !utterance.occurrences.iter().any(stays) {
            continue;
        }
        utterance.occurrences.retain(|occurrence| {
            let goes = other.holds(occurrence);
            if goes {
                parted.extend(alone(occurrence, documents));
            }
            !goes
        });
    }
    utterances.extend(parted);
}

/// An occurrence as an utterance of its own.
fn alone(occurrence: &Occurrence, documents: &[&Document]) -> Vec<Utterance> {
    let at = documents.binary_search_by(|document| document.id().cmp(&occurrence.document));
    let text =
        at.ok().and_then(|at| documents.get(at)).map_or("", |document| occurrence.span.text(document.text()));
    let printing =
        Printing::new(&occurrence.document, occurrence.quotation, occurrence.kind, occurrence.span, text);
    let printing = match &occurrence.speaker {
        Some(speaker) => printing.with_speaker(speaker, Confidence::new(1.0)),
        None => printing,
    };
    assemble(&[printing])
}

/// Applies the rulings on sources; later ones overrule earlier ones.
pub(super) fn on_sources(
    rulings: &[Ruling],
    found: &mut [Found],
    utterances: &[Utterance],
    documents: &[&Document],
) {
    for (index, ruling) in rulings.iter().enumerate() {
        let Ruling::Source { at, whence } = ruling else { continue };
        let number = |id: &str| {
            documents
                .binary_search_by(|document| document.id().cmp(id))
                .ok()
                .and_then(|at| u32::try_from(at).ok())
        };
        let Some(document) = number(&at.document) else { continue };
        for found in found.iter_mut().filter(|found| found.document == document) {
            let utterance = utterances.get(found.utterance as usize);
            if !utterance.is_some_and(|utterance| utterance.occurrences.iter().any(|o| at.holds(o))) {
                continue;
            }
            let source = match whence {
                Whence::Document(id) => Some(number(id)),
                Whence::Outlet(_) | Whence::Itself => None,
            };
            // A document that is not there is no source.
            if source == Some(None) {
                continue;
            }
            let source = source.flatten();
            found.is_root = *whence == Whence::Itself;
            found.none = if found.is_root { 1.0 } else { 0.0 };
            let ground = Ground::Ruling(u32::try_from(index).unwrap_or(u32::MAX));
            found.sources =
                if found.is_root { Vec::new() } else { vec![Traced { source, chance: 1.0, ground }] };
        }
    }
}
