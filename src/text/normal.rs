//! The normal form: what remains of a text when clothes are taken off it, with a map back to the original.

use super::Span;
use super::fold::{Fold, is_combining};
use super::key::{key, key_of_folded};
use super::stop::ACRONYM;

/// A word of the normal form, and where it stands in the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NormalWord {
    key: u64,
    start: u32,
    end: u32,
    flags: u8,
}

const ELLIPSIS: u8 = 1;
const BRACKETED: u8 = 2;
const NUMBER: u8 = 4;
const NEGATION: u8 = 8;
const CAPITAL: u8 = 16;
const SENTENCE: u8 = 32;

impl NormalWord {
    /// The key of its folded form; equal keys are equal words.
    #[must_use]
    pub const fn key(self) -> u64 {
        self.key
    }

    /// Its bytes in the original.
    #[must_use]
    pub const fn span(self) -> Span {
        Span { start: self.start as usize, end: self.end as usize }
    }

    /// Whether dots that stand for words left out (`…`, `...`, `. . .`, `[…]`) stand right before it.
    #[must_use]
    pub const fn is_after_ellipsis(self) -> bool {
        self.flags & ELLIPSIS != 0
    }

    /// Whether it stands in square brackets: the outlet's word, not the speaker's.
    #[must_use]
    pub const fn is_bracketed(self) -> bool {
        self.flags & BRACKETED != 0
    }

    /// Whether it starts with a digit.
    #[must_use]
    pub const fn is_number(self) -> bool {
        self.flags & NUMBER != 0
    }

    /// Whether it negates (`not`, `never`, `don’t`; `nicht`, `kein`; `pas`, `jamais`).
    #[must_use]
    pub const fn is_negation(self) -> bool {
        self.flags & NEGATION != 0
    }

    /// Whether it starts with a capital.
    #[must_use]
    pub const fn is_capitalised(self) -> bool {
        self.flags & CAPITAL != 0
    }

    /// Whether a full stop, question mark or exclamation mark stands between the word before and it.
    #[must_use]
    pub const fn is_after_stop(self) -> bool {
        self.flags & SENTENCE != 0
    }
}

/// The normal form of a text: its words, folded, in order, each with its place in the original.
///
/// Case, accents' encoding (NFKC), the shapes of quotation marks, apostrophes, dashes and spaces, invisible
/// characters, the stops inside an acronym and the commas inside a number make no difference; nor does any
/// punctuation between words, except that ellipses and brackets are remembered as flags. A hyphen parts words,
/// an apostrophe does not. Accents themselves count: German tells *wurde* from *würde* by one.
///
/// ```
/// use quotetrace::text::Normal;
///
/// let a = Normal::new("“We’re law-enforcement — of the U.S.,” 2,000 strong");
/// let b = Normal::new("WE'RE LAW ENFORCEMENT of the US 2000 strong");
/// assert!(a.keys().eq(b.keys()));
/// assert_eq!(a.words()[0].span().text("“We’re law-"), "We’re");
/// ```
///
/// O(n) time; no allocation but the list of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    words: Vec<NormalWord>,
    trailing_ellipsis: bool,
}

impl Normal {
    /// The normal form of `raw`.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        Self::of(raw, Span::new(0, raw.len()))
    }

    /// The normal form of a stretch of `raw`, its words' spans being spans of `raw`; of nothing, if `span` does not
    /// fit.
    #[must_use]
    pub fn of(raw: &str, span: Span) -> Self {
        let mut normal = Self::default();
        normal.extend(raw, span);
        normal
    }

    /// Adds the words of a further stretch of `raw`: the parts of a split quotation one after the other.
    pub fn extend(&mut self, raw: &str, span: Span) {
        let Some(text) = span.of(raw) else { return };
        // Spans are held as u32; what lies beyond 4 GiB has no normal form.
        if u32::try_from(span.end).is_err() {
            return;
        }
        let mut reader = Reader { text, base: span.start, normal: self, depth: 0, dots: 0, flags: 0 };
        reader.run();
        let trailing = reader.flags & ELLIPSIS != 0;
        self.trailing_ellipsis = trailing;
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> &[NormalWord] {
        &self.words
    }

    /// Its words' keys.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = u64> + '_ {
        self.words.iter().map(|word| word.key)
    }

    /// Whether it ends with dots that stand for words left out.
    #[must_use]
    pub const fn has_trailing_ellipsis(&self) -> bool {
        self.trailing_ellipsis
    }

    /// The stretch of the original from the first word of a range to its last.
    #[must_use]
    pub fn span_of(&self, words: std::ops::Range<usize>) -> Option<Span> {
        let first = self.words.get(words.start)?;
        let last = self.words.get(words.end.checked_sub(1)?)?;
        (words.start < words.end).then(|| first.span().cover(last.span()))
    }
}

struct Reader<'a> {
    text: &'a str,
    /// What to add to an offset in `text` to get one in the original.
    base: usize,
    normal: &'a mut Normal,
    /// Square brackets open.
    depth: u32,
    /// Full stops in a row, spaces between them aside.
    dots: u32,
    /// Of the next word.
    flags: u8,
}

impl Reader<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_alphanumeric() {
                self.dots = 0;
                at = self.word(at, c);
                continue;
            }
            match c {
                '.' | '․' | '。' => {
                    self.dots += 1;
                    self.flags |= if self.dots >= 3 { ELLIPSIS } else { SENTENCE };
                }
                '…' => self.flags |= ELLIPSIS,
                '?' | '!' | '？' | '！' => self.flags |= SENTENCE,
                '[' => {
                    self.depth = self.depth.saturating_add(1);
                    self.dots = 0;
                }
                ']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.dots = 0;
                }
                c if c.is_whitespace() || Fold::of(c) == Fold::Drop => {}
                _ => self.dots = 0,
            }
            at += c.len_utf8();
        }
    }

    /// Reads the word that starts at `at` with `first`; returns where it ends.
    fn word(&mut self, at: usize, first: char) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let digit = first.is_numeric();
        let (length, stops) = if digit {
            (number_length(rest), false)
        } else {
            acronym_length(rest).map_or_else(|| (word_length(rest), false), |n| (n, true))
        };
        let word = rest.get(..length).unwrap_or("");
        let key = key_of_folded(word, |c| (stops && c == '.') || (digit && c == ','));
        let mut flags = self.flags;
        self.flags = 0;
        if self.depth > 0 {
            flags |= BRACKETED;
        }
        if digit {
            flags |= NUMBER;
        }
        if first.is_uppercase() {
            flags |= CAPITAL;
        }
        if negates(word, key) {
            flags |= NEGATION;
        }
        let start = (self.base + at) as u32;
        let end = (self.base + at + length) as u32;
        self.normal.words.push(NormalWord { key, start, end, flags });
        at + length
    }
}

/// The length in bytes of the digits at the start of `text`, with letters (`5pm`) and with stops, commas and
/// colons between digits.
fn number_length(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut length = 0;
    while let Some(c) = chars.next() {
        let inner = matches!(c, '.' | ',' | ':') && chars.peek().is_some_and(char::is_ascii_digit);
        if !(c.is_alphanumeric() || inner || is_combining(c) || Fold::of(c) == Fold::Drop) {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// The length in bytes of an acronym with stops (`U.S.`, `p.m`), all ASCII, at the start of `text`.
fn acronym_length(text: &str) -> Option<usize> {
    let mut chars = text.chars().peekable();
    let mut length = 0;
    let mut letters = 0;
    while let Some(c) = chars.next() {
        if !c.is_ascii_alphabetic() {
            return None;
        }
        if letters == ACRONYM {
            return None;
        }
        letters += 1;
        length += c.len_utf8();
        match chars.peek() {
            Some('.') => {}
            Some(&next) if next.is_alphanumeric() || is_combining(next) => return None,
            _ => break,
        }
        // The last stop may be the sentence's own: it belongs to no word.
        let mut ahead = chars.clone();
        ahead.next();
        if !ahead.peek().is_some_and(|next| next.is_alphabetic()) {
            break;
        }
        chars = ahead;
        length += 1;
    }
    (letters > 1).then_some(length)
}

/// The length in bytes of the word at the start of `text`: letters, digits, combining marks, invisible
/// characters, and apostrophes between letters.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut end = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        length += c.len_utf8();
        if c.is_alphanumeric() {
            end = length;
        } else if Fold::of(c) == Fold::Apostrophe {
            if !chars.peek().is_some_and(|next| next.is_alphabetic()) {
                break;
            }
        } else if is_combining(c) {
            end = length;
        } else if Fold::of(c) != Fold::Drop {
            break;
        }
    }
    end
}

/// Whether a word negates: one of a few in English, German and French, or one that ends with n’t.
fn negates(word: &str, of: u64) -> bool {
    const WORDS: &[u64] = &[
        key("not"),
        key("no"),
        key("never"),
        key("none"),
        key("nobody"),
        key("nothing"),
        key("neither"),
        key("nor"),
        key("nowhere"),
        key("cannot"),
        key("without"),
        key("cant"),
        key("wont"),
        key("dont"),
        key("nicht"),
        key("kein"),
        key("keine"),
        key("keinen"),
        key("keinem"),
        key("keiner"),
        key("keines"),
        key("nie"),
        key("niemals"),
        key("niemand"),
        key("nichts"),
        key("weder"),
        key("ohne"),
        key("ne"),
        key("pas"),
        key("jamais"),
        key("aucun"),
        key("aucune"),
        key("sans"),
    ];
    if WORDS.contains(&of) {
        return true;
    }
    let mut tail = word.chars().rev();
    matches!(tail.next(), Some('t' | 'T'))
        && tail.next().is_some_and(|c| Fold::of(c) == Fold::Apostrophe)
        && matches!(tail.next(), Some('n' | 'N'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(raw: &str) -> Vec<&str> {
        Normal::new(raw).words().iter().map(|word| word.span().text(raw)).collect()
    }

    fn same(a: &str, b: &str) -> bool {
        Normal::new(a).keys().eq(Normal::new(b).keys())
    }

    #[test]
    fn clothes_make_no_difference() {
        for (a, b) in [
            ("We’re here", "we're HERE"),
            ("law-enforcement", "law enforcement"),
            ("here — now", "here, now"),
            ("at 5 p.m. in the U.S.", "at 5 PM in the US"),
            ("2,000 homes", "2000 homes"),
            ("caf\u{e9}", "cafe\u{301}"),
            ("co\u{ad}op\u{200b}erate", "cooperate"),
            ("\u{202e}plain\u{202c}", "plain"),
            ("ﬁne", "fine"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("full\u{a0}width　ＷＯＲＤ", "full width word"),
        ] {
            assert!(same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn words_stay_words() {
        for (a, b) in [("we are", "we were"), ("wurde", "würde"), ("3.5", "35"), ("cant", "can't")] {
            assert!(!same(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn spans_point_into_the_original() {
        assert_eq!(
            spans("“D’Arcy’s ‘U.S.’ law-men” [sic] 1,000,000."),
            ["D’Arcy’s", "U.S", "law", "men", "sic", "1,000,000"]
        );
    }

    #[test]
    fn ellipses_brackets_numbers_and_negations_are_remembered() {
        let raw = "We … do . . . [really] not pay 5. Nobody can’t stop. Ever...";
        let normal = Normal::new(raw);
        let with = |test: fn(NormalWord) -> bool| -> Vec<&str> {
            normal.words().iter().filter(|w| test(**w)).map(|w| w.span().text(raw)).collect()
        };
        assert_eq!(with(NormalWord::is_after_ellipsis), ["do", "really"]);
        assert_eq!(with(NormalWord::is_bracketed), ["really"]);
        assert_eq!(with(NormalWord::is_number), ["5"]);
        assert_eq!(with(NormalWord::is_negation), ["not", "Nobody", "can’t"]);
        assert_eq!(with(NormalWord::is_after_stop), ["really", "Nobody", "Ever"]);
        assert!(normal.has_trailing_ellipsis());
    }

    #[test]
    fn a_stretch_keeps_the_spans_of_the_whole() {
        let raw = "He said “one two” and “three”.";
        let mut normal = Normal::of(raw, Span::new(8, 21));
        normal.extend(raw, Span::new(26, 37));
        let words: Vec<_> = normal.words().iter().map(|w| w.span().text(raw)).collect();
        assert_eq!(words, ["one", "two", "three"]);
        assert!(Normal::of(raw, Span::new(9, 21)).words().is_empty(), "not on a boundary");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn spans_are_in_order_on_boundaries_and_hold_words(text in "(\\PC|[a.’'…\\[\\]\u{301}\u{200b}İẞ\u{fdfa}]){0,80}") {
            let mut last = 0;
            for word in Normal::new(&text).words() {
                let span = word.span();
                prop_assert!(span.start >= last && !span.is_empty());
                prop_assert!(span.of(&text).is_some_and(|w| w.chars().any(char::is_alphanumeric)));
                last = span.end;
            }
        }

        #[test]
        fn case_and_composition_make_no_difference(text in "[a-zA-Zäöüéñ 0-9.,'’-]{0,60}") {
            let lower: String = text.to_lowercase().nfd().collect();
            prop_assert!(same(&text, &lower));
        }
    }

    use unicode_normalization::UnicodeNormalization;
}
