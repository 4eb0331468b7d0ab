//! Grams: the pairs of words by which quotations that share words find each other.

use super::frequency::{Frequencies, UNIT};
use super::verdict::Sequence;
use super::words::{self, GAP, pair_key};

/// A pair of words: neighbours, or with one between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram {
    pub(super) key: u32,
    /// What a form that has it shares, in sixteenths of a nat: a first estimate, of the words and the table alone.
    pub(super) told: u32,
}

/// What a pair with a word between tells, in sixteenths of a nat.
const SKIPPED: u32 = 2 * UNIT as u32;
/// Neighbours that tell less by themselves, in sixteenths of a nat and by the background, are no gram: too many
/// quotations have them for one to be found by them.
const COMMON: u32 = 8 * UNIT as u32;
/// The same of two words with one between: they only make up for a word put in the place of another.
const COMMON_SKIPPED: u32 = 12 * UNIT as u32;

/// The grams of a text, each once, in order of their keys; none spans words left out. `ground` is what each word
/// tells by itself in the background. O(n log n).
pub(super) fn grams(text: Sequence<'_>, ground: &[u8], out: &mut Vec<Gram>) {
    out.clear();
    let mut before: [Option<(u32, u32)>; 2] = [None; 2];
    for (at, ((&key, &info), &alone)) in text.keys.iter().zip(text.info).zip(ground).enumerate() {
        if text.mark(at) & GAP != 0 {
            before = [None; 2];
        }
        let alone = u32::from(alone);
        if let Some((first, told)) = before[1]
            && told + alone >= COMMON
        {
            out.push(Gram { key: pair_key(first, key), told: u32::from(info) + 1 });
        }
        if let Some((first, told)) = before[0]
            && told + alone >= COMMON_SKIPPED
        {
            out.push(Gram { key: pair_key(first.rotate_left(7), key), told: SKIPPED });
        }
        before = [before[1], Some((key, alone))];
    }
    out.sort_unstable();
    out.dedup_by_key(|gram| gram.key);
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
/// [`VERSION`](super::VERSION), sorted, each once. Quotations that share none are never linked. O(n log n).
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
    let keys: Vec<u32> = list.iter().map(|word| word.key).collect();
    let marks: Vec<u8> = list.iter().map(|word| word.mark).collect();
    grams(Sequence { keys: &keys, info: &info, marks: &marks }, &ground, &mut grams_of);
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
