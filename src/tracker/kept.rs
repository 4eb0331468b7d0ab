//! A tracker that survives (feature `store`).

use std::path::Path;

use super::Tracker;
use super::shelf::Shelf;
use crate::document::Document;
use crate::error::{Error, Result};
use crate::revision::{StealthEdit, compare};
use crate::store::{Check, Store};

/// Requires the feature `store`.
impl Tracker {
    /// Opens the store at `path`, or makes it: a tracker whose documents, analyses, rulings and earlier versions of
    /// articles are in a file.
    ///
    /// What a change acknowledges (returns without an error) is durable: it is there after the process was killed, or
    /// the power failed, at any time. Opening reads the ids alone; articles are read when they are asked for and given up
    /// at the next change, so that memory stays small until a graph is asked for. Nothing is analysed again, even by
    /// another analyzer.
    ///
    /// One process writes; any number may read beside it ([`open_read_only`](Self::open_read_only)), and so may other
    /// threads ([`reader`](Self::reader)). [`verify`](Self::verify) and [`find`](Self::find) read only the articles that
    /// may have the words, which an index in the file tells.
    ///
    /// A store that an older version of this crate wrote is brought up to date first, which reads all of it.
    ///
    /// ```
    /// use quotetrace::{Document, Tracker};
    /// # let folder = std::env::temp_dir().join(format!("quotetrace-open-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("story.redb");
    /// let mut tracker = Tracker::open(&path)?;
    /// tracker.add(Document::new("a", "“We will not close the ferry,” Mayor Ada Quill said."))?;
    /// drop(tracker);
    ///
    /// let mut tracker = Tracker::open(&path)?;
    /// assert_eq!(tracker.get("a").unwrap().1.quotations[0].speaker(), Some("Ada Quill"));
    ///
    /// // The outlet alters a quotation on the quiet.
    /// tracker.replace(Document::new("a", "“We will close the ferry,” Mayor Ada Quill said."))?;
    /// assert_eq!(tracker.stealth_edits("a")?.len(), 1);
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), quotetrace::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::StoreInUse`] if somebody writes to it already, [`Error::StoreVersion`] if a newer version of this crate
    /// wrote it, [`Error::StoreDamaged`] for a file that is no store or a damaged one, [`Error::StoreFailed`] with what
    /// the system says.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::of(Store::open(path.as_ref())?)
    }

    /// Opens the store at `path` as it is now, for reading alone, while another process may write to it.
    ///
    /// # Errors
    /// As [`open`](Self::open); [`Error::StoreInUse`] also where whoever wrote to it was killed and nobody has opened it
    /// for writing since. Every change gives [`Error::StoreReadOnly`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        Self::of(Store::open_read_only(path.as_ref())?)
    }

    /// The tracker's store as it is now, for another thread to read while this one writes. O(documents), a tenth of a
    /// microsecond each: one a group of articles serves whoever asks while the next group comes in.
    ///
    /// # Errors
    /// [`Error::BadConfiguration`] for a tracker without a store, and what the store may say.
    pub fn reader(&self) -> Result<Self> {
        Ok(Self {
            analyzer: self.analyzer.clone(),
            options: self.options.clone(),
            rulings: self.rulings.clone(),
            shelf: self.shelf.reader(self.store()?.reader()?),
            ..Self::default()
        })
    }

    /// The file of the tracker's store, if it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.shelf.store.as_ref().map(Store::path)
    }

    /// The earlier versions of an article, the oldest first; none without a store.
    ///
    /// # Errors
    /// What the store may say.
    pub fn versions(&self, id: &str) -> Result<Vec<Document>> {
        let Some(store) = &self.shelf.store else { return Ok(Vec::new()) };
        Ok(store.versions(id)?.into_iter().map(|(document, _)| document).collect())
    }

    /// What became of an article's quotations since its newest earlier version, as [`compare`] has it; nothing where
    /// there is no earlier version, or no store.
    ///
    /// # Errors
    /// What the store may say.
    pub fn stealth_edits(&self, id: &str) -> Result<Vec<StealthEdit>> {
        let Some(store) = &self.shelf.store else { return Ok(Vec::new()) };
        let (Some((_, before)), Some((_, after))) = (store.versions(id)?.pop(), store.article(id)?) else {
            return Ok(Vec::new());
        };
        Ok(compare(&before, &after))
    }

    /// Looks through the whole store: checksums, every document, every analysis. What does not fit its document, or is
    /// missing, is made anew from it, and so is the index of words. Linear in the store; reads all of it.
    ///
    /// # Errors
    /// [`Error::StoreInUse`] while a [`reader`](Self::reader) has it open, [`Error::StoreDamaged`] where it can't be
    /// mended, [`Error::BadConfiguration`] for a tracker without a store.
    pub fn check(&mut self) -> Result<Check> {
        self.changed();
        self.store()?;
        let Some(store) = &mut self.shelf.store else { return Ok(Check::default()) };
        store.check(&self.analyzer)
    }

    /// Makes the store's file smaller, where articles were removed or replaced; whether it could be.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn compact(&mut self) -> Result<bool> {
        self.store()?;
        self.shelf.store.as_mut().map_or(Ok(false), Store::compact)
    }

    fn of(store: Store) -> Result<Self> {
        let rulings = store.rulings()?;
        Ok(Self { rulings, shelf: Shelf::of(store)?, ..Self::default() })
    }

    fn store(&self) -> Result<&Store> {
        self.shelf.store.as_ref().ok_or_else(|| Error::BadConfiguration {
            what: "this tracker".to_owned(),
            reason: "it is in memory and has no store; Tracker::open makes one that has".to_owned(),
        })
    }
}
