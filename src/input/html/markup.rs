//! The tags of a page, as a parser after the HTML standard finds them: what stands in a comment, in a script or in the
//! value of an attribute is none.
//!
//! Source: the tokenizer of the HTML standard, section 13.2.5, whose states these functions follow. Where the two would
//! differ, a page could show the parser tags that the guard has not counted.

/// A tag of a page; its places are bytes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) name: &'a str,
    /// Whether it ends an element.
    pub(super) closes: bool,
    /// Whether it ends with `/>`, which counts in drawings and formulas alone.
    pub(super) is_empty: bool,
}

/// The next tag from `at` on; comments and declarations are passed over.
pub(super) fn next_tag(html: &str, mut at: usize) -> Option<Tag<'_>> {
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = html.get(start + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            at = start + 4 + end_of_comment(comment);
            continue;
        }
        let closes = rest.starts_with('/');
        let from = start + 1 + usize::from(closes);
        let body = html.get(from..)?;
        if body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let length = body.find(|c: char| is_space(c) || matches!(c, '/' | '>')).unwrap_or(body.len());
            let (end, is_empty) = end_of_tag(html, from + length);
            return Some(Tag { start, end, name: body.get(..length)?, closes, is_empty });
        }
        // `<!`, `<?` and `</` with no name are comments up to the next `>`; another `<` is text.
        let is_declaration = closes || rest.starts_with(['!', '?']);
        at = match body.find('>') {
            Some(end) if is_declaration => from + end + 1,
            None if is_declaration => html.len(),
            _ => start + 1,
        };
    }
}

/// White space of markup: of the characters that Unicode has, these alone end a name.
const fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\x0c' | ' ')
}

/// One past the end of a comment, of which `rest` is what follows `<!--`.
fn end_of_comment(rest: &str) -> usize {
    if rest.starts_with('>') {
        return 1;
    }
    if rest.starts_with("->") {
        return 2;
    }
    let mut at = 0;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.find("--")) {
        at += found;
        let after = rest.get(at + 2..).unwrap_or_default();
        if after.starts_with('>') {
            return at + 3;
        }
        if after.starts_with("!>") {
            return at + 4;
        }
        at += 1;
    }
    rest.len()
}

/// Where in a tag a character stands.
#[derive(Clone, Copy)]
enum In {
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Unquoted,
    Quoted(u8),
    /// After a `/` that no value holds.
    Slash,
}

/// One past the `>` that ends a tag, and whether a `/` stands before it. A mark opens a value after `=` alone, and a
/// `>` in a value between marks ends nothing.
fn end_of_tag(html: &str, from: usize) -> (usize, bool) {
    let mut state = In::BeforeName;
    for (offset, &byte) in html.as_bytes().iter().enumerate().skip(from) {
        let space = is_space(char::from(byte));
        state = match (state, byte) {
            (In::Quoted(mark), _) if byte == mark => In::BeforeName,
            (In::Quoted(mark), _) => In::Quoted(mark),
            (_, b'>') => return (offset + 1, matches!(state, In::Slash)),
            (In::BeforeValue, b'"' | b'\'') => In::Quoted(byte),
            (In::BeforeValue, _) if space => In::BeforeValue,
            (In::BeforeValue, _) => In::Unquoted,
            (In::Unquoted, _) if space => In::BeforeName,
            (In::Unquoted, _) => In::Unquoted,
            (_, b'/') => In::Slash,
            (In::Name | In::AfterName, b'=') => In::BeforeValue,
            (In::Name | In::AfterName, _) if space => In::AfterName,
            (_, _) if space => In::BeforeName,
            _ => In::Name,
        };
    }
    (html.len(), false)
}

/// Whether the content of an element is no markup.
pub(super) fn is_raw(name: &str) -> bool {
    const NAMES: &[&str] = &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"];
    NAMES.iter().any(|raw| raw.eq_ignore_ascii_case(name))
}

/// Where the content of such an element ends that begins at `from`: where its closing tag begins.
pub(super) fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    if name.eq_ignore_ascii_case("script") {
        return end_of_script(html, from);
    }
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += found;
        if html.get(at + 2..).is_some_and(|rest| is_named(rest, name)) {
            return at;
        }
        at += 2;
    }
    html.len()
}

/// The same of a script, in which `<!-- <script>` hides a closing tag.
fn end_of_script(html: &str, from: usize) -> usize {
    let (mut at, mut is_escaped, mut is_nested) = (from, false, false);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find(['<', '-'])) {
        at += found;
        let rest = html.get(at..).unwrap_or_default();
        if rest.starts_with("<!--") {
            is_escaped = true;
            // The dashes that open may be those that close.
            at += 2;
        } else if is_escaped && rest.starts_with("-->") {
            (is_escaped, is_nested) = (false, false);
            at += 3;
        } else if rest.strip_prefix("</").is_some_and(|rest| is_named(rest, "script")) {
            if !is_nested {
                return at;
            }
            is_nested = false;
            at += 2;
        } else {
            is_nested |= is_escaped && rest.strip_prefix('<').is_some_and(|rest| is_named(rest, "script"));
            at += 1;
        }
    }
    html.len()
}

/// Whether `rest` begins with the name of a tag and what may follow it.
fn is_named(rest: &str, name: &str) -> bool {
    let is_it = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let after = rest.get(name.len()..).unwrap_or_default();
    is_it && after.starts_with(|c: char| is_space(c) || matches!(c, '/' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the tags of a page, with what stands raw passed over.
    fn names(html: &str) -> Vec<&str> {
        let (mut names, mut at) = (Vec::new(), 0);
        while let Some(tag) = next_tag(html, at) {
            names.push(tag.name);
            at = tag.end;
            if !tag.closes && is_raw(tag.name) {
                at = end_of_raw(html, at, tag.name);
            }
        }
        names
    }

    #[test]
    fn a_comment_ends_where_the_parser_ends_it() {
        for comment in
            ["<!-->", "<!--->", "<!---->", "<!-- a --!>", "<!-- a ---->", "<!a <!-->", "<?a '>", "</ a>"]
        {
            assert_eq!(names(&format!("{comment}<b>-->")), ["b"], "{comment}");
        }
        assert_eq!(names("<!-- <i> -- > --! > <i>"), [""; 0]);
        assert_eq!(names("1 < 2 <b>"), ["b"]);
    }

    #[test]
    fn a_mark_opens_a_value_after_an_equals_sign_alone() {
        for tag in [
            "<p '>",
            "<p a'b\">",
            "<p a=b'>",
            "<p a = '>' >",
            "<p a=\"'>\">",
            "<p ='>",
            "<p a/='>",
            "<p a='b'c'>",
        ] {
            assert_eq!(names(&format!("{tag}<b>'")), ["p", "b"], "{tag}");
        }
    }

    #[test]
    fn a_slash_ends_a_tag_where_no_value_holds_it() {
        let is_empty = |html| next_tag(html, 0).unwrap().is_empty;
        assert!(is_empty("<svg/>") && is_empty("<svg a='b'/>") && is_empty("<svg a />"));
        assert!(!is_empty("<svg>") && !is_empty("<svg a=b/>") && !is_empty("<svg / >"));
    }

    #[test]
    fn raw_content_ends_at_its_own_closing_tag() {
        assert_eq!(names("<title></titles><!--</title><b>"), ["title", "title", "b"]);
        assert_eq!(names("<title\u{a0}><b></title>"), ["title\u{a0}", "b", "title"]);
        assert_eq!(names("<iframe><!--</iframe ><b>"), ["iframe", "iframe", "b"]);
        assert_eq!(names("<style><b>"), ["style"]);
    }

    #[test]
    fn a_comment_in_a_script_hides_the_end_of_a_script_in_it() {
        assert_eq!(names("<script><!--<script></script><!--</script><b>"), ["script", "script", "b"]);
        assert_eq!(names("<script><!--</script><b>"), ["script", "script", "b"]);
        assert_eq!(names("<script><!--><script></script><b>"), ["script", "script", "b"]);
        assert_eq!(names("<script><!--<script>--></script><b>"), ["script", "script", "b"]);
        assert_eq!(names("<script>'<b>--><script>'</script><b>"), ["script", "script", "b"]);
    }
}
