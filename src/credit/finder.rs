//! Names found by how they begin: most tokens begin none, and one look at a small filter tells so.

use std::cmp::Reverse;
use std::ops::Range;

use crate::text::{Text, Token};

/// Bits of the filter, a power of two; sixteen for each of the shipped names.
const BITS: u64 = 1 << 16;

/// Finds a set of names in a text: whole tokens, case-sensitive, the first and then the longest of those that overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    names: Vec<String>,
    /// The bits of all openings.
    filter: Vec<u64>,
    /// By opening the names that have it, the longest first.
    openings: Vec<(u64, Reverse<usize>, u32)>,
}

impl Finder {
    /// Of these names; a name is then known by its place among them.
    pub(super) fn new(names: Vec<String>) -> Self {
        let mut finder = Self { names, filter: vec![0; (BITS / 64) as usize], openings: Vec::new() };
        for (index, name) in finder.names.iter().enumerate() {
            // The stop of “Inc.” is its own token at the end of a sentence only.
            let within = format!("{name} x");
            for text in [Text::new(name), Text::new(&within)] {
                let first = text.token(0).copied();
                let second = text.token(1).filter(|token| token.span().end <= name.len());
                if let Some(first) = first.filter(|token| token.span().end <= name.len()) {
                    let opening = opening(first, second.copied());
                    finder.openings.push((opening, Reverse(name.len()), index as u32));
                }
            }
        }
        finder.openings.sort_unstable();
        finder.openings.dedup();
        for (opening, ..) in &finder.openings {
            if let Some(bits) = finder.filter.get_mut((opening % BITS / 64) as usize) {
                *bits |= 1 << (opening % 64);
            }
        }
        finder
    }

    /// Every name in `text`, left to right, without overlap: its tokens and which it is. O(tokens), times the
    /// number of names that begin with the same two words.
    pub(super) fn find<'a>(&'a self, text: &'a Text<'_>) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut free = 0;
        text.tokens().iter().enumerate().filter_map(move |(at, token)| {
            if at < free {
                return None;
            }
            let two = opening(*token, text.token(at + 1).copied());
            let (end, name) = self.at(text, at, two).or_else(|| self.at(text, at, opening(*token, None)))?;
            free = end;
            Some((at..end, name))
        })
    }

    /// The longest name with this opening that stands at the token `at`: one past its last token, and which it is.
    fn at(&self, text: &Text<'_>, at: usize, opening: u64) -> Option<(usize, usize)> {
        let bits = self.filter.get((opening % BITS / 64) as usize)?;
        if bits >> (opening % 64) & 1 == 0 {
            return None;
        }
        let first = self.openings.partition_point(|(other, ..)| *other < opening);
        let same = self.openings.get(first..)?.iter().take_while(|(other, ..)| *other == opening);
        let start = text.token(at)?.span().start;
        let rest = text.raw().get(start..)?;
        same.map(|(_, _, name)| *name as usize).find_map(|name| {
            let printed = self.names.get(name).filter(|printed| rest.starts_with(printed.as_str()))?;
            let here = text.tokens().get(at..)?.iter();
            let inside = here.take_while(|token| token.span().end < start + printed.len()).count();
            let last = text.token(at + inside)?;
            (last.span().end == start + printed.len()).then_some((at + inside + 1, name))
        })
    }
}

/// How a name begins, as a number: its first word and whether that has a capital, and its second word, if any.
fn opening(first: Token, second: Option<Token>) -> u64 {
    let capital = u64::from(first.is_capitalised());
    let second = second.map_or(0, |second| second.key().rotate_left(17));
    first.key().rotate_left(capital as u32) ^ second
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 7] =
        ["Ledger", "Ledger Now", "The Ledger", "Quill & Co.", "Inc.", "Harbor’s Own", ""];

    fn found(raw: &str) -> Vec<&str> {
        let finder = Finder::new(NAMES.map(str::to_owned).to_vec());
        let text = Text::new(raw);
        finder.find(&text).map(|(tokens, _)| text.span_of(tokens).unwrap().text(raw)).collect()
    }

    #[test]
    fn the_first_and_then_the_longest_is_found() {
        assert_eq!(found("The Ledger, Ledger Now and Ledger"), ["The Ledger", "Ledger Now", "Ledger"]);
        assert_eq!(found("Ledger The Ledger Now"), ["Ledger", "The Ledger"]);
    }

    #[test]
    fn whole_words_as_printed_only() {
        assert_eq!(found("Ledgers, Ledger-Post, Ledger Nowhere, the ledger"), ["Ledger"]);
    }

    #[test]
    fn a_stop_and_an_apostrophe_may_belong_to_a_name() {
        assert_eq!(found("Harbor’s Own of Quill & Co. said"), ["Harbor’s Own", "Quill & Co."]);
        assert_eq!(found("They told Inc. It told Inc. on Friday."), ["Inc.", "Inc."]);
    }
}
