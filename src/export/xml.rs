//! Text for between the quotation marks of an XML attribute, or between tags.

use std::fmt;

use super::careful::is_bidi;
use super::view::Type;

/// What GraphML and GEXF both call a type; lists are joined into a string.
pub(super) const fn type_name(holds: Type) -> &'static str {
    match holds {
        Type::Text | Type::List => "string",
        Type::Number => "double",
        Type::Whole => "long",
        Type::Flag => "boolean",
    }
}

/// Shows a text so that an XML reader gets it back: markup and white space that readers fold as references,
/// direction marks too (an editor then shows the file as it is), what XML 1.0 forbids as U+FFFD.
pub(super) struct Escaped<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Escaped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Escaping(f);
        fmt::Write::write_fmt(&mut out, format_args!("{}", self.0))
    }
}

struct Escaping<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| match c {
            '&' => self.0.write_str("&amp;"),
            '<' => self.0.write_str("&lt;"),
            '>' => self.0.write_str("&gt;"),
            '"' => self.0.write_str("&quot;"),
            '\'' => self.0.write_str("&apos;"),
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' => write!(self.0, "&#{};", u32::from(c)),
            c if is_bidi(c) => write!(self.0, "&#{};", u32::from(c)),
            c if is_forbidden(c) => fmt::Write::write_char(self.0, '\u{fffd}'),
            c => fmt::Write::write_char(self.0, c),
        })
    }
}

/// What XML 1.0 has no way to write (production 2, `Char`), and the controls and non-characters it discourages.
const fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
        || c as u32 & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::HOSTILE;

    #[test]
    fn a_real_reader_gets_every_text_back_but_for_what_xml_forbids() {
        for hostile in HOSTILE {
            let xml = format!("<a b=\"{}\">{}</a>", Escaped(hostile), Escaped(hostile));
            let read = roxmltree::Document::parse(&xml).unwrap();
            let wanted = hostile.replace(is_forbidden_and_lost, "\u{fffd}");
            assert_eq!(read.root_element().attribute("b"), Some(wanted.as_str()));
            assert_eq!(read.root_element().text().unwrap_or(""), wanted);
            assert!(!xml.contains(is_bidi));
        }
    }

    fn is_forbidden_and_lost(c: char) -> bool {
        is_forbidden(c) && !"\t\n\r\u{85}".contains(c)
    }
}
