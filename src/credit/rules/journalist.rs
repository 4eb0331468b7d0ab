//! A journalist who stands for an outlet: “told Dowd”, “according to Dowd”, “Remnick notes”, once
//! “The New Yorker’s David Remnick” was named.

use std::collections::BTreeMap;

use super::according::according_ending;
use super::{Candidate, Credited, Rule};
use crate::credit::lexicon::{ADVERB, REPORT, REPORT_SAID, TELL};
use crate::credit::name::Source;
use crate::credit::scene::Scene;

/// The journalists that were named as somebody's, by the key of their last name.
#[derive(Default)]
pub(super) struct Journalists {
    by_key: BTreeMap<u64, (usize, Source)>,
}

impl Journalists {
    pub(super) fn note(&mut self, scene: &Scene<'_>, last_name: usize, source: &Source) {
        self.by_key.entry(scene.key(last_name)).or_insert((last_name, source.clone()));
    }

    pub(super) fn find(&self, scene: &Scene<'_>, out: &mut Vec<Candidate>) {
        if self.by_key.is_empty() {
            return;
        }
        for at in 0..scene.text.tokens().len() {
            if !scene.is_capitalised(at) {
                continue;
            }
            let Some((named, source)) = self.by_key.get(&scene.key(at)) else { continue };
            if at <= *named {
                continue;
            }
            let Some((start, end, rule)) = cue(scene, at) else { continue };
            out.push(Candidate {
                tokens: start..end,
                credited: Credited::Outlet(source.clone()),
                kind: source.kind(scene),
                rule,
                relation: None,
                scope: None,
            });
        }
    }
}

fn cue(scene: &Scene<'_>, at: usize) -> Option<(usize, usize, Rule)> {
    let before = at.checked_sub(1)?;
    if scene.is(before, TELL) {
        return Some((before, at + 1, Rule::Told));
    }
    if let Some(start) = according_ending(scene, before) {
        return Some((start, at + 1, Rule::According));
    }
    if scene.is_clitic(at + 1) || scene.is_capitalised(before) {
        return None;
    }
    let verb = if scene.is(at + 1, ADVERB) { at + 2 } else { at + 1 };
    let says = scene.is(verb, REPORT) || (scene.is(verb, REPORT_SAID) && !matches!(scene.word(verb), "said"));
    says.then_some((at, verb + 1, Rule::Reported))
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn a_journalist_stands_for_the_outlet() {
        assert_eq!(
            sources(
                "Quill told The New Yorker’s Ben Aldous that it was late. “No,” she told Aldous. Aldous notes that it rained."
            ),
            ["The New Yorker", "The New Yorker", "The New Yorker"]
        );
        assert_eq!(sources("Ben Aldous notes that it rained."), [""; 0]);
    }
}
