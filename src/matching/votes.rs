//! Counting what each known form shares with a new one.

/// Sums by form, for the few forms that one quotation meets: a cell a form, and which of them are not nought.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    sums: Vec<u16>,
    used: Vec<u32>,
}

impl Votes {
    /// Makes room for `forms` of them.
    pub(super) fn reserve(&mut self, forms: usize) {
        if self.sums.len() < forms {
            self.sums.resize(forms.next_power_of_two(), 0);
        }
    }

    /// Adds `told` to what `form`, for which there is room, has; no more than a `u16` holds.
    pub(super) fn add(&mut self, form: u32, told: u32) {
        let Some(sum) = self.sums.get_mut(form as usize) else { return };
        if *sum == 0 {
            self.used.push(form);
        }
        *sum = sum.saturating_add(told as u16);
    }

    /// Gives every form and its sum, and forgets them.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u32)) {
        for form in self.used.drain(..) {
            if let Some(sum) = self.sums.get_mut(form as usize) {
                each(form, u32::from(std::mem::take(sum)));
            }
        }
    }

    /// Bytes in use.
    pub(super) const fn bytes(&self) -> usize {
        self.sums.len() * 2
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
