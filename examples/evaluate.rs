//! How good are we on your articles: quotations, speakers, cues and kinds scored against a gold file.
//!
//!     cargo run --release --example evaluate -- gold.jsonl
//!
//! GOLD has a document a line: `{"id", "text", "quotes": [{"start", "end", "type", "speaker": {"text", "start", "end",
//! "canonical"} | null, "cue": {"start", "end"} | null}], "unattributed": [{"start", "end", "markup"}]}`; its offsets
//! count Unicode scalars. The figures:
//!
//! - `span`: a predicted part is a gold span, marks and outer punctuation aside
//! - `speaker`: of the spans found that have a speaker's mention, at least half of the predicted one lies in it, or
//!   both start together and it is short
//! - `named`: of those with a full name, the predicted name is that person's
//! - `cue`, `kind`: the predicted cue overlaps the gold one; direct and mixed told apart
//! - `joint`: span and speaker right, or nobody on either side; with its 95 % bootstrap over documents
//! - `ECE`, `AUC`: whether the confidence is calibrated, and whether it ranks right above wrong

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use quotetrace::quotation::Kind;
use quotetrace::speaker::Attribution;
use quotetrace::text::Offsets;
use quotetrace::{Analysis, Analyzer, Document, Span};
use rand_mt::Mt;
use serde::Deserialize;

/// Scores quotations and speakers against a gold file.
#[derive(Parser)]
struct Arguments {
    /// The gold file, JSON Lines
    gold: PathBuf,
    /// Analyses to score, as `analyze` writes them; without them the gold's texts are analysed
    analyses: Option<PathBuf>,
    /// The kinds of gold that count
    #[arg(long, value_delimiter = ',', default_value = "direct,mixed")]
    kinds: Vec<String>,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    language: Option<String>,
    quotes: Vec<Quote>,
    #[serde(default)]
    unattributed: Vec<Unattributed>,
}

#[derive(Deserialize)]
struct Quote {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    speaker: Option<Source>,
    cue: Option<Place>,
}

#[derive(Deserialize)]
struct Source {
    start: Option<usize>,
    end: Option<usize>,
    canonical: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Deserialize)]
struct Unattributed {
    start: usize,
    end: usize,
    #[serde(default)]
    markup: bool,
}

/// What one document counts.
#[derive(Clone, Copy, Default)]
struct Row {
    gold: usize,
    predicted: usize,
    hit: usize,
    joint: usize,
    mentions: usize,
    mentions_right: usize,
    names: usize,
    names_right: usize,
}

/// What is counted over all documents at once.
#[derive(Default)]
struct Sides {
    kind: (usize, usize),
    cue: (usize, usize),
    /// Confidence, and whether it was right.
    ranked: Vec<(f64, bool)>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let gold: Vec<Gold> = lines(&arguments.gold)?;
    let analyses: HashMap<String, Analysis> = match &arguments.analyses {
        Some(path) => lines::<Analysis>(path)?
            .into_iter()
            .map(|analysis| (analysis.document.clone(), analysis))
            .collect(),
        None => HashMap::new(),
    };
    let kinds: HashSet<&str> = arguments.kinds.iter().map(String::as_str).collect();
    let analyzer = Analyzer::new().with_indirect(kinds.contains("indirect"));
    let (mut rows, mut sides) = (Vec::new(), Sides::default());
    for document in &gold {
        let fresh;
        let analysis = match analyses.get(&document.id) {
            Some(analysis) => analysis,
            None if arguments.analyses.is_some() => {
                return Err(io::Error::other(format!("{}: no analysis of this document", document.id)));
            }
            None => {
                let mut read = Document::new(&document.id, &document.text);
                if let Some(language) = &document.language {
                    read = read.with_language(language);
                }
                fresh = analyzer.analyze(&read);
                &fresh
            }
        };
        rows.push(Scorer::new(document, &kinds).score(analysis, &mut sides)?);
    }
    print(&rows, &sides);
    Ok(())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &PathBuf) -> io::Result<Vec<T>> {
    let mut read = Vec::new();
    for (number, line) in BufReader::new(File::open(path)?).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let named = |error| io::Error::other(format!("{}:{}: {error}", path.display(), number + 1));
        read.push(serde_json::from_str(&line).map_err(named)?);
    }
    Ok(read)
}

/// One document's text by Unicode scalar, and the gold that counts.
struct Scorer<'a> {
    gold: &'a Gold,
    text: Vec<char>,
    offsets: Offsets<'a>,
    quotes: Vec<&'a Quote>,
    /// Spans that are neither right nor wrong.
    ignored: Vec<(usize, usize)>,
    marked: bool,
    indirect: bool,
}

impl<'a> Scorer<'a> {
    fn new(gold: &'a Gold, kinds: &HashSet<&str>) -> Self {
        let counts = |quote: &&Quote| kinds.contains(quote.kind.as_str());
        let markup =
            gold.unattributed.iter().filter(|other| other.markup).map(|other| (other.start, other.end));
        let others = gold.quotes.iter().filter(|quote| !counts(quote)).map(|quote| (quote.start, quote.end));
        Self {
            gold,
            text: gold.text.chars().collect(),
            offsets: Offsets::new(&gold.text),
            quotes: gold.quotes.iter().filter(counts).collect(),
            ignored: markup.chain(others).collect(),
            marked: kinds.contains("direct") || kinds.contains("mixed"),
            indirect: kinds.contains("indirect"),
        }
    }

    fn scalars(&self, span: Span) -> io::Result<(usize, usize)> {
        let at = |byte| {
            self.offsets.scalars(byte).ok_or_else(|| {
                io::Error::other(format!("{}: byte {byte} is on no character boundary", self.gold.id))
            })
        };
        Ok((at(span.start)?, at(span.end)?))
    }

    /// A span without the marks and punctuation at its ends.
    fn core(&self, mut start: usize, mut end: usize) -> (usize, usize) {
        let edge =
            |at: usize| self.text.get(at).is_some_and(|c| " .,;:!?…\"“”„«»'‘’‹›`\n\t\r—–-".contains(*c));
        while start < end && edge(start) {
            start += 1;
        }
        while end > start && edge(end - 1) {
            end -= 1;
        }
        (start, end)
    }

    fn score(&self, analysis: &Analysis, sides: &mut Sides) -> io::Result<Row> {
        let mut row = Row { gold: self.quotes.len(), ..Row::default() };
        let mut by_core: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        for (index, quote) in self.quotes.iter().enumerate() {
            by_core.entry(self.core(quote.start, quote.end)).or_default().push(index);
        }
        let mut used = HashSet::new();
        for quotation in &analysis.quotations {
            let counts = if quotation.kind == Kind::Indirect { self.indirect } else { self.marked };
            if matches!(quotation.kind, Kind::Scare | Kind::Title) || !counts {
                continue;
            }
            for part in &quotation.parts {
                let (start, end) = self.scalars(*part)?;
                let core = self.core(start, end);
                let found =
                    by_core.get(&core).and_then(|all| all.iter().find(|index| !used.contains(*index)));
                let Some((&index, quote)) = found.and_then(|index| Some((index, self.quotes.get(*index)?)))
                else {
                    let ignored =
                        self.ignored.iter().any(|&(from, to)| from <= core.0 + 1 && core.1 <= to + 1);
                    let unmarked = quotation.kind == Kind::Block
                        && !self.text.get(start).is_some_and(|c| "\"“”„«»'‘’‹›`".contains(*c));
                    row.predicted += usize::from(!ignored && quotation.within.is_none() && !unmarked);
                    continue;
                };
                used.insert(index);
                row.predicted += 1;
                row.hit += 1;
                self.compare(quote, quotation.kind, quotation.attribution.as_ref(), &mut row, sides)?;
            }
        }
        Ok(row)
    }

    /// Counts what is right of a span that was found.
    fn compare(
        &self,
        quote: &Quote,
        kind: Kind,
        attribution: Option<&Attribution>,
        row: &mut Row,
        sides: &mut Sides,
    ) -> io::Result<()> {
        if matches!(quote.kind.as_str(), "direct" | "mixed") {
            let called = if matches!(kind, Kind::Direct | Kind::Block) { "direct" } else { "mixed" };
            sides.kind.0 += 1;
            sides.kind.1 += usize::from(called == quote.kind && kind != Kind::Indirect);
        }
        if let Some((start, end)) = quote.cue.as_ref().and_then(|cue| Some((cue.start?, cue.end?))) {
            sides.cue.0 += 1;
            if let Some(cue) = attribution.and_then(|attribution| attribution.cue) {
                let cue = self.scalars(cue)?;
                sides.cue.1 += usize::from(cue.1.min(end) > cue.0.max(start));
            }
        }
        let mut right = quote.speaker.is_none() && attribution.is_none();
        if let Some(source) = &quote.speaker {
            if let (Some(start), Some(end)) = (source.start, source.end) {
                row.mentions += 1;
                if let Some(mention) = attribution.and_then(|attribution| attribution.mention) {
                    right = same_mention(self.scalars(mention)?, (start, end));
                }
                row.mentions_right += usize::from(right);
            }
            if let Some(canonical) = source.canonical.as_deref().filter(|name| !name.is_empty()) {
                let speakers = attribution.map_or("", |attribution| attribution.speaker.as_str());
                let same = attribution.is_some()
                    && speakers
                        .split(';')
                        .any(|name| canonical.split(';').any(|other| same_name(name, other)));
                row.names += 1;
                row.names_right += usize::from(same);
                if source.start.is_none() {
                    right = same;
                }
            }
        }
        row.joint += usize::from(right);
        if let Some(attribution) = attribution {
            // As it is printed in JSON.
            let printed = attribution.confidence.value().to_string().parse().unwrap_or(0.0);
            sides.ranked.push((printed, right));
        }
        Ok(())
    }
}

/// At least half of the predicted mention lies in the gold one, or both start together and it is short.
fn same_mention(predicted: (usize, usize), gold: (usize, usize)) -> bool {
    let over = predicted.1.min(gold.1).saturating_sub(predicted.0.max(gold.0));
    let length = predicted.1 - predicted.0;
    over > 0 && (2 * over >= length || (predicted.0 == gold.0 && length <= 100))
}

/// The same name, titles aside; for two names of persons the surname and any first names both give must agree.
fn same_name(predicted: &str, gold: &str) -> bool {
    let (p, g) = (name_words(predicted), name_words(gold));
    let (Some((p_last, p_first)), Some((g_last, g_first))) = (p.split_last(), g.split_last()) else {
        return false;
    };
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        words
    };
    if p == g || sorted(&p) == sorted(&g) {
        return true;
    }
    let stem = |word: &str| word.strip_suffix("'s").unwrap_or(word).to_owned();
    if stem(p_last) != stem(g_last) || g.len() > 3 || p.len() > 4 {
        return false;
    }
    match (p_first.first(), g_first.first()) {
        (Some(a), Some(b)) => {
            let short = a.chars().count().min(b.chars().count()) == 1;
            a == b || (short && a.chars().next() == b.chars().next())
        }
        _ => true,
    }
}

fn name_words(name: &str) -> Vec<String> {
    const TITLES: &str = " mr mrs ms dr sen rep gov mayor president the sir judge gen col rev prof senator \
        representative governor secretary jr sr ii iii ";
    let folded: String = name
        .replace('’', "'")
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '\'' || c == '-' { c } else { ' ' })
        .collect();
    folded
        .split_whitespace()
        .filter(|word| !TITLES.contains(&format!(" {word} ")))
        .map(str::to_owned)
        .collect()
}

fn percent(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// The counts of several documents.
fn sum(rows: impl IntoIterator<Item = Row>) -> Row {
    rows.into_iter().fold(Row::default(), |a, b| Row {
        gold: a.gold + b.gold,
        predicted: a.predicted + b.predicted,
        hit: a.hit + b.hit,
        joint: a.joint + b.joint,
        mentions: a.mentions + b.mentions,
        mentions_right: a.mentions_right + b.mentions_right,
        names: a.names + b.names,
        names_right: a.names_right + b.names_right,
    })
}

fn joint(row: Row) -> Option<f64> {
    percent(2 * row.joint, row.gold + row.predicted)
}

/// The 2.5th and 97.5th of a hundred: 500 draws of as many documents, with the Mersenne Twister seeded by nought.
fn bootstrap(rows: &[Row]) -> (f64, f64) {
    let mut random = Mt::new_with_key([0]);
    let mut draws: Vec<f64> = (0..500)
        .map(|_| {
            let drawn = rows.iter().filter_map(|_| {
                let (high, low) = (random.next_u32() >> 5, random.next_u32() >> 6);
                let unit = (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0;
                rows.get((unit * rows.len() as f64) as usize).copied()
            });
            rounded(joint(sum(drawn)).unwrap_or(0.0))
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    let at = |index: usize| draws.get(index).copied().unwrap_or(0.0);
    (at(12), at(487))
}

/// Ten bins; the mean gap between confidence and share right.
fn calibration_error(ranked: &[(f64, bool)]) -> Option<f64> {
    let mut bins = [(0.0, 0.0); 10];
    for &(confidence, right) in ranked {
        if let Some(bin) = bins.get_mut(((confidence * 10.0) as usize).min(9)) {
            *bin = (bin.0 + confidence, bin.1 + f64::from(u8::from(right)));
        }
    }
    let gap: f64 = bins.iter().map(|(said, right)| (said - right).abs()).sum();
    (!ranked.is_empty()).then(|| 100.0 * gap / ranked.len() as f64)
}

/// The area under the ROC curve, ties counted half.
fn area(ranked: &[(f64, bool)]) -> Option<f64> {
    let mut wrong: Vec<f64> =
        ranked.iter().filter(|(_, right)| !right).map(|(confidence, _)| *confidence).collect();
    wrong.sort_by(f64::total_cmp);
    let right: Vec<f64> =
        ranked.iter().filter(|(_, right)| *right).map(|(confidence, _)| *confidence).collect();
    if wrong.is_empty() || right.is_empty() {
        return None;
    }
    let below = |c: f64| wrong.partition_point(|w| w.total_cmp(&c) == Ordering::Less) as f64;
    let up_to = |c: f64| wrong.partition_point(|w| w.total_cmp(&c) != Ordering::Greater) as f64;
    let wins: f64 = right.iter().map(|&c| (below(c) + up_to(c)) / 2.0).sum();
    Some(100.0 * wins / (right.len() * wrong.len()) as f64)
}

fn rounded(value: f64) -> f64 {
    format!("{value:.2}").parse().unwrap_or(value)
}

fn print(rows: &[Row], sides: &Sides) {
    let all = sum(rows.iter().copied());
    let show = |name: &str, value: Option<f64>| {
        println!(
            "{name:12} {}",
            value.map_or_else(|| "None".to_owned(), |value| format!("{:?}", rounded(value)))
        );
    };
    println!("{:12} {}\n{:12} {}", "gold", all.gold, "predicted", all.predicted);
    show("span_P", percent(all.hit, all.predicted));
    show("span_R", percent(all.hit, all.gold));
    show("span_F1", percent(2 * all.hit, all.gold + all.predicted));
    show("speaker", percent(all.mentions_right, all.mentions));
    show("named", percent(all.names_right, all.names));
    show("joint_F1", joint(all));
    let (low, high) = bootstrap(rows);
    println!("{:12} [{low:?}, {high:?}]", "joint_F1_95");
    show("ECE", calibration_error(&sides.ranked));
    show("kind", percent(sides.kind.1, sides.kind.0));
    show("cue", percent(sides.cue.1, sides.cue.0));
    show("AUC", area(&sides.ranked));
}
