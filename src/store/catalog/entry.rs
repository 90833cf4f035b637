//! What the catalog answers with.

use crate::post::{Header, ShelfKey};
use crate::query::RowId;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

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
