//! The dataflow in real processes on the loopback device: the bytes of one process, and after a kill as well.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod support;
mod workers;

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use quotetrace::Document;
use support::{Folder, example};
use workers::{articles, corrected, expected, lines};

const LIMIT: Duration = Duration::from_secs(120);

fn epoch(folder: &Folder, number: usize) -> Vec<u8> {
    fs::read(folder.path(&format!("epoch-{number}.json"))).unwrap()
}

/// Processes that were started; none outlives the test.
struct Cluster(Vec<Child>);

impl Cluster {
    fn start(folder: &Folder, processes: usize, threads: usize, more: &[&str], files: &[PathBuf]) -> Self {
        // Held together, so that they differ; free again before the processes bind them.
        let listeners: Vec<TcpListener> =
            (0..processes).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        let hosts: String =
            listeners.iter().map(|listener| format!("{}\n", listener.local_addr().unwrap())).collect();
        drop(listeners);
        let hosts = folder.file("hosts", hosts.as_bytes());
        let start = |index: usize| {
            let mut command = Command::new(example("dataflow"));
            command.args([
                "-w",
                &threads.to_string(),
                "-n",
                &processes.to_string(),
                "-p",
                &index.to_string(),
            ]);
            command.arg("-h").arg(&hosts).arg("-o").arg(&folder.0).args(more).args(files);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        Self((0..processes).map(start).collect())
    }

    /// Whether each of them ended well, within the time there is.
    fn wait(mut self) -> Vec<bool> {
        let started = Instant::now();
        let end = |child: &mut Child| loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status.success();
            }
            assert!(started.elapsed() < LIMIT, "the processes hang");
            std::thread::sleep(Duration::from_millis(20));
        };
        self.0.iter_mut().map(end).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn removal(id: &str) -> Vec<u8> {
    format!("{{\"remove\": \"{id}\"}}\n").into_bytes()
}

/// Three batches: articles; more of them with a corrected one; one that goes. What is held after each.
fn batches(folder: &Folder, backward: bool) -> (Vec<PathBuf>, Vec<Vec<Document>>) {
    let all = articles(60);
    let turned = |documents: &[Document]| {
        let mut documents = documents.to_vec();
        if backward {
            documents.reverse();
        }
        lines(&documents)
    };
    let second = [&all[30..], &[corrected(&all[2])]].concat();
    let files = vec![
        folder.file("1.jsonl", &turned(&all[..30])),
        folder.file("2.jsonl", &turned(&second)),
        folder.file("3.jsonl", &removal("d0007")),
    ];
    let held = [all[..30].to_vec(), [&all[..30], &second].concat()];
    let third = held[1].iter().filter(|document| document.id() != "d0007").cloned().collect();
    let [first, second] = held;
    (files, vec![first, second, third])
}

#[test]
fn one_two_and_three_processes_give_the_bytes_of_one_tracker_after_every_batch() {
    for (processes, threads, backward) in [(1, 2, true), (2, 1, false), (3, 1, true)] {
        let folder = Folder::new(&format!("same-{processes}"));
        let (files, held) = batches(&folder, backward);
        assert!(Cluster::start(&folder, processes, threads, &[], &files).wait().iter().all(|good| *good));
        for (at, documents) in held.iter().enumerate() {
            assert!(epoch(&folder, at + 1) == expected(documents), "{processes} processes, epoch {}", at + 1);
        }
    }
}

#[test]
fn a_line_that_is_no_document_is_left_out_and_an_empty_batch_changes_nothing() {
    let folder = Folder::new("bad");
    let documents = articles(12);
    let mut bytes = b"{\"id\": 3}\n\xff\n".to_vec();
    bytes.extend(lines(&documents));
    let files = [folder.file("1.jsonl", &bytes), folder.file("2.jsonl", b"")];
    assert_eq!(Cluster::start(&folder, 1, 1, &[], &files).wait(), [false], "the exit status says so");
    assert!(epoch(&folder, 1) == expected(&documents) && epoch(&folder, 2) == epoch(&folder, 1));
}

/// A pipe that nobody writes to: whoever reads it waits.
fn endless(folder: &Folder) -> PathBuf {
    let path = folder.0.join("endless");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

fn until_there(path: &Path) {
    let started = Instant::now();
    while !path.exists() {
        assert!(started.elapsed() < LIMIT, "{} is not written", path.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
#[test]
fn killed_after_an_epoch_it_is_resumed_from_there_to_the_same_bytes() {
    let folder = Folder::new("kill");
    let (mut files, held) = batches(&folder, false);
    let third = files.pop().unwrap();
    let waiting = [files.clone(), vec![endless(&folder)]].concat();
    let mut cluster = Cluster::start(&folder, 2, 1, &[], &waiting);
    until_there(&folder.0.join("epoch-2.json"));
    cluster.0[1].kill().unwrap();
    drop(cluster);
    assert!(!folder.0.join("epoch-3.json").exists());

    files.push(third);
    assert!(Cluster::start(&folder, 2, 1, &["--resume", "2"], &files).wait().iter().all(|good| *good));
    assert!(epoch(&folder, 2) == expected(&held[1]) && epoch(&folder, 3) == expected(&held[2]));
}
