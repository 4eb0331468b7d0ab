//! What lies in the file, and how it is written.
//!
//! Values are JSON, like the lines that the examples read and write: it takes what later versions add, needs no crate
//! of its own, and another program can read it.

use redb::TableDefinition;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::{Fault, Tried};

/// The newest format. A change to the tables below, or to what a value means, makes it one more; a key added to a
/// value does not.
pub(super) const FORMAT: u64 = 1;

/// `format`, and `words`: the version of the word keys in the sketches.
pub(super) const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
/// By id: a `Document`.
pub(super) const DOCUMENTS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("documents");
/// By id: its `Analysis`.
pub(super) const ANALYSES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("analyses");
/// By id: which words the document has, for `verify`.
pub(super) const SKETCHES: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("sketches");
/// By id and number, counted from the oldest: an earlier `Document` with its `Analysis`.
pub(super) const VERSIONS: TableDefinition<'_, (&str, u64), &[u8]> = TableDefinition::new("versions");
/// By number, in the order taken: a `Ruling`.
pub(super) const RULINGS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("rulings");

pub(super) fn encode<T: Serialize + ?Sized>(value: &T) -> Tried<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Fault::Damaged(error.to_string()))
}

pub(super) fn decode<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Tried<T> {
    serde_json::from_slice(bytes).map_err(|error| Fault::Damaged(format!("{what}: {error}")))
}
