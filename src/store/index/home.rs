//! Which passages a document has, and where they start in its text.

use std::collections::BTreeMap;

use redb::{ReadableTable, Table};

use super::super::fault::{Fault, Tried};

/// A document whose passages follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Home {
    /// Empty when the document is gone.
    pub(super) id: String,
    /// Its first passage.
    pub(super) first: u32,
    /// Where the passages after the first start.
    pub(super) starts: Vec<u32>,
}

impl Home {
    /// How many passages there are.
    pub(super) const fn passages(&self) -> u32 {
        self.starts.len() as u32 + 1
    }

    const fn has(&self, passage: u32) -> bool {
        passage >= self.first && passage - self.first < self.passages()
    }

    pub(super) const fn is_gone(&self) -> bool {
        self.id.is_empty()
    }
}

/// Writes some homes that follow one another, under the first passage of the first.
pub(super) fn write(homes: &mut Table<'_, u32, &'static [u8]>, block: &[(u32, &str, &[u32])]) -> Tried<()> {
    let Some((first, ..)) = block.first() else { return Ok(()) };
    let packed: Vec<(&str, &[u32])> = block.iter().map(|(_, id, starts)| (*id, *starts)).collect();
    let packed = postcard::to_allocvec(&packed).map_err(|error| Fault::Damaged(error.to_string()))?;
    homes.insert(*first, packed.as_slice())?;
    Ok(())
}

/// The homes of a row.
pub(super) fn read(first: u32, packed: &[u8]) -> Tried<Vec<Home>> {
    let packed: Vec<(&str, Vec<u32>)> =
        postcard::from_bytes(packed).map_err(|error| Fault::Damaged(format!("the index: {error}")))?;
    let mut next = first;
    let home = |(id, starts): (&str, Vec<u32>)| {
        let home = Home { id: id.to_owned(), first: next, starts };
        next = next.wrapping_add(home.passages());
        home
    };
    Ok(packed.into_iter().map(home).collect())
}

/// Notes that a document is gone; how many passages it had, if it was there.
pub(super) fn forget(homes: &mut Table<'_, u32, &'static [u8]>, id: &str, first: u32) -> Tried<Option<u32>> {
    let Some(mut block) = block(homes, first)? else { return Ok(None) };
    let Some(home) = block.iter_mut().find(|home| home.first == first && home.id == id) else {
        return Ok(None);
    };
    home.id = String::new();
    let passages = home.passages();
    let rows: Vec<_> = block.iter().map(|home| (home.first, home.id.as_str(), &*home.starts)).collect();
    write(homes, &rows)?;
    Ok(Some(passages))
}

/// The homes of the row that a passage would be in.
fn block(homes: &impl ReadableTable<u32, &'static [u8]>, passage: u32) -> Tried<Option<Vec<Home>>> {
    match homes.range(..=passage)?.next_back().transpose()? {
        Some((first, packed)) => read(first.value(), packed.value()).map(Some),
        None => Ok(None),
    }
}

/// Homes that were read, so that each row is read once.
#[derive(Default)]
pub(super) struct Homes(BTreeMap<u32, Vec<Home>>);

impl Homes {
    /// The home that a passage is of, if its document is still there.
    pub(super) fn at(
        &mut self,
        homes: &impl ReadableTable<u32, &'static [u8]>,
        passage: u32,
    ) -> Tried<Option<&Home>> {
        if self.known(passage).is_none()
            && let Some(block) = block(homes, passage)?
            && let Some(first) = block.first()
        {
            self.0.insert(first.first, block);
        }
        Ok(self.known(passage).filter(|home| !home.is_gone()))
    }

    fn known(&self, passage: u32) -> Option<&Home> {
        let (_, block) = self.0.range(..=passage).next_back()?;
        let after = block.partition_point(|home| home.first <= passage);
        block.get(after.checked_sub(1)?).filter(|home| home.has(passage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_follow_one_another() {
        let packed =
            postcard::to_allocvec([("a", vec![]), ("b", vec![70_u32, 500]), ("", vec![9])].as_slice())
                .unwrap();
        let block = read(5, &packed).ok().unwrap();
        let firsts: Vec<u32> = block.iter().map(|home| home.first).collect();
        assert_eq!(firsts, [5, 6, 9]);
        let homes = Homes(BTreeMap::from([(5, block)]));
        let id = |passage| homes.known(passage).map(|home| home.id.as_str());
        assert_eq!(
            [4, 5, 6, 8, 9, 10, 11].map(id),
            [None, Some("a"), Some("b"), Some("b"), Some(""), Some(""), None]
        );
        assert!(read(5, &packed[..4]).is_err());
    }
}
