//! The stages as filters over lines, for any engine that pipes: Spark `RDD.pipe`, Hadoop streaming, GNU parallel, a shell.
//!
//!     split -n l/4 articles.jsonl part.
//!     for part in part.??; do pipe_worker map < $part > $part.mapped; done
//!     cat part.??.mapped | LC_ALL=C sort | pipe_worker reduce | pipe_worker merge | pipe_worker finish > story.json

mod common;

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use quotetrace::input::{JsonLines, ReadOptions};
use quotetrace::matching::{FirstPrinting, Frequencies, Meeting, Partial, Reducer, merge};
use quotetrace::stages::{Article, finish};
use quotetrace::{Analyzer, export};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One stage of the way from articles to the story, from standard input to standard output.
///
/// Between the stages go lines of a key, a tab and JSON. What is no such line is counted and named on standard error,
/// the rest goes on, and the exit status is 1.
#[derive(Parser)]
#[command(name = "pipe_worker", after_help = LINES, after_long_help = format!("{LINES}\n\n{}", common::EXIT_STATUS))]
struct Arguments {
    #[arg(value_enum)]
    stage: Stage,
    /// Look for indirect speech too (said that …), in `map`
    #[arg(long)]
    indirect: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Stage {
    /// Articles, one a line, to keyed lines
    Map,
    /// Keyed lines, those of one key together, to articles and links
    Reduce,
    /// Articles and links of many reducers to one file of links
    Merge,
    /// Articles and links to the story, as `trace --format json` writes it
    Finish,
}

const LINES: &str = "\
Keys:
  article ID      an article with what was read in it; of two of one id the later version counts
  print HEX       a quotation under one of its fingerprints: `reduce` needs those of one key one after the other, in
                  any order and on any machine
  links           the links that one reducer found

Example:
  pipe_worker map < articles.jsonl | LC_ALL=C sort | pipe_worker reduce | pipe_worker finish > story.json";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut worker = Worker { out: BufWriter::new(io::stdout().lock()), complaints: 0 };
    let done = match arguments.stage {
        Stage::Map => worker.map(&Analyzer::new().with_indirect(arguments.indirect)),
        Stage::Reduce => worker.reduce(),
        Stage::Merge => worker.merge(),
        Stage::Finish => worker.finish(),
    };
    let done = done.and_then(|()| worker.out.flush());
    if worker.complaints > 0 {
        eprintln!("error: {} lines were left out", worker.complaints);
    }
    common::status(worker.complaints, done)
}

const ARTICLE: &str = "article ";
const PRINT: &str = "print ";
const LINKS: &str = "links";

struct Worker<W: Write> {
    out: W,
    complaints: usize,
}

impl<W: Write> Worker<W> {
    fn map(&mut self, analyzer: &Analyzer) -> io::Result<()> {
        for document in JsonLines::named(io::stdin().lock(), "standard input", &ReadOptions::DEFAULT) {
            let document = match document {
                Ok(document) => document,
                Err(error) => {
                    common::complain(&error);
                    self.complaints += 1;
                    continue;
                }
            };
            let article = Article::read(analyzer, document);
            self.write_article(&article)?;
            for printing in article.first_printings() {
                for print in printing.fingerprints() {
                    self.write(&format!("{PRINT}{print:016x}"), &printing)?;
                }
            }
        }
        Ok(())
    }

    fn reduce(&mut self) -> io::Result<()> {
        let mut reducer = Reducer::new(Frequencies::background());
        let mut links = Partial::new();
        let mut article: Option<Article> = None;
        let mut meeting = (String::new(), Meeting::default());
        self.each_line(|worker, key, json, place| {
            if key.starts_with(ARTICLE) {
                let Some(next) = worker.parse::<Article>(json, place) else { return Ok(()) };
                match article.take() {
                    Some(before) if before.document().id() == next.document().id() => {
                        article = Some(before.merge(next));
                    }
                    before => {
                        article = Some(next);
                        before.map_or(Ok(()), |before| worker.write_article(&before))?;
                    }
                }
            } else if key.starts_with(PRINT) {
                if meeting.0 != key {
                    links.extend(reducer.links(&meeting.1));
                    meeting = (key.to_owned(), Meeting::default());
                }
                if let Some(printing) = worker.parse::<FirstPrinting>(json, place) {
                    meeting.1.add(printing);
                }
            } else if key == LINKS {
                links = worker.parse(json, place).into_iter().fold(std::mem::take(&mut links), merge);
            } else {
                worker.complain(place, "an unknown key");
            }
            Ok(())
        })?;
        links.extend(reducer.links(&meeting.1));
        article.map_or(Ok(()), |article| self.write_article(&article))?;
        self.write(LINKS, &links)
    }

    fn merge(&mut self) -> io::Result<()> {
        let mut links = Partial::new();
        self.each_line(|worker, key, json, place| {
            if key.starts_with(ARTICLE) {
                return writeln!(worker.out, "{key}\t{json}");
            }
            links = worker.links(key, json, place).into_iter().fold(std::mem::take(&mut links), merge);
            Ok(())
        })?;
        self.write(LINKS, &links)
    }

    fn finish(&mut self) -> io::Result<()> {
        let mut links = Partial::new();
        let mut articles = Vec::new();
        self.each_line(|worker, key, json, place| {
            if key.starts_with(ARTICLE) {
                articles.extend(worker.parse::<Article>(json, place));
            } else {
                links = worker.links(key, json, place).into_iter().fold(std::mem::take(&mut links), merge);
            }
            Ok(())
        })?;
        let tracker = finish(articles, links).map_err(common::output_error)?;
        export::json(tracker.graph(), &mut self.out).map_err(common::output_error)
    }

    fn links(&mut self, key: &str, json: &str, place: usize) -> Option<Partial> {
        if key == LINKS {
            return self.parse(json, place);
        }
        self.complain(place, "neither an article nor links");
        None
    }

    /// Hands every line on, as its key, its JSON and its number; names those that have no tab or are not UTF-8.
    fn each_line(
        &mut self,
        mut take: impl FnMut(&mut Self, &str, &str, usize) -> io::Result<()>,
    ) -> io::Result<()> {
        for (at, line) in io::stdin().lock().split(b'\n').enumerate() {
            match String::from_utf8(line?) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => match line.split_once('\t') {
                    Some((key, json)) => take(self, key, json, at + 1)?,
                    None => self.complain(at + 1, "no key and tab"),
                },
                Err(_) => self.complain(at + 1, "not UTF-8"),
            }
        }
        Ok(())
    }

    fn parse<T: DeserializeOwned>(&mut self, json: &str, place: usize) -> Option<T> {
        let parsed = serde_json::from_str(json);
        parsed.map_err(|error| self.complain(place, &error.to_string())).ok()
    }

    fn complain(&mut self, place: usize, reason: &str) {
        eprintln!("error: standard input:{place}: {reason}");
        self.complaints += 1;
    }

    fn write_article(&mut self, article: &Article) -> io::Result<()> {
        // As JSON an id has no tab and no line break.
        self.write(&format!("{ARTICLE}{}", serde_json::to_string(article.document().id())?), article)
    }

    fn write(&mut self, key: &str, value: &impl Serialize) -> io::Result<()> {
        write!(self.out, "{key}\t")?;
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")
    }
}
