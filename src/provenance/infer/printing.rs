//! Printings as an editor of old manuscripts sees them: what each covers of the utterance, and at which places
//! it departs from the reading that most have.
//!
//! A reading that few share is the strongest trace of copying there is, and a copy never has words that its
//! source lacks: the common-error method of textual criticism (K. Lachmann; P. Maas, *Textkritik*, 1927).

use std::collections::BTreeMap;

use crate::matching::{Edit, Occurrence, Op, Utterance, has_word};
use crate::text::{Span, key};

/// One document's printing of one utterance, all its occurrences taken together.
#[derive(Clone, Debug)]
pub(super) struct Printing {
    /// The document, as an index.
    pub(super) document: u32,
    /// The utterance, as an index.
    pub(super) utterance: u32,
    /// Its first byte in the document.
    pub(super) place: usize,
    /// The surname of who says it here, as a number.
    pub(super) speaker: Option<u64>,
    cover: Run,
    quotations: Run,
    states: Run,
}

/// A stretch of one of the lists that all printings share: nearly all have a single entry there, and of 100,000
/// documents lists of their own would be 60 MB.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    start: u32,
    length: u32,
}

impl Run {
    /// Puts `items` at the end of `list`.
    fn put<T>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) -> Self {
        let start = list.len();
        list.extend(items);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { start: number(start), length: number(list.len() - start) }
    }

    fn of<T>(self, list: &[T]) -> &[T] {
        let rest = list.get(self.start as usize..).unwrap_or_default();
        rest.get(..self.length as usize).unwrap_or(rest)
    }
}

/// One way to depart from the reading that most printings have.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The place in the utterance's text.
    pub(super) at: Span,
    /// Whether it is an end of the printing, rather than a change within it.
    pub(super) is_end: bool,
    /// The printings that have it, as indices, in order.
    pub(super) holders: Vec<u32>,
}

/// All printings, and who holds what.
#[derive(Debug, Default)]
pub(super) struct Printings {
    pub(super) all: Vec<Printing>,
    /// The printings of a document, in the order in which it prints them.
    pub(super) by_document: Vec<Vec<u32>>,
    /// The printings of an utterance, in order of document.
    pub(super) by_utterance: Vec<Vec<u32>>,
    states: Vec<State>,
    covers: Vec<Span>,
    quotations: Vec<u32>,
    departures: Vec<u32>,
}

impl Printings {
    /// Lays out `utterances`; `number` gives a document's index. Linear in edits, sorting aside.
    pub(super) fn of(
        utterances: &[Utterance],
        documents: usize,
        number: &dyn Fn(&str) -> Option<u32>,
    ) -> Self {
        let occurrences = utterances.iter().map(|utterance| utterance.occurrences.len()).sum();
        let mut printings = Self {
            all: Vec::with_capacity(occurrences),
            by_document: vec![Vec::new(); documents],
            by_utterance: Vec::with_capacity(utterances.len()),
            covers: Vec::with_capacity(occurrences),
            quotations: Vec::with_capacity(occurrences),
            ..Self::default()
        };
        for (index, utterance) in utterances.iter().enumerate() {
            printings.add(u32::try_from(index).unwrap_or(u32::MAX), utterance, number);
        }
        for list in &mut printings.by_document {
            let place = |id: &u32| printings.all.get(*id as usize).map(|p| (p.place, p.utterance));
            list.sort_by_key(place);
        }
        printings
    }

    pub(super) fn get(&self, id: u32) -> Option<&Printing> {
        self.all.get(id as usize)
    }

    pub(super) fn state(&self, id: u32) -> Option<&State> {
        self.states.get(id as usize)
    }

    /// What a printing covers of the utterance's text, in order, not touching.
    pub(super) fn cover(&self, printing: &Printing) -> &[Span] {
        printing.cover.of(&self.covers)
    }

    /// The quotations of the document that give a printing, by index, in order.
    pub(super) fn quotations(&self, printing: &Printing) -> &[u32] {
        printing.quotations.of(&self.quotations)
    }

    /// Where a printing departs from most: ids of [`State`]s, in order.
    pub(super) fn states(&self, printing: &Printing) -> &[u32] {
        printing.states.of(&self.departures)
    }

    /// Whether a printing gives that stretch of the utterance, changed or not.
    pub(super) fn covers(&self, printing: &Printing, at: Span) -> bool {
        self.cover(printing).iter().any(|span| span.start <= at.start && at.end <= span.end)
    }

    /// How many bytes of the utterance a printing gives that `other` does not.
    pub(super) fn beyond(&self, printing: &Printing, other: &Printing) -> usize {
        let ours = self.cover(printing);
        let total: usize = ours.iter().map(|span| span.len()).sum();
        let mut common = 0;
        for ours in ours {
            for theirs in self.cover(other) {
                common += ours.end.min(theirs.end).saturating_sub(ours.start.max(theirs.start));
            }
        }
        total.saturating_sub(common)
    }

    /// The printing of `utterance` in `document`.
    pub(super) fn find(&self, utterance: u32, document: u32) -> Option<&Printing> {
        let list = self.by_utterance.get(utterance as usize)?;
        let at = list.binary_search_by_key(&Some(document), |&id| self.get(id).map(|p| p.document)).ok()?;
        self.get(*list.get(at)?)
    }

    fn add(&mut self, index: u32, utterance: &Utterance, number: &dyn Fn(&str) -> Option<u32>) {
        let mut by_document: BTreeMap<u32, Vec<&Occurrence>> = BTreeMap::new();
        for occurrence in &utterance.occurrences {
            if let Some(document) = number(&occurrence.document) {
                by_document.entry(document).or_default().push(occurrence);
            }
        }
        let first = self.all.len();
        let mut readings: BTreeMap<(Span, bool, u64), Vec<u32>> = BTreeMap::new();
        for (&document, occurrences) in &by_document {
            let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            let cover = cover(&utterance.text, occurrences);
            for reading in readings_of(&utterance.text, &cover, occurrences) {
                let holders = readings.entry(reading).or_default();
                if holders.last() != Some(&id) {
                    holders.push(id);
                }
            }
            if let Some(list) = self.by_document.get_mut(document as usize) {
                list.push(id);
            }
            let place = occurrences.iter().map(|o| o.span.start).min().unwrap_or(0);
            let number = |o: &&Occurrence| u32::try_from(o.quotation).unwrap_or(u32::MAX);
            let mut quotations: Vec<u32> = occurrences.iter().map(number).collect();
            quotations.sort_unstable();
            quotations.dedup();
            self.all.push(Printing {
                document,
                utterance: index,
                place,
                speaker: speaker(occurrences, utterance).map(surname),
                cover: Run::put(&mut self.covers, cover),
                quotations: Run::put(&mut self.quotations, quotations),
                states: Run::default(),
            });
        }
        let last = self.all.len();
        self.by_utterance.push((first..last).map(|id| u32::try_from(id).unwrap_or(u32::MAX)).collect());
        let mut held: Vec<(u32, u32)> = Vec::new();
        for ((at, is_end, _), holders) in readings {
            let mut holders = self.unusual(first..last, at, is_end, holders);
            holders.shrink_to_fit();
            let state = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
            held.extend(holders.iter().map(|&holder| (holder, state)));
            self.states.push(State { at, is_end, holders });
        }
        held.sort_unstable();
        for of_one in held.chunk_by(|a, b| a.0 == b.0) {
            let run = Run::put(&mut self.departures, of_one.iter().map(|&(_, state)| state));
            let holder = of_one.first().and_then(|&(holder, _)| self.all.get_mut(holder as usize));
            if let Some(printing) = holder {
                printing.states = run;
            }
        }
    }

    /// Those who depart from most at a reading: its holders, or, where most have it, those who lack it.
    fn unusual(&self, all: std::ops::Range<usize>, at: Span, is_end: bool, holders: Vec<u32>) -> Vec<u32> {
        if is_end || 2 * holders.len() <= all.len() {
            return holders;
        }
        let lacks = |id: &u32| {
            holders.binary_search(id).is_err()
                && self.get(*id).is_some_and(|printing| self.covers(printing, at))
        };
        all.map(|id| u32::try_from(id).unwrap_or(u32::MAX)).filter(lacks).collect()
    }
}

/// Who says it here: by name if any occurrence has one (“he” and “who” are none), else whoever says it elsewhere.
fn speaker<'a>(occurrences: &[&'a Occurrence], utterance: &'a Utterance) -> Option<&'a str> {
    let is_name = |name: &&str| {
        name.split_whitespace().next_back().is_some_and(|last| last.starts_with(char::is_uppercase))
    };
    let here = || occurrences.iter().filter_map(|o| o.speaker.as_deref());
    here().find(is_name).or(utterance.speaker.as_deref()).or_else(|| here().next())
}

/// A name by its last word: “Ada Quill” is “Quill” further down.
fn surname(name: &str) -> u64 {
    key(name.split_whitespace().next_back().unwrap_or(name))
}

/// What occurrences cover of `text` together; stretches with no word between them are one.
fn cover(text: &str, occurrences: &[&Occurrence]) -> Vec<Span> {
    let mut spans: Vec<Span> = occurrences.iter().map(|o| o.at).collect();
    spans.sort_unstable();
    let mut cover: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match cover.last_mut() {
            Some(last) if span.start <= last.end || !has_word(Span::new(last.end, span.start).text(text)) => {
                last.end = last.end.max(span.end);
            }
            _ => cover.push(span),
        }
    }
    cover
}

/// The readings of a printing: its changes, and its ends that are not ends of the utterance.
fn readings_of(text: &str, cover: &[Span], occurrences: &[&Occurrence]) -> Vec<(Span, bool, u64)> {
    let mut readings = Vec::new();
    for edit in occurrences.iter().flat_map(|o| o.edits.iter()) {
        if let Some(mark) = mark(text, edit) {
            readings.push((edit.at, false, mark));
        }
    }
    for span in cover {
        if has_word(text.get(..span.start).unwrap_or("")) {
            readings.push((Span::new(span.start, span.start), true, 0));
        }
        let rest = text.get(span.end..).unwrap_or("");
        if has_word(rest) {
            // Whether the last word's full stop is printed is the cue's doing, not the editor's.
            let end =
                text.get(..span.end).unwrap_or("").trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            readings.push((Span::new(end, end), true, 1));
        }
    }
    readings.sort_unstable();
    readings.dedup();
    readings
}

/// What a change prints, as a number; `None` if it touches no word.
fn mark(text: &str, edit: &Edit) -> Option<u64> {
    match edit.op {
        Op::Keep | Op::Typography => None,
        Op::Elide => Some(key("…")),
        Op::Delete => has_word(edit.at.text(text)).then_some(1),
        Op::Insert | Op::Replace | Op::Bracket => has_word(&edit.text).then(|| {
            let words: String = edit.text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
            key(words.trim().to_lowercase().as_str())
        }),
    }
}
