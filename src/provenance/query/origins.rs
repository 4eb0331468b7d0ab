//! Where an utterance comes from.

use crate::name::Name;
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
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let said = graph.utterances().iter().find(|utterance| utterance.text.starts_with("We will not close"));
    /// # let said = said.ok_or("the sample story has it")?;
    /// // Neither has it from the other.
    /// assert_eq!(graph.origins(&said.id), ["01-harbor-ledger", "07-evening-dispatch"]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn origins(&self, utterance: &str) -> &[Name] {
        self.utterance_index(utterance).map_or(&[], |index| self.origins_at(index))
    }
}
