//! The verdict on a pair: a chain of words that both have, in order, weighed by what each tells.
//!
//! Words that are not in the [chain](super::chain) but stand at the same place and are spelt alike are misspellings.
//! The verdict is symmetric: the texts are put in an order of their own first.

use std::ops::Range;

use super::chain::{Chainer, NEAR};
use super::common::Lookup;
use super::frequency::{Frequencies, UNIT};
use super::sequence::{Sequence, capped, mark};
use super::spelling::alike;
use super::words::{PUT_IN, SPLIT};

/// Words on either side of a gap in which misspellings are looked for.
const WINDOW: usize = 4;

/// What a pair of texts amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    /// What the words in common tell, in nats.
    pub(super) evidence: f32,
    /// The share of each text's information that is in common: of the first, of the second.
    pub(super) coverage: [f32; 2],
    /// Words in the longest run.
    pub(super) run: u32,
    /// Whether the texts overlap end to end: each has words beyond the other's end, on different sides.
    pub(super) dovetail: bool,
}

impl Weight {
    /// Whether the two are the same words but for little.
    pub(super) fn is_same(&self) -> bool {
        is_same(self.coverage)
    }
}

/// The share of either text that near-equals have in common.
const SAME: f32 = 0.6;

/// Whether two texts that have these shares in common are the same words but for little.
pub(super) fn is_same([a, b]: [f32; 2]) -> bool {
    a.min(b) >= SAME
}

/// How two linked texts lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Most of one of them is in the other.
    Contained,
    /// The end of one is the beginning of the other.
    Overlap,
}

/// Evidence that a link takes beyond the logarithm of the collection's size, in nats.
const BEYOND: f32 = 3.5;
/// A collection is taken for no smaller than this: what is alike in two articles of five may be so by chance too.
const LEAST_TEXTS: u64 = 1000;
/// The share of the shorter text's information that must be in common.
const COVER: f32 = 0.7;
/// Evidence of an overlap end to end, and the words that it must have in a run.
const OVERLAP: f32 = 60.0;
const OVERLAP_RUN: u32 = 5;

/// What two texts must share in grams, in sixteenths of a nat, given what each tells: no link without it, which is
/// what makes candidates findable.
pub(super) fn least_grams(a: u16, b: u16) -> u32 {
    VOTE.max(u32::from(a.min(b)) / SHARE)
}
/// … whatever they tell.
pub(super) const VOTE: u32 = 15 * UNIT as u32 / 4;
const SHARE: u32 = 8;

/// The evidence that a link takes: what a collection of this size has by chance, and a bit.
pub(super) fn least_evidence(table: &Frequencies) -> f32 {
    BEYOND + (table.texts().max(LEAST_TEXTS) as f32).ln()
}

/// A quotation that tells less, in nats, stands by itself: stock phrases and single words link to nothing.
const TELLING: f32 = 14.0;

/// Whether a text tells enough to be linked at all.
pub(super) fn is_telling(info: &[u8]) -> bool {
    info.iter().map(|&unit| u32::from(unit)).sum::<u32>() as f32 >= TELLING * UNIT
}

/// Whether the weight makes a link: the evidence must be what the table asks for at the least ([`least_evidence`]), and
/// most of the shorter text must be in it.
pub(super) fn judge(weight: &Weight, least: f32) -> Option<Shape> {
    if weight.evidence < least {
        return None;
    }
    let [a, b] = weight.coverage;
    if a.max(b) >= COVER {
        return Some(Shape::Contained);
    }
    let overlap = weight.dovetail && weight.evidence >= OVERLAP && weight.run >= OVERLAP_RUN;
    overlap.then_some(Shape::Overlap)
}

/// What a verdict asks of the words behind a text's numbers.
pub(super) trait Lexicon {
    /// The key of the word at an index of the first or second text.
    fn key(&self, second: bool, at: usize, number: u32) -> u32;
    /// Its spelling: lower case, letters and digits only.
    fn spelling(&self, second: bool, at: usize, number: u32) -> Option<&str>;
}

/// Scratch memory, kept between verdicts, and the text that others are weighed against.
#[derive(Clone, Debug, Default)]
pub(super) struct Aligner {
    ours: Lookup,
    theirs: Lookup,
    chainer: Chainer,
    chain: Vec<(u32, u32)>,
}

impl Aligner {
    /// Reads the text that others are held and weighed against from now on. O(n).
    pub(super) fn read(&mut self, text: Sequence<'_>) {
        self.ours.read(text);
    }

    /// What the words tell that the text read and the other have in common, whatever their order; nothing if that is
    /// too little for a link. O(m).
    pub(super) fn hold(&mut self, other: Sequence<'_>, least: f32) -> Option<u32> {
        self.ours.hold(other, (least * UNIT) as u32)
    }

    /// No less than `a`, which must have been [read](Self::read), and `b` have in common as grams, in sixteenths of a nat.
    /// O(m).
    pub(super) fn neighbours(&self, a: Sequence<'_>, b: Sequence<'_>) -> u32 {
        self.ours.neighbours(a, b)
    }

    /// Weighs `a`, which must have been [read](Self::read), against `b`; `weigh(a, b)` and `weigh(b, a)` agree,
    /// coverages exchanged. Nothing if that makes no link of at least this evidence, whatever misspellings there are. The
    /// pairs are left in [`Self::pairs`]. O((n + m + cells) log m), a cell being a word of one that is a word of the other.
    pub(super) fn weigh(
        &mut self,
        a: Sequence<'_>,
        b: Sequence<'_>,
        least: f32,
        lexicon: &impl Lexicon,
    ) -> Option<Weight> {
        let swapped = is_after(a, b, lexicon);
        let (short, long) = if swapped { (b, a) } else { (a, b) };
        let places = if swapped {
            &self.ours
        } else {
            self.theirs.read(b);
            &self.theirs
        };
        let evidence = self.chainer.chain(short, long, places, &mut self.chain);
        let mut weight = self.sum(short, long, evidence, least, |second, text, at| {
            lexicon.spelling(second != swapped, at, text.number(at))
        })?;
        if swapped {
            weight.coverage.swap(0, 1);
            for pair in &mut self.chain {
                *pair = (pair.1, pair.0);
            }
        }
        Some(weight)
    }

    /// The paired words of the last verdict, by index, in order.
    pub(super) fn pairs(&self) -> &[(u32, u32)] {
        &self.chain
    }

    /// Coverage, misspellings, shape; nothing if no misspelling could make a link of it. `spelling` is of the word at an
    /// index of the shorter or (`true`) the longer text.
    fn sum<'s>(
        &mut self,
        short: Sequence<'_>,
        long: Sequence<'_>,
        score: i32,
        least: f32,
        spelling: impl Fn(bool, Sequence<'_>, usize) -> Option<&'s str>,
    ) -> Option<Weight> {
        let mut total = [short, long].map(|text| text.0.iter().map(|&word| capped(word)).sum::<i32>());
        let mut shared = [0, 0];
        let (mut run, mut longest, mut last) = (0, 0, None);
        for &(i, j) in &self.chain {
            shared[0] += short.told(i as usize);
            shared[1] += long.told(j as usize);
            run = if last == Some((i.wrapping_sub(1), j.wrapping_sub(1))) { run + 1 } else { 1 };
            longest = longest.max(run);
            last = Some((i, j));
        }
        let dovetail = is_dovetail(&self.chain, short.len(), long.len());
        let weigh = |evidence: i32, shared: [i32; 2], total: [i32; 2]| {
            let share = |shared: i32, total: i32| {
                if total > 0 { (shared as f32 / total as f32).min(1.0) } else { 0.0 }
            };
            let ([a, b], [all_a, all_b]) = (shared, total);
            let coverage = [share(a, all_a), share(b, all_b)];
            Weight { evidence: evidence as f32 / UNIT, coverage, run: longest, dovetail }
        };
        let has_put_in = [short, long].iter().any(|text| text.0.iter().any(|&word| mark(word) & PUT_IN != 0));
        // Most pairs are no link even if all that stands at the same places is misspelt: then no spelling is read.
        if !has_put_in {
            let (gain, misspelt) = self.misspelt_at_most(short, long);
            let [a, b] = shared;
            let [left, right] = [total[0] - misspelt[0] + gain, total[1] - misspelt[1] + gain];
            judge(&weigh(score + gain, [a + gain, b + gain], [left, right]), least)?;
        }
        let mut evidence = score;
        let mut misspelt = Vec::new();
        for (left, right) in gaps(&self.chain, short.len(), long.len()) {
            if has_put_in {
                let put_in = |text: Sequence<'_>, gap: &Range<usize>| {
                    (gap.start..=gap.end).any(|at| text.mark(at) & PUT_IN != 0)
                };
                // What stands opposite a bracket was replaced by it.
                if left.len() <= WINDOW && put_in(long, &right) {
                    total[0] -= left.clone().map(|i| short.told(i)).sum::<i32>();
                }
                if right.len() <= WINDOW && put_in(short, &left) {
                    total[1] -= right.clone().map(|j| long.told(j)).sum::<i32>();
                }
            }
            if left.len() > WINDOW || right.len() > WINDOW {
                continue;
            }
            let mut from = right.start;
            for i in left {
                let spelt = |second: bool, text: Sequence<'_>, at: usize| {
                    (text.mark(at) & SPLIT == 0).then(|| spelling(second, text, at)).flatten()
                };
                let Some(ours) = spelt(false, short, i) else { continue };
                let found = (from..right.end)
                    .find(|&j| spelt(true, long, j).is_some_and(|theirs| alike(ours, theirs)));
                if let Some(j) = found {
                    // The right spelling is the one that tells less; the wrong one is in no table.
                    let told = short.told(i).min(long.told(j));
                    total[0] -= short.told(i) - told;
                    total[1] -= long.told(j) - told;
                    shared[0] += told;
                    shared[1] += told;
                    evidence += told - NEAR / 2;
                    misspelt.push((i as u32, j as u32));
                    from = j + 1;
                }
            }
        }
        if !misspelt.is_empty() {
            self.chain.extend(misspelt);
            self.chain.sort_unstable();
        }
        Some(weigh(evidence, shared, total))
    }

    /// What misspellings could add to what is in common at the most, and what the words tell that might be misspelt, in
    /// either text.
    fn misspelt_at_most(&self, short: Sequence<'_>, long: Sequence<'_>) -> (i32, [i32; 2]) {
        let (mut gain, mut misspelt) = (0, [0, 0]);
        for (left, right) in gaps(&self.chain, short.len(), long.len()) {
            if left.is_empty() || right.is_empty() || left.len() > WINDOW || right.len() > WINDOW {
                continue;
            }
            let told = [left.map(|i| short.told(i)).sum::<i32>(), right.map(|j| long.told(j)).sum()];
            gain += told[0].min(told[1]);
            misspelt[0] += told[0];
            misspelt[1] += told[1];
        }
        (gain, misspelt)
    }
}

/// What both texts, of so many words, have beside a chain: between two of its pairs, and a few words before and after it.
/// Not both are empty.
fn gaps(chain: &[(u32, u32)], n: usize, m: usize) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
    let between = chain.windows(2).filter_map(|two| match two {
        [a, b] => Some((a.0 as usize + 1..b.0 as usize, a.1 as usize + 1..b.1 as usize)),
        _ => None,
    });
    let before = chain.first().map(|&(i, j)| {
        let (i, j) = (i as usize, j as usize);
        let lead = i.min(j).min(WINDOW);
        (i - lead..i, j - lead..j)
    });
    let after = chain.last().map(|&(i, j)| {
        let (i, j) = (i as usize + 1, j as usize + 1);
        let tail = (n - i).min(m - j).min(WINDOW);
        (i..i + tail, j..j + tail)
    });
    between.chain(before).chain(after).filter(|(left, right)| !left.is_empty() || !right.is_empty())
}

/// Whether each text has words beyond the other's end, on different sides.
fn is_dovetail(chain: &[(u32, u32)], n: usize, m: usize) -> bool {
    let (Some(first), Some(end)) = (chain.first(), chain.last()) else { return false };
    let over = |first: u32, last: u32, length: usize| (first > 1, last as usize + 2 < length);
    let (left, right) = (over(first.0, end.0, n), over(first.1, end.1, m));
    matches!((left, right), ((true, false), (false, true)) | ((false, true), (true, false)))
}

/// Whether `a` comes after `b` in an order that depends on their words alone: shorter ones first.
fn is_after(a: Sequence<'_>, b: Sequence<'_>, lexicon: &impl Lexicon) -> bool {
    if a.len() != b.len() {
        return a.len() > b.len();
    }
    let word = |second: bool, text: Sequence<'_>, at: usize| {
        (lexicon.key(second, at, text.number(at)), text.mark(at))
    };
    let mut pairs = (0..a.len()).map(|at| (word(false, a, at), word(true, b, at)));
    pairs.find(|(x, y)| x != y).is_some_and(|(x, y)| x > y)
}
