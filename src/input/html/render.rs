//! Elements to plain text: paragraphs, links with their spans, quoted blocks with theirs.

use dom_query::{NodeData, NodeRef};

use crate::document::Link;
use crate::text::Span;

/// The text of a part of a page, and what its elements say about stretches of it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rendered {
    /// Paragraphs, with an empty line between them.
    pub(super) text: String,
    /// Where the hyperlinks stand, in order.
    pub(super) links: Vec<Link>,
    /// What the page sets off as quoted, in order, its source line left out.
    pub(super) blocks: Vec<Span>,
}

/// The text below `root`. Linear in its nodes; no recursion.
pub(super) fn render(root: &NodeRef<'_>, base: Option<&str>) -> Rendered {
    let mut writer = Writer { base, ..Writer::default() };
    let mut node = root.first_child();
    while let Some(current) = node {
        let entered = writer.enter(&current);
        if entered && let Some(child) = current.first_child() {
            node = Some(child);
            continue;
        }
        if entered {
            writer.leave(&current);
        }
        node = onward(current, root, &mut writer);
    }
    writer.finish()
}

/// The node that follows `node` and all that is in it; leaves those that end.
fn onward<'a>(node: NodeRef<'a>, root: &NodeRef<'_>, writer: &mut Writer<'_>) -> Option<NodeRef<'a>> {
    let mut node = node;
    loop {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
        if node.id == root.id {
            return None;
        }
        writer.leave(&node);
    }
}

#[derive(Default)]
struct Writer<'b> {
    base: Option<&'b str>,
    out: Rendered,
    /// What must stand before the next word.
    gap: Gap,
    /// Open links, quoted blocks and source lines, with where they began.
    open: Vec<(Open, usize)>,
    preformatted: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Open {
    Link(String),
    Block,
    /// Who is quoted in the block around it.
    Source,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Writer<'_> {
    /// Whether what is in the node is to be written.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let text = node.query(|tree| match &tree.data {
            NodeData::Text { contents } => Some(contents.clone()),
            _ => None,
        });
        if let Some(Some(text)) = text {
            self.write(&text);
            return false;
        }
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return false };
        let name: &str = &name;
        if is_unread(name) {
            return false;
        }
        match name {
            "br" => self.line(),
            "pre" => self.preformatted += 1,
            "a" => {
                let target = node.attr("href").and_then(|href| absolute(&href, self.base));
                self.open.push((Open::Link(target.unwrap_or_default()), self.out.text.len()));
            }
            "blockquote" => self.begin(Open::Block),
            "cite" | "footer" if self.in_block() => self.begin(Open::Source),
            _ => {}
        }
        if is_block(name) {
            self.gap = self.gap.max(Gap::Paragraph);
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        match name {
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "a" | "blockquote" | "cite" | "footer" => self.end(name),
            "td" | "th" => self.gap = self.gap.max(Gap::Space),
            _ => {}
        }
        if is_block(name) {
            self.gap = self.gap.max(Gap::Paragraph);
        }
    }

    fn begin(&mut self, open: Open) {
        self.gap = self.gap.max(Gap::Paragraph);
        self.open.push((open, self.out.text.len()));
    }

    fn in_block(&self) -> bool {
        self.open.iter().any(|(open, _)| *open == Open::Block)
    }

    /// Ends what an element opened, if it opened anything.
    fn end(&mut self, name: &str) {
        let is_of = |open: &Open| match open {
            Open::Link(_) => name == "a",
            Open::Block => name == "blockquote",
            Open::Source => name == "cite" || name == "footer",
        };
        let Some((open, start)) = self.open.pop_if(|(open, _)| is_of(open)) else { return };
        let span = self.written(start);
        match open {
            Open::Link(url) if !span.is_empty() && !url.is_empty() => {
                self.out.links.push(Link::new(span, url))
            }
            Open::Block => self.out.blocks.extend(quoted(&self.out.text, span)),
            Open::Link(_) => {}
            Open::Source => {
                // The block around it ends where its source begins.
                let inner = span.start;
                if let Some((_, begun)) = self.open.iter().rev().find(|(open, _)| *open == Open::Block) {
                    let block = Span::new(*begun, inner);
                    self.out.blocks.extend(quoted(&self.out.text, block));
                    if let Some(last) = self.open.iter_mut().rev().find(|(open, _)| *open == Open::Block) {
                        last.1 = self.out.text.len();
                    }
                }
            }
        }
    }

    /// What was written since `start`, without white space at its ends.
    fn written(&self, start: usize) -> Span {
        trimmed(&self.out.text, Span::new(start, self.out.text.len()))
    }

    fn line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    fn write(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.line();
                }
                self.words(line);
            }
        } else {
            self.words(text);
        }
    }

    fn words(&mut self, text: &str) {
        // U+00A0 and the like are the author's and stay; only what HTML calls white space is folded.
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        if text.starts_with(is_space) {
            self.gap = self.gap.max(Gap::Space);
        }
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            self.close_gap();
            self.out.text.extend(word.chars().filter(|c| *c != '\0'));
            self.gap = Gap::Space;
        }
        if !text.ends_with(is_space) && !text.is_empty() {
            self.gap = Gap::None;
        }
    }

    fn close_gap(&mut self) {
        if !self.out.text.is_empty() {
            self.out.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
    }

    fn finish(mut self) -> Rendered {
        self.out.links.sort_by_key(|link| link.span);
        self.out.blocks.sort_unstable();
        self.out
    }
}

/// The quoted words of a block: without a last line that says whose they are.
fn quoted(text: &str, block: Span) -> Option<Span> {
    let mut block = trimmed(text, block);
    let last = block.text(text).rfind('\n').map_or(0, |at| at + 1);
    let line = block.text(text).get(last..).unwrap_or_default();
    if last > 0 && line.trim_start().starts_with(['—', '–', '―', '-']) {
        block = trimmed(text, Span::new(block.start, block.start + last));
    }
    (!block.is_empty()).then_some(block)
}

fn trimmed(text: &str, span: Span) -> Span {
    let raw = span.text(text);
    let start = span.start + (raw.len() - raw.trim_start().len());
    Span::new(start, start + raw.trim().len())
}

/// Elements whose text is no running text of an article.
fn is_unread(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "x-svg",
        "x-math",
        "iframe",
        "object",
        "form",
        "button",
        "select",
        "textarea",
        "input",
        "nav",
        "figcaption",
        "audio",
        "video",
        "canvas",
        "head",
        "title",
    ];
    NAMES.contains(&name)
}

fn is_block(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ];
    NAMES.contains(&name)
}

/// The address that a link leads to: `http` and `https` alone, relative ones from the page's own. The rules are those
/// that pages use in fact (`//host/…`, `/path`, a whole address), not all of RFC 3986.
pub(super) fn absolute(href: &str, base: Option<&str>) -> Option<String> {
    let href = href.trim();
    let scheme = |url: &str| {
        let lower: String = url.chars().take(8).collect::<String>().to_ascii_lowercase();
        lower.starts_with("http://") || lower.starts_with("https://")
    };
    if scheme(href) {
        return Some(href.to_owned());
    }
    let base = base.filter(|base| scheme(base))?;
    if href.starts_with("//") {
        let (protocol, _) = base.split_once("//")?;
        return Some(format!("{protocol}{href}"));
    }
    let path = href.strip_prefix('/')?;
    let (protocol, rest) = base.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{protocol}//{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn rendered(html: &str) -> Rendered {
        let page = Document::from(format!("<body>{html}</body>"));
        let body = page.body().unwrap();
        render(&body, Some("https://ledger.example/2026/a"))
    }

    #[test]
    fn paragraphs_have_an_empty_line_between_them_and_white_space_is_folded() {
        let html = "<div>\n <p>One\n  two</p>\n<p>three<br>four<br><br>five</p></div> six";
        assert_eq!(rendered(html).text, "One two\n\nthree\nfour\n\nfive\n\nsix");
    }

    #[test]
    fn words_that_elements_split_stay_whole() {
        assert_eq!(
            rendered("“We <b>will</b> re<i>build</i>,” <a>she</a> said.").text,
            "“We will rebuild,” she said."
        );
    }

    #[test]
    fn links_have_their_spans_and_only_web_addresses_count() {
        let found = rendered(
            "<p>As <a href=\"/b\">the <i>Lantern</i></a> <a href='javascript:x'>wrote</a>, <a href=//c.example/d>ä</a></p>",
        );
        let links: Vec<_> =
            found.links.iter().map(|link| (link.span.text(&found.text), link.url.as_str())).collect();
        assert_eq!(links, [("the Lantern", "https://ledger.example/b"), ("ä", "https://c.example/d")]);
    }

    #[test]
    fn a_quoted_block_is_marked_without_its_source() {
        let found = rendered(
            "<p>She wrote:</p><blockquote><p>We stay.</p><p>All of us.</p>— Ada Quill (@quill) <a href=\"/1\">March 2</a></blockquote><p>So.</p>",
        );
        assert_eq!(found.text, "She wrote:\n\nWe stay.\n\nAll of us.\n\n— Ada Quill (@quill) March 2\n\nSo.");
        let blocks: Vec<_> = found.blocks.iter().map(|span| span.text(&found.text)).collect();
        assert_eq!(blocks, ["We stay.\n\nAll of us."]);
    }

    #[test]
    fn the_source_of_a_block_may_have_an_element_of_its_own() {
        let found = rendered("<blockquote>We stay. <cite>Ada Quill</cite></blockquote>");
        let blocks: Vec<_> = found.blocks.iter().map(|span| span.text(&found.text)).collect();
        assert_eq!((found.text.as_str(), &blocks[..]), ("We stay.\n\nAda Quill", &["We stay."][..]));
    }

    #[test]
    fn what_is_not_running_text_is_left_out() {
        let html =
            "<p>Yes</p><script>no()</script><figure><img><figcaption>no</figcaption></figure><form>no</form>";
        assert_eq!(rendered(html).text, "Yes");
    }
}
