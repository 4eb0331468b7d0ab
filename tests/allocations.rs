//! What an analysis asks of the allocator in steady state: once the tables are built, a handful of allocations a
//! quotation.
#![allow(missing_docs, reason = "a test")]

use std::path::Path;

use quotetrace::{Analyzer, Document, input};

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
