//! A text as the rules see it, token by token: words with their classes, sentences, what is quoted.

use std::borrow::Cow;
use std::ops::Range;

use super::lexicon::{self, BEGINS};
use super::table::OutletTable;
use crate::document::Document;
use crate::text::{Span, Text, TokenKind};

/// How many tokens on either side of a word count as near it.
const NEAR: usize = 80;

/// The tokens of a text, what is known of each, and whose document it is.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) table: &'a OutletTable,
    classes: Vec<u64>,
    /// The tokens that a rule may begin at: those of a class of [`BEGINS`], in order.
    begins: Vec<u32>,
    /// The outlet that published the document, as an index of the table.
    pub(super) own: Option<usize>,
    /// The outlet's name as the document has it, where the table does not know it.
    pub(super) own_name: Option<String>,
    /// The same as printed there.
    pub(super) own_printed: &'a str,
    /// What it calls itself for short, where the table does not know it: the Herald; KQRT for KQRT-TV.
    pub(super) own_short: Option<&'a str>,
    /// What lies inside quotation marks, in order, without overlap.
    pub(super) quoted: Vec<Span>,
}

impl<'a> Tokens<'a> {
    pub(super) fn read(text: &'a Text<'a>, table: &'a OutletTable, document: &'a Document) -> Self {
        let own = own_outlet(table, document);
        let classes = lexicon::classes(text);
        let mut begins = Vec::with_capacity(classes.len() / 8 + 4);
        let words = classes.iter().zip(0..);
        begins.extend(words.filter_map(|(class, at)| (class & BEGINS != 0).then_some(at)));
        Self {
            text,
            table,
            begins,
            classes,
            own,
            own_name: document.outlet().map(super::table::bare),
            own_printed: document.outlet().unwrap_or(""),
            own_short: document.outlet().filter(|_| own.is_none()).and_then(short),
            quoted: Vec::new(),
        }
    }

    /// Whether the token at `index` is of any of `classes`.
    #[inline]
    pub(super) fn is(&self, index: usize, classes: u64) -> bool {
        self.classes.get(index).is_some_and(|class| class & classes != 0)
    }

    /// The tokens of any of `CLASSES`, which are of [`BEGINS`], in order.
    pub(super) fn all<const CLASSES: u64>(&self) -> impl Iterator<Item = usize> + '_ {
        self.all_in::<CLASSES>(0..self.classes.len())
    }

    /// Those of a range of tokens. O(log n) to find the first.
    pub(super) fn all_in<const CLASSES: u64>(
        &self,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = usize> + '_ {
        const { assert!(CLASSES & !BEGINS == 0, "rules begin at words of other classes") };
        let first = self.begins.partition_point(|at| (*at as usize) < tokens.start);
        let found = self.begins.get(first..).unwrap_or(&[]).iter().map(|at| *at as usize);
        found.take_while(move |at| *at < tokens.end).filter(|at| self.is(*at, CLASSES))
    }

    /// The word at `index` in lower case; copied only if it is not so already.
    pub(super) fn lower(&self, index: usize) -> Cow<'_, str> {
        let word = self.word(index);
        if word.chars().any(char::is_uppercase) {
            Cow::Owned(word.to_lowercase())
        } else {
            Cow::Borrowed(word)
        }
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.text.word(index)
    }

    pub(super) fn key(&self, index: usize) -> u64 {
        self.text.token(index).map_or(0, |token| token.key())
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.text.token(index).map(|token| token.kind())
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word)
    }

    pub(super) fn is_mark(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Mark)
    }

    pub(super) fn is_clitic(&self, index: usize) -> bool {
        // The possessive of a plural (“the Times’ report”) is a mark to the tokeniser.
        self.kind(index) == Some(TokenKind::Clitic)
            || (matches!(self.word(index), "’" | "'")
                && self.text.token(index).is_some_and(|token| !token.is_spaced())
                && index.checked_sub(1).is_some_and(|before| self.word(before).ends_with(['s', 'S'])))
    }

    pub(super) fn is_capitalised(&self, index: usize) -> bool {
        self.text.token(index).is_some_and(|token| token.is_capitalised())
    }

    pub(super) fn starts(&self, index: usize) -> usize {
        self.text.token(index).map_or(0, |token| token.span().start)
    }

    /// The tokens of the sentence that the token at `index` stands in.
    pub(super) fn sentence(&self, index: usize) -> Range<usize> {
        let sentence = self.text.token(index).map_or(0, |token| token.sentence());
        self.text.sentences().get(sentence).cloned().unwrap_or(index..index)
    }

    /// The part of its sentence that is near the token at `index`: what rules look through stays bounded, however
    /// long a sentence is.
    pub(super) fn near(&self, index: usize) -> Range<usize> {
        let sentence = self.sentence(index);
        sentence.start.max(index.saturating_sub(NEAR))..sentence.end.min(index + NEAR)
    }

    /// Whether a quotation mark is near, in the same sentence.
    pub(super) fn has_marks(&self, index: usize) -> bool {
        self.near(index).any(|at| self.is_mark(at) && !self.is_clitic(at))
    }

    /// The tokens of the paragraph that the token at `index` stands in.
    pub(super) fn paragraph(&self, index: usize) -> Range<usize> {
        let paragraph = self.text.token(index).map_or(0, |token| token.paragraph());
        self.text.paragraphs().get(paragraph).map_or(index..index, |paragraph| paragraph.tokens.clone())
    }

    /// Whether a name is that of the document's own outlet, as the document has it.
    pub(super) fn is_own(&self, name: Range<usize>) -> bool {
        self.own_name.as_deref().is_some_and(|own| own == super::table::bare(self.printed(name)))
    }

    /// Whether the token at `index` is inside quotation marks.
    pub(super) fn is_quoted(&self, index: usize) -> bool {
        let start = self.starts(index);
        let after = self.quoted.partition_point(|span| span.start <= start);
        let span = after.checked_sub(1).and_then(|at| self.quoted.get(at));
        span.is_some_and(|span| start < span.end)
    }

    /// The words of a range of tokens as printed.
    pub(super) fn printed(&self, tokens: Range<usize>) -> &'a str {
        self.text.span_of(tokens).map_or("", |span| span.text(self.text.raw()))
    }
}

/// The outlet that a document says it is of: by its address, then by its outlet's name, with what collections
/// add to names (“CNN (Web News)”, “Fox Online News”) left out.
fn own_outlet(table: &OutletTable, document: &Document) -> Option<usize> {
    if let Some(index) = document.url().and_then(|url| table.index_of_url(url)) {
        return Some(index);
    }
    let name = document.outlet()?;
    let plain = name.split(" (").next().unwrap_or(name);
    let plain = plain.split(" - ").next().unwrap_or(plain);
    table
        .index_of(name)
        .or_else(|| table.index_of(plain))
        .or_else(|| table.index_of(&plain.replace(" Online", "")))
        .or_else(|| table.index_of(plain.trim_end_matches(" Online News")))
}

/// What an outlet calls itself for short: the last word of a newspaper's name, a station's call sign.
fn short(name: &str) -> Option<&str> {
    for ending in ["-TV", "-FM", "-AM", " TV", " News"] {
        if let Some(sign) = name.strip_suffix(ending).filter(|sign| !sign.contains(' ')) {
            return Some(sign);
        }
    }
    let (first, last) = name.rsplit_once(' ')?;
    let is_name = last.chars().next().is_some_and(char::is_uppercase) && !first.eq_ignore_ascii_case("the");
    is_name.then_some(last)
}
