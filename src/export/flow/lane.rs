//! Outlets become lanes, each under the one that it has most from; those of least weight share one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::provenance::{Header, ProvenanceGraph};

/// The most lanes that can be read.
const MOST: usize = 36;

/// A lane of the drawing.
pub(super) struct Lane<'a> {
    /// The outlet, or the id of a document without one; nothing for the lane of those folded together.
    pub(super) name: Option<&'a str>,
    /// How many outlets stand in it.
    pub(super) outlets: usize,
}

/// The lanes of a drawing.
pub(super) struct Lanes<'a> {
    pub(super) lanes: Vec<Lane<'a>>,
    by_key: BTreeMap<String, usize>,
}

/// What is known of an outlet before it has a lane.
struct Weighed<'a> {
    name: &'a str,
    first: (bool, i64, i64),
    weight: usize,
    sources: BTreeMap<String, usize>,
}

impl<'a> Lanes<'a> {
    /// The lanes for all outlets of a graph, and those that only repeats name.
    pub(super) fn new(graph: &'a ProvenanceGraph) -> Self {
        let mut outlets: BTreeMap<String, Weighed<'a>> = BTreeMap::new();
        for header in graph.documents() {
            let first = header.published.map_or((true, 0, 0), |time| (false, time.from(), time.until()));
            let outlet = weighed(&mut outlets, name(header), first);
            outlet.first = outlet.first.min(first);
            outlet.weight += 1;
        }
        for repeat in graph.repeats() {
            let Some(to) = graph.document(&repeat.document).map(name) else { continue };
            let from = repeat.from_document.as_deref().and_then(|id| graph.document(id)).map(name);
            let Some(from) = from.or(repeat.from_outlet.as_deref()) else { continue };
            // An outlet outside has no time; it stands before who repeats it.
            weighed(&mut outlets, from, (false, i64::MIN, 0)).weight += 4;
            let outlet = weighed(&mut outlets, to, (true, 0, 0));
            outlet.weight += 4;
            if key(from) != key(to) {
                *outlet.sources.entry(key(from)).or_default() += 1;
            }
        }
        let folded = folded(&outlets);
        let mut lanes = Vec::new();
        let mut by_key = BTreeMap::new();
        for key in in_order(&outlets).into_iter().filter(|key| !folded.contains(*key)) {
            by_key.insert(key.clone(), lanes.len());
            lanes.push(Lane { name: outlets.get(key).map(|outlet| outlet.name), outlets: 1 });
        }
        if !folded.is_empty() {
            by_key.extend(folded.iter().map(|key| (key.clone(), lanes.len())));
            lanes.push(Lane { name: None, outlets: folded.len() });
        }
        Self { lanes, by_key }
    }

    /// The lane of an outlet. O(log n).
    pub(super) fn of(&self, outlet: &str) -> Option<usize> {
        self.by_key.get(&key(outlet)).copied()
    }
}

/// What a document's lane is called.
pub(super) fn name(header: &Header) -> &str {
    header.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty()).unwrap_or(&header.id)
}

/// Two forms of a name that differ in case or in a leading article are one.
fn key(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

fn weighed<'a, 'b>(
    outlets: &'b mut BTreeMap<String, Weighed<'a>>,
    name: &'a str,
    first: (bool, i64, i64),
) -> &'b mut Weighed<'a> {
    outlets.entry(key(name)).or_insert_with(|| Weighed { name, first, weight: 0, sources: BTreeMap::new() })
}

/// The outlets that share a lane: those of least weight, where there are too many.
fn folded(outlets: &BTreeMap<String, Weighed<'_>>) -> BTreeSet<String> {
    if outlets.len() <= MOST {
        return BTreeSet::new();
    }
    let mut by_weight: Vec<(&String, &Weighed<'_>)> = outlets.iter().collect();
    by_weight.sort_by_key(|(key, outlet)| (Reverse(outlet.weight), outlet.first, *key));
    by_weight.into_iter().skip(MOST - 1).map(|(key, _)| key.clone()).collect()
}

/// The outlets by time, each followed by those that have most from it, so that arrows are short. O(n log n).
fn in_order<'b>(outlets: &'b BTreeMap<String, Weighed<'_>>) -> Vec<&'b String> {
    let mut below: BTreeMap<Option<&str>, Vec<(&String, &Weighed<'_>)>> = BTreeMap::new();
    for (key, outlet) in outlets {
        let main = outlet.sources.iter().max_by_key(|(source, count)| (**count, Reverse(source.as_str())));
        // A source that is not earlier is no place to stand under: that also keeps circles out.
        let main = main.map(|(source, _)| source.as_str()).filter(|source| {
            outlets.get(*source).is_some_and(|above| (above.first, *source) < (outlet.first, key.as_str()))
        });
        below.entry(main).or_default().push((key, outlet));
    }
    for group in below.values_mut() {
        // Taken from the end of a stack: the earliest last.
        group.sort_by_key(|(key, outlet)| Reverse((outlet.first, *key)));
    }
    let mut order = Vec::with_capacity(outlets.len());
    let mut open: Vec<(&String, &Weighed<'_>)> = below.remove(&None).unwrap_or_default();
    while let Some((key, _)) = open.pop() {
        order.push(key);
        open.extend(below.remove(&Some(key.as_str())).unwrap_or_default());
    }
    order
}
