//! What can go wrong with a cache, by what to do about it.

use rusqlite::ErrorCode;
use std::path::PathBuf;

/// Why the catalog could not answer.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The file does not hold what a catalog holds. [`Catalog::rebuild`](super::Catalog::rebuild) it.
    #[error("the catalog is damaged and has to be rebuilt: {0}")]
    Damaged(#[source] rusqlite::Error),
    /// The file was damaged, and all that was in it is gone: synchronise again.
    #[error("the catalog was damaged and has been begun anew: `finews sync` fills it")]
    Lost,
    /// Another process kept the catalog locked for longer than the time-out. Try again.
    #[error("the catalog is in use by another process, try again")]
    Busy,
    /// The disk is full, read-only or failing: nothing was changed. Use
    /// [`Catalog::in_memory`](super::Catalog::in_memory).
    #[error("the catalog cannot be written, going on without one: {0}")]
    Unwritable(#[source] rusqlite::Error),
    /// The folder of the catalog cannot be made, or an old file in it cannot be removed. Use
    /// [`Catalog::in_memory`](super::Catalog::in_memory).
    #[error("the cache at {} cannot be used, going on without one: {source}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// In a cache everything unexpected is damage, also SQL that no longer fits the tables, because rebuilding
/// cures it: SQLite even runs out of memory when a damaged length asks for it. Only what the disk and other processes do is told apart.
impl From<rusqlite::Error> for CatalogError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Busy,
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Self::Unwritable(error),
            _ => Self::Damaged(error),
        }
    }
}
