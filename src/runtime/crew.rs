//! Threads that work through a list together.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, available_parallelism, spawn};
use std::time::Duration;

/// More threads than this only wait for the disk.
const MOST_THREADS: usize = 4;

/// The threads and what they have made. Dropping it stops them; what was not taken is lost.
#[derive(Debug)]
pub(super) struct Crew<T> {
    results: Option<Receiver<T>>,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// What a crew has ready.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<T> {
    /// A result.
    Made(T),
    /// None yet.
    Waiting,
    /// All have been taken.
    Over,
}

/// Where a thread of a crew puts its results.
#[derive(Debug)]
pub(super) struct Tray<T> {
    results: SyncSender<T>,
    stop: Arc<AtomicBool>,
}

impl<T: Send + 'static> Crew<T> {
    /// Starts a thread for every core, but no more than `most`; each does the work once. So many results may be
    /// `waiting` to be taken; then the threads wait.
    pub(super) fn start(
        most: usize,
        waiting: usize,
        work: impl Fn(&Tray<T>) + Send + Sync + 'static,
    ) -> Self {
        let (sender, results) = sync_channel(waiting);
        let (stop, work) = (Arc::new(AtomicBool::new(false)), Arc::new(work));
        let cores = available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS);
        let thread = |_| {
            let (tray, work) = (Tray { results: sender.clone(), stop: Arc::clone(&stop) }, Arc::clone(&work));
            spawn(move || work(&tray))
        };
        let threads = (0..cores.min(most)).map(thread).collect();
        Self { results: Some(results), stop, threads }
    }
}

impl<T> Crew<T> {
    /// Nobody, who makes nothing.
    pub(super) fn idle() -> Self {
        Self { results: None, stop: Arc::default(), threads: Vec::new() }
    }

    /// The next result, waiting for it at most so long.
    pub(super) fn next(&self, wait: Duration) -> Next<T> {
        let Some(results) = &self.results else { return Next::Over };
        let next = if wait.is_zero() {
            results.try_recv().map_err(|error| error == TryRecvError::Disconnected)
        } else {
            results.recv_timeout(wait).map_err(|error| error == RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(made) => Next::Made(made),
            Err(true) => Next::Over,
            Err(false) => Next::Waiting,
        }
    }
}

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Whoever waits to deliver sees that nobody takes it.
        self.results = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl<T> Tray<T> {
    /// Hands over a result. Returns whether more are wanted.
    pub(super) fn put(&self, result: T) -> bool {
        self.results.send(result).is_ok()
    }

    /// Whether nobody wants any more results.
    pub(super) fn is_full(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A list that the threads of a crew take from.
#[derive(Debug)]
pub(super) struct Queue<T>(Mutex<std::vec::IntoIter<T>>);

impl<T> Queue<T> {
    pub(super) fn new(list: Vec<T>) -> Self {
        Self(Mutex::new(list.into_iter()))
    }

    /// The next of the list, at most so many; none when all have been taken.
    pub(super) fn take(&self, most: usize) -> Vec<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const PATIENCE: Duration = Duration::from_secs(10);

    fn crew(list: Vec<u32>) -> Crew<u32> {
        let (most, queue) = (list.len(), Queue::new(list));
        Crew::start(most, 1, move |tray| {
            while let [one] = queue.take(1)[..] {
                if !tray.put(one) || tray.is_full() {
                    return;
                }
            }
        })
    }

    #[test]
    fn everything_on_the_list_is_done_once() {
        let crew = crew((0..1000).collect());
        let mut made = BTreeSet::new();
        while let Next::Made(one) = crew.next(PATIENCE) {
            assert!(made.insert(one));
        }
        assert_eq!(made, (0..1000).collect());
        assert_eq!(crew.next(Duration::ZERO), Next::Over);
    }

    #[test]
    fn an_empty_list_is_over_at_once() {
        assert_eq!(crew(Vec::new()).next(PATIENCE), Next::Over);
    }

    #[test]
    fn a_crew_that_is_not_wanted_any_more_ends() {
        let crew = crew((0..1000).collect());
        assert!(matches!(crew.next(PATIENCE), Next::Made(_)));
        drop(crew);
    }
}
