//! JSON Lines: a document a line.

use std::io::{BufRead, Read};

use serde::Deserialize;

use super::{ReadOptions, Seen, decode};
use crate::document::Metadata;
use crate::document::{Document, Link, Published};
use crate::error::{Error, Result};
use crate::text::Span;

/// Reads a document a line; empty lines are passed over and unknown keys ignored.
///
/// Gives an error for every line that is no document, with its number, and goes on with the next.
///
/// ```
/// use quotetrace::input::JsonLines;
///
/// let lines = "{\"id\": \"a\", \"text\": \"“Yes,” she said.\"}\nnot json\n{\"id\": \"a\", \"text\": \"again\"}\n";
/// let read: Vec<_> = JsonLines::new(lines.as_bytes()).collect();
/// assert_eq!(read[0].as_ref().unwrap().id(), "a");
/// assert!(read[1].as_ref().unwrap_err().to_string().starts_with("input:2: "));
/// assert_eq!(
///     read[2].as_ref().unwrap_err().to_string(),
///     "input:3: the id \"a\" was taken before, at input:1"
/// );
/// ```
pub struct JsonLines<R> {
    reader: R,
    name: String,
    options: ReadOptions,
    line: usize,
    /// Bytes read so far.
    offset: usize,
    broken: bool,
    seen: Seen,
}

impl<R: BufRead> JsonLines<R> {
    /// Reads from `reader`, with the default options.
    #[must_use]
    pub fn new(reader: R) -> Self {
        Self::named(reader, "input", &ReadOptions::DEFAULT)
    }

    /// Reads from `reader`, which errors call `name`.
    #[must_use]
    pub fn named(reader: R, name: &str, options: &ReadOptions) -> Self {
        Self {
            reader,
            name: name.to_owned(),
            options: options.clone(),
            line: 0,
            offset: 0,
            broken: false,
            seen: Seen::default(),
        }
    }

    /// How many bytes were read.
    pub(super) const fn offset(&self) -> usize {
        self.offset
    }

    /// The next document and its place, whether or not its id was seen before.
    pub(super) fn advance(&mut self) -> Option<Result<(Document, String)>> {
        while !self.broken {
            let start = self.offset;
            let mut bytes = Vec::with_capacity(LINE);
            self.line += 1;
            let place = format!("{}:{}", self.name, self.line);
            let limit = self.options.max_bytes;
            match self.reader.by_ref().take(limit.saturating_add(1)).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    self.broken = true;
                    return Some(Err(self.unreadable(error)));
                }
            }
            self.offset += bytes.len();
            if bytes.len() as u64 > limit && !bytes.ends_with(b"\n") {
                if let Err(error) = self.skip_line() {
                    self.broken = true;
                    return Some(Err(self.unreadable(error)));
                }
                return Some(Err(Error::TooLong { place, limit }));
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let document = decode(bytes, &place, start, &self.options).and_then(|line| parse(&line, &place));
            return Some(document.map(|document| (document, place)));
        }
        None
    }

    fn unreadable(&self, source: std::io::Error) -> Error {
        Error::Unreadable { path: self.name.clone().into(), source }
    }

    /// Passes over the rest of a line without keeping it.
    fn skip_line(&mut self) -> std::io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let (length, done) = match buffer.iter().position(|&byte| byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(length);
            self.offset += length;
            if done {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        let found = self.advance()?;
        Some(found.and_then(|(document, place)| self.seen.admit(document, place)))
    }
}

/// Bytes that most articles fit into.
const LINE: usize = 8 << 10;

/// A line as it may be written: everything but the text may be missing. The keys of [`Metadata`] stand here one by
/// one, since flattening it would keep a copy of every other key of the line until all are read.
#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    text: String,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    published: Option<Published>,
    language: Option<String>,
    author: Option<String>,
    links: Option<Vec<Link>>,
    blocks: Option<Vec<Span>>,
}

impl Line {
    fn metadata(self) -> Metadata {
        Metadata {
            outlet: self.outlet,
            title: self.title,
            url: self.url,
            published: self.published,
            language: self.language,
            author: self.author,
            links: self.links,
            blocks: self.blocks,
        }
    }
}

fn parse(line: &str, place: &str) -> Result<Document> {
    let bad = |reason: String| Error::BadJson { place: place.to_owned(), reason };
    let line = line.trim_start_matches('\u{feff}').trim_start();
    if line.starts_with('[') {
        return Err(bad("a list where an object was expected".to_owned()));
    }
    let mut line: Line = serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
    let id = line
        .id
        .take()
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Error::MissingId { place: place.to_owned() })?;
    let text = std::mem::take(&mut line.text);
    line.metadata().document(id, text).map_err(|error| bad(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(lines: &[u8], options: &ReadOptions) -> Vec<String> {
        JsonLines::named(lines, "f", options)
            .filter_map(|read| read.err().map(|error| error.to_string()))
            .collect()
    }

    #[test]
    fn every_bad_line_is_named_and_the_rest_goes_on() {
        let lines = b"{\"id\":\"a\",\"text\":\"\"}\n\n{\"text\":\"\"}\n{\"id\":\"\",\"text\":\"\"}\n\
            {\"id\":\"b\",\"text\":\"\",\"published\":\"soon\"}\n{\"id\":\"c\",\"text\":\"\",\"links\":[{\"start\":0,\"end\":4,\"url\":\"u\"}]}\n[\n{\"id\":\"d\",\"text\":\"x\"}";
        let found = errors(lines, &ReadOptions::DEFAULT);
        assert_eq!(found[0], "f:3: the document has no id");
        assert_eq!(found[1], "f:4: the document has no id");
        assert!(found[2].starts_with("f:5: \"soon\" is neither a date"), "{}", found[2]);
        assert_eq!(found[3], "f:6: document \"c\": the span 0..4 does not fit its text");
        assert!(found[4].starts_with("f:7: "));
        assert_eq!(found.len(), 5);
        assert_eq!(JsonLines::new(&lines[..]).filter(Result::is_ok).count(), 2);
    }

    #[test]
    fn a_reader_that_fails_is_no_bad_line() {
        struct Broken;
        impl std::io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("the cable is out"))
            }
        }
        let reader = std::io::BufReader::new(Broken);
        let read: Vec<_> = JsonLines::named(reader, "feed.jsonl", &ReadOptions::DEFAULT).collect();
        let [Err(Error::Unreadable { path, source })] = &read[..] else { panic!("{read:?}") };
        assert_eq!((path.to_str(), source.to_string().as_str()), (Some("feed.jsonl"), "the cable is out"));
    }

    #[test]
    fn a_line_is_an_object_and_keys_that_nobody_knows_are_passed_over() {
        let lines = b"[\"a\", \"x\"]\n{\"mood\":{\"good\":[1,null]},\"id\":\"b\",\"links\":null,\"text\":\"x\",\"outlet\":\"Ledger\"}\n";
        assert_eq!(errors(lines, &ReadOptions::DEFAULT), ["f:1: a list where an object was expected"]);
        let read = JsonLines::new(&lines[..]).find_map(Result::ok).unwrap();
        assert_eq!((read.id(), read.outlet()), ("b", Some("Ledger")));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named_by_their_place_in_the_file_or_replaced() {
        let lines = b"{\"id\":\"a\",\"text\":\"\"}\n{\"id\":\"b\",\"text\":\"\xff\"}\n";
        assert_eq!(
            errors(lines, &ReadOptions::DEFAULT)[0],
            "f:2: not UTF-8 at byte 39; --lossy (ReadOptions::lossy) replaces such bytes"
        );
        assert_eq!(errors(lines, &ReadOptions::DEFAULT.with_lossy(true)), [""; 0]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_is_read() {
        let options = ReadOptions { max_bytes: 24, ..ReadOptions::DEFAULT };
        let lines =
            b"{\"id\":\"a\",\"text\":\"far too long for the reader\"}\n{\"id\":\"b\",\"text\":\"\"}\n";
        let read: Vec<_> = JsonLines::named(&lines[..], "f", &options).collect();
        assert_eq!(
            read[0].as_ref().unwrap_err().to_string(),
            "f:1: longer than 24 bytes (ReadOptions::max_bytes)"
        );
        assert_eq!(read[1].as_ref().unwrap().id(), "b");
    }
}
