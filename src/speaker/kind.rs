//! Direct or mixed: whether the marks hold a clause of their own or a fragment of the outlet's sentence.

use super::site::{Site, bucket, level};
use super::unit::{Class, Units};
use crate::model::{Feature, Sink};

/// Puts the features that speak for a mixed quotation.
pub(crate) fn features(sink: &mut impl Sink, units: &Units, site: &Site) {
    let f = |template: u32| Feature::new(260 + template);
    let at = site.unit;
    let before = units.at(at.wrapping_sub(1));
    let before2 = units.at(at.wrapping_sub(2));
    let after = units.at(at + 1);
    let after2 = units.at(at + 2);
    let form = u32::from(site.lower) * 8 + site.close;
    sink.put(f(0));
    sink.put(f(1).with(form));
    sink.put(f(2).with(form).with(site.length));
    sink.put(f(3).with(before.name));
    sink.put(f(4).with(before.name).with(form));
    sink.put(f(5).with(before2.name).with(before.name));
    sink.put(f(6).with(after.name));
    sink.put(f(7).with(after.name).with(form));
    sink.put(f(8).with(level(before.cue)).with(form));
    sink.put(f(9).with(level(after.cue)).with(level(after2.cue)).with(form));
    sink.put(f(10).with(site.edges).with(form));
    sink.put(f(11).with(u32::from(before.is(Class::COMMA))).with(level(before2.cue)).with(form));
    sink.put(f(12).with(u32::from(site.person)).with(u32::from(site.verb)).with(form));
    for (index, word) in site.first.iter().enumerate().take(site.words) {
        sink.put(f(13).with(*word).with(index as u32));
    }
    sink.put(f(14).with(site.last));
    let near = |cue: Option<usize>| cue.map_or(15, |cue| bucket(cue.abs_diff(at) as u32));
    sink.put(f(15).with(near(site.cue_before)).with(near(site.cue_after)).with(form));
    if let Some(cue) = site.cue_before {
        sink.put(f(16).with(units.at(cue).key).with(bucket((at - cue) as u32)).with(u32::from(site.lower)));
    }
    let breaker = site.breaker.map_or(0, |breaker| units.at(breaker).name);
    sink.put(f(17).with(breaker).with(u32::from(site.lower)));
    sink.put(f(18).with(units.at(at.wrapping_sub(3)).name).with(before2.name).with(before.name));
    let left = site.unit.saturating_sub(site.sentence_start) as u32;
    sink.put(f(19).with(bucket(left)).with(form));
}
