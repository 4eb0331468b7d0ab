//! Which words an article has, in a few bytes: a Bloom filter (Bloom 1970) over the keys of its words.
//!
//! It never says no to a word that is there, so whoever looks for articles with half of some words misses none; of the
//! words that are not there it says yes to one in twenty.

use super::Article;
use crate::text::Text;

/// Another way to make sketches is another version.
pub(super) const VERSION: u64 = 1;
/// Bits a word; with two places a word, one in twenty is wrong.
const BITS: usize = 8;
/// The most bytes of a sketch; that of a longer text says yes more often.
const BYTES: usize = 1 << 16;

pub(crate) struct Sketch;

impl Sketch {
    /// The words of the text, and those of its quotations as they are read by themselves.
    pub(crate) fn of((document, analysis): &Article) -> Vec<u8> {
        let mut keys: Vec<u64> = Vec::new();
        let texts = analysis.quotations.iter().map(|quotation| quotation.text.as_str());
        for text in texts.chain([document.text()]) {
            keys.extend(Text::new(text).tokens().iter().filter(|token| token.is_word()).map(|t| t.key()));
        }
        keys.sort_unstable();
        keys.dedup();
        let bytes = (keys.len() * BITS / 8).next_power_of_two().clamp(8, BYTES);
        let mut sketch = vec![0; bytes];
        for (byte, bit) in keys.iter().flat_map(|key| places(*key, bytes)) {
            if let Some(byte) = sketch.get_mut(byte) {
                *byte |= bit;
            }
        }
        sketch
    }

    /// Whether at least half of `keys` may be there.
    pub(crate) fn has_half(sketch: &[u8], keys: &[u64]) -> bool {
        let has = |(byte, bit): (usize, u8)| sketch.get(byte).is_some_and(|byte| byte & bit != 0);
        let there = keys.iter().filter(|key| places(**key, sketch.len()).into_iter().all(has)).count();
        2 * there >= keys.len()
    }
}

/// The two places of a word in a sketch of so many bytes, a power of two.
fn places(key: u64, bytes: usize) -> [(usize, u8); 2] {
    // Fibonacci hashing (Knuth, TAOCP 3, 6.4) spreads keys whose low bits are alike.
    let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    [spread >> 32, spread & 0xffff_ffff].map(|half| {
        let at = half as usize & (bytes * 8).wrapping_sub(1);
        (at / 8, 1 << (at % 8))
    })
}
