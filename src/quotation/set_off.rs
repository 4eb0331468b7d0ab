//! Blocks that the input itself sets off as somebody's words, such as the `blockquote`s of a page.

use super::{Kind, Stretch};
use crate::text::{Span, Text};

/// Takes the `blocks` that came with a document into its `stretches`: each becomes a quotation of kind
/// [`Kind::Block`] with a part a paragraph, and what is quoted inside is nested in it. One between marks as a whole
/// stays the quotation that it is; one that a quotation runs across is left alone. O(n log n) in stretches and blocks.
pub fn set_off(text: &Text<'_>, stretches: &mut Vec<Stretch>, blocks: &[Span]) {
    let mut blocks = blocks.to_vec();
    blocks.sort_unstable();
    let mut end = 0;
    // Blocks inside blocks are part of the outer one.
    blocks.retain(|block| {
        let outer = block.start >= end;
        if outer {
            end = block.end;
        }
        outer
    });
    let mut outer: Vec<Span> =
        stretches.iter().filter(|stretch| stretch.within.is_none()).map(Stretch::span).collect();
    outer.sort_unstable_by_key(|span| (span.end, span.start));
    let free = blocks.iter().filter(|block| is_free(**block, &outer));
    let fresh: Vec<Stretch> = free.filter_map(|block| of(text, *block)).collect();
    if !fresh.is_empty() {
        merge(stretches, fresh);
    }
}

/// The block as a quotation, a part a paragraph; `None` if it has no words.
fn of(text: &Text<'_>, block: Span) -> Option<Stretch> {
    let paragraphs = text.paragraphs();
    let first = paragraphs.partition_point(|paragraph| paragraph.span.end <= block.start);
    let within = paragraphs.iter().skip(first).take_while(|paragraph| paragraph.span.start < block.end);
    let part = |span: Span| Span::new(span.start.max(block.start), span.end.min(block.end));
    let parts: Vec<Span> = within
        .map(|paragraph| part(paragraph.span))
        .filter(|part| !part.text(text.raw()).trim().is_empty())
        .collect();
    (!parts.is_empty()).then_some(Stretch { kind: Kind::Block, parts, within: None })
}

/// Whether none of the outermost quotations, in order of their ends, is the block already, holds it or runs across
/// its ends.
fn is_free(block: Span, outer: &[Span]) -> bool {
    // What is between marks as a whole reaches from end to end but for a stop.
    let fills = |span: Span| span.start <= block.start + 1 && span.end + 2 >= block.end;
    let first = outer.partition_point(|span| span.end <= block.start);
    let mut near = outer.iter().skip(first).take_while(|span| span.start < block.end);
    !near.any(|span| fills(*span) || !block.covers(*span))
}

/// Puts `fresh` among `stretches` in order of their first byte; indices follow.
fn merge(stretches: &mut Vec<Stretch>, fresh: Vec<Stretch>) {
    let old = std::mem::take(stretches);
    let mut places = vec![0; old.len()];
    let mut all: Vec<(Option<usize>, Stretch)> = fresh.into_iter().map(|stretch| (None, stretch)).collect();
    all.extend(old.into_iter().enumerate().map(|(index, stretch)| (Some(index), stretch)));
    // A block comes before what starts with it.
    all.sort_by_key(|(index, stretch)| (stretch.span().start, index.is_some(), *index));
    for (place, (index, _)) in all.iter().enumerate() {
        if let Some(slot) = index.and_then(|index| places.get_mut(index)) {
            *slot = place;
        }
    }
    let mut outer: Option<(usize, Span)> = None;
    for (place, (index, mut stretch)) in all.into_iter().enumerate() {
        let span = stretch.span();
        match index {
            None => outer = Some((place, span)),
            Some(_) => {
                let within = stretch.within.and_then(|index| places.get(index).copied());
                let block = outer.filter(|(_, block)| block.covers(span)).map(|(place, _)| place);
                stretch.within = within.or(block);
            }
        }
        stretches.push(stretch);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    /// Kind, words and outer quotation of everything quoted in `raw`, whose words between `[` and `]` are set off.
    fn quoted(raw: &str) -> Vec<(Kind, String, Option<usize>)> {
        let plain = raw.replace(['[', ']'], "");
        let mut blocks = Vec::new();
        for (number, piece) in raw.split('[').enumerate().skip(1) {
            let before: usize = raw.split('[').take(number).map(|piece| piece.replace(']', "").len()).sum();
            blocks.push(Span::new(before, before + piece.split(']').next().unwrap().len()));
        }
        let text = Text::new(&plain);
        let mut stretches = super::super::find(&text, &Limits::DEFAULT).0;
        set_off(&text, &mut stretches, &blocks);
        let words = |stretch: &Stretch| {
            stretch.parts.iter().map(|part| part.text(&plain)).collect::<Vec<_>>().join(" / ")
        };
        stretches.iter().map(|stretch| (stretch.kind, words(stretch), stretch.within)).collect()
    }

    #[test]
    fn a_block_has_a_part_a_paragraph_and_holds_what_is_quoted_in_it() {
        let found = quoted(
            "“No,” he said.\n\nShe wrote:\n\n[We stay here.\n\nHe called it “a raft without a paddle” again.]\n\nSo.",
        );
        assert_eq!(
            found[1],
            (Kind::Block, "We stay here. / He called it “a raft without a paddle” again.".into(), None)
        );
        assert_eq!(found[2].2, Some(1));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn a_block_between_marks_stays_one_quotation() {
        let found = quoted("She wrote:\n\n[“We stay here, all of us.”]\n\nSo.");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_block_without_words_is_none() {
        assert_eq!(quoted("One.\n\n[ \n ]\n\nTwo."), []);
    }
}
