//! Changes: each one transaction, durable when it returns.

use redb::{AccessGuard, ReadableTable, ReadableTableMetadata, Table, WriteTransaction};

use super::fault::{Fault, Tried, guarded};
use super::index::Index;
use super::tables::{ANALYSES, DOCUMENTS, FORMAT, META, RULINGS, SKETCHES, VERSIONS};
use super::{Article, Articles, File, Store, row, words_version};
use crate::document::Document;
use crate::error::Result;
use crate::matching::Listed;
use crate::parallel::in_parallel;
use crate::provenance::Ruling;

/// How many articles are written anew in one transaction.
const BATCH: usize = 4096;

impl Store {
    /// Puts articles in, all or none. One that is there already becomes an earlier version.
    pub(crate) fn put(&self, articles: &[Article]) -> Result<()> {
        let written = in_parallel(articles, Written::of);
        let mut rows: Vec<(&Document, Written)> =
            articles.iter().map(|(document, _)| document).zip(written).collect();
        // Neighbours are written to the same pages.
        rows.sort_by(|a, b| a.0.id().cmp(b.0.id()));
        self.change(|change| {
            let mut index = Index::open(change)?;
            let firsts =
                index.add(rows.iter().map(|(document, written)| (document.id(), &written.listed)))?;
            let mut documents = change.open_table(DOCUMENTS)?;
            let mut analyses = change.open_table(ANALYSES)?;
            let mut versions = change.open_table(VERSIONS)?;
            let has_json = !analyses.is_empty()?;
            for ((document, written), first) in rows.into_iter().zip(firsts) {
                let id = document.id();
                let mut article = written.article?;
                row::set_first(&mut article, first);
                let before = documents.insert(id, article.as_slice())?.map(|row| row.value().to_vec());
                let beside =
                    if has_json { analyses.remove(id)?.map(|row| row.value().to_vec()) } else { None };
                if let Some(before) = before {
                    // While the index is made anew, an old number may be the new one too.
                    if let Some(old) = row::first(&before).filter(|old| *old != first) {
                        index.remove(id, old)?;
                    }
                    keep(&mut versions, document, before, beside)?;
                }
            }
            Ok(())
        })
    }

    /// Takes out an article with all its versions.
    pub(crate) fn remove(&self, id: &str) -> Result<()> {
        self.change(|change| {
            let first = change.open_table(DOCUMENTS)?.remove(id)?.and_then(|found| row::first(found.value()));
            if let Some(first) = first {
                Index::open(change)?.remove(id, first)?;
            }
            change.open_table(ANALYSES)?.remove(id)?;
            change.open_table(VERSIONS)?.retain_in((id, 0)..=(id, u64::MAX), |_, _| false)?;
            Ok(())
        })
    }

    pub(crate) fn rule(&self, ruling: &Ruling) -> Result<()> {
        self.change(|change| {
            let mut rulings = change.open_table(RULINGS)?;
            let next = rulings.last()?.map_or(0, |(number, _)| number.value() + 1);
            let bytes = serde_json::to_vec(ruling).map_err(|error| Fault::Damaged(error.to_string()))?;
            rulings.insert(next, bytes.as_slice())?;
            Ok(())
        })
    }

    pub(crate) fn withdraw(&self, ruling: &Ruling) -> Result<()> {
        self.change(|change| {
            let mut rulings = change.open_table(RULINGS)?;
            rulings.retain(|_, bytes| {
                row::json::<Ruling>("ruling", bytes).map_or(true, |other| other != *ruling)
            })?;
            Ok(())
        })
    }

    /// Makes the tables of a new store; of one that is there, looks at its format, and brings it up to date.
    pub(super) fn found_or_made(&self) -> Tried<()> {
        let File::Writer(database) = &self.file else { return Err(Fault::ReadOnly) };
        let is_new = database.get()?.begin_write()?.list_tables()?.next().is_none();
        if !is_new {
            self.supported()?;
            if self.format()? == FORMAT && self.is_indexed()? {
                return Ok(());
            }
            return self.index();
        }
        self.transact(|change| {
            let mut meta = change.open_table(META)?;
            meta.insert("format", FORMAT)?;
            meta.insert("words", words_version())?;
            drop(meta);
            change.open_table(DOCUMENTS)?;
            change.open_table(ANALYSES)?;
            change.open_table(VERSIONS)?;
            change.open_table(RULINGS)?;
            Index::clear(change)
        })
    }

    /// Makes the index anew, and every row one of this format. Killed meanwhile, the store is whole, and whoever opens
    /// it next begins again.
    pub(super) fn index(&self) -> Tried<()> {
        self.transact(|change| {
            let mut meta = change.open_table(META)?;
            // Who reads older formats alone is not to read this.
            meta.insert("format", FORMAT)?;
            meta.remove("words")?;
            drop(meta);
            change.delete_table(SKETCHES)?;
            Index::clear(change)
        })?;
        let mut from = Some(String::new());
        while let Some(id) = from {
            let (articles, next) = self.some_from(&id)?;
            self.put(&articles).map_err(Fault::Known)?;
            from = next;
        }
        self.transact(|change| {
            change.open_table(META)?.insert("words", words_version())?;
            Ok(())
        })
    }

    /// Some articles from an id on, and the id to go on with. What can't be read is left to a check.
    fn some_from(&self, id: &str) -> Tried<(Vec<Article>, Option<String>)> {
        let all = Articles::new(&*self.view()?)?;
        let mut articles = Vec::new();
        for (count, found) in all.documents.range(id..)?.enumerate() {
            let (id, found) = found?;
            let id = id.value();
            if count == BATCH {
                return Ok((articles, Some(id.to_owned())));
            }
            let beside = all.beside(id, found.value())?;
            let article = row::article(id, found.value(), beside.as_ref().map(AccessGuard::value));
            articles.extend(article.ok().flatten().filter(|(document, _)| document.id() == id));
        }
        Ok((articles, None))
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
    article: Tried<Vec<u8>>,
    listed: Listed,
}

impl Written {
    fn of(article: &Article) -> Self {
        Self { article: row::encode(article), listed: Listed::of(article.0.text()) }
    }
}

/// Keeps the row that was there of an article, with the row beside it that format 1 has, as its newest earlier version;
/// unless `now` is the same.
fn keep(
    versions: &mut Table<'_, (&'static str, u64), &'static [u8]>,
    now: &Document,
    before: Vec<u8>,
    beside: Option<Vec<u8>>,
) -> Tried<()> {
    let id = now.id();
    // What can't be read any more is no version.
    let Ok(Some(article)) = row::article(id, &before, beside.as_deref()) else { return Ok(()) };
    if article.0 == *now {
        return Ok(());
    }
    let newest = versions.range((id, 0)..=(id, u64::MAX))?.next_back().transpose()?;
    let number = newest.map_or(0, |(key, _)| key.value().1 + 1);
    let packed = if row::is_json(&before) { row::encode(&article)? } else { before };
    versions.insert((id, number), packed.as_slice())?;
    Ok(())
}
