//! Whatever a file holds, a reader gives documents that are sound or an error that names the place: text files, lines,
//! sidecars, saved pages, web archives, and the records that pass between workers.
#![no_main]

#[allow(dead_code, reason = "the example counts more than is looked at here")]
#[path = "../../examples/warc/archive.rs"]
mod archive;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use quotetrace::input::{self, JsonLines, ReadOptions, html};
use quotetrace::matching::{Linked, Partial, Utterance};
use quotetrace::{Analysis, Document, Published, credit::OutletTable};
use quotetrace_fuzz::Scratch;

static TEXT: LazyLock<Scratch> = LazyLock::new(|| Scratch::new("article.txt"));
static SIDECAR: LazyLock<Scratch> = LazyLock::new(|| Scratch::new("article.json"));

fn sound(document: &Document) {
    assert!(!document.id().is_empty());
    let spans = document.links().iter().map(|link| link.span).chain(document.blocks().iter().copied());
    spans.for_each(|span| assert!(span.of(document.text()).is_some(), "{span:?} is no stretch of the text"));
    // What is read can be written and read again.
    let line = serde_json::to_string(document).expect("a document is a line");
    let again = JsonLines::new(line.as_bytes()).next().expect("a line").expect("a document");
    assert_eq!(again, *document);
}

fuzz_target!(|data: &[u8]| {
    let Some((&choice, data)) = data.split_first() else { return };
    let lossy = ReadOptions::DEFAULT.with_lossy(choice & 0x80 != 0);
    match choice & 0x7f {
        b'j' => {
            let mut options = lossy;
            options.max_bytes = 4096;
            JsonLines::named(data, "lines", &options).flatten().for_each(|document| sound(&document));
        }
        b'h' => {
            let page = html::decode(data, None);
            if let Ok(document) = html::article(&page, "a", Some("https://ledger.example/a")) {
                sound(&document);
            }
        }
        b'w' => {
            let mut count = archive::Count::default();
            let mut data = data;
            while let Ok(Some(record)) = archive::next_record(&mut data, &mut count) {
                if record.is_page() {
                    archive::article(&record).iter().for_each(sound);
                }
            }
        }
        b's' => {
            TEXT.write("Ferry stays\n\n“We keep the ferry,” said Ada Quill.".as_bytes());
            SIDECAR.write(data);
            input::read(&[TEXT.path()], &lossy).flatten().for_each(|document| sound(&document));
        }
        b'r' => {
            // What passes between workers.
            if let Ok(partial) = serde_json::from_slice::<Partial>(data) {
                let _ = (partial.groups(), quotetrace::matching::merge(partial.clone(), partial));
            }
            let _ = serde_json::from_slice::<Linked>(data);
            let _ = serde_json::from_slice::<Analysis>(data);
            if let Ok(utterance) = serde_json::from_slice::<Utterance>(data) {
                let _ = utterance.support();
            }
            let text = String::from_utf8_lossy(data);
            let _ = OutletTable::shipped().clone().with_tsv(&text);
            if let Ok(time) = text.parse::<Published>() {
                assert_eq!(time.to_string().parse::<Published>().ok(), Some(time), "a time comes back");
            }
        }
        _ => {
            TEXT.write(data);
            let _ = std::fs::remove_file(SIDECAR.path());
            for document in input::read(&[TEXT.path()], &lossy).flatten() {
                sound(&document);
            }
        }
    }
});
