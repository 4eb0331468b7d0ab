//! The words that any table has, each by a number: a text is looked up once for all tables.

use std::ops::Range;
use std::sync::OnceLock;

use super::{Lookup, Text, Token};

/// Words by number: the words of many tables, those first that stand in most texts, so that what is known of them lies
/// side by side. Nought is every other word.
#[derive(Debug)]
pub(crate) struct Vocabulary(Lookup<()>);

impl Vocabulary {
    /// Of these keys, in this order. O(keys).
    pub(crate) fn new(keys: impl Iterator<Item = u64>) -> Self {
        let mut words = Lookup::default();
        keys.for_each(|key| words.change(key, |()| ()));
        Self(words)
    }

    /// The number of each token, in order: no look waits for the one before it. O(tokens).
    pub(super) fn numbers(&self, tokens: &[Token]) -> Vec<u32> {
        tokens.iter().map(|token| self.0.find(token.key())).collect()
    }
}

/// What is known of words, read for most tokens of a text.
///
/// A text that was read with a [`Vocabulary`] finds its words by their numbers, in a list; any other by their keys.
/// Both find the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordTable<V> {
    words: Lookup<V>,
    places: OnceLock<Places>,
}

/// Where a table has the words of a vocabulary.
#[derive(Clone, Debug)]
struct Places {
    vocabulary: &'static Vocabulary,
    /// By a word's number; nought for what the table has not.
    found: Vec<u32>,
    /// Whether the table has words that the vocabulary has not.
    has_others: bool,
}

impl<V: Copy + Default> WordTable<V> {
    /// What is known of `key`, by itself or in any text. O(1).
    #[inline]
    pub(crate) fn of(&self, key: u64) -> V {
        self.words.of(key)
    }

    /// The same, where something is known.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<V> {
        self.words.get(key)
    }

    /// Where what is known of `key` is kept, for [`WordTable::at`]; nought for what is not known. O(1).
    #[inline]
    pub(crate) fn find(&self, key: u64) -> u32 {
        self.words.find(key)
    }

    /// What was found at `found`; the default for nought.
    #[inline]
    pub(crate) fn at(&self, found: u32) -> V {
        self.words.at(found)
    }

    /// All keys and what is known of them, in the order they came in.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, V)> + '_ {
        self.words.iter()
    }

    /// What is known of the token at `index`. O(1).
    #[inline]
    pub(crate) fn of_token(&self, text: &Text<'_>, index: usize) -> V {
        let Some(token) = text.token(index) else { return V::default() };
        match (self.places(text), text.numbers.get(index)) {
            (Some(places), Some(&number)) => self.at(self.find_numbered(places, number, token)),
            _ => self.of(token.key()),
        }
    }

    /// What is known of each token, in order. O(tokens).
    pub(crate) fn all(&self, text: &Text<'_>) -> Vec<V> {
        self.each(text, 0..text.tokens.len(), |found| self.at(found))
    }

    /// Where what is known of each of these tokens is kept, in order. O(tokens).
    pub(crate) fn find_all(&self, text: &Text<'_>, tokens: Range<usize>) -> Vec<u32> {
        self.each(text, tokens, |found| found)
    }

    fn each<T>(&self, text: &Text<'_>, tokens: Range<usize>, told: impl Fn(u32) -> T) -> Vec<T> {
        let words = text.tokens.get(tokens.clone()).unwrap_or(&[]);
        let numbers = text.numbers.get(tokens).unwrap_or(&[]);
        match self.places(text).filter(|_| numbers.len() == words.len()) {
            Some(places) if places.has_others => {
                let numbered = numbers.iter().zip(words);
                numbered.map(|(number, token)| told(self.find_numbered(places, *number, token))).collect()
            }
            Some(places) => numbers.iter().map(|number| told(places.of(*number))).collect(),
            None => words.iter().map(|token| told(self.find(token.key()))).collect(),
        }
    }

    #[inline]
    fn find_numbered(&self, places: &Places, number: u32, token: &Token) -> u32 {
        if number == 0 && places.has_others { self.find(token.key()) } else { places.of(number) }
    }

    /// Where the words of the vocabulary of `text` are, if it has the one that this table was first asked for.
    #[inline]
    fn places(&self, text: &Text<'_>) -> Option<&Places> {
        let vocabulary = text.vocabulary?;
        let places = self.places.get_or_init(|| self.place(vocabulary));
        std::ptr::eq(places.vocabulary, vocabulary).then_some(places)
    }

    fn place(&self, vocabulary: &'static Vocabulary) -> Places {
        let known = std::iter::once(0).chain(vocabulary.0.iter().map(|(key, ())| self.find(key)));
        let found: Vec<u32> = known.collect();
        let placed = found.iter().filter(|found| **found != 0).count();
        Places { vocabulary, found, has_others: placed < self.words.iter().count() }
    }

    /// Changes what is known of `key`, from nothing if it is new.
    pub(crate) fn change(&mut self, key: u64, change: impl FnOnce(&mut V)) {
        self.words.change(key, change);
        self.places = OnceLock::new();
    }
}

impl Places {
    #[inline]
    fn of(&self, number: u32) -> u32 {
        self.found.get(number as usize).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::text::key;

    static VOCABULARY: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::new(["the", "ferry", "stays"].into_iter().map(key)));

    fn table(words: &[&str]) -> WordTable<usize> {
        let mut table = WordTable::default();
        (1..).zip(words).for_each(|(at, word)| table.change(key(word), |known| *known = at));
        table
    }

    #[test]
    fn a_text_finds_by_numbers_what_it_finds_by_keys() {
        let raw = "The old ferry stays, the captain said.";
        let (numbered, plain) = (Text::with_vocabulary(raw, &VOCABULARY), Text::new(raw));
        for words in [&["ferry", "the"][..], &["captain", "ferry", "old"], &[]] {
            let table = table(words);
            let all = 0..plain.tokens().len();
            assert_eq!(table.find_all(&numbered, all.clone()), table.find_all(&plain, all.clone()));
            assert_eq!(table.find_all(&numbered, 2..4), table.find_all(&plain, 2..4));
            let known: Vec<usize> = all.clone().map(|at| table.of_token(&numbered, at)).collect();
            assert_eq!(known, all.map(|at| table.of(plain.token(at).unwrap().key())).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_changed_later_is_found_too() {
        let mut table = table(&["ferry"]);
        let text = Text::with_vocabulary("The captain", &VOCABULARY);
        assert_eq!(table.find_all(&text, 0..2), [0, 0]);
        table.change(key("captain"), |known| *known = 7);
        table.change(key("the"), |known| *known = 8);
        assert_eq!([table.of_token(&text, 0), table.of_token(&text, 1)], [8, 7]);
    }

    #[test]
    fn a_text_with_another_vocabulary_is_looked_up_by_keys() {
        static OTHER: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(std::iter::once(key("stays"))));
        let table = table(&["ferry", "stays"]);
        let found = |vocabulary| table.find_all(&Text::with_vocabulary("the ferry stays", vocabulary), 0..3);
        assert_eq!(found(&VOCABULARY), found(&OTHER));
        assert_eq!(found(&OTHER), [0, 1, 2]);
    }
}
