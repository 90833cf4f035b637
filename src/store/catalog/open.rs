//! Opening the catalog's file, or making it again.

use super::functions::Sets;
use super::schema::{self, State};
use super::values::Values;
use super::{Catalog, CatalogError};
use crate::store::lock;
use rusqlite::Connection;
use std::fmt;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What was found at the place of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing: the catalog is empty and the archive has to be read.
    New,
    /// The catalog of the last run.
    Existing,
    /// Something else, which is gone: the catalog is empty and the archive has to be read.
    Rebuilt(RebuildReason),
}

/// Why an existing catalog was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RebuildReason {
    /// SQLite could not read it.
    Damaged(String),
    /// Another version of the program made it, older or newer.
    OtherVersion(i64),
    /// The archive had another name then.
    OtherArchive,
}

impl fmt::Display for RebuildReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(why) => write!(f, "the catalog was damaged ({why})"),
            Self::OtherVersion(version) => write!(f, "the catalog was of another version ({version})"),
            Self::OtherArchive => f.write_str("the archive had another name"),
        }
    }
}

impl Catalog {
    /// Opens the catalog `<dir>/<key>.db`, or makes a new one there. Never reads the archive.
    ///
    /// `key` is a file name without an extension; `archive` is the archive's name, as the shelf knows it
    /// ([`ShelfKey::of_path`](crate::post::ShelfKey::of_path)).
    ///
    /// # Errors
    /// When the folder or the file cannot be used; then take [`Catalog::in_memory`].
    pub fn open(dir: &Path, key: &str, archive: &str) -> Result<(Self, Opened), CatalogError> {
        let _lock = lock(dir, key)?;
        let file = file(dir, key);
        match Self::at(&file, archive) {
            Ok(Found::Usable(catalog, opened)) => Ok((catalog, opened)),
            Ok(Found::Unusable(reason)) => Ok((remake(&file, archive)?, Opened::Rebuilt(reason))),
            Err(CatalogError::Damaged(why)) => {
                let reason = RebuildReason::Damaged(why.to_string());
                Ok((remake(&file, archive)?, Opened::Rebuilt(reason)))
            }
            Err(other) => Err(other),
        }
    }

    /// A catalog that lives as long as its value, for when the cache directory cannot be written.
    ///
    /// # Errors
    /// When memory runs out.
    pub fn in_memory(archive: &str) -> Result<Self, CatalogError> {
        let mut db = Connection::open_in_memory()?;
        let sets = schema::configure(&db)?;
        schema::create(&mut db, archive)?;
        Ok(Self::with(db, sets, archive))
    }

    /// Deletes the catalog `<dir>/<key>.db` and makes an empty one: the cure for [`CatalogError::Damaged`].
    /// Drop the damaged value first.
    ///
    /// # Errors
    /// When the old file cannot be removed or the new one cannot be made.
    pub fn rebuild(dir: &Path, key: &str, archive: &str) -> Result<Self, CatalogError> {
        let _lock = lock(dir, key)?;
        remake(&file(dir, key), archive)
    }

    fn with(db: Connection, sets: Sets, archive: &str) -> Self {
        Self { db, sets, values: Values::default(), archive: archive.into() }
    }

    fn at(file: &Path, archive: &str) -> Result<Found, CatalogError> {
        let mut db = Connection::open(file)?;
        let sets = schema::configure(&db)?;
        let opened = match schema::state(&db, archive)? {
            State::Current => Opened::Existing,
            State::Empty => {
                schema::create(&mut db, archive)?;
                Opened::New
            }
            State::OtherVersion(version) => return Ok(Found::Unusable(RebuildReason::OtherVersion(version))),
            State::OtherArchive => return Ok(Found::Unusable(RebuildReason::OtherArchive)),
        };
        Ok(Found::Usable(Self::with(db, sets, archive), opened))
    }
}

enum Found {
    Usable(Catalog, Opened),
    Unusable(RebuildReason),
}

fn file(dir: &Path, key: &str) -> PathBuf {
    dir.join(format!("{key}.db"))
}

/// Held while a catalog is opened, in a file beside it that is never removed. Without it, a process could
/// delete what another has just made, and SQLite could join one's file to the other's log.
fn lock(dir: &Path, key: &str) -> Result<File, CatalogError> {
    let locked = || {
        fs::create_dir_all(dir)?;
        let file = File::create(dir.join(format!("{key}.lock")))?;
        lock::exclusive(&file)?;
        Ok(file)
    };
    locked().map_err(|source| CatalogError::Folder { path: dir.into(), source })
}

/// Another process that still has the old file open goes on with it; what it writes there is lost, as is
/// allowed for a cache.
fn remake(file: &Path, archive: &str) -> Result<Catalog, CatalogError> {
    for ending in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(CatalogError::Folder { path: path.into(), source });
            }
            _ => {}
        }
    }
    let mut db = Connection::open(file)?;
    let sets = schema::configure(&db)?;
    schema::create(&mut db, archive)?;
    Ok(Catalog::with(db, sets, archive))
}
