//! JSON Lines in, JSON Lines out: what every document says, one a line, in the order read.
//!
//! It streams: what has come in is analysed at once, on all cores, and written before more is waited for.
//!
//!     cargo run --release --example analyze < articles.jsonl > analyses.jsonl

mod common;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};

use clap::Parser;
use quotetrace::{Analyzer, Document, Result};
use rayon::prelude::*;

/// Finds the quotations of articles, who says them, and where the articles have things from.
///
/// Reads documents, a JSON object a line, from FILES (also .txt, with --features html .html, and folders of them) or standard input; writes a
/// JSON object a line for each, in the order read. A line that is no document is named on standard error, the rest
/// goes on, and the exit status is 1.
#[derive(Parser)]
#[command(name = "analyze", after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", common::EXIT_STATUS))]
struct Arguments {
    /// .jsonl, .txt and (feature html) .html files, or folders of them; standard input if there are none
    files: Vec<PathBuf>,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
    /// Replace what is not UTF-8 instead of refusing it
    #[arg(long)]
    lossy: bool,
}

/// How to call it from the folder of the repository.
const EXAMPLES: &str = "\
Examples:
  cargo run --release --example analyze -- articles/ > analyses.jsonl
  zcat articles.jsonl.gz | cargo run --release --example analyze | gzip > analyses.jsonl.gz

A line in:  {\"id\": \"a\", \"text\": \"…\", \"outlet\": \"…\", \"published\": \"2026-03-01\"}; id and text must be there
A line out: {\"document\": \"a\", \"quotations\": […], \"credits\": […], \"notices\": []}; offsets are bytes of the text";

/// How many documents are analysed side by side at the most.
const BATCH: usize = 512;

/// Bytes that most lines fit into.
const LINE: usize = 8 << 10;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let analyzer = Analyzer::new().with_indirect(arguments.indirect);
    let (sender, receiver) = sync_channel(BATCH);
    let documents = common::documents(&arguments.files, arguments.lossy);
    std::thread::spawn(move || {
        for document in documents {
            // Nobody receives any more.
            if sender.send(document).is_err() {
                break;
            }
        }
    });
    let mut complaints = 0;
    let written = analyze(&analyzer, &receiver, &mut complaints);
    common::status(complaints, written)
}

fn analyze(
    analyzer: &Analyzer,
    documents: &Receiver<Result<Document>>,
    complaints: &mut usize,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    while let Ok(first) = documents.recv() {
        let batch: Vec<_> = std::iter::once(first).chain(documents.try_iter()).take(BATCH).collect();
        let lines: Vec<_> = batch.into_par_iter().map(|document| line(analyzer, document?)).collect();
        for line in lines {
            match line {
                Ok(line) => out.write_all(&line)?,
                Err(error) => {
                    common::complain(&error);
                    *complaints += 1;
                }
            }
        }
        out.flush()?;
    }
    Ok(())
}

fn line(analyzer: &Analyzer, document: Document) -> Result<Vec<u8>> {
    let mut line = Vec::with_capacity(LINE);
    serde_json::to_writer(&mut line, &analyzer.analyze(&document)).map_err(io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}
