//! A text file: one article, with what its first lines and its sidecar tell of it.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{ReadOptions, decode, header};
use crate::document::Document;
use crate::document::Metadata;
use crate::error::{Error, Result};

/// The article in the file at `path`; its id is the path from `root`, without the ending.
pub(super) fn read(path: &Path, root: &Path, options: &ReadOptions) -> Result<Document> {
    let place = path.display().to_string();
    let bytes = content(path, options)?;
    let mut text = decode(bytes, &place, 0, options)?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    let told = header::read(&text, &place)?;
    document(path, root, told, text, options)
}

/// The bytes of a file, which may not be longer than the options allow.
pub(super) fn content(path: &Path, options: &ReadOptions) -> Result<Vec<u8>> {
    let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(options.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > options.max_bytes {
        return Err(Error::TooLong { place: path.display().to_string(), limit: options.max_bytes });
    }
    Ok(bytes)
}

/// The article of a file, with what the file tells of it and what its sidecar tells better.
pub(super) fn document(
    path: &Path,
    root: &Path,
    told: Metadata,
    text: String,
    options: &ReadOptions,
) -> Result<Document> {
    let metadata = match sidecar(path, options)? {
        Some(sidecar) => sidecar.or(told),
        None => told,
    };
    let place = || path.display().to_string();
    let bad = |error: Error| Error::BadHeader { place: place(), reason: error.to_string() };
    metadata.document(id(path, root), text).map_err(bad)
}

/// The path from `root`, without the ending, with `/` on every system.
fn id(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).with_extension("");
    let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

/// What `NAME.json` beside `NAME.txt` tells, if it is there.
fn sidecar(path: &Path, options: &ReadOptions) -> Result<Option<Metadata>> {
    let path = path.with_extension("json");
    match content(&path, options) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| Error::BadHeader {
            place: format!("{}:{}", path.display(), error.line()),
            reason: error.to_string(),
        }),
        Err(Error::Unreadable { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
