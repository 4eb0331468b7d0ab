//! Bad input, case by case: a clear error that says which document and where, and nothing already taken in is lost.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod support;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use quotetrace::input::{self, ReadOptions};
use quotetrace::{Analyzer, Document, Error, Tracker};
use support::{Folder, example};

fn read(folder: &Folder) -> Vec<quotetrace::Result<Document>> {
    input::read(&[&folder.0], &ReadOptions::DEFAULT).collect()
}

/// Runs an example.
fn run(name: &str, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(example(name))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The example may stop reading before the end.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn quotations(text: &str) -> usize {
    Analyzer::new().with_indirect(true).analyze(&Document::new("a", text)).quotations.len()
}

#[test]
fn an_empty_file_is_an_article_without_words() {
    let folder = Folder::new("empty");
    folder.file("a.txt", b"");
    let read = read(&folder);
    assert_eq!(read[0].as_ref().unwrap().text(), "");
    assert_eq!(quotations(""), 0);
}

#[test]
fn a_text_without_quotations_has_none() {
    assert_eq!(quotations("The ferry sailed at noon. It was on time."), 0);
}

#[test]
fn only_marks_and_unbalanced_marks_are_read_without_fuss() {
    for text in ["“”“”", "””””", "““““", "\"", "'''''", "«»‹›", "“a", "a”", "“a “b “c", "a\n“\n”\nb"]
    {
        let _ = quotations(text);
    }
}

#[test]
fn fifty_megabytes_on_one_line_are_read() {
    let sentence = "“We will keep the ferry,” said Ada Quill, and nobody in the room believed a word of it. ";
    // In an optimised build this is seconds; a tenth of it shows the same in a test build.
    let bytes = if cfg!(debug_assertions) { 5 << 20 } else { 50 << 20 };
    let text = sentence.repeat(bytes / sentence.len());
    assert!(quotations(&text) > 50_000);
}

#[test]
fn what_is_not_utf8_is_named_by_file_and_byte_and_lossy_replaces_it() {
    let folder = Folder::new("utf8");
    let path = folder.file("a.txt", b"Title\n\xff\xfe");
    folder.file("b.txt", b"Fine.");
    let read = read(&folder);
    let error = read[0].as_ref().unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{}: not UTF-8 at byte 6; --lossy (ReadOptions::lossy) replaces such bytes", path.display())
    );
    assert_eq!(read[1].as_ref().unwrap().id(), "b");
    let lossy: Vec<_> = input::read(&[&path], &ReadOptions::DEFAULT.with_lossy(true)).collect();
    assert_eq!(lossy[0].as_ref().unwrap().text(), "Title\n\u{fffd}\u{fffd}");
}

#[test]
fn an_invalid_line_is_named_the_rest_goes_on_and_the_status_is_one() {
    let lines = b"{\"id\":\"a\",\"text\":\"x\"}\nnot json\n{\"id\":\"b\",\"text\":\"y\"}\n";
    let output = run("analyze", &[], lines);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard input:2: "));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn a_missing_id_and_a_bad_date_are_errors_with_their_place() {
    let folder = Folder::new("lines");
    let path = folder.file("a.jsonl", b"{\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\",\"published\":\"in May\"}\n{\"id\":\"c\",\"text\":\"\"}\n");
    let read = read(&folder);
    assert_eq!(
        read[0].as_ref().unwrap_err().to_string(),
        format!("{}:1: the document has no id", path.display())
    );
    let error = read[1].as_ref().unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:2: \"in May\" is neither a date", path.display())), "{error}");
    assert!(read[2].is_ok());
}

#[test]
fn a_taken_id_names_both_places_and_nothing_is_lost() {
    let folder = Folder::new("twice");
    let first = folder.file("a.jsonl", b"{\"id\":\"x\",\"text\":\"first\"}\n");
    let second =
        folder.file("b.jsonl", b"{\"id\":\"x\",\"text\":\"second\"}\n{\"id\":\"y\",\"text\":\"\"}\n");
    let mut tracker = Tracker::new();
    let mut errors = Vec::new();
    for document in read(&folder) {
        match document {
            Ok(document) => tracker.add(document).map(drop).unwrap(),
            Err(error) => errors.push(error.to_string()),
        }
    }
    let places = format!("{}:1: the id \"x\" was taken before, at {}:1", second.display(), first.display());
    assert_eq!(errors, [places]);
    assert_eq!(tracker.get("x").unwrap().0.text(), "first");
    assert!(matches!(tracker.add(Document::new("x", "third")), Err(Error::DuplicateId { .. })));
    assert_eq!(tracker.len(), 2);
}

#[test]
fn a_folder_without_articles_says_so() {
    let folder = Folder::new("none");
    folder.file("picture.png", b"");
    let read = read(&folder);
    assert!(matches!(&read[..], [Err(Error::NoArticles { path, .. })] if *path == folder.0));
}

#[test]
fn a_file_that_is_not_there_is_named_and_the_others_are_read() {
    let folder = Folder::new("missing");
    let there = folder.file("a.txt", b"Fine.");
    let read: Vec<_> = input::read(&[folder.0.join("no.txt"), there], &ReadOptions::DEFAULT).collect();
    assert!(read[0].as_ref().unwrap_err().to_string().contains("no.txt"));
    assert!(read[1].is_ok());
    let output = run("trace", &[&folder.0.join("no.txt").display().to_string()], b"");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let line = "{\"id\":\"ID\",\"text\":\"“We will keep the ferry,” said Ada Quill.\"}\n";
    let lines: String = (0..2_000).map(|id| line.replace("ID", &id.to_string())).collect();
    let mut child = Command::new(example("analyze"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_sidecar_may_be_no_longer_than_a_text() {
    let folder = Folder::new("long-sidecar");
    folder.file("a.txt", "“We stay,” she said.".as_bytes());
    let sidecar = folder.file("a.json", format!("{{\"title\":\"{}\"}}", "x".repeat(500)).as_bytes());
    let mut options = ReadOptions::DEFAULT;
    options.max_bytes = 100;
    let read: Vec<_> = input::read(&[&folder.0], &options).collect();
    let [Err(Error::TooLong { place, limit: 100 })] = &read[..] else { panic!("{read:?}") };
    assert_eq!(*place, sidecar.display().to_string());
}

#[test]
fn the_sidecar_overrides_what_the_text_tells_and_the_text_stays_whole() {
    let folder = Folder::new("sidecar");
    folder.file("a.txt", "\u{feff}Outlet: The Ledger\n\nFerry stays\n".as_bytes());
    folder.file("a.json", b"{\"outlet\": \"The Lantern\", \"published\": \"2026-03-01\"}");
    let read = read(&folder);
    let document = read[0].as_ref().unwrap();
    assert_eq!(
        (document.id(), document.outlet(), document.title()),
        ("a", Some("The Lantern"), Some("Ferry stays"))
    );
    assert_eq!(document.text(), "Outlet: The Ledger\n\nFerry stays\n");
    assert!(document.published().is_some());
}
