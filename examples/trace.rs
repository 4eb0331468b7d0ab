//! The main job: articles in, the story out. Who said what, in which words each outlet printed it, and which outlet
//! had it from where.
//!
//!     cargo run --release --example trace
//!     cargo run --release --example trace -- --format json -o story.json FILE|FOLDER…
//!     cargo run --release --example trace -- --help

mod common;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use common::bar::Bar;
use quotetrace::export::{self, TextOptions};
use quotetrace::mention::identity::People;
use quotetrace::provenance::Options;
use quotetrace::{Analysis, Analyzer, Document, Error, ProvenanceGraph, Result, Tracker};
use rayon::prelude::*;

/// Traces quotations through articles: who said what, each outlet's wording, who had it from whom.
///
/// Reads .txt files (one article each), .jsonl files (one a line) and folders of them; without any, the bundled
/// sample story. What can't be read is named on standard error, the rest goes on, and the exit status is 1.
#[derive(Parser)]
#[command(name = "trace", after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{INPUT}\n\n{}", common::EXIT_STATUS))]
struct Arguments {
    /// .txt, .jsonl and (feature html) .html files, or folders of them; the bundled sample story if there are none
    files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where to write it: a file, or for neo4j a folder; standard output if not given
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
    /// People whom you know, a JSON list of {"id", "name", "aliases"}: utterances of theirs have the name and the id
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Replace what is not UTF-8 instead of refusing it
    #[arg(long)]
    lossy: bool,
}

/// How to call it from the folder of the repository.
const EXAMPLES: &str = "\
Examples:
  cargo run --release --example trace                                     the sample story
  cargo run --release --example trace -- articles/                        every .txt and .jsonl of a folder
  cargo run --release --example trace -- --format json -o story.json articles/
  cargo run --release --example trace -- --format dot articles/ | dot -Tsvg > story.svg
  cargo run --release --example trace -- --format neo4j -o import/ articles/";

/// What it reads.
const INPUT: &str = "\
Articles:
  NAME.txt    one article, its whole content; a first line, a By line and `Key: value` lines (Outlet, Date, Url …)
              become metadata, and a file NAME.json beside it overrides them
  NAME.jsonl  one article a line: {\"id\": \"a\", \"text\": \"…\", \"outlet\": \"…\", \"title\": \"…\", \"url\": \"…\",
              \"published\": \"2026-03-01\", \"language\": \"en\"}; id and text must be there
  NAME.html   a saved page, one article; needs --features html

Colour is used on a terminal only, and not if NO_COLOR is set; progress is shown on a terminal only.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a person to read
    Text,
    /// Everything, for a program; offsets are bytes
    Json,
    /// Linked data: Web Annotation, PROV-O, schema.org; offsets are Unicode code points
    Jsonld,
    /// A table of all printings, for pandas, R and spreadsheets
    Csv,
    /// Which outlet printed which utterance, as a CSV matrix
    Incidence,
    /// The graph, for NetworkX, igraph, yEd, Gephi
    Graphml,
    /// The graph with its dates, for Gephi
    Gexf,
    /// The graph, for Cytoscape and Cytoscape.js
    Cytoscape,
    /// The graph as JSON, for NetworkX and D3
    NodeLink,
    /// The graph, for Graphviz
    Dot,
    /// A report in one page, for a browser
    Html,
    /// The flow between outlets, as a drawing
    Svg,
    /// A folder with nodes.csv and relationships.csv for neo4j-admin; needs --output
    Neo4j,
}

/// How many documents are read before they are analysed side by side.
const BATCH: usize = 1024;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut files = arguments.files.clone();
    if files.is_empty() {
        files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story"));
    }
    if matches!(arguments.format, Format::Neo4j) && arguments.output.is_none() {
        eprintln!("error: --format neo4j writes two files; name a folder for them with --output");
        return ExitCode::from(2);
    }
    let people = match arguments.people.as_deref().map(read_people).transpose() {
        Ok(people) => people.unwrap_or_default(),
        Err(error) => {
            common::complain(&error);
            return ExitCode::from(2);
        }
    };
    let (tracker, complaints) = track(&files, &arguments, people);
    let mut bar = Bar::new();
    tracker.graph_with_progress(&mut |progress| bar.show(progress));
    let written = write(&tracker, &arguments).map_err(common::output_error);
    common::status(complaints, written)
}

/// The table of people in a file.
fn read_people(path: &Path) -> Result<People> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    let json = std::fs::read_to_string(path).map_err(unreadable)?;
    serde_json::from_str(&json).map_err(|error| Error::BadConfiguration {
        what: format!("{}: the table of people", path.display()),
        reason: error.to_string(),
    })
}

/// Takes in all documents; says which can't be taken, and counts them.
fn track(files: &[PathBuf], arguments: &Arguments, people: People) -> (Tracker, usize) {
    let analyzer = Analyzer::new().with_indirect(arguments.indirect);
    let options = Options::default().with_people(people);
    let mut tracker = Tracker::new().with_analyzer(analyzer.clone()).with_options(options);
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

fn write(tracker: &Tracker, arguments: &Arguments) -> Result<()> {
    let (graph, output) = (tracker.graph(), arguments.output.as_deref());
    if let (Format::Neo4j, Some(folder)) = (arguments.format, output) {
        return write_folder(graph, folder);
    }
    let mut out = common::output(output)?;
    match arguments.format {
        Format::Text => {
            let colour = common::is_coloured(output);
            export::text(graph, TextOptions::DEFAULT.with_colour(colour), &mut out)?;
        }
        Format::Json => export::json(graph, &mut out)?,
        Format::Jsonld => {
            export::jsonld(graph, tracker.articles().map(|(document, _)| document), &mut out)?;
        }
        Format::Csv => export::csv(graph, &mut out)?,
        Format::Incidence => export::incidence(graph, &mut out)?,
        Format::Graphml => export::graphml(graph, &mut out)?,
        Format::Gexf => export::gexf(graph, &mut out)?,
        Format::Cytoscape => export::cytoscape(graph, &mut out)?,
        Format::NodeLink => export::node_link(graph, &mut out)?,
        Format::Dot => export::dot(graph, &mut out)?,
        Format::Html => export::html(graph, tracker.articles(), &mut out)?,
        Format::Svg => export::svg(graph, &mut out)?,
        // Written above: `main` sees to it that there is a folder.
        Format::Neo4j => {}
    }
    out.flush()?;
    Ok(())
}

fn write_folder(graph: &ProvenanceGraph, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
    let mut nodes = BufWriter::new(common::create(&folder.join("nodes.csv"))?);
    let mut relationships = BufWriter::new(common::create(&folder.join("relationships.csv"))?);
    export::neo4j(graph, &mut nodes, &mut relationships)?;
    nodes.flush()?;
    relationships.flush()?;
    Ok(())
}
