//! The quotation asked for, and which words of a document may be it.

use std::collections::BTreeMap;

use super::answer::Match;
use super::candidate::Candidate;
use super::judge::hold;
use super::options::VerifyOptions;
use crate::analysis::{Analysis, Quotation};
use crate::document::Document;
use crate::text::{Span, Text};

/// The quotation asked for.
pub(super) struct Claim<'a> {
    pub(super) text: &'a str,
    /// How many words it has.
    pub(super) words: usize,
    /// Its words, each once, sorted.
    pub(super) keys: Vec<u64>,
    pub(super) options: &'a VerifyOptions,
}

impl<'a> Claim<'a> {
    pub(super) fn new(text: &'a str, options: &'a VerifyOptions) -> Self {
        let read = Text::new(text);
        let mut keys: Vec<u64> =
            read.tokens().iter().filter(|token| token.is_word()).map(|token| token.key()).collect();
        let words = keys.len();
        keys.sort_unstable();
        keys.dedup();
        Self { text, words, keys, options }
    }

    /// The matches in the stretches of a document, all of it for `None`; none overlaps another that is better.
    pub(super) fn in_document(
        &self,
        document: &Document,
        analysis: &Analysis,
        stretches: Option<&[Span]>,
    ) -> Vec<Match> {
        let text = document.text();
        let quoted = quoted(text, analysis, stretches).filter(|one| self.has_half(&Text::new(&one.wording)));
        let running = if self.options.quoted_only {
            Vec::new()
        } else {
            stretches.map_or_else(|| self.likely_stretches(text), |spans| self.likely(text, spans))
        };
        let running = running.into_iter().map(|span| Candidate::stretch(text, span));
        let mut found: Vec<Match> =
            quoted.chain(running).filter_map(|one| hold(self, &one, document, analysis)).collect();
        // Stable: of equals, the quotation comes before the running text.
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut kept: BTreeMap<usize, Match> = BTreeMap::new();
        for one in found {
            let before = kept.range(..one.span.end).next_back();
            if before.is_none_or(|(_, other)| !other.span.overlaps(one.span)) {
                kept.insert(one.span.start, one);
            }
        }
        kept.into_values().collect()
    }

    /// The stretches of a text that have half of the claim's words. They overlap, so that a match lies in one.
    fn likely_stretches(&self, text: &str) -> Vec<Span> {
        let read = Text::new(text);
        let (length, step) = (2 * self.words + 40, self.words + 20);
        let starts = (0..read.tokens().len()).step_by(step);
        let spans = starts.filter_map(|from| {
            let span = read.span_of(from..(from + length).min(read.tokens().len()))?;
            let keys = read.tokens().iter().skip(from).take(length).map(|token| token.key());
            self.has_half_of(keys).then_some(span)
        });
        spans.collect()
    }

    /// Those of the stretches given that have half of the claim's words.
    fn likely(&self, text: &str, stretches: &[Span]) -> Vec<Span> {
        let inside = stretches.iter().map(|span| Span::new(span.start, span.end.min(text.len())));
        inside.filter(|span| self.has_half(&Text::new(span.text(text)))).collect()
    }

    fn has_half(&self, text: &Text<'_>) -> bool {
        self.has_half_of(text.tokens().iter().map(|token| token.key()))
    }

    fn has_half_of(&self, keys: impl Iterator<Item = u64>) -> bool {
        let mut common: Vec<u64> = keys.filter(|key| self.keys.binary_search(key).is_ok()).collect();
        common.sort_unstable();
        common.dedup();
        2 * common.len() >= self.keys.len()
    }
}

/// The quotations of a document that touch the stretches, and neighbours of one speaker put together: words split
/// around a cue may have been read as two quotations.
fn quoted<'d>(
    text: &'d str,
    analysis: &'d Analysis,
    stretches: Option<&'d [Span]>,
) -> impl Iterator<Item = Candidate> + 'd {
    let touches = move |quotation: &Quotation| {
        stretches.is_none_or(|spans| spans.iter().any(|span| span.overlaps(quotation.span)))
    };
    let quotations = &analysis.quotations;
    let alone = quotations.iter().filter(move |one| touches(one));
    let alone = alone.map(move |one| Candidate::quotations(text, &[one]));
    let joined = quotations.windows(2).filter_map(move |pair| match pair {
        [a, b] if (touches(a) || touches(b)) && go_together(a, b) => {
            Some(Candidate::quotations(text, &[a, b]))
        }
        _ => None,
    });
    alone.chain(joined)
}

/// Whether two neighbours may be one speaker's words split around a cue.
pub(super) fn go_together(a: &Quotation, b: &Quotation) -> bool {
    a.speaker().is_some() && a.speaker() == b.speaker() && b.within.is_none()
}
