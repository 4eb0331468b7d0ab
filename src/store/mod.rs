//! The cellar (feature `store`): documents, analyses, rulings and earlier versions in one file that survives.
//!
//! The truth is the documents. Their analyses and the index of words can be made anew from them, and `Tracker::check`
//! does so where one is damaged. Every change is one transaction: durable when it is acknowledged, or not there at all.

mod check;
mod fault;
mod held;
mod index;
mod row;
mod tables;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use redb::{
    AccessGuard, Builder, ConcurrencyMode, ReadOnlyDatabase, ReadOnlyTable, ReadTransaction,
    ReadableDatabase, ReadableTable, StorageError,
};

use crate::analysis::Analysis;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::matching::{self, Likely};
use crate::provenance::Ruling;

pub use check::Check;
use fault::{Fault, Tried, guarded};
use held::Held;
use tables::{ANALYSES, DOCUMENTS, FORMAT, META, RULINGS, VERSIONS};

/// How many bytes of the file are kept in memory at the most.
const CACHE: usize = 24 << 20;

/// A document with what was read in it.
pub(crate) type Article = (Document, Analysis);

/// One open file.
#[derive(Clone)]
pub(crate) struct Store {
    path: PathBuf,
    file: File,
}

#[derive(Clone)]
enum File {
    /// The one that writes.
    Writer(Arc<Held>),
    /// A reader, in this process or another, and the state of the store that it sees.
    Reader(Arc<ReadTransaction>),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mode = if self.is_read_only() { "reading" } else { "writing" };
        write!(f, "Store {{ {:?} for {mode} }}", self.path)
    }
}

/// The articles at one time.
struct Articles {
    documents: Rows,
    /// Of format 1.
    analyses: Rows,
}

type Rows = ReadOnlyTable<&'static str, &'static [u8]>;

impl Articles {
    fn new(view: &ReadTransaction) -> Tried<Self> {
        Ok(Self { documents: view.open_table(DOCUMENTS)?, analyses: view.open_table(ANALYSES)? })
    }

    fn get(&self, id: &str) -> Tried<Option<Article>> {
        self.documents.get(id)?.map_or(Ok(None), |found| self.read(id, found.value()))
    }

    fn read(&self, id: &str, found: &[u8]) -> Tried<Option<Article>> {
        let beside = self.beside(id, found)?;
        row::article(id, found, beside.as_ref().map(AccessGuard::value))
    }

    /// The row beside that of an article, which those of format 1 have.
    fn beside(&self, id: &str, found: &[u8]) -> Tried<Option<AccessGuard<'static, &'static [u8]>>> {
        if row::is_json(found) { Ok(self.analyses.get(id)?) } else { Ok(None) }
    }
}

impl Store {
    /// Opens the store at `path` for writing, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        guarded(path, || {
            if !path.exists() {
                Self::make(path)?;
            }
            fault::is_whole(path)?;
            Self::opened(path, path)
        })
    }

    /// Makes an empty store under another name, then gives it its own: whoever is killed meanwhile leaves no half of one.
    fn make(path: &Path) -> Tried<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let new = path.with_file_name(name);
        let _ = fs::remove_file(&new);
        drop(Self::opened(&new, path)?);
        // A link takes nobody's place who was faster; some file systems have none.
        let linked = match fs::hard_link(&new, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(&new, path),
            _ => Ok(()),
        };
        let _ = fs::remove_file(&new);
        linked.map_err(StorageError::Io)?;
        // The name is to be there after a power failure; where folders can't be synced they need not be.
        if let Some(Ok(folder)) = path.parent().map(fs::File::open) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Opens the file `file` for writing; errors call it `path`.
    fn opened(file: &Path, path: &Path) -> Tried<Self> {
        let database = builder().create(file)?;
        let store = Self { path: path.to_owned(), file: File::Writer(Arc::new(Held::new(database))) };
        store.found_or_made()?;
        Ok(store)
    }

    /// Opens the store at `path` for reading, beside others that read and one that writes.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self> {
        guarded(path, || {
            fault::is_whole(path)?;
            let database: ReadOnlyDatabase = builder().open_read_only(path)?;
            let view = database.begin_read()?;
            let store = Self { path: path.to_owned(), file: File::Reader(Arc::new(view)) };
            store.supported()?;
            Ok(store)
        })
    }

    /// A reader of the store as it is now.
    pub(crate) fn reader(&self) -> Result<Self> {
        let view = guarded(&self.path, || self.view())?;
        Ok(Self { path: self.path.clone(), file: File::Reader(view) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) const fn is_read_only(&self) -> bool {
        matches!(self.file, File::Reader(_))
    }

    /// All ids, in order.
    pub(crate) fn ids(&self) -> Result<Vec<String>> {
        guarded(&self.path, || {
            let documents = self.view()?.open_table(DOCUMENTS)?;
            // However many the file says that there are: it may say anything.
            let mut ids = Vec::new();
            for row in documents.iter()? {
                ids.push(row?.0.value().to_owned());
            }
            Ok(ids)
        })
    }

    /// The article of an id.
    pub(crate) fn article(&self, id: &str) -> Result<Option<Article>> {
        guarded(&self.path, || self.view().and_then(|view| Articles::new(&view))?.get(id))
    }

    /// Shows the articles of some ids, one at a time, each with what comes with its id; those that can't be read are
    /// passed over. How many those are.
    pub(crate) fn each<'a, T>(
        &self,
        ids: impl Iterator<Item = (&'a str, T)>,
        mut show: impl FnMut(&Article, T),
    ) -> usize {
        let articles = guarded(&self.path, || self.view().and_then(|view| Articles::new(&view)));
        let mut unreadable = 0;
        for (id, beside) in ids {
            let article = articles.as_ref().ok().map(|articles| guarded(&self.path, || articles.get(id)));
            match article {
                Some(Ok(Some(article))) => show(&article, beside),
                _ => unreadable += 1,
            }
        }
        unreadable
    }

    /// Shows all articles whose text is asked for, one at a time; those that can't be read are passed over. How many
    /// of the `all` that there are those are.
    pub(crate) fn each_with(
        &self,
        all: usize,
        mut is_asked_for: impl FnMut(&str) -> bool,
        mut show: impl FnMut(&Article),
    ) -> usize {
        let mut read = 0;
        let _ = guarded(&self.path, || {
            let articles = self.view().and_then(|view| Articles::new(&view))?;
            for found in articles.documents.iter()? {
                let (id, found) = found?;
                // Most are not, and what is in them need not be read.
                if !row::text(found.value()).is_none_or(&mut is_asked_for) {
                    read += 1;
                } else if let Ok(Some(article)) = articles.read(id.value(), found.value()) {
                    read += 1;
                    show(&article);
                }
            }
            Ok(())
        });
        all.saturating_sub(read)
    }

    /// The earlier versions of an article, the oldest first.
    pub(crate) fn versions(&self, id: &str) -> Result<Vec<Article>> {
        guarded(&self.path, || {
            let versions = self.view()?.open_table(VERSIONS)?;
            let mut found = Vec::new();
            for row in versions.range((id, 0)..=(id, u64::MAX))? {
                found.push(row::version(id, row?.1.value())?);
            }
            Ok(found)
        })
    }

    /// The rulings, in the order in which they were taken.
    pub(crate) fn rulings(&self) -> Result<Vec<Ruling>> {
        guarded(&self.path, || {
            let rulings = self.view()?.open_table(RULINGS)?;
            let mut found = Vec::new();
            for row in rulings.iter()? {
                found.push(row::json("ruling", row?.1.value())?);
            }
            Ok(found)
        })
    }

    /// Where the words of a quotation may stand, at most `most` stretches; `None` where every article must be looked at.
    pub(crate) fn likely(&self, quotation: &str, most: usize) -> Result<Option<Likely<'static>>> {
        guarded(&self.path, || {
            if !self.is_indexed()? {
                return Ok(None);
            }
            let view = self.view()?;
            index::View::new(&view)?.likely(quotation, most)
        })
    }

    /// Whether there is an index, and one of the words as they are read now.
    fn is_indexed(&self) -> Tried<bool> {
        let meta = self.view()?.open_table(META)?;
        Ok(meta.get("words")?.is_some_and(|words| words.value() == words_version()))
    }

    fn view(&self) -> Tried<Arc<ReadTransaction>> {
        match &self.file {
            File::Writer(database) => Ok(Arc::new(database.get()?.begin_read()?)),
            File::Reader(view) => Ok(Arc::clone(view)),
        }
    }

    /// Whether this crate reads the store's format.
    fn supported(&self) -> Tried<()> {
        let found = self.format()?;
        if found == 0 || found > FORMAT {
            return Err(Fault::Known(Error::StoreVersion {
                path: self.path.clone(),
                found,
                supported: FORMAT,
            }));
        }
        Ok(())
    }

    fn format(&self) -> Tried<u64> {
        Ok(self.view()?.open_table(META)?.get("format")?.map_or(0, |format| format.value()))
    }
}

fn builder() -> Builder {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE).set_concurrency_mode(ConcurrencyMode::SingleWriter);
    builder
}

/// The version of the hashes in the index: another one's say nothing.
const fn words_version() -> u64 {
    matching::VERSION as u64 * 1000 + index::VERSION
}
