//! What became of the words, and of the name of who said them.

use std::collections::{BTreeMap, BTreeSet};

use crate::matching::{Edit, Occurrence, Op, Utterance, has_word};
use crate::mention::identity::{refers_back, same_person};
use crate::provenance::name::outlet_key;
use crate::provenance::{Credited, ProvenanceGraph, Repeat};

/// A step at which the wording of an utterance was changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Alteration<'a> {
    /// The document that prints it so.
    pub document: &'a str,
    /// How it has the utterance, where that is known; its source prints it without these edits.
    pub source: Option<&'a Repeat>,
    /// What it changed. Changes of marks, dashes and case alone are left out.
    pub edits: Vec<&'a Edit>,
}

/// An utterance that documents give to different speakers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disputed<'a> {
    /// The utterance's id.
    pub utterance: &'a str,
    /// The speakers, in order of name, each with the documents that name them.
    pub speakers: Vec<(&'a str, Vec<&'a str>)>,
}

impl ProvenanceGraph {
    /// Who changed the words of an utterance, and at which step the change came in.
    ///
    /// A document whose source has the same change took it over and is not named.
    ///
    /// # Arguments
    /// `utterance`: its id.
    ///
    /// # Returns
    /// The alterations, in order of document. The utterance's canonical wording is the measure; that a printing departs
    /// from it doesn't tell who is right.
    ///
    /// # Complexity
    /// O(p log n + e log e) for p printings with e edits among n repeats.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let said = graph.utterances().iter().find(|utterance| utterance.text.starts_with("We will not close"));
    /// # let said = said.ok_or("the sample story has it")?;
    /// let changed = graph.altered(&said.id);
    /// assert!(changed.iter().any(|alteration| alteration.document == "04-daily-lantern")); // “not” is gone
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn altered(&self, utterance: &str) -> Vec<Alteration<'_>> {
        let Some(found) = self.utterance(utterance) else { return Vec::new() };
        let mut by_document: BTreeMap<&str, Vec<&Occurrence>> = BTreeMap::new();
        for occurrence in &found.occurrences {
            by_document.entry(&occurrence.document).or_default().push(occurrence);
        }
        let mut altered = Vec::new();
        for (&document, occurrences) in &by_document {
            let source = self.source(document, &found.id);
            let theirs = source.and_then(|repeat| repeat.from_document.as_deref());
            let theirs = theirs.and_then(|id| by_document.get(id)).map_or(&[][..], Vec::as_slice);
            let had: BTreeSet<(usize, usize, &str)> = changes(found, theirs).map(mark).collect();
            let edits: Vec<&Edit> =
                changes(found, occurrences).filter(|edit| !had.contains(&mark(edit))).collect();
            if !edits.is_empty() {
                altered.push(Alteration { document, source, edits });
            }
        }
        altered
    }

    /// The utterances that documents give to different speakers: two of them name nobody in common. Forms of a name are
    /// one name ([`same_person`]); whom “he” or “a spokesman” means is not asked.
    ///
    /// # Complexity
    /// Linear in occurrences, and quadratic in the different names of one utterance: the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let disputed = graph.disputed();
    /// assert!(disputed.iter().all(|one| one.speakers.len() > 1));
    /// ```
    #[must_use]
    pub fn disputed(&self) -> Vec<Disputed<'_>> {
        self.utterances().iter().filter_map(disputed).collect()
    }

    /// Repeats for which **no credit was found in the text** of the repeating document. It may name its source in a way
    /// that was not understood, or have the words from the speaker too: this is where to look, not an accusation.
    ///
    /// # Returns
    /// Inferred repeats of a document, where the repeating one has no credit of that source's outlet, the most certain
    /// first.
    ///
    /// # Complexity
    /// O(r log c) for r repeats and c credits: the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let found = graph.repeats_without_credit();
    /// assert!(found.iter().all(|repeat| repeat.is_inferred() && repeat.from_document.is_some()));
    /// ```
    #[must_use]
    pub fn repeats_without_credit(&self) -> Vec<&Repeat> {
        let credits: BTreeSet<(&str, u64)> = self
            .credits()
            .iter()
            .map(|Credited { document, credit }| (document.as_str(), outlet_key(&credit.source)))
            .collect();
        let credited = |repeat: &Repeat| {
            let outlet = repeat.from_outlet.as_deref().map(outlet_key);
            outlet.is_some_and(|outlet| credits.contains(&(repeat.document.as_str(), outlet)))
        };
        let mut repeats: Vec<&Repeat> =
            self.repeats().iter().filter(|repeat| repeat.is_inferred() && !credited(repeat)).collect();
        repeats.sort_by(|a, b| {
            let key = |r: &Repeat| r.confidence.value();
            key(b)
                .total_cmp(&key(a))
                .then_with(|| (&a.document, &a.utterance).cmp(&(&b.document, &b.utterance)))
        });
        repeats
    }
}

/// The edits that change words.
fn changes<'a>(utterance: &'a Utterance, occurrences: &[&'a Occurrence]) -> impl Iterator<Item = &'a Edit> {
    let edits = occurrences.iter().flat_map(|occurrence| occurrence.edits.iter());
    edits.filter(move |edit| match edit.op {
        Op::Keep | Op::Typography => false,
        Op::Elide => true,
        _ => has_word(&edit.text) || has_word(edit.at.text(&utterance.text)),
    })
}

fn mark(edit: &Edit) -> (usize, usize, &str) {
    (edit.at.start, edit.at.end, edit.text.trim())
}

/// Who an utterance is given to: documents that have nobody in common dispute it.
fn disputed(utterance: &Utterance) -> Option<Disputed<'_>> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for occurrence in &utterance.occurrences {
        for name in occurrence.speaker.iter().flat_map(|names| names.split("; ")).filter(|name| is_name(name))
        {
            named.entry(name).or_default().insert(&occurrence.document);
        }
    }
    // A name goes to the fullest form of it.
    let mut named: Vec<(&str, BTreeSet<&str>)> = named.into_iter().collect();
    named.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), *name));
    let mut speakers: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for (name, documents) in named {
        match speakers.iter_mut().find(|(full, _)| is_form_of(name, full) || same_person(name, full)) {
            Some((_, known)) => known.extend(documents),
            None => speakers.push((name, documents)),
        }
    }
    if !is_at_odds(&speakers) {
        return None;
    }
    speakers.sort_unstable();
    let speakers = speakers.into_iter().map(|(name, documents)| (name, documents.into_iter().collect()));
    Some(Disputed { utterance: &utterance.id, speakers: speakers.collect() })
}

/// Whether two documents name nobody that both have.
fn is_at_odds(speakers: &[(&str, BTreeSet<&str>)]) -> bool {
    let mut by_document: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, (_, documents)) in speakers.iter().enumerate() {
        for document in documents {
            by_document.entry(document).or_default().insert(number);
        }
    }
    let sets: BTreeSet<BTreeSet<usize>> = by_document.into_values().collect();
    sets.iter().enumerate().any(|(at, one)| sets.iter().skip(at + 1).any(|other| one.is_disjoint(other)))
}

/// Whether a speaker as printed is named, and not “he” or “a spokesman”.
fn is_name(speaker: &str) -> bool {
    !refers_back(speaker) && speaker.split_whitespace().any(|word| word.starts_with(char::is_uppercase))
}

/// Whether `short` is `full` with words left out at its front or its end.
fn is_form_of(short: &str, full: &str) -> bool {
    full.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with(' '))
        || full.strip_prefix(short).is_some_and(|tail| tail.starts_with(' '))
}
