//! A quotation and articles in; where it was said, by whom, and word by word what was altered, out.
//!
//!     cargo run --release --example verify -- "Not one crossing was canceled" --speaker "Ada Quill"
//!     cargo run --release --example verify -- --format text "Not one crossing was canceled" FILE|FOLDER…

mod common;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use quotetrace::export::clean;
use quotetrace::matching::Op;
use quotetrace::{Analyzer, Match, Tracker, Verdict, Verification, VerifyOptions};

/// Holds a quotation against articles: do they have it, who says it there, and what was altered?
///
/// Reads .txt files (one article each), .jsonl files (one a line) and folders of them; without any, the bundled
/// sample story.
///
/// Exit status: 0 whatever the answer is, 1 where something could not be read (it is named on standard error, and
/// the rest goes on) or written, 2 where the arguments make no sense.
#[derive(Parser)]
#[command(name = "verify", after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{VERDICTS}\n\n{}", common::EXIT_STATUS))]
struct Arguments {
    /// The words, with or without marks around them
    quotation: String,
    /// .txt and .jsonl files, or folders of them; the bundled sample story if there are none
    files: Vec<PathBuf>,
    /// Who is supposed to have said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// The most matches to give
    #[arg(long, value_name = "N", default_value_t = VerifyOptions::DEFAULT.most_matches)]
    most: usize,
    /// Find no match that has fewer words in common
    #[arg(long, value_name = "WORDS", default_value_t = VerifyOptions::DEFAULT.least_words)]
    least_words: usize,
    /// Look only at what the articles print as somebody's words
    #[arg(long)]
    quoted: bool,
    /// A further file to hold it against, as if it stood behind the quotation; may be given several times
    #[arg(long = "in", value_name = "FILE")]
    within: Vec<PathBuf>,
    /// What to write; in text, [-…-] is what the article has and {+…+} what it has not
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
    /// Replace what is not UTF-8 instead of refusing it
    #[arg(long)]
    lossy: bool,
}

impl Arguments {
    fn options(&self) -> VerifyOptions {
        let mut options =
            VerifyOptions::new().with_most_matches(self.most).with_least_words(self.least_words);
        options.speaker.clone_from(&self.speaker);
        options.quoted_only = self.quoted;
        options
    }
}

/// How to call it from the folder of the repository.
const EXAMPLES: &str = "\
Examples:
  cargo run --release --example verify -- --format text \"Not one crossing was canceled\"
  cargo run --release --example verify -- --speaker \"Ada Quill\" \"Not one crossing was canceled\" articles/";

/// What its answers mean.
const VERDICTS: &str = "\
Verdicts:
  verbatim       the articles have these very words
  typographic    only marks, dashes or case differ
  altered        words differ; `edits` says which, `changes` whether the meaning may
  spliced        the words are there, but not together
  misattributed  the words are there, said by somebody else than --speaker
  not_found      the words are not there

The exit status says whether it worked, not what the verdict is.";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One object, for a program
    Json,
    /// For a person to read
    Text,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut files = arguments.files.clone();
    files.extend(arguments.within.iter().cloned());
    if files.is_empty() {
        files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story"));
    }
    let mut tracker = Tracker::new().with_analyzer(Analyzer::new().with_indirect(arguments.indirect));
    let mut complaints = 0;
    for document in common::documents(&files, arguments.lossy) {
        if let Err(error) = document.and_then(|document| tracker.add(document).map(drop)) {
            common::complain(&error);
            complaints += 1;
        }
    }
    let found = tracker.verify(&arguments.quotation, &arguments.options());
    let written = common::output(None).and_then(|mut out| {
        match arguments.format {
            Format::Json => {
                serde_json::to_writer(&mut out, &found)?;
                writeln!(out)?;
            }
            Format::Text => tell(&tracker, &found, &mut out)?,
        }
        out.flush()
    });
    common::status(complaints, written)
}

/// The answer in words.
fn tell(tracker: &Tracker, found: &Verification, out: &mut dyn Write) -> io::Result<()> {
    let said = match found.verdict {
        Verdict::Verbatim => "The articles have these very words.",
        Verdict::Typographic => "The articles have these words; only marks, dashes or case differ.",
        Verdict::Altered => "The articles have other words.",
        Verdict::Spliced => "The articles have these words, but not together.",
        Verdict::Misattributed => "The articles have these words from somebody else.",
        _ => "The articles don't have these words.",
    };
    writeln!(out, "{said}")?;
    for one in &found.matches {
        place(tracker, one, out)?;
    }
    if found.ambiguous {
        writeln!(out, "\nSeveral utterances have these words; which of them is meant is not known.")?;
    }
    for notice in &found.notices {
        writeln!(out, "\nNot everything was looked at or given: {} more {}.", notice.count, notice.limit)?;
    }
    match &found.earliest {
        Some(id) => writeln!(out, "\nEarliest among the articles given: {}", clean(id)),
        None if found.matches.is_empty() => Ok(()),
        None => writeln!(out, "\nWho printed them first is not known."),
    }
}

/// One match: where it is, who says it, and the words asked for with `[-what the article has-]` and
/// `{+what it has not+}`.
fn place(tracker: &Tracker, one: &Match, out: &mut dyn Write) -> io::Result<()> {
    let Some((document, _)) = tracker.get(&one.document) else { return Ok(()) };
    write!(out, "\n{}", clean(&one.document))?;
    if let Some(outlet) = document.outlet() {
        write!(out, ", {}", clean(outlet))?;
    }
    if let Some(published) = document.published() {
        write!(out, ", {published}")?;
    }
    let speaker = match (&one.speaker, one.quotation) {
        (Some(speaker), _) => speaker.as_str(),
        (None, Some(_)) => "a speaker who is not found",
        (None, None) => "the outlet itself, outside of any quotation",
    };
    writeln!(out, ", bytes {}..{}: {}", one.span.start, one.span.end, clean(speaker))?;
    write!(out, "  ")?;
    for edit in &one.edits {
        let theirs = edit.at.text(document.text());
        match edit.op {
            Op::Keep | Op::Typography => write!(out, "{}", clean(&edit.text))?,
            _ => {
                if !theirs.is_empty() {
                    write!(out, "[-{}-]", clean(theirs).trim())?;
                }
                if !edit.text.is_empty() {
                    write!(out, "{{+{}+}}", clean(&edit.text).trim())?;
                }
            }
        }
    }
    writeln!(out)?;
    if !one.changes.is_empty() {
        let changes: Vec<String> =
            one.changes.iter().map(|change| format!("{change:?}").to_lowercase()).collect();
        writeln!(out, "  changes the meaning: {}", changes.join(", "))?;
    }
    Ok(())
}
