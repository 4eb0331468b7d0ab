//! Words alone may link a short remark to another speaker's statement that has its telling words here and there:
//! “there is no evidence of collusion” and “there is NO COLLUSION”. Who says them tells the two apart.

use std::collections::BTreeMap;

use super::printing::Printing;
use super::words::{has_run, keys};
use crate::mention::identity::same_person;
use crate::quotation::Kind;
use crate::text::key_of;

/// The longest remark, in words, that another speaker makes a remark of its own.
const REMARK_WORDS: usize = 12;

/// The members of a group of linked printings by voice: those that give the words of its longest one, and the remarks
/// of others who say something like it.
///
/// Another speaker's words stay where they stand in a row in the longest printing, or in the longest of that speaker's
/// (somebody repeats them, or an outlet is mistaken), and where they are many. What somebody else says without marks
/// and at more length only uses the same words. O(members · words of the longest ones).
pub(super) fn by_voice(members: Vec<usize>, printings: &[&Printing]) -> Vec<Vec<usize>> {
    let of = |member: &usize| printings.get(*member).copied();
    let Some(longest) =
        members.iter().filter_map(of).max_by_key(|p| (p.kind != Kind::Indirect, p.text.len(), &p.text))
    else {
        return vec![members];
    };
    let Some(speaker) = longest.speaker.as_deref() else { return vec![members] };
    let statement = keys(&longest.text);
    let mut others = longest_of_each(members.iter().filter_map(of));
    others.retain(|_, theirs| !is_loose(theirs, &statement));
    let is_foreign = |printing: &Printing| {
        let Some(other) = named(printing).filter(|other| !same_person(speaker, other)) else { return false };
        let words = keys(&printing.text);
        let theirs = surname(other).and_then(|surname| others.get(&surname));
        let backed = || theirs.is_some_and(|theirs| theirs.len() > words.len() && has_run(theirs, &words));
        is_name(speaker) && is_loose(&words, &statement) && !backed()
            || printing.kind == Kind::Indirect
                && longest.kind != Kind::Indirect
                && words.len() > statement.len()
    };
    let (foreign, own): (Vec<usize>, Vec<usize>) =
        members.into_iter().partition(|member| of(member).is_some_and(is_foreign));
    let mut voices: BTreeMap<Option<u64>, Vec<usize>> = BTreeMap::new();
    for member in foreign {
        voices.entry(of(&member).and_then(named).and_then(surname)).or_default().push(member);
    }
    std::iter::once(own).chain(voices.into_values()).collect()
}

/// The words of the longest printing with marks of each who has a name, by surname.
fn longest_of_each<'a>(members: impl Iterator<Item = &'a Printing>) -> BTreeMap<u64, Vec<u32>> {
    let mut longest: BTreeMap<u64, &Printing> = BTreeMap::new();
    for printing in members.filter(|printing| printing.kind != Kind::Indirect) {
        if let Some(surname) = named(printing).and_then(surname) {
            let known = longest.entry(surname).or_insert(printing);
            if (known.text.len(), &known.text) < (printing.text.len(), &printing.text) {
                *known = printing;
            }
        }
    }
    longest.into_iter().map(|(surname, printing)| (surname, keys(&printing.text))).collect()
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
    fn a_remark_that_its_speaker_makes_at_more_length_stays() {
        let own =
            print("Bea Okafor", "So I can tell this town once more that no money at all went to the marina");
        let remark = print("Bea Okafor", "no money at all");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), own, remark]), [vec![0, 1, 2]]);
    }

    #[test]
    fn indirect_speech_of_somebody_else_only_uses_the_words() {
        let fragment = print("the lawsuit", "no evidence at all");
        let mut indirect =
            print("Bea Okafor", "that there was no evidence at all of a plan, nor of any other");
        indirect.kind = Kind::Indirect;
        assert_eq!(voices(&[fragment.clone(), indirect.clone()]), [vec![0], vec![1]]);
        indirect.speaker = Some("the lawsuit".into());
        assert_eq!(voices(&[fragment, indirect]), [vec![0, 1]]);
    }

    #[test]
    fn nobody_named_is_no_other_voice() {
        let remark = print("officials", "No money at all to the marina!");
        assert_eq!(voices(&[print("Tomas Lindgren", STATEMENT), remark]), [vec![0, 1]]);
    }
}
