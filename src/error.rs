//! Everything that can go wrong, by name.
//!
//! Reading the words of an article never fails; configuration, input and output may.

use std::path::PathBuf;

use thiserror::Error;

/// A `Result` whose error is this crate’s [`enum@Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, in which document or file, and where.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A document without an id.
    #[error("{place}: the document has no id")]
    MissingId {
        /// Where it was read, such as `articles.jsonl:12`.
        place: String,
    },
    /// Two documents of one id.
    #[error("{second}: the id {id:?} was taken before, at {first}")]
    DuplicateId {
        /// The id that both have.
        id: String,
        /// Where the first stands.
        first: String,
        /// Where the second stands.
        second: String,
    },
    /// A publication time that is no date and no RFC 3339 time.
    #[error("{value:?} is neither a date (2019-06-21) nor an RFC 3339 time (2019-06-21T09:30:00Z)")]
    BadDate {
        /// The value as it was given.
        value: String,
    },
    /// A file whose header or sidecar does not hold together.
    #[error("{place}: {reason}")]
    BadHeader {
        /// The file, with the line where there is one.
        place: String,
        /// What is wrong, with the value.
        reason: String,
    },
    /// A span that does not fit its document's text.
    #[error("document {document:?}: the span {start}..{end} does not fit its text")]
    BadSpan {
        /// The document's id.
        document: String,
        /// The span's first byte.
        start: usize,
        /// One past the span's last byte.
        end: usize,
    },
    /// Text that is not UTF-8.
    #[error("{place}: not UTF-8 at byte {offset}; --lossy (ReadOptions::lossy) replaces such bytes")]
    NotUtf8 {
        /// The file, with the line where there is one.
        place: String,
        /// The first offending byte, counted from the start of the file.
        offset: usize,
    },
    /// A line that is not the JSON asked for.
    #[error("{place}: {reason}")]
    BadJson {
        /// The file and line.
        place: String,
        /// What the JSON reader says.
        reason: String,
    },
    /// A line or file that is longer than the reader takes.
    #[error("{place}: longer than {limit} bytes (ReadOptions::max_bytes)")]
    TooLong {
        /// The file, with the line where there is one.
        place: String,
        /// The most bytes taken.
        limit: u64,
    },
    /// A page in which no text was found.
    #[error("{place}: no text of an article in this page")]
    NoText {
        /// The page's id or file.
        place: String,
    },
    /// A file of a form that needs a feature of this crate which is not switched on.
    #[error("{place}: reading this needs the feature {feature:?} of quotetrace")]
    NeedsFeature {
        /// The file.
        place: String,
        /// The feature's name in Cargo.toml.
        feature: &'static str,
    },
    /// A folder in which no article was found.
    #[error("{}: no article ({endings}) in this folder", path.display())]
    NoArticles {
        /// The folder.
        path: PathBuf,
        /// The endings that articles have.
        endings: &'static str,
    },
    /// A file that could not be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A store that somebody else writes to, or reads while it is to be checked or compacted.
    #[error("{}: the store is in use: {reason}", path.display())]
    StoreInUse {
        /// The store's file.
        path: PathBuf,
        /// By whom, as far as that is known.
        reason: String,
    },
    /// A store written by a newer version of this crate.
    #[error("{}: a store of format {found}, and formats up to {supported} are read here", path.display())]
    StoreVersion {
        /// The store's file.
        path: PathBuf,
        /// The format that it has.
        found: u64,
        /// The newest format that is read.
        supported: u64,
    },
    /// A file that is no store, or one that is damaged.
    #[error("{}: no store, or a damaged one: {reason}", path.display())]
    StoreDamaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A store that could not be read or written; what was not acknowledged may be missing.
    #[error("{}: {source}", path.display())]
    StoreFailed {
        /// The store's file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A change to a store that was opened for reading only.
    #[error("{}: the store was opened for reading only", path.display())]
    StoreReadOnly {
        /// The store's file.
        path: PathBuf,
    },
    /// A table, weights file or option that does not hold together.
    #[error("{what}: {reason}")]
    BadConfiguration {
        /// Which one.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
}
