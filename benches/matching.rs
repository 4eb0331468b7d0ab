//! Matching: quotations a second, beside gaoya's MinHash (word 3-shingles, threshold 0.3) and all pairs by `strsim`.

#![allow(missing_docs, reason = "criterion's macros make functions without docs")]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use quotetrace::matching::{Frequencies, QuoteIndex, fingerprints, verify};

#[path = "../examples/growth/generator.rs"]
#[expect(unreachable_pub, reason = "the example uses it too")]
mod generator;
use generator::Generator;

/// Bands and rows whose threshold is about 0.3.
const BANDS: usize = 32;
const ROWS: usize = 4;

/// Distinct quotations, and a fragment after every third.
fn quotations(count: usize) -> Vec<String> {
    let mut generator = Generator::new(11);
    let mut texts: Vec<String> = Vec::with_capacity(count);
    while texts.len() < count {
        let next = match texts.last() {
            Some(last) if texts.len() % 4 == 3 => generator.fragment(last),
            _ => generator.quotation(),
        };
        texts.push(next);
    }
    texts
}

fn shingles(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() < 3 {
        return vec![words.join(" ")];
    }
    words.windows(3).map(|three| three.join(" ")).collect()
}

fn ours(texts: &[String]) -> usize {
    let mut index = QuoteIndex::new(Frequencies::background().clone());
    for text in texts {
        index.insert(text);
    }
    index.groups().len()
}

fn minhash(texts: &[String]) -> usize {
    let hasher = MinHasher32::new(BANDS * ROWS);
    let mut index = MinHashIndex::new(BANDS, ROWS, 0.3);
    let mut met = 0;
    for (at, text) in texts.iter().enumerate() {
        let signature = hasher.create_signature(shingles(text).iter());
        met += index.query(&signature).len();
        index.insert(at, signature);
    }
    met
}

fn all_pairs(texts: &[String]) -> usize {
    let words: Vec<Vec<&str>> = texts.iter().map(|text| text.split(' ').collect()).collect();
    let mut alike = 0;
    for (at, a) in words.iter().enumerate() {
        for b in words.iter().skip(at + 1) {
            alike += usize::from(strsim::generic_levenshtein(a, b) * 2 < a.len().min(b.len()));
        }
    }
    alike
}

fn index(criterion: &mut Criterion) {
    let testing = std::env::args().any(|argument| argument == "--test");
    let mut group = criterion.benchmark_group("index");
    group.sample_size(10);
    for count in [1_000, 10_000, 100_000] {
        if testing && count > 1_000 {
            continue;
        }
        let texts = quotations(count);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("quotetrace", count), &texts, |bencher, texts| {
            bencher.iter(|| ours(black_box(texts)));
        });
        group.bench_with_input(BenchmarkId::new("gaoya", count), &texts, |bencher, texts| {
            bencher.iter(|| minhash(black_box(texts)));
        });
        if count == 1_000 && !testing {
            group.bench_with_input(BenchmarkId::new("strsim all pairs", count), &texts, |bencher, texts| {
                bencher.iter(|| all_pairs(black_box(texts)));
            });
        }
    }
    group.finish();
}

fn pair(criterion: &mut Criterion) {
    let mut generator = Generator::new(3);
    let statement = generator.quotation();
    let fragment = generator.fragment(&statement);
    let table = Frequencies::background();
    criterion.bench_function("verify", |bencher| {
        bencher.iter_batched(
            || (statement.clone(), fragment.clone()),
            |(a, b)| verify(&a, &b, table),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("fingerprints", |bencher| bencher.iter(|| fingerprints(black_box(&statement))));
}

criterion_group!(benches, index, pair);
criterion_main!(benches);
