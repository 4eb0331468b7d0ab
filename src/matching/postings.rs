//! Which forms have a gram: an open-addressing table from gram to a list.
//!
//! Eight bytes an entry. A list of one is kept in the entry itself; longer ones lie in blocks of a power of two (the
//! first number is the list's length), moved to one twice as large when full, whose old place goes to the next list of
//! that size. A list that outgrows [`LONGEST`] says nothing any more: its place is given back and it stays *saturated*.
//!
//! The place of a gram rises with the high bits of its hash, so that making the table larger reads the old one and
//! writes the new one from front to back.

use super::table::AHEAD;

/// The longest list; a gram that more forms have is no way to find one of them.
pub(super) const LONGEST: usize = 511;
/// The smallest block: a length and three forms.
const SMALLEST: usize = 4;
/// Set in an entry whose list lies in a block.
const BLOCK: u32 = 1 << 31;
const SATURATED: u32 = u32::MAX;
const NOBODY: u32 = BLOCK - 1;
const EMPTY: Entry = Entry { gram: 0, holds: NOBODY };

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Nought is an empty place; the gram nought is taken for one.
    gram: u32,
    /// The form itself, or a block's start with [`BLOCK`] set, or [`SATURATED`], or [`NOBODY`].
    holds: u32,
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
        // Three quarters full at the most, and a third larger each time: two thirds full on average.
        if (self.used + more) * 4 <= self.entries.len() * 3 {
            return;
        }
        // Grams that nobody has any more don't come along.
        let is_held = |entry: &Entry| entry.gram != 0 && entry.holds != NOBODY;
        self.used = self.entries.iter().filter(|entry| is_held(entry)).count();
        let slots = ((self.used + more) * 16 / 9).max(64);
        let old = std::mem::replace(&mut self.entries, vec![EMPTY; slots]);
        for entry in old.into_iter().filter(is_held) {
            let place = self.place(entry.gram);
            if let Some(slot) = self.entries.get_mut(place) {
                *slot = entry;
            }
        }
    }

    /// Where `gram` is, or would be. [`Self::reserve`] must have been called.
    pub(super) fn place(&self, gram: u32) -> usize {
        self.place_from(self.home(gram), gram.max(1))
    }

    /// Where to look for a gram first.
    fn home(&self, gram: u32) -> usize {
        let hash = u64::from(gram.max(1).wrapping_mul(0x9e37_79b1));
        ((hash * self.entries.len() as u64) >> 32) as usize
    }

    /// Where at most [`AHEAD`] grams are, or would be, and how many forms have each, the largest number if too many. All
    /// entries are read before any is compared, and then all lengths, since reads that do not wait for one another wait
    /// for the memory together.
    pub(super) fn find_ahead(&self, grams: impl Iterator<Item = u32> + Clone, found: &mut [(usize, u32)]) {
        let mut holds = [EMPTY; AHEAD];
        for (entry, gram) in holds.iter_mut().zip(grams.clone()) {
            *entry = self.entries.get(self.home(gram)).copied().unwrap_or(EMPTY);
        }
        for ((entry, gram), found) in holds.iter_mut().zip(grams.clone()).zip(found.iter_mut()) {
            found.0 = self.home(gram);
            if entry.gram != 0 && entry.gram != gram.max(1) {
                found.0 = self.place(gram);
                entry.holds = self.holds(found.0);
            }
        }
        for ((entry, _), found) in holds.iter().zip(grams).zip(found) {
            found.1 = match entry.holds {
                SATURATED => u32::MAX,
                NOBODY => 0,
                holds if holds & BLOCK == 0 => 1,
                holds => self.pool.get((holds & !BLOCK) as usize).copied().unwrap_or(0),
            };
        }
    }

    fn place_from(&self, mut place: usize, gram: u32) -> usize {
        while self.entries.get(place).is_some_and(|entry| entry.gram != 0 && entry.gram != gram) {
            place += 1;
            if place == self.entries.len() {
                place = 0;
            }
        }
        place
    }

    fn holds(&self, place: usize) -> u32 {
        self.entries.get(place).map_or(NOBODY, |entry| entry.holds)
    }

    fn block(&self, holds: u32) -> &[u32] {
        let at = (holds & !BLOCK) as usize;
        let length = self.pool.get(at).map_or(0, |length| *length as usize);
        self.pool.get(at + 1..at + 1 + length).unwrap_or_default()
    }

    /// The forms that have the gram at `place`.
    pub(super) fn list(&self, place: usize) -> &[u32] {
        match self.entries.get(place) {
            None | Some(Entry { holds: SATURATED | NOBODY, .. }) => &[],
            Some(Entry { holds, .. }) if holds & BLOCK == 0 => std::slice::from_ref(holds),
            Some(Entry { holds, .. }) => self.block(*holds),
        }
    }

    /// Adds a form to the list of `gram`, whose place was `place` when room was last made.
    #[expect(clippy::indexing_slicing, reason = "places and blocks are given out by this type alone")]
    pub(super) fn push(&mut self, place: usize, gram: u32, form: u32) {
        let gram = gram.max(1);
        // Another new gram may have taken the empty place since.
        let place = self.place_from(place, gram);
        let Some(&Entry { gram: there, holds }) = self.entries.get(place) else { return };
        if there == 0 {
            self.used += 1;
        }
        self.entries[place] = Entry {
            gram,
            holds: match holds {
                SATURATED => SATURATED,
                NOBODY => form,
                other if other & BLOCK == 0 => {
                    let at = self.take(SMALLEST);
                    self.pool[at as usize..at as usize + 3].copy_from_slice(&[2, other, form]);
                    at | BLOCK
                }
                block => self.push_to_block(block & !BLOCK, form),
            },
        };
    }

    /// Adds a form to a block, perhaps a larger one; what the entry then holds.
    #[expect(clippy::indexing_slicing, reason = "places and blocks are given out by this type alone")]
    fn push_to_block(&mut self, at: u32, form: u32) -> u32 {
        let size = self.pool[at as usize] as usize + 1;
        let mut to = at;
        if size > LONGEST {
            self.give_back(at, size);
            return SATURATED;
        }
        if size >= SMALLEST && size.is_power_of_two() {
            to = self.take(size * 2);
            self.pool.copy_within(at as usize..at as usize + size, to as usize);
            self.give_back(at, size);
        }
        self.pool[to as usize] += 1;
        self.pool[to as usize + size] = form;
        to | BLOCK
    }

    /// Takes a form out of the list of `gram`; the order of the list is of no meaning.
    #[expect(clippy::indexing_slicing, reason = "places and blocks are given out by this type alone")]
    pub(super) fn remove(&mut self, gram: u32, form: u32) {
        if self.entries.is_empty() {
            return;
        }
        let place = self.place(gram);
        let Some(found) = self.list(place).iter().position(|&other| other == form) else { return };
        let holds = self.entries[place].holds;
        if holds & BLOCK == 0 {
            self.entries[place].holds = NOBODY;
            return;
        }
        let at = (holds & !BLOCK) as usize;
        let length = self.pool[at] as usize;
        self.pool.swap(at + 1 + found, at + length);
        self.pool[at] -= 1;
        if length == 2 {
            self.entries[place].holds = self.pool[at + 1];
            self.give_back(at as u32, SMALLEST);
        } else if length >= SMALLEST && length.is_power_of_two() {
            // The block is now twice what the list takes.
            let to = self.take(length);
            self.pool.copy_within(at..at + length, to as usize);
            self.give_back(at as u32, length * 2);
            self.entries[place].holds = to | BLOCK;
        }
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

    /// Gives a block of `size` (a power of two) back.
    fn give_back(&mut self, at: u32, size: usize) {
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
    fn grams_that_come_and_go_take_no_room() {
        let mut postings = Postings::default();
        for gram in 0..10_000 {
            push(&mut postings, gram * 7 + 1, gram);
            if gram % 100 > 0 {
                postings.remove(gram * 7 + 1, gram);
            }
        }
        assert!(postings.entries.len() < 1000, "{}", postings.entries.len());
        assert!((0..100).all(|gram| list(&postings, gram * 700 + 1) == [gram * 100]));
    }

    #[test]
    fn a_gram_of_everybody_is_given_up() {
        let mut postings = Postings::default();
        for form in 0..2 * LONGEST as u32 {
            push(&mut postings, 7, form);
        }
        let mut found = [(0, 0)];
        postings.find_ahead(std::iter::once(7), &mut found);
        assert_eq!(found, [(postings.place(7), u32::MAX)]);
        assert_eq!(list(&postings, 7), [0; 0]);
    }
}
