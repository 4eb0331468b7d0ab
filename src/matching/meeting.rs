//! Where quotations meet on many machines: one bucket a fingerprint, and the links of those that meet in it.
//!
//! A [`QuoteIndex`](super::QuoteIndex) that is filled in the order of [`FirstPrinting`]s looks at no fingerprint that
//! more than [`IndexLimits::postings`] wordings before have. So no later one needs to meet there: a bucket is the
//! first so many of its wordings, whatever comes, and the pairs of a hot fingerprint are bounded.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::candidates::IndexLimits;
use super::fingerprint::fingerprints;
use super::frequency::Frequencies;
use super::link::{Judge, Reading};
use super::partial::Linked;
use super::printing::Printing;
use super::words::{self, form_hash};
use crate::text::Span;

/// How many wordings meet under one fingerprint: the first ones, in the order of where they are printed.
const SEATS: usize = IndexLimits::DEFAULT.postings + 1;
/// How many verdicts and readings a reducer remembers: about 100 MB. Beyond, it forgets all and works them out anew.
const REMEMBERED: usize = 1 << 20;
const READINGS: usize = 1 << 16;

/// A wording, at the first place where it is printed. They are in order of that place, which is the order in which
/// the quotations of a collection are taken into an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FirstPrinting {
    document: String,
    span: Span,
    quotation: usize,
    text: String,
    wording: u64,
}

impl FirstPrinting {
    /// Where `printing` stands, and its words. O(words).
    #[must_use]
    pub fn of(printing: &Printing) -> Self {
        let mut list = Vec::new();
        words::read(&printing.text, &mut list);
        Self {
            document: printing.document.as_str().to_owned(),
            span: printing.span(),
            quotation: printing.quotation,
            text: printing.text.clone(),
            wording: form_hash(&list),
        }
    }

    /// What names the wording, as [`QuoteIndex::wording`](super::QuoteIndex::wording) does.
    #[must_use]
    pub const fn wording(&self) -> u64 {
        self.wording
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands, in its document.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The index of its quotation, in the document's analysis.
    #[must_use]
    pub const fn quotation(&self) -> usize {
        self.quotation
    }

    /// The fingerprints under which it meets others.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<u64> {
        fingerprints(&self.text)
    }
}

/// Those that meet under one fingerprint, taken in one by one in any order and as often as one likes: each wording
/// once, at its first place, and no more of them than are ever looked at, however many come.
///
/// Memory: at most twice the 121 wordings that are looked at.
#[derive(Clone, Debug, Default)]
pub struct Meeting {
    first: BTreeMap<u64, FirstPrinting>,
}

impl Meeting {
    /// Takes one in. O(log n).
    pub fn add(&mut self, printing: FirstPrinting) {
        let earlier = self.first.get(&printing.wording).is_none_or(|known| printing < *known);
        if earlier {
            self.first.insert(printing.wording, printing);
        }
        if self.first.len() >= 2 * SEATS {
            self.prune();
        }
    }

    /// Lets those go that come too late. A first place only ever moves forward, so none of them can come in again but
    /// by a printing that is taken in later.
    fn prune(&mut self) {
        let mut places: Vec<(&FirstPrinting, u64)> =
            self.first.iter().map(|(wording, printing)| (printing, *wording)).collect();
        places.sort_unstable();
        let late: Vec<u64> = places.iter().skip(SEATS).map(|(_, wording)| *wording).collect();
        for wording in late {
            self.first.remove(&wording);
        }
    }

    /// The wordings that meet, in order of their first places.
    fn seated(&self) -> Vec<&FirstPrinting> {
        let mut seated: Vec<&FirstPrinting> = self.first.values().collect();
        seated.sort_unstable();
        seated.truncate(SEATS);
        seated
    }
}

/// Finds the links of meetings, one after the other. What it remembers saves work and changes nothing: pairs meet
/// under many fingerprints.
///
/// ```
/// use quotetrace::matching::{FirstPrinting, Frequencies, Meeting, Partial, Printing, Reducer};
/// use quotetrace::quotation::Kind;
/// use quotetrace::Span;
///
/// let mut meeting = Meeting::default();
/// let texts = ["We kept the ferry running all winter, and not one crossing was cancelled.", "not one crossing was canceled"];
/// for (document, text) in ["ledger", "courier"].into_iter().zip(texts) {
///     meeting.add(FirstPrinting::of(&Printing::new(document, 0, Kind::Direct, Span::new(0, text.len()), text)));
/// }
/// let mut partial = Partial::new();
/// partial.extend(Reducer::new(Frequencies::background()).links(&meeting));
/// assert_eq!(partial.links(), 1);
/// ```
pub struct Reducer<'t> {
    table: &'t Frequencies,
    judge: Judge,
    verdicts: HashMap<(u64, u64), Option<Linked>>,
    readings: HashMap<u64, Rc<Reading>>,
}

impl<'t> Reducer<'t> {
    /// A reducer whose verdicts depend on `table`.
    #[must_use]
    pub fn new(table: &'t Frequencies) -> Self {
        Self { table, judge: Judge::default(), verdicts: HashMap::new(), readings: HashMap::new() }
    }

    /// The links between those that meet, each once, in order. O(n²) for the n ≤ 121 that do.
    pub fn links(&mut self, meeting: &Meeting) -> Vec<Linked> {
        self.links_of(meeting.seated())
    }

    /// The same of wordings that an engine has brought together: each once, at its first place, in order. No more of
    /// them than meet are looked at.
    pub fn links_of<'p>(&mut self, first: impl IntoIterator<Item = &'p FirstPrinting>) -> Vec<Linked> {
        let first = first.into_iter().take(SEATS);
        let seated: Vec<(u64, Rc<Reading>)> =
            first.map(|printing| (printing.wording, self.read(printing))).collect();
        let mut found = BTreeSet::new();
        for (at, (wording, reading)) in seated.iter().enumerate() {
            for (other, theirs) in seated.iter().skip(at + 1) {
                found.extend(self.verdict((*wording, reading), (*other, theirs)));
            }
        }
        found.into_iter().collect()
    }

    fn read(&mut self, printing: &FirstPrinting) -> Rc<Reading> {
        if self.readings.len() >= READINGS {
            self.readings.clear();
        }
        let table = self.table;
        let read = || Rc::new(Reading::of(&printing.text, table));
        Rc::clone(self.readings.entry(printing.wording).or_insert_with(read))
    }

    fn verdict(&mut self, a: (u64, &Reading), b: (u64, &Reading)) -> Option<Linked> {
        let pair = (a.0.min(b.0), a.0.max(b.0));
        if let Some(known) = self.verdicts.get(&pair) {
            return *known;
        }
        if self.verdicts.len() >= REMEMBERED {
            self.verdicts.clear();
        }
        let link = self.judge.verdict(a.1, b.1, self.table);
        let linked = link.and_then(|link| Linked::new(a.0, b.0, &link));
        self.verdicts.insert(pair, linked);
        linked
    }
}

/// The wordings of `printings`, each once, at its first place: what a mapper sends out. In order of the places.
#[must_use]
pub fn first_printings(printings: &[Printing]) -> Vec<FirstPrinting> {
    let mut first: BTreeMap<u64, FirstPrinting> = BTreeMap::new();
    for printing in printings.iter().map(FirstPrinting::of) {
        let known = first.entry(printing.wording).or_insert_with(|| printing.clone());
        if printing < *known {
            *known = printing;
        }
    }
    let mut first: Vec<FirstPrinting> = first.into_values().collect();
    first.sort_unstable();
    first
}

#[cfg(test)]
mod tests {
    use super::super::{Partial, gather, gather_linked, merge, oracle};
    use super::*;
    use crate::quotation::Kind;

    fn printings(seed: u64, count: usize) -> Vec<Printing> {
        let texts = oracle::collection(seed, count);
        let print = |(at, text): (usize, &String)| {
            Printing::new(format!("d{:03}", at * 7 % 101), at, Kind::Direct, Span::new(0, text.len()), text)
        };
        texts.iter().enumerate().map(print).collect()
    }

    /// The links as so many threads find them, the fingerprints dealt out among them, the printings in another order.
    fn found(printings: &[Printing], workers: u64) -> Partial {
        let table = Frequencies::background();
        let mut meetings: BTreeMap<u64, Meeting> = BTreeMap::new();
        for printing in printings.iter().rev() {
            let first = FirstPrinting::of(printing);
            for print in first.fingerprints() {
                meetings.entry(print).or_default().add(first.clone());
            }
        }
        let meetings = &meetings;
        let share = move |worker: u64| {
            let mut reducer = Reducer::new(table);
            let mut partial = Partial::new();
            for (_, meeting) in meetings.iter().filter(|(print, _)| **print % workers == worker) {
                partial.extend(reducer.links(meeting));
            }
            partial
        };
        std::thread::scope(|threads| {
            let shares: Vec<_> = (0..workers).map(|worker| threads.spawn(move || share(worker))).collect();
            shares.into_iter().map(|share| share.join().unwrap()).fold(Partial::new(), merge)
        })
    }

    #[test]
    fn links_found_elsewhere_give_the_utterances_of_one_process() {
        let table = Frequencies::background();
        for (seed, count) in (0..60).map(|seed| (seed, 30)).chain([(900, 400), (901, 1500)]) {
            let printings = printings(seed, count);
            let expected = gather(&printings, table);
            if count > 1000 {
                assert!(!expected.1.is_empty(), "the limits are hit");
            }
            let bytes = serde_json::to_string(&expected).unwrap();
            for workers in [1, 2, 8] {
                let gathered = gather_linked(&printings, table, found(&printings, workers));
                assert_eq!(serde_json::to_string(&gathered).unwrap(), bytes, "{seed}, {workers} threads");
            }
        }
    }

    #[test]
    fn a_bucket_holds_the_first_whatever_comes_and_in_whatever_order() {
        let print = |at: usize| {
            let text = format!("the {at} lanterns of the harbour");
            FirstPrinting::of(&Printing::new(format!("d{at:04}"), 0, Kind::Direct, Span::new(0, 9), &text))
        };
        let mut forward = Meeting::default();
        let mut backward = Meeting::default();
        for at in 0..1000 {
            forward.add(print(at));
            backward.add(print(999 - at));
            assert!(forward.first.len() < 2 * SEATS && backward.first.len() < 2 * SEATS);
        }
        let documents = |meeting: &Meeting| -> Vec<String> {
            meeting.seated().iter().map(|printing| printing.document.clone()).collect()
        };
        assert_eq!(documents(&forward).len(), SEATS);
        assert_eq!(documents(&forward), documents(&backward));
    }
}
