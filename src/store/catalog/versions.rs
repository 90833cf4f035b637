//! Whether anything has changed since it was last looked at.

use super::{Catalog, CatalogError};
use rusqlite::Connection;

/// Numbers of which each is another one after something has changed, by this process or another one, or after the
/// catalog was made anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Any post.
    pub posts: i64,
    /// Any post or segment of the index.
    pub texts: i64,
    /// Any mark. Posts that come with marks are posts.
    pub marks: i64,
}

impl Catalog {
    /// The versions of what the catalog holds.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn versions(&self) -> Result<Versions, CatalogError> {
        let mut statement = self.db.prepare_cached("SELECT posts, texts, marks FROM about")?;
        let versions = statement.query_row([], |row| {
            Ok(Versions { posts: row.get(0)?, texts: row.get(1)?, marks: row.get(2)? })
        })?;
        Ok(versions)
    }
}

/// To be called in every transaction that changes posts.
pub(super) fn posts_changed(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE about SET posts = posts + 1, texts = texts + 1")?.execute([]).map(drop)
}

/// To be called in every transaction that changes segments of the index.
pub(super) fn texts_changed(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE about SET texts = texts + 1")?.execute([]).map(drop)
}

/// To be called in every transaction that changes marks.
pub(super) fn marks_changed(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE about SET marks = marks + 1")?.execute([]).map(drop)
}
