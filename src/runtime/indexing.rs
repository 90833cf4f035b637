//! Filling the full-text index in the background: newest posts first, on every core, a segment at a time. At the end
//! small segments become larger ones.

mod builder;

use crate::index::merge;
use crate::post::{PostId, Stamp};
use crate::query::RowId;
use crate::runtime::{Library, LibraryError};
use crate::store::{IndexLock, SegmentId};
pub use builder::searchable;
use builder::{Built, Posts};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::thread::{JoinHandle, available_parallelism, spawn};
use std::time::Duration;

/// More threads than this only wait for the disk.
const MOST_THREADS: usize = 4;
/// Segments smaller than this, in bytes, are merged when there are so many of them. A search looks into every one.
const SMALL: u32 = 4 << 20;
const MANY: usize = 8;
/// A merged segment is no larger than this: it is made in memory.
const LARGEST: u32 = 32 << 20;

/// An index that is being filled. Dropping it stops the threads; what they have delivered stays.
#[derive(Debug)]
pub struct Indexing {
    results: Option<Receiver<Made>>,
    posts: Arc<Posts>,
    threads: Vec<JoinHandle<()>>,
    /// Held so that no other process writes the same segments.
    lock: Option<IndexLock>,
    merging: bool,
    /// Posts that are in the index now, of those that were not.
    done: usize,
    total: usize,
}

/// A segment that is to be written.
#[derive(Debug)]
enum Made {
    Built(Built),
    Merged { old: Vec<SegmentId>, bytes: Vec<u8> },
}

impl Indexing {
    /// Begins with the posts that are not in the index; with none, if another process is at it.
    ///
    /// # Errors
    /// When the catalog fails or the index cannot be written.
    pub fn start(library: &mut Library) -> Result<Self, LibraryError> {
        let lock = library.lock_index()?;
        let posts =
            if lock.is_some() { library.ask(|catalog| catalog.unindexed(u32::MAX))? } else { Vec::new() };
        let first = library.ask(|catalog| catalog.next_segment())?;
        Ok(Self::of(library, lock, posts, first))
    }

    fn of(library: &Library, lock: Option<IndexLock>, list: Vec<(RowId, PostId)>, first: SegmentId) -> Self {
        let total = list.len();
        let posts = Arc::new(Posts::new(library.shared_archive(), list, first));
        let (sender, results) = sync_channel(1);
        let most = available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS);
        let worker = |_| {
            let (posts, sender) = (Arc::clone(&posts), sender.clone());
            spawn(move || posts.build(|built| sender.send(Made::Built(built)).is_ok()))
        };
        let threads = (0..most.min(total)).map(worker).collect();
        Self { results: Some(results), posts, threads, lock, merging: false, done: 0, total }
    }

    /// Writes a segment that is ready, waiting for one at most so long. Returns whether all are written.
    ///
    /// # Errors
    /// When it cannot be written or the catalog fails.
    pub fn step(&mut self, library: &mut Library, wait: Duration) -> Result<bool, LibraryError> {
        let Some(results) = &self.results else { return Ok(true) };
        let next = if wait.is_zero() {
            results.try_recv().map_err(|error| matches!(error, TryRecvError::Disconnected))
        } else {
            results.recv_timeout(wait).map_err(|error| matches!(error, RecvTimeoutError::Disconnected))
        };
        match next {
            Ok(Made::Built(Built { segment, bytes, posts })) => {
                self.done += posts.len();
                library.add_segment(segment, &bytes, &posts)?;
            }
            Ok(Made::Merged { old, bytes }) => library.replace_segments(&old, &bytes)?,
            Err(false) => {}
            Err(true) if self.lock.is_none() || std::mem::replace(&mut self.merging, true) => {
                return Ok(true);
            }
            Err(true) => return self.merge(library),
        }
        Ok(false)
    }

    /// Begins to merge small segments, if there are many. Returns whether there is nothing to do.
    fn merge(&mut self, library: &mut Library) -> Result<bool, LibraryError> {
        let small =
            library.ask(|catalog| catalog.segments())?.into_iter().filter(|(_, bytes)| *bytes < SMALL);
        let mut room = LARGEST;
        let chosen = small.take_while(|(_, bytes)| {
            let fits = *bytes <= room;
            room = room.saturating_sub(*bytes);
            fits
        });
        let old: Vec<SegmentId> = chosen.map(|(segment, _)| segment).collect();
        if old.len() < MANY {
            return Ok(true);
        }
        // A damaged one is found and dropped by the search that comes upon it.
        let Ok(segments) =
            old.iter().map(|&segment| library.open_segment(segment)).collect::<Result<Vec<_>, _>>()
        else {
            return Ok(true);
        };
        let indexed = library.ask(|catalog| catalog.indexed())?;
        let (sender, results) = sync_channel(1);
        self.results = Some(results);
        self.threads.push(spawn(move || {
            if let Ok(bytes) = merge(&segments, |doc| indexed.is_current(doc.row, doc.version)) {
                let _ = sender.send(Made::Merged { old, bytes });
            }
        }));
        Ok(false)
    }

    /// Posts that are in the index now, and all that were to be.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total)
    }
}

impl Drop for Indexing {
    fn drop(&mut self) {
        self.posts.stop();
        // Whoever waits to deliver sees that nobody takes it.
        self.results = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// A post and the stamp of the file that was indexed.
type Stamped = (RowId, Stamp);

#[cfg(test)]
mod tests;
