//! Many documents at once: in memory one by one, into a store in groups, each of which is written while the next one is
//! read.

use std::collections::HashMap;

use super::shelf::Article;
#[cfg(feature = "store")]
use super::writer::Writer;
use super::{ADD, Tracker, is_sound, place};
use crate::document::Document;
use crate::error::Error;

/// The most documents of a group, and the most bytes of their texts: what is written in one transaction. Two groups are
/// in memory at a time.
const GROUP: usize = 8192;
const GROUP_BYTES: usize = 4 << 20;

/// Collects documents until a group is full, then takes it in.
pub(super) struct Intake<'a> {
    tracker: &'a mut Tracker,
    group: Group,
    /// Has the group before.
    #[cfg(feature = "store")]
    writer: Option<Writer>,
    errors: Vec<Error>,
}

/// Documents that are taken in together.
#[derive(Default)]
pub(super) struct Group {
    pub(super) articles: Vec<Article>,
    bytes: usize,
    /// The ids, with their places.
    ids: HashMap<String, usize>,
}

impl Group {
    fn push(&mut self, article: Article) {
        self.bytes += article.0.text().len();
        self.ids.insert(article.0.id().to_owned(), self.articles.len());
        self.articles.push(article);
    }

    fn get(&self, id: &str) -> Option<&Document> {
        self.ids.get(id).and_then(|at| self.articles.get(*at)).map(|(document, _)| document)
    }

    fn is_full(&self) -> bool {
        self.articles.len() >= GROUP || self.bytes >= GROUP_BYTES
    }
}

impl<'a> Intake<'a> {
    pub(super) fn new(tracker: &'a mut Tracker) -> Self {
        tracker.changed();
        Self {
            #[cfg(feature = "store")]
            writer: tracker.shelf.store.as_ref().and_then(Writer::new),
            tracker,
            group: Group::default(),
            errors: Vec::new(),
        }
    }

    /// The document, unless it is refused.
    pub(super) fn admit(&mut self, document: Document) -> Option<Document> {
        let admitted = match self.waiting(document.id()) {
            Some(first) => is_sound(&document, ADD).and(Err(Error::DuplicateId {
                id: document.id().to_owned(),
                first: place(first),
                second: place(&document),
            })),
            None => self.tracker.admit(&document),
        };
        admitted.map_err(|error| self.errors.push(error)).ok().map(|()| document)
    }

    /// The document with an id that is not in the tracker yet.
    fn waiting(&self, id: &str) -> Option<&Document> {
        let here = self.group.get(id);
        #[cfg(feature = "store")]
        let here = here.or_else(|| self.writer.as_ref()?.group()?.get(id));
        here
    }

    pub(super) fn take(&mut self, article: Article) {
        self.group.push(article);
        if self.group.is_full() {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let group = std::mem::take(&mut self.group);
        if group.articles.is_empty() {
            return;
        }
        #[cfg(feature = "store")]
        if let Some(writer) = &mut self.writer {
            self.errors.extend(writer.write(group, &mut self.tracker.shelf).err());
            return;
        }
        self.errors.extend(self.tracker.shelf.put(group.articles).err());
    }

    /// Takes in what waits; what was refused.
    pub(super) fn finish(mut self) -> Vec<Error> {
        self.flush();
        #[cfg(feature = "store")]
        if let Some(writer) = self.writer.take() {
            self.errors.extend(writer.finish(&mut self.tracker.shelf).err());
        }
        self.errors
    }
}
