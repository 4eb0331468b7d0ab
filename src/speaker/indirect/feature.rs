//! What speaks for and against an option around a reporting word. The same code runs in training and in use.

use super::super::lexicon::{Roles, short};
use super::super::scene::Scene;
use super::super::site::{bucket, level};
use super::super::unit::{CUE, Class, Unit};
use super::clause::{Clause, Side};
use crate::model::{Feature, Sink};
use crate::text::key_of;

/// What a unit is, as one number: its class, and its roles if it is a word.
fn tag(unit: &Unit) -> u32 {
    if unit.is(Class::QUOTE) {
        return 1;
    }
    if unit.is(Class::COMMA) {
        return 2;
    }
    if unit.is(Class::COLON) {
        return 3;
    }
    if unit.is(Class::DASH) {
        return 4;
    }
    if unit.is(Class::STOP) {
        return 5;
    }
    if unit.is(Class::PUNCTUATION) {
        return 6;
    }
    if unit.is(Class::NUMBER) {
        return 7;
    }
    if unit.is(Class::CLITIC) {
        return 8;
    }
    if unit.sentence == u32::MAX {
        return 9;
    }
    let capital = u32::from(unit.is(Class::CAPITAL) && !unit.is(Class::OPENS_SENTENCE));
    16 + 2 * unit.roles.code() + capital + (u32::from(unit.cue >= CUE) << 20)
}

/// The last letters of a word, as a feature value: what its form tells where the word itself is rare.
fn ending(scene: &Scene<'_, '_>, unit: &Unit) -> u32 {
    let word = scene.text.word(unit.first_token as usize);
    let mut ends = word.char_indices().rev();
    let from = ends.nth(1).map_or(0, |(at, _)| at);
    short(key_of(word.get(from..).unwrap_or("")))
}

/// How many ends are passed over by the one at `rank`, counted from the near end.
pub(super) fn rank(side: Side, rank: usize, all: usize) -> u32 {
    (match side {
        Side::After => rank,
        Side::Before => all - 1 - rank,
    }) as u32
}

/// What a word that might report reports.
pub(crate) const CLASSES: u32 = 4;

/// Puts the features of the reporting word of `clause` without regard to its class; see [`of_class`].
pub(crate) fn trigger(sink: &mut impl Sink, scene: &Scene<'_, '_>, clause: &Clause) {
    let units = &scene.units;
    let f = |template: u32| Feature::new(300 + template);
    let at = clause.at;
    let unit = units.at(at);
    let level = level(unit.cue);
    let around = |offset: isize| units.at(at.wrapping_add_signed(offset));
    let (b1, b2, n1, n2, n3) = (around(-1), around(-2), around(1), around(2), around(3));
    let ending = ending(scene, unit);
    sink.put(f(0));
    sink.put(f(1).with(unit.key));
    sink.put(f(2).with(level).with(u32::from(unit.is(Class::CAPITAL))));
    sink.put(f(3).with(ending).with(level));
    sink.put(f(4).with(b1.name));
    sink.put(f(5).with(n1.name));
    sink.put(f(6).with(b2.name).with(b1.name));
    sink.put(f(7).with(n1.name).with(n2.name));
    sink.put(f(8).with(unit.key).with(n1.name));
    sink.put(f(9).with(unit.key).with(b1.name));
    sink.put(f(10).with(unit.key).with(tag(n1)));
    sink.put(f(11).with(unit.key).with(tag(b1)));
    sink.put(f(12).with(tag(b1)).with(tag(n1)).with(level));
    sink.put(f(13).with(tag(n1)).with(tag(n2)).with(level));
    sink.put(f(14).with(tag(b2)).with(tag(b1)).with(level));
    sink.put(f(15).with(n3.name).with(level));
    sink.put(f(16).with(n2.name).with(level));
    sink.put(f(17).with(b2.name).with(level));
    sink.put(f(18).with(tag(n1)).with(tag(n2)).with(tag(n3)).with(unit.key));
    let quotes =
        |from: usize, to: usize| units.at(to).before.quotes.wrapping_sub(units.at(from).before.quotes).min(2);
    let before = bucket((at - clause.start) as u32);
    let after = bucket((clause.end - at) as u32);
    let (quoted_before, quoted_after) = (quotes(clause.start, at), quotes(at, clause.end));
    sink.put(f(19).with(before).with(level));
    sink.put(f(20).with(after).with(level));
    sink.put(f(21).with(quoted_before).with(quoted_after).with(level));
    sink.put(f(22).with(quoted_before).with(quoted_after).with(after));
    let cues_before = unit.before.cues.saturating_sub(units.at(clause.start).before.cues).min(4);
    let last = units.at(clause.end.saturating_sub(1));
    let cues_after = last.before.cues.saturating_sub(unit.before.cues + u32::from(unit.cue >= CUE)).min(4);
    sink.put(f(23).with(cues_before).with(cues_after).with(level));
    let commas_before = unit.before.commas.saturating_sub(units.at(clause.start).before.commas).min(3);
    let commas_after = last.before.commas.saturating_sub(unit.before.commas).min(3);
    sink.put(f(24).with(commas_before).with(commas_after).with(after.min(3)).with(level));
    sink.put(f(25).with(unit.key).with(after.min(4)).with(commas_before.min(1)));
    sink.put(f(26).with(unit.key).with(quoted_before).with(quoted_after));
    // Who stands straight before and after, and after a comma.
    let index = scene.candidates.partition_point(|c| (c.start as usize) < at);
    let back = index.checked_sub(1).and_then(|index| scene.candidates.get(index));
    let left = back
        .filter(|c| c.start as usize >= clause.start)
        .map_or((0, 0), |c| (c.code, 1 + bucket(at.saturating_sub(c.end as usize) as u32)));
    let right = scene.candidates.get(index).filter(|c| (c.start as usize) < clause.end);
    // A candidate that the word itself belongs to counts as far off.
    let gap = |start: usize| start.checked_sub(at + 1).map_or(u32::MAX, |gap| gap as u32);
    let right = right.map_or((0, 0), |c| (c.code, 1 + bucket(gap(c.start as usize))));
    sink.put(f(27).with(left.0).with(left.1.min(4)).with(level));
    sink.put(f(28).with(right.0).with(right.1.min(4)).with(level));
    sink.put(f(29).with(left.1.min(3)).with(right.1.min(3)).with(after.min(3)).with(level));
    sink.put(f(30).with(u32::from(scene.units.first_paragraph() == unit.paragraph)).with(level));
    sink.put(f(31).with(ending).with(tag(b1)).with(tag(n1)));
    let main = (clause.start..at).rev().take(12).find(|at| {
        let unit = units.at(*at);
        unit.is(Class::COMMA) || unit.has(Roles::BREAK.or(Roles::RELATIVE).or(Roles::CONJUNCTION))
    });
    let main = main.map_or(0, |at| units.at(at).name);
    sink.put(f(32).with(main).with(level));
    sink.put(f(33).with(main).with(unit.key));
    let near_cue = |offset: isize| super::super::site::level(around(offset).cue);
    sink.put(f(34).with(near_cue(-1)).with(near_cue(1)).with(level));
    sink.put(f(35).with(near_cue(-2)).with(near_cue(2)).with(level));
}

/// A feature of a reporting word as that of a class: 0 no indirect speech, 1 after it, 2 before it, 3 both.
#[inline]
pub(crate) const fn of_class(feature: Feature, class: u32) -> Feature {
    feature.with(class)
}

/// Puts the features of the near end of content: its first unit after the reporting word, its last before it.
pub(crate) fn near(sink: &mut impl Sink, scene: &Scene<'_, '_>, clause: &Clause, side: Side, at: usize) {
    let units = &scene.units;
    let base = 350 + 50 * side.code();
    let f = |template: u32| Feature::new(base + template);
    let unit = units.at(at);
    let trigger = units.at(clause.at);
    let (low, high) = if at > clause.at { (clause.at, at) } else { (at, clause.at) };
    let far = (high - low) as u32;
    let distance = if far < 8 { far } else { 4 + bucket(far) };
    let (b1, b2) = (units.at(at.wrapping_sub(1)), units.at(at.wrapping_sub(2)));
    let (n1, n2) = (units.at(at + 1), units.at(at + 2));
    let strength = level(trigger.cue);
    let mut between = 0_u32;
    for index in (low + 1..high).take(5) {
        between = between.rotate_left(6).wrapping_mul(31) ^ tag(units.at(index));
    }
    sink.put(f(0).with(distance));
    sink.put(f(1).with(distance).with(trigger.key));
    sink.put(f(2).with(unit.name));
    sink.put(f(3).with(b1.name).with(tag(unit)));
    sink.put(f(4).with(n1.name).with(tag(unit)));
    sink.put(f(5).with(tag(b1)).with(tag(unit)).with(tag(n1)));
    sink.put(f(6).with(tag(b2)).with(tag(b1)).with(tag(unit)));
    sink.put(f(7).with(tag(unit)).with(trigger.key));
    sink.put(f(8).with(tag(b1)).with(trigger.key));
    sink.put(f(9).with(unit.name).with(trigger.key));
    sink.put(f(10).with(tag(n1)).with(trigger.key));
    sink.put(f(11).with(between).with(far.min(6)));
    sink.put(f(12).with(between).with(far.min(6)).with(trigger.key));
    sink.put(f(13).with(between).with(tag(unit)).with(strength));
    sink.put(f(14).with(tag(unit)).with(tag(n1)).with(tag(n2)));
    let start = units.at(low + 1);
    let count = |of: fn(&Unit) -> u32| of(units.at(high)).wrapping_sub(of(start)).min(3);
    let commas = count(|unit| unit.before.commas);
    let quotes = count(|unit| unit.before.quotes);
    let cues = count(|unit| unit.before.cues);
    let joints = count(|unit| unit.before.joints);
    sink.put(f(15).with(commas).with(cues).with(joints));
    sink.put(f(16).with(quotes).with(distance));
    sink.put(f(17).with(commas).with(tag(b1)).with(tag(n1)));
    // Whether a candidate source stands between, whole.
    let first = scene.candidates.partition_point(|c| (c.start as usize) <= low);
    let whole = scene.candidates.get(first).filter(|c| c.end as usize <= high && at != c.start as usize);
    let shape = whole.map_or(0, |c| c.code);
    let touches = whole
        .map_or(0, |c| 1 + u32::from(c.end as usize == high) + 2 * u32::from(c.start as usize == low + 1));
    sink.put(f(18).with(shape).with(commas).with(touches));
    sink.put(f(19).with(shape).with(tag(unit)).with(strength));
    sink.put(f(20).with(tag(b1)).with(tag(n1)).with(strength).with(distance.min(4)));
    // What the first words after the reporting word are, whatever the distance.
    let (m1, m2) = (units.at(clause.at + 1), units.at(clause.at.wrapping_sub(1)));
    sink.put(f(21).with(tag(m1)).with(distance));
    sink.put(f(22).with(tag(m2)).with(distance));
    sink.put(f(23).with(m1.name).with(distance).with(tag(unit)));
    sink.put(f(24).with(b1.name).with(unit.name));
    sink.put(f(25).with(unit.name).with(n1.name));
}

/// Puts the features of the far end of content whose near end is `first`.
pub(crate) fn far(
    sink: &mut impl Sink,
    scene: &Scene<'_, '_>,
    clause: &Clause,
    side: Side,
    first: usize,
    at: usize,
    rank: u32,
) {
    let units = &scene.units;
    let base = 450 + 50 * side.code();
    let f = |template: u32| Feature::new(base + template);
    let unit = units.at(at);
    let trigger = units.at(clause.at);
    let strength = level(trigger.cue);
    let (low, high) = if at > first { (first, at) } else { (at, first) };
    let length = (high - low) as u32;
    let exact = if length < 8 { length } else { 4 + bucket(length) };
    let (b1, b2) = (units.at(at.wrapping_sub(1)), units.at(at.wrapping_sub(2)));
    let (n1, n2, n3) = (units.at(at + 1), units.at(at + 2), units.at(at + 3));
    let other = units.at(first);
    // Whether the sentence has nothing but punctuation beyond.
    let closes = match side {
        Side::After => n1.sentence != unit.sentence || (n1.is(Class::STOP) && n2.sentence != unit.sentence),
        Side::Before => at == clause.start,
    };
    let closes = u32::from(closes);
    sink.put(f(0).with(closes));
    sink.put(f(1).with(closes).with(trigger.key));
    sink.put(f(2).with(closes).with(exact));
    sink.put(f(3).with(exact).with(trigger.key));
    sink.put(f(4).with(n1.name).with(closes));
    sink.put(f(5).with(n1.name).with(n2.name));
    sink.put(f(6).with(tag(unit)).with(tag(n1)).with(tag(n2)));
    sink.put(f(7).with(tag(b1)).with(tag(unit)).with(tag(n1)));
    sink.put(f(8).with(tag(n1)).with(trigger.key));
    sink.put(f(9).with(tag(n1)).with(tag(other)).with(closes));
    sink.put(f(10).with(n1.name).with(other.name));
    sink.put(f(11).with(tag(n1)).with(tag(n2)).with(tag(n3)));
    sink.put(f(12).with(n1.name).with(strength).with(rank.min(5)));
    sink.put(f(13).with(tag(n1)).with(bucket(length)));
    sink.put(f(14).with(rank.min(12)).with(closes));
    sink.put(f(15).with(rank.min(6)).with(trigger.key).with(closes));
    let count = |of: fn(&Unit) -> u32| of(units.at(high)).saturating_sub(of(units.at(low))).min(4);
    let commas = count(|unit| unit.before.commas);
    let cues = count(|unit| unit.before.cues);
    let joints = count(|unit| unit.before.joints);
    let quotes = count(|unit| unit.before.quotes);
    sink.put(f(16).with(commas).with(joints).with(cues.min(2)));
    sink.put(f(17).with(commas).with(tag(n1)).with(closes));
    sink.put(f(18).with(joints).with(n1.name));
    sink.put(f(19).with(quotes).with(closes));
    sink.put(f(20).with(unit.name).with(tag(n1)));
    // Whether the clause has a finite verb by now, as far as small words tell.
    let mut verbs = 0;
    let mut depth = 0;
    for index in (low..=high).take(24) {
        let here = units.at(index);
        verbs += u32::from(here.has(Roles::AUXILIARY) || here.cue >= CUE);
        depth += u32::from(here.has(Roles::PREPOSITION));
    }
    sink.put(f(21).with(verbs.min(3)).with(tag(other)).with(tag(n1)));
    sink.put(f(22).with(verbs.min(3)).with(other.name).with(closes));
    sink.put(f(23).with(verbs.min(2)).with(n1.name).with(closes));
    sink.put(f(24).with(depth.min(3)).with(trigger.key).with(tag(n1)));
    let gap = u32::from(first.abs_diff(clause.at) > 1);
    sink.put(f(25).with(gap).with(tag(n1)).with(closes).with(commas.min(1)));
    sink.put(f(26).with(other.name).with(trigger.key).with(closes));
    sink.put(f(27).with(b1.name).with(unit.name));
    sink.put(f(28).with(tag(b2)).with(tag(b1)).with(tag(unit)));
    // How much of the sentence is left beyond.
    let left = match side {
        Side::After => clause.end.saturating_sub(at + 1),
        Side::Before => at - clause.start,
    } as u32;
    sink.put(f(29).with(bucket(left)).with(tag(n1)));
    sink.put(f(30).with(bucket(left)).with(bucket(length)));
    // What reports next beyond the end: “…, and she said”.
    let next_cue = match side {
        Side::After => (at + 1..clause.end).take(5).find(|index| units.at(*index).cue >= CUE),
        Side::Before => (clause.start..at).rev().take(5).find(|index| units.at(*index).cue >= CUE),
    };
    let next_cue = next_cue.map_or(0, |index| 1 + index.abs_diff(at) as u32);
    sink.put(f(31).with(next_cue).with(tag(n1)));
    sink.put(f(32).with(next_cue).with(n1.name));
    if side == Side::Before {
        sink.put(f(33).with(b1.name).with(tag(unit)));
        sink.put(f(34).with(tag(b2)).with(tag(b1)).with(tag(unit)));
        sink.put(f(35).with(b1.name).with(closes));
        sink.put(f(36).with(unit.name));
    }
}

/// Puts the features of the candidate `c` as the source; `content` is the nearest content, as units.
pub(crate) fn source(
    sink: &mut impl Sink,
    scene: &Scene<'_, '_>,
    clause: &Clause,
    content: (usize, usize),
    index: usize,
) {
    let (Some(c), Some(standing)) = (scene.candidates.get(index), scene.standings.get(index)) else { return };
    let units = &scene.units;
    let f = |template: u32| Feature::new(550 + template);
    let (start, end) = (c.start as usize, c.end as usize);
    let trigger = units.at(clause.at);
    let strength = level(trigger.cue);
    let after = start > clause.at;
    let (low, high) = if after { (clause.at, start) } else { (end.saturating_sub(1), clause.at) };
    let gap = high.saturating_sub(low + 1) as u32;
    let gap = if gap < 6 { gap } else { 3 + bucket(gap) };
    let side = u32::from(after);
    let inside = u32::from(start >= content.0 && end <= content.1 + 1);
    let content_before = u32::from(content.1 < clause.at);
    let place = side + 2 * inside + 4 * content_before;
    let (b1, b2, n1) = (units.at(start.wrapping_sub(1)), units.at(start.wrapping_sub(2)), units.at(end));
    let mut between = 0_u32;
    for index in (low + 1..high).take(5) {
        between = between.rotate_left(6).wrapping_mul(31) ^ tag(units.at(index));
    }
    let from = units.at(low + 1);
    let count = |of: fn(&Unit) -> u32| of(units.at(high)).saturating_sub(of(from)).min(3);
    let commas = count(|unit| unit.before.commas);
    let joints = count(|unit| unit.before.joints);
    let cues = count(|unit| unit.before.cues);
    sink.put(f(0).with(place));
    sink.put(f(1).with(place).with(gap));
    sink.put(f(2).with(place).with(c.code));
    sink.put(f(3).with(place).with(gap).with(trigger.key));
    sink.put(f(4).with(place).with(commas).with(joints));
    sink.put(f(5).with(place).with(cues).with(commas));
    sink.put(f(6).with(place).with(b1.name));
    sink.put(f(7).with(place).with(n1.name));
    sink.put(f(8).with(place).with(between).with(gap.min(6)));
    sink.put(f(9).with(between).with(gap.min(6)).with(trigger.key));
    sink.put(f(10).with(place).with(tag(b1)).with(tag(n1)));
    sink.put(f(11).with(place).with(tag(b2)).with(tag(b1)));
    sink.put(f(12).with(c.key).with(place));
    sink.put(f(13).with(place).with(standing.rank.min(4)).with(commas));
    sink.put(f(14).with(place).with(standing.subject));
    sink.put(f(15).with(place).with(standing.subject).with(gap));
    sink.put(f(16).with(c.code).with(gap).with(strength));
    sink.put(f(17).with(c.code).with(trigger.key));
    sink.put(f(18).with(place).with(units.at(clause.at.wrapping_sub(1)).name));
    sink.put(f(19).with(place).with(units.at(clause.at + 1).name).with(gap.min(3)));
    sink.put(f(20).with(bucket(standing.count)).with(place));
    sink.put(f(21).with(place).with(u32::from(start == clause.start)).with(commas.min(1)));
    sink.put(f(22).with(tag(n1)).with(tag(units.at(end + 1))).with(place));
    sink.put(f(23).with(place).with(gap).with(c.code).with(commas));
}

/// Puts the features of there being no source.
pub(crate) fn nobody(sink: &mut impl Sink, scene: &Scene<'_, '_>, clause: &Clause, content: (usize, usize)) {
    let units = &scene.units;
    let f = |template: u32| Feature::new(590 + template);
    let trigger = units.at(clause.at);
    let b1 = units.at(clause.at.wrapping_sub(1));
    let side = u32::from(content.1 < clause.at);
    sink.put(f(0).with(side));
    sink.put(f(1).with(trigger.key));
    sink.put(f(2).with(b1.name).with(side));
    sink.put(f(3).with(level(trigger.cue)).with(u32::from(clause.at == clause.start)));
    sink.put(f(4).with(b1.name).with(trigger.key));
}
