//! The stages on timely and differential-dataflow: batches of articles in, after each the story so far out, over
//! threads and processes, and only what a batch touches is matched again.
//!
//!     cargo run --release --features dataflow --example dataflow -- -w 2 -o stories monday.jsonl tuesday.jsonl
//!
//! Over two processes, each with the same files and the same folder:
//!
//!     dataflow -n 2 -p 0 -h hosts.txt -o stories monday.jsonl &
//!     dataflow -n 2 -p 1 -h hosts.txt -o stories monday.jsonl
//!
//! **Only on the loopback device or a private network**: the processes talk without encryption, and believe whoever
//! connects first.
//!
//! The engine is fail-stop: when one process goes, all go. Each epoch that was completed has its file; a start with
//! `--resume N` reads the batches up to N as one and goes on from there, to the same bytes.

mod common;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Parser;
use differential_dataflow::input::{Input, InputSession};
use quotetrace::matching::{FirstPrinting, Frequencies, Linked, Partial, Reducer};
use quotetrace::stages::{Article, finish, supersedes};
use quotetrace::{Analyzer, Document, export};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use timely::dataflow::ProbeHandle;
use timely::dataflow::operators::{Exchange, Inspect, Probe};
use timely::worker::Worker;

/// Runs the whole way over threads and processes. Each FILE is a batch, and makes an epoch: articles, one a line, and
/// {"remove": "ID"} for one that is to go. After each epoch the story so far is in FOLDER/epoch-N.json, as `trace
/// --format json` writes it.
///
/// Every process is given the same files; each reads its share. Loopback or a private network only: the engine's
/// connections are neither encrypted nor authenticated.
#[derive(Parser)]
#[command(name = "dataflow", disable_help_flag = true, after_help = common::EXIT_STATUS)]
struct Arguments {
    /// Batches, in order
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the stories go
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
    /// Threads a process
    #[arg(short = 'w', default_value_t = 1)]
    threads: usize,
    /// Processes
    #[arg(short = 'n', default_value_t = 1)]
    processes: usize,
    /// Which of them this one is, from nought
    #[arg(short = 'p', default_value_t = 0)]
    process: usize,
    /// A file of their addresses, a HOST:PORT a line; localhost and ports from 2101 on if not given
    #[arg(short = 'h', value_name = "FILE")]
    hosts: Option<PathBuf>,
    /// The last epoch that was completed: the batches up to it are read as one
    #[arg(long, default_value_t = 0, value_name = "N")]
    resume: usize,
    /// Look for indirect speech too (said that …)
    #[arg(long)]
    indirect: bool,
    #[arg(long, action = clap::ArgAction::Help, help = "Print help")]
    help: Option<bool>,
}

fn main() -> ExitCode {
    let arguments = Arc::new(Arguments::parse());
    if let Err(error) = fs::create_dir_all(&arguments.output) {
        return common::status(0, Err(error));
    }
    let mut engine: Vec<String> =
        [("-w", arguments.threads), ("-n", arguments.processes), ("-p", arguments.process)]
            .iter()
            .flat_map(|(flag, value)| [(*flag).to_owned(), value.to_string()])
            .collect();
    if let Some(hosts) = &arguments.hosts {
        engine.extend(["-h".to_owned(), hosts.display().to_string()]);
    }
    let complaints = Arc::new(AtomicUsize::new(0));
    let (shared, counted) = (Arc::clone(&arguments), Arc::clone(&complaints));
    let guards = timely::execute_from_args(engine.into_iter(), move |worker| run(worker, &shared, &counted));
    let done = guards.and_then(|guards| guards.join().into_iter().collect::<Result<Vec<_>, String>>());
    let done = done.map_err(io::Error::other).and_then(|all| all.into_iter().collect::<io::Result<()>>());
    common::status(complaints.load(Ordering::Relaxed), done)
}

fn run(worker: &mut Worker, arguments: &Arguments, complaints: &AtomicUsize) -> io::Result<()> {
    let (index, peers) = (worker.index(), worker.peers());
    let story = Rc::new(RefCell::new(Story::default()));
    let analyzer = Analyzer::new().with_indirect(arguments.indirect);
    let (mut input, probe) = dataflow(worker, analyzer, &story);
    let mut held = Held { index, peers, versions: HashMap::new(), complaints };
    for (at, file) in arguments.files.iter().enumerate() {
        let epoch = at + 1;
        held.read(file, &mut input)?;
        if epoch < arguments.resume {
            continue;
        }
        input.advance_to(epoch as u64);
        input.flush();
        worker.step_while(|| probe.less_than(input.time()));
        if index == 0 && (epoch > arguments.resume || epoch == arguments.files.len()) {
            story.borrow().write(&arguments.output.join(format!("epoch-{epoch}.json")))?;
        }
    }
    Ok(())
}

/// A quotation that goes to many buckets: one copy a process, but on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Shared(Arc<FirstPrinting>);

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Shared {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        FirstPrinting::deserialize(deserializer).map(|printing| Self(Arc::new(printing)))
    }
}

type Documents = InputSession<u64, (String, String), isize>;

/// Documents by id → the version that counts → its article and its quotations → the first printing of each wording →
/// buckets → links; articles and links to the first worker.
fn dataflow(
    worker: &mut Worker,
    analyzer: Analyzer,
    story: &Rc<RefCell<Story>>,
) -> (Documents, ProbeHandle<u64>) {
    worker.dataflow::<u64, _, _>(|scope| {
        let (input, documents) = scope.new_collection::<(String, String), isize>();
        let articles = documents
            .reduce(|_, versions, out| {
                let parsed = versions.iter().filter_map(|(json, _)| serde_json::from_str(json).ok());
                let winner = parsed.reduce(|a: Document, b| if supersedes(&b, &a) { b } else { a });
                out.extend(winner.and_then(|document| Some((serde_json::to_string(&document).ok()?, 1))));
            })
            .flat_map(move |(id, json)| {
                let document = serde_json::from_str(&json).ok()?;
                let article = Article::read(&analyzer, document);
                Some((id, serde_json::to_string(&article).ok()?, article.first_printings()))
            });
        let links = articles
            .clone()
            .flat_map(|(_, _, printings)| {
                printings.into_iter().map(|printing| (printing.wording(), printing))
            })
            .reduce(|_, printings, out| {
                // They come in order: the first is the first place.
                out.extend(printings.first().map(|(printing, _)| (Shared(Arc::new((*printing).clone())), 1)));
            })
            .flat_map(|(_, printing)| {
                printing.0.fingerprints().into_iter().map(move |print| (print, printing.clone()))
            })
            .reduce({
                let mut reducer = Reducer::new(Frequencies::background());
                move |_, printings, out| {
                    let links = reducer.links_of(printings.iter().map(|(printing, _)| &*printing.0));
                    if !links.is_empty() {
                        out.push((links, 1));
                    }
                }
            });
        let probe = ProbeHandle::new();
        let (for_articles, for_links) = (Rc::clone(story), Rc::clone(story));
        articles
            .map(|(id, json, _)| (id, json))
            .inner
            .exchange(|_| 0)
            .inspect(move |((id, json), _, diff)| for_articles.borrow_mut().article(id, json, *diff))
            .probe_with(&probe);
        links
            .inner
            .exchange(|_| 0)
            .inspect(move |((_, links), _, diff)| for_links.borrow_mut().links(links, *diff))
            .probe_with(&probe);
        (input, probe)
    })
}

/// What the first worker holds of the whole.
#[derive(Default)]
struct Story {
    articles: BTreeMap<String, HashMap<String, isize>>,
    /// In how many buckets each link was found.
    links: HashMap<Linked, isize>,
}

impl Story {
    fn article(&mut self, id: &str, json: &str, diff: isize) {
        let versions = self.articles.entry(id.to_owned()).or_default();
        *versions.entry(json.to_owned()).or_default() += diff;
        versions.retain(|_, count| *count != 0);
        if versions.is_empty() {
            self.articles.remove(id);
        }
    }

    fn links(&mut self, links: &[Linked], diff: isize) {
        for link in links {
            let count = self.links.entry(*link).or_default();
            *count += diff;
            if *count == 0 {
                self.links.remove(link);
            }
        }
    }

    /// Writes the story under a name that it has only when it is whole.
    fn write(&self, path: &Path) -> io::Result<()> {
        let versions = self.articles.values().flat_map(HashMap::keys);
        let articles = versions.map(|json| serde_json::from_str::<Article>(json));
        let articles: Vec<Article> = articles.collect::<Result<_, _>>()?;
        let mut partial = Partial::new();
        partial.extend(self.links.keys().copied());
        let tracker = finish(articles, partial).map_err(common::output_error)?;
        let unfinished = path.with_extension("unfinished");
        let mut out = BufWriter::new(File::create(&unfinished)?);
        export::json(tracker.graph(), &mut out).map_err(common::output_error)?;
        out.flush()?;
        fs::rename(unfinished, path)
    }
}

/// The documents of one worker's share, as they went in: a removal must take out just what went in.
struct Held<'a> {
    index: usize,
    peers: usize,
    versions: HashMap<String, Vec<String>>,
    complaints: &'a AtomicUsize,
}

#[derive(Deserialize)]
struct Removal {
    remove: String,
}

impl Held<'_> {
    /// Reads the share of a batch: the lines whose id falls to this worker. A line that is neither a document nor a
    /// removal is named by the first worker.
    fn read(&mut self, file: &Path, input: &mut Documents) -> io::Result<()> {
        for (at, line) in BufReader::new(File::open(file)?).split(b'\n').enumerate() {
            let line = String::from_utf8_lossy(&line?).into_owned();
            if line.trim().is_empty() {
                continue;
            }
            if let Ok(Removal { remove }) = serde_json::from_str(&line) {
                for version in self.versions.remove(&remove).unwrap_or_default() {
                    input.remove((remove.clone(), version));
                }
                continue;
            }
            match read(&line) {
                Ok((id, json)) if self.is_ours(&id) => {
                    let versions = self.versions.entry(id.clone()).or_default();
                    if !versions.contains(&json) {
                        versions.push(json.clone());
                        input.insert((id, json));
                    }
                }
                Err(reason) if self.index == 0 => {
                    eprintln!("error: {}:{}: {reason}", file.display(), at + 1);
                    self.complaints.fetch_add(1, Ordering::Relaxed);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn is_ours(&self, id: &str) -> bool {
        // Whose a document is changes nothing in the result; all that counts is that its versions are of one worker.
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        hasher.finish() % self.peers as u64 == self.index as u64
    }
}

/// The id of a document, and the document as it is written.
fn read(line: &str) -> Result<(String, String), String> {
    let document: Document = serde_json::from_str(line).map_err(|error| error.to_string())?;
    document.check().map_err(|error| error.to_string())?;
    if document.id().is_empty() {
        return Err("the document has no id".to_owned());
    }
    let json = serde_json::to_string(&document).map_err(|error| error.to_string())?;
    Ok((document.id().to_owned(), json))
}
