//! What the articles say of a quotation, case by case.

use super::{Verdict, Verification, VerifyOptions};
use crate::analysis::Analyzer;
use crate::confidence::Confidence;
use crate::document::Document;
use crate::limits::Notice;
use crate::matching::{Change, Op};
use crate::speaker::Attribution;
use crate::text::Span;
use crate::tracker::Tracker;

const ANYBODY: VerifyOptions = VerifyOptions::DEFAULT;

fn by(name: &str) -> VerifyOptions {
    VerifyOptions::new().with_speaker(name)
}

fn tracker() -> Tracker {
    let mut tracker = Tracker::new();
    let articles = [
        (
            "a",
            "Mayor Ada Quill spoke on Friday. “We kept the ferry running all winter,” she said, “and not one crossing was cancelled.” Nobody asked about the harbor lights or who should pay for them.",
            Some("2026-03-01"),
        ),
        (
            "b",
            "“Dredging the east channel will cost nine million dollars,” said Tom Reyes. “We kept the ferry running all winter,” Mayor Ada Quill said.",
            Some("2026-03-02"),
        ),
    ];
    for (id, text, date) in articles {
        let mut document = Document::new(id, text);
        if let Some(date) = date {
            document = document.with_published(date.parse().unwrap());
        }
        tracker.add(document).unwrap();
    }
    tracker
}

/// Found by fuzzing: `e.e.` is one word, and its pieces are two.
#[test]
fn no_match_is_better_than_all_of_it() {
    let mut tracker = Tracker::new();
    tracker.add(Document::new("a", "\u{fffd}\ne\ne.e.\n")).unwrap();
    let found = tracker.verify("e.e.\n", &ANYBODY);
    assert!(!found.matches.is_empty() && found.matches.iter().all(|one| one.score <= 1.0), "{found:?}");
}

/// Found by fuzzing: nobody is no other speaker than the one asked for.
#[test]
fn words_that_a_text_gives_to_nobody_are_not_misattributed() {
    let nobody = Attribution::new("", Confidence::new(0.9));
    let text = "The ferry would run all winter long, it was announced.";
    let document = Document::new("a", text);
    let mut analysis = Analyzer::new().analyze(&document);
    let span = Span::new(0, 36);
    analysis.quotations = serde_json::from_value(serde_json::json!([{
        "kind": "indirect", "span": span, "parts": [span], "text": span.text(text), "within": null, "attribution": nobody,
    }]))
    .unwrap();
    assert_eq!(analysis.quotations[0].speaker(), None);
    let mut tracker = Tracker::new();
    tracker.add_analyzed(document, analysis).unwrap();
    assert_eq!(tracker.verify(span.text(text), &by("Ada Quill")).verdict, Verdict::Verbatim);
    assert_eq!(tracker.graph().utterances()[0].speaker, None);
}

#[test]
fn the_edits_give_the_claim_and_point_into_the_document() {
    let tracker = tracker();
    let claim = "Dredging the west channel will cost 19 million dollars";
    let found = tracker.verify(claim, &ANYBODY);
    assert_eq!(found.verdict, Verdict::Altered);
    let best = &found.matches[0];
    assert_eq!((best.document.as_str(), best.speaker.as_deref()), ("b", Some("Tom Reyes")));
    assert_eq!(best.edits.iter().map(|edit| edit.text.as_str()).collect::<String>(), claim);
    let text = tracker.get("b").unwrap().0.text();
    let replaced: Vec<&str> = best
        .edits
        .iter()
        .filter(|edit| edit.op == Op::Replace)
        .map(|edit| edit.at.text(text).trim())
        .collect();
    assert_eq!(replaced, ["east", "nine"]);
    assert_eq!(best.changes, [Change::Number]);
}

#[test]
fn the_words_of_a_split_quotation_are_one() {
    let found = tracker().verify("ferry running all winter and not one crossing was cancelled", &by("Quill"));
    assert_eq!(found.verdict, Verdict::Typographic);
    assert_eq!(found.matches[0].document, "a");
}

#[test]
fn the_earliest_needs_dates_that_tell() {
    let found = tracker().verify("We kept the ferry running all winter", &by("Mayor Ada Quill"));
    assert_eq!(found.verdict, Verdict::Verbatim);
    assert_eq!((found.matches.len(), found.earliest.as_deref()), (2, Some("a")));
    let mut undated = tracker();
    undated.add(Document::new("c", "“We kept the ferry running all winter,” Quill said.")).unwrap();
    assert_eq!(undated.verify("We kept the ferry running all winter", &ANYBODY).earliest, None);
}

#[test]
fn sentences_that_stand_apart_are_a_splice() {
    let claim =
        "We kept the ferry running all winter. Dredging the east channel will cost nine million dollars.";
    let found = tracker().verify(claim, &ANYBODY);
    assert_eq!(found.verdict, Verdict::Spliced);
}

#[test]
fn dots_between_two_places_are_a_splice_and_dots_inside_one_are_not() {
    for claim in [
        "We kept the ferry running all winter … Dredging the east channel will cost nine million dollars",
        "Dredging the east channel will cost nine million dollars... not one crossing was cancelled",
        "not one crossing was cancelled [...] We kept the ferry running all winter",
        // Nothing shows where it was cut.
        "We kept the ferry running all winter, dredging the east channel will cost nine million dollars",
    ] {
        let found = tracker().verify(claim, &ANYBODY);
        assert_eq!(found.verdict, Verdict::Spliced, "{claim}: {found:?}");
        assert!(!found.matches.is_empty());
    }
    let fair = "We kept the ferry running … and not one crossing was cancelled";
    assert_eq!(tracker().verify(fair, &ANYBODY).verdict, Verdict::Altered);
    assert_eq!(
        in_minutes("The east channel stays open … The lights on the north pier").verdict,
        Verdict::Spliced
    );
}

#[test]
fn options_say_what_counts() {
    let claim = "We kept the ferry running all winter";
    let found = tracker().verify(claim, &VerifyOptions::new().with_most_matches(1));
    assert_eq!((found.matches.len(), found.earliest.as_deref()), (1, Some("a")));
    assert_eq!(found.notices, [Notice::new("matches", 1)]);
    let found = tracker().verify(claim, &VerifyOptions::new().without_utterances());
    assert!(found.matches.iter().all(|one| one.utterance.is_none()));
    let own = "Nobody asked about the harbor lights";
    assert_eq!(tracker().verify(own, &VerifyOptions::new().quoted_only()).verdict, Verdict::NotFound);
    let long = VerifyOptions::new().with_least_words(12);
    assert_eq!(
        tracker().verify(&format!("{claim}, and we saw the harbor lights of every town"), &long).matches,
        []
    );
}

#[test]
fn what_comes_and_goes_is_found_and_not_found() {
    let mut tracker = tracker();
    let claim = "The lighthouse keeper has not been paid since autumn";
    assert_eq!(tracker.verify(claim, &ANYBODY).verdict, Verdict::NotFound);
    tracker.add(Document::new("c", &*format!("“{claim},” Bea Okafor said."))).unwrap();
    assert_eq!(tracker.verify(claim, &by("Okafor")).verdict, Verdict::Verbatim);
    tracker
        .replace(Document::new("c", "“The lighthouse keeper has been paid since autumn,” Bea Okafor said."))
        .unwrap();
    assert_eq!(tracker.verify(claim, &ANYBODY).matches[0].changes, [Change::Negation]);
    tracker.remove("c").unwrap();
    assert_eq!(tracker.verify(claim, &ANYBODY).verdict, Verdict::NotFound);
}

#[test]
fn of_equal_matches_the_one_by_the_speaker_asked_for_comes_first() {
    let mut tracker = tracker();
    tracker.add(Document::new("0", "“Nobody will pay for the lanterns,” Tom Reyes said.")).unwrap();
    tracker.add(Document::new("1", "“Nobody will pay for the lanterns,” Bea Okafor said.")).unwrap();
    let found = tracker.verify("Nobody will pay for the lanterns", &by("Bea Okafor"));
    assert_eq!((found.verdict, found.matches[0].document.as_str()), (Verdict::Verbatim, "1"));
}

#[test]
fn the_outlets_own_words_are_found_and_nobody_says_them() {
    let found = tracker().verify("Nobody asked about the harbor lights", &ANYBODY);
    assert_eq!(found.verdict, Verdict::Verbatim);
    assert_eq!((found.matches[0].quotation, found.matches[0].speaker.as_deref()), (None, None));
}

/// A source without any marks, as a language model has it.
const MINUTES: &str = "The harbor board met on Monday. The east channel stays open to barges until June, \
                       and the levy will not rise.\n\nAda Quill thanked the 14 pilots. The lights on the north \
                       pier are paid for by the county.";

fn in_minutes(claim: &str) -> Verification {
    Tracker::new().verify_in(claim, &ANYBODY, &Document::new("minutes", MINUTES))
}

#[test]
fn a_source_without_marks_has_what_it_says() {
    for (claim, verdict) in [
        ("The east channel stays open to barges until June", Verdict::Verbatim),
        ("stays open to barges", Verdict::Verbatim),
        ("the East Channel stays open — to barges", Verdict::Typographic),
        ("The east channel stays open to barges until July", Verdict::Altered),
        ("The east channel stays open … and the levy will not rise", Verdict::Altered),
        ("Ships may use the eastern passage for some months more", Verdict::NotFound),
    ] {
        let found = in_minutes(claim);
        assert_eq!(found.verdict, verdict, "{claim}: {found:?}");
        assert!(found.matches.iter().all(|one| one.utterance.is_none()));
    }
}

#[test]
fn what_a_model_gets_wrong_is_named() {
    assert_eq!(in_minutes("the levy will rise").matches[0].changes, [Change::Negation]);
    assert_eq!(in_minutes("Ada Quill thanked the 40 pilots").matches[0].changes, [Change::Number]);
}

#[test]
fn words_across_a_paragraph_are_found() {
    let found = in_minutes("and the levy will not rise. Ada Quill thanked the 14 pilots");
    assert!(matches!(found.verdict, Verdict::Verbatim | Verdict::Typographic), "{found:?}");
}

#[test]
fn a_claim_of_a_million_bytes_and_one_of_stock_words_come_to_an_end() {
    assert_eq!(in_minutes(&"no such words anywhere ".repeat(45_000)).verdict, Verdict::NotFound);
    assert_eq!(in_minutes("of course not").verdict, Verdict::NotFound);
}

/// Found by counting instructions: it was placed in every one of them.
#[test]
fn an_article_of_ten_thousand_short_quotations_is_held_against_itself() {
    let text = "X: “a b c d”\n".repeat(10_000);
    let mut tracker = Tracker::new();
    tracker.add(Document::new("a", &text)).unwrap();
    assert_eq!(tracker.verify(&text, &ANYBODY.without_utterances()).verdict, Verdict::Verbatim);
}

#[test]
fn no_words_are_found_nowhere() {
    for nothing in ["", "…", "“”", "The of and to a"] {
        assert_eq!(tracker().verify(nothing, &ANYBODY).verdict, Verdict::NotFound, "{nothing}");
    }
}
