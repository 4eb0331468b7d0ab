//! The graph as a list of nodes and a list of edges with typed attributes: what all graph formats write.

use std::borrow::Cow;
use std::fmt;

use petgraph::visit::{EdgeRef, IntoNodeReferences};
use serde::{Serialize, Serializer};

use crate::confidence::Confidence;
use crate::document::Published;
use crate::provenance::{Edge, Node, ProvenanceGraph};

/// How many characters of an utterance or title a label has.
const SHOWN: usize = 60;

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    /// Several words; joined by `;` where a format has no lists.
    List,
    Number,
    Whole,
    Flag,
}

/// An attribute that nodes or edges may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) holds: Type,
}

const fn column(name: &'static str, holds: Type) -> Column {
    Column { name, holds }
}

const KIND: Column = column("kind", Type::Text);
const NAME: Column = column("name", Type::Text);
const TEXT: Column = column("text", Type::Text);
const SPEAKER: Column = column("speaker", Type::Text);
const TITLE: Column = column("title", Type::Text);
const URL: Column = column("url", Type::Text);
const OUTLET: Column = column("outlet", Type::Text);
const PUBLISHED: Column = column("published", Type::Text);
const PRINTINGS: Column = column("printings", Type::Whole);
const CONFIDENCE: Column = column("confidence", Type::Number);
const UTTERANCE: Column = column("utterance", Type::Text);
const STATED: Column = column("stated", Type::Flag);
const BASIS: Column = column("basis", Type::List);
const RELATION: Column = column("relation", Type::Text);
const SCOPE: Column = column("scope", Type::Text);
const VARIANTS: Column = column("variants", Type::List);
const START: Column = column("start_byte", Type::Whole);
const END: Column = column("end_byte", Type::Whole);
const AT_START: Column = column("at_start_byte", Type::Whole);
const AT_END: Column = column("at_end_byte", Type::Whole);

/// The attributes of nodes. `kind` says what a node is; `kind` and `name` together are its own and stay the same
/// from one export to the next.
pub(super) const NODE_COLUMNS: &[Column] =
    &[KIND, NAME, TEXT, SPEAKER, TITLE, URL, OUTLET, PUBLISHED, PRINTINGS, CONFIDENCE];

/// The attributes of edges. `published` is when the document at its source was published.
pub(super) const EDGE_COLUMNS: &[Column] = &[
    KIND, CONFIDENCE, UTTERANCE, STATED, BASIS, RELATION, SCOPE, VARIANTS, START, END, AT_START, AT_END,
    PUBLISHED,
];

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    List(Vec<String>),
    Number(Confidence),
    Whole(usize),
    Flag(bool),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(words) => f.write_str(&words.join(";")),
            Self::Number(number) => write!(f, "{}", number.value()),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(words) => words.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Whole(number) => serializer.serialize_u64(*number as u64),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// The attributes that one node or edge has, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attributes<'a>(Vec<(Column, Value<'a>)>);

impl<'a> Attributes<'a> {
    pub(super) fn iter(&self) -> impl Iterator<Item = &(Column, Value<'a>)> {
        self.0.iter()
    }

    pub(super) fn of(&self, column: Column) -> Option<&Value<'a>> {
        self.0.iter().find(|(its, _)| *its == column).map(|(_, value)| value)
    }

    fn text(self, column: Column, text: &'a str) -> Self {
        self.with(column, Value::Text(Cow::Borrowed(text)))
    }

    fn maybe(self, column: Column, text: Option<&'a str>) -> Self {
        match text {
            Some(text) => self.text(column, text),
            None => self,
        }
    }

    fn published(self, published: Option<Published>) -> Self {
        match published {
            Some(published) => self.with(PUBLISHED, Value::Text(Cow::Owned(published.to_string()))),
            None => self,
        }
    }

    fn with(mut self, column: Column, value: Value<'a>) -> Self {
        self.0.push((column, value));
        self
    }
}

/// A node: its number, what it is and shows, and its attributes.
#[derive(Clone, Debug)]
pub(super) struct NodeView<'a> {
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) published: Option<Published>,
    pub(super) attributes: Attributes<'a>,
}

/// An edge: its number, those of the nodes it joins, what it is, and its attributes.
#[derive(Clone, Debug)]
pub(super) struct EdgeView<'a> {
    pub(super) number: usize,
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) kind: &'static str,
    pub(super) published: Option<Published>,
    pub(super) attributes: Attributes<'a>,
}

/// All nodes, in the graph's order.
pub(super) fn nodes(graph: &ProvenanceGraph) -> impl Iterator<Item = NodeView<'_>> {
    graph.graph().node_references().map(|(index, weight)| node(graph, index.index(), weight))
}

/// All edges, in the graph's order.
pub(super) fn edges(graph: &ProvenanceGraph) -> impl Iterator<Item = EdgeView<'_>> {
    graph.graph().edge_references().map(|reference| {
        let document = match graph.graph().node_weight(reference.source()) {
            Some(Node::Document(id)) => graph.document(id),
            _ => None,
        };
        let published = document.and_then(|header| header.published);
        let (kind, attributes) = edge(graph, reference.weight());
        EdgeView {
            number: reference.id().index(),
            source: reference.source().index(),
            target: reference.target().index(),
            kind,
            published,
            attributes: attributes.published(published),
        }
    })
}

fn node<'a>(graph: &'a ProvenanceGraph, number: usize, node: &'a Node) -> NodeView<'a> {
    let kind = match node {
        Node::Speaker(_) => "speaker",
        Node::Utterance(_) => "utterance",
        Node::Document(_) => "document",
        Node::Outlet(_) => "outlet",
    };
    let (Node::Speaker(name) | Node::Utterance(name) | Node::Document(name) | Node::Outlet(name)) = node;
    let named = Attributes::default().text(KIND, kind).text(NAME, name);
    let plain =
        NodeView { number, kind, label: name.to_string(), published: None, attributes: named.clone() };
    match node {
        Node::Utterance(id) => graph.utterance(id).map_or(plain, |utterance| NodeView {
            label: format!("“{}”", shortened(&utterance.text)),
            attributes: named
                .text(TEXT, &utterance.text)
                .maybe(SPEAKER, utterance.speaker.as_deref())
                .with(PRINTINGS, Value::Whole(utterance.occurrences.len()))
                .with(CONFIDENCE, Value::Number(utterance.confidence)),
            number,
            kind,
            published: None,
        }),
        Node::Document(id) => graph.document(id).map_or(plain, |header| NodeView {
            number,
            kind,
            label: header.title.as_deref().map_or_else(|| id.to_string(), shortened),
            published: header.published,
            attributes: named
                .maybe(TITLE, header.title.as_deref())
                .maybe(URL, header.url.as_deref())
                .maybe(OUTLET, header.outlet.as_deref())
                .published(header.published),
        }),
        _ => plain,
    }
}

fn edge<'a>(graph: &'a ProvenanceGraph, edge: &'a Edge) -> (&'static str, Attributes<'a>) {
    let of = |kind| (kind, Attributes::default().text(KIND, kind));
    match edge {
        Edge::Said { confidence } => {
            let (kind, attributes) = of("said");
            (kind, attributes.with(CONFIDENCE, Value::Number(*confidence)))
        }
        Edge::Printed { span, at, variants } => {
            let (kind, attributes) = of("printed");
            let attributes = attributes
                .with(VARIANTS, Value::List(variants.iter().map(word).collect()))
                .with(START, Value::Whole(span.start))
                .with(END, Value::Whole(span.end))
                .with(AT_START, Value::Whole(at.start))
                .with(AT_END, Value::Whole(at.end));
            (kind, attributes)
        }
        Edge::PublishedBy => of("published_by"),
        Edge::Credits { credit, relation } => {
            let (kind, attributes) = of("credits");
            let credited = graph.credits().get(*credit).map(|credited| &credited.credit);
            let Some(credit) = credited else { return (kind, attributes) };
            let attributes = attributes
                .with(CONFIDENCE, Value::Number(credit.confidence))
                .with(RELATION, Value::Text(Cow::Owned(word(relation))))
                .with(SCOPE, Value::Text(Cow::Owned(word(&credit.scope))))
                .with(START, Value::Whole(credit.span.start))
                .with(END, Value::Whole(credit.span.end));
            (kind, attributes)
        }
        Edge::Repeats { repeat, stated, confidence } => {
            let (kind, attributes) = of("repeats");
            let repeat = graph.repeats().get(*repeat);
            let mut basis: Vec<String> =
                repeat.map_or_else(Vec::new, |repeat| repeat.basis.iter().map(word).collect());
            // An editor's word rests on nothing else.
            basis.extend(repeat.filter(|repeat| repeat.is_ruled()).map(|_| "ruling".to_owned()));
            let attributes = attributes
                .with(CONFIDENCE, Value::Number(*confidence))
                .maybe(UTTERANCE, repeat.map(|repeat| repeat.utterance.as_str()))
                .with(STATED, Value::Flag(*stated))
                .with(BASIS, Value::List(basis));
            (kind, attributes)
        }
    }
}

/// The name that a value without data has in JSON, such as `self` for [`Relation::Own`](crate::credit::Relation).
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The first words of a text, for a label.
fn shortened(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(SHOWN).collect();
    if chars.next().is_some() { format!("{}…", head.trim_end()) } else { head }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit::Relation;
    use crate::export::sample;

    #[test]
    fn every_attribute_has_its_column_and_what_the_column_holds() {
        let graph = sample::graph();
        let fits = |columns: &[Column], attributes: &Attributes<'_>| {
            let places: Vec<usize> = attributes
                .iter()
                .map(|(column, value)| {
                    let holds = match value {
                        Value::Text(_) => Type::Text,
                        Value::List(_) => Type::List,
                        Value::Number(_) => Type::Number,
                        Value::Whole(_) => Type::Whole,
                        Value::Flag(_) => Type::Flag,
                    };
                    assert_eq!(column.holds, holds, "{}", column.name);
                    columns.iter().position(|its| its == column).expect(column.name)
                })
                .collect();
            assert!(places.is_sorted(), "{attributes:?}");
        };
        nodes(&graph).for_each(|node| fits(NODE_COLUMNS, &node.attributes));
        edges(&graph).for_each(|edge| fits(EDGE_COLUMNS, &edge.attributes));
        assert_eq!(nodes(&graph).count(), graph.graph().node_count());
        assert_eq!(edges(&graph).count(), graph.graph().edge_count());
    }

    #[test]
    fn words_are_those_of_the_json() {
        assert_eq!(word(&Relation::Own), "self");
    }
}
