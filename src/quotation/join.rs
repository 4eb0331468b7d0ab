//! Whether two marked stretches of a paragraph are one quotation split around its cue.

use crate::text::{Span, Text, TokenKind};

/// The most tokens that may stand between the two.
const REACH: usize = 60;

/// Whether `before` and `after`, which follow each other in one paragraph, are the parts of one quotation:
/// “…,” she said. “…” or “…,” she said, “and …”.
///
/// The first part is a clause that ends on a comma, a question or an exclamation; between them stands one
/// sentence or clause and no more. On PolNeAR's training half, 97 % of such neighbours belong to one attribution,
/// and 91 % of those where a comma precedes a part in lower case.
pub(super) fn is_one(text: &Text<'_>, before: Span, after: Span) -> bool {
    let gap = text.tokens_in(Span::new(before.end, after.start));
    if gap.is_empty() || gap.len() > REACH {
        return false;
    }
    let said = text.tokens_in(before);
    let Some(first) = said.clone().find(|&index| is_worded(text, index)) else { return false };
    let Some(last) = said.rev().find(|&index| !is_mark(text, index)) else { return false };
    let end = text.word(last);
    let interrupted = matches!(end, "," | "?" | "!" | "—" | "–" | "…" | "-");
    let Some(resumed) = text.tokens_in(after).find(|&index| is_worded(text, index)) else { return false };
    let tokens = text.tokens();
    let (Some(head), Some(tail)) = (tokens.get(gap.start), tokens.get(gap.end - 1)) else { return false };
    let capital = |index: usize| !starts_small(text, index);
    let clause = capital(first) && text.tokens_in(before).len() > 3;
    if !interrupted || head.sentence() != tail.sentence() || !clause {
        return false;
    }
    match text.word(gap.end - 1) {
        "." => capital(resumed) && !has_own_cue(text, after),
        "," | "—" | "–" | ";" => !capital(resumed),
        _ => false,
    }
}

/// Whether a cue of its own follows a part: it ends on a comma, or its sentence goes on in words after its mark.
fn has_own_cue(text: &Text<'_>, part: Span) -> bool {
    let last = text.tokens_in(part).rev().find(|&index| !is_mark(text, index));
    let goes_on = || {
        let next = text.tokens_in(part).end;
        let inside = |index: usize| text.token(index).map(|token| token.paragraph());
        starts_small(text, next) && last.and_then(inside) == inside(next)
    };
    last.is_some_and(|index| match text.word(index) {
        "," => true,
        "?" | "!" | "…" | "—" | "–" => goes_on(),
        _ => false,
    })
}

fn is_mark(text: &Text<'_>, index: usize) -> bool {
    text.token(index).is_some_and(|token| token.kind() == TokenKind::Mark)
}

fn is_worded(text: &Text<'_>, index: usize) -> bool {
    text.token(index).is_some_and(|token| matches!(token.kind(), TokenKind::Word | TokenKind::Number))
}

fn starts_small(text: &Text<'_>, index: usize) -> bool {
    text.word(index).chars().next().is_some_and(char::is_lowercase)
}
