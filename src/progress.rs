//! How far a long job is, for whoever waits for it.

/// How far a job is; given to a callback now and then.
///
/// ```
/// use quotetrace::{Document, Stage, Tracker};
///
/// let mut tracker = Tracker::new();
/// tracker.add(Document::new("a", "“We will rebuild,” Mayor Ada Quill said."))?;
/// let mut stages = Vec::new();
/// tracker.graph_with_progress(&mut |progress| stages.push((progress.stage, progress.done)));
/// assert_eq!(stages, [(Stage::Matching, 0), (Stage::Matching, 1), (Stage::Tracing, 0), (Stage::Tracing, 1)]);
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done, in the unit of the stage.
    pub done: u64,
    /// How much there is, if it is known.
    pub total: Option<u64>,
}

/// What a long job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Files are read; counted in bytes.
    Reading,
    /// Quotations are matched; counted in printings.
    Matching,
    /// Sources are looked for; counted in utterances.
    Tracing,
}

impl Progress {
    pub(crate) const fn new(stage: Stage, done: u64, total: Option<u64>) -> Self {
        Self { stage, done, total }
    }

    /// How much is done, from nought to one, if the whole is known.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.done as f64 / total as f64).min(1.0))
    }
}
