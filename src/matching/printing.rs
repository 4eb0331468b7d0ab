//! One quotation of one document, as matching sees it.

use crate::confidence::Confidence;
use crate::document::Published;
use crate::name::Name;
use crate::quotation::Kind;
use crate::text::Span;

/// One quotation of one document, as matching sees it: the words of its parts, read as one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Printing {
    /// The document's id.
    pub document: Name,
    /// The index of the quotation in that document's analysis.
    pub quotation: usize,
    /// The quotation's kind.
    pub kind: Kind,
    /// Who says it, as this document has it.
    pub speaker: Option<Name>,
    /// How sure that is.
    pub confidence: Confidence,
    /// When the document was published.
    pub published: Option<Published>,
    /// Whether it goes on where the quotation before it stopped: the same speaker, in the same paragraph.
    pub goes_on: bool,
    /// The words of all parts, joined by spaces.
    pub text: String,
    pub(super) parts: Vec<Part>,
}

/// One part of a printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The index of the quotation that it is part of, in the document's analysis.
    pub(super) quotation: usize,
    /// Where the words stand in the document, without the outer marks.
    pub(super) span: Span,
    /// Where they stand in the printing's text.
    pub(super) at: Span,
}

impl Printing {
    /// A printing of `text` at `span` of `document`, with nobody named as its speaker.
    #[must_use]
    pub fn new(document: impl Into<Name>, quotation: usize, kind: Kind, span: Span, text: &str) -> Self {
        let empty = Self {
            document: document.into(),
            quotation,
            kind,
            speaker: None,
            confidence: Confidence::default(),
            published: None,
            goes_on: false,
            text: String::new(),
            parts: Vec::new(),
        };
        empty.with_part(span, text)
    }

    /// With a further part.
    #[must_use]
    pub fn with_part(mut self, span: Span, text: &str) -> Self {
        self.push(self.quotation, span, text);
        self
    }

    /// With the parts of a quotation that goes on where this one stops.
    #[must_use]
    pub(super) fn with_next(mut self, next: &Self) -> Self {
        for part in &next.parts {
            self.push(part.quotation, part.span, part.at.text(&next.text));
        }
        self
    }

    fn push(&mut self, quotation: usize, span: Span, text: &str) {
        if !self.parts.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { quotation, span, at: Span::new(start, self.text.len()) });
    }

    /// With its speaker, and how sure that is; an empty name is nobody's.
    #[must_use]
    pub fn with_speaker(mut self, speaker: impl Into<Name>, confidence: Confidence) -> Self {
        let speaker = speaker.into();
        if !speaker.is_empty() {
            self.speaker = Some(speaker);
            self.confidence = confidence;
        }
        self
    }

    /// From the first part's start to the last part's end.
    #[must_use]
    pub fn span(&self) -> Span {
        match (self.parts.first(), self.parts.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The piece of it at `within`, a span of its text.
    pub(super) fn piece(&self, within: Span) -> Self {
        let mut piece = Self { text: String::new(), parts: Vec::new(), ..self.clone() };
        for part in &self.parts {
            let cut = Span::new(part.at.start.max(within.start), part.at.end.min(within.end));
            let text = cut.text(&self.text);
            if cut.start < cut.end && !text.trim().is_empty() {
                let start =
                    part.span.start + (cut.start - part.at.start) + (text.len() - text.trim_start().len());
                piece.push(part.quotation, Span::new(start, start + text.trim().len()), text.trim());
            }
        }
        piece
    }
}
