//! The state of the shelf: the fold of all lines.

use super::line::{Dated, Field, FieldName, Line};
use crate::post::{Bookmark, ShelfKey};
use std::collections::HashMap;

/// What is marked, by post.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    posts: HashMap<ShelfKey, Post>,
}

/// The value that counts, for each field.
#[derive(Clone, Debug, Default, PartialEq)]
struct Post {
    read: Option<Dated>,
    bookmark: Option<Dated>,
}

impl Post {
    fn field(&self, name: FieldName) -> Option<&Dated> {
        match name {
            FieldName::Read => self.read.as_ref(),
            FieldName::Bookmark => self.bookmark.as_ref(),
        }
    }

    fn field_mut(&mut self, name: FieldName) -> &mut Option<Dated> {
        match name {
            FieldName::Read => &mut self.read,
            FieldName::Bookmark => &mut self.bookmark,
        }
    }

    fn kept(&self) -> Option<&Bookmark> {
        match &self.bookmark.as_ref()?.field {
            Field::Bookmark(bookmark) => bookmark.as_deref(),
            Field::Read(_) => None,
        }
    }
}

impl Marks {
    /// Whether the post has been read.
    pub fn is_read(&self, key: &ShelfKey) -> bool {
        let read = self.posts.get(key).and_then(|post| post.read.as_ref());
        read.is_some_and(|read| read.field == Field::Read(true))
    }

    /// The post's bookmark, if it is kept.
    pub fn bookmark(&self, key: &ShelfKey) -> Option<&Bookmark> {
        self.posts.get(key)?.kept()
    }

    /// All bookmarks, in no particular order.
    pub fn bookmarks(&self) -> impl Iterator<Item = &Bookmark> {
        self.posts.values().filter_map(Post::kept)
    }

    /// The posts that have or had a mark, in no particular order.
    pub fn keys(&self) -> impl Iterator<Item = &ShelfKey> {
        self.posts.keys()
    }

    /// Takes in a line, if it is later than what is there. Whether it was.
    pub(super) fn merge(&mut self, line: Line) -> bool {
        let field = self.posts.entry(line.key).or_default().field_mut(line.change.field.name());
        if field.as_ref().is_some_and(|old| !line.change.outdoes(old)) {
            return false;
        }
        *field = Some(line.change);
        true
    }

    /// When the field was given the value that counts, in milliseconds since 1970.
    pub(super) fn time(&self, key: &ShelfKey, name: FieldName) -> Option<i64> {
        self.posts.get(key)?.field(name).map(|dated| dated.time)
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        let fields = |post: &Post| usize::from(post.read.is_some()) + usize::from(post.bookmark.is_some());
        self.posts.values().map(fields).sum()
    }
}

#[cfg(test)]
impl Marks {
    /// The marks of a shelf that holds only these.
    pub(in crate::store) fn of(marks: impl IntoIterator<Item = (ShelfKey, bool, Option<Bookmark>)>) -> Self {
        let mut all = Self::default();
        for (key, read, bookmark) in marks {
            for field in [Field::Read(read), Field::Bookmark(bookmark.map(Box::new))] {
                all.merge(Line { key: key.clone(), change: Dated { time: 0, device: "".into(), field } });
            }
        }
        all
    }
}
