//! Which passages of many documents may have the words of a quotation: an index of whole texts, marks or none.
//!
//! A document is cut into passages. Each is listed under its [grams](super::fingerprint) and under its rare words, by
//! a hash; nothing but numbers of passages is kept, so that hashes may share a list and whoever asks looks at the text
//! itself. A quotation asks for its rarest hashes first, and what answers to enough of them is given.

mod packed;

use std::collections::HashMap;
use std::sync::Arc;

use super::fingerprint::pairs;
use super::frequency::{Frequencies, UNIT};
use super::words::{self, Word};
use crate::text::Span;
use packed::Packed;

/// Words of a passage.
const PASSAGE: usize = 64;
/// A word that tells this by itself in the background, in sixteenths of a nat, is listed without a neighbour: one
/// word of eight thousand is it, or fewer.
const RARE: u8 = 9 * UNIT as u8;
/// How many passages are looked up for one quotation, under its rarest hashes; or as many as four times those of the
/// rarest that there is.
const POSTINGS: usize = 1 << 12;
/// A stretch is worth reading that has one in so many of the nats that the hashes looked up tell.
const SHARE: u32 = 8;
/// A rare word counts for so much less than what it tells: articles of one story share their names, and only quotations
/// share words in a row.
const ALONE: u32 = 4;
/// A collection is taken for no smaller than this: what all of three articles have may be rare all the same.
const FEW: usize = 1 << 14;
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

/// A hash that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    /// How long its list is, more or less.
    length: usize,
    hash: u32,
    /// What it tells, in sixteenths of a nat.
    told: u32,
}

/// Where the words of a quotation may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Likely<'a> {
    /// Documents, each once, with stretches of their texts, in order; those that share most come first. The end of a
    /// stretch may lie beyond the end of the text.
    pub(crate) documents: Vec<(&'a str, Vec<Span>)>,
    /// How many stretches there are beyond those asked for.
    pub(crate) left_out: usize,
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

    /// Where the words of `quotation` may stand: at most `most` stretches, those that share most with it. `None` if it
    /// has no hash, only words that are everywhere.
    ///
    /// A stretch is at least twice as long as the quotation and starts wherever one may, so that each match lies in one.
    /// O(words + passages looked up · log).
    pub(crate) fn likely(&self, quotation: &str, most: usize) -> Option<Likely<'_>> {
        let mut reader = Reader::default();
        reader.read(quotation);
        let mut asked: Vec<Asked> =
            reader.hashes().map(|(_, hash, told)| Asked { length: self.length(hash), hash, told }).collect();
        if asked.is_empty() {
            return None;
        }
        asked.sort_unstable();
        asked.dedup_by_key(|one| one.hash);
        let stride = (reader.words.len() + 20).div_ceil(PASSAGE) as u32;
        let (hits, all) = self.hits(&asked);
        let mut stretches = self.stretches(&hits, stride);
        stretches.retain(|(_, shared)| *shared >= (all / SHARE).max(1));
        Some(self.best(stretches, stride, most))
    }

    /// How long the lists of a hash are, more or less.
    fn length(&self, hash: u32) -> usize {
        self.packed.bytes_of(hash) + self.recent_of(hash).len()
    }

    fn recent_of(&self, hash: u32) -> &[u64] {
        let from = self.recent.partition_point(|entry| ((entry >> 32) as u32) < hash);
        let rest = self.recent.get(from..).unwrap_or_default();
        let length = rest.partition_point(|entry| (entry >> 32) as u32 == hash);
        rest.get(..length).unwrap_or_default()
    }

    /// The passages that answer to the rarest hashes, in order, with what each hash tells; and what all that were looked
    /// up tell.
    fn hits(&self, asked: &[Asked]) -> (Vec<(u32, u32)>, u32) {
        let rarest = asked.iter().map(|one| one.length).find(|length| *length > 0).unwrap_or(0);
        let most = POSTINGS.max(4 * rarest);
        let (mut hits, mut told): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
        let is_there = |passage: &u32| self.gone == 0 || self.owner(*passage).is_some();
        for (at, one) in asked.iter().enumerate() {
            if hits.len() + one.length > most {
                break;
            }
            let packed = self.packed.list(one.hash);
            let recent = self.recent_of(one.hash).iter().map(|entry| *entry as u32);
            let before = hits.len();
            let here = packed.chain(recent).filter(is_there);
            hits.extend(here.map(|passage| u64::from(passage) << 32 | at as u64));
            told.push(one.told.min(self.rarity(hits.len() - before)));
        }
        hits.sort_unstable();
        hits.dedup();
        let all = told.iter().sum();
        let told = |hit: u64| told.get(hit as u32 as usize).copied().unwrap_or(0);
        (hits.into_iter().map(|hit| ((hit >> 32) as u32, told(hit))).collect(), all)
    }

    /// What a hash tells that so many passages have, in sixteenths of a nat: a word of the day is rare in general and not
    /// here (inverse document frequency, K. Spärck Jones 1972).
    fn rarity(&self, having: usize) -> u32 {
        let all = self.owners.len().saturating_sub(self.gone).max(FEW) as f32;
        if having == 0 { u32::MAX } else { ((all / having as f32).max(1.0).ln() * UNIT) as u32 + 1 }
    }

    /// By its first passage, what each stretch shares. Stretches start at every so many passages of a document and are
    /// twice as long.
    fn stretches(&self, hits: &[(u32, u32)], stride: u32) -> Vec<(u32, u32)> {
        let mut stretches: Vec<(u32, u32)> = Vec::new();
        for here in hits.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(passage, _)) = here.first() else { continue };
            let shared: u32 = here.iter().map(|(_, told)| told).sum();
            let Some((_, first)) = self.owner(passage) else { continue };
            let start = passage - (passage - first) % stride;
            let before = start.checked_sub(stride).filter(|before| *before >= first);
            for stretch in before.into_iter().chain([start]) {
                // Passages come in order, so a stretch that is known is among the last two.
                match stretches.iter_mut().rev().take(2).find(|known| known.0 == stretch) {
                    Some(known) => known.1 += shared,
                    None => stretches.push((stretch, shared)),
                }
            }
        }
        stretches
    }

    /// The document of a passage, if it is still there: its id and its first passage.
    fn owner(&self, passage: u32) -> Option<(&str, u32)> {
        let number = *self.owners.get(passage as usize)? as usize;
        let id = self.ids.get(number)?.as_deref()?;
        Some((id, *self.first.get(number)?))
    }

    /// The stretches that share most, by document.
    fn best(&self, stretches: Vec<(u32, u32)>, stride: u32, most: usize) -> Likely<'_> {
        let named = |(stretch, shared): (u32, u32)| {
            Some((std::cmp::Reverse(shared), self.owner(stretch)?.0, stretch))
        };
        let mut ranked: Vec<_> = stretches.into_iter().filter_map(named).collect();
        ranked.sort_unstable();
        let left_out = ranked.len().saturating_sub(most);
        ranked.truncate(most);
        let mut likely = Likely { left_out, ..Likely::default() };
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (_, id, stretch) in ranked {
            let place = *places.entry(id).or_insert(likely.documents.len());
            if place == likely.documents.len() {
                likely.documents.push((id, Vec::new()));
            }
            if let Some((_, spans)) = likely.documents.get_mut(place) {
                spans.push(self.span(stretch, 2 * stride));
            }
        }
        for (_, spans) in &mut likely.documents {
            spans.sort_unstable();
        }
        likely
    }

    /// Where so many passages stand in their document.
    fn span(&self, first: u32, count: u32) -> Span {
        let at = |passage: u32| self.starts.get(passage as usize).map(|start| *start as usize);
        let owner = |passage: u32| self.owners.get(passage as usize);
        let end = first.saturating_add(count);
        let end = at(end).filter(|_| owner(end) == owner(first)).unwrap_or(usize::MAX);
        Span::new(at(first).unwrap_or(0), end)
    }

    /// Bytes in use.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        self.packed.bytes() + self.recent.len() * 8 + self.owners.len() * 8 + self.ids.len() * 100
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
                let spans = found.documents.iter().find(|(found, _)| found == id).map(|(_, spans)| spans);
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
                found.documents.iter().map(|(id, _)| (*id).to_owned()).collect()
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
        assert_eq!((found.documents.len(), found.documents[0].0), (10, "whole"));
        assert!(found.left_out >= 40, "{found:?}");
    }
}
