//! The stages as processes joined by pipes, `LC_ALL=C sort` as the shuffle: the bytes of one process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod support;
mod workers;

use std::io::Write;
use std::process::{Command, Output, Stdio};

use support::example;
use workers::{articles, corrected, expected, lines};

fn run(program: &mut Command, input: &[u8]) -> Output {
    let mut child =
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

fn stage(name: &str, input: &[u8]) -> Output {
    run(Command::new(example("pipe_worker")).arg(name), input)
}

fn good(name: &str, input: &[u8]) -> Vec<u8> {
    let output = stage(name, input);
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Mapped lines through the shuffle, `reducers` that share the keys, and the rest of the way.
fn rest(mapped: &[u8], reducers: usize) -> Vec<u8> {
    let sorted = run(Command::new("sort").env("LC_ALL", "C"), mapped).stdout;
    let sorted = String::from_utf8(sorted).unwrap();
    let mut shares = vec![String::new(); reducers];
    for line in sorted.split_inclusive('\n') {
        let key = line.split('\t').next().unwrap();
        shares[key.bytes().map(usize::from).sum::<usize>() % reducers].push_str(line);
    }
    let reduced: Vec<u8> = shares.iter().rev().flat_map(|share| good("reduce", share.as_bytes())).collect();
    good("finish", &good("merge", &reduced))
}

#[test]
fn four_mappers_in_any_order_give_the_bytes_of_one_process() {
    let documents = articles(90);
    let expected = expected(&documents);
    let mut mapped: Vec<Vec<u8>> = documents.chunks(25).map(|slice| good("map", &lines(slice))).collect();
    assert_eq!(mapped.len(), 4);
    assert_eq!(rest(&mapped.concat(), 1), expected);
    mapped.swap(0, 3);
    mapped.swap(1, 2);
    assert_eq!(rest(&mapped.concat(), 3), expected);
}

#[test]
fn an_empty_partition_and_a_skewed_one_change_nothing() {
    let documents = articles(40);
    let mapped =
        [good("map", b""), good("map", &lines(&documents[1..])), good("map", &lines(&documents[..1]))];
    assert_eq!(rest(&mapped.concat(), 2), expected(&documents));
    assert_eq!(rest(b"", 1), expected(&[]));
}

#[test]
fn of_two_versions_in_different_partitions_the_later_counts() {
    let mut documents = articles(30);
    let later: Vec<_> = documents[3..9].iter().map(corrected).collect();
    let mapped = [good("map", &lines(&later)), good("map", &lines(&documents))];
    let found = rest(&mapped.concat(), 2);
    documents.extend(later);
    assert_eq!(found, expected(&documents));
}

#[test]
fn a_bad_line_is_named_and_counted_and_the_rest_goes_on() {
    let documents = articles(6);
    let mut input = b"not a document\n".to_vec();
    input.extend(lines(&documents));
    input.extend(b"{\"id\": \"x\"}\n");
    let mapped = stage("map", &input);
    let complaint = String::from_utf8(mapped.stderr).unwrap();
    assert_eq!(mapped.status.code(), Some(1));
    assert!(
        complaint.contains("standard input:1") && complaint.contains("2 lines were left out"),
        "{complaint}"
    );
    assert_eq!(rest(&mapped.stdout, 1), expected(&documents));

    let mut broken = mapped.stdout.clone();
    broken.extend(b"zzz\t{}\nno tab\nprint 00\t{\"half\n\xff\t{}\n");
    let reduced = stage("reduce", &broken);
    let complaint = String::from_utf8(reduced.stderr).unwrap();
    assert_eq!(reduced.status.code(), Some(1));
    assert!(complaint.contains("4 lines were left out"), "{complaint}");
    // Not grouped by key, the links are not all found; but the articles are.
    assert!(String::from_utf8(good("merge", &reduced.stdout)).unwrap().contains("article \"d0005\""));
}
