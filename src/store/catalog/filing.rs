//! What posts are filed under: of each value of a facet the posts that have it, and how many they are.
//!
//! A row for every post and value would cost more than all the rest of the catalog. So a value has the numbers of its
//! posts packed together, in pieces of neighbouring numbers, and each post has the numbers of its values.

use crate::query::{RowId, Rows};
use foldhash::fast::RandomState;
use rusqlite::{Connection, OptionalExtension, Params, params};
use std::collections::HashMap;

/// The posts of so many consecutive numbers are in one piece of a list: as many as two bytes can tell apart.
const PIECE: u32 = 1 << 16;

/// The number of the value that every post has. Only its counts are kept.
const EVERY: i64 = 0;

/// What changes in one transaction. The lists and counts are written once at its end, however many posts it has.
#[derive(Debug, Default)]
pub(super) struct Filing {
    /// Which posts come and go, by value and piece.
    lists: HashMap<(i64, u32), Vec<(u16, bool)>, RandomState>,
    counts: HashMap<i64, Counts, RandomState>,
}

/// By how many posts a value grows.
#[derive(Debug, Default)]
struct Counts {
    total: i64,
    unread: i64,
}

impl Filing {
    /// Files a post under these values.
    pub(super) fn add(&mut self, row: RowId, read: bool, values: &[i64]) {
        self.change(row, read, values, true);
    }

    /// Takes a post away.
    pub(super) fn remove(&mut self, row: RowId, read: bool, values: &[i64]) {
        self.change(row, read, values, false);
    }

    fn change(&mut self, row: RowId, read: bool, values: &[i64], on: bool) {
        let (piece, place) = (row.0 / PIECE, u16::try_from(row.0 % PIECE).unwrap_or(u16::MAX));
        for &value in values {
            self.lists.entry((value, piece)).or_default().push((place, on));
        }
        let one = if on { 1 } else { -1 };
        self.count(values, one, if read { 0 } else { one });
    }

    /// A post with these values has become read, or unread.
    pub(super) fn mark(&mut self, read: bool, values: &[i64]) {
        self.count(values, 0, if read { -1 } else { 1 });
    }

    fn count(&mut self, values: &[i64], total: i64, unread: i64) {
        for &value in values.iter().chain(&[EVERY]) {
            let counts = self.counts.entry(value).or_default();
            counts.total += total;
            counts.unread += unread;
        }
    }

    /// Writes it all down.
    pub(super) fn write(self, db: &Connection) -> rusqlite::Result<()> {
        let mut update =
            db.prepare_cached("UPDATE facet SET total = total + ?2, unread = unread + ?3 WHERE id = ?1")?;
        for (value, Counts { total, unread }) in self.counts {
            update.execute(params![value, total, unread])?;
        }
        let mut select = db.prepare_cached("SELECT posts FROM filed WHERE facet = ?1 AND piece = ?2")?;
        let mut replace = db.prepare_cached("INSERT OR REPLACE INTO filed VALUES (?1, ?2, ?3)")?;
        let mut lists: Vec<_> = self.lists.into_iter().collect();
        lists.sort_unstable_by_key(|(list, _)| *list);
        for ((value, piece), changes) in lists {
            let posts = select.query_row([value, piece.into()], |row| Ok(places(row.get_ref(0)?.as_blob()?)));
            let mut posts: Vec<u16> = posts.optional()?.unwrap_or_default();
            for (place, on) in changes {
                match (posts.binary_search(&place), on) {
                    (Err(at), true) => posts.insert(at, place),
                    (Ok(at), false) => drop(posts.remove(at)),
                    _ => {}
                }
            }
            let posts: Vec<u8> = posts.iter().flat_map(|place| place.to_le_bytes()).collect();
            replace.execute(params![value, piece, posts])?;
        }
        Ok(())
    }
}

/// The posts that are filed under any of the values that meet a condition.
pub(super) fn filed(db: &Connection, values: &str, params: impl Params) -> rusqlite::Result<Rows> {
    let sql = format!("SELECT piece, posts FROM filed WHERE facet IN (SELECT id FROM facet WHERE {values})");
    let mut statement = db.prepare_cached(&sql)?;
    let mut pieces = statement.query(params)?;
    let mut rows = Rows::default();
    while let Some(piece) = pieces.next()? {
        rows.extend(posts(piece.get(0)?, piece.get_ref(1)?.as_blob()?));
    }
    Ok(rows)
}

/// The posts of a piece, by its number.
pub(super) fn posts(piece: u32, posts: &[u8]) -> Vec<RowId> {
    let first = piece.saturating_mul(PIECE);
    places(posts).into_iter().map(|place| RowId(first.saturating_add(place.into()))).collect()
}

fn places(posts: &[u8]) -> Vec<u16> {
    posts.as_chunks().0.iter().map(|place| u16::from_le_bytes(*place)).collect()
}

/// The numbers of the values of one post, as its row keeps them.
pub(super) fn packed(values: &[i64]) -> Vec<u8> {
    values.iter().filter_map(|value| u32::try_from(*value).ok()).flat_map(u32::to_le_bytes).collect()
}

/// The inverse of [`packed`].
pub(super) fn unpacked(values: &[u8]) -> Vec<i64> {
    values.as_chunks().0.iter().map(|value| u32::from_le_bytes(*value).into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_values_of_a_post_come_back(values: Vec<u32>) {
            let values: Vec<i64> = values.into_iter().map(i64::from).collect();
            prop_assert_eq!(unpacked(&packed(&values)), values);
        }
    }
}
