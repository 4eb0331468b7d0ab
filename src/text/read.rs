//! The one pass: characters to tokens, tokens to sentences and paragraphs.

use super::fold::{is_combining, is_invisible};
use super::key::{Hasher, key, key_of};
use super::stop::{ABBREVIATED, LONGEST_ABBREVIATION, acronym_end};
use super::token::{ABBREVIATION, CAPITAL, PLAIN_WORD, SPACE_BEFORE, Token, TokenKind, UPPER};
use super::{Lookup, Paragraph, Text};

/// The bit that a small letter of ASCII has and its capital has not.
const SMALL: u8 = 0x20;

/// What each byte of a plain word is in lower case; nought for those that no plain word has.
static PLAIN: [u8; 256] = plain();

const fn plain() -> [u8; 256] {
    let mut plain = [0; 256];
    let mut rest: &mut [u8] = &mut plain;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { 0 };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    plain
}

pub(super) fn read(raw: &str) -> Text<'_> {
    let mut reader = Reader {
        raw: readable(raw),
        abbreviated: &ABBREVIATED,
        text: Text {
            raw,
            // More than most news has: a token for every five bytes, a sentence for every hundred.
            tokens: Vec::with_capacity(raw.len() / 4 + 8),
            sentences: Vec::with_capacity(raw.len() / 80 + 2),
            paragraphs: Vec::with_capacity(raw.len() / 160 + 2),
            ..Text::default()
        },
        sentence_start: 0,
        paragraph_start: 0,
        paragraph_sentences: 0,
        newlines: 2,
        after_blank: true,
        spaced: true,
        may_end: false,
    };
    reader.run();
    reader.text
}

/// What is read of a text: spans are held as u32, so what lies beyond 4 GiB is not.
fn readable(raw: &str) -> &str {
    let mut end = raw.len().min(u32::MAX as usize);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    raw.get(..end).unwrap_or("")
}

pub(super) struct Reader<'a> {
    pub(super) raw: &'a str,
    pub(super) abbreviated: &'static Lookup<bool>,
    pub(super) text: Text<'a>,
    pub(super) sentence_start: usize,
    paragraph_start: usize,
    paragraph_sentences: usize,
    /// Line breaks since the last token.
    newlines: u32,
    /// Whether the paragraph now read stands after a blank line.
    after_blank: bool,
    spaced: bool,
    /// Whether the last token of the sentence now read may be its last: a mark, a stop, an abbreviation.
    may_end: bool,
}

impl Reader<'_> {
    fn run(&mut self) {
        let raw = self.raw;
        let mut at = 0;
        loop {
            while raw.as_bytes().get(at) == Some(&b' ') {
                self.spaced = true;
                at += 1;
            }
            if let Some(end) = self.plain_word(at) {
                at = end;
                continue;
            }
            let Some(c) = raw.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let next = at + c.len_utf8();
            at = match c {
                '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => {
                    self.newlines += 1;
                    self.spaced = true;
                    next
                }
                '\r' => {
                    if !raw.get(next..).is_some_and(|rest| rest.starts_with('\n')) {
                        self.newlines += 1;
                    }
                    self.spaced = true;
                    next
                }
                _ if c.is_whitespace() => {
                    self.spaced = true;
                    next
                }
                _ if is_invisible(c) => next,
                _ => self.token(at, c),
            };
        }
        self.end_paragraph();
    }

    /// Ends what ends before a token that starts with `c`; before most tokens nothing does.
    #[inline]
    fn begin(&mut self, c: char) {
        if self.newlines > 0 || (self.may_end && self.spaced) {
            self.end_before(c);
        }
    }

    fn end_before(&mut self, c: char) {
        if self.newlines > 0 {
            self.end_paragraph();
        }
        if self.may_end && self.sentence_ended(c) {
            self.end_sentence();
        }
    }

    /// Reads the token that starts at `at` with `c`; returns where it ends.
    fn token(&mut self, at: usize, c: char) -> usize {
        self.begin(c);
        let end = if c.is_ascii_digit() {
            let end = self.number_end(at);
            self.push_read(at, end, TokenKind::Number, 0);
            end
        } else if is_mark(c) {
            let end = at + self.mark_length(self.raw.get(at..).unwrap_or(""), c);
            self.push_read(at, end, TokenKind::Mark, 0);
            end
        } else if c.is_alphanumeric() {
            self.word(at, c)
        } else {
            let end = at + c.len_utf8();
            self.push_read(at, end, TokenKind::Punctuation, 0);
            end
        };
        self.spaced = false;
        end
    }

    /// The length of the mark that starts `rest` with `c`: two back-ticks or two apostrophes are one double mark,
    /// and of three the outer two are.
    fn mark_length(&self, rest: &str, c: char) -> usize {
        let one = c.len_utf8();
        if !matches!(c, '`' | '\'' | '‘' | '’' | '´') {
            return one;
        }
        let run = rest.chars().take(4).take_while(|&next| next == c).count();
        if run < 2 || (run == 3 && !self.spaced) { one } else { 2 * one }
    }

    fn number_end(&self, at: usize) -> usize {
        let bytes = self.raw.as_bytes();
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            let inner =
                matches!(byte, b'.' | b',' | b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !(byte.is_ascii_alphanumeric() || inner) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Reads most words: ASCII letters and digits, with nothing after them that a word may go on with or an
    /// abbreviation end with. What is not so plain is for [`Reader::word`], which tells the same of what is.
    #[inline]
    fn plain_word(&mut self, at: usize) -> Option<usize> {
        let rest = self.raw.as_bytes().get(at..)?;
        let first = rest.first().copied().filter(u8::is_ascii_alphabetic)?;
        let mut key = Hasher::new();
        let mut length = 0;
        // All bits that any byte has; a capital has not the bit that small letters and digits have.
        let mut bits = 0;
        for &byte in rest {
            let lower = PLAIN.get(usize::from(byte)).copied().unwrap_or(0);
            if lower == 0 {
                break;
            }
            key.byte(lower);
            bits |= byte;
            length += 1;
        }
        let key = key.finish();
        let ended = match rest.get(length) {
            Some(b'.') => {
                length > LONGEST_ABBREVIATION || (length > 1 && self.abbreviated.get(key).is_none())
            }
            Some(byte) => byte.is_ascii() && !matches!(byte, b'\'' | b'-'),
            None => true,
        };
        if !ended {
            return None;
        }
        let mut flags = if first.is_ascii_uppercase() { CAPITAL | PLAIN_WORD } else { PLAIN_WORD };
        if length > 1 && bits & SMALL == 0 {
            flags |= UPPER;
        }
        self.begin(char::from(first));
        self.push(at, at + length, TokenKind::Word, flags, key);
        self.spaced = false;
        Some(at + length)
    }

    fn word(&mut self, at: usize, first: char) -> usize {
        let raw = self.raw;
        let rest = raw.get(at..).unwrap_or("");
        if let Some(end) = acronym_end(rest) {
            let capital = if first.is_uppercase() { CAPITAL } else { 0 };
            self.push_read(at, at + end, TokenKind::Word, capital | ABBREVIATION);
            return at + end;
        }
        let mut end = at;
        let mut letters = 0;
        let mut capitals = 0;
        let mut clitic = None;
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let here = at + offset;
            let next = chars.peek().map(|&(_, c)| c);
            if c.is_alphanumeric() || is_combining(c) {
                letters += 1;
                capitals += usize::from(c.is_uppercase());
            } else if matches!(c, '\'' | '’') && next.is_some_and(char::is_alphabetic) {
                let tail = raw.get(here + c.len_utf8()..).unwrap_or("");
                let mut tail = tail.chars();
                let is_s = matches!(tail.next(), Some('s' | 'S'));
                if is_s && !tail.next().is_some_and(char::is_alphanumeric) {
                    clitic = Some(here + c.len_utf8() + 1);
                    break;
                }
            } else if (matches!(c, '-' | '‑') || is_invisible(c)) && next.is_some_and(char::is_alphanumeric)
            {
                // a hyphen or something invisible inside a word
            } else {
                break;
            }
            end = here + c.len_utf8();
        }
        let mut flags = if first.is_uppercase() { CAPITAL } else { 0 };
        if letters > 1 && capitals == letters {
            flags |= UPPER;
        }
        if raw.as_bytes().get(end) == Some(&b'.') && clitic.is_none() {
            let word = raw.get(at..end).unwrap_or("");
            // D-Calif. ends as Calif. does.
            let word = word.rsplit('-').next().unwrap_or(word);
            let known =
                if word.len() > LONGEST_ABBREVIATION { None } else { self.abbreviated.get(key_of(word)) };
            if known.is_some_and(|title| self.abbreviates(word, title, end + 1)) {
                flags |= ABBREVIATION;
                end += 1;
            }
        }
        self.push_read(at, end, TokenKind::Word, flags);
        if let Some(clitic) = clitic {
            self.spaced = false;
            self.push(end, clitic, TokenKind::Clitic, 0, key("'s"));
            return clitic;
        }
        end
    }

    /// Pushes a token under the key of its words.
    fn push_read(&mut self, start: usize, end: usize, kind: TokenKind, flags: u8) {
        let key = key_of(self.raw.get(start..end).unwrap_or(""));
        self.push(start, end, kind, flags, key);
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, kind: TokenKind, flags: u8, key: u64) {
        self.may_end = matches!(kind, TokenKind::Mark | TokenKind::Punctuation) || flags & ABBREVIATION != 0;
        let spaced = if self.spaced { SPACE_BEFORE } else { 0 };
        self.text.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            key,
            sentence: self.text.sentences.len() as u32,
            paragraph: self.text.paragraphs.len() as u32,
            kind,
            flags: flags | spaced,
        });
    }

    fn end_sentence(&mut self) {
        let end = self.text.tokens.len();
        if end > self.sentence_start {
            self.text.sentences.push(self.sentence_start..end);
            self.sentence_start = end;
        }
        self.may_end = false;
    }

    fn end_paragraph(&mut self) {
        self.end_sentence();
        let tokens = self.paragraph_start..self.text.tokens.len();
        if let Some(span) = self.text.span_of(tokens.clone()) {
            let sentences = self.paragraph_sentences..self.text.sentences.len();
            self.paragraph_start = tokens.end;
            self.paragraph_sentences = sentences.end;
            let after_blank = self.after_blank;
            self.text.paragraphs.push(Paragraph { span, tokens, sentences, after_blank });
        }
        self.after_blank = self.newlines > 1;
        self.newlines = 0;
    }
}

/// Whether `c` may open or close a quotation.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '\''
            | '`'
            | '´'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(raw: &str) -> Vec<&str> {
        Text::new(raw).tokens().iter().map(|token| token.span().text(raw)).collect()
    }

    fn sentences(raw: &str) -> Vec<&str> {
        let text = Text::new(raw);
        text.sentences().iter().map(|s| text.span_of(s.clone()).unwrap().text(raw)).collect()
    }

    #[test]
    fn possessives_stand_apart_and_contractions_do_not() {
        assert_eq!(words("Doe’s car won't go"), ["Doe", "’s", "car", "won't", "go"]);
    }

    #[test]
    fn abbreviations_initials_and_acronyms_keep_their_stops() {
        assert_eq!(
            words("Rep. J. J. Doe, D-Calif., of the U.S. House."),
            ["Rep.", "J.", "J.", "Doe", ",", "D-Calif.", ",", "of", "the", "U.S.", "House", "."]
        );
    }

    #[test]
    fn a_capital_that_ends_its_sentence_is_no_initial() {
        assert_eq!(words("Quill posted on X."), ["Quill", "posted", "on", "X", "."]);
        assert_eq!(words("Quill had a plan B. The mayor had none.")[3..6], ["plan", "B", "."]);
        assert_eq!(words("It was Malcolm J. Doe.")[2..5], ["Malcolm", "J.", "Doe"]);
    }

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        assert_eq!(
            sentences(
                "Mr. Doe of the U.S. Navy left at 5 p.m. on Friday. “Go!” he said. Why? “So.” She left."
            ),
            [
                "Mr. Doe of the U.S. Navy left at 5 p.m. on Friday.",
                "“Go!” he said.",
                "Why?",
                "“So.”",
                "She left."
            ]
        );
    }

    #[test]
    fn german_abbreviations_in_small_letters_end_no_sentence() {
        let raw = "Es kamen ca. 300 Leute aus Bremen bzw. Hamburg, wie auf Seite nr. 5 steht.";
        assert_eq!(sentences(raw), [raw]);
    }

    #[test]
    fn what_nobody_sees_parts_no_word_and_is_none() {
        assert_eq!(
            words("fer\u{200e}ry \u{feff}boat\u{fe0f} \u{2066}sails\u{2069}"),
            ["fer\u{200e}ry", "boat\u{fe0f}", "sails"]
        );
    }

    #[test]
    fn every_kind_of_line_break_ends_a_paragraph() {
        assert_eq!(Text::new("a\r\nb\rc\n\n\nd\u{2029}e").paragraphs().len(), 5);
    }
}
