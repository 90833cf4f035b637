//! The numbers of the values of facets.

use super::filter::kind;
use super::write::Label;
use crate::query::{Facet, fold};
use foldhash::fast::RandomState;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// More values than this are not remembered: some megabytes.
const MOST: usize = 1 << 16;

/// The conflict changes what has no name yet, or nothing: `DO NOTHING` would return nothing.
const INSERT: &str = "
    INSERT INTO facet (kind, value, name, search) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (kind, value) DO UPDATE SET
        name = coalesce(name, excluded.name), search = iif(name IS NULL, excluded.search, search)
    RETURNING id, name IS NOT NULL";

/// The values that were met so far, kept from one transaction to the next: most values of a post are those of the posts
/// before, and of an archive that is read for the first time there are thousands in every transaction. No value ever gets
/// another number or loses its name, whoever writes.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// The number of each, and whether it has a name.
    known: HashMap<Facet, HashMap<String, (i64, bool), RandomState>>,
}

impl Values {
    /// The same for the next transaction; none if they are too many.
    pub(super) fn for_next(self) -> Self {
        let is_small = self.known.values().map(HashMap::len).sum::<usize>() <= MOST;
        if is_small { self } else { Self::default() }
    }

    /// The number of a value, which is a new one if there is none.
    pub(super) fn number(
        &mut self,
        db: &Connection,
        Label { facet, value, name }: &Label<'_>,
    ) -> rusqlite::Result<i64> {
        let known = self.known.entry(*facet).or_default();
        if let Some(&(number, is_named)) = known.get(value.as_ref())
            && (is_named || name.is_none())
        {
            return Ok(number);
        }
        let search = fold(&name.map_or_else(|| value.to_string(), |name| format!("{value} {name}")));
        let params = params![kind(*facet), value, name, search];
        let (number, is_named) =
            db.prepare_cached(INSERT)?.query_row(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
        known.insert(value.to_string(), (number, is_named));
        Ok(number)
    }
}
