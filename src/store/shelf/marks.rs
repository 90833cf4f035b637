//! The state of the shelf: the fold of all lines.

use super::line::{Dated, Field, FieldName, Line};
use crate::post::{Bookmark, SavedQuery, ShelfKey};
use crate::query::fold;
use std::collections::HashMap;

/// What is marked, by post, and the saved queries, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    posts: HashMap<ShelfKey, Post>,
    queries: HashMap<ShelfKey, Option<Dated>>,
}

/// The value that counts, for each field.
#[derive(Clone, Debug, Default, PartialEq)]
struct Post {
    read: Option<Dated>,
    bookmark: Option<Dated>,
}

impl Post {
    fn kept(&self) -> Option<&Bookmark> {
        match &self.bookmark.as_ref()?.field {
            Field::Bookmark(bookmark) => bookmark.as_deref(),
            Field::Read(_) | Field::Query(_) => None,
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

    /// The saved queries, in the order in which they were first saved.
    pub fn queries(&self) -> Vec<&SavedQuery> {
        let saved = self.queries.values().flatten().filter_map(|dated| match &dated.field {
            Field::Query(query) => query.as_deref(),
            Field::Read(_) | Field::Bookmark(_) => None,
        });
        let mut queries: Vec<&SavedQuery> = saved.collect();
        queries.sort_by(|a, b| (a.added, &a.name).cmp(&(b.added, &b.name)));
        queries
    }

    /// The query that is saved under a name, or else under one that is the same but for case and width.
    pub fn query(&self, name: &str) -> Option<&SavedQuery> {
        let queries = self.queries();
        let named = |is: &dyn Fn(&str) -> bool| queries.iter().find(|query| is(&query.name)).copied();
        named(&|other| other == name).or_else(|| named(&|other| fold(other) == fold(name)))
    }

    /// Takes in a line, if it is later than what is there. Whether it was.
    pub(super) fn merge(&mut self, line: Line) -> bool {
        let field = match line.change.field.name() {
            FieldName::Read => &mut self.posts.entry(line.key).or_default().read,
            FieldName::Bookmark => &mut self.posts.entry(line.key).or_default().bookmark,
            FieldName::Query => self.queries.entry(line.key).or_default(),
        };
        if field.as_ref().is_some_and(|old| !line.change.outdoes(old)) {
            return false;
        }
        *field = Some(line.change);
        true
    }

    /// When the field was given the value that counts, in milliseconds since 1970.
    pub(super) fn time(&self, key: &ShelfKey, name: FieldName) -> Option<i64> {
        let value = match name {
            FieldName::Read => &self.posts.get(key)?.read,
            FieldName::Bookmark => &self.posts.get(key)?.bookmark,
            FieldName::Query => self.queries.get(key)?,
        };
        value.as_ref().map(|dated| dated.time)
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        let fields = |post: &Post| usize::from(post.read.is_some()) + usize::from(post.bookmark.is_some());
        self.posts.values().map(fields).sum::<usize>() + self.queries.len()
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
