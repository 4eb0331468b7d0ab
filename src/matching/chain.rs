//! The best chain of words that two texts have in common, in order.
//!
//! A word that follows its neighbour in both texts adds what it tells; a jump costs what finding a word again
//! somewhere else is worth, less where dots or brackets announce it, and less where one word stands in place of
//! another. This is sparse dynamic programming over the pairs of equal words (*cells*), row by row of the shorter
//! text, as in chaining of seeds in sequence alignment (Eppstein, Galil, Giancarlo, Italiano, *Sparse dynamic
//! programming I*, 1992); the best chain before a place is kept in a Fenwick tree of prefix maxima.

use super::common::Lookup;
use super::frequency::UNIT;
use super::sequence::{Sequence, information, mark, number};
use super::words::{GAP, PUT_IN};

const NAT: i32 = UNIT as i32;
/// A jump over at most two words on either side.
pub(super) const NEAR: i32 = 3 * NAT / 2;
/// A jump anywhere.
const FAR: i32 = 4 * NAT;
/// A jump that dots or brackets announce.
const ANNOUNCED: i32 = NAT;
/// The most cells of an alignment in full; beyond, words that are frequent in the longer text only carry on a run.
const CELLS: usize = 1 << 20;
/// How often a word may stand in the longer text before it counts as frequent there.
const FREQUENT: usize = 32;

/// What a common beginning or end must tell to be taken as it stands: twice what any jump costs.
const END: i32 = 2 * FAR;

/// A pair of words, by index, and how it was come by.
#[derive(Clone, Copy, Debug)]
struct Cell {
    short: u32,
    long: u32,
    score: i32,
    /// The cell before it plus one.
    from: u32,
}

/// Scratch memory, kept between alignments.
#[derive(Clone, Debug, Default)]
pub(super) struct Chainer {
    cells: Vec<Cell>,
    /// By places of the longer text: the best score, and the cell that has it plus one.
    best: Vec<u64>,
}

/// The cells of a row: from where, to where; and the first of them that the word looked at is not far beyond.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    start: usize,
    at: usize,
    end: usize,
}

impl Row {
    const fn new(start: usize, end: usize) -> Self {
        Self { start, at: start, end }
    }
}

impl Chainer {
    /// The best chain, by indices of the two texts, into `chain`; what it tells less what its jumps cost. `lookup` has
    /// read the longer text. O(n + m + cells · log m).
    pub(super) fn chain(
        &mut self,
        short: Sequence<'_>,
        long: Sequence<'_>,
        lookup: &Lookup,
        chain: &mut Vec<(u32, u32)>,
    ) -> i32 {
        let ends = Ends::of(short, long);
        self.fill(short, long, &ends, lookup);
        self.trace(short, long, &ends, chain)
    }

    /// Fills the cells: every pair of equal words between the ends, with the best chain that ends there; before them
    /// the last word of the beginning, after them the first word of the end.
    #[expect(
        clippy::indexing_slicing,
        reason = "the kernel: every index is one of a cell or a word just met"
    )]
    fn fill(&mut self, short: Sequence<'_>, long: Sequence<'_>, ends: &Ends, lookup: &Lookup) {
        self.cells.clear();
        self.best.clear();
        let columns = long.len() - ends.tail;
        self.best.resize(columns + 1, 0);
        let bounded = short.len().saturating_mul(long.len()) > CELLS;
        // The three rows above, the nearest first.
        let mut above = [Row::default(); 3];
        let mut top = 0;
        if let Some(last) = ends.head.checked_sub(1) {
            top = ends.head_told;
            self.cells.push(Cell { short: last as u32, long: last as u32, score: top, from: 0 });
            self.raise(last, (top as u64) << 32 | 1);
            above[0] = Row::new(0, 1);
        }
        for i in ends.head..short.len() - ends.tail {
            let word = short.0[i];
            let start = self.cells.len();
            if bounded && lookup.is_frequent(number(word), FREQUENT) {
                // Only where it carries on a chain of the row before, so that a word repeated without end costs no
                // more than any other.
                for at in above[0].start..above[0].end {
                    let j = self.cells[at].long + 1;
                    if (j as usize) < columns && long.number(j as usize) == number(word) {
                        self.pair(i as u32, word, j, long, &mut above, top);
                    }
                }
            } else {
                let mut place = lookup.first(number(word));
                while let Some(j) = place.checked_sub(1).filter(|&j| (j as usize) < columns) {
                    if j as usize >= ends.head {
                        self.pair(i as u32, word, j, long, &mut above, top);
                    }
                    place = lookup.after(j);
                }
            }
            // Only now may chains of later rows build on this one.
            for cell in start..self.cells.len() {
                let Cell { long, score, .. } = self.cells[cell];
                top = top.max(score);
                self.raise(long as usize, (score as u64) << 32 | (cell as u64 + 1));
            }
            let again = |row: Row| Row::new(row.start, row.end);
            above = [Row::new(start, self.cells.len()), again(above[0]), again(above[1])];
        }
        if ends.tail > 0 {
            let i = short.len() - ends.tail;
            self.pair(i as u32, short.0[i], columns as u32, long, &mut above, top);
            if let Some(cell) = self.cells.last_mut() {
                cell.score += ends.tail_told - information(short.0[i]).min(information(long.0[columns]));
            }
        }
    }

    /// A cell: the word `i` of the shorter text is the word `j` of the longer one.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "the longer text has the place")]
    fn pair(&mut self, i: u32, word: u32, j: u32, long: Sequence<'_>, above: &mut [Row; 3], top: i32) {
        let other = long.0[j as usize];
        let told = information(word).min(information(other));
        let announced = (mark(word) | mark(other)) & (GAP | PUT_IN) != 0;
        let (score, from) = self.reach(j, announced, above, top);
        self.cells.push(Cell { short: i, long: j, score: score + told, from });
    }

    /// The best way to reach word `j` of the longer text in the row below those `above`: the score, and the cell that
    /// it comes from plus one; nought for a chain of its own.
    #[expect(clippy::indexing_slicing, reason = "rows hold indices of cells")]
    fn reach(&self, j: u32, announced: bool, above: &mut [Row; 3], top: i32) -> (i32, u32) {
        let (mut score, mut from) = (0, 0);
        let near = if announced { ANNOUNCED } else { NEAR };
        for (d, row) in above.iter_mut().enumerate() {
            for at in row.at..row.end {
                let cell = &self.cells[at];
                if cell.long + 3 < j {
                    row.at += 1;
                    continue;
                }
                if cell.long >= j {
                    break;
                }
                let cost = match (d, j - cell.long) {
                    (0, 1) => 0,
                    (0 | 1, 2) | (0 | 2, 3) | (1 | 2, 1) => near,
                    _ => continue,
                };
                if cell.score - cost > score {
                    (score, from) = (cell.score - cost, at as u32 + 1);
                }
            }
            // A run that no other chain is so far ahead of that a jump would pay goes on.
            if score + ANNOUNCED >= top {
                return (score, from);
            }
        }
        let far = if announced { ANNOUNCED } else { FAR };
        let (reached, cell) = self.up_to(j as usize);
        if reached - far > score { (reached - far, cell) } else { (score, from) }
    }

    /// The best chain that ends before word `j` of the longer text.
    #[expect(clippy::indexing_slicing, reason = "bounded by the tree's own length")]
    fn up_to(&self, j: usize) -> (i32, u32) {
        let (mut at, mut found) = (j, 0);
        while at > 0 {
            found = found.max(self.best[at]);
            at &= at - 1;
        }
        ((found >> 32) as i32, found as u32)
    }

    #[expect(clippy::indexing_slicing, reason = "bounded by the tree's own length")]
    fn raise(&mut self, j: usize, value: u64) {
        let mut at = j + 1;
        while at < self.best.len() {
            self.best[at] = self.best[at].max(value);
            at += at & at.wrapping_neg();
        }
    }

    /// Follows the best chain back; its score.
    fn trace(
        &self,
        short: Sequence<'_>,
        long: Sequence<'_>,
        ends: &Ends,
        chain: &mut Vec<(u32, u32)>,
    ) -> i32 {
        chain.clear();
        let mut best: Option<(usize, i32)> = None;
        for (at, cell) in self.cells.iter().enumerate() {
            if best.is_none_or(|(_, score)| cell.score > score) {
                best = Some((at, cell.score));
            }
        }
        let Some((at, score)) = best else { return 0 };
        let (n, m) = (short.len() as u32, long.len() as u32);
        if ends.tail > 0 && at + 1 == self.cells.len() {
            chain.extend((1..ends.tail as u32).map(|back| (n - back, m - back)));
        }
        let mut at = at + 1;
        while let Some(cell) = at.checked_sub(1).and_then(|at| self.cells.get(at)) {
            chain.push((cell.short, cell.long));
            at = cell.from as usize;
        }
        if ends.head > 0
            && chain.last().is_some_and(|last| *last == (ends.head as u32 - 1, ends.head as u32 - 1))
        {
            chain.extend((0..ends.head as u32 - 1).rev().map(|at| (at, at)));
        }
        chain.reverse();
        score
    }
}

/// What two texts both begin and both end with: if it tells enough, no chain is better off without it.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    head: usize,
    head_told: i32,
    tail: usize,
    tail_told: i32,
}

impl Ends {
    fn of(short: Sequence<'_>, long: Sequence<'_>) -> Self {
        let run = |pairs: &mut dyn Iterator<Item = (&u32, &u32)>| {
            let same = pairs.take_while(|(a, b)| number(**a) == number(**b));
            same.fold((0, 0), |(words, told), (a, b)| {
                (words + 1, told + information(*a).min(information(*b)))
            })
        };
        let enough = |run: (usize, i32)| if run.1 >= END { run } else { (0, 0) };
        let (head, head_told) = enough(run(&mut short.0.iter().zip(long.0)));
        let (rest, other) = (short.0.get(head..).unwrap_or_default(), long.0.get(head..).unwrap_or_default());
        let (tail, tail_told) = enough(run(&mut rest.iter().rev().zip(other.iter().rev())));
        Self { head, head_told, tail, tail_told }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chain of two texts of words that tell four nats each.
    fn chain(short: &[u32], long: &[u32]) -> (i32, Vec<(u32, u32)>) {
        let pack = |words: &[u32]| words.iter().map(|word| word << 11 | 64).collect::<Vec<_>>();
        let (short, long) = (pack(short), pack(long));
        let (mut chainer, mut lookup, mut chain) = (Chainer::default(), Lookup::default(), Vec::new());
        lookup.read(Sequence(&long));
        let score = chainer.chain(Sequence(&short), Sequence(&long), &lookup, &mut chain);
        (score / NAT, chain)
    }

    #[test]
    fn a_run_goes_on_and_a_word_in_place_of_another_costs_little() {
        assert_eq!(chain(&[3, 4, 5], &[1, 2, 3, 4, 5, 6]), (12, vec![(0, 2), (1, 3), (2, 4)]));
        assert_eq!(chain(&[3, 9, 5, 6], &[2, 3, 4, 5, 6, 7]), (10, vec![(0, 1), (2, 3), (3, 4)]));
    }

    #[test]
    fn what_both_begin_and_end_with_is_in_the_chain() {
        let (score, pairs) = chain(&[1, 2, 3, 4, 7, 8, 9], &[1, 2, 3, 5, 4, 6, 7, 8, 9]);
        assert_eq!(pairs, [(0, 0), (1, 1), (2, 2), (3, 4), (4, 6), (5, 7), (6, 8)]);
        assert_eq!(score, 7 * 4 - 3);
        assert_eq!(chain(&[1, 2, 3], &[1, 2, 3, 4]).1, [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(chain(&[1, 2, 3], &[1, 2, 3]).0, 12);
        assert_eq!(chain(&[7, 8, 9], &[1, 7, 8, 9]).0, 12);
    }

    #[test]
    fn nothing_in_common_is_no_chain() {
        assert_eq!(chain(&[1, 2], &[3, 4]), (0, vec![]));
        assert_eq!(chain(&[], &[3, 4]), (0, vec![]));
    }
}
