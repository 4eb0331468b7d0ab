//! The database while it is held, and its end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use redb::Database;

use super::fault::{Fault, Tried};

/// A database whose closing brings nobody down: redb writes once more then, and panics over pages that were altered
/// by other means. What was acknowledged is in the file by then, so that nothing is lost with that panic.
pub(super) struct Held(Option<Database>);

impl Held {
    pub(super) const fn new(database: Database) -> Self {
        Self(Some(database))
    }

    pub(super) fn get(&self) -> Tried<&Database> {
        self.0.as_ref().ok_or(Fault::InUse("it is being closed"))
    }

    pub(super) fn get_mut(&mut self) -> Tried<&mut Database> {
        self.0.as_mut().ok_or(Fault::InUse("it is being closed"))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let database = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(database)));
    }
}
