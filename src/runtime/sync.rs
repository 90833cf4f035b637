//! Bringing the catalog up to date with the archive, a little at a time.

mod asking;
mod looking;
mod reading;
mod summary;

use crate::app::Progress;
use crate::ingest::{Commit, Walk};
use crate::runtime::watch::Watch;
use crate::runtime::{Library, LibraryError};
use crate::store::{Batch, Catalog, Plan};
use asking::{Answer, Asking};
use looking::{Looking, Seen};
use reading::Reading;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
pub use summary::Summary;

/// A synchronisation on its way. It may be dropped at any moment: what it has done stays, and the next one
/// goes on from there.
#[derive(Debug)]
pub struct Sync {
    state: State,
    /// Where to look after that.
    targets: VecDeque<Target>,
    /// What was checked out at the beginning, to be noted at the end of a walk through everything.
    commit: Option<Commit>,
    watch: Option<Arc<Watch>>,
    summary: Summary,
}

/// Where to look.
#[derive(Debug, Default)]
enum Target {
    /// Where git says that something has changed since the archive was last read whole.
    #[default]
    Commits,
    /// At some places.
    Places(Vec<PathBuf>),
    /// Everywhere.
    Everything,
}

#[derive(Debug)]
enum State {
    Between,
    Asking(Asking),
    Looking(Box<Looking>),
    /// What has changed is known, and to be acted upon.
    Seen(Plan),
    Reading(Reading),
    Done,
}

impl Sync {
    /// A synchronisation of the whole archive. It has not begun.
    ///
    /// Where git knows what has changed, that is read first. What git does not know of, such as changes that are not
    /// committed, is found by the walk that follows in any case.
    pub fn whole() -> Self {
        Self::of([Target::Commits, Target::Everything])
    }

    /// A synchronisation of what is at some places, absolute paths, or below them. If what is there concerns the rest
    /// of the archive, it becomes one of the whole.
    pub fn at(places: impl IntoIterator<Item = PathBuf>) -> Self {
        Self::of([Target::Places(places.into_iter().collect())])
    }

    fn of(targets: impl Into<VecDeque<Target>>) -> Self {
        let (state, summary) = (State::Between, Summary::default());
        Self { state, targets: targets.into(), commit: None, watch: None, summary }
    }

    /// The same, and all folders that it comes through are watched from then on.
    pub(super) fn watched(self, watch: Option<Arc<Watch>>) -> Self {
        Self { watch, ..self }
    }

    /// Does the next few milliseconds of work, and says how far it is.
    ///
    /// # Errors
    /// When the catalog fails. A busy one may be tried again.
    pub fn step(&mut self, library: &mut Library) -> Result<Progress, LibraryError> {
        match &mut self.state {
            State::Between => self.begin_next(library)?,
            State::Asking(asking) => {
                if let Some(answer) = asking.step() {
                    self.take(answer);
                }
            }
            State::Looking(looking) => {
                if let Some(seen) = looking.step(library, &mut self.summary)? {
                    self.see(seen);
                }
            }
            State::Seen(_) => self.act(library)?,
            State::Reading(reading) => {
                if reading.step(library, &mut self.summary)? {
                    self.state = State::Between;
                }
            }
            State::Done => {}
        }
        // In this step or before it. At the very end, too, such a catalog is to be filled whole.
        if library.take_begun_anew() {
            *self = Self::whole().watched(self.watch.take());
        }
        Ok(self.progress())
    }

    fn begin_next(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let state = match self.targets.front_mut().map(std::mem::take) {
            Some(Target::Commits) => {
                let since = library.ask(|catalog| catalog.commit())?;
                let checkout = library.archive().checkout();
                checkout.map_or(State::Between, |checkout| {
                    State::Asking(Asking::start(checkout, since.as_deref()))
                })
            }
            Some(Target::Places(places)) => self.looking(library.archive().look(places), false),
            Some(Target::Everything) => self.looking(library.archive().walk(), true),
            None => {
                if self.summary.is_whole {
                    library.ask(Catalog::keep_newest)?;
                    self.note_commit(library)?;
                }
                State::Done
            }
        };
        self.targets.pop_front();
        self.state = state;
        Ok(())
    }

    fn looking(&self, walk: Walk, everywhere: bool) -> State {
        let walk = match self.watch.clone() {
            Some(watch) => walk.telling(move |folder| watch.folder(folder)),
            None => walk,
        };
        State::Looking(Box::new(Looking::new(walk, everywhere)))
    }

    fn take(&mut self, Answer { commit, changed }: Answer) {
        self.commit = commit;
        self.state = State::Between;
        if !changed.is_empty() {
            self.targets.push_front(Target::Places(changed));
        }
    }

    /// Notes what a look has seen.
    fn see(&mut self, seen: Seen) {
        let State::Looking(looking) = &self.state else { return };
        match seen {
            Seen::Difference(plan, nothing_was_known) => {
                if looking.everywhere {
                    self.summary.is_whole = true;
                    self.summary.files = looking.found;
                }
                self.summary.added += if looking.everywhere && nothing_was_known { 0 } else { plan.added };
                self.state = State::Seen(plan);
            }
            // Without its folder nothing is known of an archive.
            Seen::Unclear if looking.everywhere => {
                (self.commit, self.targets) = (None, VecDeque::new());
                self.state = State::Between;
            }
            // What was seen at some places is not enough.
            Seen::Unclear => {
                if !self.targets.iter().any(|target| matches!(target, Target::Everything)) {
                    self.targets.push_front(Target::Everything);
                }
                self.state = State::Between;
            }
        }
    }

    /// Takes out what has gone and begins to read what has changed. Only when that has worked is the plan spent.
    fn act(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let State::Seen(Plan { changed, removed, .. }) = &mut self.state else { return Ok(()) };
        let batch = Batch { removed: std::mem::take(removed), ..Batch::default() };
        if !batch.removed.is_empty()
            && let Err(error) = library.apply(&batch)
        {
            *removed = batch.removed;
            return Err(error.into());
        }
        self.summary.removed += batch.removed.len();
        let changed = std::mem::take(changed);
        let is_over = changed.is_empty();
        self.state = if is_over { State::Between } else { State::Reading(Reading::start(library, changed)) };
        Ok(())
    }

    /// The next time git is asked what has changed since.
    fn note_commit(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let Some(commit) = &self.commit else { return Ok(()) };
        if library.ask(|catalog| catalog.commit())?.as_deref() != Some(commit.as_str()) {
            library.ask(|catalog| catalog.set_commit(commit.as_str()))?;
        }
        Ok(())
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        match &self.state {
            State::Looking(looking) => Progress::Looking(looking.found),
            State::Reading(reading) => reading.progress(),
            State::Between | State::Asking(_) | State::Seen(_) => Progress::Looking(self.summary.files),
            State::Done => Progress::Done,
        }
    }

    /// What was found and done so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

#[cfg(test)]
mod tests;
