//! CSV: a table of all printings, a row each, for pandas, R and spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use super::separated::{guarded, row};
use super::view::word;
use crate::error::Result;
use crate::matching::{Occurrence, Utterance};
use crate::provenance::{ProvenanceGraph, Repeat};

const HEADER: &[&str] = &[
    "utterance",
    "document",
    "outlet",
    "published",
    "title",
    "url",
    "quotation",
    "kind",
    "speaker",
    "printed_speaker",
    "confidence",
    "variants",
    "start_byte",
    "end_byte",
    "at_start_byte",
    "at_end_byte",
    "printed",
    "wording",
    "is_origin",
    "stated_from",
    "inferred_from",
    "ruled_from",
];

/// Writes the table of printings, in order of utterance, document and place.
///
/// `printed` is what the document prints, `wording` what the utterance has there; `stated_from`, `inferred_from` and
/// `ruled_from` (by an editor) name the documents, or else the outlets, that it has the words from, joined by `; `.
/// Offsets are bytes. A text that a spreadsheet would take for a formula has an apostrophe before it.
///
/// O(printings · log of the repeats), and linear in the length of what is written.
///
/// # Errors
/// Only what `out` gives.
pub fn csv<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    row(&mut out, HEADER.iter().map(|name| Cow::Borrowed(*name)))?;
    for utterance in graph.utterances() {
        for occurrence in &utterance.occurrences {
            row(&mut out, cells(graph, utterance, occurrence))?;
        }
    }
    Ok(())
}

fn cells<'a>(
    graph: &'a ProvenanceGraph,
    utterance: &'a Utterance,
    occurrence: &'a Occurrence,
) -> Vec<Cow<'a, str>> {
    let header = graph.document(&occurrence.document);
    let maybe = |text: Option<&'a str>| text.map_or(Cow::Borrowed(""), guarded);
    let number = |number: usize| Cow::Owned(number.to_string());
    let variants: Vec<String> = occurrence.variants.iter().map(word).collect();
    let printed: String = occurrence.edits.iter().map(|edit| edit.text.as_str()).collect();
    vec![
        guarded(&utterance.id),
        guarded(&occurrence.document),
        maybe(header.and_then(|header| header.outlet.as_deref())),
        header.and_then(|header| header.published).map_or(Cow::Borrowed(""), |at| at.to_string().into()),
        maybe(header.and_then(|header| header.title.as_deref())),
        maybe(header.and_then(|header| header.url.as_deref())),
        number(occurrence.quotation),
        word(&occurrence.kind).into(),
        maybe(utterance.speaker.as_deref()),
        maybe(occurrence.speaker.as_deref()),
        utterance.confidence.value().to_string().into(),
        variants.join(";").into(),
        number(occurrence.span.start),
        number(occurrence.span.end),
        number(occurrence.at.start),
        number(occurrence.at.end),
        guarded(&printed).into_owned().into(),
        guarded(occurrence.at.text(&utterance.text)),
        graph.origins(&utterance.id).contains(&occurrence.document).to_string().into(),
        sources(graph, utterance, occurrence, Repeat::is_stated).into(),
        sources(graph, utterance, occurrence, Repeat::is_inferred).into(),
        sources(graph, utterance, occurrence, Repeat::is_ruled).into(),
    ]
}

/// The sources that a document has by such repeats, each once.
fn sources(
    graph: &ProvenanceGraph,
    utterance: &Utterance,
    occurrence: &Occurrence,
    which: fn(&Repeat) -> bool,
) -> String {
    let mut sources: Vec<&str> = graph
        .sources(&occurrence.document, &utterance.id)
        .filter(|repeat| which(repeat))
        .filter_map(|repeat| repeat.from_document.as_deref().or(repeat.from_outlet.as_deref()))
        .collect();
    sources.dedup();
    guarded(&sources.join("; ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    /// The header and rows, as a real reader has them.
    fn read(graph: &ProvenanceGraph) -> Vec<csv::StringRecord> {
        let mut written = Vec::new();
        csv(graph, &mut written).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_slice());
        reader.records().map(|row| row.unwrap()).collect()
    }

    #[test]
    fn every_printing_is_a_row() {
        for graph in [sample::graph(), sample::hostile()] {
            let printings: usize = graph.utterances().iter().map(|u| u.occurrences.len()).sum();
            let rows = read(&graph);
            assert_eq!(rows.len(), printings + 1);
            assert!(rows.iter().all(|row| row.len() == HEADER.len()));
        }
    }

    #[test]
    fn a_printing_says_whose_words_they_are_and_where_they_are_from() {
        let rows = read(&sample::graph());
        let said = "The old bridge will close for good in May";
        let printings: Vec<_> = rows.iter().filter(|row| row.iter().any(|cell| cell == said)).collect();
        assert_eq!(printings.len(), 2);
        let at = |name| HEADER.iter().position(|column| *column == name).unwrap();
        assert_eq!(&printings[0][at("speaker")], "Ada Quill");
        assert_eq!(&printings[0][at("printed")], format!("{said},"));
        assert_eq!(&printings[0][at("wording")], said);
        assert_eq!(&printings[1][at("published")], "2026-03-02T08:30:00Z");
        assert_eq!(&printings[1][at("stated_from")], "Reuters");
    }
}
