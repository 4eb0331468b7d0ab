//! JSON Lines `{"id", "text"}` in, `{"id", "utterance", "margin", "ambiguous"}` out, in the order read: quotation
//! matching by itself.
//!
//! Reads all lines, learns a table of frequencies from them (on top of the background), and then links them. What
//! it took, and the limits that were hit, go to standard error with `--stats`; with `--edits`, how many quotations the
//! edits from their utterance's wording reproduce to the byte.

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use quotetrace::Span;
use quotetrace::matching::{
    Counts, Fit, Frequencies, Occurrence, Op, Printing, QuoteIndex, Utterance, assemble,
};
use quotetrace::quotation::Kind;
use serde::{Deserialize, Serialize};

/// Finds quotations with the same words: lines {"id", "text"} in, lines {"id", "utterance"} out, in the order read.
///
/// `margin` is how much better the utterance fits than the second best, in nats; null for the quotation that it began
/// with. A quotation that is `ambiguous` fits two about as well and stays alone.
///
/// All lines are read first: how telling a word is, is learned from them, on top of general news. Two quotations of one
/// utterance have one name, made from its words, whatever the order. A million lines take about two minutes and 300 MB.
#[derive(Parser)]
#[command(
    name = "cluster",
    after_help = "Examples:\n  cluster < quotations.jsonl > utterances.jsonl\n  cluster --stats < quotations.jsonl > utterances.jsonl\n\n\
                  Exit status: 0, or 1 where a line could not be read (standard error says which), or 2 for a wrong option."
)]
struct Options {
    /// Say on standard error how long it took, how much memory, and which limits were hit.
    #[arg(long)]
    stats: bool,
    /// Assemble the utterances, and say on standard error how many quotations their edits reproduce to the byte.
    #[arg(long)]
    edits: bool,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Out<'a> {
    id: &'a str,
    utterance: &'a str,
    margin: Option<f32>,
    ambiguous: bool,
}

fn main() -> io::Result<ExitCode> {
    let Options { stats, edits } = Options::parse();
    let (lines, bad) = read()?;
    let start = Instant::now();
    let mut counts = Counts::new();
    for line in &lines {
        counts.learn(&line.text);
    }
    let table = Frequencies::learned("input", &counts);
    drop(counts);
    let mut index = QuoteIndex::new(table);
    for line in &lines {
        index.insert(&line.text);
    }
    let names = names(&index, lines.len());
    if stats {
        let each = index.bytes() / lines.len().max(1);
        eprintln!("{:?}, {each} bytes a quotation, limits hit: {:?}", start.elapsed(), index.notices());
    }
    if edits {
        let (right, all) = reproduced(&index, &lines);
        eprintln!("edits: {right} of {all} quotations are reproduced to the byte");
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for (line, (utterance, fit)) in lines.iter().zip(&names) {
        let margin = (fit.evidence > 0.0).then(|| (fit.margin() * 10.0).round() / 10.0);
        let line = Out { id: &line.id, utterance, margin, ambiguous: fit.ambiguous };
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(if bad > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The lines that are what they should be; of the others, their number and what is wrong go to standard error.
fn read() -> io::Result<(Vec<Line>, usize)> {
    let (mut lines, mut bad) = (Vec::new(), 0);
    for (number, line) in io::stdin().lock().lines().enumerate() {
        match serde_json::from_str(&line?) {
            Ok(line) => lines.push(line),
            Err(error) => {
                eprintln!("line {}: {error}", number + 1);
                bad += 1;
            }
        }
    }
    Ok((lines, bad))
}

/// The utterance of each line, and how well it fits: named by content; the second group of the very same words has `-2`
/// after it.
fn names(index: &QuoteIndex, count: usize) -> Vec<(String, Fit)> {
    let mut names = vec![(String::new(), Fit::default()); count];
    let (mut last, mut again) = (None, 1);
    for group in index.groups() {
        again = if last == Some(group.id) { again + 1 } else { 1 };
        last = Some(group.id);
        let suffix = if again > 1 { format!("-{again}") } else { String::new() };
        for (slot, fit) in group.members.iter().zip(&group.fits) {
            if let Some(name) = names.get_mut(slot.index()) {
                *name = (format!("u{:016x}{suffix}", group.id), *fit);
            }
        }
    }
    names
}

/// How many quotations are made from their utterances' wordings by the edits that are stated, to the byte, and how many
/// there are.
fn reproduced(index: &QuoteIndex, lines: &[Line]) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for group in index.groups() {
        let lines = group.members.iter().filter_map(|slot| lines.get(slot.index()));
        let print = |line: &Line| {
            Printing::new(&line.id, 0, Kind::Direct, Span::new(0, line.text.len()), line.text.as_str())
        };
        let printings: Vec<Printing> = lines.map(print).collect();
        let utterances = assemble(&printings);
        for printing in &printings {
            let here = |utterance: &Utterance| {
                let of = utterance.occurrences.iter().filter(|one| one.document == printing.document);
                of.filter(|one| is_reproduced(&utterance.text, one, &printing.text)).count()
            };
            all += 1;
            right += usize::from(utterances.iter().map(here).sum::<usize>() > 0);
        }
    }
    (right, all)
}

/// Whether the edits begin and end where the occurrence does in the wording, leave nothing out, keep what they say that
/// they keep, and give what is printed.
fn is_reproduced(wording: &str, occurrence: &Occurrence, printed: &str) -> bool {
    let mut at = occurrence.at.start;
    let mut text = String::new();
    for edit in occurrence.edits.iter() {
        if edit.at.start != at || (edit.op == Op::Keep && edit.at.text(wording) != edit.text) {
            return false;
        }
        at = edit.at.end;
        text.push_str(&edit.text);
    }
    at == occurrence.at.end && text == occurrence.span.text(printed)
}
