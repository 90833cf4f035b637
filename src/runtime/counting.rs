//! Counting while nobody waits for a list: what the saved queries find, the months of the archive, and how what was
//! found is spread over the sidebar.

mod answer;
mod facets;
mod found;
mod marked;
mod saved;

use crate::app::{Event, Narrowing};
use crate::query::{Query, RowId};
use crate::runtime::{Library, LibraryError, Searcher};
use crate::store::Versions;
use answer::Answer;
use facets::Facets;
use found::FoundCounts;
use marked::Marked;
use saved::SavedCounts;
use std::time::{Duration, Instant};

/// While the archive is being read, by this process or another one, counting rests so many times as long as it has taken.
const REST: u32 = 10;

/// Counts what has changed, one thing at a time, and keeps what has not.
#[derive(Debug)]
pub(super) struct Counting {
    marked: Marked,
    facets: Facets,
    saved: SavedCounts,
    found: FoundCounts,
    /// Of which load of the index and which marks the months were told last.
    months: (u64, Option<(i64, i64)>),
    /// When to go on while the archive is being read.
    resume: Instant,
    hurries: bool,
    /// Whether the saved queries come before what was found: they take turns.
    saved_first: bool,
    news: Vec<Event>,
}

impl Counting {
    pub(super) fn new() -> Self {
        Self {
            marked: Marked::default(),
            facets: Facets::default(),
            saved: SavedCounts::default(),
            found: FoundCounts::default(),
            months: (0, None),
            resume: Instant::now(),
            hurries: false,
            saved_first: false,
            news: Vec::new(),
        }
    }

    /// From now on this is what is to be counted in parts, and told as soon as it can be.
    pub(super) fn want(&mut self, narrowing: Narrowing, library: &Library) {
        self.found.want(narrowing, library);
    }

    /// Takes the complete answer to a query, as it was when the catalog had these versions: it may be what is wanted.
    pub(super) fn listed(&mut self, query: &Query, versions: Versions, rows: &[RowId]) {
        if *query != Query::All {
            self.found.listed(Answer::new(query.clone(), versions, rows.iter().copied().collect()));
        }
    }

    /// Does the next piece of work. `is_filling` says whether the archive is being read. Returns whether there was
    /// anything to do.
    ///
    /// # Errors
    /// When the catalog fails.
    pub(super) fn step(
        &mut self,
        library: &mut Library,
        searcher: &mut Searcher,
        is_filling: bool,
    ) -> Result<bool, LibraryError> {
        let begun = Instant::now();
        let is_awaited = std::mem::take(&mut self.hurries) || self.found.is_awaited();
        // What was out of date as soon as it was counted would be counted without end.
        let is_changing = is_filling || self.found.lags() || self.saved.lags();
        if is_changing && !is_awaited && begun < self.resume {
            return Ok(false);
        }
        self.saved.take_over(library);
        let versions = library.ask(|catalog| catalog.versions())?;
        self.saved_first = !self.saved_first && !is_awaited;
        let did = self.marked.refresh(library, versions)?
            || self.tell()
            || self.count(library, searcher, (versions, is_filling))?;
        self.tell();
        self.resume = Instant::now() + rest(begun.elapsed());
        Ok(did)
    }

    /// The reader has changed something, which is to be seen at once.
    pub(super) fn hurry(&mut self) {
        self.hurries = true;
    }

    /// What is to be told.
    pub(super) fn take_news(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.news)
    }

    /// Counts one thing. Returns whether there was any to count.
    fn count(
        &mut self,
        library: &mut Library,
        searcher: &mut Searcher,
        (versions, is_filling): (Versions, bool),
    ) -> Result<bool, LibraryError> {
        Ok(self.facets.load_on(library, versions, is_filling)?
            || self.saved_first && self.saved.count_one(library, searcher, versions)?
            || self.found.refresh(library, searcher, versions)?
            || self.saved.count_one(library, searcher, versions)?)
    }

    /// Tells what has become other than it was told last.
    fn tell(&mut self) -> bool {
        let before = self.news.len();
        self.news.extend(self.saved.news(&self.marked));
        self.news.extend(self.found.news(&self.facets, &self.marked, &self.saved));
        let now = (self.facets.turn(), self.marked.version());
        if let Some(index) = self.facets.index().filter(|_| self.months != now) {
            self.months = now;
            self.news.push(Event::Months(index.months(self.marked.read())));
        }
        self.news.len() > before
    }
}

/// How long to rest after some work.
fn rest(worked: Duration) -> Duration {
    worked.saturating_mul(REST)
}
