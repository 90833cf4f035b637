//! Reading out which posts have which values, a piece at a time.

use super::filing;
use super::filter::{FILED, kind};
use super::{Catalog, CatalogError};
use crate::post::{SafeText, Timestamp};
use crate::query::{Facet, RowId};
use rusqlite::params;

/// The number of a value of a facet in the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(i64);

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// Its number.
    pub id: ValueId,
    /// Of which facet.
    pub facet: Facet,
    /// The value.
    pub value: SafeText,
    /// What people call it, as in [`Count`](crate::query::Count).
    pub name: Option<SafeText>,
}

/// Some of the posts that have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which.
    pub id: PieceId,
    /// The posts, in the order of their numbers.
    pub posts: Vec<RowId>,
}

/// The number of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PieceId {
    /// The value that its posts have.
    pub value: ValueId,
    number: u32,
}

/// How far the dates of the posts have been read, from the newest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedUntil {
    second: i64,
    path: String,
}

impl Default for DatedUntil {
    /// The beginning.
    fn default() -> Self {
        Self { second: i64::MAX, path: String::new() }
    }
}

impl Catalog {
    /// All values that the catalog numbers, those that no post has any more included, in the order of their numbers.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn facet_values(&self) -> Result<Vec<FacetValue>, CatalogError> {
        let mut statement = self.db.prepare_cached("SELECT id, kind, value, name FROM facet ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut values = Vec::new();
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(1)?;
            let Some(facet) = FILED.into_iter().find(|facet| kind(*facet) == number) else { continue };
            values.push(FacetValue {
                id: ValueId(row.get(0)?),
                facet,
                value: SafeText::new(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?),
                name: row.get_ref(3)?.as_str_or_null().map_err(rusqlite::Error::from)?.map(SafeText::new),
            });
        }
        Ok(values)
    }

    /// Values with the posts that have them, in pieces of neighbouring posts, in order of both numbers: at most so many
    /// pieces, after one or from the first on.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn pieces(&self, after: Option<PieceId>, limit: u32) -> Result<Vec<Piece>, CatalogError> {
        let mut statement = self.db.prepare_cached(
            "SELECT facet, piece, posts FROM filed WHERE (facet, piece) > (?1, ?2) ORDER BY facet, piece LIMIT ?3",
        )?;
        let (value, number) = after.map_or((-1, 0), |after| (after.value.0, after.number));
        let pieces = statement.query_map(params![value, number, limit], |row| {
            let (value, number) = (ValueId(row.get(0)?), row.get(1)?);
            let posts = filing::posts(number, row.get_ref(2)?.as_blob()?);
            Ok(Piece { id: PieceId { value, number }, posts })
        })?;
        Ok(pieces.collect::<rusqlite::Result<_>>()?)
    }

    /// The dates of the posts that are there and have one, the newest first: at most so many, after a place, and the
    /// place behind them.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn dates(
        &self,
        after: &DatedUntil,
        limit: u32,
    ) -> Result<(Vec<(RowId, Timestamp)>, DatedUntil), CatalogError> {
        let mut statement = self.db.prepare_cached(DATES)?;
        let mut rows = statement.query(params![after.second, after.path, limit])?;
        let (mut dates, mut until) = (Vec::new(), after.clone());
        while let Some(row) = rows.next()? {
            until.second = row.get(1)?;
            row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?.clone_into(&mut until.path);
            if let Some(date) = Timestamp::new(until.second, row.get(2)?) {
                dates.push((row.get(0)?, date));
            }
        }
        Ok((dates, until))
    }
}

/// The index by date holds all of it.
pub(super) const DATES: &str = "
    SELECT id, date, offset, path FROM post WHERE gone = 0 AND date <= ?1 AND (date < ?1 OR path < ?2)
    ORDER BY date DESC, place DESC, path DESC LIMIT ?3";
