//! The threads that read posts and build segments of them.

use super::{Made, Stamped};
use crate::index::{Builder, Doc};
use crate::ingest::{Archive, Text};
use crate::post::{PostId, Stamp};
use crate::query::{RowId, fold_char};
use crate::runtime::crew::{Queue, Tray};
use crate::store::SegmentId;
use crate::typeset::words;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// So many bigrams, each counted once a post, make a segment full: a thousand posts, which take some ten megabytes while
/// the segment is built, or for large archives up to five times as many.
const LEAST_GRAMS: usize = 3 << 18;
const MOST_GRAMS: usize = 1 << 22;
/// Those of a post, about. In between, an archive gets so many segments: a search looks into every one, and each is an
/// open file.
const GRAMS_OF_POST: usize = 700;
const SEGMENTS: usize = 320;
/// So many posts a thread takes at once.
const CHUNK: usize = 64;

/// The text in which words are looked for: the title, a line end, and the text that the reader shows, folded.
pub fn searchable(Text { title, body }: &Text) -> String {
    folded(title, &words(body)).collect()
}

fn folded<'t>(title: &'t str, words: &'t str) -> impl Iterator<Item = char> + 't {
    title.chars().chain(['\n']).chain(words.chars()).map(fold_char)
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
    /// So many bigrams make a segment full.
    full: usize,
}

impl Posts {
    /// Some of `total` posts; segments get numbers from `first` on.
    pub(super) fn new(
        archive: Arc<Archive>,
        some: Vec<(RowId, PostId)>,
        total: usize,
        first: SegmentId,
    ) -> Self {
        let full = (total * GRAMS_OF_POST / SEGMENTS).clamp(LEAST_GRAMS, MOST_GRAMS);
        Self { archive, list: Queue::new(some), next_segment: AtomicU32::new(first.0), full }
    }

    /// Builds segments until no post is left, or until one cannot be delivered.
    pub(super) fn build(&self, tray: &Tray<Made>) {
        let mut open = Open::new(self.next());
        loop {
            let chunk = self.list.take(CHUNK);
            if chunk.is_empty() {
                if !open.posts.is_empty() {
                    tray.put(Made::Built(open.take(self.next())));
                }
                return;
            }
            for (row, id) in chunk {
                if tray.is_full() {
                    return;
                }
                // What is gone is not to be found; the next synchronisation takes it out of the catalog.
                if let Ok((text, stamp)) = self.archive.read_text(&id) {
                    open.add(row, stamp, folded(&text.title, &words(&text.body)));
                }
                if open.builder.len() >= self.full && !tray.put(Made::Built(open.take(self.next()))) {
                    return;
                }
            }
        }
    }

    fn next(&self) -> SegmentId {
        SegmentId(self.next_segment.fetch_add(1, Ordering::Relaxed))
    }
}

/// A segment that is being built.
struct Open {
    segment: SegmentId,
    builder: Builder,
    posts: Vec<Stamped>,
}

impl Open {
    fn new(segment: SegmentId) -> Self {
        Self { segment, builder: Builder::default(), posts: Vec::new() }
    }

    fn add(&mut self, row: RowId, stamp: Stamp, text: impl Iterator<Item = char>) {
        self.builder.add(Doc { row: row.0, version: self.segment.0 }, text);
        self.posts.push((row, stamp));
    }

    /// What has been built; what is added from now on is another segment.
    fn take(&mut self, next: SegmentId) -> Built {
        let (segment, posts) = (std::mem::replace(&mut self.segment, next), std::mem::take(&mut self.posts));
        Built { segment, bytes: self.builder.finish(), posts }
    }
}
