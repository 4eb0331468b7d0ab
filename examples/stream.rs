//! A feed that never ends: articles in, one a line, and for each at once the known wordings that it repeats.
//!
//!     tail -f feed.jsonl | cargo run --release --example stream -- --days 30

mod common;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use clap::Parser;
use quotetrace::{Document, Result, Watch};

/// Tells for every article that arrives which known wordings it repeats, a JSON object a line; wordings that were not
/// seen for some days are let go, each with a line {"forgotten": …} of what it was.
///
/// The reader waits when more articles have come in than --queue: whoever writes to it is held back. A line that is no
/// article is named on standard error, the rest goes on, and the exit status is 1.
#[derive(Parser)]
#[command(name = "stream", after_help = common::EXIT_STATUS)]
struct Arguments {
    /// .jsonl and .txt files, or folders of them; standard input if there are none
    files: Vec<PathBuf>,
    /// How long a wording is held after it was last seen, by the articles' own times
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// How many articles wait at the most
    #[arg(long, default_value_t = 256)]
    queue: usize,
    /// Tell at the end, on standard error, how long an article took
    #[arg(long)]
    stats: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (sender, receiver) = sync_channel(arguments.queue);
    let documents = common::documents(&arguments.files, false);
    std::thread::spawn(move || {
        for document in documents {
            // Nobody receives any more.
            if sender.send(document).is_err() {
                break;
            }
        }
    });
    let watch = Watch::new(arguments.days);
    let mut feed = Feed { watch, complaints: 0, taken: arguments.stats.then(VecDeque::new), count: 0 };
    let written = feed.run(&receiver);
    if arguments.stats {
        feed.tell();
    }
    common::status(feed.complaints, written)
}

struct Feed {
    watch: Watch,
    complaints: usize,
    count: usize,
    /// How long each of the last articles took, if somebody wants to know.
    taken: Option<VecDeque<Duration>>,
}

/// How many articles the times are of.
const TIMED: usize = 1 << 20;

impl Feed {
    fn run(&mut self, documents: &Receiver<Result<Document>>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for document in documents {
            let started = Instant::now();
            match document.and_then(|document| self.watch.take(document)) {
                Ok(seen) => {
                    serde_json::to_writer(&mut out, &seen)?;
                    out.write_all(b"\n")?;
                }
                Err(error) => {
                    common::complain(&error);
                    self.complaints += 1;
                }
            }
            for header in self.watch.forget() {
                serde_json::to_writer(&mut out, &serde_json::json!({ "forgotten": header }))?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
            self.count += 1;
            if let Some(taken) = &mut self.taken {
                taken.push_back(started.elapsed());
                if taken.len() > TIMED {
                    taken.pop_front();
                }
            }
        }
        Ok(())
    }

    /// How long an article took: half of them, all but one in a hundred, all; and those of the last tenth.
    fn tell(&mut self) {
        let mut all: Vec<Duration> = self.taken.take().unwrap_or_default().into();
        let mut late = all.split_off(all.len() - all.len() / 10);
        all.extend_from_slice(&late);
        eprintln!("{} articles, {} wordings held", self.count, self.watch.wordings());
        for (name, taken) in [("all", &mut all), ("last tenth", &mut late)] {
            taken.sort_unstable();
            let at = |share: f64| {
                let at = (taken.len() as f64 * share) as usize;
                taken.get(at.min(taken.len().saturating_sub(1))).copied().unwrap_or_default()
            };
            eprintln!("{name}: p50 {:?}, p99 {:?}, longest {:?}", at(0.5), at(0.99), at(1.0));
        }
    }
}
