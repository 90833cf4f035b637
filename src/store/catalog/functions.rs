//! Functions within SQL: patterns, variants of characters, and what posts are filed under.

use crate::index::Needle;
use crate::query::{Pattern, RowId, Rows, Term};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Error};
use std::sync::{Arc, Mutex, PoisonError};

/// The sets that the statement which runs asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets(Arc<Mutex<Vec<Rows>>>);

impl Sets {
    /// The sets that the next statement asks for, by their numbers.
    pub(super) fn put(&self, sets: Vec<Rows>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = sets;
    }

    fn contains(&self, set: u32, row: RowId) -> bool {
        let sets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sets.get(set as usize).is_some_and(|rows| rows.contains(row))
    }
}

/// Adds the functions `matches(pattern, text)` and `spells(term, text)`: whether a folded text has a match, or the term
/// in whichever variants of its characters; what is looked for is read once a statement. And `filed(set, post)`.
pub(super) fn add(db: &Connection, sets: &Sets) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("matches", 2, flags, |context| {
        is_in_text(context, |source| Ok(Pattern::new(source)?), Pattern::is_match)
    })?;
    db.create_scalar_function("spells", 2, flags, |context| {
        let needle = |term: &str| Ok(Needle::spelled(Term::with_variants(term).spellings()));
        is_in_text(context, needle, Needle::is_in)
    })?;
    let sets = sets.clone();
    db.create_scalar_function("filed", 2, FunctionFlags::SQLITE_UTF8, move |context| {
        Ok(sets.contains(context.get(0)?, context.get(1)?))
    })
}

fn is_in_text<T: Send + Sync + 'static>(
    context: &Context<'_>,
    read: impl FnOnce(&str) -> Result<T, Box<dyn std::error::Error + Send + Sync>>,
    is_in: impl FnOnce(&T, &str) -> bool,
) -> rusqlite::Result<bool> {
    let wanted = context.get_or_create_aux(0, |value| read(value.as_str()?))?;
    let text = context.get_raw(1).as_str().map_err(|error| Error::UserFunctionError(Box::new(error)))?;
    Ok(is_in(&wanted, text))
}
