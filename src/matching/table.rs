//! A map from hashes to small values: open addressing, linear probing, key and value side by side, so that a look takes
//! one step into memory; nothing allocated an entry.

/// A key: a hash already.
pub(super) trait Key: Copy + Eq {
    /// The largest key, which the table keeps for empty slots; it is taken for the one before.
    const FREE: Self;
    /// A key that is not [`Self::FREE`].
    fn sound(self) -> Self;
    fn bits(self) -> u64;
}

impl Key for u32 {
    const FREE: Self = Self::MAX;

    fn sound(self) -> Self {
        self.min(Self::MAX - 1)
    }

    fn bits(self) -> u64 {
        self.into()
    }
}

impl Key for u64 {
    const FREE: Self = Self::MAX;

    fn sound(self) -> Self {
        self.min(Self::MAX - 1)
    }

    fn bits(self) -> u64 {
        self
    }
}

/// How many slots are read ahead at once.
pub(super) const AHEAD: usize = 16;

/// Keys are hashes already, so their own bits choose the slot. Iteration order is of no meaning.
#[derive(Clone, Debug)]
pub(super) struct Table<K, V> {
    /// A length of a power of two, or none.
    slots: Vec<(K, V)>,
    len: usize,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { slots: Vec::new(), len: 0 }
    }
}

impl<K: Key, V: Copy + Default> Table<K, V> {
    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.slots.len() * size_of::<(K, V)>()
    }

    /// Where a key is, or the first place to look: it rises with the high bits of the hash, so that making the table
    /// larger reads the old one and writes the new one from front to back.
    fn slot(&self, key: K) -> usize {
        let mixed = key.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (((mixed >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    /// The values of so many keys. All first slots are read before any is compared, since reads that do not wait for one
    /// another wait for the memory together.
    pub(super) fn get_ahead(&self, keys: [K; AHEAD]) -> [Option<V>; AHEAD] {
        let keys = keys.map(Key::sound);
        let first =
            keys.map(|key| self.slots.get(self.slot(key)).copied().unwrap_or((K::FREE, V::default())));
        let mut values = [None; AHEAD];
        for ((value, key), (there, found)) in values.iter_mut().zip(keys).zip(first) {
            if there == key {
                *value = Some(found);
            } else if there != K::FREE {
                *value = self.get(key);
            }
        }
        values
    }

    /// Reads the first slots of keys that will be asked for one by one.
    pub(super) fn touch(&self, keys: impl Iterator<Item = K>) {
        let first = keys.filter_map(|key| self.slots.get(self.slot(key.sound())));
        std::hint::black_box(first.fold(0, |seen, slot| seen ^ slot.0.bits()));
    }

    pub(super) fn get(&self, key: K) -> Option<V> {
        let key = key.sound();
        let mut slot = self.slot(key);
        loop {
            let (found, value) = *self.slots.get(slot)?;
            if found == key {
                return Some(value);
            }
            if found == K::FREE {
                return None;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The value at `key`, the default one if it is new.
    pub(super) fn entry(&mut self, key: K) -> &mut V {
        let key = key.sound();
        if self.len * 4 >= self.slots.len() * 3 {
            self.grow((self.slots.len() * 2).max(16));
        }
        let mask = self.slots.len() - 1;
        let mut slot = self.slot(key);
        #[expect(
            clippy::indexing_slicing,
            reason = "the mask keeps the slot inside, and the table is never full"
        )]
        loop {
            let found = self.slots[slot].0;
            if found == K::FREE {
                self.slots[slot].0 = key;
                self.len += 1;
            }
            if found == key || found == K::FREE {
                return &mut self.slots[slot].1;
            }
            slot = (slot + 1) & mask;
        }
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        *self.entry(key) = value;
    }

    /// Makes room for so many entries, so much that half of it stays free: what is not there is then found missing at the
    /// first look or the second.
    pub(super) fn reserve(&mut self, entries: usize) {
        let slots = (entries * 2).next_power_of_two();
        if slots > self.slots.len() {
            self.grow(slots);
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    fn grow(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.slots, vec![(K::FREE, V::default()); slots]);
        self.len = 0;
        for (key, value) in old {
            if key != K::FREE {
                self.insert(key, value);
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        self.slots.iter().filter(|(key, _)| *key != K::FREE).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut table: Table<u64, u64> = Table::default();
        assert_eq!(table.get(0), None);
        for key in 0..10_000_u64 {
            *table.entry(key * 7) += key;
        }
        assert_eq!(table.iter().count(), 10_000);
        assert!((0..10_000).all(|key| table.get(key * 7) == Some(key)));
        assert_eq!(table.get(3), None);
        assert_eq!(table.iter().map(|(_, value)| value).sum::<u64>(), 49_995_000);
    }

    #[test]
    fn the_largest_key_is_the_one_before() {
        let mut table: Table<u32, u8> = Table::default();
        table.insert(u32::MAX, 7);
        assert_eq!((table.get(u32::MAX - 1), table.get(0)), (Some(7), None));
    }
}
