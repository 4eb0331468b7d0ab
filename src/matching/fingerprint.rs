//! Grams: the pairs of words by which quotations that share words find each other.

use super::frequency::{Frequencies, UNIT};
use super::words::{self, GAP, Word, pair_key};

/// A pair of neighbouring words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram {
    pub(super) key: u32,
    /// What a form that has it shares, in sixteenths of a nat: a first estimate, of the words and the table alone.
    pub(super) told: u32,
}

/// Neighbours that tell less by themselves, in sixteenths of a nat and by the background, are no gram: too many
/// quotations have them for one to be found by them.
const COMMON: u32 = 8 * UNIT as u32;

/// The grams of a text, each once, in order of their keys; none spans words left out. `told` is what each word tells
/// after the one before it, `ground` what it tells by itself in the background. O(n log n).
pub(super) fn grams(words: &[Word], told: &[u8], ground: &[u8], out: &mut Vec<Gram>) {
    as_they_come(words, told, ground, out);
    // As one number, which is compared in one step.
    out.sort_unstable_by_key(|gram| u64::from(gram.key) << 32 | u64::from(gram.told));
    out.dedup_by_key(|gram| gram.key);
}

/// The grams of a text in its order; one that comes again is there again.
pub(super) fn as_they_come(words: &[Word], told: &[u8], ground: &[u8], out: &mut Vec<Gram>) {
    out.clear();
    out.reserve(words.len());
    pairs(words, told, ground).for_each(|(_, gram)| out.push(gram));
}

/// The grams of a text in order, each with the index of its second word; one that comes again is given again.
pub(super) fn pairs<'a>(
    words: &'a [Word],
    told: &'a [u8],
    ground: &'a [u8],
) -> impl Iterator<Item = (usize, Gram)> + 'a {
    let mut before = None;
    words.iter().zip(told).zip(ground).enumerate().filter_map(move |(at, ((word, &told), &alone))| {
        let alone = u32::from(alone);
        let (first, first_alone) = before.replace((word.key, alone))?;
        let is_gram = word.mark & GAP == 0 && first_alone + alone >= COMMON;
        is_gram.then(|| (at, Gram { key: pair_key(first, word.key), told: u32::from(told) + 1 }))
    })
}

/// What two texts have in common, by their grams.
pub(super) fn shared(mut a: &[Gram], mut b: &[Gram]) -> u32 {
    let mut told = 0;
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) {
        if x.key == y.key {
            told += x.told;
        }
        (a, b) = match x.key.cmp(&y.key) {
            std::cmp::Ordering::Less => (rest_a, b),
            std::cmp::Ordering::Greater => (a, rest_b),
            std::cmp::Ordering::Equal => (rest_a, rest_b),
        };
    }
    told
}

/// The fingerprints of a quotation: fixed 64-bit hashes, the same in every process and release of one
/// [`VERSION`](super::VERSION), sorted, each once. Two wordings that share none are never linked; one wording printed
/// twice has one name, and need not meet itself. O(n log n).
///
/// ```
/// use quotetrace::matching::fingerprints;
///
/// assert_eq!(fingerprints("We will not leave."), fingerprints("“WE WILL NOT LEAVE”"));
/// ```
#[must_use]
pub fn fingerprints(quotation: &str) -> Vec<u64> {
    let (mut list, mut info, mut ground, mut grams_of) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    words::read(quotation, &mut list);
    Frequencies::background().weigh(&list, &mut info, &mut ground);
    grams(&list, &info, &ground, &mut grams_of);
    // Spread over 64 bits, so that they partition well; the version is part of them.
    let spread = |gram: &Gram| {
        let seeded = u64::from(gram.key) | u64::from(super::VERSION) << 32;
        let mixed = (seeded ^ seeded >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ mixed >> 29
    };
    let mut prints: Vec<u64> = grams_of.iter().map(spread).collect();
    prints.sort_unstable();
    prints
}
