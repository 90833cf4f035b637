//! What the UI has asked of the disk and what of it is still worth doing; and what is heard of the disk.

use crate::app::Effect;
use crate::runtime::watch::News;
use std::collections::VecDeque;
use std::mem::discriminant;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

/// What comes to the thread that owns the disk.
#[derive(Debug)]
pub(super) enum Errand {
    /// The UI asks for something.
    Asked(Effect),
    /// Something has happened to the files.
    Heard(News),
    /// Nobody asks any more. Who listens to the files would go on.
    End,
}

/// Questions in their order. A newer question of a kind replaces an older one that has not been answered yet;
/// marks and saved queries are never replaced.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    waiting: VecDeque<Effect>,
    news: Vec<News>,
    is_closed: bool,
}

/// Nobody asks any more.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl Inbox {
    /// Takes in what has come; waits so long if nothing is there yet.
    pub(super) fn receive(&mut self, from: &Receiver<Errand>, wait: Duration) -> Result<(), Closed> {
        if self.waiting.is_empty() && !self.is_closed && !wait.is_zero() {
            match from.recv_timeout(wait) {
                Ok(errand) => self.take(errand),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.is_closed = true,
            }
        }
        while !self.is_closed {
            match from.try_recv() {
                Ok(errand) => self.take(errand),
                Err(TryRecvError::Disconnected) => self.is_closed = true,
                Err(TryRecvError::Empty) => break,
            }
        }
        if self.is_closed && self.waiting.is_empty() { Err(Closed) } else { Ok(()) }
    }

    fn take(&mut self, errand: Errand) {
        match errand {
            Errand::Asked(effect) => self.push(effect),
            Errand::Heard(news) => self.news.push(news),
            Errand::End => self.is_closed = true,
        }
    }

    fn push(&mut self, effect: Effect) {
        if !matches!(effect, Effect::Save(_) | Effect::ChangeQuery(_)) {
            self.waiting.retain(|old| discriminant(old) != discriminant(&effect));
        }
        self.waiting.push_back(effect);
    }

    /// What has been heard since this was asked last.
    pub(super) fn news(&mut self) -> impl Iterator<Item = News> + '_ {
        self.news.drain(..)
    }

    /// The next thing to do. What is shown of the texts can wait for everything else.
    pub(super) fn next(&mut self) -> Option<Effect> {
        let urgent = self.waiting.iter().position(|effect| !matches!(effect, Effect::Snippets { .. }));
        self.waiting.remove(urgent.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Change, Mark};
    use crate::query::RowId;
    use crate::runtime::watch::Hint;
    use std::sync::Arc;
    use std::sync::mpsc::channel;

    #[test]
    fn newer_questions_replace_older_ones_but_every_mark_is_saved() {
        let (sender, receiver) = channel();
        let save = |n| Effect::Save(Change { row: RowId(n), id: "a.md".into(), mark: Mark::Read, on: true });
        for effect in [Effect::Open(RowId(1)), save(1), Effect::Open(RowId(2)), save(2), Effect::Facets] {
            sender.send(Errand::Asked(effect)).unwrap();
        }
        drop(sender);
        let mut inbox = Inbox::default();
        assert_eq!(inbox.receive(&receiver, Duration::ZERO), Ok(()));
        let all: Vec<Effect> = std::iter::from_fn(|| inbox.next()).collect();
        assert_eq!(all, [save(1), Effect::Open(RowId(2)), save(2), Effect::Facets]);
        assert_eq!(inbox.receive(&receiver, Duration::ZERO), Err(Closed));
    }

    #[test]
    fn what_was_asked_before_the_end_is_done_whoever_goes_on_talking() {
        let (sender, receiver) = channel();
        let mut inbox = Inbox::default();
        let heard = || Errand::Heard(News::Hint(Hint::Everything));
        for errand in [heard(), Errand::Asked(Effect::Facets), Errand::End, heard()] {
            sender.send(errand).unwrap();
        }
        assert_eq!(inbox.receive(&receiver, Duration::MAX), Ok(()));
        assert_eq!(inbox.news().count(), 1);
        assert_eq!(inbox.next(), Some(Effect::Facets));
        assert_eq!(inbox.receive(&receiver, Duration::MAX), Err(Closed));
    }

    #[test]
    fn reading_for_the_list_waits_for_everything_else() {
        let (sender, receiver) = channel();
        let snippets = |generation| Effect::Snippets { generation, posts: Vec::new(), terms: Arc::default() };
        for effect in [snippets(1), Effect::Facets, snippets(2), Effect::Open(RowId(1))] {
            sender.send(Errand::Asked(effect)).unwrap();
        }
        let mut inbox = Inbox::default();
        assert_eq!(inbox.receive(&receiver, Duration::ZERO), Ok(()));
        let all: Vec<Effect> = std::iter::from_fn(|| inbox.next()).collect();
        assert_eq!(all, [Effect::Facets, Effect::Open(RowId(1)), snippets(2)]);
    }
}
