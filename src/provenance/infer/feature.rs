//! What speaks for and against a source, as numbers.
//!
//! Every name here is a line of `weights.tsv`. A document chooses among its candidates and having it from none of
//! them; the score of a choice is the weighted sum of its features, and the choices' scores make probabilities by
//! softmax (a conditional logit; D. McFadden, *Conditional logit analysis of qualitative choice behavior*, 1974).

use super::printing::{Printing, Printings};

macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// One feature.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature { $($(#[$doc])* $variant,)+ }

        /// All features' names, in order.
        pub(crate) const NAMES: &[&str] = &[$($name,)+];
    };
}

features! {
    /// Unusual readings that both have, weighted by how few have them.
    Shared = "shared",
    /// Readings of the copy that its source lacks and another printing has.
    Stray = "stray",
    /// Changes of the source that the copy would have undone.
    Restored = "restored",
    /// The copy has words that its source lacks.
    Lost = "lost",
    /// How many, as a logarithm.
    LostWords = "lost_words",
    /// The very same wording.
    Same = "same",
    /// Words of the source that the copy leaves out, as a logarithm.
    Cut = "cut",
    /// Utterances of the copy that the source does not print.
    Missing = "missing",
    /// Utterances of the source that the copy does not print, as a logarithm.
    Extra = "extra",
    /// The share of neighbours that stand in the other order.
    Disorder = "disorder",
    /// Hours from source to copy, as a logarithm.
    Lag = "lag",
    /// Hours from source to copy, up to two days.
    Hours = "hours",
    /// Dates don't tell which came first.
    Timeless = "timeless",
    /// The source is dated later than the copy.
    Backward = "backward",
    /// By how many hours.
    BackwardHours = "backward_hours",
    /// No other candidate is dated earlier.
    Earliest = "earliest",
    /// How many candidates are dated earlier, as a logarithm.
    Earlier = "earlier",
    /// How many others have it from this source, as a logarithm.
    Hub = "hub",
    /// Shared words around the quotations, as a logarithm.
    Around = "around",
    /// A link to the source.
    Link = "link",
    /// A credit of the source for the whole article.
    CreditArticle = "credit_article",
    /// A credit of the source for some of it.
    CreditPart = "credit_part",
    /// No source among the documents.
    NoneAtAll = "none",
    /// Unusual readings shared with any candidate.
    NoneShared = "none_shared",
    /// The share of utterances of which every candidate lacks words.
    NoneLost = "none_lost",
    /// How many candidates there are, as a logarithm.
    NoneCandidates = "none_candidates",
    /// Hours since the earliest candidate, as a logarithm.
    NoneLag = "none_lag",
    /// Dates don't tell.
    NoneTimeless = "none_timeless",
    /// Unusual readings all in all, at an utterance.
    NoneStates = "none_states",
    /// The share of candidates that are certainly earlier.
    NoneLater = "none_later",
    /// The document says that it has this itself, or from the speaker's own channel.
    NoneOwn = "none_own",
}

/// How many features there are.
pub(crate) const COUNT: usize = NAMES.len();

/// The features of one choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Features(pub(crate) [f32; COUNT]);

impl Features {
    pub(super) const fn new() -> Self {
        Self([0.0; COUNT])
    }

    pub(super) fn add(&mut self, feature: Feature, value: f32) {
        if let Some(slot) = self.0.get_mut(feature as usize) {
            *slot += value;
        }
    }

    pub(super) fn get(&self, feature: Feature) -> f32 {
        self.0.get(feature as usize).copied().unwrap_or(0.0)
    }

    pub(crate) fn dot(&self, weights: &[f32; COUNT]) -> f32 {
        self.0.iter().zip(weights).map(|(value, weight)| value * weight).sum()
    }
}

/// `ln(1 + x)`.
#[expect(clippy::cast_precision_loss, reason = "a count")]
pub(super) fn log(count: usize) -> f32 {
    (count as f32).ln_1p()
}

/// What two printings of one utterance have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    pub(super) shared: usize,
    /// The fewest printings that have a shared reading.
    pub(super) rarest: usize,
    pub(super) same: bool,
    pub(super) lost: bool,
}

/// The features of `copy` as taken from `source`, two printings of one utterance; linear in their readings.
#[expect(clippy::cast_precision_loss, reason = "counts")]
pub(super) fn local(printings: &Printings, copy: &Printing, source: &Printing) -> (Features, Likeness) {
    /// Bytes of a word, with its space, in running English.
    const WORD: usize = 6;
    let mut features = Features::new();
    let mut likeness = Likeness { rarest: usize::MAX, ..Likeness::default() };
    let all = printings.by_utterance.get(copy.utterance as usize).map_or(1, Vec::len);
    let (mut stray, mut restored, mut own) = (0.0, 0.0, 0);
    let (ours, theirs) = (printings.states(copy), printings.states(source));
    for &id in ours {
        let Some(state) = printings.state(id) else { continue };
        let holders = state.holders.len();
        if theirs.binary_search(&id).is_ok() {
            features.add(Feature::Shared, (all as f32 / holders as f32).ln().max(0.0));
            likeness.shared += 1;
            likeness.rarest = likeness.rarest.min(holders);
        } else if holders > 1 {
            stray += 1.0;
        } else {
            own += 1;
        }
    }
    for &id in theirs {
        let Some(state) = printings.state(id) else { continue };
        if !state.is_end && ours.binary_search(&id).is_err() && printings.covers(copy, state.at) {
            restored += 1.0;
        }
    }
    let (lost, cut) = (printings.beyond(copy, source), printings.beyond(source, copy));
    likeness.lost = lost > WORD;
    if likeness.lost {
        features.add(Feature::Lost, 1.0);
        features.add(Feature::LostWords, log(lost / WORD));
    }
    if cut > WORD {
        features.add(Feature::Cut, log(cut / WORD));
    }
    likeness.same = stray + restored == 0.0 && own == 0 && lost <= WORD && cut <= WORD;
    if likeness.same {
        features.add(Feature::Same, 1.0);
    }
    features.add(Feature::Stray, f32::min(stray, 3.0));
    features.add(Feature::Restored, f32::min(restored, 3.0));
    (features, likeness)
}
