//! The way in: files, folders and lines to documents.
//!
//! Everything here is a stream: one document at a time, in the order of the paths given, folders in name order.
//! An error stands for the one file or line that it names; what comes after it is read all the same.

mod date;
mod header;
#[cfg(feature = "html")]
#[cfg_attr(docsrs, doc(cfg(feature = "html")))]
pub mod html;
mod lines;
mod page;
mod text;

pub use lines::JsonLines;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use crate::document::Document;
use crate::error::{Error, Result};
use crate::progress::{Progress, Stage};

/// The endings of the files that are read from folders, in any case.
pub const ENDINGS: &str = if cfg!(feature = "html") {
    ".txt, .jsonl, .ndjson, .html, .htm, .xhtml"
} else {
    ".txt, .jsonl, .ndjson"
};

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Replace what is not UTF-8 by U+FFFD instead of giving an error.
    pub lossy: bool,
    /// The longest line, or text file, that is taken, in bytes.
    pub max_bytes: u64,
}

impl ReadOptions {
    /// What is used unless told otherwise: nothing replaced, 256 MiB.
    pub const DEFAULT: Self = Self { lossy: false, max_bytes: 256 << 20 };

    /// Whether to replace what is not UTF-8.
    #[must_use]
    pub const fn with_lossy(mut self, lossy: bool) -> Self {
        self.lossy = lossy;
        self
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Reads the articles of files and folders, in the order given, folders walked in name order.
///
/// A `.jsonl` or `.ndjson` file holds a document a line ([`JsonLines`]). A `.html`, `.htm` or `.xhtml` file is a saved
/// page, read with the feature `html`. Any other file named is one article: its whole content is the text (a byte order
/// mark aside); its first line, a `By` line and a first block of `Key: value` lines become metadata. A file `NAME.json`
/// beside a text or a page overrides what they tell. In folders the files with these endings ([`ENDINGS`]) are
/// articles. The id of a text or a page is its path without the ending, from the folder that was named.
///
/// Time and memory: one document at a time, and the ids seen.
#[must_use]
pub fn read<P: AsRef<Path>>(paths: &[P], options: &ReadOptions) -> Documents {
    let mut waiting: Vec<PathBuf> = paths.iter().map(|path| path.as_ref().to_owned()).collect();
    waiting.reverse();
    Documents {
        waiting,
        walk: None,
        lines: None,
        options: options.clone(),
        seen: Seen::default(),
        gauge: None,
    }
}

/// The documents of files and folders, or what is wrong with one of them; made by [`read`].
pub struct Documents {
    /// Paths not yet looked at, the next one last.
    waiting: Vec<PathBuf>,
    walk: Option<Walk>,
    lines: Option<JsonLines<BufReader<File>>>,
    options: ReadOptions,
    seen: Seen,
    gauge: Option<Gauge>,
}

/// Counts the bytes read, and tells.
struct Gauge {
    /// The bytes of the files that are done.
    done: u64,
    total: u64,
    report: Box<dyn FnMut(Progress) + Send>,
}

/// A folder being walked.
struct Walk {
    root: PathBuf,
    entries: walkdir::IntoIter,
    found: usize,
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.advance();
        self.tell();
        let (document, place) = match found? {
            Ok(found) => found,
            Err(error) => return Some(Err(error)),
        };
        Some(self.seen.admit(document, place))
    }
}

impl Documents {
    /// With `report` told, after each document and at the end, how many bytes of all files are read. The sizes of the
    /// files are looked up first, which walks the folders once more.
    #[must_use]
    pub fn with_progress(mut self, report: impl FnMut(Progress) + Send + 'static) -> Self {
        let total = self.waiting.iter().map(|path| size(path)).sum();
        self.gauge = Some(Gauge { done: 0, total, report: Box::new(report) });
        self
    }

    fn tell(&mut self) {
        let open = self.lines.as_ref().map_or(0, |lines| lines.offset() as u64);
        if let Some(gauge) = &mut self.gauge {
            (gauge.report)(Progress::new(Stage::Reading, gauge.done + open, Some(gauge.total)));
        }
    }

    fn count(&mut self, bytes: u64) {
        if let Some(gauge) = &mut self.gauge {
            gauge.done += bytes;
        }
    }

    /// The next document, with the place it was read at.
    fn advance(&mut self) -> Option<Result<(Document, String)>> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.advance() {
                    Some(found) => return Some(found),
                    None => {
                        let read = lines.offset() as u64;
                        self.lines = None;
                        self.count(read);
                    }
                }
            } else if let Some(walk) = &mut self.walk {
                match walk.next_article() {
                    Some(Ok(path)) => {
                        let root = walk.root.clone();
                        if let Some(found) = self.open(&path, &root) {
                            return Some(found);
                        }
                    }
                    Some(Err(error)) => return Some(Err(error)),
                    None => self.walk = None,
                }
            } else {
                let path = self.waiting.pop()?;
                if path.is_dir() {
                    self.walk = Some(Walk::new(path));
                } else {
                    let root = path.parent().unwrap_or_else(|| Path::new("")).to_owned();
                    if let Some(found) = self.open(&path, &root) {
                        return Some(found);
                    }
                }
            }
        }
    }

    /// Opens one file: gives its article, or gets ready to give its lines.
    fn open(&mut self, path: &Path, root: &Path) -> Option<Result<(Document, String)>> {
        if !is_lines(path) {
            if self.gauge.is_some() {
                self.count(std::fs::metadata(path).map_or(0, |data| data.len()));
            }
            let place = path.display().to_string();
            let read = if is_page(path) { page::read } else { text::read };
            return Some(read(path, root, &self.options).map(|document| (document, place)));
        }
        match File::open(path) {
            Ok(file) => {
                let name = path.display().to_string();
                self.lines = Some(JsonLines::named(BufReader::new(file), &name, &self.options));
                None
            }
            Err(source) => Some(Err(Error::Unreadable { path: path.to_owned(), source })),
        }
    }
}

impl Walk {
    fn new(root: PathBuf) -> Self {
        let entries = walkdir::WalkDir::new(&root).follow_links(true).sort_by_file_name().into_iter();
        Self { root, entries, found: 0 }
    }

    /// The next file that holds articles. A folder without any is an error, given once.
    fn next_article(&mut self) -> Option<Result<PathBuf>> {
        for entry in self.entries.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => {
                    self.found += 1;
                    return Some(Ok(entry.into_path()));
                }
                Ok(_) => {}
                Err(error) => {
                    self.found += 1;
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let source =
                        error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links"));
                    return Some(Err(Error::Unreadable { path, source }));
                }
            }
        }
        if self.found == 0 {
            self.found = 1;
            return Some(Err(Error::NoArticles { path: self.root.clone(), endings: ENDINGS }));
        }
        None
    }
}

/// The bytes of a file, or of the articles of a folder.
fn size(path: &Path) -> u64 {
    let articles = walkdir::WalkDir::new(path).follow_links(true).into_iter().filter_map(|entry| entry.ok());
    let read = articles.filter(|entry| entry.depth() == 0 || is_article(entry.path()));
    read.filter_map(|entry| entry.metadata().ok()).filter(|data| data.is_file()).map(|data| data.len()).sum()
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn is_lines(path: &Path) -> bool {
    has_ending(path, &["jsonl", "ndjson"])
}

fn is_page(path: &Path) -> bool {
    has_ending(path, &["html", "htm", "xhtml"])
}

/// Whether a file of this name is read from a folder: whether it has one of the [`ENDINGS`].
#[must_use]
pub fn is_article(path: &Path) -> bool {
    is_lines(path) || has_ending(path, &["txt"]) || (cfg!(feature = "html") && is_page(path))
}

/// The ids taken so far, with their places.
#[derive(Default)]
struct Seen(HashMap<String, String>);

impl Seen {
    /// Lets a document through unless its id was taken before.
    fn admit(&mut self, document: Document, place: String) -> Result<Document> {
        match self.0.entry(document.id().to_owned()) {
            Entry::Occupied(first) => Err(Error::DuplicateId {
                id: document.id().to_owned(),
                first: first.get().clone(),
                second: place,
            }),
            Entry::Vacant(free) => {
                free.insert(place);
                Ok(document)
            }
        }
    }
}

/// Bytes to text. `start` is where the bytes begin in the file, so that the error can say where in it they fail.
fn decode(bytes: Vec<u8>, place: &str, start: usize, options: &ReadOptions) -> Result<String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if options.lossy => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
        Err(error) => {
            Err(Error::NotUtf8 { place: place.to_owned(), offset: start + error.utf8_error().valid_up_to() })
        }
    }
}
