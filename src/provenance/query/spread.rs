//! How an utterance spread.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Published;
use crate::matching::{Utterance, Variant};
use crate::provenance::{ProvenanceGraph, Repeat};

/// One printing in the spread of an utterance.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reached<'a> {
    /// The document.
    pub document: &'a str,
    /// Its outlet.
    pub outlet: Option<&'a str>,
    /// When it was published.
    pub published: Option<Published>,
    /// How it has the utterance, where that is known.
    pub source: Option<&'a Repeat>,
    /// How many steps it is from the start of its tree.
    pub depth: usize,
    /// How its wording differs from the utterance's.
    pub variants: Vec<Variant>,
}

impl ProvenanceGraph {
    /// The spread of an utterance: every document that prints it, as a timeline whose entries know their place in the
    /// tree of who has it from whom.
    ///
    /// # Arguments
    /// `utterance`: its id.
    ///
    /// # Returns
    /// The printings by time, undated ones last, then by id; empty for an id that is not there.
    ///
    /// # Complexity
    /// O(p log n) for p printings among n repeats.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let said = graph.utterances().iter().find(|utterance| utterance.text.starts_with("We will not close"));
    /// # let said = said.ok_or("the sample story has it")?;
    /// let spread = graph.spread(&said.id);
    /// let steps: Vec<(&str, usize)> = spread.iter().map(|reached| (reached.document, reached.depth)).collect();
    /// assert_eq!(steps[..3], [("01-harbor-ledger", 0), ("02-coastline-wire", 1), ("03-northfield-courier", 2)]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn spread(&self, utterance: &str) -> Vec<Reached<'_>> {
        let Some(found) = self.utterance(utterance) else { return Vec::new() };
        let mut variants: BTreeMap<&str, BTreeSet<Variant>> = BTreeMap::new();
        for occurrence in &found.occurrences {
            variants.entry(&occurrence.document).or_default().extend(&occurrence.variants);
        }
        let sources: BTreeMap<&str, Option<&Repeat>> =
            variants.keys().map(|&document| (document, self.source(document, &found.id))).collect();
        let depths = depths(&sources);
        let mut spread: Vec<Reached<'_>> = variants
            .into_iter()
            .filter_map(|(document, variants)| {
                let header = self.document(document)?;
                Some(Reached {
                    document: &header.id,
                    outlet: header.outlet.as_deref(),
                    published: header.published,
                    source: sources.get(document).copied().flatten(),
                    depth: depths.get(document).copied().unwrap_or(0),
                    variants: variants.into_iter().collect(),
                })
            })
            .collect();
        spread.sort_by_key(|reached| {
            let time = reached.published.map(|time| (time.from(), time.until()));
            (time.is_none(), time, reached.document)
        });
        spread
    }
}

impl ProvenanceGraph {
    /// Every document that prints an utterance, with where its trail ends: a document's id, or the name of an outlet
    /// that only a credit names.
    pub(super) fn starts<'a>(&'a self, utterance: &'a Utterance) -> BTreeMap<&'a str, &'a str> {
        let ids = utterance.occurrences.iter().map(|occurrence| occurrence.document.as_str());
        let sources: BTreeMap<&str, Option<&Repeat>> =
            ids.map(|document| (document, self.source(document, &utterance.id))).collect();
        let mut starts: BTreeMap<&str, &str> = BTreeMap::new();
        for &first in sources.keys() {
            let (mut way, mut on_way, mut at) = (Vec::new(), BTreeSet::new(), first);
            let start = loop {
                if let Some(&known) = starts.get(at) {
                    break known;
                }
                if !on_way.insert(at) {
                    break at;
                }
                way.push(at);
                let Some(source) = sources.get(at).copied().flatten() else { break at };
                match (&source.from_document, &source.from_outlet) {
                    (Some(document), _) => at = document,
                    (None, Some(outlet)) => break outlet,
                    (None, None) => break at,
                }
            };
            starts.extend(way.into_iter().map(|document| (document, start)));
        }
        starts.retain(|document, _| sources.contains_key(document));
        starts
    }
}

/// How deep every document stands; each is walked once. A cycle ends where it closes.
fn depths<'a>(sources: &BTreeMap<&'a str, Option<&'a Repeat>>) -> BTreeMap<&'a str, usize> {
    let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
    for &start in sources.keys() {
        let mut way = Vec::new();
        let mut on_way = BTreeSet::new();
        let mut at = Some(start);
        let mut depth = 0;
        while let Some(document) = at {
            if let Some(&known) = depths.get(document) {
                depth = known + 1;
                break;
            }
            if !on_way.insert(document) {
                break;
            }
            way.push(document);
            let source = sources.get(document).copied().flatten();
            // An outlet that only a credit names is a step too.
            depth = usize::from(source.is_some_and(|repeat| repeat.from_document.is_none()));
            at = source
                .and_then(|repeat| repeat.from_document.as_deref())
                .filter(|id| sources.contains_key(id));
        }
        for document in way.into_iter().rev() {
            depths.insert(document, depth);
            depth += 1;
        }
    }
    depths
}
