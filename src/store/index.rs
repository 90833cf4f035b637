//! The files of the full-text index.

use crate::index::{Read, ReadError, Segment};
use crate::store::{SegmentId, lock};
use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// So many files are enough for everything.
const MANY_FILES: u64 = 4096;

/// The folder in which the segments of one archive are.
#[derive(Clone, Debug)]
pub struct IndexFolder(PathBuf);

/// Held by the process that writes an index.
#[derive(Debug)]
pub struct IndexLock {
    _file: File,
}

/// The segments of the largest archives are some hundred files, all open: more than a process may have at first on some
/// systems (256 on macOS). Failing to get more is told by the search that needs them.
pub fn allow_many_files() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(MANY_FILES, |most| most.min(MANY_FILES));
    if limit.current.is_some_and(|current| current < wanted) {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit });
    }
}

/// Whether a file could not be opened or read for want of something that there may be again: it says nothing about the
/// file.
pub fn is_shortage(error: &io::Error) -> bool {
    let shortages = [Errno::MFILE, Errno::NFILE, Errno::NOMEM];
    shortages.iter().any(|shortage| error.raw_os_error() == Some(shortage.raw_os_error()))
}

/// The file of a segment.
#[derive(Debug)]
pub struct SegmentFile {
    file: File,
    length: usize,
}

impl Read for SegmentFile {
    fn read(&self, range: Range<usize>) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; range.len()];
        self.file.read_exact_at(&mut bytes, range.start as u64)?;
        Ok(bytes)
    }

    fn len(&self) -> usize {
        self.length
    }
}

impl IndexFolder {
    /// The folder beside the catalog `<dir>/<key>.db`.
    pub fn of(dir: &Path, key: &str) -> Self {
        Self(dir.join(format!("{key}.index")))
    }

    /// Opens a segment.
    ///
    /// # Errors
    /// When its file is gone, damaged or of another version.
    pub fn open(&self, segment: SegmentId) -> Result<Segment<SegmentFile>, ReadError> {
        let file = File::open(self.path(segment))?;
        let length = usize::try_from(file.metadata()?.len()).map_err(|_too_long| ReadError::Damaged)?;
        Segment::open(SegmentFile { file, length })
    }

    /// Writes the file of a segment, whole or not at all. It needs no sync: what a power cut takes, the checksums
    /// show, and it is made again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, segment: SegmentId, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let unfinished = self.path(segment).with_extension("new");
        let written =
            fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, self.path(segment)));
        if written.is_err() {
            // Where the disk is full, the half of a segment is the last thing that is wanted.
            let _ = fs::remove_file(unfinished);
        }
        written
    }

    /// Makes this process the one that writes the index, until the lock is dropped; `None` if another one is.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lock(&self) -> io::Result<Option<IndexLock>> {
        fs::create_dir_all(&self.0)?;
        // Beside the folder: that may be deleted at any time, and who holds the lock then still holds it.
        let file = File::create(self.0.with_extension("index-lock"))?;
        Ok(lock::try_exclusive(&file)?.then_some(IndexLock { _file: file }))
    }

    /// Removes every file that is none of these segments. Only for the one process that writes the index.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn keep_only(&self, segments: &[SegmentId]) -> io::Result<()> {
        let kept: Vec<PathBuf> = segments.iter().map(|&segment| self.path(segment)).collect();
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_ours = path.extension().is_some_and(|ending| ending == "segment" || ending == "new");
            if is_ours && !kept.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn path(&self, segment: SegmentId) -> PathBuf {
        self.0.join(format!("{}.segment", segment.0))
    }
}
