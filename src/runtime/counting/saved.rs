//! How many posts the saved queries find.

use super::answer::{Answer, Finding};
use super::marked::Marked;
use crate::app::{Event, Saved, Tally};
use crate::post::SavedQuery;
use crate::query::{Query, QueryError, Rows};
use crate::runtime::{Library, LibraryError, Searcher};
use crate::store::Versions;

/// The saved queries with what they find.
#[derive(Debug, Default)]
pub(super) struct SavedCounts {
    queries: Vec<Counted>,
    finding: Finding,
    lags: bool,
    /// What was told last.
    told: Option<Vec<Saved>>,
    /// Which marks and which turn that was of.
    told_of: (Option<(i64, i64)>, u64),
    /// How often anything about them has changed.
    turns: u64,
}

#[derive(Debug)]
struct Counted {
    query: SavedQuery,
    /// What it means now: what was seven days ago is another day tomorrow.
    meaning: Result<Query, QueryError>,
    /// What it finds, and at which turn that was found.
    answer: Option<(Answer, u64)>,
}

impl SavedCounts {
    /// Takes the saved queries from the shelf; what they have found stays.
    pub(super) fn take_over(&mut self, library: &Library) {
        let now = library.queries().into_iter().map(|query| (query, library.parse(&query.text)));
        let now: Vec<(&SavedQuery, Result<Query, QueryError>)> = now.collect();
        if now.iter().map(|(query, meaning)| (*query, meaning)).eq(self.queries.iter().map(Counted::known)) {
            return;
        }
        let mut before = std::mem::take(&mut self.queries);
        for (query, meaning) in now {
            let known = before.iter().position(|counted| counted.query.text == query.text);
            let answer = known.and_then(|place| before.swap_remove(place).answer);
            self.queries.push(Counted { query: query.clone(), meaning, answer });
        }
        self.turns += 1;
    }

    /// Counts the one that has waited longest among those that may find others by now, a part of the archive after the
    /// other. Returns whether there is any.
    pub(super) fn count_one(
        &mut self,
        library: &mut Library,
        searcher: &mut Searcher,
        versions: Versions,
    ) -> Result<bool, LibraryError> {
        let stale = self.queries.iter_mut().filter(|counted| counted.is_stale(versions));
        let Some(counted) = stale.min_by_key(|counted| counted.answer.as_ref().map(|(_, turn)| *turn)) else {
            return Ok(false);
        };
        if let Ok(query) = &counted.meaning
            && let Some(answer) = self.finding.step(query, library, searcher, versions)?
        {
            self.turns += 1;
            self.lags = !answer.is_of(query, versions);
            counted.answer = Some((answer, self.turns));
        }
        Ok(true)
    }

    /// Whether the latest answer was out of date when it was whole, and no other one is being looked for.
    pub(super) fn lags(&self) -> bool {
        self.lags && !self.finding.is_on()
    }

    /// The saved queries, if anything about them is not what was told last.
    pub(super) fn news(&mut self, marked: &Marked) -> Option<Event> {
        let now = (marked.version(), self.turns);
        if self.told.is_some() && std::mem::replace(&mut self.told_of, now) == now {
            return None;
        }
        let tally = |counted: &Counted| counted.tally(|rows| count(rows, marked.read()));
        let saved =
            self.queries.iter().map(|counted| Saved { query: counted.query.clone(), tally: tally(counted) });
        let saved: Vec<Saved> = saved.collect();
        if self.told.as_ref() == Some(&saved) {
            return None;
        }
        self.told = Some(saved.clone());
        Some(Event::Queries(saved))
    }

    /// How many of some posts each query finds, in their order.
    pub(super) fn among(&self, found: &Rows, marked: &Marked) -> Vec<Tally> {
        let common = |rows: &Rows| {
            let mut common = rows.clone();
            common.keep(found);
            count(&common, marked.read())
        };
        self.queries.iter().map(|counted| counted.tally(common)).collect()
    }

    /// Another number after any query has changed or was counted.
    pub(super) fn turn(&self) -> u64 {
        self.turns
    }
}

impl Counted {
    fn known(&self) -> (&SavedQuery, &Result<Query, QueryError>) {
        (&self.query, &self.meaning)
    }

    fn is_stale(&self, versions: Versions) -> bool {
        let Ok(query) = &self.meaning else { return false };
        self.answer.as_ref().is_none_or(|(answer, _)| !answer.is_of(query, versions))
    }

    fn tally(&self, count: impl Fn(&Rows) -> (u32, u32)) -> Tally {
        match (&self.meaning, &self.answer) {
            (Err(flaw), _) => Tally::Wrong(flaw.clone().into()),
            (Ok(_), None) => Tally::Unknown,
            (Ok(_), Some((answer, _))) => {
                let (total, unread) = count(answer.rows());
                Tally::Counted { total, unread }
            }
        }
    }
}

/// How many posts there are, and how many of them are not read.
fn count(rows: &Rows, read: &Rows) -> (u32, u32) {
    let total = rows.len();
    (total, total - rows.common(read))
}
