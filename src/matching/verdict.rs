//! The verdict on a pair: a chain of words that both have, in order, weighed by what each tells.
//!
//! The chain is the best-scoring one: a word that follows its neighbour in both texts adds its information; a jump
//! costs what finding a word again somewhere else is worth, less where dots or brackets announce it, and less where
//! one word stands in place of another. Words that are not paired but stand at the same place and are spelt alike
//! are misspellings. The verdict is symmetric: the texts are put in an order of their own first.

use super::frequency::{Frequencies, UNIT};
use super::words::{GAP, PUT_IN, SPLIT};

/// What the chain needs of a text: parallel slices, one entry a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence<'a> {
    pub(super) keys: &'a [u32],
    /// Information in sixteenths of a nat.
    pub(super) info: &'a [u8],
    pub(super) marks: &'a [u8],
}

impl Sequence<'_> {
    fn told(&self, at: usize) -> i32 {
        i32::from(self.info.get(at).copied().unwrap_or(0)).min(WORD)
    }

    pub(super) fn mark(&self, at: usize) -> u8 {
        self.marks.get(at).copied().unwrap_or(0)
    }
}

const NAT: i32 = UNIT as i32;
/// The most that one word adds to coverage: a misspelt or made-up word is not all there is to a text.
const WORD: i32 = 9 * NAT;
/// A jump over at most two words on either side.
const NEAR: i32 = 3 * NAT / 2;
/// A jump anywhere.
const FAR: i32 = 4 * NAT;
/// A jump that dots or brackets announce.
const ANNOUNCED: i32 = NAT;
/// The most cells of an alignment in full; beyond, words that are frequent in the longer text only carry on a run.
const CELLS: usize = 1 << 20;
/// How often a word may stand in the longer text before it counts as frequent there.
const FREQUENT: usize = 32;
/// Words on either side of a gap in which misspellings are looked for.
const WINDOW: usize = 4;

/// A pair of words, by index, and how it was come by.
#[derive(Clone, Copy, Debug)]
struct Cell {
    short: u32,
    long: u32,
    score: i32,
    /// The cell before it plus one.
    from: u32,
}

/// What a pair of texts amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    /// What the words in common tell, in nats.
    pub(super) evidence: f32,
    /// The share of each text's information that is in common: of the first, of the second.
    pub(super) coverage: [f32; 2],
    /// Words paired.
    pub(super) paired: u32,
    /// Words in the longest run.
    pub(super) run: u32,
    /// Whether the texts overlap end to end: each has words beyond the other's end, on different sides.
    pub(super) dovetail: bool,
}

impl Weight {
    /// Whether the two are the same words but for little.
    pub(super) fn is_same(&self) -> bool {
        let [a, b] = self.coverage;
        a.min(b) >= SAME
    }
}

/// The share of either text that near-equals have in common.
pub(super) const SAME: f32 = 0.6;

/// How two linked texts lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Most of one of them is in the other.
    Contained,
    /// The end of one is the beginning of the other.
    Overlap,
}

/// Evidence that a link takes beyond the logarithm of the collection's size, in nats.
const BEYOND: f32 = 3.0;
/// A collection is taken for no smaller than this: what is alike in two articles of five may be so by chance too.
const LEAST_TEXTS: u64 = 1000;
/// The share of the shorter text's information that must be in common.
const COVER: f32 = 0.7;
/// Evidence of an overlap end to end, and the words that it must have in a run.
const OVERLAP: f32 = 60.0;
const OVERLAP_RUN: u32 = 5;

/// What two texts must share in grams, in sixteenths of a nat, given what each tells: no link without it, which is
/// what makes candidates findable.
pub(super) fn least_grams(a: u32, b: u32) -> u32 {
    VOTE.max(a.min(b) / SHARE)
}
const VOTE: u32 = 5 * UNIT as u32;
const SHARE: u32 = 5;

/// A quotation that tells less, in nats, stands by itself: stock phrases and single words link to nothing.
const TELLING: f32 = 14.0;

/// Whether a text tells enough to be linked at all.
pub(super) fn is_telling(info: &[u8]) -> bool {
    info.iter().map(|&unit| u32::from(unit)).sum::<u32>() as f32 >= TELLING * UNIT
}

/// What a text tells, in sixteenths of a nat, no word counted for more than [`WORD`].
pub(super) fn told(info: &[u8]) -> u32 {
    info.iter().map(|&unit| u32::from(unit).min(WORD as u32)).sum()
}

/// Whether the weight makes a link: the evidence must be more than a collection of this size has by chance, and
/// most of the shorter text must be in it.
pub(super) fn judge(weight: &Weight, table: &Frequencies) -> Option<Shape> {
    if weight.evidence < BEYOND + (table.texts().max(LEAST_TEXTS) as f32).ln() {
        return None;
    }
    let [a, b] = weight.coverage;
    if a.max(b) >= COVER {
        return Some(Shape::Contained);
    }
    let overlap = weight.dovetail && weight.evidence >= OVERLAP && weight.run >= OVERLAP_RUN;
    overlap.then_some(Shape::Overlap)
}

/// Scratch memory, kept between verdicts.
#[derive(Clone, Debug, Default)]
pub(super) struct Aligner {
    heads: Vec<u32>,
    next: Vec<u32>,
    count: Vec<u32>,
    best: Vec<(i32, u32)>,
    rows: [Vec<u32>; 4],
    touched: [Vec<u32>; 4],
    places: Vec<u32>,
    cells: Vec<Cell>,
    chain: Vec<(u32, u32)>,
}

/// Gives the spelling of the word at an index of the first or second text, lower-cased.
pub(super) trait Spelling {
    fn word(&self, second: bool, at: usize, key: u32) -> Option<&str>;
}

impl Aligner {
    /// Weighs `a` against `b`; `weigh(a, b)` and `weigh(b, a)` agree, coverages exchanged. The pairs are left in
    /// [`Self::pairs`]. O(n + m + cells), a cell being a word of one that is a word of the other.
    pub(super) fn weigh(&mut self, a: Sequence<'_>, b: Sequence<'_>, spelling: &impl Spelling) -> Weight {
        let swapped = (a.keys.len(), a.keys, a.marks) > (b.keys.len(), b.keys, b.marks);
        let (short, long) = if swapped { (b, a) } else { (a, b) };
        self.fill(short, long);
        let evidence = self.trace();
        let mut weight = self.sum(short, long, evidence, swapped, spelling);
        if swapped {
            weight.coverage.swap(0, 1);
            for pair in &mut self.chain {
                *pair = (pair.1, pair.0);
            }
        }
        weight
    }

    /// The paired words of the last verdict, by index, in order.
    pub(super) fn pairs(&self) -> &[(u32, u32)] {
        &self.chain
    }

    /// Fills the cells: every pair of equal words, with the best chain that ends there.
    #[expect(
        clippy::indexing_slicing,
        reason = "the kernel: every index is bounded by the lengths around it"
    )]
    fn fill(&mut self, short: Sequence<'_>, long: Sequence<'_>) {
        let (n, m) = (short.keys.len(), long.keys.len());
        let buckets = (m * 2).next_power_of_two().clamp(64, 1 << 16);
        self.heads.clear();
        self.heads.resize(buckets, 0);
        self.count.clear();
        self.count.resize(buckets, 0);
        self.next.clear();
        for (j, &key) in long.keys.iter().enumerate() {
            let bucket = key as usize & (buckets - 1);
            self.next.push(self.heads[bucket]);
            self.heads[bucket] = j as u32 + 1;
            self.count[bucket] += 1;
        }
        self.best.clear();
        self.best.resize(m + 1, (0, 0));
        for row in &mut self.rows {
            row.clear();
            row.resize(m + 4, 0);
        }
        for touched in &mut self.touched {
            touched.clear();
        }
        self.cells.clear();
        let bounded = n.saturating_mul(m) > CELLS;
        for i in 0..n {
            let this = i & 3;
            while let Some(j) = self.touched[this].pop() {
                self.rows[this][j as usize] = 0;
            }
            let key = short.keys[i];
            let bucket = key as usize & (buckets - 1);
            let rare = !bounded || self.count[bucket] as usize <= FREQUENT;
            self.places(long.keys, key, rare.then_some(self.heads[bucket]), (i + 3) & 3);
            for p in 0..self.places.len() {
                let j = self.places[p] as usize;
                let told = i32::from(short.info[i]).min(i32::from(long.info[j]));
                let announced = (short.mark(i) | long.mark(j)) & (GAP | PUT_IN) != 0;
                let near = if announced { ANNOUNCED } else { NEAR };
                let (mut score, mut from) = (told, 0);
                // Rows are kept with an offset of three, so that what lies before the text is nought.
                let mut step = |this: &Self, di: usize, dj: usize, cost: i32| {
                    if di > i {
                        return;
                    }
                    let cell = this.rows[(i - di) & 3][j + 3 - dj];
                    if cell != 0 {
                        let reached = this.cells[cell as usize - 1].score + told - cost;
                        if reached > score {
                            (score, from) = (reached, cell);
                        }
                    }
                };
                step(self, 1, 1, 0);
                if rare {
                    step(self, 2, 2, near);
                    step(self, 1, 2, near);
                    step(self, 2, 1, near);
                    step(self, 1, 3, near);
                    step(self, 3, 1, near);
                    step(self, 3, 3, near);
                    let far = if announced { ANNOUNCED } else { FAR };
                    let (reached, cell) = self.up_to(j);
                    if reached + told - far > score {
                        (score, from) = (reached + told - far, cell);
                    }
                } else if from == 0 {
                    continue;
                }
                self.cells.push(Cell { short: i as u32, long: j as u32, score, from });
                let cell = self.cells.len() as u32;
                self.rows[this][j + 3] = cell;
                self.touched[this].push(j as u32 + 3);
            }
            // Only now may chains of later rows build on this one.
            for t in 0..self.touched[this].len() {
                let j = self.touched[this][t] as usize;
                let cell = self.rows[this][j];
                self.raise(j - 3, self.cells[cell as usize - 1].score, cell);
            }
        }
    }

    /// Where the longer text has the word `key`: everywhere, from the head of its bucket on, or else only where it
    /// carries on a chain of the row before, so that a word repeated without end costs no more than any other.
    fn places(&mut self, long: &[u32], key: u32, head: Option<u32>, before: usize) {
        self.places.clear();
        let Some(mut at) = head else {
            let touched = self.touched.get(before).map_or(&[][..], Vec::as_slice);
            // Rows have an offset of three.
            let next = touched.iter().map(|&j| j - 2).filter(|&j| long.get(j as usize) == Some(&key));
            self.places.extend(next);
            return;
        };
        while let Some(j) = at.checked_sub(1) {
            at = self.next.get(j as usize).copied().unwrap_or(0);
            if long.get(j as usize) == Some(&key) {
                self.places.push(j);
            }
        }
    }

    /// The best chain that ends before word `j` of the longer text (a Fenwick tree of prefix maxima).
    #[expect(clippy::indexing_slicing, reason = "bounded by the tree's own length")]
    fn up_to(&self, j: usize) -> (i32, u32) {
        let (mut at, mut found) = (j, (0, 0));
        while at > 0 {
            if self.best[at].0 > found.0 {
                found = self.best[at];
            }
            at &= at - 1;
        }
        found
    }

    #[expect(clippy::indexing_slicing, reason = "bounded by the tree's own length")]
    fn raise(&mut self, j: usize, score: i32, cell: u32) {
        let mut at = j + 1;
        while at < self.best.len() {
            if score > self.best[at].0 {
                self.best[at] = (score, cell);
            }
            at += at & at.wrapping_neg();
        }
    }

    /// Follows the best chain back; its score.
    fn trace(&mut self) -> i32 {
        self.chain.clear();
        let best =
            self.cells.iter().enumerate().max_by_key(|(at, cell)| (cell.score, std::cmp::Reverse(*at)));
        let Some((at, cell)) = best else { return 0 };
        let score = cell.score;
        let mut at = at + 1;
        while let Some(cell) = at.checked_sub(1).and_then(|at| self.cells.get(at)) {
            self.chain.push((cell.short, cell.long));
            at = cell.from as usize;
        }
        self.chain.reverse();
        score
    }

    /// Coverage, misspellings, shape.
    fn sum(
        &mut self,
        short: Sequence<'_>,
        long: Sequence<'_>,
        score: i32,
        swapped: bool,
        spelling: &impl Spelling,
    ) -> Weight {
        let (n, m) = (short.keys.len(), long.keys.len());
        let mut total =
            [(0..n).map(|i| short.told(i)).sum::<i32>(), (0..m).map(|j| long.told(j)).sum::<i32>()];
        let mut shared = [0, 0];
        let (mut run, mut longest, mut last) = (0, 0, None);
        for &(i, j) in &self.chain {
            shared[0] += short.told(i as usize);
            shared[1] += long.told(j as usize);
            run = if last == Some((i.wrapping_sub(1), j.wrapping_sub(1))) { run + 1 } else { 1 };
            longest = longest.max(run);
            last = Some((i, j));
        }
        let mut evidence = score;
        let mut misspelt = Vec::new();
        let (Some(&first), Some(&end)) = (self.chain.first(), self.chain.last()) else {
            return Weight::default();
        };
        let (first, end) = ((first.0 as usize, first.1 as usize), (end.0 as usize, end.1 as usize));
        let head = (first.0.min(WINDOW), first.1.min(WINDOW));
        let lead = head.0.min(head.1);
        let tail = (n - end.0 - 1).min(m - end.1 - 1).min(WINDOW);
        let inner = self.chain.windows(2).filter_map(|two| match two {
            [a, b] => Some((a.0 as usize + 1..b.0 as usize, a.1 as usize + 1..b.1 as usize)),
            _ => None,
        });
        let outer = [
            (first.0 - lead..first.0, first.1 - lead..first.1),
            (end.0 + 1..end.0 + 1 + tail, end.1 + 1..end.1 + 1 + tail),
        ];
        for (left, right) in inner.chain(outer) {
            if left.is_empty() && right.is_empty() {
                continue;
            }
            let put_in = |text: Sequence<'_>, gap: &std::ops::Range<usize>| {
                (gap.start..=gap.end).any(|at| text.mark(at) & PUT_IN != 0)
            };
            // What stands opposite a bracket was replaced by it.
            if left.len() <= WINDOW && put_in(long, &right) {
                total[0] -= left.clone().map(|i| short.told(i)).sum::<i32>();
            }
            if right.len() <= WINDOW && put_in(short, &left) {
                total[1] -= right.clone().map(|j| long.told(j)).sum::<i32>();
            }
            if left.len() > WINDOW || right.len() > WINDOW {
                continue;
            }
            let mut from = right.start;
            for i in left {
                let spelt = |side: bool, text: Sequence<'_>, at: usize| {
                    let key = text.keys.get(at).copied()?;
                    (text.mark(at) & SPLIT == 0).then(|| spelling.word(side != swapped, at, key)).flatten()
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
        let share = |at: usize| match (shared.get(at), total.get(at)) {
            (Some(&shared), Some(&total)) if total > 0 => (shared as f32 / total as f32).min(1.0),
            _ => 0.0,
        };
        let over = |first: usize, last: usize, length: usize| (first > 1, last + 2 < length);
        let (left, right) = (over(first.0, end.0, n), over(first.1, end.1, m));
        let dovetail =
            matches!((left, right), ((true, false), (false, true)) | ((false, true), (true, false)));
        Weight {
            evidence: evidence as f32 / UNIT,
            coverage: [share(0), share(1)],
            paired: self.chain.len() as u32,
            run: longest,
            dovetail,
        }
    }
}

/// Whether one word may be a misspelling of the other: a letter or two off, by length; short words never. Letters
/// are counted in bytes: a wrong letter outside ASCII counts for as many as it takes.
fn alike(a: &str, b: &str) -> bool {
    let allowed = match a.len().min(b.len()) {
        0..=2 => return false,
        3..=7 => 1,
        _ => 2,
    };
    within(a.as_bytes(), b.as_bytes(), allowed)
}

/// Whether at most `edits` letters are wrong, left out, put in, or exchanged with the next. It calls itself `edits`
/// deep: what both begin or end with is off the table, so that one edit must be right at the start.
fn within(mut a: &[u8], mut b: &[u8], edits: usize) -> bool {
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) else {
        return a.len().max(b.len()) <= edits;
    };
    let Some(left) = edits.checked_sub(1) else { return false };
    let exchanged = match (rest_a, rest_b) {
        ([v, after_a @ ..], [w, after_b @ ..]) if x == w && y == v => within(after_a, after_b, left),
        _ => false,
    };
    exchanged || within(rest_a, rest_b, left) || within(rest_a, b, left) || within(a, rest_b, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_a_letter_or_two_off() {
        assert!(alike("emissions", "emisions"));
        assert!(alike("because", "becuase"));
        assert!(alike("colour", "color"));
        assert!(!alike("is", "it"));
        assert!(!alike("may", "will"));
    }

    proptest::proptest! {
        #[test]
        fn letters_off_are_counted_as_optimal_string_alignment_counts_them(a in "[ab]{0,9}", b in "[ab]{0,9}") {
            for edits in 0..3 {
                let expected = strsim::osa_distance(&a, &b) <= edits;
                proptest::prop_assert_eq!(within(a.as_bytes(), b.as_bytes(), edits), expected);
            }
        }
    }
}
