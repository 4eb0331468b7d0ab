//! Outlets become lanes, each under the one that it has most from; those of least weight share one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::provenance::{Header, ProvenanceGraph, outlet_key};

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
    by_key: BTreeMap<Key<'a>, usize>,
}

/// What has a lane of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    /// An outlet, whatever form of its name is printed.
    Outlet(u64),
    /// A document without an outlet, by its id.
    Document(&'a str),
}

impl<'a> Key<'a> {
    fn of(header: &'a Header) -> Self {
        named(header).map_or(Self::Document(&header.id), |outlet| Self::Outlet(outlet_key(outlet)))
    }
}

/// What is known of an outlet before it has a lane.
struct Weighed<'a> {
    name: &'a str,
    /// What it is sorted by among those that are otherwise equal.
    sorted: String,
    first: (bool, i64, i64),
    weight: usize,
    sources: BTreeMap<Key<'a>, usize>,
}

impl Weighed<'_> {
    fn order(&self) -> ((bool, i64, i64), &str) {
        (self.first, &self.sorted)
    }
}

impl<'a> Lanes<'a> {
    /// The lanes for all outlets of a graph, and those that only repeats name.
    pub(super) fn new(graph: &'a ProvenanceGraph) -> Self {
        let mut outlets: BTreeMap<Key<'a>, Weighed<'a>> = BTreeMap::new();
        for header in graph.documents() {
            let first = header.published.map_or((true, 0, 0), |time| (false, time.from(), time.until()));
            let outlet = weighed(&mut outlets, (Key::of(header), name(header)), first);
            outlet.first = outlet.first.min(first);
            outlet.weight += 1;
        }
        for repeat in graph.repeats() {
            let of = |header: &'a Header| (Key::of(header), name(header));
            let Some(to) = graph.document(&repeat.document).map(of) else { continue };
            let from = repeat.from_document.as_deref().and_then(|id| graph.document(id)).map(of);
            let outlet = repeat.from_outlet.as_deref().map(|name| (Key::Outlet(outlet_key(name)), name));
            let Some(from) = from.or(outlet) else { continue };
            // An outlet outside has no time; it stands before who repeats it.
            weighed(&mut outlets, from, (false, i64::MIN, 0)).weight += 4;
            let outlet = weighed(&mut outlets, to, (true, 0, 0));
            outlet.weight += 4;
            if from.0 != to.0 {
                *outlet.sources.entry(from.0).or_default() += 1;
            }
        }
        let folded = folded(&outlets);
        let mut lanes = Vec::new();
        let mut by_key = BTreeMap::new();
        for key in in_order(&outlets).into_iter().filter(|key| !folded.contains(key)) {
            by_key.insert(key, lanes.len());
            lanes.push(Lane { name: outlets.get(&key).map(|outlet| outlet.name), outlets: 1 });
        }
        if !folded.is_empty() {
            by_key.extend(folded.iter().map(|key| (*key, lanes.len())));
            lanes.push(Lane { name: None, outlets: folded.len() });
        }
        Self { lanes, by_key }
    }

    /// The lane of an outlet. O(log n).
    pub(super) fn of_outlet(&self, outlet: &str) -> Option<usize> {
        self.by_key.get(&Key::Outlet(outlet_key(outlet))).copied()
    }

    /// The lane of a document. O(log n).
    pub(super) fn of_document(&self, header: &Header) -> Option<usize> {
        self.by_key.get(&Key::of(header)).copied()
    }
}

/// The outlet that a document names.
fn named(header: &Header) -> Option<&str> {
    header.outlet.as_deref().filter(|outlet| !outlet.trim().is_empty())
}

/// What a document's lane is called.
fn name(header: &Header) -> &str {
    named(header).unwrap_or(&header.id)
}

/// A name to sort by: without case and leading article.
fn sorted(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

fn weighed<'a, 'b>(
    outlets: &'b mut BTreeMap<Key<'a>, Weighed<'a>>,
    (key, name): (Key<'a>, &'a str),
    first: (bool, i64, i64),
) -> &'b mut Weighed<'a> {
    outlets.entry(key).or_insert_with(|| Weighed {
        name,
        sorted: sorted(name),
        first,
        weight: 0,
        sources: BTreeMap::new(),
    })
}

/// The outlets that share a lane: those of least weight, where there are too many.
fn folded<'a>(outlets: &BTreeMap<Key<'a>, Weighed<'a>>) -> BTreeSet<Key<'a>> {
    if outlets.len() <= MOST {
        return BTreeSet::new();
    }
    let mut by_weight: Vec<(&Key<'a>, &Weighed<'_>)> = outlets.iter().collect();
    by_weight.sort_by_key(|(key, outlet)| (Reverse(outlet.weight), outlet.order(), *key));
    by_weight.into_iter().skip(MOST - 1).map(|(key, _)| *key).collect()
}

/// The outlets by time, each followed by those that have most from it, so that arrows are short. O(n log n).
fn in_order<'a>(outlets: &BTreeMap<Key<'a>, Weighed<'a>>) -> Vec<Key<'a>> {
    let order = |key: &Key<'a>| outlets.get(key).map(|outlet| (outlet.order(), *key));
    let mut below: BTreeMap<Option<Key<'a>>, Vec<Key<'a>>> = BTreeMap::new();
    for (key, outlet) in outlets {
        let main = outlet.sources.iter().max_by_key(|(source, count)| {
            (**count, Reverse(outlets.get(source).map(|outlet| (&outlet.sorted, **source))))
        });
        // A source that is not earlier is no place to stand under: that also keeps circles out.
        let main = main.map(|(source, _)| *source).filter(|source| order(source) < order(key));
        below.entry(main).or_default().push(*key);
    }
    for group in below.values_mut() {
        // Taken from the end of a stack: the earliest last.
        group.sort_by_key(|key| Reverse(order(key)));
    }
    let mut lanes = Vec::with_capacity(outlets.len());
    let mut open: Vec<Key<'a>> = below.remove(&None).unwrap_or_default();
    while let Some(key) = open.pop() {
        lanes.push(key);
        open.extend(below.remove(&Some(key)).unwrap_or_default());
    }
    lanes
}
