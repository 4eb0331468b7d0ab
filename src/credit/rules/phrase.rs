//! An outlet's name with what belongs to it: its article and descriptions before, its journalist after.

use std::ops::Range;

use crate::credit::lexicon::{DAY, DET, EMPLOYEE, JOURNALIST, OUTLET_WORD, STOP};
use crate::credit::name::{Name, Source};
use crate::credit::scene::Scene;

/// A name, and the words around it that belong to it.
pub(super) struct Phrase<'a> {
    pub(super) name: &'a Name,
    /// The last token before the phrase that is neither article nor description; none at a paragraph's start.
    pub(super) before: Option<usize>,
    /// One past the last token of the phrase.
    pub(super) end: usize,
    /// One past the name and its possessive.
    pub(super) after_name: usize,
    /// Whether the name has a possessive.
    pub(super) possessive: bool,
    /// The last name of the journalist that the phrase names.
    pub(super) journalist: Option<usize>,
    /// Whether people who work there are meant: “Fox News executives”, “a CNN contributor”.
    pub(super) staff: bool,
    /// Whether a programme's name that follows stands for it.
    pub(super) is_in_longer: bool,
}

impl<'a> Phrase<'a> {
    pub(super) fn around(scene: &Scene<'_>, name: &'a Name) -> Self {
        let mut first = name.tokens.start;
        // A programme after its network: the network is part of the programme's name.
        if let Source::Show(..) = name.source
            && let Some(network) = network_before(scene, name)
        {
            first = network.tokens.start;
        }
        let before = scene.before_phrase(first);
        let mut end = name.tokens.end;
        while scene.is_mark(end)
            && !scene.is_clitic(end)
            && scene.text.token(end).is_some_and(|t| !t.is_spaced())
        {
            // the closing mark of “The New Yorker” magazine
            end += 1;
        }
        let possessive = scene.is_clitic(end);
        if possessive {
            end += 1;
        }
        let after_name = end;
        let is_in_longer = show_after(scene, name, after_name);
        while scene.is(end, OUTLET_WORD)
            && !scene.is(end, EMPLOYEE | JOURNALIST)
            && !scene.is_capitalised(end)
        {
            end += 1;
        }
        let mut staff = false;
        let mut titled = end;
        while titled < end + 5 && scene.is(titled, EMPLOYEE) {
            staff = true;
            titled += 1;
        }
        let person = person_at(scene, titled);
        let journalist = (staff || possessive).then_some(person.clone()).flatten();
        if let Some(person) = &journalist {
            end = person.end;
        }
        let journalist = journalist.map(|person| person.end - 1);
        let leads = (end..titled).any(|at| matches!(scene.word(at), "executive" | "managing" | "chief"));
        let staff = staff && (leads || journalist.is_none() || !scene.is(titled - 1, JOURNALIST));
        Self { name, before, end, after_name, possessive, journalist, staff, is_in_longer }
    }

    /// Where to look for a verb that the phrase is the subject of.
    pub(super) const fn subject_end(&self) -> usize {
        self.end
    }
}

fn network_before<'s>(scene: &'s Scene<'_>, show: &Name) -> Option<&'s Name> {
    let mut at = show.tokens.start;
    for _ in 0..3 {
        let before = at.checked_sub(1)?;
        let skip = scene.is_clitic(before) || scene.is_mark(before) || scene.is(before, DET);
        if !skip {
            break;
        }
        at = before;
    }
    scene.name_ending(at)
}

/// Whether one of this outlet's programmes comes next, in marks or without.
fn show_after(scene: &Scene<'_>, name: &Name, mut at: usize) -> bool {
    for _ in 0..2 {
        let here = scene.name_at(at).is_some_and(|name| name.tokens.start == at);
        if !here && (scene.is_mark(at) || scene.is(at, DET)) {
            at += 1;
        }
    }
    let Some(next) = scene.name_at(at) else { return false };
    match (&name.source, &next.source) {
        (Source::Known(network), Source::Show(of, _)) => network == of && next.tokens.start == at,
        _ => false,
    }
}

/// A person's name: two to four capitalised words that are no outlet.
pub(super) fn person_at(scene: &Scene<'_>, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end < start + 4
        && scene.is_word(end)
        && scene.is_capitalised(end)
        && !scene.is(end, STOP | DAY)
        && scene.name_at(end).is_none_or(|name| name.tokens.len() == 1)
        && scene.text.token(end).is_some_and(|token| end == start || token.is_spaced())
    {
        end += 1;
    }
    (end - start >= 2).then_some(start..end)
}
