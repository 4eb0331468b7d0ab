//! JSON that is safe wherever it is put: in a page, in a log, on a screen.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::error::{Error, Result};

/// Writes `value` as JSON in which what could end a script, break a line or turn the direction of a text stands
/// as `\uXXXX`. A reader gets the very same strings.
pub(super) fn write<W: Write>(value: &impl Serialize, out: W) -> Result<()> {
    let mut serializer = Serializer::with_formatter(out, Careful);
    value.serialize(&mut serializer).map_err(|error| Error::Io(error.into()))
}

/// Compact JSON, as `serde_json` has it, but for the characters of [`is_unsafe`].
struct Careful;

impl Formatter for Careful {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unsafe) {
            let (safe, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            out.write_all(safe.as_bytes())?;
            let mut after = after.chars();
            if let Some(c) = after.next() {
                // All of them are of the basic plane: one escape each.
                write!(out, "\\u{:04x}", u32::from(c))?;
            }
            rest = after.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// `<` (`</script>`, `<!--`), control characters, line separators, direction marks.
fn is_unsafe(c: char) -> bool {
    c == '<' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') || is_bidi(c)
}

/// Whether a character turns the direction of the text around it.
pub(super) const fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text for a terminal: without the characters that it would obey or hide, control characters and those that turn the
/// direction of a text or show nothing; a line break or tab is a space.
///
/// ```
/// assert_eq!(quotetrace::export::clean("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => Some(' '),
        c if c.is_control() || is_bidi(c) => None,
        '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => None,
        c => Some(c),
    };
    text.chars().filter_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::HOSTILE;

    #[test]
    fn a_terminal_is_told_nothing_by_an_article() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd\0"), "a[31mbc d");
        assert_eq!(clean("a\u{61c}b\u{200b}\u{2063}\u{2069}\u{feff}c"), "abc");
    }

    #[test]
    fn a_string_comes_back_the_same_and_nothing_in_it_does_anything() {
        for hostile in HOSTILE {
            let mut written = Vec::new();
            write(&[hostile], &mut written).unwrap();
            let read: Vec<String> = serde_json::from_slice(&written).unwrap();
            assert_eq!(read, [*hostile]);
            let shown = String::from_utf8(written).unwrap();
            assert!(!shown.contains(is_unsafe), "{shown}");
        }
    }
}
