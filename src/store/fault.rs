//! What goes wrong in the store, as this crate's errors.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use redb::{DatabaseError, StorageError};

use crate::error::{Error, Result};

/// The first bytes of every store.
const MAGIC: &[u8; 9] = b"redb\x1a\x0a\xa9\x0d\x0a";

/// What reads or writes the file, before the failure knows which one it is.
pub(super) type Tried<T> = std::result::Result<T, Fault>;

/// A failure that doesn't know its file yet.
#[derive(Debug)]
pub(super) enum Fault {
    Known(Error),
    Redb(redb::Error),
    Damaged(String),
    InUse(&'static str),
    ReadOnly,
}

impl<E: Into<redb::Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Redb(error.into())
    }
}

impl Fault {
    fn at(self, path: &Path) -> Error {
        let path = path.to_owned();
        match self {
            Self::Known(error) => error,
            Self::Damaged(reason) => Error::StoreDamaged { path, reason },
            Self::InUse(reason) => Error::StoreInUse { path, reason: reason.to_owned() },
            Self::ReadOnly => Error::StoreReadOnly { path },
            Self::Redb(error) => match error {
                redb::Error::Io(source) => match source.kind() {
                    io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                        Error::StoreDamaged { path, reason: source.to_string() }
                    }
                    _ => Error::StoreFailed { path, source },
                },
                redb::Error::PreviousIo => Error::StoreFailed {
                    path,
                    source: io::Error::other("writing failed before; the store must be opened again"),
                },
                redb::Error::DatabaseAlreadyOpen | redb::Error::LockProtocolMismatch => {
                    Error::StoreInUse { path, reason: "another process or tracker writes to it".to_owned() }
                }
                redb::Error::TransactionInProgress => {
                    Error::StoreInUse { path, reason: "a reader has it open".to_owned() }
                }
                redb::Error::RepairAborted => Error::StoreInUse {
                    path,
                    reason: "whoever wrote to it was killed; open it for writing once".to_owned(),
                },
                other => Error::StoreDamaged { path, reason: other.to_string() },
            },
        }
    }
}

/// Does what reads or writes the file at `path`.
///
/// Most damage is an error of redb. A page that was altered by other means may still make it panic; the file was not
/// ours to trust, so that panic ends here, as an error. Whatever transaction was open is rolled back.
pub(super) fn guarded<T>(path: &Path, work: impl FnOnce() -> Tried<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|fault| fault.at(path)),
        Err(_) => {
            let reason = "a page does not hold together".to_owned();
            Err(Error::StoreDamaged { path: path.to_owned(), reason })
        }
    }
}

/// Whether a file that is there begins as a store does. A file of nothing becomes one.
pub(super) fn is_whole(path: &Path) -> Tried<()> {
    let mut start = [0; MAGIC.len()];
    let opened = match File::open(path) {
        Ok(mut file) if file.metadata().is_ok_and(|data| data.len() > 0) => file.read_exact(&mut start),
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => Err(error),
    };
    match opened {
        Ok(()) if &start == MAGIC => Ok(()),
        Ok(()) => Err(Fault::Damaged("it begins otherwise".to_owned())),
        Err(error) => Err(DatabaseError::Storage(StorageError::Io(error)).into()),
    }
}
