//! Changes: each one transaction, durable when it returns.

use redb::{ReadableTable, Table, WriteTransaction};

use super::fault::{Fault, Tried, guarded};
use super::tables::{ANALYSES, DOCUMENTS, FORMAT, META, RULINGS, SKETCHES, VERSIONS, decode, encode};
use super::{Article, File, Sketch, Store, words_version};
use crate::error::Result;
use crate::parallel::in_parallel;
use crate::provenance::Ruling;

impl Store {
    /// Puts articles in, all or none. One that is there already becomes an earlier version.
    pub(crate) fn put(&self, articles: &[Article]) -> Result<()> {
        let written = in_parallel(articles, Written::of);
        let mut rows: Vec<(&str, Written)> =
            articles.iter().map(|(document, _)| document.id()).zip(written).collect();
        // Neighbours are written to the same pages.
        rows.sort_by(|a, b| a.0.cmp(b.0));
        self.change(|change| {
            let mut documents = change.open_table(DOCUMENTS)?;
            let mut analyses = change.open_table(ANALYSES)?;
            let mut sketches = change.open_table(SKETCHES)?;
            let mut versions = change.open_table(VERSIONS)?;
            for (id, Written { document, analysis, sketch }) in rows {
                let (document, analysis) = (document?, analysis?);
                let before = documents.insert(id, document.as_slice())?.map(|row| row.value().to_vec());
                let read = analyses.insert(id, analysis.as_slice())?.map(|row| row.value().to_vec());
                sketches.insert(id, sketch.as_slice())?;
                if let (Some(before), Some(read)) = (before, read)
                    && before != document
                {
                    keep(&mut versions, id, &before, &read)?;
                }
            }
            Ok(())
        })
    }

    /// Takes out an article with all its versions.
    pub(crate) fn remove(&self, id: &str) -> Result<()> {
        self.change(|change| {
            for table in [DOCUMENTS, ANALYSES, SKETCHES] {
                change.open_table(table)?.retain_in(id..=id, |_, _| false)?;
            }
            change.open_table(VERSIONS)?.retain_in((id, 0)..=(id, u64::MAX), |_, _| false)?;
            Ok(())
        })
    }

    pub(crate) fn rule(&self, ruling: &Ruling) -> Result<()> {
        self.change(|change| {
            let mut rulings = change.open_table(RULINGS)?;
            let next = rulings.last()?.map_or(0, |(number, _)| number.value() + 1);
            rulings.insert(next, encode(ruling)?.as_slice())?;
            Ok(())
        })
    }

    pub(crate) fn withdraw(&self, ruling: &Ruling) -> Result<()> {
        self.change(|change| {
            let mut rulings = change.open_table(RULINGS)?;
            rulings.retain(|_, bytes| {
                decode::<Ruling>("ruling", bytes).map_or(true, |other| other != *ruling)
            })?;
            Ok(())
        })
    }

    /// Makes the tables of a new store; of one that is there, looks at its format.
    pub(super) fn found_or_made(&self) -> Tried<()> {
        let File::Writer(database) = &self.file else { return Err(Fault::ReadOnly) };
        let is_new = database.get()?.begin_write()?.list_tables()?.next().is_none();
        if !is_new {
            return self.supported();
        }
        self.transact(|change| {
            let mut meta = change.open_table(META)?;
            meta.insert("format", FORMAT)?;
            meta.insert("words", words_version())?;
            change.open_table(DOCUMENTS)?;
            change.open_table(ANALYSES)?;
            change.open_table(SKETCHES)?;
            change.open_table(VERSIONS)?;
            change.open_table(RULINGS)?;
            Ok(())
        })
    }

    /// Does `work` in one transaction.
    pub(super) fn change(&self, work: impl FnOnce(&WriteTransaction) -> Tried<()>) -> Result<()> {
        guarded(self.path(), || self.transact(work))
    }

    fn transact(&self, work: impl FnOnce(&WriteTransaction) -> Tried<()>) -> Tried<()> {
        let File::Writer(database) = &self.file else { return Err(Fault::ReadOnly) };
        let mut change = database.get()?.begin_write()?;
        // Opening after a kill then reads what the last commit left, not the whole file.
        change.set_quick_repair(true);
        work(&change)?;
        change.commit()?;
        Ok(())
    }
}

/// An article as it stands in the store.
struct Written {
    document: Tried<Vec<u8>>,
    analysis: Tried<Vec<u8>>,
    sketch: Vec<u8>,
}

impl Written {
    fn of(article: &Article) -> Self {
        let (document, analysis) = article;
        Self { document: encode(document), analysis: encode(analysis), sketch: Sketch::of(article) }
    }
}

/// Keeps what was there of an article as its newest earlier version.
fn keep(
    versions: &mut Table<'_, (&'static str, u64), &'static [u8]>,
    id: &str,
    document: &[u8],
    analysis: &[u8],
) -> Tried<()> {
    let newest = versions.range((id, 0)..=(id, u64::MAX))?.next_back().transpose()?;
    let number = newest.map_or(0, |(key, _)| key.value().1 + 1);
    // Both are JSON already.
    let pair = [b"[", document, b",", analysis, b"]"].concat();
    // What can't be read any more is no version.
    if decode::<Article>(id, &pair).is_ok() {
        versions.insert((id, number), pair.as_slice())?;
    }
    Ok(())
}
