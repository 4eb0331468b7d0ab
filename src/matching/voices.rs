//! Words alone may link a short remark to another speaker's statement that has its telling words here and there:
//! “there is no evidence of collusion” and “there is NO COLLUSION”. Who says them tells the two apart.

use std::collections::BTreeMap;

use super::assemble::Printing;
use super::words::{has_run, keys};
use crate::mention::identity::same_person;
use crate::quotation::Kind;
use crate::text::key_of;

/// The longest remark, in words, that another speaker makes a remark of its own.
const REMARK_WORDS: usize = 12;

/// The members of a group of linked printings by voice: those that give the words of its longest one, and the remarks
/// of others who say something like it.
///
/// Another speaker's words stay where they stand in a row in the longest printing (somebody repeats them, or an
/// outlet is mistaken), and where they are many. O(members · words of the longest one).
pub(super) fn by_voice(members: Vec<usize>, printings: &[&Printing]) -> Vec<Vec<usize>> {
    let of = |member: &usize| printings.get(*member).copied();
    let Some(longest) =
        members.iter().filter_map(of).max_by_key(|p| (p.kind != Kind::Indirect, p.text.len(), &p.text))
    else {
        return vec![members];
    };
    let Some(speaker) = named(longest) else { return vec![members] };
    let statement = keys(&longest.text);
    let is_foreign = |printing: &Printing| {
        named(printing).is_some_and(|other| !same_person(speaker, other))
            && is_loose(&keys(&printing.text), &statement)
    };
    let (foreign, own): (Vec<usize>, Vec<usize>) =
        members.into_iter().partition(|member| of(member).is_some_and(is_foreign));
    let mut voices: BTreeMap<Option<u64>, Vec<usize>> = BTreeMap::new();
    for member in foreign {
        voices.entry(of(&member).and_then(named).and_then(surname)).or_default().push(member);
    }
    std::iter::once(own).chain(voices.into_values()).collect()
}

/// Who says it, if that is somebody with a name.
fn named(printing: &Printing) -> Option<&str> {
    printing.speaker.as_deref().filter(|speaker| is_name(speaker))
}

/// Whether a speaker has a name: “Bea Okafor”; not “officials”, “the suit”.
pub(super) fn is_name(speaker: &str) -> bool {
    speaker.split_whitespace().next_back().is_some_and(|last| last.starts_with(char::is_uppercase))
}

/// What stands for a name among the speakers of a story.
pub(super) fn surname(name: &str) -> Option<u64> {
    name.split_whitespace().next_back().map(key_of)
}

/// Whether the words are few and do not stand in a row in the statement.
fn is_loose(remark: &[u32], statement: &[u32]) -> bool {
    (1..=REMARK_WORDS).contains(&remark.len()) && !has_run(statement, remark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::text::Span;

    const STATEMENT: &str = "I have seen no evidence at all that the ferry money went to the marina";

    fn print(speaker: &str, text: &str) -> Printing {
        Printing::new("a", 0, Kind::Direct, Span::new(0, text.len()), text)
            .with_speaker(speaker, Confidence::new(0.9))
    }

    fn voices(printings: &[Printing]) -> Vec<Vec<usize>> {
        let all: Vec<&Printing> = printings.iter().collect();
        by_voice((0..all.len()).collect(), &all)
    }

    #[test]
    fn somebody_else_with_the_telling_words_says_something_of_their_own() {
        let remark = print("Bea Okafor", "No money at all to the marina!");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), remark]), [vec![0], vec![1]]);
    }

    #[test]
    fn the_same_speaker_by_another_name_says_the_same() {
        let remark = print("Lindgren", "No money at all to the marina!");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), remark]), [vec![0, 1]]);
    }

    #[test]
    fn words_in_a_row_are_repeated_whoever_they_are_given_to() {
        let repeated = print("Bea Okafor", "the ferry money went to the marina");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), repeated]), [vec![0, 1]]);
    }

    #[test]
    fn nobody_named_is_no_other_voice() {
        let remark = print("officials", "No money at all to the marina!");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), remark]), [vec![0, 1]]);
    }
}
