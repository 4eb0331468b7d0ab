//! A text as matching compares it: one 32-bit number a word, so that a million quotations are small and a pair of them
//! is read from front to back.
//!
//! From the low bits up: what the word tells (8 bits, sixteenths of a nat), its marks (3 bits), which word it is
//! (21 bits, a number that the [`Vocabulary`](super::vocabulary) of the index gives, or the pair's own in
//! [`verify`](super::verify)).

use super::frequency::UNIT;
use super::words::Word;

/// The most that one word adds to coverage, in sixteenths of a nat: a misspelt or made-up word is not all there is to
/// a text.
pub(super) const WORD: i32 = 9 * UNIT as i32;
/// How many words can be told apart by number; the last is nobody's.
pub(super) const NUMBERS: u32 = 1 << 21;
/// The number of a word that is in no text known.
pub(super) const NOBODY: u32 = NUMBERS - 1;

/// The word as it is kept: its number, its marks and what it tells.
pub(super) const fn pack(number: u32, word: &Word, told: u8) -> u32 {
    number << 11 | (word.mark as u32 & 7) << 8 | told as u32
}

/// The words of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sequence<'a>(pub(super) &'a [u32]);

/// Which word it is.
pub(super) const fn number(word: u32) -> u32 {
    word >> 11
}

/// Its marks.
pub(super) const fn mark(word: u32) -> u8 {
    (word >> 8) as u8 & 7
}

/// What it tells, in sixteenths of a nat.
pub(super) const fn information(word: u32) -> i32 {
    (word & 255) as i32
}

/// The same, no more than [`WORD`].
pub(super) const fn capped(word: u32) -> i32 {
    let told = information(word);
    if told < WORD { told } else { WORD }
}

impl Sequence<'_> {
    pub(super) const fn len(self) -> usize {
        self.0.len()
    }

    pub(super) fn told(self, at: usize) -> i32 {
        self.0.get(at).map_or(0, |&word| capped(word))
    }

    pub(super) fn mark(self, at: usize) -> u8 {
        self.0.get(at).map_or(0, |&word| mark(word))
    }

    pub(super) fn number(self, at: usize) -> u32 {
        self.0.get(at).map_or(NOBODY, |&word| number(word))
    }

    /// What all of it tells, no word counted for more than [`WORD`]; all beyond four thousand nats are alike.
    pub(super) fn total(self) -> u16 {
        let told: u32 = self.0.iter().map(|&word| capped(word) as u32).sum();
        told.min(u16::MAX.into()) as u16
    }
}
