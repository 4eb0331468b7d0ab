//! The wordings of an index, each once: its words, what names it, and how many quotations have it now.
//!
//! All is in columns: what is asked of many wordings for each new one, and asked first, is small enough to stay near the
//! processor.

use super::sequence::Sequence;

/// The wordings known, by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    /// What each tells ([`Sequence::total`]).
    told: Vec<u16>,
    /// The [`sketch`](super::common::sketch) of each.
    sketches: Vec<u64>,
    /// Where the words of each begin in all words; they end where those of the next one begin.
    starts: Vec<u32>,
    hashes: Vec<u64>,
    printings: Vec<u32>,
    words: Vec<u32>,
    /// Numbers plus one by hash: open addressing, the next slots on a clash, nought for an empty one.
    exact: Vec<u32>,
    /// How many of its slots are taken.
    taken: usize,
}

impl Forms {
    pub(super) const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The words of a form; none of one that tells too little to be compared.
    pub(super) fn sequence(&self, form: u32) -> Sequence<'_> {
        Sequence(self.words.get(self.from(form)..self.from(form + 1)).unwrap_or_default())
    }

    /// Reads the words of forms ahead that will be asked for one by one: the first, the middle and the last one, which
    /// of most are in all the lines of memory that the words lie in.
    pub(super) fn touch(&self, forms: impl Iterator<Item = u32>) {
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let seen = forms.fold(0, |seen, form| {
            let (from, end) = (self.from(form), self.from(form + 1));
            seen ^ word(from) ^ word(from.midpoint(end)) ^ word(end.wrapping_sub(1))
        });
        std::hint::black_box(seen);
    }

    /// Where its words begin.
    fn from(&self, form: u32) -> usize {
        self.starts.get(form as usize).map_or(self.words.len(), |&start| start as usize)
    }

    /// What it tells.
    pub(super) fn told(&self, form: u32) -> u16 {
        self.told.get(form as usize).copied().unwrap_or(0)
    }

    /// Its sketch.
    pub(super) fn sketch(&self, form: u32) -> u64 {
        self.sketches.get(form as usize).copied().unwrap_or(0)
    }

    /// What names it.
    pub(super) fn hash(&self, form: u32) -> u64 {
        self.hashes.get(form as usize).copied().unwrap_or(0)
    }

    /// Whether a quotation has it now.
    pub(super) fn is_alive(&self, form: u32) -> bool {
        self.printings.get(form as usize).is_some_and(|&printings| printings > 0)
    }

    /// For each form, how long it is and what names it.
    pub(super) fn order(&self) -> Vec<(u32, u64)> {
        (0..self.len() as u32).map(|form| (self.sequence(form).len() as u32, self.hash(form))).collect()
    }

    /// The living form of this hash. Two forms of one hash differ in nothing that matters but once in 10^12 collections
    /// of a million.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        let mut slot = self.slot(hash);
        loop {
            let form = self.exact.get(slot)?.checked_sub(1)?;
            if self.hash(form) == hash && self.is_alive(form) {
                return Some(form);
            }
            slot = (slot + 1) & (self.exact.len() - 1);
        }
    }

    const fn slot(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & self.exact.len().wrapping_sub(1)
    }

    /// One more quotation has it.
    pub(super) fn print(&mut self, form: u32) {
        if let Some(printings) = self.printings.get_mut(form as usize) {
            *printings += 1;
        }
    }

    /// One quotation fewer has it; whether that was the last one.
    pub(super) fn unprint(&mut self, form: u32) -> bool {
        let Some(printings) = self.printings.get_mut(form as usize) else { return false };
        let last = *printings == 1;
        *printings = printings.saturating_sub(1);
        last
    }

    /// A new form, that one quotation has. One without words is found by nobody.
    pub(super) fn push(&mut self, hash: u64, words: &[u32], sketch: u64) -> u32 {
        let form = self.len() as u32;
        self.told.push(Sequence(words).total());
        self.sketches.push(sketch);
        self.starts.push(self.words.len() as u32);
        self.words.extend_from_slice(words);
        self.hashes.push(hash);
        self.printings.push(1);
        if !words.is_empty() {
            self.list(form, hash);
        }
        form
    }

    fn list(&mut self, form: u32, hash: u64) {
        if (self.taken + 1) * 4 > self.exact.len() * 3 {
            self.grow();
        }
        let mut slot = self.slot(hash);
        while self.exact.get(slot).is_some_and(|&taken| taken > 0) {
            slot = (slot + 1) & (self.exact.len() - 1);
        }
        if let Some(slot) = self.exact.get_mut(slot) {
            *slot = form + 1;
            self.taken += 1;
        }
    }

    /// Twice the room, for the forms that are alive.
    fn grow(&mut self) {
        let room = (self.exact.len() * 2).max(16);
        let old = std::mem::replace(&mut self.exact, vec![0; room]);
        self.taken = 0;
        for form in old.into_iter().filter_map(|taken| taken.checked_sub(1)) {
            if self.is_alive(form) {
                self.list(form, self.hash(form));
            }
        }
    }

    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.len() * (2 + 8 + 4 + 8 + 4) + self.words.len() * 4 + self.exact.len() * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_while_somebody_has_them() {
        let mut forms = Forms::default();
        for number in 0..1000_u32 {
            forms.push(u64::from(number) << 40, &[number << 11, 7 << 11], 0);
        }
        assert!((0..1000).all(|number| forms.find(u64::from(number) << 40) == Some(number)));
        assert_eq!(forms.sequence(3).0, [3 << 11, 7 << 11]);
        forms.print(5);
        assert!(!forms.unprint(5) && forms.unprint(5));
        assert_eq!(forms.find(5 << 40), None);
        assert_eq!(forms.push(5 << 40, &[9 << 11], 0), 1000);
        assert_eq!(forms.find(5 << 40), Some(1000));
        assert_eq!(forms.find(77), None);
    }
}
