//! Where an utterance comes from.

use crate::provenance::ProvenanceGraph;

impl ProvenanceGraph {
    /// The origins of an utterance: the printings, **among the documents given**, from which all others seem to have
    /// it.
    ///
    /// # Arguments
    /// `utterance`: its id.
    ///
    /// # Returns
    /// The documents' ids, in order; empty where the origin is unknown, or outside the documents given.
    ///
    /// # Complexity
    /// O(log n) in the number of utterances.
    #[must_use]
    pub fn origins(&self, utterance: &str) -> &[String] {
        self.utterance_index(utterance).map_or(&[], |index| self.origins_at(index))
    }
}
