//! All quotations known, and which of them are the same words.

use super::fingerprint::{Gram, grams, shared};
use super::frequency::Frequencies;
use super::partial::Partial;
use super::postings::Postings;
use super::resolve::{self, Edge};
use super::table::Table;
use super::verdict::{Aligner, Sequence, Shape, Spelling, is_telling, judge, least_grams, told};
use super::votes::Votes;
use super::words::{self, Word};
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

/// What [`QuoteIndex::candidates`] finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidates {
    /// The wordings ([`QuoteIndex::wording`]) worth a verdict, those that share most first.
    pub wordings: Vec<u64>,
    /// The limits that were hit: there may be more.
    pub notices: Vec<Notice>,
}

/// Bounds on what one quotation may cost. Hitting one is counted ([`QuoteIndex::notices`]).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexLimits {
    /// How many postings are looked at to find candidates, rarest grams first.
    pub postings: usize,
    /// How many candidates are weighed.
    pub candidates: usize,
}

impl IndexLimits {
    /// What is used unless told otherwise.
    pub const DEFAULT: Self = Self { postings: 150, candidates: 24 };
}

impl Default for IndexLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// One wording (a normal form) of one quotation or many.
#[derive(Clone, Copy, Debug)]
struct Form {
    start: u32,
    end: u32,
    hash: u64,
    /// What its words tell, in sixteenths of a nat.
    told: u32,
    /// How many quotations have it now.
    printings: u32,
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
    forms: Vec<Form>,
    keys: Vec<u32>,
    info: Vec<u8>,
    marks: Vec<u8>,
    /// Forms by the hash of their keys.
    exact: Table<u32>,
    postings: Postings,
    vocabulary: Vocabulary,
    edges: Vec<Edge>,
    full_postings: usize,
    full_candidates: usize,
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
    grams: Vec<Gram>,
    places: Vec<Place>,
    votes: Votes,
    ranked: Vec<(u32, u32)>,
    aligner: Aligner,
}

/// Where the list of a gram is.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// How many forms have the gram; the largest number if too many.
    length: usize,
    at: usize,
    gram: Gram,
}

/// How each word is spelt, for telling misspellings.
#[derive(Clone, Debug, Default)]
struct Vocabulary {
    places: Table<(u32, u32)>,
    letters: String,
}

impl Vocabulary {
    fn learn(&mut self, text: &str, word: &Word) {
        let known = self.places.entry(u64::from(word.key));
        if *known == (0, 0) && word.mark & words::SPLIT == 0 {
            let from = self.letters.len() as u32;
            words::spell(text, word, &mut self.letters);
            *known = (from, self.letters.len() as u32);
        }
    }
}

impl Spelling for Vocabulary {
    fn word(&self, _second: bool, _at: usize, key: u32) -> Option<&str> {
        let (start, end) = self.places.get(u64::from(key))?;
        self.letters.get(start as usize..end as usize)
    }
}

impl QuoteIndex {
    /// An empty index whose verdicts will depend on `frequencies`.
    #[must_use]
    pub fn new(frequencies: Frequencies) -> Self {
        Self {
            frequencies,
            limits: IndexLimits::DEFAULT,
            slots: Vec::new(),
            forms: Vec::new(),
            keys: Vec::new(),
            info: Vec::new(),
            marks: Vec::new(),
            exact: Table::new(),
            postings: Postings::default(),
            vocabulary: Vocabulary::default(),
            edges: Vec::new(),
            full_postings: 0,
            full_candidates: 0,
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

    /// Takes in a quotation: its words, with or without the outer marks. O(words + postings looked at + candidates
    /// weighed), both bounded by the [`IndexLimits`].
    pub fn insert(&mut self, text: &str) -> Slot {
        let slot = Slot(self.slots.len() as u32);
        let mut scratch = std::mem::take(&mut self.scratch);
        words::read(text, &mut scratch.words);
        self.frequencies.weigh(&scratch.words, &mut scratch.told, &mut scratch.ground);
        let form = self.form(text, &mut scratch);
        self.slots.push(form);
        self.scratch = scratch;
        slot
    }

    /// Takes a quotation out again: what it alone linked falls apart. A slot that is gone stays gone.
    pub fn remove(&mut self, slot: Slot) {
        let Some(entry) = self.slots.get_mut(slot.index()) else { return };
        let id = std::mem::replace(entry, GONE);
        let Some(form) = self.forms.get_mut(id as usize).filter(|form| form.printings > 0) else { return };
        form.printings -= 1;
        if form.printings > 0 || form.start == form.end {
            return;
        }
        self.exact.insert(form.hash, GONE);
        let mut list = std::mem::take(&mut self.scratch.grams);
        let mut ground = std::mem::take(&mut self.scratch.ground);
        self.frequencies.ground(self.sequence(id).keys, &mut ground);
        grams(self.sequence(id), &ground, &mut list);
        for gram in &list {
            self.postings.remove(gram.key, id);
        }
        (self.scratch.grams, self.scratch.ground) = (list, ground);
    }

    /// The form of the words just read: a known one, or a new one with its links.
    fn form(&mut self, text: &str, scratch: &mut Scratch) -> u32 {
        let id = self.forms.len() as u32;
        let start = self.keys.len() as u32;
        let hash = form_hash(&scratch.words);
        let telling = is_telling(&scratch.told);
        if telling {
            // Two forms of one hash differ in nothing that matters but once in 10^12 collections of this size.
            if let Some(found) = self.exact.get(hash).filter(|found| *found != GONE)
                && let Some(form) = self.forms.get_mut(found as usize)
            {
                form.printings += 1;
                return found;
            }
            for word in &scratch.words {
                self.vocabulary.learn(text, word);
            }
            self.keys.extend(scratch.words.iter().map(|word| word.key));
            self.info.extend(&scratch.told);
            self.marks.extend(scratch.words.iter().map(|word| word.mark));
            self.exact.insert(hash, id);
        }
        let end = self.keys.len() as u32;
        self.forms.push(Form { start, end, told: told(&scratch.told), hash, printings: 1 });
        if telling {
            self.link(id, scratch);
        }
        id
    }

    fn sequence(&self, form: u32) -> Sequence<'_> {
        let form = self.forms.get(form as usize);
        let range = form.map_or(0..0, |form| form.start as usize..form.end as usize);
        Sequence {
            keys: self.keys.get(range.clone()).unwrap_or_default(),
            info: self.info.get(range.clone()).unwrap_or_default(),
            marks: self.marks.get(range).unwrap_or_default(),
        }
    }

    /// Finds the candidates of a new form, weighs them, and lists its grams.
    fn link(&mut self, id: u32, scratch: &mut Scratch) {
        grams(self.sequence(id), &scratch.ground, &mut scratch.grams);
        self.postings.reserve(scratch.grams.len());
        find_places(&self.postings, &scratch.grams, &mut scratch.places);
        let hit = vote(&self.postings, &self.forms, told_of(&self.forms, id), &self.limits, scratch);
        self.full_postings += usize::from(hit.postings);
        self.full_candidates += usize::from(hit.candidates);
        let candidates = std::mem::take(&mut scratch.ranked);
        for &(_, other) in &candidates {
            // With some grams not asked for, the votes are no more than an estimate; the verdict is of the pair alone.
            if self.links.is_some() || !hit.postings || self.shares_enough(id, other, &scratch.grams) {
                self.edges.extend(self.edge(id, other, &mut scratch.aligner));
            }
        }
        scratch.ranked = candidates;
        for place in &scratch.places {
            self.postings.push(place.at, place.gram.key, id);
        }
    }

    /// Whether a form has as much of `ours`, the grams of another, as [`verify`](super::verify) asks for.
    fn shares_enough(&self, id: u32, other: u32, ours: &[Gram]) -> bool {
        let (mut ground, mut theirs) = (Vec::new(), Vec::new());
        self.frequencies.ground(self.sequence(other).keys, &mut ground);
        grams(self.sequence(other), &ground, &mut theirs);
        shared(ours, &theirs) >= least_grams(told_of(&self.forms, id), told_of(&self.forms, other))
    }

    /// The link between two forms, worked out or looked up.
    fn edge(&self, id: u32, other: u32, aligner: &mut Aligner) -> Option<Edge> {
        if let Some(links) = &self.links {
            let named = |form: u32| (form, self.forms.get(form as usize).map_or(0, |form| form.hash));
            return links.edge(named(id), named(other));
        }
        let weight = aligner.weigh(self.sequence(id), self.sequence(other), &self.vocabulary);
        let contained = judge(&weight, &self.frequencies)? == Shape::Contained;
        Some(Edge { a: id, b: other, evidence: weight.evidence, coverage: weight.coverage, contained })
    }

    /// The known wordings that may be the same words as `text`, the likeliest first, as [`insert`](Self::insert) would
    /// weigh them: what [`verify`](super::verify) is then asked about. Changes nothing. O(words + postings looked at).
    #[must_use]
    pub fn candidates(&self, text: &str) -> Candidates {
        let mut scratch = Scratch::default();
        words::read(text, &mut scratch.words);
        self.frequencies.weigh(&scratch.words, &mut scratch.told, &mut scratch.ground);
        if !is_telling(&scratch.told) {
            return Candidates::default();
        }
        let keys: Vec<u32> = scratch.words.iter().map(|word| word.key).collect();
        let marks: Vec<u8> = scratch.words.iter().map(|word| word.mark).collect();
        grams(
            Sequence { keys: &keys, info: &scratch.told, marks: &marks },
            &scratch.ground,
            &mut scratch.grams,
        );
        find_places(&self.postings, &scratch.grams, &mut scratch.places);
        let hit = vote(&self.postings, &self.forms, told(&scratch.told), &self.limits, &mut scratch);
        let hash = |&(_, form): &(u32, u32)| self.forms.get(form as usize).map(|form| form.hash);
        let wordings = scratch.ranked.iter().filter_map(hash).collect();
        Candidates { wordings, notices: notices(usize::from(hit.postings), usize::from(hit.candidates)) }
    }

    /// What names the wording of a quotation: made from its words, the same in every index, as [`Group::id`] is.
    #[must_use]
    pub fn wording(&self, slot: Slot) -> Option<u64> {
        let form = self.slots.get(slot.index())?;
        self.forms.get(*form as usize).map(|form| form.hash)
    }

    /// All quotations, grouped, in order of the groups' ids. O(quotations + links), but for sorting.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let order: Vec<(u32, u64)> =
            self.forms.iter().map(|form| (form.end - form.start, form.hash)).collect();
        let alive = |form: u32| self.forms.get(form as usize).is_some_and(|form| form.printings > 0);
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
        notices(self.full_postings, self.full_candidates)
    }

    /// Bytes that the index takes, the scratch memory apart.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.slots.len() * 4
            + self.forms.len() * size_of::<Form>()
            + self.keys.len() * 6
            + self.exact.bytes()
            + self.postings.bytes()
            + self.vocabulary.places.bytes()
            + self.vocabulary.letters.len()
            + self.edges.len() * size_of::<Edge>()
    }
}

/// Which limits were hit.
#[derive(Clone, Copy, Debug, Default)]
struct Hit {
    postings: bool,
    candidates: bool,
}

fn told_of(forms: &[Form], form: u32) -> u32 {
    forms.get(form as usize).map_or(0, |form| form.told)
}

/// Where the grams' lists are, the shortest first.
fn find_places(postings: &Postings, grams: &[Gram], places: &mut Vec<Place>) {
    places.clear();
    for gram in grams {
        let at = postings.place(gram.key);
        places.push(Place { length: postings.length(at).unwrap_or(usize::MAX), at, gram: *gram });
    }
    places.sort_unstable_by_key(|place| (place.length, place.gram.key));
}

/// Counts, rarest grams first, what each known form shares with a new one that tells `ours`; the likeliest of them
/// into `ranked`.
fn vote(postings: &Postings, forms: &[Form], ours: u32, limits: &IndexLimits, scratch: &mut Scratch) -> Hit {
    let mut hit = Hit::default();
    scratch.ranked.clear();
    let mut budget = limits.postings;
    let (mut asked, mut all) = (0, 0);
    for place in &scratch.places {
        all += place.gram.told;
        hit.postings |= place.length > budget;
        if hit.postings {
            continue;
        }
        budget -= place.length;
        asked += place.gram.told;
        for &form in postings.list(place.at) {
            scratch.votes.add(form, place.gram.told);
        }
    }
    // Of grams that were not asked for nobody has a vote: the share that a candidate needs is one of those that were.
    let least = |form: u32| match least_grams(ours, told_of(forms, form)) {
        least if hit.postings => (u64::from(least) * u64::from(asked) / u64::from(all.max(1))) as u32,
        least => least,
    };
    scratch.votes.drain(|form, vote| {
        if vote >= least(form) {
            scratch.ranked.push((vote, form));
        }
    });
    let hash = |form: u32| forms.get(form as usize).map(|form| form.hash);
    scratch.ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| hash(a.1).cmp(&hash(b.1))));
    if scratch.ranked.len() > limits.candidates {
        hit.candidates = true;
        scratch.ranked.truncate(limits.candidates);
    }
    hit
}

fn notices(postings: usize, candidates: usize) -> Vec<Notice> {
    let counted = [("postings", postings), ("candidates", candidates)];
    counted
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| Notice::new(name, count))
        .collect()
}

/// A hash of a form's words and of the marks between them.
pub(super) fn form_hash(words: &[Word]) -> u64 {
    let mix = |hash: u64, word: &Word| {
        let what = u64::from(word.key) | u64::from(word.mark) << 32;
        (hash.rotate_left(23) ^ what).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    // Below the largest number, which the table keeps for itself.
    words.iter().fold(words.len() as u64, mix) >> 1
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
