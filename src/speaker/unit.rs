//! The text as the ranker sees it: words and punctuation outside marks, each quotation's part one unit.

use super::lexicon::{Entry, Grammar, Lexicon, Roles, pair, short};
use crate::text::{Span, Text, Token, TokenKind, key};

/// What a unit is; a set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(u16);

impl Class {
    pub(crate) const WORD: Self = Self(1);
    pub(crate) const CAPITAL: Self = Self(2);
    pub(crate) const UPPER: Self = Self(4);
    pub(crate) const CLITIC: Self = Self(8);
    pub(crate) const NUMBER: Self = Self(16);
    pub(crate) const PUNCTUATION: Self = Self(32);
    pub(crate) const QUOTE: Self = Self(64);
    pub(crate) const COMMA: Self = Self(128);
    pub(crate) const COLON: Self = Self(256);
    pub(crate) const DASH: Self = Self(512);
    pub(crate) const OPENS_SENTENCE: Self = Self(1024);
    pub(crate) const OPENS_PARAGRAPH: Self = Self(2048);
    pub(crate) const ABBREVIATION: Self = Self(4096);
    pub(crate) const STOP: Self = Self(8192);
    pub(crate) const BRACKET: Self = Self(16384);

    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The flags that say what it is, without its letters and place.
    pub(crate) const fn kind(self) -> u32 {
        (self.0 & !(Self::OPENS_SENTENCE.0 | Self::UPPER.0 | Self::ABBREVIATION.0 | Self::BRACKET.0)) as u32
    }

    /// What is no word, as a small number.
    const fn mark(self) -> u8 {
        match self {
            Self::CLITIC => 0,
            Self::NUMBER => 1,
            class if class.any(Self::COMMA) => 2,
            class if class.any(Self::COLON) => 3,
            class if class.any(Self::DASH) => 4,
            class if class.any(Self::STOP) => 5,
            _ => 6,
        }
    }

    const fn when(self, condition: bool) -> Self {
        Self(self.0 * condition as u16)
    }
}

/// A word, a punctuation mark, or a part of a quotation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Unit {
    pub(crate) key: u32,
    /// What features call it: like `key`, but one name for all names and one for all numbers.
    pub(crate) name: u32,
    pub(crate) roles: Roles,
    pub(crate) class: Class,
    pub(crate) cue: u8,
    pub(crate) source: u8,
    /// The ending of a word that has no role: -ed, -ing and so on.
    pub(crate) ending: u8,
    /// Its word class, as coarse as a part of speech: the cluster of a word, or its ending where it is rare.
    pub(crate) sort: u8,
    pub(crate) first_token: u32,
    pub(crate) end_token: u32,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// How many of these stand before it in the text.
    pub(crate) before: Tally,
}

/// Running counts, so that what lies between two units is a subtraction.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) commas: u32,
    pub(crate) quotes: u32,
    pub(crate) joints: u32,
    pub(crate) cues: u32,
}

impl Unit {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }

    pub(crate) fn has(&self, roles: Roles) -> bool {
        self.roles.any(roles)
    }
}

/// What stands before the first unit and after the last.
pub(crate) const EDGE: Unit = Unit {
    key: 1,
    name: 1,
    roles: Roles::NONE,
    class: Class(0),
    cue: 0,
    source: 0,
    ending: 0,
    sort: 255,
    first_token: 0,
    end_token: 0,
    sentence: u32::MAX,
    paragraph: u32::MAX,
    before: Tally { commas: 0, quotes: 0, joints: 0, cues: 0 },
};

/// Cue level from which a word seldom does anything but report.
pub(crate) const REPORTS: u8 = 7;
/// Cue level from which a word counts as one that reports.
pub(crate) const CUE: u8 = 3;

const NAME: u32 = short(key("<name>"));
const DIGITS: u32 = short(key("<number>"));
const QUOTE: u32 = short(key("<quote>"));

/// The units of a text, or of the inside of one part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    units: Vec<Unit>,
    /// The first unit of every paragraph, by paragraph index less `first_paragraph`.
    paragraphs: Vec<u32>,
    first_paragraph: u32,
    /// The unit of each part that was given, in order.
    quotes: Vec<u32>,
    /// The units that report, and those that are a part of a quotation, in order.
    cues: Vec<u32>,
    marked: Vec<u32>,
    /// Where the lexicon has each token, from `first_token` on.
    found: Vec<u32>,
    first_token: usize,
    grammar: Grammar,
}

impl Units {
    /// Reads the tokens `tokens` of `text`; each of `parts` (in order, not overlapping) becomes one unit.
    /// O(tokens).
    pub(crate) fn read(
        &mut self,
        text: &Text<'_>,
        tokens: std::ops::Range<usize>,
        mut parts: impl Iterator<Item = Span>,
        lexicon: &Lexicon,
    ) {
        self.clear();
        self.grammar = lexicon.grammar();
        self.units.reserve(tokens.len());
        self.cues.reserve(tokens.len() / 32 + 4);
        self.paragraphs.reserve(tokens.len() / 32 + 4);
        self.quotes.reserve(parts.size_hint().0);
        self.marked.reserve(parts.size_hint().0);
        let all = text.tokens().get(..tokens.end).unwrap_or(text.tokens());
        self.first_paragraph = all.get(tokens.start).map_or(0, |token| token.paragraph() as u32);
        self.found = lexicon.find_all(text, tokens.start..all.len());
        self.first_token = tokens.start;
        let mut part = parts.next();
        let mut at = tokens.start;
        let mut last_sentence = u32::MAX;
        // The next unit: its place and what stands before it carry over from one to the next.
        let mut unit = Unit { paragraph: u32::MAX, ..Unit::default() };
        while let Some(token) = all.get(at) {
            let start = token.span().start;
            while part.is_some_and(|part| part.end <= start) {
                self.quotes.push(self.units.len().saturating_sub(1) as u32);
                part = parts.next();
            }
            let known = lexicon.entry_at(self.found_at(at), token);
            let opens_sentence =
                token.sentence() as u32 != last_sentence && !self.reports_late(known.cue, token.paragraph());
            unit.class = Class::OPENS_SENTENCE.when(opens_sentence);
            unit.sentence += u32::from(opens_sentence && !self.units.is_empty());
            if token.paragraph() as u32 != unit.paragraph {
                unit.paragraph = token.paragraph() as u32;
                unit.class = unit.class.or(Class::OPENS_PARAGRAPH);
                let paragraphs = (unit.paragraph - self.first_paragraph) as usize + 1;
                self.paragraphs.resize(paragraphs.max(self.paragraphs.len()), self.units.len() as u32);
            }
            unit.first_token = at as u32;
            if let Some(here) = part.filter(|part| part.start <= start) {
                part = parts.next();
                at = part_end(text, all, at, here);
                // The sentence goes on after the closing mark unless a new one opens there.
                last_sentence = all.get(at - 1).map_or(u32::MAX, |token| token.sentence() as u32);
                unit.fill_with_quotation();
            } else {
                last_sentence = token.sentence() as u32;
                let (mut entry, end) = paired(lexicon, all, at, known);
                if entry.roles.any(Roles::AFTER) && !self.follows_quote() {
                    entry.cue = 0;
                }
                at = end;
                unit.fill(text, token, &entry);
            }
            unit.end_token = at as u32;
            self.units.push(unit);
            self.count(&mut unit);
        }
        while part.is_some() {
            self.quotes.push(self.units.len().saturating_sub(1) as u32);
            part = parts.next();
        }
    }

    /// Counts the last unit among those before the next one.
    #[inline]
    fn count(&mut self, unit: &mut Unit) {
        let index = self.units.len().saturating_sub(1) as u32;
        if unit.is(Class::QUOTE) {
            self.quotes.push(index);
            self.marked.push(index);
            unit.before.quotes += 1;
        }
        if unit.cue >= CUE {
            self.cues.push(index);
            unit.before.cues += 1;
        }
        unit.before.commas += u32::from(unit.is(Class::COMMA));
        unit.before.joints += u32::from(unit.has(JOINTS));
    }

    fn clear(&mut self) {
        self.units.clear();
        self.paragraphs.clear();
        self.quotes.clear();
        self.cues.clear();
        self.marked.clear();
    }

    /// “…” Said X: a word that reports, with a capital or not, right after a quotation goes on with its sentence.
    fn reports_late(&self, cue: u8, paragraph: usize) -> bool {
        let last = self.units.last();
        cue >= REPORTS
            && last.is_some_and(|last| last.is(Class::QUOTE) && last.paragraph as usize == paragraph)
    }

    fn follows_quote(&self) -> bool {
        match self.units.as_slice() {
            [.., last] => last.is(Class::QUOTE.or(Class::COMMA)),
            [] => false,
        }
    }

    /// Where the lexicon has the token `token` of the text; nought for one that it has not.
    #[inline]
    pub(crate) fn found_at(&self, token: usize) -> u32 {
        self.found.get(token.wrapping_sub(self.first_token)).copied().unwrap_or(0)
    }

    /// How many units there are.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// The unit at `index`, or [`EDGE`] outside.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> &Unit {
        self.units.get(index).unwrap_or(&EDGE)
    }

    /// The nearest unit that reports before `start` and from `end` on, each at most `reach` units away and in the
    /// sentence of `start`. O(1).
    pub(crate) fn cues_around(&self, start: usize, end: usize, reach: usize) -> [Option<u32>; 2] {
        let [before, from] = [self.at(start).before.cues, self.at(end).before.cues];
        self.around(&self.cues, [before, from], start, end, reach)
    }

    /// The same of parts of quotations.
    pub(crate) fn quotes_around(&self, start: usize, end: usize, reach: usize) -> [Option<u32>; 2] {
        let [before, from] = [self.at(start).before.quotes, self.at(end).before.quotes];
        self.around(&self.marked, [before, from], start, end, reach)
    }

    /// Of the units `list`, the last before `start` and the first from `end` on, where `counts` of them stand before
    /// each.
    fn around(
        &self,
        list: &[u32],
        counts: [u32; 2],
        start: usize,
        end: usize,
        reach: usize,
    ) -> [Option<u32>; 2] {
        let [before, from] = counts.map(|count| count as usize);
        let sentence = self.at(start).sentence;
        let here = |unit: &u32| self.at(*unit as usize).sentence == sentence;
        let last = before.checked_sub(1).and_then(|last| list.get(last));
        let next = list.get(from).filter(|_| end < self.len());
        [
            last.copied().filter(|unit| *unit as usize + reach >= start && here(unit)),
            next.copied().filter(|unit| (*unit as usize) < end + reach && here(unit)),
        ]
    }

    /// The unit of each part, in the order the parts were given.
    pub(crate) fn quotes(&self) -> &[u32] {
        &self.quotes
    }

    /// The first unit of a paragraph; one past the last unit for one beyond the last.
    pub(crate) fn paragraph_start(&self, paragraph: u32) -> usize {
        let index = paragraph.saturating_sub(self.first_paragraph) as usize;
        self.paragraphs.get(index).map_or(self.units.len(), |start| *start as usize)
    }

    /// What the language does that words alone do not tell.
    pub(crate) const fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// The index of the first paragraph.
    pub(crate) const fn first_paragraph(&self) -> u32 {
        self.first_paragraph
    }
}

/// Words that join clauses.
const JOINTS: Roles = Roles::CONJUNCTION.or(Roles::BREAK).or(Roles::RELATIVE);

// Sorts above those of the clusters: rare words by their ending, then all that is no word.
const RARE: u8 = 200;
const NAMED: u8 = 220;
const QUOTED: u8 = 221;
const OTHER: u8 = 222;

const ED: u8 = 1;
pub(crate) const ING: u8 = 2;

/// The ending of a word as a class; nought for none that tells.
fn ending(word: &str) -> u8 {
    match word.as_bytes() {
        [first, ..] if first.is_ascii_uppercase() => 6,
        [.., b'e', b'd'] => ED,
        [.., b'i', b'n', b'g'] => ING,
        [.., b'l', b'y'] => 3,
        [.., b'i', b'o', b'n' | b'a'] => 4,
        [.., b'e' | b'o', b'r'] => 5,
        [.., b's', b's'] => 0,
        [.., b's'] => 7,
        [.., b'a', b'l'] | [.., b'i', b'c'] | [.., b'v', b'e'] => 8,
        _ => 0,
    }
}

/// Whether a token stands right after another, in its paragraph and with no white space between.
fn follows(last: Option<&Token>, next: Option<&Token>) -> bool {
    let (Some(last), Some(next)) = (last, next) else { return false };
    !next.is_spaced() && last.paragraph() == next.paragraph()
}

/// One past the last token of the part that starts at the token `at`.
fn part_end(text: &Text<'_>, all: &[Token], at: usize, part: Span) -> usize {
    let rest = all.get(at..).unwrap_or(&[]).iter();
    let end = at + rest.take_while(|token| token.span().start < part.end).count().max(1);
    // “…”, said X: the comma is read as if it stood inside.
    let comma = follows(all.get(end - 1), all.get(end)) && text.word(end) == ",";
    end + usize::from(comma)
}

/// What is known of the word at `at`, of which by itself `entry` is, or of the pair that it opens; and one past its last
/// token.
#[inline]
fn paired(lexicon: &Lexicon, all: &[Token], at: usize, entry: Entry) -> (Entry, usize) {
    if entry.roles.any(Roles::PAIR)
        && let (Some(token), Some(next)) = (all.get(at), all.get(at + 1))
        && let Some(both) = lexicon.get(pair(token.key(), next.key()))
    {
        return (both, at + 2);
    }
    (entry, at + 1)
}

impl Unit {
    fn fill_with_quotation(&mut self) {
        self.class = self.class.or(Class::QUOTE);
        (self.key, self.name, self.roles) = (QUOTE, QUOTE, Roles::NONE);
        (self.cue, self.source, self.ending, self.sort) = (0, 0, 0, QUOTED);
    }

    /// Fills in what a token is, of whose word `entry` is known; its class says so far how it is laid out.
    #[inline(always)]
    fn fill(&mut self, text: &Text<'_>, token: &Token, entry: &Entry) {
        (self.key, self.name, self.roles) = (entry.key, entry.key, entry.roles);
        (self.cue, self.source, self.ending) = (entry.cue, entry.source, 0);
        if token.is_word() {
            self.fill_word(text, token, entry);
            return;
        }
        if token.kind() == TokenKind::Number {
            self.name = DIGITS;
        }
        let class = other(token.kind(), token.span().text(text.raw()));
        self.sort = OTHER + class.mark();
        self.class = self.class.or(class);
    }

    #[inline(always)]
    fn fill_word(&mut self, text: &Text<'_>, token: &Token, entry: &Entry) {
        let rare = entry.cluster == 0;
        self.sort = if rare { RARE } else { entry.cluster };
        if entry.roles == Roles::NONE {
            self.ending = ending(token.span().text(text.raw()));
            if rare {
                self.sort = RARE + self.ending;
            }
            if token.is_capitalised() && entry.cue < CUE {
                self.name = NAME;
                if rare || !self.is(Class::OPENS_SENTENCE) {
                    self.sort = NAMED;
                }
            }
        }
        self.class = self
            .class
            .or(Class::WORD)
            .or(Class::CAPITAL.when(token.is_capitalised()))
            .or(Class::UPPER.when(token.is_upper()))
            .or(Class::ABBREVIATION.when(token.is_abbreviation()));
    }
}

/// The class of what is no word.
fn other(kind: TokenKind, printed: &str) -> Class {
    match kind {
        TokenKind::Word => Class::WORD,
        TokenKind::Clitic => Class::CLITIC,
        TokenKind::Number => Class::NUMBER,
        TokenKind::Mark | TokenKind::Punctuation => Class::PUNCTUATION.or(match printed {
            "," => Class::COMMA,
            ":" => Class::COLON,
            "—" | "–" | "-" | "―" => Class::DASH,
            "." | "!" | "?" | ";" | "…" => Class::STOP,
            "(" | ")" | "[" | "]" => Class::BRACKET,
            _ => Class(0),
        }),
    }
}
