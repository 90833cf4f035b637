//! The thread that owns the disk.

use crate::app::{
    Change, Effect, Event, Keep, Listing, Message, Opened, Outcome, Progress, QueryChange, Question, Session,
    near,
};
use crate::ingest::Read;
use crate::post::SafeText;
use crate::query::{Facet, Query, QueryError, RowId, Sort, in_quotes};
use crate::runtime::counting::Counting;
use crate::runtime::inbox::{Closed, Inbox};
use crate::runtime::{Indexing, Library, LibraryError, Searcher, Sync};
use crate::store::Sessions;
use crate::typeset::article;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// While new posts come in, lists and counts are refreshed so often: seldom enough not to slow the reading
/// down, often enough to look alive.
const REFRESH: Duration = Duration::from_millis(400);
/// So often the threads that fill the index are asked for what they have made.
const DELIVERY: Duration = Duration::from_millis(50);
/// So many posts that are not in the index yet are read through while somebody waits: a tenth of a second at most.
const SCANNED: u32 = 500;
/// So often the journals of other processes are looked at.
const FOLLOW: Duration = Duration::from_secs(2);

/// The handle of the thread.
pub(super) struct Worker {
    questions: Option<Sender<Effect>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread, which begins to bring the catalog up to date.
    pub(super) fn spawn(library: Library, sessions: Sessions, events: Sender<Event>) -> Self {
        let (questions, inbox) = channel();
        let mut desk = Desk::new(library, sessions, events);
        let thread = spawn(move || desk.run(&inbox));
        Self { questions: Some(questions), thread: Some(thread) }
    }

    /// Asks for something; the answer comes as an event.
    pub(super) fn ask(&self, question: Effect) {
        if let Some(questions) = &self.questions {
            // The thread only ends before us when it panics, and then the program ends.
            let _ = questions.send(question);
        }
    }

    /// Ends the thread after everything that was asked of it has been done.
    pub(super) fn stop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

pub(super) struct Desk {
    library: Library,
    sessions: Option<Sessions>,
    events: Sender<Event>,
    sync: Option<Sync>,
    indexing: Option<Indexing>,
    searcher: Searcher,
    /// Whether the list that was asked for last depends on the texts, so that it grows with the index.
    searches: bool,
    counting: Counting,
    /// Whether there may be something to count.
    counts: bool,
    refreshed: Instant,
    /// The latest complaint.
    complaint: SafeText,
}

impl Desk {
    pub(super) fn new(library: Library, sessions: Sessions, events: Sender<Event>) -> Self {
        let sync = Some(Sync::start(&library));
        Self {
            library,
            sessions: Some(sessions),
            events,
            sync,
            indexing: None,
            searcher: Searcher::reading(SCANNED),
            searches: false,
            counting: Counting::new(),
            counts: false,
            refreshed: Instant::now(),
            complaint: SafeText::default(),
        }
    }

    fn run(&mut self, questions: &Receiver<Effect>) {
        let mut inbox = Inbox::default();
        self.say_notices();
        loop {
            let wait = match (&self.sync, &self.indexing) {
                _ if self.counts => Duration::ZERO,
                (Some(_), _) => Duration::ZERO,
                (None, Some(_)) => DELIVERY,
                (None, None) => FOLLOW,
            };
            if inbox.receive(questions, wait) == Err(Closed) {
                return;
            }
            if let Some(question) = inbox.next() {
                self.report(|desk| desk.answer(question));
                self.counts = true;
            } else if self.counts {
                let is_filling = self.sync.is_some() || self.is_indexing();
                self.report(|desk| desk.count_on(is_filling).map(drop));
            } else {
                self.go_on();
                self.counts = true;
            }
            self.say_notices();
        }
    }

    /// Does a little of what is to be done when nobody waits.
    fn go_on(&mut self) {
        if self.sync.is_some() {
            if let Err(error) = self.read_on() {
                self.interrupt_sync(&error);
            }
        } else if self.is_indexing() {
            if let Err(error) = self.index_on() {
                self.complain(&error.to_string());
                self.do_without_index();
                self.end_indexing();
            }
        } else {
            self.report(Self::follow);
        }
    }

    /// Does something; what goes wrong is said.
    fn report(&mut self, work: impl FnOnce(&mut Self) -> Result<(), LibraryError>) {
        if let Err(error) = work(self) {
            self.complain(&error.to_string());
        }
    }

    /// Another program that holds the catalog lets go of it; anything else would fail again.
    fn interrupt_sync(&mut self, error: &LibraryError) {
        self.complain(&error.to_string());
        if !error.is_busy() {
            self.sync = None;
            self.send(Event::Sync(Progress::Done));
        }
    }

    /// Does one thing that was asked for; the answer goes out as an event.
    pub(super) fn answer(&mut self, question: Effect) -> Result<(), LibraryError> {
        let event = match question {
            Effect::List(question) => Event::Listing(self.list(&question)?),
            Effect::Rows { generation, near, rows } => {
                Event::Rows { generation, near, lines: self.library.ask(|catalog| catalog.listed(&rows))? }
            }
            Effect::Facets => self.count()?,
            Effect::Open(row) => return self.open(row),
            Effect::Count(narrowing) => {
                self.counting.want(narrowing, &self.library);
                return Ok(());
            }
            Effect::Save(change) => {
                self.save(change);
                return Ok(());
            }
            Effect::ChangeQuery(change) => {
                self.change_query(change);
                return Ok(());
            }
            Effect::Remember(session) => {
                self.remember(&session);
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.send(event);
        Ok(())
    }

    fn list(&mut self, question: &Question) -> Result<Listing, LibraryError> {
        let Question { generation, query, saved, search, sort, keep, height } = question;
        // What is wrong with a saved query is told beside its name.
        let Ok(chosen) = self.saved(saved.as_ref()) else {
            return Ok(Listing { generation: *generation, ..Listing::default() });
        };
        let searched = match self.library.parse(search) {
            Ok(searched) => searched,
            Err(flaw) => {
                return Ok(Listing {
                    generation: *generation,
                    flaw: Some(flaw.into()),
                    ..Listing::default()
                });
            }
        };
        let searched = chosen.and(searched);
        let marks = searched.texts();
        let query = &query.clone().and(searched);
        self.searches = query.asks_for_text();
        let versions = self.library.ask(|catalog| catalog.versions())?;
        let mut rows = self.searcher.find(&mut self.library, query, *sort)?;
        self.counting.listed(query, versions, &rows);
        let (kept, before) = match keep {
            Keep::First => (None, None),
            Keep::Row(row, before) => (Some(*row), Some(*before)),
            Keep::Post(id) => (self.library.ask(|catalog| catalog.find(id))?.map(|entry| entry.row), None),
        };
        let kept = match kept {
            Some(row) => self.keep(row, &mut rows, query, *sort)?.or(before),
            None => before,
        };
        let near = near(kept.unwrap_or(0).saturating_sub(*height), 2 * height, rows.len());
        let wanted = rows.get(near.clone()).unwrap_or_default();
        let lines = self.library.ask(|catalog| catalog.listed(wanted))?;
        Ok(Listing { generation: *generation, rows: rows.into(), kept, near, lines, flaw: None, marks })
    }

    /// What a saved query stands for.
    fn saved(&self, name: Option<&SafeText>) -> Result<Query, QueryError> {
        name.map_or(Ok(Query::All), |name| self.library.parse(&format!("saved:{}", in_quotes(name))))
    }

    /// The place of the article that the reader is at. Among the unread posts it keeps its place although it
    /// has been read by being opened there.
    fn keep(
        &mut self,
        row: RowId,
        rows: &mut Vec<RowId>,
        query: &Query,
        sort: Sort,
    ) -> Result<Option<usize>, LibraryError> {
        let place = rows.iter().position(|other| *other == row);
        let Some(query) = query.with_read().filter(|_| place.is_none()) else { return Ok(place) };
        let all = self.searcher.find(&mut self.library, &query, sort)?;
        let place = place_among(rows, &all, row);
        if let Some(place) = place {
            rows.insert(place, row);
        }
        Ok(place)
    }

    fn count(&mut self) -> Result<Event, LibraryError> {
        let facets = Facet::ALL.into_iter().filter(|facet| *facet != Facet::Month);
        let counts = facets.map(|facet| Ok((facet, self.library.ask(|catalog| catalog.counts(facet))?)));
        let counts = counts.collect::<Result<_, LibraryError>>()?;
        Ok(Event::Facets { counts, totals: self.library.ask(|catalog| catalog.totals())? })
    }

    fn open(&mut self, row: RowId) -> Result<(), LibraryError> {
        let Some(entry) = self.library.ask(|catalog| catalog.entry(row))? else {
            // Another process has removed it: the list is out of date.
            self.send(Event::Changed);
            return Ok(());
        };
        let read = if entry.gone { None } else { self.library.archive().read(&entry.header.id).ok() };
        let (header, text) = match read {
            Some(Read { post, .. }) => {
                let text = article(&post.body).below(&post.header.title);
                (post.header, Some(Arc::new(text)))
            }
            None => (entry.header, None),
        };
        let (read, bookmarked) = (entry.read, entry.bookmarked);
        self.send(Event::Opened(Box::new(Opened { row, header, read, bookmarked, article: text })));
        Ok(())
    }

    /// Complains once: without a place for it there will be none for the next session either.
    fn remember(&mut self, session: &Session) {
        if let Some(Err(error)) = self.sessions.as_ref().map(|sessions| sessions.save(session)) {
            self.sessions = None;
            self.complain(&format!("sessions are not remembered: {error}"));
        }
    }

    fn save(&mut self, change: Change) {
        let saved = self.library.set(&change);
        let comes_back = matches!(saved, Ok(true));
        let outcome = match saved {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(SafeText::label(&error.to_string())),
        };
        self.counting.hurry();
        self.send(Event::Saved(change, outcome));
        if comes_back {
            self.send(Event::Changed);
        }
    }

    fn change_query(&mut self, change: QueryChange) {
        let outcome = match self.library.change_query(&change) {
            Ok(()) => Outcome::Done,
            Err(error) => Outcome::Failed(SafeText::label(&error.to_string())),
        };
        self.counting.hurry();
        self.send(Event::QueryChanged(change.into(), outcome));
    }

    /// Counts a little more. Returns whether there was anything to count; while the archive is being read, counting
    /// rests most of the time.
    pub(super) fn count_on(&mut self, is_filling: bool) -> Result<bool, LibraryError> {
        self.counts = false;
        let did = self.counting.step(&mut self.library, &mut self.searcher, is_filling)?;
        self.counts = did;
        for news in self.counting.take_news() {
            self.send(news);
        }
        Ok(did)
    }

    /// Reads a few more posts, if there are any to read. Returns through events how far it is.
    pub(super) fn read_on(&mut self) -> Result<(), LibraryError> {
        let Some(sync) = &mut self.sync else { return Ok(()) };
        let progress = sync.step(&mut self.library)?;
        if progress == Progress::Done {
            return self.end_sync();
        }
        if self.refreshed.elapsed() >= REFRESH {
            self.refreshed = Instant::now();
            let new_posts = matches!(progress, Progress::Reading { .. });
            self.send(Event::Sync(progress));
            if new_posts {
                self.send(Event::Changed);
            }
        }
        Ok(())
    }

    fn end_sync(&mut self) -> Result<(), LibraryError> {
        let Some(sync) = self.sync.take() else { return Ok(()) };
        let summary = sync.summary();
        if let Some(trouble) = summary.first_trouble() {
            self.complain(&trouble);
        }
        self.send(Event::Sync(Progress::Done));
        // Another process may have been first to read the same posts.
        if self.library.take_changed_elsewhere()? || summary.has_changes() {
            self.send(Event::Changed);
        }
        self.start_indexing()
    }

    fn start_indexing(&mut self) -> Result<(), LibraryError> {
        match Indexing::start(&mut self.library) {
            Ok(indexing) => self.indexing = Some(indexing),
            Err(error) => {
                self.do_without_index();
                return Err(error);
            }
        }
        Ok(())
    }

    /// Whether the full-text index is being filled.
    pub(super) fn is_indexing(&self) -> bool {
        self.indexing.is_some()
    }

    /// Takes what the threads have made for the full-text index.
    pub(super) fn index_on(&mut self) -> Result<(), LibraryError> {
        let Some(indexing) = &mut self.indexing else { return Ok(()) };
        if indexing.step(&mut self.library, Duration::ZERO)? {
            self.end_indexing();
        } else if self.refreshed.elapsed() >= REFRESH {
            self.refreshed = Instant::now();
            let (done, total) = indexing.progress();
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
        self.indexing = None;
        self.send(Event::Sync(Progress::Done));
        self.show_more();
    }

    /// What has been found so far may not be all.
    fn show_more(&self) {
        if self.searches {
            self.send(Event::Changed);
        }
    }

    /// Takes in what other programs and machines have changed.
    pub(super) fn follow(&mut self) -> Result<(), LibraryError> {
        if self.library.follow()? {
            self.send(Event::Changed);
        }
        if self.library.take_begun_anew() {
            self.sync = Some(Sync::start(&self.library));
        } else if self.searches && self.searcher.wants_index() {
            // Also when another program has filled the index and died.
            self.start_indexing()?;
        }
        Ok(())
    }

    fn say_notices(&mut self) {
        for notice in self.library.take_notices() {
            self.complain(&notice);
        }
    }

    /// Says what went wrong, once: what goes wrong every two seconds would hide everything else.
    fn complain(&mut self, text: &str) {
        let text = SafeText::label(text);
        if text != self.complaint {
            self.complaint = text.clone();
            self.send(Event::Said(Message::Error(text)));
        }
    }

    fn send(&self, event: Event) {
        // The UI only ends before us when the program does.
        let _ = self.events.send(event);
    }
}

/// Where a post of `all` belongs in `rows`, some of the same posts in the same order.
fn place_among(rows: &[RowId], all: &[RowId], row: RowId) -> Option<usize> {
    let before = all.iter().position(|other| *other == row)?;
    let mut place = 0;
    for other in all.iter().take(before) {
        place += usize::from(rows.get(place) == Some(other));
    }
    Some(place)
}
