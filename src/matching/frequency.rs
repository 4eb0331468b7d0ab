//! How telling a word is: the explicit table of frequencies that every verdict depends on.
//!
//! The information of a word, in nats, is minus the logarithm of its probability given the word before it: “the”
//! tells little, “gas” after “greenhouse” tells little, “walrus” tells much. The probabilities come from two
//! sources. The **background** is shipped: counts over general news. A **collection** may be counted on top
//! ([`Counts`], which add up, so that parts counted on several machines make one); then [`Frequencies`] freezes
//! both into one table, which is named, and which no verdict ever changes.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::leb128;
use super::table::{AHEAD, Table};
use super::words::{self, GAP, Word, pair_key};

/// The shipped counts; `background.md` beside it names their source and their making.
static BACKGROUND: LazyLock<Frequencies> =
    LazyLock::new(|| Frequencies::read(include_bytes!("background.bin")));

/// Information is kept in sixteenths of a nat.
pub(super) const UNIT: f32 = 16.0;
/// The most that one word tells: what is seen once in eight million words, and what was never seen.
const MOST: f32 = 255.0 / UNIT;
/// Keys are cut to this many bits in the frozen table.
const KEY_BITS: u32 = 28;
/// Words of the collection that weigh as much as the background's word on how frequent a word is.
const PRIOR_WORDS: f32 = 200_000.0;
/// Occurrences of a word in the collection that weigh as much as the background's word on what follows it.
const PRIOR_PAIRS: f32 = 100.0;
/// Pairs counted less often tell nothing.
const RARE: u32 = 3;

/// Counts of words and of adjacent pairs of words in a collection. Counts of parts add up to those of the whole.
///
/// ```
/// use quotetrace::matching::Counts;
///
/// let (mut left, mut right, mut whole) = (Counts::new(), Counts::new(), Counts::new());
/// left.learn("we will rebuild");
/// right.learn("we will not leave");
/// whole.learn("we will not leave");
/// whole.learn("we will rebuild");
/// left.merge(&right);
/// assert_eq!(left, whole);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Counts {
    words: Table<u64, u32>,
    pairs: Table<u64, u32>,
    total: u64,
    texts: u64,
    scratch: Vec<Word>,
}

impl Counts {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the words and pairs of one text. O(n).
    pub fn learn(&mut self, text: &str) {
        let mut scratch = std::mem::take(&mut self.scratch);
        words::read(text, &mut scratch);
        let mut before: Option<u32> = None;
        for words in scratch.chunks(AHEAD) {
            self.words.touch(words.iter().map(|word| word.key.into()));
            self.pairs.touch(words.iter().zip(words.iter().skip(1)).map(|(a, b)| both(a.key, b.key)));
        }
        for word in &scratch {
            add(self.words.entry(u64::from(word.key)), 1);
            if let Some(before) = before.filter(|_| word.mark & GAP == 0) {
                add(self.pairs.entry(both(before, word.key)), 1);
            }
            before = Some(word.key);
        }
        self.total += scratch.len() as u64;
        self.texts += 1;
        self.scratch = scratch;
    }

    /// Adds the counts of another collection.
    pub fn merge(&mut self, other: &Self) {
        for (key, count) in other.words.iter() {
            add(self.words.entry(key), count);
        }
        for (key, count) in other.pairs.iter() {
            add(self.pairs.entry(key), count);
        }
        self.total = self.total.saturating_add(other.total);
        self.texts = self.texts.saturating_add(other.texts);
    }

    /// How many texts were counted.
    #[must_use]
    pub const fn texts(&self) -> u64 {
        self.texts
    }

    /// The entries in order of their keys: the same counts always give the same.
    fn sorted(table: &Table<u64, u32>) -> Vec<(u64, u32)> {
        let mut entries: Vec<(u64, u32)> = table.iter().collect();
        entries.sort_unstable();
        entries
    }
}

/// Adds to a count; four thousand million of a word are as good as more.
const fn add(count: &mut u32, more: u32) {
    *count = count.saturating_add(more);
}

impl PartialEq for Counts {
    fn eq(&self, other: &Self) -> bool {
        (self.total, self.texts) == (other.total, other.texts)
            && Self::sorted(&self.words) == Self::sorted(&other.words)
            && Self::sorted(&self.pairs) == Self::sorted(&other.pairs)
    }
}

#[derive(Serialize, Deserialize)]
struct CountsFile {
    version: u32,
    total: u64,
    texts: u64,
    words: Vec<(u64, u32)>,
    pairs: Vec<(u64, u32)>,
}

impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (words, pairs) = (Self::sorted(&self.words), Self::sorted(&self.pairs));
        CountsFile { version: super::VERSION, total: self.total, texts: self.texts, words, pairs }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = CountsFile::deserialize(deserializer)?;
        if file.version != super::VERSION {
            return Err(serde::de::Error::custom("counts of another version of the word keys"));
        }
        let mut counts = Self { total: file.total, texts: file.texts, ..Self::default() };
        for (key, count) in file.words {
            counts.words.insert(key & u64::from(u32::MAX), count);
        }
        for (key, count) in file.pairs {
            counts.pairs.insert(key, count);
        }
        Ok(counts)
    }
}

/// What a table knows of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// Its information by itself.
    alone: u8,
    /// The same by the background alone, whatever was learned: fingerprints depend on nothing else.
    ground: u8,
    /// What is added to the background's word on its successors, because the collection knows the word well and
    /// has not seen the pair.
    unseen: u8,
}

impl Known {
    /// Of two words that have one key in the table, the one that tells less, whichever comes first.
    fn or_commoner(self, other: Self) -> Self {
        let rank = |known: Self| (known.alone, known.ground, std::cmp::Reverse(known.unseen));
        if rank(other) < rank(self) { other } else { self }
    }
}

/// A word that neither the background nor the collection has.
const UNKNOWN: Known = Known { alone: u8::MAX, ground: u8::MAX, unseen: 0 };

/// A frozen table of frequencies: how telling each word and each adjacent pair of words is.
///
/// Verdicts depend on a pair of quotations and on this table, nothing else. Clone it freely, share it between
/// threads, and name it in results ([`Frequencies::name`]).
///
/// ```
/// use quotetrace::matching::{Counts, Frequencies};
///
/// let table = Frequencies::background();
/// assert!(table.information("walrus") > table.information("the") + 5.0);
///
/// let mut counts = Counts::new();
/// for _ in 0..1000 {
///     counts.learn("the walrus committee");
/// }
/// let learned = Frequencies::learned("walrus committee", &counts);
/// assert!(learned.information("walrus") < table.information("walrus"));
/// ```
#[derive(Clone, Debug)]
pub struct Frequencies {
    name: String,
    words: Arc<Table<u32, Known>>,
    /// By the pair's key: information of the second word after the first; `true` where the collection has it.
    pairs: Arc<Table<u32, (u8, bool)>>,
    /// Texts of the collection; the more there are, the more evidence a link takes.
    texts: u64,
}

impl Default for Frequencies {
    fn default() -> Self {
        Self::background().clone()
    }
}

impl Frequencies {
    /// The shipped table: general news. Read once, on first use (about a millisecond).
    #[must_use]
    pub fn background() -> &'static Self {
        &BACKGROUND
    }

    /// The background blended with the counts of a collection: the more it was counted, the more it decides.
    /// O(entries).
    #[must_use]
    pub fn learned(name: &str, counts: &Counts) -> Self {
        let ground = Self::background();
        let mut words = Table::clone(&ground.words);
        let mut pairs = Table::clone(&ground.pairs);
        words.reserve(words.len() + counts.words.len());
        let total = counts.total as f32;
        for (key, known) in ground.words.iter() {
            // A word of the background that the collection lacks is the rarer for it.
            let alone = f32::from(known.alone) / UNIT;
            let blended = -((-alone).exp() * PRIOR_WORDS / (total + PRIOR_WORDS)).ln();
            let ground = pack(alone);
            words.insert(key, Known { alone: pack(blended), ground, unseen: 0 });
        }
        for (key, count) in counts.words.iter() {
            let alone = ground.alone(key as u32);
            let count = count as f32;
            let blended = -((count + PRIOR_WORDS * (-alone).exp()) / (total + PRIOR_WORDS)).ln();
            let unseen = ((count + PRIOR_PAIRS) / PRIOR_PAIRS).ln();
            let known = Known { alone: pack(blended), ground: pack(alone), unseen: pack(unseen) };
            let key = cut(key as u32);
            words.insert(key, words.get(key).map_or(known, |there| there.or_commoner(known)));
        }
        let learned = || counts.pairs.iter().filter(|(_, count)| *count >= RARE);
        pairs.reserve(pairs.len() + learned().count());
        for (key, count) in learned() {
            let (first, second) = ((key >> 32) as u32, key as u32);
            let of_first = counts.words.get(u64::from(first)).unwrap_or(count) as f32;
            let after = (-ground.after(first, second)).exp();
            let blended = -((count as f32 + PRIOR_PAIRS * after) / (of_first + PRIOR_PAIRS)).ln();
            let (key, told) = (cut(pair_key(first, second)), pack(blended));
            let other = pairs.get(key).filter(|(_, learned)| *learned).map_or(told, |(other, _)| other);
            pairs.insert(key, (told.min(other), true));
        }
        let (words, pairs) = (Arc::new(words), Arc::new(pairs));
        Self { name: name.to_owned(), words, pairs, texts: counts.texts }
    }

    /// What it was made from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many texts of a collection it was learned from; nought for the background.
    #[must_use]
    pub const fn texts(&self) -> u64 {
        self.texts
    }

    /// The information, in nats, of a text's words, each given the one before it. O(n).
    #[must_use]
    pub fn information(&self, text: &str) -> f32 {
        let (mut words, mut information) = (Vec::new(), Vec::new());
        words::read(text, &mut words);
        self.weigh(&words, &mut information, &mut Vec::new());
        information.iter().map(|&unit| f32::from(unit) / UNIT).sum()
    }

    /// The words of `text` that tell at least `least` nats by themselves, as a word of the background does, each with
    /// what it tells.
    pub(super) fn telling(&self, text: &str, least: f32) -> impl Iterator<Item = (f32, u32)> + use<> {
        let (mut words, mut ground) = (Vec::new(), Vec::new());
        words::read(text, &mut words);
        self.weigh(&words, &mut Vec::new(), &mut ground);
        let told = ground.into_iter().map(|unit| f32::from(unit) / UNIT);
        told.zip(words).filter(move |(told, _)| *told >= least).map(|(told, word)| (told, word.key))
    }

    /// The information of each word given the one before it, and by itself in the background, in sixteenths of a nat.
    pub(super) fn weigh(&self, words: &[Word], out: &mut Vec<u8>, ground: &mut Vec<u8>) {
        out.clear();
        ground.clear();
        let mut before: Option<(u32, Known)> = None;
        for words in words.chunks(AHEAD) {
            let (mut alone, mut pairs) = ([0; AHEAD], [0; AHEAD]);
            let mut first = before.map_or(0, |(key, _)| key);
            for ((alone, pair), word) in alone.iter_mut().zip(&mut pairs).zip(words) {
                (*alone, *pair) = (cut(word.key), cut(pair_key(first, word.key)));
                first = word.key;
            }
            let (alone, pairs) = (self.words.get_ahead(alone), self.pairs.get_ahead(pairs));
            for ((word, known), pair) in words.iter().zip(alone).zip(pairs) {
                let known = known.unwrap_or(UNKNOWN);
                let told = match (before.filter(|_| word.mark & GAP == 0), pair) {
                    (Some(_), Some((told, true))) => told,
                    (Some((_, first)), Some((told, false))) => {
                        told.saturating_add(first.unseen).min(known.alone)
                    }
                    _ => known.alone,
                };
                out.push(told);
                ground.push(known.ground);
                before = Some((word.key, known));
            }
        }
    }

    fn alone(&self, key: u32) -> f32 {
        self.words.get(cut(key)).map_or(MOST + 1.0, |known| f32::from(known.alone) / UNIT)
    }

    fn after(&self, first: u32, second: u32) -> f32 {
        let pair = self.pairs.get(cut(pair_key(first, second)));
        pair.map_or_else(|| self.alone(second), |(told, _)| f32::from(told) / UNIT)
    }

    /// Reads the shipped form: for words and then pairs, a count, then by rising key the difference to the last
    /// key as a LEB128 number and a byte of information. What does not hold together ends the reading.
    fn read(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().copied();
        let (mut words, mut pairs) = (Table::default(), Table::default());
        let (known, told) = (part(&mut bytes), part(&mut bytes));
        words.reserve(known.len());
        for (key, alone) in known {
            words.insert(key, Known { alone, ground: alone, unseen: 0 });
        }
        pairs.reserve(told.len());
        for (key, told) in told {
            pairs.insert(key, (told, false));
        }
        let (words, pairs) = (Arc::new(words), Arc::new(pairs));
        Self { name: "background".to_owned(), words, pairs, texts: 0 }
    }

    /// The shipped form of counted words and pairs, at most `words` and `pairs` of them: words by count, pairs by
    /// how much the count times the information that they save. For the program that makes the background.
    #[doc(hidden)]
    #[must_use]
    pub fn background_bytes(counts: &Counts, words: usize, pairs: usize) -> Vec<u8> {
        let total = counts.total as f32;
        let mut chosen = Counts::sorted(&counts.words);
        chosen.sort_by_key(|&(key, count)| (std::cmp::Reverse(count), key));
        chosen.truncate(words);
        let alone = chosen
            .iter()
            .map(|&(key, count)| (u64::from(cut(key as u32)), pack(-(count as f32 / total).ln())));
        let mut after: Vec<(f32, u64, u8)> = Vec::new();
        for (key, count) in Counts::sorted(&counts.pairs) {
            let of = |word: u64| counts.words.get(word).unwrap_or(count).max(count) as f32;
            let told = -(count as f32 / of(key >> 32)).ln();
            let saved = -(of(key & u64::from(u32::MAX)) / total).ln() - told;
            let both = pair_key((key >> 32) as u32, key as u32);
            after.push((saved * count as f32, u64::from(cut(both)), pack(told)));
        }
        after.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut out = Vec::new();
        write(&mut out, alone.collect());
        write(&mut out, after.iter().filter(|x| x.0 > 0.0).take(pairs).map(|x| (x.1, x.2)).collect());
        out
    }
}

impl Counts {
    /// Adds `count` occurrences of a word, or of an adjacent pair (a pair's own words are not counted again). For
    /// the program that makes the background.
    #[doc(hidden)]
    pub fn add(&mut self, text: &str, count: u32) {
        let mut scratch = Vec::new();
        words::read(text, &mut scratch);
        let mut inner = scratch.windows(2);
        if text.contains(' ') {
            // The pair that the space divides; those inside a contraction are counted with the contraction.
            let split = text.find(' ').unwrap_or(0) as u32;
            inner.by_ref().for_each(|pair| {
                if let [a, b] = pair
                    && a.end <= split
                    && b.start > split
                {
                    add(self.pairs.entry(both(a.key, b.key)), count);
                }
            });
            return;
        }
        for word in &scratch {
            add(self.words.entry(u64::from(word.key)), count);
            self.total += u64::from(count);
        }
        for pair in inner {
            if let [a, b] = pair {
                add(self.pairs.entry(both(a.key, b.key)), count);
            }
        }
    }
}

const fn cut(key: u32) -> u32 {
    key >> (32 - KEY_BITS)
}

fn pack(nats: f32) -> u8 {
    (nats.clamp(0.0, MOST) * UNIT).round() as u8
}

/// Two words, one after the other, as one key of counts.
fn both(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// One part of the shipped form: each key and its byte.
fn part(bytes: &mut impl Iterator<Item = u8>) -> Vec<(u32, u8)> {
    let (count, mut key) = (leb128::pull(bytes).unwrap_or(0), 0);
    let next = |_| {
        key += leb128::pull(bytes)?;
        Some((key as u32, bytes.next()?))
    };
    (0..count).map_while(next).collect()
}

fn write(out: &mut Vec<u8>, mut entries: Vec<(u64, u8)>) {
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.0);
    leb128::push(entries.len() as u64, out);
    let mut last = 0;
    for (key, byte) in entries {
        leb128::push(key - last, out);
        out.push(byte);
        last = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stock_phrase_tells_less_than_its_words() {
        let table = Frequencies::background();
        let apart = table.information("united") + table.information("states");
        assert!(table.information("united states") < apart - 3.0);
    }

    #[test]
    fn a_collection_makes_its_own_phrases_common() {
        let mut counts = Counts::new();
        for n in 0..2000 {
            counts.learn(&format!("item {n}: the harbour dredging levy stands"));
        }
        let learned = Frequencies::learned("harbour", &counts);
        let phrase = "the harbour dredging levy";
        assert!(learned.information(phrase) < Frequencies::background().information(phrase) / 2.0);
        assert_eq!(learned.name(), "harbour");
        assert_eq!(learned.texts(), 2000);
    }

    #[test]
    fn counts_survive_being_written_and_read() {
        let mut counts = Counts::new();
        counts.learn("we will not leave, we will stay");
        let json = serde_json::to_string(&counts).unwrap();
        assert_eq!(serde_json::from_str::<Counts>(&json).unwrap(), counts);
    }

    #[test]
    fn the_shipped_form_is_read_back() {
        let mut counts = Counts::new();
        counts.add("don't", 500);
        counts.add("we", 900);
        counts.add("we don't", 200);
        let table = Frequencies::read(&Frequencies::background_bytes(&counts, 10, 10));
        assert!(table.information("we") < table.information("do"));
        assert!(table.information("do not") < 2.0 * table.information("do"));
        assert!(table.information("unknown") > 15.0);
    }
}
