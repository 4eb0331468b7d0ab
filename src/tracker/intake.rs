//! Many documents at once: in memory one by one, into a store in groups.

use std::collections::HashMap;

use super::shelf::Article;
use super::{ADD, Tracker, is_sound, place};
use crate::document::Document;
use crate::error::Error;

/// The most documents of a group, and the most bytes of their texts: what is written in one transaction.
const GROUP: usize = 8192;
const GROUP_BYTES: usize = 8 << 20;

/// Collects documents until a group is full, then takes it in.
pub(super) struct Intake<'a> {
    tracker: &'a mut Tracker,
    group: Vec<Article>,
    bytes: usize,
    /// The ids of the group, with their places in it.
    ids: HashMap<String, usize>,
    errors: Vec<Error>,
}

impl<'a> Intake<'a> {
    pub(super) fn new(tracker: &'a mut Tracker) -> Self {
        tracker.changed();
        Self { tracker, group: Vec::new(), bytes: 0, ids: HashMap::new(), errors: Vec::new() }
    }

    /// The document, unless it is refused.
    pub(super) fn admit(&mut self, document: Document) -> Option<Document> {
        let waiting = self.ids.get(document.id()).and_then(|at| self.group.get(*at));
        let admitted = match waiting {
            Some((first, _)) => is_sound(&document, ADD).and(Err(Error::DuplicateId {
                id: document.id().to_owned(),
                first: place(first),
                second: place(&document),
            })),
            None => self.tracker.admit(&document),
        };
        admitted.map_err(|error| self.errors.push(error)).ok().map(|()| document)
    }

    pub(super) fn take(&mut self, article: Article) {
        self.bytes += article.0.text().len();
        self.ids.insert(article.0.id().to_owned(), self.group.len());
        self.group.push(article);
        if self.group.len() >= GROUP || self.bytes >= GROUP_BYTES {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.ids.clear();
        self.bytes = 0;
        let group = std::mem::take(&mut self.group);
        if !group.is_empty() {
            self.errors.extend(self.tracker.shelf.put(group).err());
        }
    }

    /// Takes in what waits; what was refused.
    pub(super) fn finish(mut self) -> Vec<Error> {
        self.flush();
        self.errors
    }
}
