//! Saved pages in the markup of common news systems: text, title, outlet, date and author are what the page says, and
//! nothing around the article gets into it.
#![cfg(feature = "html")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::path::Path;

use quotetrace::input::{self, ReadOptions, html};
use quotetrace::quotation::Kind;
use quotetrace::{Analyzer, Document, Error};

/// File, title, outlet, date, author, first words, last words.
const PAGES: &[(&str, &str, &str, &str, &str, &str, &str)] = &[
    (
        "01-wordpress-classic",
        "Mayor: ferry line stays",
        "The Harbor Ledger",
        "2026-03-02T14:05:11Z",
        "Ines Falk",
        FERRY,
        "Northfield Courier.",
    ),
    (
        "02-wordpress-blocks",
        "Bridge closes in May",
        "Millbrook Mercury",
        "2026-04-09T05:30:00Z",
        "Pia Renner",
        BRIDGE,
        "(@rcastellan) April 8, 2026",
    ),
    (
        "03-arc",
        "Three schools, one principal",
        "Larkfield Post",
        "2026-02-11T01:12:00Z",
        "Wendell Ibarra, Kavita Rao",
        SCHOOL,
        NO_CHOICE,
    ),
    (
        "04-chorus",
        "Ferry fight, explained",
        "The Compass",
        "2026-03-03T09:00:00Z",
        "Greta Haldane",
        FERRY,
        NUMBERS,
    ),
    (
        "05-brightspot",
        "Bridge closes for eleven months",
        "Channel 6 News",
        "2026-04-09T21:45:00Z",
        "Darius Vane",
        BRIDGE,
        ASKED,
    ),
    (
        "06-drupal",
        "Board merges the offices of three schools",
        "University Daily",
        "2026-02-12",
        "Rosa Pell",
        SCHOOL,
        NO_CHOICE,
    ),
    (
        "07-ghost",
        "What the mayor meant",
        "Bay Letters",
        "2026-03-04T07:00:00Z",
        "Tamsin Vale",
        FERRY,
        "and the boat stays.",
    ),
    (
        "08-newsletter",
        "A bridge too near",
        "The Weekly Rag",
        "2026-04-10T15:00:00Z",
        "Hugo Lind",
        BRIDGE,
        ASKED,
    ),
    (
        "09-blogger",
        "One principal for three schools",
        "larkfieldwatch.example",
        "2026-02-12T17:00:00Z",
        "Vera Stone",
        SCHOOL,
        NO_CHOICE,
    ),
    ("10-blox", "Mayor keeps ferry", "Prairie Post", "2026-03-03T03:00:00Z", "Luis Montrose", FERRY, NUMBERS),
    (
        "11-divs-as-paragraphs",
        "County to close bridge at Millbrook",
        "Union Gazette",
        "2026-04-09T18:02:44Z",
        "Celia Drum",
        BRIDGE,
        "Editing by Ulrich Voss",
    ),
    (
        "12-components",
        "Larkfield schools to share a principal",
        "Northern News",
        "2026-02-11T22:10:31Z",
        "Priya Nadar",
        SCHOOL,
        NO_CHOICE,
    ),
    (
        "13-german",
        "Brücke bleibt gesperrt",
        "Uferbote",
        "2026-04-10T06:00:00Z",
        "Björn Seidel",
        "Die alte Brücke",
        "rechnen mit Verlusten.",
    ),
    (
        "14-french",
        "Le bac restera",
        "La Voix du Port",
        "2026-03-03T09:20:00Z",
        "Amélie Faure",
        "Le bac de Port-Ellery",
        "souhaité répondre.",
    ),
    ("15-by-hand", "Ferry stays", "", "", "", FERRY, NUMBERS),
    ("16-amp", "Bridge to close", "Metro Dispatch", "2026-04-09T12:00:00Z", "Nadia Frost", BRIDGE, ASKED),
    (
        "17-paper-with-paywall",
        "Larkfield’s one principal",
        "The Statesman",
        "2026-02-13",
        "Elena Ruiz",
        SCHOOL,
        NO_CHOICE,
    ),
    ("18-latin1", "Ferry stays, says mayor", "Evening Dispatch", "2026-03-02", "Farid Osman", FERRY, NUMBERS),
    ("19-two-dates", "Bridge news", "The Beacon", "2026-04-09T09:00:00Z", "Stefan Kohl", BRIDGE, ASKED),
    (
        "20-application-state",
        "Schools share principal",
        "Lakeside Register",
        "2026-02-11T05:00:00Z",
        "Amara Bell",
        SCHOOL,
        NO_CHOICE,
    ),
];
const FERRY: &str = "PORT ELLERY — The ferry will stay";
const BRIDGE: &str = "The old bridge at Millbrook";
const SCHOOL: &str = "Three schools in Larkfield";
const NUMBERS: &str = "“are what they are.”";
const ASKED: &str = "they had not been asked.";
const NO_CHOICE: &str = "had no other choice.";

fn pages() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    input::read(&[folder], &ReadOptions::DEFAULT).map(Result::unwrap).collect()
}

#[test]
fn every_page_gives_its_text_title_outlet_date_and_author() {
    let pages = pages();
    assert_eq!(pages.len(), PAGES.len());
    for (page, &(name, title, outlet, date, author, first, last)) in pages.iter().zip(PAGES) {
        assert_eq!(page.id(), name);
        assert_eq!(page.title(), Some(title), "{name}");
        assert_eq!(page.outlet().unwrap_or_default(), outlet, "{name}");
        assert_eq!(page.published().map(|date| date.to_string()).unwrap_or_default(), date, "{name}");
        // The page by hand gives its author in the text alone.
        assert_eq!(page.author().unwrap_or_default(), author, "{name}");
        let text = page.text();
        // The page by hand marks nothing, so that its head is text like the rest.
        let marked = name != "15-by-hand";
        assert!(if marked { text.starts_with(first) } else { text.contains(first) }, "{name}: {text}");
        assert!(text.ends_with(last), "{name}: {text}");
        assert!(!text.contains("BOILERPLATE") || !marked, "{name}: {text}");
        assert!(text.matches("\n\n").count() >= 2, "{name}: {text}");
    }
}

#[test]
fn an_embedded_post_is_a_block_quotation_of_its_author() {
    let page = pages().swap_remove(1);
    let analysis = Analyzer::new().analyze(&page);
    let block = analysis.quotations.iter().find(|quotation| quotation.kind == Kind::Block).unwrap();
    assert_eq!(block.text, "Eleven months is what we were told. We will hold them to it.");
    assert_eq!(block.speaker(), Some("Rhea Castellan"));
}

#[test]
fn a_link_keeps_its_words_and_its_target() {
    let page = pages().swap_remove(0);
    let link = &page.links()[0];
    assert_eq!(link.span.text(page.text()), "reported by the Northfield Courier");
    assert_eq!(link.url, "https://northfield-courier.example/ferry");
}

#[test]
fn ten_thousand_nested_elements_keep_their_text_and_take_no_time() {
    let start = std::time::Instant::now();
    let page = format!("{}<p>“We stay,” said Ada Quill.</p>", "<div>".repeat(10_000));
    assert_eq!(html::article(&page, "a", None).unwrap().text(), "“We stay,” said Ada Quill.");
    let unclosed = format!("{}<p>“We stay,” said Ada Quill.</p>", "<b><i>".repeat(10_000));
    assert!(html::article(&unclosed, "a", None).unwrap().text().ends_with("said Ada Quill."));
    assert!(start.elapsed().as_secs() < 20, "a generous bound for a slow machine");
}

/// What a parser takes for markup and a reader of tags might not, or the other way round.
#[test]
fn nested_elements_are_not_hidden_from_the_bound_on_them() {
    let start = std::time::Instant::now();
    let deep = "<b><div>".repeat(10_000);
    let hidden = [
        format!("<!-->{deep}-->"),
        format!("<!--->{deep}-->"),
        format!("<!a <!-->{deep}-->"),
        format!("<p '>{deep}'"),
        format!("{}<xmp>{deep}</xmp>", "<div>".repeat(192)),
        format!("<svg><title>{deep}</title></svg>"),
        format!("<svg><foreignObject><div></svg></div></foreignObject><style>{deep}</style>"),
        format!("<svg><![CDATA[<!--]]>{deep}-->"),
        format!("<iframe><!--</iframe>{deep}-->"),
        format!("<title></titles><!--</title>{deep}-->"),
        format!("<script><!--<script></script><!--</script>{deep}-->"),
        "<div><table><td></div>".repeat(10_000),
        "<li><ul></li>".repeat(10_000),
        "<b><div></b>".repeat(10_000),
        (0..10_000).map(|n| format!("<p><b id={n}>x")).collect(),
    ];
    for page in hidden {
        let page = format!("<article><p>“We stay,” said Ada Quill.</p>{page}</article>");
        let _ = html::article(&page, "a", None);
    }
    assert!(start.elapsed().as_secs() < 60, "a generous bound for a slow machine");
}

#[test]
fn a_page_of_nothing_but_scripts_is_an_error_that_names_it() {
    let error = html::article("<html><script>var a = '<p>no</p>';</script></html>", "a", None).unwrap_err();
    assert_eq!(error.to_string(), "a: no text of an article in this page");
    assert!(matches!(html::article("", "a", None), Err(Error::NoText { .. })));
}

#[test]
fn a_paywall_stub_gives_what_there_is() {
    let page = "<article><h1>Ferry</h1><p>The ferry stays.</p><div class=paywall>Log in</div></article>";
    assert!(html::article(page, "a", None).unwrap().text().ends_with("The ferry stays."));
}
