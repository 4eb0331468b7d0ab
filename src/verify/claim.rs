//! The quotation asked for, and which words of a document may be it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::answer::Match;
use super::candidate::{Candidate, Place};
use super::judge::hold;
use super::options::VerifyOptions;
use super::splice;
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
    /// How many words of a document a match may take up.
    reach: usize,
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
        Self { text, words, keys, reach: reach(text, words, options), options }
    }

    /// The matches in the stretches of a document, all of it for `None`; none overlaps another that is better.
    pub(super) fn in_document(
        &self,
        document: &Document,
        analysis: &Analysis,
        stretches: Option<&[Span]>,
    ) -> Vec<Match> {
        let text = document.text();
        let running = if self.options.quoted_only { Vec::new() } else { running(text, stretches) };
        let candidates = quoted(text, analysis, stretches, !self.options.quoted_only).chain(running);
        let mut found: Vec<Match> = Vec::new();
        for one in candidates {
            // What is left beside a match may be another.
            let mut left = vec![Span::new(0, one.wording.len())];
            while let Some(rest) = left.pop() {
                for at in self.likely(rest.text(&one.wording)) {
                    let at = Span::new(rest.start + at.start, rest.start + at.end);
                    let Some((inside, found_there)) = hold(self, &Place::new(&one, at), document, analysis)
                    else {
                        continue;
                    };
                    left.push(Span::new(at.start, at.start + inside.start));
                    left.push(Span::new(at.start + inside.end, at.end));
                    found.push(found_there);
                }
            }
        }
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

    /// Where in a wording a match may be: wherever as many words in a row as it may take up have half of the claim's.
    /// O(words · log of the claim's).
    fn likely(&self, wording: &str) -> Vec<Span> {
        let read = Text::new(wording);
        // Of each word its token, and which of the claim's it is.
        let tokens = read.tokens().iter().enumerate().filter(|(_, token)| token.is_word());
        let words: Vec<(usize, Option<usize>)> =
            tokens.map(|(at, token)| (at, self.keys.binary_search(&token.key()).ok())).collect();
        let place = |word: usize| words.get(word).and_then(|(_, place)| *place);
        let mut window = Window { counts: vec![0; self.keys.len()], distinct: 0 };
        let mut likely: Vec<Range<usize>> = Vec::new();
        for last in 0..words.len() {
            let first = (last + 1).saturating_sub(self.reach);
            window.take(place(last));
            window.drop(first.checked_sub(1).and_then(place));
            if 2 * window.distinct < self.keys.len() {
                continue;
            }
            match likely.last_mut() {
                // A longer one is gone on with in another, so that no word is placed in more than it is in reach of.
                Some(here) if first < here.end && last < here.start + 3 * self.reach => here.end = last + 1,
                _ => likely.push(first..last + 1),
            }
        }
        // With what stands around the words.
        let token = |word: Option<usize>| word.and_then(|word| words.get(word)).map(|(at, _)| *at);
        let span = |words: Range<usize>| {
            let from = token(words.start.checked_sub(1)).map_or(0, |before| before + 1);
            read.span_of(from..token(Some(words.end)).unwrap_or(read.tokens().len()))
        };
        likely.into_iter().filter_map(span).collect()
    }
}

/// How many words a match of the claim may take up: more of them, and it would have too small a share of the claim's;
/// dots stand for any number, of which those are found that are not far apart.
fn reach(text: &str, words: usize, options: &VerifyOptions) -> usize {
    let far = 2 * words + 40;
    if splice::has_dots(text) {
        return far;
    }
    // A word as printed may be several of the claim's.
    far.min((words as f32 / options.least_score.max(f32::EPSILON)) as usize + 4)
}

/// Which of the claim's words there are among some in a row.
struct Window {
    counts: Vec<u32>,
    distinct: usize,
}

impl Window {
    fn take(&mut self, place: Option<usize>) {
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            self.distinct += usize::from(*count == 0);
            *count += 1;
        }
    }

    fn drop(&mut self, place: Option<usize>) {
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count -= 1;
            self.distinct -= usize::from(*count == 0);
        }
    }
}

/// The running text of a document: all of it, or in stretches.
fn running<'d>(text: &'d str, stretches: Option<&[Span]>) -> Vec<Candidate<'d>> {
    let Some(stretches) = stretches else { return vec![Candidate::stretch(text, Span::new(0, text.len()))] };
    // In order, as they come.
    let inside = stretches.iter().map(|stretch| Span::new(stretch.start, stretch.end.min(text.len())));
    Span::joined(inside).into_iter().map(|span| Candidate::stretch(text, span)).collect()
}

/// The quotations of a document that touch the stretches, and neighbours of one speaker put together: words split
/// around a cue may have been read as two quotations. Where the running text is looked at anyway (`split`), those alone
/// that do not stand there in one piece.
fn quoted<'d>(
    text: &'d str,
    analysis: &'d Analysis,
    stretches: Option<&'d [Span]>,
    split: bool,
) -> impl Iterator<Item = Candidate<'d>> {
    let touches = move |quotation: &Quotation| {
        stretches.is_none_or(|spans| spans.iter().any(|span| span.overlaps(quotation.span)))
    };
    let quotations = &analysis.quotations;
    let alone = quotations.iter().filter(move |one| (!split || one.parts.len() > 1) && touches(one));
    let alone = alone.map(move |one| Candidate::quotations(text, &[one]));
    let joined = quotations.windows(2).filter_map(move |pair| match pair {
        [a, b] if go_together(a, b) && (touches(a) || touches(b)) => {
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
