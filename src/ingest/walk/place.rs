//! Where a walk begins that has been told of places: files and folders that have come, gone, or changed.

use super::{Extent, FolderWalk, Found};
use crate::ingest::error::is_gone;
use crate::ingest::name;
use crate::ingest::select::{Verdict, is_dated_file};
use std::path::{Path, PathBuf};

impl FolderWalk {
    /// Where a walk has to begin that is told of a place. A dated file may be what makes its folder one of posts: then
    /// it is with the folder, because of the others in it.
    pub(super) fn start_for(&mut self, mut place: PathBuf) -> PathBuf {
        if place.file_name().is_some_and(is_dated_file)
            && let Some(folder) = place.parent()
            && folder != self.root
            && let Some(around) = folder.parent()
        {
            let around = self.verdict_of(around);
            if self.rules.by_name(folder, self.depth(folder), around).is_none() {
                place.pop();
            }
        }
        place
    }

    /// Begins with what is at a place now, if anything is.
    pub(super) fn begin(&mut self, place: &Path) -> Option<Found> {
        let folder = place.parent()?;
        if self.is_linked(folder) {
            self.extent = Extent::Unclear;
        }
        if self.extent == Extent::Unclear {
            return None;
        }
        let around = self.verdict_of(folder);
        let metadata = match place.symlink_metadata() {
            _ if around == Verdict::Skip => return None,
            Ok(metadata) => metadata,
            Err(error) if is_gone(&error) => return None,
            Err(error) => return Some(self.trouble(place, &error.to_string())),
        };
        if metadata.is_dir() {
            self.walk_from(place.to_owned());
            None
        } else if metadata.is_symlink() {
            self.link(place, around)
        } else {
            let is_post = around == Verdict::Take && name::markup(place.file_name()?).is_some();
            is_post.then(|| self.post(place, &metadata))
        }
    }

    /// Whether a folder is reached by a link, so that its files may have been met elsewhere.
    fn is_linked(&self, folder: &Path) -> bool {
        let within = folder.ancestors().take_while(|path| *path != self.root);
        within.into_iter().any(Path::is_symlink)
    }
}

#[cfg(test)]
mod tests;
