//! The shelf: what the reader keeps and has read, and the saved queries. The one thing of this program that cannot be made again.
//!
//! # Files
//! A folder of journals, `<device>.jsonl`, of which each device writes only its own, so that the folder can
//! live in git, in Syncthing or on a network drive. The state is the fold of all journals: of each post (or
//! saved query) and field the latest line counts (by time, then device), whatever the order of files and lines.
//!
//! # Lines
//! ```text
//! {"v":1,"t":"2026-01-02T03:04:05.678Z","d":"laptop","k":"//example.cn/a.html","f":"read","x":true,"c":"746af624"}
//! ```
//! | | |
//! |---|---|
//! | `v` | version of the line's format, 1 |
//! | `t` | when it was written, UTC with milliseconds; raised when the clock lags behind what it replaces |
//! | `d` | the device that wrote it |
//! | `k` | the post: a [`ShelfKey`]; of a query its name |
//! | `f` | the field: `read`, `bookmark` or `query` |
//! | `x` | its value: `true` or `false`; a [`Bookmark`] or a [`SavedQuery`], or `null` for one that was taken back |
//! | `c` | always last: CRC-32 (IEEE) of all bytes of the line before `,"c"`, as eight lower-case hex digits |
//!
//! Lines that are damaged, and lines and fields of later versions, are passed over and never deleted.
//!
//! # Promises
//! A change is on the disk when the call that makes it returns; when it returns an error nothing has changed.
//! A line that a power cut tears swallows no other line.

mod compact;
mod follow;
mod journal;
mod line;
mod lines;
mod marks;
mod transfer;

pub use follow::Damage;
pub use line::Flaw;
pub use marks::Marks;
pub use transfer::Imported;

use crate::post::{Bookmark, SafeText, SavedQuery, ShelfKey};
use follow::Followed;
use journal::Journal;
use line::{Dated, Field, Line};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Why the shelf could not do what it was asked. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The device's name cannot be a file name.
    #[error("“{0}” cannot be the name of a device: use letters, digits, `-`, `_` and `.`")]
    Device(String),
    /// The journals cannot be read.
    #[error("cannot read the bookmarks in {}: {source}", path.display())]
    Read {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The journal cannot be written: a full disk, a missing permission.
    #[error("not saved, {} cannot be written: {source}", path.display())]
    Write {
        /// The journal.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The text to import cannot be read.
    #[error("cannot read what to import: {0}")]
    Import(#[source] io::Error),
    /// The export cannot be written.
    #[error("cannot write the export: {0}")]
    Export(#[source] io::Error),
}

/// One change of the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Keep a post.
    Bookmark(Bookmark),
    /// Keep it no longer.
    Unbookmark(ShelfKey),
    /// Mark a post as read or unread.
    Read(ShelfKey, bool),
    /// Keep a query under its name, whatever had that name before.
    SaveQuery(SavedQuery),
    /// Keep the query of this name no longer.
    DropQuery(SafeText),
}

/// The reader's bookmarks, read marks and saved queries, and the journals they live in.
#[derive(Debug)]
pub struct Shelf {
    folder: PathBuf,
    device: Box<str>,
    /// This device's journal.
    own: PathBuf,
    marks: Marks,
    followed: Followed,
    /// The length from which on the own journal is worth rewriting.
    compact_at: u64,
    /// Milliseconds since 1970; a field so that tests can set the clock back.
    clock: fn() -> i64,
}

impl Shelf {
    /// Reads all journals in the folder, which need not exist yet; `device` names the journal to write to.
    /// Writes nothing. Also tells which lines could not be read; they stay where they are.
    ///
    /// # Errors
    /// When the folder cannot be listed, or the device's name is no file name. A single journal that cannot
    /// be read is [`Damage`].
    pub fn open(folder: &Path, device: &str) -> Result<(Self, Vec<Damage>), ShelfError> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if device.is_empty() || device.starts_with('.') || device.len() > 200 || !device.chars().all(plain) {
            return Err(ShelfError::Device(device.into()));
        }
        let mut shelf = Self {
            folder: folder.into(),
            device: device.into(),
            own: folder.join(format!("{device}.jsonl")),
            marks: Marks::default(),
            followed: Followed::default(),
            compact_at: compact::WORTHWHILE,
            clock: || jiff::Timestamp::now().as_millisecond(),
        };
        let journals = shelf.journals()?;
        let damage = shelf.read_all(journals);
        Ok((shelf, damage))
    }

    /// Keeps a post.
    ///
    /// # Errors
    /// When it cannot be saved; then nothing has changed.
    pub fn bookmark(&mut self, bookmark: &Bookmark) -> Result<(), ShelfError> {
        self.change(vec![Change::Bookmark(bookmark.clone())])
    }

    /// Keeps a post no longer.
    ///
    /// # Errors
    /// When it cannot be saved; then nothing has changed.
    pub fn unbookmark(&mut self, key: &ShelfKey) -> Result<(), ShelfError> {
        self.change(vec![Change::Unbookmark(key.clone())])
    }

    /// Marks a post as read or unread.
    ///
    /// # Errors
    /// When it cannot be saved; then nothing has changed.
    pub fn set_read(&mut self, key: &ShelfKey, read: bool) -> Result<(), ShelfError> {
        self.change(vec![Change::Read(key.clone(), read)])
    }

    /// Makes many changes, in order, for the price of one: either all are saved or none is.
    ///
    /// # Errors
    /// When they cannot be saved; then nothing has changed.
    pub fn change(&mut self, changes: Vec<Change>) -> Result<(), ShelfError> {
        if changes.is_empty() {
            return Ok(());
        }
        let lines = self.dated(changes);
        self.save(&lines).map_err(|source| ShelfError::Write { path: self.own.clone(), source })?;
        for line in lines {
            self.marks.merge(line);
        }
        Ok(())
    }

    /// What is marked.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// What is kept, the latest first.
    pub fn bookmarks(&self) -> Vec<&Bookmark> {
        let mut bookmarks: Vec<_> = self.marks.bookmarks().collect();
        bookmarks.sort_by(|a, b| (Reverse(a.added), &a.key).cmp(&(Reverse(b.added), &b.key)));
        bookmarks
    }

    /// The lines to write. Each is later than all it has to outdo, even if the clock was set back since, or
    /// another device's clock runs ahead.
    fn dated(&self, changes: Vec<Change>) -> Vec<Line> {
        let now = (self.clock)();
        let mut latest = HashMap::new();
        let mut lines = Vec::with_capacity(changes.len());
        for change in changes {
            let (key, field) = match change {
                Change::Bookmark(bookmark) => (bookmark.key.clone(), Field::Bookmark(Some(bookmark.into()))),
                Change::Unbookmark(key) => (key, Field::Bookmark(None)),
                Change::Read(key, read) => (key, Field::Read(read)),
                Change::SaveQuery(query) => (key_of(&query.name), Field::Query(Some(query.into()))),
                Change::DropQuery(name) => (key_of(&name), Field::Query(None)),
            };
            let name = field.name();
            let latest = latest.entry((key.clone(), name)).or_insert_with(|| self.marks.time(&key, name));
            let time = latest.map_or(now, |before| now.max(before.saturating_add(1)));
            *latest = Some(time);
            lines.push(Line { key, change: Dated { time, device: self.device.clone(), field } });
        }
        lines
    }

    fn save(&mut self, lines: &[Line]) -> io::Result<()> {
        let text = lines.iter().map(Line::encode).collect::<io::Result<String>>()?;
        journal::make_folder(&self.folder)?;
        let mut journal = Journal::lock(&self.own)?;
        journal::append_durably(&mut journal, &text)?;
        // The change is safe; a journal that cannot be shortened now is shortened another time.
        if let Ok(Some(length)) = compact::shorten(&journal, self.compact_at) {
            self.compact_at = compact::next_length(length);
        }
        Ok(())
    }
}

fn key_of(name: &SafeText) -> ShelfKey {
    ShelfKey::from(name.to_string())
}

#[cfg(test)]
mod power;
#[cfg(test)]
mod tests;
