//! Bounds on a page before it is parsed: how deep elements nest, and how long one tag is.
//!
//! Parsing and reading a tree of elements takes time in proportion to its depth at every step, so that 10,000 nested
//! elements, which a page of 110 kB may hold, take half a minute. One pass over the tags, before any tree is built,
//! drops those that stand too deep and keeps their text.

use std::borrow::Cow;

/// What the guard lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// How many elements may be open at a time.
    pub(super) depth: usize,
    /// How long a tag may be, in bytes; a longer one is dropped.
    pub(super) tag: usize,
}

impl Bounds {
    pub(super) const DEFAULT: Self = Self { depth: 192, tag: 1 << 16 };
}

/// The page with the tags that stand deeper than `bounds` left out. O(bytes).
pub(super) fn flatten(html: &str, bounds: Bounds) -> Cow<'_, str> {
    let mut guard = Guard { bounds, open: Vec::new(), dropped: Vec::new(), out: String::new(), kept: 0 };
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        at = tag.end;
        if !guard.admits(&tag) {
            guard.leave_out(html, tag.start, tag.end);
        }
        if !tag.closes && is_raw(tag.name) {
            at = end_of_raw(html, at, tag.name);
        }
    }
    guard.finish(html)
}

struct Guard<'a> {
    bounds: Bounds,
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// Names of elements whose opening tag was left out and whose closing tag has not come; at most as many as may be
    /// open, for what is opened beyond that need not be matched with care.
    dropped: Vec<&'a str>,
    out: String,
    /// Up to where the page is copied.
    kept: usize,
}

impl<'a> Guard<'a> {
    /// Whether a tag stays; keeps count of what is open.
    fn admits(&mut self, tag: &Tag<'a>) -> bool {
        if tag.end - tag.start > self.bounds.tag {
            return false;
        }
        if is_void(tag.name) {
            return true;
        }
        if tag.closes {
            return self.close(tag.name);
        }
        self.end_by_itself(tag.name);
        if self.open.len() < self.bounds.depth {
            self.open.push(tag.name);
            return true;
        }
        if self.dropped.len() < self.bounds.depth {
            self.dropped.push(tag.name);
        }
        false
    }

    /// A paragraph, list item or cell ends where the next one begins, if nobody closes it.
    fn end_by_itself(&mut self, name: &str) {
        const ENDING: &[&str] = &["p", "li", "dt", "dd", "tr", "td", "th", "option"];
        const HOLDING: &[&str] = &[
            "div",
            "ul",
            "ol",
            "dl",
            "table",
            "section",
            "article",
            "main",
            "aside",
            "blockquote",
            "td",
            "th",
        ];
        if !is_one_of(name, ENDING) {
            return;
        }
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.eq_ignore_ascii_case(name) {
                self.open.truncate(at);
                return;
            }
            if is_one_of(open, HOLDING) {
                return;
            }
        }
    }

    fn close(&mut self, name: &str) -> bool {
        let same = |open: &&str| open.eq_ignore_ascii_case(name);
        if let Some(at) = self.dropped.iter().rposition(same) {
            self.dropped.truncate(at);
            return false;
        }
        if let Some(at) = self.open.iter().rposition(same) {
            self.open.truncate(at);
        }
        true
    }

    fn leave_out(&mut self, html: &str, start: usize, end: usize) {
        self.out.push_str(html.get(self.kept..start).unwrap_or_default());
        // Words on both sides of a tag stay apart.
        self.out.push(' ');
        self.kept = end;
    }

    fn finish(mut self, html: &str) -> Cow<'_, str> {
        if self.out.is_empty() {
            return Cow::Borrowed(html);
        }
        self.out.push_str(html.get(self.kept..).unwrap_or_default());
        Cow::Owned(self.out)
    }
}

struct Tag<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    closes: bool,
}

/// The next tag from `at` on; comments and declarations are passed over.
fn next_tag(html: &str, mut at: usize) -> Option<Tag<'_>> {
    loop {
        let start = at + html.get(at..)?.find('<')?;
        let rest = html.get(start + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            at = match comment.find("-->") {
                Some(end) => start + 4 + end + 3,
                None => html.len(),
            };
            continue;
        }
        let closes = rest.starts_with('/');
        let from = start + 1 + usize::from(closes);
        let body = html.get(from..)?;
        if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let length = body.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(body.len());
        let end = end_of_tag(html, from + length);
        return Some(Tag { start, end, name: body.get(..length)?, closes });
    }
}

/// One past the `>` that ends a tag; one between marks does not.
fn end_of_tag(html: &str, from: usize) -> usize {
    let mut mark = None;
    for (offset, byte) in html.as_bytes().iter().enumerate().skip(from) {
        match (mark, byte) {
            (None, b'>') => return offset + 1,
            (None, b'"' | b'\'') => mark = Some(*byte),
            (Some(open), close) if open == *close => mark = None,
            _ => {}
        }
    }
    html.len()
}

/// Where the content of an element that holds no tags ends.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        let after = html.get(at + found + 2..).unwrap_or_default();
        if after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return at + found;
        }
        at += found + 2;
    }
    html.len()
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    is_one_of(name, &["script", "style", "textarea", "title", "noframes", "xmp"])
}

/// Elements that hold nothing, or that the parser ends by itself, so that they don't nest.
fn is_void(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "html", "head", "body",
    ];
    is_one_of(name, NAMES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(html: &str) -> String {
        flatten(html, Bounds { depth: 3, tag: 40 }).into_owned()
    }

    #[test]
    fn an_ordinary_page_is_not_touched() {
        let page = "<p>One<br>two <b>three</b></p><!-- <div><div><div><div> --><p>four</p>";
        assert!(matches!(flatten(page, Bounds::DEFAULT), Cow::Borrowed(same) if same == page));
    }

    #[test]
    fn deeper_tags_are_left_out_and_their_text_stays() {
        assert_eq!(flat("<a><b><c><d>x</d><d>y</d></c></b></a><p>z"), "<a><b><c> x  y </c></b></a><p>z");
    }

    #[test]
    fn an_element_that_is_not_closed_ends_with_the_one_around_it() {
        let html = "<div><i>a</div>".repeat(9);
        assert_eq!(flat(&html), html);
    }

    #[test]
    fn paragraphs_and_items_need_no_closing_tag() {
        let html = format!("<div>{}</div>", "<p>a<i>b") + &"<ul><li>c<li>d<li>e<li>f</ul>".repeat(5);
        assert_eq!(flat(&html), html);
    }

    #[test]
    fn a_tag_in_a_script_or_an_attribute_is_none() {
        let html = "<p title='<b><b><b><b>'>x<script>'<b><b><b><b>'</script><i>y</i></p>";
        assert_eq!(flat(html), html);
    }

    #[test]
    fn a_tag_that_is_too_long_is_left_out() {
        assert_eq!(flat(&format!("a<p class=\"{}\">b", "x".repeat(50))), "a b");
    }
}
