//! The store: what it acknowledged is there, whatever happens to the process, the disk or the file.
#![cfg(feature = "store")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use quotetrace::matching::Change;
use quotetrace::provenance::{Place, Ruling, Whence};
use quotetrace::revision::StealthEdit;
use quotetrace::{Analyzer, Document, Error, Notice, Span, Tracker, Verdict, VerifyOptions};
use redb::{Database, ReadableTable, TableDefinition};
use support::Folder;

const SAID: [&str; 3] = [
    "The night ferry will run until the last of the islanders has a bridge to walk over",
    "Nobody asked the harbour board what the dredging of the outer channel would cost us all",
    "The night ferry will not sail until the last of the islanders has a bridge to walk over",
];

fn article(number: usize) -> Document {
    let text = format!(
        "“{},” Mayor Ada Quill said.\n\n“{},” Quill added. Via Outlet {}.\n",
        SAID[number % 3],
        SAID[(number + 1) % 3],
        number / 2
    );
    let published = format!("2026-03-{:02}T06:00:00Z", 1 + number % 28).parse().unwrap();
    Document::new(format!("d{number:06}"), text)
        .with_outlet(format!("Outlet {number}"))
        .with_published(published)
}

fn json(tracker: &Tracker) -> String {
    let graph = tracker.graph();
    let parts = [
        serde_json::to_string(graph.documents()),
        serde_json::to_string(graph.utterances()),
        serde_json::to_string(graph.repeats()),
        serde_json::to_string(graph.credits()),
        serde_json::to_string(graph.rulings()),
        serde_json::to_string(&tracker.verify(SAID[0], &VerifyOptions::new().with_speaker("Ada Quill"))),
        serde_json::to_string(
            &tracker.verify("Taxes will double by the end of spring", &VerifyOptions::new()),
        ),
    ];
    parts.map(|part| part.unwrap()).join("\n")
}

fn filled(path: &Path, articles: usize) -> Tracker {
    let mut tracker = Tracker::open(path).unwrap();
    assert!(tracker.add_all((0..articles).map(article)).is_empty());
    tracker
}

#[test]
fn a_store_opened_again_gives_the_same_bytes_as_a_tracker_in_memory() {
    let folder = Folder::new("again");
    let ruling = Ruling::Source {
        at: Place::new("d000003", Span::new(5, 20)),
        whence: Whence::Outlet("The Far Post".to_owned()),
    };
    let mut memory = Tracker::new();
    assert!(memory.add_all((0..12).map(article)).is_empty());
    memory.remove("d000007").unwrap();
    memory.rule(ruling.clone()).unwrap();

    let mut kept = filled(&folder.path("story.redb"), 11);
    kept.add(article(11)).unwrap();
    kept.remove("d000007").unwrap();
    kept.rule(ruling.clone()).unwrap();
    assert_eq!(json(&kept), json(&memory));
    drop(kept);

    let mut kept = Tracker::open(folder.path("story.redb")).unwrap();
    assert_eq!((kept.len(), kept.rulings()), (11, &[ruling.clone()][..]));
    assert_eq!(kept.get("d000002"), memory.get("d000002"));
    assert_eq!(json(&kept), json(&memory));
    assert!(kept.withdraw(&ruling).unwrap());
    drop(kept);
    assert!(Tracker::open(folder.path("story.redb")).unwrap().rulings().is_empty());
}

#[test]
fn what_is_refused_is_named_and_the_rest_is_kept() {
    let folder = Folder::new("refused");
    let mut tracker = filled(&folder.path("story.redb"), 2);
    let errors = tracker.add_all([article(1), article(5), article(5), Document::new("", "x"), article(6)]);
    assert!(matches!(
        &errors[..],
        [Error::DuplicateId { .. }, Error::DuplicateId { .. }, Error::MissingId { .. }]
    ));
    assert!(matches!(tracker.add(article(6)), Err(Error::DuplicateId { .. })));
    drop(tracker);
    assert_eq!(Tracker::open(folder.path("story.redb")).unwrap().len(), 4);
}

#[test]
fn earlier_versions_are_kept_and_stealth_edits_told() {
    let folder = Folder::new("versions");
    let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
    let first = Document::new("a", "“We will not close the ferry line this year,” Mayor Ada Quill said.");
    let second = Document::new("a", first.text().replace("will not", "will"));
    tracker.add(first.clone()).unwrap();
    assert_eq!((tracker.versions("a").unwrap(), tracker.stealth_edits("a").unwrap()), (vec![], vec![]));
    assert_eq!(tracker.replace(second.clone()).unwrap(), Some(first.clone()));
    // The same again is no version.
    assert_eq!(tracker.replace(second.clone()).unwrap(), Some(second.clone()));
    drop(tracker);

    let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
    assert_eq!(tracker.versions("a").unwrap(), std::slice::from_ref(&first));
    let edits = tracker.stealth_edits("a").unwrap();
    assert!(matches!(&edits[..], [StealthEdit::Altered { changes, .. }] if changes == &[Change::Negation]));
    tracker.replace(Document::new("a", "Nothing is quoted here.")).unwrap();
    assert_eq!(tracker.stealth_edits("a").unwrap(), [StealthEdit::Vanished { before: 0 }]);
    assert_eq!(tracker.versions("a").unwrap(), [first, second]);
    tracker.remove("a").unwrap();
    assert!(tracker.versions("a").unwrap().is_empty() && tracker.check().unwrap().passes());
}

#[test]
fn two_writers_at_once() {
    let folder = Folder::new("two");
    let one = filled(&folder.path("story.redb"), 1);
    let two = Tracker::open(folder.path("story.redb")).map(drop);
    assert!(matches!(two, Err(Error::StoreInUse { .. })), "{two:?}");
    assert!(two.unwrap_err().to_string().contains("another process or tracker writes to it"));
    drop(one);
    assert_eq!(Tracker::open(folder.path("story.redb")).unwrap().len(), 1);
}

#[test]
fn many_read_while_one_writes() {
    let folder = Folder::new("readers");
    let mut writer = filled(&folder.path("story.redb"), 5);
    let mut outside = Tracker::open_read_only(folder.path("story.redb")).unwrap();
    let inside = writer.reader().unwrap();
    let found = writer.find(SAID[0]);
    std::thread::scope(|scope| {
        for reader in [&outside, &inside] {
            let found = &found;
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(&reader.find(SAID[0]), found);
                }
            });
        }
        assert!(writer.add_all((5..50).map(article)).is_empty());
    });
    assert_eq!((outside.len(), inside.len()), (5, 5), "a reader sees the store as it was");
    assert_eq!(Tracker::open_read_only(folder.path("story.redb")).unwrap().len(), 50);
    assert!(matches!(outside.add(article(99)), Err(Error::StoreReadOnly { .. })));
    assert!(matches!(outside.remove("d000001"), Err(Error::StoreReadOnly { .. })));
    assert_eq!(outside.len(), 5);
    assert!(matches!(writer.check(), Err(Error::StoreInUse { .. })));
    drop((outside, inside));
    assert!(writer.check().unwrap().passes());
}

#[test]
fn a_store_of_a_future_version() {
    let folder = Folder::new("future");
    drop(filled(&folder.path("story.redb"), 1));
    let meta: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
    let database = Database::create(folder.path("story.redb")).unwrap();
    let change = database.begin_write().unwrap();
    change.open_table(meta).unwrap().insert("format", 7).unwrap();
    change.commit().unwrap();
    drop(database);
    for opened in
        [Tracker::open(folder.path("story.redb")), Tracker::open_read_only(folder.path("story.redb"))]
    {
        assert!(matches!(opened.map(drop), Err(Error::StoreVersion { found: 7, supported: 2, .. })));
    }
}

#[test]
fn a_file_that_is_no_store_is_left_alone() {
    let folder = Folder::new("other");
    for bytes in [&b"x"[..], b"redb", &[0; 4096], "“We will,” she said. ".repeat(999).as_bytes()] {
        fs::write(folder.path("story.redb"), bytes).unwrap();
        for opened in
            [Tracker::open(folder.path("story.redb")), Tracker::open_read_only(folder.path("story.redb"))]
        {
            let error = opened.map(drop).unwrap_err();
            assert!(matches!(error, Error::StoreDamaged { .. }), "{error}");
        }
        assert_eq!(fs::read(folder.path("story.redb")).unwrap(), bytes);
    }
    let missing = Tracker::open_read_only(folder.0.join("nothing.redb")).map(drop);
    assert!(matches!(missing, Err(Error::StoreFailed { .. })), "{missing:?}");
    assert!(matches!(Tracker::open(&folder.0).map(drop), Err(Error::StoreFailed { .. })));
}

/// All that may be asked of a store, whatever state it is in.
fn ask(path: &Path) -> Result<usize, Error> {
    let mut tracker = Tracker::open(path)?;
    let known = tracker.articles().count();
    let _ = tracker.find(SAID[0]);
    tracker.add(Document::new("new", "“Yes,” she said."))?;
    tracker.check()?;
    Ok(known)
}

#[test]
fn a_store_cut_off_at_any_byte() {
    let folder = Folder::new("cut");
    drop(filled(&folder.path("story.redb"), 40));
    let whole = fs::read(folder.path("story.redb")).unwrap();
    let copy = folder.0.join("cut.redb");
    let every = (whole.len() / 160).max(1);
    let ends = (0..600).step_by(7).chain((600..whole.len()).step_by(every)).chain([whole.len() - 1]);
    let mut refused = 0;
    for end in ends {
        fs::write(&copy, &whole[..end]).unwrap();
        match ask(&copy) {
            Ok(known) => assert!(known == 40 || end == 0, "{known} articles of a store cut off at {end}"),
            Err(Error::StoreDamaged { .. } | Error::StoreFailed { .. }) => refused += 1,
            Err(error) => panic!("cut off at {end}: {error}"),
        }
    }
    assert!(refused > 0);
}

#[test]
fn a_store_with_a_byte_altered_anywhere() {
    let folder = Folder::new("flipped");
    drop(filled(&folder.path("story.redb"), 20));
    let whole = fs::read(folder.path("story.redb")).unwrap();
    let copy = folder.0.join("flipped.redb");
    for at in (0..whole.len()).step_by((whole.len() / 200).max(1)) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::write(&copy, &bytes).unwrap();
        match ask(&copy) {
            Ok(_) | Err(Error::StoreDamaged { .. } | Error::StoreFailed { .. }) => {}
            Err(Error::StoreVersion { .. } | Error::StoreInUse { .. }) => {}
            Err(error) => panic!("altered at {at}: {error}"),
        }
    }
}

/// Found by fuzzing: the file's own count of its articles was believed, and room for them asked for.
#[test]
fn a_store_that_says_it_has_more_articles_than_memory_could_hold() {
    const MANY: usize = 23;
    let folder = Folder::new("count");
    drop(filled(&folder.path("story.redb"), MANY));
    let whole = fs::read(folder.path("story.redb")).unwrap();
    let copy = folder.0.join("count.redb");
    let count = (MANY as u64).to_le_bytes();
    let places: Vec<usize> = (0..whole.len() - 8).filter(|at| whole[*at..].starts_with(&count)).collect();
    let mut opened = 0;
    for at in places {
        let mut bytes = whole.clone();
        bytes[at + 5] = 1;
        fs::write(&copy, &bytes).unwrap();
        match Tracker::open_read_only(&copy) {
            Ok(tracker) => opened += usize::from(tracker.articles().count() == MANY),
            Err(Error::StoreDamaged { .. }) => {}
            Err(error) => panic!("altered at {at}: {error}"),
        }
    }
    assert!(opened > 0, "what the file counts wrongly is there all the same");
}

/// Found by fuzzing: redb writes once more as it is closed, outside of any call, and panicked over such a page.
#[test]
fn a_store_whose_pages_changed_places_brings_nobody_down_even_as_it_is_closed() {
    const PAGE: usize = 4096;
    let folder = Folder::new("swapped");
    let mut tracker = filled(&folder.path("story.redb"), 4);
    tracker.compact().unwrap();
    drop(tracker);
    let whole = fs::read(folder.path("story.redb")).unwrap();
    let copy = folder.0.join("swapped.redb");
    let pages = whole.len() / PAGE;
    for a in 1..pages.min(60) {
        let mut bytes = whole.clone();
        let (front, back) = bytes.split_at_mut(a * PAGE);
        front[..PAGE].swap_with_slice(&mut back[..PAGE]);
        fs::write(&copy, &bytes).unwrap();
        drop(Tracker::open(&copy));
        drop(Tracker::open_read_only(&copy));
        bytes.copy_from_slice(&whole);
        let b = 1 + a * 7 % (pages - 1);
        let page = bytes[a * PAGE..(a + 1) * PAGE].to_vec();
        bytes.copy_within(b * PAGE..(b + 1) * PAGE, a * PAGE);
        bytes[b * PAGE..(b + 1) * PAGE].copy_from_slice(&page);
        fs::write(&copy, &bytes).unwrap();
        drop(Tracker::open(&copy));
    }
}

#[test]
fn check_makes_the_index_and_analyses_anew_from_the_documents() {
    let folder = Folder::new("check");
    let mut tracker = filled(&folder.path("story.redb"), 9);
    let before = json(&tracker);
    assert!(tracker.check().unwrap().passes());
    drop(tracker);
    let table = |name: &'static str| TableDefinition::<'_, &str, &[u8]>::new(name);
    let homes: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("homes");
    let database = Database::create(folder.path("story.redb")).unwrap();
    let change = database.begin_write().unwrap();
    let mut homes = change.open_table(homes).unwrap();
    let told = String::from_utf8_lossy(homes.get(0).unwrap().unwrap().value()).replace("d000001", "nothing");
    homes.insert(0, told.as_bytes()).unwrap();
    drop(homes);
    let mut documents = change.open_table(table("documents")).unwrap();
    // Format 1 had them in two rows, and an article of which one is missing stays so until it is checked.
    let old = serde_json::to_vec(&article(3)).unwrap();
    documents.insert("d000003", old.as_slice()).unwrap();
    let row = documents.get("d000004").unwrap().unwrap().value().to_vec();
    documents.insert("d000004", &row[..row.len() - 9]).unwrap();
    documents.insert("d000008", &b"{"[..]).unwrap();
    drop(documents);
    change.commit().unwrap();
    drop(database);

    let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
    // Two rows can't be read: whoever asks is told so.
    let is_told = |notices: &[Notice]| notices.contains(&Notice::new("unreadable", 3));
    assert!(is_told(tracker.graph().notices()), "{:?}", tracker.graph().notices());
    let check = tracker.check().unwrap();
    assert!(!check.passes() && check.was_whole);
    assert_eq!(check.read_again, ["d000003", "d000004"]);
    // One of another name, which makes two; one that says nothing of its place, so that this is nobody's; and that of the
    // one that is lost.
    assert_eq!((check.articles, check.indexed_again), (9, 5));
    assert_eq!(check.lost, ["d000008"]);
    assert!(tracker.get("d000008").is_none());
    tracker.replace(article(8)).unwrap();
    assert!(tracker.check().unwrap().passes());
    assert_eq!(json(&tracker), before);
}

/// An article of words that many articles share and that come in another order in each.
fn mixed(number: usize) -> Document {
    const WORDS: [&str; 24] = [
        "ferry", "harbour", "dredging", "lantern", "walrus", "pier", "levy", "canal", "keeper", "barge",
        "tide", "mooring", "winter", "council", "bridge", "night", "outer", "channel", "island", "school",
        "gull", "rope", "anchor", "quay",
    ];
    let mut random = number as u64 * 2 + 1;
    let mut word = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(random >> 33) as usize % WORDS.len()]
    };
    let mut text = String::new();
    for _ in 0..1 + number % 9 {
        let said: Vec<&str> = (0..14).map(|_| word()).collect();
        text += &format!("“We want the {} now,” Mayor Ada Quill said.\n\n", said.join(" "));
    }
    Document::new(format!("m{number:05}"), text)
}

/// What both find of quotations from everywhere is the same.
fn find_the_same(kept: &Tracker, memory: &Tracker, articles: usize) {
    assert_eq!(kept.len(), memory.len());
    for number in (0..articles).step_by(articles / 12) {
        let text = mixed(number).text().to_owned();
        let words: Vec<&str> = text.split_whitespace().skip(number % 7).take(9).collect();
        let claim = words.join(" ");
        let found = kept.find(&claim);
        assert_eq!(found, memory.find(&claim), "{claim}");
        let options = VerifyOptions::new().without_utterances();
        assert_eq!(kept.verify(&claim, &options), memory.verify(&claim, &options), "{claim}");
        assert!(!memory.find(&claim).is_empty() || memory.get(&format!("m{number:05}")).is_none(), "{claim}");
    }
}

#[test]
fn words_are_found_as_in_memory_whatever_came_and_went() {
    const ARTICLES: usize = 240;
    let folder = Folder::new("words");
    let mut memory = Tracker::new();
    let mut kept = Tracker::open(folder.path("story.redb")).unwrap();
    // Groups of many sizes, so that parts of the index are merged.
    let mut next = 0;
    for size in (0..).map(|round| 1 + round * round * 7 % 41) {
        let articles = next..(next + size).min(ARTICLES);
        next = articles.end;
        assert!(kept.add_all(articles.clone().map(mixed)).is_empty());
        assert!(memory.add_all(articles.map(mixed)).is_empty());
        if next == ARTICLES {
            break;
        }
    }
    find_the_same(&kept, &memory, ARTICLES);
    for number in (0..ARTICLES).step_by(19) {
        let id = format!("m{number:05}");
        match number % 2 {
            0 => assert_eq!(kept.remove(&id).unwrap(), memory.remove(&id).unwrap()),
            _ => {
                let other = || Document::new(&*id, mixed(number + 1).text());
                assert_eq!(kept.replace(other()).unwrap(), memory.replace(other()).unwrap());
            }
        }
    }
    find_the_same(&kept, &memory, ARTICLES);
    find_the_same(&kept.reader().unwrap(), &memory, ARTICLES);
    assert!(kept.check().unwrap().passes());
    kept.compact().unwrap();
    drop(kept);
    let kept = Tracker::open(folder.path("story.redb")).unwrap();
    find_the_same(&kept, &memory, ARTICLES);
}

#[test]
fn compacting_makes_the_file_smaller_and_loses_nothing() {
    let folder = Folder::new("compact");
    let mut tracker = filled(&folder.path("story.redb"), 600);
    for number in 20..600 {
        if number % 4 != 0 {
            continue;
        }
        tracker.remove(&format!("d{number:06}")).unwrap();
    }
    let before = fs::metadata(folder.path("story.redb")).unwrap().len();
    assert!(tracker.compact().unwrap());
    assert!(fs::metadata(folder.path("story.redb")).unwrap().len() < before);
    assert!(tracker.check().unwrap().passes());
    assert_eq!(tracker.len(), 455);
}

/// The newest format that there is a store of in the fixtures.
const NEWEST: u64 = 2;

fn fixture(format: u64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/store-v{format}.redb.gz"))
}

/// Writes the store of a format to `path`.
fn unpack(format: u64, path: &Path) {
    let mut unpacked = Vec::new();
    let mut packed = flate2::read::GzDecoder::new(fs::File::open(fixture(format)).unwrap());
    std::io::Read::read_to_end(&mut packed, &mut unpacked).unwrap();
    fs::write(path, unpacked).unwrap();
}

/// A store that any version wrote is read by every version after it, and can be changed.
#[test]
fn old_versions_are_read() {
    for format in 1..=NEWEST {
        let folder = Folder::new("old");
        unpack(format, &folder.path("story.redb"));
        if format == 1 {
            // It has not been opened for writing by whoever wrote it since it was closed.
            is_the_fixture(&Tracker::open_read_only(folder.path("story.redb")).unwrap());
        }
        let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
        is_the_fixture(&tracker);
        assert!(tracker.add_all([article(7)]).is_empty());
        assert_eq!(
            tracker.replace(article(2)).unwrap(),
            Some(Document::new("d000002", "“We will not,” said Ada Quill."))
        );
        drop(tracker);

        let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
        assert_eq!((tracker.len(), tracker.versions("d000002").unwrap().len()), (4, 2));
        assert_eq!(tracker.get("d000001").unwrap().0, &article(1));
        let check = tracker.check().unwrap();
        assert!(check.was_whole && check.lost.is_empty(), "{check:?}");
        assert!(tracker.check().unwrap().passes());
        assert!(tracker.remove("d000001").unwrap().is_some());
        assert!(tracker.check().unwrap().passes());
    }
}

fn is_the_fixture(tracker: &Tracker) {
    assert_eq!(tracker.len(), 3);
    assert_eq!(tracker.get("d000001").unwrap().0, &article(1));
    assert_eq!(tracker.get("d000001").unwrap().1.quotations[0].speaker(), Some("Ada Quill"));
    assert_eq!(tracker.versions("d000002").unwrap().len(), 1);
    assert_eq!(tracker.rulings().len(), 1);
    assert_eq!(tracker.verify(SAID[1], &VerifyOptions::new()).verdict, Verdict::Verbatim);
}

/// Writes the fixture of the version that this is: `cargo test --features store --test store -- --ignored writes_the_fixture`.
#[test]
#[ignore = "writes a file into the repository"]
fn writes_the_fixture_of_this_version() {
    let folder = Folder::new("fixture");
    let mut tracker = filled(&folder.path("story.redb"), 3);
    tracker.replace(Document::new("d000002", "“We will not,” said Ada Quill.")).unwrap();
    tracker
        .rule(Ruling::Speaker {
            at: Place::new("d000000", Span::new(5, 20)),
            speaker: Some("Tom Roe".to_owned()),
        })
        .unwrap();
    tracker.compact().unwrap();
    drop(tracker);
    let file = fs::File::create(fixture(NEWEST)).unwrap();
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    packed.write_all(&fs::read(folder.path("story.redb")).unwrap()).unwrap();
    packed.finish().unwrap();
}

/// Where the process that is going to be killed has its store.
const STORE: &str = "QUOTETRACE_TEST_STORE";

/// Takes in articles for as long as it lives, and says of each that it has it; part of the tests below.
#[test]
#[ignore = "a process for the tests that kill it"]
fn child_takes_in_articles() {
    let Some(path) = std::env::var_os(STORE) else { return };
    // What is read once a process is read before the clock starts.
    let _ = Analyzer::new().analyze(&article(0));
    println!("\nopens");
    let mut tracker = match Tracker::open(&path) {
        Ok(tracker) => tracker,
        Err(error) => return println!("failed {error}"),
    };
    for group in tracker.len()..100_000 {
        // One by one, in groups, and over and over again.
        let numbers: Vec<usize> = match group % 3 {
            0 => (group * 40..group * 40 + 40).collect(),
            _ => vec![group * 40],
        };
        let errors = match group % 3 {
            0 => tracker.add_all(numbers.iter().map(|number| article(*number))).pop(),
            1 => tracker.add(article(numbers[0])).err(),
            _ => tracker.replace(article(numbers[0])).err(),
        };
        match errors {
            Some(Error::DuplicateId { .. }) | None => {}
            Some(error) => return println!("failed {error}"),
        }
        for number in numbers {
            println!("has d{number:06}");
        }
        std::io::stdout().flush().unwrap();
        // To be killed in, too.
        let tended = match group % 8 {
            5 => tracker.compact().map(drop),
            7 => tracker.check().map(drop),
            _ => Ok(()),
        };
        if let Err(error) = tended {
            return println!("failed {error}");
        }
    }
}

fn child(path: &Path, limit: Option<u32>) -> Child {
    let test = std::env::current_exe().unwrap();
    let arguments = ["child_takes_in_articles", "--exact", "--ignored", "--nocapture", "--test-threads=1"];
    let mut command = match limit {
        None => Command::new(test),
        Some(blocks) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(test);
            shell
        }
    };
    command.args(arguments).env(STORE, path).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// What a child says until it ends: the articles that it has, and what failed.
fn listen(child: &mut Child) -> (BTreeSet<String>, Option<String>) {
    let (mut has, mut failed) = (BTreeSet::new(), None);
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        if let Some(id) = line.strip_prefix("has ") {
            has.insert(id.to_owned());
        } else if let Some(error) = line.split_once("failed ").map(|(_, error)| error) {
            failed = Some(error.to_owned());
        }
    }
    (has, failed)
}

/// How often it is killed: `QUOTETRACE_KILLS=1000` kills so many times.
const KILLS: u64 = 200;
/// A store is killed so often, then a new one is begun: those that are being made are killed too, and none grows so
/// large that looking through it takes longer than what it is looked through for.
const LIVES: u64 = 20;
/// The longest that a process lives from then on, in microseconds.
const LIFE: u64 = 40_000;

/// What a child acknowledges before it is killed, so many microseconds after it first said something that begins so.
fn acknowledged_until_killed(path: &Path, begins: &'static str, life: u64) -> Vec<String> {
    let mut killed = child(path, None);
    let output = killed.stdout.take().unwrap();
    let (say, said) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(output).split(b'\n').map_while(Result::ok);
        let lines = lines.map(|line| String::from_utf8_lossy(&line).into_owned());
        let tell = |line: &String| {
            if line.starts_with(begins) {
                let _ = say.send(());
            }
        };
        lines.inspect(tell).collect::<Vec<_>>()
    });
    said.recv().unwrap();
    std::thread::sleep(Duration::from_micros(life));
    killed.kill().unwrap();
    killed.wait().unwrap();
    let lines = reader.join().unwrap();
    assert!(!lines.iter().any(|line| line.contains("failed ")), "{lines:?}");
    // A line that was cut off in the middle acknowledges nothing: ids are of one length.
    let has = lines.iter().filter_map(|line| line.strip_prefix("has ")).filter(|id| id.len() >= 7);
    has.map(str::to_owned).collect()
}

#[test]
fn killed_at_any_point_it_loses_nothing_that_was_acknowledged() {
    let folder = Folder::new("killed");
    let path = folder.path("story.redb");
    let kills = std::env::var("QUOTETRACE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let (mut acknowledged, mut all, mut telling) = (BTreeSet::new(), 0, 0);
    let mut random = 7_u64;
    for kill in 0..kills {
        if kill % LIVES == 0 {
            let _ = fs::remove_file(&path);
            all += std::mem::take(&mut acknowledged).len();
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // One in four while it opens the store or makes it, the others at work.
        let begins = if kill % 4 == 0 { "opens" } else { "has" };
        let new = acknowledged_until_killed(&path, begins, (random >> 33) % LIFE);
        telling += u64::from(!new.is_empty());
        acknowledged.extend(new);

        let mut tracker = Tracker::open(&path).unwrap();
        for id in &acknowledged {
            assert!(tracker.get(id).is_some(), "{id} is lost after kill {kill}");
        }
        let check = tracker.check().unwrap();
        assert!(check.passes(), "after kill {kill}: {check:?}");
    }
    all += acknowledged.len();
    println!("killed {kills} times, {telling} of them at work; {all} articles acknowledged, none lost");
    assert!(4 * telling >= 3 * kills);
}

#[test]
fn disk_full() {
    let folder = Folder::new("full");
    // Blocks of 512 bytes or of a kilobyte, as the shell has it.
    let (has, failed) = listen(&mut child(&folder.path("story.redb"), Some(1_500)));
    let failed = failed.unwrap();
    assert!(failed.contains("story.redb"), "{failed}");
    assert!(!has.is_empty());
    let mut tracker = Tracker::open(folder.path("story.redb")).unwrap();
    for id in &has {
        assert!(tracker.get(id).is_some(), "{id} is lost");
    }
    assert!(tracker.check().unwrap().passes());
    assert!(tracker.add(Document::new("more", "“There is room again,” said Ada Quill.")).is_ok());
}
