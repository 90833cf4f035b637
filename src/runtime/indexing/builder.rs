//! The threads that read posts and build segments of them.

use super::{Made, Stamped};
use crate::index::{Builder, Doc};
use crate::ingest::Archive;
use crate::post::{Post, PostId, Stamp};
use crate::query::{RowId, fold};
use crate::runtime::crew::{Queue, Tray};
use crate::store::SegmentId;
use crate::typeset::words;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bigrams of one segment, each counted once a post: eight megabytes while they are sorted, some thousand posts.
const GRAMS: usize = 1 << 20;
/// So many posts a thread takes at once.
const CHUNK: usize = 64;

/// The text of a post in which words are looked for: the title, a line end, and the text without its markup, folded.
pub fn searchable(post: &Post) -> String {
    let mut text = fold(&post.header.title);
    text.push('\n');
    text.push_str(&fold(&words(&post.body)));
    text
}

/// A segment with the posts in it.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) segment: SegmentId,
    pub(super) bytes: Vec<u8>,
    pub(super) posts: Vec<Stamped>,
}

/// The posts that are to be indexed, which the threads take from.
#[derive(Debug)]
pub(super) struct Posts {
    archive: Arc<Archive>,
    list: Queue<(RowId, PostId)>,
    next_segment: AtomicU32,
}

impl Posts {
    /// A list of posts; segments get numbers from `first` on.
    pub(super) fn new(archive: Arc<Archive>, list: Vec<(RowId, PostId)>, first: SegmentId) -> Self {
        Self { archive, list: Queue::new(list), next_segment: AtomicU32::new(first.0) }
    }

    /// Builds segments until no post is left, or until one cannot be delivered.
    pub(super) fn build(&self, tray: &Tray<Made>) {
        let mut builder = Builder::default();
        let mut open = self.open();
        loop {
            let chunk = self.list.take(CHUNK);
            if tray.is_full() {
                return;
            }
            let is_over = chunk.is_empty();
            if is_over || builder.len() >= GRAMS {
                let full = std::mem::replace(&mut open, self.open());
                if !full.posts.is_empty() && !tray.put(Made::Built(full.finish(&mut builder))) {
                    return;
                }
            }
            if is_over {
                return;
            }
            for (row, id) in chunk {
                // What is gone is not to be found; the next synchronisation takes it out of the catalog.
                if let Ok(read) = self.archive.read(&id) {
                    open.add(&mut builder, row, read.stamp, &searchable(&read.post));
                }
            }
        }
    }

    fn open(&self) -> Open {
        let segment = SegmentId(self.next_segment.fetch_add(1, Ordering::Relaxed));
        Open { segment, posts: Vec::new() }
    }
}

/// A segment that is being built.
struct Open {
    segment: SegmentId,
    posts: Vec<Stamped>,
}

impl Open {
    fn add(&mut self, builder: &mut Builder, row: RowId, stamp: Stamp, text: &str) {
        builder.add(Doc { row: row.0, version: self.segment.0 }, text);
        self.posts.push((row, stamp));
    }

    fn finish(self, builder: &mut Builder) -> Built {
        Built { segment: self.segment, bytes: builder.finish(), posts: self.posts }
    }
}
