//! A feed that never ends: for every article that arrives, the known wordings that it repeats, within milliseconds.
//!
//! A [`Watch`] makes no graph. It holds the wordings of a window of days and lets older ones go, each with what is worth
//! keeping of it ([`Header`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::analysis::Analyzer;
use crate::document::Document;
use crate::error::Result;
use crate::limits::Notice;
use crate::matching::{Candidates, Frequencies, Link, LinkKind, QuoteIndex, Slot, verify};
use crate::stages::Article;
use crate::text::{Span, key};
use crate::tracker::{is_sound, of_matching};

const DAY: i64 = 86_400;
/// When the index has this many wordings that are gone, and more of them than of those held, it is made anew.
const GONE: usize = 4096;

/// What is kept of a wording: where it was first seen, and how often since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Header {
    /// What names the wording.
    pub wording: u64,
    /// Its words, as the first document printed them.
    pub text: String,
    /// The first document.
    pub document: String,
    /// Where it stands there.
    pub span: Span,
    /// When it was first seen, in seconds since 1970, by the clock of the feed.
    pub first: i64,
    /// When it was last seen, by the same clock.
    pub last: i64,
    /// How many documents printed it.
    pub documents: usize,
}

/// A known wording that an article repeats.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Sighting {
    /// Where the article prints it.
    pub span: Span,
    /// The index of the quotation.
    pub quotation: usize,
    /// The wording that fits best.
    pub of: Header,
    /// How the two lie to each other.
    pub kind: LinkKind,
    /// What the words in common tell, in nats.
    pub evidence: f32,
}

/// What an article was, when it arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Arrival {
    /// A document that was not known.
    New,
    /// A later version of a known one: it takes its place.
    Newer,
    /// The same again, or an older version: nothing changes.
    Known,
    /// Older than the window: what it repeats is told, and nothing of it is held.
    Late,
}

/// The answer to one article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seen {
    /// The document's id.
    pub document: String,
    /// What it was.
    pub arrival: Arrival,
    /// The known wordings that it repeats, in order of where it prints them.
    pub repeats: Vec<Sighting>,
    /// The limits that were hit, in reading it and (`matching.…`) in looking for what it repeats, by name.
    pub notices: Vec<Notice>,
}

/// Watches a feed.
///
/// Its clock is the articles' own: *now* is the latest time of any article, but for one that alone is dated further
/// ahead than the window is long. Such a time is believed when the next dated article bears it out, so that a wrong date
/// lets nothing go and a feed that paused goes on; meanwhile the article counts as of now. At the start, too, two articles in a
/// row must be dated within a window before a third can be [`Late`](Arrival::Late).
///
/// ```
/// use quotetrace::{Document, Watch};
///
/// let mut watch = Watch::new(30);
/// let article = |id, text, day: &str| Document::new(id, text).with_published(day.parse().unwrap());
/// let first = "“We kept the ferry running all winter, and it paid for itself,” Mayor Ada Quill said.";
/// assert!(watch.take(article("a", first, "2026-03-01"))?.repeats.is_empty());
/// let second = "Asked again, Quill said “we kept the ferry running all winter” and left.";
/// let seen = watch.take(article("b", second, "2026-03-02"))?;
/// assert_eq!(seen.repeats[0].of.document, "a");
/// # Ok::<(), quotetrace::Error>(())
/// ```
#[derive(Debug)]
pub struct Watch {
    analyzer: Analyzer,
    clock: Clock,
    index: QuoteIndex,
    /// Wordings that the index has no more.
    gone: usize,
    known: HashMap<u64, (Header, Slot)>,
    by_age: BTreeSet<(i64, u64)>,
    documents: BTreeMap<String, Version>,
    documents_by_age: BTreeSet<(i64, String)>,
}

/// What time it is in the feed.
#[derive(Debug)]
struct Clock {
    /// Seconds: a longer step is believed when another time bears it out.
    window: i64,
    now: i64,
    /// A time that nothing has borne out yet.
    ahead: Option<i64>,
}

impl Clock {
    /// Before this nothing is held; the beginning of time until two times agree.
    const fn start(&self) -> i64 {
        self.now.saturating_sub(self.window)
    }

    /// What an article without a time counts as.
    fn current(&self) -> i64 {
        self.ahead.filter(|_| self.now == i64::MIN).unwrap_or(self.now)
    }

    /// Hears a time that is not before the window; what it counts as.
    fn hear(&mut self, time: i64) -> i64 {
        if self.now != i64::MIN && time <= self.now.saturating_add(self.window) {
            self.now = self.now.max(time);
            self.ahead = None;
            return time;
        }
        if self.ahead.is_some_and(|ahead| ahead.abs_diff(time) <= self.window.unsigned_abs()) {
            self.now = self.ahead.map_or(time, |ahead| ahead.max(time));
            self.ahead = None;
            return time;
        }
        self.ahead = Some(time);
        // Without a now there is nothing that the time could be wrong by.
        if self.now == i64::MIN { time } else { self.now }
    }
}

/// What is kept of a document: enough to know it, and an older version, again.
#[derive(Clone, Debug)]
struct Version {
    /// When it was published, if that is known, and how long its text is: the later, then the longer counts.
    order: (Option<i64>, usize),
    text: u64,
    seen: i64,
    wordings: Vec<u64>,
}

impl Watch {
    /// A watch that holds wordings for so many days after they were last seen.
    #[must_use]
    pub fn new(days: u32) -> Self {
        Self {
            analyzer: Analyzer::new(),
            clock: Clock { window: i64::from(days) * DAY, now: i64::MIN, ahead: None },
            index: QuoteIndex::new(Frequencies::background().clone()),
            gone: 0,
            known: HashMap::new(),
            by_age: BTreeSet::new(),
            documents: BTreeMap::new(),
            documents_by_age: BTreeSet::new(),
        }
    }

    /// With another analyzer.
    #[must_use]
    pub fn with_analyzer(mut self, analyzer: Analyzer) -> Self {
        self.analyzer = analyzer;
        self
    }

    /// How many wordings it holds.
    #[must_use]
    pub fn wordings(&self) -> usize {
        self.known.len()
    }

    /// Takes in an article and tells which known wordings it repeats. A document without a time is of
    /// the feed's now; before there is one, of the beginning of time.
    ///
    /// Linear in its length, and for each quotation what [`QuoteIndex::candidates`] and a verdict on each candidate take.
    ///
    /// # Errors
    /// [`Error::MissingId`](crate::Error::MissingId) for an empty id, [`Error::BadSpan`](crate::Error::BadSpan) for a
    /// link that doesn't fit; nothing changes then.
    pub fn take(&mut self, document: Document) -> Result<Seen> {
        is_sound(&document, "Watch::take")?;
        let id = document.id().to_owned();
        let published = document.published().map(|time| time.from());
        let order = (published, document.text().len());
        let text = key(document.text());
        let known = self.documents.get(&id).map(|version| (version.order, version.text));
        let arrival = match known {
            Some(known) if known.0 > order || known == (order, text) => Arrival::Known,
            Some(_) => Arrival::Newer,
            None if published.is_some_and(|time| time < self.clock.start()) => Arrival::Late,
            None => Arrival::New,
        };
        if arrival == Arrival::Known {
            return Ok(Seen { document: id, arrival, repeats: Vec::new(), notices: Vec::new() });
        }
        if arrival == Arrival::Newer {
            self.withdraw(&id);
        }
        let article = Article::read(&self.analyzer, document);
        let printings = article.first_printings();
        let mut repeats = Vec::new();
        let mut notices: BTreeMap<String, usize> = BTreeMap::new();
        for printing in &printings {
            let Candidates { wordings, notices: hit, .. } = self.index.candidates(printing.text());
            for Notice { limit, count } in hit.iter().map(of_matching) {
                *notices.entry(limit).or_default() += count;
            }
            if let Some((of, link)) = self.best(&wordings, printing.wording(), printing.text()) {
                let (span, quotation) = (printing.span(), printing.quotation());
                repeats.push(Sighting { span, quotation, of, kind: link.kind, evidence: link.evidence });
            }
        }
        if arrival != Arrival::Late {
            let seen = published.map_or(self.clock.current(), |time| self.clock.hear(time));
            for printing in &printings {
                self.learn(printing.wording(), seen, || Header {
                    wording: printing.wording(),
                    text: printing.text().to_owned(),
                    document: id.clone(),
                    span: printing.span(),
                    first: seen,
                    last: seen,
                    documents: 0,
                });
            }
            let wordings = printings.iter().map(|printing| printing.wording()).collect();
            self.documents.insert(id.clone(), Version { order, text, seen, wordings });
            self.documents_by_age.insert((seen, id.clone()));
        }
        let mut notices: Vec<Notice> =
            notices.into_iter().map(|(limit, count)| Notice::new(&limit, count)).collect();
        notices.extend_from_slice(&article.analysis().notices);
        notices.sort_unstable();
        Ok(Seen { document: id, arrival, repeats, notices })
    }

    /// Of some known wordings the one that fits a text best: that with most evidence, then that which was seen first.
    fn best(&self, candidates: &[u64], wording: u64, text: &str) -> Option<(Header, Link)> {
        let held = candidates.iter().filter_map(|candidate| self.known.get(candidate));
        let linked = held.filter_map(|(header, _)| {
            verify(text, &header.text, self.index.frequencies()).map(|link| (header, link))
        });
        let best = linked.max_by(|(a, x), (b, y)| {
            let rank = |header: &Header| {
                (header.wording == wording, std::cmp::Reverse((header.first, header.wording)))
            };
            x.evidence.total_cmp(&y.evidence).then_with(|| rank(a).cmp(&rank(b)))
        });
        best.map(|(header, link)| (header.clone(), link))
    }

    fn learn(&mut self, wording: u64, seen: i64, header: impl FnOnce() -> Header) {
        let index = &mut self.index;
        let (known, _) = self.known.entry(wording).or_insert_with(|| {
            let header = header();
            let slot = index.hold(&header.text);
            (header, slot)
        });
        self.by_age.remove(&(known.last, wording));
        known.last = known.last.max(seen);
        known.documents += 1;
        self.by_age.insert((known.last, wording));
    }

    /// Takes a version of a document back; a wording that it alone printed goes.
    fn withdraw(&mut self, id: &str) {
        let Some(version) = self.documents.remove(id) else { return };
        self.documents_by_age.remove(&(version.seen, id.to_owned()));
        for wording in version.wordings {
            let Some((header, _)) = self.known.get_mut(&wording) else { continue };
            header.documents -= 1;
            if header.documents == 0 {
                self.drop_wording(wording);
            }
        }
    }

    fn drop_wording(&mut self, wording: u64) -> Option<Header> {
        let (header, slot) = self.known.remove(&wording)?;
        self.by_age.remove(&(header.last, wording));
        self.index.remove(slot);
        self.gone += 1;
        Some(header)
    }

    /// Lets go what was not seen within the window, and gives what is worth keeping of it, the oldest first.
    /// O(log n) each; now and then the index is made anew, which takes what inserting the wordings held does.
    pub fn forget(&mut self) -> Vec<Header> {
        let start = self.clock.start();
        while self.documents_by_age.first().is_some_and(|(seen, _)| *seen < start) {
            if let Some((_, id)) = self.documents_by_age.pop_first() {
                self.documents.remove(&id);
            }
        }
        let mut forgotten = Vec::new();
        while let Some(&(last, wording)) = self.by_age.first()
            && last < start
        {
            self.by_age.pop_first();
            forgotten.extend(self.drop_wording(wording));
        }
        if self.gone > GONE && self.gone > self.known.len() {
            self.renew();
        }
        forgotten
    }

    /// Makes the index anew, without what is gone.
    fn renew(&mut self) {
        self.index = QuoteIndex::new(self.index.frequencies().clone());
        self.gone = 0;
        let mut order: Vec<(i64, u64)> =
            self.known.iter().map(|(wording, (header, _))| (header.first, *wording)).collect();
        order.sort_unstable();
        for (_, wording) in order {
            if let Some((header, slot)) = self.known.get_mut(&wording) {
                *slot = self.index.hold(&header.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "We kept the ferry running all winter, and not one crossing was cancelled";

    fn article(id: &str, said: &str, day: u32) -> Document {
        Document::new(id, format!("“{said},” Mayor Ada Quill told the harbour board."))
            .with_published(format!("2026-03-{day:02}").parse().unwrap())
    }

    #[test]
    fn an_article_hears_what_it_repeats_and_a_repeated_one_changes_nothing() {
        let mut watch = Watch::new(10);
        assert_eq!(watch.take(article("a", SAID, 1)).unwrap().arrival, Arrival::New);
        let seen = watch.take(article("b", "not one crossing was canceled", 2)).unwrap();
        assert_eq!((seen.repeats.len(), seen.repeats[0].of.document.as_str()), (1, "a"));
        assert_eq!(seen.repeats[0].kind, LinkKind::Contained);
        let again = watch.take(article("b", "not one crossing was canceled", 2)).unwrap();
        assert_eq!((again.arrival, again.repeats.len()), (Arrival::Known, 0));
        assert_eq!(watch.wordings(), 2);
        assert!(watch.take(Document::new("", "No id.")).is_err());
    }

    #[test]
    fn a_newer_version_takes_the_place_of_the_older_and_an_older_one_does_not() {
        let mut watch = Watch::new(10);
        watch.take(article("a", SAID, 3)).unwrap();
        assert_eq!(
            watch.take(article("a", "The levy pays for dredging, and for nothing else", 2)).unwrap().arrival,
            Arrival::Known
        );
        let newer = watch.take(article("a", "The levy pays for dredging, and for nothing else", 4)).unwrap();
        assert_eq!((newer.arrival, newer.repeats.len()), (Arrival::Newer, 0));
        assert!(watch.take(article("b", SAID, 4)).unwrap().repeats.is_empty());
    }

    #[test]
    fn a_correction_of_the_same_length_takes_the_place_of_what_it_corrects() {
        let mut watch = Watch::new(10);
        let said = |word: &str| {
            Document::new("a", format!("“The levy pays for {word}, and for nothing else,” he said."))
        };
        assert_eq!(watch.take(said("dredging")).unwrap().arrival, Arrival::New);
        assert_eq!(watch.take(said("drinking")).unwrap().arrival, Arrival::Newer);
        assert_eq!(watch.take(said("DRINKING")).unwrap().arrival, Arrival::Newer);
        assert_eq!(watch.take(said("DRINKING")).unwrap().arrival, Arrival::Known);
    }

    #[test]
    fn a_date_that_no_other_article_bears_out_moves_nothing() {
        let far = |id: &str, year: u32| {
            let said = Document::new(id, "“The levy pays for dredging, and for nothing else,” he said.");
            said.with_published(format!("{year}-03-01").parse().unwrap())
        };
        let mut watch = Watch::new(10);
        for (id, day) in [("a", 1), ("b", 2)] {
            watch.take(article(id, SAID, day)).unwrap();
        }
        assert_eq!(watch.take(far("wrong", 2099)).unwrap().arrival, Arrival::New);
        assert_eq!(watch.forget(), []);
        assert_eq!(watch.take(article("c", SAID, 3)).unwrap().repeats.len(), 1);
        // The feed paused for a year.
        watch.take(far("d", 2027)).unwrap();
        assert_eq!(watch.forget(), []);
        watch.take(far("e", 2027)).unwrap();
        let [gone] = &watch.forget()[..] else { panic!("one wording") };
        assert_eq!((gone.document.as_str(), gone.documents), ("a", 3));
        assert_eq!(watch.take(article("f", SAID, 4)).unwrap().arrival, Arrival::Late);
    }

    #[test]
    fn a_wrong_date_at_the_start_makes_nothing_late() {
        let mut watch = Watch::new(10);
        watch.take(Document::new("a", "Nothing.").with_published("2099-03-01".parse().unwrap())).unwrap();
        for (id, day) in [("b", 1), ("c", 2)] {
            assert_eq!(watch.take(article(id, SAID, day)).unwrap().arrival, Arrival::New);
        }
        assert_eq!(watch.take(article("d", SAID, 1)).unwrap().repeats.len(), 1);
    }

    #[test]
    fn a_limit_that_is_hit_is_told() {
        let mut watch = Watch::new(10);
        let said = |n: usize| {
            format!("Pier {n} stays: not one sailing was ever cancelled for lack of crew, berth {n} said")
        };
        let seen: Vec<Seen> =
            (0..200).map(|n| watch.take(article(&format!("d{n}"), &said(n), 1)).unwrap()).collect();
        assert!(seen[0].notices.is_empty());
        assert!(seen[199].notices.iter().any(|notice| notice.limit.starts_with("matching.")));
    }

    #[test]
    fn what_was_not_seen_within_the_window_is_forgotten_with_its_header() {
        let mut watch = Watch::new(5);
        watch.take(article("a", SAID, 1)).unwrap();
        watch.take(article("b", SAID, 4)).unwrap();
        watch.take(article("c", "The levy pays for dredging, and for nothing else", 8)).unwrap();
        assert_eq!(watch.forget(), []);
        watch.take(article("d", "The levy pays for dredging, and for nothing else", 12)).unwrap();
        let [header] = &watch.forget()[..] else { panic!("one wording") };
        assert_eq!((header.document.as_str(), header.documents), ("a", 2));
        let late = watch.take(article("e", SAID, 2)).unwrap();
        assert_eq!((late.arrival, late.repeats.len(), watch.wordings()), (Arrival::Late, 0, 1));
        watch.renew();
        assert_eq!(watch.take(article("f", "The levy pays for dredging", 12)).unwrap().repeats.len(), 1);
    }
}
