//! How a printing differs from a wording, word by word.
//!
//! Two texts are cut into words and what stands between them; the words are aligned ([`align`]); then every byte
//! of the printing is accounted for. The result reproduces the printing: the `text`s of its edits joined are the
//! printing, and their `at`s in order cover the interval of the wording that it gives.

use super::align::{Pair, align};
use super::utterance::{Edit, Op, Variant};
use crate::text::{Span, key_of};

/// Where a printing stands in a wording, and how the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placement {
    /// The interval of the wording that the printing gives.
    pub at: Span,
    /// The way from there to the printing.
    pub edits: Vec<Edit>,
    /// What the edits amount to; empty if nothing but outer punctuation differs.
    pub variants: Vec<Variant>,
}

/// Places `printing` in `wording`: the interval it gives and the edits that make one of the other.
///
/// Returns `None` if they have no word in common. Time and memory are O(n + m) for texts of the same words, and those
/// of [`align`](super::align::align) for any other: O(n · m) up to [`super::align::CELLS`] cells.
///
/// ```
/// use quotetrace::matching::{place, Op, Variant};
///
/// let wording = "We will not raise the fares this year, whatever happens.";
/// let printing = "will … raise [bus] fares this year,";
/// let placed = place(wording, printing).unwrap();
///
/// let printed: String = placed.edits.iter().map(|edit| edit.text.as_str()).collect();
/// assert_eq!(printed, printing);
/// assert_eq!(placed.at.text(wording), "will not raise the fares this year,");
/// assert_eq!(placed.variants, [Variant::Truncated, Variant::Elided, Variant::Interpolated]);
/// ```
#[must_use]
pub fn place(wording: &str, printing: &str) -> Option<Placement> {
    let (theirs, ours) = (words(wording), words(printing));
    let pairs = align(&keys(&theirs), &keys(&ours), &dots(printing, &ours));
    let (first, last) = (pairs.first()?, pairs.last()?);
    let mut writer = Writer { wording, printing, theirs: &theirs, ours: &ours, steps: Vec::new() };
    let at = writer.interval(first, last);
    writer.head(at.start, first);
    for window in pairs.windows(2) {
        if let [left, right] = window {
            writer.word(left);
            writer.gap(left, right);
        }
    }
    writer.word(last);
    writer.tail(at.end, last);
    let whole =
        !has_word(wording.get(..at.start).unwrap_or("")) && !has_word(wording.get(at.end..).unwrap_or(""));
    let text = |ours: Span| ours.text(printing);
    let edits: Vec<Edit> = writer.steps.iter().map(|&(op, at, ours)| Edit::new(op, at, text(ours))).collect();
    let variants = variants(wording, &edits, whole);
    Some(Placement { at, edits, variants })
}

/// The variants that a list of edits amounts to, in the order of [`Variant`]; `whole` says whether the printing
/// gives the wording from its first word to its last.
fn variants(wording: &str, edits: &[Edit], whole: bool) -> Vec<Variant> {
    /// Words left out without dots before the two sides count as two places of the wording.
    const SPLICE: usize = 6;
    let mut found = Vec::new();
    if !whole {
        found.push(Variant::Truncated);
    }
    let outer = |index: usize| index == 0 || index + 1 == edits.len();
    for (index, edit) in edits.iter().enumerate() {
        let worded = has_word(&edit.text) || has_word(edit.at.text(wording));
        found.extend(match edit.op {
            Op::Keep => None,
            Op::Typography if outer(index) && !worded => None,
            Op::Typography => Some(Variant::Typographic),
            Op::Elide => Some(Variant::Elided),
            Op::Bracket => Some(Variant::Interpolated),
            Op::Delete if words(edit.at.text(wording)).len() >= SPLICE => Some(Variant::Spliced),
            Op::Insert if !worded => (!outer(index)).then_some(Variant::Typographic),
            Op::Delete | Op::Insert | Op::Replace => Some(Variant::Reworded),
        });
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a text has a letter or digit.
pub(crate) fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A word: its place, and the key that says which word it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) key: u64,
}

fn keys(words: &[Word]) -> Vec<u64> {
    words.iter().map(|word| word.key).collect()
}

/// The words of a text: letters and digits with inner apostrophes; hyphens and dashes divide words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let inner = c.is_alphanumeric()
            || is_invisible(c)
            || (start.is_some()
                && matches!(c, '\'' | '’' | '.' | ',')
                && joins(c, text.get(..at).and_then(|head| head.chars().next_back()), next));
        match (inner, start) {
            (true, None) if !is_invisible(c) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { span: Span::new(from, at), key: key_of(text.get(from..at).unwrap_or("")) });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(Word { span: Span::new(from, text.len()), key: key_of(text.get(from..).unwrap_or("")) });
    }
    words
}

/// Whether `c` holds a word together: an apostrophe between letters, a stop or comma between digits.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return false };
    match c {
        '\'' | '’' => before.is_alphanumeric() && after.is_alphabetic(),
        _ => before.is_ascii_digit() && after.is_ascii_digit(),
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}')
}

/// Whether a stretch between words holds dots that stand for words left out.
fn has_ellipsis(gap: &str) -> bool {
    let mut dots = 0;
    gap.chars().any(|c| {
        dots = match c {
            '…' => 3,
            '.' => dots + 1,
            c if c.is_whitespace() => dots,
            _ => 0,
        };
        dots >= 3
    })
}

/// The indices of the words before which dots stand for words left out.
fn dots(text: &str, words: &[Word]) -> Vec<usize> {
    let gaps = words.windows(2).enumerate().filter_map(|(index, pair)| match pair {
        [left, right] => {
            has_ellipsis(Span::new(left.span.end, right.span.start).text(text)).then_some(index + 1)
        }
        _ => None,
    });
    gaps.collect()
}

struct Writer<'a> {
    wording: &'a str,
    printing: &'a str,
    theirs: &'a [Word],
    ours: &'a [Word],
    /// What was done, over which interval of the wording, and what of the printing stands there.
    steps: Vec<(Op, Span, Span)>,
}

impl Writer<'_> {
    /// The interval of the wording from the word `first` to the word `last`, with the punctuation at its ends
    /// where the printing has punctuation there too.
    fn interval(&self, first: &Pair, last: &Pair) -> Span {
        let edge = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
        let mut span = self.their(first.a).cover(self.their(last.a));
        // Other words where the wording begins, or ends, stand in place of its first, or last, ones.
        if (1..=2 * first.b).contains(&first.a) {
            span.start = 0;
        }
        let theirs_left = self.theirs.len() - 1 - last.a;
        let ours_left = self.ours.len() - 1 - last.b;
        if (1..=2 * ours_left).contains(&theirs_left) {
            span.end = self.wording.len();
        }
        if first.b == 0 && self.printing.starts_with(edge) {
            span.start =
                self.wording.get(..span.start).map_or(0, |before| before.trim_end_matches(edge).len());
        }
        if last.b + 1 == self.ours.len() && self.printing.trim_end().ends_with(edge) {
            let after = self.wording.get(span.end..).unwrap_or("");
            span.end += after.len() - after.trim_start_matches(edge).len();
        }
        span
    }

    fn their(&self, index: usize) -> Span {
        self.theirs.get(index).map_or_else(|| Span::new(self.wording.len(), self.wording.len()), |w| w.span)
    }

    fn our(&self, index: usize) -> Span {
        self.ours.get(index).map_or_else(|| Span::new(self.printing.len(), self.printing.len()), |w| w.span)
    }

    /// What stands before the first pair.
    fn head(&mut self, start: usize, first: &Pair) {
        let (theirs, ours) =
            (Span::new(start, self.their(first.a).start), Span::new(0, self.our(first.b).start));
        if first.b == 0 { self.separator(theirs, ours) } else { self.changed(theirs, ours) }
    }

    /// What stands after the last pair.
    fn tail(&mut self, end: usize, last: &Pair) {
        let theirs = Span::new(self.their(last.a).end, end);
        let ours = Span::new(self.our(last.b).end, self.printing.len());
        if last.b + 1 == self.ours.len() { self.separator(theirs, ours) } else { self.changed(theirs, ours) }
    }

    /// A pair of words: the same, but for case and apostrophes.
    fn word(&mut self, pair: &Pair) {
        self.separator(self.their(pair.a), self.our(pair.b));
    }

    /// What stands between two neighbouring pairs.
    fn gap(&mut self, left: &Pair, right: &Pair) {
        let theirs = Span::new(self.their(left.a).end, self.their(right.a).start);
        let ours = Span::new(self.our(left.b).end, self.our(right.b).start);
        let dropped = right.a - left.a > 1;
        let added = right.b - left.b > 1;
        if !dropped && !added {
            self.separator(theirs, ours);
        } else if dropped && !added && has_ellipsis(ours.text(self.printing)) {
            self.push(Op::Elide, theirs, ours);
        } else {
            // The words change; what stands between the last of them and the right pair is compared by itself.
            let their_split = if dropped { self.their(right.a - 1).end } else { theirs.start };
            let our_split =
                if added { self.our(right.b - 1).end.max(self.bracket_end(ours)) } else { ours.start };
            self.changed(Span::new(theirs.start, their_split), Span::new(ours.start, our_split));
            self.separator(Span::new(their_split, theirs.end), Span::new(our_split, ours.end));
        }
    }

    /// One past the last closing bracket within `ours`, or its start.
    fn bracket_end(&self, ours: Span) -> usize {
        ours.text(self.printing).rfind(']').map_or(ours.start, |at| ours.start + at + 1)
    }

    /// Other words, or none, in place of words, or of none.
    fn changed(&mut self, theirs: Span, ours: Span) {
        let printed = ours.text(self.printing);
        let op = if has_word(printed) && all_bracketed(printed) {
            Op::Bracket
        } else if theirs.is_empty() {
            Op::Insert
        } else if ours.is_empty() {
            Op::Delete
        } else {
            Op::Replace
        };
        self.push(op, theirs, ours);
    }

    /// Stretches that hold the same words or none.
    fn separator(&mut self, theirs: Span, ours: Span) {
        let same = theirs.text(self.wording) == ours.text(self.printing);
        let op = match (same, theirs.is_empty()) {
            (true, _) => Op::Keep,
            (false, true) => Op::Insert,
            (false, false) => Op::Typography,
        };
        self.push(op, theirs, ours);
    }

    fn push(&mut self, op: Op, at: Span, ours: Span) {
        if at.is_empty() && ours.is_empty() {
            return;
        }
        if let Some(last) = self.steps.last_mut().filter(|last| last.0 == op && op == Op::Keep) {
            (last.1.end, last.2.end) = (at.end, ours.end);
            return;
        }
        self.steps.push((op, at, ours));
    }
}

/// Whether every word of `text` stands in square brackets.
fn all_bracketed(text: &str) -> bool {
    let mut open = false;
    for c in text.chars() {
        match c {
            '[' => open = true,
            ']' => open = false,
            c if c.is_alphanumeric() && !open => return false,
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ops(wording: &str, printing: &str) -> Vec<(Op, String, String)> {
        let placed = place(wording, printing).unwrap();
        placed.edits.iter().map(|e| (e.op, e.at.text(wording).to_owned(), e.text.to_string())).collect()
    }

    fn variants_of(wording: &str, printing: &str) -> Vec<Variant> {
        place(wording, printing).unwrap().variants
    }

    #[test]
    fn the_same_words_are_one_keep() {
        assert_eq!(
            ops("The bridge is safe.", "The bridge is safe."),
            [(Op::Keep, "The bridge is safe.".into(), "The bridge is safe.".into())]
        );
    }

    #[test]
    fn a_comma_for_the_last_stop_is_no_variant() {
        assert_eq!(variants_of("The bridge is safe.", "The bridge is safe,"), []);
    }

    #[test]
    fn other_dashes_and_apostrophes_are_typographic() {
        assert_eq!(variants_of("It’s safe – we checked.", "It's safe — we checked."), [Variant::Typographic]);
    }

    #[test]
    fn a_word_dropped_put_in_or_replaced_is_reworded() {
        assert_eq!(
            ops("we will not close the old bridge", "we will close the very old ferry")
                .into_iter()
                .filter(|(op, ..)| *op != Op::Keep)
                .collect::<Vec<_>>(),
            [
                (Op::Delete, " not".into(), String::new()),
                (Op::Insert, String::new(), " very".into()),
                (Op::Replace, " bridge".into(), " ferry".into()),
            ]
        );
        assert_eq!(variants_of("we will not close it", "we will close it"), [Variant::Reworded]);
    }

    #[test]
    fn dots_are_an_elision_and_brackets_an_interpolation() {
        let wording = "He told the council on Monday that the bridge is safe";
        assert_eq!(
            variants_of(wording, "He told the council . . . that the bridge is safe"),
            [Variant::Elided]
        );
        assert_eq!(
            variants_of(wording, "[Doe] told the council on Monday that the bridge is safe"),
            [Variant::Interpolated]
        );
        assert_eq!(
            variants_of(wording, "He told the [city] council on Monday that the bridge is safe"),
            [Variant::Interpolated]
        );
    }

    #[test]
    fn texts_without_a_common_word_have_no_placement() {
        assert_eq!(place("one two", "three"), None);
        assert_eq!(place("", ""), None);
        assert_eq!(place("…", "!"), None);
    }

    /// A printing of a wording, as outlets make them.
    fn printed(words: &[&str], from: usize, upto: usize, made: &[(usize, u8)]) -> String {
        let (from, upto) = (from.min(upto) % words.len(), 1 + from.max(upto) % words.len());
        let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        for &(at, how) in made {
            let Some(word) = out.get_mut(at % words.len()) else { continue };
            *word = match how % 10 {
                0 => format!("[{word}]"),
                1 => format!("[the harbor] {word}"),
                2 => "…".to_owned(),
                3 => "...".to_owned(),
                4 => ". . .".to_owned(),
                5 => "[...]".to_owned(),
                6 => word.to_uppercase(),
                7 => word.replace('\'', "’").replace('—', " -- "),
                8 => format!("{word}, \u{201d} she said, \u{201c}"),
                _ => format!("\u{a0}{word}\u{ad}\u{301}"),
            };
        }
        out.get(from..upto.max(from + 1)).unwrap_or_default().join(" ")
    }

    proptest! {
        #[test]
        fn the_variants_that_outlets_make_are_reproduced_to_the_byte(
            from in 0_usize..32,
            upto in 0_usize..32,
            made in proptest::collection::vec((0_usize..32, 0_u8..10), 0..8),
            splice in 0_usize..32,
        ) {
            let wording = "“We can't—and won't—close the Øresund ferry: 4,500 people, every day, sail with it…” \
                           Nobody at the café or in Łódź was asked. Not one crossing was cancelled all winter!";
            let words: Vec<&str> = wording.split_whitespace().collect();
            let head = printed(&words, from, upto, &made);
            let tail = printed(&words, splice, words.len() - 1, &[]);
            for printing in [head.clone(), format!("{head} {tail}"), format!("{tail} … {head}")] {
                let Some(placed) = place(wording, &printing) else { continue };
                let joined: String = placed.edits.iter().map(|edit| edit.text.as_str()).collect();
                prop_assert_eq!(&joined, &printing);
                let mut at = placed.at.start;
                for edit in &placed.edits {
                    prop_assert!(edit.at.start == at && edit.at.of(wording).is_some(), "{:?}", edit);
                    at = edit.at.end;
                }
                prop_assert_eq!(at, placed.at.end);
            }
        }

        #[test]
        fn edits_reproduce_the_printing_and_cover_the_interval(
            wording in "([a-d]{1,2}|[A-C]|’s|\\[|\\]|…|\\.|,| |é|-){0,40}",
            printing in "([a-d]{1,2}|[A-C]|’s|\\[|\\]|…|\\.|,| |é|-){0,40}",
        ) {
            if let Some(placed) = place(&wording, &printing) {
                let joined: String = placed.edits.iter().map(|edit| edit.text.as_str()).collect();
                prop_assert_eq!(joined, printing);
                let mut at = placed.at.start;
                for edit in &placed.edits {
                    prop_assert_eq!(edit.at.start, at);
                    prop_assert!(edit.at.of(&wording).is_some());
                    at = edit.at.end;
                }
                prop_assert_eq!(at, placed.at.end);
            }
        }
    }
}
