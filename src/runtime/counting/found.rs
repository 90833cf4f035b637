//! How what was found is spread over the sidebar.

use super::answer::{Answer, Finding};
use super::facets::Facets;
use super::marked::Marked;
use super::saved::SavedCounts;
use crate::app::{Event, Found, Narrowing};
use crate::query::{Query, Rows, Sort, Totals};
use crate::runtime::{Library, LibraryError, Searcher};
use crate::store::Versions;

/// What a search or a filter has found, before the sidebar's choice narrows it.
#[derive(Debug, Default)]
pub(super) struct FoundCounts {
    wanted: Option<Wanted>,
    /// The complete answer for the latest list, which may have been narrowed by the sidebar.
    listed: Option<Answer>,
    answer: Option<Answer>,
    /// The bookmarks that it would have if their files were not gone.
    gone: Rows,
    finding: Finding,
    lags: bool,
    /// How many answers there have been.
    turns: u64,
    told: Option<Told>,
}

#[derive(Debug)]
struct Wanted {
    narrowing: Narrowing,
    query: Query,
}

/// What was told last: of which answer, which marks, which load of the index, which counts of saved queries.
type Told = (u64, Option<(i64, i64)>, u64, u64);

impl FoundCounts {
    /// Begins to count other posts, or none.
    pub(super) fn want(&mut self, narrowing: Narrowing, library: &Library) {
        // What makes no sense is told with the list.
        let searched = library.parse(&narrowing.search).ok().filter(|_| !narrowing.is_everything());
        self.wanted = searched.map(|searched| Wanted { query: narrowing.title().and(searched), narrowing });
        self.told = None;
        self.lags = false;
        self.finding.stop();
    }

    /// Takes the complete answer for a list: it may be to what is wanted next.
    pub(super) fn listed(&mut self, answer: Answer) {
        self.listed = Some(answer);
    }

    /// Whether what is wanted has not been told yet.
    pub(super) fn is_awaited(&self) -> bool {
        self.wanted.is_some() && self.told.is_none()
    }

    /// Whether the latest answer was out of date when it was whole, and no other one is being looked for.
    pub(super) fn lags(&self) -> bool {
        self.lags && !self.finding.is_on()
    }

    /// Looks for the posts anew, a part after the other, if there may be others by now. Returns whether there was
    /// anything to do.
    pub(super) fn refresh(
        &mut self,
        library: &mut Library,
        searcher: &mut Searcher,
        versions: Versions,
    ) -> Result<bool, LibraryError> {
        let Some(Wanted { query, .. }) = &self.wanted else { return Ok(false) };
        if self.answer.as_ref().is_some_and(|answer| answer.is_of(query, versions)) {
            return Ok(false);
        }
        let answer = match self.listed.take_if(|listed| listed.is_of(query, versions)) {
            Some(listed) => {
                self.finding.stop();
                Some(listed)
            }
            None => self.finding.step(query, library, searcher, versions)?,
        };
        if let Some(answer) = answer {
            self.lags = !answer.is_of(query, versions);
            let kept = query.clone().and(Query::Bookmarked);
            self.gone = searcher.find(library, &kept, Sort::Newest)?.iter().copied().collect();
            self.gone.take_out(answer.rows());
            self.answer = Some(answer);
            self.turns += 1;
        }
        Ok(true)
    }

    /// The counts, if they may be others than those that were told last.
    pub(super) fn news(&mut self, facets: &Facets, marked: &Marked, saved: &SavedCounts) -> Option<Event> {
        let (index, Wanted { narrowing, query }) = (facets.index()?, self.wanted.as_ref()?);
        let rows = self.answer.as_ref().filter(|answer| answer.query() == query)?.rows();
        let now = (self.turns, marked.version(), facets.turn(), saved.turn());
        if self.told.replace(now) == Some(now) {
            return None;
        }
        let (posts, read) = (rows.len(), rows.common(marked.read()));
        let kept = marked.bookmarked();
        let totals =
            Totals { posts, unread: posts - read, bookmarked: rows.common(kept) + self.gone.common(kept) };
        let (counts, saved) = (index.count(rows, marked.read()), saved.among(rows, marked));
        Some(Event::Found(Found { narrowing: narrowing.clone(), totals, counts, saved }.into()))
    }
}
