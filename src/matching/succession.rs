//! What articles print one right after the other, and whether it was said in one go.
//!
//! A quotation that goes on after the outlet's own words may have lost a sentence between, or an hour. That it has
//! not shows in what others print: two articles divide the statement at the same place, or one has the words on
//! either side of the joint in a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::assemble::Printing;
use super::words::keys;
use crate::quotation::Kind;

/// How many documents must print two quotations one after the other.
const WITNESSES: usize = 2;
/// How many bytes of an outlet's own words, a paragraph's end among them, stand between two quotations that follow.
const BETWEEN: usize = 160;
/// How many words before a joint, and after it, another printing must have in a row.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// The pairs of groups that were said in one go; `group` has that of each of the printings, which are in order of
/// document and place. O(words).
pub(super) fn said_in_one_go(printings: &[&Printing], group: &[usize]) -> BTreeSet<(usize, usize)> {
    let joints = joints(printings, group);
    let mut witnesses: BTreeMap<(usize, usize), BTreeSet<&str>> = BTreeMap::new();
    for joint in joints.iter().filter(|joint| joint.after.goes_on) {
        witnesses.entry(joint.groups).or_default().insert(&joint.before.document);
    }
    let agreed = witnesses.into_iter().filter(|(_, documents)| documents.len() >= WITNESSES);
    agreed.map(|(groups, _)| groups).chain(bridged(&joints, printings, group)).collect()
}

/// Where a printing of one group follows one of another.
struct Joint<'a> {
    before: &'a Printing,
    after: &'a Printing,
    groups: (usize, usize),
}

fn joints<'a>(printings: &[&'a Printing], group: &[usize]) -> Vec<Joint<'a>> {
    let pairs = printings.windows(2).zip(group.windows(2));
    let joint = |(pair, groups): (&[&'a Printing], &[usize])| {
        let ([before, after], [first, second]) = (pair, groups) else { return None };
        let follows = before.document == after.document && (after.goes_on || is_next(before, after));
        (follows && first != second).then_some(Joint { before, after, groups: (*first, *second) })
    };
    pairs.filter_map(joint).collect()
}

/// Whether a quotation follows one of the same speaker, with little between.
fn is_next(before: &Printing, after: &Printing) -> bool {
    let marked = before.kind != Kind::Indirect && after.kind != Kind::Indirect;
    let between = after.span().start.checked_sub(before.span().end);
    marked
        && before.speaker.is_some()
        && before.speaker == after.speaker
        && between.is_some_and(|n| n <= BETWEEN)
}

/// The groups between which a printing of one of them has the joint: the last words before it and the first after it,
/// with a word between at the most.
fn bridged(joints: &[Joint<'_>], printings: &[&Printing], group: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut by_words: HashMap<[u32; BEFORE + AFTER], Vec<(usize, usize)>> = HashMap::new();
    let mut concerned = BTreeSet::new();
    for joint in joints {
        let (before, after) = (keys(&joint.before.text), keys(&joint.after.text));
        let (Some([a, b]), Some([c, d, e])) = (before.last_chunk::<BEFORE>(), after.first_chunk::<AFTER>())
        else {
            continue;
        };
        by_words.entry([*a, *b, *c, *d, *e]).or_default().push(joint.groups);
        concerned.extend([joint.groups.0, joint.groups.1]);
    }
    let mut found = BTreeSet::new();
    for (printing, of) in printings.iter().zip(group).filter(|(_, of)| concerned.contains(of)) {
        let words = keys(&printing.text);
        let tight = words.windows(BEFORE + AFTER).filter_map(|row| row.try_into().ok());
        let loose = words.windows(BEFORE + AFTER + 1).filter_map(|row| match row {
            [a, b, _, c, d, e] => Some([*a, *b, *c, *d, *e]),
            _ => None,
        });
        for joined in tight.chain(loose).filter_map(|words| by_words.get(&words)).flatten() {
            if joined.0 == *of || joined.1 == *of {
                found.insert(*joined);
            }
        }
    }
    found
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
        said_in_one_go(&printings.iter().collect::<Vec<_>>(), group).into_iter().collect()
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
}
