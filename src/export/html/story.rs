//! What the sections of the page share: the order of things, their numbers, and what links to what.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::escape::Name;
use crate::analysis::Analysis;
use crate::document::{Document, Published};
use crate::matching::{Change, Edit, Occurrence, Utterance, Variant, changes, has_word};
use crate::provenance::{Header, ProvenanceGraph};
use crate::text::Span;

/// The story in the order in which the page tells it.
pub(super) struct Story<'a> {
    pub(super) graph: &'a ProvenanceGraph,
    /// Documents by time, undated ones last.
    pub(super) documents: Vec<&'a Header>,
    /// Speakers with their utterances, the most printed first; nobody's last.
    pub(super) speakers: Vec<Speaker<'a>>,
    articles: BTreeMap<&'a str, (&'a Document, &'a Analysis)>,
    numbers: BTreeMap<&'a str, usize>,
    outlets: BTreeMap<&'a str, usize>,
    places: BTreeMap<&'a str, Vec<Place<'a>>>,
    by_id: BTreeMap<&'a str, Numbered<'a>>,
}

/// A speaker with what they said.
pub(super) struct Speaker<'a> {
    /// The number of the heading, from 1.
    pub(super) number: usize,
    /// The name; none for what nobody is named for.
    pub(super) name: Option<&'a str>,
    /// The utterances, the most printed first.
    pub(super) utterances: Vec<Numbered<'a>>,
}

/// An utterance with its number on the page, from 1.
#[derive(Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub(super) number: usize,
    /// How many documents print it.
    pub(super) documents: usize,
    pub(super) utterance: &'a Utterance,
}

/// Where an article prints an utterance.
pub(super) struct Place<'a> {
    /// The utterance's number.
    pub(super) utterance: usize,
    /// The printing's number within the utterance, from 1.
    pub(super) printing: usize,
    /// The printing.
    pub(super) occurrence: &'a Occurrence,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        graph: &'a ProvenanceGraph,
        articles: impl IntoIterator<Item = (&'a Document, &'a Analysis)>,
    ) -> Self {
        let mut documents: Vec<&Header> = graph.documents().iter().collect();
        documents.sort_by_key(|header| (moment(header.published), &header.id));
        let numbers = documents.iter().enumerate().map(|(at, header)| (header.id.as_str(), at + 1)).collect();
        let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
        for outlet in documents.iter().filter_map(|header| header.outlet.as_deref()) {
            *outlets.entry(outlet).or_default() += 1;
        }
        let speakers = by_speaker(graph);
        let places = places(&speakers);
        let all = speakers.iter().flat_map(|speaker| speaker.utterances.iter());
        let by_id = all.map(|numbered| (numbered.utterance.id.as_str(), *numbered)).collect();
        let articles =
            articles.into_iter().map(|(document, analysis)| (document.id(), (document, analysis))).collect();
        Self { graph, documents, speakers, articles, numbers, outlets, places, by_id }
    }

    /// All utterances with their numbers, in order.
    pub(super) fn utterances(&self) -> impl Iterator<Item = Numbered<'a>> {
        self.speakers.iter().flat_map(|speaker| speaker.utterances.iter().copied())
    }

    /// An utterance with its number, by its id. O(log n).
    pub(super) fn number_of(&self, utterance: &str) -> Option<Numbered<'a>> {
        self.by_id.get(utterance).copied()
    }

    /// The number of a document, from 1; 0 for one that is not there.
    pub(super) fn document(&self, id: &str) -> usize {
        self.numbers.get(id).copied().unwrap_or(0)
    }

    /// What a document is called: its outlet, or else its id.
    pub(super) fn called<'b>(&self, id: &'b str) -> Name<'b>
    where
        'a: 'b,
    {
        let outlet = self.graph.document(id).and_then(|header| header.outlet.as_deref());
        Name(outlet.filter(|outlet| !outlet.trim().is_empty()).unwrap_or(id))
    }

    /// Whether other documents have the same outlet, so that its name doesn't tell which is meant.
    pub(super) fn is_one_of_many(&self, header: &Header) -> bool {
        header
            .outlet
            .as_deref()
            .is_some_and(|outlet| self.outlets.get(outlet).is_some_and(|count| *count > 1))
    }

    /// How many outlets are named.
    pub(super) fn outlets(&self) -> usize {
        self.outlets.len()
    }

    /// The text and the reading of a document, where they were given.
    pub(super) fn article(&self, id: &str) -> Option<(&'a Document, &'a Analysis)> {
        self.articles.get(id).copied()
    }

    /// What an article prints, in order of place.
    pub(super) fn places(&self, id: &str) -> &[Place<'a>] {
        self.places.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Time as a key: undated last.
pub(super) fn moment(published: Option<Published>) -> (bool, i64, i64) {
    published.map_or((true, 0, 0), |time| (false, time.from(), time.until()))
}

fn by_speaker(graph: &ProvenanceGraph) -> Vec<Speaker<'_>> {
    let mut by: BTreeMap<Option<&str>, Vec<(usize, &Utterance)>> = BTreeMap::new();
    for utterance in graph.utterances() {
        by.entry(utterance.speaker.as_deref()).or_default().push((printed_by(utterance), utterance));
    }
    let mut speakers: Vec<_> = by.into_iter().collect();
    for (_, said) in &mut speakers {
        said.sort_by_cached_key(|&(documents, utterance)| {
            (Reverse(documents), is_reported(utterance), &utterance.text, &utterance.id)
        });
    }
    let weight = |said: &[(usize, &Utterance)]| {
        let repeated = said.iter().map(|(documents, _)| *documents).filter(|&count| count > 1);
        (repeated.sum::<usize>(), said.len())
    };
    speakers.sort_by_cached_key(|(name, said)| (name.is_none(), Reverse(weight(said)), *name));
    let mut next = 0;
    let mut number = |(documents, utterance)| {
        next += 1;
        Numbered { number: next, documents, utterance }
    };
    let numbered = speakers.into_iter().enumerate().map(|(at, (name, said))| Speaker {
        number: at + 1,
        name,
        utterances: said.into_iter().map(&mut number).collect(),
    });
    numbered.collect()
}

fn places<'a>(speakers: &[Speaker<'a>]) -> BTreeMap<&'a str, Vec<Place<'a>>> {
    let mut places: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    for Numbered { number, utterance, .. } in speakers.iter().flat_map(|speaker| &speaker.utterances) {
        for (at, occurrence) in utterance.occurrences.iter().enumerate() {
            let place = Place { utterance: *number, printing: at + 1, occurrence };
            places.entry(&occurrence.document).or_default().push(place);
        }
    }
    for all in places.values_mut() {
        all.sort_by_key(|place| (place.occurrence.span, place.utterance, place.printing));
    }
    places
}

/// How many documents print an utterance.
pub(super) fn printed_by(utterance: &Utterance) -> usize {
    let documents: BTreeSet<&str> = utterance.occurrences.iter().map(|o| o.document.as_str()).collect();
    documents.len()
}

/// Whether no printing has the very words.
pub(super) fn is_reported(utterance: &Utterance) -> bool {
    utterance.occurrences.iter().all(|occurrence| occurrence.variants.contains(&Variant::Reported))
}

/// Whether the words are other words, or stand beside words that they didn't stand beside.
pub(super) fn is_altered(occurrence: &Occurrence) -> bool {
    occurrence.variants.iter().any(|variant| matches!(variant, Variant::Reworded | Variant::Spliced))
        && !occurrence.variants.contains(&Variant::Reported)
}

/// The changes of meaning of a printing; none in indirect speech, which shifts words by its nature.
pub(super) fn meaning(utterance: &Utterance, occurrence: &Occurrence) -> Vec<Change> {
    if occurrence.variants.contains(&Variant::Reported) {
        return Vec::new();
    }
    let mut found: Vec<Change> =
        occurrence.edits.iter().flat_map(|edit| meaning_of(&utterance.text, edit)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The changes of meaning that one edit makes.
pub(super) fn meaning_of(wording: &str, edit: &Edit) -> Vec<Change> {
    changes(wording, std::slice::from_ref(edit))
}

/// How many words of `text` lie in `span`.
pub(super) fn words_in(text: &str, span: Span) -> usize {
    span.text(text).split_whitespace().filter(|word| has_word(word)).count()
}
