//! CSV: which outlet printed which utterance, as a matrix.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use super::separated::{guarded, row};
use crate::error::Result;
use crate::provenance::ProvenanceGraph;

/// The row of documents without an outlet.
const NAMELESS: &str = "(unknown outlet)";

/// Writes a row for each outlet and a column for each utterance; a cell is the number of the outlet's documents
/// that print it. Outlets that only credits name have no row.
///
/// O(outlets · utterances) cells are written, O(printings) held. For a matrix too wide to write,
/// [`csv`](super::csv()) has the same as a list.
///
/// # Errors
/// Only what `out` gives.
pub fn incidence<W: Write>(graph: &ProvenanceGraph, mut out: W) -> Result<()> {
    let ids = graph.utterances().iter().map(|utterance| guarded(&utterance.id));
    row(&mut out, std::iter::once(Cow::Borrowed("outlet")).chain(ids))?;
    let width = graph.utterances().len();
    for (outlet, counts) in counts(graph) {
        let cell = |column| match counts.get(&column) {
            Some(count) => Cow::Owned(count.to_string()),
            None => Cow::Borrowed("0"),
        };
        row(&mut out, std::iter::once(guarded(outlet)).chain((0..width).map(cell)))?;
    }
    Ok(())
}

/// How many documents of each outlet print each utterance, by the utterance's number.
fn counts(graph: &ProvenanceGraph) -> BTreeMap<&str, BTreeMap<usize, usize>> {
    let mut counts: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for header in graph.documents() {
        counts.entry(header.outlet.as_deref().unwrap_or(NAMELESS)).or_default();
    }
    for (number, utterance) in graph.utterances().iter().enumerate() {
        // Occurrences are in order of document: one that prints an utterance twice counts once.
        for printed in utterance.occurrences.chunk_by(|a, b| a.document == b.document) {
            let header = printed.first().and_then(|occurrence| graph.document(&occurrence.document));
            let outlet = header.and_then(|header| header.outlet.as_deref()).unwrap_or(NAMELESS);
            *counts.entry(outlet).or_default().entry(number).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn the_cells_add_up_to_the_documents_that_print_each_utterance() {
        for graph in [sample::graph(), sample::hostile()] {
            let mut written = Vec::new();
            incidence(&graph, &mut written).unwrap();
            let mut reader = csv::Reader::from_reader(written.as_slice());
            assert_eq!(reader.headers().unwrap().len(), graph.utterances().len() + 1);
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            for (number, utterance) in graph.utterances().iter().enumerate() {
                let mut documents: Vec<_> = utterance.occurrences.iter().map(|one| &one.document).collect();
                documents.dedup();
                let sum: usize = rows.iter().map(|row| row[number + 1].parse::<usize>().unwrap()).sum();
                assert_eq!(sum, documents.len());
            }
        }
    }
}
