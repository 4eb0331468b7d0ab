//! Whose words they are: the documents vote, each with how sure it is.

use std::collections::{BTreeMap, BTreeSet};

use super::printing::Printing;
use super::voices::is_name;
use crate::confidence::Confidence;
use crate::mention::identity::{self, refers_back};

/// How many names, those given most, are weighed for the speaker of an utterance.
const NAMES: usize = 64;
/// What the vote for “somebody”, “lawyers” counts beside one for a name.
const UNNAMED: f32 = 0.8;
/// What the vote for “the company”, “his lawyers” does, which mean somebody only in their own article.
const REFERS_BACK: f32 = 0.4;
/// The speaker whom the documents are surest of, all in all; a full name stands for its surname too.
pub(super) fn most_likely(printings: &[Printing]) -> (Option<String>, Confidence) {
    // A document that prints it in pieces has one vote all the same.
    let mut ballots: BTreeMap<(&str, &str), f32> = BTreeMap::new();
    for printing in printings {
        if let Some(speaker) = &printing.speaker {
            let ballot = ballots.entry((&printing.document, speaker)).or_insert(0.01);
            *ballot = ballot.max(weight_of(speaker) * printing.confidence.value());
        }
    }
    let mut votes: BTreeMap<&str, f32> = BTreeMap::new();
    for ((_, speaker), confidence) in ballots {
        *votes.entry(speaker).or_default() += confidence;
    }
    let total: f32 = votes.values().sum();
    let mut named: Vec<(&str, f32)> = votes.into_iter().collect();
    named.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let parsed: Vec<(Person, f32)> = named.iter().map(|(name, vote)| (Person::parse(name), *vote)).collect();
    let weight = |person: &Person<'_>| -> f32 {
        parsed.iter().take(NAMES).filter(|(other, _)| person.stands_for(other)).map(|(_, vote)| vote).sum()
    };
    let candidates = parsed.iter().take(NAMES).map(|(person, own)| (person, weight(person), *own));
    let best = candidates
        .max_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)).then(b.0.printed.cmp(a.0.printed)));
    let Some((person, weight, _)) = best else { return (None, Confidence::default()) };
    let same: BTreeSet<&str> =
        parsed.iter().filter(|(other, _)| person.stands_for(other)).map(|(other, _)| other.printed).collect();
    let own = printings.iter().filter(|p| p.speaker.as_deref().is_some_and(|other| same.contains(other)));
    let most = own.map(|printing| printing.confidence.value()).fold(0.0, f32::max);
    let confidence = Confidence::new(most * weight / total.max(f32::MIN_POSITIVE));
    (Some(person.printed.to_owned()), confidence)
}

/// A speaker's name, as printed and taken apart.
struct Person<'a> {
    printed: &'a str,
    name: identity::Name,
}

impl<'a> Person<'a> {
    fn parse(printed: &'a str) -> Self {
        Self { printed, name: identity::Name::parse(printed) }
    }

    /// Whether it is the other, or a form as full or fuller of the same person's.
    fn stands_for(&self, other: &Self) -> bool {
        self.printed == other.printed
            || self.printed.len() >= other.printed.len() && self.name.fits(&other.name)
    }
}

fn weight_of(speaker: &str) -> f32 {
    match speaker {
        _ if refers_back(speaker) => REFERS_BACK,
        _ if is_name(speaker) => 1.0,
        _ => UNNAMED,
    }
}

#[cfg(test)]
mod tests {
    use super::super::assemble;
    use super::*;
    use crate::quotation::Kind;
    use crate::text::Span;

    const WORDS: &str =
        "We will keep the ferry running all winter, whatever the harbor board may think of it.";

    fn print(document: &str, text: &str) -> Printing {
        Printing::new(document, 0, Kind::Direct, Span::new(3, 3 + text.len()), text)
    }

    #[test]
    fn the_fullest_name_that_most_are_sure_of_is_the_speaker() {
        let sure = Confidence::new(0.9);
        let group = [
            print("a", WORDS).with_speaker("Doe", sure),
            print("b", WORDS).with_speaker("Jane Doe", sure),
            print("c", WORDS).with_speaker("Rolf Unger", sure),
        ];
        let utterances = assemble(&group);
        assert_eq!(utterances[0].speaker.as_deref(), Some("Jane Doe"));
        assert_eq!(utterances[0].confidence, Confidence::new(0.6));
    }

    #[test]
    fn a_name_counts_for_more_than_a_description() {
        let (sure, less) = (Confidence::new(0.99), Confidence::new(0.85));
        for described in ["somebody", "the company"] {
            let group = [
                print("a", WORDS).with_speaker(described, sure),
                print("b", WORDS).with_speaker("Doe", less),
            ];
            assert_eq!(assemble(&group)[0].speaker.as_deref(), Some("Doe"), "{described}");
        }
    }

    #[test]
    fn nobody_is_no_speaker_and_has_no_vote() {
        let sure = Confidence::new(0.9);
        let nobody = print("a", WORDS).with_speaker("", sure);
        let utterances = assemble(&[nobody.clone(), print("b", WORDS).with_speaker("Jane Doe", sure)]);
        assert_eq!(utterances[0].speaker.as_deref(), Some("Jane Doe"));
        assert_eq!(utterances[0].confidence, sure);
        assert_eq!(utterances[0].occurrences[0].speaker, None);
        assert_eq!(assemble(&[nobody])[0].speaker, None);
    }
}
