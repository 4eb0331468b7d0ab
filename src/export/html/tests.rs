//! The page as a whole: well-formed, every link finds its place, nothing of an article runs, the same bytes each time.

#![allow(clippy::string_slice, reason = "a test")]

use std::collections::BTreeSet;

use super::html;
use crate::analysis::{Analysis, Analyzer};
use crate::document::Document;
use crate::matching::{Frequencies, Printing, gather};
use crate::provenance::{Options, ProvenanceGraph};

/// Documents, analysed, with the graph of their quotations; one utterance a wording is enough here.
struct Made {
    articles: Vec<(Document, Analysis)>,
    graph: ProvenanceGraph,
}

fn made(documents: Vec<Document>) -> Made {
    let analyzer = Analyzer::new().with_indirect(true);
    let articles: Vec<(Document, Analysis)> =
        documents.into_iter().map(|document| (document.clone(), analyzer.analyze(&document))).collect();
    let mut printings = Vec::new();
    for (document, analysis) in &articles {
        for (index, quotation) in analysis.quotations.iter().enumerate() {
            for part in &quotation.parts {
                let words = part.text(document.text());
                let mut printing = Printing::new(document.id(), index, quotation.kind, *part, words);
                if let Some(found) = &quotation.attribution {
                    printing = printing.with_speaker(&found.speaker, found.confidence);
                }
                printings.push(printing);
            }
        }
    }
    let utterances = gather(&printings, Frequencies::background()).0;
    let graph = ProvenanceGraph::build(
        articles.iter().map(|(document, analysis)| (document, analysis)),
        utterances,
        &Options::default(),
    );
    Made { articles, graph }
}

impl Made {
    fn page(&self) -> String {
        let mut out = Vec::new();
        html(&self.graph, self.articles.iter().map(|(document, analysis)| (document, analysis)), &mut out)
            .unwrap();
        String::from_utf8(out).unwrap()
    }
}

const EVIL: &str = "\"><script>evil()</script><img src=x onerror=evil()>'<!--</style></title>&\0\u{202e}";

fn hostile() -> Vec<Document> {
    let said = format!("“The old bridge {EVIL} will not close for good in May,” said Mayor Ada Quill{EVIL}.");
    let again = said.replace("not close", "close");
    vec![
        Document::new(format!("a{EVIL}"), &said)
            .with_outlet(format!("Ledger {EVIL}"))
            .with_title(EVIL)
            .with_url("javascript:evil()")
            .with_language("en\" onload=\"evil()"),
        Document::new("b", format!("{again} Via the Ledger. {EVIL}"))
            .with_url(format!("https://ledger.example/{EVIL}"))
            .with_published("2026-03-02".parse().unwrap()),
        Document::new("c", &again).with_url("https://courier.example/?a=1&b=2"),
    ]
}

/// The same words by outlets with such names, one after the other on three days and all on one.
fn hostile_outlets(days: [u32; 3]) -> Vec<Document> {
    let said = "“The old bridge will not close for good in May,” said Mayor Ada Quill.";
    let printed = |(id, day): (&str, u32)| {
        let published = format!("2026-03-0{day}").parse().unwrap();
        Document::new(id, said).with_outlet(format!("Ledger {id} {EVIL}")).with_published(published)
    };
    ["a", "b", "c"].into_iter().zip(days).map(printed).collect()
}

/// The tags of a page in order, with their attributes; the contents of style and script are skipped.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name: String = rest.chars().take_while(|c| !c.is_whitespace() && *c != '>').collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '>' => break,
                c if c.is_whitespace() || c == '/' => {}
                _ => {
                    let end = rest.find(['=', ' ', '>', '/']).unwrap();
                    let key = format!("{c}{}", &rest[..end]);
                    rest = &rest[end..];
                    let value = rest.strip_prefix("=\"").map(|quoted| quoted.split_once('"').unwrap());
                    if let Some((value, after)) = value {
                        attributes.push((key, value.to_owned()));
                        rest = after;
                    } else {
                        attributes.push((key, String::new()));
                    }
                }
            }
        }
        if name == "style" || name == "script" {
            rest = &rest[rest.find(&format!("</{name}>")).unwrap()..];
        }
        tags.push((name, attributes));
    }
    tags
}

const VOID: [&str; 5] = ["!DOCTYPE", "meta", "br", "input", "link"];

fn assert_well_formed(page: &str) {
    let mut open: Vec<String> = Vec::new();
    for (name, _) in tags(page) {
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed), "after {open:?}");
        } else if !VOID.contains(&name.as_str())
            && !["path", "rect", "circle"].contains(&name.trim_end_matches('/'))
        {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn elements_nest_ids_are_unique_and_links_find_their_places() {
    for documents in [hostile(), hostile_outlets([1, 2, 3]), Vec::new(), vec![Document::new("a", "")]] {
        let page = made(documents).page();
        assert_well_formed(&page);
        let mut ids = BTreeSet::new();
        for (_, attributes) in tags(&page) {
            for (key, value) in attributes {
                assert!(key != "id" || ids.insert(value.clone()), "{value} twice");
            }
        }
        for (name, attributes) in tags(&page) {
            for (key, value) in &attributes {
                if key == "href" && value.starts_with('#') {
                    assert!(ids.contains(&value[1..]), "{name} to {value}");
                }
                if matches!(key.as_str(), "aria-labelledby" | "for") {
                    assert!(value.split(' ').all(|id| ids.contains(id)), "{name} {key} {value}");
                }
            }
        }
    }
}

#[test]
fn nothing_of_an_article_is_read_as_markup() {
    for documents in [hostile(), hostile_outlets([1, 2, 3]), hostile_outlets([1, 1, 1])] {
        assert_harmless(&made(documents).page());
    }
    assert!(made(hostile()).page().contains("https://courier.example/?a=1&amp;b=2\" rel=\"noopener"));
}

fn assert_harmless(page: &str) {
    assert!(page.contains("evil()"), "the words are shown");
    assert!(!page.contains(['\0', '\u{202e}']));
    let tags = tags(page);
    assert_eq!(tags.iter().filter(|(name, _)| name == "script").count(), 1);
    assert!(!tags.iter().any(|(name, _)| name == "img" || name.starts_with("!-")));
    for (name, attributes) in &tags {
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style" && key != "src", "{name} {key}");
            let may = value.starts_with('#') || value.starts_with("http://") || value.starts_with("https://");
            assert!(key != "href" || may, "{name} to {value}");
        }
    }
}

#[test]
fn an_alteration_is_marked_by_element_by_sign_and_in_words() {
    let said = "We will not close the ferry line and nobody on this bay has to fear for it";
    let document = |id: &str, words: &str| Document::new(id, format!("“{words},” said Mayor Ada Quill."));
    let page = made(vec![
        document("a", said),
        document("b", said),
        document("c", &said.replace("will not", "will")),
    ])
    .page();
    assert!(page.contains("<del>not</del>"), "{page}");
    assert!(page.contains("<small>a negation</small>"));
    assert!(page.contains("<caption>Where they differ</caption>"));
}

#[test]
fn the_same_story_gives_the_same_bytes_in_whatever_order_it_comes() {
    let page = made(hostile()).page();
    let mut turned = hostile();
    turned.reverse();
    assert_eq!(page, made(turned).page());
}

#[test]
fn an_article_that_is_not_given_is_told_of_and_its_links_still_work() {
    let made = made(hostile());
    let mut out = Vec::new();
    html(&made.graph, [], &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("The text is not in this report."));
    assert_well_formed(&page);
}
