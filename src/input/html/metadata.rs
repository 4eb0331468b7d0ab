//! What a page says of itself: JSON-LD, Open Graph, `meta`, `link` and `time` elements.
//!
//! Where two places differ, the earlier in this order counts: for the outlet `og:site_name`, the JSON-LD publisher,
//! other names of the site; for everything else JSON-LD, Open Graph, other `meta` elements, marked-up elements.

use dom_query::{Document as Page, NodeRef};
use serde_json::Value;

use super::super::date;
use super::linked_data;
use super::render::absolute;
use crate::document::Metadata;
use crate::document::Published;

/// Everything found; nothing is an error, since pages say all sorts of things.
pub(super) fn read(page: &Page, address: Option<&str>) -> Metadata {
    let article = linked_data::article(page);
    let meta = Meta::read(page);
    let url = url(page, article.as_ref(), &meta, address);
    let outlet = outlet(article.as_ref(), &meta);
    Metadata {
        title: title(page, article.as_ref(), &meta, outlet.as_deref()),
        published: published(page, article.as_ref(), &meta),
        language: language(page, article.as_ref(), &meta),
        author: author(page, article.as_ref(), &meta),
        outlet,
        url,
        links: None,
        blocks: None,
    }
}

/// The `meta` elements: name or property, in lower case, and content, in document order.
struct Meta(Vec<(String, String)>);

impl Meta {
    fn read(page: &Page) -> Self {
        let pairs = page.select("meta[content]");
        let pair = |node: &NodeRef<'_>| {
            let name =
                node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"))?;
            let content = node.attr("content")?;
            let content = fold(&content);
            (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
        };
        Self(pairs.nodes().iter().filter_map(pair).collect())
    }

    /// The first content under the first of `names` that has any.
    fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, content)| content.as_str())
    }
}

/// White space folded, ends trimmed.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(page: &Page, selectors: &[&str]) -> Option<String> {
    selectors.iter().find_map(|selector| {
        let text = fold(&page.select_single(selector).text());
        (!text.is_empty()).then_some(text)
    })
}

fn attribute_of(page: &Page, selector: &str, name: &str) -> Option<String> {
    let value = page.select_single(selector).attr(name)?;
    let value = fold(&value);
    (!value.is_empty()).then_some(value)
}

fn string(article: Option<&Value>, key: &str) -> Option<String> {
    let text = fold(&linked_data::text(article?.get(key)?)?);
    (!text.is_empty()).then_some(text)
}

fn outlet(article: Option<&Value>, meta: &Meta) -> Option<String> {
    let publisher = || article.and_then(|article| linked_data::name(article.get("publisher")?));
    let is_name = |name: &String| !name.contains("://") && !name.is_empty();
    let is_address = |name: &str| !name.contains(' ') && name.contains('.');
    let site = meta.get(&["og:site_name"]).map(str::to_owned).filter(is_name);
    let site = match site {
        // Some pages put their address there; a publisher's name is better.
        Some(site) if is_address(&site) => publisher().or(Some(site)),
        site => site.or_else(publisher),
    };
    site.or_else(|| {
        meta.get(&["application-name", "publisher", "dc.publisher", "cre", "al:android:app_name"])
            .map(str::to_owned)
    })
    .filter(is_name)
}

fn title(page: &Page, article: Option<&Value>, meta: &Meta, outlet: Option<&str>) -> Option<String> {
    string(article, "headline")
        .or_else(|| meta.get(&["og:title", "twitter:title", "dc.title", "parsely-title"]).map(str::to_owned))
        .or_else(|| text_of(page, &["h1[itemprop=headline]", "article h1", "h1", "title"]))
        .map(|title| without_outlet(&title, outlet))
}

/// A title without the outlet's name behind it.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let names_outlet = outlet.is_some_and(|outlet| tail.trim().eq_ignore_ascii_case(outlet));
            if !head.trim().is_empty() && (names_outlet || mark == " | ") {
                return head.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

fn published(page: &Page, article: Option<&Value>, meta: &Meta) -> Option<Published> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "pubdate",
        "publish-date",
        "publishdate",
        "publication_date",
        "article.published",
        "date",
    ];
    const TIMES: &[&str] = &[
        "time[itemprop=datePublished]",
        "[itemprop=datePublished]",
        "time.published",
        "time.entry-date",
        "article time[datetime]",
        "time[pubdate]",
        "time[datetime]",
    ];
    let data = ["datePublished", "dateCreated"].iter().find_map(|key| date::read(&string(article, key)?));
    data.or_else(|| NAMES.iter().find_map(|name| meta.all(name).find_map(date::read))).or_else(|| {
        TIMES.iter().find_map(|selector| {
            let value =
                attribute_of(page, selector, "datetime").or_else(|| attribute_of(page, selector, "content"));
            date::read(&value.or_else(|| text_of(page, &[selector]))?)
        })
    })
}

fn language(page: &Page, article: Option<&Value>, meta: &Meta) -> Option<String> {
    let tag = attribute_of(page, "html", "lang")
        .or_else(|| string(article, "inLanguage"))
        .or_else(|| meta.get(&["og:locale", "content-language", "dc.language"]).map(str::to_owned))?;
    let primary = tag.split(['-', '_', ',']).next()?.trim().to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_lowercase())).then_some(primary)
}

fn author(page: &Page, article: Option<&Value>, meta: &Meta) -> Option<String> {
    const NAMES: &[&str] =
        &["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"];
    const ELEMENTS: &[&str] = &[
        "[itemprop=author] [itemprop=name]",
        "[itemprop=author]",
        "[rel=author]",
        ".byline-name",
        ".author-name",
        ".byline",
        ".author",
    ];
    let names =
        article.and_then(|article| linked_data::names(article.get("author")?)).map(|names| names.join(", "));
    names
        .and_then(|names| person(&names))
        .or_else(|| {
            NAMES.iter().find_map(|name| {
                let all: Vec<String> = meta.all(name).filter_map(person).collect();
                (!all.is_empty()).then(|| all.join(", "))
            })
        })
        .or_else(|| ELEMENTS.iter().find_map(|selector| person(&text_of(page, &[selector])?)))
}

/// A byline as a name: without `By`, and no address or handle.
fn person(byline: &str) -> Option<String> {
    let byline = fold(byline);
    let name = byline
        .get(..3)
        .filter(|by| by.eq_ignore_ascii_case("by "))
        .map_or(byline.as_str(), |_| byline.get(3..).unwrap_or_default());
    let name = name.split(['|', '•', '·']).next()?.trim();
    let fits = !name.contains("://") && !name.starts_with('@') && name.split(' ').count() <= 16;
    (fits && name.chars().any(char::is_alphabetic)).then(|| name.to_owned())
}

fn url(page: &Page, article: Option<&Value>, meta: &Meta, address: Option<&str>) -> Option<String> {
    let canonical = attribute_of(page, "link[rel=canonical]", "href");
    let entity = || {
        let main = article?.get("mainEntityOfPage")?;
        linked_data::text(main).or_else(|| linked_data::text(main.get("@id")?))
    };
    canonical
        .and_then(|href| absolute(&href, address))
        .or_else(|| absolute(meta.get(&["og:url"])?, address))
        .or_else(|| absolute(&string(article, "url").or_else(entity)?, address))
        .or_else(|| address.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(head: &str, body: &str) -> Metadata {
        read(&Page::from(format!("<html><head>{head}</head><body>{body}</body></html>")), None)
    }

    #[test]
    fn linked_data_goes_before_meta_elements() {
        let head = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Ledger"},
            {"@type":["NewsArticle"],"headline":"Ferry &amp; stays","datePublished":"2026-03-02T08:15:00Z",
             "author":[{"@type":"Person","name":"Ines Falk"},{"name":"Jo Marsh"}],
             "publisher":{"@type":"Organization","name":"Harbor Media"},"inLanguage":"en-US"}]}</script>
            <meta property="og:title" content="Other"><meta property="og:site_name" content="The Harbor Ledger">
            <meta property="article:published_time" content="2020-01-01">"#;
        let told = told(head, "");
        assert_eq!(told.title.as_deref(), Some("Ferry & stays"));
        assert_eq!(told.outlet.as_deref(), Some("The Harbor Ledger"));
        assert_eq!(told.author.as_deref(), Some("Ines Falk, Jo Marsh"));
        assert_eq!(told.language.as_deref(), Some("en"));
        assert_eq!(told.published.unwrap().to_string(), "2026-03-02T08:15:00Z");
    }

    #[test]
    fn without_linked_data_the_meta_elements_count_and_then_the_marked_up_text() {
        let told = told(
            "<title>Ferry stays - The Lantern</title><meta property=og:site_name content='The Lantern'>",
            "<article><h1>Ferry stays</h1><p class=byline>By Ines Falk | Reporter</p><time datetime=2026-03-02>Monday</time></article>",
        );
        assert_eq!(told.title.as_deref(), Some("Ferry stays"));
        assert_eq!(told.author.as_deref(), Some("Ines Falk"));
        assert_eq!(told.published.unwrap().to_string(), "2026-03-02");
    }

    #[test]
    fn an_address_is_no_author_and_a_broken_block_is_passed_over() {
        let told = told(
            "<script type='application/ld+json'>{broken</script><meta property='article:author' content='https://a.example/x'>",
            "",
        );
        assert_eq!((told.author, told.title), (None, None));
    }
}
