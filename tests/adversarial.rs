//! What strangers may write, and what is promised whatever it is: a test a promise, named after it.
//!
//! Each runs in a thread with a stack of 256 KiB, so that nothing recurses over input.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

use quotetrace::export::{self, TextOptions};
use quotetrace::matching::{Frequencies, QuoteIndex, align, place};
use quotetrace::mention::identity::same_person;
use quotetrace::mention::{Cast, Setting};
use quotetrace::{Analysis, Analyzer, Confidence, Document, Error, Limits, Tracker, VerifyOptions};

const SAID: &str = "“We will keep the ferry running all winter long,” said Mayor Ada Quill.";

/// Runs in a thread with little stack.
fn in_little_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(work).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

fn analyzer() -> Analyzer {
    Analyzer::new().with_indirect(true)
}

/// Analyzes a text; every span must be one of the text's own.
fn read(text: &str) -> Analysis {
    let document = Document::new("a", text);
    let analysis = analyzer().analyze(&document);
    for quotation in &analysis.quotations {
        let attribution = quotation.attribution.as_ref();
        let named = attribution.into_iter().flat_map(|found| [found.mention, found.cue]).flatten();
        for span in quotation.parts.iter().copied().chain([quotation.span]).chain(named) {
            assert!(span.of(text).is_some(), "{span:?} is no stretch of the text");
        }
    }
    for credit in &analysis.credits {
        assert!(credit.span.of(text).is_some(), "{:?} is no stretch of the text", credit.span);
    }
    analysis
}

/// The words of the direct quotations of a text.
fn quoted(text: &str) -> Vec<String> {
    read(text).quotations.into_iter().map(|quotation| quotation.text).collect()
}

/// The graph of texts by outlets, through every export and query.
fn everything(texts: &[String]) {
    let mut tracker = Tracker::new().with_analyzer(analyzer());
    for (number, text) in texts.iter().enumerate() {
        let document = Document::new(format!("{number:04}"), text.as_str())
            .with_outlet(text.chars().take(40).collect::<String>());
        tracker.add(document.with_title(text.as_str())).unwrap();
    }
    let graph = tracker.graph();
    let documents = || tracker.articles().map(|(document, _)| document);
    let mut json = Vec::new();
    export::json(graph, &mut json).unwrap();
    let read: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(read["documents"].as_array().unwrap().len(), texts.len());
    let mut xml = Vec::new();
    export::graphml(graph, &mut xml).unwrap();
    export::gexf(graph, &mut xml).unwrap();
    export::html(graph, tracker.articles(), &mut xml).unwrap();
    export::svg(graph, &mut xml).unwrap();
    let xml = String::from_utf8(xml).unwrap();
    assert!(
        !xml.contains(['\0', '\u{8}', '\u{1b}', '\u{202e}', '\u{2066}', '\u{ffff}']),
        "what XML or a reader can't bear"
    );
    let mut out = Vec::new();
    export::text(graph, TextOptions::default(), &mut out).unwrap();
    export::cytoscape(graph, &mut out).unwrap();
    export::node_link(graph, &mut out).unwrap();
    export::dot(graph, &mut out).unwrap();
    export::csv(graph, &mut out).unwrap();
    export::incidence(graph, &mut out).unwrap();
    export::neo4j(graph, &mut Vec::new(), &mut Vec::new()).unwrap();
    export::jsonld(graph, documents(), &mut out).unwrap();
    for utterance in graph.utterances() {
        for document in documents() {
            assert!(graph.trail(document.id(), &utterance.id).len() <= texts.len());
        }
        assert!(graph.spread(&utterance.id).len() <= texts.len());
        let _ =
            (graph.altered(&utterance.id), graph.independence(&utterance.id), graph.origins(&utterance.id));
    }
    let _ = (graph.outlet_network(), graph.syndication(), graph.orphans(), graph.cycles());
    let _ = (graph.disputed(), graph.repeats_without_credit());
    for text in texts {
        let _ = tracker.verify(text, &VerifyOptions::new().with_speaker(text.as_str()));
    }
}

/// Strings that readers and writers stumble over.
const NASTY: &[&str] = &[
    "",
    "\0",
    "\u{feff}",
    "\r",
    "a\rb\r\nc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h",
    "\u{202e}txet\u{202c}",
    "\u{2066}\u{2067}\u{2068}\u{2069}\u{61c}\u{200e}\u{200f}",
    "a\u{200b}b\u{ad}c\u{2060}d",
    "e\u{301}\u{301}\u{301}",
    "\u{fdfa}\u{fdfa}",
    "İıſẞß",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦🇩🇪🇩",
    "\u{10ffff}\u{fffe}\u{fdd0}\u{e000}",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "\"]; evil [URL=\"x\"]",
    "=cmd|' /C calc'!A0",
    "&#0;&amp;&lt;",
    "]]>",
    "\\N\\0\\u0000",
    "NaN",
    "../../etc/passwd",
    "“",
    "”",
    "''\"'`´‘’«»‹›„",
    "said said said",
    "according to according to",
    "(Reuters) (AP) -",
    "Via Via.",
    "…",
    "[…] [sic]",
];

#[test]
fn an_unbalanced_mark_spoils_nothing_beyond_its_paragraph() {
    in_little_stack(|| {
        let text = format!(
            "“The dam holds, she said.\n\nThe bay was calm.\n\n{SAID}\n\nNobody \"laughed.\n\nThe rain fell.\n\n{SAID}"
        );
        let said = "We will keep the ferry running all winter long,";
        let found = quoted(&text);
        assert_eq!(found.iter().filter(|words| *words == said).count(), 2, "{found:?}");
    });
}

#[test]
fn a_million_nested_or_alternating_marks_are_read_and_the_depth_is_said_to_be_cut() {
    in_little_stack(|| {
        let nested = read(&"“a ".repeat(333_333));
        assert!(nested.notices.iter().any(|notice| notice.limit == "nesting"), "{:?}", nested.notices);
        for seed in ["“‘", "“”", "\"a\" ", "'a' ", "“a” ", "«»", "„“", "‘“a”’ "] {
            read(&seed.repeat(100_000));
        }
    });
}

#[test]
fn a_stop_and_a_hundred_thousand_closers_or_spaces_end_one_sentence() {
    in_little_stack(|| {
        for tail in ["”", ")", " ", "\u{a0}", ".", "’", "\n"] {
            let text = format!("{SAID}{}{SAID}", tail.repeat(100_000));
            read(&text);
        }
    });
}

#[test]
fn what_is_looked_back_or_ahead_for_is_no_farther_than_a_bound() {
    in_little_stack(|| {
        // An acronym that is none after all; a mark that nothing opens; bullets before every quotation.
        read(&format!("{}aa", "a.".repeat(200_000)));
        read(&format!("{}{}", "‘a ".repeat(100_000), "b” ".repeat(100_000)));
        read(&format!("Ada Quill said:\n{}{}", "* ".repeat(100_000), "“a b” x ".repeat(100_000)));
        // Who issued the statement; who is interviewed.
        read(&"“We all stay here,” the statement said and ".repeat(20_000));
        read(&"Q: why is that so?\nA: because it is so.\n".repeat(60_000));
    });
}

#[test]
fn a_name_of_any_length_is_compared_and_described_in_linear_time() {
    in_little_stack(|| {
        let long = |last: char| format!("Ada Quill{}{last}", "i".repeat(100_000));
        read(&format!("{} left. {} spoke. Quill{} came.", long('a'), long('b'), "i".repeat(99_999)));
        assert!(!same_person(&long('a'), &long('b')));
        assert!(same_person(&format!("{}Quill", "Mr. ".repeat(100_000)), "Quill"));
        let described = "x and a ".repeat(125_000);
        let text = quotetrace::text::Text::new(&described);
        let cast = Cast::read(&text, &Setting::new());
        assert!(cast.resolve((0..described.len()).into()).is_some());
    });
}

#[test]
fn combining_marks_flags_and_joiners_have_spans_on_characters() {
    in_little_stack(|| {
        for seed in ["\u{301}", "e\u{301}", "🇩", "👩\u{200d}", "\u{200b}", "\u{fdfa}", "İ", "\u{ad}"] {
            let text = format!("“{}” said Ada Quill. {SAID}", seed.repeat(40_000));
            assert!(!read(&text).quotations.is_empty());
        }
    });
}

#[test]
fn what_nobody_sees_hides_no_repetition() {
    let hidden = SAID
        .replace("ferry", "fer\u{200b}ry")
        .replace("winter", "win\u{ad}ter")
        .replace("all", "\u{2060}all");
    let mut tracker = Tracker::new();
    for (id, text) in [("a", SAID.to_owned()), ("b", hidden), ("c", SAID.replace(' ', "\u{a0}"))] {
        tracker.add(Document::new(id, text)).unwrap();
    }
    assert_eq!(tracker.graph().utterances().len(), 1);
}

#[test]
fn line_ends_of_every_kind_and_no_character_of_nought_are_in_the_way() {
    for end in ["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{c}", "\0"] {
        let text = format!("The bay was calm.{end}{end}{SAID}{end}{end}“And the bridge too,” she said.");
        assert_eq!(quoted(&text).len(), 2, "{end:?}");
    }
}

#[test]
fn a_lone_surrogate_in_a_line_is_an_error_with_its_line() {
    let lines =
        "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"c\",\"text\":\"\\ud800\"}\n{\"id\":\"d\",\"text\":\"e\"}\n";
    let read: Vec<quotetrace::Result<Document>> =
        quotetrace::input::JsonLines::new(lines.as_bytes()).collect();
    assert_eq!(read.iter().filter(|line| line.is_ok()).count(), 2);
    assert!(read[1].as_ref().unwrap_err().to_string().contains(":2"), "{:?}", read[1]);
}

#[test]
fn a_speaker_in_letters_that_look_alike_is_another_speaker() {
    assert!(same_person("Barack Quill", "Barack Quill"));
    assert!(!same_person("Barack Quill", "Bаrack Quill"), "the second has a Cyrillic a");
}

#[test]
fn two_quotations_of_a_megabyte_are_aligned_within_a_budget() {
    in_little_stack(|| {
        let words = |from: usize| {
            (0..150_000).map(|at| format!("w{}", (at * 7 + from) % 1000)).collect::<Vec<_>>().join(" ")
        };
        let (a, b) = (words(0), words(3));
        let _ = place(&a, &b);
        let keys = |text: &str| text.split(' ').map(|word| word.len() as u64).collect::<Vec<u64>>();
        let _ = align(&keys(&a), &keys(&b), &[]);
    });
}

#[test]
fn one_sentence_in_every_quotation_costs_no_square_and_is_said() {
    in_little_stack(|| {
        let mut index = QuoteIndex::new(Frequencies::background().clone());
        for number in 0..20_000 {
            index.insert(&format!(
                "We will keep the ferry running all winter long, whatever number {number} of {} says",
                number * 31
            ));
        }
        assert!(index.groups().len() <= 20_000);
        assert!(!index.notices().is_empty());
    });
}

#[test]
fn outlets_that_credit_themselves_and_each_other_are_findings_and_no_endless_walk() {
    let mut tracker = Tracker::new();
    let words = "“We will keep the ferry running all winter long,” Ada Quill said, according to";
    for (id, outlet, credited) in [
        ("a", "The Harbor Ledger", "the Northfield Courier"),
        ("b", "Northfield Courier", "the Harbor Ledger"),
        ("c", "Evening Dispatch", "the Evening Dispatch"),
    ] {
        tracker.add(Document::new(id, format!("{words} {credited}.")).with_outlet(outlet)).unwrap();
    }
    let graph = tracker.graph();
    assert_eq!(graph.cycles().len(), 1);
    let id = &graph.utterances()[0].id;
    assert!(["a", "b", "c"].iter().all(|document| graph.trail(document, id).len() <= 3));
}

#[test]
fn an_outlet_called_said_is_an_outlet() {
    let mut tracker = Tracker::new();
    tracker.add(Document::new("a", SAID).with_outlet("Said")).unwrap();
    tracker.add(Document::new("b", SAID).with_outlet("The")).unwrap();
    assert_eq!(tracker.graph().utterances()[0].occurrences.len(), 2);
}

#[test]
fn ten_thousand_credits_and_ten_thousand_names_in_one_article_are_read() {
    in_little_stack(|| {
        read(&"“We stay,” she told the Harbor Ledger, according to Reuters. ".repeat(10_000));
        let name = |number: usize| {
            let letter = |at: usize| char::from(b'a' + u8::try_from((number / at) % 26).unwrap());
            format!("Mayor A{}{} Q{}{}ill said so. ", letter(1), letter(26), letter(676), letter(5))
        };
        read(&(0..10_000).map(name).collect::<String>());
    });
}

#[test]
fn clocks_that_disagree_and_missing_dates_never_make_time_run_backwards() {
    let mut tracker = Tracker::new();
    for (id, day) in [("a", Some("2026-03-09")), ("b", Some("2026-03-01")), ("c", None)] {
        let mut document = Document::new(id, SAID).with_outlet(format!("Outlet {id}"));
        if let Some(day) = day {
            document = document.with_published(day.parse().unwrap());
        }
        tracker.add(document).unwrap();
    }
    for repeat in tracker.graph().repeats() {
        assert_ne!((repeat.document.as_str(), repeat.from_document.as_deref()), ("b", Some("a")));
    }
}

#[test]
fn a_taken_id_is_refused_and_nothing_is_lost() {
    let mut tracker = Tracker::new();
    tracker.add(Document::new("a", SAID)).unwrap();
    assert!(matches!(tracker.add(Document::new("a", "other")), Err(Error::DuplicateId { .. })));
    assert_eq!(tracker.get("a").unwrap().0.text(), SAID);
}

#[test]
fn no_number_is_not_a_number() {
    for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -1.0, 2.0] {
        let value = Confidence::new(value).value();
        assert!((0.0..=1.0).contains(&value));
    }
}

#[test]
fn every_stage_export_and_query_bears_every_nasty_string_alone_and_in_pairs() {
    in_little_stack(|| {
        let alone: Vec<String> = NASTY.iter().map(|nasty| (*nasty).to_owned()).collect();
        everything(&alone);
        let quoted: Vec<String> = NASTY
            .iter()
            .map(|nasty| format!("{nasty} “We will {nasty} keep the ferry running all winter,” said {nasty} Ada Quill, via {nasty}."))
            .collect();
        everything(&quoted);
    });
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads_and_in_any_order() {
    let texts: Vec<String> = NASTY.iter().map(|nasty| format!("{SAID} {nasty} {SAID}")).collect();
    let documents: Vec<Document> =
        texts.iter().enumerate().map(|(at, text)| Document::new(format!("{at}"), text.as_str())).collect();
    let analyzer = analyzer();
    let alone: Vec<Analysis> = documents.iter().map(|document| analyzer.analyze(document)).collect();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope
                    .spawn(|| documents.iter().map(|document| analyzer.analyze(document)).collect::<Vec<_>>())
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
    let written = |order: Vec<Document>| {
        let mut tracker = Tracker::new();
        assert!(tracker.add_all(order).is_empty());
        let mut json = Vec::new();
        export::json(tracker.graph(), &mut json).unwrap();
        json
    };
    assert_eq!(written(documents.clone()), written(documents.into_iter().rev().collect()));
}

#[test]
fn every_limit_of_the_analysis_can_be_hit_and_is_said() {
    let hit = |limits: Limits, text: &str, limit: &str| {
        let analysis = Analyzer::new().with_limits(limits).analyze(&Document::new("a", text));
        let notices = &analysis.notices;
        assert!(
            notices.iter().any(|notice| notice.limit == limit && notice.count > 0),
            "{limit}: {notices:?}"
        );
    };
    let mut small = Limits::DEFAULT;
    (small.nesting, small.paragraphs, small.candidates) = (1, 2, 1);
    hit(small.clone(), "“We said “no” to it,” said Ada Quill.", "nesting");
    let reopened = "“We keep the ferry running.\n\n“We keep the bridge.\n\n“We keep the pier.\n\n“We stay.”";
    hit(small.clone(), reopened, "paragraphs");
    let many = "Ada Quill met Tomas Lindgren, Bea Okafor and Rolf Unger. “We keep the ferry running,” Quill told Okafor.";
    hit(small, many, "candidates");
}
