//! A printing: an annotation that anchors an utterance in a document.

use serde_json::{Map, Value, json};

use super::iri::{iri, number, reference};
use super::thing::{SOFTWARE, insert_some, primary_source, speaker, unknown_name};
use super::{Page, names};
use crate::export::view::word;
use crate::matching::{Occurrence, Utterance};
use crate::provenance::Repeat;
use crate::text::Span;

/// How many characters before and after a stretch its selector has.
const AROUND: usize = 32;

/// The annotation of one printing.
pub(super) fn annotation(page: &Page<'_>, utterance: &Utterance, occurrence: &Occurrence) -> Value {
    let (span, at) = (occurrence.span, occurrence.at);
    let place = format!("{}-{}", span.start, span.end);
    let stretch = format!("{}-{}", at.start, at.end);
    let parts = [page.document, &place, &utterance.id, &stretch];
    json!({
        "id": iri("annotation", &parts),
        "type": ["Annotation", "prov:Entity"],
        "motivation": "identifying",
        "prov:wasAttributedTo": reference(SOFTWARE),
        "body": iri("utterance", &[&utterance.id]),
        "target": target(page, utterance, occurrence, iri("printing", &parts)),
    })
}

/// The stretch of the document, with whose words it is and where the document has them from.
fn target(page: &Page<'_>, utterance: &Utterance, occurrence: &Occurrence, id: String) -> Value {
    let document = iri("document", &[page.document]);
    let mut target = Map::new();
    target.insert("id".into(), id.into());
    target.insert("type".into(), json!(["SpecificResource", "prov:Entity", "schema:Quotation"]));
    target.insert("schema:isPartOf".into(), reference(&document));
    target.insert("source".into(), document.into());
    insert_some(&mut target, "selector", selectors(page, occurrence.span));
    target.insert("prov:specializationOf".into(), reference(&iri("utterance", &[&utterance.id])));
    target.insert("quotetrace:kind".into(), word(&occurrence.kind).into());
    let variants = occurrence.variants.iter().map(|variant| word(variant).into());
    insert_some(&mut target, "quotetrace:variant", variants.collect());
    let speakers = names(occurrence.speaker.as_deref()).map(speaker);
    insert_some(&mut target, "prov:wasAttributedTo", speakers.collect());
    sources(page, utterance, occurrence, &mut target);
    Value::Object(target)
}

/// By its words, and by its place in Unicode code points.
fn selectors(page: &Page<'_>, span: Span) -> Vec<Value> {
    let quote = page.text.and_then(|text| {
        let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
        let start = before.char_indices().rev().take(AROUND).last().map_or(span.start, |(at, _)| at);
        let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
        Some(json!({
            "type": "TextQuoteSelector",
            "exact": span.of(text)?,
            "prefix": before.get(start..)?,
            "suffix": after.get(..end)?,
        }))
    });
    let position = page.offsets.as_ref().and_then(|offsets| {
        let span = offsets.span_in_scalars(span)?;
        Some(json!({
            "type": "TextPositionSelector",
            "start": span.start,
            "end": span.end,
            "quotetrace:unit": "Unicode code points",
        }))
    });
    quote.into_iter().chain(position).collect()
}

/// Where the document has the words from: what it states in the terms of PROV, what is inferred or ruled in our own.
fn sources(page: &Page<'_>, utterance: &Utterance, occurrence: &Occurrence, target: &mut Map<String, Value>) {
    let (mut from, mut qualified) = (Vec::new(), Vec::new());
    let (mut inferred, mut ruled) = (Vec::new(), Vec::new());
    for repeat in page.graph.sources(page.document, &utterance.id) {
        let Some(source) = source(repeat) else { continue };
        let source = reference(&source);
        if !repeat.is_stated() {
            let judged = judged(repeat, json!({ "quotetrace:source": source }));
            (if repeat.is_ruled() { &mut ruled } else { &mut inferred }).push(judged);
            continue;
        }
        let mut quotation = json!({ "type": "prov:Quotation", "prov:entity": source });
        if let (Some(words), Some(fields)) = (words(page, repeat), quotation.as_object_mut()) {
            fields.insert("rdfs:comment".to_owned(), words.into());
        }
        qualified.push(judged(repeat, quotation));
        from.push(source);
    }
    let (mut primary, mut qualified_primary) = (Vec::new(), Vec::new());
    for credit in page.channels.get(&occurrence.quotation).into_iter().flatten() {
        let source = primary_source(page.document, credit);
        let entity = json!({ "id": source.get("id") });
        primary.push(source);
        qualified_primary.push(json!({
            "type": "prov:PrimarySource",
            "prov:entity": entity,
            "quotetrace:confidence": number(credit.confidence),
        }));
    }
    insert_some(target, "schema:isBasedOn", from.clone());
    insert_some(target, "prov:wasQuotedFrom", from);
    insert_some(target, "prov:qualifiedQuotation", qualified);
    insert_some(target, "prov:hadPrimarySource", primary);
    insert_some(target, "prov:qualifiedPrimarySource", qualified_primary);
    insert_some(target, "quotetrace:inferredFrom", inferred);
    insert_some(target, "quotetrace:ruledFrom", ruled);
}

/// The article that a repeat has the words from.
fn source(repeat: &Repeat) -> Option<String> {
    match (&repeat.from_document, &repeat.from_outlet) {
        (Some(document), _) => Some(iri("document", &[document])),
        (None, Some(outlet)) => Some(unknown_name(outlet, &repeat.utterance)),
        (None, None) => None,
    }
}

/// The words of the credit that states a repeat.
fn words<'a>(page: &Page<'a>, repeat: &Repeat) -> Option<&'a str> {
    page.graph.credits().get(repeat.credit?)?.credit.span.of(page.text?)
}

fn judged(repeat: &Repeat, mut thing: Value) -> Value {
    if let Some(fields) = thing.as_object_mut() {
        fields.insert("quotetrace:confidence".to_owned(), number(repeat.confidence));
        fields
            .insert("quotetrace:basis".to_owned(), repeat.basis.iter().map(word).collect::<Vec<_>>().into());
    }
    thing
}
