//! How often a word reports, and how often it heads a source: counted over annotated articles.

use std::collections::BTreeMap;
use std::fmt::Write;

use quotetrace::text::Text;
use quotetrace::{Limits, Span, quotation};

use crate::gold::Article;

#[derive(Default)]
struct Count {
    all: u32,
    cue: u32,
    source: u32,
}

/// The table of cue and source levels, learned from the articles' annotations.
pub(crate) fn learn<'a>(articles: impl Iterator<Item = &'a Article>) -> String {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for article in articles {
        let text = Text::new(&article.text);
        let (stretches, _) = quotation::find(&text, &Limits::default());
        let marked: Vec<Span> = stretches.iter().flat_map(|stretch| stretch.parts.clone()).collect();
        let cues: Vec<Span> = article.quotes.iter().filter_map(|quote| quote.cue.as_ref()?.span()).collect();
        let heads: Vec<Span> =
            article.quotes.iter().filter_map(|quote| head(&text, quote.speaker.as_ref()?.span()?)).collect();
        let cues = Cover::new(cues);
        let heads = Cover::new(heads);
        let marked = Cover::new(marked);
        for (index, token) in text.tokens().iter().enumerate() {
            if !token.is_word() || marked.covers(token.span().start) {
                continue;
            }
            let word = text.word(index);
            let count = counts.entry(word.to_lowercase().replace('’', "'")).or_default();
            count.all += 1;
            count.cue += u32::from(cues.covers(token.span().start));
            count.source += u32::from(!token.is_capitalised() && heads.covers(token.span().start));
        }
    }
    table(&counts)
}

fn table(counts: &BTreeMap<String, Count>) -> String {
    let mut table = String::from(
        "# How often a word reports, and how often it heads a source: tenths of its occurrences outside marks.\n\
         # Learned by examples/train from the annotations of PolNeAR train; see ../weights.md.\n",
    );
    let mut add = |word: &str, cue: u32, source: u32| {
        if cue + source > 0 {
            let _ = writeln!(table, "{word}\t{cue}\t{source}");
        }
    };
    for (word, count) in counts {
        // Two more occurrences that are neither, so that a single one proves little.
        let share = |part: u32| if part > 1 { (10 * part / (count.all + 2)).min(9) } else { 0 };
        let once = |part: u32| if part == 1 && count.all <= 2 { 3 } else { 0 };
        if word == "according" {
            add("according to", 9, 0);
        } else {
            add(word, share(count.cue).max(once(count.cue)), share(count.source));
        }
    }
    table
}

/// The last word of a mention before its first preposition, relative, or comma.
fn head(text: &Text<'_>, mention: Span) -> Option<Span> {
    let mut last = None;
    for index in text.tokens_in(mention) {
        let word = text.word(index);
        let ends = ["of", "for", "in", "at", "from", "who", "with", "on", "to", ",", "and", "that", "by"];
        if last.is_some() && ends.contains(&word) {
            break;
        }
        last = text.token(index).map(|token| token.span());
    }
    last
}

/// Spans asked whether they cover an offset.
struct Cover(Vec<Span>);

impl Cover {
    fn new(mut spans: Vec<Span>) -> Self {
        spans.sort();
        Self(spans)
    }

    fn covers(&self, offset: usize) -> bool {
        self.0.iter().any(|span| span.contains(offset))
    }
}
