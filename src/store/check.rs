//! Whether all is there and holds together, and what can be made anew.

use std::sync::Arc;

use redb::{AccessGuard, ReadableTable};

use super::fault::{Fault, Tried, guarded};
use super::held::Held;
use super::index::{self, Proof};
use super::tables::{ANALYSES, DOCUMENTS, META, RULINGS, VERSIONS};
use super::{Article, Articles, File, Store, row};
use crate::analysis::{Analysis, Analyzer};
use crate::document::Document;
use crate::error::Result;
use crate::provenance::Ruling;

/// How many articles are mended in one transaction.
const BATCH: usize = 256;

/// What a look through a whole store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Check {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many earlier versions of articles there are.
    pub versions: usize,
    /// Whether the file itself held together; it does now.
    pub was_whole: bool,
    /// The articles that were read again, since their analysis was missing or did not fit.
    pub read_again: Vec<String>,
    /// How many entries of the index of words were missing, wrong or without an article; they were made anew.
    pub indexed_again: usize,
    /// What can't be read any more: articles and versions by their id, and `ruling`s.
    pub lost: Vec<String>,
}

impl Check {
    /// Whether nothing was wrong.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.was_whole && self.read_again.is_empty() && self.indexed_again == 0 && self.lost.is_empty()
    }
}

impl Store {
    /// Looks through everything; makes analyses and the index anew where they don't fit their documents.
    pub(crate) fn check(&mut self, analyzer: &Analyzer) -> Result<Check> {
        let path = self.path.clone();
        let mut check = guarded(&path, || {
            let was_whole = self.alone()?.check_integrity()?;
            Ok(Check { was_whole, ..Check::default() })
        })?;
        guarded(&path, || self.look(&mut check))?;
        guarded(&path, || self.look_at_the_rest(&mut check))?;
        for some in check.read_again.chunks(BATCH) {
            self.put(&self.read(some, analyzer)?)?;
        }
        self.drop_orphans()?;
        if check.indexed_again > 0 {
            guarded(&path, || self.index())?;
        }
        Ok(check)
    }

    /// Gives back to the system what is no longer used of the file; whether that was anything.
    pub(crate) fn compact(&mut self) -> Result<bool> {
        let path = self.path.clone();
        guarded(&path, || {
            self.alone()?;
            if index::is_worn(&self.view()?.open_table(META)?)? {
                self.index()?;
            }
            Ok(self.alone()?.compact()?)
        })
    }

    fn alone(&mut self) -> Tried<&mut redb::Database> {
        match &mut self.file {
            File::Reader(_) => Err(Fault::ReadOnly),
            File::Writer(database) => {
                Arc::get_mut(database).ok_or(Fault::InUse("a reader has it open")).and_then(Held::get_mut)
            }
        }
    }

    /// Looks at all articles, and at what the index says of them.
    fn look(&self, check: &mut Check) -> Tried<()> {
        let view = self.view()?;
        let articles = Articles::new(&view)?;
        let documents = &articles.documents;
        // An index that can't be read is made anew like one that is wrong.
        let mut proof = Proof::new(&view).ok();
        for found in documents.iter()? {
            let (id, found) = found?;
            let (id, found) = (id.value(), found.value());
            check.articles += 1;
            let beside = articles.beside(id, found)?;
            let (document, analysis) = match row::article(id, found, beside.as_ref().map(AccessGuard::value))
            {
                Ok(Some((document, analysis))) => (Some(document), Some(analysis)),
                _ => (row::document(id, found).ok(), None),
            };
            let Some(document) = document.filter(|document| document.id() == id && document.check().is_ok())
            else {
                check.lost.push(id.to_owned());
                continue;
            };
            if !analysis.is_some_and(|analysis| fits(&document, &analysis)) {
                check.read_again.push(id.to_owned());
            }
            let is_indexed = proof
                .as_mut()
                .zip(row::first(found))
                .is_some_and(|(proof, first)| proof.holds(id, first, document.text()).unwrap_or(false));
            check.indexed_again += usize::from(!is_indexed);
        }
        let is_there = |id: &str, first: u32| {
            Ok(documents.get(id)?.and_then(|found| row::first(found.value())) == Some(first))
        };
        if let Some(proof) = proof {
            check.indexed_again += proof.orphans(is_there).unwrap_or(1);
        }
        Ok(())
    }

    /// Some documents read again.
    fn read(&self, ids: &[String], analyzer: &Analyzer) -> Result<Vec<Article>> {
        guarded(&self.path, || {
            let documents = self.view()?.open_table(DOCUMENTS)?;
            let mut articles = Vec::new();
            for id in ids {
                if let Some(found) = documents.get(id.as_str())? {
                    let document = row::document(id, found.value())?;
                    let analysis = analyzer.analyze(&document);
                    articles.push((document, analysis));
                }
            }
            Ok(articles)
        })
    }

    fn look_at_the_rest(&self, check: &mut Check) -> Tried<()> {
        let view = self.view()?;
        for row in view.open_table(VERSIONS)?.iter()? {
            let (key, bytes) = row?;
            let id = key.value().0;
            check.versions += 1;
            if row::version(id, bytes.value()).is_err() {
                check.lost.push(id.to_owned());
            }
        }
        for row in view.open_table(RULINGS)?.iter()? {
            if row::json::<Ruling>("ruling", row?.1.value()).is_err() {
                check.lost.push("ruling".to_owned());
            }
        }
        Ok(())
    }

    /// Takes out the analyses that belong to no document.
    fn drop_orphans(&self) -> Result<()> {
        self.change(|change| {
            let documents = change.open_table(DOCUMENTS)?;
            let has = |id: &str| documents.get(id).map_or(true, |found| found.is_some());
            change.open_table(ANALYSES)?.retain(|id, _| has(id))?;
            Ok(())
        })
    }
}

/// Whether an analysis is of this document: its spans lie in the text.
fn fits(document: &Document, analysis: &Analysis) -> bool {
    let text = document.text();
    let parts =
        analysis.quotations.iter().flat_map(|quotation| quotation.parts.iter().chain([&quotation.span]));
    let credits = analysis.credits.iter().map(|credit| &credit.span);
    analysis.document == document.id() && parts.chain(credits).all(|span| span.of(text).is_some())
}
