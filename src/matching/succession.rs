//! What articles print one right after the other, and whether it was said in one go.
//!
//! A quotation that goes on after the outlet's own words may have lost a sentence between, or an hour. That it has
//! not shows in what others print: two articles divide the statement at the same place, or one has the words on
//! either side of the joint in a row.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::printing::Printing;
use super::words::keys;
use crate::quotation::Kind;

/// How many documents must print two quotations one after the other.
const WITNESSES: usize = 2;
/// How many bytes of an outlet's own words, a paragraph's end among them, stand between two quotations that follow.
const BETWEEN: usize = 160;
/// How many words before a joint, and after it, another printing must have in a row.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// What was said in one go.
#[derive(Default)]
pub(super) struct InOneGo {
    /// The pairs of groups that are one statement.
    pub(super) groups: BTreeSet<(usize, usize)>,
    /// The printings that go on where the one before them stops, as another printing shows.
    pub(super) bridged: BTreeSet<usize>,
}

impl InOneGo {
    /// Reads `printings`, which are in order of document and place; `group` has that of each. O(n log n) in words.
    pub(super) fn read(printings: &[&Printing], group: &[usize]) -> Self {
        let joints = joints(printings, group);
        let mut witnesses: BTreeMap<(usize, usize), BTreeSet<&str>> = BTreeMap::new();
        for joint in joints.iter().filter(|joint| joint.after.goes_on) {
            witnesses.entry(joint.groups).or_default().insert(&joint.before.document);
        }
        witnesses.retain(|_, documents| documents.len() >= WITNESSES);
        let mut found = Self { groups: witnesses.into_keys().collect(), ..Self::default() };
        for joint in bridged(&joints, printings, group) {
            found.groups.insert(joint.groups);
            found.bridged.insert(joint.at);
        }
        found
    }
}

/// Where a printing follows one of the same speaker.
struct Joint<'a> {
    before: &'a Printing,
    after: &'a Printing,
    /// The place of the one after it among all printings.
    at: usize,
    groups: (usize, usize),
}

/// The last words before a joint and the first ones after it.
type Ends = [u32; BEFORE + AFTER];

impl Joint<'_> {
    fn ends(&self) -> Option<Ends> {
        let (before, after) = (keys(&self.before.text), keys(&self.after.text));
        let ([a, b], [c, d, e]) = (before.last_chunk::<BEFORE>()?, after.first_chunk::<AFTER>()?);
        Some([*a, *b, *c, *d, *e])
    }
}

fn joints<'a>(printings: &[&'a Printing], group: &[usize]) -> Vec<Joint<'a>> {
    let pairs = printings.windows(2).zip(group.windows(2)).enumerate();
    let joint = |(at, (pair, groups)): (usize, (&[&'a Printing], &[usize]))| {
        let ([before, after], [first, second]) = (pair, groups) else { return None };
        let follows = before.document == after.document && (after.goes_on || is_next(before, after));
        // What goes on in one group is read as one already.
        let open = first != second || !after.goes_on;
        (follows && open).then_some(Joint { before, after, at: at + 1, groups: (*first, *second) })
    };
    pairs.filter_map(joint).collect()
}

/// Whether a quotation follows one of the same speaker, with little between.
fn is_next(before: &Printing, after: &Printing) -> bool {
    let marked = before.kind != Kind::Indirect && after.kind != Kind::Indirect;
    let near = after.span().start.checked_sub(before.span().end).is_some_and(|between| between <= BETWEEN);
    marked && near && before.speaker.is_some() && before.speaker == after.speaker
}

/// The joints that a printing of one of their groups has within: the words on either side in a row, with one word
/// between at the most.
fn bridged<'a, 'p>(
    joints: &'a [Joint<'p>],
    printings: &[&Printing],
    group: &[usize],
) -> impl Iterator<Item = &'a Joint<'p>> {
    let ends: Vec<(Ends, &Joint<'_>)> =
        joints.iter().filter_map(|joint| Some((joint.ends()?, joint))).collect();
    let wanted: HashSet<Ends> = ends.iter().map(|(ends, _)| *ends).collect();
    let concerned: HashSet<usize> =
        ends.iter().flat_map(|(_, joint)| [joint.groups.0, joint.groups.1]).collect();
    let mut met: HashSet<(Ends, usize)> = HashSet::new();
    for (printing, of) in printings.iter().zip(group).filter(|(_, of)| concerned.contains(of)) {
        let words = keys(&printing.text);
        let tight = words.windows(BEFORE + AFTER).filter_map(|row| Ends::try_from(row).ok());
        let loose = words.windows(BEFORE + AFTER + 1).filter_map(|row| match row {
            [a, b, _, c, d, e] => Some([*a, *b, *c, *d, *e]),
            _ => None,
        });
        met.extend(tight.chain(loose).filter(|ends| wanted.contains(ends)).map(|ends| (ends, *of)));
    }
    let is_bridged = move |(ends, joint): &(Ends, &Joint<'_>)| {
        met.contains(&(*ends, joint.groups.0)) || met.contains(&(*ends, joint.groups.1))
    };
    ends.into_iter().filter(is_bridged).map(|(_, joint)| joint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::text::Span;

    const FIRST: &str = "The numbers of the harbor are what they are";
    const SECOND: &str = "Not a single commuter will be stranded on the other side of the bay";

    fn print(document: &str, at: usize, text: &str) -> Printing {
        Printing::new(document, at, Kind::Direct, Span::new(at, at + text.len()), text)
            .with_speaker("Tomas Lindgren", Confidence::new(0.9))
    }

    fn pair(document: &str, goes_on: bool) -> [Printing; 2] {
        let mut after = print(document, 80, SECOND);
        after.goes_on = goes_on;
        [print(document, 0, FIRST), after]
    }

    fn pairs(printings: &[Printing], group: &[usize]) -> Vec<(usize, usize)> {
        InOneGo::read(&printings.iter().collect::<Vec<_>>(), group).groups.into_iter().collect()
    }

    #[test]
    fn what_two_articles_print_one_after_the_other_was_said_in_one_go() {
        assert_eq!(pairs(&pair("a", true), &[0, 1]), []);
        assert_eq!(pairs(&[pair("a", true), pair("b", true)].concat(), &[0, 1, 0, 1]), [(0, 1)]);
    }

    #[test]
    fn a_new_paragraph_is_no_witness() {
        assert_eq!(pairs(&[pair("a", true), pair("b", false)].concat(), &[0, 1, 0, 1]), []);
    }

    #[test]
    fn words_in_a_row_on_either_side_of_the_joint_bridge_it() {
        let bridge = print("b", 0, "what they are, and not a single commuter will be stranded");
        let other = print("b", 0, "not a single commuter will be stranded");
        assert_eq!(pairs(&[pair("a", false).to_vec(), vec![bridge]].concat(), &[0, 1, 1]), [(0, 1)]);
        assert_eq!(pairs(&[pair("a", false).to_vec(), vec![other]].concat(), &[0, 1, 1]), []);
    }

    #[test]
    fn a_bridged_printing_goes_on_whatever_its_group() {
        let bridge = print("b", 0, "what they are, and not a single commuter will be stranded");
        let printings = [pair("a", false).to_vec(), vec![bridge]].concat();
        let found = InOneGo::read(&printings.iter().collect::<Vec<_>>(), &[0, 0, 0]);
        assert!(found.bridged.iter().eq(&[1]));
    }
}
