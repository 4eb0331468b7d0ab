//! Runs of capitalised words: where one goes on, and where it ends.

use super::language::{Class, Entry, bare_key};
use super::piece::Piece;
use super::scan::{Scanner, run_in};
use crate::text::{Token, TokenKind, key};

/// The shortest surname, in bytes, that is looked for at the start of a glued word: not Mc in McDonald.
const SHORTEST_GLUED: usize = 4;

impl Scanner<'_> {
    fn piece(&self, at: usize, token: &Token, nick: bool) -> Piece {
        let key = bare_key(self.text, token);
        let span = token.span();
        Piece {
            token: at as u32,
            key,
            word: self.bare_word(at, token),
            name: if self.is_capital(at) || nick { self.name_of(at, token, key) } else { Entry::default() },
            capital: self.is_capital(at),
            initial: self.is_capital(at)
                && (span.len() <= 1 || token.is_abbreviation() && span.text(self.text.raw()).len() <= 5),
            nick,
        }
    }

    /// What the word is among given names and everyday words; `key` is that without the stop of an abbreviation.
    fn name_of(&self, at: usize, token: &Token, key: u64) -> Entry {
        if token.is_abbreviation() { self.language.name(key) } else { self.language.name_at(self.text, at) }
    }

    /// Whether the token is a capitalised word that a name may hold.
    pub(super) fn is_namely(&self, at: usize) -> bool {
        let Some(token) = self.text.token(at).filter(|token| token.is_word()) else { return false };
        if !self.is_capital(at) {
            return false;
        }
        if !token.is_plain() && (self.is_contraction(token) || self.is_compound_adjective(token)) {
            return false;
        }
        // J.
        if token.is_abbreviation() && token.span().len() <= 3 && token.key() != key("i") {
            return true;
        }
        let class = self.bare_word(at, token).class;
        if class.is(Class::CLOSED) && class.is(Class::PARTICLE) && !class.is(Class::TITLE) {
            // Le Pen, but: Le maire
            return self.is_capital(at + 1) && !self.opens_sentence(at);
        }
        if class.is(Class::CLOSED.or(Class::CALENDAR)) && !class.is(Class::TITLE.or(Class::PARTICLE)) {
            return false;
        }
        true
    }

    /// I’m, Don’t, We’ll: an apostrophe with a small letter after it; but O’Neill.
    fn is_contraction(&self, token: &Token) -> bool {
        let word = token.span().text(self.text.raw());
        word.len() < 12
            && run_in(word).is_some_and(|(_, tail)| {
                matches!(tail.as_bytes(), b"m" | b"d" | b"t" | b"re" | b"ve" | b"ll")
            })
    }

    /// American-born, Harbor-based
    fn is_compound_adjective(&self, token: &Token) -> bool {
        let word = token.span().text(self.text.raw());
        // Fourteen-year-old Ada Quill
        if word.ends_with("-year-old") {
            return true;
        }
        word.rsplit_once('-').is_some_and(|(_, tail)| {
            matches!(
                tail,
                "born"
                    | "based"
                    | "backed"
                    | "led"
                    | "style"
                    | "elect"
                    | "era"
                    | "wide"
                    | "owned"
                    | "run"
                    | "turned"
                    | "bred"
                    | "speaking"
                    | "controlled"
                    | "area"
                    | "educated"
                    | "trained"
                    | "funded"
            )
        })
    }

    /// Collects the run into `self.pieces`; returns its end and whether a possessive ending follows.
    pub(super) fn gather(&mut self, at: usize) -> Option<(usize, bool)> {
        self.pieces.clear();
        let first = *self.text.token(at)?;
        if !self.is_namely(at) {
            let given = self.language.name_at(self.text, at).class.is(Class::GIVEN);
            let follows = self.text.token(at + 1).is_some_and(|next| {
                self.is_namely(at + 1) && next.sentence() == first.sentence() && !next.is_abbreviation()
            });
            if !(given && follows) {
                return None;
            }
        }
        let mut j = at;
        while let Some(&token) = self.text.token(j) {
            if token.sentence() != first.sentence() || self.pieces.len() >= 24 {
                break;
            }
            if token.is_word() && self.is_capital(j) {
                if j > at && !self.is_namely(j) {
                    break;
                }
                let piece = self.piece(j, &token, false);
                self.pieces.push(piece);
                j += 1;
                if self.text.token(j).is_some_and(|next| next.kind() == TokenKind::Clitic) {
                    return Some((j, true));
                }
                continue;
            }
            let Some(next) = self.bridge(j, &token) else { break };
            for inside in j..next {
                let Some(token) = self.text.token(inside).filter(|token| token.is_word()) else { continue };
                let nick = self.text.token(j).is_some_and(|open| !open.is_word());
                let piece = self.piece(
                    inside,
                    token,
                    nick && !self.language.word(bare_key(self.text, token)).class.is(Class::SUFFIX),
                );
                self.pieces.push(piece);
            }
            j = next;
            if self.pieces.last().is_some_and(|piece| piece.word.class.is(Class::SUFFIX)) {
                break;
            }
        }
        let possessive = self.text.token(j).is_some_and(|next| next.kind() == TokenKind::Clitic);
        (!self.pieces.is_empty()).then_some((j, possessive))
    }

    /// Takes from the run what a page has pasted behind a name: its full form once more, glued to the headline of a
    /// link (Quill Ada Jane *QuillFerry* sails). Returns where the name ends, and whether it is a possessor.
    pub(super) fn without_glued(&mut self, end: usize, possessive: bool) -> (usize, bool) {
        let raw = |piece: &Piece| self.text.word(piece.token as usize);
        let is_glued = |name: &str, word: &str| {
            let tail = word.strip_prefix(name).filter(|_| name.len() >= SHORTEST_GLUED);
            tail.is_some_and(|tail| tail.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        };
        let is_pasted = |piece: &Piece| self.pieces.iter().any(|word| is_glued(raw(piece), raw(word)));
        let name = self.pieces.iter().position(is_pasted);
        let Some(kept) = name.map(|at| at + 1) else { return (end, possessive) };
        self.pieces.truncate(kept);
        (self.pieces.last().map_or(end, |piece| piece.token as usize + 1), false)
    }

    /// What may stand within a name between its capitalised words, from `at`: particles, a nickname between
    /// marks or brackets, `, Jr.`, `&`. Returns where the name goes on.
    fn bridge(&self, at: usize, token: &Token) -> Option<usize> {
        let is_name = |at: usize| self.is_namely(at);
        if token.is_word() {
            let mut end = at;
            while self.text.token(end).is_some_and(|token| {
                token.is_word()
                    && !self.is_capital(end)
                    && self.language.word(token.key()).class.is(Class::PARTICLE)
            }) && end < at + 3
            {
                end += 1;
            }
            return (end > at && is_name(end)).then_some(end);
        }
        let word = self.text.word(at);
        if word == "," {
            let suffix = self.text.token(at + 1)?;
            let known = self.language.word(bare_key(self.text, suffix)).class.is(Class::SUFFIX);
            return (self.is_capital(at + 1) && known).then_some(at + 2);
        }
        if word == "&" {
            return is_name(at + 1).then_some(at + 1);
        }
        let closer: &[&str] = match word {
            "(" => &[")"],
            "[" => &["]"],
            "\"" | "“" | "''" | "``" | "‘" | "'" | "„" | "”" => &["\"", "”", "''", "’", "'", "“"],
            _ => return None,
        };
        let close = (at + 2..at + 5).find(|&close| closer.contains(&self.text.word(close)))?;
        let inside_words = (at + 1..close).all(|i| self.text.token(i).is_some_and(|t| t.is_word()));
        let single = close == at + 2;
        let nick = self.text.token(close - 1).is_some_and(|t| {
            t.is_capitalised()
                && !t.is_upper()
                && t.span().len() > 1
                && !self.text.word(close - 1).contains('-')
        });
        let closely = self.text.token(at + 1).is_some_and(|t| !t.is_spaced());
        (inside_words && nick && closely && (single || word != "(") && is_name(close + 1))
            .then_some(close + 1)
    }

    /// At the start of a sentence: how many of the first pieces are everyday words.
    pub(super) fn strip_opening(&self) -> usize {
        let Some(first) = self.pieces.first() else { return 0 };
        let second = self.pieces.get(1);
        let kept = Class::TITLE.or(Class::ROLE).or(Class::PLACE).or(Class::DEMONYM).or(Class::PARTY);
        let kept = kept.or(Class::ORG_HEAD).or(Class::FORMER).or(Class::VICE).or(Class::OUTLET_HEAD);
        // Secretary of State Ada Quill
        let of = || self.text.word(first.token as usize + 1) == "of";
        if first.is(kept) && (second.is_some() || first.is(Class::ROLE) && of()) {
            return 0;
        }
        if first.is_given() && second.is_some() {
            return 0;
        }
        let word = self.text.word(first.token as usize);
        // Defying Quill, the mayor …
        let participle = word.ends_with("ing") && word.len() > 5;
        let verbal = !first.is_given() && (participle || second.is_none() && word.ends_with("ed"));
        if !verbal && !first.is_common() && !first.is(Class::PLURAL.or(Class::ROLE).or(Class::ORG_NOUN)) {
            return 0;
        }
        // Homeland Security, Tax Policy Center: everyday words that a head makes a name.
        let organisation = self.pieces.len() > 1
            && self.pieces.last().is_some_and(|last| last.is(Class::ORG_HEAD.or(Class::ORG_SUFFIX)));
        usize::from(!organisation)
    }
}
