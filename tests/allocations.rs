//! What an analysis asks of the allocator in steady state: once the tables are built, a handful of allocations a
//! quotation.
#![allow(missing_docs, clippy::indexing_slicing, reason = "a test")]

use std::path::Path;

use quotetrace::{Analyzer, Document, Tracker, input};

/// Heap allocations a quotation, at the most.
const MOST: u64 = 40;

fn articles() -> Vec<Document> {
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story");
    input::read(&[story], &input::ReadOptions::DEFAULT).filter_map(Result::ok).collect()
}

#[test]
fn an_analysis_in_steady_state_allocates_little() {
    let articles = articles();
    let analyzer = Analyzer::new();
    let all = || articles.iter().map(|article| analyzer.analyze(article).quotations.len()).sum::<usize>();
    // The first round builds the tables.
    let quotations = all() as u64;
    let counted = allocation_counter::measure(|| assert_eq!(all() as u64, quotations));
    println!("{} allocations, {} bytes, {quotations} quotations", counted.count_total, counted.bytes_total);
    assert!(counted.count_total < MOST * quotations, "{} for {quotations}", counted.count_total);
}

#[test]
fn nothing_grows_with_time_alone() {
    let article = || Document::new("a", "“We will keep the ferry running all winter,” said Mayor Ada Quill.");
    let mut tracker = Tracker::new();
    let mut rounds = |count: usize| {
        for _ in 0..count {
            assert!(tracker.add(article()).is_ok());
            assert!(tracker.remove("a").is_ok_and(|gone| gone.is_some()));
        }
        assert!(tracker.graph().utterances().is_empty());
    };
    rounds(100);
    // A hundred thousand where there is time for it.
    let count = std::env::var("ROUNDS").ok().and_then(|count| count.parse().ok()).unwrap_or(5_000);
    let counted = allocation_counter::measure(|| rounds(count));
    assert!(counted.bytes_current <= 4096, "{} bytes are left of {count} rounds", counted.bytes_current);
}

/// An article of a kilobyte with three quotations, the second of which every tenth article prints.
fn article(number: usize) -> Document {
    let words = ["ferry", "bridge", "harbor", "levy", "winter", "council", "lantern", "dredging"];
    let word = |at: usize| words[(number / 8_usize.pow(at as u32 % 4) + at) % 8];
    let said = |from: usize| (from..from + 14).map(word).collect::<Vec<_>>().join(" ");
    let aside =
        "Nobody on the pier would say what it had cost, or who was to pay for it in the end. ".repeat(6);
    let text = format!(
        "“We keep {} number {number},” said Mayor Ada Quill.\n\n{aside}\n\n“Nobody asked group {} what the {} is for, \
         and nobody will,” Quill told the Harbor Ledger.\n\n“Not one {} of them,” she added.\n",
        said(0),
        number / 10,
        said(3),
        said(5),
    );
    Document::new(format!("d{number}"), text).with_outlet(format!("Outlet {}", number % 40))
}

#[test]
fn what_a_tracker_keeps_is_at_most_a_dozen_times_the_text() {
    const ARTICLES: usize = 500;
    // Tables that are built once are built here.
    let warm = || {
        let mut tracker = Tracker::new();
        assert!(tracker.add_all([article(0)]).is_empty());
        assert_eq!(tracker.graph().documents().len(), 1);
    };
    warm();
    let mut kept = None;
    let (mut text, mut quotations) = (0, 0);
    let counted = allocation_counter::measure(|| {
        let mut tracker = Tracker::new();
        assert!(tracker.add_all((0..ARTICLES).map(article)).is_empty());
        assert_eq!(tracker.graph().documents().len(), ARTICLES);
        kept = Some(tracker);
    });
    for (document, analysis) in kept.iter().flat_map(Tracker::articles) {
        text += document.text().len();
        quotations += analysis.quotations.len();
    }
    let bytes = usize::try_from(counted.bytes_current).unwrap_or(0);
    println!(
        "{} bytes a document of {} bytes and {} quotations; {} a quotation beyond the text",
        bytes / ARTICLES,
        text / ARTICLES,
        quotations / ARTICLES,
        bytes.saturating_sub(text) / quotations
    );
    assert!(bytes > text && bytes < 12 * text, "{bytes} bytes for {text} of text");
}
