//! What is asked of a quotation, beyond its words.

/// What [`Tracker::verify`](crate::Tracker::verify) is asked beyond the words.
///
/// ```
/// use quotetrace::VerifyOptions;
///
/// let options = VerifyOptions::new().with_speaker("Ada Quill").with_most_matches(10).quoted_only();
/// assert_eq!(options.speaker.as_deref(), Some("Ada Quill"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifyOptions {
    /// Who is supposed to have said it; where somebody else says the words, they are misattributed.
    pub speaker: Option<String>,
    /// How many words a match has in common with the quotation, at the least; a quotation of fewer is found only whole.
    pub least_words: usize,
    /// The least share of the words that a match has in common, of the longer of the two, in `0.0..=1.0`. Below a half
    /// hardly more is found, since only stretches with half of the words are looked at.
    pub least_score: f32,
    /// How many matches are given, the best; that there are more is a notice.
    pub most_matches: usize,
    /// How many stretches of text are read, those that share most words; that there are more is a notice.
    pub most_stretches: usize,
    /// Whether only what the documents print as somebody's words counts, not the outlets' own.
    pub quoted_only: bool,
    /// Whether matches name their utterances, for which the graph may have to be made.
    pub utterances: bool,
}

impl VerifyOptions {
    /// What is asked unless told otherwise.
    pub const DEFAULT: Self = Self {
        speaker: None,
        least_words: 3,
        least_score: 0.5,
        most_matches: 100,
        most_stretches: 300,
        quoted_only: false,
        utterances: true,
    };

    /// The default options: the words, whoever says them.
    #[must_use]
    pub const fn new() -> Self {
        Self::DEFAULT
    }

    /// Asks whether this speaker said it; a surname will do.
    #[must_use]
    pub fn with_speaker(mut self, name: impl Into<String>) -> Self {
        self.speaker = Some(name.into());
        self
    }

    /// Asks for matches of so many words at the least.
    #[must_use]
    pub const fn with_least_words(mut self, words: usize) -> Self {
        self.least_words = words;
        self
    }

    /// Asks for matches that have this share of the words in common at the least; what is no number counts as nought.
    #[must_use]
    pub const fn with_least_score(mut self, score: f32) -> Self {
        self.least_score = score;
        self
    }

    /// Asks for so many matches at the most.
    #[must_use]
    pub const fn with_most_matches(mut self, matches: usize) -> Self {
        self.most_matches = matches;
        self
    }

    /// Reads so many stretches of text at the most.
    #[must_use]
    pub const fn with_most_stretches(mut self, stretches: usize) -> Self {
        self.most_stretches = stretches;
        self
    }

    /// Asks only for what the documents print as somebody's words.
    #[must_use]
    pub const fn quoted_only(mut self) -> Self {
        self.quoted_only = true;
        self
    }

    /// Asks for no utterances, so that no graph is made.
    #[must_use]
    pub const fn without_utterances(mut self) -> Self {
        self.utterances = false;
        self
    }
}

impl Default for VerifyOptions {
    fn default() -> Self {
        Self::DEFAULT
    }
}
