//! Finding posts by a query: the catalog knows the headers, the index the texts, and what is not in the index yet is
//! read through.

mod facets;
mod hunt;
mod memo;
mod ranking;

pub use facets::{FacetIndex, Loading};
pub use hunt::Hunt;
use memo::Memo;
pub use ranking::Ranking;

use crate::index::{Doc, Needle, ReadError, Segment};
use crate::post::PostId;
use crate::query::{Pattern, Plan, Query, RowId, Rows, Sort};
use crate::runtime::indexing::searchable;
use crate::runtime::{Library, LibraryError};
use crate::store::{Contents, SegmentFile, SegmentId, is_shortage};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{available_parallelism, scope};

/// More threads than this only wait for memory.
const MOST_THREADS: usize = 8;

/// Answers queries about an archive, and keeps what it needs for the next one: the open segments of the index and the
/// order of all posts.
#[derive(Debug)]
pub struct Searcher {
    /// The most posts that are read through for one answer.
    most: u32,
    contents: Contents,
    segments: HashMap<SegmentId, Arc<Segment<SegmentFile>>>,
    all: Option<Ordered>,
    memo: Memo,
    found_damage: bool,
}

/// All posts that are there, in order.
#[derive(Debug)]
struct Ordered {
    /// The catalog's [`Versions::texts`](crate::store::Versions::texts) then.
    version: i64,
    sort: Sort,
    rows: Arc<[RowId]>,
}

/// What is looked for in the texts.
enum Wanted<'a> {
    Text(Needle),
    Pattern(&'a Pattern),
}

impl Searcher {
    /// A searcher whose answers are complete, however much of the archive is not in the index: that is read through.
    pub fn complete() -> Self {
        Self::reading(u32::MAX)
    }

    /// A searcher that reads through at most so many posts, the newest, for one answer: for somebody who waits while the
    /// index is being filled, and asks again then.
    pub fn reading(most: u32) -> Self {
        let (contents, segments) = (Contents::default(), HashMap::new());
        Self { most, contents, segments, all: None, memo: Memo::default(), found_damage: false }
    }

    /// Whether there are posts to be indexed: the latest answer [was incomplete](Searcher::is_incomplete), or since this
    /// was asked last a damaged segment was taken out of the index.
    pub fn wants_index(&mut self) -> bool {
        std::mem::take(&mut self.found_damage) || self.is_incomplete()
    }

    /// Whether there are texts that the latest answer about texts knew nothing of.
    pub fn is_incomplete(&self) -> bool {
        u32::try_from(self.contents.unindexed.len()) == Ok(self.most)
    }

    /// The numbers of all posts that meet a query, in order.
    ///
    /// # Errors
    /// When the catalog fails. A damaged segment of the index is taken out of it, and its posts are read through.
    pub fn find(
        &mut self,
        library: &mut Library,
        query: &Query,
        sort: Sort,
    ) -> Result<Arc<[RowId]>, LibraryError> {
        let mut hunt = self.hunt(library, query, sort)?;
        hunt.look_at_all();
        while !hunt.is_over() {
            self.hunt_on(library, &mut hunt)?;
        }
        Ok(hunt.into_found())
    }

    /// The first of [`Searcher::find`]: of words that are not rare, many times as fast.
    ///
    /// # Errors
    /// As [`Searcher::find`].
    pub fn first(
        &mut self,
        library: &mut Library,
        query: &Query,
        sort: Sort,
        limit: usize,
    ) -> Result<Vec<RowId>, LibraryError> {
        let mut hunt = self.hunt(library, query, sort)?;
        while !hunt.is_over() && hunt.len() < limit {
            self.hunt_on(library, &mut hunt)?;
        }
        Ok(hunt.into_found().iter().copied().take(limit).collect())
    }

    /// Begins to look for the posts that meet a query, a part of the archive after the other, in order.
    ///
    /// # Errors
    /// As [`Searcher::find`].
    pub fn hunt(&mut self, library: &mut Library, query: &Query, sort: Sort) -> Result<Hunt, LibraryError> {
        if sort == Sort::Relevance {
            return Ok(Hunt::new(Vec::new(), self.find_ranked(library, query)?, sort));
        }
        let (known, plans) = match query.clone().plan() {
            Plan::Catalog(known) => (known, Vec::new()),
            Plan::And(mut plans) => match plans.first() {
                Some(Plan::Catalog(known)) => (known.clone(), plans.split_off(1)),
                _ => (everything(query), plans),
            },
            plan => (everything(query), vec![plan]),
        };
        let among = self.known(library, &known, sort)?;
        Ok(Hunt::new(plans, among, sort))
    }

    /// The posts that meet what the catalog can tell, in order.
    fn known(
        &mut self,
        library: &mut Library,
        query: &Query,
        sort: Sort,
    ) -> Result<Arc<[RowId]>, LibraryError> {
        if *query == Query::All {
            return self.all(library, sort);
        }
        if sort == Sort::Newest
            && let Some(filed) = library.ask(|catalog| catalog.filed(query))?
        {
            let all = self.all(library, sort)?;
            return Ok(all.iter().copied().filter(|row| filed.contains(*row)).collect());
        }
        Ok(library.ask(|catalog| catalog.rows(query, sort))?.into())
    }

    /// Looks at the next part.
    ///
    /// # Errors
    /// As [`Searcher::find`].
    pub fn hunt_on(&mut self, library: &mut Library, hunt: &mut Hunt) -> Result<(), LibraryError> {
        let part: Rows = hunt.next_part().iter().copied().collect();
        let met = self.meeting_all(library, hunt.plans(), part)?;
        hunt.add(&met);
        Ok(())
    }

    /// All posts that are there, in order.
    fn all(&mut self, library: &mut Library, sort: Sort) -> Result<Arc<[RowId]>, LibraryError> {
        let version = library.ask(|catalog| catalog.versions())?.texts;
        let kept = self.all.take().filter(|all| all.version == version && all.sort == sort);
        let all = if let Some(all) = kept {
            all
        } else {
            let rows = library.ask(|catalog| catalog.rows(&Query::All, sort))?.into();
            Ordered { version, sort, rows }
        };
        Ok(Arc::clone(&self.all.insert(all).rows))
    }

    /// Those of some posts that meet every one of these.
    fn meeting_all(
        &mut self,
        library: &mut Library,
        plans: &[Plan],
        among: Rows,
    ) -> Result<Rows, LibraryError> {
        let mut left = among;
        for plan in plans {
            if left.is_empty() {
                break;
            }
            let met = self.meeting(library, plan, &left)?;
            left.keep(&met);
        }
        Ok(left)
    }

    /// The posts that meet a part of a query; of others than those in `among` it need not be right.
    fn meeting(&mut self, library: &mut Library, plan: &Plan, among: &Rows) -> Result<Rows, LibraryError> {
        match plan {
            Plan::Catalog(query) => self.memo.rows(library, query),
            Plan::Text(term) => {
                let mut rows =
                    self.holding(library, &Wanted::Text(Needle::spelled(term.spellings())), among)?;
                rows.add(&self.kept_titles(library, Query::Text(term.clone()))?);
                Ok(rows)
            }
            Plan::Pattern(pattern) => {
                let mut rows = self.holding(library, &Wanted::Pattern(pattern), among)?;
                rows.add(&self.kept_titles(library, Query::Pattern(pattern.clone()))?);
                Ok(rows)
            }
            Plan::And(plans) => self.meeting_all(library, plans, among.clone()),
            Plan::Or(plans) => self.meeting_any(library, plans, among),
            Plan::Not(plan) => {
                let mut left = among.clone();
                left.take_out(&self.meeting(library, plan, among)?);
                Ok(left)
            }
        }
    }

    fn meeting_any(
        &mut self,
        library: &mut Library,
        plans: &[Plan],
        among: &Rows,
    ) -> Result<Rows, LibraryError> {
        let mut any = Rows::default();
        for plan in plans {
            let mut met = self.meeting(library, plan, among)?;
            if plans.iter().any(Plan::asks_for_bookmarks) && !plan.asks_for_bookmarks() {
                met.keep(&self.memo.rows(library, &Query::All)?);
            }
            any.add(&met);
        }
        Ok(any)
    }

    /// The bookmarks with a match in the title: of those whose file is gone that is all there is.
    fn kept_titles(&mut self, library: &mut Library, wanted: Query) -> Result<Rows, LibraryError> {
        let bookmarked = self.memo.rows(library, &Query::Bookmarked)?;
        if bookmarked.is_empty() {
            return Ok(bookmarked);
        }
        self.memo.rows(library, &Query::Bookmarked.and(wanted))
    }

    /// Those of some posts that are there and hold something in title or text.
    fn holding(
        &mut self,
        library: &mut Library,
        wanted: &Wanted<'_>,
        among: &Rows,
    ) -> Result<Rows, LibraryError> {
        loop {
            self.refresh(library)?;
            let (mut rows, mut damaged) = (Rows::default(), Vec::new());
            for (name, found) in self.in_segments(wanted, among) {
                match found {
                    Ok(docs) => rows.extend(docs.into_iter().map(|doc| RowId(doc.row))),
                    Err(error) => damaged.push((name, error)),
                }
            }
            if damaged.is_empty() {
                let unindexed = self.contents.unindexed.iter().filter(|(row, _)| among.contains(*row));
                let found = unindexed.filter(|(_, id)| wanted.is_in_file(library, id));
                rows.extend(found.map(|(row, _)| *row));
                return Ok(rows);
            }
            self.drop_damaged(library, damaged)?;
        }
    }

    /// What each of the segments that have any of some posts says, by several threads.
    fn in_segments(
        &self,
        wanted: &Wanted<'_>,
        among: &Rows,
    ) -> Vec<(SegmentId, Result<Vec<Doc>, ReadError>)> {
        let is_among = |doc: &Doc| among.contains(RowId(doc.row));
        let is_wanted = |doc: Doc| is_among(&doc) && self.contents.indexed.is_current(doc.row, doc.version);
        // Segments have the posts of a time, so most can be told by their first and last.
        let may_have = |segment: &Segment<_>| segment.rows().is_some_and(|rows| among.has_any(rows));
        let has_any = |segment: &Segment<_>| may_have(segment) && segment.docs().iter().any(is_among);
        let segments = self.segments.iter().filter(|(_, segment)| has_any(segment));
        on_threads(segments, |(name, segment)| (*name, wanted.in_segment(segment, is_wanted)))
    }

    /// Opens the segments that have come and closes those that have gone.
    fn refresh(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        while library.ask(|catalog| catalog.versions())?.texts != self.contents.version {
            // Where there is no place for an index, no later answer will be more complete.
            let most = if library.has_index() { self.most } else { u32::MAX };
            let contents = library.ask(|catalog| catalog.contents(most))?;
            self.segments.retain(|name, _| contents.segments.contains(name));
            let new = contents.segments.iter().filter(|name| !self.segments.contains_key(name));
            let open = library.segment_opener();
            let mut damaged = Vec::new();
            for (name, opened) in on_threads(new, |name| (*name, open(*name))) {
                match opened {
                    Ok(segment) => drop(self.segments.insert(name, Arc::new(segment))),
                    Err(error) => damaged.push((name, error)),
                }
            }
            self.drop_damaged(library, damaged)?;
            self.contents = contents;
        }
        Ok(())
    }

    /// Takes segments that cannot be read out of the index, unless they may be as sound as ever.
    fn drop_damaged(
        &mut self,
        library: &mut Library,
        segments: Vec<(SegmentId, ReadError)>,
    ) -> Result<(), LibraryError> {
        for (name, error) in segments {
            match error {
                ReadError::Io(error) if is_shortage(&error) => return Err(LibraryError::IndexRead(error)),
                _ => drop(self.segments.remove(&name)),
            }
            library.ask(|catalog| catalog.drop_segment(name))?;
            self.found_damage = true;
        }
        Ok(())
    }
}

impl Wanted<'_> {
    fn in_segment(
        &self,
        segment: &Segment<SegmentFile>,
        is_wanted: impl Fn(Doc) -> bool,
    ) -> Result<Vec<Doc>, ReadError> {
        match self {
            Self::Text(needle) => needle.find(segment, is_wanted),
            Self::Pattern(pattern) => segment.matching(is_wanted, |text| pattern.is_match(text)),
        }
    }

    /// What is gone holds nothing.
    fn is_in_file(&self, library: &Library, id: &PostId) -> bool {
        let Ok((text, _)) = library.archive().read_text(id) else { return false };
        let text = searchable(&text);
        match self {
            Self::Text(needle) => needle.is_in(&text),
            Self::Pattern(pattern) => pattern.is_match(&text),
        }
    }
}

/// Does something with every item, by several threads.
fn on_threads<T, R: Send>(items: impl Iterator<Item = T> + Send, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let items = Mutex::new(items);
    let work_on = || {
        let next = || items.lock().unwrap_or_else(PoisonError::into_inner).next();
        std::iter::from_fn(next).map(&work).collect::<Vec<_>>()
    };
    scope(|scope| {
        let others: Vec<_> = (1..threads()).map(|_| scope.spawn(work_on)).collect();
        let mut all = work_on();
        for thread in others {
            // It only fails where this one would.
            all.extend(thread.join().unwrap_or_default());
        }
        all
    })
}

fn threads() -> usize {
    available_parallelism().map_or(1, |cores| cores.get().min(MOST_THREADS))
}

/// What a query chooses from when the catalog can narrow it no further.
fn everything(query: &Query) -> Query {
    if query.asks_for_bookmarks() { Query::Or(vec![Query::All, Query::Bookmarked]) } else { Query::All }
}
