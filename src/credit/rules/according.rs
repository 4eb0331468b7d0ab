//! According to X: also “according to a report in X”, where the report rule finds the cue further left.

use super::{Hit, Phrase, Rule};
use crate::credit::scene::Scene;

pub(super) fn according(scene: &Scene<'_>, phrase: &Phrase<'_>) -> Option<Hit> {
    let to = phrase.before?;
    let start = according_ending(scene, to)?;
    if phrase.staff || is_poll(scene, phrase.after_name) {
        return None;
    }
    Some(Hit::new(start, phrase.end, Rule::According))
}

/// Where “according to” begins that ends with the token at `to`.
pub(super) fn according_ending(scene: &Scene<'_>, to: usize) -> Option<usize> {
    let cue = to.checked_sub(1)?;
    (scene.word(to) == "to" && scene.word(cue).eq_ignore_ascii_case("according")).then_some(cue)
}

/// Whether a poll is named within the next words: a poll is a document, not a report.
pub(super) fn is_poll(scene: &Scene<'_>, at: usize) -> bool {
    for at in at..at + 6 {
        if matches!(scene.word(at), "poll" | "polls" | "survey" | "polling") {
            return true;
        }
        let goes_on = scene.is_capitalised(at)
            || scene.is_clitic(at)
            || matches!(
                scene.word(at),
                "/" | "-" | "–" | "tracking" | "national" | "new" | "exit" | "and" | "opinion"
            );
        if !goes_on {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn outlets_and_not_people() {
        assert_eq!(
            credits("The bridge is old, according to The Washington Post."),
            ["The Washington Post | repeat | paragraph | according to The Washington Post"]
        );
        assert_eq!(sources("According to Ada Quill, the bridge is old."), [""; 0]);
    }

    #[test]
    fn a_poll_is_a_document() {
        assert_eq!(
            credits("He leads by two points, according to a CNN/ORC poll."),
            ["CNN/ORC poll | channel | paragraph | according to a CNN/ORC poll"]
        );
    }
}
