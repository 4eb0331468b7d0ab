//! A bar on the terminal that says how far a long job is; nothing at all where nobody looks.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use quotetrace::{Progress, Stage};

/// How long a job takes before the bar shows, and then between two looks.
const PATIENCE: Duration = Duration::from_millis(150);

/// How many characters wide the bar itself is.
const WIDTH: usize = 30;

/// One line on standard error, drawn again and again.
pub(crate) struct Bar {
    is_seen: bool,
    drawn: Instant,
    stage: Option<Stage>,
}

impl Bar {
    pub(crate) fn new() -> Self {
        Self { is_seen: is_seen(), drawn: Instant::now(), stage: None }
    }

    /// The bar as a callback.
    pub(crate) fn into_report(mut self) -> impl FnMut(Progress) + Send + 'static {
        move |progress| self.show(progress)
    }

    pub(crate) fn show(&mut self, progress: Progress) {
        let is_done = progress.total.is_some_and(|total| progress.done >= total);
        let is_new = self.stage != Some(progress.stage) && progress.stage != Stage::Reading;
        if !self.is_seen || !is_new && !is_done && self.drawn.elapsed() < PATIENCE {
            return;
        }
        self.drawn = Instant::now();
        self.stage = Some(progress.stage);
        if is_done {
            clear();
        } else {
            // A bar that can't be drawn is no reason to stop.
            let _ = write!(io::stderr(), "\r\u{1b}[K{}", line(progress));
            let _ = io::stderr().flush();
        }
    }
}

/// Takes the bar away, so that something else can be said.
pub(crate) fn clear() {
    if is_seen() {
        let _ = write!(io::stderr(), "\r\u{1b}[K");
    }
}

/// Whether standard error is a terminal that can redraw a line.
fn is_seen() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn line(progress: Progress) -> String {
    let (what, unit) = match progress.stage {
        Stage::Reading => ("reading", "bytes"),
        Stage::Matching => ("matching", "printings"),
        Stage::Tracing => ("tracing", "utterances"),
        _ => ("working", "steps"),
    };
    match (progress.share(), progress.total) {
        (Some(share), Some(total)) if progress.done > 0 => {
            let full = (share * WIDTH as f64) as usize;
            let (done, left) = ("#".repeat(full), ".".repeat(WIDTH.saturating_sub(full)));
            format!("{what:>8} [{done}{left}] {:3.0} % of {total} {unit}", share * 100.0)
        }
        (_, Some(total)) => format!("{what:>8} {total} {unit}"),
        _ => format!("{what:>8} {} {unit}", progress.done),
    }
}
