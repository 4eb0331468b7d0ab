//! Quotation marks: which family a mark belongs to, and which way its surroundings turn it.

use crate::text::{Span, Text, Token, TokenKind, is_invisible, key};

/// Marks that pair with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// “ ” " „ ‟ ＂ '' ``
    Double,
    /// ‘ ’ ' ‚ ‛ ` ´
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    Angle,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
}

/// Which way a glyph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Opening,
    Closing,
    /// „ and ‚: nothing but an opening mark, and what closes it may be drawn as an opening one.
    Low,
    Straight,
}

/// Which way the spaces, brackets and letters around a mark turn it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    Either,
}

/// A mark of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) family: Family,
    pub(super) shape: Shape,
    pub(super) side: Side,
    /// What stands before it touches it, and it is no bracket or dash.
    pub(super) attached: bool,
    /// The paragraph ends with it.
    pub(super) last: bool,
    /// The paragraph starts with it, or with it and other marks.
    pub(super) initial: bool,
    /// A comma, a colon or the end of a sentence stands before it: a quotation may start.
    pub(super) announced: bool,
    /// Where the sentence before it ends, if one does right there and the mark opens.
    pub(super) stop: Option<usize>,
    /// An apostrophe that leaves out the start of a word (’tis, ’90s): it opens nothing.
    pub(super) elides: bool,
    /// It may be the apostrophe of a plural's possessive (the players’ union) or of a dropped g (goin’ home).
    pub(super) possessive: bool,
    /// The inches of 6'3".
    pub(super) measure: bool,
}

/// The family and shape of a mark as printed.
pub(super) fn read(mark: &str) -> Option<(Family, Shape)> {
    use Family::{Angle, Corner, Double, Guillemet, Single, WhiteCorner};
    use Shape::{Closing, Low, Opening, Straight};
    Some(match mark {
        "“" | "``" | "‘‘" | "‟" => (Double, Opening),
        "”" | "’’" | "´´" => (Double, Closing),
        "\"" | "''" | "＂" => (Double, Straight),
        "„" => (Double, Low),
        "‘" | "‛" | "`" => (Single, Opening),
        "’" | "´" => (Single, Closing),
        "'" => (Single, Straight),
        "‚" => (Single, Low),
        "«" => (Guillemet, Opening),
        "»" => (Guillemet, Closing),
        "‹" => (Angle, Opening),
        "›" => (Angle, Closing),
        "「" => (Corner, Opening),
        "」" => (Corner, Closing),
        "『" => (WhiteCorner, Opening),
        "』" => (WhiteCorner, Closing),
        _ => return None,
    })
}

/// Words that an apostrophe begins in place of letters left out, without it.
const ELISIONS: &[u64] = &[
    key("tis"),
    key("twas"),
    key("twill"),
    key("twere"),
    key("em"),
    key("til"),
    key("till"),
    key("cause"),
    key("cuz"),
    key("coz"),
    key("bout"),
    key("round"),
    key("n"),
    key("neath"),
    key("nother"),
    key("tude"),
    key("hood"),
    key("s"),
    key("ne"),
    key("nen"),
    key("ner"),
    key("nem"),
];

/// The character before or after a place, invisible ones passed over.
fn visible(mut chars: impl Iterator<Item = char>) -> Option<char> {
    // A few at the most: a longer row of invisible characters is nobody's typography.
    chars.by_ref().take(8).find(|c| !is_invisible(*c))
}

const fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―' | '-' | '‒' | '/')
}

fn free_left(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || is_dash(c)
            || matches!(c, '(' | '[' | '{' | '<' | '*' | '_' | '=' | '>' | '•' | '¿' | '¡')
    })
}

fn free_right(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || is_dash(c)
            || matches!(c, ')' | ']' | '}' | '<' | '*' | '_' | '.' | ',' | ';' | ':' | '!' | '?' | '…')
    })
}

/// Reads the marks of one paragraph into `marks`. O(tokens).
pub(super) fn of_paragraph(text: &Text<'_>, tokens: std::ops::Range<usize>, marks: &mut Vec<Mark>) {
    marks.clear();
    let all = text.tokens();
    let start = tokens.start;
    let mut at = start;
    while let Some(token) = all.get(at).filter(|_| at < tokens.end) {
        if token.kind() != TokenKind::Mark {
            at += 1;
            continue;
        }
        // Marks that touch each other look past each other.
        let mut end = at + 1;
        while end < tokens.end && touches(all.get(end - 1), all.get(end)) {
            end += 1;
        }
        run(text, start, at, end, marks);
        at = end;
    }
}

fn touches(left: Option<&Token>, right: Option<&Token>) -> bool {
    matches!((left, right), (Some(l), Some(r)) if r.kind() == TokenKind::Mark && l.span().end == r.span().start)
}

/// Reads the marks `from..to` that touch each other.
fn run(text: &Text<'_>, start: usize, from: usize, to: usize, marks: &mut Vec<Mark>) {
    let all = text.tokens();
    let raw = text.raw();
    let (Some(first), Some(last)) = (all.get(from), all.get(to - 1)) else { return };
    let head = raw.get(..first.span().start).unwrap_or("");
    let tail = raw.get(last.span().end..).unwrap_or("");
    let before = visible(head.chars().rev());
    let after = visible(tail.chars());
    let (left, right) = (free_left(before), free_right(after));
    let side = match (left, right) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        (false, false) if before == Some(':') => Side::Open,
        _ => Side::Either,
    };
    let previous = from.checked_sub(1).and_then(|index| all.get(index)).filter(|_| from > start);
    let next = all.get(to).filter(|next| next.span().start == last.span().end);
    let follower = all.get(to).filter(|next| next.paragraph() == last.paragraph());
    let announced =
        previous.is_some_and(|token| matches!(token.span().text(raw), "," | ":" | "." | "?" | "!" | "”"));
    let stop = previous
        .filter(|token| side == Side::Open && matches!(token.span().text(raw), "." | "?" | "!" | "…"))
        .map(|token| token.span().end);
    for token in all.get(from..to).unwrap_or(&[]) {
        let span = token.span();
        let Some((family, shape)) = read(span.text(raw)) else { continue };
        let single = family == Family::Single;
        let straight = shape == Shape::Straight;
        let elides = single
            && next.is_some_and(|next| {
                ELISIONS.contains(&next.key())
                    || (next.kind() == TokenKind::Number
                        && (straight || shape == Shape::Closing)
                        && next.span().text(raw).trim_end_matches('s').len() <= 2)
            });
        let word = previous.filter(|token| token.span().end == first.span().start && to == from + 1);
        let possessive = single
            && word.is_some_and(|word| {
                let word = word.span().text(raw);
                word.ends_with(['s', 'S', 'x', 'z']) || (word.len() > 3 && word.ends_with("in"))
            })
            && follower.is_some_and(|next| {
                next.is_spaced() && next.kind() != TokenKind::Mark && next.kind() != TokenKind::Punctuation
            });
        marks.push(Mark {
            span,
            family,
            shape,
            side,
            attached: !left,
            last: follower.is_none(),
            initial: from == start,
            announced,
            stop,
            elides,
            possessive,
            measure: straight && measures(text, from, single),
        });
    }
}

/// Whether the straight mark at `index` stands for feet or inches: after a digit, and the single one before a
/// digit, or the double one after feet (`6'3"`, `6' 3"`).
fn measures(text: &Text<'_>, index: usize, single: bool) -> bool {
    let all = text.tokens();
    let number = |index: Option<usize>| {
        index.and_then(|index| all.get(index)).is_some_and(|token| token.kind() == TokenKind::Number)
    };
    let adjoins = index
        .checked_sub(1)
        .and_then(|before| all.get(before))
        .zip(all.get(index))
        .is_some_and(|(before, mark)| before.span().end == mark.span().start);
    if !adjoins || !number(index.checked_sub(1)) {
        return false;
    }
    if single {
        return number(Some(index + 1));
    }
    let feet = index.checked_sub(2).map(|at| text.word(at));
    matches!(feet, Some("'" | "′" | "’")) && number(index.checked_sub(3))
}
