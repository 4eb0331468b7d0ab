//! Analysis in bytes a second, beside the least that any such program does: counting 20 reporting verbs in the same
//! text with aho-corasick, its default builder, ASCII case ignored.
#![allow(clippy::expect_used, missing_docs, reason = "a bench")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use quotetrace::quotation;
use quotetrace::text::Text;
use quotetrace::{Analyzer, Document, Limits, input};

/// The 20 verbs of the baseline.
const VERBS: [&str; 20] = [
    "said",
    "says",
    "told",
    "added",
    "wrote",
    "tweeted",
    "asked",
    "warned",
    "argued",
    "claimed",
    "stated",
    "announced",
    "explained",
    "noted",
    "insisted",
    "replied",
    "denied",
    "called",
    "accused",
    "according to",
];

/// The articles at the path that `ARTICLES` names, or those of the sample story.
fn articles() -> Vec<Document> {
    let story = || Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story");
    let path = std::env::var_os("ARTICLES").map_or_else(story, PathBuf::from);
    input::read(&[path], &input::ReadOptions::DEFAULT).filter_map(Result::ok).collect()
}

fn analysis(criterion: &mut Criterion) {
    let articles = articles();
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    let verbs = AhoCorasick::builder().ascii_case_insensitive(true).build(VERBS).expect("20 verbs");
    let (plain, indirect) = (Analyzer::new(), Analyzer::new().with_indirect(true));
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("baseline: count 20 verbs", |bencher| {
        bencher.iter(|| {
            articles.iter().map(|article| verbs.find_iter(black_box(article.text())).count()).sum::<usize>()
        });
    });
    group.bench_function("text", |bencher| {
        bencher.iter(|| {
            articles.iter().map(|article| Text::new(black_box(article.text())).tokens().len()).sum::<usize>()
        });
    });
    group.bench_function("text and quotations", |bencher| {
        let find = |article: &Document| {
            quotation::find(&Text::new(black_box(article.text())), &Limits::DEFAULT).0.len()
        };
        bencher.iter(|| articles.iter().map(find).sum::<usize>());
    });
    group.bench_function("whole", |bencher| {
        bencher.iter(|| {
            articles.iter().map(|article| plain.analyze(black_box(article)).quotations.len()).sum::<usize>()
        });
    });
    group.bench_function("whole, with indirect speech", |bencher| {
        bencher.iter(|| {
            articles
                .iter()
                .map(|article| indirect.analyze(black_box(article)).quotations.len())
                .sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
