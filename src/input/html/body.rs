//! Which part of a page is the article.
//!
//! First what pages say themselves: an element marked as the article's body. Else the part that Readability's
//! scoring takes for it (Mozilla's algorithm, as `dom_smoothie` has it).

use dom_query::{Document as Page, NodeRef};
use dom_smoothie::{Config, Readability};

use super::render::{Rendered, render};

/// Elements whose mark says that they hold the article's text, best first.
const BODIES: &[&str] = &[
    "[itemprop=articleBody]",
    "[data-testid=article-body]",
    ".article-body",
    ".article__body",
    ".article-content",
    ".article__content",
    ".articleBody",
    ".story-body",
    ".story-content",
    ".entry-content",
    ".post-content",
    ".post-body",
    ".c-entry-content",
    ".body-copy",
    "#article-body",
    "article",
    "main",
];

/// What stands inside an article without being of its text: title and byline too, which are told as such.
const ALIEN: &str = "h1, nav, aside, form, script, style, noscript, template, button, iframe, footer nav, \
    [hidden], [aria-hidden=true], [role=navigation], [role=complementary], [role=banner], [role=contentinfo], \
    [role=search], [role=dialog]";

/// Words of class names and ids that mark what is not of the article.
const ALIEN_WORDS: &[&str] = &[
    "related",
    "recommended",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "sign-up",
    "promo",
    "advert",
    "ad-slot",
    "ad-unit",
    "sponsor",
    "outbrain",
    "taboola",
    "social",
    "share",
    "sharing",
    "comments",
    "comment-list",
    "disqus",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "read-more",
    "readmore",
    "more-on",
    "most-read",
    "trending",
    "popular",
    "cookie",
    "consent",
    "paywall",
    "caption",
    "credit",
    "photo-credit",
    "tags",
    "tag-list",
    "author-bio",
    "about-author",
    "follow-us",
    "print-only",
    "visually-hidden",
    "sr-only",
    "screen-reader-text",
];

/// How many letters make an article of an element that its page marks as one.
const LETTERS: usize = 120;

/// The article's text; empty if the page has none.
pub(super) fn read(page: &Page, base: Option<&str>) -> Rendered {
    page.select(ALIEN).remove();
    remove_aliens(page);
    let marked = BODIES.iter().find_map(|selector| longest(page, selector, base));
    marked.or_else(|| readable(page, base)).or_else(|| Some(render(&page.body()?, base))).unwrap_or_default()
}

fn remove_aliens(page: &Page) {
    for node in page.select("[class], [id]").nodes() {
        let named = [node.attr("class"), node.attr("id")];
        let alien = named.iter().flatten().flat_map(|names| names.split_whitespace()).any(is_alien);
        let whole =
            matches!(node.node_name().as_deref(), Some("html" | "body" | "article" | "main" | "blockquote"));
        if alien && !whole {
            node.remove_from_parent();
        }
    }
}

/// Whether a class name or id has an alien word, alone or between hyphens and underscores.
fn is_alien(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    ALIEN_WORDS.iter().any(|word| {
        name.match_indices(word).any(|(at, _)| {
            let before = name.get(..at).and_then(|before| before.chars().next_back());
            let after = name.get(at + word.len()..).and_then(|after| after.chars().next());
            is_edge(before) && is_edge(after)
        })
    })
}

/// The longest of the elements that `selector` finds, if it is long enough for an article.
fn longest(page: &Page, selector: &str, base: Option<&str>) -> Option<Rendered> {
    let found = page.select(selector);
    let found = found.nodes().iter().max_by_key(|node| node.normalized_char_count())?;
    if paragraphs(found) == 0 {
        return None;
    }
    let rendered = render(found, base);
    (rendered.text.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS).then_some(rendered)
}

fn paragraphs(node: &NodeRef<'_>) -> usize {
    node.find(&["p"]).len()
}

fn readable(page: &Page, base: Option<&str>) -> Option<Rendered> {
    let config =
        Config { keep_classes: true, disable_json_ld: true, char_threshold: LETTERS, ..Config::default() };
    let article = Readability::with_document(page.clone(), None, Some(config)).ok()?.parse().ok()?;
    let content = Page::from(article.content.to_string());
    let rendered = render(&content.body()?, base);
    (!rendered.text.is_empty()).then_some(rendered)
}
