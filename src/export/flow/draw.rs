//! A plan becomes lines, circles and words.

use std::io::{self, Write};

use super::STYLE;
use super::arrow::{line, number};
use super::plan::{Column, Node, Plan};
use crate::export::html::escape::{OneLine, shortened};
use crate::export::html::say::date;
use crate::provenance::By;

/// What a document's node links to.
pub(crate) type Linked<'a> = &'a dyn Fn(&str) -> String;

/// Room for the names of lanes, for the axis, and at the other edges.
const NAMES: usize = 206;
const AXIS: usize = 58;
const EDGE: usize = 34;
/// How far the columns outside time stand from it.
const APART: usize = 78;
const LEGEND: usize = 62;
/// About a month, in seconds: columns of that length and more are named by months.
const MONTH: i64 = 2_629_800;
/// What a page has room for, and the least distance of columns even if that is more.
const WIDTH: usize = 886;
const LEAST: usize = 30;
/// How many arrows may have their number beside them; more are drawn thinner.
const NUMBERED: usize = 60;
/// How many characters of a name are shown.
const SHOWN: usize = 27;

/// Where things stand, in pixels.
pub(super) struct Frame<'p, 'a> {
    pub(super) plan: &'p Plan<'a>,
    step: usize,
    row: usize,
    outside: bool,
    undated: bool,
}

impl<'p, 'a> Frame<'p, 'a> {
    fn new(plan: &'p Plan<'a>) -> Self {
        let (outside, undated) = (plan.has(Column::Outside), plan.has(Column::Undated));
        let aside = NAMES + 2 * EDGE + APART * (usize::from(outside) + usize::from(undated));
        let steps = plan.columns.len().saturating_sub(1).max(1);
        let step = (WIDTH.saturating_sub(aside) / steps).clamp(LEAST, 112);
        let row = if plan.lanes.lanes.len() > 16 { 26 } else { 36 };
        Self { plan, step, row, outside, undated }
    }

    fn x(&self, column: Column) -> usize {
        let first = NAMES + EDGE;
        let time = first + if self.outside { APART } else { 0 };
        match column {
            Column::Outside => first,
            Column::Time(at) => time + at * self.step,
            Column::Undated => match self.plan.columns.len() {
                0 => time,
                many => time + (many - 1) * self.step + APART,
            },
        }
    }

    fn y(&self, lane: usize) -> usize {
        AXIS + lane * self.row + self.row / 2
    }

    fn width(&self) -> usize {
        let last = if self.undated {
            self.x(Column::Undated)
        } else {
            self.x(Column::Time(self.plan.columns.len().saturating_sub(1)))
        };
        (last + EDGE).max(620)
    }

    fn bottom(&self) -> usize {
        AXIS + self.plan.lanes.lanes.len() * self.row
    }

    pub(super) fn at(&self, node: &Node<'_>) -> (usize, usize) {
        (self.x(node.column), self.y(node.lane))
    }
}

/// The radius of a node: its area grows with its documents.
pub(super) fn radius(documents: usize) -> usize {
    match documents {
        0 | 1 => 5,
        2..=3 => 7,
        4..=8 => 9,
        _ => 11,
    }
}

/// Writes the drawing: with links for a page, or with its own style to stand alone.
pub(super) fn drawing(out: &mut dyn Write, plan: &Plan<'_>, linked: Option<Linked<'_>>) -> io::Result<()> {
    let frame = Frame::new(plan);
    let (width, height) = (frame.width(), frame.bottom() + LEGEND);
    write!(
        out,
        "<svg class=\"{}\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"",
        if plan.arrows.len() > NUMBERED { "flow dense" } else { "flow" }
    )?;
    match linked {
        Some(_) => writeln!(out, " role=\"group\" aria-labelledby=\"flow-name flow-text\">")?,
        None => writeln!(out, " role=\"img\" aria-labelledby=\"flow-name flow-text\">")?,
    }
    writeln!(out, "<title id=\"flow-name\">Who has what from whom</title>")?;
    writeln!(out, "<desc id=\"flow-text\">{}</desc>", described(plan))?;
    if linked.is_none() {
        writeln!(out, "<style>{STYLE}</style>")?;
        writeln!(out, "<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>")?;
    }
    axis(out, &frame)?;
    lanes(out, &frame)?;
    // The thin ones above the thick ones.
    for arrow in &plan.arrows {
        line(out, &frame, arrow)?;
    }
    if plan.arrows.len() <= NUMBERED {
        for arrow in plan.arrows.iter().filter(|arrow| arrow.count > 1) {
            number(out, &frame, arrow)?;
        }
    }
    for node in &plan.nodes {
        node_mark(out, &frame, node, linked)?;
    }
    legend(out, &frame)?;
    writeln!(out, "</svg>")
}

/// The drawing in a sentence.
fn described(plan: &Plan<'_>) -> String {
    let documents: usize = plan.nodes.iter().map(|node| node.documents.len()).sum();
    let outlets: usize = plan.lanes.lanes.iter().map(|lane| lane.outlets).sum();
    let by = |by| plan.arrows.iter().filter(|arrow| arrow.by == by).count();
    let (stated, ruled) = (by(By::Credit), by(By::Ruling));
    let mut text = format!(
        "{outlets} outlets, a lane each, with {documents} articles from left to right by time; arrows lead from a \
         source to who repeats it: {stated} stated, {} inferred.",
        by(By::Inference)
    );
    if ruled > 0 {
        text.push_str(&format!(" An editor ruled {ruled} more."));
    }
    if plan.folded() > 0 {
        text.push_str(&format!(" {} outlets of least weight share the last lane.", plan.folded()));
    }
    if plan.left_out > 0 {
        text.push_str(&format!(" {} thin arrows are left out.", plan.left_out));
    }
    text
}

fn axis(out: &mut dyn Write, frame: &Frame<'_, '_>) -> io::Result<()> {
    let bottom = frame.bottom();
    writeln!(out, "<g class=\"axis\">")?;
    for (column, label, there) in [
        (Column::Outside, ["credited,", "not here"], frame.outside),
        (Column::Undated, ["no", "date"], frame.undated),
    ] {
        if there {
            let x = frame.x(column);
            let half = 28;
            writeln!(
                out,
                "<rect class=\"apart\" x=\"{}\" y=\"8\" width=\"56\" height=\"{}\" rx=\"4\"/>",
                x - half,
                bottom - 4
            )?;
            let [first, second] = label;
            writeln!(
                out,
                "<text class=\"mid\" x=\"{x}\" y=\"25\">{first}</text><text class=\"mid\" x=\"{x}\" y=\"39\">{second}</text>"
            )?;
        }
    }
    let columns = &frame.plan.columns;
    let day_pattern = if columns.length >= MONTH { "%b" } else { "%-d\u{a0}%b" };
    let year_of = |start: Option<&i64>| start.map(|start| date(*start, "%Y"));
    let in_years = year_of(columns.starts.first()) != year_of(columns.starts.last());
    let (mut day, mut year) = (String::new(), String::new());
    let (mut day_end, mut below_end) = (0, 0);
    for (at, start) in columns.starts.iter().enumerate() {
        let x = frame.x(Column::Time(at));
        writeln!(out, "<path class=\"tick\" d=\"M{x} 46V{bottom}\"/>")?;
        let this = date(*start, day_pattern);
        if this != day && x >= day_end {
            writeln!(out, "<text class=\"day\" x=\"{x}\" y=\"25\">{this}</text>")?;
            day_end = x + 8 * this.chars().count();
            day = this;
        }
        // Below the day, its hours or, where they change, its year.
        let below = if columns.timed.get(at).copied().unwrap_or(false) {
            date(*start, "%H:%M")
        } else if in_years && date(*start, "%Y") != year {
            year = date(*start, "%Y");
            year.clone()
        } else {
            continue;
        };
        if x >= below_end {
            writeln!(out, "<text x=\"{x}\" y=\"39\">{below}</text>")?;
            below_end = x + 42;
        }
    }
    writeln!(out, "</g>")
}

fn lanes(out: &mut dyn Write, frame: &Frame<'_, '_>) -> io::Result<()> {
    let width = frame.width();
    writeln!(out, "<g class=\"lanes\">")?;
    for (at, lane) in frame.plan.lanes.lanes.iter().enumerate() {
        let y = frame.y(at);
        writeln!(out, "<path class=\"lane\" d=\"M{NAMES} {y}H{}\"/>", width - 10)?;
        let Some(name) = lane.name else {
            writeln!(
                out,
                "<text class=\"name\" x=\"{}\" y=\"{}\">{} other outlets</text>",
                NAMES - 10,
                y + 4,
                lane.outlets
            )?;
            continue;
        };
        let (shown, cut) = shortened(name, SHOWN);
        write!(out, "<text class=\"name\" x=\"{}\" y=\"{}\">", NAMES - 10, y + 4)?;
        if cut {
            write!(out, "<title>{}</title>{}…</text>", OneLine(name), OneLine(shown))?;
        } else {
            write!(out, "{}</text>", OneLine(name))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "</g>")
}

pub(super) fn lane_name(frame: &Frame<'_, '_>, lane: usize) -> String {
    match frame.plan.lanes.lanes.get(lane) {
        Some(lane) => lane.name.map_or_else(|| "another outlet".to_owned(), |name| OneLine(name).to_string()),
        None => String::new(),
    }
}

fn node_mark(
    out: &mut dyn Write,
    frame: &Frame<'_, '_>,
    node: &Node<'_>,
    linked: Option<Linked<'_>>,
) -> io::Result<()> {
    let (x, y) = frame.at(node);
    let Some(first) = node.documents.first() else {
        return writeln!(
            out,
            "<g class=\"outside\"><title>{}, not among these articles</title><rect x=\"{}\" y=\"{}\" width=\"10\" height=\"10\"/></g>",
            lane_name(frame, node.lane),
            x - 5,
            y - 5
        );
    };
    let many = node.documents.len();
    let when = first.published.map_or_else(|| "no date".to_owned(), |time| time.to_string());
    let label = match many {
        1 => format!("{}, {when}", lane_name(frame, node.lane)),
        _ => format!("{}, {many} articles, from {when}", lane_name(frame, node.lane)),
    };
    if let Some(linked) = linked {
        write!(out, "<a href=\"{}\" aria-label=\"{label}\">", linked(&first.id))?;
    }
    write!(out, "<g class=\"node\"><title>{label}</title>")?;
    if linked.is_some() {
        write!(out, "<circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"12\"/>")?;
    }
    write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", radius(many))?;
    if many > 1 {
        write!(out, "<text x=\"{x}\" y=\"{}\">{many}</text>", y + 3)?;
    }
    write!(out, "</g>")?;
    if linked.is_some() {
        write!(out, "</a>")?;
    }
    writeln!(out)
}

fn legend(out: &mut dyn Write, frame: &Frame<'_, '_>) -> io::Result<()> {
    let y = frame.bottom() + 24;
    let x = 20;
    writeln!(out, "<g class=\"legend\" aria-hidden=\"true\">")?;
    writeln!(
        out,
        "<g class=\"stated w2\"><path class=\"line\" d=\"M{x} {y}h30\"/><path class=\"head\" d=\"M{} {y}l-9 -4v8z\"/></g><text x=\"{}\" y=\"{}\">stated in a credit</text>",
        x + 38,
        x + 46,
        y + 4
    )?;
    let x = x + 168;
    writeln!(
        out,
        "<g class=\"inferred w2\"><path class=\"line\" d=\"M{x} {y}h30\"/><path class=\"head\" d=\"M{} {y}l-9 -4v8z\"/></g><text x=\"{}\" y=\"{}\">inferred from wording and time</text>",
        x + 38,
        x + 46,
        y + 4
    )?;
    let x = x + 240;
    writeln!(
        out,
        "<g class=\"node\"><circle cx=\"{x}\" cy=\"{y}\" r=\"5\"/></g><text x=\"{}\" y=\"{}\">article</text>",
        x + 12,
        y + 4
    )?;
    if frame.outside {
        let x = x + 76;
        writeln!(
            out,
            "<g class=\"outside\"><rect x=\"{}\" y=\"{}\" width=\"10\" height=\"10\"/></g><text x=\"{}\" y=\"{}\">not here</text>",
            x - 5,
            y - 5,
            x + 12,
            y + 4
        )?;
    }
    let mut note = String::from("Thicker for more utterances. Time is in order, not to scale.");
    if frame.plan.left_out > 0 {
        note.push_str(&format!(" {} thin arrows are left out.", frame.plan.left_out));
    }
    writeln!(out, "<text x=\"20\" y=\"{}\">{note}</text></g>", y + 24)
}
