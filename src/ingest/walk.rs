//! The files of an archive, one by one, without opening any.

mod place;

use super::error::{is_gone, shown};
use super::select::{Rules, Verdict};
use super::{file, name};
use crate::post::{PostId, SafeText, Stamp};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::fmt;
use std::fs::{DirEntry, FileType, Metadata, ReadDir};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A post file.
    Post {
        /// Its path in the archive.
        id: PostId,
        /// What the file system says of it; nothing if that was [forgone](Walk::forgo_stamps).
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

/// What a walk sees all posts of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The archive.
    Everything,
    /// These places: the file of each, or all files below it.
    Places(Vec<PostId>),
    /// Nothing for certain: the archive's folder cannot be read, or what was found at a place changes what the rest of
    /// the archive is.
    Unclear,
}

/// Links that walks have met and that lead, or may lead one day, to a file in the archive.
pub(super) type Links = Arc<Mutex<BTreeSet<PathBuf>>>;

/// A walk through an archive, in no particular order.
#[derive(Debug)]
pub struct Walk(Inner);

#[derive(Debug)]
enum Inner {
    Folder(Box<FolderWalk>),
    List(std::vec::IntoIter<Found>),
    /// A walk to places that would not be right.
    Unclear,
}

impl Walk {
    pub(super) fn list(found: Vec<Found>) -> Self {
        Self(Inner::List(found.into_iter()))
    }

    /// A walk through everything. It notes the links that it meets, but for those to folders.
    pub(super) fn folder(root: &Path, rules: Rules, links: Links) -> Self {
        lock(&links).clear();
        let folders = vec![(root.to_owned(), rules.root())];
        Self(Inner::Folder(Box::new(FolderWalk { folders, ..FolderWalk::new(root, rules, links) })))
    }

    /// A walk to places below the root, and through what is below them. What links lead to may be at one of the places,
    /// so those that were noted are looked at, too.
    pub(super) fn places(root: &Path, rules: Rules, links: Links, places: Vec<PathBuf>) -> Self {
        let noted = lock(&links).clone();
        let mut walk = FolderWalk::new(root, rules, links);
        let starts: BTreeSet<_> =
            places.into_iter().chain(noted).map(|place| walk.start_for(place)).collect();
        let mut starts: Vec<PathBuf> = starts.into_iter().collect();
        // In this order a folder comes right before what is in it.
        starts.dedup_by(|place, before| place.starts_with(before));
        walk.extent = Extent::Places(starts.iter().map(|place| walk.id(place)).collect());
        walk.places = starts.into_iter();
        Self(Inner::Folder(Box::new(walk)))
    }

    pub(super) fn unclear() -> Self {
        Self(Inner::Unclear)
    }

    /// The same walk, which tells of each folder just before it looks into it.
    #[must_use]
    pub fn telling(mut self, entering: impl FnMut(&Path) + Send + 'static) -> Self {
        if let Inner::Folder(walk) = &mut self.0 {
            walk.entering = Entering(Box::new(entering));
        }
        self
    }

    /// From now on it asks for no stamps of files whose folder says what they are: these have empty ones. That is most of
    /// the work of a walk, and whoever knows of no post reads all of them anyway.
    pub fn forgo_stamps(&mut self) {
        if let Inner::Folder(walk) = &mut self.0 {
            walk.asks_for_stamps = false;
        }
    }

    /// What it sees all posts of. As it goes on, this may become unclear.
    pub fn extent(&self) -> &Extent {
        match &self.0 {
            Inner::Folder(walk) => &walk.extent,
            Inner::List(_) => &Extent::Everything,
            Inner::Unclear => &Extent::Unclear,
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        match &mut self.0 {
            Inner::Folder(walk) => walk.next(),
            Inner::List(list) => list.next(),
            Inner::Unclear => None,
        }
    }
}

/// Folders in a folder are looked into later, so that however deep they lie, one is open, or two where the names in a
/// folder say what it is. What the system says of a file is asked by the open folder: by whole paths, which would have to
/// be made and found, a look at 100,000 files takes a fifth longer.
///
/// Links to folders wait until everything else has been walked, and are followed in the order of their names, if
/// their target has not been walked by then. So a loop ends, every run sees the same, and nothing is seen twice.
///
/// A walk to places follows none: whether its target has been walked, only a walk through everything can tell.
#[derive(Debug)]
struct FolderWalk {
    root: PathBuf,
    rules: Rules,
    /// Where it has yet to go.
    places: std::vec::IntoIter<PathBuf>,
    extent: Extent,
    entering: Entering,
    asks_for_stamps: bool,
    open: Option<Folder>,
    /// Folders that it has yet to look into, and what they are.
    folders: Vec<(PathBuf, Verdict)>,
    links: BTreeSet<PathBuf>,
    file_links: Links,
    /// What the folders are that have been asked for.
    verdicts: HashMap<PathBuf, Verdict>,
    /// Device and inode of the folders that were walked.
    seen: HashSet<(u64, u64)>,
}

/// A folder whose entries are being taken.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// From the root of the archive, as the ids of the posts in it begin; `None` for the root.
    id: Option<PostId>,
    verdict: Verdict,
    entries: ReadDir,
}

/// Who is told of each folder.
struct Entering(Box<dyn FnMut(&Path) + Send>);

impl fmt::Debug for Entering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entering")
    }
}

impl FolderWalk {
    fn new(root: &Path, rules: Rules, file_links: Links) -> Self {
        Self {
            root: root.to_owned(),
            rules,
            places: Vec::new().into_iter(),
            extent: Extent::Everything,
            entering: Entering(Box::new(|_| {})),
            asks_for_stamps: true,
            open: None,
            folders: Vec::new(),
            links: BTreeSet::new(),
            file_links,
            verdicts: HashMap::new(),
            seen: HashSet::new(),
        }
    }

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = match self.open.as_mut().and_then(|folder| folder.entries.next()) {
                Some(Ok(entry)) => self.entry(&entry),
                Some(Err(error)) => self.open.take().map(|folder| {
                    self.extent = Extent::Unclear;
                    self.trouble(&folder.path, &error.to_string())
                }),
                None => {
                    self.open = None;
                    if let Some((folder, verdict)) = self.folders.pop() {
                        self.enter(folder, verdict)
                    } else if let Some(place) = self.places.next() {
                        self.begin(&place)
                    } else {
                        let link = self.links.pop_first()?;
                        self.follow(link);
                        None
                    }
                }
            };
            if found.is_some() {
                return found;
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry) -> Option<Found> {
        let Folder { verdict, .. } = *self.open.as_ref()?;
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.entry_trouble(entry, &error),
        };
        if kind.is_dir() {
            let path = entry.path();
            let verdict = self.rules.folder(&path, self.depth(&path), verdict);
            self.look_later(path, verdict);
            None
        } else if kind.is_symlink() {
            self.link(&entry.path(), verdict)
        } else if verdict == Verdict::Take {
            self.file(entry, kind)
        } else {
            None
        }
    }

    /// An entry that is neither a folder nor a link.
    fn file(&self, entry: &DirEntry, kind: FileType) -> Option<Found> {
        let name = entry.file_name();
        name::markup(&name)?;
        let stamp = if kind.is_file() && !self.asks_for_stamps {
            Stamp::default()
        } else {
            match entry.metadata() {
                Ok(metadata) if metadata.is_file() => file::stamp(&metadata),
                Ok(_) => return Some(self.no_file(&entry.path())),
                Err(error) => return self.entry_trouble(entry, &error),
            }
        };
        let folder = self.open.as_ref()?.id.as_ref();
        Some(Found::Post { id: PostId::within(folder, &name), stamp })
    }

    /// The system does not say what an entry is.
    fn entry_trouble(&self, entry: &DirEntry, error: &io::Error) -> Option<Found> {
        // One that has gone since its folder was read is no trouble.
        (!is_gone(error)).then(|| self.trouble(&entry.path(), &error.to_string()))
    }

    /// Begins to look into a folder.
    fn enter(&mut self, path: PathBuf, verdict: Verdict) -> Option<Found> {
        // Asked this way, it is an error when nothing in the folder can be opened.
        let entries = path.join(".").metadata().and_then(|metadata| {
            if !self.seen.insert(identity(&metadata)) {
                return Ok(None);
            }
            (self.entering.0)(&path);
            path.read_dir().map(Some)
        });
        match entries {
            Ok(entries) => {
                let id = (path != self.root).then(|| self.id(&path));
                self.open = entries.map(|entries| Folder { path, id, verdict, entries });
                None
            }
            Err(error) if path == self.root => {
                self.extent = Extent::Unclear;
                Some(self.trouble(&path, &error.to_string()))
            }
            // It has gone while it waited.
            Err(error) if is_gone(&error) => None,
            Err(error) => Some(self.trouble(&path, &error.to_string())),
        }
    }

    /// A link to a post file inside the archive is a post; one to a folder is kept for later.
    fn link(&mut self, path: &Path, around: Verdict) -> Option<Found> {
        let name = path.file_name().unwrap_or_default();
        let is_named_like_a_post = name::markup(name).is_some();
        let takes_files = around == Verdict::Take;
        let target = path.canonicalize().and_then(|target| Ok((target.metadata()?, target)));
        if !target.as_ref().is_ok_and(|(metadata, _)| metadata.is_dir()) {
            lock(&self.file_links).insert(path.to_owned());
        }
        match target {
            Ok((metadata, target)) if !target.starts_with(&self.root) => {
                let matters = (takes_files && is_named_like_a_post)
                    || (metadata.is_dir() && self.verdict_of(path) == Verdict::Take);
                matters.then(|| self.trouble(path, "link leads out of the archive, not followed"))
            }
            Ok((metadata, _)) if metadata.is_dir() => {
                self.links.insert(path.to_owned());
                None
            }
            Ok((metadata, _)) => (takes_files && is_named_like_a_post).then(|| self.post(path, &metadata)),
            Err(error) => (takes_files && !is_lock(name)).then(|| self.trouble(path, &broken(&error))),
        }
    }

    fn follow(&mut self, link: PathBuf) {
        if self.extent != Extent::Everything {
            self.extent = Extent::Unclear;
            return;
        }
        if link.metadata().is_ok_and(|metadata| !self.seen.contains(&identity(&metadata))) {
            self.walk_from(link);
        }
    }

    /// Goes to a folder, a link to one perhaps, whatever is between it and the root.
    fn walk_from(&mut self, folder: PathBuf) {
        let verdict = self.verdict_of(&folder);
        self.look_later(folder, verdict);
    }

    fn look_later(&mut self, folder: PathBuf, verdict: Verdict) {
        if verdict != Verdict::Skip {
            self.folders.push((folder, verdict));
        }
    }

    /// How deep below the root a path is.
    fn depth(&self, path: &Path) -> usize {
        path.strip_prefix(&self.root).map_or(0, |relative| relative.iter().count())
    }

    /// What a folder is, asked from the root down.
    fn verdict_of(&mut self, folder: &Path) -> Verdict {
        let Some(around) = folder.parent().filter(|_| folder != self.root) else { return self.rules.root() };
        if let Some(verdict) = self.verdicts.get(folder) {
            return *verdict;
        }
        let verdict = match self.verdict_of(around) {
            Verdict::Skip => Verdict::Skip,
            around => self.rules.folder(folder, self.depth(folder), around),
        };
        self.verdicts.insert(folder.to_owned(), verdict);
        verdict
    }

    fn post(&self, path: &Path, metadata: &Metadata) -> Found {
        if !metadata.is_file() {
            return self.no_file(path);
        }
        Found::Post { id: self.id(path), stamp: file::stamp(metadata) }
    }

    fn no_file(&self, path: &Path) -> Found {
        self.trouble(path, "not a regular file, not read")
    }

    fn id(&self, path: &Path) -> PostId {
        PostId::from_path(path.strip_prefix(&self.root).unwrap_or(path))
    }

    fn trouble(&self, path: &Path, message: &str) -> Found {
        let relative = path.strip_prefix(&self.root).ok().filter(|path| !path.as_os_str().is_empty());
        Found::Trouble { path: shown(relative.unwrap_or(path)), message: SafeText::label(message) }
    }
}

fn lock(links: &Links) -> MutexGuard<'_, BTreeSet<PathBuf>> {
    links.lock().unwrap_or_else(PoisonError::into_inner)
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
fn is_lock(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".#")
}
