//! Every stage, export and query on texts of hostile strings, at one size and at four times that, for somebody who
//! counts instructions: `.ci/growth` runs it under callgrind, which counts what `measured` does and nothing else.
//!
//! ```sh
//! cargo run --release --example work -- --list     what is measured, a line each, in order
//! cargo run --release --example work               all of it
//! cargo run --release --example work -- --every 8  every eighth string
//! ```

mod seeds;

use std::hint::black_box;
use std::io::sink;

use quotetrace::export::{self, TextOptions};
use quotetrace::matching::{Frequencies, IndexLimits, QuoteIndex};
use quotetrace::{Analyzer, Document, ProvenanceGraph, Tracker, VerifyOptions};
use seeds::{HALVES, SEEDS};

/// The smaller size, in bytes of text.
const SIZE: usize = 4096;

/// How many bytes of text there are to a quotation that the index takes in.
const QUOTATION: usize = 32;

/// All that a stage may need, made before anything is counted.
struct Given {
    text: String,
    document: Document,
    tracker: Tracker,
    quotations: Vec<String>,
}

/// One thing that is measured.
struct Stage {
    name: &'static str,
    run: fn(&Given),
}

const STAGES: &[Stage] = &[
    // What is counted here is what was made since the last stage: all that a stage may need.
    Stage { name: "all that is asked here", run: |_| () },
    Stage { name: "analyze", run: |given| drop(black_box(analyzer().analyze(&given.document))) },
    Stage {
        name: "track",
        run: |given| drop(black_box(tracked(&given.document).graph().notices().to_vec())),
    },
    Stage { name: "index", run: |given| drop(black_box(indexed(&given.quotations).groups())) },
    Stage {
        name: "verify",
        run: |given| drop(black_box(given.tracker.verify(&given.text, &VerifyOptions::new()))),
    },
    Stage {
        name: "verify_in",
        run: |given| {
            drop(black_box(given.tracker.verify_in(
                "We keep the ferry running",
                &VerifyOptions::new(),
                &given.document,
            )))
        },
    },
    Stage { name: "json", run: |given| wrote(export::json(given.graph(), sink())) },
    Stage { name: "text", run: |given| wrote(export::text(given.graph(), TextOptions::default(), sink())) },
    Stage { name: "graphml", run: |given| wrote(export::graphml(given.graph(), sink())) },
    Stage { name: "gexf", run: |given| wrote(export::gexf(given.graph(), sink())) },
    Stage { name: "cytoscape", run: |given| wrote(export::cytoscape(given.graph(), sink())) },
    Stage { name: "node-link", run: |given| wrote(export::node_link(given.graph(), sink())) },
    Stage { name: "dot", run: |given| wrote(export::dot(given.graph(), sink())) },
    Stage { name: "csv", run: |given| wrote(export::csv(given.graph(), sink())) },
    Stage { name: "incidence", run: |given| wrote(export::incidence(given.graph(), sink())) },
    Stage { name: "neo4j", run: |given| wrote(export::neo4j(given.graph(), sink(), sink())) },
    Stage { name: "svg", run: |given| wrote(export::svg(given.graph(), sink())) },
    Stage { name: "html", run: |given| wrote(export::html(given.graph(), given.tracker.articles(), sink())) },
    Stage { name: "jsonld", run: |given| wrote(export::jsonld(given.graph(), given.documents(), sink())) },
    Stage { name: "outlet_network", run: |given| drop(black_box(given.graph().outlet_network())) },
    Stage { name: "syndication", run: |given| drop(black_box(given.graph().syndication())) },
    Stage { name: "orphans", run: |given| drop(black_box(given.graph().orphans())) },
    Stage { name: "cycles", run: |given| drop(black_box(given.graph().cycles())) },
    Stage { name: "disputed", run: |given| drop(black_box(given.graph().disputed())) },
    Stage {
        name: "repeats_without_credit",
        run: |given| drop(black_box(given.graph().repeats_without_credit())),
    },
    Stage { name: "every utterance's queries", run: Given::ask_of_each },
];

fn analyzer() -> Analyzer {
    Analyzer::new().with_indirect(true)
}

fn tracked(document: &Document) -> Tracker {
    let mut tracker = Tracker::new().with_analyzer(analyzer());
    wrote(tracker.add(document.clone()).map(|_| ()));
    tracker
}

fn indexed(quotations: &[String]) -> QuoteIndex {
    // Work is linear where limits are hit, and of quotations that are all alike it grows faster until then: so the limits
    // are such as the smaller size hits.
    let mut limits = IndexLimits::DEFAULT;
    (limits.postings, limits.candidates) = (30, 8);
    let mut index = QuoteIndex::new(Frequencies::background().clone()).with_limits(limits);
    for quotation in quotations {
        index.insert(quotation);
    }
    index
}

fn wrote<E: std::fmt::Display>(result: Result<(), E>) {
    if let Err(error) = result {
        eprintln!("{error}");
    }
}

impl Given {
    fn new(seed: &[&str], size: usize) -> Self {
        let text = filled(seed, size);
        let document = Document::new("a", text.as_str()).with_outlet("The Harbor Ledger");
        let tracker = tracked(&document);
        black_box(tracker.graph());
        let quotations = (0..size / QUOTATION).map(|at| format!("{} {at}", filled(seed, 48))).collect();
        Self { text, document, tracker, quotations }
    }

    fn graph(&self) -> &ProvenanceGraph {
        self.tracker.graph()
    }

    fn documents(&self) -> impl Iterator<Item = &Document> {
        self.tracker.articles().map(|(document, _)| document)
    }

    fn ask_of_each(&self) {
        let graph = self.graph();
        for utterance in graph.utterances() {
            black_box(graph.origins(&utterance.id));
            black_box(graph.trail("a", &utterance.id));
            black_box(graph.spread(&utterance.id));
            black_box(graph.altered(&utterance.id));
            black_box(graph.independence(&utterance.id));
        }
    }
}

/// A text of `size` bytes that a string fills, or two of them a half each.
fn filled(seed: &[&str], size: usize) -> String {
    let share = size / seed.len();
    seed.iter().map(|part| part.repeat(share / part.len() + 1)).collect()
}

/// What is counted: nothing else runs while callgrind collects.
#[inline(never)]
fn measured(stage: &Stage, given: &Given) {
    (stage.run)(given);
    // So that the call is a call, and not a jump out of what is counted.
    black_box(stage);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|argument| argument == "--list");
    let every = arguments.iter().skip_while(|argument| *argument != "--every").nth(1);
    let every = every.and_then(|number| number.parse().ok()).unwrap_or(1);
    // Tables that are built once are built here.
    let warm =
        Given::new(&["“We keep the ferry running,” Ada Quill told the Harbor Ledger on May 1. "], SIZE);
    STAGES.iter().for_each(|stage| (stage.run)(&warm));
    let halves = HALVES.iter().map(<[_; 2]>::as_slice);
    for seed in SEEDS.iter().map(std::slice::from_ref).chain(halves).step_by(every) {
        for size in [SIZE, 4 * SIZE] {
            let given = Given::new(seed, size);
            for stage in STAGES {
                if list {
                    println!("{}\t{size}\t{seed:?}", stage.name);
                } else {
                    measured(stage, &given);
                }
            }
        }
    }
}
