//! What inference wants to know of a document besides its printings.

use std::collections::HashMap;

use crate::analysis::Analysis;
use crate::credit::{Outlet, OutletTable};
use crate::document::{Document, Published};
use crate::provenance::name::outlet_key;
use crate::text::{key, key_of};

/// One document, as inference sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Article {
    pub(super) time: Option<Published>,
    pub(super) outlet: Option<u64>,
    /// Its address, as a number.
    pub(super) url: Option<u64>,
    /// The addresses that it links to, in order.
    pub(super) links: Vec<u64>,
    /// A sample of the word sequences around its quotations, in order.
    pub(super) around: Vec<u64>,
}

impl Article {
    pub(super) fn of(document: &Document, analysis: &Analysis) -> Self {
        let mut links: Vec<u64> = document.links().iter().filter_map(|link| url_key(&link.url)).collect();
        links.sort_unstable();
        links.dedup();
        Self {
            time: document.published(),
            outlet: outlet(document).map(outlet_key),
            url: document.url().and_then(url_key),
            links,
            around: around(document.text(), analysis),
        }
    }

    /// How many sampled word sequences both have; one that many documents have counts the less.
    pub(super) fn common_around(&self, other: &Self, sequences: &Sequences) -> f32 {
        let (small, large) = if self.around.len() <= other.around.len() {
            (&self.around, &other.around)
        } else {
            (&other.around, &self.around)
        };
        let common = small.iter().filter(|shingle| large.binary_search(shingle).is_ok());
        common.map(|shingle| sequences.weight(*shingle)).sum()
    }

    pub(super) fn links_to(&self, other: &Self) -> bool {
        other.url.is_some_and(|url| self.links.binary_search(&url).is_ok())
    }
}

/// In how many documents a word sequence stands.
#[derive(Debug, Default)]
pub(super) struct Sequences(HashMap<u64, u32>);

impl Sequences {
    /// Counts the sequences of all articles and drops those that stand in one alone.
    pub(super) fn count(articles: &mut [Article]) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for sequence in articles.iter().flat_map(|article| &article.around) {
            *counts.entry(*sequence).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        for article in articles {
            article.around.retain(|sequence| counts.contains_key(sequence));
            article.around.shrink_to_fit();
        }
        Self(counts)
    }

    /// One for a sequence of two documents, and the less the more have it.
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    fn weight(&self, sequence: u64) -> f32 {
        self.0.get(&sequence).map_or(0.0, |&count| 1.0 / (count.saturating_sub(1).max(1)) as f32)
    }
}

/// The outlet of a document: as given, else by its address.
fn outlet(document: &Document) -> Option<&str> {
    let by_url = || document.url().and_then(|url| OutletTable::shipped().by_url(url)).map(Outlet::name);
    document.outlet().or_else(by_url)
}

/// An address without its scheme, `www.`, fragment and last slash, its query in order and without what tells whence a
/// reader came; `None` if nothing is left but a site.
fn url_key(url: &str) -> Option<u64> {
    let lower = url.to_lowercase();
    let rest = lower.split_once("://").map_or(&*lower, |(_, rest)| rest);
    let rest = rest.trim_start_matches('/').split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = path.strip_prefix("www.").unwrap_or(path).trim_end_matches('/');
    let mut query: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
    query.sort_unstable();
    let query = query.join("&");
    (path.contains('/') || !query.is_empty()).then(|| key(&format!("{path}?{query}")))
}

/// Whether a part of a query says where the reader came from, and nothing of the page.
fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair);
    name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "ref")
}

/// Every fourth, by hash, of the sequences of five words outside the quotations; 512 at the most.
fn around(text: &str, analysis: &Analysis) -> Vec<u64> {
    const LENGTH: usize = 5;
    const MOST: usize = 512;
    let mut sample = Vec::new();
    let mut at = 0;
    let mut window: Vec<u64> = Vec::with_capacity(LENGTH);
    let parts =
        analysis.quotations.iter().flat_map(|quotation| &quotation.parts).map(|part| (part.start, part.end));
    let mut parts: Vec<(usize, usize)> = parts.collect();
    parts.sort_unstable();
    for (start, end) in parts.into_iter().chain([(text.len(), text.len())]) {
        window.clear();
        for word in text.get(at..start).unwrap_or("").split(|c: char| !c.is_alphanumeric()) {
            if word.is_empty() {
                continue;
            }
            if window.len() == LENGTH {
                window.remove(0);
            }
            window.push(key_of(word));
            if window.len() == LENGTH {
                let hash = window
                    .iter()
                    .fold(0_u64, |hash, word| hash.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word);
                if (hash >> 32) & 3 == 0 {
                    sample.push(hash);
                }
            }
        }
        at = at.max(end);
        if sample.len() >= MOST {
            break;
        }
    }
    sample.truncate(MOST);
    sample.sort_unstable();
    sample.dedup();
    sample
}

/// How two times stand to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lag {
    /// The first is dated so many seconds before the second; less than nothing if after it.
    Known(i64),
    /// At least one is unknown, or the days they fall on are the same.
    Unknown,
}

/// The time from `source` to `copy`: between the middles of two intervals that don't overlap.
pub(super) fn lag(source: Option<Published>, copy: Option<Published>) -> Lag {
    let middle = |time: Published| time.from() + (time.until().saturating_sub(time.from())) / 2;
    match (source, copy) {
        (Some(source), Some(copy))
            if source.before(copy) || copy.before(source) || !source.is_day() && !copy.is_day() =>
        {
            Lag::Known(middle(copy).saturating_sub(middle(source)))
        }
        _ => Lag::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_however_a_reader_came_there() {
        let story = url_key("https://ledger.example/story.php?id=7&page=2");
        for same in [
            "http://WWW.Ledger.example/story.php?id=7&page=2",
            "//ledger.example/story.php?page=2&id=7#top",
            "ledger.example/story.php?utm_source=feed&id=7&fbclid=x&page=2&ref=home&gclid=y",
        ] {
            assert_eq!(url_key(same), story, "{same}");
        }
        assert_eq!(url_key("https://ledger.example/ferry/"), url_key("ledger.example/ferry?utm_medium=mail"));
    }

    #[test]
    fn what_a_query_asks_for_is_another_page() {
        assert_ne!(url_key("ledger.example/story.php?id=7"), url_key("ledger.example/story.php?id=9"));
        assert_ne!(url_key("ledger.example/?p=7"), url_key("ledger.example/?p=9"));
        assert_eq!(url_key("https://www.ledger.example/"), None);
    }
}
