//! Any text through every stage, alone and between texts of which it is a part: spans, maps and edits checked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quotetrace::{Analysis, Analyzer, Document, Limits, VerifyOptions, Watch, revision};
use quotetrace_fuzz::{check_analysis, check_graph, check_text, tracked};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, data)) = data.split_first() else { return };
    let raw = String::from_utf8_lossy(data);
    check_text(&raw);

    let mut document = Document::new("a", raw.as_ref());
    if choice & 1 != 0 {
        // The title as the text's first line, as a file has it.
        document = document.with_title(raw.lines().next().unwrap_or_default());
    }
    document = match choice >> 1 & 3 {
        1 => document.with_language("de"),
        2 => document.with_language("fr"),
        3 => document.with_language("en"),
        _ => document,
    };
    let mut analyzer = Analyzer::new().with_indirect(choice & 8 != 0);
    if choice & 16 != 0 {
        let mut limits = Limits::DEFAULT;
        (limits.nesting, limits.paragraphs, limits.candidates) = (1, 2, 2);
        analyzer = analyzer.with_limits(limits);
    }
    let analysis = analyzer.analyze(&document);
    check_analysis(&raw, &analysis);
    if choice & 32 != 0 {
        assert_eq!(analyzer.analyze(&document), analysis, "the same again");
        let json = serde_json::to_string(&analysis).expect("an analysis is JSON");
        assert_eq!(serde_json::from_str::<Analysis>(&json).expect("and comes back"), analysis);
    }
    if choice & 64 != 0 {
        let half = raw.char_indices().map(|(at, _)| at).nth(raw.chars().count() / 2).unwrap_or(0);
        let (front, back) = raw.split_at(half);
        let texts = [raw.as_ref(), front, back];
        let documents: Vec<Document> =
            texts.iter().enumerate().map(|(at, text)| Document::new(format!("{at}"), *text)).collect();
        let mut watch = Watch::new(3);
        for document in &documents {
            let seen = watch.take(document.clone()).expect("a sound article is taken");
            assert!(seen.repeats.iter().all(|sighting| sighting.span.of(document.text()).is_some()));
        }
        let tracker = tracked(documents);
        check_graph(&tracker);
        for found in &tracker.verify(back, &VerifyOptions::new().with_speaker("Ada Quill")).matches {
            let (document, _) = tracker.get(&found.document).expect("a match stands in a document");
            assert!(found.span.of(document.text()).is_some() && (0.0..=1.0).contains(&found.score));
            assert!(found.edits.iter().all(|edit| edit.at.of(document.text()).is_some()));
        }
        if let (Some((_, whole)), Some((_, part))) = (tracker.get("0"), tracker.get("1")) {
            let _ = (revision::compare(whole, part), revision::compare(part, whole));
        }
    }
});
