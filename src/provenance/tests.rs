//! What the graph promises, case by case.

use proptest::prelude::*;

use super::*;
use crate::analysis::Analysis;
use crate::confidence::Confidence;
use crate::credit::{Credit, Relation, Scope, SourceKind};
use crate::document::Document;
use crate::matching::{Printing, Utterance, assemble};
use crate::quotation::Kind;
use crate::text::Span;

/// A small collection: every article prints some utterances, one a line.
#[derive(Default)]
struct Desk {
    articles: Vec<(Document, Analysis)>,
    printed: Vec<(usize, Printing)>,
    rulings: Vec<Ruling>,
}

impl Desk {
    /// An article by `outlet` (whose name is its id) at `time`, which prints the utterances by number.
    fn print(mut self, outlet: &str, time: &str, printed: &[(usize, &str)]) -> Self {
        let text: String = printed.iter().map(|(_, words)| format!("“{words}”\n")).collect();
        let mut document = Document::new(outlet, text).with_outlet(outlet);
        if !time.is_empty() {
            document = document.with_published(time.parse().unwrap());
        }
        let mut at = 0;
        for (index, (number, words)) in printed.iter().enumerate() {
            let span = Span::new(at + 3, at + 3 + words.len());
            self.printed.push((*number, Printing::new(outlet, index, Kind::Direct, span, words)));
            at = span.end + 4;
        }
        let analysis = Analysis {
            document: outlet.into(),
            quotations: Vec::new(),
            credits: Vec::new(),
            notices: Vec::new(),
        };
        self.articles.push((document, analysis));
        self
    }

    /// The last article credits `source`.
    fn credit(mut self, source: &str, relation: Relation, scope: Scope, quotation: Option<usize>) -> Self {
        self.articles.last_mut().unwrap().1.credits.push(Credit {
            source: source.into(),
            kind: SourceKind::Outlet,
            relation,
            scope,
            span: Span::new(0, 1),
            quotation,
            confidence: Confidence::new(0.9),
        });
        self
    }

    fn utterances(&self) -> Vec<Utterance> {
        let numbers: std::collections::BTreeSet<usize> =
            self.printed.iter().map(|(number, _)| *number).collect();
        let group =
            |n: usize| self.printed.iter().filter(|p| p.0 == n).map(|p| p.1.clone()).collect::<Vec<_>>();
        numbers.into_iter().flat_map(|number| assemble(&group(number))).collect()
    }

    fn graph(&self) -> ProvenanceGraph {
        let articles = self.articles.iter().map(|(document, analysis)| (document, analysis));
        ProvenanceGraph::build_with_rulings(articles, self.utterances(), &Options::default(), &self.rulings)
    }
}

/// `copy<source` for every repeat, `=` for stated ones, of the first utterance.
fn sources(graph: &ProvenanceGraph) -> Vec<String> {
    let arrow = |repeat: &Repeat| if repeat.is_stated() { '=' } else { '<' };
    let from = |repeat: &Repeat| repeat.from_document.clone().or(repeat.from_outlet.clone()).unwrap();
    graph.repeats().iter().map(|r| format!("{}{}{}", r.document, arrow(r), from(r))).collect()
}

const SAID: &str =
    "We will keep the night ferry running until the last of the islanders has a bridge to walk over";
const FALSE: &str =
    "We will keep the night ferry sailing until the last of the islanders has a bridge to walk over";

fn at(hour: u32) -> String {
    format!("2026-03-02T{hour:02}:00:00Z")
}

#[test]
fn an_error_goes_the_way_of_the_copy() {
    let graph = Desk::default()
        .print("a", &at(6), &[(0, SAID)])
        .print("b", &at(7), &[(0, FALSE)])
        .print("c", &at(9), &[(0, SAID)])
        .print("d", &at(10), &[(0, FALSE)])
        .graph();
    assert_eq!(sources(&graph), ["b<a", "c<a", "d<b"]);
    let id = &graph.utterances()[0].id;
    assert_eq!(graph.origins(id), ["a"]);
    assert_eq!(
        graph.trail("d", id).iter().map(|r| r.from_document.as_deref().unwrap()).collect::<Vec<_>>(),
        ["b", "a"]
    );
    assert_eq!(graph.altered(id).iter().map(|a| a.document).collect::<Vec<_>>(), ["b"]);
    let spread: Vec<_> = graph.spread(id).iter().map(|r| (r.document, r.depth)).collect();
    assert_eq!(spread, [("a", 0), ("b", 1), ("c", 1), ("d", 2)]);
    assert_eq!(graph.independence(id).sources, [("a", 4)]);
    let evidence = &graph.trail("d", id)[0].evidence;
    assert!(
        evidence.contains(&Evidence::Same) && evidence.contains(&Evidence::Shared { edits: 1, printings: 2 })
    );
}

#[test]
fn time_never_runs_backwards() {
    let graph = Desk::default()
        .print("a", "2026-03-05", &[(0, SAID)])
        .print("b", "2026-03-02", &[(0, SAID)])
        .print("c", "2026-03-03T12:00:00Z", &[(0, SAID)])
        .graph();
    for repeat in graph.repeats() {
        let time = |id: &str| graph.document(id).unwrap().published.unwrap();
        assert!(time(repeat.from_document.as_deref().unwrap()).before(time(&repeat.document)), "{repeat:?}");
    }
    assert_eq!(graph.origins(&graph.utterances()[0].id), ["b"]);
}

#[test]
fn a_credit_is_a_document_where_one_fits_and_an_outlet_where_none_does() {
    let graph = Desk::default()
        .print("The Lantern", &at(6), &[(0, SAID)])
        .print("b", &at(7), &[(0, SAID)])
        .credit("Lantern", Relation::Repeat, Scope::Quotation, Some(0))
        .print("c", &at(8), &[(0, SAID)])
        .credit("The Far Post", Relation::Repeat, Scope::Article, None)
        .graph();
    assert_eq!(sources(&graph), ["b=The Lantern", "c=The Far Post"]);
    assert_eq!(graph.repeats()[0].basis, [Basis::Credit, Basis::Wording, Basis::Time]);
    assert_eq!(graph.repeats()[1].basis, [Basis::Credit]);
    assert_eq!(graph.orphans().iter().map(|o| o.source).collect::<Vec<_>>(), ["The Far Post"]);
    assert_eq!(graph.outlet_network().len(), 2);
    assert!(graph.repeats_without_credit().is_empty());
}

#[test]
fn a_credit_governs_what_it_governs_and_no_more() {
    let other = "Nobody asked the harbour board what the dredging of the outer channel would cost us all";
    let graph = Desk::default()
        .print("a", &at(6), &[(0, SAID), (1, other)])
        .print("b", &at(7), &[(0, SAID), (1, other)])
        .credit("a", Relation::Repeat, Scope::Quotation, Some(1))
        .graph();
    let stated: Vec<_> = graph.repeats().iter().filter(|r| r.is_stated()).collect();
    assert_eq!(stated.len(), 1);
    assert_eq!(graph.utterance(&stated[0].utterance).unwrap().text, other);
    assert_eq!(graph.repeats().len(), 2);
    assert!(graph.repeats_without_credit().is_empty(), "the source is credited elsewhere in the text");
}

#[test]
fn a_credit_is_carried_on_to_the_speakers_other_words_and_no_further() {
    let other = "Nobody asked the harbour board what the dredging of the outer channel would cost us all";
    let third = "The board was asked three times and chose not to answer any of our letters about it";
    let mut desk = Desk::default()
        .print("a", &at(6), &[(0, SAID), (1, other), (2, third)])
        .print("b", &at(7), &[(0, SAID), (1, other), (2, third)])
        .credit("The Far Post", Relation::Repeat, Scope::Quotation, Some(0));
    for (printed, name) in desk.printed.iter_mut().zip(["Quill", "Quill", "Roe", "Quill", "Quill", "Roe"]) {
        printed.1.speaker = Some(name.into());
    }
    let graph = desk.graph();
    let of = |words: &str| {
        let utterance = graph.utterances().iter().find(|u| u.text == words).unwrap();
        graph.sources("b", &utterance.id).next().unwrap()
    };
    assert!(of(SAID).is_stated() && of(other).is_stated() && !of(third).is_stated());
    assert!(of(other).confidence < of(SAID).confidence);
}

#[test]
fn who_had_the_story_first_is_not_whom_every_word_is_from() {
    let graph = Desk::default()
        .print("a", &at(6), &[(0, SAID)])
        .credit("The Far Post", Relation::Origin, Scope::Article, None)
        .print("b", &at(7), &[(0, SAID)])
        .graph();
    assert_eq!(sources(&graph), ["b<a"]);
}

#[test]
fn a_credit_of_words_that_nobody_else_prints_stays_a_credit() {
    let desk = Desk::default().print("a", &at(6), &[(0, SAID)]).credit(
        "The Far Post",
        Relation::Repeat,
        Scope::Quotation,
        Some(0),
    );
    assert_eq!((desk.graph().repeats().len(), desk.graph().credits().len()), (0, 1));
    assert!(desk.graph().origins(&desk.graph().utterances()[0].id).is_empty());
}

#[test]
fn own_words_and_wire_copy_are_no_repeats() {
    let graph = Desk::default()
        .print("a", &at(6), &[(0, SAID)])
        .print("The Beacon", &at(7), &[(0, SAID)])
        .credit("beacon", Relation::Repeat, Scope::Quotation, Some(0))
        .print("c", &at(8), &[(0, SAID)])
        .credit("Coastal Wire", Relation::Wire, Scope::Article, None)
        .print("d", &at(9), &[(0, SAID)])
        .credit("Coastal Wire", Relation::Wire, Scope::Article, None)
        .graph();
    assert_eq!(sources(&graph), [""; 0]);
    let groups = graph.syndication();
    assert_eq!((groups[0].agency, &groups[0].documents[..]), ("Coastal Wire", &["c", "d"][..]));
}

#[test]
fn outlets_that_credit_each_other_are_a_finding() {
    let graph = Desk::default()
        .print("a", &at(6), &[(0, SAID)])
        .credit("b", Relation::Repeat, Scope::Quotation, Some(0))
        .print("b", &at(7), &[(0, SAID)])
        .credit("a", Relation::Repeat, Scope::Quotation, Some(0))
        .graph();
    let cycles = graph.cycles();
    assert_eq!((&cycles[0].outlets[..], &cycles[0].repeats[..]), (&["a", "b"][..], &[0, 1][..]));
    let id = &graph.utterances()[0].id;
    assert!(graph.origins(id).len() < 2 && graph.trail("a", id).len() <= 2);
    assert_eq!(graph.spread(id).len(), 2);
}

#[test]
fn without_dates_nobody_is_called_first() {
    let outlets: Vec<String> = (0..10).map(|n| format!("outlet {n}")).collect();
    let desk = outlets.iter().fold(Desk::default(), |desk, outlet| desk.print(outlet, "", &[(0, SAID)]));
    let graph = desk.graph();
    assert!(graph.origins(&graph.utterances()[0].id).is_empty());
    assert_eq!(graph.independence(&graph.utterances()[0].id).outlets, 10);
}

#[test]
fn an_outlet_may_be_called_said() {
    let graph = Desk::default()
        .print("Said", &at(6), &[(0, SAID)])
        .print("b", &at(7), &[(0, SAID)])
        .credit("Said", Relation::Repeat, Scope::Quotation, Some(0))
        .graph();
    assert_eq!(sources(&graph), ["b=Said"]);
    assert!(
        graph.node(&Node::Outlet("Said".into())).is_some()
            && graph.node(&Node::Speaker("Said".into())).is_none()
    );
}

#[test]
fn ten_thousand_credits_and_three_thousand_printings_are_bounded_and_counted() {
    let mut desk = Desk::default();
    for number in 0..3000 {
        desk = desk.print(
            &format!("{number:04}"),
            &format!("2026-03-02T06:{:02}:{:02}Z", number / 60, number % 60),
            &[(0, SAID)],
        );
    }
    for number in 0..10_000 {
        desk = desk.credit(&format!("{:04}", number % 2000), Relation::Repeat, Scope::Article, None);
    }
    let graph = desk.graph();
    assert!(graph.repeats().len() < 3010);
    assert!(
        graph.notices().iter().any(|notice| notice.limit == "provenance.candidates" && notice.count > 1000)
    );
    assert_eq!(graph.spread(&graph.utterances()[0].id).len(), 3000);
}

#[test]
fn an_editor_overrules() {
    let mut desk = Desk::default().print("a", &at(6), &[(0, SAID)]).print("b", &at(7), &[(0, SAID)]).print(
        "c",
        &at(8),
        &[(0, SAID)],
    );
    let place = |id: &str| Place::new(id, Span::new(5, 9));
    desk.rulings = vec![
        Ruling::Source { at: place("b"), whence: Whence::Outlet("The Far Post".into()) },
        Ruling::Speaker { at: place("a"), speaker: Some("Ada Quill".into()) },
        Ruling::Apart { one: place("a"), other: place("c") },
    ];
    let graph = desk.graph();
    assert_eq!(sources(&graph), ["b<The Far Post"]);
    assert_eq!(graph.repeats()[0].evidence, [Evidence::Ruling { ruling: 0 }]);
    assert_eq!(graph.utterances().len(), 2);
    assert!(
        graph
            .utterances()
            .iter()
            .any(|u| u.speaker.as_deref() == Some("Ada Quill") && u.occurrences.len() == 2)
    );
    assert_eq!(graph.rulings().len(), 3);
}

#[test]
fn two_names_for_one_utterance_are_a_dispute_and_a_surname_is_none() {
    let mut desk = Desk::default().print("a", &at(6), &[(0, SAID)]).print("b", &at(7), &[(0, SAID)]).print(
        "c",
        &at(8),
        &[(0, SAID)],
    );
    for (printed, name) in desk.printed.iter_mut().zip(["Ada Quill", "Quill", "Tom Roe"]) {
        printed.1.speaker = Some(name.into());
    }
    let graph = desk.graph();
    let disputed = graph.disputed();
    assert_eq!(disputed[0].speakers, [("Ada Quill", vec!["a", "b"]), ("Tom Roe", vec!["c"])]);
}

#[test]
fn a_name_carries_a_credit_where_a_pronoun_stands() {
    let other = "Nobody asked the harbour board what the dredging of the outer channel would cost us all";
    let mut desk = Desk::default()
        .print("a", &at(6), &[(0, SAID), (1, other)])
        .print("b", &at(7), &[(0, SAID), (1, other)])
        .credit("The Far Post", Relation::Repeat, Scope::Quotation, Some(0));
    for (printed, name) in desk.printed.iter_mut().zip(["Ada Quill", "Ada Quill", "Quill", "she"]) {
        printed.1.speaker = Some(name.into());
        printed.1.confidence = Confidence::new(if name == "she" { 0.2 } else { 0.9 });
    }
    let graph = desk.graph();
    let stated = graph.repeats().iter().filter(|repeat| repeat.document == "b" && repeat.is_stated());
    assert_eq!(stated.count(), 2);
}

#[test]
fn clocks_that_err_more_than_is_tolerated_tell_the_order() {
    let desk = Desk::default()
        .print("a", &at(6), &[(0, SAID)])
        .print("b", &at(8), &[(0, SAID)])
        .credit("a", Relation::Repeat, Scope::Quotation, Some(0))
        .print("c", &at(5), &[(0, SAID)])
        .credit("b", Relation::Repeat, Scope::Quotation, Some(0));
    let articles = || desk.articles.iter().map(|(document, analysis)| (document, analysis));
    let source_of_c = |tolerance: i64| {
        let options = Options { tolerance, ..Options::default() };
        let graph = ProvenanceGraph::build(articles(), desk.utterances(), &options);
        let stated =
            graph.repeats().iter().find(|repeat| repeat.document == "c" && repeat.is_stated()).cloned();
        stated.map(|repeat| (repeat.from_document, repeat.basis))
    };
    // Three hours later may be a clock that errs; with exact clocks the credit is of the outlet, not of that article.
    assert_eq!(source_of_c(3 * 3600), Some((Some("b".into()), vec![Basis::Credit, Basis::Wording])));
    assert_eq!(source_of_c(0), Some((None, vec![Basis::Credit])));
}

#[test]
fn one_text_under_ten_outlets_has_one_source_and_an_alias_does_not_credit_itself() {
    let mut desk = Desk::default();
    for number in 0..10 {
        desk = desk.print(&format!("outlet {number}"), &at(6 + number), &[(0, SAID)]);
    }
    let graph = desk
        .print("Associated Press", &at(20), &[(0, SAID)])
        .credit("AP", Relation::Repeat, Scope::Quotation, Some(0))
        .graph();
    let id = &graph.utterances()[0].id;
    assert_eq!(graph.origins(id), ["outlet 0"]);
    let independence = graph.independence(id);
    // Which of many like texts a late one was taken from is not known: it counts as a source of its own.
    assert_eq!((independence.outlets, independence.sources[0].0), (11, "outlet 0"));
    assert!(independence.sources[0].1 > 1);
    assert!(graph.repeats().iter().all(|repeat| repeat.document != "Associated Press"));
    assert!(graph.cycles().is_empty());
}

#[test]
fn sources_that_are_as_likely_are_called_a_tie() {
    let graph = Desk::default()
        .print("a", "2026-03-02", &[(0, SAID)])
        .print("b", "2026-03-02", &[(0, SAID)])
        .print("c", "2026-03-04", &[(0, SAID)])
        .graph();
    let tied = |repeat: &&Repeat| repeat.evidence.contains(&Evidence::Tie { among: 2 });
    assert_eq!(
        graph.repeats().iter().filter(tied).count(),
        graph.repeats().iter().filter(|r| r.document == "c").count()
    );
}

#[test]
fn a_chain_of_a_hundred_thousand_reprints_takes_no_stack() {
    // A million where there is time for it.
    let length = std::env::var("CHAIN").ok().and_then(|length| length.parse().ok()).unwrap_or(100_000_usize);
    let mut desk = Desk::default();
    for number in 0..length {
        let source = format!("{:06}", number.saturating_sub(1));
        desk = desk.print(&format!("{number:06}"), "", &[(0, SAID)]);
        if number > 0 {
            desk = desk.credit(&source, Relation::Repeat, Scope::Quotation, Some(0));
        }
    }
    let graph = desk.graph();
    let id = &graph.utterances()[0].id;
    assert_eq!(graph.trail(&format!("{:06}", length - 1), id).len(), length - 1);
    assert_eq!(graph.spread(id).iter().map(|reached| reached.depth).max(), Some(length - 1));
    assert_eq!(graph.independence(id).sources, [("000000", length)]);
    assert!(graph.cycles().is_empty());
}

#[test]
fn what_an_editor_rules_is_neither_stated_nor_inferred() {
    let ruled = |whence: Whence| {
        let mut desk = Desk::default().print("a", &at(6), &[(0, SAID)]).print("b", &at(7), &[(0, SAID)]);
        desk.rulings.push(Ruling::Source { at: Place::new("b", Span::new(5, 9)), whence });
        desk.graph()
    };
    let graph = ruled(Whence::Document("a".into()));
    let [repeat] = graph.repeats() else { panic!("one repeat") };
    assert!(repeat.is_ruled() && !repeat.is_stated() && !repeat.is_inferred());
    assert!(graph.repeats_without_credit().is_empty());
    let network = graph.outlet_network();
    assert_eq!((network[0].stated, network[0].ruled, network[0].inferred), (0, 1, 0));
    // A ruling on a document that is not there changes nothing.
    let graph = ruled(Whence::Document("nobody has it".into()));
    assert!(graph.repeats()[0].is_inferred() && graph.repeats()[0].from_document.as_deref() == Some("a"));
}

#[test]
fn a_copy_with_a_date_alone_may_have_it_from_whoever_printed_it_that_day() {
    // More printings than are weighed, all of one day; the copy comes first by its date, which begins the day.
    let mut desk = Desk::default().print("copy", "2026-03-02", &[(0, FALSE)]);
    for number in 0..90 {
        let words = if number == 60 { FALSE } else { SAID };
        desk = desk.print(
            &format!("d{number:02}"),
            &format!("2026-03-02T08:{:02}:00Z", number % 60),
            &[(0, words)],
        );
    }
    let graph = desk.graph();
    let id = &graph.utterances()[0].id;
    let source = graph.sources("copy", id).next().unwrap();
    assert_eq!(source.from_document.as_deref(), Some("d60"));
}

#[test]
fn documents_that_name_somebody_in_common_do_not_dispute_an_utterance() {
    let disputed = |speakers: [&str; 2]| {
        let mut desk = Desk::default().print("a", &at(6), &[(0, SAID)]).print("b", &at(7), &[(0, SAID)]);
        for ((_, printing), speaker) in desk.printed.iter_mut().zip(speakers) {
            *printing = printing.clone().with_speaker(speaker, Confidence::new(0.9));
        }
        let graph = desk.graph();
        graph
            .disputed()
            .first()
            .map(|one| one.speakers.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(disputed(["Ada Quill; Tom Roe", "Roe"]), None);
    assert_eq!(disputed(["Robert Marlow", "Bob Marlow"]), None);
    assert_eq!(disputed(["Ada Quill", "the mayor"]), None);
    assert_eq!(disputed(["Ada Quill", "she"]), None);
    assert_eq!(disputed(["Ada Quill", "Tom Roe"]), Some(vec!["Ada Quill".to_owned(), "Tom Roe".to_owned()]));
}

#[test]
fn rulings_go_through_json_and_back() {
    let at = || Place::new("a", Span::new(5, 9));
    let rulings = [
        Ruling::Speaker { at: at(), speaker: None },
        Ruling::Source { at: at(), whence: Whence::Document("b".into()) },
        Ruling::Source { at: at(), whence: Whence::Outlet("The Far Post".into()) },
        Ruling::Source { at: at(), whence: Whence::Itself },
        Ruling::Apart { one: at(), other: Place::new("b", Span::new(5, 9)) },
    ];
    for ruling in rulings {
        let json = serde_json::to_string(&ruling).unwrap();
        assert_eq!(serde_json::from_str::<Ruling>(&json).unwrap(), ruling, "{json}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_graph_is_the_same_in_any_order_and_a_forest(
        prints in proptest::collection::vec((0_usize..3, 0_u32..24, any::<bool>(), 0_usize..3), 1..9),
        turn in 0_usize..9,
    ) {
        let mut desk = Desk::default();
        for (index, (number, hour, dated, wording)) in prints.iter().enumerate() {
            let words = [SAID, FALSE, "keep the night ferry running until the last of the islanders"][*wording];
            let time = if *dated { at(*hour) } else { String::new() };
            desk = desk.print(&format!("d{index}"), &time, &[(*number, words)]);
        }
        let graph = desk.graph();
        let turn = turn % desk.articles.len();
        desk.articles.rotate_left(turn);
        desk.printed.reverse();
        let turned = desk.graph();
        prop_assert_eq!(graph.repeats(), turned.repeats());
        prop_assert_eq!(graph.utterances(), turned.utterances());
        for repeat in graph.repeats() {
            prop_assert!(graph.trail(&repeat.document, &repeat.utterance).len() < desk.articles.len());
        }
    }
}
