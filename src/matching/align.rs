//! Which word of one text is which word of another.
//!
//! A local-in-one, global-in-the-other alignment with affine gaps (Gotoh, *An improved algorithm for matching
//! biological sequences*, 1982) over word keys: words left out of the longer text at either end cost nothing,
//! gaps cost to open and little to widen, so that a fragment is placed where its words stand together.

/// The most cells that one alignment fills; beyond it only anchors (words that are unique in both) are paired.
pub const CELLS: usize = 4_000_000;

/// A word of text `a` that is a word of text `b`, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Pair {
    /// The index in the first text.
    pub a: usize,
    /// The index in the second text.
    pub b: usize,
}

// Scores in quarters of a word. One word left out still pairs the single word before it; a single word some
// six words off is taken for a stray.
const MATCH: i32 = 32;
/// What a match gains on top where the words before it match too.
const RUN: i32 = 16;
/// What a word in place of another costs.
const REPLACE: i32 = -16;
const OPEN: i32 = -28;
const WIDEN: i32 = -3;

/// Pairs the words of `b` with words of `a`, in order. `a` may begin before and end after `b` at no cost.
///
/// O(|a|) where the two are equal; O(|a|·|b|) time and memory up to [`CELLS`]; O((|a| + |b|) log) beyond, where only
/// words unique in both are paired.
///
/// `dots` are the indices of `b`, rising and from 1 on, before which dots stand for words left out (`b.len()` for dots
/// at its end): a gap there costs nothing.
#[must_use]
pub fn align(a: &[u64], b: &[u64], dots: &[usize]) -> Vec<Pair> {
    if a == b {
        return (0..a.len()).map(|i| Pair { a: i, b: i }).collect();
    }
    if a.len().saturating_mul(b.len()) > CELLS {
        return anchors(a, b);
    }
    Grid::fill(a, b, dots).trace(a, b)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The two words are paired, or one stands in place of the other.
    Pair,
    /// The word of `a` is left out.
    SkipA,
    /// The word of `b` is put in.
    SkipB,
}

struct Grid {
    width: usize,
    /// Whence each cell's three states came, two bits each, and a bit for a fresh start.
    from: Vec<u8>,
    end: Option<(usize, State)>,
}

const LOW: i32 = i32::MIN / 4;

impl Grid {
    #[expect(clippy::indexing_slicing, reason = "the kernel: every index is bounded by the loops around it")]
    fn fill(a: &[u64], b: &[u64], dots: &[usize]) -> Self {
        // Rows are words of b, columns words of a: b is wholly consumed, a is free at both ends.
        let width = a.len() + 1;
        let mut from = vec![0_u8; width * (b.len() + 1)];
        // Scores of the row above and of this one, for the three states.
        let mut above = vec![[LOW; 3]; width];
        let mut row = vec![[LOW; 3]; width];
        let mut dots = dots.iter().peekable();
        for cell in &mut above {
            cell[0] = 0;
        }
        for (j, &word) in b.iter().enumerate() {
            let at = (j + 1) * width;
            let dotted = dots.next_if(|&&dot| dot <= j + 1).is_some_and(|&dot| dot == j + 1);
            let (open, widen) = if dotted { (0, 0) } else { (OPEN, WIDEN) };
            // Words of b before any pair cost as an insertion.
            row[0] = [LOW, LOW, OPEN.saturating_add(WIDEN.saturating_mul(j as i32 + 1))];
            from[at] = 2 << 4;
            for i in 1..width {
                let diagonal = above[i - 1];
                let (paired, paired_from) = if a[i - 1] == word {
                    let run = if j > 0 && i > 1 && a[i - 2] == b[j - 1] { RUN } else { 0 };
                    best([diagonal[0] + run, diagonal[1], diagonal[2]], MATCH)
                } else {
                    best(diagonal, REPLACE)
                };
                let left = row[i - 1];
                let (skip_a, skip_a_from) = best([left[0] + open, left[1], left[2] + open], widen);
                let up = above[i];
                let (skip_b, skip_b_from) = best([up[0] + OPEN, up[1] + OPEN, up[2]], WIDEN);
                row[i] = [paired, skip_a, skip_b];
                from[at + i] = paired_from | (skip_a_from << 2) | (skip_b_from << 4);
            }
            std::mem::swap(&mut above, &mut row);
        }
        // The best end on the last row, in whatever column.
        let mut end = None;
        let mut top = LOW;
        for (i, cell) in above.iter().enumerate() {
            for (score, state) in [(cell[0], State::Pair), (cell[2], State::SkipB)] {
                if score > top {
                    top = score;
                    end = Some((i, state));
                }
            }
        }
        Self { width, from, end }
    }

    fn trace(&self, a: &[u64], b: &[u64]) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let Some((mut i, mut state)) = self.end else { return pairs };
        let mut j = b.len();
        while j > 0 {
            let from = self.from.get(j * self.width + i).copied().unwrap_or(0);
            let previous = |shift: u8| match (from >> shift) & 3 {
                0 => State::Pair,
                1 => State::SkipA,
                _ => State::SkipB,
            };
            match state {
                State::Pair => {
                    if i == 0 {
                        break;
                    }
                    pairs.push(Pair { a: i - 1, b: j - 1 });
                    state = previous(0);
                    i -= 1;
                    j -= 1;
                }
                State::SkipA => {
                    if i == 0 {
                        break;
                    }
                    state = previous(2);
                    i -= 1;
                }
                State::SkipB => {
                    state = previous(4);
                    j -= 1;
                }
            }
        }
        pairs.reverse();
        pairs.retain(|pair| a.get(pair.a) == b.get(pair.b));
        pairs
    }
}

/// The best of three scores, the first on a tie, and which it was.
fn best(scores: [i32; 3], plus: i32) -> (i32, u8) {
    let mut top = scores[0];
    let mut which = 0;
    for (index, &score) in scores.iter().enumerate().skip(1) {
        if score > top {
            top = score;
            which = index as u8;
        }
    }
    (top.saturating_add(plus).max(LOW), which)
}

/// Pairs the words that stand once in each text, in an order that both have (patience diff's anchors), and
/// what stands beside them.
fn anchors(a: &[u64], b: &[u64]) -> Vec<Pair> {
    let unique = |text: &[u64]| {
        let mut places: Vec<(u64, usize)> = text.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let mut once = Vec::with_capacity(places.len());
        for group in places.chunk_by(|x, y| x.0 == y.0) {
            if let [single] = group {
                once.push(*single);
            }
        }
        once
    };
    let (in_a, in_b) = (unique(a), unique(b));
    let mut common = Vec::new();
    let mut rest = in_b.iter().peekable();
    for &(key, i) in &in_a {
        while rest.next_if(|&&(other, _)| other < key).is_some() {}
        if let Some(&&(other, j)) = rest.peek()
            && other == key
        {
            common.push(Pair { a: i, b: j });
        }
    }
    common.sort_unstable_by_key(|pair| pair.b);
    widen(a, b, longest_increasing(&common))
}

/// The longest subsequence of pairs that rises in both texts; O(n log n).
fn longest_increasing(pairs: &[Pair]) -> Vec<Pair> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, pair) in pairs.iter().enumerate() {
        let place = tails.partition_point(|&tail| pairs.get(tail).is_some_and(|t| t.a < pair.a));
        before.push(place.checked_sub(1).and_then(|p| tails.get(p)).copied());
        if place == tails.len() {
            tails.push(index);
        } else if let Some(tail) = tails.get_mut(place) {
            *tail = index;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(index) = at {
        chain.extend(pairs.get(index).copied());
        at = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

/// Grows every anchor over the equal words to both of its sides.
fn widen(a: &[u64], b: &[u64], anchors: Vec<Pair>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::with_capacity(anchors.len());
    let ends = anchors.iter().skip(1).map(|p| (p.a, p.b)).chain([(a.len(), b.len())]);
    for (anchor, (end_a, end_b)) in anchors.iter().zip(ends) {
        let floor = pairs.last().map_or((0, 0), |last| (last.a + 1, last.b + 1));
        let back = (1..)
            .take_while(|&k| {
                anchor.a >= floor.0 + k
                    && anchor.b >= floor.1 + k
                    && a.get(anchor.a - k) == b.get(anchor.b - k)
            })
            .last()
            .unwrap_or(0);
        pairs.extend((1..=back).rev().map(|k| Pair { a: anchor.a - k, b: anchor.b - k }));
        pairs.push(*anchor);
        let forward = (1..)
            .take_while(|&k| {
                anchor.a + k < end_a && anchor.b + k < end_b && a.get(anchor.a + k) == b.get(anchor.b + k)
            })
            .last()
            .unwrap_or(0);
        pairs.extend((1..=forward).map(|k| Pair { a: anchor.a + k, b: anchor.b + k }));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key_of;
    use proptest::prelude::*;

    fn pairs(a: &str, b: &str) -> Vec<(usize, usize)> {
        let keys = |text: &str| text.split(' ').map(key_of).collect::<Vec<_>>();
        align(&keys(a), &keys(b), &[]).iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn a_fragment_is_placed_where_its_words_stand_together() {
        assert_eq!(pairs("the the old bridge is the old ferry", "the old ferry"), [(5, 0), (6, 1), (7, 2)]);
    }

    #[test]
    fn a_gap_is_crossed_for_a_run_and_not_for_a_stray_word() {
        assert_eq!(pairs("a b c x y z u v w d e f", "a b c d e f").len(), 6);
        assert_eq!(pairs("a b c x y z u v w q r s d", "a b c d").len(), 3);
    }

    #[test]
    fn dots_make_a_gap_free() {
        let keys = |text: &str| text.split(' ').map(key_of).collect::<Vec<_>>();
        assert_eq!(align(&keys("a b c x y z u v w q r s d"), &keys("a b c d"), &[3]).len(), 4);
    }

    #[test]
    fn a_replaced_word_keeps_the_words_around_it_paired() {
        assert_eq!(pairs("a b c d e", "a x c y e"), [(0, 0), (2, 2), (4, 4)]);
    }

    proptest! {
        #[test]
        fn pairs_rise_in_both_texts_and_pair_equal_words(
            a in proptest::collection::vec(0_u64..6, 0..30),
            b in proptest::collection::vec(0_u64..6, 0..30),
        ) {
            for found in [align(&a, &b, &[]), anchors(&a, &b)] {
                for pair in &found {
                    prop_assert_eq!(a[pair.a], b[pair.b]);
                }
                for two in found.windows(2) {
                    prop_assert!(two[0].a < two[1].a && two[0].b < two[1].b);
                }
            }
        }
    }
}
