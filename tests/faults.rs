//! When the world breaks: a full disk, a closed pipe, a signal, little memory. Nothing acknowledged is lost, and the exit
//! status says what happened.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use support::example;

const LINE: &str =
    r#"{"id":"a","text":"“We will keep the ferry running all winter,” said Mayor Ada Quill."}"#;

/// `count` lines like [`LINE`], each with an id of its own.
fn lines(count: usize) -> String {
    (0..count).map(|number| LINE.replacen("\"a\"", &format!("\"{number}\""), 1) + "\n").collect()
}

#[test]
fn a_full_disk_is_an_error_that_names_it() {
    if !Path::new("/dev/full").exists() {
        println!("no /dev/full here");
        return;
    }
    for (name, arguments) in
        [("analyze", vec![]), ("cluster", vec![]), ("trace", vec!["--format", "json", "-"])]
    {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut child = Command::new(example(name))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(lines(2000).as_bytes());
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(
            !ended.status.success() && said.contains("No space left"),
            "{name}: {:?} {said}",
            ended.status
        );
        assert!(!said.contains("panicked"), "{name}: {said}");
    }
}

#[test]
fn a_signal_in_the_middle_leaves_whole_lines_behind() {
    let mut child =
        Command::new(example("analyze")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = std::thread::spawn(move || {
        let lines = lines(200);
        while stdin.write_all(lines.as_bytes()).is_ok() {}
    });
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    let rest: Vec<String> = out.lines().map_while(Result::ok).collect();
    assert!(!child.wait().unwrap().success());
    feed.join().unwrap();
    // What was written is right; at most the last line was cut.
    let whole = rest.len().saturating_sub(1);
    for line in std::iter::once(&first).chain(&rest[..whole]) {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn lines_out_of_order_and_lines_that_come_again_are_named_and_the_rest_goes_on() {
    let repeated = lines(3) + &lines(2);
    let mut child = Command::new(example("analyze"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(repeated.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stdout.iter().filter(|byte| **byte == b'\n').count(), 3);
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(said.matches("was taken before").count(), 2, "{said}");
}

#[test]
fn three_gigabytes_of_addresses_are_enough_for_fifty_megabytes_on_one_line() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v 3145728 && exec \"$0\" --indirect", &example("analyze").to_string_lossy()])
        .env("RAYON_NUM_THREADS", "2")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = "“We will keep the ferry running all winter,” said Mayor Ada Quill. ".repeat(700_000);
    let _ = stdin.write_all(format!("{{\"id\":\"a\",\"text\":\"{text}\"}}\n").as_bytes());
    drop(stdin);
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{:?} {}", ended.status, String::from_utf8_lossy(&ended.stderr));
}
