//! Reading the journals, and what others append to them.

use super::line::{Flaw, Line};
use super::marks::Marks;
use super::{Shelf, ShelfError, compact, lines};
use crate::store::lock;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Seek as _, SeekFrom};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A line that could not be read. It stays in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The journal.
    pub file: PathBuf,
    /// The line, from 1; `None` for the whole file.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub flaw: Flaw,
}

/// One line: `laptop.jsonl:17: checksum does not match; this line is passed over`.
impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        match self.line {
            Some(line) => write!(f, ":{line}: {}; this line is passed over", self.flaw),
            None => write!(f, ": {}", self.flaw),
        }
    }
}

/// The journals as they were last read.
pub(super) type Followed = BTreeMap<PathBuf, Seen>;

/// How far a journal was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    device: u64,
    inode: u64,
    /// Where the file system knows it. The number of a file that was removed may be given to the next one.
    created: Option<SystemTime>,
    length: u64,
    /// Where the last whole line ended; half a line is read again when more of it is there.
    offset: u64,
}

impl Seen {
    /// Whether the file that has become `now` is the same with something appended, or with nothing.
    fn grew_to(&self, now: &Self) -> bool {
        let file = |seen: &Self| (seen.device, seen.inode, seen.created);
        file(self) == file(now) && self.length <= now.length
    }
}

impl Shelf {
    /// Takes in what other processes and other devices have written since. Whether anything changed.
    ///
    /// # Errors
    /// When the folder cannot be listed; what is known stays known.
    pub fn follow(&mut self) -> Result<bool, ShelfError> {
        let now = self.journals()?;
        let grown_only =
            self.followed.iter().all(|(path, seen)| now.get(path).is_some_and(|n| seen.grew_to(n)));
        if !grown_only {
            // Something was replaced or removed, and what only it said must go.
            let before = std::mem::take(&mut self.marks);
            self.read_all(now);
            return Ok(self.marks != before);
        }
        let mut changed = false;
        for (path, now) in now {
            let seen = self.followed.get(&path).copied().unwrap_or_default();
            if seen.length < now.length {
                // A journal that cannot be read now is tried again the next time.
                if let Ok(reading) = Reading::from(&path, seen.offset, &mut self.marks) {
                    changed |= reading.changed;
                    self.followed.insert(path, reading.seen);
                }
            }
        }
        Ok(changed)
    }

    /// Reads these journals from their beginnings; all that was known is forgotten.
    pub(super) fn read_all(&mut self, journals: Followed) -> Vec<Damage> {
        let mut marks = Marks::default();
        let mut damage = Vec::new();
        self.followed.clear();
        // The own journal first: how many values it gives alone tells when to shorten it.
        let mut paths: Vec<PathBuf> = journals.into_keys().collect();
        paths.sort_by_key(|path| *path != self.own);
        for path in paths {
            match Reading::from(&path, 0, &mut marks) {
                Ok(reading) => {
                    if path == self.own {
                        self.compact_at =
                            compact::first_look(reading.seen.length, reading.lines, marks.len());
                    }
                    let at = |(line, flaw)| Damage { file: path.clone(), line: Some(line), flaw };
                    damage.extend(reading.flaws.into_iter().map(at));
                    self.followed.insert(path, reading.seen);
                }
                Err(error) => {
                    damage.push(Damage { file: path, line: None, flaw: Flaw::Unreadable(error.kind()) });
                }
            }
        }
        self.marks = marks;
        damage
    }

    /// The journals that are there, as they are now.
    pub(super) fn journals(&self) -> Result<Followed, ShelfError> {
        let list = || -> io::Result<_> {
            let mut journals = Followed::new();
            let folder = match fs::read_dir(&self.folder) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(journals),
                folder => folder?,
            };
            for entry in folder {
                let path = entry?.path();
                if is_journal(&path)
                    && let Ok(found) = fs::metadata(&path)
                    && found.is_file()
                {
                    journals.insert(path, seen(&found, 0));
                }
            }
            Ok(journals)
        };
        list().map_err(|source| ShelfError::Read { path: self.folder.clone(), source })
    }
}

fn is_journal(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && path.extension().is_some_and(|extension| extension == "jsonl")
}

fn seen(file: &fs::Metadata, offset: u64) -> Seen {
    let created = file.created().ok();
    Seen { device: file.dev(), inode: file.ino(), created, length: file.len(), offset }
}

/// What came of reading one journal.
struct Reading {
    seen: Seen,
    lines: usize,
    flaws: Vec<(usize, Flaw)>,
    changed: bool,
}

impl Reading {
    fn from(path: &Path, offset: u64, marks: &mut Marks) -> io::Result<Self> {
        let mut file = File::open(path)?;
        lock::shared(&file)?;
        file.seek(SeekFrom::Start(offset))?;
        let seen = seen(&file.metadata()?, offset);
        let mut reading = Self { seen, lines: 0, flaws: Vec::new(), changed: false };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        while let Some(taken) = lines::next(&mut reader, &mut line)? {
            reading.lines += 1;
            if taken.ended {
                reading.seen.offset += taken.bytes;
            }
            let decoded = if taken.too_long { Err(Flaw::TooLong) } else { Line::decode(&line) };
            match decoded {
                Ok(Some(line)) => reading.changed |= marks.merge(line),
                Ok(None) => {}
                Err(_) if line.is_empty() => {}
                Err(flaw) => reading.flaws.push((reading.lines, flaw)),
            }
        }
        Ok(reading)
    }
}
