//! Web archives to articles: the pages of `.warc` and `.warc.gz` files, such as Common Crawl News has, as JSON Lines.
//!
//!     cargo run --release --features html --example warc -- news.warc.gz > articles.jsonl

mod common;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use quotetrace::input::html;
use quotetrace::{Analyzer, Document};

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

/// The longest line of a header, the most lines of one, and the longest record that is kept.
const LINE: u64 = 1 << 16;
const LINES: usize = 256;
const RECORD: u64 = 32 << 20;

/// What came of an archive.
#[derive(Default)]
struct Count {
    articles: usize,
    /// Records that don't hold together.
    bad: usize,
    /// Pages in which no article was found.
    empty: usize,
}

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

/// One record: its own header, that of the HTTP response in it, and what follows.
struct Record {
    headers: Vec<(String, String)>,
    status: String,
    http: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Record {
    fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    fn is_page(&self) -> bool {
        let kind = find(&self.http, "content-type").unwrap_or("text/html").to_ascii_lowercase();
        self.status.split_whitespace().nth(1) == Some("200") && kind.contains("html")
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The next record that holds together. After one that doesn't, the next begins with the next line `WARC/…`.
fn next_record(archive: &mut impl BufRead, count: &mut Count) -> io::Result<Option<Record>> {
    let mut is_lost = false;
    loop {
        let Some(line) = line(archive)? else { return Ok(None) };
        if !line.starts_with("WARC/") {
            // Two empty lines end a record; anything else belongs to none.
            if !line.is_empty() && !is_lost {
                is_lost = true;
                count.bad += 1;
            }
            continue;
        }
        is_lost = false;
        let length = match header(archive)? {
            Some(headers) => {
                find(&headers, "content-length").and_then(|n| n.parse().ok()).map(|n: u64| (n, headers))
            }
            None => None,
        };
        let Some((length, headers)) = length else {
            is_lost = true;
            count.bad += 1;
            continue;
        };
        if length > RECORD || find(&headers, "warc-type") != Some("response") {
            let passed = io::copy(&mut archive.take(length), &mut io::sink())?;
            if passed < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            count.bad += usize::from(length > RECORD);
            continue;
        }
        let mut block = Vec::new();
        archive.take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut block = block.as_slice();
        let status = self::line(&mut block)?.unwrap_or_default();
        match self::header(&mut block)? {
            Some(http) => return Ok(Some(Record { headers, status, http, body: block.to_vec() })),
            None => count.bad += 1,
        }
    }
}

/// Lines `Name: value` up to an empty one, names in lower case; `None` if they are none.
fn header(input: &mut impl BufRead) -> io::Result<Option<Vec<(String, String)>>> {
    let mut headers = Vec::new();
    while let Some(line) = line(input)? {
        if line.is_empty() {
            return Ok(Some(headers));
        }
        match line.split_once(':') {
            Some((name, value)) if headers.len() < LINES => {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            // A line that goes on.
            None if line.starts_with([' ', '\t']) && !headers.is_empty() => {}
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// A line without its end, or the first part of one that is too long; `None` at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.take(LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

fn article(record: &Record) -> Option<Document> {
    let id = record.header("warc-record-id")?.trim_matches(['<', '>']);
    let address = record.header("warc-target-uri").map(|address| address.trim_matches(['<', '>']));
    let mut unpacked = Vec::new();
    let body = match GzDecoder::new(record.body.as_slice()).take(RECORD).read_to_end(&mut unpacked) {
        Ok(_) if record.body.starts_with(&[0x1f, 0x8b]) => unpacked.as_slice(),
        _ => record.body.as_slice(),
    };
    let kind = find(&record.http, "content-type").unwrap_or("").to_ascii_lowercase();
    let charset = kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
    let page = html::decode(body, charset);
    html::article(&page, id, address).ok()
}
