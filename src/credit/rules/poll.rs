//! Polls: “a CNN/ORC poll”, “exit polls suggest”: documents that speak for themselves, whoever paid for them.

use std::ops::Range;

use super::according::according_ending;
use super::document::{label, phrase_start};
use super::{Candidate, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::{DET, POLL, SAY};
use crate::credit::scene::Scene;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<POLL>() {
        if !scene.is_capitalised(at)
            && let Some(tokens) = poll(scene, at)
        {
            out.push(Candidate::channel(tokens, label(scene, at), SourceKind::Document, Rule::Document));
        }
    }
}

fn poll(scene: &Scene<'_>, head: usize) -> Option<Range<usize>> {
    let start = phrase_start(scene, head);
    let prep = start.checked_sub(1);
    if let Some(cue) = prep.and_then(|to| according_ending(scene, to)) {
        return Some(cue..head + 1);
    }
    let named = (start..head)
        .any(|at| scene.name_at(at).is_some() || scene.word(at).eq_ignore_ascii_case("exit"))
        || (start..head).skip(1).any(|at| scene.is_capitalised(at))
        || (start..head).any(|at| scene.kind(at) == Some(crate::text::TokenKind::Number));
    let after = scene.word(head + 1);
    let says = scene.is(head + 1, SAY)
        || matches!(
            after,
            "has"
                | "had"
                | "showing"
                | "shows"
                | "showed"
                | "found"
                | "finds"
                | "conducted"
                | "released"
                | "published"
                | "taken"
                | "from"
                | "put"
                | "puts"
                | "suggest"
                | "indicates"
                | "by"
        );
    let within = prep.is_some_and(|at| matches!(scene.word(at), "in" | "In"));
    let from = after == "from" && scene.name_at(head + 2).is_some();
    let singular = scene.is(start, DET) || named;
    if (named && (says || within)) || from || (within && singular && says) {
        let from = prep.filter(|_| within).unwrap_or(start);
        return Some(from..head + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::credit::check::credits;

    #[test]
    fn polls_are_documents() {
        assert_eq!(
            credits("In a Gallup tracking poll, he had 33 percent."),
            ["Gallup tracking poll | channel | paragraph | In a Gallup tracking poll"]
        );
        assert_eq!(credits("Exit polls suggest that she won.").len(), 1);
    }

    #[test]
    fn going_to_the_polls_is_none() {
        assert_eq!(credits("Voters went to the polls on Tuesday.").len(), 0);
    }
}
