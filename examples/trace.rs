//! The main job: articles in, the story out. Who said what, in which words each outlet printed it, and which outlet
//! had it from where.
//!
//!     cargo run --release --example trace
//!     cargo run --release --example trace -- --format json -o story.json FILE|FOLDER…

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use quotetrace::export::{self, TextOptions};
use quotetrace::{Analysis, Analyzer, Document, Result, Tracker};
use rayon::prelude::*;

/// Traces quotations through articles: who said what, each outlet's wording, who had it from whom.
///
/// Reads .txt files (one article each), .jsonl files (one a line) and folders of them; without any, the bundled
/// sample story. What can't be read is named on standard error, the rest goes on, and the exit status is 1.
#[derive(Parser)]
struct Arguments {
    /// .txt and .jsonl files, or folders of them; the bundled sample story if there are none
    files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where to write it; standard output if not given
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
    /// Replace what is not UTF-8 instead of refusing it
    #[arg(long)]
    lossy: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a person to read
    Text,
    /// Everything, for a program
    Json,
    /// The graph, for Graphviz
    Dot,
    /// A report in one page, for a browser
    Html,
    /// The flow between outlets, as a drawing
    Svg,
}

/// How many documents are read before they are analysed side by side.
const BATCH: usize = 1024;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut files = arguments.files.clone();
    if files.is_empty() {
        files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story"));
    }
    let (tracker, complaints) = track(&files, &arguments);
    let written = common::output(arguments.output.as_deref())
        .and_then(|out| write(&tracker, &arguments, out).map_err(common::output_error));
    common::status(complaints, written)
}

/// Takes in all documents; says which can't be taken, and counts them.
fn track(files: &[PathBuf], arguments: &Arguments) -> (Tracker, usize) {
    let analyzer = Analyzer::new().with_indirect(arguments.indirect);
    let mut tracker = Tracker::new().with_analyzer(analyzer.clone());
    let mut documents = common::documents(files, arguments.lossy);
    let mut complaints = 0;
    loop {
        let batch: Vec<_> = documents.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return (tracker, complaints);
        }
        let analyzed: Vec<_> = batch.into_par_iter().map(|document| analyze(&analyzer, document)).collect();
        for article in analyzed {
            let taken =
                article.and_then(|(document, analysis)| tracker.add_analyzed(document, analysis).map(drop));
            if let Err(error) = taken {
                common::complain(&error);
                complaints += 1;
            }
        }
    }
}

fn analyze(analyzer: &Analyzer, document: Result<Document>) -> Result<(Document, Analysis)> {
    let document = document?;
    let analysis = analyzer.analyze(&document);
    Ok((document, analysis))
}

fn write(tracker: &Tracker, arguments: &Arguments, mut out: Box<dyn Write>) -> Result<()> {
    let graph = tracker.graph();
    match arguments.format {
        Format::Json => export::json(graph, &mut out)?,
        Format::Dot => export::dot(graph, &mut out)?,
        Format::Html => export::html(graph, tracker.articles(), &mut out)?,
        Format::Svg => export::svg(graph, &mut out)?,
        Format::Text => {
            let colour = common::is_coloured(arguments.output.as_deref());
            export::text(graph, TextOptions::DEFAULT.with_colour(colour), &mut out)?;
        }
    }
    out.flush()?;
    Ok(())
}
