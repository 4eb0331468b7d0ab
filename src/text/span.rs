//! A stretch of a text: a byte range that is cheap to copy.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of **byte offsets** into a document's own text.
///
/// Both ends lie on char boundaries of that text. A span is `Copy`, orders by start and then by end, and
/// serialises as `{"start": n, "end": m}`.
///
/// ```
/// use quotetrace::Span;
///
/// let span = Span::new(4, 9);
/// assert_eq!(span.of("“No”, said she"), Some("o”,"));
/// assert_eq!(span.len(), 5);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; an end before the start is taken as the start.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The text it covers, or `None` if it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The text it covers, or the empty string if it does not fit `text`.
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        self.of(text).unwrap_or("")
    }

    /// Whether `offset` lies inside.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Spans in order of their starts, with those that overlap or touch made one. O(n).
    pub(crate) fn joined(spans: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut joined: Vec<Self> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        joined
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_before_the_start_is_an_empty_span() {
        assert_eq!(Span::new(5, 3), Span { start: 5, end: 5 });
        assert!(Span::new(5, 3).is_empty());
    }

    #[test]
    fn one_that_was_written_the_wrong_way_round_is_empty() {
        let read: Span = serde_json::from_str(r#"{"start":5,"end":3}"#).unwrap();
        assert!(read.is_empty() && read.of("“no, no”").is_none());
        assert_eq!(read.len(), 0);
    }

    #[test]
    fn a_span_that_does_not_fit_gives_no_text() {
        assert_eq!(Span::new(1, 9).of("“a”"), None);
        assert_eq!(Span::new(1, 9).text("“a”"), "");
    }
}
