//! To whom the words of a quotation were given: told The Hill, told reporters, in a statement to The Hill.

use super::channel::{Around, Found};
use super::lexicon::{Lexicon, Roles};
use super::table::{Part, row};
use crate::text::{Text, key, spaced};

/// Words that a recipient may have.
const LONGEST: usize = 9;
/// Words of a description without a name: reporters, crowd of supporters.
const DESCRIPTION: usize = 3;
/// How many words may stand between a channel and its recipient: in a statement on Friday to The Hill.
const GAP: usize = 3;

/// The recipient of a quotation, as printed, without a small article. O(1).
pub(super) fn find(
    text: &Text<'_>,
    lexicon: &Lexicon,
    around: &Around,
    channel: Option<Found>,
) -> Option<String> {
    let part =
        |at: usize| text.token(at).and_then(|token| row(token.key())).map_or(Part::default(), |row| row.part);
    let read = |at: usize| phrase(text, lexicon, at).filter(|_| outside(around, at));
    let cue = part(around.cue);
    let next = around.cue + 1;
    let told = if cue.any(Part::TELL) {
        read(next)
    } else if cue.any(Part::SPEAK) && part(next).any(Part::TO) {
        read(next + 1)
    } else {
        None
    };
    let given = || {
        let end = channel.map(|channel| channel.end).filter(|end| *end > 0)?;
        let to = (end..end + GAP).find(|at| part(*at).any(Part::TO))?;
        read(to + 1)
    };
    let spoken = || {
        let near = around.after.iter().chain(&around.before);
        let mut verbs = near.filter(|at| part(**at).any(Part::SPEAK) && part(**at + 1).any(Part::TO));
        read(verbs.next()? + 2)
    };
    told.or_else(given).or_else(spoken)
}

/// Whether the token is near and not one of the quoted words.
fn outside(around: &Around, at: usize) -> bool {
    around.after.contains(&at) || around.before.contains(&at)
}

/// The name or description that starts at the token `at`.
fn phrase(text: &Text<'_>, lexicon: &Lexicon, at: usize) -> Option<String> {
    let roles = |at: usize| text.token(at).map_or(STOPS, |token| lexicon.entry(token).roles);
    let capital = |at: usize| text.token(at).is_some_and(|token| token.is_capitalised() && token.is_word());
    let is = |at: usize, word: u64| text.token(at).is_some_and(|token| token.key() == word);
    let goes_on = |at: usize| text.token(at).is_some_and(|token| token.is_word() || token.key() == CLITIC);
    let audience = |at: usize| {
        text.token(at).and_then(|token| row(token.key())).is_some_and(|row| row.part.any(Part::AUDIENCE))
    };
    let small_article = roles(at).any(Roles::DETERMINER) && !capital(at);
    let start = at + usize::from(small_article);
    let ends = |at: usize| {
        roles(at).any(STOPS.or(Roles::DAY).or(Roles::DETERMINER).or(Roles::ADVERB))
            && !(capital(at) && at == start)
    };
    let (mut end, mut named, mut told) = (start, false, false);
    while end < start + LONGEST && goes_on(end) {
        if is(end, CLITIC) || (named && is(end, OF)) {
            // KZQ’s Jo Marsh; Jo Marsh of KZQ.
            if !capital(end + 1) {
                break;
            }
        } else if ends(end) {
            break;
        } else if capital(end) {
            named = true;
        } else if audience(end) && !capital(end + 1) {
            told = true;
            end += 1;
            break;
        } else if end >= start + DESCRIPTION || (named && !capital(end + 1)) {
            break;
        }
        end += 1;
    }
    if !named && !told {
        return None;
    }
    Some(spaced(text.span_of(start..end)?.text(text.raw())))
}

const CLITIC: u64 = key("'s");
const OF: u64 = key("of");

/// Words that end a recipient.
const STOPS: Roles = Roles::PREPOSITION
    .or(Roles::CONJUNCTION)
    .or(Roles::BREAK)
    .or(Roles::AUXILIARY)
    .or(Roles::RELATIVE)
    .or(Roles::PRONOUN)
    .or(Roles::OBJECT);
