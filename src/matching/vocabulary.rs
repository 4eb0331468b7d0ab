//! The words of an index: each has a number, by order of arrival, and its spelling, for telling misspellings.
//!
//! Numbers are a matter of the index alone and reach no result: two words have one number if they are the same word.
//! Two million words have a number of their own; words that come later share one with an earlier word, by their hash,
//! and are counted.

use super::sequence::{NOBODY, Sequence};
use super::table::{AHEAD, Table};
use super::verdict::Lexicon;
use super::words::{self, SPLIT, Word};

#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// By key, twice the number plus [`KNOWN`]; one more where the spelling is known too, so that most words need no
    /// other look.
    numbers: Table<u32, u32>,
    known: Vec<Known>,
    letters: String,
    /// How many words share a number with another.
    sharing: usize,
}

/// The least that is said of a known word; nought is said of others.
const KNOWN: u32 = 2;

/// A word's key, and where its letters are; none until it is seen by itself, not as a part of a contraction.
#[derive(Clone, Copy, Debug)]
struct Known {
    key: u32,
    from: u32,
    length: u32,
}

impl Vocabulary {
    /// The number of a word, a new one if it is new.
    pub(super) fn learn(&mut self, text: &str, word: &Word) -> u32 {
        let next = self.known.len() as u32;
        let entry = self.numbers.entry(word.key);
        if *entry == 0 && next == NOBODY {
            *entry = 2 * (word.key % NOBODY) + KNOWN + 1;
            self.sharing += 1;
        } else if *entry == 0 {
            *entry = 2 * next + KNOWN;
            self.known.push(Known { key: word.key, from: 0, length: 0 });
        }
        let number = (*entry - KNOWN) / 2;
        if entry.is_multiple_of(2)
            && word.mark & SPLIT == 0
            && let Some(known) = self.known.get_mut(number as usize)
        {
            *entry += 1;
            known.from = self.letters.len() as u32;
            words::spell(text, word, &mut self.letters);
            known.length = self.letters.len() as u32 - known.from;
        }
        number
    }

    /// Reads ahead what is known of words that will be learned one by one.
    pub(super) fn touch(&self, words: &[Word]) {
        for words in words.chunks(AHEAD) {
            self.numbers.touch(words.iter().map(|word| word.key));
        }
    }

    /// The number of a word; [`NOBODY`] if it is not known.
    pub(super) fn find(&self, key: u32) -> u32 {
        self.numbers.get(key).map_or(NOBODY, |known| (known - KNOWN) / 2)
    }

    /// The words of a known text: keys and marks.
    pub(super) fn read(&self, text: Sequence<'_>, out: &mut Vec<Word>) {
        out.clear();
        out.extend(text.0.iter().map(|&word| {
            let key = self.known.get(super::sequence::number(word) as usize).map_or(0, |known| known.key);
            Word { key, start: 0, end: 0, mark: super::sequence::mark(word) }
        }));
    }

    /// How many words share a number with another, because there are too many.
    pub(super) const fn sharing(&self) -> usize {
        self.sharing
    }

    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.numbers.bytes() + self.known.len() * size_of::<Known>() + self.letters.len()
    }
}

impl Lexicon for Vocabulary {
    fn key(&self, _second: bool, _at: usize, number: u32) -> u32 {
        self.known.get(number as usize).map_or(0, |known| known.key)
    }

    fn spelling(&self, _second: bool, _at: usize, number: u32) -> Option<&str> {
        let known = self.known.get(number as usize).filter(|known| known.length > 0)?;
        self.letters.get(known.from as usize..(known.from + known.length) as usize)
    }
}
