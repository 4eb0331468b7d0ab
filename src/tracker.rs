//! The front door: documents in, the story out.

mod intake;
#[cfg(feature = "store")]
mod kept;
mod listing;
mod printings;
mod shelf;
#[cfg(feature = "store")]
mod writer;

use std::sync::{Mutex, OnceLock};

use crate::analysis::{Analysis, Analyzer};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::limits::Notice;
use crate::matching::{Frequencies, Partial, Printing, gather, gather_linked};
use crate::progress::{Progress, Stage};
use crate::provenance::{Options, ProvenanceGraph, Ruling};
use crate::text::Span;
use intake::Intake;
pub(crate) use printings::printings;
pub(crate) use shelf::PassedOver;
use shelf::Shelf;

/// What articles are shown to, with the stretches of their texts that matter; all of a text for `None`.
pub(crate) type Show<'a> = dyn FnMut(&Document, &Analysis, Option<&[Span]>) + 'a;

/// Takes articles in, one at a time or many, and keeps the story they make: who said what, in which words each
/// outlet printed it, and which outlet had it from where.
///
/// The order in which documents arrive changes nothing, and removing one undoes its arrival.
///
/// ```
/// use quotetrace::{Document, Tracker};
///
/// let mut tracker = Tracker::new();
/// tracker.add(
///     Document::new("a", "“The old bridge will close for good in May,” said Mayor Ada Quill.")
///         .with_outlet("The Harbor Ledger")
///         .with_published("2026-03-01".parse()?),
/// )?;
/// tracker.add(
///     Document::new("b", "Quill said: “The old bridge will close for good in May.”")
///         .with_outlet("Northfield Courier")
///         .with_published("2026-03-02".parse()?),
/// )?;
/// let graph = tracker.graph();
/// let utterance = &graph.utterances()[0];
/// assert_eq!(utterance.occurrences.len(), 2);
/// assert_eq!(graph.origins(&utterance.id), ["a"]);
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Tracker {
    analyzer: Analyzer,
    options: Options,
    rulings: Vec<Ruling>,
    shelf: Shelf,
    graph: OnceLock<ProvenanceGraph>,
    /// The graph before the last change. Freeing the one of 100,000 articles takes longer than reading an article, so
    /// that waits until the next one is made.
    stale: Mutex<Option<ProvenanceGraph>>,
    /// The links between the quotations, found elsewhere; of the documents as they are now.
    links: Mutex<Option<Partial>>,
}

impl Tracker {
    /// A tracker without documents, with the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With another analyzer; documents already taken in are not read again.
    #[must_use]
    pub fn with_analyzer(mut self, analyzer: Analyzer) -> Self {
        self.analyzer = analyzer;
        self
    }

    /// What documents are read with.
    #[must_use]
    pub const fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }

    /// With other options for the graph.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self.changed();
        self
    }

    /// Reads a document and takes it in. Linear in its length. Where there is a store, it is in it when this returns.
    ///
    /// # Errors
    /// [`Error::MissingId`] for an empty id, [`Error::DuplicateId`] for one that is taken, [`Error::BadSpan`] for a
    /// link that doesn't fit, and what a store may say; nothing changes then.
    pub fn add(&mut self, document: Document) -> Result<&Analysis> {
        // A document that is going to be refused is not read first.
        self.admit(&document)?;
        let analysis = self.analyzer.analyze(&document);
        self.add_analyzed(document, analysis)
    }

    /// Takes in a document that was read elsewhere, in another thread or on another machine.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub fn add_analyzed(&mut self, document: Document, analysis: Analysis) -> Result<&Analysis> {
        self.admit(&document)?;
        self.changed();
        let id = document.id().to_owned();
        self.shelf.replace((document, analysis))?;
        self.get(&id).map(|(_, analysis)| analysis).ok_or(Error::MissingId { place: id })
    }

    /// The graph no longer fits the documents. O(1): a change costs what reading its document costs.
    fn changed(&mut self) {
        #[cfg(feature = "store")]
        self.shelf.release();
        self.links = Mutex::new(None);
        if let Some(graph) = self.graph.take()
            && let Ok(stale) = self.stale.get_mut()
        {
            *stale = Some(graph);
        }
    }

    /// Takes the links between the quotations of its documents, all of them, for the graph that is made next.
    pub(crate) fn link(&mut self, links: Partial) {
        self.changed();
        self.links = Mutex::new(Some(links));
    }

    /// Whether a document may be taken in as a new one.
    fn admit(&self, document: &Document) -> Result<()> {
        is_sound(document, ADD)?;
        if !self.shelf.contains(document.id()) {
            return Ok(());
        }
        let id = document.id().to_owned();
        let first = self.get(&id).map_or_else(|| format!("document {id:?}"), |(taken, _)| place(taken));
        Err(Error::DuplicateId { id, first, second: place(document) })
    }

    /// Takes in many documents; those that are refused are named, and the rest is taken in. Where there is a store, they
    /// are written in groups, which is many times as fast as one by one; all are in it when this returns.
    #[must_use = "the errors name the documents that were refused"]
    pub fn add_all(&mut self, documents: impl IntoIterator<Item = Document>) -> Vec<Error> {
        let analyzer = self.analyzer.clone();
        let mut intake = Intake::new(self);
        for document in documents {
            if let Some(document) = intake.admit(document) {
                let analysis = analyzer.analyze(&document);
                intake.take((document, analysis));
            }
        }
        intake.finish()
    }

    /// Takes in many documents that were read elsewhere, as [`add_all`](Self::add_all) does.
    #[must_use = "the errors name the documents that were refused"]
    pub fn add_all_analyzed(
        &mut self,
        articles: impl IntoIterator<Item = (Document, Analysis)>,
    ) -> Vec<Error> {
        let mut intake = Intake::new(self);
        for (document, analysis) in articles {
            if let Some(document) = intake.admit(document) {
                intake.take((document, analysis));
            }
        }
        intake.finish()
    }

    /// Takes in a document in place of the one with its id, which is given back, if there was one. A store keeps it as
    /// an earlier version; [`revision::compare`](crate::revision::compare) says which quotations changed.
    ///
    /// # Errors
    /// As [`add`](Self::add), but for a taken id.
    pub fn replace(&mut self, document: Document) -> Result<Option<Document>> {
        is_sound(&document, ADD)?;
        let analysis = self.analyzer.analyze(&document);
        self.changed();
        Ok(self.shelf.replace((document, analysis))?.map(|(before, _)| before))
    }

    /// Removes a document, from the store with all its versions, and gives it back.
    ///
    /// # Errors
    /// What a store may say; nothing changes then. In memory this never fails.
    pub fn remove(&mut self, id: &str) -> Result<Option<Document>> {
        if !self.shelf.contains(id) {
            return Ok(None);
        }
        self.changed();
        Ok(self.shelf.remove(id)?.map(|(document, _)| document))
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelf.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shelf.len() == 0
    }

    /// A document, with what was read in it. From a store it is read when it is asked for, and stays in memory until the
    /// next change; `None` also for one that the store can't give any more.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<(&Document, &Analysis)> {
        self.shelf.get(id).map(|(document, analysis)| (document, analysis))
    }

    /// All documents with what was read in them, in order of id. From a store they are read as they are asked for, and
    /// stay in memory until the next change.
    pub fn articles(&self) -> impl Iterator<Item = (&Document, &Analysis)> {
        self.shelf.iter().map(|(document, analysis)| (document, analysis))
    }

    /// Shows the articles that may have the words of a quotation, with the stretches of its text that may; what was
    /// passed over, beyond the first `most` stretches or because it can't be read. Where no index knows, every article
    /// is shown whose text is asked for, without stretches. From a store one article at a time.
    pub(crate) fn each_likely(
        &self,
        quotation: &str,
        most: usize,
        is_asked_for: &mut dyn FnMut(&str) -> bool,
        show: &mut Show<'_>,
    ) -> PassedOver {
        let mut show = |(document, analysis): &(Document, Analysis), spans: Option<&[Span]>| {
            show(document, analysis, spans);
        };
        self.shelf.each_likely(quotation, most, is_asked_for, &mut show)
    }

    /// The story so far. Made when it is first asked for after a change, then kept.
    #[must_use]
    pub fn graph(&self) -> &ProvenanceGraph {
        self.graph_with_progress(&mut |_| {})
    }

    /// The story so far, as [`graph`](Self::graph) gives it; where it must be made first, `report` hears at the start
    /// and the end of each stage.
    pub fn graph_with_progress(&self, report: &mut dyn FnMut(Progress)) -> &ProvenanceGraph {
        self.graph.get_or_init(|| {
            if let Ok(mut stale) = self.stale.lock() {
                stale.take();
            }
            let printings = self.printings();
            let mut say = |stage, done: usize, total: usize| {
                report(Progress::new(stage, done as u64, Some(total as u64)));
            };
            say(Stage::Matching, 0, printings.len());
            let links = self.links.lock().ok().and_then(|mut links| links.take());
            let (utterances, notices) = match links {
                Some(links) => gather_linked(&printings, Frequencies::background(), links),
                None => gather(&printings, Frequencies::background()),
            };
            say(Stage::Matching, printings.len(), printings.len());
            drop(printings);
            let total = utterances.len();
            say(Stage::Tracing, 0, total);
            let graph = ProvenanceGraph::build_with_rulings(
                self.articles(),
                utterances,
                &self.options,
                &self.rulings,
            );
            // What the store has and can't give is not in the graph.
            let unreadable = self.len() - graph.documents().len();
            let unreadable = (unreadable > 0).then(|| Notice::new("unreadable", unreadable));
            let graph = graph.with_notices(unreadable.into_iter().chain(notices.iter().map(of_matching)));
            say(Stage::Tracing, total, total);
            graph
        })
    }

    /// Takes an editor's ruling. It holds until it is withdrawn, whatever documents come, go or are read again.
    ///
    /// # Errors
    /// What a store may say; nothing changes then. In memory this never fails.
    pub fn rule(&mut self, ruling: Ruling) -> Result<()> {
        if !self.rulings.contains(&ruling) {
            #[cfg(feature = "store")]
            if let Some(store) = &self.shelf.store {
                store.rule(&ruling)?;
            }
            self.rulings.push(ruling);
            self.changed();
        }
        Ok(())
    }

    /// Withdraws a ruling; whether it was there.
    ///
    /// # Errors
    /// As [`rule`](Self::rule).
    pub fn withdraw(&mut self, ruling: &Ruling) -> Result<bool> {
        if !self.rulings.contains(ruling) {
            return Ok(false);
        }
        #[cfg(feature = "store")]
        if let Some(store) = &self.shelf.store {
            store.withdraw(ruling)?;
        }
        self.rulings.retain(|other| other != ruling);
        self.changed();
        Ok(true)
    }

    /// The rulings, in the order in which they were taken.
    #[must_use]
    pub fn rulings(&self) -> &[Ruling] {
        &self.rulings
    }

    /// The quotations of all documents, as matching takes them.
    fn printings(&self) -> Vec<Printing> {
        self.articles().flat_map(|(document, analysis)| printings(document, analysis)).collect()
    }
}

/// A limit that matching hit, as the graph names it.
pub(crate) fn of_matching(notice: &Notice) -> Notice {
    Notice::new(&format!("matching.{}", notice.limit), notice.count)
}

/// Whether a document may be taken in, whatever is there; `place` is who asks.
pub(crate) fn is_sound(document: &Document, place: &str) -> Result<()> {
    document.check()?;
    if document.id().is_empty() {
        return Err(Error::MissingId { place: place.to_owned() });
    }
    Ok(())
}

/// The place that errors name where a tracker takes documents in.
const ADD: &str = "Tracker::add";

/// What an error calls a document: its address, or outlet and title.
fn place(document: &Document) -> String {
    let named = document.url().or(document.title()).or(document.outlet());
    named.map_or_else(|| format!("document {:?}", document.id()), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::provenance::{Evidence, Place, Whence};

    fn document(id: &str, text: &str) -> Document {
        Document::new(id, text)
    }

    #[test]
    fn a_taken_id_is_refused_and_the_first_document_stays() {
        let mut tracker = Tracker::new();
        let errors =
            tracker.add_all([document("a", "First."), document("a", "Second."), document("b", "Third.")]);
        assert!(matches!(errors.as_slice(), [Error::DuplicateId { id, .. }] if id == "a"));
        assert_eq!(tracker.get("a").unwrap().0.text(), "First.");
        assert_eq!(tracker.len(), 2);
        assert!(matches!(tracker.add(document("", "No id.")), Err(Error::MissingId { .. })));
    }

    #[test]
    fn replacing_gives_the_old_document_back() {
        let mut tracker = Tracker::new();
        assert_eq!(tracker.replace(document("a", "Old.")).unwrap(), None);
        assert_eq!(tracker.replace(document("a", "New.")).unwrap().unwrap().text(), "Old.");
        assert_eq!(tracker.remove("a").unwrap().unwrap().text(), "New.");
        assert!(tracker.is_empty() && tracker.remove("a").unwrap().is_none());
    }

    /// All that a graph holds, as JSON.
    fn json(graph: &ProvenanceGraph) -> String {
        let origins: Vec<_> = graph.utterances().iter().map(|u| graph.origins(&u.id)).collect();
        let parts = [
            serde_json::to_string(graph.documents()),
            serde_json::to_string(graph.utterances()),
            serde_json::to_string(graph.repeats()),
            serde_json::to_string(graph.credits()),
            serde_json::to_string(graph.rulings()),
            serde_json::to_string(graph.notices()),
            serde_json::to_string(&origins),
        ];
        parts.map(|part| part.unwrap()).join("\n")
    }

    fn article(id: usize, version: usize) -> Document {
        let said = [
            "The night ferry will run until the last of the islanders has a bridge to walk over",
            "Nobody asked the harbour board what the dredging of the outer channel would cost us all",
            "The night ferry will sail until the last of the islanders has a bridge to walk over",
        ];
        let credit = if version.is_multiple_of(2) { "" } else { " Via Outlet 0." };
        let text = format!(
            "“{},” Mayor Ada Quill said.{credit}\n\n“{},” Quill added.\n",
            said[version % 3],
            said[(version + id) % 3]
        );
        let published = format!("2026-03-01T{:02}:00:00Z", 6 + (id * 5 + version) % 17).parse().unwrap();
        Document::new(format!("d{id}"), text).with_outlet(format!("Outlet {id}")).with_published(published)
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

        #[test]
        fn any_way_to_the_same_documents_gives_the_same_bytes(
            steps in proptest::collection::vec((0_usize..6, 0_usize..6, proptest::prelude::any::<bool>()), 1..20),
        ) {
            let mut tracker = Tracker::new();
            let mut held = BTreeMap::new();
            for (id, version, goes) in steps {
                if goes {
                    tracker.remove(&format!("d{id}")).unwrap();
                    held.remove(&id);
                } else {
                    tracker.replace(article(id, version)).unwrap();
                    held.insert(id, version);
                }
                // Asked for in between, so that a graph that is kept too long would show.
                let _ = tracker.graph();
            }
            let mut fresh = Tracker::new();
            for (id, version) in held.into_iter().rev() {
                fresh.add(article(id, version)).unwrap();
            }
            proptest::prop_assert_eq!(json(tracker.graph()), json(fresh.graph()));
        }
    }

    #[test]
    fn a_ruling_survives_another_reading_and_is_shown_until_it_is_withdrawn() {
        let mut tracker = Tracker::new();
        for (id, version) in [(0, 0), (1, 0)] {
            tracker.add(article(id, version)).unwrap();
        }
        let before = json(tracker.graph());
        let at = |id: &str| Place::new(id, Span::new(5, 20));
        let source = Ruling::Source { at: at("d1"), whence: Whence::Outlet("The Far Post".into()) };
        let speaker = Ruling::Speaker { at: at("d1"), speaker: Some("Tom Roe".into()) };
        tracker.rule(source.clone()).unwrap();
        tracker.rule(source.clone()).unwrap();
        tracker.rule(speaker.clone()).unwrap();
        for _ in 0..2 {
            let graph = tracker.graph();
            assert_eq!(graph.rulings(), [source.clone(), speaker.clone()]);
            let ruled =
                graph.repeats().iter().find(|repeat| repeat.from_outlet.as_deref() == Some("The Far Post"));
            assert_eq!(ruled.unwrap().evidence, [Evidence::Ruling { ruling: 0 }]);
            assert!(ruled.unwrap().is_ruled() && !ruled.unwrap().is_stated());
            assert_eq!(ruled.unwrap().document, "d1");
            assert!(graph.utterances().iter().any(|u| u.speaker.as_deref() == Some("Tom Roe")));
            // The same article, read again.
            tracker.replace(article(1, 0)).unwrap();
        }
        assert!(tracker.withdraw(&source).unwrap() && tracker.withdraw(&speaker).unwrap());
        assert!(!tracker.withdraw(&source).unwrap());
        assert_eq!(json(tracker.graph()), before);
    }

    #[test]
    fn a_limit_that_matching_hits_is_told_with_the_story() {
        let mut tracker = Tracker::new();
        // Each has words of its own around those that all have, and more have those than are looked at.
        let articles = (0..200).map(|n| {
            let said = format!(
                "Pier {n} stays: not one sailing was ever cancelled for lack of crew, berth {n} said"
            );
            Document::new(format!("d{n}"), format!("“{said},” Mayor Ada Quill said."))
        });
        assert!(tracker.add_all(articles).is_empty());
        let notices = tracker.graph().notices();
        assert!(notices.iter().any(|notice| notice.limit.starts_with("matching.")), "{notices:?}");
        assert!(notices.is_sorted());
    }

    #[test]
    fn what_is_ruled_apart_stays_apart() {
        let mut tracker = Tracker::new();
        for id in [0, 1] {
            tracker.add(article(id, 0)).unwrap();
        }
        let together = tracker.graph().utterances().len();
        let at = |id: &str| Place::new(id, Span::new(5, 20));
        tracker.rule(Ruling::Apart { one: at("d0"), other: at("d1") }).unwrap();
        assert_eq!(tracker.graph().utterances().len(), together + 1);
    }
}
