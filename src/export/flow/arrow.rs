//! Arrows from a source to who repeats it.

use std::io::{self, Write};

use super::draw::{Frame, lane_name, radius};
use super::plan::Arrow;

/// The two ends of an arrow, and on which side it comes in.
struct Way {
    from: (i64, i64),
    to: (i64, i64),
    side: i64,
}

fn way(frame: &Frame<'_, '_>, arrow: &Arrow) -> Option<Way> {
    let (from, to) = (frame.plan.nodes.get(arrow.from)?, frame.plan.nodes.get(arrow.to)?);
    let signed = |(x, y): (usize, usize)| Some((i64::try_from(x).ok()?, i64::try_from(y).ok()?));
    let (start, end) = (signed(frame.at(from))?, signed(frame.at(to))?);
    // It comes in from the left where time goes on, from the right where it stands still or is not known.
    let side = if end.0 > start.0 { -1 } else { 1 };
    let rim = i64::try_from(radius(to.documents.len())).unwrap_or(5) + 2;
    // Stated and inferred arrows between the same two run side by side.
    let (up, down) = if arrow.beside { (2, 4) } else { (0, 0) };
    Some(Way { from: (start.0, start.1 + up), to: (end.0 + side * rim, end.1 + down), side })
}

/// Writes an arrow.
pub(super) fn line(out: &mut dyn Write, frame: &Frame<'_, '_>, arrow: &Arrow) -> io::Result<()> {
    let Some(Way { from: (x1, y1), to: (x2, y2), side }) = way(frame, arrow) else { return Ok(()) };
    let class = arrow.by.word();
    let base = x2 + side * 7;
    let path = if x1 + 12 >= x2 && x1 <= x2 {
        // One column: out to the right and back.
        let out = x1 + 26 + (y2 - y1).abs() / 8;
        format!("M{x1} {y1}C{out} {y1} {out} {y2} {base} {y2}")
    } else if y1 == y2 {
        let (up, mid) = (y1 - 16, (x1 + base) / 2);
        format!("M{x1} {y1}Q{mid} {up} {base} {y2}")
    } else {
        let mid = (x1 + base) / 2;
        format!("M{x1} {y1}C{mid} {y1} {mid} {y2} {base} {y2}")
    };
    writeln!(
        out,
        "<g class=\"{class} w{}\"><title>{}</title><path class=\"line\" d=\"{path}\"/><path class=\"head\" d=\"M{x2} {y2}l{} -4v8z\"/></g>",
        weight(arrow.count),
        told(frame, arrow),
        side * 9
    )
}

/// One of five widths for a number of utterances.
const fn weight(count: usize) -> usize {
    match count {
        0 | 1 => 1,
        2 => 2,
        3..=4 => 3,
        5..=9 => 4,
        _ => 5,
    }
}

/// An arrow in words.
fn told(frame: &Frame<'_, '_>, arrow: &Arrow) -> String {
    let name = |at: usize| frame.plan.nodes.get(at).map_or(String::new(), |node| lane_name(frame, node.lane));
    let plural = if arrow.count == 1 { "" } else { "s" };
    let how = arrow.by.word();
    format!("{} has {} utterance{plural} from {} ({how})", name(arrow.to), arrow.count, name(arrow.from))
}

/// How many utterances an arrow stands for, beside it.
pub(super) fn number(out: &mut dyn Write, frame: &Frame<'_, '_>, arrow: &Arrow) -> io::Result<()> {
    let Some(Way { from: (x1, y1), to: (x2, y2), .. }) = way(frame, arrow) else { return Ok(()) };
    let (x, y) = if x1 + 12 >= x2 && x1 <= x2 {
        (x1 + 20 + (y2 - y1).abs() * 3 / 32, (y1 + y2) / 2)
    } else if y1 == y2 {
        ((x1 + x2) / 2, y1 - 8)
    } else {
        // Near the end, where arrows from one source have parted.
        (x1 + (x2 - x1) * 7 / 10, y1 + (y2 - y1) * 82 / 100)
    };
    writeln!(out, "<text class=\"count\" x=\"{x}\" y=\"{}\">{}</text>", y + 4, arrow.count)
}
