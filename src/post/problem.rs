//! What was wrong with a file, for `finews check`.

use super::SafeText;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of problem. A post with problems is still a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The front matter is no valid YAML or TOML; it was read line by line.
    FrontMatterRepaired,
    /// The front matter begins but never ends; the file was read as text.
    FrontMatterUnclosed,
    /// A key stands twice in the front matter; the last one counts.
    DuplicateKey,
    /// A date that cannot be read.
    BadDate,
    /// No date was found anywhere.
    NoDate,
    /// The title is missing or empty; another text took its place.
    NoTitle,
    /// The text is not UTF-8; it was read in the named encoding.
    Encoding,
    /// Some bytes could not be decoded and are shown as U+FFFD.
    Undecodable,
    /// The file is binary.
    Binary,
    /// The file is larger than the limit; only its beginning is shown.
    TooLarge,
    /// The file could not be read.
    Unreadable,
    /// The file changed while it was read.
    Changed,
}

impl ProblemKind {
    /// The plain words for it.
    pub fn message(self) -> &'static str {
        match self {
            Self::FrontMatterRepaired => "front matter is not valid, read line by line",
            Self::FrontMatterUnclosed => "front matter is not closed, read as text",
            Self::DuplicateKey => "key stands twice, the last one counts",
            Self::BadDate => "date cannot be read",
            Self::NoDate => "no date found",
            Self::NoTitle => "no title",
            Self::Encoding => "not UTF-8",
            Self::Undecodable => "some bytes cannot be decoded",
            Self::Binary => "binary file",
            Self::TooLarge => "file too large, only its beginning is shown",
            Self::Unreadable => "cannot be read",
            Self::Changed => "changed while it was read",
        }
    }
}

/// One thing that was wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// Which key, which value, which line, what was done instead; may be empty.
    pub detail: SafeText,
}

impl Problem {
    /// A problem with its detail.
    pub fn new(kind: ProblemKind, detail: &str) -> Self {
        Self { kind, detail: SafeText::label(detail) }
    }
}

/// One line: `date cannot be read: +0800`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message())?;
        if self.detail.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", self.detail)
    }
}
