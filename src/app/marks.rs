//! Bookmarks and read marks: shown at once, whatever becomes of them.

use crate::app::undo::{self, Undoable};
use crate::app::{Effect, Model};
use crate::post::{PostId, WebUrl};
use crate::query::RowId;

/// The marks a post can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The reader keeps it.
    Bookmark,
    /// It has been read.
    Read,
}

/// A mark set or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// On which line of the list.
    pub row: RowId,
    /// On which post: row numbers do not outlive the catalog, and a change may be taken back later.
    pub id: PostId,
    /// Which mark.
    pub mark: Mark,
    /// Set, or removed.
    pub on: bool,
}

impl Change {
    pub(crate) fn inverse(self) -> Self {
        Self { on: !self.on, ..self }
    }
}

/// The article that keys are about: the one under the cursor, which the reader shows or is about to show.
pub(crate) struct Subject {
    row: RowId,
    id: PostId,
    pub(crate) url: Option<WebUrl>,
    read: bool,
    bookmarked: bool,
}

/// The article under the cursor, if anything is known of it yet.
pub(crate) fn subject(model: &Model) -> Option<Subject> {
    let row = model.list.row()?;
    if let Some(shown) = model.reader.shown.as_ref().filter(|shown| shown.row == row) {
        let (id, url) = (shown.header.id.clone(), shown.header.url.clone());
        return Some(Subject { row, id, url, read: shown.read, bookmarked: shown.bookmarked });
    }
    let line = model.list.current()?;
    let (id, url) = (line.id.clone(), line.url.clone());
    Some(Subject { row, id, url, read: line.read, bookmarked: line.bookmarked })
}

/// Sets or removes a mark of the article under the cursor.
pub(crate) fn toggle(model: &mut Model, mark: Mark) -> Vec<Effect> {
    let Some(Subject { row, id, read, bookmarked, .. }) = subject(model) else { return Vec::new() };
    let on = match mark {
        Mark::Bookmark => !bookmarked,
        Mark::Read => !read,
    };
    let words = &model.preferences.words;
    let said = match (mark, on) {
        (Mark::Bookmark, true) => &words.bookmarked,
        (Mark::Bookmark, false) => &words.unbookmarked,
        (Mark::Read, true) => &words.marked_read,
        (Mark::Read, false) => &words.marked_unread,
    };
    let said = said.clone();
    undo::make(model, Undoable::Mark(Change { row, id, mark, on }), &said)
}

/// Marks the article that was opened as read, once it is known; that is no change to take back.
pub(crate) fn read(model: &mut Model) -> Vec<Effect> {
    let Some(subject) = subject(model).filter(|subject| model.opening == Some(subject.row)) else {
        return Vec::new();
    };
    model.opening = None;
    if subject.read {
        return Vec::new();
    }
    let change = Change { row: subject.row, id: subject.id, mark: Mark::Read, on: true };
    undo::perform(model, Undoable::Mark(change), None)
}

/// Shows a mark as it is from now on.
pub(crate) fn show(model: &mut Model, change: &Change) {
    if let Some(listed) = model.list.listed_mut(change.row).filter(|listed| listed.id == change.id) {
        set(change, &mut listed.read, &mut listed.bookmarked);
    }
    if let Some(shown) = model.reader.shown.as_mut().filter(|shown| shown.header.id == change.id) {
        set(change, &mut shown.read, &mut shown.bookmarked);
    }
}

fn set(change: &Change, read: &mut bool, bookmarked: &mut bool) {
    match change.mark {
        Mark::Bookmark => *bookmarked = change.on,
        Mark::Read => *read = change.on,
    }
}
