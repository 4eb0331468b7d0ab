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
mod nested;
#[cfg(test)]
mod other_languages;
mod rank;
mod recipient;
mod rule;
mod scene;
mod site;
mod table;
mod unit;

pub use author::authors;
pub use indirect::{Reported, find as indirect};
pub(crate) use lexicon::words;
pub use manner::manner;
pub use nested::nested;
pub use rank::{Verdict, attribute};

use serde::{Deserialize, Serialize};

use crate::confidence::Confidence;
use crate::mention::{Cast, Resolved};
use crate::text::{Span, Text, spaced};

/// Who says a quotation (PARC's *attribution relation*): its source and its cue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Who that is, by the fullest name in the document, without titles; several are joined by `; `. Empty where indirect
    /// speech has a cue and nobody who gives it.
    pub speaker: String,
    /// What the document says that they are, in a title or an apposition: `spokesman`.
    #[serde(default)]
    pub role: Option<String>,
    /// For whom they are it, as printed with the role: `Harbor Authority`.
    #[serde(default)]
    pub affiliation: Option<String>,
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
        Self {
            speaker: speaker.into(),
            role: None,
            affiliation: None,
            mention: None,
            cue: None,
            channel: None,
            recipient: None,
            confidence,
        }
    }

    /// An attribution to whoever `mention` means.
    fn to(text: &Text<'_>, cast: &Cast<'_>, mention: Span, confidence: Confidence) -> Self {
        let resolved = cast.resolve(mention);
        let office = match resolved.as_ref().map(Resolved::entities) {
            Some([one]) => cast.office(*one),
            _ => None,
        };
        let printed = || spaced(mention.text(text.raw()));
        let mut attribution = Self::new(resolved.map_or_else(printed, Resolved::into_name), confidence);
        attribution.mention = Some(mention);
        if let Some(office) = office {
            (attribution.role, attribution.affiliation) = (Some(office.role), office.affiliation);
        }
        attribution
    }
}
