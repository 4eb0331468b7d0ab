//! Whatever the articles hold, every export is well-formed: read back by a reader of its format, and whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quotetrace::export::{self, TextOptions};
use quotetrace::matching::Utterance;
use quotetrace::{ProvenanceGraph, Tracker, VerifyOptions};
use quotetrace_fuzz::{articles, check_graph, tracked};

fuzz_target!(|data: &[u8]| {
    let documents = articles(data);
    if documents.len() > 12 {
        return;
    }
    let tracker = tracked(documents);
    check_graph(&tracker);
    let graph = tracker.graph();
    json(&tracker, graph);
    xml(&tracker, graph);
    tables(graph);
    dot(graph);
    let mut out = Vec::new();
    export::text(graph, TextOptions::default(), &mut out).expect("written");
    shown(&String::from_utf8(out).expect("UTF-8"), "text");
    queries(graph, &tracker);
});

fn written(write: impl FnOnce(&mut Vec<u8>) -> quotetrace::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory fails not");
    String::from_utf8(out).expect("UTF-8")
}

/// Nothing that turns the direction of what follows, and no control character, is obeyed.
fn shown(text: &str, format: &str) {
    let bad = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}');
    assert!(!text.contains(bad), "{format} holds what a reader can't bear");
}

fn json(tracker: &Tracker, graph: &ProvenanceGraph) {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let whole = read(&written(|out| export::json(graph, out)));
    assert_eq!(whole["documents"].as_array().map(Vec::len), Some(tracker.len()));
    let utterances: Vec<Utterance> = serde_json::from_value(whole["utterances"].clone()).expect("utterances");
    assert_eq!(utterances, graph.utterances());
    let nodes = read(&written(|out| export::cytoscape(graph, out)));
    assert!(nodes["elements"]["nodes"].is_array());
    assert!(read(&written(|out| export::node_link(graph, out)))["nodes"].is_array());
    let documents = tracker.articles().map(|(document, _)| document);
    assert!(read(&written(|out| export::jsonld(graph, documents, out))).is_object());
}

fn xml(tracker: &Tracker, graph: &ProvenanceGraph) {
    let graphml = written(|out| export::graphml(graph, out));
    let gexf = written(|out| export::gexf(graph, out));
    let svg = written(|out| export::svg(graph, out));
    let html = written(|out| export::html(graph, tracker.articles(), out));
    for (name, text) in [("graphml", &graphml), ("gexf", &gexf), ("svg", &svg)] {
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let bad = |node: roxmltree::Node| {
            node.has_tag_name("script") && name != "svg" || node.attributes().any(|a| a.name().starts_with("on"))
        };
        assert!(!document.descendants().any(bad), "{name}: nothing runs");
    }
    [graphml, gexf, svg].iter().for_each(|text| shown(text, "xml"));
    shown(&html, "html");
    html_is_closed(&html);
}

/// Tags balance, scripts are the report's own, and links lead to http and https only.
fn html_is_closed(html: &str) {
    let scripts = html.matches("<script").count();
    assert_eq!(scripts, html.matches("</script").count());
    assert!(scripts <= 1, "one script, the report's own");
    for tag in ["div", "section", "article", "table", "p", "a", "details", "span", "mark", "svg", "ol", "ul", "li"] {
        let opened = html.matches(&format!("<{tag} ")).count() + html.matches(&format!("<{tag}>")).count();
        let closed = html.matches(&format!("</{tag}>")).count();
        assert_eq!(opened, closed, "<{tag}>");
    }
    for link in html.split("href=\"").skip(1) {
        // A scheme may be in capitals.
        let scheme = link.split("//").next().unwrap_or("").to_ascii_lowercase();
        assert!(link.starts_with(['#']) || ["http:", "https:"].contains(&scheme.as_str()), "{link:.60}");
    }
}

fn tables(graph: &ProvenanceGraph) {
    let rows = |text: &str| {
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.expect("rows of one length")).collect::<Vec<_>>()
    };
    let printings: usize = graph.utterances().iter().map(|utterance| utterance.occurrences.len()).sum();
    let all = written(|out| export::csv(graph, out));
    let read = rows(&all);
    assert_eq!(read.len(), printings, "a row a printing");
    for cell in read.iter().flatten() {
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err();
        assert!(!formula, "a spreadsheet would run {cell:?}");
    }
    let _ = rows(&written(|out| export::incidence(graph, out)));
    let (mut nodes, mut relations) = (Vec::new(), Vec::new());
    export::neo4j(graph, &mut nodes, &mut relations).expect("written");
    let (nodes, relations) = (String::from_utf8(nodes).expect("UTF-8"), String::from_utf8(relations).expect("UTF-8"));
    let known: std::collections::HashSet<String> = rows(&nodes).iter().map(|row| row[0].to_owned()).collect();
    for row in rows(&relations) {
        assert!(known.contains(&row[0]) && known.contains(&row[1]), "an edge has two ends");
    }
    [all, nodes, relations].iter().for_each(|text| shown(text, "csv"));
}

/// Strings are closed, brackets outside of them balance, and there is one graph.
fn dot(graph: &ProvenanceGraph) {
    let text = written(|out| export::dot(graph, out));
    shown(&text, "dot");
    let (mut depth, mut square, mut quoted, mut escaped, mut graphs) = (0_i32, 0_i32, false, false, 0);
    for c in text.chars() {
        if quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => quoted = true,
            '{' => (depth, graphs) = (depth + 1, graphs + i32::from(depth == 0)),
            '}' => depth -= 1,
            '[' => square += 1,
            ']' => square -= 1,
            _ => assert!(c.is_ascii(), "what a text holds stands between marks: {c:?}"),
        }
        assert!(depth >= 0 && (0..=1).contains(&square));
    }
    assert_eq!((depth, square, quoted, graphs), (0, 0, false, 1));
}

fn queries(graph: &ProvenanceGraph, tracker: &Tracker) {
    for utterance in graph.utterances() {
        for (document, _) in tracker.articles() {
            assert!(graph.trail(document.id(), &utterance.id).len() <= tracker.len());
        }
        let _ = (graph.altered(&utterance.id), graph.independence(&utterance.id));
        let mut options = VerifyOptions::new();
        options.speaker.clone_from(&utterance.speaker);
        assert!(!tracker.verify(&utterance.text, &options).margin.is_nan());
    }
    let _ = (graph.outlet_network(), graph.syndication(), graph.orphans(), graph.cycles(), graph.disputed());
    let _ = graph.repeats_without_credit();
}
