//! What can go wrong before there is a post.

use crate::post::{PostId, SafeText};
use std::io;
use std::path::Path;
use thiserror::Error;

/// Why a path cannot be opened as an archive.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// There is nothing at this path.
    #[error("{0}: no such folder; give the folder that holds the posts")]
    NotFound(SafeText),
    /// The system does not let us look.
    #[error("{path}: cannot be read ({source}); check its permissions")]
    Unreadable {
        /// Where.
        path: SafeText,
        /// What the system says.
        source: io::Error,
    },
    /// It is a file, but no post.
    #[error("{0}: neither a folder nor a post file (.md, .markdown, .mkd, .html, .htm, .Rmd)")]
    NotAnArchive(SafeText),
}

impl ArchiveError {
    pub(super) fn from_io(path: &Path, source: io::Error) -> Self {
        let path = shown(path);
        match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path),
            _ => Self::Unreadable { path, source },
        }
    }
}

/// Why there is no post for an id.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file is gone, or the id never led into the archive.
    #[error("{}: not in the archive (any more); run `finews sync`", SafeText::label(.0.as_str()))]
    NotFound(PostId),
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> SafeText {
    SafeText::label(&path.to_string_lossy())
}

/// Whether nothing is at a path, be it because a folder on the way is gone.
pub(super) fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
