//! Bad input: bounded time, bounded memory, and a notice where a limit was hit. For tests.

use super::frequency::Frequencies;
use super::index::QuoteIndex;
use super::link::verify;

const SENTENCE: &str =
    "The harbour levy pays for dredging and for nothing else whatsoever, whatever the mayor says";

fn index() -> QuoteIndex {
    QuoteIndex::new(Frequencies::background().clone())
}

#[test]
fn copies_of_one_quotation_cost_no_memory() {
    let mut index = index();
    index.insert(SENTENCE);
    let before = index.bytes();
    for _ in 0..20_000 {
        index.insert(SENTENCE);
    }
    assert_eq!(index.groups().len(), 1);
    assert!(index.bytes() - before <= 20_000 * 4);
}

/// So many quotations that have one sentence in common.
fn sharing(count: usize) -> QuoteIndex {
    let mut index = index();
    for number in 0..count {
        index.insert(&format!("{SENTENCE}, and pier {number} lantern {} stays", number * 7919));
    }
    index
}

#[test]
fn a_sentence_that_everybody_shares_is_given_up_and_said_so() {
    let index = sharing(3000);
    let notices = index.notices();
    assert!(notices.iter().any(|notice| notice.limit == "postings" && notice.count > 1000), "{notices:?}");
    assert!(notices.iter().any(|notice| notice.limit == "candidates"), "{notices:?}");
    assert!(index.bytes() < 3000 * 2000);
}

#[test]
fn a_megabyte_is_a_quotation_like_any_other() {
    let long: String = (0..60_000).map(|n| format!("walrus {} pier{} ", n % 977, n % 3001)).collect();
    assert!(long.len() > 1_000_000);
    let mut index = index();
    index.insert(&long);
    index.insert(long.get(..long.len() - 30).unwrap());
    index.insert(long.get(500_000..500_200).unwrap());
    assert_eq!(index.groups().iter().map(|group| group.members.len()).max(), Some(3));
}

#[test]
fn one_word_without_end_is_no_square() {
    let (many, more) = ("lantern ".repeat(100_000), "lantern ".repeat(120_000));
    let _ = verify(&many, &more, Frequencies::background());
    let two = "lantern walrus ".repeat(50_000);
    let _ = verify(&two, &more, Frequencies::background());
}

#[test]
fn what_has_no_telling_word_is_taken_in_and_linked_to_nothing() {
    let mut index = index();
    for text in ["", "…", "\u{ad}", "[…]", "ferry", "the of and to a in", "it is what it is", "—", "ferry"]
    {
        index.insert(text);
    }
    assert_eq!(index.groups().len(), 9);
    assert_eq!(index.notices(), []);
}

#[test]
fn the_same_pairs_in_every_order_stay_bounded() {
    const WORDS: [&str; 6] = ["walrus", "lantern", "dredging", "harbour", "levy", "ferry"];
    let mut index = index();
    for turn in 0..1500_usize {
        let text: Vec<&str> = (0..20).map(|at| WORDS[((turn >> (at % 11)) % 6) ^ (at % 2)]).collect();
        index.insert(&text.join(" "));
    }
    assert!(index.notices().iter().any(|notice| notice.limit == "candidates" || notice.limit == "postings"));
}

#[test]
#[ignore = "a million quotations take half a minute"]
fn a_million_copies_are_one_wording() {
    let mut index = index();
    for _ in 0..1_000_000 {
        index.insert(SENTENCE);
    }
    assert_eq!(index.groups().len(), 1);
    assert!(index.bytes() < 1_000_000 * 8);
    assert_eq!(index.notices(), []);
}

#[test]
#[ignore = "a million quotations take some minutes"]
fn a_million_that_share_a_sentence_stay_bounded() {
    let index = sharing(1_000_000);
    let notices = index.notices();
    assert!(notices.iter().any(|notice| notice.limit == "postings" && notice.count > 900_000), "{notices:?}");
    assert!(index.bytes() < 1_000_000 * 1000, "{}", index.bytes());
    assert!(!index.groups().is_empty());
}
