//! A word's key: a fixed 64-bit hash of its lower-case form, the same in every process and release.

use unicode_normalization::UnicodeNormalization;

use super::fold::Fold;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The key of a word that is already in lower case and uses `'` as its apostrophe; for constants.
///
/// 64-bit FNV-1a (Fowler, Noll and Vo).
///
/// ```
/// use quotetrace::text::{key, key_of};
///
/// const SAID: u64 = key("said");
/// assert_eq!(key_of("SAID"), SAID);
/// assert_eq!(key_of("don’t"), key("don't"));
/// ```
#[must_use]
pub const fn key(lower: &str) -> u64 {
    let bytes = lower.as_bytes();
    let mut hash = OFFSET;
    let mut at = 0;
    while at < bytes.len() {
        #[expect(clippy::indexing_slicing, reason = "bounded by the loop; get() is not const here")]
        let byte = bytes[at];
        hash = (hash ^ byte as u64).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}

/// The key of a word as printed: in lower case, composed (NFC), ’ read as ', soft hyphens and other invisible
/// characters left out.
#[must_use]
pub fn key_of(word: &str) -> u64 {
    let mut hash = Hasher::new();
    for byte in word.bytes() {
        if !byte.is_ascii() {
            return key_of_other(word);
        }
        hash.byte(byte.to_ascii_lowercase());
    }
    hash.finish()
}

/// The same of a word that is not all ASCII.
fn key_of_other(word: &str) -> u64 {
    let mut hash = Hasher::new();
    let folded = word.chars().filter_map(Fold::apply).flat_map(char::to_lowercase);
    if word.chars().all(is_composed) {
        folded.for_each(|c| hash.char(c));
    } else {
        folded.nfc().for_each(|c| hash.char(c));
    }
    hash.finish()
}

/// Whether composing (NFC) leaves `c` alone whatever stands beside it: Latin letters with and without accents, and the
/// dashes, quotation marks and dots of print.
const fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

/// The key of a word: its characters in lower case, composed (NFKC), apostrophes as `'`, invisible characters
/// and those that `leave_out` names left out, ß as ss and final sigma as sigma.
pub(super) fn key_of_folded(word: &str, leave_out: impl Fn(char) -> bool) -> u64 {
    let mut hash = Hasher::new();
    if word.is_ascii() {
        for byte in word.bytes().filter(|&byte| !leave_out(char::from(byte))) {
            hash.byte(byte.to_ascii_lowercase());
        }
        return hash.finish();
    }
    let folded = word.chars().filter(|&c| !leave_out(c)).filter_map(Fold::apply).flat_map(char::to_lowercase);
    for c in folded.nfkc() {
        match c {
            'ß' => hash.str("ss"),
            'ς' => hash.char('σ'),
            c => hash.char(c),
        }
    }
    hash.finish()
}

/// 64-bit FNV-1a, a byte at a time.
pub(crate) struct Hasher(u64);

impl Hasher {
    pub(crate) const fn new() -> Self {
        Self(OFFSET)
    }

    /// One that goes on from what another gave.
    pub(crate) const fn after(hash: u64) -> Self {
        Self(hash)
    }

    pub(crate) const fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ byte as u64).wrapping_mul(PRIME);
    }

    fn str(&mut self, text: &str) {
        for byte in text.bytes() {
            self.byte(byte);
        }
    }

    fn char(&mut self, c: char) {
        self.str(c.encode_utf8(&mut [0; 4]));
    }

    pub(crate) const fn finish(&self) -> u64 {
        self.0
    }
}
