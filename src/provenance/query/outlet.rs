//! Outlets: who repeats whom, how many are independent, what is syndicated, and who is credited but not there.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::credit::{Relation, SourceKind};
use crate::provenance::name::outlet_key;
use crate::provenance::{By, Credited, ProvenanceGraph};

/// One outlet has things from another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutletLink<'a> {
    /// The outlet that repeats.
    pub outlet: &'a str,
    /// The outlet it has them from.
    pub from: &'a str,
    /// How many utterances it says itself that it has from there.
    pub stated: usize,
    /// How many more it has from there by an editor's ruling.
    pub ruled: usize,
    /// How many more it seems to have from there, though its text names no source for them.
    pub inferred: usize,
}

/// How many sources stand behind the printings of an utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Independence<'a> {
    /// How many outlets print it; a document without an outlet counts as one.
    pub outlets: usize,
    /// The sources that they have it from in the end, with how many outlets have it from each: a document's id, or an
    /// outlet that only a credit names.
    pub sources: Vec<(&'a str, usize)>,
}

/// The printings of one agency's copy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Syndicated<'a> {
    /// The agency.
    pub agency: &'a str,
    /// The documents that say they are its copy, in order of id.
    pub documents: Vec<&'a str>,
    /// The utterances that at least two of them print, in order of id.
    pub utterances: Vec<&'a str>,
}

/// A source that documents credit and that none of them comes from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Orphan<'a> {
    /// Its name.
    pub source: &'a str,
    /// The credits that name it.
    pub credits: Vec<&'a Credited>,
}

/// Outlets that credit each other for the same utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cycle<'a> {
    /// The utterance's id.
    pub utterance: &'a str,
    /// The outlets, in order.
    pub outlets: Vec<&'a str>,
    /// The repeats that make the cycle, indices into [`ProvenanceGraph::repeats`].
    pub repeats: Vec<usize>,
}

impl ProvenanceGraph {
    /// Who repeats whom, outlet by outlet.
    ///
    /// # Returns
    /// The pairs, in order of names. Repeats between documents of one outlet, and of documents without an outlet, are
    /// left out. Names count as they are printed first in the order of documents.
    ///
    /// # Complexity
    /// O(r log r) for r repeats: the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let network = graph.outlet_network();
    /// assert!(network.iter().any(|link| link.outlet == "Coastline Wire" && link.from == "The Harbor Ledger" && link.stated > 0));
    /// ```
    #[must_use]
    pub fn outlet_network(&self) -> Vec<OutletLink<'_>> {
        let mut names = Names::default();
        let mut counts: BTreeMap<(u64, u64), [usize; 3]> = BTreeMap::new();
        for repeat in self.repeats() {
            let outlet = self.document(&repeat.document).and_then(|header| header.outlet.as_deref());
            let (Some(outlet), Some(from)) = (outlet, repeat.from_outlet.as_deref()) else { continue };
            let pair = (names.add(outlet), names.add(from));
            if pair.0 == pair.1 {
                continue;
            }
            let [stated, ruled, inferred] = counts.entry(pair).or_default();
            let count = match repeat.by() {
                By::Credit => stated,
                By::Ruling => ruled,
                By::Inference => inferred,
            };
            *count += 1;
        }
        let mut links: Vec<OutletLink<'_>> = counts
            .into_iter()
            .map(|((outlet, from), [stated, ruled, inferred])| OutletLink {
                outlet: names.of(outlet),
                from: names.of(from),
                stated,
                ruled,
                inferred,
            })
            .collect();
        links.sort_by_key(|link| (link.outlet, link.from));
        links
    }

    /// How many sources stand behind an utterance: “printed by nine outlets”, eight of which have it from one.
    ///
    /// # Arguments
    /// `utterance`: its id.
    ///
    /// # Returns
    /// The outlets and the sources, those of most outlets first; nothing for an id that is not there. A document with no
    /// known source counts as a source of its own, so this is the most that may be independent, not the least.
    ///
    /// # Complexity
    /// O(p log n) for p printings among n repeats.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let said = graph.utterances().iter().find(|utterance| utterance.text.starts_with("We will not close"));
    /// # let said = said.ok_or("the sample story has it")?;
    /// let independence = graph.independence(&said.id);
    /// assert_eq!(independence.outlets, 6);
    /// assert_eq!(independence.sources, [("01-harbor-ledger", 5), ("07-evening-dispatch", 1)]);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn independence(&self, utterance: &str) -> Independence<'_> {
        let Some(found) = self.utterance(utterance) else {
            return Independence { outlets: 0, sources: Vec::new() };
        };
        let mut names = Names::default();
        let mut sources: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        let mut outlets = BTreeSet::new();
        for (document, start) in self.starts(found) {
            let outlet =
                self.document(document).and_then(|header| header.outlet.as_deref()).unwrap_or(document);
            let outlet = names.add(outlet);
            outlets.insert(outlet);
            sources.entry(start).or_default().insert(outlet);
        }
        let mut sources: Vec<(&str, usize)> = sources.into_iter().map(|(id, all)| (id, all.len())).collect();
        sources.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
        Independence { outlets: outlets.len(), sources }
    }

    /// The wire copy among the documents, so that it is counted once.
    ///
    /// # Returns
    /// A group for each agency with two documents or more that say they are its copy and share an utterance.
    ///
    /// # Complexity
    /// Linear in credits and printings: the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// assert!(graph.syndication().iter().all(|copies| copies.documents.len() > 1));
    /// ```
    #[must_use]
    pub fn syndication(&self) -> Vec<Syndicated<'_>> {
        let mut names = Names::default();
        let mut copies: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
        for credited in self.credits() {
            if credited.credit.relation == Relation::Wire {
                let agency = names.add(&credited.credit.source);
                copies.entry(agency).or_default().insert(&credited.document);
            }
        }
        let mut agencies: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for (agency, documents) in &copies {
            for document in documents {
                agencies.entry(document).or_default().push(*agency);
            }
        }
        let mut shared: BTreeMap<u64, (BTreeSet<&str>, Vec<&str>)> = BTreeMap::new();
        for utterance in self.utterances() {
            let mut printed: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
            for occurrence in &utterance.occurrences {
                for &agency in agencies.get(occurrence.document.as_str()).into_iter().flatten() {
                    printed.entry(agency).or_default().insert(&occurrence.document);
                }
            }
            for (agency, documents) in printed.into_iter().filter(|(_, documents)| documents.len() > 1) {
                let group = shared.entry(agency).or_default();
                group.0.extend(documents);
                group.1.push(&utterance.id);
            }
        }
        let mut groups: Vec<Syndicated<'_>> = shared
            .into_iter()
            .map(|(agency, (documents, utterances))| Syndicated {
                agency: names.of(agency),
                documents: documents.into_iter().collect(),
                utterances,
            })
            .collect();
        groups.sort_by_key(|group| group.agency);
        groups
    }

    /// The media that documents credit and that no document given comes from: where to look next.
    ///
    /// # Returns
    /// Them by name, each with the credits that name it. Channels, platforms, documents and events are not media.
    ///
    /// # Complexity
    /// O(c log c) for c credits: the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// let missing: Vec<&str> = graph.orphans().iter().map(|orphan| orphan.source).collect();
    /// assert!(!missing.contains(&"The Harbor Ledger")); // it is among the documents
    /// ```
    #[must_use]
    pub fn orphans(&self) -> Vec<Orphan<'_>> {
        let here: BTreeSet<u64> =
            self.documents().iter().filter_map(|header| header.outlet.as_deref()).map(outlet_key).collect();
        let mut orphans: BTreeMap<u64, Orphan<'_>> = BTreeMap::new();
        for credited in self.credits() {
            let credit = &credited.credit;
            let is_medium =
                matches!(credit.kind, SourceKind::Outlet | SourceKind::Broadcast | SourceKind::Wire)
                    && matches!(credit.relation, Relation::Repeat | Relation::Origin | Relation::Wire);
            let key = outlet_key(&credit.source);
            if is_medium && !here.contains(&key) {
                let orphan = orphans
                    .entry(key)
                    .or_insert_with(|| Orphan { source: &credit.source, credits: Vec::new() });
                orphan.credits.push(credited);
            }
        }
        let mut orphans: Vec<Orphan<'_>> = orphans.into_values().collect();
        orphans.sort_by_key(|orphan| orphan.source);
        orphans
    }

    /// Outlets that say they have an utterance from each other: at least one of them is wrong.
    ///
    /// # Returns
    /// The cycles, in order of utterance and outlets.
    ///
    /// # Complexity
    /// Linear in repeats (Kosaraju's strongly connected components, which do not recurse): the whole graph.
    ///
    /// ```
    /// # let mut tracker = quotetrace::Tracker::new();
    /// # assert!(tracker.add_all(quotetrace::input::read(&["examples/story"], &Default::default()).flatten()).is_empty());
    /// let graph = tracker.graph();
    /// assert!(graph.cycles().is_empty()); // nobody credits one that credits them
    /// ```
    #[must_use]
    pub fn cycles(&self) -> Vec<Cycle<'_>> {
        let mut by_utterance: BTreeMap<&str, Vec<(usize, &str, &str)>> = BTreeMap::new();
        for (index, repeat) in self.repeats().iter().enumerate().filter(|(_, repeat)| repeat.is_stated()) {
            let outlet = self.document(&repeat.document).and_then(|header| header.outlet.as_deref());
            if let (Some(outlet), Some(from)) = (outlet, repeat.from_outlet.as_deref()) {
                by_utterance.entry(&repeat.utterance).or_default().push((index, outlet, from));
            }
        }
        by_utterance.into_iter().flat_map(|(utterance, repeats)| cycles(utterance, &repeats)).collect()
    }
}

fn cycles<'a>(utterance: &'a str, repeats: &[(usize, &'a str, &'a str)]) -> Vec<Cycle<'a>> {
    if repeats.len() < 2 {
        return Vec::new();
    }
    let mut names = Names::default();
    let mut graph: DiGraph<u64, usize> = DiGraph::new();
    let mut nodes = BTreeMap::new();
    for &(index, outlet, from) in repeats {
        let [outlet, from] = [outlet, from].map(|name| {
            let key = names.add(name);
            *nodes.entry(key).or_insert_with(|| graph.add_node(key))
        });
        graph.add_edge(outlet, from, index);
    }
    let mut cycles: Vec<Cycle<'_>> = Vec::new();
    for component in kosaraju_scc(&graph).into_iter().filter(|component| component.len() > 1) {
        let inside: BTreeSet<_> = component.iter().copied().collect();
        let mut outlets: Vec<&str> =
            component.iter().filter_map(|&node| graph.node_weight(node)).map(|&key| names.of(key)).collect();
        outlets.sort_unstable();
        let edges = component.iter().flat_map(|&node| graph.edges(node));
        let edges = edges.filter(|edge| inside.contains(&petgraph::visit::EdgeRef::target(edge)));
        let mut repeats: Vec<usize> = edges.map(|edge| *edge.weight()).collect();
        repeats.sort_unstable();
        cycles.push(Cycle { utterance, outlets, repeats });
    }
    cycles.sort_by(|a, b| a.outlets.cmp(&b.outlets));
    cycles
}

/// Names of outlets by their keys, each as it came first.
#[derive(Default)]
struct Names<'a>(BTreeMap<u64, &'a str>);

impl<'a> Names<'a> {
    fn add(&mut self, name: &'a str) -> u64 {
        let key = outlet_key(name);
        self.0.entry(key).or_insert(name);
        key
    }

    fn of(&self, key: u64) -> &'a str {
        self.0.get(&key).copied().unwrap_or("")
    }
}
