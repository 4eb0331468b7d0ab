//! Told X: “she told The Hill”, “telling Fox News host A. B.”.

use super::{Hit, Phrase, Rule};
use crate::credit::lexicon::TELL;
use crate::credit::scene::Scene;

pub(super) fn told(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let cue = phrase.before.filter(|at| scene.is(*at, TELL))?;
    if phrase.staff {
        return None;
    }
    let passive =
        cue.checked_sub(1).is_some_and(|at| matches!(scene.word(at), "was" | "were" | "been" | "is"));
    (!passive).then(|| Hit::new(cue, phrase.end, Rule::Told))
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn who_was_told_is_who_has_it() {
        assert_eq!(
            credits("“It will hold,” Quill told The Hill on Friday."),
            ["The Hill | repeat | quotation | told The Hill"]
        );
        assert_eq!(
            sources("She told the conservative news site The Daily Caller that it would hold."),
            ["The Daily Caller"]
        );
        assert_eq!(
            sources("“No,” he told a local newspaper, The Alder Point Herald."),
            ["The Alder Point Herald"]
        );
        assert_eq!(sources("“No,” he told the Norwegian daily Kurbel."), ["Kurbel"]);
        assert_eq!(sources("“No,” he told the streaming site KurbelHub."), ["KurbelHub"]);
        assert_eq!(sources("“No,” he told CNN and Reuters."), ["CNN", "Reuters"]);
        assert_eq!(sources("“No,” he told Fox News host Ada Quill."), ["Fox News"]);
    }

    #[test]
    fn staff_and_the_passive_are_none() {
        assert_eq!(sources("She told Fox News executives to go."), [""; 0]);
        assert_eq!(sources("The mayor was told CNN had left."), [""; 0]);
    }
}
