//! Articles with their annotated quotations, as the scorers read them.

use std::fs;
use std::io::{self, BufRead};

use quotetrace::Span;
use serde::Deserialize;

/// One annotated article.
#[derive(Deserialize)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) quotes: Vec<Quote>,
    #[serde(default)]
    pub(crate) unattributed: Vec<Unattributed>,
}

/// One annotated quotation; offsets are bytes once read.
#[derive(Deserialize, Clone)]
pub(crate) struct Quote {
    pub(crate) start: usize,
    pub(crate) end: usize,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) speaker: Option<Place>,
    pub(crate) cue: Option<Place>,
    /// Which attribution of the article this is a piece of.
    #[serde(default)]
    pub(crate) attribution: Option<usize>,
}

/// A mention of a speaker, or a cue.
#[derive(Deserialize, Clone)]
pub(crate) struct Place {
    pub(crate) start: Option<usize>,
    pub(crate) end: Option<usize>,
}

/// A marked string that is no quotation.
#[derive(Deserialize)]
pub(crate) struct Unattributed {
    pub(crate) start: usize,
    pub(crate) end: usize,
    #[serde(default)]
    pub(crate) markup: bool,
}

impl Place {
    pub(crate) fn span(&self) -> Option<Span> {
        Some(Span::new(self.start?, self.end?))
    }
}

/// Reads a file of articles, one a line; offsets in it count Unicode scalars and become bytes here.
pub(crate) fn read(path: &str) -> io::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for line in io::BufReader::new(fs::File::open(path)?).lines() {
        let mut article: Article = serde_json::from_str(&line?)?;
        let bytes: Vec<usize> =
            article.text.char_indices().map(|(at, _)| at).chain([article.text.len()]).collect();
        let to_byte = |at: &mut usize| *at = bytes.get(*at).copied().unwrap_or(article.text.len());
        for quote in &mut article.quotes {
            to_byte(&mut quote.start);
            to_byte(&mut quote.end);
            for place in [&mut quote.speaker, &mut quote.cue].into_iter().flatten() {
                place.start.as_mut().map(to_byte);
                place.end.as_mut().map(to_byte);
            }
        }
        for marked in &mut article.unattributed {
            to_byte(&mut marked.start);
            to_byte(&mut marked.end);
        }
        articles.push(article);
    }
    Ok(articles)
}

/// A span without the marks, punctuation and white space at its ends.
pub(crate) fn core(text: &str, span: Span) -> Span {
    let edge = |c: char| c.is_whitespace() || ".,;:!?…\"“”„«»'‘’‹›`—–-".contains(c);
    let inner = span.text(text);
    let start = span.start + (inner.len() - inner.trim_start_matches(edge).len());
    Span::new(start, start + inner.trim_matches(edge).len())
}

/// Whether a predicted mention counts as the annotated one.
pub(crate) fn same_mention(found: Span, gold: Span) -> bool {
    let over = found.end.min(gold.end) as i64 - found.start.max(gold.start) as i64;
    over > 0 && (2 * over >= found.len() as i64 || (found.start == gold.start && found.len() <= 100))
}
