//! What an analysis asks of the allocator in steady state: once the tables are built, a handful of allocations a
//! quotation.
#![allow(missing_docs, reason = "a test")]

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
