//! The verdict as others see it: whether two quotations are the same words, and on what evidence.

use serde::{Deserialize, Serialize};

use super::common::{may_share, sketch};
use super::fingerprint::{Gram, grams, shared};
use super::frequency::Frequencies;
use super::sequence::{NOBODY, Sequence, pack};
use super::verdict::{Aligner, Lexicon, Shape, is_telling, judge, least_evidence, least_grams};
use super::words::{self, Word};
use crate::text::Span;

/// Two quotations that share words which are no coincidence.
///
/// ```
/// use quotetrace::matching::{verify, Frequencies, LinkKind};
///
/// let table = Frequencies::background();
/// let statement = "We kept the ferry running all winter long, and not one single crossing was cancelled.";
/// let link = verify("“not one single [ferry] crossing was canceled”", statement, table).unwrap();
/// assert_eq!(link.kind, LinkKind::Contained);
/// assert!(verify("it was one of the things we have to do", "one of the things I like", table).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// How the two lie to each other.
    pub kind: LinkKind,
    /// What the words in common tell, in nats: how much too many they are for a coincidence.
    pub evidence: f32,
    /// The share of each text's information that is in common: of the first, of the second.
    pub coverage: [f32; 2],
    /// The words in common, in runs: bytes of the first text, bytes of the second.
    pub runs: Vec<[Span; 2]>,
}

/// How two linked quotations lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LinkKind {
    /// The same words but for little.
    Same,
    /// One is a fragment of the other.
    Contained,
    /// The end of one is the beginning of the other.
    Overlap,
}

/// A text as verdicts read it; read once, held against many.
pub(super) struct Reading {
    words: Vec<Word>,
    info: Vec<u8>,
    grams: Vec<Gram>,
    sketch: u64,
    /// Spellings in lower case, letters and digits only.
    spelt: Vec<String>,
}

impl Reading {
    pub(super) fn of(text: &str, table: &Frequencies) -> Self {
        let (mut words, mut info, mut ground, mut list) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        words::read(text, &mut words);
        table.weigh(&words, &mut info, &mut ground);
        grams(&words, &info, &ground, &mut list);
        let spelt = words.iter().map(|word| words::spelling(text, word)).collect();
        let sketch = sketch(&words, &ground);
        Self { words, info, grams: list, sketch, spelt }
    }

    /// Its words, numbered by where they stand among `keys`.
    fn packed(&self, keys: &[u32]) -> Vec<u32> {
        let number = |word: &Word| keys.binary_search(&word.key).unwrap_or(0) as u32 % NOBODY;
        self.words.iter().zip(&self.info).map(|(word, &told)| pack(number(word), word, told)).collect()
    }

    fn is_telling(&self) -> bool {
        is_telling(&self.info)
    }

    fn span(&self, first: u32, last: u32) -> Span {
        match (self.words.get(first as usize), self.words.get(last as usize)) {
            (Some(first), Some(last)) => Span::new(first.start as usize, last.end as usize),
            _ => Span::default(),
        }
    }
}

struct Both<'a>(&'a Reading, &'a Reading);

impl Both<'_> {
    fn side(&self, second: bool) -> &Reading {
        if second { self.1 } else { self.0 }
    }

    /// All their words, each once, in order.
    fn keys(&self) -> Vec<u32> {
        let mut keys: Vec<u32> = self.0.words.iter().chain(&self.1.words).map(|word| word.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl Lexicon for Both<'_> {
    fn key(&self, second: bool, at: usize, _number: u32) -> u32 {
        self.side(second).words.get(at).map_or(0, |word| word.key)
    }

    fn spelling(&self, second: bool, at: usize, _number: u32) -> Option<&str> {
        self.side(second).spelt.get(at).map(String::as_str)
    }
}

/// Whether two quotations are the same words, given a table of frequencies.
///
/// Symmetric (the sides of the link exchanged), deterministic, and of the pair and the table alone: no collection,
/// no order, no machine matters. O(n + m + cells), a cell being a word of one that is a word of the other; beyond
/// a million possible cells words that are frequent in the longer text only carry on a run.
#[must_use]
pub fn verify(a: &str, b: &str, table: &Frequencies) -> Option<Link> {
    Judge::default().verdict(&Reading::of(a, table), &Reading::of(b, table), table)
}

/// Gives verdicts, and keeps its memory between them.
#[derive(Default)]
pub(super) struct Judge {
    aligner: Aligner,
}

impl Judge {
    /// What [`verify`] says of two texts that were read with the same table.
    pub(super) fn verdict(&mut self, left: &Reading, right: &Reading, table: &Frequencies) -> Option<Link> {
        if !left.is_telling() || !right.is_telling() {
            return None;
        }
        let both = Both(left, right);
        let keys = both.keys();
        let (ours, theirs) = (left.packed(&keys), right.packed(&keys));
        let (ours, theirs) = (Sequence(&ours), Sequence(&theirs));
        let least = least_evidence(table);
        self.aligner.read(ours);
        // The very same words are the same, however few.
        let equal = left.words.len() == right.words.len()
            && left.words.iter().zip(&right.words).all(|(a, b)| (a.key, a.mark) == (b.key, b.mark));
        if !equal {
            let share_grams = shared(&left.grams, &right.grams) >= least_grams(ours.total(), theirs.total());
            let may_share = share_grams && may_share(left.sketch, right.sketch);
            if !may_share || self.aligner.hold(theirs, least).is_none() {
                return None;
            }
        }
        let least = if equal { f32::MIN } else { least };
        let weight = self.aligner.weigh(ours, theirs, least, &both)?;
        let shape = if equal { Shape::Contained } else { judge(&weight, least)? };
        let kind = match shape {
            Shape::Overlap => LinkKind::Overlap,
            Shape::Contained if weight.is_same() => LinkKind::Same,
            Shape::Contained => LinkKind::Contained,
        };
        let runs = self.aligner.pairs().chunk_by(|x, y| x.0 + 1 == y.0 && x.1 + 1 == y.1);
        let runs = runs.filter_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            Some([left.span(first.0, last.0), right.span(first.1, last.1)])
        });
        Some(Link { kind, evidence: weight.evidence, coverage: weight.coverage, runs: runs.collect() })
    }
}
