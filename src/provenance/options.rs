//! What a user may decide about the graph.

use crate::mention::identity::People;

/// How repeats are inferred.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// By how many seconds two clocks may disagree: an article dated up to so much later may still be the source
    /// of another; beyond it time never runs backwards.
    pub tolerance: i64,
    /// How many earlier printings are weighed as the source of one printing. Beyond it the earliest, the latest
    /// and those that share unusual wording are taken, and the rest is counted in a
    /// [`Notice`](crate::Notice).
    pub candidates: usize,
    /// The confidence below which no inferred repeat is given. Stated ones are always given.
    pub threshold: f32,
    /// Whether a credit of an outlet that is not there makes a repeat of an utterance that one document alone prints.
    /// [`ProvenanceGraph::credits`](super::ProvenanceGraph::credits) says as much.
    pub lone: bool,
    /// The people whom the user knows: utterances of theirs have the name and the id of this table.
    pub people: People,
}

impl Options {
    /// What is used unless told otherwise: clocks err by three hours at most, 48 candidates, one repeat in three
    /// right at the least.
    pub const DEFAULT: Self =
        Self { tolerance: 3 * 3600, candidates: 48, threshold: 0.3, lone: false, people: People::new() };

    /// With the people whom the user knows.
    #[must_use]
    pub fn with_people(mut self, people: People) -> Self {
        self.people = people;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::DEFAULT
    }
}
