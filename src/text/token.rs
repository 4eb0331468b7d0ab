//! What a text is read as: words, numbers, marks and other punctuation, each with its place.

use super::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters, with inner apostrophes, hyphens and the stops of abbreviations (`don’t`, `U.S.`, `Rep.`).
    Word,
    /// A word’s possessive or contracted ending: `’s` and its spellings.
    Clitic,
    /// Digits, with inner stops and commas.
    Number,
    /// A character, or two, that may open or close a quotation.
    Mark,
    /// Any other punctuation or symbol, one character each.
    Punctuation,
}

/// A word, number or punctuation mark with its place.
///
/// A token is small and `Copy`; its words are `token.span().text(raw)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) key: u64,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    pub(super) kind: TokenKind,
    pub(super) flags: u8,
}

pub(super) const CAPITAL: u8 = 1;
pub(super) const UPPER: u8 = 2;
pub(super) const SPACE_BEFORE: u8 = 4;
pub(super) const ABBREVIATION: u8 = 8;
pub(super) const PLAIN_WORD: u8 = 16;

impl Token {
    /// Its bytes.
    #[must_use]
    pub const fn span(self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }

    /// The key of its lower-case form; compare with [`key`](super::key).
    #[must_use]
    pub const fn key(self) -> u64 {
        self.key
    }

    /// What it is.
    #[must_use]
    pub const fn kind(self) -> TokenKind {
        self.kind
    }

    /// The index of its sentence.
    #[must_use]
    pub const fn sentence(self) -> usize {
        self.sentence as usize
    }

    /// The index of its paragraph.
    #[must_use]
    pub const fn paragraph(self) -> usize {
        self.paragraph as usize
    }

    /// Whether it is a word that starts with a capital.
    #[must_use]
    pub const fn is_capitalised(self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// Whether it is a word of two letters or more, all of them capitals.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        self.flags & UPPER != 0
    }

    /// Whether white space, or the start of the text, stands before it.
    #[must_use]
    pub const fn is_spaced(self) -> bool {
        self.flags & SPACE_BEFORE != 0
    }

    /// Whether it is a word that ends with the stop of an abbreviation (`Rep.`, `J.`, `U.S.`).
    #[must_use]
    pub const fn is_abbreviation(self) -> bool {
        self.flags & ABBREVIATION != 0
    }

    /// Whether it is a word of ASCII letters and digits only: no apostrophe, no hyphen, no stop.
    #[must_use]
    pub(crate) const fn is_plain(self) -> bool {
        self.flags & PLAIN_WORD != 0
    }

    /// Whether it is a word.
    #[must_use]
    pub const fn is_word(self) -> bool {
        matches!(self.kind, TokenKind::Word)
    }
}
