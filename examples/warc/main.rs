//! Web archives to articles: the pages of `.warc` and `.warc.gz` files, such as Common Crawl News has, as JSON Lines.
//!
//!     cargo run --release --features html --example warc -- news.warc.gz > articles.jsonl

mod archive;
#[path = "../common/mod.rs"]
mod common;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use archive::{Count, article, next_record};
use clap::Parser;
use flate2::bufread::MultiGzDecoder;
use quotetrace::Analyzer;

/// Reads the pages of web archives and writes them as articles, a JSON object a line, for analyze and trace.
///
/// Archives (.warc, .warc.gz of one or many members) are streamed record by record: memory is that of one record. A
/// record that is damaged, or a page without an article, is counted and passed over; what was read before an archive
/// ends too early is written.
#[derive(Parser)]
#[command(name = "warc", after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", common::EXIT_STATUS))]
struct Arguments {
    /// .warc and .warc.gz files; standard input if there are none
    files: Vec<PathBuf>,
    /// Write what the articles say, as analyze does, instead of the articles
    #[arg(long)]
    analyze: bool,
}

/// How to call it from the folder of the repository.
const EXAMPLES: &str = "\
Examples:
  cargo run --release --features html --example warc -- news.warc.gz > articles.jsonl
  cargo run --release --features html --example warc -- --analyze news.warc.gz > analyses.jsonl

An article's id is the WARC-Record-ID of its page, its url the WARC-Target-URI where the page names none.";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut complaints = 0;
    let inputs: Vec<Option<&Path>> = match arguments.files.as_slice() {
        [] => vec![None],
        files => files.iter().map(|file| Some(file.as_path())).collect(),
    };
    for input in inputs {
        let place = input.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
        let mut count = Count::default();
        let done =
            archive(input).and_then(|archive| convert(archive, arguments.analyze, &mut count, &mut out));
        if let Err(error) = &done {
            if error.kind() == io::ErrorKind::BrokenPipe {
                return ExitCode::SUCCESS;
            }
            let what = match error.kind() {
                io::ErrorKind::UnexpectedEof => "the archive ends too early".to_owned(),
                _ => error.to_string(),
            };
            eprintln!("error: {place}: {what}; what was read before it is written");
            complaints += 1;
        }
        let Count { articles, bad, empty } = count;
        eprintln!("{place}: {articles} articles, {empty} pages without one, {bad} bad records passed over");
    }
    let written = out.flush();
    common::status(complaints, written)
}

/// The archive's bytes, unpacked if they are packed.
fn archive(path: Option<&Path>) -> io::Result<Box<dyn BufRead>> {
    let mut raw: Box<dyn BufRead> = match path {
        Some(path) => Box::new(BufReader::new(File::open(path)?)),
        None => Box::new(BufReader::new(io::stdin())),
    };
    let is_packed = raw.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_packed { Box::new(BufReader::new(MultiGzDecoder::new(raw))) } else { raw })
}

fn convert(
    mut archive: impl BufRead,
    analyze: bool,
    count: &mut Count,
    out: &mut impl Write,
) -> io::Result<()> {
    let analyzer = Analyzer::new();
    while let Some(record) = next_record(&mut archive, count)? {
        if record.header("warc-type") != Some("response") || !record.is_page() {
            continue;
        }
        let Some(document) = article(&record) else {
            count.empty += 1;
            continue;
        };
        count.articles += 1;
        if analyze {
            serde_json::to_writer(&mut *out, &analyzer.analyze(&document))?;
        } else {
            serde_json::to_writer(&mut *out, &document)?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}
