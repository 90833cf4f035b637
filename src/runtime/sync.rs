//! Bringing the catalog up to date with the archive, a little at a time.

use crate::app::Progress;
use crate::ingest::{Found, Walk};
use crate::post::{PostId, SafeText, Stamp};
use crate::runtime::{Library, LibraryError};
use crate::store::{Batch, plan};

/// So many names are looked at in one step: some milliseconds.
const NAMES: usize = 2048;
/// So many posts are read in one step and become one transaction: some milliseconds.
const POSTS: usize = 128;

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
    Reading { changed: std::vec::IntoIter<PostId>, total: usize },
    Done,
}

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
                    self.state = compare(std::mem::take(found), library, &mut self.summary)?;
                }
            }
            State::Reading { changed, .. } => {
                if read(changed, library, &mut self.summary)? {
                    self.state = State::Done;
                }
            }
            State::Done => {}
        }
        Ok(self.progress())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        match &self.state {
            State::Looking { found, .. } => Progress::Looking(found.len()),
            State::Reading { total, .. } => Progress::Reading { done: self.summary.read, total: *total },
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
    found: Vec<(PostId, Stamp)>,
    library: &mut Library,
    summary: &mut Summary,
) -> Result<State, LibraryError> {
    summary.files = found.len();
    let plan = plan(library.ask(|catalog| catalog.stamps())?, found.into_iter());
    summary.removed = plan.removed.len();
    if !plan.removed.is_empty() {
        library.apply(&Batch { removed: plan.removed, ..Batch::default() })?;
    }
    let total = plan.changed.len();
    Ok(if total == 0 { State::Done } else { State::Reading { changed: plan.changed.into_iter(), total } })
}

/// Returns whether everything has been read. A file that has gone meanwhile is no post any more.
fn read(
    changed: &mut std::vec::IntoIter<PostId>,
    library: &mut Library,
    summary: &mut Summary,
) -> Result<bool, LibraryError> {
    let mut batch = Batch::default();
    for id in changed.by_ref().take(POSTS) {
        summary.read += 1;
        match library.archive().read(&id) {
            Ok(read) => {
                summary.with_problems += usize::from(!read.post.header.problems.is_empty());
                batch.upserts.push((read.post.header, read.stamp));
            }
            Err(_gone) => batch.removed.push(id),
        }
    }
    library.apply(&batch)?;
    Ok(changed.as_slice().is_empty())
}
