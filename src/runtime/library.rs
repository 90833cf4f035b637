//! An archive with its catalog and the reader's shelf: what the reader and the subcommands work on.

mod queries;
mod segments;

use crate::app::{Change, Mark};
use crate::config::Paths;
use crate::ingest::Archive;
use crate::post::{Bookmark, PostId, SafeText, ShelfKey, Timestamp};
use crate::store::{self, Batch, Catalog, CatalogError, Entry, Marks, Opened, Shelf, ShelfError};
use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Why the library could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The catalog failed, and neither a new one nor one in memory helped.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The shelf failed: nothing was changed.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The full-text index cannot be written.
    #[error("the full-text index cannot be written: {0}")]
    Index(#[source] io::Error),
    /// The full-text index cannot be read now, although it may be sound.
    #[error("the full-text index cannot be read: {0}")]
    IndexRead(#[source] io::Error),
    /// The post is neither in the archive nor on the shelf.
    #[error("no such post")]
    NoPost,
}

impl LibraryError {
    /// Whether another program holds the catalog, so that it is worth trying again.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Catalog(CatalogError::Busy))
    }
}

/// An archive, its catalog, and the shelf.
#[derive(Debug)]
pub struct Library {
    archive: Arc<Archive>,
    catalog: Catalog,
    shelf: Shelf,
    /// Where the catalog's file is; `None` when it is in memory.
    place: Option<(PathBuf, String)>,
    /// Things the user should know.
    notices: Vec<String>,
    /// Whether the catalog was begun anew since the last synchronisation.
    begun_anew: bool,
    /// Whether it is an error when the catalog is lost.
    insists: bool,
    /// Whether the catalog's copy of the marks may be older than the shelf.
    behind: bool,
    /// Bookmarks that were removed in this run, so that removing one can be undone when its post is gone.
    taken_off: HashMap<PostId, Bookmark>,
    /// The catalog as others had left it when that was asked last.
    others_version: i64,
}

impl Library {
    /// Opens catalog and shelf of an archive. Reads no post. A catalog that cannot be used is replaced by a
    /// new one, and where none can be written by one in memory, with a notice.
    ///
    /// # Errors
    /// When the shelf's folder cannot be read: going on would look as if all bookmarks were lost.
    pub fn open(archive: Archive, paths: &Paths) -> Result<Self, LibraryError> {
        let (shelf, mut notices) = open_shelf(paths)?;
        let key = archive.key();
        let (catalog, place) = match Catalog::open(&paths.cache, &key, archive.name()) {
            Ok((catalog, opened)) => {
                if let Opened::Rebuilt(why) = opened {
                    notices.push(format!("{why}; the archive is read anew"));
                }
                (catalog, Some((paths.cache.clone(), key)))
            }
            Err(error) => {
                notices.push(error.to_string());
                (Catalog::in_memory(archive.name())?, None)
            }
        };
        let others_version = catalog.others_version().unwrap_or_default();
        let mut library = Self {
            archive: Arc::new(archive),
            catalog,
            shelf,
            place,
            notices,
            begun_anew: false,
            insists: false,
            behind: false,
            taken_off: HashMap::new(),
            others_version,
        };
        match library.reconcile() {
            // Another process writes; the marks follow as soon as it lets go.
            Ok(()) | Err(CatalogError::Busy) => Ok(library),
            Err(error) => Err(error.into()),
        }
    }

    /// The files.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The files, for other threads.
    pub fn shared_archive(&self) -> Arc<Archive> {
        Arc::clone(&self.archive)
    }

    /// The reader's bookmarks and read marks.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The same, to add many bookmarks at once. Call [`Library::reconcile`] afterwards.
    pub fn shelf_mut(&mut self) -> &mut Shelf {
        &mut self.shelf
    }

    /// Things the user should know, each once.
    pub fn take_notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Whether the catalog was begun anew since this was asked last, so that the archive must be read again.
    pub fn take_begun_anew(&mut self) -> bool {
        std::mem::take(&mut self.begun_anew)
    }

    /// From now on a catalog that has to be made anew is an error: for whoever asks once and does not read the archive
    /// again. An empty answer would be a wrong one.
    pub fn insist(&mut self) {
        self.insists = true;
    }

    /// Asks the catalog. A damaged one is made anew and a disk that fails is done without; then the question
    /// is put once more.
    ///
    /// # Errors
    /// When that does not help either, or is not [enough](Library::insist), or the catalog is busy for longer than its
    /// time-out.
    pub fn ask<T>(
        &mut self,
        question: impl Fn(&mut Catalog) -> Result<T, CatalogError>,
    ) -> Result<T, CatalogError> {
        match question(&mut self.catalog) {
            Err(
                error
                @ (CatalogError::Damaged(_) | CatalogError::Unwritable(_) | CatalogError::Folder { .. }),
            ) => {
                self.begin_anew(&error)?;
                if self.insists { Err(CatalogError::Lost) } else { question(&mut self.catalog) }
            }
            answer => answer,
        }
    }

    /// Whether another process has written to the catalog since this was asked last.
    ///
    /// # Errors
    /// When the catalog fails.
    pub fn take_changed_elsewhere(&mut self) -> Result<bool, CatalogError> {
        let now = self.ask(|catalog| catalog.others_version())?;
        Ok(std::mem::replace(&mut self.others_version, now) != now)
    }

    /// Empties the catalog, so that every post is read again.
    ///
    /// # Errors
    /// When there cannot even be one in memory.
    pub fn rebuild(&mut self) -> Result<(), CatalogError> {
        let name = self.archive.name().to_owned();
        // The old file must be closed before it is deleted.
        self.catalog = Catalog::in_memory(&name)?;
        if let Some((folder, key)) = &self.place {
            match Catalog::rebuild(folder, key, &name) {
                Ok(catalog) => self.catalog = catalog,
                Err(error) => {
                    self.notices.push(error.to_string());
                    self.place = None;
                }
            }
        }
        self.begun_anew = true;
        self.catalog.reconcile(self.shelf.marks())
    }

    fn begin_anew(&mut self, why: &CatalogError) -> Result<(), CatalogError> {
        self.notices.push(why.to_string());
        if matches!(why, CatalogError::Unwritable(_)) {
            self.place = None;
        }
        self.rebuild()
    }

    /// Sets or removes a mark: first durably on the shelf, then in the catalog. Returns whether the post came
    /// back to the lists by it: a bookmark of a post that is gone, taken off and set again.
    ///
    /// # Errors
    /// When the shelf cannot be written; then nothing has changed.
    pub fn set(&mut self, change: &Change) -> Result<bool, LibraryError> {
        let entry = self.ask(|catalog| catalog.find(&change.id))?;
        let comes_back = entry.is_none();
        let kept = match entry {
            Some(entry) => bookmark(&entry, &self.archive),
            None => self.taken_off.get(&change.id).cloned().ok_or(LibraryError::NoPost)?,
        };
        let key = kept.key.clone();
        match (change.mark, change.on) {
            (Mark::Bookmark, true) => self.shelf.bookmark(&kept)?,
            (Mark::Bookmark, false) => {
                self.shelf.unbookmark(&key)?;
                self.taken_off.insert(change.id.clone(), kept);
            }
            (Mark::Read, on) => self.shelf.set_read(&key, on)?,
        }
        self.copy_mark(key);
        Ok(comes_back)
    }

    /// The mark is safe on the shelf; its copy in the catalog is made now, or as soon as it can be.
    fn copy_mark(&mut self, key: ShelfKey) {
        let Self { catalog, shelf, .. } = self;
        if let Err(error) = catalog.mark(&[key], shelf.marks()) {
            self.behind = true;
            if !matches!(error, CatalogError::Busy) {
                self.notices.push(error.to_string());
            }
        }
    }

    /// Takes in what other processes and other machines have marked, and posts that other processes have
    /// read. Returns whether anything changed.
    ///
    /// # Errors
    /// When the journals or the catalog cannot be read.
    pub fn follow(&mut self) -> Result<bool, LibraryError> {
        let changed = self.shelf.follow()? || self.behind;
        if changed {
            self.reconcile()?;
        }
        Ok(self.take_changed_elsewhere()? || changed)
    }

    /// Brings the catalog's copy of the marks in line with the shelf.
    ///
    /// # Errors
    /// When the catalog fails.
    pub fn reconcile(&mut self) -> Result<(), CatalogError> {
        self.behind = true;
        match self.catalog.reconcile(self.shelf.marks()) {
            Err(CatalogError::Busy) => return Err(CatalogError::Busy),
            Err(error) => self.begin_anew(&error)?,
            Ok(()) => {}
        }
        self.behind = false;
        Ok(())
    }

    /// Makes changes to the catalog, all or none.
    ///
    /// # Errors
    /// When the catalog fails.
    pub fn apply(&mut self, batch: &Batch) -> Result<(), CatalogError> {
        self.ask(|catalog| catalog.apply(batch))
    }

    /// The marks on the shelf.
    pub fn marks(&self) -> &Marks {
        self.shelf.marks()
    }
}

/// Opens the shelf alone, which needs no archive. Returns what is wrong with its journals, too.
///
/// # Errors
/// When its folder cannot be read.
pub fn open_shelf(paths: &Paths) -> Result<(Shelf, Vec<String>), ShelfError> {
    let device = store::device_name(&paths.state);
    let (shelf, damage) = Shelf::open(&paths.shelf(), &device)?;
    Ok((shelf, damage.iter().map(ToString::to_string).collect()))
}

/// A bookmark for a post of an archive, with a copy of what names it.
pub fn bookmark(entry: &Entry, archive: &Archive) -> Bookmark {
    Bookmark {
        key: entry.key.clone(),
        archive: Some(SafeText::label(archive.name())),
        id: entry.header.id.clone(),
        title: entry.header.title.clone(),
        source: entry.header.source.clone(),
        date: entry.header.date,
        url: entry.header.url.clone(),
        added: Timestamp::now(),
    }
}
