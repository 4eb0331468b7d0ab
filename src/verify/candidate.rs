//! Words of a document that a claim may be: a quotation's, or a stretch of the text.

use crate::analysis::Quotation;
use crate::text::Span;

/// Words of a document, put together from one or several stretches.
pub(super) struct Candidate {
    pub(super) wording: String,
    /// Where the wording's stretches begin in it, and where they stand in the document, in order.
    pieces: Vec<(usize, Span)>,
}

impl Candidate {
    /// A stretch of the text.
    pub(super) fn stretch(text: &str, span: Span) -> Self {
        Self { wording: span.text(text).to_owned(), pieces: vec![(0, span)] }
    }

    /// The parts of quotations, put together.
    pub(super) fn quotations(text: &str, quotations: &[&Quotation]) -> Self {
        let (mut wording, mut pieces) = (String::new(), Vec::new());
        for part in quotations.iter().flat_map(|quotation| &quotation.parts) {
            if !wording.is_empty() {
                wording.push(' ');
            }
            pieces.push((wording.len(), *part));
            wording.push_str(part.text(text));
        }
        Self { wording, pieces }
    }

    /// Where a place of the wording stands in the document.
    pub(super) fn point(&self, offset: usize) -> Span {
        let piece = self.pieces.iter().rev().find(|(start, _)| *start <= offset);
        let at = piece.map_or(0, |(start, span)| (span.start + (offset - start)).min(span.end));
        Span::new(at, at)
    }

    /// Where an interval of the wording stands in the document.
    pub(super) fn span(&self, at: Span) -> Option<Span> {
        let (start, end) = (self.point(at.start).start, self.point(at.end).end);
        (start <= end).then(|| Span::new(start, end))
    }
}
