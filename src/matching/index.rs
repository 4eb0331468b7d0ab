//! All quotations known, and which of them are the same words.

use super::candidates::{Candidates, Found, Hits, IndexLimits, Search};
use super::common::sketch;
use super::fingerprint::{Gram, as_they_come, grams, shared};
use super::forms::Forms;
use super::frequency::Frequencies;
use super::partial::Partial;
use super::postings::Postings;
use super::resolve::{self, Edge};
use super::sequence::{Sequence, pack};
use super::verdict::{Aligner, Shape, is_telling, judge, least_evidence, least_grams};
use super::vocabulary::Vocabulary;
use super::words::{self, Word, form_hash};
use crate::limits::Notice;

/// Where a quotation stands in a [`QuoteIndex`]: given out by [`QuoteIndex::insert`], of no meaning elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u32);

impl Slot {
    /// Its number: the first quotation inserted has nought, the next one, and so on.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Quotations that are the same words: one utterance, or what assembly makes more than one of.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// Made from the words of its longest quotation, never from the order of arrival.
    pub id: u64,
    /// Its quotations, in order of their slots; at least one.
    pub members: Vec<Slot>,
    /// How well each of them fits, in the same order.
    pub fits: Vec<Fit>,
}

/// How well a quotation fits the group that it is in, against the other groups that it could be in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Fit {
    /// The evidence, in nats, for the group that fits best; nought for the quotation that a group began with.
    pub evidence: f32,
    /// The evidence for the second best; nought if there is none.
    pub second: f32,
    /// The two are so near that it has joined neither.
    pub ambiguous: bool,
}

impl Fit {
    /// How much better the best group fits than the second best, in nats.
    #[must_use]
    pub fn margin(&self) -> f32 {
        self.evidence - self.second
    }
}

/// An index of quotations: takes them in one by one, finds for each the known ones that are the same words, and
/// groups them.
///
/// Verdicts depend on the pair and the table of frequencies; groups are a function of the set of verdicts. So the
/// order of insertion changes nothing, and removing undoes inserting, as long as no limit is hit, which
/// [`notices`](Self::notices) tells.
///
/// ```
/// use quotetrace::matching::{Frequencies, QuoteIndex};
///
/// let mut index = QuoteIndex::new(Frequencies::background().clone());
/// let statement = index.insert("We kept the ferry running all winter, and not one crossing was cancelled.");
/// let other = index.insert("The harbour levy pays for dredging, and for nothing else whatsoever.");
/// let fragment = index.insert("not one crossing was cancelled");
///
/// let groups = index.groups();
/// assert_eq!(groups.len(), 2);
/// assert!(groups.iter().any(|group| group.members == [statement, fragment]));
/// index.remove(fragment);
/// assert!(index.groups().iter().all(|group| group.members.len() == 1));
/// # let _ = other;
/// ```
#[derive(Clone, Debug)]
pub struct QuoteIndex {
    frequencies: Frequencies,
    limits: IndexLimits,
    /// The form of each slot; [`GONE`] after removal.
    slots: Vec<u32>,
    forms: Forms,
    postings: Postings,
    vocabulary: Vocabulary,
    edges: Vec<Edge>,
    hits: Hits,
    /// The verdicts that were given elsewhere, all of them: then none is given here.
    links: Option<Partial>,
    scratch: Scratch,
}

const GONE: u32 = u32::MAX;

/// Memory kept between insertions.
#[derive(Clone, Debug, Default)]
struct Scratch {
    words: Vec<Word>,
    told: Vec<u8>,
    ground: Vec<u8>,
    packed: Vec<u32>,
    grams: Vec<Gram>,
    search: Search,
    aligner: Aligner,
}

impl QuoteIndex {
    /// An empty index whose verdicts will depend on `frequencies`.
    #[must_use]
    pub fn new(frequencies: Frequencies) -> Self {
        Self {
            frequencies,
            limits: IndexLimits::DEFAULT,
            slots: Vec::new(),
            forms: Forms::default(),
            postings: Postings::default(),
            vocabulary: Vocabulary::default(),
            edges: Vec::new(),
            hits: Hits::default(),
            links: None,
            scratch: Scratch::default(),
        }
    }

    /// With other limits.
    #[must_use]
    pub const fn with_limits(mut self, limits: IndexLimits) -> Self {
        self.limits = limits;
        self
    }

    /// With the verdicts that were given elsewhere, on every pair that this index will ask about.
    #[must_use]
    pub(super) fn with_links(mut self, links: Partial) -> Self {
        self.links = Some(links);
        self
    }

    /// The table that its verdicts depend on.
    #[must_use]
    pub const fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// How many quotations it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.iter().filter(|form| **form != GONE).count()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in a quotation: its words, with or without the outer marks. O(words + postings looked at), and for each
    /// candidate weighed the words of the two; how many there are of both is bounded by the [`IndexLimits`].
    pub fn insert(&mut self, text: &str) -> Slot {
        self.take_in(text, true)
    }

    /// Takes in a quotation to be a candidate for others, without links of its own. O(words).
    pub(crate) fn hold(&mut self, text: &str) -> Slot {
        self.take_in(text, false)
    }

    fn take_in(&mut self, text: &str, is_linked: bool) -> Slot {
        let slot = Slot(self.slots.len() as u32);
        let mut scratch = std::mem::take(&mut self.scratch);
        words::read(text, &mut scratch.words);
        self.frequencies.weigh(&scratch.words, &mut scratch.told, &mut scratch.ground);
        let form = self.form(text, is_linked, &mut scratch);
        self.slots.push(form);
        self.scratch = scratch;
        slot
    }

    /// Takes a quotation out again: what it alone linked falls apart. A slot that is gone stays gone.
    ///
    /// Its slot, its wording and its words stay in memory, and so do its links until the groups are asked for; of the
    /// lists of who has which words it is taken out. An index that loses as much as it takes in is best made anew now
    /// and then, as [`Watch`](crate::Watch) does.
    pub fn remove(&mut self, slot: Slot) {
        let Some(entry) = self.slots.get_mut(slot.index()) else { return };
        let form = std::mem::replace(entry, GONE);
        if !self.forms.unprint(form) {
            return;
        }
        let Scratch { words, told, ground, grams: list, .. } = &mut self.scratch;
        self.vocabulary.read(self.forms.sequence(form), words);
        self.frequencies.weigh(words, told, ground);
        grams(words, told, ground, list);
        for gram in list {
            self.postings.remove(gram.key, form);
        }
    }

    /// The form of the words just read: a known one, or a new one with its links, if it is to have any.
    fn form(&mut self, text: &str, is_linked: bool, scratch: &mut Scratch) -> u32 {
        let hash = form_hash(&scratch.words);
        if !is_telling(&scratch.told) {
            return self.forms.push(hash, &[], 0);
        }
        if let Some(found) = self.forms.find(hash) {
            self.forms.print(found);
            return found;
        }
        self.vocabulary.touch(&scratch.words);
        scratch.packed.clear();
        for (word, &told) in scratch.words.iter().zip(&scratch.told) {
            scratch.packed.push(pack(self.vocabulary.learn(text, word), word, told));
        }
        let form = self.forms.push(hash, &scratch.packed, sketch(&scratch.words, &scratch.ground));
        as_they_come(&scratch.words, &scratch.told, &scratch.ground, &mut scratch.grams);
        self.postings.reserve(scratch.grams.len());
        if is_linked {
            self.link(form, scratch);
        } else {
            scratch.search.find_places(&self.postings, &scratch.grams);
        }
        for place in &scratch.search.places {
            self.postings.push(place.at(), place.key(), form);
        }
        form
    }

    /// Finds the candidates of a new form and weighs them; leaves the places of its grams in the scratch.
    fn link(&mut self, form: u32, scratch: &mut Scratch) {
        let Scratch { grams: list, search, aligner, .. } = scratch;
        let about = (self.forms.told(form), self.forms.sketch(form));
        let mut hit = search.look(list, about, &self.postings, &self.forms, &self.limits);
        let (ours, least) = (self.forms.sequence(form), least_evidence(&self.frequencies));
        aligner.read(ours);
        hit.candidates = search.rank(aligner, least, &self.forms, &self.limits);
        self.hits.add(hit);
        for &Found { form: other, vote, .. } in &search.found {
            if let Some(links) = &self.links {
                let named = |form| (form, self.forms.hash(form));
                self.edges.extend(links.edge(named(form), named(other)));
                continue;
            }
            // With some grams not asked for, the votes are no more than an estimate; the verdict is of the pair alone.
            let theirs = self.forms.sequence(other);
            let least_shared = least_grams(self.forms.told(form), self.forms.told(other));
            let unsure = (hit.postings && vote < least_shared).then_some(least_shared);
            // Most pairs can't share enough, and are not aligned to be told so. Words that share a number tell by it what
            // another word does.
            let may_share =
                |least| self.vocabulary.sharing() > 0 || aligner.neighbours(ours, theirs) >= least;
            if !unsure.is_none_or(may_share) {
                continue;
            }
            let weight = aligner.weigh(ours, theirs, least, &self.vocabulary);
            if let Some(weight) = weight
                && let Some(shape) = judge(&weight, least)
                && unsure.is_none_or(|least| self.shared(form, other) >= least)
            {
                let (contained, same) = (shape == Shape::Contained, weight.is_same());
                self.edges.push(Edge { a: form, b: other, evidence: weight.evidence, contained, same });
            }
        }
    }

    /// What grams two forms have in common, as [`verify`](super::verify) counts them; it is no less than the vote.
    fn shared(&self, form: u32, other: u32) -> u32 {
        let grams_of = |form: u32| {
            let (mut words, mut told, mut ground, mut list) =
                (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            self.vocabulary.read(self.forms.sequence(form), &mut words);
            self.frequencies.weigh(&words, &mut told, &mut ground);
            grams(&words, &told, &ground, &mut list);
            list
        };
        shared(&grams_of(form), &grams_of(other))
    }

    /// The known wordings that may be the same words as `text`, the likeliest first, as [`insert`](Self::insert) would
    /// weigh them: what [`verify`](super::verify) is then asked about. Changes nothing. O(words + postings looked at).
    #[must_use]
    pub fn candidates(&self, text: &str) -> Candidates {
        let Scratch { mut words, mut told, mut ground, mut grams, mut search, mut aligner, .. } =
            Scratch::default();
        words::read(text, &mut words);
        self.frequencies.weigh(&words, &mut told, &mut ground);
        if !is_telling(&told) {
            return Candidates::default();
        }
        as_they_come(&words, &told, &ground, &mut grams);
        let packed: Vec<u32> = words
            .iter()
            .zip(&told)
            .map(|(word, &told)| pack(self.vocabulary.find(word.key), word, told))
            .collect();
        let ours = Sequence(&packed);
        let about = (ours.total(), sketch(&words, &ground));
        let mut hit = search.look(&grams, about, &self.postings, &self.forms, &self.limits);
        aligner.read(ours);
        let least = least_evidence(&self.frequencies);
        hit.candidates = search.rank(&mut aligner, least, &self.forms, &self.limits);
        let mut hits = Hits::default();
        hits.add(hit);
        let wordings = search.found.iter().map(|found| self.forms.hash(found.form)).collect();
        Candidates { wordings, notices: hits.notices() }
    }

    /// What names the wording of a quotation: made from its words, the same in every index, as [`Group::id`] is.
    #[must_use]
    pub fn wording(&self, slot: Slot) -> Option<u64> {
        let form = self.slots.get(slot.index())?;
        (*form != GONE).then(|| self.forms.hash(*form))
    }

    /// All quotations, grouped, in order of the groups' ids. O(quotations + links), but for sorting.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let order = self.forms.order();
        let alive = |form: u32| self.forms.is_alive(form);
        let edges: Vec<Edge> =
            self.edges.iter().filter(|edge| alive(edge.a) && alive(edge.b)).copied().collect();
        let (roots, standings) = resolve::groups(&order, &edges);
        let mut members: Vec<(u64, u32, u32)> = Vec::with_capacity(self.slots.len());
        for (slot, &form) in self.slots.iter().enumerate() {
            if let Some(&root) = roots.get(form as usize) {
                members.push((order.get(root as usize).map_or(0, |form| form.1), root, slot as u32));
            }
        }
        members.sort_unstable();
        let fit = |slot: u32| {
            let form = self.slots.get(slot as usize).copied().unwrap_or(GONE);
            let standing = standings.get(form as usize).copied().unwrap_or_default();
            Fit { evidence: standing.best, second: standing.second, ambiguous: standing.ambiguous }
        };
        let groups = members.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1));
        groups
            .map(|group| Group {
                id: group.first().map_or(0, |member| member.0),
                members: group.iter().map(|member| Slot(member.2)).collect(),
                fits: group.iter().map(|member| fit(member.2)).collect(),
            })
            .collect()
    }

    /// The limits that were hit, and how often.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = self.hits.notices();
        if self.vocabulary.sharing() > 0 {
            notices.push(Notice::new("vocabulary", self.vocabulary.sharing()));
        }
        notices
    }

    /// Bytes that the index takes, the fixed scratch memory and the table of frequencies apart.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.slots.len() * 4
            + self.forms.bytes()
            + self.postings.bytes()
            + self.vocabulary.bytes()
            + self.edges.len() * size_of::<Edge>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::oracle;
    use super::*;

    #[test]
    fn the_index_equals_the_oracle() {
        let table = Frequencies::background();
        for seed in 0..400 {
            let texts = oracle::collection(seed, 24);
            let limits = IndexLimits { postings: 100_000, candidates: 1000 };
            let mut index = QuoteIndex::new(table.clone()).with_limits(limits);
            let slots: Vec<Slot> = texts.iter().map(|text| index.insert(text)).collect();
            assert_eq!(index.notices(), [], "{seed}");
            let (expected, found) = (oracle::links(&texts, table), links(&index, &slots));
            assert_eq!(expected, found, "{seed}");
        }
    }

    /// The links between the texts of the slots, each text's own included.
    fn links(index: &QuoteIndex, slots: &[Slot]) -> Vec<(usize, usize)> {
        let form = |slot: usize| index.slots[slots[slot].index()];
        let mut found = Vec::new();
        for a in 0..slots.len() {
            for b in a + 1..slots.len() {
                let linked =
                    |x: u32, y: u32| index.edges.iter().any(|e| (e.a, e.b) == (x, y) || (e.b, e.a) == (x, y));
                if form(a) == form(b) || linked(form(a), form(b)) {
                    found.push((a, b));
                }
            }
        }
        found
    }

    fn wordings(index: &QuoteIndex, slots: &[(Slot, usize)]) -> Vec<Vec<usize>> {
        let text_of = |slot: &Slot| slots.iter().find(|(other, _)| other == slot).map(|(_, text)| *text);
        let mut groups: Vec<Vec<usize>> = index
            .groups()
            .iter()
            .map(|group| {
                let mut members: Vec<usize> = group.members.iter().filter_map(text_of).collect();
                members.sort_unstable();
                members
            })
            .collect();
        groups.sort();
        groups
    }

    #[test]
    fn the_order_of_insertion_changes_nothing_and_removal_undoes_it() {
        let table = Frequencies::background();
        for seed in 0..100 {
            let texts = oracle::collection(seed, 30);
            let mut forward = QuoteIndex::new(table.clone());
            let slots: Vec<_> = texts.iter().enumerate().map(|(n, text)| (forward.insert(text), n)).collect();
            let expected = wordings(&forward, &slots);

            let mut backward = QuoteIndex::new(table.clone());
            let extra: Vec<Slot> =
                oracle::collection(seed + 1000, 10).iter().map(|t| backward.insert(t)).collect();
            let slots: Vec<_> =
                texts.iter().enumerate().rev().map(|(n, text)| (backward.insert(text), n)).collect();
            for slot in extra {
                backward.remove(slot);
            }
            assert_eq!(wordings(&backward, &slots), expected, "{seed}");
        }
    }

    #[test]
    fn a_fragment_of_two_statements_is_ambiguous_and_says_so() {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        index.insert(
            "Dredging starts in May. A lantern on every pier, that is what we promised the harbour town.",
        );
        index.insert(
            "A lantern on every pier was his slogan, and the walrus watchers never saw one of them lit.",
        );
        let fragment = index.insert("a lantern on every pier");
        let groups = index.groups();
        let alone = groups.iter().find(|group| group.members == [fragment]).unwrap();
        assert!(alone.fits[0].ambiguous && alone.fits[0].evidence > 0.0, "{alone:?}");
        assert!(alone.fits[0].margin() < 1.0);
    }

    #[test]
    fn candidates_are_what_insertion_weighs() {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        let statement = index.insert("Dredging starts in May, and a lantern will hang on every pier.");
        index.insert("The ferry has never been late in all my years as harbour master.");
        let found = index.candidates("a lantern will hang on every pier");
        assert_eq!(found.wordings, [index.wording(statement).unwrap()]);
        assert_eq!(index.candidates("the American people"), Candidates::default());
    }

    #[test]
    fn what_tells_nothing_stands_by_itself() {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        for text in ["", "yes", "the American people", "the American people", "…", "[sic]"] {
            index.insert(text);
        }
        assert_eq!(index.groups().len(), 6);
    }

    #[test]
    fn a_fragment_has_one_parent_and_a_stock_phrase_none() {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        index.insert(
            "We kept the ferry running and will always be a welcoming harbour town for walrus watchers.",
        );
        index.insert(
            "Dredging pays, in my own view, and will always be a welcoming harbour town, levy or no levy.",
        );
        index.insert("will always be a welcoming harbour town");
        index.insert("harbour town for walrus watchers");
        let sizes: Vec<usize> = {
            let mut sizes: Vec<usize> = index.groups().iter().map(|group| group.members.len()).collect();
            sizes.sort_unstable();
            sizes
        };
        assert_eq!(sizes, [1, 1, 2]);
    }

    #[test]
    fn a_million_copies_cost_no_more_than_one() {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        for _ in 0..100_000 {
            index.insert("We kept the ferry running all winter long, and not one crossing was cancelled.");
        }
        assert_eq!(index.groups().len(), 1);
        assert_eq!(index.forms.len(), 1);
    }
}
