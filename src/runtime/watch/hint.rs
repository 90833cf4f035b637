//! Where something may have happened.

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// So long it must have been quiet before a hint is given: a file is seldom written in one go.
const QUIET: Duration = Duration::from_millis(50);
/// No hint is kept back for longer.
const LATEST: Duration = Duration::from_millis(500);
/// With more places than this, looking everywhere costs no more.
const MOST_PLACES: usize = 4096;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::runtime) enum Hint {
    /// At these places: files or folders, absolute paths.
    Places(BTreeSet<PathBuf>),
    /// Everywhere.
    Everything,
}

impl Default for Hint {
    fn default() -> Self {
        Self::Places(BTreeSet::new())
    }
}

impl Hint {
    /// Whether there is nowhere to look.
    pub(in crate::runtime) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes in another one.
    pub(in crate::runtime) fn add(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Places(places), Self::Places(more)) if places.len() + more.len() <= MOST_PLACES => {
                places.extend(more);
            }
            _ => *self = Self::Everything,
        }
    }

    /// What an event means; `None` stands for one that was lost.
    fn of(event: Option<&Event>) -> Self {
        match event {
            None => Self::Everything,
            Some(event) if event.need_rescan() => Self::Everything,
            Some(event) if says_nothing(event.kind) => Self::default(),
            Some(event) => Self::Places(event.paths.iter().cloned().collect()),
        }
    }
}

/// Files are opened and read all the time, not least by us.
fn says_nothing(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(kind) => kind != AccessKind::Close(AccessMode::Write),
        EventKind::Other => true,
        _ => false,
    }
}

/// Whether something at the paths of an event may be there no longer.
pub(super) fn takes_away(event: &Event) -> bool {
    matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any)
}

/// Hints that wait until it is quiet.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    hint: Hint,
    /// When the first came, and the last.
    times: Option<(Instant, Instant)>,
}

impl Gathering {
    /// Takes in an event; `None` stands for one that was lost.
    pub(super) fn add(&mut self, event: Option<&Event>, now: Instant) {
        let hint = Hint::of(event);
        if !hint.is_empty() {
            let first = self.times.map_or(now, |(first, _)| first);
            self.times = Some((first, now));
            self.hint.add(hint);
        }
    }

    /// When the hints are to be given; `None` when there are none.
    pub(super) fn due(&self) -> Option<Instant> {
        self.times.map(|(first, last)| (last + QUIET).min(first + LATEST))
    }

    /// Gives them all as one.
    pub(super) fn take(&mut self) -> Hint {
        std::mem::take(self).hint
    }
}
