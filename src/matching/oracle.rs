//! The slow, obvious answer that the index must equal: all pairs, full alignment. For tests.

use super::frequency::Frequencies;
use super::link::verify;

/// The pairs of texts that are linked, or of the same words.
pub(super) fn links(texts: &[String], table: &Frequencies) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (a, left) in texts.iter().enumerate() {
        for (b, right) in texts.iter().enumerate().skip(a + 1) {
            if verify(left, right, table).is_some() {
                found.push((a, b));
            }
        }
    }
    found
}

/// A small random collection: sentences of few words, so that many are shared, and fragments and variants of them.
pub(super) fn collection(seed: u64, count: usize) -> Vec<String> {
    const WORDS: [&str; 40] = [
        "the",
        "harbour",
        "ferry",
        "we",
        "will",
        "not",
        "levy",
        "dredging",
        "of",
        "and",
        "to",
        "mayor",
        "winter",
        "crossing",
        "is",
        "walrus",
        "a",
        "town",
        "lantern",
        "pays",
        "for",
        "council",
        "vote",
        "in",
        "tide",
        "ropes",
        "gas",
        "emissions",
        "greenhouse",
        "people",
        "American",
        "united",
        "states",
        "can't",
        "it's",
        "budget",
        "school",
        "teachers",
        "strike",
        "ladder",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut texts: Vec<Vec<String>> = Vec::new();
    while texts.len() < count {
        let text = if texts.is_empty() || random(3) == 0 {
            (0..6 + random(30)).map(|_| WORDS[random(WORDS.len())].to_owned()).collect()
        } else {
            let mut text = texts[random(texts.len())].clone();
            for _ in 0..=random(3) {
                let at = random(text.len());
                match random(7) {
                    0 => text.truncate((at + 1).max(4)),
                    1 => drop(text.drain(..at.min(text.len().saturating_sub(4)))),
                    2 => text[at] = WORDS[random(WORDS.len())].to_owned(),
                    3 => text.insert(at, "…".to_owned()),
                    4 => text.insert(at, "[the company]".to_owned()),
                    5 => text[at] = format!("{}e", text[at]),
                    _ => text.insert(at, WORDS[random(WORDS.len())].to_uppercase()),
                }
            }
            text
        };
        texts.push(text);
    }
    texts.into_iter().map(|text| text.join(" ")).collect()
}
