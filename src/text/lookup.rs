//! What is known of words, by their keys: a table that is read many times for each word of a text.

/// A map from word keys by open addressing, never more than half full. A key is its own hash; nought is none's.
///
/// Most words of a text are in no table, so the keys stand by themselves: a miss touches one cache line of them.
#[derive(Clone, Debug)]
pub(crate) struct Lookup<V> {
    keys: Vec<u64>,
    values: Vec<V>,
    full: usize,
}

impl<V> Default for Lookup<V> {
    fn default() -> Self {
        Self { keys: Vec::new(), values: Vec::new(), full: 0 }
    }
}

impl<V: Copy + Default> Lookup<V> {
    /// What is known of `key`. O(1).
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<V> {
        let mask = self.keys.len().wrapping_sub(1);
        let mut at = first_slot(key) & mask;
        loop {
            let found = *self.keys.get(at)?;
            if found == 0 {
                return None;
            }
            if found == key {
                return self.values.get(at).copied();
            }
            at = (at + 1) & mask;
        }
    }

    /// Changes what is known of `key`, from nothing if it is new.
    pub(crate) fn change(&mut self, key: u64, change: impl FnOnce(&mut V)) {
        if key == 0 {
            return;
        }
        if 2 * (self.full + 1) > self.keys.len() {
            self.grow();
        }
        let at = self.slot(key);
        if let (Some(found), Some(value)) = (self.keys.get_mut(at), self.values.get_mut(at)) {
            self.full += usize::from(*found == 0);
            *found = key;
            change(value);
        }
    }

    /// All keys and what is known of them, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, V)> + '_ {
        self.keys.iter().copied().zip(self.values.iter().copied()).filter(|(key, _)| *key != 0)
    }

    fn grow(&mut self) {
        let size = (4 * (self.full + 1)).next_power_of_two();
        let mut grown = Self { keys: vec![0; size], values: vec![V::default(); size], full: self.full };
        for (key, value) in self.iter() {
            let at = grown.slot(key);
            if let (Some(slot), Some(known)) = (grown.keys.get_mut(at), grown.values.get_mut(at)) {
                (*slot, *known) = (key, value);
            }
        }
        *self = grown;
    }

    /// Where `key` is or would be.
    fn slot(&self, key: u64) -> usize {
        let mask = self.keys.len().wrapping_sub(1);
        let mut at = first_slot(key) & mask;
        while self.keys.get(at).is_some_and(|&found| found != 0 && found != key) {
            at = (at + 1) & mask;
        }
        at
    }
}

const fn first_slot(key: u64) -> usize {
    (key ^ (key >> 29)) as usize
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
        assert!(2 * lookup.full <= lookup.keys.len(), "at most half full");
    }
}
