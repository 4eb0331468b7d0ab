//! Capitals where printing does not tell names: all capitals, none at all, or (German) every noun.

use super::language::{Class, Language, bare_key};
use crate::text::{Text, Token};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

/// Which words are to be read as having a capital, where the printed ones are not to be trusted.
#[derive(Debug, Default)]
pub(super) struct Capitals {
    /// A bit a token; empty where all of the text is as printed.
    bits: Vec<u64>,
}

/// Below this share of capitalised words, in 200ths, a text is taken to have no capitals at all.
const NO_CAPITALS: usize = 1;

impl Capitals {
    /// Judges `text` and, where it must, marks the names in it by given names, titles and the surnames that
    /// follow them. O(n), two passes.
    pub(super) fn of(text: &Text<'_>, language: &Language) -> Self {
        if !language.capital_nouns && is_usual(text) {
            return Self::default();
        }
        let mut words = 0_usize;
        let mut capitals = 0_usize;
        let mut odd_paragraph = false;
        for paragraph in text.paragraphs() {
            let (all, upper, capital) = count(text.tokens().get(paragraph.tokens.clone()).unwrap_or(&[]));
            words += all;
            capitals += capital;
            odd_paragraph |= is_odd(all, upper, capital);
        }
        let whole = language.capital_nouns || (words >= 12 && capitals * 200 <= words * NO_CAPITALS);
        if !whole && !odd_paragraph {
            return Self::default();
        }
        let mut marker = Marker {
            text,
            language,
            bits: vec![0; text.tokens().len() / 64 + 1],
            surnames: HashSet::default(),
        };
        let mut doubtful = Vec::new();
        for paragraph in text.paragraphs() {
            let tokens = text.tokens().get(paragraph.tokens.clone()).unwrap_or(&[]);
            let (all, upper, capital) = count(tokens);
            if whole || is_odd(all, upper, capital) {
                doubtful.push(paragraph.tokens.clone());
                for at in paragraph.tokens.clone() {
                    marker.name_from(at);
                }
            } else {
                for (at, token) in paragraph.tokens.clone().zip(tokens) {
                    if token.is_capitalised() {
                        marker.set(at);
                        marker.remember_surname(at);
                    }
                }
            }
        }
        for at in doubtful.into_iter().flatten() {
            marker.known(at);
        }
        Self { bits: marker.bits }
    }

    /// Whether the word at `at` counts as capitalised; `None` where the printed capital tells.
    pub(super) fn get(&self, at: usize) -> Option<bool> {
        if self.bits.is_empty() {
            return None;
        }
        Some(self.bits.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1))
    }
}

/// Whether the text plainly has capitals as most texts have them: a look at the start of each paragraph tells.
fn is_usual(text: &Text<'_>) -> bool {
    let mut capitals = 0;
    for paragraph in text.paragraphs() {
        let tokens = text.tokens().get(paragraph.tokens.clone()).unwrap_or(&[]);
        let (mut capital, mut small) = (0, 0);
        let plain = tokens.iter().any(|token| {
            let long = token.is_word() && token.span().len() > 1;
            capital += usize::from(long && token.is_capitalised());
            small += usize::from(long && !token.is_upper());
            // Whatever the rest is, this is neither without capitals nor all in them.
            capital > 0 && small * 10 > tokens.len()
        });
        let (all, upper, capital) = if plain { (0, 0, capital) } else { count(tokens) };
        if is_odd(all, upper, capital) {
            return false;
        }
        capitals += capital;
    }
    capitals * 200 > text.tokens().len() * NO_CAPITALS
}

/// Words of more than one letter, those all in capitals, those with a capital.
fn count(tokens: &[Token]) -> (usize, usize, usize) {
    let (mut all, mut upper, mut capital) = (0, 0, 0);
    for token in tokens {
        let long = token.is_word() & (token.span().len() > 1);
        all += usize::from(long);
        upper += usize::from(token.is_upper());
        capital += usize::from(long & token.is_capitalised());
    }
    (all, upper, capital)
}

/// Whether a paragraph is all in capitals or, though it is no mere fragment, has none.
fn is_odd(all: usize, upper: usize, capital: usize) -> bool {
    (all >= 3 && upper * 10 >= all * 9) || (all >= 8 && capital == 0)
}

struct Marker<'a> {
    text: &'a Text<'a>,
    language: &'a Language,
    bits: Vec<u64>,
    surnames: HashSet<u64, BuildHasherDefault<super::language::KeyHasher>>,
}

impl Marker<'_> {
    fn set(&mut self, at: usize) {
        if let Some(bits) = self.bits.get_mut(at / 64) {
            *bits |= 1 << (at % 64);
        }
    }

    fn is_set(&self, at: usize) -> bool {
        self.bits.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    fn key(&self, at: usize) -> Option<u64> {
        let token = self.text.token(at).filter(|token| token.is_word())?;
        Some(bare_key(self.text, token))
    }

    fn is_given(&self, key: u64) -> bool {
        let class = self.language.name(key).class;
        let word = self.language.word(key).class;
        class.is(Class::GIVEN)
            && !class.is(Class::COMMON)
            && !word.is(Class::CLOSED.or(Class::TITLE).or(Class::ROLE).or(Class::CALENDAR))
    }

    /// Whether the word at `at` may be a surname that follows a given name or a title.
    fn may_be_surname(&self, at: usize) -> bool {
        let Some(token) = self.text.token(at) else { return false };
        let Some(key) = self.key(at) else { return false };
        const NEVER: Class = Class(
            Class::CLOSED.0
                | Class::CALENDAR.0
                | Class::ROLE.0
                | Class::TITLE.0
                | Class::PLURAL.0
                | Class::PARTY.0
                | Class::DEMONYM.0
                | Class::ORG_HEAD.0
                | Class::THING.0
                | Class::CONNECTOR.0,
        );
        !self.language.word(key).class.is(NEVER)
            && !self.language.name(key).class.is(Class::COMMON)
            && token.span().len() > 2
            && token.is_spaced()
            && (!self.language.capital_nouns || token.is_capitalised())
    }

    /// Marks the name that a given name or a title at `at` opens.
    fn name_from(&mut self, at: usize) {
        let Some(key) = self.key(at) else { return };
        let class =
            self.language.word_of(self.language.word(key), || self.text.word(at), self.is_printed(at)).class;
        if class.is(Class::PLACE) && self.is_printed(at) {
            self.set(at);
        }
        let acronym = self.language.capital_nouns && self.text.token(at).is_some_and(|t| t.is_upper());
        if acronym {
            self.set(at);
        }
        let given = self.is_given(key) && self.is_printed(at);
        let title = class.is(Class::TITLE.or(Class::ROLE)) && !class.is(Class::PLURAL);
        if !given && !title {
            return;
        }
        let mut next = at + 1;
        // Initials and particles may stand between.
        while next < at + 5
            && (self.is_initial(next) || self.is_particle(next) && self.may_be_surname(next + 1))
        {
            next += 1;
        }
        if title && !given {
            let named = self.key(next).is_some_and(|key| self.is_given(key));
            if named || !self.may_be_surname(next) {
                if named && class.is(Class::TITLE) {
                    self.set(at);
                }
                return;
            }
        } else if !self.may_be_surname(next) {
            if self.is_set(at.saturating_sub(1)) {
                self.set(at);
            }
            return;
        }
        for inside in at..=next {
            if !self.is_particle(inside) && (inside > at || given || class.is(Class::TITLE)) {
                self.set(inside);
            }
        }
        self.remember_surname(next);
    }

    fn is_printed(&self, at: usize) -> bool {
        !self.language.capital_nouns || self.text.token(at).is_some_and(|token| token.is_capitalised())
    }

    fn is_initial(&self, at: usize) -> bool {
        self.text
            .token(at)
            .is_some_and(|token| token.is_word() && token.is_abbreviation() && token.span().len() == 2)
    }

    fn is_particle(&self, at: usize) -> bool {
        self.key(at).is_some_and(|key| {
            self.language.word(key).class.is(Class::PARTICLE)
                && !(self.language.capital_nouns && self.text.token(at).is_some_and(|t| t.is_capitalised()))
        })
    }

    fn remember_surname(&mut self, at: usize) {
        if self.may_be_surname(at)
            && let Some(key) = self.key(at)
        {
            self.surnames.insert(key);
        }
    }

    /// Marks a surname that was met elsewhere after a given name or title.
    fn known(&mut self, at: usize) {
        if self.key(at).is_some_and(|key| self.surnames.contains(&key)) && self.is_printed(at) {
            self.set(at);
        }
    }
}
