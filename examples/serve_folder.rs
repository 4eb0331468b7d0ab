//! Watches a folder of articles: says of each that comes what is new in it, which known utterances it repeats and from
//! whom, and which quotations an outlet altered after the fact. It survives being killed.
//!
//!     cargo run --release --features store --example serve_folder -- articles/

mod common;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use clap::Parser;
use quotetrace::export::clean;
use quotetrace::input::{self, ReadOptions};
use quotetrace::quotation::Kind;
use quotetrace::revision::StealthEdit;
use quotetrace::{Analysis, Document, Match, Quotation, Result, Tracker};

/// Watches a folder of articles and says what is new, and from whom.
///
/// Files directly in FOLDER are read when they come and when they change. For each article it says what it quotes,
/// which of it other articles had before, and with which changes; for one that changed, which quotations appeared,
/// vanished or were altered. What it has said is in the store: killed at any time and started again, it goes on where
/// it was. Another process may read the store meanwhile.
#[derive(Parser)]
#[command(name = "serve_folder", after_help = EXAMPLES)]
struct Arguments {
    /// The folder to watch
    folder: PathBuf,
    /// Where the store is; beside the folder, as FOLDER.redb, if not given
    #[arg(long, value_name = "PATH")]
    store: Option<PathBuf>,
    /// How many seconds lie between two looks
    #[arg(long, default_value_t = 2.0, value_name = "SECONDS")]
    every: f64,
    /// Look once, then leave
    #[arg(long)]
    once: bool,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
}

/// How to call it from the folder of the repository.
const EXAMPLES: &str = "\
Examples:
  cargo run --release --features store --example serve_folder -- articles/
  cargo run --release --features store,html --example serve_folder -- --once --store story.redb articles/

Files: .txt, .jsonl, and .html with the feature html

Output:
  new ID (OUTLET)        an article that was not there; it is in the store
    “…” SPEAKER: new     nobody had these words
    “…” SPEAKER: as in OTHER (OUTLET), altered: negation
  changed ID (OUTLET)    an article that is another now; the earlier version is kept
    altered “…” to “…”: negation";

/// Fewer words are no quotation that somebody could be said to have from somebody.
const LEAST_WORDS: usize = 4;
/// How many articles are put into the store together.
const GROUP: usize = 256;

/// When a file was changed, and how long it is.
type State = (Option<SystemTime>, u64);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let served = serve(&arguments).map_err(common::output_error);
    common::status(0, served)
}

fn serve(arguments: &Arguments) -> Result<()> {
    let path = arguments.store.clone().unwrap_or_else(|| beside(&arguments.folder));
    let analyzer = quotetrace::Analyzer::new().with_indirect(arguments.indirect);
    let mut tracker = Tracker::open(path)?.with_analyzer(analyzer);
    // One entry a file that is there.
    let mut known: HashMap<PathBuf, State> = HashMap::new();
    loop {
        let files = files(&arguments.folder)?;
        let changed: Vec<PathBuf> = files
            .iter()
            .filter(|(path, state)| known.get(*path) != Some(state))
            .map(|(path, _)| path.clone())
            .collect();
        known = files;
        take_in(&mut tracker, changed)?;
        if arguments.once {
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs_f64(arguments.every.clamp(0.01, 86_400.0)));
    }
}

/// Where the store of a folder is; a full stop in the folder's name is part of it.
fn beside(folder: &Path) -> PathBuf {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut name = folder.file_name().unwrap_or(folder.as_os_str()).to_owned();
    name.push(".redb");
    folder.with_file_name(name)
}

/// The articles of a folder.
fn files(folder: &Path) -> Result<HashMap<PathBuf, State>> {
    let mut found = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let is_article = input::is_article(&path);
        // A file that is gone by now is no article.
        if let (true, Ok(data)) = (is_article, entry.metadata()) {
            found.insert(path, (data.modified().ok(), data.len()));
        }
    }
    Ok(found)
}

/// Reads the files that are new or changed, and says what is new in them.
fn take_in(tracker: &mut Tracker, mut files: Vec<PathBuf>) -> Result<()> {
    files.sort();
    let mut group: Vec<Document> = Vec::new();
    for document in files.iter().flat_map(|file| input::read(&[file], &ReadOptions::DEFAULT)) {
        match document {
            Err(error) => common::complain(&error),
            Ok(document) => match tracker.get(document.id()) {
                Some((before, _)) if *before == document => {}
                Some(_) => replace(tracker, document)?,
                None => group.push(document),
            },
        }
        if group.len() >= GROUP {
            add(tracker, std::mem::take(&mut group))?;
        }
    }
    add(tracker, group)
}

fn add(tracker: &mut Tracker, documents: Vec<Document>) -> Result<()> {
    let ids: Vec<String> = documents.iter().map(|document| document.id().to_owned()).collect();
    for error in tracker.add_all(documents) {
        match error {
            quotetrace::Error::DuplicateId { .. } => common::complain(&error),
            error => return Err(error),
        }
    }
    let mut out = io::stdout().lock();
    for id in ids {
        let Some((document, analysis)) = tracker.get(&id) else { continue };
        writeln!(out, "new {}", name(document))?;
        for quotation in analysis.quotations.iter().filter(|quotation| is_telling(quotation)) {
            let source = source(tracker, document, quotation);
            let (text, speaker) = (clean(&quotation.text), clean(quotation.speaker().unwrap_or("unknown")));
            writeln!(out, "  “{text}” {speaker}: {source}")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn replace(tracker: &mut Tracker, document: Document) -> Result<()> {
    let id = document.id().to_owned();
    let before = tracker.get(&id).map(|(_, analysis)| analysis.clone());
    tracker.replace(document)?;
    let edits = tracker.stealth_edits(&id)?;
    let (Some(before), Some((document, after))) = (before, tracker.get(&id)) else { return Ok(()) };
    let mut out = io::stdout().lock();
    writeln!(out, "changed {}", name(document))?;
    for edit in edits {
        writeln!(out, "  {}", told(&edit, &before, after))?;
    }
    out.flush()?;
    Ok(())
}

fn told(edit: &StealthEdit, before: &Analysis, after: &Analysis) -> String {
    let words = |of: &Analysis, at: usize| of.quotations.get(at).map_or(String::new(), |q| clean(&q.text));
    let speaker = |of: &Analysis, at: usize| {
        clean(of.quotations.get(at).and_then(Quotation::speaker).unwrap_or("unknown"))
    };
    match edit {
        StealthEdit::Appeared { after: at } => {
            format!("appeared “{}” {}", words(after, *at), speaker(after, *at))
        }
        StealthEdit::Vanished { before: at } => {
            format!("vanished “{}” {}", words(before, *at), speaker(before, *at))
        }
        StealthEdit::Altered { before: old, after: new, changes, .. } => {
            format!("altered “{}” to “{}”{}", words(before, *old), words(after, *new), list(changes))
        }
        StealthEdit::Reattributed { before: old, after: new } => format!(
            "reattributed “{}” from {} to {}",
            words(before, *old),
            speaker(before, *old),
            speaker(after, *new)
        ),
        other => format!("{other:?}"),
    }
}

fn is_telling(quotation: &Quotation) -> bool {
    !matches!(quotation.kind, Kind::Scare | Kind::Title)
        && quotation.text.split_whitespace().count() >= LEAST_WORDS
}

/// Who had the words before: of the best matches elsewhere, the earliest.
fn source(tracker: &Tracker, document: &Document, quotation: &Quotation) -> String {
    let mut matches = tracker.find(&quotation.text);
    matches.retain(|found| found.document != document.id());
    let Some(best) = matches.first().map(|best| best.score) else { return "new".to_owned() };
    let time = |found: &&Match| {
        let published = tracker.get(&found.document).and_then(|(other, _)| other.published());
        published.map_or(i64::MAX, |published| published.from())
    };
    let Some(first) = matches.iter().take_while(|found| found.score >= best).min_by_key(time) else {
        return "new".to_owned();
    };
    let other = tracker.get(&first.document).map_or_else(|| clean(&first.document), |(other, _)| name(other));
    format!("as in {other}, {}{}", format!("{:?}", first.verdict).to_lowercase(), list(&first.changes))
}

fn list(changes: &[quotetrace::matching::Change]) -> String {
    let names: Vec<String> = changes.iter().map(|change| format!("{change:?}").to_lowercase()).collect();
    if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
}

fn name(document: &Document) -> String {
    match document.outlet() {
        Some(outlet) => format!("{} ({})", clean(document.id()), clean(outlet)),
        None => clean(document.id()),
    }
}
