//! Bringing the catalog up to date with the archive, a little at a time.

mod asking;
mod reading;
mod summary;

use crate::app::Progress;
use crate::ingest::{Commit, Extent, Found, Walk};
use crate::post::{PostId, Stamp};
use crate::runtime::watch::Watch;
use crate::runtime::{Library, LibraryError};
use crate::store::{Batch, Catalog, Plan, plan};
use asking::{Answer, Asking};
use reading::Reading;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
pub use summary::Summary;

/// So long names are looked at in one step. Whoever asks something meanwhile waits no longer than that.
const LOOK: Duration = Duration::from_millis(4);
/// So often the clock is looked at meanwhile.
const NAMES: usize = 64;

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
    Looking { walk: Box<Walk>, found: Vec<(PostId, Stamp)>, everywhere: bool },
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
        if library.take_begun_anew() {
            *self = Self::whole().watched(self.watch.take());
        }
        match &mut self.state {
            State::Between => self.begin_next(library)?,
            State::Asking(asking) => {
                if let Some(answer) = asking.step() {
                    self.take(answer);
                }
            }
            State::Looking { walk, found, .. } => {
                if look(walk, found, &mut self.summary) {
                    self.compare(library)?;
                }
            }
            State::Reading(reading) => {
                if reading.step(library, &mut self.summary)? {
                    self.state = State::Between;
                }
            }
            State::Done => {}
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
        State::Looking { walk: Box::new(walk), found: Vec::new(), everywhere }
    }

    fn take(&mut self, Answer { commit, changed }: Answer) {
        self.commit = commit;
        self.state = State::Between;
        if !changed.is_empty() {
            self.targets.push_front(Target::Places(changed));
        }
    }

    /// Compares what was found with what is known. Only when that has worked is the walk's result spent.
    fn compare(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let State::Looking { walk, found, everywhere } = &self.state else { return Ok(()) };
        let known = match walk.extent() {
            Extent::Everything => library.ask(|catalog| catalog.stamps())?,
            Extent::Places(places) => library.ask(|catalog| catalog.stamps_at(&places))?,
            Extent::Unclear => {
                self.give_up_look();
                return Ok(());
            }
        };
        let is_first = *everywhere && known.is_empty();
        let Plan { changed, added, removed } = plan(known, found);
        if !removed.is_empty() {
            library.apply(&Batch { removed: removed.clone(), ..Batch::default() })?;
        }
        if *everywhere {
            self.summary.is_whole = true;
            self.summary.files = found.len();
        }
        self.summary.removed += removed.len();
        self.summary.added += if is_first { 0 } else { added };
        let is_over = changed.is_empty();
        self.state = if is_over { State::Between } else { State::Reading(Reading::start(library, changed)) };
        Ok(())
    }

    /// What was seen at some places is not enough: then everything is looked at. If that cannot be, nothing is known.
    fn give_up_look(&mut self) {
        if matches!(self.state, State::Looking { everywhere: true, .. }) {
            (self.commit, self.targets) = (None, VecDeque::new());
        } else if !self.targets.iter().any(|target| matches!(target, Target::Everything)) {
            self.targets.push_front(Target::Everything);
        }
        self.state = State::Between;
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
            State::Looking { found, .. } => Progress::Looking(found.len()),
            State::Reading(reading) => reading.progress(),
            State::Between | State::Asking(_) => Progress::Looking(self.summary.files),
            State::Done => Progress::Done,
        }
    }

    /// What was found and done so far.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

/// Returns whether the walk is over.
fn look(walk: &mut Walk, found: &mut Vec<(PostId, Stamp)>, summary: &mut Summary) -> bool {
    let until = Instant::now() + LOOK;
    while Instant::now() < until {
        for _ in 0..NAMES {
            match walk.next() {
                Some(Found::Post { id, stamp }) => found.push((id, stamp)),
                Some(Found::Trouble { path, message }) => summary.troubles.push((path, message)),
                None => return true,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests;
