//! The first guess at a stretch's kind, from its own words; what stands around it is weighed later.

use super::Kind;
use crate::text::{Span, Text, TokenKind};

/// A fragment that starts in lower case, or a few words without a final stop, is `Mixed`; all else is `Direct`.
pub(super) fn kind(text: &Text<'_>, span: Span) -> Kind {
    let tokens = text.tokens_in(span);
    let all = text.tokens().get(tokens).unwrap_or(&[]);
    let mut words = all.iter().filter(|token| matches!(token.kind(), TokenKind::Word | TokenKind::Number));
    let Some(first) = words.next() else { return Kind::Mixed };
    if first.span().text(text.raw()).chars().next().is_some_and(char::is_lowercase) {
        return Kind::Mixed;
    }
    let last = all.iter().rev().find(|token| token.kind() != TokenKind::Mark);
    let stopped = last.is_some_and(|token| {
        matches!(token.span().text(text.raw()), "." | "," | "?" | "!" | "…" | "—" | "–")
            || token.is_abbreviation()
    });
    if stopped || words.take(4).count() == 4 { Kind::Direct } else { Kind::Mixed }
}
