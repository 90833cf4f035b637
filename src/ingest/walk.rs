//! The files of an archive, one by one, without opening any.

use super::error::shown;
use super::select::{Rules, Verdict};
use super::{file, name};
use crate::post::{PostId, SafeText, Stamp};
use std::collections::{BTreeSet, HashSet};
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What a walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A post file.
    Post {
        /// Its path in the archive.
        id: PostId,
        /// What the file system says of it.
        stamp: Stamp,
    },
    /// A place that cannot be looked into: a folder without permission, a broken link, a link out of the archive,
    /// a pipe that is called like a post.
    Trouble {
        /// Where, from the root of the archive.
        path: SafeText,
        /// What is wrong there.
        message: SafeText,
    },
}

/// A walk through an archive, in no particular order.
#[derive(Debug)]
pub struct Walk(Inner);

#[derive(Debug)]
enum Inner {
    Folder(Box<FolderWalk>),
    List(std::vec::IntoIter<Found>),
}

impl Walk {
    pub(super) fn list(found: Vec<Found>) -> Self {
        Self(Inner::List(found.into_iter()))
    }

    pub(super) fn folder(root: &Path, rules: Rules) -> Self {
        let around = vec![rules.root()];
        Self(Inner::Folder(Box::new(FolderWalk {
            root: root.to_owned(),
            rules,
            entries: WalkDir::new(root).into_iter(),
            base_depth: 0,
            around,
            links: BTreeSet::new(),
            seen: HashSet::new(),
        })))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        match &mut self.0 {
            Inner::Folder(walk) => walk.next(),
            Inner::List(list) => list.next(),
        }
    }
}

/// Links to folders wait until everything else has been walked, and are followed in the order of their names, if
/// their target has not been walked by then. So a loop ends, every run sees the same, and nothing is seen twice.
#[derive(Debug)]
struct FolderWalk {
    root: PathBuf,
    rules: Rules,
    entries: walkdir::IntoIter,
    /// How deep below the root the folder is that `entries` began with.
    base_depth: usize,
    /// What the folders from the start of `entries` to the present one are.
    around: Vec<Verdict>,
    links: BTreeSet<PathBuf>,
    /// Device and inode of the folders that were walked.
    seen: HashSet<(u64, u64)>,
}

impl FolderWalk {
    fn next(&mut self) -> Option<Found> {
        loop {
            let found = match self.entries.next() {
                Some(Ok(entry)) => self.entry(&entry),
                Some(Err(error)) => Some(self.walk_trouble(&error)),
                None => {
                    let link = self.links.pop_first()?;
                    self.follow(&link);
                    None
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry) -> Option<Found> {
        let kind = entry.file_type();
        if kind.is_dir() || entry.depth() == 0 {
            self.enter(entry)
        } else if self.parent(entry.depth()) != Verdict::Take && !kind.is_symlink() {
            None
        } else if kind.is_symlink() {
            self.link(entry)
        } else {
            name::markup(entry.file_name())?;
            match entry.metadata() {
                Ok(metadata) => Some(self.post(entry.path(), &metadata)),
                // It has gone since its folder was read.
                Err(error) if error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) => None,
                Err(error) => Some(self.walk_trouble(&error)),
            }
        }
    }

    /// What the folder is that holds an entry of this depth.
    fn parent(&self, depth: usize) -> Verdict {
        depth.checked_sub(1).and_then(|at| self.around.get(at)).copied().unwrap_or(Verdict::Take)
    }

    fn enter(&mut self, entry: &DirEntry) -> Option<Found> {
        let depth = entry.depth();
        if depth > 0 {
            let verdict = self.rules.folder(entry.path(), self.base_depth + depth, self.parent(depth));
            self.around.truncate(depth);
            self.around.push(verdict);
            if verdict == Verdict::Skip {
                self.entries.skip_current_dir();
                return None;
            }
        }
        match entry.path().metadata() {
            Ok(metadata) => {
                if !self.seen.insert(identity(&metadata)) {
                    self.entries.skip_current_dir();
                }
                None
            }
            Err(error) => Some(self.trouble(entry.path(), &error.to_string())),
        }
    }

    /// A link to a post file inside the archive is a post; one to a folder is kept for later.
    fn link(&mut self, entry: &DirEntry) -> Option<Found> {
        let path = entry.path();
        let is_named_like_a_post = name::markup(entry.file_name()).is_some();
        let takes_files = self.parent(entry.depth()) == Verdict::Take;
        let target = path.canonicalize().and_then(|target| Ok((target.metadata()?, target)));
        match target {
            Ok((metadata, target)) if !target.starts_with(&self.root) => {
                let is_post_folder = || metadata.is_dir() && self.verdict_of(path) == Verdict::Take;
                let matters = (takes_files && is_named_like_a_post) || is_post_folder();
                matters.then(|| self.trouble(path, "link leads out of the archive, not followed"))
            }
            Ok((metadata, _)) if metadata.is_dir() => {
                self.links.insert(path.to_owned());
                None
            }
            Ok((metadata, _)) => (takes_files && is_named_like_a_post).then(|| self.post(path, &metadata)),
            Err(error) => (takes_files && !is_lock(entry)).then(|| self.trouble(path, &broken(&error))),
        }
    }

    fn follow(&mut self, link: &Path) {
        let Ok(metadata) = link.metadata() else { return };
        if self.seen.contains(&identity(&metadata)) {
            return;
        }
        self.base_depth = link.strip_prefix(&self.root).map_or(0, |relative| relative.iter().count());
        let verdict = self.verdict_of(link);
        if verdict != Verdict::Skip {
            self.around = vec![verdict];
            self.entries = WalkDir::new(link).into_iter();
        }
    }

    /// What a folder is, asked anew from the root down.
    fn verdict_of(&self, folder: &Path) -> Verdict {
        let mut verdict = self.rules.root();
        let mut path = self.root.clone();
        for (n, part) in folder.strip_prefix(&self.root).into_iter().flatten().enumerate() {
            path.push(part);
            verdict = self.rules.folder(&path, n + 1, verdict);
            if verdict == Verdict::Skip {
                break;
            }
        }
        verdict
    }

    fn post(&self, path: &Path, metadata: &Metadata) -> Found {
        if !metadata.is_file() {
            return self.trouble(path, "not a regular file, not read");
        }
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        Found::Post { id: PostId::from_path(relative), stamp: file::stamp(metadata) }
    }

    fn walk_trouble(&self, error: &walkdir::Error) -> Found {
        let message = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
        self.trouble(error.path().unwrap_or(&self.root), &message)
    }

    fn trouble(&self, path: &Path, message: &str) -> Found {
        let relative = path.strip_prefix(&self.root).ok().filter(|path| !path.as_os_str().is_empty());
        Found::Trouble { path: shown(relative.unwrap_or(path)), message: SafeText::label(message) }
    }
}

fn identity(metadata: &Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

fn broken(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "broken link".to_owned(),
        _ => format!("link cannot be followed: {error}"),
    }
}

/// Emacs locks a file by a broken link called `.#file`.
fn is_lock(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".#")
}
