//! The index against all pairs: whatever is put in, taken out and put in again, in whatever order, its groups are those
//! of the verdicts on every pair of what is left, however many workers gave them and in whatever order they are merged.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use quotetrace::Span;
use quotetrace::matching::{
    Frequencies, IndexLimits, Op, Partial, QuoteIndex, Slot, align, changes, fingerprints, merge, place, verify,
};

/// A step in the life of an index.
#[derive(Arbitrary, Debug)]
enum Step {
    Add(Vec<Piece>),
    /// What was added as the so-manieth.
    Remove(u8),
    /// The same words again.
    Again(u8),
}

/// What quotations are made of: words that many share, parts of others, and whatever strangers write.
#[derive(Arbitrary, Debug)]
enum Piece {
    Word(u8),
    Part { of: u8, from: u8, to: u8 },
    Any(String),
    Put(u8),
}

#[derive(Arbitrary, Debug)]
struct Life {
    steps: Vec<Step>,
    workers: u8,
    backward: bool,
}

const WORDS: &[&str] = &[
    "the", "harbour", "ferry", "we", "will", "not", "levy", "dredging", "of", "and", "to", "mayor", "winter", "crossing",
    "is", "walrus", "a", "town", "lantern", "pays", "for", "council", "vote", "in", "tide", "ropes", "gas", "emissions",
    "greenhouse", "people", "American", "united", "states", "can't", "it's", "budget", "school", "teachers", "strike",
    "ladder", "cancelled", "canceled", "2,000", "two", "U.S.", "ninety-nine", "Straße", "würde", "jamais", "ﬁnal",
];
const PUT: &[&str] = &["…", "...", "[the company]", "[sic]", "[", "]", ". . .", "—", "“", "”", "’s", "\u{200b}", ".", "?"];

/// So many texts at the most: all pairs are asked about.
const MOST: usize = 20;

fn text_of(pieces: &[Piece], texts: &[String]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for piece in pieces.iter().take(80) {
        match piece {
            Piece::Word(number) => words.push(WORDS[usize::from(*number) % WORDS.len()]),
            Piece::Put(number) => words.push(PUT[usize::from(*number) % PUT.len()]),
            Piece::Any(any) => words.push(any),
            Piece::Part { of, from, to } => {
                let Some(other) = texts.get(usize::from(*of) % texts.len().max(1)) else { continue };
                let all: Vec<&str> = other.split(' ').collect();
                let (from, to) = (usize::from(*from) % (all.len() + 1), usize::from(*to) % (all.len() + 1));
                words.extend(&all[from.min(to)..from.max(to)]);
            }
        }
    }
    words.truncate(400);
    words.join(" ")
}

fuzz_target!(|life: Life| {
    let table = Frequencies::background();
    let mut limits = IndexLimits::DEFAULT;
    (limits.postings, limits.candidates) = (100_000, 1000);
    let mut index = QuoteIndex::new(table.clone()).with_limits(limits);
    let mut texts: Vec<String> = Vec::new();
    let mut slots: Vec<Option<Slot>> = Vec::new();
    for step in life.steps.iter().take(2 * MOST) {
        match step {
            Step::Remove(number) if !slots.is_empty() => {
                let at = usize::from(*number) % slots.len();
                if let Some(slot) = slots[at].take() {
                    index.remove(slot);
                    index.remove(slot);
                }
            }
            Step::Remove(_) => {}
            Step::Add(_) | Step::Again(_) if texts.len() == MOST => {}
            Step::Add(pieces) => {
                let text = text_of(pieces, &texts);
                let candidates = index.candidates(&text);
                slots.push(Some(index.insert(&text)));
                texts.push(text);
                assert!(candidates.notices.is_empty());
            }
            Step::Again(number) => {
                let Some(text) = texts.get(usize::from(*number) % texts.len().max(1)).cloned() else { continue };
                slots.push(Some(index.insert(&text)));
                texts.push(text);
            }
        }
    }
    if !index.notices().is_empty() {
        return;
    }

    // The groups, by the numbers of the texts.
    let alive: Vec<usize> = (0..texts.len()).filter(|at| slots[*at].is_some()).collect();
    assert_eq!(index.len(), alive.len());
    let number = |slot: &Slot| slots.iter().position(|other| *other == Some(*slot)).expect("a slot that is there");
    let mut found: Vec<(u64, Vec<String>)> = Vec::new();
    for group in index.groups() {
        assert_eq!(group.members.len(), group.fits.len());
        let mut members: Vec<String> = group.members.iter().map(|slot| format!("q{:03}", number(slot))).collect();
        members.sort_unstable();
        found.push((group.id, members));
    }
    found.sort_unstable();

    // All pairs, by several workers.
    let mut workers: Vec<Partial> = vec![Partial::new(); usize::from(life.workers % 4) + 1];
    let mut turn = 0;
    let count = workers.len();
    for (place, &a) in alive.iter().enumerate() {
        workers[turn % count].insert(&format!("q{a:03}"), &texts[a], table);
        turn += 1;
        for &b in &alive[place + 1..] {
            let link = verify(&texts[a], &texts[b], table);
            let back = verify(&texts[b], &texts[a], table);
            assert_eq!(link.is_some(), back.is_some(), "a verdict has no direction");
            let Some(link) = link else { continue };
            let shared = fingerprints(&texts[a]);
            let met = fingerprints(&texts[b]).iter().any(|print| shared.contains(print));
            // Those of the same words need not meet: they have one name.
            assert!(met || slots[a].map(|slot| index.wording(slot)) == slots[b].map(|slot| index.wording(slot)), "linked and never met");
            for [left, right] in &link.runs {
                assert!(left.of(&texts[a]).is_some() && right.of(&texts[b]).is_some());
            }
            workers[turn % count].link(&texts[a], &texts[b], &link);
            turn += 1;
        }
    }
    if life.backward {
        workers.reverse();
    }
    let whole = workers.into_iter().fold(Partial::new(), merge);
    assert_eq!(whole.groups(), found, "the index equals the oracle");

    // The way from one wording to another is whole.
    if let [a, b, ..] = texts.as_slice() {
        let keys = |text: &str| quotetrace::text::Normal::new(text).keys().collect::<Vec<u64>>();
        let _ = align(&keys(a), &keys(b), &[]);
        if let Some(placed) = place(a, b) {
            assert!(placed.at.of(a).is_some());
            let printed: String = placed.edits.iter().map(|edit| edit.text.as_str()).collect();
            assert_eq!(printed, *b, "the edits give the printing");
            let mut at = placed.at.start;
            for edit in &placed.edits {
                assert!(edit.at.start == at && edit.at.of(a).is_some(), "the edits cover the wording in order");
                assert!(edit.op != Op::Insert || edit.at.is_empty());
                at = edit.at.end;
            }
            assert_eq!(placed.at, Span::new(placed.at.start, at));
            let _ = changes(a, &placed.edits);
        }
    }
});
