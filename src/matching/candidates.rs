//! Which known forms may be the same words as a new one: those that share grams, the rarest asked first.

use super::common::may_share;
use super::fingerprint::Gram;
use super::forms::Forms;
use super::postings::Postings;
use super::table::AHEAD;
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
    /// How many postings are looked at to find candidates, rarest grams first. The list of a gram that more than 511
    /// wordings have is never looked at, whatever the limit: that counts as hitting it.
    pub postings: usize,
    /// How many candidates are weighed.
    pub candidates: usize,
}

impl IndexLimits {
    /// What is used unless told otherwise.
    pub const DEFAULT: Self = Self { postings: 120, candidates: 32 };
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

    /// Whether so many forms have the gram that nobody knows which.
    const fn is_saturated(self) -> bool {
        self.rank >> 32 == u32::MAX as u64
    }
}

/// A candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) form: u32,
    /// What it has of the grams that were asked for, in sixteenths of a nat.
    pub(super) vote: u32,
    /// What the words in common tell, whatever their order.
    common: u32,
}

/// Looks for candidates. Scratch memory, kept between quotations.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    pub(super) places: Vec<Place>,
    votes: Votes,
    told: Vec<u16>,
    sketches: Vec<u64>,
    pub(super) found: Vec<Found>,
}

impl Search {
    /// Finds the forms that share enough of `grams`, in any order, with a text that tells this much and has this sketch;
    /// what of the limits was hit. The forms are in no order until they are [ranked](Self::rank).
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

    /// Where the grams' lists are, each once, the shortest first.
    pub(super) fn find_places(&mut self, postings: &Postings, grams: &[Gram]) {
        self.places.clear();
        self.places.reserve(grams.len());
        for grams in grams.chunks(AHEAD) {
            let mut found = [(0, 0); AHEAD];
            postings.find_ahead(grams.iter().map(|gram| gram.key), &mut found);
            for (gram, (at, length)) in grams.iter().zip(found) {
                let rank = u64::from(length) << 32 | u64::from(gram.key);
                self.places.push(Place { rank, at: at as u32, told: gram.told });
            }
        }
        self.places.sort_unstable_by_key(|place| place.rank);
        self.places.dedup_by(|again, first| {
            first.told = if again.rank == first.rank { first.told.min(again.told) } else { first.told };
            again.rank == first.rank
        });
    }

    /// Adds up, rarest grams first, what each known form shares.
    fn vote(
        &mut self,
        (ours, sketch): (u16, u64),
        postings: &Postings,
        forms: &Forms,
        limits: &IndexLimits,
    ) -> Hit {
        let known = self.places.iter().filter(|place| !place.is_saturated());
        let all = known.fold(0_usize, |all, place| all.saturating_add(place.length()));
        self.votes.reserve(all.min(limits.postings));
        let mut hit = Hit::default();
        let mut budget = limits.postings;
        let (mut asked, mut all) = (0, 0);
        for place in &self.places {
            all += place.told;
            hit.postings |= place.is_saturated() || place.length() > budget;
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
        let is_enough = |vote: u32, least: u32| u64::from(vote) * all >= u64::from(least) * asked;
        let Self { votes, told, sketches, found, .. } = self;
        // What any two must share is asked first, since it needs no look at the form; then what is nearest. Of all forms
        // it is read before any is asked, so that they wait for the memory together.
        found.clear();
        votes.drain(|form, vote| {
            if is_enough(vote, VOTE) {
                found.push(Found { form, vote, common: 0 });
            }
        });
        told.clear();
        told.extend(found.iter().map(|found| forms.told(found.form)));
        let mut told = told.iter();
        found.retain(|found| {
            told.next().is_some_and(|&theirs| is_enough(found.vote, least_grams(ours, theirs)))
        });
        sketches.clear();
        sketches.extend(found.iter().map(|found| forms.sketch(found.form)));
        let mut sketches = sketches.iter();
        found.retain(|_| sketches.next().is_some_and(|&theirs| may_share(sketch, theirs)));
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
        forms.touch(self.found.iter().map(|found| found.form));
        self.found.retain_mut(|found| {
            let common = aligner.hold(forms.sequence(found.form), least);
            found.common = common.unwrap_or(0);
            common.is_some()
        });
        self.found.sort_unstable_by(|a, b| {
            b.common.cmp(&a.common).then_with(|| forms.hash(a.form).cmp(&forms.hash(b.form)))
        });
        let hit = self.found.len() > limits.candidates;
        self.found.truncate(limits.candidates);
        hit
    }
}
