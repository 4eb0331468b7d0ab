//! Obtained by X, a report by X, first reported by X.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::{ADVERB, AUX, BY_CUE, DAY, IMAGE};
use crate::credit::scene::Scene;
use crate::credit::{Relation, Scope};

pub(super) fn by(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let by = phrase.before.filter(|at| scene.word(*at) == "by")?;
    let floor = scene.sentence(by).start;
    let mut at = by;
    for _ in 0..5 {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        if scene.is(at, BY_CUE) {
            break;
        }
        if !(scene.is(at, DAY | ADVERB)
            || matches!(scene.word(at), "on" | "," | "in" | "yet")
            || scene.word(at).ends_with("ly")
            || scene.kind(at) == Some(crate::text::TokenKind::Number))
        {
            return None;
        }
    }
    if !scene.is(at, BY_CUE) || phrase.staff {
        return None;
    }
    // “Video provided by Newsy”
    let image = at.checked_sub(1).is_some_and(|at| scene.is(at, IMAGE));
    if image && matches!(scene.word(at), "provided" | "shared" | "captured" | "posted" | "uploaded") {
        return None;
    }
    let (start, first) = first_before(scene, at, floor);
    let cue = scene.lower(at);
    let reported =
        matches!(cue.as_ref(), "reported" | "published" | "disclosed" | "revealed" | "obtained" | "posted");
    let hit = Hit::new(start, phrase.end, Rule::By);
    Some(if first && reported { hit.with_relation(Relation::Origin).with_scope(Scope::Article) } else { hit })
}

/// Back over “was first” and “as”; whether there was a “first”.
fn first_before(scene: &Scene<'_>, cue: usize, floor: usize) -> (usize, bool) {
    let mut start = cue;
    let mut first = false;
    for _ in 0..3 {
        let Some(before) = start.checked_sub(1).filter(|before| *before >= floor) else { break };
        if matches!(scene.lower(before).as_ref(), "first" | "originally" | "as") {
            first |= scene.word(before).eq_ignore_ascii_case("first");
            start = before;
        } else if scene.is(before, ADVERB | AUX) {
            start = before;
        } else {
            break;
        }
    }
    (start, first)
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn what_it_first_reported_it_is_the_origin_of() {
        assert_eq!(
            credits("The closure was first reported by the Miami Herald."),
            ["Miami Herald | origin | article | was first reported by the Miami Herald"]
        );
        assert_eq!(
            credits("In a letter obtained by CNN, Quill wrote: “We will not pay.”")
                .last()
                .map(String::as_str),
            Some("CNN | repeat | quotation | obtained by CNN")
        );
    }

    #[test]
    fn a_building_by_an_outlet_is_none() {
        assert_eq!(sources("The protest by the CNN building went on."), [""; 0]);
        assert_eq!(sources("A bridge in the rain. Video provided by Reuters"), [""; 0]);
    }
}
