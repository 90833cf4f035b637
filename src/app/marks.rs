//! Bookmarks and read marks: shown at once, saved durably, taken back when they could not be saved.

use crate::app::{Effect, Model, Pane};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// On which post.
    pub row: RowId,
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

/// Sets or removes a mark of the post that the focus is on.
pub(crate) fn toggle(model: &mut Model, mark: Mark) -> Vec<Effect> {
    let Some((row, on)) = state(model, mark) else { return Vec::new() };
    let change = Change { row, mark, on: !on };
    if model.undo.len() == UNDO_LIMIT {
        model.undo.pop_front();
    }
    model.undo.push_back(change);
    let words = &model.preferences.words;
    let said = match (mark, change.on) {
        (Mark::Bookmark, true) => &words.bookmarked,
        (Mark::Bookmark, false) => &words.unbookmarked,
        (Mark::Read, true) => &words.marked_read,
        (Mark::Read, false) => &words.marked_unread,
    };
    model.status.info(said);
    make(model, change)
}

/// Takes back the last change.
pub(crate) fn undo(model: &mut Model) -> Vec<Effect> {
    let Some(change) = model.undo.pop_back() else {
        model.status.info(&model.preferences.words.nothing_to_undo);
        return Vec::new();
    };
    model.status.info(&model.preferences.words.undone);
    make(model, change.inverse())
}

/// Marks a post as read because it was opened; that is no change to take back.
pub(crate) fn opened(model: &mut Model, row: RowId) -> Vec<Effect> {
    match model.list.listed(row) {
        Some(listed) if !listed.read => make(model, Change { row, mark: Mark::Read, on: true }),
        _ => Vec::new(),
    }
}

/// The change could not be saved: what is shown must not lie.
pub(crate) fn failed(model: &mut Model, change: Change, why: &str) {
    show(model, change.inverse());
    if model.undo.back() == Some(&change) {
        model.undo.pop_back();
    }
    model.status.error(why);
}

fn make(model: &mut Model, change: Change) -> Vec<Effect> {
    show(model, change);
    vec![Effect::Save(change)]
}

fn show(model: &mut Model, change: Change) {
    if let Some(listed) = model.list.listed_mut(change.row) {
        set(change, &mut listed.read, &mut listed.bookmarked);
    }
    if let Some(shown) = model.reader.shown.as_mut().filter(|shown| shown.row == change.row) {
        set(change, &mut shown.read, &mut shown.bookmarked);
    }
}

fn set(change: Change, read: &mut bool, bookmarked: &mut bool) {
    match change.mark {
        Mark::Bookmark => *bookmarked = change.on,
        Mark::Read => *read = change.on,
    }
}

/// The post that the focus is on, and whether it has the mark.
fn state(model: &Model, mark: Mark) -> Option<(RowId, bool)> {
    let pick = |read, bookmarked| match mark {
        Mark::Bookmark => bookmarked,
        Mark::Read => read,
    };
    if model.focus == Pane::Reader
        && let Some(shown) = &model.reader.shown
    {
        return Some((shown.row, pick(shown.read, shown.bookmarked)));
    }
    let listed = model.list.current()?;
    Some((listed.row, pick(listed.read, listed.bookmarked)))
}
