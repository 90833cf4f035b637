//! Bookmarks and read marks: shown at once, called saved when they are, taken back when they could not be.

use crate::app::{Effect, Model};
use crate::post::{PostId, SafeText, WebUrl};
use crate::query::RowId;

/// How many changes can be taken back.
const UNDO_LIMIT: usize = 1000;

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
    fn inverse(self) -> Self {
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
    let said = SafeText::label(said);
    let change = Change { row, id, mark, on };
    if model.undo.len() == UNDO_LIMIT {
        model.undo.pop_front();
    }
    model.undo.push_back(change.clone());
    make(model, change, Some(said))
}

/// Takes back the last change.
pub(crate) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(change) = model.undo.pop_back() else {
        model.status.info(&model.preferences.words.nothing_to_undo);
        return Vec::new();
    };
    let said = SafeText::label(&model.preferences.words.undone);
    make(model, change.inverse(), Some(said))
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
    make(model, Change { row: subject.row, id: subject.id, mark: Mark::Read, on: true }, None)
}

/// The change is on the disk. What was asked for before it may have come after it and shown the old state.
pub(crate) fn saved(model: &mut Model, change: &Change) {
    show(model, change);
    if let Some((_, said)) = model.unsaved.take_if(|(unsaved, _)| unsaved == change) {
        model.status.info(&said);
    }
}

/// The change could not be saved: what is shown must not lie.
pub(crate) fn failed(model: &mut Model, change: &Change, why: &str) {
    show(model, &change.clone().inverse());
    if model.undo.back() == Some(change) {
        model.undo.pop_back();
    }
    model.status.error(why);
}

/// Makes a change; what is to be said about it is said when it is saved.
fn make(model: &mut Model, change: Change, said: Option<SafeText>) -> Vec<Effect> {
    show(model, &change);
    if let Some(said) = said {
        model.unsaved = Some((change.clone(), said));
    }
    vec![Effect::Save(change)]
}

fn show(model: &mut Model, change: &Change) {
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
