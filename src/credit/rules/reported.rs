//! X reported, X's A. B. writes, as X first reported; reports X.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::{ADVERB, AUX, DAY, PREP, REPORT, REPORT_SAID, SAY, TITLE};
use crate::credit::name::Form;
use crate::credit::scene::Scene;
use crate::credit::{Relation, Scope};
use crate::text::key;

pub(super) fn reported(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    if phrase.staff || (phrase.possessive && phrase.journalist.is_none()) {
        return None;
    }
    // “an editor of The Hill said”: somebody else is the subject
    let of = phrase.before.is_some_and(|at| {
        scene.is(at, PREP) && !matches!(scene.word(at), "after" | "After" | "before" | "Before")
            || matches!(scene.word(at), "of" | "than")
    });
    if of && !is_of_outlet(scene, phrase) {
        return None;
    }
    let mut at = phrase.subject_end();
    let mut first = false;
    for _ in 0..4 {
        if scene.key(at) == key("first") {
            first = true;
        }
        let skip = (scene.is(at, ADVERB | AUX | DAY) && !scene.is(at, REPORT))
            || scene.key(at) == key("on")
            || (scene.word(at).ends_with("ly") && !scene.is_capitalised(at));
        if !skip {
            break;
        }
        at += 1;
    }
    let start = as_before(scene, phrase);
    // “The Straits Times, citing Reuters, reports”
    let aside = scene.word(at) == "," && matches!(scene.word(at + 1), "citing" | "quoting" | "which");
    if aside {
        let close = (at + 1..at + 10).find(|at| scene.word(*at) == ",")?;
        at = close + 1;
        if scene.is(at, AUX | ADVERB) {
            at += 1;
        }
    }
    // “X’s A. B., who wrote on Sunday that …”
    let said = phrase.before.is_some_and(|at| scene.is(at, SAY));
    if phrase.journalist.is_some() && !said && scene.word(at) == "," && scene.word(at + 1) == "who" {
        at += 2;
        while scene.is(at, ADVERB | AUX) && at < phrase.subject_end() + 4 {
            at += 1;
        }
    }
    // “was the first to report”, “broke the story”
    if scene.key(at) == key("the") && scene.key(at + 1) == key("first") {
        at += 1;
        first = true;
    }
    if scene.key(at) == key("first") && scene.key(at + 1) == key("to") {
        first = true;
        at += 2;
    } else if first && scene.key(at) == key("to") {
        at += 1;
    }
    let broke = scene.key(at) == key("broke");
    // “the HarborGen report”: the noun, unless it was the first to
    let noun = scene.word(at) == "report" && !first;
    let strong = scene.is(at, REPORT) && !noun && (!broke || matches!(scene.word(at + 1), "the" | "news"));
    let known = matches!(phrase.name.form, Form::Full | Form::Short | Form::Noun);
    let weak = scene.is(at, REPORT_SAID)
        && (known
            || phrase.journalist.is_some()
            || scene.is_own(phrase.name.tokens.clone())
            || claims(scene, phrase, at));
    let own_words = matches!(scene.word(at + 1), "in" | "it") && matches!(scene.word(at), "said" | "says");
    if !(strong || (weak && !own_words)) || scene.word(at + 1) == "by" {
        return None;
    }
    let origin = first || broke;
    let end = if aside { phrase.end } else { that_after(scene, at + 1) };
    let hit = Hit::new(start, end, Rule::Reported);
    Some(if origin { hit.with_relation(Relation::Origin).with_scope(Scope::Article) } else { hit })
}

/// “The Alder Point Courier states that”: a name of a newspaper's form with its article, and what it holds.
fn claims(scene: &Scene<'_>, phrase: &Phrase<'_>, verb: usize) -> bool {
    let name = &phrase.name.tokens;
    let article = name.start.checked_sub(1).is_some_and(|the| matches!(scene.word(the), "the" | "The"));
    name.len() > 1 && article && scene.word(verb + 1) == "that"
}

/// “Ada Quill of The Hill reported”: a journalist, then the outlet, then what only journalists do.
fn is_of_outlet(scene: &Scene<'_>, phrase: &Phrase<'_>) -> bool {
    let person = |of: usize| {
        let floor = of.saturating_sub(2);
        of >= 2 && (floor..of).all(|at| scene.is_word(at) && scene.is_capitalised(at) && !scene.is(at, TITLE))
    };
    let named = phrase.before.is_some_and(|of| matches!(scene.word(of), "of" | "at" | "with") && person(of));
    let verb = phrase.subject_end() + usize::from(scene.is(phrase.subject_end(), ADVERB));
    named
        && matches!(
            scene.word(verb),
            "reported" | "reports" | "writes" | "uncovered" | "tweeted" | "broke" | "wrote"
        )
}

/// “, writes The Hill”, “reported the Associated Press”.
pub(super) fn says_the(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before?;
    let verb = matches!(
        scene.word(cue),
        "reported"
            | "reports"
            | "writes"
            | "wrote"
            | "notes"
            | "noted"
            | "jeered"
            | "thundered"
            | "opined"
            | "sneered"
            | "crowed"
            | "gushed"
            | "declared"
    );
    let after = scene.word(phrase.end);
    let ends = matches!(after, "." | "," | "" | ":" | ";" | ")") || scene.is(phrase.end, DAY);
    let certain = super::is_certain(phrase.name) || phrase.name.form == Form::Shaped;
    (verb && ends && certain && !phrase.staff).then(|| Hit::new(cue, phrase.end, Rule::Reported))
}

/// The start of the phrase, with “as” or “after” if one stands before.
fn as_before(scene: &Scene<'_>, phrase: &Phrase<'_>) -> usize {
    let start = phrase.name.tokens.start;
    let article = start.checked_sub(1).filter(|at| scene.word(*at).eq_ignore_ascii_case("the"));
    let start = article.unwrap_or(start);
    match phrase.before {
        Some(at) if matches!(scene.word(at), "as" | "As" | "after" | "After") => at,
        _ => start,
    }
}

/// Over “Thursday” and “that”.
fn that_after(scene: &Scene<'_>, mut at: usize) -> usize {
    for _ in 0..3 {
        let takes =
            (scene.is(at, DAY) && scene.is_capitalised(at)) || matches!(scene.word(at), "that" | "on");
        let dangling = scene.word(at) == "on" && !scene.is(at + 1, DAY);
        if !takes || dangling {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, links, sources};

    #[test]
    fn what_outlets_report() {
        assert_eq!(
            credits("The New York Times reported Thursday that raids would begin."),
            ["The New York Times | repeat | paragraph | The New York Times reported Thursday that"]
        );
        assert_eq!(
            sources("As the Springfield Shopper reported, the bridge is old."),
            ["Springfield Shopper"]
        );
        assert_eq!(sources("The bridge is old, Reuters reported."), ["Reuters"]);
        assert_eq!(sources("“He has lost his mind,” jeered the Alder Point Bee."), ["Alder Point Bee"]);
        assert_eq!(sources("The Alder Point Courier states that it is old."), ["The Alder Point Courier"]);
        assert_eq!(sources("The bridge is old, The Harbor Ledger understands."), ["The Harbor Ledger"]);
    }

    #[test]
    fn what_closes_its_own_claim_reaches_no_further() {
        let then = "\n\n“We will see,” said Ada Quill.";
        assert_eq!(links(&format!("She raised a million, CNN reported.{then}")), [None]);
        assert_eq!(links(&format!("She spoke to CNN.{then}")), [Some(0)]);
    }

    #[test]
    fn journalists_stand_for_their_outlets() {
        assert_eq!(sources("Ada Quill of Politico reported that he left."), ["Politico"]);
        assert_eq!(
            sources("Politico’s Ada Quill, who wrote on Sunday that he left, was right."),
            ["Politico"]
        );
        assert_eq!(sources("He left, wrote Ada Quill, Politico correspondent, on Friday."), ["Politico"]);
        assert_eq!(sources("Reuters and the Yonhap news agency reported that he left.").len(), 2);
    }

    #[test]
    fn people_who_work_there_are_none() {
        assert_eq!(sources("An editor of The Hill said he was ill."), [""; 0]);
        assert_eq!(sources("CNN contributor Ada Quill said it was late."), [""; 0]);
    }
}
