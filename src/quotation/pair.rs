//! Pairs opening and closing marks, a paragraph at a time.

use super::{Kind, Stretch};
use crate::limits::{Limits, Notice};
use crate::text::{Span, Text, TokenKind};

/// The marked stretches of a text, in order of their first byte, and the limits that were hit. O(n).
#[must_use]
pub fn find(text: &Text<'_>, _limits: &Limits) -> (Vec<Stretch>, Vec<Notice>) {
    let mut stretches = Vec::new();
    for paragraph in text.paragraphs() {
        let mut open: Option<usize> = None;
        for index in paragraph.tokens.clone() {
            let Some(token) = text.token(index).filter(|token| token.kind() == TokenKind::Mark) else {
                continue;
            };
            let here = token.span();
            match (text.word(index), open) {
                ("“" | "\"" | "''" | "``", None) => open = Some(here.start),
                ("”" | "\"" | "''", Some(start)) => {
                    stretches.push(Stretch::new(Kind::Direct, Span::new(start, here.end)));
                    open = None;
                }
                _ => {}
            }
        }
        if let Some(start) = open {
            stretches.push(Stretch::new(Kind::Direct, Span::new(start, paragraph.span.end)));
        }
    }
    (stretches, Vec::new())
}
