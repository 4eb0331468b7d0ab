//! Counting what each known form shares with a new one: a small table that stays in the fastest memory.

/// The room to start with: twice the postings that one quotation may look at by default.
const SLOTS: usize = 1024;

/// Sums by form, for the few forms that one quotation meets.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    /// A form plus one, so that nought is an empty slot, and its sum; a length of a power of two.
    slots: Vec<(u32, u32)>,
    used: Vec<u32>,
}

impl Votes {
    /// Adds `told` to what `form` has.
    pub(super) fn add(&mut self, form: u32, told: u32) {
        if self.used.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = form.wrapping_mul(0x9e37_79b1) as usize >> 7 & mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == form + 1 {
                slot.1 += told;
                return;
            }
            if slot.0 == 0 {
                *slot = (form + 1, told);
                self.used.push(at as u32);
                return;
            }
            at = (at + 1) & mask;
        }
    }

    /// Gives every form and its sum, and forgets them.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for at in self.used.drain(..) {
            if let Some((form, sum)) = self.slots.get_mut(at as usize).map(std::mem::take) {
                each(form.wrapping_sub(1), sum);
            }
        }
    }

    fn grow(&mut self) {
        let room = (self.slots.len() * 2).max(SLOTS);
        let mut all = Vec::with_capacity(self.used.len());
        self.drain(|form, sum| all.push((form, sum)));
        self.slots = vec![(0, 0); room];
        for (form, sum) in all {
            self.add(form, sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_given_once() {
        let mut votes = Votes::default();
        for n in 0..9000_u32 {
            votes.add(n % 3000 * 4096, 2);
        }
        let mut given = Vec::new();
        votes.drain(|form, sum| given.push((form, sum)));
        given.sort_unstable();
        assert_eq!(given.len(), 3000);
        assert!(given.iter().all(|(_, sum)| *sum == 6));
        votes.drain(|_, _| panic!("forgotten"));
    }
}
