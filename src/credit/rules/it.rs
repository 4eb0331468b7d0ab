//! “It said …”, “The report says …”, “the story says”: the outlet whose report the sentence before named.

use std::ops::Range;

use super::{Candidate, Credited, Rule};
use crate::credit::lexicon::{ANAPHOR, REPORT_NOUN, SAY};
use crate::credit::scene::Scene;
use crate::text::key;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    let mut reports: Vec<Candidate> = out
        .iter()
        .filter(|found| match found.rule {
            Rule::Reported | Rule::ReportOf | Rule::According | Rule::Interview => true,
            Rule::Told => matches!(found.credited, Credited::Outlet(_)),
            Rule::Document => scene.is(found.tokens.end.saturating_sub(1), SAY),
            _ => false,
        })
        .cloned()
        .collect();
    if reports.is_empty() {
        return;
    }
    reports.sort_by_key(|found| found.tokens.start);
    let mut recent: Vec<Candidate> = Vec::new();
    let mut next = 0;
    for at in scene.all::<{ REPORT_NOUN | ANAPHOR }>() {
        let index = scene.text.token(at).map_or(0, |token| token.sentence());
        let sentence = scene.sentence(at);
        let here = scene.key(at) == key("here");
        let it = scene.key(at) == key("it");
        let (start, end) = if let Some(end) = pronoun(scene, sentence.start, at) {
            (at, end)
        } else if let Some(end) = the_report(scene, at) {
            (at - 1, end)
        } else if here && full_report(scene, &sentence, at) {
            (sentence.start, at + 1)
        } else {
            continue;
        };
        while next < reports.len() && reports.get(next).is_some_and(|found| found.tokens.start < at) {
            recent.extend(reports.get(next).cloned());
            next += 1;
        }
        if recent.len() > 8 {
            recent.drain(..recent.len() - 8);
        }
        // A pronoun has what was last named; a noun the last outlet.
        let is_outlet = |found: &&Candidate| it || matches!(found.credited, Credited::Outlet(_));
        let Some(last) = recent.iter().rev().find(is_outlet) else { continue };
        let from = scene.text.token(last.tokens.start).map_or(0, |token| token.sentence());
        let reach = if it {
            2
        } else if here {
            usize::MAX
        } else {
            12
        };
        let reports_it = !it || !matches!(last.rule, Rule::Interview | Rule::According | Rule::Told);
        if index > from && index - from <= reach && reports_it {
            let mut found =
                Candidate { tokens: start..end, rule: Rule::Anaphor, scope: None, ..last.clone() };
            if last.rule == Rule::Document {
                found.relation = Some(crate::credit::Relation::Channel);
            }
            if it {
                let again = Candidate { rule: last.rule, ..found.clone() };
                recent.push(again);
            }
            out.push(found);
        }
    }
}

/// “The full interview is available here.”
fn full_report(scene: &Scene<'_>, sentence: &Range<usize>, here: usize) -> bool {
    let short = sentence.len() < 14 && here + 2 >= sentence.end;
    if !short {
        return false;
    }
    let noun = (sentence.start..here).any(|at| scene.is(at, REPORT_NOUN));
    let full =
        (sentence.start..here).any(|at| matches!(scene.word(at), "full" | "entire" | "whole" | "rest"));
    noun && full
}

/// “It says”, at the head of a sentence; what follows it ends where?
fn pronoun(scene: &Scene<'_>, head: usize, at: usize) -> Option<usize> {
    let opens = at == head && scene.word(at) == "It";
    let says =
        matches!(scene.word(at + 1), "said" | "says" | "added" | "adds" | "noted" | "notes" | "reported");
    (opens && says).then_some(at + 2)
}

/// “the report said”, “the story also says”, “he said in the interview”.
fn the_report(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let the = at.checked_sub(1).filter(|the| matches!(scene.word(*the), "the" | "The"))?;
    if !scene.is(at, REPORT_NOUN) || scene.is_capitalised(at) {
        return None;
    }
    if matches!(scene.word(at), "interview") {
        let prep = the.checked_sub(1)?;
        let said = (prep.saturating_sub(7)..prep).any(|at| scene.is(at, SAY));
        return (said && matches!(scene.word(prep), "in" | "during")).then_some(at + 1);
    }
    if !matches!(scene.word(at), "report" | "story" | "article" | "piece" | "profile") {
        return None;
    }
    let verb = if matches!(scene.word(at + 1), "also" | "further" | "then") { at + 2 } else { at + 1 };
    scene.is(verb, SAY).then_some(verb + 1)
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn the_report_that_was_named_goes_on() {
        assert_eq!(
            sources(
                "Quill answered a New York Times report. It said the bridge was old. The report said more."
            ),
            ["The New York Times", "The New York Times", "The New York Times"]
        );
        assert_eq!(sources("The weather was bad. It said nothing."), [""; 0]);
    }
}
