//! Changes on their way to the disk: called saved when they are, taken back when they could not be, or when the reader
//! wants it.

use crate::app::{Change, Effect, Model, QueryChange, Words, marks, queries};
use crate::post::SafeText;

/// How many changes can be taken back.
const UNDO_LIMIT: usize = 1000;

/// A change that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Undoable {
    /// Of a mark.
    Mark(Change),
    /// Of a saved query.
    Query(QueryChange),
}

impl Undoable {
    fn inverse(self) -> Self {
        match self {
            Self::Mark(change) => Self::Mark(change.inverse()),
            Self::Query(change) => Self::Query(change.inverse()),
        }
    }
}

/// Makes a change that can be taken back; what is to be said about it is said when it is saved.
pub(crate) fn make(model: &mut Model, change: Undoable, said: &str) -> Vec<Effect> {
    if model.undo.len() == UNDO_LIMIT {
        model.undo.pop_front();
    }
    model.undo.push_back((change.clone(), SafeText::label(said)));
    perform(model, change, Some(said))
}

/// Takes back the last change.
pub(crate) fn take_back(model: &mut Model) -> Vec<Effect> {
    let Some((change, said)) = model.undo.pop_back() else {
        model.status.info(&model.preferences.words.nothing_to_undo);
        return Vec::new();
    };
    let said = Words::fill(&model.preferences.words.undone, &[&said]);
    perform(model, change.inverse(), Some(&said))
}

/// Makes a change. A mark is shown at once; saved queries are shown as they are on the shelf.
pub(crate) fn perform(model: &mut Model, change: Undoable, said: Option<&str>) -> Vec<Effect> {
    if let Some(said) = said {
        model.unsaved = Some((change.clone(), SafeText::label(said)));
    }
    match change {
        Undoable::Mark(change) => {
            marks::show(model, &change);
            vec![Effect::Save(change)]
        }
        Undoable::Query(change) => vec![Effect::ChangeQuery(change)],
    }
}

/// The change is on the disk.
pub(crate) fn saved(model: &mut Model, change: &Undoable) {
    match change {
        // What was asked for before it may have come after it and shown the old state.
        Undoable::Mark(change) => marks::show(model, change),
        Undoable::Query(change) => queries::changed(model, change),
    }
    if let Some((_, said)) = model.unsaved.take_if(|(unsaved, _)| unsaved == change) {
        model.status.info(&said);
    }
}

/// The change could not be saved: what is shown must not lie.
pub(crate) fn failed(model: &mut Model, change: &Undoable, why: &str) {
    if let Undoable::Mark(change) = change {
        marks::show(model, &change.clone().inverse());
    }
    if model.undo.back().is_some_and(|(last, _)| last == change) {
        model.undo.pop_back();
    }
    model.status.error(why);
}
