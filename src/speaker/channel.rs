//! How the words of a quotation left their speaker: on Twitter, in a statement, at a press conference.
//!
//! Looked for around the reporting word, in its sentence and outside the quoted words: a verb that says it by
//! itself (tweeted), the source itself (the letter says), or a noun or platform that a preposition leads to. Of
//! several the nearest counts, and those after the reporting word before those ahead of it.

use super::Attribution;
use super::lexicon::pair;
use super::table::{Part, row};
use crate::text::{Span, Text, TokenKind};

/// How far from the reporting word a channel is looked for, in tokens outside the quotation.
const REACH: usize = 30;
/// How many words may stand between the preposition and its noun: in a rather long and angry statement.
const PHRASE: usize = 5;

/// The tokens around a reporting word that are not the quotation's own, nearest first, after it and before it.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The first token of the reporting word.
    pub(super) cue: usize,
    pub(super) after: Vec<usize>,
    pub(super) before: Vec<usize>,
}

impl Around {
    /// Reads what stands around the reporting word, or the mention where there is none; `None` without either.
    /// O(1): a bounded number of tokens is looked at.
    pub(super) fn read(&mut self, text: &Text<'_>, parts: &[Span], attribution: &Attribution) -> Option<()> {
        let here = text.tokens_in(attribution.cue.or(attribution.mention)?);
        let sentence = text.token(here.start)?.sentence();
        let free = |at: &usize| {
            text.token(*at).is_some_and(|token| {
                token.sentence() == sentence && !parts.iter().any(|part| part.overlaps(token.span()))
            })
        };
        // Where the quoted words are long, what stands beyond them is reached by leaping over them.
        let beyond = |at: usize, forward: bool| {
            let inside =
                text.token(at).and_then(|token| parts.iter().find(|part| part.overlaps(token.span())));
            inside.map_or(at, |part| {
                let tokens = text.tokens_in(*part);
                if forward { tokens.end.max(at) } else { tokens.start.min(at) }
            })
        };
        self.cue = here.start;
        self.after.clear();
        self.before.clear();
        let mut at = here.end;
        while self.after.len() < REACH && text.token(at).is_some_and(|token| token.sentence() == sentence) {
            if free(&at) {
                self.after.push(at);
            }
            at = (at + 1).max(beyond(at, true));
        }
        let mut at = here.start;
        while self.before.len() < REACH && at > 0 {
            at = (at - 1).min(beyond(at - 1, false));
            if text.token(at).is_none_or(|token| token.sentence() != sentence) {
                break;
            }
            if free(&at) {
                self.before.push(at);
            }
        }
        Some(())
    }
}

/// A channel, and where its noun or platform ends; nought for a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) name: &'static str,
    pub(super) end: usize,
}

/// The channel of a quotation. O(1).
pub(super) fn find(text: &Text<'_>, around: &Around, attribution: &Attribution) -> Option<Found> {
    let key = |at: usize| text.token(at).map_or(0, |token| token.key());
    if let Some(verb) = row(key(around.cue)).filter(|row| row.part.any(Part::VERB)) {
        return Some(Found { name: verb.name, end: 0 });
    }
    let mut vague = None;
    for (near, far) in
        around.after.iter().map(|at| (*at, true)).chain(around.before.iter().map(|at| (*at, false)))
    {
        let Some((found, part)) = named(text, near) else { continue };
        if part.any(Part::VAGUE) {
            vague = vague.or(Some(found));
            continue;
        }
        // An occasion before the reporting word and beyond a stop of its own clause may be another's.
        if far || !crosses(text, near, around.cue) {
            return Some(found);
        }
    }
    vague.or_else(|| of_source(text, attribution))
}

/// Whether a semicolon or dash stands between.
fn crosses(text: &Text<'_>, from: usize, to: usize) -> bool {
    (from..to).take(REACH).any(|at| matches!(text.word(at), ";" | "—" | "–"))
}

/// The channel whose last word is the token `at`, if a preposition leads to it.
fn named(text: &Text<'_>, at: usize) -> Option<(Found, Part)> {
    let token = text.token(at).filter(|token| token.is_word())?;
    let before = at.checked_sub(1).and_then(|before| text.token(before));
    let two = before.and_then(|before| row(pair(before.key(), token.key())));
    let (row, first) = match two {
        Some(row) => (row, at - 1),
        None => (row(token.key())?, at),
    };
    let platform = row.part.any(Part::PLATFORM.or(Part::BROADCAST));
    if !row.part.any(CHANNEL) || (platform && !token.is_capitalised()) {
        return None;
    }
    // The Washington Post, the State of the Union Address: part of a name.
    if !platform && two.is_none() && token.is_capitalised() && !row.part.any(Part::CAPITAL) {
        return None;
    }
    let led = preposition(text, first)?;
    let wanted = if row.part.any(Part::BROADCAST) {
        Part::ON
    } else if row.part.any(Part::PLATFORM) {
        Part::NET.or(Part::NEAR)
    } else {
        Part::BEFORE.or(Part::NEAR)
    };
    if !led.any(wanted) {
        return None;
    }
    Some((Found { name: row.name, end: at + 1 }, row.part))
}

const CHANNEL: Part = Part::PLATFORM.or(Part::BROADCAST).or(Part::NOUN).or(Part::VAGUE);

/// The preposition that leads to the phrase ending before `at`.
fn preposition(text: &Text<'_>, at: usize) -> Option<Part> {
    for back in 1..=PHRASE + 1 {
        let index = at.checked_sub(back)?;
        let token = text.token(index)?;
        if let Some(row) = row(token.key()).filter(|row| row.part.any(Part::BEFORE.or(Part::NEAR))) {
            return (back == 1 || row.part.any(Part::BEFORE)).then_some(row.part);
        }
        let goes_on = matches!(token.kind(), TokenKind::Word | TokenKind::Clitic | TokenKind::Number);
        if !goes_on || STOPS.contains(&token.key()) {
            return None;
        }
    }
    None
}

/// Words that no phrase between a preposition and its noun goes over.
const STOPS: [u64; 10] = {
    use crate::text::key;
    [
        key("of"),
        key("and"),
        key("that"),
        key("who"),
        key("said"),
        key("for"),
        key("is"),
        key("was"),
        key("he"),
        key("she"),
    ]
};

/// The channel that the source itself is: the letter says.
fn of_source(text: &Text<'_>, attribution: &Attribution) -> Option<Found> {
    let tokens = text.tokens_in(attribution.mention?);
    let last = tokens.end.checked_sub(1)?;
    let row = row(text.token(last)?.key())
        .filter(|row| row.part.any(Part::NOUN) && !row.part.any(Part::AUDIENCE))?;
    let capitalised = text.token(last)?.is_capitalised() && last > tokens.start;
    (!capitalised).then_some(Found { name: row.name, end: last + 1 })
}
