//! Reading posts and writing down what is known of them.

use super::Summary;
use crate::app::Progress;
use crate::post::{Header, PostId, Stamp};
use crate::runtime::crew::{Crew, Next, Queue};
use crate::runtime::{Library, LibraryError};
use crate::store::Batch;
use std::sync::Arc;
use std::time::Duration;

/// So many posts a thread reads before it hands them over: a millisecond or two.
const POSTS: usize = 64;
/// So long a step waits for the threads; whoever asks something meanwhile waits no longer than that.
const WAIT: Duration = Duration::from_millis(5);
/// So many posts make the first transaction, so that a list is there at once.
const FIRST_BATCH: usize = 128;
/// So many make a later one. A transaction writes each page of the indexes and each list of a facet that it touches
/// once: at 2,000 posts reading 100,000 costs less than half the CPU time that it costs at 128, and with twice as many the
/// lists take a tenth of the writing in place of a sixth. Whoever asks something waits about a tenth of a second at most.
const LAST_BATCH: usize = 4096;

/// Posts that are being read.
#[derive(Debug)]
pub(super) struct Reading {
    crew: Crew<Vec<ReadHeader>>,
    /// Posts read, of so many that are new or changed.
    done: usize,
    total: usize,
    /// What has been read but not written down.
    batch: Batch,
    /// So many posts make the batch full.
    full: usize,
}

/// A post that was to be read; without a header it has gone meanwhile.
type ReadHeader = (PostId, Option<(Header, Stamp)>);

impl Reading {
    /// Starts the threads.
    pub(super) fn start(library: &Library, changed: Vec<PostId>) -> Self {
        let total = changed.len();
        let (archive, queue) = (library.shared_archive(), Arc::new(Queue::new(changed)));
        let read = move |id: PostId| {
            let read = archive.read(&id).ok().map(|read| (read.post.header, read.stamp));
            (id, read)
        };
        let crew = Crew::start(total.div_ceil(POSTS), LAST_BATCH / POSTS, move |tray| {
            loop {
                let ids = queue.take(POSTS);
                if ids.is_empty() || !tray.put(ids.into_iter().map(&read).collect()) {
                    return;
                }
            }
        });
        Self { crew, done: 0, total, batch: Batch::default(), full: FIRST_BATCH }
    }

    /// Takes what the threads have read, and writes it down when there is enough. Returns whether all have been read.
    pub(super) fn step(
        &mut self,
        library: &mut Library,
        summary: &mut Summary,
    ) -> Result<bool, LibraryError> {
        let next = self.crew.next(WAIT);
        let done = next == Next::Over;
        if let Next::Made(posts) = next {
            for post in posts {
                self.add(post, summary);
            }
        }
        if done || self.batch.upserts.len() >= self.full {
            library.apply(&self.batch)?;
            self.batch = Batch::default();
            self.full = (self.full * 2).min(LAST_BATCH);
        }
        Ok(done)
    }

    /// How far it is.
    pub(super) fn progress(&self) -> Progress {
        Progress::Reading { done: self.done, total: self.total }
    }

    fn add(&mut self, (id, read): ReadHeader, summary: &mut Summary) {
        self.done += 1;
        summary.read += 1;
        match read {
            Some((header, stamp)) => {
                summary.with_problems += usize::from(!header.problems.is_empty());
                self.batch.upserts.push((header, stamp));
            }
            None => self.batch.removed.push(id),
        }
    }
}
