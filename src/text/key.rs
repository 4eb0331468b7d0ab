//! A word's key: a fixed 64-bit hash of its lower-case form, the same in every process and release.

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

/// The key of a word as printed: lower-cased, ’ read as ', soft hyphens and zero-width characters left out.
#[must_use]
pub fn key_of(word: &str) -> u64 {
    let mut hash = OFFSET;
    if word.is_ascii() {
        for byte in word.bytes() {
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
        }
        return hash;
    }
    let mut buffer = [0; 4];
    for c in word.chars().flat_map(char::to_lowercase) {
        let folded = match c {
            '’' | '‘' | 'ʼ' | '′' => '\'',
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => continue,
            other => other,
        };
        for byte in folded.encode_utf8(&mut buffer).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}
