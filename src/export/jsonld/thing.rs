//! What the story is about: agents, articles, utterances.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::iri::{address, iri, number, reference};
use super::{credits_of, names};
use crate::credit::{Credit, Relation, SourceKind};
use crate::document::Published;
use crate::matching::Utterance;
use crate::provenance::{Header, ProvenanceGraph};

/// The program that makes all claims.
pub(super) fn software() -> Value {
    json!({
        "id": SOFTWARE,
        "type": ["prov:SoftwareAgent", "prov:Agent", "schema:SoftwareApplication"],
        "schema:name": "quotetrace",
        "schema:softwareVersion": env!("CARGO_PKG_VERSION"),
    })
}

pub(super) const SOFTWARE: &str = "urn:quotetrace:software";

/// All speakers, as utterances and as documents have them, and all outlets and other publishers.
pub(super) fn agents(graph: &ProvenanceGraph) -> Vec<Value> {
    let mut speakers: BTreeSet<&str> = BTreeSet::new();
    for utterance in graph.utterances() {
        speakers.extend(names(utterance.speaker.as_deref()));
        let printed = utterance.occurrences.iter();
        speakers.extend(printed.flat_map(|occurrence| names(occurrence.speaker.as_deref())));
    }
    let mut outlets: BTreeMap<&str, bool> = BTreeMap::new();
    for credited in graph.credits() {
        if is_publisher(credited.credit.kind) {
            let is_platform = credited.credit.kind == SourceKind::Platform;
            outlets.entry(&credited.credit.source).or_insert(is_platform);
        }
    }
    let named = graph.repeats().iter().filter_map(|repeat| repeat.from_outlet.as_deref());
    let published = graph.documents().iter().filter_map(|header| header.outlet.as_deref());
    outlets.extend(named.chain(published).map(|outlet| (outlet, false)));
    let speakers = speakers
        .into_iter()
        .map(|name| json!({ "id": iri("speaker", &[name]), "type": "prov:Agent", "schema:name": name }));
    let outlets = outlets.into_iter().map(|(name, is_platform)| {
        let what = if is_platform { "schema:Organization" } else { "schema:NewsMediaOrganization" };
        let types = json!(["prov:Organization", "prov:Agent", what]);
        json!({ "id": outlet(name), "type": types, "schema:name": name })
    });
    speakers.chain(outlets).collect()
}

/// The name of an outlet.
fn outlet(name: &str) -> String {
    iri("outlet", &[name])
}

/// Whether a source publishes; a letter or a press conference doesn't.
const fn is_publisher(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Outlet | SourceKind::Broadcast | SourceKind::Wire | SourceKind::Platform)
}

/// The articles that only their outlets are known of: one for each outlet and utterance.
pub(super) fn unknown_articles(graph: &ProvenanceGraph) -> impl Iterator<Item = Value> {
    let unknown: BTreeSet<(&str, &str)> = graph
        .repeats()
        .iter()
        .filter(|repeat| repeat.from_document.is_none())
        .filter_map(|repeat| Some((repeat.from_outlet.as_deref()?, repeat.utterance.as_str())))
        .collect();
    unknown.into_iter().map(|(outlet, utterance)| unknown_article(outlet, unknown_name(outlet, utterance)))
}

/// The name of an outlet's unknown article with an utterance.
pub(super) fn unknown_name(outlet: &str, utterance: &str) -> String {
    iri("article", &[outlet, utterance])
}

fn unknown_article(publisher: &str, id: String) -> Value {
    let publisher = reference(&outlet(publisher));
    json!({
        "id": id,
        "type": ["schema:NewsArticle", "prov:Entity"],
        "schema:publisher": publisher,
        "prov:wasAttributedTo": publisher,
        "quotetrace:named": false,
    })
}

/// One document.
pub(super) fn article(graph: &ProvenanceGraph, header: &Header) -> Value {
    let mut article = Map::new();
    article.insert("id".into(), iri("document", &[&header.id]).into());
    article.insert("type".into(), json!(["schema:NewsArticle", "prov:Entity"]));
    article.insert("schema:identifier".into(), header.id.as_str().into());
    if let Some(title) = &header.title {
        article.insert("schema:headline".into(), title.as_str().into());
    }
    if let Some(url) = &header.url {
        article.insert("schema:url".into(), address(url));
    }
    if let Some(published) = header.published {
        article.insert("schema:datePublished".into(), date(published));
    }
    if let Some(name) = &header.outlet {
        article.insert("schema:publisher".into(), reference(&outlet(name)));
        article.insert("prov:wasAttributedTo".into(), reference(&outlet(name)));
    }
    // Credits that govern a quotation stand at its printings.
    let credits = credits_of(graph, &header.id).iter().map(|credited| &credited.credit);
    let (mut cited, mut derived) = (Vec::new(), Vec::new());
    for credit in credits.filter(|credit| credit.quotation.is_none() && is_publisher(credit.kind)) {
        let thing = || unknown_article(&credit.source, iri("article", &[&credit.source, "", &header.id]));
        match credit.relation {
            Relation::Wire => derived.push(thing()),
            Relation::Repeat | Relation::Origin => cited.push(thing()),
            Relation::Channel | Relation::Own => {}
        }
    }
    insert_some(&mut article, "schema:citation", cited);
    insert_some(&mut article, "prov:wasDerivedFrom", derived);
    Value::Object(article)
}

fn date(published: Published) -> Value {
    let what = if published.is_day() { "xsd:date" } else { "xsd:dateTime" };
    json!({ "@type": what, "@value": published.to_string() })
}

/// One utterance.
pub(super) fn utterance(graph: &ProvenanceGraph, utterance: &Utterance) -> Value {
    let mut thing = Map::new();
    thing.insert("id".into(), iri("utterance", &[&utterance.id]).into());
    thing.insert("type".into(), json!(["schema:Quotation", "prov:Entity"]));
    thing.insert("schema:text".into(), utterance.text.as_str().into());
    let speakers = || names(utterance.speaker.as_deref()).map(speaker);
    insert_some(&mut thing, "schema:spokenByCharacter", speakers().collect());
    insert_some(&mut thing, "prov:wasAttributedTo", speakers().collect());
    let qualified = speakers().map(|agent| {
        json!({
            "type": "prov:Attribution",
            "prov:agent": agent,
            "quotetrace:confidence": number(utterance.confidence),
        })
    });
    insert_some(&mut thing, "prov:qualifiedAttribution", qualified.collect());
    let origins = graph.origins(&utterance.id).iter().map(|id| reference(&iri("document", &[id])));
    insert_some(&mut thing, "quotetrace:earliestAmongGiven", origins.collect());
    Value::Object(thing)
}

/// A reference to a speaker.
pub(super) fn speaker(name: &str) -> Value {
    reference(&iri("speaker", &[name]))
}

/// The tweet, letter, statement or event that a credit of a document names.
pub(super) fn primary_source(document: &str, credit: &Credit) -> Value {
    let span = format!("{}-{}", credit.span.start, credit.span.end);
    let mut source = Map::new();
    source.insert("id".into(), iri("source", &[document, &span]).into());
    source.insert("type".into(), json!(["schema:CreativeWork", "prov:Entity"]));
    source.insert("schema:name".into(), credit.source.as_str().into());
    if is_publisher(credit.kind) {
        source.insert("schema:publisher".into(), reference(&outlet(&credit.source)));
    }
    Value::Object(source)
}

/// Adds what there is some of.
pub(super) fn insert_some(thing: &mut Map<String, Value>, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        thing.insert(key.to_owned(), Value::Array(values));
    }
}
