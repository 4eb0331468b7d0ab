//! In a statement to X, confirmed to X, an email to X.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::{SAY, SPEAKS_TO};
use crate::credit::scene::Scene;

pub(super) fn given(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let to = phrase.before.filter(|at| matches!(scene.word(*at), "to" | "with"))?;
    if phrase.staff {
        return None;
    }
    let floor = scene.sentence(to).start;
    let mut at = to;
    for _ in 0..5 {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        if matches!(scene.word(at), "," | ";" | "(" | ")") || scene.is_mark(at) {
            return None;
        }
        if scene.is(at, SPEAKS_TO) && (scene.word(to) == "to" || scene.word(at) == "shared") {
            // “said in a statement sent to X”: the whole of it.
            let mut start = at;
            for _ in 0..4 {
                let Some(before) = start.checked_sub(1).filter(|before| *before >= floor) else { break };
                if !scene.is_word(before) {
                    break;
                }
                start = before;
                if scene.is(start, SAY) || matches!(scene.word(start), "in" | "In") {
                    break;
                }
            }
            let start =
                if scene.is(start, SAY) || matches!(scene.word(start), "in" | "In") { start } else { at };
            return Some(Hit::new(start, phrase.end, Rule::Given));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn what_was_said_or_sent_to_an_outlet() {
        assert_eq!(
            credits("“We are ready,” Quill said in a statement to The Hill."),
            ["The Hill | repeat | quotation | said in a statement to The Hill"]
        );
        assert_eq!(sources("She confirmed to Politico that she would go."), ["Politico"]);
    }

    #[test]
    fn a_way_to_an_outlet_is_none() {
        assert_eq!(sources("He walked to CNN in the rain."), [""; 0]);
    }
}
