//! Noun phrases for people and organisations: the mayor, a senior official, the agency.

use super::language::{Class, bare_key};
use super::scan::{Form, Found, Kind, NONE, Opening, Role, Scanner};
use crate::text::{TokenKind, key};

impl Scanner<'_> {
    /// A noun phrase whose noun stands at `at`.
    pub(super) fn noun(&mut self, at: usize) -> usize {
        let mut head = at;
        const HEADS: Class = Class(Class::ROLE.0 | Class::PERSON.0 | Class::PLURAL.0 | Class::DOCUMENT.0);
        while let Some(next) = self.text.token(head + 1) {
            // police chief, press secretary, government report; parent company
            let more = if self.word(head).class.is(Class::ROLE) { HEADS.or(Class::CALLED) } else { HEADS };
            if next.is_word() && !self.is_capital(head + 1) && self.word(head + 1).class.is(more) {
                head += 1;
            } else {
                break;
            }
        }
        let Some(token) = self.text.token(head).copied() else { return at + 1 };
        let entry = self.language.word_of(self.word(head), || self.text.word(head), token.is_capitalised());
        let (start, opening) = self.opening(head);
        let mut found = self.blank(Form::Noun, start, start, head + 1);
        found.class = entry.class;
        found.gender = entry.gender;
        found.opening = opening;
        if opening == Opening::Twin {
            found.opening = Opening::Definite;
            found.link = self.found.len().checked_sub(1).map_or(NONE, |last| last as u32);
        }
        found.kind = if entry.class.is(Class::ROLE.or(Class::PERSON)) {
            Kind::Person
        } else if entry.class.is(Class::ORG_NOUN.or(Class::OUTLET_NOUN)) {
            Kind::Organisation
        } else {
            Kind::Unknown
        };
        found.role = self.role(start, head, entry.noun);
        if found.role.noun == 0 {
            found.role.noun = token.key();
        }
        self.link_backwards(&mut found);
        self.found.push(found);
        head + 1
    }

    /// Whether a word for where somebody is from stands for one person: after its article and before no noun, as in
    /// the *Dane* said; not the British, who are several.
    pub(super) fn is_native(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let article = at.checked_sub(1).and_then(|the| self.text.token(the));
        let one = !["sh", "se", "ch", "ss", "ern"].iter().any(|ending| word.ends_with(ending));
        let alone = self.text.token(at + 1).is_none_or(|next| {
            let verb = self.text.word(at + 1).ends_with("ed") && !next.is_capitalised();
            !next.is_word() || verb || self.word(at + 1).class.is(Class::CLOSED) && !next.is_capitalised()
        });
        one && alone && article.is_some_and(|article| article.key() == key("the"))
    }

    /// The Dane: whoever of those in mind it fits.
    pub(super) fn native(&mut self, at: usize) -> usize {
        let mut found = self.blank(Form::Noun, at.saturating_sub(1), at.saturating_sub(1), at + 1);
        found.class = Class::PERSON.or(Class::WHOEVER);
        found.kind = Kind::Person;
        found.opening = Opening::Definite;
        found.role.noun = self.text.token(at).map_or(0, |token| token.key());
        self.found.push(found);
        at + 1
    }

    /// Where the noun phrase with its head at `head` opens.
    pub(super) fn opening(&self, head: usize) -> (usize, Opening) {
        let Some(sentence) = self.text.token(head).map(|token| token.sentence()) else {
            return (head, Opening::Bare);
        };
        let mut bare = head;
        for at in (head.saturating_sub(8)..head).rev() {
            let Some(token) = self.text.token(at) else { break };
            if token.sentence() != sentence {
                break;
            }
            match token.kind() {
                TokenKind::Clitic => return (at + 1, Opening::Definite),
                TokenKind::Word | TokenKind::Number => {}
                TokenKind::Punctuation if self.text.word(at) == "-" && !token.is_spaced() => continue,
                TokenKind::Mark | TokenKind::Punctuation => break,
            }
            let class = self.word(at).class;
            if class.is(Class::DEFINITE.or(Class::POSSESSIVE)) {
                return (at, Opening::Definite);
            }
            if class.is(Class::INDEFINITE) {
                return (at, Opening::Indefinite);
            }
            // the company’s own director
            if token.key() == key("own") {
                continue;
            }
            if class.is(Class::CLOSED) {
                // the former secretary and current nominee
                let twin = token.key() == key("and")
                    && bare < head
                    && self.found.last().is_some_and(|other| {
                        other.form == Form::Noun
                            && other.class.is(Class::ROLE)
                            && other.opening == Opening::Definite
                            && at.saturating_sub(other.end as usize) <= 3
                    });
                if twin {
                    return (bare, Opening::Twin);
                }
                break;
            }
            bare = at;
        }
        // Without an article: only what stands closely before belongs to it.
        (bare.max(head.saturating_sub(3)), Opening::Bare)
    }

    /// The role that the tokens `start..=head` name.
    pub(super) fn role(&self, start: usize, head: usize, noun: u64) -> Role {
        let mut role = Role { noun, ..Role::default() };
        for at in start..head {
            // The 39th president: whoever is counted is hardly in office.
            role.former |= is_ordinal(self.text.word(at));
            let Some(token) = self.text.token(at).filter(|token| token.is_word()) else { continue };
            let class = self.bare_word(at, token).class;
            role.vice |= class.is(Class::VICE);
            role.former |= class.is(Class::FORMER);
            if !class.is(Class::CLOSED.or(Class::VICE).or(Class::FORMER)) {
                role.modifier = bare_key(self.text, token);
            }
        }
        role
    }

    /// “Name, the noun …” and “Name, noun of …”: ties the noun to the name before the comma.
    pub(super) fn link_backwards(&self, found: &mut Found) {
        if !found.class.is(Class::ROLE.or(Class::PERSON)) {
            return;
        }
        let Some(comma) = (found.start as usize).checked_sub(1) else { return };
        if self.text.word(comma) != "," || !self.closes_apposition(found.end as usize) {
            return;
        }
        let Some((index, name)) = self
            .found
            .iter()
            .enumerate()
            .rev()
            .take(4)
            .find(|(_, f)| f.form == Form::Name && f.end as usize <= comma)
        else {
            return;
        };
        let same_sentence = self.sentence_of(name.start) == self.sentence_of(found.start);
        if same_sentence
            && !name.possessive
            && (!name.oblique || name.words > 1 || name.titled)
            && !matches!(name.kind, Kind::Organisation | Kind::Place)
            && self.only_aside(name.end as usize, comma)
        {
            found.link = index as u32;
        }
    }

    /// Whether what follows a noun lets it be an apposition (a mayor of Harbor, …) and not the subject of a
    /// clause (the mayor said).
    fn closes_apposition(&self, at: usize) -> bool {
        let Some(next) = self.text.token(at) else { return true };
        if !next.is_word() {
            return next.kind() != TokenKind::Clitic;
        }
        let class = self.word(at).class;
        class.is(Class::PREPOSITION.or(Class::PRONOUN_WHO).or(Class::CONJUNCTION))
    }

    pub(super) fn sentence_of(&self, token: u32) -> usize {
        self.text.token(token as usize).map_or(0, |token| token.sentence())
    }

    /// Whether nothing but an age, a party in brackets or commas stands between two tokens.
    fn only_aside(&self, from: usize, to: usize) -> bool {
        let mut depth = 0_i32;
        if to < from || to - from > 10 {
            return false;
        }
        for at in from..to {
            let Some(token) = self.text.token(at) else { return false };
            match self.text.word(at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "," => {}
                _ if depth > 0 || token.kind() == TokenKind::Number => {}
                _ => return false,
            }
        }
        true
    }
}

/// Whether a word is a number in figures that counts: 39th.
fn is_ordinal(word: &str) -> bool {
    let figures = word.trim_end_matches(char::is_alphabetic);
    let rest = word.get(figures.len()..).unwrap_or_default();
    !figures.is_empty()
        && figures.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(rest, "st" | "nd" | "rd" | "th")
}
