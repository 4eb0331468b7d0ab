//! The index as whoever reads sees it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use redb::{ReadOnlyTable, ReadTransaction};

use super::super::fault::{Fault, Tried};
use super::super::tables::{HOMES, META, POSTINGS, SEGMENTS};
use super::home::Homes;
use super::{GONE, NEXT, Segment, bucket, number, segments};
use crate::matching::{Likely, Lists, likely};
use crate::text::Span;

/// How long a list may be and be kept between the question for its length and that for itself.
const KEPT: usize = 1 << 12;

/// The index at one time; for one question, since it keeps what it reads.
pub(in super::super) struct View {
    segments: Vec<Segment>,
    postings: ReadOnlyTable<(u64, u32), &'static [u8]>,
    homes: ReadOnlyTable<u32, &'static [u8]>,
    passages: u64,
    gone: u64,
    lists: RefCell<HashMap<u32, Vec<u32>>>,
    known: RefCell<Homes>,
    /// The first thing that went wrong.
    fault: RefCell<Option<Fault>>,
}

impl View {
    pub(in super::super) fn new(view: &ReadTransaction) -> Tried<Self> {
        let meta = view.open_table(META)?;
        Ok(Self {
            segments: segments(&view.open_table(SEGMENTS)?)?,
            postings: view.open_table(POSTINGS)?,
            homes: view.open_table(HOMES)?,
            passages: number(&meta, NEXT)?,
            gone: number(&meta, GONE)?,
            lists: RefCell::default(),
            known: RefCell::default(),
            fault: RefCell::default(),
        })
    }

    /// Where the words of a quotation may stand, as [`likely`] has it.
    pub(in super::super) fn likely(&self, quotation: &str, most: usize) -> Tried<Option<Likely<'static>>> {
        let found = likely(self, quotation, most).map(|likely| {
            let own = |(id, spans): (Cow<'_, str>, Vec<Span>)| (Cow::Owned(id.into_owned()), spans);
            Likely { documents: likely.documents.into_iter().map(own).collect(), left_out: likely.left_out }
        });
        self.fault.take().map_or(Ok(found), Err)
    }

    /// The list of a hash, or the first `most` entries of it, and how long it is.
    fn read(&self, hash: u32, most: usize) -> Tried<(Vec<u32>, usize)> {
        let (mut list, mut length) = (Vec::new(), 0);
        for segment in &self.segments {
            let place = (segment.number, bucket::number(bucket::entry(hash, 0), segment.bits));
            if let Some(row) = self.postings.get(place)? {
                for passage in bucket::list(row.value(), hash) {
                    length += 1;
                    if list.len() < most {
                        list.push(passage);
                    }
                }
            }
        }
        Ok((list, length))
    }

    fn or_fault<T: Default>(&self, tried: Tried<T>) -> T {
        tried.unwrap_or_else(|fault| {
            self.fault.borrow_mut().get_or_insert(fault);
            T::default()
        })
    }
}

impl Lists for View {
    fn length(&self, hash: u32) -> usize {
        if let Some(list) = self.lists.borrow().get(&hash) {
            return list.len();
        }
        let (list, length) = self.or_fault(self.read(hash, KEPT));
        // Of those that are longer few are asked for, and they would be most of the memory.
        if length <= KEPT {
            self.lists.borrow_mut().insert(hash, list);
        }
        length
    }

    fn list(&self, hash: u32) -> impl Iterator<Item = u32> {
        let list = self.lists.borrow_mut().remove(&hash);
        let list = list.unwrap_or_else(|| self.or_fault(self.read(hash, usize::MAX)).0);
        let is_there = |passage: &u32| self.gone == 0 || self.owner(*passage).is_some();
        list.into_iter().filter(is_there)
    }

    fn count(&self) -> usize {
        usize::try_from(self.passages.saturating_sub(self.gone)).unwrap_or(usize::MAX)
    }

    fn owner(&self, passage: u32) -> Option<(Cow<'_, str>, u32)> {
        let mut known = self.known.borrow_mut();
        let home = known.at(&self.homes, passage).map(|home| home.map(|home| (home.id.clone(), home.first)));
        self.or_fault(home).map(|(id, first)| (Cow::Owned(id), first))
    }

    fn span(&self, first: u32, count: u32) -> Span {
        let mut known = self.known.borrow_mut();
        let span = known.at(&self.homes, first).map(|home| {
            let home = home?;
            let start = |passage: u32| match (passage - home.first) as usize {
                0 => Some(0),
                after => home.starts.get(after - 1).map(|start| *start as usize),
            };
            let end = first.checked_add(count).and_then(start).unwrap_or(usize::MAX);
            Some(Span::new(start(first)?, end))
        });
        self.or_fault(span).unwrap_or_default()
    }
}
