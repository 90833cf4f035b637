//! Hearing of what happens to the files of an archive while it is being read.
//!
//! What is heard is a hint where to look, never the truth: systems lose events when many come at once, and tell of
//! things that come to nothing. The stamps of the files say what has changed.

mod hint;
mod remote;

use hint::Gathering;
pub(super) use hint::Hint;
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Instant;

/// What a watch has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// Something may have happened.
    Hint(Hint),
    /// Not everything is heard of, and why: it takes a look now and then.
    Deaf(String),
}

/// A watch over the folders that it is told of. It ends when it is dropped.
pub(super) struct Watch {
    watcher: Mutex<Option<RecommendedWatcher>>,
    folders: Folders,
    tell: Arc<dyn Fn(News) + Send + Sync>,
}

/// The folders that are watched.
type Folders = Arc<Mutex<BTreeSet<PathBuf>>>;

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl Watch {
    /// Starts to watch the folder of an archive, and a thread that tells what is heard.
    pub(super) fn start(root: &Path, tell: impl Fn(News) + Send + Sync + 'static) -> Arc<Self> {
        let tell: Arc<dyn Fn(News) + Send + Sync> = Arc::new(tell);
        let folders = Folders::default();
        let watcher = start_listening(Arc::clone(&folders), Arc::clone(&tell));
        let failed = watcher.as_ref().err().map(reason);
        let watch = Self { watcher: Mutex::new(watcher.ok()), folders, tell };
        watch.begin(root);
        let remote =
            remote::file_system(root).map(|system| format!("what others do on {system} is not told"));
        if let Some(why) = failed.or(remote) {
            (watch.tell)(News::Deaf(why));
        }
        Arc::new(watch)
    }

    /// Where the system watches a folder with all that is in it, this is done once.
    fn begin(&self, root: &Path) {
        match RecommendedWatcher::kind() {
            WatcherKind::Inotify => self.folder(root),
            WatcherKind::Fsevent => self.add(root, RecursiveMode::Recursive),
            _ => self.give_up("this system does not tell of them".to_owned()),
        }
    }

    /// Watches a folder, but none of the folders in it. To be called before looking into it, so that nothing happens
    /// in between that is neither seen nor heard.
    pub(super) fn folder(&self, folder: &Path) {
        if RecommendedWatcher::kind() == WatcherKind::Inotify && lock(&self.folders).insert(folder.to_owned())
        {
            self.add(folder, RecursiveMode::NonRecursive);
        }
    }

    fn add(&self, folder: &Path, mode: RecursiveMode) {
        let mut watcher = lock(&self.watcher);
        let error = match watcher.as_mut().map(|watcher| watcher.watch(folder, mode)) {
            // A folder that cannot be watched for its own sake cannot be looked into either.
            Some(Err(error)) if matches!(error.kind, ErrorKind::MaxFilesWatch) => error,
            _ => return,
        };
        drop(watcher);
        self.give_up(reason(&error));
    }

    fn give_up(&self, why: String) {
        if lock(&self.watcher).take().is_some() {
            (self.tell)(News::Deaf(why));
        }
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "too many folders (fs.inotify.max_user_watches)".to_owned(),
        _ => error.to_string(),
    }
}

/// Starts the thread that tells. It ends when the watcher is dropped.
fn start_listening(
    folders: Folders,
    tell: Arc<dyn Fn(News) + Send + Sync>,
) -> notify::Result<RecommendedWatcher> {
    let (sender, events) = channel();
    // Who followed links would leave the archive.
    let watcher = RecommendedWatcher::new(sender, Config::default().with_follow_symlinks(false))?;
    Builder::new().name("watch".to_owned()).spawn(move || listen(&events, &folders, &*tell))?;
    Ok(watcher)
}

/// Tells what is heard, until nobody is left who could say something.
fn listen(events: &Receiver<notify::Result<Event>>, folders: &Folders, tell: &dyn Fn(News)) {
    let mut gathering = Gathering::default();
    loop {
        let event = match gathering.due() {
            None => events.recv().map_err(RecvTimeoutError::from),
            Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        match event {
            Ok(event) => {
                gathering.add(event.as_ref().ok(), Instant::now());
                forget_unwatched(event.as_ref().ok(), folders);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if gathering.due().is_some_and(|due| due <= Instant::now()) {
            tell(News::Hint(gathering.take()));
        }
    }
}

/// A folder that has gone is not watched any more, nor is one that goes by another name now. What has been missed may
/// have been any of that.
fn forget_unwatched(event: Option<&Event>, folders: &Folders) {
    let mut folders = lock(folders);
    match event {
        Some(event) if !event.need_rescan() => {
            for gone in event.paths.iter().filter(|_| hint::takes_away(event)) {
                let below = folders.range(gone.clone()..).take_while(|folder| folder.starts_with(gone));
                let below: Vec<PathBuf> = below.cloned().collect();
                for folder in below {
                    folders.remove(&folder);
                }
            }
        }
        _ => folders.clear(),
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
