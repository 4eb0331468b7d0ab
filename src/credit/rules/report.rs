//! A X report, X's story, a report in X, an op-ed in X, when X asked.

use super::according::{according_ending, is_poll};
use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::{ADVERB, AUX, DAY, REPORT_NOUN};
use crate::credit::name::Form;
use crate::credit::scene::Scene;

pub(super) fn report(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    own_report(scene, phrase).or_else(|| report_in(scene, phrase)).or_else(|| apposed(scene, phrase))
}

/// “a Daily Beast report”, “The Times’ suggestion”.
fn own_report(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    if phrase.staff || is_poll(scene, phrase.after_name) {
        return None;
    }
    // “AstraZeneca report” names a company: one word of a newspaper's form is not enough here.
    let shaped = phrase.name.form == Form::Shaped && phrase.name.tokens.len() > 1;
    let certain = super::is_certain(phrase.name) || shaped;
    for at in phrase.after_name..phrase.after_name + 3 {
        let suggestion =
            phrase.possessive && matches!(scene.word(at), "suggestion" | "claim" | "findings" | "coverage");
        if (scene.is(at, REPORT_NOUN) || suggestion) && !scene.is_capitalised(at) && certain {
            let start = widen(scene, phrase.name.tokens.start);
            return (!is_judged(scene, start)).then(|| Hit::new(start, at + 1, Rule::ReportOf));
        }
        let goes_on = scene.is(at, DAY)
            || matches!(
                scene.word(at),
                "investigative"
                    | "exclusive"
                    | "front-page"
                    | "cover"
                    | "opinion"
                    | "magazine"
                    | "bombshell"
                    | "recent"
                    | "news"
                    | "live"
                    | "original"
                    | "lengthy"
                    | "new"
                    | "blog"
                    | "online"
            );
        if !goes_on {
            return None;
        }
    }
    None
}

/// Whether somebody only gives an opinion of it: she *called* a Daily Beast report “a fabrication”.
fn is_judged(scene: &Scene<'_>, start: usize) -> bool {
    start.checked_sub(1).is_some_and(|verb| {
        matches!(
            scene.word(verb),
            "called"
                | "calls"
                | "calling"
                | "dismissed"
                | "denounced"
                | "slammed"
                | "blasted"
                | "labeled"
                | "dubbed"
        )
    })
}

/// “wrote Ada Quill, Washington Post correspondent,”: the outlet in an apposition.
fn apposed(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let comma = phrase.before.filter(|at| scene.word(*at) == ",")?;
    let verb = writes_in(scene, comma, scene.sentence(comma).start)?;
    Some(Hit::new(verb, phrase.end, Rule::ReportOf))
}

/// “a report in The Intercept”, “published on Monday in The Hill”.
fn report_in(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let prep = phrase.before?;
    if phrase.staff || !matches!(scene.word(prep), "in" | "from" | "of" | "on" | "for" | "by") {
        return None;
    }
    let floor = scene.sentence(prep).start;
    if let Some(start) = writes_in(scene, prep, floor) {
        return Some(Hit::new(start, phrase.end, Rule::ReportOf));
    }
    let mut at = prep;
    for step in 0..5 {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        let word = scene.lower(at);
        let word = word.as_ref();
        let published = matches!(
            word,
            "published"
                | "reported"
                | "appeared"
                | "wrote"
                | "writing"
                | "printed"
                | "writes"
                | "written"
                | "posted"
                | "featured"
                | "explained"
                | "explains"
                | "argued"
                | "argues"
                | "noted"
                | "notes"
                | "observed"
                | "observes"
                | "recounted"
                | "opined"
                | "quoted"
                | "serialized"
                | "excerpted"
                | "disclosed"
        );
        let noun = scene.is(at, REPORT_NOUN) && scene.word(prep) != "of";
        if (noun && step < 4) || published {
            return Some(Hit::new(widen(scene, at), phrase.end, Rule::ReportOf));
        }
        let goes_on = scene.is(at, DAY | ADVERB | AUX) || matches!(word, "on" | "in" | "titled");
        if !goes_on {
            return None;
        }
    }
    None
}

/// “writes Ada Quill in The Atlantic”: the verb, its subject, the place.
fn writes_in(scene: &Scene<'_>, prep: usize, floor: usize) -> Option<usize> {
    let mut at = prep.checked_sub(1)?;
    while at > floor && prep - at < 4 && scene.is_word(at) && scene.is_capitalised(at) {
        at -= 1;
    }
    let named = (2..5).contains(&(prep - at)) && matches!(scene.word(prep), "in" | "at" | "for" | ",");
    let writes = matches!(
        scene.word(at),
        "writes"
            | "wrote"
            | "argues"
            | "argued"
            | "reports"
            | "reported"
            | "notes"
            | "noted"
            | "explains"
            | "observes"
    );
    (named && writes).then_some(at)
}

/// Back over the article, adjectives and “according to”, “responding to”, “in”.
fn widen(scene: &Scene<'_>, start: usize) -> usize {
    let floor = scene.sentence(start).start;
    let mut at = start;
    for _ in 0..5 {
        let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { break };
        if let Some(cue) = according_ending(scene, before) {
            return cue;
        }
        if matches!(scene.word(before), "in" | "In" | "to" | "from" | "after" | "After" | "with") {
            return before;
        }
        let adjective = scene.is_word(before) && !scene.is(before, super::super::lexicon::STOP);
        if !adjective {
            break;
        }
        at = before;
    }
    // only the article and what is surely part of the phrase
    match start.checked_sub(1) {
        Some(before) if before >= floor && scene.is(before, super::super::lexicon::DET) => before,
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn reports_by_whatever_noun() {
        assert_eq!(
            sources("The quarrel follows a Daily Beast report claiming that he left."),
            ["The Daily Beast"]
        );
        assert_eq!(sources("According to a report in The Intercept, he left."), ["The Intercept"]);
        assert_eq!(
            sources("She wrote in an op-ed in The Wall Street Journal that he left."),
            ["The Wall Street Journal"]
        );
    }

    #[test]
    fn a_report_that_somebody_judges_is_no_source_of_the_judgement() {
        assert_eq!(sources("Quill called a New York Times report “the latest lie.”"), [""; 0]);
    }

    #[test]
    fn a_reporter_is_no_report() {
        assert_eq!(sources("A Politico reporter stood by the door."), [""; 0]);
        assert_eq!(sources("The HarborGen report came late."), [""; 0]);
    }
}
