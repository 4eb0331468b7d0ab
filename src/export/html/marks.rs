//! Marks over a text that may nest, overlap and begin at one place, as elements that nest.

use std::io::{self, Write};

use super::escape::Escaped;
use crate::text::Span;

/// How many marks may be open at one place. What would open one more is left unmarked there, so that a text made for
/// it can't make the page grow faster than itself.
const DEPTH: usize = 12;

/// A stretch of a text to be shown as an element.
pub(super) struct Mark {
    /// The bytes that it covers.
    pub(super) span: Span,
    /// The element's name.
    pub(super) element: &'static str,
    /// Its attributes, escaped, each with a space before it; repeated where the mark is cut.
    pub(super) attributes: String,
    /// The `id`, for the first piece alone.
    pub(super) id: Option<String>,
    /// What follows the last piece, as HTML.
    pub(super) after: String,
}

/// Writes the bytes `range` of `text` with its marks as elements that nest: one that crosses another is cut where it
/// does, and all are cut at the ends of `range`. O(marks · depth + length), with depth bounded.
///
/// `marks` are those that overlap the range, in order of start, longer ones first.
pub(super) fn marked(out: &mut dyn Write, text: &str, range: Span, marks: &[&Mark]) -> io::Result<()> {
    let mut open: Vec<&Mark> = Vec::new();
    let mut at = range.start;
    let mut next = marks.iter().copied().peekable();
    loop {
        let closing = open.iter().map(|mark| mark.span.end).min().unwrap_or(usize::MAX).min(range.end);
        let opening = next.peek().map_or(usize::MAX, |mark| mark.span.start.max(range.start));
        if opening < closing || opening == closing && open.is_empty() && opening < range.end {
            plain(out, text, &mut at, opening)?;
            if let Some(mark) = next.next() {
                start(out, mark, range, &mut open)?;
            }
        } else {
            plain(out, text, &mut at, closing)?;
            if open.is_empty() {
                return Ok(());
            }
            end(out, closing, range, &mut open)?;
        }
    }
}

fn plain(out: &mut dyn Write, text: &str, at: &mut usize, to: usize) -> io::Result<()> {
    write!(out, "{}", Escaped(Span::new(*at, to).text(text)))?;
    *at = (*at).max(to);
    Ok(())
}

fn start<'a>(out: &mut dyn Write, mark: &'a Mark, range: Span, open: &mut Vec<&'a Mark>) -> io::Result<()> {
    let id = mark.id.as_ref().filter(|_| mark.span.start >= range.start);
    if open.len() >= DEPTH || mark.span.end <= range.start {
        // A link to it still has to find its way.
        return id.map_or(Ok(()), |id| write!(out, "<span id=\"{id}\"></span>"));
    }
    write!(out, "<{}{}", mark.element, mark.attributes)?;
    if let Some(id) = id {
        write!(out, " id=\"{id}\"")?;
    }
    write!(out, ">")?;
    open.push(mark);
    Ok(())
}

/// Closes what ends at `at`, and opens again what stood inside it and goes on.
fn end(out: &mut dyn Write, at: usize, range: Span, open: &mut Vec<&Mark>) -> io::Result<()> {
    let is_last = at >= range.end;
    let Some(outermost) = open.iter().position(|mark| mark.span.end <= at || is_last) else { return Ok(()) };
    let inside = open.split_off(outermost);
    for mark in inside.iter().rev() {
        write!(out, "</{}>", mark.element)?;
        if mark.span.end <= at {
            write!(out, "{}", mark.after)?;
        }
    }
    for mark in inside.into_iter().filter(|mark| mark.span.end > at && !is_last) {
        write!(out, "<{}{}>", mark.element, mark.attributes)?;
        open.push(mark);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, element: &'static str) -> Mark {
        Mark {
            span: Span::new(start, end),
            element,
            attributes: String::new(),
            id: Some(format!("{element}{start}")),
            after: String::new(),
        }
    }

    fn written(text: &str, range: Span, marks: &[Mark]) -> String {
        let mut out = Vec::new();
        marked(&mut out, text, range, &marks.iter().collect::<Vec<_>>()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_nest() {
        let marks = [mark(0, 6, "q"), mark(1, 3, "b")];
        assert_eq!(written("abcdef", Span::new(0, 6), &marks), "<q id=\"q0\">a<b id=\"b1\">bc</b>def</q>");
    }

    #[test]
    fn marks_that_cross_are_cut_and_keep_one_id() {
        let marks = [mark(0, 4, "q"), mark(2, 6, "b")];
        assert_eq!(
            written("abcdef", Span::new(0, 6), &marks),
            "<q id=\"q0\">ab<b id=\"b2\">cd</b></q><b>ef</b>"
        );
    }

    #[test]
    fn a_mark_that_runs_on_is_cut_at_the_range() {
        let marks = [mark(0, 6, "q")];
        assert_eq!(written("abcdef", Span::new(0, 3), &marks), "<q id=\"q0\">abc</q>");
        assert_eq!(written("abcdef", Span::new(3, 6), &marks), "<q>def</q>");
    }

    #[test]
    fn marks_at_one_place_and_side_by_side() {
        let marks = [mark(0, 2, "q"), mark(0, 2, "b"), mark(2, 4, "i")];
        assert_eq!(
            written("abcd", Span::new(0, 4), &marks),
            "<q id=\"q0\"><b id=\"b0\">ab</b></q><i id=\"i2\">cd</i>"
        );
    }

    #[test]
    fn a_thousand_marks_at_one_place_stay_shallow_and_linear() {
        let marks: Vec<Mark> = (0..1000).map(|_| mark(0, 4, "q")).collect();
        let out = written("abcd", Span::new(0, 4), &marks);
        assert_eq!(out.matches("<q").count(), DEPTH);
        assert!(out.len() < 40_000);
    }
}
