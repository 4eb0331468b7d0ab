//! Floor 2: who says each quotation: cues, candidates, ranking, indirect speech, channel, recipient.

mod author;
mod candidate;
mod channel;
mod cue;
mod feature;
mod indirect;
mod kind;
mod layout;
pub mod learn;
mod lexicon;
mod manner;
mod rank;
mod recipient;
mod scene;
mod site;
mod table;
mod unit;

pub use author::authors;
pub use indirect::{Reported, find as indirect};
pub use manner::manner;
pub use rank::{Verdict, attribute};

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::text::Span;

/// Who says a quotation (PARC's *attribution relation*): its source and its cue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Who that is, by the fullest name in the document, without titles; several are joined by `; `.
    pub speaker: String,
    /// The nearest mention that the text itself gives as the source, without its apposition.
    pub mention: Option<Span>,
    /// The words that report: `said`, `according to`.
    pub cue: Option<Span>,
    /// How the words left the speaker: `Twitter`, `statement`.
    pub channel: Option<String>,
    /// To whom they were given: `The Hill`, `reporters`.
    pub recipient: Option<String>,
    /// How sure this is.
    pub confidence: Confidence,
}

impl Attribution {
    /// An attribution to `speaker` with nothing else known.
    #[must_use]
    pub fn new(speaker: impl Into<String>, confidence: Confidence) -> Self {
        Self { speaker: speaker.into(), mention: None, cue: None, channel: None, recipient: None, confidence }
    }
}
