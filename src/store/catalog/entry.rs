//! What the catalog answers with.

use crate::post::{Header, PostId, SafeText, ShelfKey, Timestamp};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A post's number in its catalog. Never reused for another post, but a rebuilt catalog numbers anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl FromSql for RowId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let id = value.as_i64()?;
        u32::try_from(id).map(Self).map_err(|_too_large| FromSqlError::OutOfRange(id))
    }
}

impl ToSql for RowId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// What a line of the list needs to know of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub row: RowId,
    /// Its path in the archive.
    pub id: PostId,
    /// Its title.
    pub title: SafeText,
    /// When it was published.
    pub date: Option<Timestamp>,
    /// Who published it.
    pub source: Option<SafeText>,
    /// Whether the reader has read it.
    pub read: bool,
    /// Whether the reader keeps it.
    pub bookmarked: bool,
    /// Whether only the bookmark is left of it.
    pub gone: bool,
}

/// All that the catalog knows of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub row: RowId,
    /// The key of its marks on the shelf.
    pub key: ShelfKey,
    /// Its header; of a post that is gone, what the bookmark kept of it.
    pub header: Header,
    /// Whether the reader has read it.
    pub read: bool,
    /// Whether the reader keeps it.
    pub bookmarked: bool,
    /// Whether only the bookmark is left of it.
    pub gone: bool,
}

/// How often a value of a facet occurs among the posts that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The source, category or tag.
    pub value: SafeText,
    /// Posts with it.
    pub total: u32,
    /// Those of them not yet read.
    pub unread: u32,
}

/// The sums of a catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Posts that are there.
    pub posts: u32,
    /// Those of them not yet read.
    pub unread: u32,
    /// Bookmarks, also those whose post is gone: as many as [`Query::Bookmarked`](crate::query::Query) finds.
    pub bookmarked: u32,
}
