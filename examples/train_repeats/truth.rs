//! Stories whose provenance is known: `docs.jsonl` and `truth.json` of a folder.

use std::collections::BTreeMap;
use std::fs;

use quotetrace::matching::{Printing, Utterance, assemble};
use quotetrace::quotation::Kind;
use quotetrace::{Analysis, Analyzer, Document, Span};
use serde::Deserialize;

#[derive(Deserialize)]
struct Truth {
    utterances: Vec<Said>,
    repeats: Vec<Taken>,
}

#[derive(Deserialize)]
struct Said {
    occurrences: Vec<Place>,
}

/// Offsets count characters.
#[derive(Deserialize)]
struct Place {
    doc: String,
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Taken {
    doc: String,
    from_doc: Option<String>,
}

/// A folder, read: documents with their analyses, the true utterances, and the true source of every document that
/// has one.
pub(crate) struct Story {
    /// The documents, in order of id.
    pub(crate) articles: Vec<(Document, Analysis)>,
    /// The utterances.
    pub(crate) utterances: Vec<Utterance>,
    /// Document to source.
    pub(crate) sources: BTreeMap<String, String>,
}

/// Reads a folder.
pub(crate) fn read(folder: &str) -> Result<Story, Box<dyn std::error::Error>> {
    let analyzer = Analyzer::new();
    let mut articles = Vec::new();
    for line in fs::read_to_string(format!("{folder}/docs.jsonl"))?.lines().filter(|line| !line.is_empty()) {
        let document: Document = serde_json::from_str(line)?;
        let analysis = analyzer.analyze(&document);
        articles.push((document, analysis));
    }
    articles.sort_by(|a, b| a.0.id().cmp(b.0.id()));
    let texts: BTreeMap<&str, &str> = articles.iter().map(|(d, _)| (d.id(), d.text())).collect();
    let truth: Truth = serde_json::from_str(&fs::read_to_string(format!("{folder}/truth.json"))?)?;
    let mut utterances = Vec::new();
    for said in &truth.utterances {
        let group: Vec<Printing> =
            said.occurrences.iter().filter_map(|place| printing(place, &texts)).collect();
        utterances.extend(assemble(&group));
    }
    let sources = truth.repeats.into_iter().filter_map(|taken| Some((taken.doc, taken.from_doc?))).collect();
    Ok(Story { articles, utterances, sources })
}

fn printing(place: &Place, texts: &BTreeMap<&str, &str>) -> Option<Printing> {
    let text = texts.get(place.doc.as_str())?;
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    let span = Span::new(byte(place.start), byte(place.end));
    let outer = |c: char| matches!(c, '“' | '”' | '"') || c.is_whitespace();
    let printed = span.text(text);
    let start = span.start + printed.len() - printed.trim_start_matches(outer).len();
    let inner = Span::new(start, start + printed.trim_matches(outer).len());
    Some(Printing::new(&place.doc, 0, Kind::Direct, inner, inner.text(text)))
}
