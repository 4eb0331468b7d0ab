//! The words of a quotation as matching compares them.
//!
//! Case, marks, dashes, white space and apostrophes are gone; contractions are spelled out (“don’t” is “do not”);
//! dots for words left out and words in brackets leave a mark on the next word; an attribution left inside
//! (“…,” she said, “…”) is stepped over in the same way. One pass, linear, no allocation a word.

use super::contraction::contraction;

/// A word: its key, its bytes in the text, and what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// A fixed 32-bit hash of the lower-case form without apostrophes.
    pub(super) key: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Of [`GAP`], [`PUT_IN`] and [`SPLIT`], or nought.
    pub(super) mark: u8,
}

/// Dots stand before the word: others were left out.
pub(super) const GAP: u8 = 1;
/// Something was put in before the word (in brackets, or an attribution), perhaps in place of other words.
pub(super) const PUT_IN: u8 = 2;
/// The word is a part of a contraction.
pub(super) const SPLIT: u8 = 4;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The key of a word given in lower case without apostrophes: 64-bit FNV-1a, folded to 32 bits.
pub(super) const fn key(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hash = OFFSET;
    let mut at = 0;
    while at < bytes.len() {
        #[expect(clippy::indexing_slicing, reason = "bounded by the loop; get() is not const here")]
        let byte = bytes[at];
        hash = (hash ^ byte as u64).wrapping_mul(PRIME);
        at += 1;
    }
    fold(hash)
}

const fn fold(hash: u64) -> u32 {
    // FNV's low bits are its weakest; the multiplication spreads them.
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The key of two neighbouring words.
pub(super) const fn pair_key(first: u32, second: u32) -> u32 {
    let both = ((first as u64) << 32) | second as u64;
    (both.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ (both >> 29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(24) as u32
}

/// Letters in lower case and digits as they are; nought for every other byte.
const LOWER: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Verbs of saying that an attribution left inside a quotation has.
const SAYING: &[u32] = &[
    key("said"),
    key("says"),
    key("added"),
    key("adds"),
    key("told"),
    key("tells"),
    key("noted"),
    key("notes"),
    key("explained"),
    key("continued"),
    key("tweeted"),
    key("wrote"),
    key("argued"),
    key("insisted"),
    key("stated"),
    key("concluded"),
    key("recalled"),
    key("warned"),
    key("asked"),
    key("replied"),
];
const PRONOUNS: &[u32] = &[key("he"), key("she"), key("they"), key("i"), key("it")];
/// The longest bracket, and the longest attribution left inside, in bytes.
const ASIDE: usize = 120;

/// Reads the words of `text` into `out`, which is emptied first. O(n).
pub(super) fn read(text: &str, out: &mut Vec<Word>) {
    out.clear();
    let bytes = text.as_bytes().get(..text.len().min(u32::MAX as usize)).unwrap_or_default();
    Reader { text, bytes, at: 0, mark: 0, words: out }.run();
}

/// Writes a word as it is spelt, in lower case, letters and digits only.
pub(super) fn spell(text: &str, word: &Word, out: &mut String) {
    let printed = text.get(word.start as usize..word.end as usize).unwrap_or("");
    if printed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let from = out.len();
        out.push_str(printed);
        if let Some(added) = out.get_mut(from..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    out.extend(printed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
}

/// A word as it is spelt, in lower case, letters and digits only.
pub(super) fn spelling(text: &str, word: &Word) -> String {
    let mut spelt = String::new();
    spell(text, word, &mut spelt);
    spelt
}

struct Reader<'a, 'w> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    mark: u8,
    words: &'w mut Vec<Word>,
}

impl Reader<'_, '_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => self.word(),
                b'.' => self.dots(),
                b'[' => self.bracket(),
                b'"' | b',' => self.aside(),
                b'%' => {
                    self.push(key("percent"), self.at, self.at + 1);
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, key: u32, start: usize, end: usize) {
        let mark = std::mem::take(&mut self.mark);
        self.words.push(Word { key, start: start as u32, end: end as u32, mark });
    }

    /// A word, or whatever other character stands here.
    fn word(&mut self) {
        let start = self.at;
        let (mut hash, length) = self.plain(start, OFFSET);
        self.at += length;
        let mut end = self.at;
        let mut apostrophe = false;
        // Most words are letters and digits, and what stands behind them is no part of them.
        let is_number = length > 0 && self.byte(end - 1).is_ascii_digit();
        let goes_on = match self.byte(end) {
            b'\'' | b'[' | b']' | 0x80.. => true,
            b',' | b'.' => is_number,
            _ => false,
        };
        if length > 0 && !goes_on {
            self.finish(fold(hash), false, start, end);
            return;
        }
        loop {
            let (next, length) = self.plain(self.at, hash);
            if length > 0 {
                hash = next;
                self.at += length;
                end = self.at;
            }
            let byte = self.byte(self.at);
            match byte {
                b'\'' if end == self.at && end > start && self.byte(self.at + 1).is_ascii_alphabetic() => {
                    apostrophe = true;
                    self.at += 1;
                    continue;
                }
                b',' | b'.'
                    if end > start
                        && self.byte(self.at - 1).is_ascii_digit()
                        && self.byte(self.at + 1).is_ascii_digit() =>
                {
                    // A thousands separator says nothing; a decimal stop or comma does.
                    if byte == b'.' || !self.is_followed_by_thousands() {
                        hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
                    }
                }
                b'[' | b']' if end > start && self.joins(byte) => {}
                0x80.. => {
                    let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
                        self.at += 1;
                        break;
                    };
                    match c {
                        '’'
                        | '‘'
                        | 'ʼ'
                        | '′'
                        | '\u{ad}'
                        | '\u{200b}'..='\u{200d}'
                        | '\u{2060}'
                        | '\u{feff}' => {
                            let inside = end > start
                                && self
                                    .bytes
                                    .get(self.at + c.len_utf8())
                                    .is_some_and(u8::is_ascii_alphanumeric);
                            self.at += c.len_utf8();
                            if !inside {
                                break;
                            }
                            apostrophe |= matches!(c, '’' | '‘' | 'ʼ' | '′');
                            continue;
                        }
                        c if c.is_alphanumeric() => {
                            let mut buffer = [0; 4];
                            for lower in c.to_lowercase() {
                                for &byte in lower.encode_utf8(&mut buffer).as_bytes() {
                                    hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
                                }
                            }
                            self.at += c.len_utf8();
                            end = self.at;
                            continue;
                        }
                        '\u{300}'..='\u{36f}' if end > start => {
                            self.at += c.len_utf8();
                            end = self.at;
                            continue;
                        }
                        c => {
                            if end > start {
                                break;
                            }
                            self.at += c.len_utf8();
                            match c {
                                '…' => self.mark |= GAP,
                                '”' | '“' => {
                                    self.quote_aside(self.at, c.len_utf8());
                                }
                                _ => {}
                            }
                            return;
                        }
                    }
                }
                _ => break,
            }
            self.at += 1;
            end = self.at;
        }
        if end > start {
            self.finish(fold(hash), apostrophe, start, end);
        }
    }

    /// Takes the letters and digits of ASCII that stand in a row at `start` into a hash; and how many they are.
    fn plain(&self, start: usize, mut hash: u64) -> (u64, usize) {
        let mut length = 0;
        for &byte in self.bytes.get(start..).unwrap_or_default() {
            let lower = LOWER.get(usize::from(byte)).copied().unwrap_or(0);
            if lower == 0 {
                break;
            }
            hash = (hash ^ u64::from(lower)).wrapping_mul(PRIME);
            length += 1;
        }
        (hash, length)
    }

    fn finish(&mut self, key: u32, apostrophe: bool, start: usize, end: usize) {
        match contraction(key, apostrophe) {
            Some(found) => {
                for &part in found.parts.iter().take_while(|&&part| part != 0) {
                    self.mark |= SPLIT;
                    self.push(part, start, end);
                }
            }
            None => self.push(key, start, end),
        }
    }

    /// Whether a bracket inside a word is one of “[t]he”, “student[s]”.
    fn joins(&self, bracket: u8) -> bool {
        if bracket == b']' {
            return self.byte(self.at + 1).is_ascii_alphabetic();
        }
        let letters = self.letters(self.at + 1);
        letters > 0 && self.byte(self.at + 1 + letters) == b']'
    }

    /// Whether a group of digits follows as in “1,200,000”, or as in “1,50,000”.
    fn is_followed_by_thousands(&self) -> bool {
        let digits = self.bytes.iter().skip(self.at + 1).take(4).take_while(|byte| byte.is_ascii_digit());
        match digits.count() {
            2 => self.byte(self.at + 3) == b',',
            digits => digits == 3,
        }
    }

    fn letters(&self, from: usize) -> usize {
        self.bytes.iter().skip(from).take(16).take_while(|byte| byte.is_ascii_alphabetic()).count()
    }

    /// A stop, or the dots that stand for words left out.
    fn dots(&mut self) {
        let mut count = 0;
        let mut end = self.at;
        while self.byte(end) == b'.' {
            count += 1;
            end += 1;
            if self.byte(end) == b' ' && self.byte(end + 1) == b'.' {
                end += 1;
            }
        }
        if count > 2 {
            self.mark |= GAP;
        }
        self.at = end;
    }

    fn bracket(&mut self) {
        let letters = self.letters(self.at + 1);
        let closed = self.byte(self.at + 1 + letters) == b']';
        if letters > 0 && closed && self.byte(self.at + 2 + letters).is_ascii_alphabetic() {
            // “[t]he”: the word starts at its letter.
            self.at += 1;
            return;
        }
        let rest = self.bytes.iter().skip(self.at).take(ASIDE);
        let inside = rest.enumerate().skip(1).find(|(_, byte)| matches!(byte, b'[' | b']'));
        match inside {
            Some((length, b']')) => {
                let held = self.bytes.get(self.at + 1..self.at + length).unwrap_or_default();
                let dots = !held.iter().any(u8::is_ascii_alphanumeric);
                self.mark |= if dots { GAP } else { PUT_IN };
                self.at += length + 1;
            }
            _ => self.at += 1,
        }
    }

    /// An attribution between two commas, or between a closing and an opening mark. Always goes on.
    fn aside(&mut self) {
        let from = self.at + 1;
        if self.byte(self.at) == b'"' {
            self.at = from;
            self.quote_aside(from, 1);
            return;
        }
        self.at = from;
        let window = self.bytes.iter().skip(from).take(40);
        if let Some(length) = window.clone().position(|&byte| byte == b',' || byte == b'"')
            && self.byte(from + length) == b','
            && self.is_attribution(from, from + length, 4, true)
        {
            self.mark |= PUT_IN;
            self.at = from + length;
        }
    }

    fn quote_aside(&mut self, from: usize, mark: usize) {
        let before = self.bytes.get(..from - mark).unwrap_or_default();
        let closes = before.iter().rev().find(|byte| **byte != b' ');
        if !closes.is_some_and(|byte| matches!(byte, b',' | b'.' | b'?' | b'!' | b'-' | 0x80..)) {
            return;
        }
        let window = self.bytes.get(from..(from + ASIDE).min(self.bytes.len())).unwrap_or_default();
        let next = window.iter().position(|&byte| byte == b'"');
        let curly = window.windows(3).position(|three| three == "“".as_bytes());
        let Some(length) = [next, curly].into_iter().flatten().min() else { return };
        if self.is_attribution(from, from + length, 8, false) {
            self.mark |= PUT_IN;
            self.at = from + length + if Some(length) == next { 1 } else { 3 };
        }
    }

    /// Whether the words from `start` to `end` are few and say who speaks.
    fn is_attribution(&self, start: usize, end: usize, most: usize, strict: bool) -> bool {
        let Some(inside) = self.text.get(start..end) else { return false };
        let (mut count, mut cue, mut first, mut last) = (0, false, None, 0);
        for word in inside.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
        {
            count += 1;
            if count > most {
                return false;
            }
            let mut hash = OFFSET;
            for byte in word.bytes() {
                hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
            }
            last = fold(hash);
            cue |= SAYING.contains(&last);
            first = first.or(Some((last, word.starts_with(|c: char| c.is_uppercase()))));
        }
        let Some((first, capital)) = first else { return false };
        count > 1 && cue && (!strict || SAYING.contains(&last) && (capital || PRONOUNS.contains(&first)))
    }
}

/// The words of a text as matching compares them: “there’ll” is “there will”.
pub(super) fn keys(text: &str) -> Vec<u32> {
    let mut list = Vec::new();
    read(text, &mut list);
    list.iter().map(|word| word.key).collect()
}

/// Whether `few`, one word at least, stand in a row among `all`. O(|all|·|few|).
pub(super) fn has_run(all: &[u32], few: &[u32]) -> bool {
    !few.is_empty() && all.windows(few.len()).any(|window| window == few)
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
    use super::*;

    fn marks(text: &str) -> Vec<u8> {
        let mut words = Vec::new();
        read(text, &mut words);
        words.iter().map(|word| word.mark).collect()
    }

    #[test]
    fn typography_case_and_contractions_make_no_difference() {
        let plain = keys("we do not know it is 1000 percent true");
        for other in [
            "We don't know: it's 1,000% true!",
            "WE DON’T — know it’s\u{a0}1,000 percent true",
            "we dont know it is 1,000 per\u{ad}cent true",
        ] {
            assert_eq!(keys(other), plain, "{other}");
        }
        assert_ne!(keys("its"), keys("it's"));
        assert_ne!(keys("well"), keys("we'll"));
    }

    #[test]
    fn dots_and_brackets_mark_the_next_word() {
        for dots in ["...", "…", "[...]", ". . .", "[…]", "...."] {
            assert_eq!(marks(&format!("one {dots} two")), [0, GAP], "{dots}");
        }
        assert_eq!(marks("one. two"), [0, 0]);
        assert_eq!(marks("one [the mayor] two"), [0, PUT_IN]);
        assert_eq!(keys("[t]he student[s]"), keys("the students"));
        assert_eq!(keys("one [never closed"), keys("one never closed"));
    }

    #[test]
    fn an_attribution_left_inside_is_stepped_over() {
        let plain = keys("we kept the ferry running and not one trip was cancelled");
        for other in [
            "we kept the ferry running,\" she said. \"and not one trip was cancelled",
            "we kept the ferry running,” Mayor Ada Brandt told reporters, “and not one trip was cancelled",
            "we kept the ferry running, she said, and not one trip was cancelled",
        ] {
            assert_eq!(keys(other), plain, "{other}");
        }
        assert_eq!(keys("a \"b\" c, d, e"), keys("a b c d e"));
    }

    #[test]
    fn spans_address_the_text() {
        let text = "“Naïve—don’t!” 2.5";
        let mut words = Vec::new();
        read(text, &mut words);
        let spans: Vec<&str> =
            words.iter().map(|w| text.get(w.start as usize..w.end as usize).unwrap()).collect();
        assert_eq!(spans, ["Naïve", "don’t", "don’t", "2.5"]);
    }
}
