//! Which forms have a gram: an open-addressing table from gram to a contiguous list.
//!
//! A list of one is kept in the table itself; longer ones lie in blocks of a power of two, moved to one twice as
//! large when full, whose old place goes to the next list of that size. A list that outgrows [`LONGEST`] says
//! nothing any more: its place is given back and it stays *saturated*.

/// The longest list; a gram that more forms have is no way to find one of them.
pub(super) const LONGEST: usize = 512;
const SATURATED: u32 = u32::MAX;
/// Lists longer than this would be mistaken for saturated ones.
const EMPTY: Entry = Entry { gram: 0, length: 0, at: 0 };

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Nought is an empty place; the gram nought is taken for one.
    gram: u32,
    length: u32,
    /// The form itself in a list of one, or where the block starts.
    at: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    entries: Vec<Entry>,
    used: usize,
    pool: Vec<u32>,
    /// Blocks given back, by the logarithm of their size.
    free: Vec<Vec<u32>>,
}

impl Postings {
    /// Makes room for `more` new grams, so that places stay what they are until then.
    pub(super) fn reserve(&mut self, more: usize) {
        if (self.used + more) * 5 <= self.entries.len() * 4 {
            return;
        }
        let slots = ((self.used + more) * 5 / 4).next_power_of_two().max(64);
        let old = std::mem::replace(&mut self.entries, vec![EMPTY; slots]);
        for entry in old.into_iter().filter(|entry| entry.gram != 0) {
            let place = self.place(entry.gram);
            if let Some(slot) = self.entries.get_mut(place) {
                *slot = entry;
            }
        }
    }

    /// Where `gram` is, or would be. [`Self::reserve`] must have been called.
    pub(super) fn place(&self, gram: u32) -> usize {
        let gram = gram.max(1);
        let mask = self.entries.len().wrapping_sub(1);
        let mut place = (gram.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        while self.entries.get(place).is_some_and(|entry| entry.gram != 0 && entry.gram != gram) {
            place = (place + 1) & mask;
        }
        place
    }

    /// How many forms have the gram at `place`; `None` if it is saturated.
    pub(super) fn length(&self, place: usize) -> Option<usize> {
        let length = self.entries.get(place).map_or(0, |entry| entry.length);
        (length != SATURATED).then_some(length as usize)
    }

    /// The forms that have the gram at `place`.
    pub(super) fn list(&self, place: usize) -> &[u32] {
        match self.entries.get(place) {
            Some(Entry { length: 1, at, .. }) => std::slice::from_ref(at),
            Some(&Entry { length, at, .. }) if length != SATURATED => {
                self.pool.get(at as usize..at as usize + length as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Adds a form to the list of `gram`, whose place this is.
    #[expect(clippy::indexing_slicing, reason = "places and blocks are given out by this type alone")]
    pub(super) fn push(&mut self, place: usize, gram: u32, form: u32) {
        let Some(&Entry { length, at, .. }) = self.entries.get(place) else { return };
        if length == SATURATED {
            return;
        }
        let size = length as usize;
        let mut at = at;
        if size == 0 {
            if self.entries[place].gram == 0 {
                self.used += 1;
            }
            at = form;
        } else if size >= LONGEST {
            self.give_back(at, size);
            self.entries[place] = Entry { gram: gram.max(1), length: SATURATED, at: 0 };
            return;
        } else if size.is_power_of_two() {
            let new = self.take(size * 2);
            if size == 1 {
                self.pool[new as usize] = at;
            } else {
                self.pool.copy_within(at as usize..at as usize + size, new as usize);
                self.give_back(at, size);
            }
            at = new;
            self.pool[at as usize + size] = form;
        } else {
            self.pool[at as usize + size] = form;
        }
        self.entries[place] = Entry { gram: gram.max(1), length: length + 1, at };
    }

    /// Takes a form out of the list of `gram`; the order of the list is of no meaning.
    #[expect(clippy::indexing_slicing, reason = "places and blocks are given out by this type alone")]
    pub(super) fn remove(&mut self, gram: u32, form: u32) {
        if self.entries.is_empty() {
            return;
        }
        let place = self.place(gram);
        let Some(found) = self.list(place).iter().position(|&other| other == form) else { return };
        let Entry { length, at, .. } = self.entries[place];
        let (size, start) = (length as usize, at as usize);
        if size > 1 {
            self.pool.swap(start + found, start + size - 1);
            if (size - 1).is_power_of_two() {
                // The block is now twice what the list takes.
                let new = if size == 2 { self.pool[start] } else { self.take(size - 1) };
                if size > 2 {
                    self.pool.copy_within(start..start + size - 1, new as usize);
                }
                self.give_back(at, (size - 1) * 2);
                self.entries[place].at = new;
            }
        }
        self.entries[place].length = length - 1;
    }

    fn take(&mut self, size: usize) -> u32 {
        let class = size.trailing_zeros() as usize;
        if let Some(block) = self.free.get_mut(class).and_then(Vec::pop) {
            return block;
        }
        let at = self.pool.len();
        self.pool.resize(at + size, 0);
        at as u32
    }

    /// Gives a block of `size` (a power of two, above one) back.
    fn give_back(&mut self, at: u32, size: usize) {
        if size < 2 {
            return;
        }
        let class = size.trailing_zeros() as usize;
        if self.free.len() <= class {
            self.free.resize(class + 1, Vec::new());
        }
        if let Some(blocks) = self.free.get_mut(class) {
            blocks.push(at);
        }
    }

    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.entries.len() * size_of::<Entry>() + self.pool.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(postings: &mut Postings, gram: u32, form: u32) {
        postings.reserve(1);
        let place = postings.place(gram);
        postings.push(place, gram, form);
    }

    fn list(postings: &Postings, gram: u32) -> Vec<u32> {
        let mut forms = postings.list(postings.place(gram)).to_vec();
        forms.sort_unstable();
        forms
    }

    #[test]
    fn lists_grow_and_shrink() {
        let mut postings = Postings::default();
        for form in 0..40 {
            for gram in 0..form {
                push(&mut postings, gram * 3 + 1, form);
            }
        }
        assert_eq!(list(&postings, 1), (1..40).collect::<Vec<_>>());
        for form in (0..40).filter(|form| form % 3 > 0) {
            for gram in 0..form {
                postings.remove(gram * 3 + 1, form);
            }
        }
        for gram in 0..39 {
            let left: Vec<u32> = (gram + 1..40).filter(|form| form % 3 == 0).collect();
            assert_eq!(list(&postings, gram * 3 + 1), left, "{gram}");
        }
    }

    #[test]
    fn a_gram_of_everybody_is_given_up() {
        let mut postings = Postings::default();
        for form in 0..2 * LONGEST as u32 {
            push(&mut postings, 7, form);
        }
        assert_eq!(postings.length(postings.place(7)), None);
        assert_eq!(list(&postings, 7), [0; 0]);
    }
}
