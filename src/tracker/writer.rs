//! Writes groups of articles into a store, in a thread of its own, while the next group is read.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use super::intake::Group;
use super::shelf::Shelf;
use crate::error::Result;
use crate::store::Store;

/// A thread that writes one group at a time.
pub(super) struct Writer {
    store: Store,
    groups: SyncSender<Arc<Group>>,
    written: Receiver<Result<()>>,
    thread: JoinHandle<()>,
    /// What is being written.
    group: Option<Arc<Group>>,
}

impl Writer {
    /// `None` where the system has no thread to give.
    pub(super) fn new(store: &Store) -> Option<Self> {
        let (groups, to_write) = sync_channel::<Arc<Group>>(1);
        let (say, written) = sync_channel(1);
        let own = store.clone();
        let work = move || {
            for group in to_write {
                let put = own.put(&group.articles);
                drop(group);
                if say.send(put).is_err() {
                    break;
                }
            }
        };
        let thread = Builder::new().name("quotetrace store".to_owned()).spawn(work).ok()?;
        Some(Self { store: store.clone(), groups, written, thread, group: None })
    }

    /// The group that is being written.
    pub(super) fn group(&self) -> Option<&Group> {
        self.group.as_deref()
    }

    /// Has a group written, after the one before, of which this says whether it was.
    pub(super) fn write(&mut self, group: Group, shelf: &mut Shelf) -> Result<()> {
        let before = self.settle(shelf);
        let group = Arc::new(group);
        self.group = Some(Arc::clone(&group));
        // A thread that is gone gives no answer either.
        let _ = self.groups.send(group);
        before
    }

    /// Waits for the group that is being written; whether it was.
    pub(super) fn finish(mut self, shelf: &mut Shelf) -> Result<()> {
        let last = self.settle(shelf);
        drop(self.groups);
        // It holds the file, which somebody may want to check or to open again.
        let _ = self.thread.join();
        last
    }

    fn settle(&mut self, shelf: &mut Shelf) -> Result<()> {
        let Some(group) = self.group.take() else { return Ok(()) };
        self.written.recv().unwrap_or_else(|_| self.store.put(&group.articles))?;
        shelf.took(group.articles.iter().map(|(document, _)| document.id()));
        Ok(())
    }
}
