//! Byte offsets into Unicode scalars and UTF-16 units, and back.

use super::Span;

/// How many bytes lie between two entries of the index; what a look-up walks at the most, but for one character.
const STEP: usize = 256;

/// An index of a text that turns byte offsets into offsets of other units, and back.
///
/// Python counts Unicode scalars, JavaScript and the W3C's `TextPositionSelector` in browsers count UTF-16
/// units, this crate counts bytes. The index takes one pass over the text and 24 bytes for every 256 of it (none
/// for ASCII); a look-up takes O(log n).
///
/// ```
/// use quotetrace::text::Offsets;
///
/// let offsets = Offsets::new("“𝄞” she sang");
/// assert_eq!(offsets.scalars(10), Some(3)); // the space after the closing mark
/// assert_eq!(offsets.utf16(10), Some(4));
/// assert_eq!(offsets.from_utf16(4), Some(10));
/// assert_eq!(offsets.scalars(1), None); // inside the opening mark
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'a> {
    raw: &'a str,
    /// Empty for ASCII, where all units agree.
    index: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    byte: usize,
    scalars: usize,
    utf16: usize,
}

impl<'a> Offsets<'a> {
    /// Indexes `raw`. O(n).
    #[must_use]
    pub fn new(raw: &'a str) -> Self {
        if raw.is_ascii() {
            return Self { raw, index: Vec::new() };
        }
        let mut index = Vec::with_capacity(raw.len() / STEP + 1);
        let mut utf16 = 0;
        let mut next = 0;
        for (scalars, (byte, c)) in raw.char_indices().enumerate() {
            if byte >= next {
                index.push(Entry { byte, scalars, utf16 });
                next = byte + STEP;
            }
            utf16 += c.len_utf16();
        }
        Self { raw, index }
    }

    /// How many Unicode scalars stand before the byte `offset`; `None` inside a character or beyond the text.
    #[must_use]
    pub fn scalars(&self, offset: usize) -> Option<usize> {
        let (entry, between) = self.before(offset)?;
        Some(entry.scalars + between.chars().count())
    }

    /// How many UTF-16 units stand before the byte `offset`; `None` inside a character or beyond the text.
    #[must_use]
    pub fn utf16(&self, offset: usize) -> Option<usize> {
        let (entry, between) = self.before(offset)?;
        Some(entry.utf16 + between.chars().map(char::len_utf16).sum::<usize>())
    }

    /// The byte at which the scalar numbered `scalars` starts; `None` beyond the text.
    #[must_use]
    pub fn from_scalars(&self, scalars: usize) -> Option<usize> {
        self.after(scalars, |entry| entry.scalars, |_| 1)
    }

    /// The byte at which the UTF-16 unit numbered `utf16` starts; `None` inside a character or beyond the text.
    #[must_use]
    pub fn from_utf16(&self, utf16: usize) -> Option<usize> {
        self.after(utf16, |entry| entry.utf16, char::len_utf16)
    }

    /// A span of bytes as a span of Unicode scalars.
    #[must_use]
    pub fn span_in_scalars(&self, span: Span) -> Option<Span> {
        Some(Span::new(self.scalars(span.start)?, self.scalars(span.end)?))
    }

    /// A span of bytes as a span of UTF-16 units.
    #[must_use]
    pub fn span_in_utf16(&self, span: Span) -> Option<Span> {
        Some(Span::new(self.utf16(span.start)?, self.utf16(span.end)?))
    }

    /// The last entry at or before a byte, and the text between.
    fn before(&self, offset: usize) -> Option<(Entry, &'a str)> {
        if self.index.is_empty() {
            return (offset <= self.raw.len())
                .then_some((Entry { byte: offset, scalars: offset, utf16: offset }, ""));
        }
        let entry = *self.index.get(self.index.partition_point(|e| e.byte <= offset).checked_sub(1)?)?;
        Some((entry, self.raw.get(entry.byte..offset)?))
    }

    fn after(
        &self,
        units: usize,
        of: impl Fn(&Entry) -> usize,
        width: impl Fn(char) -> usize,
    ) -> Option<usize> {
        if self.index.is_empty() {
            return (units <= self.raw.len()).then_some(units);
        }
        let entry = self.index.get(self.index.partition_point(|e| of(e) <= units).checked_sub(1)?)?;
        let mut at = of(entry);
        let mut byte = entry.byte;
        let mut chars = self.raw.get(byte..)?.chars();
        while at < units {
            let c = chars.next()?;
            at += width(c);
            byte += c.len_utf8();
        }
        (at == units).then_some(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ascii_needs_no_index() {
        let offsets = Offsets::new("plain");
        assert!(offsets.index.is_empty());
        assert_eq!(offsets.scalars(5), Some(5));
        assert_eq!(offsets.scalars(6), None);
        assert_eq!(offsets.from_utf16(6), None);
    }

    #[test]
    fn half_a_surrogate_pair_is_no_place() {
        assert_eq!(Offsets::new("𝄞").from_utf16(1), None);
        assert_eq!(Offsets::new("𝄞").from_utf16(2), Some(4));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_boundary_goes_there_and_back(text in "(\\PC|[“é𝄞]){0,400}") {
            let offsets = Offsets::new(&text);
            for (n, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
                prop_assert_eq!(offsets.scalars(byte), Some(n));
                prop_assert_eq!(offsets.from_scalars(n), Some(byte));
                let units = offsets.utf16(byte).unwrap();
                prop_assert_eq!(units, text.get(..byte).unwrap().encode_utf16().count());
                prop_assert_eq!(offsets.from_utf16(units), Some(byte));
            }
        }
    }
}
