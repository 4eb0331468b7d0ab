//! One pass over the tokens: names with their titles, role nouns and pronouns, each as a [`Found`].

use super::capitals::Capitals;
use super::cast::Setting;
use super::language::{Class, Entry, Gender, Language, bare_key};
use super::piece::Piece;
use crate::text::{Span, Text, Token, TokenKind, key, key_of};

/// What a mention is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// A proper name: Lori Lightfoot, ICE.
    Name,
    /// A common noun with its article: the mayor, a senior official.
    Noun,
    /// A pronoun: she, who.
    Pronoun,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing tells.
    #[default]
    Unknown,
    /// A person.
    Person,
    /// An organisation or outlet.
    Organisation,
    /// A place.
    Place,
    /// Something else that has a name: an event, a law, a work.
    Other,
}

/// A role: its noun and what sets it apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Role {
    /// The key of the noun under which it is kept, 0 for none.
    pub(crate) noun: u64,
    /// vice, deputy
    pub(crate) vice: bool,
    /// former
    pub(crate) former: bool,
    /// The key of the word before the noun, if any: Chicago mayor, Senate leader.
    pub(crate) modifier: u64,
}

/// How a noun phrase opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Opening {
    #[default]
    Bare,
    Definite,
    Indefinite,
    /// Joined by “and” to a definite noun phrase before it: the same person's second role.
    Twin,
}

/// The index that stands for none.
pub(crate) const NONE: u32 = u32::MAX;

/// A mention as it was found, before anybody knows who it is. Token indices are of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) form: Form,
    pub(crate) kind: Kind,
    pub(crate) gender: Gender,
    /// Whether a title tells the gender; a given name only makes it likely.
    pub(crate) gender_told: bool,
    pub(crate) opening: Opening,
    /// The first token with titles, article and modifiers.
    pub(crate) whole: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// What the pronoun or noun is.
    pub(crate) class: Class,
    pub(crate) role: Role,
    pub(crate) surname: u64,
    pub(crate) given: u64,
    pub(crate) suffix: u64,
    /// How many words the name has, suffix aside.
    pub(crate) words: u8,
    pub(crate) titled: bool,
    pub(crate) possessive: bool,
    /// A given name with an everyday word: Clinton Plan, Marcia Price; who is named decides.
    pub(crate) doubtful: bool,
    /// Stands before a noun as its modifier: the *Harbor* report.
    pub(crate) attributive: bool,
    pub(crate) headline: bool,
    pub(crate) quoted: bool,
    /// Stands after a preposition or as the one spoken to.
    pub(crate) oblique: bool,
    /// Whose it is, once known; [`NONE`] until then.
    pub(crate) entity: u32,
    /// The noun or name it is in apposition with, as an index of the list; [`NONE`] for none.
    pub(crate) link: u32,
}

/// Finds all mentions of `text`. O(n).
pub(crate) fn scan(text: &Text<'_>, language: &Language, setting: &Setting<'_>) -> Vec<Found> {
    let mut scanner = Scanner {
        text,
        language,
        capitals: Capitals::of(text, language),
        words: language.find_all(text),
        quoted: setting.quoted,
        next_quoted: 0,
        quoted_until: 0,
        outlets: setting.outlets,
        next_outlet: 0,
        found: Vec::with_capacity(text.tokens().len() / 8 + 4),
        pieces: Vec::with_capacity(16),
        headline: false,
        paragraph: usize::MAX,
    };
    scanner.run();
    scanner.found
}

/// Reads the tokens from left to right; nouns are read in `noun`, names in `name`.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) language: &'a Language,
    capitals: Capitals,
    /// Where the language has each token.
    words: Vec<u32>,
    quoted: &'a [Span],
    next_quoted: usize,
    quoted_until: usize,
    outlets: &'a [Span],
    next_outlet: usize,
    pub(super) found: Vec<Found>,
    pub(super) pieces: Vec<Piece>,
    pub(super) headline: bool,
    paragraph: usize,
}

/// A word and what an apostrophe joins to it: one letter or two (he’ll). Most words are passed over by the byte that
/// would have to be the last of the apostrophe.
pub(super) fn run_in(word: &str) -> Option<(&str, &str)> {
    const RIGHT: u8 = 0x99;
    match word.as_bytes() {
        [.., b'\'' | RIGHT, _] | [.., b'\'' | RIGHT, _, _] => word.split_once(['\'', '’']),
        _ => None,
    }
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(&token) = self.text.token(at) {
            if token.paragraph() != self.paragraph {
                self.paragraph = token.paragraph();
                self.headline = self.is_headline(token.paragraph());
            }
            self.enter_quoted(token.span().start);
            at = self.at(at, token);
        }
    }

    fn enter_quoted(&mut self, offset: usize) {
        while let Some(span) = self.quoted.get(self.next_quoted).filter(|span| span.start <= offset) {
            self.quoted_until = self.quoted_until.max(span.end);
            self.next_quoted += 1;
        }
    }

    /// Whether the name at these tokens is, or is part of, that of a known outlet. Names are asked for in order.
    pub(super) fn is_outlet(&mut self, start: usize, end: usize) -> bool {
        let Some(name) = self.outlets.get(self.next_outlet).and_then(|_| self.text.span_of(start..end))
        else {
            return false;
        };
        while self.outlets.get(self.next_outlet).is_some_and(|outlet| outlet.end <= name.start) {
            self.next_outlet += 1;
        }
        self.outlets.get(self.next_outlet).is_some_and(|outlet| outlet.covers(name))
    }

    /// Whether the word at `at` has a capital that means something.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        match self.capitals.get(at) {
            Some(capital) => capital,
            None => self.text.token(at).is_some_and(|token| token.is_capitalised()),
        }
    }

    fn is_quoted(&self, token: &Token) -> bool {
        token.span().end <= self.quoted_until
    }

    /// Reads what starts at the token `at`; returns the next token to read.
    fn at(&mut self, at: usize, token: Token) -> usize {
        if !token.is_word() {
            return self.after_party(at).unwrap_or(at + 1);
        }
        if self.is_capital(at)
            && let Some(next) = self.name(at)
        {
            return next;
        }
        let entry = self.entry(at, token);
        let class = entry.class;
        if class.is(Class::PRONOUN) {
            self.pronoun(at, token, entry);
            return at + 1;
        }
        if class.is(Class::DEMONYM.or(Class::ALONE)) && self.is_native(at) {
            return self.native(at);
        }
        const NOUNS: Class = Class(
            Class::ROLE.0
                | Class::PERSON.0
                | Class::PLURAL.0
                | Class::ORG_NOUN.0
                | Class::OUTLET_NOUN.0
                | Class::DOCUMENT.0,
        );
        if class.is(NOUNS) && !(class.is(Class::ADJECTIVAL) && self.noun_follows(at + 1)) {
            return self.noun(at);
        }
        at + 1
    }

    /// What the token at `at` is among the words of the language.
    #[inline]
    pub(super) fn word(&self, at: usize) -> Entry {
        self.language.word_at(self.words.get(at).copied().unwrap_or(0))
    }

    /// The same of a word without the stop of an abbreviation.
    pub(super) fn bare_word(&self, at: usize, token: &Token) -> Entry {
        if token.is_abbreviation() { self.language.word(bare_key(self.text, token)) } else { self.word(at) }
    }

    /// What the word is; of a pronoun with a verb run into it (he’ll) the pronoun.
    fn entry(&self, at: usize, token: Token) -> Entry {
        if token.is_plain() {
            return self.language.word_of(self.word(at), || self.text.word(at), token.is_capitalised());
        }
        let word = self.text.word(at);
        match run_in(word).filter(|(_, verb)| matches!(*verb, "ll" | "d" | "ve" | "re" | "m")) {
            Some((pronoun, _)) => self.language.word(key_of(pronoun)),
            None => self.language.word_of(self.word(at), || word, token.is_capitalised()),
        }
    }

    /// Whether a word that may be a noun stands at `at`: a major *bank*, but: the general *asked*.
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        self.text.token(at).is_some_and(|next| {
            let word = next.span().text(self.text.raw());
            let class = self.word(at).class;
            next.is_word()
                && !class.is(Class::CLOSED.or(Class::ROLE))
                && !word.ends_with("ed")
                && !self.is_capital(at)
        })
    }

    /// The end of a party in brackets that opens at `at`: (D), (R-Ohio), (D-N.C.).
    fn after_party(&self, at: usize) -> Option<usize> {
        if self.text.word(at) != "(" {
            return None;
        }
        let word = self.text.word(at + 1);
        let party =
            matches!(word, "D" | "R" | "I") || matches!(word.as_bytes(), [b'D' | b'R' | b'I', b'-', ..]);
        let close = (at + 2..at + 8).find(|&close| self.text.word(close) == ")")?;
        party.then_some(close)
    }

    /// Whether a paragraph is a headline: short, without a stop at its end, and mostly in capitals.
    fn is_headline(&self, paragraph_index: usize) -> bool {
        let Some(paragraph) = self.text.paragraphs().get(paragraph_index) else { return false };
        let tokens = self.text.tokens().get(paragraph.tokens.clone()).unwrap_or(&[]);
        if tokens.len() > 30 || tokens.len() < 4 || self.language.capital_nouns {
            return false;
        }
        let last = tokens.iter().rev().find(|token| token.kind() != TokenKind::Mark);
        let stopped = last.is_some_and(|token| token.span().text(self.text.raw()) == ".");
        if stopped && paragraph_index > 1 {
            return false;
        }
        let long = tokens.iter().filter(|token| token.is_word() && token.span().len() > 3);
        let (mut all, mut capital) = (0, 0);
        for token in long {
            all += 1;
            capital += usize::from(token.is_capitalised());
        }
        all >= 3 && capital * 10 >= all * if stopped { 8 } else { 7 }
    }

    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        let Some(token) = self.text.token(at) else { return false };
        let Some(before) = at.checked_sub(1).and_then(|before| self.text.token(before)) else { return true };
        before.sentence() != token.sentence()
            || matches!(before.kind(), TokenKind::Mark)
            || matches!(self.text.word(at - 1), ":" | "•" | "—" | "–" | "-" | "(" | "[" | "…")
    }

    pub(super) fn blank(&self, form: Form, whole: usize, start: usize, end: usize) -> Found {
        let quoted = self.text.token(start).is_some_and(|token| self.is_quoted(token));
        Found {
            form,
            kind: Kind::Unknown,
            gender: Gender::Unknown,
            gender_told: false,
            opening: Opening::Bare,
            whole: whole as u32,
            start: start as u32,
            end: end as u32,
            class: Class::default(),
            role: Role::default(),
            surname: 0,
            given: 0,
            suffix: 0,
            words: 0,
            titled: false,
            possessive: self.text.token(end).is_some_and(|token| token.kind() == TokenKind::Clitic),
            doubtful: false,
            attributive: form == Form::Name && (self.is_attributive(end) || self.is_one_of(whole, end)),
            headline: self.headline,
            quoted,
            oblique: self.is_oblique(whole),
            entity: NONE,
            link: NONE,
        }
    }

    /// Whether a noun goes on after a name that ends at `at`.
    fn is_attributive(&self, at: usize) -> bool {
        const NOUNS: Class = Class(
            Class::ROLE.0 | Class::PLURAL.0 | Class::DOCUMENT.0 | Class::ORG_NOUN.0 | Class::OUTLET_NOUN.0,
        );
        self.text
            .token(at)
            .is_some_and(|next| next.is_word() && !self.is_capital(at) && self.word(at).class.is(NOUNS))
    }

    /// Whether a name stands between an article for one of several and a word that may be a noun: *a* Discord message.
    fn is_one_of(&self, whole: usize, end: usize) -> bool {
        let article = whole.checked_sub(1).and_then(|before| self.text.token(before));
        article.is_some_and(|article| [key("a"), key("an")].contains(&article.key()))
            && self.noun_follows(end)
    }

    /// Whether a preposition or a verb of telling stands just before `at`.
    pub(super) fn is_oblique(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            self.text.token(before).is_some_and(|token| token.is_word())
                && self.word(before).class.is(Class::PREPOSITION.or(Class::RECIPIENT))
        })
    }

    fn pronoun(&mut self, at: usize, token: Token, entry: Entry) {
        let mut found = self.blank(Form::Pronoun, at, at, at + 1);
        found.class = entry.class;
        found.gender = entry.gender;
        found.possessive = entry.class.is(Class::POSSESSIVE) && token.key() != key("her")
            || token.key() == key("her") && self.her_is_possessive(at);
        self.found.push(found);
    }

    /// her book, but: told her that
    fn her_is_possessive(&self, at: usize) -> bool {
        self.text
            .token(at + 1)
            .is_some_and(|next| next.is_word() && !self.word(at + 1).class.is(Class::CLOSED))
    }
}
