//! What is known of words, by their keys: a table that is read many times for each word of a text.

/// A map from word keys by open addressing, never more than half full. A key is its own hash; nought is none's.
///
/// Most words of a text are in no table and most others are the same few, so what is touched is kept small: four bytes
/// a slot, which tell most keys apart by themselves, and the entries in the order they came in: everyday words side by
/// side where a table has them first.
#[derive(Clone, Debug)]
pub(crate) struct Lookup<V> {
    /// The index of an entry, and above that as many bits of its key as there is room for; nought for none.
    slots: Vec<u32>,
    /// Before them what is known of all other keys: nothing.
    entries: Vec<(u64, V)>,
}

impl<V: Default> Default for Lookup<V> {
    fn default() -> Self {
        Self { slots: vec![0; 4], entries: vec![(0, V::default())] }
    }
}

impl<V: Copy + Default> Lookup<V> {
    /// What is known of `key`. O(1).
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<V> {
        let found = self.find(key);
        (found != 0).then(|| self.at(found))
    }

    /// The same; the default for a key that is not known. O(1).
    #[inline]
    pub(crate) fn of(&self, key: u64) -> V {
        self.at(self.find(key))
    }

    /// Where what is known of `key` is kept, for [`Lookup::at`]; nought for what is not known. O(1).
    #[inline]
    pub(crate) fn find(&self, key: u64) -> u32 {
        let mask = self.mask();
        let tag = tag(key, mask);
        let mut at = first_slot(key);
        loop {
            let slot = self.slots.get(at & mask as usize).copied().unwrap_or(0);
            // Whether the key is known or not: most looks end here alike, so there is no branch to be guessed wrong.
            if (slot == 0) | (slot & !mask == tag) {
                let found = slot & mask;
                if (slot == 0) | (self.key(found) == key) {
                    return found;
                }
            }
            at = at.wrapping_add(1);
        }
    }

    /// What was found at `found`; the default for nought.
    #[inline]
    pub(crate) fn at(&self, found: u32) -> V {
        self.entries.get(found as usize).map_or_else(V::default, |(_, value)| *value)
    }

    /// Changes what is known of `key`, from nothing if it is new.
    pub(crate) fn change(&mut self, key: u64, change: impl FnOnce(&mut V)) {
        if key == 0 {
            return;
        }
        let mut found = self.find(key);
        if found == 0 {
            found = self.entries.len() as u32;
            self.entries.push((key, V::default()));
            self.place(found);
        }
        if let Some((_, value)) = self.entries.get_mut(found as usize) {
            change(value);
        }
    }

    /// All keys and what is known of them, in the order they came in.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, V)> + '_ {
        self.entries.iter().skip(1).copied()
    }

    /// Gives a new entry, the last one, its slot.
    fn place(&mut self, found: u32) {
        if 2 * self.entries.len() <= self.slots.len() {
            self.fill(found);
            return;
        }
        self.slots = vec![0; 2 * self.slots.len()];
        (1..=found).for_each(|found| self.fill(found));
    }

    fn fill(&mut self, found: u32) {
        let mask = self.mask();
        let key = self.key(found);
        let mut at = first_slot(key);
        while self.slots.get(at & mask as usize).is_some_and(|slot| *slot != 0) {
            at = at.wrapping_add(1);
        }
        if let Some(slot) = self.slots.get_mut(at & mask as usize) {
            *slot = tag(key, mask) | found;
        }
    }

    #[inline]
    fn key(&self, found: u32) -> u64 {
        self.entries.get(found as usize).map_or(0, |(key, _)| *key)
    }

    /// The bits of a slot that are an index: there are fewer entries than slots.
    #[inline]
    fn mask(&self) -> u32 {
        self.slots.len().wrapping_sub(1) as u32
    }
}

/// Where a key is looked for first.
const fn first_slot(key: u64) -> usize {
    (key ^ (key >> 29)) as usize
}

/// The bits of a key that a slot keeps.
const fn tag(key: u64, mask: u32) -> u32 {
    (key >> 32) as u32 & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_is_found_again_however_much_comes_in() {
        let mut lookup = Lookup::<u32>::default();
        assert_eq!(lookup.get(7), None);
        for round in 0..2 {
            for key in 1..=1000_u64 {
                // Many of these share a slot at first.
                lookup.change(key << 10, |value| *value += key as u32 + round);
            }
        }
        assert!((1..=1000).all(|key| lookup.get(key << 10) == Some(2 * key as u32 + 1)));
        assert_eq!((lookup.get(0), lookup.get(5)), (None, None));
        assert_eq!(lookup.iter().count(), 1000);
        assert!(2 * lookup.entries.len() <= lookup.slots.len(), "at most half full");
    }
}
