//! Patterns within SQL.

use crate::query::Pattern;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Error};

/// Adds the function `matches(pattern, text)`. A pattern is read once a statement.
pub(super) fn add(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("matches", 2, flags, matches)
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
