//! One pass over the paragraphs: pairs become stretches, split and continued quotations are joined.

use super::block::{self, Blocks};
use super::mark::{self, Family, Shape};
use super::pair::{Pair, Pairs, State};
use super::{Kind, Stretch, guess, join};
use crate::limits::{Limits, Notice};
use crate::text::{Paragraph, Span, Text};

/// How many paragraphs without any mark may stand inside a quotation that opens in one paragraph and closes in
/// another without being reopened.
const SILENT: usize = 8;

/// The marked stretches and the blocks of a text, in order of their first byte, and the limits that were hit.
///
/// O(n) time; memory is that of the stretches. Every part starts and ends on a token.
///
/// ```
/// use quotetrace::{Limits, quotation, text::Text};
///
/// let text = Text::new("“We will rebuild,” the mayor said. “All of it.”");
/// let (stretches, _) = quotation::find(&text, &Limits::DEFAULT);
/// assert_eq!(stretches.len(), 1);
/// assert_eq!(stretches[0].parts.len(), 2);
/// ```
#[must_use]
pub fn find(text: &Text<'_>, limits: &Limits) -> (Vec<Stretch>, Vec<Notice>) {
    let mut finder =
        Finder { text, limits, stretches: Vec::new(), chain: None, last: None, long: 0, indices: Vec::new() };
    let mut marks = Vec::new();
    let mut pairs = Pairs::default();
    let blocks = Blocks::new(text);
    let mut deep = 0;
    for (number, paragraph) in text.paragraphs().iter().enumerate() {
        mark::of_paragraph(text, paragraph.tokens.clone(), &mut marks);
        let next = text.paragraphs().get(number + 1);
        pairs.read(&marks, paragraph.span.end, limits.nesting, next.and_then(|next| starts_open(text, next)));
        deep += pairs.too_deep;
        let block = blocks.of(number, &pairs);
        finder.paragraph(paragraph, &pairs, block);
    }
    let mut notices = Vec::new();
    for (limit, count) in [("nesting", deep), ("paragraphs", finder.long)] {
        if count > 0 {
            notices.push(Notice::new(limit, count));
        }
    }
    (finder.stretches, notices)
}

/// The family of the mark that a paragraph starts with, if it may reopen a quotation.
fn starts_open(text: &Text<'_>, paragraph: &Paragraph) -> Option<Family> {
    let start = paragraph.tokens.start;
    let is_tight = || text.token(start + 1).is_some_and(|next| next.is_word() && !next.is_spaced());
    let (family, shape) = mark::read(text.word(start))?;
    let may = match family {
        Family::Single => shape != Shape::Closing && is_tight(),
        // They may be turned either way.
        Family::Guillemet | Family::Angle => true,
        _ => shape != Shape::Closing,
    };
    may.then_some(family)
}

/// A quotation that its paragraph left open.
struct Chain {
    stretch: usize,
    family: Family,
    /// Paragraphs without marks since, which are part of it if a closing mark follows.
    silent: Vec<Span>,
}

struct Finder<'a, 't> {
    text: &'a Text<'t>,
    limits: &'a Limits,
    stretches: Vec<Stretch>,
    chain: Option<Chain>,
    /// The last stretch of this paragraph that stands in no other, and its last part.
    last: Option<(usize, Span)>,
    /// How many parts were too many for their quotation.
    long: usize,
    /// The stretch that each pair of the paragraph went to.
    indices: Vec<Option<usize>>,
}

impl Finder<'_, '_> {
    fn paragraph(&mut self, paragraph: &Paragraph, pairs: &Pairs, block: Option<Span>) {
        self.last = None;
        self.indices.clear();
        let mut chain = self.chain.take();
        let crossed = |block: &Span| {
            let mut spans = pairs.pairs.iter().filter(|pair| pair.state != State::Dropped).map(Pair::span);
            spans.any(|span| span.overlaps(*block) && !block.covers(span))
        };
        let block = block.filter(|block| chain.is_none() && !crossed(block)).map(|span| {
            self.stretches.push(Stretch::new(Kind::Block, span));
            (self.stretches.len() - 1, span)
        });
        if let (Some(open), Some(end)) = (&mut chain, pairs.stray) {
            let silent = std::mem::take(&mut open.silent);
            for part in silent.into_iter().chain([Span::new(paragraph.span.start, end)]) {
                self.add(open.stretch, part);
            }
            chain = None;
        }
        let unmarked = pairs.pairs.iter().all(|pair| pair.state == State::Dropped);
        for pair in &pairs.pairs {
            let index = self.pair(pair, chain.as_ref(), block);
            self.indices.push(index);
            let outermost = |index: &usize| self.stretches.get(*index).is_some_and(|s| s.within.is_none());
            if let Some(stretch) = index.filter(outermost).filter(|_| pair.state == State::Unclosed) {
                self.chain = Some(Chain { stretch, family: pair.mark.family, silent: Vec::new() });
            }
        }
        if let (None, Some(mut open)) = (&self.chain, chain)
            && unmarked
            && open.silent.len() < SILENT
        {
            open.silent.push(paragraph.span);
            self.chain = Some(open);
        }
    }

    /// Makes a pair a stretch, or a further part of one; returns its index.
    fn pair(&mut self, pair: &Pair, chain: Option<&Chain>, block: Option<(usize, Span)>) -> Option<usize> {
        if pair.state == State::Dropped {
            return None;
        }
        let span = pair.span();
        let around = pair.parent.and_then(|parent| self.indices.get(parent).copied().flatten());
        let in_block =
            block.filter(|(_, block)| block.covers(span) && *block != span).map(|(index, _)| index);
        if let Some(index) = block.filter(|(_, block)| *block == span).map(|(index, _)| index) {
            return Some(index);
        }
        if let Some(within) = around.or(in_block) {
            let mut stretch = Stretch::new(guess::kind(self.text, span), span);
            stretch.within = Some(within);
            self.stretches.push(stretch);
            return Some(self.stretches.len() - 1);
        }
        // Every paragraph of a quotation is reopened, or none before its end.
        let continued = chain
            .filter(|open| open.silent.is_empty())
            .filter(|open| open.family == pair.mark.family && pair.mark.initial && self.last.is_none())
            .filter(|_| !block::starts_with_label(self.text, span))
            .map(|open| open.stretch);
        let split = self
            .last
            .filter(|(_, before)| pair.reopens || join::is_one(self.text, *before, span))
            .map(|(index, _)| index);
        // What its quotation has no room for is a quotation of its own, so that no words are lost.
        let joined = continued.or(split).filter(|index| self.add(*index, span));
        let index = joined.unwrap_or_else(|| {
            self.stretches.push(Stretch::new(guess::kind(self.text, span), span));
            self.stretches.len() - 1
        });
        self.last = Some((index, span));
        Some(index)
    }

    /// Adds a part to a stretch; tells whether there was room for it within the limit.
    fn add(&mut self, index: usize, part: Span) -> bool {
        let Some(stretch) = self.stretches.get_mut(index) else { return false };
        let room = stretch.parts.len() < self.limits.paragraphs;
        if room {
            stretch.parts.push(part);
        } else {
            self.long += 1;
        }
        room
    }
}
