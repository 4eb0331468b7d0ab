//! A document's wording, back to where it comes from.

use std::collections::BTreeSet;

use crate::provenance::{ProvenanceGraph, Repeat};

impl ProvenanceGraph {
    /// The way of an utterance back from a document, repeat by repeat, each with its evidence.
    ///
    /// Of several sources the stated one is taken before the inferred one, then the one more certain. The trail ends
    /// at a printing with no known source, at an outlet that only a credit names, or where it would come back to a
    /// document already on it (see [`cycles`](Self::cycles)).
    ///
    /// # Arguments
    /// `document`, `utterance`: their ids.
    ///
    /// # Returns
    /// The repeats in order, the document's own first; empty for an origin, and for ids that are not there.
    ///
    /// # Complexity
    /// O(k log n) for a trail of k steps among n repeats.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let said = graph.utterances().iter().find(|utterance| utterance.text.starts_with("We will not close"));
    /// # let said = said.ok_or("the sample story has it")?;
    /// let steps = graph.trail("03-northfield-courier", &said.id);
    /// let sources: Vec<_> = steps.iter().filter_map(|repeat| repeat.from_document.as_deref()).collect();
    /// assert_eq!(sources, ["02-coastline-wire", "01-harbor-ledger"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn trail(&self, document: &str, utterance: &str) -> Vec<&Repeat> {
        let mut trail = Vec::new();
        let mut seen = BTreeSet::new();
        let mut at = Some(document);
        while let Some(document) = at {
            if !seen.insert(document) {
                break;
            }
            let Some(repeat) = self.source(document, utterance) else { break };
            trail.push(repeat);
            at = repeat.from_document.as_deref();
        }
        trail
    }

    /// The repeat by which a document has an utterance: stated before inferred, then the more certain, then one whose
    /// source is among the documents.
    pub(super) fn source(&self, document: &str, utterance: &str) -> Option<&Repeat> {
        let rank =
            |repeat: &Repeat| (repeat.is_stated(), repeat.confidence.value(), repeat.from_document.is_some());
        self.sources(document, utterance).reduce(|best, next| {
            let (a, b) = (rank(best), rank(next));
            if (a.0, a.1, a.2) < (b.0, b.1, b.2) { next } else { best }
        })
    }

    /// All repeats by which a document has an utterance. O(log n).
    pub fn sources<'a>(&'a self, document: &str, utterance: &str) -> impl Iterator<Item = &'a Repeat> {
        let repeats = self.repeats();
        let key = |repeat: &Repeat| {
            (repeat.document.as_str(), repeat.utterance.as_str()).cmp(&(document, utterance))
        };
        let from = repeats.partition_point(|repeat| key(repeat).is_lt());
        let to = repeats.partition_point(|repeat| key(repeat).is_le());
        repeats.get(from..to).unwrap_or(&[]).iter()
    }
}
