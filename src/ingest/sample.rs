//! The posts that are part of the program.

use super::file::Content;
use super::name;
use super::walk::Found;
use crate::post::{PostId, Stamp};
use include_dir::{Dir, File, include_dir};

static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/sample");

/// Every post of the sample. A file's checksum stands for its time, so that a new version of the program is
/// noticed by a catalog that knows the old one.
pub(super) fn walk() -> Vec<Found> {
    let mut found = Vec::new();
    collect(&SAMPLE, &mut found);
    found
}

fn collect(dir: &Dir<'_>, found: &mut Vec<Found>) {
    let posts = dir.files().filter(|file| file.path().file_name().and_then(name::markup).is_some());
    found.extend(posts.map(|file| Found::Post { id: PostId::from_path(file.path()), stamp: stamp(file) }));
    for folder in dir.dirs() {
        collect(folder, found);
    }
}

/// One post.
pub(super) fn read(id: &PostId) -> Option<Content> {
    let file = SAMPLE.get_file(id.to_path())?;
    Some(Content { bytes: file.contents().to_vec(), stamp: stamp(file), problems: Vec::new() })
}

fn stamp(file: &File<'_>) -> Stamp {
    let checksum = i64::from(crc32fast::hash(file.contents()));
    Stamp { size: file.contents().len() as u64, mtime: checksum, ..Stamp::default() }
}
