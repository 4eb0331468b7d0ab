//! Utterances in parts: what one worker knows, and how the knowledge of two workers becomes one.
//!
//! For callers who match on many machines. A quotation goes to every worker that has one of its
//! [`fingerprints`](super::fingerprints); each worker asks [`verify`](super::verify) about the pairs that meet there
//! and keeps what it learns in a [`Partial`]; partials are merged in any order, as often as one likes, and the groups
//! of the whole are read from the last one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::frequency::Frequencies;
use super::link::{Link, LinkKind};
use super::resolve::{self, Edge};
use super::verdict::{is_same, is_telling};
use super::words::{self, form_hash};

/// What is known of a set of quotations: their wordings, who has them, and which are linked. A set of facts, so that
/// merging is union: commutative, associative and idempotent.
///
/// ```
/// use quotetrace::matching::{fingerprints, merge, verify, Frequencies, Partial};
///
/// let table = Frequencies::background();
/// let statement = "We kept the ferry running all winter, and not one crossing was cancelled.";
/// let fragment = "not one crossing was canceled";
///
/// // One worker sees each quotation, another the pair that met under a fingerprint.
/// assert!(fingerprints(statement).iter().any(|print| fingerprints(fragment).contains(print)));
/// let (mut left, mut right) = (Partial::new(), Partial::new());
/// left.insert("ledger-1", statement, table);
/// left.insert("courier-4", fragment, table);
/// right.link(statement, fragment, &verify(statement, fragment, table).unwrap());
///
/// let whole = merge(left, right);
/// let groups = whole.groups();
/// assert_eq!(groups.len(), 1);
/// assert_eq!(groups[0].1, ["courier-4", "ledger-1"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "Facts", try_from = "Facts")]
pub struct Partial {
    wordings: BTreeMap<u64, Wording>,
    links: BTreeMap<(u64, u64), Verdict>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Wording {
    words: u32,
    /// The quotations that have it.
    quotations: BTreeSet<String>,
    /// Whether it tells enough to be one utterance wherever it is printed.
    telling: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Verdict {
    evidence: f32,
    coverage: [f32; 2],
    contained: bool,
}

/// A link between two wordings, as a worker that found it passes it on: what names the two, and the verdict.
///
/// The numbers are kept as their bits, so that links have an order and compare exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Linked {
    pair: (u64, u64),
    evidence: u32,
    coverage: [u32; 2],
    contained: bool,
}

impl Linked {
    /// The link of the wordings `a` and `b`, if they are two.
    pub(super) fn new(a: u64, b: u64, link: &Link) -> Option<Self> {
        let [x, y] = link.coverage.map(f32::to_bits);
        let (pair, coverage) = if a <= b { ((a, b), [x, y]) } else { ((b, a), [y, x]) };
        let contained = link.kind != LinkKind::Overlap;
        (a != b).then_some(Self { pair, evidence: link.evidence.to_bits(), coverage, contained })
    }
}

impl Extend<Linked> for Partial {
    fn extend<I: IntoIterator<Item = Linked>>(&mut self, links: I) {
        for link in links {
            let verdict = Verdict {
                evidence: f32::from_bits(link.evidence),
                coverage: link.coverage.map(f32::from_bits),
                contained: link.contained,
            };
            self.learn(link.pair, verdict);
        }
    }
}

/// A partial as it is written: maps with keys that JSON has.
#[derive(Serialize, Deserialize)]
struct Facts {
    version: u32,
    wordings: Vec<(u64, Wording)>,
    links: Vec<(u64, u64, Verdict)>,
}

impl From<Partial> for Facts {
    fn from(partial: Partial) -> Self {
        Self {
            version: super::VERSION,
            wordings: partial.wordings.into_iter().collect(),
            links: partial.links.into_iter().map(|((a, b), verdict)| (a, b, verdict)).collect(),
        }
    }
}

impl TryFrom<Facts> for Partial {
    type Error = &'static str;

    fn try_from(facts: Facts) -> Result<Self, Self::Error> {
        if facts.version != super::VERSION {
            return Err("facts of another version of the word keys");
        }
        Ok(Self {
            wordings: facts.wordings.into_iter().collect(),
            links: facts.links.into_iter().map(|(a, b, verdict)| ((a, b), verdict)).collect(),
        })
    }
}

impl Partial {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Learns that the quotation named `id` has the words of `text`; what names its wording. O(words).
    pub fn insert(&mut self, id: &str, text: &str, table: &Frequencies) -> u64 {
        let mut list = Vec::new();
        words::read(text, &mut list);
        let mut told = Vec::new();
        table.weigh(&list, &mut told, &mut Vec::new());
        let hash = form_hash(&list);
        let wording = self.wordings.entry(hash).or_default();
        wording.words = list.len() as u32;
        wording.telling = is_telling(&told);
        wording.quotations.insert(id.to_owned());
        hash
    }

    /// Learns the verdict on the texts `a` and `b`: what [`verify`](super::verify) of the two gave.
    pub fn link(&mut self, a: &str, b: &str, link: &Link) {
        let hash = |text| {
            let mut list = Vec::new();
            words::read(text, &mut list);
            form_hash(&list)
        };
        self.extend(Linked::new(hash(a), hash(b), link));
    }

    /// How many links it knows.
    #[must_use]
    pub fn links(&self) -> usize {
        self.links.len()
    }

    /// The link between the forms `a` and `b`, whose wordings are `ours` and `theirs`.
    pub(super) fn edge(&self, (a, ours): (u32, u64), (b, theirs): (u32, u64)) -> Option<Edge> {
        let verdict = self.links.get(&(ours.min(theirs), ours.max(theirs)))?;
        let same = is_same(verdict.coverage);
        Some(Edge { a, b, evidence: verdict.evidence, contained: verdict.contained, same })
    }

    /// Two verdicts on one pair are the same, unless two tables gave them: then the one with more evidence holds.
    fn learn(&mut self, pair: (u64, u64), verdict: Verdict) {
        let bits = |v: &Verdict| (v.evidence.to_bits(), v.contained, v.coverage.map(f32::to_bits));
        let known = self.links.entry(pair).or_insert(verdict);
        if bits(&verdict) > bits(known) {
            *known = verdict;
        }
    }

    /// The utterances, each by the id that [`Group::id`](super::Group) has, with the ids of its quotations in order.
    /// O(n log n) in wordings and links.
    #[must_use]
    pub fn groups(&self) -> Vec<(u64, Vec<String>)> {
        let order: Vec<(u32, u64)> =
            self.wordings.iter().map(|(hash, wording)| (wording.words, *hash)).collect();
        let number = |hash: u64| order.binary_search_by_key(&hash, |entry| entry.1).ok();
        let edge = |(&(a, b), verdict): (&(u64, u64), &Verdict)| {
            Some(Edge {
                a: number(a)? as u32,
                b: number(b)? as u32,
                evidence: verdict.evidence,
                same: is_same(verdict.coverage),
                contained: verdict.contained,
            })
        };
        let edges: Vec<Edge> = self.links.iter().filter_map(edge).collect();
        let (roots, _) = resolve::groups(&order, &edges);
        let mut groups: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        let mut alone = Vec::new();
        for ((hash, wording), root) in self.wordings.iter().zip(roots) {
            if wording.telling {
                let id = order.get(root as usize).map_or(*hash, |entry| entry.1);
                groups.entry(id).or_default().extend(wording.quotations.iter().cloned());
            } else {
                alone.extend(wording.quotations.iter().map(|id| (*hash, vec![id.clone()])));
            }
        }
        groups.values_mut().for_each(|ids| ids.sort_unstable());
        let mut all: Vec<(u64, Vec<String>)> = groups.into_iter().chain(alone).collect();
        all.sort_unstable();
        all
    }
}

/// What two workers know together. Commutative, associative and idempotent, so that it may run in any order, in any
/// tree, and again after a failure. O(n log n).
#[must_use]
pub fn merge(mut a: Partial, b: Partial) -> Partial {
    for (hash, wording) in b.wordings {
        let known = a.wordings.entry(hash).or_default();
        known.words = known.words.max(wording.words);
        known.telling |= wording.telling;
        known.quotations.extend(wording.quotations);
    }
    for (pair, verdict) in b.links {
        a.learn(pair, verdict);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::super::{IndexLimits, QuoteIndex, oracle, verify};
    use super::*;
    use proptest::prelude::*;

    /// Every quotation, and every verdict, by itself.
    fn facts(texts: &[String], table: &Frequencies) -> Vec<Partial> {
        let mut all = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let mut one = Partial::new();
            one.insert(&format!("q{at:03}"), text, table);
            all.push(one);
            for other in texts.iter().skip(at + 1) {
                if let Some(link) = verify(text, other, table) {
                    let mut one = Partial::new();
                    one.link(text, other, &link);
                    all.push(one);
                }
            }
        }
        all
    }

    #[test]
    fn merged_facts_give_the_groups_of_the_index() {
        let table = Frequencies::background();
        for seed in 0..150 {
            let texts = oracle::collection(seed, 20);
            let limits = IndexLimits { postings: 100_000, candidates: 1000 };
            let mut index = QuoteIndex::new(table.clone()).with_limits(limits);
            for text in &texts {
                index.insert(text);
            }
            let named = |group: &super::super::Group| {
                (group.id, group.members.iter().map(|slot| format!("q{:03}", slot.index())).collect())
            };
            let mut expected: Vec<(u64, Vec<String>)> = index.groups().iter().map(named).collect();
            expected.sort_unstable();
            let whole = facts(&texts, table).into_iter().fold(Partial::new(), merge);
            assert_eq!(whole.groups(), expected, "{seed}");
        }
    }

    #[test]
    fn a_partial_survives_being_written_and_read() {
        let texts = oracle::collection(3, 12);
        let whole = facts(&texts, Frequencies::background()).into_iter().fold(Partial::new(), merge);
        let json = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<Partial>(&json).unwrap(), whole);
    }

    #[test]
    fn facts_of_another_version_are_refused() {
        let json = serde_json::to_string(&Partial::new()).unwrap();
        let other = json.replace(&format!(":{},", super::super::VERSION), ":9999,");
        assert_ne!(json, other);
        assert!(serde_json::from_str::<Partial>(&other).unwrap_err().to_string().contains("another version"));
    }

    proptest! {
        #[test]
        fn merging_is_commutative_associative_and_idempotent(
            seed in 0_u64..400,
            sides in proptest::collection::vec(0_usize..3, 60),
        ) {
            let texts = oracle::collection(seed, 8);
            let mut parts = [Partial::new(), Partial::new(), Partial::new()];
            for (fact, &side) in facts(&texts, Frequencies::background()).into_iter().zip(sides.iter().cycle()) {
                parts[side] = merge(std::mem::take(&mut parts[side]), fact);
            }
            let [a, b, c] = parts;
            prop_assert_eq!(merge(a.clone(), b.clone()), merge(b.clone(), a.clone()));
            prop_assert_eq!(merge(a.clone(), a.clone()), a.clone());
            prop_assert_eq!(
                merge(merge(a.clone(), b.clone()), c.clone()),
                merge(a, merge(b, c))
            );
        }
    }
}
