//! Which words report a quotation, once its source is known: said, according to, a colon.

use super::candidate::Candidate;
use super::lexicon::Roles;
use super::site::{Site, bucket, level};
use super::unit::{CUE, Class, Units};
use crate::model::{Feature, Sink};

/// How far from source and quotation a reporting word may stand, in units.
const REACH: usize = 12;
/// Options weighed at the most; the nearest to the quotation's side are met first.
const MOST: usize = 24;

/// Fills `options` with the units that might report the quotation at `site` said by `source`, in order. O(1): a
/// bounded number of units is looked at.
pub(crate) fn options(units: &Units, site: &Site, source: &Candidate, options: &mut Vec<usize>) {
    let (start, end) = (source.start as usize, source.end as usize);
    let near = |at: usize| {
        (at + REACH > start && at < end + REACH) || (at + REACH > site.unit && at <= site.unit + REACH)
    };
    let low = start.min(site.unit).saturating_sub(REACH);
    let high = (end.max(site.unit + 1) + REACH).min(units.len());
    // A source far away: only what stands around it and around the quotation is looked at.
    let gap = start.abs_diff(site.unit) > 8 * REACH;
    options.clear();
    let mut take = |at: usize| {
        let unit = units.at(at);
        let inside = at >= start && at < end;
        let reports = unit.cue > 0
            || unit.is(Class::COLON.or(Class::DASH))
            || (unit.has(Roles::PREPOSITION) && adjacent(at, site, start, end));
        if options.len() < MOST && reports && !inside && near(at) && !unit.is(Class::QUOTE) {
            options.push(at);
        }
    };
    if gap {
        let (near_source, near_quote) =
            (start.saturating_sub(REACH)..end + REACH, site.unit.saturating_sub(REACH)..high);
        if start < site.unit {
            near_source.chain(near_quote).for_each(&mut take);
        } else {
            near_quote.chain(near_source).for_each(&mut take);
        }
    } else {
        (low..high).for_each(&mut take);
    }
}

fn adjacent(at: usize, site: &Site, start: usize, end: usize) -> bool {
    at + 1 == site.unit || at == site.unit + 1 || at + 1 == start || at == end
}

/// Puts the features of the option `at`.
pub(crate) fn features(sink: &mut impl Sink, units: &Units, site: &Site, source: &Candidate, at: usize) {
    let f = |template: u32| Feature::new(200 + template);
    let (start, end) = (source.start as usize, source.end as usize);
    let unit = units.at(at);
    let from_source = if at >= end { 10 + bucket((at - end) as u32) } else { bucket((start - at) as u32) };
    let from_quote =
        if at > site.unit { 10 + bucket((at - site.unit) as u32) } else { bucket((site.unit - at) as u32) };
    let low = if end <= site.unit { end } else { site.unit };
    let high = if end <= site.unit { site.unit } else { start };
    let between = u32::from(at >= low && at < high);
    let side = u32::from(start > site.unit);
    let place = between + 2 * side;
    let first = units.at(at).before.cues == units.at(end).before.cues && at >= end;
    let same = u32::from(unit.sentence == units.at(start).sentence)
        + 2 * u32::from(unit.sentence == site.sentence)
        + 4 * u32::from(first);
    let level = level(unit.cue);
    sink.put(f(0).with(unit.key));
    sink.put(f(1).with(level).with(place));
    sink.put(f(2).with(from_source).with(place));
    sink.put(f(3).with(from_quote).with(place));
    sink.put(f(4).with(from_source).with(level));
    sink.put(f(5).with(from_quote).with(level));
    sink.put(f(6).with(same).with(place).with(level));
    sink.put(f(7).with(unit.key).with(place).with(from_source));
    sink.put(f(8).with(unit.key).with(from_quote));
    sink.put(f(9).with(units.at(at.wrapping_sub(1)).name).with(level));
    sink.put(f(10).with(units.at(at + 1).name).with(level));
    let others = units.at(at).before.cues.abs_diff(units.at(site.unit).before.cues).min(3);
    sink.put(f(11).with(others).with(place).with(level));
    let others = units.at(at).before.cues.abs_diff(units.at(end).before.cues).min(3);
    sink.put(f(12).with(others).with(place).with(u32::from(unit.cue >= CUE)));
    sink.put(f(13).with(source.code).with(from_source).with(level));
}

/// Puts the features of there being no reporting word.
pub(crate) fn none(sink: &mut impl Sink, units: &Units, site: &Site, source: &Candidate) {
    let f = |template: u32| Feature::new(230 + template);
    let start = source.start as usize;
    let unit = units.at(start);
    let side = u32::from(start > site.unit);
    let far = bucket(start.abs_diff(site.unit) as u32);
    sink.put(f(0));
    sink.put(f(1).with(side).with(far));
    sink.put(f(2).with(side).with(site.paragraph.abs_diff(unit.paragraph).min(3)));
    sink.put(f(3).with(u32::from(site.lower)).with(site.close));
}
