//! Writing to a journal so that it stays written.

use crate::store::lock;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

/// What a journal is written on. A trait, so that a test can cut the power between any two steps.
pub(super) trait Medium {
    /// Its length in bytes.
    fn length(&self) -> io::Result<u64>;
    /// Whether the last line has its line end; true for an empty journal.
    fn ends_cleanly(&self) -> io::Result<bool>;
    /// Writes at the end.
    fn append(&mut self, text: &[u8]) -> io::Result<()>;
    /// Returns when what was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;
    /// Returns when the journal's name is on the disk.
    fn sync_name(&mut self) -> io::Result<()>;
    /// Cuts off what stands after this length.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// Appends whole lines. When it returns, they are on the disk; when it fails, as far as the disk still obeys,
/// nothing is left of them.
pub(super) fn append_durably(medium: &mut impl Medium, lines: &str) -> io::Result<()> {
    let before = medium.length()?;
    let written = write_and_sync(medium, lines, before == 0);
    if written.is_err() {
        // The first error is the one to tell. Half a line that cannot be cut off is a torn line: skipped.
        let _ = medium.cut(before);
    }
    written
}

fn write_and_sync(medium: &mut impl Medium, lines: &str, is_new: bool) -> io::Result<()> {
    if !medium.ends_cleanly()? {
        // A power cut tore the last line; the next one must not become part of it.
        medium.append(b"\n")?;
    }
    medium.append(lines.as_bytes())?;
    medium.sync()?;
    if is_new { medium.sync_name() } else { Ok(()) }
}

/// A journal file that this value has locked against all other writers, until it is dropped.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens or makes the file and waits for its lock.
    pub(super) fn lock(path: &Path) -> io::Result<Self> {
        loop {
            let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
            if !file.metadata()?.is_file() {
                return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
            }
            lock::exclusive(&file)?;
            // While we waited, another process may have put a rewritten journal in its place.
            if is_at(&file, path)? {
                return Ok(Self { file, path: path.into() });
            }
        }
    }

    /// All that it holds.
    pub(super) fn read(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path)
    }

    /// Puts another content in its place: at any moment the file holds the one or the other, whole.
    pub(super) fn replace(&self, content: &[u8]) -> io::Result<()> {
        // Behind a symbolic link the file is replaced, not the link.
        let path = fs::canonicalize(&self.path)?;
        let folder = folder_of(&path);
        let mut new = tempfile::Builder::new().prefix(".shelf-").suffix(".tmp").tempfile_in(folder)?;
        new.write_all(content)?;
        new.as_file().set_permissions(self.file.metadata()?.permissions())?;
        new.as_file().sync_all()?;
        new.persist(&path)?;
        sync_folder(folder)
    }
}

impl Medium for Journal {
    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn ends_cleanly(&self) -> io::Result<bool> {
        let Some(last) = self.length()?.checked_sub(1) else { return Ok(true) };
        let mut byte = [0];
        self.file.read_exact_at(&mut byte, last)?;
        Ok(byte == *b"\n")
    }

    fn append(&mut self, text: &[u8]) -> io::Result<()> {
        self.file.write_all(text)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn sync_name(&mut self) -> io::Result<()> {
        sync_folder(folder_of(&self.path))
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.sync_data()
    }
}

/// Makes the folder and those above it, and returns when their names are on the disk.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = folder_of(path);
    make_folder(above)?;
    match fs::create_dir(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => sync_folder(above),
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let open = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (open.dev(), open.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// The folder a path is in; the current one for a bare name.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
