//! JSON-LD: the story as linked data, in the terms of the W3C's Web Annotation and PROV-O and of schema.org.

mod iri;
mod printing;
mod thing;

use std::collections::{BTreeMap, HashMap};
use std::io::Write;

use serde_json::{Value, json};

use self::printing::annotation;
use self::thing::{agents, article, software, unknown_articles, utterance};
use super::careful;
use crate::credit::{Credit, Relation};
use crate::document::Document;
use crate::error::Result;
use crate::matching::{Occurrence, Utterance};
use crate::provenance::{Credited, ProvenanceGraph};

/// Writes the story as JSON-LD, a thing a line. `documents` give the texts; of one that is not among them, printings
/// have no selectors.
///
/// * An **utterance** is a `schema:Quotation`, with its `schema:text` and who is `schema:spokenByCharacter`.
/// * A **printing** is the target of an `oa:Annotation` whose body is the utterance: a stretch of the document, by
///   its words with those before and after (`TextQuoteSelector`) and by its place (`TextPositionSelector`, **in
///   Unicode code points**, as its `quotetrace:unit` says). The annotation is the claim of this program; the
///   printing `prov:wasAttributedTo` the speaker.
/// * What a document **states** is `prov:wasQuotedFrom` and `schema:isBasedOn`, with a `prov:qualifiedQuotation`
///   that has the words of the credit. Its object is an article; one that only its outlet is known of is an entity
///   of its own, since an outlet is an agent and nothing is quoted from an agent in PROV.
/// * A tweet, letter or statement is `prov:hadPrimarySource`; wire copy `prov:wasDerivedFrom` what the agency sent.
/// * What wording and time **suggest** is `quotetrace:inferredFrom`, with a confidence, and never a term of PROV; what
///   an editor ruled is `quotetrace:ruledFrom`.
///
/// Terms of this crate's own (`urn:quotetrace:terms:`) are `confidence` and `basis` of a judgement, `kind` and
/// `variant` of a printing, `unit` of a position, `earliestAmongGiven` from an utterance to its origins,
/// `inferredFrom`, `ruledFrom`, `source`, and `named`, whether an article is known by its outlet alone. Whether a
/// speaker is a person or an organisation is not told.
///
/// Time and memory are linear in the size of the story; the text of one document is indexed at a time.
///
/// ```
/// use quotetrace::{Document, Tracker, export};
///
/// let mut tracker = Tracker::new();
/// tracker.add(Document::new("a", "“The old bridge will close for good in May,” said Mayor Ada Quill."))?;
/// let mut written = Vec::new();
/// export::jsonld(tracker.graph(), tracker.articles().map(|(document, _)| document), &mut written)?;
/// assert!(String::from_utf8_lossy(&written).contains("TextQuoteSelector"));
/// # Ok::<(), quotetrace::Error>(())
/// ```
///
/// # Errors
/// Only what `out` gives.
pub fn jsonld<'a, W: Write>(
    graph: &ProvenanceGraph,
    documents: impl IntoIterator<Item = &'a Document>,
    mut out: W,
) -> Result<()> {
    let texts: BTreeMap<&str, &Document> =
        documents.into_iter().map(|document| (document.id(), document)).collect();
    write!(out, "{{\"@context\":")?;
    careful::write(&context(), &mut out)?;
    write!(out, ",\n\"@graph\":[\n")?;
    careful::write(&software(), &mut out)?;
    let mut put = |thing: Value| -> Result<()> {
        writeln!(out, ",")?;
        careful::write(&thing, &mut out)
    };
    agents(graph).into_iter().try_for_each(&mut put)?;
    unknown_articles(graph).try_for_each(&mut put)?;
    graph.utterances().iter().map(|one| utterance(graph, one)).try_for_each(&mut put)?;
    let printed = printed(graph);
    for header in graph.documents() {
        put(article(graph, header))?;
        let page =
            Page::new(graph, &header.id, texts.get(header.id.as_str()).map(|document| document.text()));
        for (utterance, occurrence) in printed.get(header.id.as_str()).into_iter().flatten() {
            put(annotation(&page, utterance, occurrence))?;
        }
    }
    writeln!(out, "\n]}}")?;
    Ok(())
}

/// The terms: those of the Web Annotation context, and the prefixes of the others.
fn context() -> Value {
    json!([
        "http://www.w3.org/ns/anno.jsonld",
        {
            "prov": "http://www.w3.org/ns/prov#",
            "schema": "https://schema.org/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "quotetrace": "urn:quotetrace:terms:"
        }
    ])
}

/// One document as its printings are written.
struct Page<'a> {
    graph: &'a ProvenanceGraph,
    document: &'a str,
    text: Option<&'a str>,
    offsets: Option<crate::text::Offsets<'a>>,
    /// The credits of the speakers' own channels, by the quotation that they are for.
    channels: BTreeMap<usize, Vec<&'a Credit>>,
}

impl<'a> Page<'a> {
    fn new(graph: &'a ProvenanceGraph, document: &'a str, text: Option<&'a str>) -> Self {
        let offsets = text.map(crate::text::Offsets::new);
        let mut channels: BTreeMap<usize, Vec<&Credit>> = BTreeMap::new();
        for Credited { credit, .. } in credits_of(graph, document) {
            if let (Relation::Channel, Some(quotation)) = (credit.relation, credit.quotation) {
                channels.entry(quotation).or_default().push(credit);
            }
        }
        Self { graph, document, text, offsets, channels }
    }
}

/// The credits of one document. O(log n).
fn credits_of<'a>(graph: &'a ProvenanceGraph, document: &str) -> &'a [Credited] {
    let credits = graph.credits();
    let first = credits.partition_point(|credited| credited.document.as_str() < document);
    let last = credits.partition_point(|credited| credited.document.as_str() <= document);
    credits.get(first..last).unwrap_or(&[])
}

/// The printings of each document.
fn printed(graph: &ProvenanceGraph) -> HashMap<&str, Vec<(&Utterance, &Occurrence)>> {
    let mut printed: HashMap<&str, Vec<(&Utterance, &Occurrence)>> = HashMap::new();
    for utterance in graph.utterances() {
        for occurrence in &utterance.occurrences {
            printed.entry(&occurrence.document).or_default().push((utterance, occurrence));
        }
    }
    printed
}

/// The names that a speaker stands for, several of whom speak together.
fn names(speaker: Option<&str>) -> impl Iterator<Item = &str> {
    speaker.into_iter().flat_map(|speakers| speakers.split("; "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::export::sample;

    fn written(documents: Vec<Document>) -> (ProvenanceGraph, Value) {
        let mut tracker = crate::Tracker::new();
        assert!(tracker.add_all(documents).is_empty());
        let mut written = Vec::new();
        jsonld(tracker.graph(), tracker.articles().map(|(document, _)| document), &mut written).unwrap();
        (tracker.graph().clone(), serde_json::from_slice(&written).unwrap())
    }

    fn of_type<'a>(read: &'a Value, wanted: &str) -> Vec<&'a Value> {
        let is = |thing: &&Value| match &thing["type"] {
            Value::Array(types) => types.iter().any(|its| its == wanted),
            its => its == wanted,
        };
        read["@graph"].as_array().unwrap().iter().filter(is).collect()
    }

    #[test]
    fn every_printing_is_an_annotation_with_a_name_of_its_own() {
        for documents in [sample::documents(), sample::hostile_documents()] {
            let (graph, read) = written(documents);
            let printings: usize = graph.utterances().iter().map(|u| u.occurrences.len()).sum();
            let annotations = of_type(&read, "Annotation");
            let names: BTreeSet<_> = annotations.iter().map(|one| one["id"].as_str().unwrap()).collect();
            assert_eq!((annotations.len(), names.len()), (printings, printings));
            assert_eq!(of_type(&read, "schema:Quotation").len(), graph.utterances().len());
        }
    }

    #[test]
    fn a_selector_finds_its_words_by_code_points() {
        for documents in [sample::documents(), sample::hostile_documents()] {
            let texts: HashMap<String, Vec<char>> = documents
                .iter()
                .map(|document| (iri::iri("document", &[document.id()]), document.text().chars().collect()))
                .collect();
            let (_, read) = written(documents);
            for annotation in of_type(&read, "Annotation") {
                let target = &annotation["target"];
                let text = &texts[target["source"].as_str().unwrap()];
                let (quote, place) = (&target["selector"][0], &target["selector"][1]);
                let at = |key: &str| place[key].as_u64().unwrap() as usize;
                let is = |found: &[char], wanted: &Value| {
                    assert_eq!(found.iter().collect::<String>(), wanted.as_str().unwrap());
                };
                is(&text[at("start")..at("end")], &quote["exact"]);
                let before = quote["prefix"].as_str().unwrap().chars().count();
                is(&text[at("start") - before..at("start")], &quote["prefix"]);
                let after = quote["suffix"].as_str().unwrap().chars().count();
                is(&text[at("end")..at("end") + after], &quote["suffix"]);
            }
        }
    }

    #[test]
    fn a_credit_to_an_outlet_is_quoted_from_an_article_and_not_from_the_outlet() {
        let (_, read) = written(sample::documents());
        let annotations = of_type(&read, "Annotation");
        let sources: Vec<&Value> = annotations
            .iter()
            .map(|one| &one["target"]["prov:wasQuotedFrom"])
            .filter(|s| !s.is_null())
            .collect();
        assert!(!sources.is_empty());
        for source in sources {
            let id = source[0]["id"].as_str().unwrap();
            let article =
                of_type(&read, "schema:NewsArticle").into_iter().find(|one| one["id"] == id).unwrap();
            assert_eq!(article["schema:publisher"]["id"], "urn:quotetrace:outlet:Reuters");
        }
    }

    #[test]
    fn a_tweet_is_a_primary_source() {
        let (_, read) = written(sample::documents());
        let is_sourced = |one: &&&Value| !one["target"]["prov:hadPrimarySource"].is_null();
        assert_eq!(of_type(&read, "Annotation").iter().filter(is_sourced).count(), 1);
    }
}
