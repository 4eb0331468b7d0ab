//! What became of an article's quotations from one version to the next: stealth edits.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Quotation};
use crate::matching::{Change, Edit, Op, changes, place};

/// The least share of words, of the longer of the two, that two wordings of one quotation have in common.
const LEAST_SHARE: f32 = 0.5;
/// How many quotations before its place, and after it, one that vanished is held against.
const CANDIDATES: usize = 16;

/// What happened to one quotation of an article between two versions of it. Indices are those of the
/// [`Analysis`] of the version before (`before`) and of the version after (`after`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "edit")]
#[non_exhaustive]
pub enum StealthEdit {
    /// It is new.
    Appeared {
        /// The quotation.
        after: usize,
    },
    /// It is gone.
    Vanished {
        /// The quotation.
        before: usize,
    },
    /// Its words are others now; perhaps somebody else says them, too.
    Altered {
        /// The quotation as it was.
        before: usize,
        /// The quotation as it is.
        after: usize,
        /// The way from the words before to the words after; `at` is an interval of the words before.
        edits: Vec<Edit>,
        /// The edits that change what is said.
        changes: Vec<Change>,
    },
    /// Its words are the same, and somebody else says them.
    Reattributed {
        /// The quotation as it was.
        before: usize,
        /// The quotation as it is.
        after: usize,
    },
}

/// What became of the quotations of `before` in `after`: two versions of one article. In order of the quotations
/// before; those that appeared come last. Quotations that stayed as they were are left out, wherever they stand.
///
/// O(n log n) for n quotations, and a bounded number of alignments for each that changed.
///
/// ```
/// use quotetrace::revision::{StealthEdit, compare};
/// use quotetrace::{Analyzer, Document, matching::Change};
///
/// let read = |text| Analyzer::new().analyze(&Document::new("a", text));
/// let before = read("“We will not close the ferry line this year,” Mayor Ada Quill said.");
/// let after = read("“We will close the ferry line this year,” Mayor Ada Quill said.");
/// let [StealthEdit::Altered { before: 0, after: 0, changes, .. }] = &compare(&before, &after)[..] else {
///     panic!("one edit")
/// };
/// assert_eq!(changes, &[Change::Negation]);
/// ```
#[must_use]
pub fn compare(before: &Analysis, after: &Analysis) -> Vec<StealthEdit> {
    let mut free: BTreeSet<usize> = (0..after.quotations.len()).collect();
    let mut same = vec![None; before.quotations.len()];
    // What stayed as it was comes first, then what has the same words, so that nothing is laid beside what has its own.
    pair_off(before, after, &mut same, &mut free, |quotation| (&quotation.text, quotation.speaker()));
    pair_off(before, after, &mut same, &mut free, |quotation| &quotation.text);
    let mut edits = Vec::new();
    for (index, (quotation, same)) in before.quotations.iter().zip(same).enumerate() {
        edits.extend(match same {
            Some(at) => {
                let speaker = after.quotations.get(at).and_then(Quotation::speaker);
                let is_same = speaker == quotation.speaker();
                (!is_same).then_some(StealthEdit::Reattributed { before: index, after: at })
            }
            None => Some(altered(index, quotation, after, &mut free)),
        });
    }
    edits.extend(free.into_iter().map(|after| StealthEdit::Appeared { after }));
    edits
}

/// Pairs the quotations before that have no partner off with those after that are free and equal in `what`, in order.
fn pair_off<'q, K: Eq + Hash>(
    before: &'q Analysis,
    after: &'q Analysis,
    same: &mut [Option<usize>],
    free: &mut BTreeSet<usize>,
    what: impl Fn(&'q Quotation) -> K,
) {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
    for &index in &*free {
        if let Some(quotation) = after.quotations.get(index) {
            waiting.entry(what(quotation)).or_default().push_back(index);
        }
    }
    for (quotation, partner) in before.quotations.iter().zip(same).filter(|(_, partner)| partner.is_none()) {
        *partner = waiting.get_mut(&what(quotation)).and_then(VecDeque::pop_front);
        if let Some(index) = partner {
            free.remove(index);
        }
    }
}

/// The wording after that is most like the one before, if one is like it.
fn altered(
    before: usize,
    quotation: &Quotation,
    after: &Analysis,
    free: &mut BTreeSet<usize>,
) -> StealthEdit {
    let (earlier, later) =
        (free.range(..before).rev().take(CANDIDATES), free.range(before..).take(CANDIDATES));
    let candidates = later.chain(earlier).filter_map(|&index| {
        let other = after.quotations.get(index)?;
        let placed = place(&quotation.text, &other.text)?;
        Some((share(quotation, other, &placed.edits), index, placed.edits))
    });
    let best =
        candidates.filter(|(share, ..)| *share >= LEAST_SHARE).reduce(|a, b| if b.0 > a.0 { b } else { a });
    match best {
        Some((_, at, edits)) => {
            free.remove(&at);
            let changes = changes(&quotation.text, &edits);
            StealthEdit::Altered { before, after: at, edits, changes }
        }
        None => StealthEdit::Vanished { before },
    }
}

/// The share of words that stayed, of the longer of the two.
fn share(before: &Quotation, after: &Quotation, edits: &[Edit]) -> f32 {
    let count = |text: &str| text.split_whitespace().count();
    let kept = edits.iter().filter(|edit| matches!(edit.op, Op::Keep | Op::Typography));
    let kept: usize = kept.map(|edit| count(&edit.text)).sum();
    kept as f32 / count(&before.text).max(count(&after.text)).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::document::Document;

    fn edits(before: &str, after: &str) -> Vec<StealthEdit> {
        let read = |text| Analyzer::new().analyze(&Document::new("a", text));
        compare(&read(before), &read(after))
    }

    const FERRY: &str = "“We will not close the ferry line this year,” Mayor Ada Quill said.";
    const LEVY: &str = "“The dredging levy pays for dredging and for nothing else,” said Jo Marsh.";

    #[test]
    fn what_only_moved_is_no_edit() {
        assert_eq!(
            edits(&format!("{FERRY}\n\n{LEVY}"), &format!("{LEVY}\n\nA new paragraph.\n\n{FERRY}")),
            []
        );
    }

    #[test]
    fn a_quotation_appears_and_another_vanishes() {
        assert_eq!(edits(FERRY, &format!("{FERRY}\n\n{LEVY}")), [StealthEdit::Appeared { after: 1 }]);
        assert_eq!(edits(&format!("{FERRY}\n\n{LEVY}"), FERRY), [StealthEdit::Vanished { before: 1 }]);
        assert_eq!(
            edits(FERRY, LEVY),
            [StealthEdit::Vanished { before: 0 }, StealthEdit::Appeared { after: 0 }]
        );
    }

    #[test]
    fn the_same_words_of_somebody_else_are_reattributed() {
        let other = FERRY.replace("Mayor Ada Quill", "Governor Tom Roe");
        assert_eq!(edits(FERRY, &other), [StealthEdit::Reattributed { before: 0, after: 0 }]);
    }

    #[test]
    fn the_same_words_of_two_people_are_each_ones_own_in_whatever_order_they_come() {
        let other = FERRY.replace("Mayor Ada Quill", "Governor Tom Roe");
        assert_eq!(edits(&format!("{FERRY}\n\n{other}"), &format!("{other}\n\n{FERRY}")), []);
        assert_eq!(edits(&format!("{FERRY}\n\n{other}"), &other), [StealthEdit::Vanished { before: 0 }]);
    }

    #[test]
    fn altered_words_come_with_the_way_from_one_to_the_other() {
        let [StealthEdit::Altered { edits, changes, .. }] =
            &edits(FERRY, &FERRY.replace("will not", "will"))[..]
        else {
            panic!("one edit")
        };
        assert_eq!(changes, &[Change::Negation]);
        assert!(edits.iter().any(|edit| edit.op == Op::Delete));
    }

    #[test]
    fn thousands_of_changed_quotations_are_compared_in_time() {
        let many = |word: &str| -> String {
            (0..2000)
                .map(|n| format!("“{word} {n} is what they said to us here,” said Jo Marsh.\n\n"))
                .collect()
        };
        assert!(!edits(&many("Number"), &many("Figure")).is_empty());
    }
}
