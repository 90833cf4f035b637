//! Filling the full-text index in the background: newest posts first, on every core, a segment at a time. At the end
//! small segments become larger ones.

mod builder;

use crate::index::merge;
use crate::post::Stamp;
use crate::query::RowId;
use crate::runtime::crew::{Crew, Next};
use crate::runtime::{Library, LibraryError};
use crate::store::{IndexLock, SegmentId};
pub use builder::searchable;
use builder::{Built, Posts};
use std::time::Duration;

/// So many posts are listed at once: the paths of a million would take a hundred megabytes.
const ROUND: u32 = 1 << 16;
/// So many segments wait to be written, each of megabytes: while one is, two threads need not wait.
const WAITING: usize = 2;
/// Segments smaller than this, in bytes, are merged when there are so many of them. A search looks into every one.
const SMALL: u32 = 1 << 20;
const MANY: usize = 8;
/// When there are more than this, the smallest are merged, whatever their size.
const MOST: usize = 512;
/// A merged segment is no larger than this: it is made in memory.
const LARGEST: u32 = 32 << 20;

/// An index that is being filled. Dropping it stops the threads; what they have delivered stays.
#[derive(Debug)]
pub struct Indexing {
    crew: Crew<Made>,
    /// Held so that no other process writes the same segments.
    lock: Option<IndexLock>,
    merging: bool,
    /// Whether the threads had nothing ready when they were asked last.
    is_waiting: bool,
    /// Posts that are in the index now, of those that were not.
    done: usize,
    total: usize,
    /// The posts that were done when the present round began.
    done_before: usize,
    /// So many posts may be begun after the present round.
    left: u32,
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
        Self::of(library, lock, u32::MAX)
    }

    /// Begins with at most so many posts, the newest, if this process has the lock.
    fn of(library: &mut Library, lock: Option<IndexLock>, most: u32) -> Result<Self, LibraryError> {
        let left = if lock.is_some() { most } else { 0 };
        let total = library.ask(|catalog| catalog.count_unindexed())?.min(left) as usize;
        let crew = Crew::idle();
        let mut indexing =
            Self { crew, lock, merging: false, is_waiting: false, done: 0, total, done_before: 0, left };
        indexing.begin_round(library)?;
        Ok(indexing)
    }

    /// Sets a crew on the newest posts that are not in the index.
    fn begin_round(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let most = self.left.min(ROUND);
        (self.left, self.done_before) = (self.left - most, self.done);
        let list = library.ask(|catalog| catalog.unindexed(most))?;
        let first = library.ask(|catalog| catalog.next_segment())?;
        let threads = list.len();
        let posts = Posts::new(library.shared_archive(), list, self.total, first);
        self.crew = Crew::start(threads, WAITING, move |tray| posts.build(tray));
        Ok(())
    }

    /// Writes a segment that is ready, waiting for one at most so long. Returns whether all are written.
    ///
    /// # Errors
    /// When it cannot be written or the catalog fails.
    pub fn step(&mut self, library: &mut Library, wait: Duration) -> Result<bool, LibraryError> {
        let next = self.crew.next(wait);
        self.is_waiting = matches!(next, Next::Waiting);
        match next {
            Next::Made(Made::Built(Built { segment, bytes, posts })) => {
                self.done += library.add_segment(segment, &bytes, &posts)?;
            }
            Next::Made(Made::Merged { old, bytes }) => library.replace_segments(&old, &bytes)?,
            Next::Waiting => {}
            // Posts that cannot be read stay behind, and those that have changed until they are synchronised, so a round
            // without any progress is the last.
            Next::Over if self.done > self.done_before && self.left > 0 && !self.merging => {
                self.begin_round(library)?;
            }
            Next::Over if self.lock.is_none() || std::mem::replace(&mut self.merging, true) => {
                return Ok(true);
            }
            Next::Over => return self.merge(library),
        }
        Ok(false)
    }

    /// Begins to merge small segments, if there are many. Returns whether there is nothing to do.
    fn merge(&mut self, library: &mut Library) -> Result<bool, LibraryError> {
        let old = to_merge(library.ask(|catalog| catalog.segments())?);
        if old.is_empty() {
            return Ok(true);
        }
        // A damaged one is found and dropped by the search that comes upon it.
        let Ok(segments) =
            old.iter().map(|&segment| library.open_segment(segment)).collect::<Result<Vec<_>, _>>()
        else {
            return Ok(true);
        };
        let indexed = library.ask(|catalog| catalog.indexed())?;
        self.crew = Crew::start(1, WAITING, move |tray| {
            if let Ok(bytes) = merge(&segments, |doc| indexed.is_current(doc.row, doc.version)) {
                tray.put(Made::Merged { old: old.clone(), bytes });
            }
        });
        Ok(false)
    }

    /// Whether the threads had nothing ready when they were asked last.
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Posts that are in the index now, and all that were to be.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total)
    }
}

/// Those of the segments, each with its bytes, that are to become one.
fn to_merge(mut segments: Vec<(SegmentId, u32)>) -> Vec<SegmentId> {
    let are_too_many = segments.len() > MOST;
    if are_too_many {
        segments.sort_by_key(|(_, bytes)| *bytes);
        segments.truncate(MANY.max(segments.len() - MOST + 1));
    } else {
        segments.retain(|(_, bytes)| *bytes < SMALL);
    }
    let mut room = LARGEST;
    let fits = |(_, bytes): &(SegmentId, u32)| {
        let fits = *bytes <= room;
        room = room.saturating_sub(*bytes);
        fits
    };
    let chosen: Vec<SegmentId> = segments.into_iter().take_while(fits).map(|(segment, _)| segment).collect();
    let least = if are_too_many { 2 } else { MANY };
    if chosen.len() < least { Vec::new() } else { chosen }
}

/// A post and the stamp of the file that was indexed.
type Stamped = (RowId, Stamp);

#[cfg(test)]
mod tests;
