//! A quotation asks lists of passages, wherever these are kept.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::frequency::UNIT;
use super::{PASSAGE, Reader};
use crate::text::Span;

/// How many passages are looked up for one quotation, under its rarest hashes; or as many as four times those of the
/// rarest that there is.
const POSTINGS: usize = 1 << 12;
/// A stretch is worth reading that has one in so many of the nats that the hashes looked up tell; and one in so many of
/// those that the best one has, since beside the words themselves a faint likeness is none.
const SHARE: u32 = 8;
const BESIDE: u32 = 3;
/// A collection is taken for no smaller than this: what all of three articles have may be rare all the same.
const FEW: usize = 1 << 14;

/// Passages of documents, numbered so that those of one document follow one another, and listed by hash.
pub(crate) trait Lists {
    /// How many passages a hash has, more or less.
    fn length(&self, hash: u32) -> usize;

    /// The passages of a hash that are still there, and perhaps some of another.
    fn list(&self, hash: u32) -> impl Iterator<Item = u32>;

    /// How many passages there are.
    fn count(&self) -> usize;

    /// The document of a passage, if it is still there: its id and its first passage.
    fn owner(&self, passage: u32) -> Option<(Cow<'_, str>, u32)>;

    /// Where so many passages stand in their document; beyond its last one the span has no end.
    fn span(&self, first: u32, count: u32) -> Span;
}

/// Where the words of a quotation may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Likely<'a> {
    /// Documents, each once, with stretches of their texts, in order; those that share most come first. The end of a
    /// stretch may lie beyond the end of the text.
    pub(crate) documents: Vec<(Cow<'a, str>, Vec<Span>)>,
    /// How many stretches there are beyond those asked for.
    pub(crate) left_out: usize,
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

/// Where the words of `quotation` may stand: at most `most` stretches, those that share most with it. `None` if it has
/// no hash, only words that are everywhere.
///
/// A stretch is at least twice as long as the quotation and starts wherever one may, so that each match lies in one.
/// O(words + passages looked up · log).
pub(crate) fn likely<'a>(lists: &'a impl Lists, quotation: &str, most: usize) -> Option<Likely<'a>> {
    let mut reader = Reader::default();
    reader.read(quotation);
    let mut asked: Vec<Asked> =
        reader.hashes().map(|(_, hash, told)| Asked { length: lists.length(hash), hash, told }).collect();
    if asked.is_empty() {
        return None;
    }
    asked.sort_unstable();
    asked.dedup_by_key(|one| one.hash);
    let stride = (reader.words.len() + 20).div_ceil(PASSAGE) as u32;
    let (hits, all) = hits(lists, &asked);
    let mut stretches = stretches(lists, &hits, stride);
    let most_shared = stretches.iter().map(|(_, shared)| *shared).max().unwrap_or(0);
    let least = (all / SHARE).max(most_shared / BESIDE).max(1);
    stretches.retain(|(_, shared)| *shared >= least);
    Some(best(lists, stretches, stride, most))
}

/// The passages that answer to the rarest hashes, in order, with what each hash tells; and what all that were looked
/// up tell.
fn hits(lists: &impl Lists, asked: &[Asked]) -> (Vec<(u32, u32)>, u32) {
    let rarest = asked.iter().map(|one| one.length).find(|length| *length > 0).unwrap_or(0);
    let most = POSTINGS.max(4 * rarest);
    let (mut hits, mut told): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
    for (at, one) in asked.iter().enumerate() {
        if hits.len() + one.length > most {
            break;
        }
        let before = hits.len();
        hits.extend(lists.list(one.hash).map(|passage| u64::from(passage) << 32 | at as u64));
        told.push(one.told.min(rarity(lists.count(), hits.len() - before)));
    }
    // Each list is in order, so that they are merged, and not sorted as if they were in none.
    hits.sort();
    hits.dedup();
    let all = told.iter().sum();
    let told = |hit: u64| told.get(hit as u32 as usize).copied().unwrap_or(0);
    (hits.into_iter().map(|hit| ((hit >> 32) as u32, told(hit))).collect(), all)
}

/// What a hash tells that so many of all passages have, in sixteenths of a nat: a word of the day is rare in general
/// and not here (inverse document frequency, K. Spärck Jones 1972).
fn rarity(all: usize, having: usize) -> u32 {
    let all = all.max(FEW) as f32;
    if having == 0 { u32::MAX } else { ((all / having as f32).max(1.0).ln() * UNIT) as u32 + 1 }
}

/// By its first passage, what each stretch shares. Stretches start at every so many passages of a document and are
/// twice as long.
fn stretches(lists: &impl Lists, hits: &[(u32, u32)], stride: u32) -> Vec<(u32, u32)> {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for here in hits.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(passage, _)) = here.first() else { continue };
        let shared: u32 = here.iter().map(|(_, told)| told).sum();
        let Some((_, first)) = lists.owner(passage) else { continue };
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

/// The stretches that share most, by document.
fn best<'a>(lists: &'a impl Lists, stretches: Vec<(u32, u32)>, stride: u32, most: usize) -> Likely<'a> {
    let named =
        |(stretch, shared): (u32, u32)| Some((std::cmp::Reverse(shared), lists.owner(stretch)?.0, stretch));
    let mut ranked: Vec<_> = stretches.into_iter().filter_map(named).collect();
    let left_out = ranked.len().saturating_sub(most);
    if left_out > 0 {
        ranked.select_nth_unstable(most);
        ranked.truncate(most);
    }
    ranked.sort_unstable();
    let mut likely = Likely { left_out, ..Likely::default() };
    let mut places: HashMap<Cow<'a, str>, usize> = HashMap::new();
    for (_, id, stretch) in ranked {
        let span = lists.span(stretch, 2 * stride);
        match places.get(&id).and_then(|place| likely.documents.get_mut(*place)) {
            Some((_, spans)) => spans.push(span),
            None => {
                places.insert(id.clone(), likely.documents.len());
                likely.documents.push((id, vec![span]));
            }
        }
    }
    for (_, spans) in &mut likely.documents {
        spans.sort_unstable();
    }
    likely
}
