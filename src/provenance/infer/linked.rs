//! A link beside a credit, or on the quotation, that leads to whom it credits.

use crate::analysis::Analysis;
use crate::credit::{Credit, OutletTable, host};
use crate::document::Document;
use crate::provenance::name::outlet_key;
use crate::text::Span;

/// How many bytes from a credit a link is still beside it.
const BESIDE: usize = 40;

/// Where a link leads that stands at a credit, beside it or on its quotation: to the outlet credited or, if no table
/// knows the address, from the credit's own words to another site. O(links).
pub(super) fn link_of<'d>(document: &'d Document, analysis: &Analysis, credit: &Credit) -> Option<&'d str> {
    let source = outlet_key(&credit.source);
    let own = document.url().and_then(host);
    let quotation = credit.quotation.and_then(|index| analysis.quotations.get(index));
    let near = Span::new(credit.span.start.saturating_sub(BESIDE), credit.span.end + BESIDE);
    let is_there = |span: Span| near.overlaps(span) || quotation.is_some_and(|said| said.span.overlaps(span));
    let leads = |url: &str, span: Span| match OutletTable::shipped().by_url(url) {
        Some(outlet) => outlet_key(outlet.name()) == source,
        None => credit.span.overlaps(span) && own.is_none_or(|own| host(url).is_some_and(|host| host != own)),
    };
    let link = document.links().iter().find(|link| is_there(link.span) && leads(&link.url, link.span));
    link.map(|link| link.url.as_str())
}

#[cfg(test)]
mod tests {
    use crate::{Document, Tracker};

    /// What the repeat of an article rests on, of whose words another has some too.
    fn basis(words: &str, url: &str) -> Vec<crate::provenance::Basis> {
        let text = "“We will not sell the ferry,” Mayor Ada Quill told The Hill.";
        let start = text.find(words).unwrap();
        let link = serde_json::json!([{"start": start, "end": start + words.len(), "url": url}]);
        let line =
            serde_json::json!({"id": "a", "text": text, "url": "https://ledger.example/a", "links": link});
        let mut tracker = Tracker::new();
        tracker.add(serde_json::from_value::<Document>(line).unwrap()).unwrap();
        tracker.add(Document::new("b", "Mayor Ada Quill said: “We will not sell the ferry.”")).unwrap();
        let repeats = tracker.graph().repeats();
        repeats.iter().find(|repeat| repeat.from_outlet.is_some()).unwrap().basis.clone()
    }

    #[test]
    fn a_link_at_the_credit_or_on_its_quotation_to_the_outlet_credited_is_evidence() {
        use crate::provenance::Basis::{Credit, Link};
        assert_eq!(basis("told", "https://thehill.com/news/1"), [Credit, Link]);
        assert_eq!(basis("sell the ferry", "https://thehill.com/news/1"), [Credit, Link]);
        assert_eq!(basis("The Hill", "https://unheard-of.example/1"), [Credit, Link]);
    }

    #[test]
    fn a_link_to_another_outlet_or_to_the_site_itself_is_none() {
        use crate::provenance::Basis::Credit;
        assert_eq!(basis("told", "https://www.cnn.com/1"), [Credit]);
        assert_eq!(basis("The Hill", "https://ledger.example/tags/the-hill"), [Credit]);
        assert_eq!(basis("Ada Quill", "https://unheard-of.example/1"), [Credit]);
    }
}
