//! What the weights are learned from: every document's choices and their features.

use super::candidate::Candidates;
use super::feature::NAMES;
use super::{Keep, Options, Work, weights};
use crate::analysis::Analysis;
use crate::document::Document;
use crate::matching::Utterance;

/// One document's choice of a main source.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row {
    /// The document's id.
    pub document: String,
    /// Each source's id (`None` for no source among the documents) with its features, in the order of [`names`].
    pub choices: Vec<(Option<String>, Vec<f32>)>,
}

/// The names of the features.
#[must_use]
pub fn names() -> &'static [&'static str] {
    NAMES
}

/// The choices of all documents, in order of id, by the weights in `file` (the form of `weights.tsv`); they decide
/// how often a source is taken for that of others, which is a feature too.
#[must_use]
pub fn rows(
    documents: &[(&Document, &Analysis)],
    utterances: &[Utterance],
    options: &Options,
    file: &str,
) -> Vec<Row> {
    let work = Work::new(documents, utterances, options);
    let candidates = Candidates::new(&work.articles, &work.printings, options.tolerance, options.candidates);
    let choices = work.weigh(&candidates, &weights::read(file), Keep::Features);
    let id = |&number: &u32| documents.get(number as usize).map(|(document, _)| document.id().to_owned());
    let rows = documents.iter().zip(&choices).map(|((document, _), choice)| {
        let sources = choice.sources.iter().map(id).chain([None]);
        let features = choice.features.iter().map(|features| features.0.to_vec());
        Row { document: document.id().to_owned(), choices: sources.zip(features).collect() }
    });
    rows.collect()
}
