//! Building the graph, at n and 4n documents.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use quotetrace::matching::{Printing, Utterance, assemble};
use quotetrace::provenance::Options;
use quotetrace::quotation::Kind;
use quotetrace::{Analysis, Analyzer, Document, ProvenanceGraph, Span};

/// Stories of five documents, each of which prints two or three of three utterances.
fn stories(documents: usize) -> (Vec<(Document, Analysis)>, Vec<Utterance>) {
    let (mut articles, mut utterances) = (Vec::new(), Vec::new());
    for story in 0..documents / 5 {
        let mut groups: [Vec<Printing>; 3] = Default::default();
        for copy in 0..5 {
            let id = format!("d{story}-{copy}");
            let mut text = String::new();
            for (number, group) in groups.iter_mut().enumerate().skip(copy % 2) {
                let verb = if copy > 2 { "moor" } else { "land" };
                let words = format!(
                    "Boat {story} of fleet {number} will {verb} at quay {number} before the tide of day {story} turns"
                );
                let start = text.len() + 3;
                text.push_str(&format!("“{words}”\n"));
                let span = Span::new(start, start + words.len());
                group.push(Printing::new(&id, group.len(), Kind::Direct, span, &words));
            }
            let published = format!("2026-03-{:02}T{:02}:00:00Z", 1 + story % 28, 6 + copy).parse();
            let mut document = Document::new(id, text).with_outlet(format!("Outlet {}", (story + copy) % 97));
            if let Ok(published) = published {
                document = document.with_published(published);
            }
            let analysis = Analyzer::new().analyze(&Document::new(document.id(), ""));
            articles.push((document, analysis));
        }
        utterances.extend(groups.iter().flat_map(|group| assemble(group)));
    }
    (articles, utterances)
}

fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("graph");
    group.sample_size(10);
    for documents in [5_000, 20_000] {
        let (articles, utterances) = stories(documents);
        group.throughput(Throughput::Elements(documents as u64));
        group.bench_function(format!("build/{documents}"), |bencher| {
            bencher.iter(|| {
                let articles = articles.iter().map(|(document, analysis)| (document, analysis));
                ProvenanceGraph::build(articles, utterances.clone(), &Options::default())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, building);
criterion_main!(benches);
