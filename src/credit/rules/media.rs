//! Media without a name: “local press said”, “according to state television”, “berichtete das Staatsfernsehen”.

use std::ops::Range;

use super::according::according_ending;
use super::{Candidate, Credited, Rule};
use crate::credit::SourceKind;
use crate::credit::lexicon::{MEDIA, REPORT, STOP};
use crate::credit::name::Source;
use crate::credit::scene::Scene;

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<MEDIA>() {
        let kind = match scene.word(at) {
            "press" | "media" | "newspapers" | "outlets" | "Medien" | "Presse" => SourceKind::Outlet,
            "television" | "TV" | "radio" | "Staatsfernsehen" | "Fernsehen" | "Staatsfernsehens" => {
                SourceKind::Broadcast
            }
            _ => continue,
        };
        if scene.name_at(at).is_some() {
            continue;
        }
        let start = adjectives(scene, at);
        let social =
            start.checked_sub(1).is_some_and(|before| scene.word(before).eq_ignore_ascii_case("social"));
        if social {
            continue;
        }
        if start == at && !scene.word(at).starts_with("Staats") {
            continue;
        }
        if let Some(tokens) = credited(scene, start, at) {
            out.push(Candidate {
                tokens,
                credited: Credited::Outlet(Source::Printed(start..at + 1)),
                kind,
                rule: Rule::Reported,
                relation: None,
                scope: None,
            });
        }
    }
}

/// Where “Israeli state-run” begins.
fn adjectives(scene: &Scene<'_>, head: usize) -> usize {
    let floor = scene.sentence(head).start;
    let mut start = head;
    while let Some(before) = start.checked_sub(1).filter(|before| *before >= floor && head - *before < 4) {
        let known = matches!(
            scene.lower(before).as_ref(),
            "local"
                | "state"
                | "state-run"
                | "national"
                | "news"
                | "public"
                | "official"
                | "foreign"
                | "lokale"
                | "staatliche"
                | "griechische"
                | "mainstream"
                | "international"
        );
        let people = scene.is_capitalised(before) && scene.word(before).ends_with(['n', 'h', 'i', 'e'])
            || matches!(scene.word(before), "US" | "U.S." | "UK" | "U.K.");
        if scene.is(before, STOP) || !(known || people) {
            break;
        }
        start = before;
    }
    start
}

fn credited(scene: &Scene<'_>, start: usize, head: usize) -> Option<Range<usize>> {
    let before = scene.before_phrase(start);
    if let Some(cue) = before.and_then(|to| according_ending(scene, to)) {
        return Some(cue..head + 1);
    }
    if before.is_some_and(|at| {
        matches!(scene.word(at), "berichtete" | "berichteten" | "meldete" | "meldeten" | "laut" | "Laut")
    }) {
        return before.map(|cue| cue..head + 1);
    }
    let mut verb = head + 1;
    if matches!(scene.word(verb), "outlets" | "reports") {
        verb += 1;
    }
    if matches!(scene.word(verb), "has" | "have" | "had" | "also") {
        verb += 1;
    }
    let says = scene.is(verb, REPORT) || matches!(scene.word(verb), "said" | "say" | "says");
    says.then_some(start..verb + 1)
}

#[cfg(test)]
mod tests {
    use crate::credit::check::sources;

    #[test]
    fn media_without_a_name() {
        assert_eq!(sources("The stadium was full, local press said."), ["local press"]);
        assert_eq!(sources("The bridge is old, according to state television."), ["state television"]);
    }

    #[test]
    fn the_media_alone_are_none() {
        assert_eq!(sources("The media were let in. Social media said little."), [""; 0]);
    }
}
