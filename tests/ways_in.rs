//! The examples that take articles in, as processes: a folder that is watched, a web archive.
#![cfg(all(feature = "html", feature = "store"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::{Compression, write::GzEncoder};
use quotetrace::{Document, Tracker};
use support::{Folder, example};

fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

#[test]
fn a_folder_is_watched_and_the_watcher_survives_being_killed() {
    let folder = Folder::new("watched");
    fs::create_dir_all(folder.path("articles")).unwrap();
    let (articles, store) = (folder.0.join("articles"), folder.0.join("story.redb"));
    let once = || {
        let (output, out, err) = run(Command::new(example("serve_folder"))
            .arg("--once")
            .arg("--store")
            .arg(&store)
            .arg(&articles));
        assert!(output.status.success(), "{err}");
        out
    };
    let said = "“We will not close the ferry line before the winter of next year,” Mayor Ada Quill said.";
    fs::write(articles.join("ledger.txt"), format!("Outlet: The Harbor Ledger\n\n{said}\n")).unwrap();

    // It takes the first article in, says so, and is killed.
    let mut watcher = Command::new(example("serve_folder"))
        .args(["--every", "0.05", "--store"])
        .args([&store, &articles])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(watcher.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert_eq!(lines.next().unwrap(), "new ledger (The Harbor Ledger)");
    assert!(lines.next().unwrap().ends_with("Ada Quill: new"));
    watcher.kill().unwrap();
    watcher.wait().unwrap();

    assert_eq!(once(), "", "what it has said is known");
    let altered = said.replace("will not", "will");
    fs::write(articles.join("rag.txt"), format!("Outlet: The Weekly Rag\n\n{altered}\n")).unwrap();
    let out = once();
    assert!(out.starts_with("new rag (The Weekly Rag)"), "{out}");
    assert!(out.contains("as in ledger (The Harbor Ledger), altered: negation"), "{out}");
    fs::write(articles.join("ledger.txt"), format!("Outlet: The Harbor Ledger\n\n{altered}\n")).unwrap();
    let out = once();
    assert!(out.starts_with("changed ledger (The Harbor Ledger)\n  altered “"), "{out}");
    assert_eq!(Tracker::open_read_only(&store).unwrap().versions("ledger").unwrap().len(), 1);
}

fn record(kind: &str, id: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: \
         https://ledger.example/{id}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn page(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name);
    [&b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"[..], &fs::read(path).unwrap()].concat()
}

fn records() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "info", b"software: a test\r\n"),
        record("response", "a", &page("01-wordpress-classic.html")),
        b"WARC/1.0\r\nContent-Length: many\r\n\r\nnot a record\r\n\r\n".to_vec(),
        record("response", "image", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record(
            "response",
            "scripts",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>1</script>",
        ),
        record("response", "b", &page("18-latin1.html")),
    ]
}

fn packed(records: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(record).unwrap();
        bytes.extend(member.finish().unwrap());
    }
    bytes
}

#[test]
fn an_archive_gives_its_articles_and_counts_what_is_bad() {
    let folder = Folder::new("archive");
    let (plain, gz) = (folder.0.join("news.warc"), folder.0.join("news.warc.gz"));
    fs::write(&plain, records().concat()).unwrap();
    fs::write(&gz, packed(&records())).unwrap();
    for file in [&plain, &gz] {
        let (output, out, err) = run(Command::new(example("warc")).arg(file));
        assert!(output.status.success(), "{err}");
        let articles: Vec<Document> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(articles.iter().map(Document::id).collect::<Vec<_>>(), ["urn:uuid:a", "urn:uuid:b"]);
        assert_eq!(articles[0].outlet(), Some("The Harbor Ledger"));
        assert!(err.ends_with(": 2 articles, 1 pages without one, 1 bad records passed over\n"), "{err}");
    }
    let (_, out, _) = run(Command::new(example("warc")).arg("--analyze").arg(&gz));
    assert!(out.lines().count() == 2 && out.starts_with("{\"document\":\"urn:uuid:a\""), "{out}");
}

#[test]
fn a_truncated_gzip() {
    let folder = Folder::new("truncated");
    let gz = folder.0.join("news.warc.gz");
    let whole = packed(&records());
    fs::write(&gz, &whole[..whole.len() - 40]).unwrap();
    let (output, out, err) = run(Command::new(example("warc")).arg(&gz));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(out.lines().count(), 1, "what came before is there");
    assert!(
        err.contains("news.warc.gz: the archive ends too early; what was read before it is written"),
        "{err}"
    );
}
