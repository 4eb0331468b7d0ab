//! A first look at an article's text: has it enough of a claim's words to be read at all?

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::{Text, TokenKind};

/// How many of the claim's words are looked for, the longest first.
const WORDS: usize = 64;
/// The shortest word that is looked for: shorter ones are in every text.
const LETTERS: usize = 3;

/// Looks for many words of a claim at once, in one pass over the bytes of a text (A. V. Aho and M. J. Corasick,
/// *Efficient string matching*, 1975).
pub(super) struct Glance {
    words: AhoCorasick,
    count: usize,
    /// How many of them must be there, so that half of all the claim's words may be.
    least: usize,
}

impl Glance {
    /// For a claim with `distinct` different words; `None` where its words tell too little to pass any text over.
    pub(super) fn new(claim: &str, distinct: usize) -> Option<Self> {
        let read = Text::new(claim);
        let is_plain =
            |word: &&str| word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let tokens = read.tokens().iter().filter(|token| token.kind() == TokenKind::Word);
        let mut words: Vec<String> = tokens
            .map(|token| token.span().text(claim))
            .filter(is_plain)
            .map(str::to_ascii_lowercase)
            .collect();
        words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        words.dedup();
        words.truncate(WORDS);
        let others = distinct.saturating_sub(words.len());
        let least = distinct.div_ceil(2).checked_sub(others).filter(|least| *least > 0)?;
        let count = words.len();
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(words)
            .ok()?;
        Some(Self { words, count, least })
    }

    /// Whether a text may have half of the claim's words; one that has them is never passed over. One pass over its
    /// bytes, which ends as soon as enough is found.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        if !text.is_ascii() && text.chars().any(is_disguise) {
            return true;
        }
        let (mut seen, mut left) = (vec![false; self.count], self.least);
        // Overlapping, so that no word hides in another; the words are few, and each is counted once.
        for found in self.words.find_overlapping_iter(text) {
            if let Some(seen) = seen.get_mut(found.pattern().as_usize()).filter(|seen| !**seen) {
                *seen = true;
                left -= 1;
                if left == 0 {
                    return true;
                }
            }
        }
        false
    }
}

/// Whether a character may hide inside a word, or stand for ASCII letters.
const fn is_disguise(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{17f}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{212a}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{1d400}'..='\u{1d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = "We will keep the ferry running all winter long";

    fn glance() -> Glance {
        Glance::new(CLAIM, 9).unwrap()
    }

    #[test]
    fn a_text_with_half_of_the_words_is_read() {
        assert!(glance().may_hold("KEEP it RUNNING, the FERRY, all winter"));
        assert!(glance().may_hold(&format!("x {CLAIM} y")));
    }

    #[test]
    fn a_text_with_fewer_is_passed_over() {
        assert!(!glance().may_hold("The dam holds, and the bridge will stay."));
        assert!(!glance().may_hold(""));
    }

    #[test]
    fn words_with_something_hidden_in_them_are_read() {
        assert!(glance().may_hold("ke\u{200b}ep ferr\u{ad}y runn\u{200b}ing wi\u{2060}nter"));
    }

    #[test]
    fn a_claim_of_short_words_passes_nothing_over() {
        assert!(Glance::new("it is so on us", 5).is_none());
    }
}
