//! Some lists of a segment in one row: entries in order, each as what it has more than the one before.

use super::super::fault::{Fault, Tried};
use crate::matching::leb128;

/// How many entries a bucket has, more or less.
const ENTRIES: u64 = 1024;
/// The most bits of a hash that choose a bucket.
pub(super) const MOST_BITS: u32 = 20;

/// A passage that has a hash.
pub(super) const fn entry(hash: u32, passage: u32) -> u64 {
    (hash as u64) << 32 | passage as u64
}

/// How many bits choose a bucket where there are so many entries.
pub(super) fn bits_for(entries: u64) -> u32 {
    (entries / ENTRIES).max(1).ilog2().min(MOST_BITS)
}

/// The bucket of an entry.
pub(super) const fn number(entry: u64, bits: u32) -> u32 {
    ((entry >> 32) >> (32 - bits)) as u32
}

/// Entries in order, as a row.
pub(super) fn pack(entries: &[u64]) -> Tried<Vec<u8>> {
    let mut packed = Vec::with_capacity(entries.len() * 5);
    let (mut hash, mut passage) = (0, 0);
    for entry in entries {
        let (next, here) = ((entry >> 32) as u32, *entry as u32);
        // Passages rise under one hash, and begin anew under the next.
        passage = if next == hash { passage } else { 0 };
        let (Some(more), Some(further)) = (next.checked_sub(hash), here.checked_sub(passage)) else {
            return Err(Fault::Damaged("lists that are out of order".to_owned()));
        };
        leb128::push(more.into(), &mut packed);
        leb128::push(further.into(), &mut packed);
        (hash, passage) = (next, here);
    }
    Ok(packed)
}

/// The entries of a row, in order; of one that is damaged, whatever it gives.
pub(super) fn unpack(packed: &[u8]) -> impl Iterator<Item = u64> {
    let mut bytes = packed.iter().copied();
    let (mut hash, mut passage) = (0_u32, 0_u32);
    std::iter::from_fn(move || {
        let mut pull = || leb128::pull(&mut bytes).map(|number| number as u32);
        let (more, further) = (pull()?, pull()?);
        passage = if more == 0 { passage } else { 0 }.wrapping_add(further);
        hash = hash.wrapping_add(more);
        Some(entry(hash, passage))
    })
}

/// The passages of a hash in a row.
pub(super) fn list(packed: &[u8], hash: u32) -> impl Iterator<Item = u32> {
    let of = |entry: u64| (entry >> 32) as u32;
    unpack(packed)
        .skip_while(move |entry| of(*entry) < hash)
        .take_while(move |entry| of(*entry) == hash)
        .map(|entry| entry as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out() {
        let mut entries: Vec<u64> = (0..3000_u64).map(|n| n * n * 0x9e37_79b9 % (1 << 50)).collect();
        entries.extend([0, 1, entry(7, 3), entry(7, 900), entry(u32::MAX, 0), entry(u32::MAX, u32::MAX)]);
        entries.sort_unstable();
        entries.dedup();
        let packed = pack(&entries).ok().unwrap();
        assert_eq!(unpack(&packed).collect::<Vec<_>>(), entries);
        assert_eq!(list(&packed, 7).collect::<Vec<_>>(), [3, 900]);
        assert_eq!(list(&packed, 8).count(), 0);
    }

    #[test]
    fn what_is_out_of_order_is_an_error_and_what_is_damaged_ends() {
        assert!(pack(&[9 << 32, 8 << 32]).is_err());
        assert_eq!(unpack(&[0xff; 9]).count(), 0);
        assert_eq!(unpack(&[]).count(), 0);
    }

    #[test]
    fn buckets_share_the_hashes_out() {
        assert_eq!((bits_for(0), bits_for(1023), bits_for(8 << 20)), (0, 0, 13));
        assert_eq!((number(entry(u32::MAX, 5), 0), number(entry(u32::MAX, 5), 4)), (0, 15));
    }
}
