//! Bringing the catalog up to date with the archive, a little at a time.

use crate::app::Progress;
use crate::ingest::{Found, Walk};
use crate::post::{Header, PostId, SafeText, Stamp};
use crate::runtime::crew::{Crew, Next, Queue};
use crate::runtime::{Library, LibraryError};
use crate::store::{Batch, Catalog, plan};
use std::sync::Arc;
use std::time::Duration;

/// So many names are looked at in one step: some milliseconds.
const NAMES: usize = 2048;
/// So many posts a thread reads before it hands them over: a millisecond or two.
const POSTS: usize = 64;
/// So long a step waits for the threads; whoever asks something meanwhile waits no longer than that.
const WAIT: Duration = Duration::from_millis(5);
/// So many posts make the first transaction, so that a list is there at once.
const FIRST_BATCH: usize = 128;
/// So many make a later one. A transaction writes each page of the indexes that it touches once: at 2,000
/// posts reading 100,000 costs less than half the CPU time that it costs at 128.
const LAST_BATCH: usize = 2048;

/// A synchronisation on its way. It may be dropped at any moment: what it has done stays, and the next one
/// goes on from there.
#[derive(Debug)]
pub struct Sync {
    state: State,
    summary: Summary,
}

#[derive(Debug)]
enum State {
    Looking { walk: Walk, found: Vec<(PostId, Stamp)> },
    Reading(Reading),
    Done,
}

/// Posts that are being read.
#[derive(Debug)]
struct Reading {
    crew: Crew<Vec<ReadHeader>>,
    total: usize,
    /// What has been read but not written down.
    batch: Batch,
    /// So many posts make the batch full.
    full: usize,
}

/// A post that was to be read; without a header it has gone meanwhile.
type ReadHeader = (PostId, Option<(Header, Stamp)>);

/// What a synchronisation found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Post files in the archive.
    pub files: usize,
    /// Posts that were read because they are new or changed.
    pub read: usize,
    /// Posts whose file is no longer there.
    pub removed: usize,
    /// Posts that were read and have problems.
    pub with_problems: usize,
    /// Places that cannot be looked into: where, and why.
    pub troubles: Vec<(SafeText, SafeText)>,
}

impl Sync {
    /// A synchronisation that has not begun.
    pub fn start(library: &Library) -> Self {
        let state = State::Looking { walk: library.archive().walk(), found: Vec::new() };
        Self { state, summary: Summary::default() }
    }

    /// Does the next few milliseconds of work, and says how far it is.
    ///
    /// # Errors
    /// When the catalog fails.
    pub fn step(&mut self, library: &mut Library) -> Result<Progress, LibraryError> {
        if library.take_begun_anew() {
            *self = Self::start(library);
        }
        match &mut self.state {
            State::Looking { walk, found } => {
                if look(walk, found, &mut self.summary) {
                    // Only when that has worked is the walk's result spent: a busy catalog is tried again.
                    let next = compare(found, library, &mut self.summary)?;
                    self.state = next;
                }
            }
            State::Reading(reading) => {
                if reading.step(library, &mut self.summary)? {
                    self.state = State::Done;
                }
            }
            State::Done => {}
        }
        if matches!(self.state, State::Done) {
            library.ask(Catalog::keep_newest)?;
        }
        Ok(self.progress())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        match &self.state {
            State::Looking { found, .. } => Progress::Looking(found.len()),
            State::Reading(reading) => Progress::Reading { done: self.summary.read, total: reading.total },
            State::Done => Progress::Done,
        }
    }

    /// What was found and done so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

impl Summary {
    /// Whether the catalog is not what it was before.
    pub fn has_changes(&self) -> bool {
        self.read + self.removed > 0
    }

    /// The first of the places that cannot be looked into, and how many more there are.
    pub fn first_trouble(&self) -> Option<String> {
        let ((place, why), others) = self.troubles.split_first()?;
        Some(match others.len() {
            0 => format!("{place}: {why}"),
            more => format!("{place}: {why} (and {more} more: finews check)"),
        })
    }
}

/// Returns whether the walk is over.
fn look(walk: &mut Walk, found: &mut Vec<(PostId, Stamp)>, summary: &mut Summary) -> bool {
    for _ in 0..NAMES {
        match walk.next() {
            Some(Found::Post { id, stamp }) => found.push((id, stamp)),
            Some(Found::Trouble { path, message }) => summary.troubles.push((path, message)),
            None => return true,
        }
    }
    false
}

fn compare(
    found: &[(PostId, Stamp)],
    library: &mut Library,
    summary: &mut Summary,
) -> Result<State, LibraryError> {
    summary.files = found.len();
    let plan = plan(library.ask(|catalog| catalog.stamps())?, found.iter().cloned());
    summary.removed = plan.removed.len();
    if !plan.removed.is_empty() {
        library.apply(&Batch { removed: plan.removed, ..Batch::default() })?;
    }
    Ok(if plan.changed.is_empty() {
        State::Done
    } else {
        State::Reading(Reading::start(library, plan.changed))
    })
}

impl Reading {
    fn start(library: &Library, changed: Vec<PostId>) -> Self {
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
        Self { crew, total, batch: Batch::default(), full: FIRST_BATCH }
    }

    /// Takes what the threads have read, and writes it down when there is enough. Returns whether all have been read.
    fn step(&mut self, library: &mut Library, summary: &mut Summary) -> Result<bool, LibraryError> {
        let next = self.crew.next(WAIT);
        let done = next == Next::Over;
        if let Next::Made(posts) = next {
            posts.into_iter().for_each(|post| self.add(post, summary));
        }
        if done || self.batch.upserts.len() >= self.full {
            library.apply(&self.batch)?;
            self.batch = Batch::default();
            self.full = (self.full * 2).min(LAST_BATCH);
        }
        Ok(done)
    }

    fn add(&mut self, (id, read): ReadHeader, summary: &mut Summary) {
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
