//! The git work tree that an archive may lie in: which commit is checked out, and which files differ from an earlier one.
//!
//! By git's own command line, which knows every kind of repository. Its answers make reading faster, not right: a walk
//! follows in any case. So whatever goes wrong (no git, a commit that is not known, a repository that belongs to
//! somebody else) is the same as no repository.

mod command;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use super::name;
use command::Git;
#[cfg(test)]
pub(crate) use fixture::Repository;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The modes of what is neither a file nor a folder of the tree itself: links, and the roots of submodules.
const LINKS: [&[u8]; 2] = [b"120000", b"160000"];

/// A folder in a git work tree.
#[derive(Clone, Debug)]
pub struct Checkout {
    folder: PathBuf,
    git: Git,
}

/// The id of a commit, in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit(Box<str>);

impl Commit {
    /// An id that was written down; `None` if it cannot be one.
    pub fn parse(id: &str) -> Option<Self> {
        let is_id = matches!(id.len(), 40 | 64) && id.bytes().all(|b| b.is_ascii_hexdigit());
        is_id.then(|| Self(id.into()))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Checkout {
    /// The work tree around a folder, if it looks as if there was one. Runs nothing.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let is_inside = folder.ancestors().any(|path| path.join(".git").symlink_metadata().is_ok());
        is_inside.then(|| Self { folder: folder.to_owned(), git: Git::default() })
    }

    /// The commit that is checked out.
    pub fn commit(&self) -> Option<Commit> {
        let said = self.git.run(&self.folder, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?;
        Commit::parse(std::str::from_utf8(&said).ok()?.trim_end())
    }

    /// The places within the folder that differ between two commits and where posts are or were: post files, links,
    /// and submodules.
    pub fn changed(&self, since: &Commit, now: &Commit) -> Option<Vec<PathBuf>> {
        if since == now {
            return Some(Vec::new());
        }
        // Nothing is compared but ids: no content, no renames (which would read files), no submodule's own state.
        let arguments = [
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            "--end-of-options",
            since.as_str(),
            now.as_str(),
        ];
        let said = self.git.run(&self.folder, &arguments)?;
        Some(places(&said).map(|path| self.folder.join(path)).collect())
    }
}

/// Reads `:<old mode> <new mode> <old id> <new id> <kind>`, a zero byte, the path, a zero byte, and so on.
fn places(said: &[u8]) -> impl Iterator<Item = &Path> {
    let mut fields = said.split(|&b| b == 0);
    std::iter::from_fn(move || Some((fields.next()?, fields.next()?)))
        .filter(|(change, path)| is_link(change) || name::markup(file_name(path)).is_some())
        .map(|(_, path)| Path::new(OsStr::from_bytes(path)))
}

fn is_link(change: &[u8]) -> bool {
    let modes = change.strip_prefix(b":").unwrap_or_default().split(|&b| b == b' ').take(2);
    modes.into_iter().any(|mode| LINKS.contains(&mode))
}

fn file_name(path: &[u8]) -> &OsStr {
    OsStr::from_bytes(path.rsplit(|&b| b == b'/').next().unwrap_or_default())
}
