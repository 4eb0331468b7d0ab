//! A map from 32-bit hashes to small values: open addressing, linear probing, nothing allocated an entry.

/// Keys are hashes already, so their own bits choose the slot. Iteration order is of no meaning.
#[derive(Clone, Debug)]
pub(super) struct Table<V> {
    /// Key plus one, so that nought is an empty slot; a length of a power of two.
    keys: Vec<u64>,
    values: Vec<V>,
    len: usize,
}

impl<V: Copy + Default> Table<V> {
    pub(super) const fn new() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), len: 0 }
    }

    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.keys.len() * (8 + size_of::<V>())
    }

    const fn slot(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize & (self.keys.len().wrapping_sub(1))
    }

    pub(super) fn get(&self, key: u64) -> Option<V> {
        if self.keys.is_empty() {
            return None;
        }
        let mut slot = self.slot(key);
        loop {
            match *self.keys.get(slot)? {
                0 => return None,
                found if found == key + 1 => return self.values.get(slot).copied(),
                _ => slot = (slot + 1) & (self.keys.len() - 1),
            }
        }
    }

    /// The value at `key`, the default one if it is new. `key` must be below `u64::MAX`.
    pub(super) fn entry(&mut self, key: u64) -> &mut V {
        if self.len * 4 >= self.keys.len() * 3 {
            self.grow((self.keys.len() * 2).max(16));
        }
        let mask = self.keys.len() - 1;
        let mut slot = self.slot(key);
        #[expect(
            clippy::indexing_slicing,
            reason = "the mask keeps the slot inside, and the table is never full"
        )]
        loop {
            if self.keys[slot] == 0 {
                self.keys[slot] = key + 1;
                self.len += 1;
            }
            if self.keys[slot] == key + 1 {
                return &mut self.values[slot];
            }
            slot = (slot + 1) & mask;
        }
    }

    pub(super) fn insert(&mut self, key: u64, value: V) {
        *self.entry(key) = value;
    }

    fn grow(&mut self, slots: usize) {
        let keys = std::mem::replace(&mut self.keys, vec![0; slots]);
        let values = std::mem::replace(&mut self.values, vec![V::default(); slots]);
        self.len = 0;
        for (key, value) in keys.into_iter().zip(values) {
            if key != 0 {
                self.insert(key - 1, value);
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, V)> + '_ {
        let pairs = self.keys.iter().zip(&self.values);
        pairs.filter(|(key, _)| **key != 0).map(|(key, value)| (key - 1, *value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut table = Table::new();
        for key in 0..10_000_u64 {
            *table.entry(key * 7) += key;
        }
        assert_eq!(table.iter().count(), 10_000);
        assert!((0..10_000).all(|key| table.get(key * 7) == Some(key)));
        assert_eq!(table.get(3), None);
        assert_eq!(table.iter().map(|(_, value)| value).sum::<u64>(), 49_995_000);
    }
}
