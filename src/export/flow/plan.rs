//! What a drawing shows, before anything has a place: lanes, columns, nodes and arrows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::column::Columns;
use super::lane::Lanes;
use crate::provenance::{By, Header, ProvenanceGraph};

/// The most arrows that can be followed; those for most utterances are kept.
const ARROWS: usize = 160;

/// Where a node stands in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// Not among the documents.
    Outside,
    /// In a column of time.
    Time(usize),
    /// Undated.
    Undated,
}

/// A lane and a column.
type Spot = (usize, Column);

/// A document's id and an utterance's.
type Repeated<'a> = (&'a str, &'a str);

/// The documents of a lane and a column; none stands for an outlet that is not among the documents.
pub(crate) struct Node<'a> {
    pub(super) lane: usize,
    pub(super) column: Column,
    pub(super) documents: Vec<&'a Header>,
}

/// The repeats from one node to another.
#[derive(Clone)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) by: By,
    /// How many utterances of how many documents.
    pub(super) count: usize,
    /// Whether it is not stated and there is a stated one between the same nodes.
    pub(super) beside: bool,
}

/// What a drawing shows.
pub(crate) struct Plan<'a> {
    pub(super) lanes: Lanes<'a>,
    pub(super) columns: Columns,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) arrows: Vec<Arrow>,
    /// Arrows that are not drawn.
    pub(super) left_out: usize,
}

impl<'a> Plan<'a> {
    /// Plans the drawing of a graph.
    pub(crate) fn new(graph: &'a ProvenanceGraph) -> Self {
        let lanes = Lanes::new(graph);
        let columns = Columns::new(graph.documents().iter().filter_map(|header| header.published));
        let place = |header: &Header| {
            let column = header.published.map_or(Column::Undated, |time| Column::Time(columns.of(time)));
            lanes.of_document(header).map(|lane| (lane, column))
        };
        let mut at: BTreeMap<Spot, Vec<&Header>> = BTreeMap::new();
        for header in graph.documents() {
            if let Some(place) = place(header) {
                at.entry(place).or_default().push(header);
            }
        }
        let mut counts: BTreeMap<(Spot, Spot, By), BTreeSet<Repeated<'_>>> = BTreeMap::new();
        for repeat in graph.repeats() {
            let Some(to) = graph.document(&repeat.document).and_then(place) else { continue };
            let source = repeat.from_document.as_deref().and_then(|id| graph.document(id));
            let from = match (source, repeat.from_outlet.as_deref()) {
                (Some(header), _) => place(header),
                (None, Some(outlet)) => lanes.of_outlet(outlet).map(|lane| (lane, Column::Outside)),
                (None, None) => None,
            };
            let Some(from) = from.filter(|from| *from != to) else { continue };
            at.entry(from).or_default();
            let all = counts.entry((from, to, repeat.by())).or_default();
            all.insert((&repeat.document, &repeat.utterance));
        }
        let numbers: BTreeMap<Spot, usize> =
            at.keys().enumerate().map(|(number, place)| (*place, number)).collect();
        let arrows = counts.iter().filter_map(|(&(from, to, by), all)| {
            let beside = by != By::Credit && counts.contains_key(&(from, to, By::Credit));
            let (from, to) = (*numbers.get(&from)?, *numbers.get(&to)?);
            Some(Arrow { from, to, by, count: all.len(), beside })
        });
        let mut arrows: Vec<Arrow> = arrows.collect();
        arrows.sort_by_key(|arrow| (Reverse(arrow.count), arrow.by, arrow.from, arrow.to));
        let left_out = arrows.len().saturating_sub(ARROWS);
        arrows.truncate(ARROWS);
        let nodes = at.into_iter().map(|((lane, column), documents)| Node { lane, column, documents });
        let nodes = nodes.collect();
        Self { lanes, columns, nodes, arrows, left_out }
    }

    /// Whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// How many outlets share a lane.
    pub(super) fn folded(&self) -> usize {
        self.lanes.lanes.iter().filter(|lane| lane.name.is_none()).map(|lane| lane.outlets).sum()
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.nodes.iter().any(|node| node.column == column)
    }
}
