//! Floor 0: spans, words, sentences and paragraphs, and the normal form with its map back.
//!
//! One pass over the text finds all tokens; sentences and paragraphs are ranges of them. Everything is
//! linear in the length of the text.

mod fold;
mod key;
mod lookup;
mod normal;
mod offsets;
mod read;
mod span;
mod stop;
mod token;
mod vocabulary;

pub(crate) use fold::{is_combining, is_invisible};
pub(crate) use key::Hasher;
pub use key::{key, key_of};
pub(crate) use lookup::Lookup;
pub use normal::{Normal, NormalWord};
pub use offsets::Offsets;
pub(crate) use read::is_mark;
pub use span::Span;
pub use token::{Token, TokenKind};
pub(crate) use vocabulary::{Vocabulary, WordTable};

use std::ops::Range;

/// `words` with every stretch of white space made one space, and none at the ends.
pub(crate) fn spaced(words: &str) -> String {
    let mut spaced = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// A text with its tokens, sentences and paragraphs.
///
/// ```
/// use quotetrace::text::Text;
///
/// let text = Text::new("Rep. J. J. Doe spoke. She left the U.S. on Friday.\nNobody followed.");
/// assert_eq!(text.sentences().len(), 3);
/// assert_eq!(text.paragraphs().len(), 2);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Text<'a> {
    raw: &'a str,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    paragraphs: Vec<Paragraph>,
    /// The words it was looked up in, and the number of each token there.
    vocabulary: Option<&'static Vocabulary>,
    numbers: Vec<u32>,
}

/// A stretch between two line breaks that holds at least one token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paragraph {
    /// From its first token to its last.
    pub span: Span,
    /// Its tokens, as a range of indices.
    pub tokens: Range<usize>,
    /// Its sentences, as a range of indices.
    pub sentences: Range<usize>,
    /// Whether a blank line (or the start of the text) stands before it.
    pub after_blank: bool,
}

impl<'a> Text<'a> {
    /// Reads `raw` in one pass: O(n) time and memory.
    #[must_use]
    pub fn new(raw: &'a str) -> Self {
        read::read(raw)
    }

    /// The same, with its words looked up for all tables at once. O(n).
    pub(crate) fn with_vocabulary(raw: &'a str, vocabulary: &'static Vocabulary) -> Self {
        let text = Self::new(raw);
        Self { numbers: vocabulary.numbers(&text.tokens), vocabulary: Some(vocabulary), ..text }
    }

    /// The text itself.
    #[must_use]
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// All tokens, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The token at `index`.
    #[must_use]
    pub fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The words of the token at `index`, or the empty string.
    #[must_use]
    pub fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.span().text(self.raw))
    }

    /// The sentences, each a range of token indices; none crosses a paragraph.
    #[must_use]
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The paragraphs.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The index of the first token that starts at or after the byte `offset`. O(log n).
    #[must_use]
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span().start < offset)
    }

    /// The tokens that lie inside `span`, as a range of indices. O(log n).
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.token_at(span.start);
        let last = self.tokens.partition_point(|token| token.span().end <= span.end);
        first..last.max(first)
    }

    /// The span of a range of tokens, or `None` if it is empty.
    #[must_use]
    pub fn span_of(&self, tokens: Range<usize>) -> Option<Span> {
        let first = self.tokens.get(tokens.start)?;
        let last = self.tokens.get(tokens.end.checked_sub(1)?)?;
        (tokens.start < tokens.end).then(|| Span::new(first.span().start, last.span().end))
    }
}
