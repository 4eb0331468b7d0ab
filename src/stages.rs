//! The whole way in stages, for engines that run it on many machines: map, reduce, merge, finish.
//!
//! Each stage is a function of what it is given, and the answer at the end is that of a [`Tracker`] in one process, to
//! the byte, for any number of workers and any order of documents:
//!
//! 1. **map**: [`Article::read`] reads a document by itself; [`Article::first_printings`] are its quotations, each to be
//!    sent to the buckets of its [`fingerprints`](FirstPrinting::fingerprints).
//! 2. **reduce**: a bucket is a [`Meeting`](crate::matching::Meeting); a [`Reducer`](crate::matching::Reducer) finds its
//!    links, and they go into a [`Partial`].
//! 3. **merge**: [`merge`](crate::matching::merge) of partials, in any order; [`Article::merge`] of the articles that
//!    have one id.
//! 4. **finish**: [`finish`] takes all articles and the last partial.
//!
//! ```
//! use std::collections::BTreeMap;
//! use quotetrace::matching::{Frequencies, Meeting, Partial, Reducer};
//! use quotetrace::stages::{Article, finish};
//! use quotetrace::{Analyzer, Document, Tracker};
//!
//! let documents = [
//!     Document::new("a", "“We kept the ferry running all winter, and it paid for itself,” Mayor Ada Quill said."),
//!     Document::new("b", "Quill said “we kept the ferry running all winter” when asked."),
//! ];
//! let articles: Vec<Article> = documents.iter().map(|d| Article::read(&Analyzer::new(), d.clone())).collect();
//! let mut buckets: BTreeMap<u64, Meeting> = BTreeMap::new();
//! for printing in articles.iter().flat_map(Article::first_printings) {
//!     for fingerprint in printing.fingerprints() {
//!         buckets.entry(fingerprint).or_default().add(printing.clone());
//!     }
//! }
//! let mut reducer = Reducer::new(Frequencies::background());
//! let mut partial = Partial::new();
//! for bucket in buckets.values() {
//!     partial.extend(reducer.links(bucket));
//! }
//! let tracker = finish(articles, partial)?;
//!
//! let mut one_process = Tracker::new();
//! one_process.add_all(documents);
//! assert_eq!(tracker.graph().utterances(), one_process.graph().utterances());
//! # Ok::<(), quotetrace::Error>(())
//! ```
//!
//! # Two versions of one document
//!
//! Where two workers have a document of one id, the one that [`supersedes`] the other counts, in every way: at the end
//! of these stages, in the dataflow, and in [`Tracker::update`]. ([`Tracker::add`] refuses the second, whichever it
//! is, and [`Tracker::replace`] takes what it is given.)

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Analyzer};
use crate::document::Document;
use crate::error::Result;
use crate::matching::{FirstPrinting, Partial, first_printings};
use crate::tracker::{Tracker, printings};

/// A document with what was read in it: what the map stage makes of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    document: Document,
    analysis: Analysis,
    /// Whether another version of it was met and let go.
    #[serde(default)]
    chosen: bool,
}

impl Article {
    /// Reads a document. Linear in its length.
    #[must_use]
    pub fn read(analyzer: &Analyzer, document: Document) -> Self {
        let analysis = analyzer.analyze(&document);
        Self { document, analysis, chosen: false }
    }

    /// The document.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// What was read in it.
    #[must_use]
    pub const fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Its quotations as they meet those of others: each wording once.
    #[must_use]
    pub fn first_printings(&self) -> Vec<FirstPrinting> {
        first_printings(&printings(&self.document, &self.analysis))
    }

    /// The one of two versions that counts. Commutative, associative and idempotent.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let chosen = self.chosen || other.chosen || self.document != other.document;
        let winner = if supersedes(&other.document, &self.document) { other } else { self };
        Self { chosen, ..winner }
    }
}

/// Whether `document` takes the place of `other`, which has its id: it was published later (a time that is not known
/// is before all others), or else its text is longer, or else it comes later by its text and then by all it has. Not
/// for two that are equal.
///
/// ```
/// use quotetrace::{Document, stages::supersedes};
///
/// let monday = Document::new("a", "The council met on Monday.").with_published("2026-03-02".parse()?);
/// let corrected = Document::new("a", "The council met.").with_published("2026-03-03".parse()?);
/// assert!(supersedes(&corrected, &monday) && !supersedes(&monday, &corrected));
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[must_use]
pub fn supersedes(document: &Document, other: &Document) -> bool {
    let time = |document: &Document| document.published().map(|time| (time.from(), time.until()));
    let all = |document: &Document| serde_json::to_string(document).unwrap_or_default();
    let order = time(document)
        .cmp(&time(other))
        .then_with(|| document.text().len().cmp(&other.text().len()))
        .then_with(|| document.text().cmp(other.text()))
        .then_with(|| if document == other { Ordering::Equal } else { all(document).cmp(&all(other)) });
    order == Ordering::Greater
}

/// The tracker of all articles, its graph made from the links that were found elsewhere.
///
/// The links must be those of all meetings. Of articles that have one id the one that counts is taken; where there
/// were such, the versions that were let go may have crowded others out of a hot bucket, so the links are worked out
/// anew here: the answer is the same, and it takes longer. O(n log n) in articles and links, but for the graph.
///
/// # Errors
/// As [`Tracker::add`]: a document without an id, or a span that doesn't fit its text.
pub fn finish(articles: impl IntoIterator<Item = Article>, links: Partial) -> Result<Tracker> {
    let mut chosen: BTreeMap<String, Article> = BTreeMap::new();
    for article in articles {
        let id = article.document.id().to_owned();
        let article = match chosen.remove(&id) {
            Some(known) => known.merge(article),
            None => article,
        };
        chosen.insert(id, article);
    }
    let complete = chosen.values().all(|article| !article.chosen);
    let mut tracker = Tracker::new();
    for article in chosen.into_values() {
        tracker.add_analyzed(article.document, article.analysis)?;
    }
    if complete {
        tracker.link(links);
    }
    Ok(tracker)
}

impl Tracker {
    /// Takes a document in unless it has the same or one that [`supersedes`] it; whether it did.
    ///
    /// # Errors
    /// As [`add`](Self::add), but for a taken id.
    pub fn update(&mut self, document: Document) -> Result<bool> {
        let stays = self.get(document.id()).is_some_and(|(held, _)| !supersedes(&document, held));
        if !stays {
            self.replace(document)?;
        }
        Ok(!stays)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export;

    fn versions() -> Vec<Document> {
        let at = |time: &str, text: &str| Document::new("a", text).with_published(time.parse().unwrap());
        vec![
            Document::new("a", "“The ferry stays,” Ada Quill said on a day that nobody wrote down."),
            at("2026-03-01", "“The ferry stays,” Ada Quill said."),
            at("2026-03-02", "“The ferry goes,” Ada Quill said."),
            at("2026-03-02", "“The ferry goes in May,” Ada Quill said.").with_outlet("The Harbor Ledger"),
            at("2026-03-02", "“The ferry goes in May,” Ada Quill said."),
        ]
    }

    #[test]
    fn the_later_version_counts_in_whatever_order_they_come() {
        let all = versions();
        for (at, older) in all.iter().enumerate() {
            for (later, newer) in all.iter().enumerate() {
                assert_eq!(supersedes(newer, older), later > at, "{later} {at}");
                let read = |document: &Document| Article::read(&Analyzer::new(), document.clone());
                let merged = read(newer).merge(read(older));
                assert_eq!(merged, read(older).merge(read(newer)));
                assert_eq!(merged.clone().merge(merged.clone()), merged);
                assert_eq!(*merged.document(), all[at.max(later)]);
                let mut tracker = Tracker::new();
                assert!(tracker.update(older.clone()).unwrap());
                assert_eq!(tracker.update(newer.clone()).unwrap(), later > at);
                assert_eq!(*tracker.get("a").unwrap().0, all[at.max(later)]);
            }
        }
    }

    #[test]
    fn an_article_survives_being_written_and_read() {
        for document in versions() {
            let article = Article::read(&Analyzer::new().with_indirect(true), document);
            let line = serde_json::to_string(&article).unwrap();
            assert_eq!(serde_json::from_str::<Article>(&line).unwrap(), article);
        }
    }

    #[test]
    fn versions_let_go_change_nothing_in_the_answer() {
        let other = Document::new("b", "“The ferry goes in May,” Ada Quill told them.");
        let read = |document: &Document| Article::read(&Analyzer::new(), document.clone());
        let json = |tracker: &Tracker| {
            let mut bytes = Vec::new();
            export::json(tracker.graph(), &mut bytes).unwrap();
            bytes
        };
        let articles = versions().iter().chain([&other]).map(read).collect::<Vec<_>>();
        let mut expected = Tracker::new();
        for document in versions().into_iter().chain([other]) {
            expected.update(document).unwrap();
        }
        assert_eq!(json(&finish(articles, Partial::new()).unwrap()), json(&expected));
        assert!(finish([], Partial::new()).unwrap().is_empty());
    }
}
