//! Occasions: told reporters, at a news conference, in his speech, testified before the committee.

use std::ops::Range;

use super::document::{label, leads_up, phrase_start, says_within, verb_before};
use super::{Candidate, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::{AUDIENCE, DET, EVENT, EVENT_WEAK, POSS, PRESS, SAY, TELL, TESTIFIED};
use crate::credit::scene::Scene;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<{ PRESS | AUDIENCE | TESTIFIED | EVENT | EVENT_WEAK }>() {
        if scene.is(at, PRESS | AUDIENCE)
            && let Some(tokens) = told(scene, at)
        {
            let rule = if scene.is(at, PRESS) { Rule::Press } else { Rule::Event };
            let label = if rule == Rule::Press { "reporters".to_owned() } else { label(scene, at) };
            out.push(Candidate::channel(tokens, label, SourceKind::Event, rule));
            continue;
        }
        if let Some(tokens) = testified(scene, at) {
            out.push(Candidate::channel(tokens, "testimony", SourceKind::Event, Rule::Event));
            continue;
        }
        let verb = at.checked_sub(1).is_some_and(|to| matches!(scene.word(to), "to" | "will" | "would"));
        if !verb
            && scene.is(at, EVENT | EVENT_WEAK)
            && !scene.is(at + 1, EVENT | EVENT_WEAK)
            && let Some(tokens) = said_at(scene, at)
        {
            out.push(Candidate::channel(tokens, label(scene, at), SourceKind::Event, Rule::Event));
        }
    }
}

/// “told reporters”, “speaking to reporters”, “told the committee”, “said before the House committee”.
fn told(scene: &Scene<'_>, head: usize) -> Option<Range<usize>> {
    let start = phrase_start(scene, head);
    let cue = start.checked_sub(1)?;
    if scene.is(cue, TELL) || (scene.word(cue) == "tell" && scene.is(head, PRESS)) {
        return Some(cue..head + 1);
    }
    let verb = cue.checked_sub(1)?;
    let court = matches!(scene.word(head), "court" | "jury");
    if scene.word(cue) == "before" && scene.is(verb, SAY) && scene.is(head, AUDIENCE) && !court {
        return Some(verb..head + 1);
    }
    let to = matches!(scene.word(cue), "to" | "with") && scene.is(head, PRESS);
    let spoke = matches!(
        scene.word(verb),
        "speaking"
            | "spoke"
            | "Speaking"
            | "said"
            | "talking"
            | "Talking"
            | "talked"
            | "remarks"
            | "comments"
    );
    (to && spoke).then_some(verb..head + 1)
}

/// “testified before Congress”, “testifying to the Senate Judiciary Committee”.
fn testified(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let verb = matches!(scene.word(at), "testified" | "testifying" | "Testifying" | "testifies");
    if !verb {
        return None;
    }
    let mut end = at + 1;
    if matches!(scene.word(end), "before" | "to" | "at") {
        end += 1;
        while end < at + 8 && (scene.is_capitalised(end) || matches!(scene.word(end), "the" | "a")) {
            end += 1;
        }
    }
    Some(at..end)
}

/// “at a news conference Friday”, “in his State of the Union address”, “during the hearing”.
fn said_at(scene: &Scene<'_>, head: usize) -> Option<Range<usize>> {
    let start = phrase_start(scene, head);
    let sentence = scene.sentence(head);
    let prep = start.checked_sub(1).filter(|at| *at >= sentence.start)?;
    let word = scene.lower(prep);
    if leads_up(scene, start, head) {
        return None;
    }
    let possessed = scene.is(start, POSS) || (start..head).any(|at| scene.is_clitic(at));
    let speech = matches!(
        scene.word(head),
        "speech" | "address" | "remarks" | "testimony" | "eulogy" | "keynote" | "response" | "sermon"
    );
    let direct = scene.is(prep, TELL) || matches!(word.as_ref(), "addressing" | "addressed");
    if direct && scene.is(start, DET) && scene.is(head, EVENT | EVENT_WEAK) && !speech {
        return Some(prep..head + 1);
    }
    if matches!(word.as_ref(), "used" | "uses" | "using") && possessed && speech {
        return Some(prep..head + 1);
    }
    let part = word == "of"
        && prep.checked_sub(1).is_some_and(|at| {
            matches!(
                scene.word(at),
                "end" | "beginning" | "start" | "middle" | "outset" | "course" | "night" | "portion"
            )
        });
    let evidence = word == "to" && says_within(scene, head + 1, 26);
    if !part
        && !evidence
        && !matches!(word.as_ref(), "in" | "at" | "during" | "on" | "before" | "from" | "bei" | "en")
    {
        return None;
    }
    if word == "from" && scene.word(sentence.end - 1) == ":" && sentence.end - head < 4 {
        return Some(prep..head + 1);
    }
    let quoted = scene.has_marks(head);
    let verb = verb_before(scene, prep, 9);
    let later = prep == sentence.start + 1
        && matches!(scene.word(sentence.start), "Earlier" | "Later" | "Then" | "Also");
    let opening = later
        || prep == sentence.start
        || (prep > sentence.start && scene.word(prep - 1) == "," && scene.is(head, EVENT));
    let says_later = opening && says_within(scene, head + 1, 24);
    let goes_on = (head + 1..head + 8)
        .take_while(|at| *at < sentence.end)
        .any(|at| scene.is(at, SAY) && scene.word(at).ends_with("ing"));
    let floor =
        scene.word(head) == "floor" && matches!(scene.word(head.saturating_sub(1)), "House" | "Senate");
    let strong = scene.is(head, EVENT) || floor;
    let own = possessed
        && speech
        && matches!(word.as_ref(), "in" | "during")
        && (verb.is_some() || quoted || opening);
    // dismay at somebody's remarks
    if word == "at" && matches!(scene.word(head), "remarks" | "response" | "announcement") {
        return None;
    }
    // “calling it “a monster” at a rally in Toledo”; “At his briefing on Monday, she chided …”
    let aloud = matches!(
        scene.word(head),
        "rally" | "briefing" | "conference" | "hearing" | "fundraiser" | "debate" | "event" | "ceremony"
    );
    let closes = aloud && prep.checked_sub(1).is_some_and(|at| scene.is_mark(at) && !scene.is_clitic(at));
    let opening_quoted = opening && !matches!(scene.word(head + 1), "site" | "hall" | "floor");
    let fits = own
        || if strong {
            verb.is_some() || says_later || goes_on || (quoted && (closes || opening_quoted))
        } else {
            (quoted && verb.is_some()) || says_later
        };
    let fits = fits && (word != "before" || matches!(scene.word(head), "convention" | "panel"));
    let fits = fits && (word != "on" || matches!(scene.word(head), "floor" | "stage" | "call" | "tour"));
    let fits = fits && (word != "from" || matches!(scene.word(head), "floor" | "stage"));
    // “in response”
    let fits = fits
        && (scene.word(head) != "response"
            || (possessed || scene.is(start, DET)) && scene.word(head + 1) != "to");
    if !fits {
        return None;
    }
    let from = verb.filter(|verb| prep - verb < 4 && scene.is(*verb, SAY)).unwrap_or(prep);
    Some(from..head + 1)
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn occasions_on_which_people_speak() {
        assert_eq!(sources("“We are ready,” Quill told reporters."), ["reporters"]);
        assert_eq!(
            sources("“We are ready,” Quill said at a news conference on Friday."),
            ["news conference"]
        );
        assert_eq!(
            sources("In his State of the Union address, Quill said the bridge was old."),
            ["State of the Union address"]
        );
    }

    #[test]
    fn occasions_alone() {
        assert_eq!(sources("The hearing was put off to May."), [""; 0]);
    }
}
