//! What lies in the file, and how it is written.
//!
//! Articles are packed ([`row`](super::row)): they are most of the file, and are read whenever words are looked for.
//! Rulings are few, and are JSON.
//!
//! A store of format 1 had documents and analyses as JSON, in two tables. Such rows are read as they are, and packed when
//! the article is next written.

use redb::TableDefinition;
/// The newest format. A change to the tables below, or to what a value means, makes it one more; a key added to a
/// ruling does not.
pub(super) const FORMAT: u64 = 2;

/// `format`; `words`: the version of the hashes in the index, where that is whole; and what the index counts.
pub(super) const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
/// By id: an article. In format 1: a `Document`.
pub(super) const DOCUMENTS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("documents");
/// By id: its `Analysis`, in format 1.
pub(super) const ANALYSES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("analyses");
/// What format 1 had for an index; no longer there.
pub(super) const SKETCHES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("sketches");
/// By number: how many bits of a hash choose a bucket of this segment of the index, and how many postings it has.
pub(super) const SEGMENTS: TableDefinition<'_, u64, (u32, u64)> = TableDefinition::new("segments");
/// By segment and bucket: which passages have which hashes.
pub(super) const POSTINGS: TableDefinition<'_, (u64, u32), &[u8]> = TableDefinition::new("postings");
/// By the first passage of the first of some documents: their ids, and where their passages start.
pub(super) const HOMES: TableDefinition<'_, u32, &[u8]> = TableDefinition::new("homes");
/// By id and number, counted from the oldest: an earlier version of the article.
pub(super) const VERSIONS: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("versions");
/// By number, in the order taken: a `Ruling`.
pub(super) const RULINGS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("rulings");
