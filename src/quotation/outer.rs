//! What a part gives of somebody's words: what stands between its outer marks.

use super::mark::{Family, Shape, read};
use crate::text::Span;

/// A part without the one mark that opens it, the mark of the same family that closes it, and the white space inside
/// them: of `“‘Run!’ he cried.”` it is `‘Run!’ he cried.`.
///
/// A part of a quotation of several paragraphs may have only one of the two, a paragraph that is set off none; a mark
/// that belongs to a quotation inside the part stays. O(length of the part).
pub(crate) fn without_outer_marks(text: &str, part: Span) -> Span {
    let whole = trimmed(text, part);
    let words = whole.text(text);
    let head = Edge::head(words);
    let rest = words.get(head.map_or(0, |head| head.length)..).unwrap_or("");
    let tail = Edge::tail(rest, head);
    let inside = rest.get(..rest.len() - tail.map_or(0, |tail| tail.length)).unwrap_or("");
    let (opened, closed) = match (head, tail) {
        (Some(head), Some(tail)) if head.family == tail.family => match depth(inside, head) {
            // An apostrophe stands at a part's both ends only as its marks.
            _ if head.family == Family::Single => (true, true),
            Some(1) => (true, true),
            // The last mark closes a quotation inside.
            Some(_) => (true, false),
            // The first one is closed inside, and the last one opened.
            None => (false, false),
        },
        (head, tail) => (
            head.is_some_and(|head| head.family != Family::Single && depth(rest, head).is_some()),
            tail.is_some_and(|tail| tail.family != Family::Single && !opens_inside(inside, tail)),
        ),
    };
    let start = head.filter(|_| opened).map_or(0, |head| head.length);
    let end = tail.filter(|_| closed).map_or(0, |tail| tail.length);
    trimmed(text, Span::new(whole.start + start, whole.end - end))
}

/// A span without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.text(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// A mark at one end of a part.
#[derive(Clone, Copy)]
struct Edge {
    family: Family,
    shape: Shape,
    length: usize,
}

impl Edge {
    fn of(mark: &str) -> Option<Self> {
        read(mark).map(|(family, shape)| Self { family, shape, length: mark.len() })
    }

    /// The mark that `words` start with: of two back-ticks or apostrophes both.
    fn head(words: &str) -> Option<Self> {
        let mut ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
        let (one, two) = (ends.next()?, ends.next());
        let mark = |end: usize| Self::of(words.get(..end)?);
        two.and_then(mark).or_else(|| mark(one))
    }

    /// The mark that `words` end with, of the family of the one before them if it may be.
    fn tail(words: &str, head: Option<Self>) -> Option<Self> {
        let mut starts = words.char_indices().rev().map(|(at, _)| at);
        let (one, two) = (starts.next()?, starts.next());
        let mark = |start: usize| Self::of(words.get(start..)?);
        let (one, two) = (mark(one), two.and_then(mark));
        let fits = |edge: &Self| head.is_some_and(|head| head.family == edge.family);
        two.filter(fits).or(one.filter(fits)).or(two).or(one)
    }
}

/// The least byte that a character of several starts with.
const FIRST_OF_MANY: u8 = 0xc2;

/// The shapes of the marks of one family in `words`, in order; those of ASCII, which are straight, left out.
fn shapes(words: &str, family: Family) -> impl DoubleEndedIterator<Item = Shape> {
    let starts = words.bytes().enumerate().filter(|(_, byte)| *byte >= FIRST_OF_MANY).map(|(at, _)| at);
    let read = move |at: usize| {
        let c = words.get(at..)?.chars().next()?;
        read(words.get(at..at + c.len_utf8())?)
    };
    starts.filter_map(read).filter(move |(other, _)| *other == family).map(|(_, shape)| shape)
}

/// How deep in quotations one is at the end of `words`, which the mark `head` opens; `None` if it is closed in them.
/// Straight marks tell nothing.
fn depth(words: &str, head: Edge) -> Option<usize> {
    shapes(words, head.family).try_fold(1_usize, |depth, shape| match (head.shape, shape) {
        (Shape::Straight, _) | (_, Shape::Straight) => Some(depth),
        (_, Shape::Low) => Some(depth + 1),
        (own, other) if own == other => Some(depth + 1),
        _ => depth.checked_sub(1).filter(|depth| *depth > 0),
    })
}

/// Whether `words` open the quotation that the mark `tail` after them closes.
fn opens_inside(words: &str, tail: Edge) -> bool {
    let outside =
        shapes(words, tail.family).rev().try_fold(1_usize, |depth, shape| match (tail.shape, shape) {
            (Shape::Straight, _) | (_, Shape::Straight) => Some(depth),
            (own, other) if own == other => Some(depth + 1),
            _ => depth.checked_sub(1).filter(|depth| *depth > 0),
        });
    outside.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(part: &str) -> &str {
        without_outer_marks(part, Span::new(0, part.len())).text(part)
    }

    #[test]
    fn one_mark_goes_at_either_end_and_no_more() {
        for (part, words) in [
            ("“We stay.”", "We stay."),
            ("“‘Run!’ he cried.”", "‘Run!’ he cried."),
            ("“‘Run!’”", "‘Run!’"),
            ("“He cried ‘run!’”", "He cried ‘run!’"),
            ("“… the players’”", "… the players’"),
            ("‘The players’ bus’", "The players’ bus"),
            ("\"'Run,' he said.\"", "'Run,' he said."),
            ("''We stay.''", "We stay."),
            ("``We stay.''", "We stay."),
            ("'''Run,' he said.''", "'Run,' he said."),
            ("„Wir bleiben“", "Wir bleiben"),
            ("«\u{a0}Nous restons\u{a0}»", "Nous restons"),
            ("»Wir bleiben«", "Wir bleiben"),
            ("「大丈夫」", "大丈夫"),
            ("『堤防は「大丈夫」』", "堤防は「大丈夫」"),
            ("＂We stay.＂", "We stay."),
            ("”Vi stannar”", "Vi stannar"),
        ] {
            assert_eq!(inner(part), words, "{part}");
        }
    }

    #[test]
    fn a_part_of_several_paragraphs_may_have_one_mark_or_none() {
        for (part, words) in [
            ("“We stay.", "We stay."),
            ("“He said ‘no.’", "He said ‘no.’"),
            ("“He called it “mad.”", "He called it “mad.”"),
            ("And we go.”", "And we go."),
            ("’Tis the season.”", "’Tis the season."),
            ("’Tis the season", "’Tis the season"),
            ("We are the players’", "We are the players’"),
            ("We stay.", "We stay."),
        ] {
            assert_eq!(inner(part), words, "{part}");
        }
    }

    #[test]
    fn what_is_quoted_inside_a_block_keeps_its_marks() {
        for part in ["“No,” she said. Then she left.", "She said “no.”", "“No,” she said, “and go.”"]
        {
            assert_eq!(inner(part), part);
        }
    }

    #[test]
    fn marks_alone_are_no_words() {
        for part in ["", " ", "“", "“”", "\"\"", "''", "'''", "“ ”"] {
            assert!(inner(part).chars().all(|c| c == '\''), "{part}");
        }
    }
}
