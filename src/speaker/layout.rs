//! Layouts that name the speaker outright, whatever the sentences say: a label before the words, a byline after
//! them, a line with a colon above them. They are seldom in annotated news, so they are ruled and not learned.

use super::candidate::{Candidate, Shape};
use super::lexicon::{short, shorts};
use super::scene::Scene;
use super::site::Site;
use super::unit::{CUE, Class, Unit, Units};
use crate::text::{Span, key};

/// What a layout says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// The candidate at this index speaks.
    Source(usize),
    /// Nobody is named: `Q:`.
    Nobody,
    /// One of the candidates at these indices, of the line above, speaks.
    Announced(usize, usize),
}

/// Units that a label or a byline may have.
const LINE: usize = 14;
/// Words of a label before its comma.
const LABEL: usize = 5;

/// What the layout says of a quotation whose first part is `first` and whose last is `last`. O(log n).
pub(crate) fn look(scene: &Scene<'_, '_>, first: &Site, last: &Site) -> Option<Named> {
    label(scene, first)
        .or_else(|| turn(scene, first))
        .or_else(|| read(scene, first))
        .or_else(|| byline(scene, first, last))
        .or_else(|| announced(scene, first, last))
        .or_else(|| name_below(scene, first, last))
}

/// Whether a label stands before the words.
pub(crate) fn labelled(scene: &Scene<'_, '_>, site: &Site) -> bool {
    label(scene, site).is_some()
}

/// `Ada Quill:`, `QUILL:`, `**A:**` before the words in their paragraph.
fn label(scene: &Scene<'_, '_>, site: &Site) -> Option<Named> {
    let units = &scene.units;
    let colon = before_decoration(units, site.unit)?;
    let start = units.paragraph_start(site.paragraph);
    let stopped = colon == start && units.at(colon).is(Class::ABBREVIATION);
    if !(units.at(colon).is(Class::COLON) || stopped) || colon >= start + LINE {
        return None;
    }
    let colon = colon + usize::from(stopped);
    let name = (start..colon).find(|at| !decorates(units.at(*at)))?;
    let end = (name..colon).find(|at| !units.at(*at).is(Class::WORD)).unwrap_or(colon);
    let plain = |at: usize| units.at(at).cue < CUE || units.at(at).is(Class::UPPER);
    if end > name + LABEL || !(name..colon).all(plain) {
        return None;
    }
    if end == name + 1 {
        let word = units.at(name).key;
        if QUESTION.contains(&word) {
            return Some(Named::Nobody);
        }
        if ANSWER.contains(&word) {
            return Some(interviewed(scene, name).map_or(Named::Nobody, Named::Source));
        }
    }
    let (index, source) = name_at(scene, name)?;
    let whole =
        source.end as usize == end && (end == colon || units.at(end).is(Class::COMMA.or(Class::BRACKET)));
    whole.then_some(Named::Source(index))
}

/// `“QUILL: …` inside the marks, or a paragraph of the same turn.
fn turn(scene: &Scene<'_, '_>, site: &Site) -> Option<Named> {
    let units = &scene.units;
    let mut paragraph = site.paragraph;
    while paragraph + TURN > site.paragraph {
        let unit = units.paragraph_start(paragraph);
        if !units.at(unit).is(Class::QUOTE) {
            return None;
        }
        let index = scene.candidates.partition_point(|c| (c.start as usize) < unit);
        let label = scene.candidates.get(index).filter(|c| c.start as usize == unit);
        if label.is_some_and(|c| matches!(c.shape, Shape::Label)) {
            return Some(Named::Source(index));
        }
        let alone = units.paragraph_start(paragraph + 1) <= unit + 2;
        paragraph = paragraph.checked_sub(1).filter(|before| alone && *before >= units.first_paragraph())?;
    }
    None
}

/// “…,” *the letter* read: what is written down says nothing else than its own words.
fn read(scene: &Scene<'_, '_>, site: &Site) -> Option<Named> {
    let units = &scene.units;
    let start = site.unit + 1;
    // “Read” may be taken for a part of the phrase.
    let verb = (start + 1..start + LABEL).find(|&at| READS.contains(&units.at(at).key))?;
    let reads = is_read(units, verb) && units.at(verb).paragraph == site.paragraph;
    let index = scene.candidates.partition_point(|c| (c.start as usize) < start);
    let document = scene.candidates.get(index).filter(|c| c.start as usize == start)?;
    (reads && (verb..=verb + 1).contains(&(document.end as usize))).then_some(Named::Source(index))
}

/// The span of a source, without the verb where that was taken for a part of it: the letter *read*, some *call*.
pub(crate) fn without_verb(scene: &Scene<'_, '_>, source: &Candidate) -> Span {
    let units = &scene.units;
    let is_verb = |verb: usize| {
        is_read(units, verb) || is_call(units, source.start as usize, verb) || is_put(units, verb)
    };
    if !(source.end as usize).checked_sub(1).is_some_and(is_verb) {
        return source.span;
    }
    let words = source.span.text(scene.text.raw());
    let noun = words.trim_end_matches(|c: char| !c.is_whitespace()).trim_end();
    Span::new(source.span.start, source.span.start + noun.len())
}

/// Whether the unit is a verb that something written stands before: the letter *read*.
fn is_read(units: &Units, verb: usize) -> bool {
    let noun = verb.checked_sub(1).map(|noun| units.at(noun).key);
    READS.contains(&units.at(verb).key) && noun.is_some_and(|noun| WRITTEN.contains(&noun))
}

/// Whether a phrase is a word for several and a verb, which would be no noun after it: some *call*.
fn is_call(units: &Units, start: usize, verb: usize) -> bool {
    start + 1 == verb && CALLS.contains(&units.at(verb).key) && SEVERAL.contains(&units.at(start).key)
}

/// Whether the unit is the verb of “as a memo *put* it”.
pub(crate) fn is_put(units: &Units, verb: usize) -> bool {
    PUT.contains(&units.at(verb).key) && units.at(verb + 1).key == IT
}

const PUT: [u32; 2] = shorts(["put", "puts"]);
const IT: u32 = short(key("it"));
const CALLS: [u32; 4] = shorts(["call", "claim", "label", "term"]);
const SEVERAL: [u32; 7] = shorts(["some", "many", "several", "most", "few", "both", "all"]);

const READS: [u32; 2] = shorts(["read", "reads"]);
const WRITTEN: [u32; 32] = shorts([
    "ad",
    "ads",
    "advertisement",
    "advertisements",
    "banner",
    "banners",
    "caption",
    "complaint",
    "document",
    "email",
    "emails",
    "e-mail",
    "filing",
    "flyer",
    "headline",
    "inscription",
    "lawsuit",
    "leaflet",
    "letter",
    "letters",
    "memo",
    "message",
    "messages",
    "note",
    "petition",
    "post",
    "report",
    "sign",
    "signs",
    "statement",
    "tweet",
    "tweets",
]);

/// Paragraphs of one turn.
const TURN: u32 = 6;

const QUESTION: [u32; 3] = shorts(["q", "q.", "question"]);
const ANSWER: [u32; 3] = shorts(["a", "a.", "answer"]);

/// Who is interviewed: the last full name before the label, in the paragraphs above it. O(log n) but for the first
/// label.
fn interviewed(scene: &Scene<'_, '_>, label: usize) -> Option<usize> {
    let start = |index: &usize| scene.candidates.get(*index).map_or(usize::MAX, |c| c.start as usize);
    let named = scene.interviewees.get_or_init(|| interviewees(&scene.units, &scene.candidates));
    let before = named.partition_point(|index| start(index) < label);
    named.get(before.checked_sub(1)?).copied()
}

/// The full names that may be of somebody interviewed, as indices, in order: those that are no labels themselves.
fn interviewees(units: &Units, candidates: &[Candidate]) -> Vec<usize> {
    let may_be = |c: &Candidate| {
        let full = matches!(c.shape, Shape::Name(2..) | Shape::Titled);
        full && !c.possessive && !units.at(c.end as usize).is(Class::COLON)
    };
    (0..).zip(candidates).filter(|(_, c)| may_be(c)).map(|(index, _)| index).collect()
}

/// `— Ada Quill, baker` or `(Ada Quill, baker)` after the words, or as the next paragraph.
fn byline(scene: &Scene<'_, '_>, first: &Site, last: &Site) -> Option<Named> {
    let units = &scene.units;
    if first.edges & 1 == 0 {
        return None;
    }
    let mut dash = last.unit + 1;
    if units.at(dash).is(Class::STOP) && units.at(dash).paragraph == last.paragraph {
        dash += 1;
    }
    let line = units.at(dash).paragraph;
    if !units.at(dash).is(Class::DASH.or(Class::BRACKET)) || line > last.paragraph + 1 {
        return None;
    }
    let name = (dash..dash + 3).find(|at| !units.at(*at).is(Class::DASH.or(Class::BRACKET)))?;
    signature(scene, name, line)
}

/// A name and perhaps a role, alone in the paragraph after words that fill theirs.
fn name_below(scene: &Scene<'_, '_>, first: &Site, last: &Site) -> Option<Named> {
    let units = &scene.units;
    let name = last.unit + 1;
    let line = units.at(name).paragraph;
    let alone = first.edges & 1 == 1 && last.edges & 2 == 2 && line == last.paragraph + 1;
    if !alone || first.words < 4 {
        return None;
    }
    let end = units.paragraph_start(line + 1);
    if units.at(end.wrapping_sub(1)).is(Class::STOP.or(Class::COLON)) {
        return None;
    }
    signature(scene, name, line).filter(|_| units.at(end).paragraph != line)
}

/// A name at `name` that ends its paragraph, or has a role or a handle after it.
fn signature(scene: &Scene<'_, '_>, name: usize, line: u32) -> Option<Named> {
    let units = &scene.units;
    let end = units.paragraph_start(line + 1);
    if end > name + LINE {
        return None;
    }
    let (index, source) = name_at(scene, name)?;
    let after = source.end as usize;
    let alone = after >= end || units.at(after).is(Class::COMMA.or(Class::STOP).or(Class::BRACKET));
    let said = (after..end).any(|at| units.at(at).cue >= CUE || units.at(at).is(Class::QUOTE));
    let full = matches!(source.shape, Shape::Name(2..) | Shape::Titled | Shape::Upper);
    (alone && !said && full).then_some(Named::Source(index))
}

/// A paragraph above that ends with a colon, where the words fill theirs.
fn announced(scene: &Scene<'_, '_>, first: &Site, last: &Site) -> Option<Named> {
    let units = &scene.units;
    let start = units.paragraph_start(first.paragraph);
    let above = units.at(start.wrapping_sub(1));
    if last.edges & 2 == 0 || !above.is(Class::COLON) || first.unit > start + LINE {
        return None;
    }
    if !(start..first.unit).all(|at| decorates(units.at(at))) {
        return None;
    }
    let mut sentence = start - 1;
    while sentence > 0 && units.at(sentence - 1).sentence == above.sentence && start - sentence < 60 {
        sentence -= 1;
    }
    let from = scene.candidates.partition_point(|c| (c.start as usize) < sentence);
    let to = scene.candidates.partition_point(|c| (c.start as usize) < start);
    let range = scene.candidates.get(from..to)?;
    range.iter().any(|c| is_person(units, c)).then_some(Named::Announced(from, to))
}

/// Whether a candidate may be a person or body rather than a thing.
pub(crate) fn is_person(units: &Units, c: &Candidate) -> bool {
    match c.shape {
        Shape::Name(_)
        | Shape::Titled
        | Shape::Upper
        | Shape::Pronoun
        | Shape::NamedPhrase
        | Shape::Label => true,
        Shape::Phrase => units.at((c.end as usize).wrapping_sub(1)).source > 1,
        _ => false,
    }
}

/// The longest name that starts at the unit `at`.
pub(crate) fn name_at<'s>(scene: &'s Scene<'_, '_>, at: usize) -> Option<(usize, &'s Candidate)> {
    let from = scene.candidates.partition_point(|c| (c.start as usize) < at);
    let named = scene.candidates.get(from..)?.iter().enumerate();
    let mut named = named.take_while(|(_, c)| c.start as usize == at);
    let longest = named.by_ref().filter(|(_, c)| is_name(c.shape)).max_by_key(|(_, c)| c.end);
    longest.map(|(offset, c)| (from + offset, c))
}

/// Whether it is a name.
const fn is_name(shape: Shape) -> bool {
    matches!(shape, Shape::Name(_) | Shape::Titled | Shape::Upper | Shape::NamedPhrase)
}

/// The unit before `at`, with bullets and emphasis left out.
fn before_decoration(units: &Units, at: usize) -> Option<usize> {
    (1..5).filter_map(|back| at.checked_sub(back)).find(|at| !decorates(units.at(*at)))
}

/// Whether a unit is a bullet, an emphasis or a mark of citation.
fn decorates(unit: &Unit) -> bool {
    unit.is(Class::PUNCTUATION)
        && !unit.is(Class::COMMA.or(Class::COLON).or(Class::STOP))
        && !unit.is(Class::BRACKET)
}
