//! Which folders of an archive hold posts.

use super::date;
use super::name;
use super::site::SiteKind;
use std::ffi::OsStr;
use std::path::Path;

/// What to do with a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing in it is of this archive.
    Skip,
    /// Its own files are pages of the site, but folders in it may hold posts.
    Look,
    /// All post files in it are posts.
    Take,
}

/// Folders that hold no articles in any kind of archive.
const NEVER: [&str; 7] =
    ["node_modules", "bower_components", "_site", "_layouts", "_includes", "_sass", "__pycache__"];

/// Folders of a site that hold its machinery or its output.
const MACHINERY: [&str; 20] = [
    "_data",
    "_plugins",
    "_assets",
    "themes",
    "theme",
    "vendor",
    "public",
    "scaffolds",
    "assets",
    "static",
    "css",
    "js",
    "img",
    "images",
    "layouts",
    "archetypes",
    "resources",
    "dist",
    "build",
    "target",
];

/// The rules of one archive, by the kind of site that its root is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) kind: SiteKind,
    pub(super) drafts: bool,
}

impl Rules {
    /// What the archive's root is: a site has pages there, not posts.
    pub(super) fn root(self) -> Verdict {
        if self.kind == SiteKind::Plain { Verdict::Take } else { Verdict::Look }
    }

    /// What a folder is, by its path, its depth below the root (from 1) and what the folder around it is.
    pub(super) fn folder(self, path: &Path, depth: usize, around: Verdict) -> Verdict {
        let by_files = || if holds_dated_files(path) { Verdict::Take } else { Verdict::Look };
        self.by_name(path, depth, around).unwrap_or_else(by_files)
    }

    /// The same, unless it is the names of the files in the folder that say it.
    pub(super) fn by_name(self, path: &Path, depth: usize, around: Verdict) -> Option<Verdict> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || NEVER.contains(&&*name) || (name == "_drafts" && !self.drafts) {
            return Some(Verdict::Skip);
        }
        match (around, self.kind) {
            (Verdict::Take, _) | (_, SiteKind::Plain) => Some(Verdict::Take),
            (_, SiteKind::Hugo) if name.starts_with("content") => Some(Verdict::Take),
            (_, SiteKind::Hugo) => Some(Verdict::Skip),
            (_, SiteKind::Hexo) if depth == 1 && name != "source" && has_source(path) => Some(Verdict::Skip),
            _ if MACHINERY.contains(&&*name) => Some(Verdict::Skip),
            _ => is_called_posts(&name).then_some(Verdict::Take),
        }
    }
}

/// Collections (`_posts`, `_notes`) and folders like `old_post` and `articles`.
fn is_called_posts(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with('_') || name.contains("post") || name.contains("article")
}

/// Whether a folder of a Hexo site has a sister that holds all of the site's texts.
fn has_source(folder: &Path) -> bool {
    folder.with_file_name("source").is_dir()
}

/// Whether a folder holds posts by the names of its files: one `2022-01-21-x.md` is enough.
fn holds_dated_files(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| is_dated_file(&entry.file_name()))
}

/// Whether a file of this name says what the folder is that holds it.
pub(super) fn is_dated_file(name: &OsStr) -> bool {
    name::markup(name).is_some() && date::in_name(&name.to_string_lossy()).is_some()
}
