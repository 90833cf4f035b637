//! The tables, and how a connection is set up.

use super::functions::Sets;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::time::Duration;

/// To be raised with every change of `schema.sql` or of the meaning of a column, and of what characters fold to.
const VERSION: i64 = 12;

const TABLES: &str = include_str!("schema.sql");

/// How long a write waits for another process.
const BUSY: Duration = Duration::from_secs(5);

/// What stands in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing yet.
    Empty,
    /// A catalog of this version and this archive.
    Current,
    /// A catalog of another version.
    OtherVersion(i64),
    /// A catalog of an archive of another name, whose shelf keys would be wrong.
    OtherArchive,
}

/// `cell_size_check` finds many damaged pages at no cost, `trusted_schema` keeps functions out of a damaged
/// schema. The log may grow to 16 MB before it is copied into the file: filling a catalog touches the same pages
/// again and again. What undoes a single statement is kept in memory (`temp_store`), as are the keys of a sort: in
/// a file, filling a catalog takes seven times as many writes. With `synchronous = NORMAL` a power cut may lose the
/// last writes, which the next synchronisation makes again.
pub(super) fn configure(db: &Connection) -> rusqlite::Result<Sets> {
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(64);
    let sets = Sets::default();
    super::functions::add(db, &sets)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cell_size_check = ON;
         PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 16777216;
         PRAGMA wal_autocheckpoint = 4096; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(sets)
}

pub(super) fn state(db: &Connection, archive: &str) -> rusqlite::Result<State> {
    match version(db)? {
        0 => Ok(State::Empty),
        VERSION => {
            let name: Option<String> =
                db.query_row("SELECT archive FROM about", [], |row| row.get(0)).optional()?;
            Ok(if name.as_deref() == Some(archive) { State::Current } else { State::OtherArchive })
        }
        other => Ok(State::OtherVersion(other)),
    }
}

/// Makes the tables, unless another process has made them since [`state`] was asked.
pub(super) fn create(db: &mut Connection, archive: &str) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&tx)? == 0 {
        make_tables(&tx, archive)?;
    }
    tx.commit()
}

fn make_tables(tx: &Transaction<'_>, archive: &str) -> rusqlite::Result<()> {
    tx.execute_batch(TABLES)?;
    tx.execute(
        "INSERT INTO about VALUES (?1, random() >> 8, random() >> 8, random() >> 8, NULL)",
        [archive],
    )?;
    tx.pragma_update(None, "user_version", VERSION)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}
