//! Which passages of many documents may have the words of a quotation: an index of whole texts, marks or none.
//!
//! A document is cut into passages. Each is listed under its [grams](super::fingerprint) and under its rare words, by
//! a hash; nothing but numbers of passages is kept, so that hashes may share a list and whoever asks looks at the text
//! itself. A quotation asks for its rarest hashes first, and what answers to enough of them is given.

mod ask;
mod packed;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::fingerprint::pairs;
use super::frequency::{Frequencies, UNIT};
use super::words::{self, Word};
use crate::text::Span;
use packed::Packed;

#[cfg(feature = "store")]
pub(crate) use ask::likely;
pub(crate) use ask::{Likely, Lists};

/// Words of a passage.
const PASSAGE: usize = 64;
/// A word that tells this by itself in the background, in sixteenths of a nat, is listed without a neighbour: one
/// word of eight thousand is it, or fewer.
const RARE: u8 = 9 * UNIT as u8;
/// A rare word counts for so much less than what it tells: articles of one story share their names, and only quotations
/// share words in a row.
const ALONE: u32 = 4;
/// What is new is kept unpacked up to this many postings, eight bytes each, and up to a quarter of what is packed.
const RECENT: usize = 1 << 18;

/// The passages of documents, by the words that they have.
///
/// Memory: three to four bytes a word of text, and about a hundred a document. The order in which documents come
/// changes nothing in what is found, as long as nothing is [left out](Likely::left_out).
#[derive(Clone, Debug, Default)]
pub(crate) struct Passages {
    /// By the number of a document: its id; nothing once it is gone.
    ids: Vec<Option<Arc<str>>>,
    numbers: HashMap<Arc<str>, u32>,
    /// By the number of a document: its first passage.
    first: Vec<u32>,
    /// By the number of a passage: its document, and where it starts in the text.
    owners: Vec<u32>,
    starts: Vec<u32>,
    packed: Packed,
    /// What is not packed yet: hash and passage, in order after [`Self::settle`].
    recent: Vec<u64>,
    /// Nothing more can be packed.
    overfull: bool,
    /// Passages of documents that are gone.
    gone: usize,
    reader: Reader,
}

impl Passages {
    /// An index for texts of so many bytes altogether. It takes many times as much before it is [worn](Self::is_worn).
    pub(crate) fn for_texts(bytes: usize) -> Self {
        Self { packed: Packed::for_postings(bytes / 6), ..Self::default() }
    }

    /// Takes in a document, in place of the one with its id if there is one. O(words), now and then what all of them
    /// take to be packed.
    pub(crate) fn add(&mut self, id: &str, text: &str) {
        self.remove(id);
        let number = self.ids.len() as u32;
        let id: Arc<str> = id.into();
        self.numbers.insert(Arc::clone(&id), number);
        self.ids.push(Some(id));
        let first = self.owners.len() as u32;
        self.first.push(first);
        self.reader.read(text);
        for (passage, words) in self.reader.words.chunks(PASSAGE).enumerate() {
            let start = words.first().filter(|_| passage > 0).map_or(0, |word| word.start);
            self.owners.push(number);
            self.starts.push(start);
        }
        for (word, hash, _) in self.reader.hashes() {
            let passage = first + (word / PASSAGE) as u32;
            self.recent.push(u64::from(hash) << 32 | u64::from(passage));
        }
        if self.recent.len() > RECENT.max(self.packed.postings() / 4) && !self.overfull {
            self.settle();
            self.overfull = !self.packed.merge(&self.recent);
            if !self.overfull {
                self.recent = Vec::new();
            }
        }
    }

    /// Takes a document out; its passages are passed over from now on. O(1).
    pub(crate) fn remove(&mut self, id: &str) {
        let Some(number) = self.numbers.remove(id) else { return };
        if let Some(id) = self.ids.get_mut(number as usize) {
            *id = None;
        }
        let bounds = (self.first.get(number as usize), self.first.get(number as usize + 1));
        let end = bounds.1.map_or(self.owners.len(), |end| *end as usize);
        self.gone += end - bounds.0.map_or(end, |start| *start as usize);
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Puts what is new in order. Must be called after documents were added, before anything is looked for.
    pub(crate) fn settle(&mut self) {
        self.recent.sort_unstable();
        self.recent.dedup();
    }

    /// Whether a new index of the same documents would be better: most of this one is of documents that are gone, or
    /// it holds far more than it was made for.
    pub(crate) fn is_worn(&self) -> bool {
        self.gone > self.owners.len() / 2 + 1024 || self.packed.is_full()
    }

    /// Where the words of `quotation` may stand: see [`ask::likely`].
    pub(crate) fn likely(&self, quotation: &str, most: usize) -> Option<Likely<'_>> {
        ask::likely(self, quotation, most)
    }

    fn recent_of(&self, hash: u32) -> &[u64] {
        let hash_of = |entry: u64| (entry >> 32) as u32;
        // Hashes are spread evenly: their share of all numbers says nearly where they are.
        let mut from = ((u64::from(hash) * self.recent.len() as u64) >> 32) as usize;
        let mut step = 1;
        let before = |at: usize| at.checked_sub(1).and_then(|before| self.recent.get(before));
        while before(from).is_some_and(|entry| hash_of(*entry) >= hash) {
            from = from.saturating_sub(step);
            step *= 2;
        }
        let from = gallop(&self.recent, from, |entry| hash_of(entry) < hash);
        let end = gallop(&self.recent, from, |entry| hash_of(entry) == hash);
        self.recent.get(from..end).unwrap_or_default()
    }

    /// Bytes in use.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.packed.bytes() + self.recent.len() * 8 + self.owners.len() * 8 + self.ids.len() * 100
    }
}

/// Where those of `entries` end that are `wanted` in a row from `from` on: looked for in steps that double, as it is mostly
/// near.
fn gallop(entries: &[u64], from: usize, wanted: impl Fn(u64) -> bool) -> usize {
    let (mut low, mut step) = (from, 1);
    while entries.get(low + step).is_some_and(|entry| wanted(*entry)) {
        low += step;
        step *= 2;
    }
    let rest = entries.get(low..entries.len().min(low + step)).unwrap_or_default();
    low + rest.partition_point(|entry| wanted(*entry))
}

impl Lists for Passages {
    fn length(&self, hash: u32) -> usize {
        self.packed.bytes_of(hash) + self.recent_of(hash).len()
    }

    fn list(&self, hash: u32) -> impl Iterator<Item = u32> {
        let recent = self.recent_of(hash).iter().map(|entry| *entry as u32);
        let is_there = |passage: &u32| self.gone == 0 || self.owner(*passage).is_some();
        self.packed.list(hash).chain(recent).filter(is_there)
    }

    fn count(&self) -> usize {
        self.owners.len().saturating_sub(self.gone)
    }

    fn owner(&self, passage: u32) -> Option<(Cow<'_, str>, u32)> {
        let number = *self.owners.get(passage as usize)? as usize;
        let id = self.ids.get(number)?.as_deref()?;
        Some((Cow::Borrowed(id), *self.first.get(number)?))
    }

    fn span(&self, first: u32, count: u32) -> Span {
        let at = |passage: u32| self.starts.get(passage as usize).map(|start| *start as usize);
        let owner = |passage: u32| self.owners.get(passage as usize);
        let end = first.saturating_add(count);
        let end = at(end).filter(|_| owner(end) == owner(first)).unwrap_or(usize::MAX);
        Span::new(at(first).unwrap_or(0), end)
    }
}

/// What a text is listed under, for lists that are kept elsewhere.
#[cfg(feature = "store")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listed {
    /// Where each passage starts, the first at nought.
    pub(crate) starts: Vec<u32>,
    /// A hash and the number of the passage in the text; some come more than once.
    pub(crate) postings: Vec<(u32, u32)>,
}

#[cfg(feature = "store")]
impl Listed {
    /// Reads a text. O(words).
    pub(crate) fn of(text: &str) -> Self {
        let mut reader = Reader::default();
        // English has a word to six bytes of text.
        reader.words.reserve(text.len() / 5);
        reader.read(text);
        let passages = reader.words.chunks(PASSAGE).skip(1);
        let starts = passages.map(|words| words.first().map_or(0, |word| word.start));
        let mut postings = Vec::with_capacity(reader.words.len() * 3 / 2);
        postings.extend(reader.hashes().map(|(word, hash, _)| (hash, (word / PASSAGE) as u32)));
        Self { starts: std::iter::once(0).chain(starts).collect(), postings }
    }
}

/// Reads texts, and keeps its memory between them.
#[derive(Clone, Debug, Default)]
struct Reader {
    words: Vec<Word>,
    told: Vec<u8>,
    ground: Vec<u8>,
}

impl Reader {
    fn read(&mut self, text: &str) {
        words::read(text, &mut self.words);
        Frequencies::background().weigh(&self.words, &mut self.told, &mut self.ground);
    }

    /// What the text read is listed under: the index of a word there, the hash, and what it tells.
    fn hashes(&self) -> impl Iterator<Item = (usize, u32, u32)> {
        let pairs = pairs(&self.words, &self.told, &self.ground);
        let pairs = pairs.map(|(word, gram)| (word, gram.key, gram.told));
        let rare = self.words.iter().zip(&self.ground).enumerate().filter(|(_, (_, told))| **told >= RARE);
        let rare = rare.map(|(at, (word, told))| (at, word.key ^ 0x5bd1_e995, u32::from(*told) / ALONE));
        pairs.chain(rare).map(|(word, key, told)| (word, key.wrapping_mul(0x9e37_79b1), told))
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle;
    use super::*;

    /// Documents of three texts each, with others between, so that they have several passages.
    fn documents(count: usize) -> Vec<(String, String)> {
        let texts = oracle::collection(7, count * 3);
        let text = |three: &[String]| format!("{} {} {}", three[0], FILLER.repeat(3), three[1..].join(" "));
        texts.chunks(3).enumerate().map(|(at, three)| (format!("d{at:03}"), text(three))).collect()
    }

    const FILLER: &str = "The lamps on the eastern quay burned through the night while nobody was there to see them. \
                          A gull sat on every post, and the clerk of the works counted the posts and not the gulls. ";

    fn index(documents: &[(String, String)]) -> Passages {
        let mut index = Passages::for_texts(documents.iter().map(|(_, text)| text.len()).sum());
        for (id, text) in documents {
            index.add(id, text);
        }
        index.settle();
        index
    }

    #[test]
    fn what_a_document_has_is_found_there() {
        let documents = documents(60);
        let index = index(&documents);
        for (id, text) in &documents {
            for from in (0..text.len().saturating_sub(60)).step_by(37) {
                let Some(piece) = text.get(from..from + 60) else { continue };
                let Some(found) = index.likely(piece, 1000) else { continue };
                let spans =
                    found.documents.iter().find(|(found, _)| *found == id.as_str()).map(|(_, spans)| spans);
                let holds = |span: &Span| span.start <= from && from + 60 <= span.end;
                assert!(spans.is_some_and(|spans| spans.iter().any(holds)), "{id} {from} {piece:?}");
            }
        }
    }

    #[test]
    fn the_order_of_documents_changes_nothing_and_what_is_removed_is_not_found() {
        let mut documents = documents(60);
        let forward = index(&documents);
        documents.reverse();
        let mut backward = index(&documents);
        backward.add("gone", &documents[0].1);
        backward.add("gone", &documents[1].1);
        backward.remove("gone");
        backward.settle();
        for (_, text) in &documents {
            let Some(claim) = text.get(..80) else { continue };
            assert_eq!(forward.likely(claim, 1000), backward.likely(claim, 1000));
        }
    }

    #[test]
    fn packing_loses_nothing() {
        let documents = documents(200);
        let loose = index(&documents);
        let mut tight = loose.clone();
        assert!(tight.packed.merge(&tight.recent));
        tight.recent = Vec::new();
        for (id, text) in &documents {
            let Some(claim) = text.get(..70) else { continue };
            let found = |index: &Passages| -> Vec<String> {
                let found = index.likely(claim, 10_000).unwrap();
                found.documents.iter().map(|(id, _)| id.to_string()).collect()
            };
            let tight = found(&tight);
            assert!(found(&loose).iter().all(|id| tight.contains(id)) && tight.contains(id));
        }
        assert!(tight.bytes() < loose.bytes());
    }

    #[test]
    fn words_that_are_everywhere_are_no_way_to_find_anything() {
        let index = index(&documents(3));
        for nothing in ["", "…", "the", "of the and the of"] {
            assert_eq!(index.likely(nothing, 10), None, "{nothing}");
        }
        assert_eq!(index.likely("zygomorphic quandary", 10), Some(Likely::default()));
    }

    #[test]
    fn beyond_the_most_stretches_those_that_share_less_are_left_out() {
        let mut documents = documents(3);
        documents.extend((0..50).map(|at| (format!("e{at:02}"), "a lantern on every pier".to_owned())));
        documents.push(("whole".to_owned(), "We promised a lantern on every pier by winter".to_owned()));
        let index = index(&documents);
        let found = index.likely("we promised a lantern on every pier by winter", 10).unwrap();
        assert_eq!((found.documents.len(), found.documents[0].0.as_ref()), (10, "whole"));
        assert!(found.left_out >= 40, "{found:?}");
    }
}
