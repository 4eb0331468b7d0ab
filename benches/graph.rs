//! Building the graph at n and 4n documents, and asking it; `GRAPH_DOCUMENTS=100000` sets n.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
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

fn build(articles: &[(Document, Analysis)], utterances: &[Utterance]) -> ProvenanceGraph {
    let articles = articles.iter().map(|(document, analysis)| (document, analysis));
    ProvenanceGraph::build(articles, utterances.to_vec(), &Options::default())
}

fn sizes() -> [usize; 2] {
    let most = std::env::var("GRAPH_DOCUMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    [most / 4, most]
}

fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("graph/build");
    group.sample_size(10);
    for documents in sizes() {
        let (articles, utterances) = stories(documents);
        group.throughput(Throughput::Elements(documents as u64));
        group.bench_function(BenchmarkId::from_parameter(documents), |bencher| {
            bencher.iter(|| build(&articles, &utterances));
        });
    }
    group.finish();
}

/// Each question, put to one utterance after the other.
fn asking(criterion: &mut Criterion) {
    type Question = fn(&ProvenanceGraph, &Utterance) -> usize;
    let questions: [(&str, Question); 5] = [
        ("origins", |graph, u| graph.origins(&u.id).len()),
        ("trail", |graph, u| u.occurrences.last().map_or(0, |o| graph.trail(&o.document, &u.id).len())),
        ("spread", |graph, u| graph.spread(&u.id).len()),
        ("altered", |graph, u| graph.altered(&u.id).len()),
        ("independence", |graph, u| graph.independence(&u.id).outlets),
    ];
    type Survey = fn(&ProvenanceGraph) -> usize;
    let surveys: [(&str, Survey); 6] = [
        ("outlet_network", |graph| graph.outlet_network().len()),
        ("repeats_without_credit", |graph| graph.repeats_without_credit().len()),
        ("disputed", |graph| graph.disputed().len()),
        ("orphans", |graph| graph.orphans().len()),
        ("syndication", |graph| graph.syndication().len()),
        ("cycles", |graph| graph.cycles().len()),
    ];
    let [_, documents] = sizes();
    let (articles, utterances) = stories(documents);
    let graph = build(&articles, &utterances);
    let mut group = criterion.benchmark_group(format!("graph/ask/{documents}"));
    group.sample_size(10);
    for (name, question) in questions {
        let mut next = graph.utterances().iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| next.next().map_or(0, |utterance| question(&graph, utterance)));
        });
    }
    for (name, survey) in surveys {
        group.bench_function(name, |bencher| bencher.iter(|| survey(&graph)));
    }
    group.finish();
}

criterion_group!(benches, building, asking);
criterion_main!(benches);
