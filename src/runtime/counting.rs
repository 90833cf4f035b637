//! Counting while nobody waits: how many posts the saved queries find.

use crate::app::{Event, Saved, Tally};
use crate::post::SavedQuery;
use crate::query::{Query, QueryError, Rows, Sort};
use crate::runtime::{Library, LibraryError, Searcher};
use crate::store::Versions;
use std::time::Instant;

/// While the archive is being read, counting rests so many times as long as it has taken.
const REST: u32 = 10;

/// Counts what has changed, one thing at a time, and keeps what has not.
#[derive(Debug)]
pub(super) struct Counting {
    queries: Vec<Counted>,
    /// The posts that have been read.
    read: Rows,
    /// The posts and marks that `read` is of.
    read_of: Option<Versions>,
    /// What was said last.
    told: Option<Vec<Saved>>,
    /// When to go on while the archive is being read.
    resume: Instant,
    /// How many counts there have been.
    turns: u64,
}

/// A saved query with what it finds.
#[derive(Debug)]
struct Counted {
    query: SavedQuery,
    /// What it means now: what was seven days ago is another day tomorrow.
    meaning: Result<Query, QueryError>,
    answer: Option<Answer>,
}

/// The posts that a query finds.
#[derive(Debug)]
struct Answer {
    /// What was asked, and of which state of the catalog.
    of: (Query, Versions),
    rows: Rows,
    /// Which count it was.
    turn: u64,
}

impl Counting {
    pub(super) fn new() -> Self {
        Self {
            queries: Vec::new(),
            read: Rows::default(),
            read_of: None,
            told: None,
            resume: Instant::now(),
            turns: 0,
        }
    }

    /// Does the next piece of work. `is_filling` says whether the archive is being read. Returns whether there was
    /// anything to do, and what is to be told.
    ///
    /// # Errors
    /// When the catalog fails.
    pub(super) fn step(
        &mut self,
        library: &mut Library,
        searcher: &mut Searcher,
        is_filling: bool,
    ) -> Result<(bool, Option<Event>), LibraryError> {
        self.take_over(library);
        if self.told.is_none() || is_filling && Instant::now() < self.resume {
            let news = self.news();
            return Ok((news.is_some(), news));
        }
        let begun = Instant::now();
        let versions = library.ask(|catalog| catalog.versions())?;
        let was_read = self.refresh_read(library, versions)?;
        let did = match self.stalest(versions) {
            Some((place, query)) => {
                let rows = searcher.find(library, &query, Sort::Newest)?.iter().copied().collect();
                self.turns += 1;
                if let Some(counted) = self.queries.get_mut(place) {
                    let versions = relevant(&query, versions);
                    counted.answer = Some(Answer { of: (query, versions), rows, turn: self.turns });
                }
                self.resume = Instant::now() + begun.elapsed().saturating_mul(REST);
                true
            }
            None => was_read,
        };
        Ok((did, self.news()))
    }

    /// Takes the saved queries from the shelf; what they have found stays.
    fn take_over(&mut self, library: &Library) {
        let mut before = std::mem::take(&mut self.queries);
        for query in library.queries() {
            let known = before.iter().position(|counted| counted.query.text == query.text);
            let known = known.map(|place| before.swap_remove(place));
            self.queries.push(Counted {
                query: query.clone(),
                answer: known.and_then(|counted| counted.answer),
                meaning: library.parse(&query.text),
            });
        }
    }

    /// The query that has waited longest among those whose answer may be another one by now.
    fn stalest(&self, versions: Versions) -> Option<(usize, Query)> {
        let stale = self.queries.iter().enumerate().filter_map(|(place, counted)| {
            let query = counted.meaning.as_ref().ok()?;
            let (now, answer) = (relevant(query, versions), counted.answer.as_ref());
            let is_stale = answer.is_none_or(|answer| (&answer.of.0, answer.of.1) != (query, now));
            is_stale.then_some((answer.map(|answer| answer.turn), place, query))
        });
        stale.min_by_key(|(turn, place, _)| (*turn, *place)).map(|(_, place, query)| (place, query.clone()))
    }

    fn refresh_read(&mut self, library: &mut Library, versions: Versions) -> Result<bool, LibraryError> {
        let of = Some(Versions { texts: 0, ..versions });
        if self.queries.is_empty() || self.read_of == of {
            return Ok(false);
        }
        self.read = library.ask(|catalog| catalog.read_rows())?.into_iter().collect();
        self.read_of = of;
        Ok(true)
    }

    /// The saved queries, if anything about them is not what was told last.
    fn news(&mut self) -> Option<Event> {
        let saved: Vec<Saved> = self.queries.iter().map(|counted| counted.told(&self.read)).collect();
        if self.told.as_ref() == Some(&saved) {
            return None;
        }
        self.told = Some(saved.clone());
        Some(Event::Queries(saved))
    }
}

impl Counted {
    fn told(&self, read: &Rows) -> Saved {
        let tally = match (&self.meaning, &self.answer) {
            (Err(flaw), _) => Tally::Wrong(flaw.clone().into()),
            (Ok(_), None) => Tally::Unknown,
            (Ok(_), Some(Answer { rows, .. })) => {
                let count = |posts: usize| u32::try_from(posts).unwrap_or(u32::MAX);
                Tally::Counted { total: count(rows.len()), unread: count(rows.len() - rows.common(read)) }
            }
        };
        Saved { query: self.query.clone(), tally }
    }
}

/// The versions that the answer to a query depends on; the others are 0.
fn relevant(query: &Query, versions: Versions) -> Versions {
    Versions {
        posts: versions.posts,
        texts: if query.asks_for_text() { versions.texts } else { 0 },
        marks: if query.asks_for_marks() { versions.marks } else { 0 },
    }
}
