//! Building a segment from texts.

use super::bytes::push;
use super::gram::{Gram, each_gram};
use super::list::push_list;
use super::pages::seal;
use super::postings::Postings;
use super::segment::Doc;
use super::texts::TextsWriter;

/// So many bigrams share one entry of the table of contents.
pub(super) const GROUP: usize = 64;

/// Collects the bigrams and trigrams of texts.
#[derive(Default)]
pub struct Builder {
    docs: Vec<Doc>,
    texts: TextsWriter,
    postings: Postings,
    /// The text that is being added: it is gone through twice.
    text: Vec<char>,
}

impl Builder {
    /// Adds a post with its text, which is to be folded as queries are.
    pub fn add(&mut self, doc: Doc, text: impl IntoIterator<Item = char>) {
        let Ok(number) = u32::try_from(self.docs.len()) else { return };
        self.text.clear();
        self.text.extend(text);
        each_gram(self.text.iter().copied(), |gram| self.postings.add(gram, number));
        self.docs.push(doc);
        self.texts.add(self.text.iter().copied());
    }

    /// How many bigrams and trigrams were added, each counted once a post: what decides on the memory that is used.
    pub fn len(&self) -> usize {
        self.postings.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// The bytes of a segment with what was added since the last one.
    pub fn finish(&mut self) -> Vec<u8> {
        let (posts, texts) = (std::mem::take(&mut self.docs), std::mem::take(&mut self.texts));
        let mut writer = Writer::new(posts.len());
        self.postings.take(|gram, docs| writer.list(gram, docs));
        writer.finish(&posts, texts)
    }
}

/// Writes a segment: lists in the order of their bigrams.
///
/// ```text
/// posts: number, version, ... | groups: bigrams with the lengths of their lists, then the lists
/// | table of contents: for each group its first bigram and the lengths of its two parts | texts | table of texts
/// | the ends of these five
/// ```
#[derive(Debug, Default)]
pub(super) struct Writer {
    /// The posts of the segment.
    posts: usize,
    groups: Vec<u8>,
    contents: Vec<u8>,
    previous_group: u64,
    heads: Vec<u8>,
    lists: Vec<u8>,
    /// Of the open group: how many bigrams, the first and the latest one.
    count: usize,
    first: u64,
    previous: u64,
}

impl Writer {
    /// A writer for a segment of so many posts.
    pub(super) fn new(posts: usize) -> Self {
        Self { posts, ..Self::default() }
    }

    /// Adds the list of a bigram, which is higher than those before: numbers of posts within the segment, ascending.
    pub(super) fn list(&mut self, gram: Gram, docs: &[u32]) {
        if docs.is_empty() {
            return;
        }
        let start = self.lists.len();
        push_list(&mut self.lists, docs, self.posts);
        if self.count == 0 {
            (self.first, self.previous) = (gram.0, gram.0);
        }
        push(&mut self.heads, gram.0.saturating_sub(self.previous));
        push(&mut self.heads, (self.lists.len() - start) as u64);
        self.previous = gram.0;
        self.count += 1;
        if self.count == GROUP {
            self.end_group();
        }
    }

    fn end_group(&mut self) {
        if self.count == 0 {
            return;
        }
        push(&mut self.contents, self.first.saturating_sub(self.previous_group));
        push(&mut self.contents, self.heads.len() as u64);
        push(&mut self.contents, self.lists.len() as u64);
        self.groups.append(&mut self.heads);
        self.groups.append(&mut self.lists);
        self.previous_group = self.first;
        self.count = 0;
    }

    pub(super) fn finish(mut self, docs: &[Doc], texts: TextsWriter) -> Vec<u8> {
        self.end_group();
        let mut content = Vec::new();
        for doc in docs {
            push(&mut content, doc.row.into());
            push(&mut content, doc.version.into());
        }
        let (mut texts, mut table) = texts.finish();
        let parts = [&mut self.groups, &mut self.contents, &mut texts, &mut table];
        let length = parts.iter().map(|part| part.len()).sum::<usize>();
        // And for the ends and checksums: growing would take twice the room.
        content.reserve_exact(length + length / 512 + 512);
        let mut ends = vec![content.len()];
        for part in parts {
            content.append(part);
            ends.push(content.len());
        }
        content.extend(ends.into_iter().flat_map(|end| (end as u64).to_le_bytes()));
        seal(content)
    }
}
