//! What is a result goes through JSON and comes back the same.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Debug;
use std::path::Path;

use quotetrace::input::{self, ReadOptions};
use quotetrace::{Analyzer, Tracker, Verification, VerifyOptions};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(*value, serde_json::from_str::<T>(&json).unwrap(), "{json}");
}

fn story() -> Tracker {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/story");
    let mut tracker = Tracker::new().with_analyzer(Analyzer::new().with_indirect(true));
    for document in input::read(&[folder], &ReadOptions::DEFAULT) {
        tracker.add(document.unwrap()).unwrap();
    }
    tracker
}

#[test]
fn every_result_of_the_sample_story_comes_back() {
    let tracker = story();
    assert!(tracker.len() > 5);
    for (document, analysis) in tracker.articles() {
        round(document);
        round(analysis);
    }
    let graph = tracker.graph();
    assert!(!graph.utterances().is_empty() && !graph.repeats().is_empty());
    graph.utterances().iter().for_each(round);
    graph.repeats().iter().for_each(round);
}

#[test]
fn every_utterance_of_the_sample_story_is_verified_where_it_is_printed() {
    let tracker = story();
    for utterance in tracker.graph().utterances() {
        for occurrence in &utterance.occurrences {
            let (document, _) = tracker.get(&occurrence.document).unwrap();
            let printed = occurrence.span.text(document.text());
            let found: Verification = tracker.verify(printed, &VerifyOptions::new());
            assert!(
                found.matches.iter().any(|one| one.document == occurrence.document),
                "{printed:?} is not found in {}",
                occurrence.document
            );
            round(&found);
        }
    }
}
