//! What speaks for and against a candidate: the templates, each a number mixed with what it looks at.
//!
//! The same code runs in training and in use. Templates that look at the candidate alone are summed once for a
//! candidate, whatever the number of quotations near it; the rest look at the pair.

use super::candidate::{Candidate, Shape};
use super::lexicon::Roles;
use super::site::{Site, bucket, level};
use super::unit::{CUE, Class, Unit, Units};
use crate::model::{Feature, Sink};

/// What is known of a candidate beside its own words; found once, whatever the number of quotations near it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// How many candidates of the document have its key.
    pub(crate) count: u32,
    /// The first paragraph that has it.
    pub(crate) first: u32,
    /// Candidates before it in its sentence.
    pub(crate) rank: u32,
    /// The next unit that reports in its sentence, and the one before it; the unit's index or nought.
    pub(crate) next_cue: u32,
    pub(crate) last_cue: u32,
    /// Whether its sentence has a quotation before it, and after it.
    pub(crate) quotes: u32,
    /// How it stands in its clause.
    pub(crate) subject: u32,
    /// How many subjects stand before it in the text.
    pub(crate) subjects: u32,
}

/// How far from a candidate a word that reports is looked for, in units.
const REACH: usize = 20;

impl Standing {
    /// Whether it could be the subject of a clause: no preposition or reporting word stands before it.
    pub(crate) const fn is_subject(&self) -> bool {
        self.subject & 4 == 0
    }

    /// Looks around a candidate; `rank` is how many candidates stand before it in its sentence.
    pub(crate) fn look(units: &Units, c: &Candidate, rank: u32) -> Self {
        let (start, end) = (c.start as usize, c.end as usize);
        let sentence = units.at(start).sentence;
        let mut standing = Self { rank, ..Self::default() };
        let [last_cue, next_cue] = units.cues_around(start, end, REACH);
        let [last_quote, next_quote] = units.quotes_around(start, end, REACH);
        standing.next_cue = next_cue.unwrap_or(0);
        standing.last_cue = last_cue.unwrap_or(0);
        standing.quotes = u32::from(last_quote.is_some()) | u32::from(next_quote.is_some()) << 1;
        let before = units.at(start.wrapping_sub(1));
        let opens = before.sentence != sentence
            || before.is(Class::COMMA.or(Class::DASH).or(Class::STOP).or(Class::QUOTE).or(Class::COLON))
            || before.has(Roles::CONJUNCTION.or(Roles::BREAK).or(Roles::RELATIVE));
        let object = before.has(Roles::PREPOSITION) || before.cue >= CUE;
        let verb = !object && !opens && before.is(Class::WORD) && before.roles == Roles::NONE;
        standing.subject = u32::from(rank == 0)
            | u32::from(opens) << 1
            | u32::from(object) << 2
            | u32::from(verb) << 3
            | u32::from(before.has(Roles::TITLE) || before.is(Class::CAPITAL)) << 4;
        standing
    }
}

const fn f(template: u32) -> Feature {
    Feature::new(template)
}

/// The next reporting unit as distance, level, and what lies between.
fn ahead(units: &Units, c: &Candidate, standing: &Standing) -> (u32, u32) {
    if standing.next_cue == 0 {
        return (15, 0);
    }
    let cue = units.at(standing.next_cue as usize);
    let from = units.at(c.end as usize).before;
    let commas = (cue.before.commas - from.commas).min(3);
    let joints = (cue.before.joints - from.joints).min(2);
    let distance = bucket(standing.next_cue - c.end);
    (distance, commas * 3 + joints + 16 * level(cue.cue))
}

/// Puts the features of a candidate that do not depend on the quotation.
pub(crate) fn alone(sink: &mut impl Sink, units: &Units, c: &Candidate, standing: &Standing) {
    let (start, end) = (c.start as usize, c.end as usize);
    let before = units.at(start.wrapping_sub(1));
    let before2 = units.at(start.wrapping_sub(2));
    let after = units.at(end);
    let after2 = units.at(end + 1);
    let code = c.code;
    sink.put(f(1).with(before.name));
    sink.put(f(2).with(after.name));
    sink.put(f(3).with(before2.name).with(before.name));
    sink.put(f(4).with(after.name).with(after2.name));
    sink.put(f(5).with(code));
    sink.put(f(6).with(code).with(before.name));
    sink.put(f(7).with(code).with(after.name));
    sink.put(f(9).with(bucket(standing.count)).with(code));
    sink.put(f(10).with(u32::from(standing.first == units.first_paragraph())).with(code));
    sink.put(f(11).with(level(after.cue)).with(level(after2.cue)));
    sink.put(f(12).with(level(before.cue)).with(level(before2.cue)));
    sink.put(f(13).with(standing.subject).with(code));
    let (distance, between) = ahead(units, c, standing);
    sink.put(f(14).with(distance).with(between));
    sink.put(f(15).with(distance).with(code));
    if !matches!(c.shape, Shape::Pronoun | Shape::Relative) {
        sink.put(f(16).with(units.at(start).name).with(c.end - c.start));
        sink.put(f(17).with(u32::from(units.at(end.wrapping_sub(1)).source)));
    }
    sink.put(f(18).with(standing.quotes).with(standing.subject));
    let [s2, s1, t1, t2, t3] = [before2, before, after, after2, units.at(end + 2)].map(sort);
    sink.put(f(19).with(s1).with(code));
    sink.put(f(20).with(t1).with(code));
    sink.put(f(21).with(s2).with(s1));
    sink.put(f(22).with(t1).with(t2));
    sink.put(f(23).with(t1).with(t2).with(t3));
    sink.put(f(24).with(s1).with(t1));
    if !matches!(c.shape, Shape::Pronoun | Shape::Relative) {
        sink.put(f(25).with(sort(units.at(end.wrapping_sub(1)))).with(t1));
    }
    if standing.next_cue > 0 && standing.next_cue - c.end < PATH {
        sink.put(path(units, f(26), end, standing.next_cue as usize));
    }
}

/// The longest way whose words' sorts are one feature.
const PATH: u32 = 6;

/// The sorts of the units from `from` to `to`, in order.
fn path(units: &Units, feature: Feature, from: usize, to: usize) -> Feature {
    (from..to).fold(feature, |feature, at| feature.with(sort(units.at(at))))
}

/// The word class of a unit.
fn sort(unit: &Unit) -> u32 {
    u32::from(unit.sort)
}

/// Where a candidate stands to a quotation: side, paragraphs and sentences between.
fn position(units: &Units, site: &Site, c: &Candidate) -> u32 {
    let unit = units.at(c.start as usize);
    if matches!(c.shape, Shape::Label) {
        return if c.start as usize == site.unit { 1 } else { 2 };
    }
    if c.start as usize <= site.unit {
        let paragraphs = (site.paragraph - unit.paragraph).min(4);
        let sentences = if paragraphs > 0 { 0 } else { (site.sentence - unit.sentence).min(3) };
        8 + paragraphs * 4 + sentences
    } else {
        let paragraphs = (unit.paragraph - site.paragraph).min(1);
        let sentences = if paragraphs > 0 { 0 } else { (unit.sentence - site.sentence).min(3) };
        64 + paragraphs * 4 + sentences
    }
}

/// How a candidate stands to a reporting unit: on which side, how far, with what between.
fn relation(units: &Units, c: &Candidate, cue: usize) -> u32 {
    let (start, end) = (c.start as usize, c.end as usize);
    let (from, to, side) = if end <= cue {
        (end, cue, 1)
    } else if start > cue {
        (cue + 1, start, 2)
    } else {
        return 3;
    };
    let (a, b) = (units.at(from).before, units.at(to).before);
    let commas = b.commas.wrapping_sub(a.commas).min(3);
    let joints = b.joints.wrapping_sub(a.joints).min(2);
    let quotes = b.quotes.wrapping_sub(a.quotes).min(1);
    (((side * 10 + bucket((to - from) as u32)) * 4 + commas) * 3 + joints) * 2 + quotes
}

/// Puts those features of a candidate and a quotation together that tell at a glance who is out of the question.
pub(crate) fn glance(sink: &mut impl Sink, units: &Units, site: &Site, c: &Candidate, standing: &Standing) {
    let (after, after2) = (units.at(c.end as usize), units.at(c.end as usize + 1));
    let place = position(units, site, c);
    sink.put(f(30).with(place));
    sink.put(f(31).with(place).with(c.code));
    sink.put(f(32).with(place).with(standing.subject));
    sink.put(f(35).with(place).with(level(after.cue)).with(level(after2.cue)));
}

/// Puts the other features of a candidate and a quotation together.
pub(crate) fn pair(
    sink: &mut impl Sink,
    units: &Units,
    site: &Site,
    c: &Candidate,
    standing: &Standing,
    between: u32,
) {
    let (start, end) = (c.start as usize, c.end as usize);
    let before = units.at(start.wrapping_sub(1));
    let before2 = units.at(start.wrapping_sub(2));
    let after = units.at(end);
    let after2 = units.at(end + 1);
    let code = c.code;
    let place = position(units, site, c);
    let left = start <= site.unit;
    let side = u32::from(left);
    let (from, to) = if left { (end, site.unit) } else { (site.unit + 1, start) };
    let (a, b) = (units.at(from).before, units.at(to).before);
    let commas = b.commas.wrapping_sub(a.commas).min(4);
    let joints = b.joints.wrapping_sub(a.joints).min(3);
    let quotes = b.quotes.wrapping_sub(a.quotes).min(3);
    let cues = b.cues.wrapping_sub(a.cues).min(3);
    let gap = to.saturating_sub(from) as u32;
    let form = u32::from(site.lower) * 8 + site.close;

    clauses(sink, units, site, c, standing, place);
    sink.put(f(34).with(place).with(level(before.cue)).with(level(before2.cue)));
    sink.put(f(38).with(place).with(commas).with(joints).with(quotes));
    sink.put(f(40).with(side).with(bucket(between)).with(quotes).with(u32::from(site.lower)));
    sink.put(f(41).with(place).with(cues).with(quotes));
    sink.put(f(42).with(place).with(before.name));
    sink.put(f(44).with(place).with(site.edges).with(u32::from(site.words > 4)).with(u32::from(site.lower)));
    sink.put(f(45).with(place).with(standing.quotes).with(quotes));
    if gap < 4 {
        let mut words = f(49).with(side).with(gap);
        for at in from..to {
            words = words.with(units.at(at).name);
        }
        sink.put(words);
        sink.put(words.with(form));
        sink.put(words.with(code));
    }
    sink.put(f(70).with(place).with(sort(after)).with(sort(after2)));
    sink.put(f(71).with(place).with(sort(before)).with(sort(after)));
    if gap < PATH {
        sink.put(path(units, f(72).with(side).with(form), from, to));
        sink.put(path(units, f(73).with(side).with(code), from, to));
    }
    if let Some(cue) = site.cue_before {
        let relation = relation(units, c, cue);
        let far = bucket((site.unit - cue) as u32);
        sink.put(f(50).with(relation).with(far));
        sink.put(f(51).with(relation).with(code));
    }
    if let (Some(cue), Some(earlier)) = (site.cue_before, site.earlier_cue) {
        let relation = relation(units, c, earlier);
        sink.put(f(52).with(relation).with(bucket((cue - earlier) as u32)));
        sink.put(f(53).with(relation).with(units.at(cue).key));
    }
    if let Some(cue) = site.cue_after {
        let relation = relation(units, c, cue);
        let far = bucket((cue - site.unit) as u32);
        sink.put(f(54).with(relation).with(far));
        sink.put(f(55).with(relation).with(code));
    }
    if let Some(breaker) = site.breaker {
        let side = u32::from(start > breaker) + u32::from(start > site.unit);
        sink.put(f(58).with(side).with(units.at(breaker).name).with(standing.subject));
        sink.put(f(59).with(side).with(place).with(bucket((site.unit - breaker) as u32)));
    }
    if standing.next_cue > 0 {
        let cue = standing.next_cue as usize;
        let (toward, far) = if cue < site.unit { (0, site.unit - cue) } else { (1, cue - site.unit) };
        let step = bucket(standing.next_cue - c.end);
        sink.put(f(60).with(units.at(cue).key).with(side).with(step.min(4)).with(bucket(far as u32).min(6)));
        sink.put(f(61).with(toward).with(side).with(bucket(far as u32)).with(step).with(quotes));
    }
}

/// Puts the features of how many clauses lie between.
fn clauses(sink: &mut impl Sink, units: &Units, site: &Site, c: &Candidate, standing: &Standing, place: u32) {
    let own = u32::from(standing.is_subject());
    let apart = |there: u32| {
        if there > standing.subjects {
            1 + (there - standing.subjects - own).min(4)
        } else {
            8 + (standing.subjects - there).min(4)
        }
    };
    let [quote, cue_before] = site.subjects;
    let after = units.at(c.end as usize);
    sink.put(f(63).with(apart(quote)).with(place).with(own));
    if let Some(cue) = site.cue_before {
        let far = bucket((site.unit - cue) as u32).min(6);
        sink.put(f(64).with(apart(cue_before)).with(own).with(u32::from(c.end as usize <= cue)).with(far));
        sink.put(f(65).with(apart(cue_before)).with(own).with(units.at(cue).key));
    }
    sink.put(f(67).with(place).with(u32::from(after.ending)).with(own));
}

/// Puts what a quotation alone tells: for the answer that nobody is named, or that it is no quotation.
pub(crate) fn quotation(sink: &mut impl Sink, units: &Units, site: &Site, base: u32) {
    let at = site.unit;
    let before = units.at(at.wrapping_sub(1));
    let before2 = units.at(at.wrapping_sub(2));
    let after = units.at(at + 1);
    let after2 = units.at(at + 2);
    let form = u32::from(site.lower) * 8 + site.close;
    sorts(sink, units, site, base);
    marks(sink, site, base);
    let f = |template: u32| f(base + template);
    sink.put(f(0));
    sink.put(f(1).with(site.capitals));
    sink.put(f(2).with(site.capitals).with(site.length));
    sink.put(f(3).with(form).with(site.length));
    sink.put(f(4).with(before.name));
    sink.put(f(5).with(before2.name).with(before.name));
    sink.put(f(6).with(after.name));
    sink.put(f(7).with(after.name).with(after2.name));
    sink.put(f(8).with(level(before.cue)).with(level(before2.cue)).with(u32::from(site.lower)));
    sink.put(f(9).with(level(after.cue)).with(level(after2.cue)).with(form));
    for (index, word) in site.first.iter().enumerate().take(site.words) {
        sink.put(f(10).with(*word).with(index as u32));
    }
    let [first, second, ..] = site.first;
    sink.put(f(11).with(first).with(second));
    sink.put(f(12).with(site.last));
    sink.put(f(13).with(site.whole));
    sink.put(f(14).with(site.edges).with(site.length));
    sink.put(f(15).with(u32::from(site.headline)).with(site.edges));
    sink.put(f(16).with(u32::from(site.person)).with(u32::from(site.verb)).with(site.length));
    sink.put(f(17).with(before.name).with(u32::from(site.lower)).with(site.length.min(5)));
    let near = |cue: Option<usize>| cue.map_or(15, |cue| bucket(cue.abs_diff(at) as u32));
    sink.put(f(18).with(near(site.cue_before)).with(near(site.cue_after)));
    if let Some(cue) = site.cue_before {
        sink.put(f(19).with(units.at(cue).key).with(bucket((at - cue) as u32)));
    }
    if let Some(cue) = site.cue_after {
        sink.put(f(20).with(units.at(cue).key).with(bucket((cue - at) as u32)));
    }
    sink.put(f(21).with(before.name).with(after.name));
    sink.put(f(22).with(site.capitals).with(form).with(before.name));
    sink.put(f(23).with(site.capitals).with(level(before.cue)));
    let [far_before, far_after] = site.sentence_cues;
    let (cues_before, cues_after) = (u32::from(far_before != at), u32::from(far_after != at));
    sink.put(f(24).with(cues_before).with(cues_after).with(u32::from(site.lower)).with(site.length.min(5)));
    let joints = units.at(at).before.joints.wrapping_sub(units.at(far_before).before.joints).min(3);
    sink.put(f(25).with(units.at(far_before).key.wrapping_mul(cues_before)).with(u32::from(site.lower)));
    sink.put(f(26).with(units.at(far_after).key.wrapping_mul(cues_after)).with(u32::from(site.lower)));
    sink.put(f(27).with(u32::from(before.ending)).with(u32::from(after.ending)).with(site.length.min(5)));
    sink.put(f(28).with(site.repeats.min(4)).with(site.length.min(5)).with(site.capitals));
    let [left, right] = site.neighbours;
    sink.put(f(29).with(left));
    sink.put(f(30).with(right));
    sink.put(f(31).with(u32::from(left > 0)).with(u32::from(right > 0)).with(before.name));
    sink.put(f(32).with(joints).with(cues_before).with(site.capitals));
    sink.put(f(33).with(role(before)).with(role(after)).with(site.capitals));
    sink.put(
        f(34).with(role(before)).with(role(before2)).with(u32::from(site.lower)).with(site.length.min(5)),
    );
}

/// Puts the marks of a quotation.
fn marks(sink: &mut impl Sink, site: &Site, base: u32) {
    let mark = u32::from(site.mark);
    let f = |template: u32| f(base + template);
    sink.put(f(42).with(mark).with(u32::from(site.headline)).with(site.length.min(5)));
    sink.put(f(43).with(u32::from(site.odd_mark)).with(mark).with(site.capitals));
}

/// Puts the word classes around a quotation.
fn sorts(sink: &mut impl Sink, units: &Units, site: &Site, base: u32) {
    let f = |template: u32| f(base + template);
    let at = site.unit;
    let [s3, s2, s1, t1, t2] = [at.wrapping_sub(3), at.wrapping_sub(2), at.wrapping_sub(1), at + 1, at + 2]
        .map(|at| sort(units.at(at)));
    let lower = u32::from(site.lower);
    sink.put(f(35).with(s1).with(lower).with(site.length.min(5)));
    sink.put(f(36).with(s2).with(s1).with(lower));
    sink.put(f(37).with(s3).with(s2).with(s1));
    sink.put(f(38).with(t1).with(lower).with(site.length.min(5)));
    sink.put(f(39).with(s1).with(t1).with(site.length.min(5)));
    sink.put(f(40).with(t1).with(t2).with(lower));
    sink.put(f(41).with(s1).with(site.capitals));
}

/// A word as its role and ending.
fn role(unit: &Unit) -> u32 {
    let kind = unit.class.kind().wrapping_mul(1_000_000);
    unit.roles.code().wrapping_mul(16).wrapping_add(u32::from(unit.ending)).wrapping_add(kind)
}
