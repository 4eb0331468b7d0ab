//! Whether the index says of a document what its text says.

use redb::{ReadTransaction, ReadableTable};

use super::super::fault::Tried;
use super::super::tables::{HOMES, POSTINGS, SEGMENTS};
use super::home::{self, Homes};
use super::{bucket, segments};
use crate::matching::Listed;

/// What the postings of each passage add up to. Reads all of them once.
pub(in super::super) struct Proof {
    /// By passage.
    sums: Vec<u32>,
    homes: Homes,
    view: redb::ReadOnlyTable<u32, &'static [u8]>,
}

impl Proof {
    pub(in super::super) fn new(view: &ReadTransaction) -> Tried<Self> {
        let homes = view.open_table(HOMES)?;
        // Numbers follow one another. Those that no document has are damage, and must not say how much memory is taken.
        let mut passages = 0;
        for row in homes.iter()? {
            let (first, block) = row?;
            passages += home::read(first.value(), block.value())?
                .iter()
                .map(|home| home.passages() as usize)
                .sum::<usize>();
        }
        let mut sums = vec![0; passages];
        let postings = view.open_table(POSTINGS)?;
        for segment in segments(&view.open_table(SEGMENTS)?)? {
            for row in postings.range((segment.number, 0)..=(segment.number, u32::MAX))? {
                let (place, packed) = row?;
                for entry in bucket::unpack(packed.value()) {
                    // Where nobody looks for it, it is not.
                    let is_here = bucket::number(entry, segment.bits) == place.value().1;
                    if let Some(sum) = sums.get_mut(entry as u32 as usize).filter(|_| is_here) {
                        add(sum, (entry >> 32) as u32);
                    }
                }
            }
        }
        Ok(Self { sums, homes: Homes::default(), view: homes })
    }

    /// Whether the document of an id whose first passage this is has this text in the index.
    pub(in super::super) fn holds(&mut self, id: &str, first: u32, text: &str) -> Tried<bool> {
        let listed = Listed::of(text);
        let mut postings = listed.postings;
        postings.sort_unstable();
        postings.dedup();
        let mut sums = vec![0; listed.starts.len()];
        for (hash, passage) in postings {
            if let Some(sum) = sums.get_mut(passage as usize) {
                add(sum, hash);
            }
        }
        let Some(home) = self.homes.at(&self.view, first)? else { return Ok(false) };
        let is_home = home.id == id && home.first == first && listed.starts.get(1..) == Some(&home.starts);
        let from = first as usize;
        Ok(is_home && self.sums.get(from..from + sums.len()) == Some(&sums))
    }

    /// How many documents the index has that `is_there` does not know, by id and first passage.
    pub(in super::super) fn orphans(
        &self,
        mut is_there: impl FnMut(&str, u32) -> Tried<bool>,
    ) -> Tried<usize> {
        let mut orphans = 0;
        for row in self.view.iter()? {
            let (first, block) = row?;
            for home in home::read(first.value(), block.value())? {
                orphans += usize::from(!home.is_gone() && !is_there(&home.id, home.first)?);
            }
        }
        Ok(orphans)
    }
}

/// What is the same in whichever order hashes come, and hardly ever so for other hashes.
const fn add(sum: &mut u32, hash: u32) {
    let spread = (hash ^ hash >> 15).wrapping_mul(0x2c1b_3c6d);
    *sum = sum.wrapping_add(spread ^ spread >> 12);
}
