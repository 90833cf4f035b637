//! Filling the full-text index in the background: newest posts first, on every core, a segment at a time. At the end
//! small segments become larger ones.

mod builder;

use crate::index::merge;
use crate::post::{PostId, Stamp};
use crate::query::RowId;
use crate::runtime::crew::{Crew, Next};
use crate::runtime::{Library, LibraryError};
use crate::store::{IndexLock, SegmentId};
pub use builder::searchable;
use builder::{Built, Posts};
use std::time::Duration;

/// So many segments wait to be written: each has megabytes.
const WAITING: usize = 1;
/// Segments smaller than this, in bytes, are merged when there are so many of them. A search looks into every one.
const SMALL: u32 = 4 << 20;
const MANY: usize = 8;
/// A merged segment is no larger than this: it is made in memory.
const LARGEST: u32 = 32 << 20;

/// An index that is being filled. Dropping it stops the threads; what they have delivered stays.
#[derive(Debug)]
pub struct Indexing {
    crew: Crew<Made>,
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
        let posts = Posts::new(library.shared_archive(), list, first);
        let crew = Crew::start(total, WAITING, move |tray| posts.build(tray));
        Self { crew, lock, merging: false, done: 0, total }
    }

    /// Writes a segment that is ready, waiting for one at most so long. Returns whether all are written.
    ///
    /// # Errors
    /// When it cannot be written or the catalog fails.
    pub fn step(&mut self, library: &mut Library, wait: Duration) -> Result<bool, LibraryError> {
        match self.crew.next(wait) {
            Next::Made(Made::Built(Built { segment, bytes, posts })) => {
                self.done += posts.len();
                library.add_segment(segment, &bytes, &posts)?;
            }
            Next::Made(Made::Merged { old, bytes }) => library.replace_segments(&old, &bytes)?,
            Next::Waiting => {}
            Next::Over if self.lock.is_none() || std::mem::replace(&mut self.merging, true) => {
                return Ok(true);
            }
            Next::Over => return self.merge(library),
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
        self.crew = Crew::start(1, WAITING, move |tray| {
            if let Ok(bytes) = merge(&segments, |doc| indexed.is_current(doc.row, doc.version)) {
                tray.put(Made::Merged { old: old.clone(), bytes });
            }
        });
        Ok(false)
    }

    /// Posts that are in the index now, and all that were to be.
    pub fn progress(&self) -> (usize, usize) {
        (self.done, self.total)
    }
}

/// A post and the stamp of the file that was indexed.
type Stamped = (RowId, Stamp);

#[cfg(test)]
mod tests;
