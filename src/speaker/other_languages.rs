//! German and French by cases: marks, reporting words, subjects after the verb.

use super::attribute;
use crate::limits::Limits;
use crate::mention::{Cast, Setting};
use crate::quotation::{self, Kind};
use crate::text::Text;

/// Every quotation in the second paragraph of a document, as its speaker and reporting word; the language is told
/// from the text.
fn told(paragraph: &str, before: &str) -> Vec<(String, String)> {
    let raw = format!("{before}\n{paragraph}");
    let text = Text::new(&raw);
    let limits = Limits::default();
    let (stretches, _) = quotation::find(&text, &limits);
    let cast = Cast::read(&text, &Setting::new());
    let (verdicts, _) = attribute(&text, &stretches, &cast, &limits);
    verdicts
        .into_iter()
        .filter(|verdict| !matches!(verdict.kind, Kind::Scare | Kind::Title))
        .map(|verdict| {
            verdict.attribution.map_or_else(Default::default, |told| {
                let cue = told.cue.map_or("", |cue| cue.text(&raw));
                (told.speaker, cue.to_owned())
            })
        })
        .collect()
}

fn german(paragraph: &str) -> Vec<(String, String)> {
    told(paragraph, "Die Brücke ist seit Mai gesperrt, und die Stadt sucht nach Geld.")
}

fn french(paragraph: &str) -> Vec<(String, String)> {
    told(paragraph, "Le pont est fermé depuis le mois de mai et la ville cherche de l’argent.")
}

fn one(speaker: &str, cue: &str) -> Vec<(String, String)> {
    vec![(speaker.to_owned(), cue.to_owned())]
}

#[test]
fn in_german_the_subject_may_follow_its_verb() {
    assert_eq!(german("„Wir öffnen im Mai“, sagte Karl Brandt am Montag."), one("Karl Brandt", "sagte"));
    assert_eq!(german("Am Montag sagte Karl Brandt: „Wir öffnen im Mai.“"), one("Karl Brandt", "sagte"));
    assert_eq!(german("Karl Brandt sagte: „Wir öffnen im Mai.“"), one("Karl Brandt", "sagte"));
}

#[test]
fn a_german_case_tells_who_is_no_subject() {
    assert_eq!(german("Dem Hafenblatt sagte Karl Brandt: „Wir öffnen im Mai.“"), one("Karl Brandt", "sagte"));
    assert_eq!(
        german("Karl Brandt kritisierte die Entscheidung der Behörde scharf: „Sie hat nichts geprüft.“"),
        one("Karl Brandt", "kritisierte")
    );
    assert_eq!(
        german("„Wir öffnen im Mai“, hatte Karl Brandt in einem Interview erklärt."),
        one("Karl Brandt", "erklärt")
    );
}

#[test]
fn french_reports_before_after_and_by_selon() {
    let said = one("Paul Arnaud", "déclaré");
    assert_eq!(french("« Nous ouvrirons le port en mai », a déclaré Paul Arnaud."), said);
    assert_eq!(french("Le maire Paul Arnaud a déclaré lundi : « Nous ouvrirons le port en mai. »"), said);
    assert_eq!(
        french("Selon Paul Arnaud, le pont est « trop vieux pour les camions »."),
        one("Paul Arnaud", "Selon")
    );
    assert_eq!(
        french("La ministre Jeanne Morel a qualifié le projet de « folie »."),
        one("Jeanne Morel", "qualifié")
    );
}

#[test]
fn french_verbs_take_their_pronoun_with_a_hyphen() {
    let found = french("Jeanne Morel dirige le port. « C’est faux », répond-elle.");
    assert_eq!(found.len(), 1, "{found:?}");
}
