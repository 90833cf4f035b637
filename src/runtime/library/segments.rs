//! The full-text index of a library: files that count from the moment the catalog names them.

use super::{Library, LibraryError};
use crate::index::{ReadError, Segment};
use crate::post::Stamp;
use crate::query::RowId;
use crate::store::{Catalog, IndexFolder, IndexLock, SegmentFile, SegmentId};
use std::io;

impl Library {
    /// Whether there is a place for the index: beside a catalog that is on the disk.
    pub fn has_index(&self) -> bool {
        self.place.is_some()
    }

    /// Writes a segment of the full-text index and makes it count. Returns how many of its posts it counts for: not for
    /// those whose files have changed since the last synchronisation.
    ///
    /// # Errors
    /// When it cannot be written, or the catalog fails; then it does not count.
    pub fn add_segment(
        &mut self,
        segment: SegmentId,
        bytes: &[u8],
        posts: &[(RowId, Stamp)],
    ) -> Result<usize, LibraryError> {
        let Some(folder) = self.index_folder() else { return Ok(0) };
        folder.write(segment, bytes).map_err(LibraryError::Index)?;
        Ok(self.ask(|catalog| catalog.add_segment(segment, size(bytes), posts))?)
    }

    /// Writes a segment in the place of several, and makes it count for them.
    ///
    /// # Errors
    /// When it cannot be written, or the catalog fails; then the old ones go on counting.
    pub fn replace_segments(&mut self, old: &[SegmentId], bytes: &[u8]) -> Result<(), LibraryError> {
        let Some(folder) = self.index_folder() else { return Ok(()) };
        let new = self.ask(|catalog| catalog.next_segment())?;
        folder.write(new, bytes).map_err(LibraryError::Index)?;
        self.ask(|catalog| catalog.replace_segments(old, new, size(bytes)))?;
        self.remove_old_segments(&folder)
    }

    /// Makes this process the one that writes the full-text index, and removes what others have left unfinished;
    /// `None` if another one is at it, or if there is no place for an index.
    ///
    /// # Errors
    /// When the folder of the index cannot be written.
    pub fn lock_index(&mut self) -> Result<Option<IndexLock>, LibraryError> {
        let Some(folder) = self.index_folder() else { return Ok(None) };
        let lock = folder.lock().map_err(LibraryError::Index)?;
        if lock.is_some() {
            self.ask(Catalog::drop_stale_segments)?;
            self.remove_old_segments(&folder)?;
        }
        Ok(lock)
    }

    fn remove_old_segments(&mut self, folder: &IndexFolder) -> Result<(), LibraryError> {
        let named = self.ask(|catalog| catalog.segments())?;
        let named: Vec<SegmentId> = named.into_iter().map(|(segment, _)| segment).collect();
        folder.keep_only(&named).map_err(LibraryError::Index)
    }

    /// Opens a segment of the full-text index.
    ///
    /// # Errors
    /// When its file is gone or damaged.
    pub fn open_segment(&self, segment: SegmentId) -> Result<Segment<SegmentFile>, ReadError> {
        self.segment_opener()(segment)
    }

    /// What opens segments as [`Library::open_segment`] does, for several threads.
    pub fn segment_opener(
        &self,
    ) -> impl Fn(SegmentId) -> Result<Segment<SegmentFile>, ReadError> + Sync + use<> {
        let folder = self.index_folder();
        let gone = || ReadError::Io(io::ErrorKind::NotFound.into());
        move |segment| folder.as_ref().ok_or_else(gone)?.open(segment)
    }

    fn index_folder(&self) -> Option<IndexFolder> {
        self.place.as_ref().map(|(folder, key)| IndexFolder::of(folder, key))
    }
}

/// As the catalog notes it.
fn size(segment: &[u8]) -> u32 {
    u32::try_from(segment.len()).unwrap_or(u32::MAX)
}
