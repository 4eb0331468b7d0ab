//! Words of a document that a claim may be: a quotation's, or a stretch of the text.

use std::borrow::Cow;

use crate::analysis::Quotation;
use crate::text::Span;

/// Words of a document, put together from one or several stretches.
pub(super) struct Candidate<'d> {
    pub(super) wording: Cow<'d, str>,
    /// Where the wording's stretches begin in it, and where they stand in the document, in order.
    pieces: Vec<(usize, Span)>,
}

impl<'d> Candidate<'d> {
    /// A stretch of the text.
    pub(super) fn stretch(text: &'d str, span: Span) -> Self {
        Self { wording: Cow::Borrowed(span.text(text)), pieces: vec![(0, span)] }
    }

    /// The parts of quotations, put together.
    pub(super) fn quotations(text: &'d str, quotations: &[&Quotation]) -> Self {
        let (mut wording, mut pieces) = (String::new(), Vec::new());
        for part in quotations.iter().flat_map(|quotation| &quotation.parts) {
            if !wording.is_empty() {
                wording.push(' ');
            }
            pieces.push((wording.len(), *part));
            wording.push_str(part.text(text));
        }
        Self { wording: Cow::Owned(wording), pieces }
    }
}

/// An interval of a candidate's wording.
pub(super) struct Place<'c> {
    pub(super) wording: &'c str,
    /// Where it begins.
    start: usize,
    pieces: &'c [(usize, Span)],
}

impl<'c> Place<'c> {
    pub(super) fn new(candidate: &'c Candidate<'_>, at: Span) -> Self {
        Self { wording: at.text(&candidate.wording), start: at.start, pieces: &candidate.pieces }
    }

    /// Where a point of it stands in the document.
    pub(super) fn point(&self, offset: usize) -> Span {
        let offset = self.start + offset;
        let piece = self.pieces.iter().rev().find(|(start, _)| *start <= offset);
        let at = piece.map_or(0, |(start, span)| (span.start + (offset - start)).min(span.end));
        Span::new(at, at)
    }

    /// Where an interval of it stands in the document.
    pub(super) fn span(&self, at: Span) -> Option<Span> {
        let (start, end) = (self.point(at.start).start, self.point(at.end).end);
        (start <= end).then(|| Span::new(start, end))
    }
}
