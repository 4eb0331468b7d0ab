//! Taking articles in: in memory, and into a store; opening the store. `ARTICLES=articles.jsonl` names the articles, or
//! else the sample story is taken in many times over.
#![allow(clippy::expect_used, missing_docs, reason = "a bench")]

use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use quotetrace::{Document, Tracker, input};

/// How often the sample story is taken in.
const TIMES: usize = 100;

fn read(path: PathBuf) -> Vec<Document> {
    input::read(&[path], &input::ReadOptions::DEFAULT).filter_map(Result::ok).collect()
}

fn articles() -> Vec<Document> {
    if let Some(path) = std::env::var_os("ARTICLES") {
        return read(path.into());
    }
    let story = read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story"));
    let again = |time: usize| {
        story.iter().map(move |document| Document::new(format!("{time}-{}", document.id()), document.text()))
    };
    (0..TIMES).flat_map(again).collect()
}

fn taking_in(criterion: &mut Criterion) {
    let articles = articles();
    let path = std::env::temp_dir().join(format!("quotetrace-bench-{}.redb", std::process::id()));
    let new_store = || {
        let _ = std::fs::remove_file(&path);
        Tracker::open(&path).expect("a store")
    };
    let take_in = |mut tracker: Tracker| {
        assert!(tracker.add_all(articles.iter().cloned()).is_empty());
        tracker
    };
    let mut group = criterion.benchmark_group("taking in");
    group.sample_size(10);
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("in memory", |bencher| {
        bencher.iter_batched(Tracker::new, take_in, BatchSize::PerIteration);
    });
    group.bench_function("into a store", |bencher| {
        bencher.iter_batched(new_store, take_in, BatchSize::PerIteration);
    });
    drop(take_in(new_store()));
    group.bench_function("opening the store", |bencher| {
        bencher.iter(|| Tracker::open(&path).expect("a store").len());
    });
    let tracker = Tracker::open(&path).expect("a store");
    group.throughput(Throughput::Elements(1));
    group.bench_function("another reader of the store", |bencher| {
        bencher.iter(|| tracker.reader().expect("a reader").len());
    });
    let asked = {
        let mut quotations = tracker.articles().flat_map(|(_, analysis)| &analysis.quotations);
        quotations.find(|quotation| quotation.text.len() > 40).expect("a quotation").text.clone()
    };
    group.bench_function("finding a quotation in the store", |bencher| {
        bencher.iter(|| tracker.find(&asked).len());
    });
    drop(tracker);
    group.finish();
    let _ = std::fs::remove_file(&path);
}

criterion_group!(benches, taking_in);
criterion_main!(benches);
