//! An archive, open for reading.

use super::error::{ArchiveError, ReadError, is_gone, shown};
use super::file::{AtLink, Content};
use super::git::Checkout;
use super::parse::{Text, parse_content, parse_text, unreadable, unreadable_text};
use super::select::Rules;
use super::site::{self, Site, SiteKind};
use super::walk::{Found, Links, Walk};
use super::{file, name, sample};
use crate::post::{Post, PostId, Stamp};
use jiff::tz::TimeZone;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a reader may ask of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Posts in `_drafts` folders count too.
    pub drafts: bool,
}

/// A folder of posts, a single post, or the built-in sample. Nothing in it is ever changed.
#[derive(Debug)]
pub struct Archive {
    place: Place,
    root: PathBuf,
    name: String,
    site: Site,
    options: Options,
    /// A folder that was seen to lie in the archive: the one of the last post, and so most often of the next.
    inside: Mutex<PathBuf>,
    /// By what the last walk knew posts from pages.
    shape: Mutex<Option<Shape>>,
    /// The links that walks have met.
    links: Links,
}

/// What the folders of an archive say about each other: the kind of site, and whether it has a folder of sources.
type Shape = (SiteKind, bool);

#[derive(Debug, PartialEq, Eq)]
enum Place {
    Folder,
    /// The one post of the archive.
    File(PostId),
    Sample,
}

/// A post and the stamp of the file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The post.
    pub post: Post,
    /// The stamp. After [`crate::post::ProblemKind::Changed`] it equals no stamp of a walk.
    pub stamp: Stamp,
}

impl Archive {
    /// Opens a folder, or a post file as an archive of one.
    ///
    /// # Errors
    /// When there is nothing at the path, when it cannot be read, or when it is a file but no post.
    pub fn open(path: &Path, options: Options) -> Result<Self, ArchiveError> {
        let failed = |error| ArchiveError::from_io(path, error);
        let real = path.canonicalize().map_err(failed)?;
        let metadata = real.metadata().map_err(failed)?;
        let (root, place) = if metadata.is_dir() {
            real.read_dir().map_err(failed)?;
            (real, Place::Folder)
        } else {
            let (root, id) =
                single(&real, &metadata).ok_or_else(|| ArchiveError::NotAnArchive(shown(path)))?;
            (root, Place::File(id))
        };
        let (name, site) = (site::name(&root), Site::of(&root));
        let (inside, shape, links) = (Mutex::default(), Mutex::default(), Links::default());
        Ok(Self { place, root, name, site, options, inside, shape, links })
    }

    /// The posts that are part of the program.
    pub fn sample() -> Self {
        Self {
            place: Place::Sample,
            root: PathBuf::new(),
            name: "sample".to_owned(),
            site: Site { zone: TimeZone::fixed(jiff::tz::offset(8)), kind: SiteKind::Jekyll },
            options: Options::default(),
            inside: Mutex::default(),
            shape: Mutex::default(),
            links: Links::default(),
        }
    }

    /// The folder that ids are relative to, without links in it; empty for the sample.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What to call the archive: the last part of its path that is more telling than `_posts`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The git work tree that it lies in, if any.
    pub fn checkout(&self) -> Option<Checkout> {
        if self.place == Place::Sample { None } else { Checkout::of(&self.root) }
    }

    /// What its posts have in common.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// A file name for what is known of this archive: its name and a hash of its place.
    pub fn key(&self) -> String {
        let fits = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
        let name: String = self.name.chars().take(24).map(fits).collect();
        let place = match &self.place {
            Place::Folder => self.root.clone(),
            Place::File(id) => self.root.join(id.to_path()),
            Place::Sample => PathBuf::from("sample"),
        };
        format!("{name}-{:016x}", fnv1a(place.as_os_str().as_bytes()))
    }

    /// Every post file, with its stamp; no file is opened.
    pub fn walk(&self) -> Walk {
        match &self.place {
            Place::Folder => {
                let shape = self.shape();
                *lock(&self.shape) = Some(shape);
                Walk::folder(&self.root, self.rules(shape), Arc::clone(&self.links))
            }
            Place::File(id) => {
                let metadata = self.root.join(id.to_path()).metadata();
                let found =
                    metadata.map(|metadata| Found::Post { id: id.clone(), stamp: file::stamp(&metadata) });
                Walk::list(found.into_iter().collect())
            }
            Place::Sample => Walk::list(sample::walk()),
        }
    }

    /// The post files that are now at these places or below them, with their stamps; absolute paths, of which those
    /// outside the archive do not count. [`Walk::extent`] says whether that is worth anything.
    pub fn look(&self, places: impl IntoIterator<Item = PathBuf>) -> Walk {
        if self.place != Place::Folder {
            return self.walk();
        }
        let shape = self.shape();
        let places: Vec<PathBuf> = places.into_iter().filter(|place| place.starts_with(&self.root)).collect();
        let has_changed = *lock(&self.shape).get_or_insert(shape) != shape;
        if has_changed || places.contains(&self.root) {
            return Walk::unclear();
        }
        Walk::places(&self.root, self.rules(shape), Arc::clone(&self.links), places)
    }

    fn shape(&self) -> Shape {
        (site::layout(&self.root), self.root.join("source").is_dir())
    }

    fn rules(&self, (kind, _): Shape) -> Rules {
        Rules { kind, drafts: self.options.drafts }
    }

    /// Reads one post. A file that cannot be read is a post that says so.
    ///
    /// # Errors
    /// When the file is gone, or the id leads out of the archive.
    pub fn read(&self, id: &PostId) -> Result<Read, ReadError> {
        let (post, stamp) = self.read_as(id, |file| match file {
            Ok(Content { bytes, problems, .. }) => parse_content(id, &bytes, &self.site, problems),
            Err(error) => unreadable(id, &error, &self.site),
        })?;
        Ok(Read { post, stamp })
    }

    /// Reads of one post only what words are looked for in, and the stamp of the file.
    ///
    /// # Errors
    /// As [`Archive::read`].
    pub fn read_text(&self, id: &PostId) -> Result<(Text, Stamp), ReadError> {
        self.read_as(id, |file| match file {
            Ok(Content { bytes, .. }) => parse_text(id, &bytes),
            Err(error) => unreadable_text(id, &error),
        })
    }

    /// What is made of a file, also of one that cannot be read, and its stamp.
    fn read_as<T>(
        &self,
        id: &PostId,
        make: impl FnOnce(io::Result<Content>) -> T,
    ) -> Result<(T, Stamp), ReadError> {
        let gone = || ReadError::NotFound(id.clone());
        if self.place == Place::Sample {
            let content = sample::read(id).ok_or_else(gone)?;
            let stamp = content.stamp;
            return Ok((make(Ok(content)), stamp));
        }
        let path = self.path(id).ok_or_else(gone)?;
        match self.content(&path) {
            Ok(Some(content)) => {
                let stamp = content.stamp;
                Ok((make(Ok(content)), stamp))
            }
            Ok(None) => Err(gone()),
            Err(error) if is_gone(&error) => Err(gone()),
            Err(error) => {
                let stamp =
                    path.metadata().map_or_else(|_| Stamp::default(), |metadata| file::stamp(&metadata));
                Ok((make(Err(error)), stamp))
            }
        }
    }

    /// The path of an id, unless `..` or a root in it leads out of the archive.
    fn path(&self, id: &PostId) -> Option<PathBuf> {
        let relative = id.to_path();
        let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
        let is_path = inside && !id.as_str().is_empty() && !id.as_str().contains('\0');
        is_path.then(|| self.root.join(relative))
    }

    /// What the file at a path holds, unless a link on the way leads out of the archive.
    ///
    /// Resolving every part of every path costs as much as reading a short post, so the last folder is remembered.
    fn content(&self, path: &Path) -> io::Result<Option<Content>> {
        let folder = path.parent().unwrap_or(&self.root);
        // Never held while the disk is asked: other threads read posts of the same folder.
        let last = || lock(&self.inside);
        let is_last = *last() == folder;
        if is_last && let Ok(content) = file::read(path, AtLink::Fail) {
            return Ok(Some(content));
        }
        let file = path.canonicalize()?;
        if !file.starts_with(&self.root) || !folder.canonicalize()?.starts_with(&self.root) {
            return Ok(None);
        }
        folder.clone_into(&mut last());
        file::read(&file, AtLink::Fail).map(Some)
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder and the id of a single post file.
fn single(path: &Path, metadata: &Metadata) -> Option<(PathBuf, PostId)> {
    let file = path.file_name()?;
    name::markup(file)?;
    metadata.is_file().then_some(())?;
    Some((path.parent()?.to_owned(), PostId::from_path(Path::new(OsStr::new(file)))))
}

/// FNV-1a, 64 bits: stable over versions of Rust, which the hashers of `std` are not.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests;
