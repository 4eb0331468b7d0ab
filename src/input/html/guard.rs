//! Bounds on a page before it is parsed: how deep elements nest, and how long one tag is.
//!
//! Parsing and reading a tree of elements takes time in proportion to its depth at every step, so that 10,000 nested
//! elements, which a page of 110 kB may hold, take half a minute. One pass over the tags, before any tree is built,
//! drops those that stand too deep and keeps their text.
//!
//! What the guard counts as open is at least what the parser has open, but for the rows and bodies that it adds to a
//! table by itself. To that end an element that another one's tag ends is closed in so many words: a parser that
//! takes a forgotten `</b>` for one that goes on would open it again in every paragraph that follows. Drawings and
//! formulas, in which other rules hold, are called by names that a parser doesn't know; nothing of them is read.

use std::borrow::Cow;

use super::markup::{Tag, end_of_raw, is_raw, next_tag};

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
    let mut guard =
        Guard { html, bounds, open: Vec::new(), dropped: Vec::new(), out: String::new(), kept: 0 };
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        let is_kept = guard.admits(&tag);
        at = tag.end;
        if !tag.closes && is_raw(tag.name) {
            at = end_of_raw(html, at, tag.name);
        }
        if !is_kept {
            // What is raw goes with its tag: without it, it would be markup.
            guard.leave_out(tag.start, at);
        }
    }
    guard.finish()
}

struct Guard<'a> {
    html: &'a str,
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
        if tag.end - tag.start > self.bounds.tag || is_one_of(tag.name, &["plaintext"]) {
            return false;
        }
        if is_one_of(tag.name, VOID) {
            return true;
        }
        if tag.closes {
            return self.close(tag);
        }
        self.end_by_itself(tag);
        if self.open.len() < self.bounds.depth {
            return self.open(tag);
        }
        if self.dropped.len() < self.bounds.depth {
            self.dropped.push(tag.name);
        }
        false
    }

    /// Counts an element as open; whether its tag stays, which it does.
    fn open(&mut self, tag: &Tag<'a>) -> bool {
        let Some(alias) = alias(tag.name) else {
            self.open.push(tag.name);
            return true;
        };
        if tag.is_empty {
            self.leave_out(tag.start, tag.end);
        } else {
            self.open.push(tag.name);
            self.put(tag.start, tag.end, &format!("<{alias}>"));
        }
        true
    }

    /// A paragraph, heading, list item or cell ends where the next one begins, if nobody closes it.
    fn end_by_itself(&mut self, tag: &Tag<'a>) {
        if ends_a_paragraph(tag.name) {
            self.end_nearest(tag, &["p"], |open| is_one_of(open, SCOPE) || is_one_of(open, &["button"]));
        }
        let holds = |open: &str| is_special(open) || alias(open).is_some();
        if is_one_of(tag.name, &["a"]) {
            self.end_nearest(tag, &["a"], holds);
        }
        let is_table =
            |open: &str| is_one_of(open, &["table", "template", "caption"]) || alias(open).is_some();
        for names in [&["li"][..], &["dt", "dd"]] {
            if is_one_of(tag.name, names) {
                let passed = ["address", "div", "p"];
                self.end_nearest(tag, names, |open| holds(open) && !is_one_of(open, &passed));
            }
        }
        for names in [&["td", "th"][..], &["tr"]] {
            if is_one_of(tag.name, names) {
                self.end_nearest(tag, names, is_table);
            }
        }
        for names in [&["option"][..], HEADINGS] {
            if is_one_of(tag.name, names) && self.open.last().is_some_and(|open| is_one_of(open, names)) {
                self.open.pop();
            }
        }
    }

    /// Ends the nearest open element of these names, if it stands above what holds it.
    fn end_nearest(&mut self, tag: &Tag<'a>, names: &[&str], holds: impl Fn(&str) -> bool) {
        let nearest = self.open.iter().rposition(|open| is_one_of(open, names) || holds(open));
        if let Some(at) = nearest
            && self.open.get(at).is_some_and(|open| is_one_of(open, names))
        {
            self.end_from(tag, at);
        }
    }

    /// Ends the open elements from the one at `at` on, those above it in so many words.
    fn end_from(&mut self, tag: &Tag<'a>, at: usize) {
        let above: String = self
            .open
            .iter()
            .skip(at + 1)
            .rev()
            .map(|&open| format!("</{}>", alias(open).unwrap_or(open)))
            .collect();
        if !above.is_empty() {
            self.put(tag.start, tag.start, &above);
        }
        self.open.truncate(at);
    }

    /// Whether a closing tag stays, and what it ends.
    fn close(&mut self, tag: &Tag<'a>) -> bool {
        let name = tag.name;
        let is_same = |open: &&str| open.eq_ignore_ascii_case(name);
        if let Some(at) = self.dropped.iter().rposition(is_same) {
            self.dropped.truncate(at);
            return false;
        }
        let is_heading = is_one_of(name, HEADINGS);
        let found =
            self.open.iter().rposition(|open| is_same(open) || is_heading && is_one_of(open, HEADINGS));
        let Some(at) = found else { return true };
        let above = self.open.get(at + 1..).unwrap_or_default();
        let holds = |names: &[&str]| above.iter().any(|open| is_one_of(open, names));
        let specials = above.iter().filter(|open| is_special(open)).count();
        if let Some(alias) = alias(name) {
            self.end_from(tag, at);
            self.put(tag.start, tag.end, &format!("</{alias}>"));
            return true;
        }
        let is_ended = if is_one_of(name, &["table", "template"]) {
            !holds(&["template"])
        } else if is_one_of(name, OF_A_TABLE) {
            !holds(&["table", "template", "caption"])
        } else if is_one_of(name, &["li"]) {
            !holds(SCOPE) && !holds(&["ol", "ul"])
        } else if is_one_of(name, &["p"]) {
            !holds(SCOPE) && !holds(&["button"])
        } else if is_ended_with_all(name) {
            !holds(SCOPE)
        } else {
            specials == 0
        };
        if is_ended {
            self.end_from(tag, at);
        } else if is_one_of(name, FORMATTING) && !holds(SCOPE) {
            // The blocks in it stay open, and it is ended inside them, if they are few enough for the parser.
            if specials > ADOPTED {
                return false;
            }
            self.open.remove(at);
        }
        true
    }

    /// Leaves a stretch of the page out.
    fn leave_out(&mut self, start: usize, end: usize) {
        // Words on both sides of a tag stay apart.
        self.put(start, end, " ");
    }

    /// Puts something in place of a stretch of the page.
    fn put(&mut self, start: usize, end: usize, new: &str) {
        self.out.push_str(self.html.get(self.kept..start).unwrap_or_default());
        self.out.push_str(new);
        self.kept = end;
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.out.is_empty() {
            return Cow::Borrowed(self.html);
        }
        self.out.push_str(self.html.get(self.kept..).unwrap_or_default());
        Cow::Owned(self.out)
    }
}

/// What drawings and formulas are called instead; the renderer reads neither.
fn alias(name: &str) -> Option<&'static str> {
    let aliases = [("svg", "x-svg"), ("math", "x-math")];
    aliases.into_iter().find(|(old, _)| old.eq_ignore_ascii_case(name)).map(|(_, alias)| alias)
}

/// Elements that hold nothing, or that the parser ends by itself, so that they don't nest.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "image", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "html", "head", "body",
];

const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements that the standard calls formatting: a parser opens them again where a block ended them.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// How many blocks a formatting element may be ended over.
const ADOPTED: usize = 7;

/// Elements over which no other one's tag reaches.
const SCOPE: &[&str] = &["applet", "caption", "table", "td", "th", "marquee", "object", "select", "template"];

const OF_A_TABLE: &[&str] = &["caption", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Blocks: a paragraph ends before each, its closing tag ends what is open in it, as far as its scope goes, and the
/// closing tag of another kind of element does not reach over it (in the standard: it is special).
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "ul",
];

/// Whether a paragraph ends before an element.
fn ends_a_paragraph(name: &str) -> bool {
    const OTHERS: &[&str] = &["dialog", "li", "p", "search", "table", "xmp"];
    is_one_of(name, BLOCKS) || is_one_of(name, OTHERS)
}

/// Whether the closing tag of an element ends what is open in it, as far as its scope goes.
fn is_ended_with_all(name: &str) -> bool {
    const OTHERS: &[&str] = &["applet", "button", "dialog", "marquee", "object", "search", "select"];
    is_one_of(name, BLOCKS) || is_one_of(name, OTHERS)
}

/// Whether the standard calls an element special: another closing tag does not reach over it.
fn is_special(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "applet", "button", "caption", "colgroup", "frameset", "iframe", "li", "marquee", "noembed",
        "noframes", "noscript", "object", "p", "script", "select", "style", "table", "tbody", "td",
        "template", "textarea", "tfoot", "th", "thead", "title", "tr", "xmp",
    ];
    is_one_of(name, BLOCKS) || is_one_of(name, OTHERS)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use dom_query::Document as Page;

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
    fn what_is_raw_goes_with_the_tag_that_stands_too_deep() {
        assert_eq!(flat("<a><b><c>x<xmp><p></xmp>y"), "<a><b><c>x  y");
        assert_eq!(flat("<plaintext><p>x"), " <p>x");
    }

    #[test]
    fn an_element_that_is_not_closed_ends_with_the_one_around_it() {
        assert_eq!(flat(&"<div><i>a</div>".repeat(2)), "<div><i>a</i></div>".repeat(2));
    }

    #[test]
    fn what_the_parser_keeps_open_is_counted() {
        for html in ["<div><table><td></div>", "<li><ul></li>", "<b><div></b>", "<p><object></p>"] {
            assert!(flat(&html.repeat(9)).len() < html.len() * 9, "{html}");
        }
        assert_eq!(flat("<b><p>x</b>y</p>z"), "<b><p>x</b>y</p>z");
    }

    #[test]
    fn paragraphs_and_items_need_no_closing_tag() {
        let html =
            "<div>".to_owned() + &"<p>a".repeat(9) + "</p><ul>" + &"<li>c".repeat(9) + "</li></ul></div>";
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

    #[test]
    fn a_drawing_has_a_name_that_no_parser_knows() {
        assert_eq!(
            flat("<svg a='b'><title><b></title></svg>c<math/>"),
            "<x-svg><title><b></title></x-svg>c "
        );
        assert_eq!(flat("<p><svg><g></p>"), "<p><x-svg><g></g></x-svg></p>");
    }

    /// How deep the elements of a page nest once it is parsed.
    fn depth(html: &str) -> usize {
        let page = Page::from(html);
        let (mut node, mut depth, mut deepest) = (page.root(), 0, 0);
        loop {
            let next = match (node.first_child(), node.next_sibling()) {
                (Some(child), _) => {
                    depth += 1;
                    child
                }
                (None, Some(sibling)) => sibling,
                (None, None) => {
                    let mut up = node;
                    loop {
                        let Some(parent) = up.parent() else { return deepest };
                        depth -= 1;
                        if let Some(sibling) = parent.next_sibling() {
                            break sibling;
                        }
                        up = parent;
                    }
                }
            };
            node = next;
            deepest = deepest.max(depth);
        }
    }

    const PIECES: &[&str] = &[
        "<b>",
        "</b>",
        "<b id=1>",
        "<i>",
        "</i>",
        "<a>",
        "</a>",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<li>",
        "</li>",
        "<ul>",
        "</ul>",
        "<dt>",
        "<dd>",
        "</dd>",
        "<h1>",
        "<h2>",
        "</h1>",
        "<span>",
        "</span>",
        "<object>",
        "</object>",
        "<button>",
        "</button>",
        "<form>",
        "</form>",
        "<select>",
        "</select>",
        "<option>",
        "</option>",
        "<center>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<caption>",
        "</caption>",
        "<tbody>",
        "<template>",
        "</template>",
        "<svg>",
        "</svg>",
        "<svg/>",
        "<foreignObject>",
        "</foreignObject>",
        "<math>",
        "</math>",
        "<mi>",
        "</mi>",
        "<desc>",
        "<title>",
        "</title>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "<textarea>",
        "</textarea>",
        "<iframe>",
        "</iframe>",
        "<xmp>",
        "<noscript>",
        "</noscript>",
        "<plaintext>",
        "<ruby>",
        "<rt>",
        "</rt>",
        "<nobr>",
        "<optgroup>",
        "<!--",
        "-->",
        "<!-->",
        "<!a ",
        "<![CDATA[",
        "]]>",
        "<p '>",
        "<p a='",
        "'",
        "\"",
        ">",
        "<frameset>",
        "<head>",
        "</body>",
        "</br>",
        "x",
        " ",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

        #[test]
        fn nothing_nests_deeper_for_the_parser_than_for_the_guard(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..12),
            times in 8_usize..24,
        ) {
            let html = pieces.concat().repeat(times);
            let bounds = Bounds { depth: 8, tag: 4096 };
            let flat = flatten(&html, bounds);
            // The root, `html`, `body`, a text; and a table may have two elements that nobody wrote.
            proptest::prop_assert!(depth(&flat) <= 3 * bounds.depth + 4, "{} of {html} as {flat}", depth(&flat));
        }
    }
}
