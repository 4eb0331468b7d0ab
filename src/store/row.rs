//! An article as one row: what its key and its text don't tell already, packed by postcard.
//!
//! The structs here are the format. They say in which order fields are written, so that one of them never changes: a
//! field more is a struct more, and a new [`PACKED`]. Taking the fields apart by name below makes the compiler name the
//! field that somebody has added elsewhere.

use serde::{Deserialize, Serialize};

use super::Article;
use super::fault::{Fault, Tried};
use crate::analysis::{Analysis, Quotation, printed};
use crate::confidence::Confidence;
use crate::credit::{Credit, Relation, Scope, SourceKind};
use crate::document::{Document, Link, Metadata, Published};
use crate::limits::Notice;
use crate::quotation::Kind;
use crate::speaker::Attribution;
use crate::text::Span;

/// The first byte of a row of format 2. Rows of format 1 are JSON and begin with `{` or `[`.
const PACKED: u8 = 2;

/// Where a row has the number of its first passage.
const FIRST: std::ops::Range<usize> = 1..5;

/// A span: its first byte, and one past its last.
type Place = (usize, usize);

#[derive(Serialize, Deserialize)]
struct DocumentRow<'a> {
    #[serde(borrow)]
    text: &'a str,
    #[serde(borrow)]
    outlet: Option<&'a str>,
    #[serde(borrow)]
    title: Option<&'a str>,
    #[serde(borrow)]
    url: Option<&'a str>,
    published: Option<(i64, i64)>,
    #[serde(borrow)]
    language: Option<&'a str>,
    #[serde(borrow)]
    author: Option<&'a str>,
    #[serde(borrow)]
    links: Vec<(Place, &'a str)>,
    blocks: Vec<Place>,
}

#[derive(Serialize, Deserialize)]
struct AnalysisRow<'a> {
    /// The id that it gives its document, where that is another.
    #[serde(borrow)]
    document: Option<&'a str>,
    #[serde(borrow)]
    quotations: Vec<QuotationRow<'a>>,
    #[serde(borrow)]
    credits: Vec<CreditRow<'a>>,
    #[serde(borrow)]
    notices: Vec<(&'a str, usize)>,
}

#[derive(Serialize, Deserialize)]
struct QuotationRow<'a> {
    kind: u8,
    parts: Vec<Place>,
    /// Where it is not from the first part's start to the last part's end.
    span: Option<Place>,
    /// Where it is not what stands at the parts.
    #[serde(borrow)]
    text: Option<&'a str>,
    within: Option<usize>,
    #[serde(borrow)]
    attribution: Option<AttributionRow<'a>>,
    extent: Option<f32>,
}

#[derive(Serialize, Deserialize)]
struct AttributionRow<'a> {
    speaker: &'a str,
    #[serde(borrow)]
    role: Option<&'a str>,
    #[serde(borrow)]
    affiliation: Option<&'a str>,
    mention: Option<Place>,
    cue: Option<Place>,
    #[serde(borrow)]
    channel: Option<&'a str>,
    #[serde(borrow)]
    recipient: Option<&'a str>,
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
struct CreditRow<'a> {
    source: &'a str,
    kind: u8,
    relation: u8,
    scope: u8,
    span: Place,
    quotation: Option<usize>,
    confidence: f32,
}

/// An article as it stands in the store.
pub(super) fn encode(article: &Article) -> Tried<Vec<u8>> {
    let (document, analysis) = article;
    let row = (PACKED, [0; 4], document_row(document), analysis_row(document, analysis));
    postcard::to_allocvec(&row).map_err(|error| Fault::Damaged(error.to_string()))
}

/// Whether a row is of format 1.
pub(super) fn is_json(row: &[u8]) -> bool {
    row.first() != Some(&PACKED)
}

/// Notes in a row which passage of the index is the first of its text.
pub(super) fn set_first(row: &mut [u8], passage: u32) {
    if let Some(place) = row.get_mut(FIRST) {
        place.copy_from_slice(&passage.to_le_bytes());
    }
}

/// The first passage, where the row has one.
pub(super) fn first(row: &[u8]) -> Option<u32> {
    let place = row.get(FIRST).filter(|_| !is_json(row))?;
    place.try_into().ok().map(u32::from_le_bytes)
}

/// The document in the row of `id`.
pub(super) fn document(id: &str, row: &[u8]) -> Tried<Document> {
    if is_json(row) {
        return json(id, row);
    }
    Ok(parts(id, row)?.0)
}

/// The text in a row, if it is not of format 1.
pub(super) fn text(row: &[u8]) -> Option<&str> {
    if is_json(row) {
        return None;
    }
    let ((_, _, document), _) = postcard::take_from_bytes::<(u8, [u8; 4], DocumentRow<'_>)>(row).ok()?;
    Some(document.text)
}

/// The document and the analysis in the row of `id`; `analysis` is the row beside it that format 1 has.
pub(super) fn article(id: &str, row: &[u8], analysis: Option<&[u8]>) -> Tried<Option<Article>> {
    if is_json(row) {
        let Some(analysis) = analysis else { return Ok(None) };
        return Ok(Some((json(id, row)?, json(id, analysis)?)));
    }
    whole(id, row).map(Some)
}

/// An earlier version of an article, of either format.
pub(super) fn version(id: &str, row: &[u8]) -> Tried<Article> {
    if is_json(row) { json(id, row) } else { whole(id, row) }
}

fn whole(id: &str, row: &[u8]) -> Tried<Article> {
    let (document, rest) = parts(id, row)?;
    let analysis: AnalysisRow<'_> = postcard::from_bytes(rest).map_err(|error| damaged(id, &error))?;
    let analysis = analysis_of(&document, analysis).ok_or_else(|| damaged(id, &"a number of no meaning"))?;
    Ok((document, analysis))
}

/// The document, and the bytes of its analysis.
fn parts<'a>(id: &str, row: &'a [u8]) -> Tried<(Document, &'a [u8])> {
    let ((_, _, document), rest) = postcard::take_from_bytes::<(u8, [u8; 4], DocumentRow<'_>)>(row)
        .map_err(|error| damaged(id, &error))?;
    Ok((document_of(id, document)?, rest))
}

fn damaged(id: &str, reason: &dyn std::fmt::Display) -> Fault {
    Fault::Damaged(format!("{id}: {reason}"))
}

pub(super) fn json<T: serde::de::DeserializeOwned>(id: &str, row: &[u8]) -> Tried<T> {
    serde_json::from_slice(row).map_err(|error| damaged(id, &error))
}

fn document_row(document: &Document) -> DocumentRow<'_> {
    DocumentRow {
        text: document.text(),
        outlet: document.outlet(),
        title: document.title(),
        url: document.url(),
        published: document.published().map(|time| (time.from(), time.until())),
        language: document.language(),
        author: document.author(),
        links: document.links().iter().map(|link| (place(link.span), link.url.as_str())).collect(),
        blocks: document.blocks().iter().copied().map(place).collect(),
    }
}

fn document_of(id: &str, row: DocumentRow<'_>) -> Tried<Document> {
    let DocumentRow { text, outlet, title, url, published, language, author, links, blocks } = row;
    let owned = |told: Option<&str>| told.map(str::to_owned);
    let told = Metadata {
        outlet: owned(outlet),
        title: owned(title),
        url: owned(url),
        published: published.map(|(from, until)| Published::between(from, until)),
        language: owned(language),
        author: owned(author),
        links: Some(links.into_iter().map(|(at, url)| Link::new(span(at), url)).collect()),
        blocks: Some(blocks.into_iter().map(span).collect()),
    };
    let whole = told.document(id.to_owned(), text.to_owned());
    whole.map_err(|error| damaged(id, &error))
}

fn analysis_row<'a>(of: &'a Document, analysis: &'a Analysis) -> AnalysisRow<'a> {
    let Analysis { document, quotations, credits, notices } = analysis;
    AnalysisRow {
        document: Some(document.as_str()).filter(|id| *id != of.id()),
        quotations: quotations.iter().map(|quotation| quotation_row(of.text(), quotation)).collect(),
        credits: credits.iter().map(credit_row).collect(),
        notices: notices.iter().map(|notice| (notice.limit.as_str(), notice.count)).collect(),
    }
}

fn analysis_of(document: &Document, row: AnalysisRow<'_>) -> Option<Analysis> {
    let quotations = row.quotations.into_iter().map(|row| quotation_of(document.text(), row));
    Some(Analysis {
        document: row.document.unwrap_or(document.id()).to_owned(),
        quotations: quotations.collect::<Option<_>>()?,
        credits: row.credits.into_iter().map(credit_of).collect::<Option<_>>()?,
        notices: row.notices.into_iter().map(|(limit, count)| Notice::new(limit, count)).collect(),
    })
}

fn quotation_row<'a>(raw: &str, quotation: &'a Quotation) -> QuotationRow<'a> {
    let Quotation { kind, span, parts, text, within, attribution, extent } = quotation;
    QuotationRow {
        kind: kind_code(*kind),
        parts: parts.iter().copied().map(place).collect(),
        span: Some(*span).filter(|span| *span != cover(parts)).map(place),
        text: Some(text.as_str()).filter(|text| told(raw, parts).as_deref() != Some(*text)),
        within: *within,
        attribution: attribution.as_ref().map(attribution_row),
        extent: extent.map(Confidence::value),
    }
}

fn quotation_of(raw: &str, row: QuotationRow<'_>) -> Option<Quotation> {
    let parts: Vec<Span> = row.parts.into_iter().map(span).collect();
    Some(Quotation {
        kind: *KINDS.get(usize::from(row.kind))?,
        span: row.span.map_or_else(|| cover(&parts), span),
        text: row.text.map(str::to_owned).or_else(|| told(raw, &parts))?,
        parts,
        within: row.within,
        attribution: row.attribution.map(attribution_of),
        extent: row.extent.map(Confidence::new),
    })
}

/// What stands at the parts, if they fit the text.
fn told(raw: &str, parts: &[Span]) -> Option<String> {
    parts.iter().all(|part| part.of(raw).is_some()).then(|| printed(raw, parts))
}

/// From the first part's start to the last part's end.
fn cover(parts: &[Span]) -> Span {
    match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    }
}

fn attribution_row(attribution: &Attribution) -> AttributionRow<'_> {
    let Attribution { speaker, role, affiliation, mention, cue, channel, recipient, confidence } =
        attribution;
    AttributionRow {
        speaker,
        role: role.as_deref(),
        affiliation: affiliation.as_deref(),
        mention: mention.map(place),
        cue: cue.map(place),
        channel: channel.as_deref(),
        recipient: recipient.as_deref(),
        confidence: confidence.value(),
    }
}

fn attribution_of(row: AttributionRow<'_>) -> Attribution {
    let mut attribution = Attribution::new(row.speaker, Confidence::new(row.confidence));
    attribution.role = row.role.map(str::to_owned);
    attribution.affiliation = row.affiliation.map(str::to_owned);
    attribution.mention = row.mention.map(span);
    attribution.cue = row.cue.map(span);
    attribution.channel = row.channel.map(str::to_owned);
    attribution.recipient = row.recipient.map(str::to_owned);
    attribution
}

fn credit_row(credit: &Credit) -> CreditRow<'_> {
    let Credit { source, kind, relation, scope, span, quotation, confidence } = credit;
    CreditRow {
        source,
        kind: source_code(*kind),
        relation: relation_code(*relation),
        scope: scope_code(*scope),
        span: place(*span),
        quotation: *quotation,
        confidence: confidence.value(),
    }
}

fn credit_of(row: CreditRow<'_>) -> Option<Credit> {
    Some(Credit {
        source: row.source.to_owned(),
        kind: *SOURCES.get(usize::from(row.kind))?,
        relation: *RELATIONS.get(usize::from(row.relation))?,
        scope: *SCOPES.get(usize::from(row.scope))?,
        span: span(row.span),
        quotation: row.quotation,
        confidence: Confidence::new(row.confidence),
    })
}

const fn place(span: Span) -> Place {
    (span.start, span.end)
}

const fn span((start, end): Place) -> Span {
    Span::new(start, end)
}

/// The kinds of one sort, and what stands for each in a row: its place in the list.
macro_rules! codes {
    ($kinds:ident, $code:ident, $sort:ident { $($kind:ident = $number:literal,)* }) => {
        const $kinds: &[$sort] = &[$($sort::$kind),*];

        const fn $code(kind: $sort) -> u8 {
            match kind {
                $($sort::$kind => $number,)*
            }
        }
    };
}

// New ones go to the end.
codes! { KINDS, kind_code, Kind { Direct = 0, Mixed = 1, Block = 2, Indirect = 3, Scare = 4, Title = 5, } }
codes! { SOURCES, source_code, SourceKind {
    Outlet = 0, Broadcast = 1, Wire = 2, Platform = 3, Document = 4, Event = 5,
} }
codes! { RELATIONS, relation_code, Relation { Repeat = 0, Channel = 1, Own = 2, Wire = 3, Origin = 4, } }
codes! { SCOPES, scope_code, Scope { Quotation = 0, Paragraph = 1, Article = 2, } }

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    fn article_of(text: &str) -> Article {
        let document = Document::new("a", text)
            .with_outlet("The Harbor Ledger")
            .with_title("Ferry")
            .with_url("https://ledger.example/1")
            .with_language("en")
            .with_author("Jo Marsh")
            .with_links(vec![Link::new(Span::new(0, 3), "https://tide.example")])
            .and_then(|document| document.with_blocks(vec![Span::new(0, 3)]))
            .unwrap();
        let analysis = Analyzer::new().with_indirect(true).analyze(&document);
        (document, analysis)
    }

    const TEXT: &str = "“We will,” Mayor Ada Quill told The Tide, “keep the ‘old’ ferry.”\n\nQuill said that the pier \
                        would be sold. The “green” harbor is hers, according to the Northfield Courier.\n";

    #[test]
    fn what_is_written_is_read() {
        for published in ["2026-03-01", "2026-03-01T06:07:08Z"] {
            let (document, analysis) = article_of(TEXT);
            assert!(analysis.quotations.len() > 2 && !analysis.credits.is_empty());
            let article = (document.with_published(published.parse().unwrap()), analysis);
            let row = encode(&article).unwrap();
            let json = serde_json::to_vec(&article).unwrap();
            assert!(!is_json(&row) && 2 * row.len() < json.len(), "{} {}", row.len(), json.len());
            assert_eq!(text(&row), Some(TEXT));
            assert_eq!(version("a", &row).ok(), Some(article.clone()));
            assert_eq!(self::document("a", &row).ok(), Some(article.0));
        }
    }

    #[test]
    fn what_the_text_does_not_tell_is_written_too() {
        let (document, mut analysis) = article_of(TEXT);
        analysis.document = "another".to_owned();
        analysis.quotations[0].text = "other words".to_owned();
        analysis.quotations[0].span = Span::new(1, 2);
        analysis.quotations[1].parts = vec![];
        analysis.quotations[2].parts = vec![Span::new(9, 10_000)];
        analysis.notices.push(Notice::new("nesting", 3));
        let article = (document, analysis);
        assert_eq!(version("a", &encode(&article).unwrap()).ok(), Some(article));
    }

    #[test]
    fn every_number_stands_for_what_it_is_written_for() {
        for (code, &kind) in (0..).zip(KINDS) {
            assert_eq!(kind_code(kind), code);
        }
        for (code, &kind) in (0..).zip(SOURCES) {
            assert_eq!(source_code(kind), code);
        }
        for (code, &relation) in (0..).zip(RELATIONS) {
            assert_eq!(relation_code(relation), code);
        }
        for (code, &scope) in (0..).zip(SCOPES) {
            assert_eq!(scope_code(scope), code);
        }
    }

    #[test]
    fn a_row_cut_off_or_altered_anywhere_is_an_error_or_another_article() {
        let row = encode(&article_of(TEXT)).unwrap();
        for end in 0..row.len() {
            assert!(version("a", &row[..end]).is_err(), "{end}");
        }
        for at in 0..row.len() {
            for bit in 0..8 {
                let mut row = row.clone();
                row[at] ^= 1 << bit;
                let _ = version("a", &row);
            }
        }
    }
}
