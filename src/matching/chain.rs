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
    /// The best chain, by indices of the two texts, into `chain`; what it tells less what its jumps cost. `places` are
    /// those of the longer text. O(n + m + cells · log m).
    pub(super) fn chain(
        &mut self,
        short: Sequence<'_>,
        long: Sequence<'_>,
        places: &Lookup,
        chain: &mut Vec<(u32, u32)>,
    ) -> i32 {
        self.fill(short, long, places);
        self.trace(chain)
    }

    /// Fills the cells: every pair of equal words, with the best chain that ends there.
    #[expect(clippy::indexing_slicing, reason = "the kernel: every index is one of a cell or a word just met")]
    fn fill(&mut self, short: Sequence<'_>, long: Sequence<'_>, lookup: &Lookup) {
        self.cells.clear();
        self.best.clear();
        self.best.resize(long.len() + 1, 0);
        let bounded = short.len().saturating_mul(long.len()) > CELLS;
        // The three rows above, the nearest first.
        let mut above = [Row::default(); 3];
        let mut top = 0;
        for (i, &word) in short.0.iter().enumerate() {
            let start = self.cells.len();
            if bounded && lookup.is_frequent(number(word), FREQUENT) {
                // Only where it carries on a chain of the row before, so that a word repeated without end costs no
                // more than any other.
                for at in above[0].start..above[0].end {
                    let j = self.cells[at].long + 1;
                    if long.number(j as usize) == number(word) {
                        self.pair(i as u32, word, j, long, &mut above, top);
                    }
                }
            } else {
                let mut place = lookup.first(number(word));
                while let Some(j) = place.checked_sub(1) {
                    self.pair(i as u32, word, j, long, &mut above, top);
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
    fn trace(&self, chain: &mut Vec<(u32, u32)>) -> i32 {
        chain.clear();
        let mut best: Option<(usize, i32)> = None;
        for (at, cell) in self.cells.iter().enumerate() {
            if best.is_none_or(|(_, score)| cell.score > score) {
                best = Some((at, cell.score));
            }
        }
        let Some((at, score)) = best else { return 0 };
        let mut at = at + 1;
        while let Some(cell) = at.checked_sub(1).and_then(|at| self.cells.get(at)) {
            chain.push((cell.short, cell.long));
            at = cell.from as usize;
        }
        chain.reverse();
        score
    }
}
