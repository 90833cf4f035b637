//! The thread that owns the disk.

mod agenda;
mod upkeep;

use crate::app::{
    Change, Effect, Event, Keep, Listing, Message, Opened, Outcome, QueryChange, Question, Session, near,
};
use crate::ingest::Read;
use crate::post::{PostId, SafeText, Stamp};
use crate::query::{Facet, Listed, Query, QueryError, RowId, Sort, Terms, in_quotes};
use crate::runtime::counting::Counting;
use crate::runtime::inbox::{Closed, Errand, Inbox};
use crate::runtime::snippet::{name_stocks, snippet, terms};
use crate::runtime::{Hunt, Library, LibraryError, Ranking, Searcher};
use crate::store::{Sessions, Versions};
use crate::typeset::article;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;
use upkeep::Upkeep;

/// So many posts that are not in the index yet are read through while somebody waits: a tenth of a second at most.
const SCANNED: u32 = 500;
/// So often the journals of other processes are looked at.
const FOLLOW: Duration = Duration::from_secs(2);

/// The handle of the thread.
pub(super) struct Worker {
    errands: Sender<Errand>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread, which begins to bring the catalog up to date, and goes on with that as the files change.
    pub(super) fn spawn(library: Library, sessions: Sessions, events: Sender<Event>) -> Self {
        let (errands, inbox) = channel();
        let heard = errands.clone();
        let mut desk = Desk::new(library, sessions, events);
        let thread = spawn(move || {
            desk.watch(heard);
            desk.run(&inbox);
        });
        Self { errands, thread: Some(thread) }
    }

    /// Asks for something; the answer comes as an event.
    pub(super) fn ask(&self, question: Effect) {
        self.send(Errand::Asked(question));
    }

    /// Ends the thread after everything that was asked of it has been done.
    pub(super) fn stop(&mut self) {
        self.send(Errand::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn send(&self, errand: Errand) {
        // The thread only ends before us when it panics, and then the program ends.
        let _ = self.errands.send(errand);
    }
}

/// A question that has been read.
struct Asked {
    question: Question,
    /// The whole of it.
    query: Query,
    /// The state of the catalog when it was asked.
    versions: Versions,
    /// What it looks for in title and text.
    terms: Arc<Terms>,
    has_snippets: bool,
}

/// A list whose beginning has been told.
struct Hunting {
    /// Of which question.
    generation: u64,
    query: Query,
    versions: Versions,
    hunt: Hunt,
}

pub(super) struct Desk {
    library: Library,
    sessions: Option<Sessions>,
    events: Sender<Event>,
    upkeep: Upkeep,
    searcher: Searcher,
    /// The rest of the list that was asked for last.
    hunting: Option<Hunting>,
    /// The list that was asked for last, while it is put in order.
    ranking: Option<(Asked, Ranking)>,
    /// Whether something has changed meanwhile.
    is_outdated: bool,
    /// Whether the list that was asked for last depends on the texts, so that it grows with the index.
    searches: bool,
    /// The article that was opened last, and the stamp of the file that it was read from.
    opened: Option<(RowId, PostId, Stamp)>,
    counting: Counting,
    /// Whether there may be something to count.
    counts: bool,
    /// The latest complaint.
    complaint: SafeText,
}

impl Desk {
    pub(super) fn new(library: Library, sessions: Sessions, events: Sender<Event>) -> Self {
        Self {
            library,
            sessions: Some(sessions),
            events,
            upkeep: Upkeep::default(),
            searcher: Searcher::reading(SCANNED),
            hunting: None,
            ranking: None,
            is_outdated: false,
            searches: false,
            opened: None,
            counting: Counting::new(),
            counts: false,
            complaint: SafeText::default(),
        }
    }

    fn run(&mut self, errands: &Receiver<Errand>) {
        let mut inbox = Inbox::default();
        self.say_notices();
        loop {
            let leisure = self.upkeep.leisure().unwrap_or(FOLLOW);
            let wait = if self.is_hunting() || self.counts { Duration::ZERO } else { leisure };
            if inbox.receive(errands, wait) == Err(Closed) {
                return;
            }
            inbox.news().for_each(|news| self.hear(news));
            if let Some(question) = inbox.next() {
                self.report(|desk| desk.answer(question));
                self.counts = true;
            } else if self.is_hunting() {
                self.report(Self::hunt_on);
            } else if self.counts {
                let is_filling = self.upkeep.is_busy();
                self.report(|desk| desk.count_on(is_filling).map(drop));
            } else {
                if !self.keep_up() {
                    self.report(Self::follow);
                }
                self.counts = true;
            }
            self.say_notices();
        }
    }

    /// Does something; what goes wrong is said.
    fn report(&mut self, work: impl FnOnce(&mut Self) -> Result<(), LibraryError>) {
        if let Err(error) = work(self) {
            self.complain(&error.to_string());
        }
    }

    /// Does one thing that was asked for; the answer goes out as an event.
    pub(super) fn answer(&mut self, question: Effect) -> Result<(), LibraryError> {
        let event = match question {
            Effect::List(question) => {
                (self.hunting, self.ranking) = (None, None);
                if let Some(listing) = self.list(question)? {
                    self.send(Event::Listing(listing));
                    self.catch_up();
                }
                return Ok(());
            }
            Effect::Rows { generation, near, rows } => {
                Event::Rows { generation, near, lines: self.library.ask(|catalog| catalog.listed(&rows))? }
            }
            Effect::Snippets { generation, posts, terms } => {
                let archive = self.library.archive();
                let snippet = |(row, id)| (row, snippet(archive, &id, &terms).unwrap_or_default());
                Event::Snippets { generation, snippets: posts.into_iter().map(snippet).collect() }
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

    /// The answer to a question; `None` when it takes longer, and follows.
    fn list(&mut self, mut question: Question) -> Result<Option<Listing>, LibraryError> {
        let generation = question.generation;
        // What is wrong with a saved query is told beside its name.
        let Ok(chosen) = self.saved(question.saved.as_ref()) else {
            return Ok(Some(Listing { generation, is_whole: true, ..Listing::default() }));
        };
        let searched = match self.library.parse(&question.search) {
            Ok(searched) => searched,
            Err(flaw) => {
                return Ok(Some(Listing { generation, flaw: Some(flaw.into()), ..Listing::default() }));
            }
        };
        let searched = chosen.and(searched);
        let versions = self.library.ask(|catalog| catalog.versions())?;
        let terms = terms(&mut self.library, &searched, &question.query)?;
        if question.sort == Sort::Relevance && !terms.have_words() {
            question.sort = Sort::Newest;
        }
        let (terms, has_snippets) = (terms.into(), searched.wants_text());
        let query = question.query.clone().and(searched);
        let asked = Asked { question, query, versions, terms, has_snippets };
        self.searches = asked.query.asks_for_text();
        if asked.question.sort == Sort::Relevance {
            let ranking = self.searcher.rank(&mut self.library, &asked.query)?;
            self.ranking = Some((asked, ranking));
            return Ok(None);
        }
        if asked.question.keep == Keep::First {
            return self.first_page(asked).map(Some);
        }
        let rows = self.searcher.find(&mut self.library, &asked.query, asked.question.sort)?;
        self.whole(asked, rows).map(Some)
    }

    /// A list that is known as a whole.
    fn whole(&mut self, asked: Asked, mut rows: Arc<[RowId]>) -> Result<Listing, LibraryError> {
        self.counting.listed(&asked.query, asked.versions, &rows);
        let Asked { question, query, terms, has_snippets, .. } = asked;
        let Question { generation, sort, keep, height, .. } = question;
        let (kept, before) = match keep {
            Keep::First => (None, None),
            Keep::Row(row, before) => (Some(row), Some(before)),
            Keep::Post(id) => (self.library.ask(|catalog| catalog.find(&id))?.map(|entry| entry.row), None),
        };
        let kept = match kept {
            Some(row) => self.keep(row, &mut rows, &query, sort)?.or(before),
            None => before,
        };
        let near = near(kept.unwrap_or(0).saturating_sub(height), 2 * height, rows.len());
        let lines = self.lines(&rows, &near)?;
        let is_whole = self.knows_all();
        Ok(Listing { generation, rows, is_whole, kept, near, lines, flaw: None, terms, has_snippets })
    }

    /// A list from its top, as soon as there is enough of it for a page; the rest follows.
    fn first_page(&mut self, asked: Asked) -> Result<Listing, LibraryError> {
        let Asked { question, query, versions, terms, has_snippets } = asked;
        let Question { generation, sort, height, .. } = question;
        let mut hunt = self.searcher.hunt(&mut self.library, &query, sort)?;
        let near = near(0, height, usize::MAX);
        while !hunt.is_over() && hunt.len() < near.len() {
            self.searcher.hunt_on(&mut self.library, &mut hunt)?;
        }
        let (rows, is_whole) = (hunt.found(), hunt.is_over() && self.knows_all());
        let near = near.start..near.end.min(rows.len());
        let lines = self.lines(&rows, &near)?;
        self.keep_hunting(Hunting { generation, query, versions, hunt });
        Ok(Listing { generation, rows, is_whole, near, lines, terms, has_snippets, ..Listing::default() })
    }

    /// Whether the list that was asked for last, or the rest of it, is being looked for.
    pub(super) fn is_hunting(&self) -> bool {
        self.hunting.is_some() || self.ranking.is_some()
    }

    /// Goes on with the list that was asked for last.
    pub(super) fn hunt_on(&mut self) -> Result<(), LibraryError> {
        if let Some((asked, mut ranking)) = self.ranking.take() {
            self.searcher.rank_on(&mut self.library, &mut ranking)?;
            if !ranking.is_over() {
                self.ranking = Some((asked, ranking));
                return Ok(());
            }
            let listing = self.whole(asked, ranking.in_order())?;
            self.send(Event::Listing(listing));
            self.catch_up();
            return Ok(());
        }
        let Some(mut hunting) = self.hunting.take() else { return Ok(()) };
        self.searcher.hunt_on(&mut self.library, &mut hunting.hunt)?;
        let is_whole = hunting.hunt.is_over() && self.knows_all();
        let (generation, rows) = (hunting.generation, hunting.hunt.found());
        self.keep_hunting(hunting);
        self.send(Event::More { generation, rows, is_whole });
        Ok(())
    }

    /// Whether what was looked at for the list is all that there is.
    fn knows_all(&self) -> bool {
        !(self.searches && self.searcher.is_incomplete())
    }

    /// What is over is counted, the rest is to be gone on with.
    fn keep_hunting(&mut self, hunting: Hunting) {
        if hunting.hunt.is_over() {
            self.counting.listed(&hunting.query, hunting.versions, &hunting.hunt.found());
        } else {
            self.hunting = Some(hunting);
        }
    }

    fn lines(&mut self, rows: &[RowId], near: &Range<usize>) -> Result<Vec<Listed>, LibraryError> {
        let wanted = rows.get(near.clone()).unwrap_or_default();
        Ok(self.library.ask(|catalog| catalog.listed(wanted))?)
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
        rows: &mut Arc<[RowId]>,
        query: &Query,
        sort: Sort,
    ) -> Result<Option<usize>, LibraryError> {
        let place = rows.iter().position(|other| *other == row);
        let Some(query) = query.with_read().filter(|_| place.is_none()) else { return Ok(place) };
        let all = self.searcher.find(&mut self.library, &query, sort)?;
        let place = place_among(rows, &all, row);
        if let Some((before, after)) = place.and_then(|place| rows.split_at_checked(place)) {
            *rows = before.iter().chain(&[row]).chain(after).copied().collect();
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
        self.opened = None;
        let (mut header, text) = match read {
            Some(Read { post, stamp }) => {
                self.opened = Some((row, post.header.id.clone(), stamp));
                let text = article(&post.body).below(&post.header.title);
                (post.header, Some(Arc::new(text)))
            }
            None => (entry.header, None),
        };
        name_stocks(&mut self.library, &mut header.codes)?;
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

    /// What has been found so far may not be all.
    fn show_more(&mut self) {
        if self.searches {
            self.changed();
        }
    }

    /// Takes in what other programs and machines have changed.
    pub(super) fn follow(&mut self) -> Result<(), LibraryError> {
        if self.library.follow()? {
            self.changed();
        }
        if self.library.take_begun_anew() {
            self.upkeep.look_everywhere();
        } else if self.searches && self.searcher.wants_index() {
            // Also when another program has filled the index and died.
            self.start_indexing()?;
        }
        self.keep_order()
    }

    /// Lists and counts are out of date. A list that is being put in order comes first, or it would never come while
    /// posts are being read.
    fn changed(&mut self) {
        self.is_outdated = true;
        self.catch_up();
    }

    fn catch_up(&mut self) {
        if self.ranking.is_none() && std::mem::take(&mut self.is_outdated) {
            self.send(Event::Changed);
        }
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
