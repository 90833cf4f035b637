//! One line of a journal, as text and as what it means.

use crate::post::{Bookmark, SafeText, SavedQuery, ShelfKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io;

const VERSION: u64 = 1;

/// `,"c":"` and eight digits and `"}`.
const SEAL: usize = 16;

/// A change of one field of one post, or of a saved query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) key: ShelfKey,
    pub(super) change: Dated,
}

/// A value of a field, and when and where it was given.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dated {
    /// Milliseconds since 1970.
    pub(super) time: i64,
    pub(super) device: Box<str>,
    pub(super) field: Field,
}

/// A field with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Field {
    Read(bool),
    Bookmark(Option<Box<Bookmark>>),
    Query(Option<Box<SavedQuery>>),
}

impl Field {
    pub(super) fn name(&self) -> FieldName {
        match self {
            Self::Read(_) => FieldName::Read,
            Self::Bookmark(_) => FieldName::Bookmark,
            Self::Query(_) => FieldName::Query,
        }
    }
}

/// Which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FieldName {
    Read,
    Bookmark,
    Query,
}

/// Why a line could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The checksum is missing or does not match: bytes were lost or changed, or it was edited by hand.
    Checksum,
    /// The checksum matches, but the text is no line of a journal.
    Content,
    /// Longer than any line this program writes.
    TooLong,
    /// The whole file cannot be read.
    Unreadable(io::ErrorKind),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checksum => f.write_str("checksum does not match"),
            Self::Content => f.write_str("not a line of a journal"),
            Self::TooLong => f.write_str("line is too long"),
            Self::Unreadable(kind) => write!(f, "cannot be read: {kind}"),
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    v: u64,
    t: String,
    d: &'a str,
    k: &'a ShelfKey,
    f: FieldName,
    x: &'a Field,
}

#[derive(Deserialize)]
struct Read {
    v: u64,
    t: Box<str>,
    d: Box<str>,
    k: ShelfKey,
    f: Box<str>,
    x: serde_json::Value,
}

#[derive(Deserialize)]
struct Version {
    v: u64,
}

impl Line {
    /// The line as text, with its line end.
    pub(super) fn encode(&self) -> io::Result<String> {
        let Dated { time, device, field } = &self.change;
        let time = jiff::Timestamp::from_millisecond(*time).map_err(io::Error::other)?;
        let time = format!("{time:.3}");
        let written = Written { v: VERSION, t: time, d: device, k: &self.key, f: field.name(), x: field };
        let mut text = serde_json::to_string(&written)?;
        text.pop();
        let seal = seal(text.as_bytes());
        text.push_str(&seal);
        text.push('\n');
        Ok(text)
    }

    /// Reads a line without its line end. `None` for lines of later versions.
    pub(super) fn decode(line: &[u8]) -> Result<Option<Self>, Flaw> {
        let (sealed, end) =
            line.len().checked_sub(SEAL).and_then(|at| line.split_at_checked(at)).ok_or(Flaw::Checksum)?;
        if end != seal(sealed).as_bytes() {
            return Err(Flaw::Checksum);
        }
        match serde_json::from_slice::<Read>(line) {
            Ok(read) if read.v == VERSION => read.meaning(),
            Ok(_) => Ok(None),
            Err(_) => match serde_json::from_slice::<Version>(line) {
                Ok(Version { v }) if v > VERSION => Ok(None),
                _ => Err(Flaw::Content),
            },
        }
    }
}

impl Dated {
    /// Whether this value counts and not the other, which is of the same post and field. A total order, so
    /// that any order of reading comes to the same end: one device may have given two values within one
    /// millisecond, if its journal was copied to another.
    pub(super) fn outdoes(&self, other: &Self) -> bool {
        let when = (self.time, &self.device).cmp(&(other.time, &other.device));
        when.then_with(|| self.value().cmp(&other.value())).is_gt()
    }

    fn value(&self) -> Option<String> {
        serde_json::to_string(&self.field).ok()
    }
}

impl Read {
    fn meaning(self) -> Result<Option<Line>, Flaw> {
        let field = match &*self.f {
            "read" => Field::Read(self.x.as_bool().ok_or(Flaw::Content)?),
            "bookmark" => Field::Bookmark(serde_json::from_value(self.x).map_err(|_other| Flaw::Content)?),
            "query" => Field::Query(serde_json::from_value(self.x).map_err(|_other| Flaw::Content)?),
            _ => return Ok(None),
        };
        let time: jiff::Timestamp = self.t.parse().map_err(|_no_time| Flaw::Content)?;
        let mut change = Dated { time: time.as_millisecond(), device: self.d, field };
        match &mut change.field {
            Field::Bookmark(Some(bookmark)) => bookmark.key = self.k.clone(),
            Field::Query(Some(query)) => query.name = SafeText::new(self.k.as_str()),
            _ => {}
        }
        Ok(Some(Line { key: self.k, change }))
    }
}

fn seal(sealed: &[u8]) -> String {
    format!(",\"c\":\"{:08x}\"}}", crc32fast::hash(sealed))
}
