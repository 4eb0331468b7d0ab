//! Floor 1: quotation marks, their pairing, and the kinds of quotation.

mod block;
#[cfg(test)]
mod cases;
mod find;
mod guess;
mod join;
mod kind;
mod mark;
mod outer;
mod pair;
mod set_off;

pub use find::find;
pub use kind::Kind;
pub(crate) use outer::without_outer_marks;
pub use set_off::set_off;

use crate::text::Span;

/// One stretch of a document between marks (or set off as a block), before anybody is named as its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stretch {
    /// The kind, as far as marks, layout and the neighbouring words tell.
    pub kind: Kind,
    /// Its parts, each from opening mark to closing mark inclusive, in order; at least one.
    pub parts: Vec<Span>,
    /// The index of the stretch it is nested in.
    pub within: Option<usize>,
}

impl Stretch {
    /// A stretch of one part.
    #[must_use]
    pub fn new(kind: Kind, part: Span) -> Self {
        Self { kind, parts: vec![part], within: None }
    }

    /// From the first part's start to the last part's end.
    #[must_use]
    pub fn span(&self) -> Span {
        match (self.parts.first(), self.parts.last()) {
            (Some(first), Some(last)) => first.cover(*last),
            _ => Span::default(),
        }
    }
}
