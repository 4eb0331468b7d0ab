//! Which known forms may be the same words as a new one: those that share grams, the rarest asked first.

use super::common::may_share;
use super::fingerprint::Gram;
use super::forms::Forms;
use super::postings::Postings;
use super::verdict::{Aligner, VOTE, least_grams};
use super::votes::Votes;
use crate::limits::Notice;

/// What [`QuoteIndex::candidates`](super::QuoteIndex::candidates) finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidates {
    /// The wordings ([`QuoteIndex::wording`](super::QuoteIndex::wording)) worth a verdict, those that share most first.
    pub wordings: Vec<u64>,
    /// The limits that were hit: there may be more.
    pub notices: Vec<Notice>,
}

/// Bounds on what one quotation may cost. Hitting one is counted ([`QuoteIndex::notices`](super::QuoteIndex::notices)).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexLimits {
    /// How many postings are looked at to find candidates, rarest grams first.
    pub postings: usize,
    /// How many candidates are weighed.
    pub candidates: usize,
}

impl IndexLimits {
    /// What is used unless told otherwise.
    pub const DEFAULT: Self = Self { postings: 150, candidates: 32 };
}

impl Default for IndexLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Which limits were hit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hit {
    pub(super) postings: bool,
    pub(super) candidates: bool,
}

/// How often limits were hit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hits {
    postings: usize,
    candidates: usize,
}

impl Hits {
    pub(super) fn add(&mut self, hit: Hit) {
        self.postings += usize::from(hit.postings);
        self.candidates += usize::from(hit.candidates);
    }

    pub(super) fn notices(self) -> Vec<Notice> {
        let counted = [("postings", self.postings), ("candidates", self.candidates)];
        counted
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| Notice::new(name, count))
            .collect()
    }
}

/// Where the list of a gram is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// How many forms have the gram, the largest number if too many; and its key. One number, to be compared in one step.
    rank: u64,
    at: u32,
    told: u32,
}

impl Place {
    pub(super) const fn at(self) -> usize {
        self.at as usize
    }

    /// The key of its gram.
    pub(super) const fn key(self) -> u32 {
        self.rank as u32
    }

    const fn length(self) -> usize {
        (self.rank >> 32) as usize
    }
}

/// Looks for candidates. Scratch memory, kept between quotations.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub(super) places: Vec<Place>,
    votes: Votes,
    /// What each candidate shares, and the candidate.
    pub(super) found: Vec<(u32, u32)>,
}

impl Search {
    /// Bytes that grow with the number of forms.
    pub(super) const fn bytes(&self) -> usize {
        self.votes.bytes()
    }

    /// Finds the forms that share enough grams with a text that tells this much and has this sketch; what of the limits
    /// was hit. The forms are in no order until they are [ranked](Self::rank).
    pub(super) fn look(
        &mut self,
        grams: &[Gram],
        ours: (u16, u64),
        postings: &Postings,
        forms: &Forms,
        limits: &IndexLimits,
    ) -> Hit {
        self.find_places(postings, grams);
        self.vote(ours, postings, forms, limits)
    }

    /// Where the grams' lists are, the shortest first.
    fn find_places(&mut self, postings: &Postings, grams: &[Gram]) {
        self.places.clear();
        for gram in grams {
            let at = postings.place(gram.key);
            let length = postings.length(at).map_or(u32::MAX, |length| length as u32);
            let rank = u64::from(length) << 32 | u64::from(gram.key);
            self.places.push(Place { rank, at: at as u32, told: gram.told });
        }
        self.places.sort_unstable_by_key(|place| place.rank);
    }

    /// Adds up, rarest grams first, what each known form shares.
    fn vote(
        &mut self,
        (ours, sketch): (u16, u64),
        postings: &Postings,
        forms: &Forms,
        limits: &IndexLimits,
    ) -> Hit {
        self.votes.reserve(forms.len());
        let mut hit = Hit::default();
        let mut budget = limits.postings;
        let (mut asked, mut all) = (0, 0);
        for place in &self.places {
            all += place.told;
            hit.postings |= place.length() > budget;
            if hit.postings {
                continue;
            }
            budget -= place.length();
            asked += place.told;
            for &form in postings.list(place.at()) {
                self.votes.add(form, place.told);
            }
        }
        // Of grams that were not asked for nobody has a vote: the share that a candidate needs is one of those that
        // were.
        let (asked, all) = if hit.postings { (u64::from(asked), u64::from(all)) } else { (1, 1) };
        let is_enough = |vote: u32, form: u32| {
            // What any two must share is asked first, since it needs no look at the form.
            let vote = u64::from(vote) * all;
            vote >= u64::from(VOTE) * asked && vote >= u64::from(least_grams(ours, forms.told(form))) * asked
        };
        let found = &mut self.found;
        found.clear();
        self.votes.drain(|form, vote| {
            if is_enough(vote, form) && may_share(sketch, forms.sketch(form)) {
                found.push((vote, form));
            }
        });
        hit
    }

    /// Drops the candidates that have too few words in common with the text that `aligner` has read, whatever their
    /// order; puts the others in order, those that share most first; and drops what is beyond the limit. Whether it was
    /// hit.
    pub(super) fn rank(
        &mut self,
        aligner: &mut Aligner,
        least: f32,
        forms: &Forms,
        limits: &IndexLimits,
    ) -> bool {
        self.found.retain_mut(|(shared, form)| {
            let common = aligner.hold(forms.sequence(*form), least);
            *shared = common.unwrap_or(0);
            common.is_some()
        });
        self.found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| forms.hash(a.1).cmp(&forms.hash(b.1))));
        let hit = self.found.len() > limits.candidates;
        self.found.truncate(limits.candidates);
        hit
    }
}
