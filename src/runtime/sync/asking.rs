//! Asking git what has changed since the archive was last read whole.

use crate::ingest::{Checkout, Commit};
use crate::runtime::crew::{Crew, Next};
use std::path::PathBuf;
use std::time::Duration;

/// So long a step waits for the answer.
const WAIT: Duration = Duration::from_millis(5);

/// A question to git, put in a thread of its own: in a folder of a million files it takes seconds to answer.
#[derive(Debug)]
pub(super) struct Asking(Crew<Answer>);

/// What git says.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// What is checked out now.
    pub(super) commit: Option<Commit>,
    /// Where something has changed.
    pub(super) changed: Vec<PathBuf>,
}

impl Asking {
    /// Asks what has changed since a commit, as it was written down.
    pub(super) fn start(checkout: Checkout, since: Option<&str>) -> Self {
        let since = since.and_then(Commit::parse);
        Self(Crew::start(1, 1, move |tray| {
            let commit = checkout.commit();
            let changed =
                since.as_ref().zip(commit.as_ref()).and_then(|(since, now)| checkout.changed(since, now));
            tray.put(Answer { commit, changed: changed.unwrap_or_default() });
        }))
    }

    /// The answer, if it is there.
    pub(super) fn step(&self) -> Option<Answer> {
        match self.0.next(WAIT) {
            Next::Made(answer) => Some(answer),
            Next::Waiting => None,
            Next::Over => Some(Answer::default()),
        }
    }
}
