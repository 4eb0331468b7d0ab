//! JSON Lines `{"id", "text"}` in, `{"id", "utterance"}` out, in the order read: quotation matching by itself.
//!
//! Reads all lines, learns a table of frequencies from them (on top of the background), and then links them. What
//! it took, and the limits that were hit, go to standard error with `--stats`.

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use quotetrace::matching::{Counts, Frequencies, QuoteIndex};
use serde::{Deserialize, Serialize};

/// Finds quotations with the same words: lines {"id", "text"} in, lines {"id", "utterance"} out, in the order read.
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
}

fn main() -> io::Result<ExitCode> {
    let Options { stats } = Options::parse();
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
    let mut out = BufWriter::new(io::stdout().lock());
    for (line, utterance) in lines.iter().zip(&names) {
        serde_json::to_writer(&mut out, &Out { id: &line.id, utterance })?;
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

/// The utterance of each line: named by content; the second group of the very same words has `-2` after it.
fn names(index: &QuoteIndex, count: usize) -> Vec<String> {
    let mut names = vec![String::new(); count];
    let (mut last, mut again) = (None, 1);
    for group in index.groups() {
        again = if last == Some(group.id) { again + 1 } else { 1 };
        last = Some(group.id);
        let suffix = if again > 1 { format!("-{again}") } else { String::new() };
        for slot in &group.members {
            if let Some(name) = names.get_mut(slot.index()) {
                *name = format!("u{:016x}{suffix}", group.id);
            }
        }
    }
    names
}
