//! Did somebody really say that? A quotation held against the articles: where it stands, who says it there, and
//! word by word what was altered.

mod glance;

use std::collections::BTreeMap;

use glance::Glance;
use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Quotation};
use crate::document::{Document, Published};
use crate::matching::{Change, Edit, Op, Placement, Utterance, Variant, changes, place};
use crate::mention::identity::same_person;
use crate::text::{Span, Text};
use crate::tracker::Tracker;

/// The least share of the words that a match has in common with what was asked for.
const LEAST_SCORE: f32 = 0.5;
/// How many words that share is of, at the least; fewer are a match only where they are all there.
const LEAST_WORDS: usize = 3;
/// A sentence shorter than this tells no splice.
const LEAST_SENTENCE: usize = 4;

/// What the articles say of a quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// The answer in a word, from the best match.
    pub verdict: Verdict,
    /// Where the words stand, or words like them, the best first. For a splice, the matches of its sentences.
    pub matches: Vec<Match>,
    /// The document certainly published before all others that match as well as the best; `None` where one of them
    /// has no date. The earliest among the documents given, no more.
    pub earliest: Option<String>,
    /// How far the best score is above that of the best match of other words; all of it if there is none.
    pub margin: f32,
}

/// What became of a quotation's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// The very words stand in a document.
    Verbatim,
    /// They differ in marks, dashes, case or white space alone.
    Typographic,
    /// Words were left out, put in or replaced.
    Altered,
    /// Words that stand apart were put together.
    Spliced,
    /// The words are there, and somebody else says them.
    Misattributed,
    /// The documents given don't have them.
    NotFound,
}

/// A place where the words stand, or words like them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Match {
    /// The document's id.
    pub document: String,
    /// Where in its text.
    pub span: Span,
    /// The index of the quotation there in the document's analysis; `None` in the outlet's own words.
    pub quotation: Option<usize>,
    /// Who says it there.
    pub speaker: Option<String>,
    /// The utterance that the quotation prints.
    pub utterance: Option<String>,
    /// The way from the document's words to those asked for: `at` is an interval of the document's text, and the
    /// `text`s joined give the quotation that was asked for.
    pub edits: Vec<Edit>,
    /// The edits that change what is said.
    pub changes: Vec<Change>,
    /// The share of words in common, of the longer of the two, in `0.0..=1.0`.
    pub score: f32,
    /// What became of the words here, whoever says them.
    pub verdict: Verdict,
}

impl Tracker {
    /// Holds a quotation, and who is supposed to have said it, against all documents.
    ///
    /// Quotations are compared by their words, those split around a cue as one, and so is the running text between
    /// them. O(n·m) time for n bytes of documents and m words of the quotation, at the most: only stretches that
    /// have half of its words are aligned.
    ///
    /// ```
    /// use quotetrace::matching::Change;
    /// use quotetrace::{Document, Tracker, Verdict};
    ///
    /// let mut tracker = Tracker::new();
    /// tracker.add(Document::new("a", "“We will not close the ferry line this year,” Mayor Ada Quill said."))?;
    ///
    /// let found = tracker.verify("We will not close the ferry line", Some("Ada Quill"));
    /// assert_eq!(found.verdict, Verdict::Verbatim);
    /// assert_eq!(tracker.verify("We will not close the ferry line", Some("Tom Reyes")).verdict, Verdict::Misattributed);
    ///
    /// let found = tracker.verify("We will close the ferry line", None);
    /// assert_eq!(found.verdict, Verdict::Altered);
    /// assert_eq!(found.matches[0].changes, [Change::Negation]);
    ///
    /// assert_eq!(tracker.verify("Taxes will double by spring", None).verdict, Verdict::NotFound);
    /// # Ok::<(), quotetrace::Error>(())
    /// ```
    #[must_use]
    pub fn verify(&self, quotation: &str, speaker: Option<&str>) -> Verification {
        Sources::All(self).verify(quotation, speaker)
    }

    /// Where the words of a quotation stand, or words like them, the best first: the matches of
    /// [`verify`](Self::verify) without their utterances, so that no graph is made. What a service asks that takes in
    /// articles all the time.
    #[must_use]
    pub fn find(&self, quotation: &str) -> Vec<Match> {
        Sources::All(self).found(quotation)
    }

    /// Holds a quotation, and who is supposed to have said it, against one document, which need not be known.
    ///
    /// What a language model quotes is checked so against the source that it was given: the quotations there are
    /// compared, and so is the running text, since a source often has no marks. Time is linear in the document's
    /// length; the answer names no utterances.
    ///
    /// ```
    /// use quotetrace::{Document, Tracker, Verdict};
    ///
    /// let minutes = Document::new("minutes", "The harbor board met on Monday. The east channel stays open to barges.");
    /// let found = Tracker::new().verify_in("the east channel stays open", None, &minutes);
    /// assert_eq!(found.verdict, Verdict::Typographic);
    /// assert_eq!(found.matches[0].span.text(minutes.text()), "The east channel stays open");
    /// ```
    #[must_use]
    pub fn verify_in(&self, quotation: &str, speaker: Option<&str>, document: &Document) -> Verification {
        let analysis = self.analyzer().analyze(document);
        Sources::One(document, &analysis).verify(quotation, speaker)
    }
}

/// The articles that a quotation is held against.
enum Sources<'a> {
    All(&'a Tracker),
    /// One that nobody knows the utterances of.
    One(&'a Document, &'a Analysis),
}

impl Sources<'_> {
    /// Asked for only where something was found, since the graph may have to be made for it.
    fn utterances(&self) -> &[Utterance] {
        match self {
            Self::All(tracker) => tracker.graph().utterances(),
            Self::One(..) => &[],
        }
    }

    fn published(&self, id: &str) -> Option<Published> {
        match self {
            Self::All(tracker) => tracker.get(id)?.0.published(),
            Self::One(document, _) => document.published(),
        }
    }

    fn verify(&self, quotation: &str, speaker: Option<&str>) -> Verification {
        let whole = self.matches(quotation);
        let verdict = whole.first().map_or(Verdict::NotFound, |best| best.verdict);
        if matches!(verdict, Verdict::Altered | Verdict::NotFound)
            && let Some(matches) = self.spliced(quotation)
        {
            return Verification { verdict: Verdict::Spliced, matches, earliest: None, margin: 0.0 };
        }
        let verdict = if is_misattributed(&whole, speaker) { Verdict::Misattributed } else { verdict };
        Verification { verdict, earliest: self.earliest(&whole), margin: margin(&whole), matches: whole }
    }

    /// All matches but for their utterances, the best first.
    fn found(&self, quotation: &str) -> Vec<Match> {
        let claim = Claim::new(quotation);
        let mut found = Vec::new();
        if claim.keys.is_empty() {
            return found;
        }
        let glance = Glance::new(quotation, claim.keys.len());
        let mut hold = |document: &Document, analysis: &Analysis| {
            if glance.as_ref().is_none_or(|glance| glance.may_hold(document.text())) {
                found.extend(claim.in_document(document, analysis));
            }
        };
        match self {
            Self::All(tracker) => tracker.each_likely(&claim.keys, &mut hold),
            Self::One(document, analysis) => hold(document, analysis),
        }
        // Stable: matches of one score stay in order of document and place.
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }

    /// All matches, the best first.
    fn matches(&self, quotation: &str) -> Vec<Match> {
        let mut found = self.found(quotation);
        if found.is_empty() {
            return found;
        }
        let mut printed: BTreeMap<(&str, usize), Vec<(Span, &str)>> = BTreeMap::new();
        for utterance in self.utterances() {
            for occurrence in &utterance.occurrences {
                let key = (occurrence.document.as_str(), occurrence.quotation);
                printed.entry(key).or_default().push((occurrence.span, &utterance.id));
            }
        }
        for one in &mut found {
            let Some(quotation) = one.quotation else { continue };
            let places = printed.get(&(one.document.as_str(), quotation));
            let here = places.into_iter().flatten().find(|(span, _)| span.overlaps(one.span));
            one.utterance = here.map(|(_, id)| (*id).to_owned());
        }
        found
    }

    /// The matches of the sentences, if each stands somewhere to the word.
    fn spliced(&self, quotation: &str) -> Option<Vec<Match>> {
        let text = Text::new(quotation);
        let sentences: Vec<Span> =
            text.sentences().iter().filter_map(|tokens| text.span_of(tokens.clone())).collect();
        if sentences.len() < 2 {
            return None;
        }
        let mut matches = Vec::new();
        for sentence in sentences {
            let sentence = sentence.text(quotation);
            let best = self.matches(sentence).into_iter().next()?;
            let is_whole = matches!(best.verdict, Verdict::Verbatim | Verdict::Typographic);
            if !is_whole || Claim::new(sentence).keys.len() < LEAST_SENTENCE {
                return None;
            }
            matches.push(best);
        }
        Some(matches)
    }

    fn earliest(&self, matches: &[Match]) -> Option<String> {
        let best = matches.first()?.score;
        let mut dated: Vec<(Published, &str)> = Vec::new();
        for one in matches.iter().take_while(|one| one.score >= best) {
            dated.push((self.published(&one.document)?, &one.document));
        }
        let (time, id) = dated.iter().min_by_key(|(time, _)| time.until())?;
        let is_first = dated.iter().all(|(other, name)| name == id || time.before(*other));
        is_first.then(|| (*id).to_owned())
    }
}

/// Whether none of those who say the words as well as the best match does is the one they are ascribed to.
fn is_misattributed(matches: &[Match], speaker: Option<&str>) -> bool {
    let (Some(asked), Some(best)) = (speaker, matches.first()) else { return false };
    let mut named =
        matches.iter().take_while(|one| one.score >= best.score).filter_map(|one| one.speaker.as_deref());
    named.clone().next().is_some() && !named.any(|name| name.split("; ").any(|name| is_same(asked, name)))
}

/// Whether two names may be one person's; a surname alone may.
fn is_same(a: &str, b: &str) -> bool {
    let last = |name: &str| name.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let is_short = |name: &str| name.split_whitespace().count() == 1;
    same_person(a, b) || ((is_short(a) || is_short(b)) && last(a) == last(b))
}

fn margin(matches: &[Match]) -> f32 {
    let Some(best) = matches.first() else { return 0.0 };
    let is_other =
        |one: &&Match| one.utterance != best.utterance || (one.utterance.is_none() && one.score < best.score);
    best.score - matches.iter().find(is_other).map_or(0.0, |other| other.score)
}

/// The quotation asked for.
struct Claim<'a> {
    text: &'a str,
    /// How many words it has.
    words: usize,
    /// Its words, each once, sorted.
    keys: Vec<u64>,
}

/// Words of a document that the claim may be: a quotation's, or a stretch of the text.
struct Candidate {
    wording: String,
    /// Where the wording's stretches begin in it, and where they stand in the document, in order.
    pieces: Vec<(usize, Span)>,
}

impl<'a> Claim<'a> {
    fn new(text: &'a str) -> Self {
        let read = Text::new(text);
        let mut keys: Vec<u64> =
            read.tokens().iter().filter(|token| token.is_word()).map(|token| token.key()).collect();
        let words = keys.len();
        keys.sort_unstable();
        keys.dedup();
        Self { text, words, keys }
    }

    /// The matches in one document, none overlapping another that is better.
    fn in_document(&self, document: &Document, analysis: &Analysis) -> Vec<Match> {
        let quotations = &analysis.quotations;
        let alone = quotations.iter().map(|one| Candidate::quotations(document.text(), &[one]));
        // Words split around a cue may have been read as two quotations.
        let joined = quotations.windows(2).filter_map(|pair| match pair {
            [a, b] if a.speaker().is_some() && a.speaker() == b.speaker() && b.within.is_none() => {
                Some(Candidate::quotations(document.text(), &[a, b]))
            }
            _ => None,
        });
        let quoted = alone.chain(joined);
        let candidates =
            quoted.filter(|one| self.is_likely(&one.wording)).chain(self.stretches(document.text()));
        let mut found: Vec<Match> =
            candidates.filter_map(|one| self.hold(&one, document, analysis)).collect();
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
    fn stretches(&self, text: &str) -> Vec<Candidate> {
        let read = Text::new(text);
        let (length, step) = (2 * self.words + 40, self.words + 20);
        let starts = (0..read.tokens().len()).step_by(step);
        let spans = starts.filter_map(|from| {
            let span = read.span_of(from..(from + length).min(read.tokens().len()))?;
            let keys = read.tokens().iter().skip(from).take(length).map(|token| token.key());
            self.has_half(keys).then_some(span)
        });
        let candidate =
            |span: Span| Candidate { wording: span.text(text).to_owned(), pieces: vec![(0, span)] };
        spans.map(candidate).collect()
    }

    fn is_likely(&self, wording: &str) -> bool {
        self.has_half(Text::new(wording).tokens().iter().map(|token| token.key()))
    }

    fn has_half(&self, keys: impl Iterator<Item = u64>) -> bool {
        let mut common: Vec<u64> = keys.filter(|key| self.keys.binary_search(key).is_ok()).collect();
        common.sort_unstable();
        common.dedup();
        2 * common.len() >= self.keys.len()
    }

    /// The claim placed in a candidate's words; `None` if it has too little of them.
    fn hold(&self, candidate: &Candidate, document: &Document, analysis: &Analysis) -> Option<Match> {
        let wording = &candidate.wording;
        let placed = place(wording, self.text)?;
        let kept = kept(&placed, wording);
        let theirs = count(placed.at.text(wording));
        // Where a stretch ends inside of what is one word in the whole (`e.e.`), its pieces may be more words than that.
        let score = kept as f32 / self.words.max(theirs).max(kept).max(1) as f32;
        if score < LEAST_SCORE || kept < LEAST_WORDS.min(self.words) {
            return None;
        }
        let span = candidate.span(placed.at)?;
        // Where the words begin; a nested quotation is the more precise one.
        let all = analysis.quotations.iter().enumerate();
        let around = all.filter(|(_, one)| one.parts.iter().any(|part| part.contains(span.start)));
        let quotation = around.min_by_key(|(_, one)| one.span.len()).map(|(index, _)| index);
        let speaker = quotation.and_then(|index| analysis.quotations.get(index)).and_then(Quotation::speaker);
        let changes = changes(wording, &placed.edits);
        let verdict = verdict(&placed.variants);
        let edits = placed.edits.into_iter().filter_map(|edit| {
            let at =
                if edit.at.is_empty() { candidate.point(edit.at.start) } else { candidate.span(edit.at)? };
            Some(Edit::new(edit.op, at, edit.text))
        });
        Some(Match {
            document: document.id().to_owned(),
            span,
            quotation,
            speaker: speaker.map(str::to_owned),
            utterance: None,
            edits: edits.collect(),
            changes,
            score: (score * 1000.0).round() / 1000.0,
            verdict,
        })
    }
}

impl Candidate {
    /// The parts of quotations, put together.
    fn quotations(text: &str, quotations: &[&Quotation]) -> Self {
        let (mut wording, mut pieces) = (String::new(), Vec::new());
        for part in quotations.iter().flat_map(|quotation| &quotation.parts) {
            if !wording.is_empty() {
                wording.push(' ');
            }
            pieces.push((wording.len(), *part));
            wording.push_str(part.text(text));
        }
        Self { wording, pieces }
    }

    /// Where a place of the wording stands in the document.
    fn point(&self, offset: usize) -> Span {
        let piece = self.pieces.iter().rev().find(|(start, _)| *start <= offset);
        let at = piece.map_or(0, |(start, span)| (span.start + (offset - start)).min(span.end));
        Span::new(at, at)
    }

    /// Where an interval of the wording stands in the document.
    fn span(&self, at: Span) -> Option<Span> {
        let (start, end) = (self.point(at.start).start, self.point(at.end).end);
        (start <= end).then(|| Span::new(start, end))
    }
}

/// How many words of the claim are as the document has them.
fn kept(placed: &Placement, wording: &str) -> usize {
    let same = placed.edits.iter().filter(|edit| matches!(edit.op, Op::Keep | Op::Typography));
    same.map(|edit| count(edit.at.text(wording)).min(count(&edit.text))).sum()
}

fn count(text: &str) -> usize {
    Text::new(text).tokens().iter().filter(|token| token.is_word()).count()
}

fn verdict(variants: &[Variant]) -> Verdict {
    let has = |wanted: &[Variant]| variants.iter().any(|variant| wanted.contains(variant));
    if has(&[Variant::Spliced]) {
        Verdict::Spliced
    } else if has(&[Variant::Reworded, Variant::Elided, Variant::Interpolated]) {
        Verdict::Altered
    } else if has(&[Variant::Typographic]) {
        Verdict::Typographic
    } else {
        Verdict::Verbatim
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::confidence::Confidence;
    use crate::speaker::Attribution;

    /// Found by fuzzing: `e.e.` is one word, and its pieces are two.
    #[test]
    fn no_match_is_better_than_all_of_it() {
        let mut tracker = Tracker::new();
        tracker.add(Document::new("a", "\u{fffd}\ne\ne.e.\n")).unwrap();
        let found = tracker.verify("e.e.\n", None);
        assert!(!found.matches.is_empty() && found.matches.iter().all(|one| one.score <= 1.0), "{found:?}");
    }

    /// Found by fuzzing: nobody is no other speaker than the one asked for.
    #[test]
    fn words_that_a_text_gives_to_nobody_are_not_misattributed() {
        let nobody = Attribution::new("", Confidence::new(0.9));
        let text = "The ferry would run all winter long, it was announced.";
        let document = Document::new("a", text);
        let mut analysis = Analyzer::new().analyze(&document);
        let span = Span::new(0, 36);
        analysis.quotations = serde_json::from_value(serde_json::json!([{
            "kind": "indirect", "span": span, "parts": [span], "text": span.text(text), "within": null, "attribution": nobody,
        }]))
        .unwrap();
        assert_eq!(analysis.quotations[0].speaker(), None);
        let mut tracker = Tracker::new();
        tracker.add_analyzed(document, analysis).unwrap();
        assert_eq!(tracker.verify(span.text(text), Some("Ada Quill")).verdict, Verdict::Verbatim);
        assert_eq!(tracker.graph().utterances()[0].speaker, None);
    }

    fn tracker() -> Tracker {
        let mut tracker = Tracker::new();
        let articles = [
            (
                "a",
                "Mayor Ada Quill spoke on Friday. “We kept the ferry running all winter,” she said, “and not one crossing was cancelled.” Nobody asked about the harbor lights or who should pay for them.",
                Some("2026-03-01"),
            ),
            (
                "b",
                "“Dredging the east channel will cost nine million dollars,” said Tom Reyes. “We kept the ferry running all winter,” Mayor Ada Quill said.",
                Some("2026-03-02"),
            ),
        ];
        for (id, text, date) in articles {
            let mut document = Document::new(id, text);
            if let Some(date) = date {
                document = document.with_published(date.parse().unwrap());
            }
            tracker.add(document).unwrap();
        }
        tracker
    }

    #[test]
    fn the_edits_give_the_claim_and_point_into_the_document() {
        let tracker = tracker();
        let claim = "Dredging the west channel will cost 19 million dollars";
        let found = tracker.verify(claim, None);
        assert_eq!(found.verdict, Verdict::Altered);
        let best = &found.matches[0];
        assert_eq!((best.document.as_str(), best.speaker.as_deref()), ("b", Some("Tom Reyes")));
        assert_eq!(best.edits.iter().map(|edit| edit.text.as_str()).collect::<String>(), claim);
        let text = tracker.get("b").unwrap().0.text();
        let replaced: Vec<&str> = best
            .edits
            .iter()
            .filter(|edit| edit.op == Op::Replace)
            .map(|edit| edit.at.text(text).trim())
            .collect();
        assert_eq!(replaced, ["east", "nine"]);
        assert_eq!(best.changes, [Change::Number]);
    }

    #[test]
    fn the_words_of_a_split_quotation_are_one() {
        let found =
            tracker().verify("ferry running all winter and not one crossing was cancelled", Some("Quill"));
        assert_eq!(found.verdict, Verdict::Typographic);
        assert_eq!(found.matches[0].document, "a");
    }

    #[test]
    fn the_earliest_needs_dates_that_tell() {
        let found = tracker().verify("We kept the ferry running all winter", Some("Mayor Ada Quill"));
        assert_eq!(found.verdict, Verdict::Verbatim);
        assert_eq!((found.matches.len(), found.earliest.as_deref()), (2, Some("a")));
        let mut undated = tracker();
        undated.add(Document::new("c", "“We kept the ferry running all winter,” Quill said.")).unwrap();
        assert_eq!(undated.verify("We kept the ferry running all winter", None).earliest, None);
    }

    #[test]
    fn sentences_that_stand_apart_are_a_splice() {
        let claim =
            "We kept the ferry running all winter. Dredging the east channel will cost nine million dollars.";
        let found = tracker().verify(claim, None);
        assert_eq!(found.verdict, Verdict::Spliced);
    }

    #[test]
    fn the_outlets_own_words_are_found_and_nobody_says_them() {
        let found = tracker().verify("Nobody asked about the harbor lights", None);
        assert_eq!(found.verdict, Verdict::Verbatim);
        assert_eq!((found.matches[0].quotation, found.matches[0].speaker.as_deref()), (None, None));
    }

    /// A source without any marks, as a language model has it.
    const MINUTES: &str = "The harbor board met on Monday. The east channel stays open to barges until June, \
                           and the levy will not rise.\n\nAda Quill thanked the 14 pilots. The lights on the north \
                           pier are paid for by the county.";

    fn in_minutes(claim: &str) -> Verification {
        Tracker::new().verify_in(claim, None, &Document::new("minutes", MINUTES))
    }

    #[test]
    fn a_source_without_marks_has_what_it_says() {
        for (claim, verdict) in [
            ("The east channel stays open to barges until June", Verdict::Verbatim),
            ("stays open to barges", Verdict::Verbatim),
            ("the East Channel stays open — to barges", Verdict::Typographic),
            ("The east channel stays open to barges until July", Verdict::Altered),
            ("The east channel stays open … and the levy will not rise", Verdict::Altered),
            ("Ships may use the eastern passage for some months more", Verdict::NotFound),
        ] {
            let found = in_minutes(claim);
            assert_eq!(found.verdict, verdict, "{claim}: {found:?}");
            assert!(found.matches.iter().all(|one| one.utterance.is_none()));
        }
    }

    #[test]
    fn what_a_model_gets_wrong_is_named() {
        assert_eq!(in_minutes("the levy will rise").matches[0].changes, [Change::Negation]);
        assert_eq!(in_minutes("Ada Quill thanked the 40 pilots").matches[0].changes, [Change::Number]);
    }

    #[test]
    fn words_across_a_paragraph_are_found() {
        let found = in_minutes("and the levy will not rise. Ada Quill thanked the 14 pilots");
        assert!(matches!(found.verdict, Verdict::Verbatim | Verdict::Typographic), "{found:?}");
    }

    #[test]
    fn a_claim_of_a_million_bytes_and_one_of_stock_words_come_to_an_end() {
        assert_eq!(in_minutes(&"no such words anywhere ".repeat(45_000)).verdict, Verdict::NotFound);
        assert_eq!(in_minutes("of course not").verdict, Verdict::NotFound);
    }

    #[test]
    fn no_words_are_found_nowhere() {
        for nothing in ["", "…", "“”", "The of and to a"] {
            assert_eq!(tracker().verify(nothing, None).verdict, Verdict::NotFound, "{nothing}");
        }
    }
}
