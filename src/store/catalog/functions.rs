//! Functions within SQL: patterns, and what posts are filed under.

use crate::query::{Pattern, RowId, Rows};
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

/// Adds `matches(pattern, text)`, whose pattern is read once a statement, and `filed(set, post)`.
pub(super) fn add(db: &Connection, sets: &Sets) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("matches", 2, flags, matches)?;
    let sets = sets.clone();
    db.create_scalar_function("filed", 2, FunctionFlags::SQLITE_UTF8, move |context| {
        Ok(sets.contains(context.get(0)?, context.get(1)?))
    })
}

fn matches(context: &Context<'_>) -> rusqlite::Result<bool> {
    let pattern = context.get_or_create_aux(
        0,
        |value| -> Result<Pattern, Box<dyn std::error::Error + Send + Sync>> {
            Ok(Pattern::new(value.as_str()?)?)
        },
    )?;
    let text = context.get_raw(1).as_str().map_err(|error| Error::UserFunctionError(Box::new(error)))?;
    Ok(pattern.is_match(text))
}
