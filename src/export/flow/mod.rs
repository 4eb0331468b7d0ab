//! The flow: outlets over time with the repeats between them, as an SVG drawing.
//!
//! The way from graph to drawing: outlets become lanes, times become columns, documents become nodes, repeats become
//! arrows (`plan`, which folds what would be too much to read); then each gets its place and is written (`draw`).

mod arrow;
mod column;
mod draw;
mod lane;
mod plan;

use std::io::Write;

use crate::error::Result;
use crate::provenance::ProvenanceGraph;
pub(super) use draw::Linked;
pub(super) use plan::Plan;

/// The colours and lines of a drawing, for light and for dark.
pub(super) const STYLE: &str = include_str!("flow.css");

/// Writes a drawing of who has what from whom: a lane for each outlet, time from left to right, an arrow from each
/// source to who repeats it. What documents state is drawn solid, what is inferred dashed, thicker for more utterances.
///
/// Undated documents stand in a column of their own, and so do outlets that only credits name. Large stories are folded:
/// documents of one outlet and time are one node, the outlets of least weight are one lane, and the drawing says so.
/// Columns are in order of time, not to scale.
///
/// O(d log d + r log r) for d documents and r repeats. The same graph gives the same bytes.
///
/// # Errors
/// Only what `out` gives.
pub fn svg<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    draw::drawing(&mut out, &Plan::new(graph), None)?;
    Ok(())
}

/// Writes the drawing for a page, with links to the documents.
pub(super) fn figure(out: &mut dyn Write, plan: &Plan<'_>, linked: Linked<'_>) -> std::io::Result<()> {
    draw::drawing(out, plan, Some(linked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::tracker::Tracker;

    fn drawn(tracker: &Tracker) -> String {
        let mut out = Vec::new();
        svg(tracker.graph(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn told(id: &str, outlet: &str, text: &str, day: Option<&str>) -> Document {
        let document = Document::new(id, text).with_outlet(outlet);
        match day {
            Some(day) => document.with_published(day.parse().unwrap()),
            None => document,
        }
    }

    #[test]
    fn what_is_stated_is_solid_and_the_undated_stand_apart() {
        let mut tracker = Tracker::new();
        let said =
            "“The old bridge will close for good in May and nobody will miss it,” said Mayor Ada Quill";
        let errors = tracker.add_all([
            told("a", "The Harbor Ledger", &format!("{said}."), Some("2026-03-01")),
            told(
                "b",
                "Northfield Courier",
                &format!("{said}, according to The Harbor Ledger."),
                Some("2026-03-02"),
            ),
            told("c", "Evening Dispatch", &format!("{said}."), None),
        ]);
        assert!(errors.is_empty());
        let svg = drawn(&tracker);
        assert!(svg.contains("Northfield Courier has 1 utterance from The Harbor Ledger (stated)"), "{svg}");
        assert!(svg.contains(">no</text>") && svg.contains(">date</text>"));
        assert!(svg.contains("Evening Dispatch, no date"));
    }

    #[test]
    fn one_outlet_has_one_lane_whatever_form_of_its_name_is_printed() {
        let mut tracker = Tracker::new();
        let errors = tracker.add_all([
            told("news-1", "The Harbor Ledger", "No word was said.", Some("2026-03-01")),
            told("tv-1", "Harbor Ledger News", "No word was said.", Some("2026-03-02")),
        ]);
        assert!(errors.is_empty());
        tracker.add(Document::new("news-2", "No word was said.")).unwrap();
        tracker.add(Document::new("tv-2", "No word was said.")).unwrap();
        assert_eq!(drawn(&tracker).matches("class=\"name\"").count(), 3);
    }

    #[test]
    fn many_outlets_are_folded_and_the_drawing_says_so() {
        let mut tracker = Tracker::new();
        let errors = tracker.add_all((0..200).map(|n| {
            told(
                &format!("d{n}"),
                &format!("Outlet {n}"),
                "“The old bridge will close for good in May,” said Mayor Ada Quill.",
                Some(&format!("2026-03-{:02}", n % 28 + 1)),
            )
        }));
        assert!(errors.is_empty());
        let svg = drawn(&tracker);
        assert!(svg.contains("165 other outlets"), "{svg}");
        assert!(svg.matches("class=\"name\"").count() <= 36);
        assert!(svg.matches("class=\"line\"").count() <= 162);
        assert_eq!(svg, drawn(&tracker));
    }

    #[test]
    fn names_are_escaped_and_nothing_leaves_the_drawing() {
        let mut tracker = Tracker::new();
        tracker
            .add(told(
                "\"><script>a()</script>",
                "</svg><script>b()</script>&\0\u{202e}",
                "No word was said.",
                None,
            ))
            .unwrap();
        let svg = drawn(&tracker);
        assert!(!svg.contains("<script") && !svg.contains('\0') && !svg.contains('\u{202e}'));
        assert_eq!(svg.matches("</svg>").count(), 1);
    }

    #[test]
    fn no_documents_draw_an_empty_frame() {
        let svg = drawn(&Tracker::new());
        assert!(svg.starts_with("<?xml") && svg.ends_with("</svg>\n"));
    }
}
