//! Counting what each known form shares with a new one.

/// Sums by form, for the few forms that one quotation meets: a table of no more than they take, however many are known,
/// so that it stays near the processor.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    /// Open addressing: a form plus one, or nought, and its sum. The length is a power of two, at least twice the votes.
    sums: Vec<(u32, u32)>,
    used: Vec<u32>,
}

impl Votes {
    /// Makes room for so many votes.
    pub(super) fn reserve(&mut self, votes: usize) {
        if self.sums.len() < 2 * votes {
            self.sums.clear();
            self.sums.resize((2 * votes).next_power_of_two(), (0, 0));
        }
    }

    /// Adds `told` to what `form` has; there must be room.
    #[expect(clippy::indexing_slicing, reason = "the mask keeps it inside, and half of the sums are free")]
    pub(super) fn add(&mut self, form: u32, told: u32) {
        let mask = self.sums.len() - 1;
        let mut at = (u64::from(form).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & mask;
        while self.sums[at].0 != form + 1 {
            if self.sums[at].0 == 0 {
                self.sums[at].0 = form + 1;
                self.used.push(at as u32);
                break;
            }
            at = (at + 1) & mask;
        }
        self.sums[at].1 += told;
    }

    /// Gives every form and its sum, and forgets them.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for at in self.used.drain(..) {
            if let Some(sum) = self.sums.get_mut(at as usize) {
                let (form, told) = std::mem::take(sum);
                each(form - 1, told);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_given_once() {
        let mut votes = Votes::default();
        votes.reserve(3000);
        for n in 0..9000_u32 {
            votes.add(n % 3000, 2);
        }
        let mut given = Vec::new();
        votes.drain(|form, sum| given.push((form, sum)));
        given.sort_unstable();
        assert_eq!(given.len(), 3000);
        assert!(given.iter().all(|(_, sum)| *sum == 6));
        votes.drain(|_, _| panic!("forgotten"));
    }
}
