//! Putting what a query has found in the order of how much it is about it.

use super::{Searcher, on_threads, threads};
use crate::index::{Count, Doc, Extent, Needle, Rank, ReadError, Segment, Tally, tally};
use crate::query::{Listed, Query, RowId, Rows, Sort, fold};
use crate::runtime::indexing::searchable;
use crate::runtime::{Library, LibraryError};
use crate::store::{Contents, SegmentFile, SegmentId};
use std::collections::HashMap;
use std::sync::Arc;

/// A list that is being put in order. It keeps the segments that it looks into, so that the index may change meanwhile.
#[derive(Debug)]
pub struct Ranking {
    query: Query,
    /// The words that the query wants.
    needles: Vec<Needle>,
    /// What was found, newest first.
    found: Arc<[RowId]>,
    hits: Rows,
    contents: Contents,
    /// The segments that have not been looked into yet.
    segments: Vec<(SegmentId, Arc<Segment<SegmentFile>>)>,
    is_over: bool,
    /// All posts that have been looked at.
    extent: Extent,
    /// What they have of each needle.
    tallies: Vec<Tally>,
}

impl Searcher {
    /// Begins to put the posts that meet a query in the order of [`Sort::Relevance`].
    ///
    /// # Errors
    /// As [`Searcher::find`].
    pub fn rank(&mut self, library: &mut Library, query: &Query) -> Result<Ranking, LibraryError> {
        let found = self.find(library, query, Sort::Newest)?;
        self.refresh(library)?;
        let needles: Vec<Needle> =
            query.words().into_iter().map(|term| Needle::spelled(term.spellings())).collect();
        let segments = self.segments.iter().map(|(name, segment)| (*name, Arc::clone(segment)));
        Ok(Ranking {
            query: query.clone(),
            hits: found.iter().copied().collect(),
            found,
            contents: self.contents.clone(),
            segments: segments.collect(),
            is_over: false,
            extent: Extent::default(),
            tallies: vec![Tally::default(); needles.len()],
            needles,
        })
    }

    /// Looks into a few more segments, and at last at the posts that are in none.
    ///
    /// # Errors
    /// As [`Searcher::find`]. When a segment is damaged, it begins anew without it.
    pub fn rank_on(&mut self, library: &mut Library, ranking: &mut Ranking) -> Result<(), LibraryError> {
        if ranking.segments.is_empty() {
            ranking.read_files(library);
            ranking.look_at_titles(library)?;
            ranking.is_over = true;
            return Ok(());
        }
        let damaged = ranking.look_into_segments();
        if !damaged.is_empty() {
            self.drop_damaged(library, damaged)?;
            *ranking = self.rank(library, &ranking.query)?;
        }
        Ok(())
    }

    /// Puts all of them in order.
    pub(super) fn find_ranked(
        &mut self,
        library: &mut Library,
        query: &Query,
    ) -> Result<Arc<[RowId]>, LibraryError> {
        let mut ranking = self.rank(library, query)?;
        while !ranking.is_over() {
            self.rank_on(library, &mut ranking)?;
        }
        Ok(ranking.in_order())
    }
}

impl Ranking {
    /// Whether everything has been looked at.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The posts: first those that are most about what the query wants; of those that are equally, the newest.
    pub fn in_order(&self) -> Arc<[RowId]> {
        let mut scores: HashMap<RowId, f64> = HashMap::new();
        for tally in &self.tallies {
            let rank = Rank::new(tally.holders, self.extent);
            for (doc, count, bytes) in &tally.counts {
                *scores.entry(RowId(doc.row)).or_default() += rank.score(*count, *bytes);
            }
        }
        let score = |row: &RowId| scores.get(row).copied().unwrap_or_default();
        let mut rows = self.found.to_vec();
        // The order among equals stays.
        rows.sort_by(|one, other| score(other).total_cmp(&score(one)));
        rows.into()
    }

    /// Looks into as many segments as there are threads. Returns those that are damaged.
    fn look_into_segments(&mut self) -> Vec<(SegmentId, ReadError)> {
        let some = self.segments.split_off(self.segments.len().saturating_sub(threads()));
        let (hits, indexed) = (&self.hits, &self.contents.indexed);
        let is_current = |doc: Doc| indexed.is_current(doc.row, doc.version);
        let parts = on_threads(some.into_iter(), |(name, segment)| {
            let tallies = tally(&self.needles, &segment, is_current, |doc| hits.contains(RowId(doc.row)));
            (name, tallies.map(|tallies| (segment.extent(is_current), tallies)))
        });
        let mut damaged = Vec::new();
        for (name, part) in parts {
            match part {
                Ok((extent, tallies)) => self.add(extent, tallies),
                Err(error) => damaged.push((name, error)),
            }
        }
        damaged
    }

    /// Reads the posts that are in no segment, as many as a search does.
    fn read_files(&mut self, library: &Library) {
        for (row, id) in std::mem::take(&mut self.contents.unindexed) {
            if let Ok((text, _)) = library.archive().read_text(&id) {
                let text = searchable(&text);
                self.extent.add(length(&text));
                self.count(row, &text);
            }
        }
    }

    /// Of bookmarks whose file is gone there is the title alone.
    fn look_at_titles(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        if self.query.asks_for_bookmarks() {
            let mut rows = library.ask(|catalog| catalog.rows(&Query::Bookmarked, Sort::Newest))?;
            rows.retain(|row| self.hits.contains(*row));
            let lines = library.ask(|catalog| catalog.listed(&rows))?;
            for Listed { row, title, .. } in lines.into_iter().filter(|line| line.gone) {
                self.count(row, &fold(&title));
            }
        }
        Ok(())
    }

    fn add(&mut self, extent: Extent, tallies: Vec<Tally>) {
        self.extent.posts += extent.posts;
        self.extent.bytes += extent.bytes;
        for (all, some) in self.tallies.iter_mut().zip(tallies) {
            all.holders += some.holders;
            all.counts.extend(some.counts);
        }
    }

    /// Adds what one text has.
    fn count(&mut self, row: RowId, text: &str) {
        let is_hit = self.hits.contains(row);
        for (needle, tally) in self.needles.iter().zip(&mut self.tallies) {
            let count = needle.count(text);
            if count != Count::default() {
                tally.holders += 1;
                let counts = is_hit.then_some((Doc { row: row.0, version: 0 }, count, length(text)));
                tally.counts.extend(counts);
            }
        }
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
