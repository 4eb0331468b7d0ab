//! The records of a web archive, and the article in the page of one. Damage costs the record it is in.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use quotetrace::Document;
use quotetrace::input::html;

/// The longest line of a header, the most lines of one, and the longest record that is kept.
const LINE: u64 = 1 << 16;
const LINES: usize = 256;
const RECORD: u64 = 32 << 20;

/// What came of an archive.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) articles: usize,
    /// Records that don't hold together.
    pub(crate) bad: usize,
    /// Pages in which no article was found.
    pub(crate) empty: usize,
}

/// One record: its own header, that of the HTTP response in it, and what follows.
pub(crate) struct Record {
    headers: Vec<(String, String)>,
    status: String,
    http: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Record {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    pub(crate) fn is_page(&self) -> bool {
        let kind = find(&self.http, "content-type").unwrap_or("text/html").to_ascii_lowercase();
        self.status.split_whitespace().nth(1) == Some("200") && kind.contains("html")
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The next record that holds together. After one that doesn't, the next begins with the next line `WARC/…`.
pub(crate) fn next_record(archive: &mut impl BufRead, count: &mut Count) -> io::Result<Option<Record>> {
    let mut is_lost = false;
    loop {
        let Some(line) = line(archive)? else { return Ok(None) };
        if !line.starts_with("WARC/") {
            // Two empty lines end a record; anything else belongs to none.
            if !line.is_empty() && !is_lost {
                is_lost = true;
                count.bad += 1;
            }
            continue;
        }
        is_lost = false;
        let length = match header(archive)? {
            Some(headers) => {
                find(&headers, "content-length").and_then(|n| n.parse().ok()).map(|n: u64| (n, headers))
            }
            None => None,
        };
        let Some((length, headers)) = length else {
            is_lost = true;
            count.bad += 1;
            continue;
        };
        if length > RECORD || find(&headers, "warc-type") != Some("response") {
            let passed = io::copy(&mut archive.take(length), &mut io::sink())?;
            if passed < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            count.bad += usize::from(length > RECORD);
            continue;
        }
        let mut block = Vec::new();
        archive.take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut block = block.as_slice();
        let status = self::line(&mut block)?.unwrap_or_default();
        match self::header(&mut block)? {
            Some(http) => return Ok(Some(Record { headers, status, http, body: block.to_vec() })),
            None => count.bad += 1,
        }
    }
}

/// Lines `Name: value` up to an empty one, names in lower case; `None` if they are none.
fn header(input: &mut impl BufRead) -> io::Result<Option<Vec<(String, String)>>> {
    let mut headers = Vec::new();
    while let Some(line) = line(input)? {
        if line.is_empty() {
            return Ok(Some(headers));
        }
        match line.split_once(':') {
            Some((name, value)) if headers.len() < LINES => {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            // A line that goes on.
            None if line.starts_with([' ', '\t']) && !headers.is_empty() => {}
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// A line without its end, or the first part of one that is too long; `None` at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.take(LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

/// The article in the page of a record, if there is one.
pub(crate) fn article(record: &Record) -> Option<Document> {
    let id = record.header("warc-record-id")?.trim_matches(['<', '>']);
    let address = record.header("warc-target-uri").map(|address| address.trim_matches(['<', '>']));
    let mut unpacked = Vec::new();
    let body = match GzDecoder::new(record.body.as_slice()).take(RECORD).read_to_end(&mut unpacked) {
        Ok(_) if record.body.starts_with(&[0x1f, 0x8b]) => unpacked.as_slice(),
        _ => record.body.as_slice(),
    };
    let kind = find(&record.http, "content-type").unwrap_or("").to_ascii_lowercase();
    let charset = kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
    let page = html::decode(body, charset);
    html::article(&page, id, address).ok()
}
