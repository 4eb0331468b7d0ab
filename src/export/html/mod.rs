//! The report: one page that a fact-checker can show an editor.
//!
//! The page is one file that needs nothing else: its style and its script are inside, a content security policy names
//! both by hash and forbids the rest, and it says all that it has to say with scripts off. Every section is a file here.

mod apparatus;
mod article;
pub(super) mod escape;
mod findings;
mod flow;
mod marks;
mod overview;
mod page;
pub(super) mod say;
mod story;
mod utterance;
mod words;

use std::io::Write;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::error::Result;
use crate::provenance::ProvenanceGraph;
use story::Story;

/// Writes the report: the story at a glance, what deserves a second look, the flow, every utterance with its printings
/// aligned word by word, and the articles with all of it marked in place.
///
/// # Arguments
/// `articles`: the documents with their analyses, as the graph was built from them. One that is missing is told of
/// without its text.
///
/// # Complexity
/// O(length of texts and edits + n log n) for n records; sections are written as they are made.
///
/// # Errors
/// Only what `out` gives. Whatever an article holds, the page is well-formed, runs nothing of it, and links nothing but
/// http and https.
///
/// ```
/// use quotetrace::{Document, Tracker, export};
///
/// let mut tracker = Tracker::new();
/// tracker.add(Document::new("a", "“The old bridge will <b>close</b> for good,” said Mayor Ada Quill."))?;
/// let mut page = Vec::new();
/// export::html(tracker.graph(), tracker.articles(), &mut page)?;
/// let page = String::from_utf8(page).expect("UTF-8");
/// assert!(page.contains("The old bridge will &lt;b&gt;close&lt;/b&gt; for good"));
/// # Ok::<(), quotetrace::Error>(())
/// ```
pub fn html<'a, W: Write>(
    graph: &'a ProvenanceGraph,
    articles: impl IntoIterator<Item = (&'a Document, &'a Analysis)>,
    mut out: W,
) -> Result<()> {
    let story = Story::new(graph, articles);
    let out: &mut dyn Write = &mut out;
    page::head(out, &story)?;
    overview::section(out, &story)?;
    findings::section(out, &story)?;
    flow::section(out, &story)?;
    utterance::section(out, &story)?;
    article::section(out, &story)?;
    overview::unknown(out, &story)?;
    page::legend(out)?;
    page::foot(out)?;
    Ok(())
}

#[cfg(test)]
mod tests;
