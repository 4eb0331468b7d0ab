//! Via X, h/t X, From X: — and not “Pool Photo via AP”.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::IMAGE;
use crate::credit::scene::Scene;

pub(super) fn via(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before.filter(|at| scene.word(*at).eq_ignore_ascii_case("via"))?;
    is_credit(scene, cue, phrase.end).then(|| Hit::new(cue, phrase.end, Rule::Via))
}

/// Whether a “via” credits words: it opens a sentence or ends one, and no image is near.
pub(super) fn is_credit(scene: &Scene<'_>, cue: usize, end: usize) -> bool {
    let sentence = scene.sentence(cue);
    let opens = cue == sentence.start || matches!(scene.word(cue.saturating_sub(1)), "(" | "[");
    let ends = matches!(scene.word(end), "." | "" | ")" | "]") || end >= scene.paragraph(cue).end;
    let from = sentence.start.max(cue.saturating_sub(14));
    let image = (from..cue).any(|at| scene.is(at, IMAGE) || matches!(scene.word(at), "/" | "Getty"));
    // “(Kevin Doe/Pool via AP)”: a bracket that opens before the cue with something in it
    let bracket = (from..cue.saturating_sub(1)).rev().take(8).any(|at| scene.word(at) == "(");
    (opens || (ends && scene.word(cue) == "via")) && !image && (!bracket || opens)
}

/// “From The Daily Caller:” at the head of a paragraph.
pub(super) fn from(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before.filter(|at| matches!(scene.word(*at), "From" | "from"))?;
    let paragraph = scene.paragraph(cue);
    let opens = cue == paragraph.start;
    let colon = scene.word(phrase.end) == ":";
    let more = scene.word(paragraph.start) == "More" || scene.word(paragraph.start) == "Related";
    (opens && colon && !more).then(|| Hit::new(cue, phrase.end, Rule::Via))
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn a_sentence_of_its_own_credits_words() {
        assert_eq!(
            credits("The raids begin on Sunday. Via The Hill.\n“We are ready,” the mayor said."),
            ["The Hill | repeat | paragraph | Via The Hill"]
        );
        assert_eq!(sources("“We are ready,” the mayor said. Via Metro Dispatch."), ["Metro Dispatch"]);
    }

    #[test]
    fn image_credits_are_none() {
        for text in [
            "(Ada Quill/Pool Photo via AP) The mayor spoke.",
            "A bridge. Ada Quill/Getty Images via AFP",
            "Featured image screenshot via YouTube",
        ] {
            assert_eq!(sources(text), [""; 0], "{text}");
        }
    }
}
