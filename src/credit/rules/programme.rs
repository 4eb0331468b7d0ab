//! Programmes that no table knows: “on his radio show”, “on the podcast Night Shift”, “told radio host A. B.”.

use std::ops::Range;

use super::document::{label, phrase_start, says_within, verb_before};
use super::phrase::person_at;
use super::{Candidate, Credited, Rule};
use crate::credit::lexicon::{POSS, PROGRAMME, SAY, TELL};
use crate::credit::name::{Form, Source};
use crate::credit::scene::Scene;
use crate::credit::{Relation, SourceKind};

pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Candidate>) {
    for at in scene.all::<PROGRAMME>() {
        let found = match scene.word(at) {
            "show" | "podcast" | "program" | "programme" | "broadcast" | "newscast" | "telecast"
            | "livestream" | "documentary" | "docuseries" => said_on(scene, at),
            "host" | "station" => told(scene, at),
            _ => None,
        };
        out.extend(found);
    }
}

/// “said on a radio show hosted by …”, “In an interview with the podcast ‘Night Shift’, …”.
fn said_on(scene: &Scene<'_>, head: usize) -> Option<Candidate> {
    let start = phrase_start(scene, head);
    let sentence = scene.sentence(head);
    let prep = start.checked_sub(1).filter(|at| *at >= sentence.start)?;
    let placed =
        matches!(scene.word(prep), "on" | "On" | "in" | "In" | "during" | "During" | "with" | "for" | "of");
    if !placed || !is_programme(scene, start, head) {
        return None;
    }
    let verb = verb_before(scene, prep, 9);
    let opening = prep == sentence.start || matches!(scene.word(prep.saturating_sub(1)), "," | "interview");
    let fits = verb.is_some() || scene.has_marks(head) || (opening && says_within(scene, head + 1, 24));
    if !fits {
        return None;
    }
    let next = head + 1 + usize::from(scene.is_mark(head + 1) && !scene.is_clitic(head + 1));
    if scene.name_at(next).is_some_and(|name| name.form != Form::Noun) {
        return None;
    }
    let own = scene.is(start, POSS) || scene.word(head) == "livestream";
    let from = verb.filter(|verb| prep - verb < 4).unwrap_or(prep);
    let (credited, end) = match title_after(scene, head + 1) {
        Some(title) => (Credited::Outlet(Source::Printed(title.clone())), title.end),
        None => (Credited::Label(label(scene, head)), head + 1),
    };
    let relation = if own { Relation::Channel } else { Relation::Repeat };
    Some(candidate(from..end, credited, relation))
}

/// Whether the phrase names a programme: “radio show”, “morning show”, “podcast”; not “a show of force”.
fn is_programme(scene: &Scene<'_>, start: usize, head: usize) -> bool {
    let certain = matches!(
        scene.word(head),
        "podcast" | "newscast" | "telecast" | "livestream" | "documentary" | "docuseries"
    );
    let named = (start..head).any(|at| {
        scene.name_at(at).is_some()
            || matches!(
                scene.lower(at).as_ref(),
                "radio"
                    | "talk"
                    | "television"
                    | "tv"
                    | "cable"
                    | "morning"
                    | "syndicated"
                    | "late-night"
                    | "news"
                    | "youtube"
                    | "webcast"
                    | "nightly"
                    | "online"
            )
    });
    (certain || named) && scene.word(head + 1) != "of"
}

/// A title straight after: “the podcast ‘Night Shift’”, “the program Texas Standard”.
fn title_after(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let comma = usize::from(scene.word(at) == ",");
    let marked = scene.is_mark(at + comma) && !scene.is_clitic(at + comma);
    let first = at + comma + usize::from(marked);
    if comma == 1 && !marked {
        return None;
    }
    let mut end = first;
    while end < first + 6
        && scene.is_word(end)
        && (scene.is_capitalised(end) || (end > first && scene.is_capitalised(end + 1)))
    {
        end += 1;
    }
    (end > first).then_some(first..end)
}

/// “told radio host A. B.”, “an interview with the Denver station KXYZ”.
fn told(scene: &Scene<'_>, head: usize) -> Option<Candidate> {
    let kind = head.checked_sub(1)?;
    let medium = matches!(scene.word(kind), "radio" | "show" | "podcast" | "television" | "TV" | "news");
    if !medium || scene.name_ending(kind).is_some() {
        return None;
    }
    let start = phrase_start(scene, head);
    let cue = start.checked_sub(1)?;
    let interview = matches!(scene.word(cue), "with" | "by" | "to")
        && cue.checked_sub(1).is_some_and(|at| {
            matches!(scene.word(at), "interview" | "spoke" | "speaking" | "interviewed" | "conversation")
        });
    if !(scene.is(cue, TELL) || interview) || scene.is(cue, SAY) {
        return None;
    }
    // a name of the table has a rule of its own
    if (start..head).any(|at| scene.name_at(at).is_some_and(|name| name.form != Form::Noun)) {
        return None;
    }
    let person = person_at(scene, head + 1)?;
    let from = if interview { cue - 1 } else { cue };
    let credited = Credited::Outlet(Source::Printed(person.clone()));
    Some(candidate(from..person.end, credited, Relation::Repeat))
}

fn candidate(tokens: Range<usize>, credited: Credited, relation: Relation) -> Candidate {
    Candidate {
        tokens,
        credited,
        kind: SourceKind::Broadcast,
        rule: Rule::Interview,
        relation: Some(relation),
        scope: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::credit::check::{credits, sources};

    #[test]
    fn programmes_are_known_by_what_they_are_called() {
        assert_eq!(
            credits("“It will hold,” Quill said on his radio show."),
            ["radio show | channel | quotation | said on his radio show"]
        );
        assert_eq!(sources("“No,” Quill said on the podcast “Night Shift.”"), ["Night Shift"]);
        assert_eq!(sources("“No,” Quill told conservative radio host Ada Bell."), ["Ada Bell"]);
    }

    #[test]
    fn a_show_of_something_else_is_none() {
        assert_eq!(sources("“No,” Quill said in a show of unity."), [""; 0]);
        assert_eq!(sources("The trade show opened on Friday."), [""; 0]);
        assert_eq!(sources("He asked the host for a chair."), [""; 0]);
    }
}
