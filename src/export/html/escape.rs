//! What an article says, made safe for a page: text, addresses, language tags.

use std::fmt::{self, Display, Formatter, Write};

/// Text of a stranger, for the content of an element; [`OneLine`] is for attributes too.
///
/// What would be read as markup is escaped; what nobody can see, or what turns the direction of the text around it, is
/// shown as U+FFFD. Marks that only help a right-to-left text along (U+200E, U+200F, joiners) stay.
#[derive(Clone, Copy)]
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(|c| replacement(c).is_some()) {
            let (plain, special) = rest.split_at(at);
            out.write_str(plain)?;
            let mut chars = special.chars();
            if let Some(replaced) = chars.next().and_then(replacement) {
                out.write_str(replaced)?;
            }
            rest = chars.as_str();
        }
        out.write_str(rest)
    }
}

fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '\n' | '\t' => return None,
        '\r' => "\n",
        c if is_unseen(c) => "\u{fffd}",
        _ => return None,
    })
}

/// Whether a page, or XML, must not hold `c`, or it turns the text around: embeddings, overrides, isolates.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Text on one line, for the content of an element or for an attribute between double quotes: every stretch of white
/// space is one space.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl Display for OneLine<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (index, word) in self.0.split_whitespace().enumerate() {
            if index > 0 {
                out.write_char(' ')?;
            }
            for (index, piece) in word.split('"').enumerate() {
                if index > 0 {
                    out.write_str("&quot;")?;
                }
                Display::fmt(&Escaped(piece), out)?;
            }
        }
        Ok(())
    }
}

/// The attribute that lets the words decide their direction, where any of them can turn it; others run left to right
/// like the page.
pub(super) struct Direction<'a>(pub(super) &'a str);

impl Display for Direction<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.0.chars().any(is_right_to_left) { out.write_str(" dir=\"auto\"") } else { Ok(()) }
    }
}

/// Whether `c` lies in a block of right-to-left letters, or is a mark that acts as one (Unicode Standard Annex 9).
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// A name from outside, kept apart from the direction of the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Name<'a>(pub(super) &'a str);

impl Display for Name<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "<bdi>{}</bdi>", OneLine(self.0))
    }
}

/// At most the first `limit` characters of `text`, cut at a word where there is one near; whether any were cut.
pub(crate) fn shortened(text: &str, limit: usize) -> (&str, bool) {
    let Some((end, _)) = text.char_indices().nth(limit) else { return (text, false) };
    let head = text.get(..end).unwrap_or(text);
    let at_word = head.rfind(char::is_whitespace).filter(|at| 2 * at > end).unwrap_or(end);
    (head.get(..at_word).unwrap_or(head).trim_end_matches([' ', ',', ';', ':', '—', '–']), true)
}

/// An address that may be linked: http or https, with a host, and nothing that a reader of addresses drops or turns.
pub(super) fn linkable(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let is_clean = |c: char| {
        !c.is_whitespace() && !c.is_control() && !is_unseen(c) && !matches!(c, '\\' | '"' | '<' | '>' | '`')
    };
    (is_web && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') && rest.chars().all(is_clean))
        .then_some(url)
}

/// A language tag that may stand in `lang`: letters, digits and hyphens.
pub(super) fn language(tag: Option<&str>) -> Option<&str> {
    let is_tag = |tag: &&str| {
        (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    tag.filter(is_tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_their_direction_where_they_can_turn_it() {
        assert_eq!(Direction("The ferry, “l’été” — 12").to_string(), "");
        assert_eq!(Direction("12 העיר").to_string(), " dir=\"auto\"");
        assert_eq!(Direction("المدينة").to_string(), " dir=\"auto\"");
    }

    #[test]
    fn nothing_is_read_as_markup_and_nothing_turns_the_text_around() {
        let hostile = "</script><img src=x onerror='a()'>\"&amp;\0\u{202e}evil\u{2069}\u{1b}[31m";
        let safe = Escaped(hostile).to_string();
        assert_eq!(
            safe,
            "&lt;/script&gt;&lt;img src=x onerror='a()'&gt;\"&amp;amp;\u{fffd}\u{fffd}evil\u{fffd}\u{fffd}[31m"
        );
        assert_eq!(Escaped("السلام\u{200f} عليكم").to_string(), "السلام\u{200f} عليكم");
        assert_eq!(OneLine(" a\n\t\"b\" onload=c ").to_string(), "a &quot;b&quot; onload=c");
    }

    #[test]
    fn only_the_web_is_linked() {
        for good in ["https://ledger.example/a?b=c&d", "HTTP://ledger.example", "https://[::1]/"] {
            assert_eq!(linkable(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "javascript://%0aalert(1)",
            "data:text/html,<script>",
            " https://a.example",
            "https://a.example/\u{202e}x",
            "https://a.example/\"onclick=",
            "java\nscript:alert(1)",
            "https:///etc/passwd",
            "//a.example",
            "ftp://a.example",
            "vbscript:x",
            "",
        ] {
            assert_eq!(linkable(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_language_is_a_tag_or_nothing() {
        assert_eq!(language(Some("pt-BR")), Some("pt-BR"));
        assert_eq!(language(Some("en\" onload=\"x")), None);
        assert_eq!(language(Some("")), None);
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(shortened("one two three", 20), ("one two three", false));
        assert_eq!(shortened("one two, three", 10), ("one two", true));
        assert_eq!(shortened("漢字漢字漢字", 4), ("漢字漢字", true));
    }
}
