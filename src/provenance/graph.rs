//! The graph: who said what, who printed it, and who had it from whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};

use super::infer::{Found, Ground, Outcome, Traced, infer};
use super::options::Options;
use super::person;
use super::repeat::{Credited, Header, Repeat};
use super::ruling::{self, Ruling};
use crate::analysis::Analysis;
use crate::confidence::Confidence;
use crate::credit::Relation;
use crate::document::Document;
use crate::limits::Notice;
use crate::matching::{Utterance, Variant};
use crate::name::{Name, Names};
use crate::text::Span;

/// What the graph is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Node {
    /// A person, role or organisation that says something, by name.
    Speaker(Name),
    /// What was said, by the utterance's id.
    Utterance(Name),
    /// An article, by the document's id.
    Document(Name),
    /// A publisher, or another source that credits name, by its name.
    Outlet(Name),
}

/// How two nodes of the graph stand to each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Edge {
    /// From a speaker to the utterance.
    Said {
        /// How sure this is.
        confidence: Confidence,
    },
    /// From a document to an utterance that it prints; one edge an occurrence.
    Printed {
        /// Where it stands in the document.
        span: Span,
        /// Where it stands in the utterance's text.
        at: Span,
        /// How it differs from the utterance.
        variants: Vec<Variant>,
    },
    /// From a document to its outlet.
    PublishedBy,
    /// From a document to the source that it credits.
    Credits {
        /// The credit, an index into [`ProvenanceGraph::credits`].
        credit: usize,
        /// In what relation the document stands to the source.
        relation: Relation,
    },
    /// From a document to the document or outlet that it has an utterance from.
    Repeats {
        /// The repeat, an index into [`ProvenanceGraph::repeats`].
        repeat: usize,
        /// Whether the document itself says so.
        stated: bool,
        /// How sure this is.
        confidence: Confidence,
    },
}

/// Who said what, which documents printed it, and which had it from which.
///
/// A function of the documents, their analyses and the utterances, in whatever order they come.
#[derive(Clone, Debug, Default)]
pub struct ProvenanceGraph {
    documents: Vec<Header>,
    utterances: Vec<Utterance>,
    repeats: Vec<Repeat>,
    credits: Vec<Credited>,
    origins: Vec<Vec<Name>>,
    rulings: Vec<Ruling>,
    notices: Vec<Notice>,
    drawn: OnceLock<Drawn>,
}

/// The records as nodes and edges: of 100,000 documents 140 MB that most questions do without.
#[derive(Clone, Debug, Default)]
struct Drawn {
    graph: DiGraph<Node, Edge>,
    nodes: HashMap<Node, NodeIndex>,
}

impl ProvenanceGraph {
    /// Builds the graph.
    ///
    /// # Arguments
    /// `articles`: documents with their analyses; of several with one id the last counts. `utterances`: what matching
    /// made of them; occurrences in documents that are not given are left out.
    ///
    /// # Complexity
    /// O(d log d + p · c) for d documents, p printings and at most c candidates a printing
    /// ([`Options::candidates`]), and linear in the length of the texts. Sources that would go in a circle are chosen anew
    /// in rounds of O(p · c), each of which closes choices for good; in news there are a few.
    #[must_use]
    pub fn build<'a>(
        articles: impl IntoIterator<Item = (&'a Document, &'a Analysis)>,
        utterances: Vec<Utterance>,
        options: &Options,
    ) -> Self {
        Self::build_with_rulings(articles, utterances, options, &[])
    }

    /// Builds the graph with an editor's rulings, which overrule what documents say and what is inferred. One whose
    /// place is not in the documents, or not quoted, has no effect.
    ///
    /// Arguments and complexity are those of [`build`](Self::build); a ruling costs one pass over the printings.
    #[must_use]
    pub fn build_with_rulings<'a>(
        articles: impl IntoIterator<Item = (&'a Document, &'a Analysis)>,
        mut utterances: Vec<Utterance>,
        options: &Options,
        rulings: &[Ruling],
    ) -> Self {
        let by_id: BTreeMap<&str, (&Document, &Analysis)> =
            articles.into_iter().map(|(document, analysis)| (document.id(), (document, analysis))).collect();
        let articles: Vec<(&Document, &Analysis)> = by_id.into_values().collect();
        let known = |id: &str| articles.binary_search_by(|(document, _)| document.id().cmp(id)).is_ok();
        for utterance in &mut utterances {
            utterance.occurrences.retain(|occurrence| known(&occurrence.document));
        }
        let documents: Vec<&Document> = articles.iter().map(|(document, _)| *document).collect();
        ruling::on_utterances(rulings, &mut utterances, &documents);
        utterances.retain(|utterance| !utterance.occurrences.is_empty());
        utterances.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| place(a).cmp(&place(b))));
        unique_ids(&mut utterances);
        person::unite(&mut utterances, &articles, &options.people);
        let mut outcome = infer(&articles, &utterances, options);
        ruling::on_sources(rulings, &mut outcome.found, &utterances, &documents);
        let mut names = Names::default();
        let headers =
            articles.iter().map(|(document, _)| Header::of(document, &mut names)).collect::<Vec<_>>();
        let mut graph = Self {
            origins: origins(&utterances, &outcome.found, &articles, &headers),
            documents: headers,
            notices: notices(&articles, outcome.left),
            rulings: rulings.to_vec(),
            utterances,
            ..Self::default()
        };
        graph.credits.reserve_exact(articles.iter().map(|(_, analysis)| analysis.credits.len()).sum());
        for ((_, analysis), Header { id, .. }) in articles.iter().zip(&graph.documents) {
            let credited =
                |credit: &crate::credit::Credit| Credited { document: id.clone(), credit: credit.clone() };
            graph.credits.extend(analysis.credits.iter().map(credited));
        }
        graph.repeats = graph.repeats_of(outcome, options.lone, &mut names);
        graph
    }

    /// With what whoever has it built must tell too.
    pub(crate) fn with_notices(mut self, notices: impl Iterator<Item = Notice>) -> Self {
        self.notices.extend(notices);
        self.notices.sort_unstable();
        self
    }

    /// The graph itself, to read. Drawn from the records when it is first asked for, which is linear in them.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Node, Edge> {
        &self.drawn().graph
    }

    /// The place of a node in [`graph`](Self::graph). O(1) once that is drawn.
    #[must_use]
    pub fn node(&self, node: &Node) -> Option<NodeIndex> {
        self.drawn().nodes.get(node).copied()
    }

    fn drawn(&self) -> &Drawn {
        self.drawn.get_or_init(|| Drawn::of(self))
    }

    /// The documents, in order of id.
    #[must_use]
    pub fn documents(&self) -> &[Header] {
        &self.documents
    }

    /// One document. O(log n).
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Header> {
        let at = self.documents.binary_search_by(|header| header.id.as_str().cmp(id)).ok()?;
        self.documents.get(at)
    }

    /// The utterances, in order of id.
    #[must_use]
    pub fn utterances(&self) -> &[Utterance] {
        &self.utterances
    }

    /// One utterance. O(log n).
    #[must_use]
    pub fn utterance(&self, id: &str) -> Option<&Utterance> {
        self.utterances.get(self.utterance_index(id)?)
    }

    pub(super) fn utterance_index(&self, id: &str) -> Option<usize> {
        self.utterances.binary_search_by(|utterance| utterance.id.as_str().cmp(id)).ok()
    }

    /// Who has what from whom, stated and inferred: in order of document, utterance and source, stated ones first.
    #[must_use]
    pub fn repeats(&self) -> &[Repeat] {
        &self.repeats
    }

    /// All credits, in order of document and place.
    #[must_use]
    pub fn credits(&self) -> &[Credited] {
        &self.credits
    }

    /// The editor's rulings that the graph was built with.
    #[must_use]
    pub fn rulings(&self) -> &[Ruling] {
        &self.rulings
    }

    /// The limits that were hit, in documents and here, counted together; in the graph of a
    /// [`Tracker`](crate::Tracker) also those of matching, whose names begin with `matching.`,
    /// and `unreadable`, the articles of a store that it can't give any more.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    pub(super) fn origins_at(&self, index: usize) -> &[Name] {
        self.origins.get(index).map_or(&[], Vec::as_slice)
    }

    fn repeats_of(&self, mut outcome: Outcome<'_>, lone: bool, names: &mut Names) -> Vec<Repeat> {
        let mut all = std::mem::take(&mut outcome.found);
        // In order of their numbers, documents and utterances are in order of id.
        all.sort_unstable_by_key(|found| (found.document, found.utterance));
        let mut repeats = Vec::with_capacity(all.iter().map(|found| found.sources.len()).sum());
        for mut found in all {
            let occurrences = self
                .utterances
                .get(found.utterance as usize)
                .map_or(&[][..], |utterance| &utterance.occurrences);
            let first = occurrences.first().map(|occurrence| &occurrence.document);
            let is_lone = occurrences.iter().all(|occurrence| Some(&occurrence.document) == first);
            let mut sources = std::mem::take(&mut found.sources);
            sources.retain(|traced| !is_lone || lone || !matches!(traced.ground, Ground::Credit(_)));
            let credit = |traced: &Traced| match traced.ground {
                Ground::Credit(credit) => Some(credit),
                _ => None,
            };
            sources.sort_by_key(|traced| (credit(traced).is_none(), credit(traced)));
            repeats.extend(sources.iter().filter_map(|traced| self.repeat(&outcome, &found, traced, names)));
        }
        repeats.shrink_to_fit();
        repeats
    }

    fn repeat(
        &self,
        outcome: &Outcome<'_>,
        found: &Found,
        traced: &Traced,
        names: &mut Names,
    ) -> Option<Repeat> {
        let document = self.documents.get(found.document as usize)?;
        let source = traced.source.and_then(|number| self.documents.get(number as usize));
        let (credit, named) = match traced.ground {
            Ground::Credit(index) => {
                let credited = self.credits.get(index as usize);
                (Some(index as usize), credited.map(|credited| &credited.credit.source))
            }
            Ground::Ruling(index) => (None, self.rulings.get(index as usize).and_then(Ruling::outlet)),
            Ground::Inferred { .. } => (None, None),
        };
        let (basis, evidence) = outcome.reasons(found, traced);
        Some(Repeat {
            document: document.id.clone(),
            from_document: source.map(|source| source.id.clone()),
            from_outlet: source
                .and_then(|source| source.outlet.clone())
                .or_else(|| named.map(|named| names.of(named))),
            utterance: self.utterances.get(found.utterance as usize)?.id.clone(),
            basis,
            confidence: Confidence::new(traced.chance),
            credit,
            evidence,
        })
    }
}

impl Drawn {
    fn add(&mut self, node: Node) -> NodeIndex {
        if let Some(&index) = self.nodes.get(&node) {
            return index;
        }
        let index = self.graph.add_node(node.clone());
        self.nodes.insert(node, index);
        index
    }

    /// Draws nodes and edges from the records.
    fn of(story: &ProvenanceGraph) -> Self {
        let ProvenanceGraph { documents, utterances, credits, repeats, .. } = story;
        let mut drawn = Self::default();
        let printed: usize = utterances.iter().map(|utterance| 1 + utterance.occurrences.len()).sum();
        drawn.graph.reserve_nodes(documents.len() + utterances.len());
        drawn.graph.reserve_edges(documents.len() + printed + credits.len() + repeats.len());
        for header in documents {
            let document = drawn.add(Node::Document(header.id.clone()));
            if let Some(outlet) = &header.outlet {
                let outlet = drawn.add(Node::Outlet(outlet.clone()));
                drawn.graph.add_edge(document, outlet, Edge::PublishedBy);
            }
        }
        for utterance in utterances {
            let said = drawn.add(Node::Utterance(utterance.id.clone()));
            for speaker in utterance.speaker.iter().flat_map(|speakers| speakers.split("; ")) {
                let speaker = drawn.add(Node::Speaker(speaker.into()));
                drawn.graph.add_edge(speaker, said, Edge::Said { confidence: utterance.confidence });
            }
            for occurrence in &utterance.occurrences {
                let document = drawn.add(Node::Document(occurrence.document.clone()));
                let variants = occurrence.variants.clone();
                let printed = Edge::Printed { span: occurrence.span, at: occurrence.at, variants };
                drawn.graph.add_edge(document, said, printed);
            }
        }
        for (index, credited) in credits.iter().enumerate() {
            let document = drawn.add(Node::Document(credited.document.clone()));
            let source = drawn.add(Node::Outlet(credited.credit.source.as_str().into()));
            let relation = credited.credit.relation;
            drawn.graph.add_edge(document, source, Edge::Credits { credit: index, relation });
        }
        for (index, repeat) in repeats.iter().enumerate() {
            let document = drawn.add(Node::Document(repeat.document.clone()));
            let source = match (&repeat.from_document, &repeat.from_outlet) {
                (Some(source), _) => Node::Document(source.clone()),
                (None, Some(outlet)) => Node::Outlet(outlet.clone()),
                (None, None) => continue,
            };
            let source = drawn.add(source);
            let (stated, confidence) = (repeat.is_stated(), repeat.confidence);
            drawn.graph.add_edge(document, source, Edge::Repeats { repeat: index, stated, confidence });
        }
        drawn
    }
}

fn place(utterance: &Utterance) -> Option<(&str, Span)> {
    utterance.occurrences.first().map(|occurrence| (occurrence.document.as_str(), occurrence.span))
}

/// Utterances of one wording that matching keeps apart get different ids: the second is `…-2`.
fn unique_ids(utterances: &mut [Utterance]) {
    for same in utterances.chunk_by_mut(|a, b| a.id == b.id) {
        for (index, utterance) in same.iter_mut().enumerate().skip(1) {
            utterance.id = format!("{}-{}", utterance.id, index + 1).into();
        }
    }
    utterances.sort_by(|a, b| a.id.cmp(&b.id));
}

fn notices(articles: &[(&Document, &Analysis)], left: usize) -> Vec<Notice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for notice in articles.iter().flat_map(|(_, analysis)| &analysis.notices) {
        *counts.entry(&notice.limit).or_default() += notice.count;
    }
    if left > 0 {
        *counts.entry("provenance.candidates").or_default() += left;
    }
    counts.into_iter().map(|(limit, count)| Notice::new(limit, count)).collect()
}

/// The sources that a document credits for a printing; `None` for one that is not among the documents.
fn credited(found: &Found) -> impl Iterator<Item = Option<u32>> {
    let sources = found.sources.iter().filter(|traced| matches!(traced.ground, Ground::Credit(_)));
    sources.map(|traced| traced.source)
}

/// The origins of every utterance: the printings that the forest gives no source, the likeliest and those as good
/// as certain. Nobody is called first on wording alone: an undated printing is an origin only if it is the only
/// one, if documents say that they have it from there, or if more than a third have dates and none fits before it. Nor is
/// anything an origin that comes after a printing which has it from elsewhere. O(p log p) for p printings and sources.
fn origins(
    utterances: &[Utterance],
    found: &[Found],
    articles: &[(&Document, &Analysis)],
    headers: &[Header],
) -> Vec<Vec<Name>> {
    /// What the likeliest must reach, and what any other must.
    const LIKELY: f32 = 0.15;
    const CERTAIN: f32 = 0.9;
    let mut origins = vec![Vec::new(); utterances.len()];
    for printings in found.chunk_by(|a, b| a.utterance == b.utterance) {
        let published = |found: &Found| articles.get(found.document as usize)?.0.published();
        let is_dated = |found: &Found| published(found).is_some();
        let is_timed = 3 * printings.iter().filter(|found| is_dated(found)).count() > printings.len();
        let stated: BTreeSet<u32> = printings.iter().flat_map(credited).flatten().collect();
        let from_elsewhere = printings.iter().filter(|found| credited(found).any(|source| source.is_none()));
        let elsewhere = from_elsewhere.filter_map(published).min_by_key(|time| time.until());
        let follows =
            |root: &Found| elsewhere.zip(published(root)).is_some_and(|(earlier, root)| earlier.before(root));
        let may = |root: &&Found| {
            let is_placed =
                printings.len() == 1 || is_timed || is_dated(root) || stated.contains(&root.document);
            root.is_root && is_placed && !follows(root)
        };
        let best = printings.iter().filter(|found| found.is_root).map(|found| found.none).fold(0.0, f32::max);
        let mut first = true;
        for root in printings.iter().filter(may) {
            let is_best = first && root.none >= best && best >= LIKELY;
            if is_best {
                first = false;
            }
            if (is_best || root.none >= CERTAIN)
                && let (Some(list), Some(header)) =
                    (origins.get_mut(root.utterance as usize), headers.get(root.document as usize))
            {
                list.push(header.id.clone());
            }
        }
    }
    origins
}
