//! Names found by how they begin: most tokens begin none, and one look at a small filter of first words tells so.

use std::cmp::Reverse;
use std::ops::Range;

use crate::text::{Lookup, Text, Token};

/// Bits of the filter, a power of two; twenty for each first word of the shipped names.
const BITS: u64 = 1 << 16;

/// Finds a set of names in a text: whole tokens, case-sensitive, the first and then the longest of those that overlap.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    names: Vec<String>,
    /// The bits of all first words.
    filter: Vec<u64>,
    /// By opening the places in `order` of the names that have it.
    openings: Lookup<(u32, u32)>,
    /// The names by their openings, the longest first.
    order: Vec<u32>,
}

impl Finder {
    /// Of these names; a name is then known by its place among them.
    pub(super) fn new(names: Vec<String>) -> Self {
        let mut finder = Self { names, filter: vec![0; (BITS / 64) as usize], ..Self::default() };
        let mut openings: Vec<(u64, Reverse<usize>, u32)> = Vec::new();
        for (index, name) in finder.names.iter().enumerate() {
            // The stop of “Inc.” is its own token at the end of a sentence only.
            let within = format!("{name} x");
            for text in [Text::new(name), Text::new(&within)] {
                let mut inside = text.tokens().iter().filter(|token| token.span().end <= name.len());
                let Some(first) = inside.next().map(first_word) else { continue };
                let opening = inside.next().map_or(first, |second| with_second(first, second));
                openings.push((opening, Reverse(name.len()), index as u32));
                if let Some(bits) = finder.filter.get_mut((first % BITS / 64) as usize) {
                    *bits |= 1 << (first % 64);
                }
            }
        }
        openings.sort_unstable();
        openings.dedup();
        for same in openings.chunk_by(|a, b| a.0 == b.0) {
            let start = finder.order.len() as u32;
            finder.order.extend(same.iter().map(|(.., name)| *name));
            let end = finder.order.len() as u32;
            same.iter()
                .take(1)
                .for_each(|(opening, ..)| finder.openings.change(*opening, |names| *names = (start, end)));
        }
        finder
    }

    /// Every name in `text`, left to right, without overlap: its tokens and which it is. O(tokens), times the
    /// number of names that begin with the same two words.
    pub(super) fn find<'a>(&'a self, text: &'a Text<'_>) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut free = 0;
        text.tokens().iter().enumerate().filter_map(move |(at, token)| {
            let first = first_word(token);
            if !self.opens(first) || at < free {
                return None;
            }
            let two = text.token(at + 1).map_or(first, |second| with_second(first, second));
            let (end, name) = self.at(text, at, two).or_else(|| self.at(text, at, first))?;
            free = end;
            Some((at..end, name))
        })
    }

    /// Whether a name may have this first word: most tokens are told so that they begin none.
    fn opens(&self, first: u64) -> bool {
        self.filter.get((first % BITS / 64) as usize).is_some_and(|bits| bits >> (first % 64) & 1 == 1)
    }

    /// The longest name with this opening that stands at the token `at`: one past its last token, and which it is.
    fn at(&self, text: &Text<'_>, at: usize, opening: u64) -> Option<(usize, usize)> {
        let (first, last) = self.openings.get(opening)?;
        let same = self.order.get(first as usize..last as usize)?;
        let start = text.token(at)?.span().start;
        let rest = text.raw().get(start..)?;
        same.iter().map(|name| *name as usize).find_map(|name| {
            let printed = self.names.get(name).filter(|printed| rest.starts_with(printed.as_str()))?;
            let here = text.tokens().get(at..)?.iter();
            let inside = here.take_while(|token| token.span().end < start + printed.len()).count();
            let last = text.token(at + inside)?;
            (last.span().end == start + printed.len()).then_some((at + inside + 1, name))
        })
    }
}

/// How a name begins, as a number: its first word and whether that has a capital.
fn first_word(first: &Token) -> u64 {
    first.key().rotate_left(u32::from(first.is_capitalised()))
}

/// The same with its second word.
fn with_second(first: u64, second: &Token) -> u64 {
    first ^ second.key().rotate_left(17)
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
