//! Keeping catalog and index in line with the files: at the start, and whenever something is heard of.

use super::Desk;
use super::agenda::Agenda;
use crate::app::{Event, Progress};
use crate::post::SafeText;
use crate::runtime::inbox::Errand;
use crate::runtime::watch::{Hint, News, Watch};
use crate::runtime::{Indexing, LibraryError, Searcher, Sync};
use crate::store::Catalog;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// While new posts come in, lists and counts are refreshed so often: seldom enough not to slow the reading
/// down, often enough to look alive.
const REFRESH: Duration = Duration::from_millis(400);
/// When the threads that fill the index have nothing ready, they are asked again after this time.
const DELIVERY: Duration = Duration::from_millis(50);

/// What is being done, and what is to be done next.
#[derive(Debug)]
pub(super) struct Upkeep {
    sync: Option<Sync>,
    indexing: Option<Indexing>,
    watch: Option<Arc<Watch>>,
    /// How a watch tells, as long as there is none.
    ear: Option<Sender<Errand>>,
    agenda: Agenda,
    /// Whether posts have come in that the index on its way does not know of.
    has_more_to_index: bool,
    /// Whether posts have come in since the order of all posts was kept.
    is_disordered: bool,
    /// When the lists were last refreshed.
    refreshed: Instant,
}

impl Default for Upkeep {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            sync: Some(Sync::whole()),
            indexing: None,
            watch: None,
            ear: None,
            agenda: Agenda::new(now),
            has_more_to_index: false,
            is_disordered: false,
            refreshed: now,
        }
    }
}

impl Upkeep {
    /// So long nothing has to be done if nobody asks for anything; `None` if there is nothing to do at all.
    pub(super) fn leisure(&self) -> Option<Duration> {
        if self.sync.is_some() || self.agenda.is_due(Instant::now()) {
            Some(Duration::ZERO)
        } else {
            let indexing = self.indexing.as_ref()?;
            Some(if indexing.is_waiting() { DELIVERY } else { Duration::ZERO })
        }
    }

    /// Everything is to be looked at.
    pub(super) fn look_everywhere(&mut self) {
        self.agenda.add_everything(Instant::now());
    }

    /// Whether the archive is being read, or its texts.
    pub(super) fn is_busy(&self) -> bool {
        self.sync.is_some() || self.indexing.is_some()
    }

    /// Begins to look where something may have happened. Returns whether there was anything to begin.
    fn begin(&mut self) -> bool {
        let now = Instant::now();
        let sync = match self.agenda.begin(now) {
            Some(Hint::Places(places)) => Sync::at(places),
            Some(Hint::Everything) => Sync::whole(),
            None => return false,
        };
        self.sync = Some(sync.watched(self.watch.clone()));
        self.refreshed = now;
        true
    }

    fn end(&mut self) -> Option<Sync> {
        self.agenda.end(Instant::now());
        self.sync.take()
    }
}

impl Desk {
    /// Listens from now on to what happens to the files, through this sender; in an archive that has never been read,
    /// as soon as that is done. Who watches is told of every file that is opened, and there each is, twice.
    pub(super) fn watch(&mut self, errands: Sender<Errand>) {
        self.upkeep.ear = Some(errands);
        if self.library.ask(|catalog| catalog.totals()).is_ok_and(|totals| totals.posts > 0) {
            self.listen();
        }
    }

    /// Begins to listen. Returns whether it was time for that.
    fn listen(&mut self) -> bool {
        let Some(errands) = self.upkeep.ear.take() else { return false };
        let root = self.library.archive().root();
        // The sample has none.
        if root.as_os_str().is_empty() {
            return false;
        }
        let watch = Watch::start(root, move |news| {
            // Nobody is interested any more when the program ends.
            let _ = errands.send(Errand::Heard(news));
        });
        let upkeep = &mut self.upkeep;
        upkeep.watch = Some(Arc::clone(&watch));
        match upkeep.sync.take() {
            Some(sync) => upkeep.sync = Some(sync.watched(Some(watch))),
            // What has happened since the last look at everything was not heard of.
            None => upkeep.look_everywhere(),
        }
        true
    }

    /// Takes in what has been heard.
    pub(in crate::runtime) fn hear(&mut self, news: News) {
        match news {
            News::Hint(hint) => self.upkeep.agenda.add(hint),
            News::Deaf(why) => {
                self.upkeep.agenda.set_deaf();
                self.send(Event::Deaf(SafeText::label(&why)));
            }
        }
    }

    /// Does a few milliseconds of what is to be done. Returns whether there was anything.
    pub(in crate::runtime) fn keep_up(&mut self) -> bool {
        if self.upkeep.sync.is_some() {
            if let Err(error) = self.read_on() {
                self.interrupt_sync(&error);
            }
        } else if self.upkeep.begin() {
            // The next step is its first.
        } else if self.is_indexing() {
            if let Err(error) = self.index_on() {
                self.complain(&error.to_string());
                self.do_without_index();
                self.end_indexing();
            }
        } else {
            return self.listen();
        }
        true
    }

    /// Another program that holds the catalog lets go of it, so that is tried again at once; after anything else the whole
    /// is tried after a while.
    fn interrupt_sync(&mut self, error: &LibraryError) {
        self.complain(&error.to_string());
        if !error.is_busy() {
            self.upkeep.sync = None;
            self.upkeep.agenda.put_off(Instant::now());
            self.send(Event::Sync(Progress::Done));
        }
    }

    /// Reads a few more posts, if there are any to read. Returns through events how far it is.
    pub(in crate::runtime) fn read_on(&mut self) -> Result<(), LibraryError> {
        let Some(sync) = &mut self.upkeep.sync else { return Ok(()) };
        let progress = sync.step(&mut self.library)?;
        if progress == Progress::Done {
            return self.end_sync();
        }
        if self.is_time_to_refresh() {
            let new_posts = matches!(progress, Progress::Reading { .. });
            self.send(Event::Sync(progress));
            if new_posts {
                self.changed();
            }
        }
        Ok(())
    }

    fn end_sync(&mut self) -> Result<(), LibraryError> {
        let Some(sync) = self.upkeep.end() else { return Ok(()) };
        let summary = sync.summary();
        if let Some(trouble) = summary.first_trouble() {
            self.complain(&trouble);
        }
        if !self.is_indexing() {
            self.send(Event::Sync(Progress::Done));
        }
        let is_disordered = self.upkeep.is_disordered || summary.has_changes();
        self.upkeep.is_disordered = is_disordered && !summary.is_whole;
        // Another process may have been first to read the same posts.
        if self.library.take_changed_elsewhere()? || summary.has_changes() {
            self.changed();
            self.renew()?;
        }
        if summary.added > 0 {
            self.send(Event::Arrived(summary.added));
        }
        if !summary.has_changes() && !summary.is_whole {
            Ok(())
        } else if self.is_indexing() {
            // What it has done so far would be lost if it began again now.
            self.upkeep.has_more_to_index = true;
            Ok(())
        } else {
            self.start_indexing()
        }
    }

    /// Keeps the order of all posts for the next start, if nothing has happened for a while.
    pub(super) fn keep_order(&mut self) -> Result<(), LibraryError> {
        if std::mem::take(&mut self.upkeep.is_disordered) {
            self.library.ask(Catalog::keep_newest)?;
        }
        Ok(())
    }

    /// Opens the article anew that was opened last, if its file is another one now.
    fn renew(&mut self) -> Result<(), LibraryError> {
        let Some((row, id, stamp)) = self.opened.clone() else { return Ok(()) };
        let known = self.library.ask(|catalog| catalog.stamps_at(std::slice::from_ref(&id)))?;
        let has_changed = known.get(&id).is_some_and(|now| *now != stamp);
        if has_changed { self.open(row) } else { Ok(()) }
    }

    /// Begins to fill the full-text index.
    pub(super) fn start_indexing(&mut self) -> Result<(), LibraryError> {
        self.upkeep.has_more_to_index = false;
        match Indexing::start(&mut self.library) {
            Ok(indexing) => self.upkeep.indexing = Some(indexing),
            Err(error) => {
                self.do_without_index();
                return Err(error);
            }
        }
        Ok(())
    }

    /// Whether the full-text index is being filled.
    pub(in crate::runtime) fn is_indexing(&self) -> bool {
        self.upkeep.indexing.is_some()
    }

    /// Takes what the threads have made for the full-text index.
    pub(in crate::runtime) fn index_on(&mut self) -> Result<(), LibraryError> {
        let Some(indexing) = &mut self.upkeep.indexing else { return Ok(()) };
        let is_over = indexing.step(&mut self.library, Duration::ZERO)?;
        let (done, total) = indexing.progress();
        if is_over {
            self.end_indexing();
            if self.upkeep.has_more_to_index {
                self.start_indexing()?;
            }
        } else if self.is_time_to_refresh() {
            self.send(Event::Sync(Progress::Indexing { done, total }));
            self.show_more();
        }
        Ok(())
    }

    /// Answers become slow, and stay complete.
    fn do_without_index(&mut self) {
        self.searcher = Searcher::complete();
    }

    fn end_indexing(&mut self) {
        self.upkeep.indexing = None;
        self.send(Event::Sync(Progress::Done));
        self.show_more();
    }

    fn is_time_to_refresh(&mut self) -> bool {
        let is_time = self.upkeep.refreshed.elapsed() >= REFRESH;
        if is_time {
            self.upkeep.refreshed = Instant::now();
        }
        is_time
    }
}
