//! Which posts are marked.

use crate::query::{Query, Rows, Sort};
use crate::runtime::{Library, LibraryError};
use crate::store::Versions;

/// The posts that have been read and those that are kept, with a bit each.
#[derive(Debug, Default)]
pub(super) struct Marked {
    read: Rows,
    bookmarked: Rows,
    /// The posts and marks that this is of.
    of: Option<(i64, i64)>,
}

impl Marked {
    /// Asks the catalog again if anything has changed. Returns whether it was asked.
    pub(super) fn refresh(
        &mut self,
        library: &mut Library,
        versions: Versions,
    ) -> Result<bool, LibraryError> {
        let now = Some((versions.posts, versions.marks));
        if self.of == now {
            return Ok(false);
        }
        self.read = library.ask(|catalog| catalog.read_rows())?.into_iter().collect();
        let bookmarked = library.ask(|catalog| catalog.rows(&Query::Bookmarked, Sort::Newest))?;
        self.bookmarked = bookmarked.into_iter().collect();
        self.of = now;
        Ok(true)
    }

    /// The posts that have been read.
    pub(super) fn read(&self) -> &Rows {
        &self.read
    }

    /// The posts that the reader keeps.
    pub(super) fn bookmarked(&self) -> &Rows {
        &self.bookmarked
    }

    /// The state of posts and marks that this is of.
    pub(super) fn version(&self) -> Option<(i64, i64)> {
        self.of
    }
}
