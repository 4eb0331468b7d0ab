//! Which printings are weighed as the source of another.

use super::article::{Article, Lag, lag};
use super::printing::Printings;

/// How many of the candidates' places go to the earliest, and to those that share unusual readings: one in so many.
const EARLIEST: usize = 4;
const SHARING: usize = 3;

/// Finds candidates; holds every utterance's printings in order of time.
pub(super) struct Candidates<'a> {
    articles: &'a [Article],
    printings: &'a Printings,
    by_time: Vec<Vec<u32>>,
    tolerance: i64,
    most: usize,
}

impl<'a> Candidates<'a> {
    pub(super) fn new(
        articles: &'a [Article],
        printings: &'a Printings,
        tolerance: i64,
        most: usize,
    ) -> Self {
        let time = |id: &u32| {
            let document = printings.get(*id).map_or(u32::MAX, |p| p.document);
            let time = articles.get(document as usize).and_then(|article| article.time);
            (time.is_none(), time.map(|time| (time.from(), time.until())), document)
        };
        let by_time = printings
            .by_utterance
            .iter()
            .map(|list| {
                let mut list = list.clone();
                list.sort_by_cached_key(time);
                list
            })
            .collect();
        Self { articles, printings, by_time, tolerance, most }
    }

    /// The printings that `copy` may have been taken from, and how many more there would have been.
    pub(super) fn of(&self, copy: u32) -> (Vec<u32>, usize) {
        let Some(printing) = self.printings.get(copy) else { return (Vec::new(), 0) };
        let list = self.by_time.get(printing.utterance as usize).map_or(&[][..], Vec::as_slice);
        if list.len() <= self.most {
            return (list.iter().copied().filter(|&id| self.may(id, copy)).collect(), 0);
        }
        let mut found: Vec<u32> = Vec::with_capacity(self.most);
        for &state in self.printings.states(printing) {
            let holders = self.printings.state(state).map_or(&[][..], |state| state.holders.as_slice());
            let room = self.most / SHARING;
            found.extend(holders.iter().take(4 * room).copied().filter(|&id| self.may(id, copy)).take(room));
            if found.len() >= self.most / SHARING {
                break;
            }
        }
        let few = self.most / EARLIEST;
        found.extend(list.iter().take(4 * few).copied().filter(|&id| self.may(id, copy)).take(few));
        let time = self.article(copy).and_then(|article| article.time);
        let here = match time {
            // Up to those dated a little later, and for a day alone to its end.
            Some(time) => list.partition_point(|&id| {
                let other = self.article(id).and_then(|article| article.time);
                other.is_some_and(|other| other.from() < time.until().saturating_add(self.tolerance))
            }),
            None => list.len(),
        };
        found.sort_unstable();
        found.dedup();
        let early = list.get(..here).unwrap_or(list).iter().rev();
        let dated = early.take(4 * self.most).copied().filter(|&id| self.may(id, copy));
        for id in dated {
            if found.len() >= self.most {
                break;
            }
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found.sort_unstable();
        let left = here.saturating_sub(1 + found.len());
        (found, left)
    }

    fn article(&self, printing: u32) -> Option<&Article> {
        self.printings.get(printing).and_then(|p| self.articles.get(p.document as usize))
    }

    /// Whether one may be the source of the other: another document, of another outlet, not certainly later.
    fn may(&self, source: u32, copy: u32) -> bool {
        let (Some(source_p), Some(copy_p)) = (self.printings.get(source), self.printings.get(copy)) else {
            return false;
        };
        if source_p.document == copy_p.document {
            return false;
        }
        let (Some(source), Some(copy)) = (self.article(source), self.article(copy)) else { return false };
        let other_outlet = source.outlet.is_none() || source.outlet != copy.outlet;
        other_outlet && not_later(source, copy, self.tolerance)
    }
}

/// Whether `source` is not certainly later than `copy`, clocks erring by `tolerance` seconds at the most.
pub(super) fn not_later(source: &Article, copy: &Article, tolerance: i64) -> bool {
    match lag(source.time, copy.time) {
        Lag::Known(seconds) => seconds >= -tolerance,
        Lag::Unknown => true,
    }
}
