//! What became of the words, and of the name of who said them.

use std::collections::{BTreeMap, BTreeSet};

use crate::matching::{Edit, Occurrence, Op, Utterance};
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

    /// The utterances that documents give to different speakers; a shorter form of a name is the same name.
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
    /// assert!(found.iter().all(|repeat| !repeat.is_stated() && repeat.from_document.is_some()));
    /// ```
    #[must_use]
    pub fn repeats_without_credit(&self) -> Vec<&Repeat> {
        use crate::provenance::name::outlet_key;
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
            self.repeats().iter().filter(|repeat| !repeat.is_stated() && !credited(repeat)).collect();
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
    let has_word = |text: &str| text.chars().any(char::is_alphanumeric);
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

fn disputed(utterance: &Utterance) -> Option<Disputed<'_>> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for occurrence in &utterance.occurrences {
        if let Some(speaker) = &occurrence.speaker {
            named.entry(speaker).or_default().insert(&occurrence.document);
        }
    }
    // A name goes to the fullest form of it.
    let names: Vec<&str> = named.keys().copied().collect();
    let mut speakers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, documents) in named {
        let fuller = names.iter().filter(|full| is_form_of(name, full)).max_by_key(|full| full.len());
        speakers.entry(fuller.copied().unwrap_or(name)).or_default().extend(documents);
    }
    let speakers: Vec<(&str, Vec<&str>)> =
        speakers.into_iter().map(|(name, documents)| (name, documents.into_iter().collect())).collect();
    (speakers.len() > 1).then_some(Disputed { utterance: &utterance.id, speakers })
}

/// Whether `short` is `full` with words left out at its front or its end.
fn is_form_of(short: &str, full: &str) -> bool {
    full.strip_suffix(short).is_some_and(|head| head.is_empty() || head.ends_with(' '))
        || full.strip_prefix(short).is_some_and(|tail| tail.starts_with(' '))
}
