//! What a query finds, whether it still does, and looking for it a part of the archive after the other.

use crate::query::{Query, Rows, Sort};
use crate::runtime::{Hunt, Library, LibraryError, Searcher};
use crate::store::Versions;

/// The posts that a query finds.
#[derive(Debug)]
pub(super) struct Answer {
    query: Query,
    /// What it depends on, when it was right.
    versions: Versions,
    rows: Rows,
}

impl Answer {
    pub(super) fn new(query: Query, versions: Versions, rows: Rows) -> Self {
        let versions = relevant(&query, versions);
        Self { query, versions, rows }
    }

    /// Whether it is the answer to this query, and right in this state of the catalog.
    pub(super) fn is_of(&self, query: &Query, versions: Versions) -> bool {
        self.query == *query && self.versions == relevant(query, versions)
    }

    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }
}

/// An answer that is being looked for, so that whoever asks for something meanwhile waits for a part of it only.
#[derive(Debug, Default)]
pub(super) struct Finding(Option<(Query, Versions, Hunt)>);

impl Finding {
    /// Whether it has begun and is not over.
    pub(super) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Gives up what it has found so far.
    pub(super) fn stop(&mut self) {
        self.0 = None;
    }

    /// Looks at the next part for a query, at the first one if it was another query or catalog until now. Returns the answer when it
    /// is whole: it is that of when it was begun, because one that begins anew with every change may never end.
    pub(super) fn step(
        &mut self,
        query: &Query,
        library: &mut Library,
        searcher: &mut Searcher,
        versions: Versions,
    ) -> Result<Option<Answer>, LibraryError> {
        let is_on =
            |(begun, then, _): &(Query, Versions, Hunt)| begun == query && same_catalog(*then, versions);
        let (query, versions, mut hunt) = match self.0.take().filter(is_on) {
            Some(begun) => begun,
            None => (query.clone(), versions, searcher.hunt(library, query, Sort::Newest)?),
        };
        if !hunt.is_over() {
            searcher.hunt_on(library, &mut hunt)?;
        }
        if hunt.is_over() {
            let rows = hunt.found().iter().copied().collect();
            return Ok(Some(Answer::new(query, versions, rows)));
        }
        self.0 = Some((query, versions, hunt));
        Ok(None)
    }
}

/// Whether two versions are those of one catalog: one that was made anew counts from any other number, and its numbers of
/// posts mean others.
fn same_catalog(one: Versions, other: Versions) -> bool {
    one.posts.abs_diff(other.posts) < 1 << 32
}

/// The versions that the answer to a query depends on; the others are 0.
fn relevant(query: &Query, versions: Versions) -> Versions {
    Versions {
        posts: versions.posts,
        texts: if query.asks_for_text() { versions.texts } else { 0 },
        marks: if query.asks_for_marks() { versions.marks } else { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Batch, Catalog};

    #[test]
    fn a_catalog_that_was_made_anew_is_told_from_one_that_has_changed() {
        let catalog = || Catalog::in_memory("test").unwrap();
        let mut one = catalog();
        let before = one.versions().unwrap();
        one.apply(&Batch::default()).unwrap();
        let after = one.versions().unwrap();
        assert_ne!(before, after);
        assert!(same_catalog(before, after));
        assert!(!same_catalog(before, catalog().versions().unwrap()));
    }
}
