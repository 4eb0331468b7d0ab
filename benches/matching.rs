//! Matching: quotations a second, beside gaoya's MinHash (word 3-shingles, threshold 0.3) and all pairs by `strsim`; and
//! a quotation held against many articles (`Tracker::verify`).
//!
//! `VERIFY_AGAINST=1000000 cargo bench --bench matching -- verify` holds it against a million quotations; making their
//! tracker takes minutes and two gigabytes.

#![allow(missing_docs, reason = "criterion's macros make functions without docs")]

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use quotetrace::matching::{Frequencies, QuoteIndex, fingerprints, verify};
use quotetrace::{Document, Tracker, Verdict, VerifyOptions};

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

/// Whether criterion only runs everything once: unless `cargo bench` asks it to measure.
fn is_test() -> bool {
    let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    has("--test") || !has("--bench")
}

fn index(criterion: &mut Criterion) {
    let testing = is_test();
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

/// Articles of ten quotations each, and the quotations of every hundredth of them.
fn articles(count: usize) -> (Tracker, Vec<String>) {
    let mut generator = Generator::new(5);
    let (mut tracker, mut known) = (Tracker::new(), Vec::new());
    for article in 0..count / 10 {
        let mut text = String::new();
        for number in 0..10 {
            let quotation = generator.quotation();
            let said = quotation.trim_end_matches('.');
            text.push_str(&format!("“{said},” Ada Quill said on day {number}.\n\n"));
            if article % 100 == 0 {
                known.push(said.to_owned());
            }
        }
        assert!(tracker.add(Document::new(format!("a{article:06}"), text)).is_ok());
    }
    (tracker, known)
}

/// What is asked of a quotation that somebody has: the same words, others in the middle, a few of them, two put together;
/// and what nobody has.
fn claims(known: &[String]) -> [(&'static str, Verdict, String); 5] {
    let of = |at: usize| known.get(at).map_or("", String::as_str);
    let long = known.iter().filter(|text| text.split(' ').count() > 20).nth(5).map_or("", String::as_str);
    let mut words: Vec<&str> = long.split(' ').collect();
    let fragment = words.get(4..12).unwrap_or_default().join(" ");
    if let Some(word) = words.get_mut(9) {
        *word = "unheard";
    }
    let mut generator = Generator::new(77);
    [
        ("verbatim", Verdict::Verbatim, of(3).to_owned()),
        ("altered", Verdict::Altered, words.join(" ")),
        ("fragment", Verdict::Verbatim, fragment),
        ("spliced", Verdict::Spliced, format!("{} … {}", of(2), of(12))),
        ("not found", Verdict::NotFound, generator.quotation()),
    ]
}

fn against_articles(criterion: &mut Criterion) {
    let testing = is_test();
    let wanted = std::env::var("VERIFY_AGAINST").ok().and_then(|count| count.parse().ok());
    let count = if testing { 2_000 } else { wanted.unwrap_or(20_000) };
    let (tracker, known) = articles(count);
    let options = VerifyOptions::new().without_utterances();
    let mut group = criterion.benchmark_group(format!("verify against {count} quotations"));
    group.sample_size(20);
    for (name, verdict, claim) in claims(&known) {
        assert_eq!(tracker.verify(&claim, &options).verdict, verdict, "{name}: {claim}");
        group.bench_function(name, |bencher| bencher.iter(|| tracker.verify(black_box(&claim), &options)));
    }
    group.finish();
}

/// A claim held against one long document that nobody knows.
fn against_a_document(criterion: &mut Criterion) {
    let mut generator = Generator::new(9);
    let mut group = criterion.benchmark_group("verify_in");
    group.sample_size(10);
    for kilobytes in [16, 64, 256] {
        let mut text = String::new();
        while text.len() < kilobytes * 1024 {
            text.push_str(&generator.quotation());
            text.push(' ');
        }
        let claim: String = text.chars().skip(text.len() / 2).take(120).collect();
        let document = Document::new("a", text);
        let tracker = Tracker::new();
        group.throughput(Throughput::Bytes(kilobytes as u64 * 1024));
        group.bench_function(BenchmarkId::from_parameter(format!("{kilobytes} KiB")), |bencher| {
            bencher.iter(|| tracker.verify_in(black_box(&claim), &VerifyOptions::DEFAULT, &document));
        });
    }
    group.finish();
}

criterion_group!(benches, index, pair, against_articles, against_a_document);
criterion_main!(benches);
