//! Where a tracker has its articles: in memory, or in a store with those in memory that were asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::listing::Listing;
use crate::analysis::Analysis;
use crate::document::Document;
use crate::error::Result;
#[cfg(feature = "store")]
use crate::store::Store;
use crate::text::Span;

/// A document with what was read in it.
pub(super) type Article = (Document, Analysis);

/// What was not shown of all that may have some words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PassedOver {
    /// Stretches beyond the most that were asked for.
    pub(crate) stretches: usize,
    /// Articles that the store has and can't give.
    pub(crate) unreadable: usize,
}

/// The articles, by id.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// What is empty lies in the store.
    places: BTreeMap<String, OnceLock<Box<Article>>>,
    /// Which of them may have some words.
    listing: Listing,
    #[cfg(feature = "store")]
    pub(super) store: Option<Store>,
    /// The ids of the articles that were fetched from the store.
    #[cfg(feature = "store")]
    fetched: std::sync::Mutex<Vec<String>>,
}

impl Shelf {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn contains(&self, id: &str) -> bool {
        self.places.contains_key(id)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Article> {
        let (id, place) = self.places.get_key_value(id)?;
        self.fetch(id, place)
    }

    /// All articles, in order of id; those in a store are fetched and stay in memory until the next change.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Article> {
        self.places.iter().filter_map(|(id, place)| self.fetch(id, place))
    }

    /// Shows every article that may have the words of a quotation, with the stretches of its text that may; what was
    /// passed over, beyond the first `most` stretches or because it can't be read. Where no index knows, every article
    /// is shown whose text is asked for, without stretches.
    pub(super) fn each_likely(
        &self,
        quotation: &str,
        most: usize,
        is_asked_for: &mut dyn FnMut(&str) -> bool,
        show: &mut dyn FnMut(&Article, Option<&[Span]>),
    ) -> PassedOver {
        #[cfg(feature = "store")]
        if let Some(store) = &self.store {
            return self.each_likely_in(store, quotation, most, is_asked_for, show);
        }
        let all = || self.iter().map(|(document, _)| document);
        let get = |id: &str| self.get(id).map(|(document, _)| document);
        let left_out = self.listing.likely(quotation, most, all, get, |likely| {
            for (id, spans) in &likely.documents {
                if let Some(article) = self.get(id) {
                    show(article, Some(spans));
                }
            }
            likely.left_out
        });
        let stretches = left_out.unwrap_or_else(|| {
            let asked_for = self.iter().filter(|(document, _)| is_asked_for(document.text()));
            asked_for.for_each(|article| show(article, None));
            0
        });
        PassedOver { stretches, unreadable: 0 }
    }

    /// The same from a store: one article at a time, so that they don't add up in memory.
    #[cfg(feature = "store")]
    fn each_likely_in(
        &self,
        store: &Store,
        quotation: &str,
        most: usize,
        is_asked_for: &mut dyn FnMut(&str) -> bool,
        show: &mut dyn FnMut(&Article, Option<&[Span]>),
    ) -> PassedOver {
        // Where the index can't be read, all are looked at.
        let Ok(Some(likely)) = store.likely(quotation, most) else {
            let unreadable = store.each_with(self.len(), is_asked_for, |article| show(article, None));
            return PassedOver { stretches: 0, unreadable };
        };
        let found = likely.documents.iter().map(|(id, spans)| (id.as_ref(), spans.as_slice()));
        let unreadable = store.each(found, |article, spans| show(article, Some(spans)));
        PassedOver { stretches: likely.left_out, unreadable }
    }

    /// Puts articles in, all or none; where there is a store, they are in it when this returns.
    pub(super) fn put(&mut self, articles: Vec<Article>) -> Result<()> {
        #[cfg(feature = "store")]
        if let Some(store) = &self.store {
            store.put(&articles)?;
            self.took(articles.iter().map(|(document, _)| document.id()));
            return Ok(());
        }
        for article in articles {
            let id = article.0.id().to_owned();
            self.listing.changed(&id);
            self.places.insert(id, OnceLock::from(Box::new(article)));
        }
        Ok(())
    }

    /// Takes notice of articles that are in the store.
    #[cfg(feature = "store")]
    pub(super) fn took<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        self.places.extend(ids.map(|id| (id.to_owned(), OnceLock::new())));
    }

    /// Puts one article in, in place of the one with its id, which is given back; the new one stays in memory.
    pub(super) fn replace(&mut self, article: Article) -> Result<Option<Article>> {
        let id = article.0.id().to_owned();
        #[cfg(feature = "store")]
        if let Some(store) = &self.store {
            // One that can't be read any more can be replaced.
            let before = store.article(&id).ok().flatten();
            store.put(std::slice::from_ref(&article))?;
            if let Ok(fetched) = self.fetched.get_mut() {
                fetched.push(id.clone());
            }
            self.places.insert(id, OnceLock::from(Box::new(article)));
            return Ok(before);
        }
        self.listing.changed(&id);
        let before = self.places.insert(id, OnceLock::from(Box::new(article)));
        Ok(before.and_then(OnceLock::into_inner).map(|article| *article))
    }

    /// Takes an article out and gives it back.
    pub(super) fn remove(&mut self, id: &str) -> Result<Option<Article>> {
        #[cfg(feature = "store")]
        if let (Some(store), true) = (&self.store, self.contains(id)) {
            let article = store.article(id)?;
            store.remove(id)?;
            self.places.remove(id);
            return Ok(article);
        }
        self.listing.changed(id);
        Ok(self.places.remove(id).and_then(OnceLock::into_inner).map(|article| *article))
    }

    #[cfg(not(feature = "store"))]
    fn fetch<'a>(&self, _: &str, place: &'a OnceLock<Box<Article>>) -> Option<&'a Article> {
        place.get().map(Box::as_ref)
    }

    #[cfg(feature = "store")]
    fn fetch<'a>(&self, id: &str, place: &'a OnceLock<Box<Article>>) -> Option<&'a Article> {
        if let Some(article) = place.get() {
            return Some(article);
        }
        let article = self.store.as_ref()?.article(id).ok()??;
        if let Ok(mut fetched) = self.fetched.lock() {
            fetched.push(id.to_owned());
        }
        Some(place.get_or_init(|| Box::new(article)))
    }

    /// The shelf of a store. Reads the ids alone.
    #[cfg(feature = "store")]
    pub(super) fn of(store: Store) -> Result<Self> {
        let places = store.ids()?.into_iter().map(|id| (id, OnceLock::new())).collect();
        Ok(Self { places, store: Some(store), ..Self::default() })
    }

    /// The shelf of a reader of the same store as it is now.
    #[cfg(feature = "store")]
    pub(super) fn reader(&self, store: Store) -> Self {
        let places = self.places.keys().map(|id| (id.clone(), OnceLock::new())).collect();
        Self { places, store: Some(store), ..Self::default() }
    }

    /// Forgets what was fetched: it lies in the store.
    #[cfg(feature = "store")]
    pub(super) fn release(&mut self) {
        let fetched = self.fetched.get_mut().map(std::mem::take).unwrap_or_default();
        for id in fetched {
            if let Some(place) = self.places.get_mut(&id) {
                *place = OnceLock::new();
            }
        }
    }
}
