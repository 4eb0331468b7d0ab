//! In an interview with X, on X's programme, speaking to X, a X interview.

use super::{Hit, Phrase, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::{DAY, SAY, TELL};
use crate::credit::name::Form;
use crate::credit::scene::Scene;

pub(super) fn interview(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    if phrase.staff && phrase.journalist.is_none() {
        return named(scene, phrase);
    }
    let prep = phrase.before?;
    let word = scene.word(prep);
    if !matches!(word, "with" | "on" | "On" | "for" | "to" | "by" | "from" | "at" | "in") {
        return named(scene, phrase);
    }
    let broadcast = phrase.name.source.kind(scene) == SourceKind::Broadcast;
    let floor = scene.sentence(prep).start;
    if broadcast
        && word.eq_ignore_ascii_case("on")
        && (opens(scene, phrase, prep) || words_of_show(scene, phrase))
    {
        return Some(Hit::new(prep, phrase.end, Rule::Interview));
    }
    let mut at = prep;
    for _ in 0..9 {
        at = match at.checked_sub(1) {
            Some(at) if at >= floor => at,
            _ => break,
        };
        if matches!(scene.word(at), "," | ";" | "(" | ")" | ":")
            || (scene.is_mark(at) && !scene.is_clitic(at))
        {
            break;
        }
        let cue = scene.lower(at);
        let fits = match cue.as_ref() {
            "interview" | "interviews" | "interviewed" | "conversation" | "sit-down" | "q&a" => true,
            "spoke" | "speaking" | "speaks" | "talked" | "talking" | "chat" | "chatted" | "sat" => {
                matches!(word, "with" | "to") || (word == "on" && broadcast)
            }
            "appearance" | "appearances" | "appeared" | "appearing" | "appears" | "guest" => {
                let said = scene.has_marks(at) || scene.near(at).any(|at| scene.is(at, SAY | TELL));
                word != "to" && word != "from" && (broadcast || word == "with") && said
            }
            "aired" | "airing" | "airs" | "broadcast" | "segment" | "panel" | "interviewing" => broadcast,
            _ => broadcast && matches!(word, "on" | "to") && scene.is(at, SAY | TELL) && word == "on",
        };
        if fits {
            return Some(Hit::new(widen(scene, at, floor), phrase.end, Rule::Interview));
        }
    }
    named(scene, phrase)
}

/// “On ‘This Week’ on Sunday, Quill said …”: a programme that opens its sentence, with something said in it.
fn opens(scene: &Scene<'_>, phrase: &Phrase<'_>, prep: usize) -> bool {
    let sentence = scene.sentence(prep);
    let start = sentence.start.max(prep.saturating_sub(4));
    let first = (start..prep).all(|at| {
        scene.is(at, DAY)
            || matches!(scene.word(at), "," | "on" | "On" | "Later" | "Earlier" | "And" | "But" | "Speaking")
    });
    let set_off =
        phrase.name.form == Form::Show && (scene.word(phrase.end) == "," || scene.is(phrase.end, DAY));
    if first && set_off && prep < start + 4 {
        return true;
    }
    let near = phrase.end..sentence.end.min(phrase.end + 40);
    first && prep < start + 4 && near.into_iter().any(|at| scene.is(at, SAY | TELL))
}

/// “King agreed on NBC’s ‘Meet the Press,’ saying …”: a programme in the middle of somebody's words.
fn words_of_show(scene: &Scene<'_>, phrase: &Phrase<'_>) -> bool {
    let show = matches!(phrase.name.form, Form::Show);
    let end = scene.sentence(phrase.name.tokens.start).end;
    let goes_on = (phrase.end..end.min(phrase.end + 6)).any(|at| {
        scene.is(at, SAY) && scene.word(at).ends_with("ing") || matches!(scene.word(at), "that" | "whether")
    });
    show && goes_on
}

/// “during a Fox News interview”.
fn named(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    for at in phrase.after_name..phrase.after_name + 2 {
        if matches!(scene.word(at), "interview" | "interviews" | "appearance" | "town") {
            let end = if scene.word(at) == "town" { at + 2 } else { at + 1 };
            let floor = scene.sentence(at).start;
            let start = phrase.name.tokens.start;
            return Some(Hit::new(widen(scene, start, floor), end, Rule::Interview));
        }
    }
    None
}

/// Back over “in an exclusive” to the preposition.
pub(super) fn widen(scene: &Scene<'_>, start: usize, floor: usize) -> usize {
    let mut at = start;
    for _ in 0..5 {
        let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { break };
        at = before;
        if matches!(scene.word(at), "in" | "In" | "during" | "During" | "with" | "With" | "After" | "after") {
            return at;
        }
        if !scene.is_word(at) || scene.is(at, SAY | TELL) {
            break;
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn interviews_and_programmes() {
        assert_eq!(sources("In an interview with Politico, Quill said she would stay."), ["Politico"]);
        assert_eq!(sources("“No,” Quill said on ABC’s “This Week.”"), ["ABC News This Week"]);
        assert_eq!(sources("“I was wrong,” Quill said during a Fox News interview."), ["Fox News"]);
    }

    #[test]
    fn a_programme_that_opens_the_sentence() {
        assert_eq!(sources("On “This Week” on Sunday, Quill praised the bridge."), ["ABC News This Week"]);
        assert_eq!(sources("On CNN, Quill said that it would hold."), ["CNN"]);
        assert_eq!(sources("“No,” Quill told 60 Minutes."), ["CBS News 60 Minutes"]);
        assert_eq!(sources("“No,” Quill told Channel 7."), [""; 0]);
    }

    #[test]
    fn an_outlet_that_is_watched_is_none() {
        assert_eq!(sources("He watched the debate on CNN and went to bed."), [""; 0]);
    }
}
