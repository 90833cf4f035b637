//! What a query finds, and whether it still does.

use crate::query::{Query, Rows, Sort};
use crate::runtime::{Library, LibraryError, Searcher};
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

    /// Looks for the posts of a query.
    pub(super) fn find(
        query: Query,
        library: &mut Library,
        searcher: &mut Searcher,
        versions: Versions,
    ) -> Result<Self, LibraryError> {
        let rows = searcher.find(library, &query, Sort::Newest)?.iter().copied().collect();
        Ok(Self::new(query, versions, rows))
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

/// The versions that the answer to a query depends on; the others are 0.
fn relevant(query: &Query, versions: Versions) -> Versions {
    Versions {
        posts: versions.posts,
        texts: if query.asks_for_text() { versions.texts } else { 0 },
        marks: if query.asks_for_marks() { versions.marks } else { 0 },
    }
}
