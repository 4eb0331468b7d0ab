//! Did somebody really say that? A quotation held against the articles: where it stands, who says it there, and
//! word by word what was altered.
//!
//! | file | what it is for |
//! |---|---|
//! | `options` | what is asked |
//! | `answer` | what is answered |
//! | `claim` | the quotation asked for, and which words of a document may be it |
//! | `candidate` | words of a document, and where they stand |
//! | `judge` | the claim placed in a candidate: score, verdict, edits |
//! | `splice` | the pieces of a claim that may come from several places |
//! | `sources` | the articles, and the answer from all their matches |
//! | `glance` | a first look at an article that no index knows |

mod answer;
mod candidate;
mod claim;
mod glance;
mod judge;
mod options;
mod sources;
mod splice;
#[cfg(test)]
mod tests;

pub use answer::{Match, Verdict, Verification};
pub use options::VerifyOptions;

use crate::document::Document;
use crate::tracker::Tracker;
use sources::Sources;

impl Tracker {
    /// Holds a quotation against all documents: has anybody said it, who, where, and what was altered?
    ///
    /// Quotations are compared by their words, those split around a cue as one, and so is the running text between
    /// them. The first time, and after changes, an index of the texts is made or brought up to date, of three or four
    /// bytes a word. Then time grows with the matches there are, and with the length of the quotation times that of the
    /// stretches that share words with it ([`VerifyOptions::most_stretches`]); not with the number of documents, but for
    /// a quotation of nothing but words that are everywhere, for which every text is looked at. From a store, the
    /// documents that may hold half of the words are read.
    ///
    /// ```
    /// use quotetrace::matching::Change;
    /// use quotetrace::{Document, Tracker, Verdict, VerifyOptions};
    ///
    /// let mut tracker = Tracker::new();
    /// tracker.add(Document::new("a", "“We will not close the ferry line this year,” Mayor Ada Quill said."))?;
    ///
    /// let by = |name: &str| VerifyOptions::new().with_speaker(name);
    /// let found = tracker.verify("We will not close the ferry line", &by("Ada Quill"));
    /// assert_eq!(found.verdict, Verdict::Verbatim);
    /// let found = tracker.verify("We will not close the ferry line", &by("Tom Reyes"));
    /// assert_eq!(found.verdict, Verdict::Misattributed);
    ///
    /// let anybody = VerifyOptions::new();
    /// let found = tracker.verify("We will close the ferry line", &anybody);
    /// assert_eq!(found.verdict, Verdict::Altered);
    /// assert_eq!(found.matches[0].changes, [Change::Negation]);
    ///
    /// assert_eq!(tracker.verify("Taxes will double by spring", &anybody).verdict, Verdict::NotFound);
    /// # Ok::<(), quotetrace::Error>(())
    /// ```
    #[must_use]
    pub fn verify(&self, quotation: &str, options: &VerifyOptions) -> Verification {
        Sources::All(self).verify(quotation, options)
    }

    /// Where the words of a quotation stand, or words like them, the best first: the matches of
    /// [`verify`](Self::verify) by the default options, without their utterances, so that no graph is made. What a
    /// service asks that takes in articles all the time.
    #[must_use]
    pub fn find(&self, quotation: &str) -> Vec<Match> {
        Sources::All(self).find(quotation, &VerifyOptions::new())
    }

    /// Holds a quotation against one document, which need not be known.
    ///
    /// What a language model quotes is checked so against the source that it was given: the quotations there are
    /// compared, and so is the running text, since a source often has no marks. Time is linear in the document's
    /// length; the answer names no utterances.
    ///
    /// ```
    /// use quotetrace::{Document, Tracker, Verdict, VerifyOptions};
    ///
    /// let minutes = Document::new("minutes", "The harbor board met on Monday. The east channel stays open to barges.");
    /// let found = Tracker::new().verify_in("the east channel stays open", &VerifyOptions::new(), &minutes);
    /// assert_eq!(found.verdict, Verdict::Typographic);
    /// assert_eq!(found.matches[0].span.text(minutes.text()), "The east channel stays open");
    /// ```
    #[must_use]
    pub fn verify_in(&self, quotation: &str, options: &VerifyOptions, document: &Document) -> Verification {
        let analysis = self.analyzer().analyze(document);
        Sources::One(document, &analysis).verify(quotation, options)
    }
}
