//! What the UI has asked of the disk and what of it is still worth doing.

use crate::app::Effect;
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

/// Questions in their order. A newer question of a kind replaces an older one that has not been answered yet;
/// marks and saved queries are never replaced.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    waiting: VecDeque<Effect>,
}

/// Nobody asks any more.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl Inbox {
    /// Takes in what has come; waits so long if nothing is there yet.
    pub(super) fn receive(&mut self, from: &Receiver<Effect>, wait: Duration) -> Result<(), Closed> {
        if self.waiting.is_empty() && !wait.is_zero() {
            match from.recv_timeout(wait) {
                Ok(effect) => self.push(effect),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Closed),
            }
        }
        loop {
            match from.try_recv() {
                Ok(effect) => self.push(effect),
                Err(TryRecvError::Disconnected) if self.waiting.is_empty() => return Err(Closed),
                Err(_) => return Ok(()),
            }
        }
    }

    fn push(&mut self, effect: Effect) {
        if !matches!(effect, Effect::Save(_) | Effect::ChangeQuery(_)) {
            self.waiting.retain(|old| discriminant(old) != discriminant(&effect));
        }
        self.waiting.push_back(effect);
    }

    /// The next thing to do.
    pub(super) fn next(&mut self) -> Option<Effect> {
        self.waiting.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Change, Mark};
    use crate::query::RowId;
    use std::sync::mpsc::channel;

    #[test]
    fn newer_questions_replace_older_ones_but_every_mark_is_saved() {
        let (sender, receiver) = channel();
        let save = |n| Effect::Save(Change { row: RowId(n), id: "a.md".into(), mark: Mark::Read, on: true });
        for effect in [Effect::Open(RowId(1)), save(1), Effect::Open(RowId(2)), save(2), Effect::Facets] {
            sender.send(effect).unwrap();
        }
        drop(sender);
        let mut inbox = Inbox::default();
        assert_eq!(inbox.receive(&receiver, Duration::ZERO), Ok(()));
        let all: Vec<Effect> = std::iter::from_fn(|| inbox.next()).collect();
        assert_eq!(all, [save(1), Effect::Open(RowId(2)), save(2), Effect::Facets]);
        assert_eq!(inbox.receive(&receiver, Duration::ZERO), Err(Closed));
    }
}
