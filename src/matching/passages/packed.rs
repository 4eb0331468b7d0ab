//! Lists of rising numbers by hash, packed: the difference to the number before, as LEB128, and a byte of the hash, since
//! hashes share lists.

use super::super::leb128;

/// Numbers that a list has on average where room was made for them.
const LENGTH: usize = 4;
/// … and when there are too many to a list.
const FULL: usize = 64;

/// The most bits of a hash that choose a list; eight more are kept with each number.
const MOST_BITS: u32 = 24;

/// The lists, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    /// How many bits of a hash, from the top, say which list is its.
    bits: u32,
    /// Where each list ends in `bytes`.
    ends: Vec<u32>,
    bytes: Vec<u8>,
    postings: usize,
}

impl Default for Packed {
    fn default() -> Self {
        Self::for_postings(0)
    }
}

impl Packed {
    /// Room for so many numbers.
    pub(super) fn for_postings(postings: usize) -> Self {
        let bits = (postings / LENGTH).max(1).ilog2().clamp(8, MOST_BITS);
        Self { bits, ends: Vec::new(), bytes: Vec::new(), postings: 0 }
    }

    /// How many numbers there are.
    pub(super) const fn postings(&self) -> usize {
        self.postings
    }

    /// Whether lists are so long that they should be made anew, with more of them.
    pub(super) const fn is_full(&self) -> bool {
        self.bits < MOST_BITS && self.postings > FULL << self.bits
    }

    const fn place(&self, hash: u32) -> usize {
        (hash >> (32 - self.bits)) as usize
    }

    fn bytes_at(&self, place: usize) -> &[u8] {
        let end_of = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end_of);
        self.bytes.get(start..end_of(place)).unwrap_or_default()
    }

    /// How many bytes the list of a hash takes: no fewer than it has numbers.
    pub(super) fn bytes_of(&self, hash: u32) -> usize {
        self.bytes_at(self.place(hash)).len()
    }

    /// The list of a hash, and of those that share a list and a byte with it.
    pub(super) fn list(&self, hash: u32) -> impl Iterator<Item = u32> {
        let wanted = self.tag(hash);
        unpack(self.bytes_at(self.place(hash)))
            .filter(move |(_, tag)| *tag == wanted)
            .map(|(number, _)| number)
    }

    /// The byte of a hash behind those bits that choose its list.
    const fn tag(&self, hash: u32) -> u8 {
        (hash >> (24 - self.bits)) as u8
    }

    /// Takes in numbers, given in order as a hash and a number each; numbers of one list only ever rise from one
    /// merge to the next. Whether there was room: lists end at four gigabytes.
    pub(super) fn merge(&mut self, mut more: &[u64]) -> bool {
        let lists = 1_usize << self.bits;
        let (mut ends, mut bytes) =
            (Vec::with_capacity(lists), Vec::with_capacity(self.bytes.len() + more.len() * 2));
        let (mut numbers, mut added) = (Vec::new(), 0);
        for place in 0..lists {
            let elsewhere = |entry: &u64| self.place((entry >> 32) as u32) != place;
            let here = more.iter().position(elsewhere).unwrap_or(more.len());
            let (now, later) = more.split_at_checked(here).unwrap_or_default();
            more = later;
            let old = self.bytes_at(place);
            bytes.extend_from_slice(old);
            if !now.is_empty() {
                numbers.clear();
                numbers.extend(now.iter().map(|entry| (*entry as u32, self.tag((entry >> 32) as u32))));
                numbers.sort_unstable();
                numbers.dedup();
                added += numbers.len();
                pack(&numbers, unpack(old).last().map_or(0, |(number, _)| number), &mut bytes);
            }
            let Ok(end) = u32::try_from(bytes.len()) else { return false };
            ends.push(end);
        }
        bytes.shrink_to_fit();
        self.postings += added;
        (self.ends, self.bytes) = (ends, bytes);
        true
    }

    /// Bytes in use.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.ends.len() * 4 + self.bytes.len()
    }
}

fn pack(numbers: &[(u32, u8)], mut last: u32, out: &mut Vec<u8>) {
    for &(number, tag) in numbers {
        leb128::push(number.wrapping_sub(last).into(), out);
        out.push(tag);
        last = number;
    }
}

fn unpack(bytes: &[u8]) -> impl Iterator<Item = (u32, u8)> {
    let (mut bytes, mut last) = (bytes.iter().copied(), 0_u32);
    std::iter::from_fn(move || {
        last = last.wrapping_add(leb128::pull(&mut bytes)? as u32);
        bytes.next().map(|tag| (last, tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_merged_comes_out_in_order() {
        let mut packed = Packed::for_postings(1000);
        let entry = |hash: u32, number: u32| u64::from(hash) << 32 | u64::from(number);
        for round in 0..3_u32 {
            let mut more: Vec<u64> = (0..500_u32)
                .map(|n| entry(n.wrapping_mul(0x9e37_79b1), n % 7 * 999 + round * 100_000))
                .collect();
            more.push(entry(u32::MAX, round * 100_000 + 7000));
            more.push(entry(u32::MAX - 1, round * 100_000 + 7000));
            more.sort_unstable();
            assert!(packed.merge(&more));
        }
        let last: Vec<u32> = packed.list(u32::MAX).collect();
        assert_eq!(last, [7000, 107_000, 207_000]);
        for n in 0..500_u32 {
            let list: Vec<u32> = packed.list(n.wrapping_mul(0x9e37_79b1)).collect();
            assert!(list.is_sorted() && (0..3).all(|round| list.contains(&(n % 7 * 999 + round * 100_000))));
        }
    }
}
