//! One word that might report, and the options around it: where its content may start and end, and who may be
//! its source.

use super::super::lexicon::Roles;
use super::super::scene::Scene;
use super::super::unit::{Class, Unit, Units};
use crate::text::Text;

/// How far from the reporting word content and source are looked for, in units.
const REACH: usize = 70;
/// How far after the reporting word its content may start.
const START: usize = 14;
/// Ends weighed for one start at the most.
const ENDS: usize = 32;

/// A word that might report, and its sentence as far as it is in reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clause {
    /// The reporting unit.
    pub(crate) at: usize,
    /// The first unit of the sentence in reach.
    pub(crate) start: usize,
    /// One past the last unit of the sentence in reach.
    pub(crate) end: usize,
}

/// On which side of the reporting word content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// “…, she said”: the end is chosen first, and then the start.
    Before,
    /// “She said …”: the start is chosen first, and then the end.
    After,
}

impl Side {
    pub(crate) const fn code(self) -> u32 {
        match self {
            Self::Before => 0,
            Self::After => 1,
        }
    }
}

/// The units that might report indirect speech.
pub(crate) fn triggers(units: &Units) -> impl Iterator<Item = usize> {
    (0..units.len()).filter(|at| {
        let unit = units.at(*at);
        unit.cue > 0 && unit.is(Class::WORD)
    })
}

impl Clause {
    /// The clause around the unit `at`. O(1): a bounded number of units is looked at.
    pub(crate) fn new(units: &Units, at: usize) -> Self {
        let sentence = units.at(at).sentence;
        let same = |index: &usize| units.at(*index).sentence == sentence;
        let before = (1..=REACH.min(at)).map(|back| at - back).take_while(same).count();
        let after = (at + 1..=at + REACH).take_while(same).count();
        Self { at, start: at - before, end: at + 1 + after }
    }

    /// The units from which content might start (after the reporting word) or with which it might end (before
    /// it): what is chosen first.
    pub(crate) fn near(&self, text: &Text<'_>, units: &Units, side: Side, options: &mut Vec<usize>) {
        options.clear();
        match side {
            Side::After => {
                let range = self.at + 1..self.end.min(self.at + 1 + START);
                options.extend(range.filter(|at| can_start(text, units.at(*at))));
            }
            Side::Before => {
                let ends = (self.start..self.at).rev();
                let ends = ends.filter(|at| can_end(text, units.at(*at)));
                options.extend(ends.filter(|at| self.at - at <= 3 || breaks(units, *at)).take(ENDS));
            }
        }
    }

    /// The other end of content whose near end is `first`.
    pub(crate) fn far(
        &self,
        text: &Text<'_>,
        units: &Units,
        side: Side,
        first: usize,
        options: &mut Vec<usize>,
    ) {
        options.clear();
        match side {
            Side::After => {
                let ends = (first..self.end).filter(|at| can_end(text, units.at(*at)));
                options.extend(ends.filter(|at| at - first <= 1 || breaks(units, *at)));
                // The end of the sentence is always weighed.
                if let Some(last) = options.pop() {
                    options.truncate(ENDS);
                    options.push(last);
                }
            }
            Side::Before => {
                let starts = (self.start..=first).filter(|at| can_start(text, units.at(*at)));
                options.extend(
                    starts.filter(|at| {
                        *at == self.start || first - at <= 1 || breaks(units, at.wrapping_sub(1))
                    }),
                );
                // The start of the sentence is always weighed.
                let surplus = options.len().saturating_sub(ENDS);
                if surplus > 0 {
                    options.drain(1..=surplus);
                }
            }
        }
    }

    /// The candidates that might be the source: those of the sentence, as a range of indices.
    pub(crate) fn sources(&self, scene: &Scene<'_, '_>) -> std::ops::Range<usize> {
        let from = scene.candidates.partition_point(|c| (c.start as usize) < self.start);
        let to = scene.candidates.partition_point(|c| (c.start as usize) < self.end);
        from..to.min(from + REACH)
    }
}

/// Whether a clause or phrase might end with the unit `at`: before punctuation, a small word, a reporting word.
fn breaks(units: &Units, at: usize) -> bool {
    let (here, next) = (units.at(at), units.at(at + 1));
    next.sentence != here.sentence
        || here.is(Class::PUNCTUATION.or(Class::QUOTE))
        || next.is(Class::PUNCTUATION.or(Class::QUOTE))
        || next.has(SMALL)
        || next.cue > 1
        || here.has(Roles::CONJUNCTION.or(Roles::BREAK).or(Roles::RELATIVE))
}

const SMALL: Roles = Roles::PREPOSITION
    .or(Roles::CONJUNCTION)
    .or(Roles::AUXILIARY)
    .or(Roles::BREAK)
    .or(Roles::RELATIVE)
    .or(Roles::PRONOUN)
    .or(Roles::DAY)
    .or(Roles::ADVERB)
    .or(Roles::DETERMINER);

fn can_start(text: &Text<'_>, unit: &Unit) -> bool {
    unit.is(Class::WORD.or(Class::NUMBER).or(Class::QUOTE)) || symbol(text, unit, "$(#@£€&[+%")
}

fn can_end(text: &Text<'_>, unit: &Unit) -> bool {
    unit.is(Class::WORD.or(Class::NUMBER).or(Class::QUOTE).or(Class::CLITIC)) || symbol(text, unit, "%)]$")
}

fn symbol(text: &Text<'_>, unit: &Unit, of: &str) -> bool {
    unit.is(Class::PUNCTUATION)
        && text.word(unit.first_token as usize).chars().next().is_some_and(|c| of.contains(c))
}
