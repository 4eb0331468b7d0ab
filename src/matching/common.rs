//! What two texts have in common at the most, order apart: a look that is far cheaper than an alignment.
//!
//! Most pairs that meet by a gram share little more than that. What the words tell that both have, whatever their
//! order, settles such pairs without aligning them; it is a condition of every link.

use super::frequency::UNIT;
use super::sequence::{Sequence, capped, information, mark, number};
use super::words::{GAP, Word};

/// The least share of one text's information that is in words which the other has too. Coverage takes more; what is
/// between the two is for misspellings, and for words that brackets replace.
const SHARE: f32 = 0.6;
/// What words in common must tell, in sixteenths of a nat, if they are a smaller share of both: the ends of two long
/// texts that overlap.
const OVERLAP: u32 = 55 * UNIT as u32;

/// A word that tells less in the background, in sixteenths of a nat, is in no sketch.
const SKETCHED: u8 = 5 * UNIT as u8;

/// How many places of a word are looked at for what stands behind it.
const PLACES: usize = 16;

/// A sketch of a text: a bit of 64 for each of its telling words, by the word alone.
pub(super) fn sketch(words: &[Word], ground: &[u8]) -> u64 {
    let telling = words.iter().zip(ground).filter(|(_, told)| **told >= SKETCHED);
    telling.fold(0, |sketch, (word, _)| sketch | 1 << (word.key.wrapping_mul(0x9e37_79b1) >> 26))
}

/// Whether two sketches have enough in common: half of the bits of the one that has fewer. No link without it; it
/// spares most pairs a look at their words.
pub(super) const fn may_share(a: u64, b: u64) -> bool {
    let (x, y) = (a.count_ones(), b.count_ones());
    (a & b).count_ones() * 2 >= if x < y { x } else { y }
}

/// The words of one text, to hold others against.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    /// Open addressing; the length is a power of two, at least twice the words.
    slots: Vec<Slot>,
    /// For each word, the next place of the same word, plus one.
    next: Vec<u32>,
    /// What the text tells.
    told: u32,
    round: u32,
    /// A bit for each word by the low bits of its number: most words of other texts are not here, and need no look.
    seen: [u64; SEEN / 64],
}

/// How many bits there are for the words of a text.
const SEEN: usize = 1024;

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The word, or [`EMPTY`].
    number: u32,
    /// What the text's words of this number tell together.
    told: u32,
    /// The last round that found it.
    round: u32,
    /// Its first place in the text, plus one.
    first: u32,
}

const EMPTY: u32 = u32::MAX;
const FREE: Slot = Slot { number: EMPTY, told: 0, round: 0, first: 0 };

impl Lookup {
    /// Reads the text that others are held against from now on. O(n).
    #[expect(clippy::indexing_slicing, reason = "`find` gives a slot, and `next` is as long as the text")]
    pub(super) fn read(&mut self, text: Sequence<'_>) {
        let room = (text.len() * 2 + 2).next_power_of_two();
        self.slots.clear();
        self.slots.resize(room, FREE);
        self.next.clear();
        self.next.resize(text.len(), 0);
        (self.told, self.round) = (0, 0);
        self.seen = [0; SEEN / 64];
        for (at, &word) in text.0.iter().enumerate().rev() {
            let told = capped(word) as u32;
            self.told += told;
            self.seen[number(word) as usize % SEEN / 64] |= 1 << (number(word) % 64);
            let found = self.find(number(word));
            let slot = &mut self.slots[found];
            self.next[at] = slot.first;
            *slot = Slot { number: number(word), told: slot.told + told, round: 0, first: at as u32 + 1 };
        }
    }

    /// Whether the text may have a word.
    #[expect(clippy::indexing_slicing, reason = "the remainder keeps it inside")]
    const fn may_have(&self, number: u32) -> bool {
        self.seen[number as usize % SEEN / 64] >> (number % 64) & 1 > 0
    }

    /// The slot of a word, or the empty one where it would be.
    #[expect(clippy::indexing_slicing, reason = "the mask keeps it inside, and half of the slots are empty")]
    fn find(&self, number: u32) -> usize {
        let mask = self.slots.len() - 1;
        // Numbers are given one after the other, so their low bits are spread as well as a hash's.
        let mut at = number as usize & mask;
        loop {
            let there = self.slots[at].number;
            if there == number || there == EMPTY {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// The first place of a word in the text that was read, plus one; nought if it is not there.
    pub(super) fn first(&self, number: u32) -> u32 {
        if !self.may_have(number) {
            return 0;
        }
        self.slots.get(self.find(number)).map_or(0, |slot| slot.first)
    }

    /// The next place of the word that stands at a place, plus one; nought if it was the last.
    pub(super) fn after(&self, at: u32) -> u32 {
        self.next.get(at as usize).copied().unwrap_or(0)
    }

    /// Whether the text has a word more often than `times`.
    pub(super) fn is_frequent(&self, number: u32, times: usize) -> bool {
        let mut place = self.first(number);
        for _ in 0..times {
            match place.checked_sub(1) {
                Some(at) => place = self.after(at),
                None => return false,
            }
        }
        place > 0
    }

    /// What words in common tell, in sixteenths of a nat, or nothing if that is less than `least` or too little for a
    /// link whatever their order. Which of the two texts was read and which is held against it makes no difference.
    /// O(m).
    #[expect(
        clippy::indexing_slicing,
        reason = "`find` gives a slot; no chunk is longer than what is shared"
    )]
    pub(super) fn hold(&mut self, other: Sequence<'_>, least: u32) -> Option<u32> {
        self.round += 1;
        let (mut total, mut theirs, mut ours) = (0, 0, 0);
        // Whether a word is in both is anybody's guess, which a processor gets wrong as often as anybody. So those that
        // may be are put together first, with no branch on it, and then nearly all of them are.
        let mut shared = [0; 64];
        for words in other.0.chunks(shared.len()) {
            let mut count = 0;
            for &word in words {
                total += capped(word) as u32;
                shared[count] = word;
                count += usize::from(self.may_have(number(word)));
            }
            for &word in &shared[..count] {
                let found = self.find(number(word));
                let slot = &mut self.slots[found];
                if slot.first == 0 {
                    continue;
                }
                theirs += capped(word) as u32;
                if slot.round != self.round {
                    slot.round = self.round;
                    ours += slot.told;
                }
            }
        }
        let is_share = |part: u32, whole: u32| part as f32 >= SHARE * whole as f32;
        let common = ours.min(theirs);
        let enough = is_share(theirs, total) || is_share(ours, self.told) || common >= OVERLAP;
        (enough && common >= least.max(1)).then_some(common)
    }

    /// What the neighbours tell, in sixteenths of a nat, that another text and `ours`, which was read, have in common: as
    /// grams no less than they [share](super::fingerprint::shared), but for two grams of one hash. O(m).
    pub(super) fn neighbours(&self, ours: Sequence<'_>, other: Sequence<'_>) -> u32 {
        let pairs = other.0.iter().zip(other.0.iter().skip(1));
        let common = pairs.filter(|&(&first, &second)| {
            let may_have = self.may_have(number(first)) && self.may_have(number(second));
            may_have && mark(second) & GAP == 0 && self.has_pair(ours, number(first), number(second))
        });
        common.map(|(_, &second)| information(second) as u32 + 1).sum()
    }

    /// Whether `ours`, which was read, has the one word right before the other, or the one so often that it may.
    fn has_pair(&self, ours: Sequence<'_>, first: u32, second: u32) -> bool {
        let mut place = self.first(first);
        for _ in 0..PLACES {
            let Some(at) = place.checked_sub(1) else { return false };
            if ours.number(at as usize + 1) == second {
                return true;
            }
            place = self.after(at);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words by their numbers, each telling as many nats as the number says.
    fn text(words: &[u32]) -> Vec<u32> {
        words.iter().map(|&word| word << 11 | (word * 16).min(255)).collect()
    }

    fn hold(a: &[u32], b: &[u32]) -> Option<u32> {
        let (a, b) = (text(a), text(b));
        let (mut lookup, mut other) = (Lookup::default(), Lookup::default());
        lookup.read(Sequence(&a));
        other.read(Sequence(&b));
        let found = lookup.hold(Sequence(&b), 0);
        assert_eq!(found, other.hold(Sequence(&a), 0));
        found
    }

    #[test]
    fn most_of_one_text_must_be_in_the_other() {
        assert!(hold(&[5, 1, 6, 7, 1, 8, 3, 9], &[7, 1, 8]).is_some());
        assert!(hold(&[5, 1, 6, 7, 1, 8], &[7, 1, 2, 4, 9]).is_none());
        assert!(hold(&[], &[7]).is_none());
    }

    #[test]
    fn order_makes_no_difference_and_rounds_are_apart() {
        assert!(hold(&[1, 2, 3, 4], &[4, 3, 2, 1]).is_some());
        let (words, mut lookup) = (text(&[4, 5, 4, 6]), Lookup::default());
        lookup.read(Sequence(&words));
        assert_eq!(lookup.hold(Sequence(&words), 0), Some(19 * 16));
        assert_eq!(lookup.hold(Sequence(&words), 0), Some(19 * 16));
        assert_eq!([lookup.first(4), lookup.after(0), lookup.after(2), lookup.first(7)], [1, 3, 0, 0]);
        assert_eq!(
            lookup.neighbours(Sequence(&words), Sequence(&text(&[9, 4, 6, 5, 4, 4]))),
            6 * 16 + 1 + 4 * 16 + 1
        );
        assert!(lookup.is_frequent(4, 1) && !lookup.is_frequent(4, 2) && !lookup.is_frequent(7, 0));
    }
}
