//! Learns the weights by which indirect speech is matched with the quotation that it reports.
//!
//! ```text
//! cargo run --release --example train_reported -- ARTICLES.jsonl PAIRS.jsonl
//! ```
//!
//! A line of PAIRS is `{"group": str, "direct": {"doc", "start", "end"}, "indirect": {…}, "label": "reported" | …}`; the
//! offsets count Unicode scalars, and a group is never in both halves of a fold. The weights go to standard output, in
//! the order of `src/matching/reported.rs`; how good they are out of fold, to standard error. The same files always give
//! the same bytes.

mod common;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use clap::Parser;
use quotetrace::matching::report_features;
use quotetrace::{Analysis, Analyzer, Document, Quotation, Span};
use serde::Deserialize;

/// Learns the weights of reported speech from judged pairs.
#[derive(Parser)]
struct Arguments {
    /// Articles, a line each
    articles: PathBuf,
    /// Judged pairs of a quotation and indirect speech, a line each
    pairs: PathBuf,
    /// What is taken off the likelihood for half of every weight but the last, squared
    #[arg(long, default_value_t = 3.0)]
    ridge: f64,
}

/// Other ridges that are tried out of fold, for comparison.
const RIDGES: [f64; 4] = [0.3, 1.0, 3.0, 10.0];
const STEPS: usize = 20_000;
const STEP: f64 = 0.02;
const FOLDS: usize = 8;
/// The log-odds from which it is a report.
const LEAST: f64 = 0.405;

#[derive(Deserialize)]
struct Pair {
    group: String,
    direct: Place,
    indirect: Place,
    label: String,
}

#[derive(Deserialize)]
struct Place {
    doc: String,
    start: usize,
    end: usize,
}

struct Case {
    group: String,
    features: Vec<f64>,
    reported: bool,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let pairs = std::fs::read_to_string(&arguments.pairs)?;
    let pairs: Vec<Pair> = pairs.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let articles = read(&arguments.articles, &pairs)?;
    let (mut names, mut cases, mut settled) = (Vec::new(), Vec::new(), 0);
    for pair in &pairs {
        let (Some(direct), Some(indirect)) =
            (spoken(&articles, &pair.direct), spoken(&articles, &pair.indirect))
        else {
            continue;
        };
        let Some(features) = report_features(indirect, direct) else {
            settled += 1;
            continue;
        };
        names = features.iter().map(|(name, _)| *name).collect();
        let features = features.into_iter().map(|(_, value)| f64::from(value)).collect();
        cases.push(Case { group: pair.group.clone(), features, reported: pair.label == "reported" });
    }
    eprintln!("{} pairs, {} of them learned from, {settled} settled by two names", pairs.len(), cases.len());
    for ridge in RIDGES {
        cross_validate(&cases, ridge);
    }
    let weights = fit(&cases.iter().collect::<Vec<_>>(), arguments.ridge);
    for (name, weight) in names.iter().zip(weights) {
        println!("{name}\t{weight:.2}");
    }
    Ok(())
}

/// The articles that pairs are of, analysed.
fn read(path: &PathBuf, pairs: &[Pair]) -> io::Result<BTreeMap<String, (Document, Analysis)>> {
    let analyzer = Analyzer::new().with_indirect(true);
    let wanted = |id: &str| pairs.iter().any(|pair| pair.direct.doc == id || pair.indirect.doc == id);
    let mut articles = BTreeMap::new();
    for document in common::documents(std::slice::from_ref(path), false) {
        let document = document.map_err(common::output_error)?;
        if wanted(document.id()) {
            let analysis = analyzer.analyze(&document);
            articles.insert(document.id().to_owned(), (document, analysis));
        }
    }
    Ok(articles)
}

/// What the quotation that has at least half of a place says, who says it and when it was published; the one that has most
/// of it.
fn spoken<'a>(
    articles: &'a BTreeMap<String, (Document, Analysis)>,
    place: &Place,
) -> Option<(&'a str, Option<&'a str>, Option<quotetrace::Published>)> {
    let (document, analysis) = articles.get(&place.doc)?;
    let text = document.text();
    let byte = |scalar: usize| text.char_indices().nth(scalar).map_or(text.len(), |(at, _)| at);
    let span = Span::new(byte(place.start), byte(place.end));
    let shared = |one: &Quotation| one.span.end.min(span.end).saturating_sub(one.span.start.max(span.start));
    let likely = analysis.quotations.iter().filter(|one| 2 * shared(one) >= span.len());
    let found = likely.max_by_key(|one| (shared(one), std::cmp::Reverse(one.span.len())))?;
    Some((found.text.as_str(), found.speaker(), document.published()))
}

/// Precision and recall on groups that were not learned from.
fn cross_validate(cases: &[Case], ridge: f64) {
    let mut groups: Vec<&str> = cases.iter().map(|case| case.group.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    let fold = |case: &Case| groups.binary_search(&case.group.as_str()).unwrap_or(0) % FOLDS;
    let (mut right, mut given, mut there) = (0, 0, 0);
    for held in 0..FOLDS {
        let weights = fit(&cases.iter().filter(|case| fold(case) != held).collect::<Vec<_>>(), ridge);
        for case in cases.iter().filter(|case| fold(case) == held) {
            let is_given = score(&case.features, &weights) >= LEAST;
            right += usize::from(is_given && case.reported);
            given += usize::from(is_given);
            there += usize::from(case.reported);
        }
    }
    let percent = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
    eprintln!(
        "ridge {ridge}, out of fold: precision {:.1}, recall {:.1} of {there}",
        percent(given),
        percent(there)
    );
}

/// Logistic regression with a ridge on all weights but the last, by gradient ascent in steps of one size.
fn fit(cases: &[&Case], ridge: f64) -> Vec<f64> {
    let count = cases.first().map_or(0, |case| case.features.len());
    let mut weights = vec![0.0; count];
    for _ in 0..STEPS {
        let free = count.saturating_sub(1);
        let mut gradient: Vec<f64> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| if at < free { -ridge * weight } else { 0.0 })
            .collect();
        for case in cases {
            let chance = 1.0 / (1.0 + (-score(&case.features, &weights)).exp());
            let missing = f64::from(u8::from(case.reported)) - chance;
            for (slope, feature) in gradient.iter_mut().zip(&case.features) {
                *slope += missing * feature;
            }
        }
        for (weight, slope) in weights.iter_mut().zip(&gradient) {
            *weight += STEP * slope;
        }
    }
    weights
}

fn score(features: &[f64], weights: &[f64]) -> f64 {
    features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum()
}
