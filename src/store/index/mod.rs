//! Which passages have which words, in the file: what a tracker in memory has as
//! [`Passages`](crate::matching::Passages), asked in the same way.
//!
//! What is put in together makes a segment, whose lists never change. When eight segments of a size have come together
//! they are made one, so that a posting is written anew a few times and the segments stay few (the log-structured
//! merge tree of P. O'Neil and others, 1996).
//!
//! | file | what it is for |
//! |---|---|
//! | `mod` | putting in, taking out, merging |
//! | `bucket` | some lists of a segment, packed |
//! | `home` | which passages a document has |
//! | `view` | asking |
//! | `proof` | whether it is right |

mod bucket;
mod home;
mod proof;
mod view;

use redb::{ReadableTable, Table, WriteTransaction};

use super::fault::{Fault, Tried};
use super::tables::{HOMES, META, POSTINGS, SEGMENTS};
use crate::matching::Listed;
use home::Homes;
pub(super) use proof::Proof;
pub(super) use view::View;

/// Another way to list passages is another version.
pub(super) const VERSION: u64 = 2;
/// So many segments of a size are made one.
const MERGED: usize = 8;
/// The greatest segment of one size has so many bits more than the smallest: a factor of eight.
const TIER_BITS: u32 = 3;
/// How many documents have their homes in one row.
const BLOCK: usize = 64;

/// In `META`: the number of the next passage, and how many are of articles that are gone or were replaced.
const NEXT: &str = "passages";
const GONE: &str = "gone";

/// The index in a transaction that changes it.
pub(super) struct Index<'a> {
    meta: Table<'a, &'static str, u64>,
    segments: Table<'a, u64, (u32, u64)>,
    postings: Table<'a, (u64, u32), &'static [u8]>,
    homes: Table<'a, u32, &'static [u8]>,
}

/// Some lists that are written together.
#[derive(Clone, Copy)]
struct Segment {
    number: u64,
    /// How many bits of a hash say in which bucket its list is.
    bits: u32,
    postings: u64,
}

impl Segment {
    /// Segments of one tier are about as large as one another.
    fn tier(&self) -> u32 {
        self.postings.max(1).ilog2() / TIER_BITS
    }
}

/// What is said of a table of segments.
fn segments(table: &impl ReadableTable<u64, (u32, u64)>) -> Tried<Vec<Segment>> {
    let mut found = Vec::new();
    for row in table.iter()? {
        let (number, segment) = row?;
        let (bits, postings) = segment.value();
        found.push(Segment { number: number.value(), bits: bits.min(bucket::MOST_BITS), postings });
    }
    Ok(found)
}

/// A number in `META`.
fn number(meta: &impl ReadableTable<&'static str, u64>, name: &str) -> Tried<u64> {
    Ok(meta.get(name)?.map_or(0, |number| number.value()))
}

impl<'a> Index<'a> {
    pub(super) fn open(change: &'a WriteTransaction) -> Tried<Self> {
        Ok(Self {
            meta: change.open_table(META)?,
            segments: change.open_table(SEGMENTS)?,
            postings: change.open_table(POSTINGS)?,
            homes: change.open_table(HOMES)?,
        })
    }

    /// Makes it empty.
    pub(super) fn clear(change: &WriteTransaction) -> Tried<()> {
        change.delete_table(SEGMENTS)?;
        change.delete_table(POSTINGS)?;
        change.delete_table(HOMES)?;
        let mut index = Index::open(change)?;
        index.meta.insert(NEXT, 0)?;
        index.meta.insert(GONE, 0)?;
        Ok(())
    }

    /// Puts documents in, by their ids; the first passage of each. O(words · log).
    pub(super) fn add<'d>(
        &mut self,
        documents: impl Iterator<Item = (&'d str, &'d Listed)>,
    ) -> Tried<Vec<u32>> {
        let mut next = u32::try_from(number(&self.meta, NEXT)?).map_err(|_| full())?;
        let (mut firsts, mut entries, mut block) = (Vec::new(), Vec::new(), Vec::new());
        for (id, listed) in documents {
            firsts.push(next);
            let entry = |&(hash, passage): &(u32, u32)| bucket::entry(hash, next.wrapping_add(passage));
            entries.extend(listed.postings.iter().map(entry));
            block.push((next, id, listed.starts.get(1..).unwrap_or_default()));
            let passages = u32::try_from(listed.starts.len().max(1)).map_err(|_| full())?;
            next = next.checked_add(passages).ok_or_else(full)?;
            if block.len() == BLOCK {
                home::write(&mut self.homes, &block)?;
                block.clear();
            }
        }
        home::write(&mut self.homes, &block)?;
        self.meta.insert(NEXT, u64::from(next))?;
        entries.sort_unstable();
        entries.dedup();
        let segment = self.next_segment(entries.len() as u64)?;
        self.write(segment, &entries)?;
        self.note(segment, entries.len() as u64)?;
        self.settle()?;
        Ok(firsts)
    }

    /// Takes out the document whose first passage this is, if it is there. Its postings go when they are next merged.
    pub(super) fn remove(&mut self, id: &str, first: u32) -> Tried<()> {
        if let Some(passages) = home::forget(&mut self.homes, id, first)? {
            let gone = number(&self.meta, GONE)?;
            self.meta.insert(GONE, gone + u64::from(passages))?;
        }
        Ok(())
    }

    /// A segment of so many postings after the last one.
    fn next_segment(&self, postings: u64) -> Tried<Segment> {
        let last = self.segments.last()?.map_or(0, |(number, _)| number.value());
        Ok(Segment { number: last + 1, bits: bucket::bits_for(postings), postings })
    }

    /// Writes some entries, in order; those of one bucket must come together.
    fn write(&mut self, segment: Segment, entries: &[u64]) -> Tried<()> {
        let bucket_of = |entry: &u64| bucket::number(*entry, segment.bits);
        for here in entries.chunk_by(|a, b| bucket_of(a) == bucket_of(b)) {
            let Some(first) = here.first() else { continue };
            self.postings.insert((segment.number, bucket_of(first)), bucket::pack(here)?.as_slice())?;
        }
        Ok(())
    }

    /// Enters a segment that was written.
    fn note(&mut self, segment: Segment, postings: u64) -> Tried<()> {
        if postings > 0 {
            self.segments.insert(segment.number, (segment.bits, postings))?;
        }
        Ok(())
    }

    /// Makes one of the last segments while there are too many of a size.
    fn settle(&mut self) -> Tried<()> {
        loop {
            let all = segments(&self.segments)?;
            let tier = all.last().map_or(0, Segment::tier);
            let run = all.iter().rev().take_while(|segment| segment.tier() <= tier).count();
            if run < MERGED {
                return Ok(());
            }
            self.merge(all.get(all.len() - run..).unwrap_or_default())?;
        }
    }

    /// Makes one of some segments, a part of all hashes at a time.
    fn merge(&mut self, old: &[Segment]) -> Tried<()> {
        let merged = self.next_segment(old.iter().map(|segment| segment.postings).sum())?;
        let bits = old.iter().map(|segment| segment.bits).min().unwrap_or(0).min(merged.bits);
        let has_gone = number(&self.meta, GONE)? > 0;
        let (mut homes, mut written) = (Homes::default(), 0);
        for part in 0..1_u32 << bits {
            let mut entries = Vec::new();
            for segment in old {
                let more = segment.bits - bits;
                let (from, to) = (part << more, (part << more) + ((1 << more) - 1));
                for row in self.postings.range((segment.number, from)..=(segment.number, to))? {
                    entries.extend(bucket::unpack(row?.1.value()));
                }
            }
            if has_gone {
                let mut there = Vec::with_capacity(entries.len());
                for entry in entries {
                    if homes.at(&self.homes, entry as u32)?.is_some() {
                        there.push(entry);
                    }
                }
                entries = there;
            }
            entries.sort_unstable();
            written += entries.len() as u64;
            self.write(merged, &entries)?;
        }
        for segment in old {
            self.segments.remove(segment.number)?;
            self.postings.retain_in((segment.number, 0)..=(segment.number, u32::MAX), |_, _| false)?;
        }
        self.note(merged, written)
    }
}

/// Whether more than half of the index is of articles that are gone.
pub(super) fn is_worn(meta: &impl ReadableTable<&'static str, u64>) -> Tried<bool> {
    Ok(number(meta, GONE)? > number(meta, NEXT)? / 2)
}

fn full() -> Fault {
    Fault::Damaged("the index has no number left; checking the store makes it anew".to_owned())
}
