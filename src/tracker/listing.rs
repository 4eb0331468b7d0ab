//! Which articles in memory may have some words: an index of their texts, made when it is first asked for and kept.

use std::sync::RwLock;

use crate::document::Document;
use crate::matching::{Likely, Passages};

/// The index, and what has changed since it was last asked.
#[derive(Debug, Default)]
pub(super) struct Listing {
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    passages: Option<Passages>,
    /// The ids of articles that came, went or were replaced.
    changed: Vec<String>,
}

impl Listing {
    /// Takes notice that an article came, went or was replaced. O(1); nothing as long as nobody has asked.
    pub(super) fn changed(&mut self, id: &str) {
        let Ok(known) = self.known.get_mut() else { return };
        let Some(passages) = &known.passages else { return };
        if known.changed.len() > passages.len().max(1024) {
            // Most of it would have to be made anew, and nobody may ask.
            *known = Known::default();
        } else {
            known.changed.push(id.to_owned());
        }
    }

    /// Shows `then` where the words of a quotation may stand, at most `most` stretches; `None` where every article must
    /// be looked at. `all` are the documents, `get` gives one of them.
    ///
    /// The first time reads all texts; later, those that are new.
    pub(super) fn likely<'a, D: Iterator<Item = &'a Document>, R>(
        &self,
        quotation: &str,
        most: usize,
        all: impl Fn() -> D,
        get: impl Fn(&str) -> Option<&'a Document>,
        then: impl FnOnce(Likely<'_>) -> R,
    ) -> Option<R> {
        {
            let known = self.known.read().ok()?;
            if let (Some(passages), true) = (&known.passages, known.changed.is_empty()) {
                return passages.likely(quotation, most).map(then);
            }
        }
        let mut known = self.known.write().ok()?;
        known.read(all, get);
        known.passages.as_ref()?.likely(quotation, most).map(then)
    }
}

impl Known {
    fn read<'a, D: Iterator<Item = &'a Document>>(
        &mut self,
        all: impl Fn() -> D,
        get: impl Fn(&str) -> Option<&'a Document>,
    ) {
        let changed = std::mem::take(&mut self.changed);
        if let Some(passages) = &mut self.passages {
            for id in &changed {
                match get(id) {
                    Some(document) => passages.add(id, document.text()),
                    None => passages.remove(id),
                }
            }
        }
        if self.passages.as_ref().is_none_or(Passages::is_worn) {
            let mut passages = Passages::for_texts(all().map(|document| document.text().len()).sum());
            all().for_each(|document| passages.add(document.id(), document.text()));
            self.passages = Some(passages);
        }
        if let Some(passages) = &mut self.passages {
            passages.settle();
        }
    }
}
