//! A document laid out for ranking: its units, its candidates, and the quotations' parts.

use std::cell::OnceCell;

use super::candidate::{self, Candidate};
use super::feature::{self, Standing};
use super::lexicon::Lexicon;
use super::rank::SPEAKER;
use super::rule;
use super::site::{MARKS, Site};
use super::unit::{Class, Units};
use crate::model::{Model, Sink};
use crate::text::{Span, Text};

/// Paragraphs before a quotation's own in which its source is looked for.
const PARAGRAPHS: u32 = 2;
/// The same where each of them opens with a quotation.
const CHAIN: u32 = 9;
/// Units after the quotation's paragraph in which its source is looked for.
const UNITS: usize = 14;

/// Template numbers of what a quotation alone tells, for the two answers that name no candidate.
pub(crate) const NOBODY: u32 = 100;
pub(crate) const NOTHING: u32 = 150;

/// One document, or the inside of one part, laid out.
#[derive(Debug)]
pub(crate) struct Scene<'a, 't> {
    pub(crate) text: &'a Text<'t>,
    lexicon: &'a Lexicon,
    pub(crate) units: Units,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) standings: Vec<Standing>,
    counts: Counts,
    /// How many candidates are subjects.
    subjects: u32,
    /// The site of each part, in order.
    pub(crate) sites: Vec<Site>,
    /// The candidates that may be somebody interviewed, in order; found where a label first asks for them.
    pub(crate) interviewees: OnceCell<Vec<usize>>,
}

impl<'a, 't> Scene<'a, 't> {
    pub(crate) fn new(
        text: &'a Text<'t>,
        lexicon: &'a Lexicon,
        tokens: std::ops::Range<usize>,
        parts: impl Iterator<Item = Span>,
    ) -> Self {
        let mut units = Units::default();
        units.read(text, tokens, parts, lexicon);
        let mut candidates = Vec::with_capacity(units.len() / 4);
        candidate::find(text, &units, &mut candidates);
        let mut scene = Self {
            text,
            lexicon,
            units,
            candidates,
            standings: Vec::new(),
            counts: Counts::default(),
            subjects: 0,
            sites: Vec::new(),
            interviewees: OnceCell::new(),
        };
        scene.stand();
        scene.look();
        scene
    }

    fn stand(&mut self) {
        self.counts.fill(self.candidates.iter().map(|c| (c.key, self.units.at(c.start as usize).paragraph)));
        self.standings.reserve(self.candidates.len());
        let (mut sentence, mut rank, mut last_end) = (u32::MAX, 0, 0);
        let mut subjects = 0;
        for c in &self.candidates {
            let here = self.units.at(c.start as usize).sentence;
            if here != sentence {
                (sentence, rank, last_end) = (here, 0, c.end);
            } else if c.start >= last_end {
                rank += 1;
                last_end = c.end;
            }
            let mut standing = Standing::look(&self.units, c, rank);
            (standing.count, standing.first) = self.counts.get(c.key);
            standing.subjects = subjects;
            subjects += u32::from(standing.is_subject());
            self.standings.push(standing);
        }
        self.subjects = subjects;
    }

    /// How many subjects stand before a unit. O(log n).
    fn subjects_before(&self, unit: usize) -> u32 {
        let index = self.candidates.partition_point(|c| (c.start as usize) < unit);
        self.standings.get(index).map_or(self.subjects, |standing| standing.subjects)
    }

    /// Looks at every part.
    fn look(&mut self) {
        let roles = |token: usize| self.lexicon.at(self.units.found_at(token)).roles;
        let quotes = self.units.quotes().iter();
        let mut sites: Vec<Site> =
            quotes.map(|unit| Site::look(self.text, &self.units, roles, *unit as usize)).collect();
        find_odd_marks(&mut sites);
        self.counts.fill(sites.iter().map(|site| (site.whole, 0)));
        let mut last: Option<(u32, u32)> = None;
        for site in &mut sites {
            site.repeats = self.counts.get(site.whole).0;
            let at_cue = site.cue_before.map_or(0, |cue| self.subjects_before(cue));
            site.subjects = [self.subjects_before(site.unit), at_cue];
            let before = last.filter(|(sentence, _)| *sentence == site.sentence);
            site.neighbours = [before.map_or(0, |(_, looks)| looks), 0];
            last = Some((site.sentence, site.looks()));
        }
        let mut next: Option<(u32, u32)> = None;
        for site in sites.iter_mut().rev() {
            let after = next.filter(|(sentence, _)| *sentence == site.sentence);
            let [before, _] = site.neighbours;
            site.neighbours = [before, after.map_or(0, |(_, looks)| looks)];
            next = Some((site.sentence, site.looks()));
        }
        self.sites = sites;
    }

    /// The candidates in reach of `site`, as a range of indices, and whether `most` cut it.
    pub(crate) fn reach(&self, site: &Site, most: usize) -> (std::ops::Range<usize>, bool) {
        let first = self.units.first_paragraph();
        let mut paragraph = site.paragraph.saturating_sub(PARAGRAPHS).max(first);
        while paragraph > first
            && site.paragraph - paragraph < CHAIN
            && self.units.at(self.units.paragraph_start(paragraph)).is(Class::QUOTE)
        {
            paragraph -= 1;
        }
        let from = self.units.paragraph_start(paragraph) as u32;
        let to = (self.units.paragraph_start(site.paragraph + 1) + UNITS) as u32;
        let start = self.candidates.partition_point(|c| c.start < from);
        let end = self.candidates.partition_point(|c| c.start < to);
        let here = self.candidates.partition_point(|c| (c.start as usize) < site.unit);
        if end - start <= most {
            return (start..end, false);
        }
        let after = (end - here).min(most / 2);
        let before = (here - start).min(most - after);
        (here - before..here + after, true)
    }

    /// Puts all features of the candidate at `index` for `site`.
    pub(crate) fn features(&self, sink: &mut impl Sink, site: &Site, index: usize) {
        self.alone(sink, index);
        self.pair(sink, site, index);
    }

    fn alone(&self, sink: &mut impl Sink, index: usize) {
        if let (Some(c), Some(standing)) = (self.candidates.get(index), self.standings.get(index)) {
            feature::alone(sink, &self.units, c, standing);
        }
    }

    fn pair(&self, sink: &mut impl Sink, site: &Site, index: usize) {
        if let (Some(c), Some(standing)) = (self.candidates.get(index), self.standings.get(index)) {
            let here = self.candidates.partition_point(|c| (c.start as usize) < site.unit);
            let between = here.abs_diff(index) as u32;
            feature::glance(sink, &self.units, site, c, standing);
            feature::pair(sink, &self.units, site, c, standing, between);
        }
    }

    /// Scores of the candidates in `range`, then of nobody, then of no quotation, into `scores`.
    pub(crate) fn score(
        &self,
        model: &Model<'_, SPEAKER>,
        site: &Site,
        range: std::ops::Range<usize>,
        sums: &mut [i32],
        scores: &mut Vec<f32>,
    ) {
        scores.reserve(range.len() + 2);
        let here = self.candidates.partition_point(|c| (c.start as usize) < site.unit);
        let candidates = || self.candidates.iter().zip(&self.standings).skip(range.start).take(range.len());
        let mut best = f32::NEG_INFINITY;
        for ((c, standing), sum) in candidates().zip(sums.iter_mut().skip(range.start)) {
            if *sum == UNKNOWN {
                let learned = model.sum(|sink| feature::alone(sink, &self.units, c, standing));
                *sum = learned.wrapping_add(model.steps(rule::alone(&self.units, c)));
            }
            let glance = model.sum(|sink| feature::glance(sink, &self.units, site, c, standing));
            let score = model.real(sum.wrapping_add(glance));
            best = best.max(score);
            scores.push(score);
        }
        for (index, ((c, standing), score)) in (range.start..).zip(candidates().zip(scores.iter_mut())) {
            if *score > best - OUT_OF_THE_QUESTION {
                let between = here.abs_diff(index) as u32;
                let pair = model.sum(|sink| feature::pair(sink, &self.units, site, c, standing, between));
                *score += model.real(pair) + rule::together(&self.units, site, c, standing);
            }
        }
        scores.push(model.score(|sink| feature::quotation(sink, &self.units, site, NOBODY)));
        scores.push(model.score(|sink| feature::quotation(sink, &self.units, site, NOTHING)));
    }
}

/// Tells the quotations whose marks are not those that most of the document's have.
fn find_odd_marks(sites: &mut [Site]) {
    let mut counts = [0_u32; MARKS];
    for site in &*sites {
        if let Some(count) = counts.get_mut(usize::from(site.mark)) {
            *count += 1;
        }
    }
    let most = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(mark, _)| mark);
    sites.iter_mut().for_each(|site| site.odd_mark = usize::from(site.mark) != most);
}

/// By how many logits a candidate may be behind at a glance and yet be looked at closely: of PolNeAR dev and the articles
/// with names nobody was chosen who was more than 4 behind.
const OUT_OF_THE_QUESTION: f32 = 5.0;

/// A sum that has not been made yet.
pub(crate) const UNKNOWN: i32 = i32::MIN;

/// How many candidates have a key, and in which paragraph the first one stands: open addressing.
#[derive(Debug, Default)]
struct Counts {
    slots: Vec<(u32, u32, u32)>,
}

impl Counts {
    fn fill(&mut self, keys: impl ExactSizeIterator<Item = (u32, u32)>) {
        self.slots.clear();
        self.slots.resize((2 * keys.len() + 1).next_power_of_two(), (0, 0, 0));
        for (key, paragraph) in keys {
            let at = self.find(key);
            if let Some(slot) = self.slots.get_mut(at) {
                if slot.1 == 0 {
                    *slot = (key, 0, paragraph);
                }
                slot.1 += 1;
            }
        }
    }

    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (key ^ (key >> 15)) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.1 != 0 && slot.0 != key) {
            at = (at + 1) & mask;
        }
        at
    }

    fn get(&self, key: u32) -> (u32, u32) {
        self.slots.get(self.find(key)).map_or((0, 0), |slot| (slot.1, slot.2))
    }
}
