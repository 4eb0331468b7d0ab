//! Whether all is there and holds together, and what can be made anew.

use std::sync::Arc;

use redb::ReadableTable;

use super::fault::{Fault, Tried, guarded};
use super::held::Held;
use super::tables::{ANALYSES, DOCUMENTS, META, RULINGS, SKETCHES, VERSIONS, decode, encode};
use super::{Article, File, Sketch, Store, words_version};
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
    /// Looks through everything; makes analyses and sketches anew where they don't fit their document.
    pub(crate) fn check(&mut self, analyzer: &Analyzer) -> Result<Check> {
        let path = self.path.clone();
        let mut check = guarded(&path, || {
            let was_whole = self.alone()?.check_integrity()?;
            Ok(Check { was_whole, ..Check::default() })
        })?;
        let mut from = String::new();
        loop {
            let (mended, next) = guarded(&path, || self.look(&from, analyzer, &mut check))?;
            if !mended.is_empty() {
                self.mend(&mended)?;
            }
            match next {
                Some(next) => from = next,
                None => break,
            }
        }
        guarded(&path, || self.look_at_the_rest(&mut check))?;
        self.drop_orphans(&mut check)?;
        Ok(check)
    }

    /// Gives back to the system what is no longer used of the file; whether that was anything.
    pub(crate) fn compact(&mut self) -> Result<bool> {
        let path = self.path.clone();
        guarded(&path, || Ok(self.alone()?.compact()?))
    }

    fn alone(&mut self) -> Tried<&mut redb::Database> {
        match &mut self.file {
            File::Reader(_) => Err(Fault::ReadOnly),
            File::Writer(database) => {
                Arc::get_mut(database).ok_or(Fault::InUse("a reader has it open")).and_then(Held::get_mut)
            }
        }
    }

    /// Looks at some articles from the id `from` on: those to be put in again, and the id to go on with.
    fn look(
        &self,
        from: &str,
        analyzer: &Analyzer,
        check: &mut Check,
    ) -> Tried<(Vec<Article>, Option<String>)> {
        let view = self.view()?;
        let (documents, analyses) = (view.open_table(DOCUMENTS)?, view.open_table(ANALYSES)?);
        let sketches = view.open_table(SKETCHES)?;
        let mut mended = Vec::new();
        for (count, row) in documents.range(from..)?.enumerate() {
            let (id, document) = row?;
            let id = id.value();
            if count == BATCH {
                return Ok((mended, Some(id.to_owned())));
            }
            check.articles += 1;
            let document = decode::<Document>(id, document.value()).ok();
            let Some(document) = document.filter(|document| document.id() == id && document.check().is_ok())
            else {
                check.lost.push(id.to_owned());
                continue;
            };
            let analysis = analyses.get(id)?.and_then(|row| decode::<Analysis>(id, row.value()).ok());
            let fits = analysis.filter(|analysis| fits(&document, analysis));
            let is_read_again = fits.is_none();
            let article = match fits {
                Some(analysis) => (document, analysis),
                None => {
                    check.read_again.push(id.to_owned());
                    let analysis = analyzer.analyze(&document);
                    (document, analysis)
                }
            };
            let sketch = sketches.get(id)?.map(|row| row.value() == Sketch::of(&article).as_slice());
            if sketch != Some(true) {
                check.indexed_again += 1;
            }
            if is_read_again || sketch != Some(true) {
                mended.push(article);
            }
        }
        Ok((mended, None))
    }

    fn mend(&self, articles: &[Article]) -> Result<()> {
        self.change(|change| {
            let (mut analyses, mut sketches) = (change.open_table(ANALYSES)?, change.open_table(SKETCHES)?);
            for article in articles {
                let id = article.0.id();
                analyses.insert(id, encode(&article.1)?.as_slice())?;
                sketches.insert(id, Sketch::of(article).as_slice())?;
            }
            Ok(())
        })
    }

    fn look_at_the_rest(&self, check: &mut Check) -> Tried<()> {
        let view = self.view()?;
        for row in view.open_table(VERSIONS)?.iter()? {
            let (key, bytes) = row?;
            let id = key.value().0;
            check.versions += 1;
            if decode::<Article>(id, bytes.value()).is_err() {
                check.lost.push(id.to_owned());
            }
        }
        for row in view.open_table(RULINGS)?.iter()? {
            if decode::<Ruling>("ruling", row?.1.value()).is_err() {
                check.lost.push("ruling".to_owned());
            }
        }
        Ok(())
    }

    /// Takes out what belongs to no document, and notes that the index is of this version.
    fn drop_orphans(&self, check: &mut Check) -> Result<()> {
        self.change(|change| {
            let documents = change.open_table(DOCUMENTS)?;
            let has = |id: &str| documents.get(id).map_or(true, |found| found.is_some());
            change.open_table(ANALYSES)?.retain(|id, _| has(id))?;
            change.open_table(SKETCHES)?.retain(|id, _| {
                let stays = has(id);
                check.indexed_again += usize::from(!stays);
                stays
            })?;
            change.open_table(META)?.insert("words", words_version())?;
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
