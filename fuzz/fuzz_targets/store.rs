//! A store's file altered, cut off or made up: opened and checked it is whole, repaired, or an error; never a panic that
//! comes out, and never an article that was not there.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use quotetrace::{Document, Tracker, VerifyOptions};
use quotetrace_fuzz::Scratch;

/// What is done to the file.
#[derive(Arbitrary, Debug)]
struct Damage {
    patches: Vec<(u32, Vec<u8>)>,
    /// Whole pages that change places.
    swaps: Vec<(u16, u16)>,
    cut: Option<u32>,
    check: bool,
}

static FILE: LazyLock<Scratch> = LazyLock::new(|| Scratch::new("altered.redb"));

/// A small store, made once: its bytes.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    // redb panics over some damage; the store gives that back as an error, and the fuzzer must let it.
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}\n{}", std::backtrace::Backtrace::capture())));
    let made = Scratch::new("whole.redb");
    let mut tracker = Tracker::open(made.path()).expect("a new store");
    for number in 0..4 {
        let text = format!("“We keep the ferry running all winter long, number {number},” said Mayor Ada Quill.");
        tracker.add(Document::new(format!("d{number}"), text)).expect("kept");
    }
    tracker.replace(Document::new("d1", "“We keep the ferry,” said Ada Quill.")).expect("kept");
    tracker.compact().expect("compacted");
    drop(tracker);
    std::fs::read(made.path()).expect("a file")
});

const PAGE: usize = 4096;

fuzz_target!(|damage: Damage| {
    let mut bytes = WHOLE.clone();
    let length = bytes.len();
    for (at, patch) in damage.patches.iter().take(16) {
        let at = *at as usize % length;
        let end = (at + patch.len()).min(length);
        bytes[at..end].copy_from_slice(&patch[..end - at]);
    }
    for (a, b) in damage.swaps.iter().take(4) {
        let pages = length / PAGE;
        let (a, b) = (usize::from(*a) % pages * PAGE, usize::from(*b) % pages * PAGE);
        for at in 0..PAGE {
            bytes.swap(a + at, b + at);
        }
    }
    if let Some(cut) = damage.cut {
        bytes.truncate(cut as usize % (length + 1));
    }
    FILE.write(&bytes);
    if let Ok(reader) = Tracker::open_read_only(FILE.path()) {
        looked_at(&reader);
    }
    let Ok(mut tracker) = Tracker::open(FILE.path()) else { return };
    looked_at(&tracker);
    if damage.check && tracker.check().is_ok() {
        looked_at(&tracker);
        let again = tracker.check();
        assert!(again.is_ok_and(|check| check.lost.is_empty()), "what was checked is whole");
        let _ = tracker.add(Document::new("new", "“We stay,” she said."));
        let _ = tracker.versions("d1");
    }
});

fn looked_at(tracker: &Tracker) {
    for (document, _) in tracker.articles() {
        let _ = tracker.versions(document.id());
    }
    let _ = (tracker.graph().utterances().len(), tracker.verify("We keep the ferry running", &VerifyOptions::new()), tracker.rulings());
}
