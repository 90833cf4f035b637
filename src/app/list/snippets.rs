//! What is shown of the texts that a search has found.

use crate::app::Snippet;
use crate::query::{Listed, RowId};
use std::collections::HashMap;

/// The snippets of the lines around the cursor. Those of the list before stay until new ones come, so that a list that
/// changes with every letter does not flicker.
#[derive(Clone, Debug, Default)]
pub(super) struct Snippets {
    /// With the answer that each belongs to.
    made: HashMap<RowId, (u64, Snippet)>,
    /// Whether the list has any.
    wanted: bool,
    /// Whether there is room for them, too.
    shown: bool,
    /// Whether some are on their way.
    asked: bool,
}

impl Snippets {
    pub(super) fn get(&self, row: RowId) -> Option<&Snippet> {
        self.made.get(&row).map(|(_, snippet)| snippet)
    }

    /// Another list has been answered, which has snippets or not.
    pub(super) fn begin(&mut self, wanted: bool, lines: &[Listed]) {
        (self.wanted, self.asked) = (wanted, false);
        self.keep(lines);
    }

    /// Whether each line of the list has one below it.
    pub(super) fn are_shown(&self) -> bool {
        self.shown
    }

    /// Shows them if the list has any and there is room. Returns whether that is a change.
    pub(super) fn show_if(&mut self, has_room: bool) -> bool {
        let shown = self.wanted && has_room;
        std::mem::replace(&mut self.shown, shown) != shown
    }

    /// Forgets all but those of these lines.
    pub(super) fn keep(&mut self, lines: &[Listed]) {
        if !self.made.is_empty() {
            let kept = lines.iter().filter_map(|line| self.made.remove_entry(&line.row)).collect();
            self.made = kept;
        }
    }

    /// Whether one is missing that belongs to this answer.
    pub(super) fn lacks(&self, answer: u64, row: RowId) -> bool {
        self.made.get(&row).is_none_or(|(of, _)| *of != answer)
    }

    /// Whether more may be asked for.
    pub(super) fn is_idle(&self) -> bool {
        !self.asked
    }

    /// More have been asked for.
    pub(super) fn ask(&mut self) {
        self.asked = true;
    }

    /// Takes those that were asked for.
    pub(super) fn take(&mut self, answer: u64, snippets: Vec<(RowId, Snippet)>) {
        self.asked = false;
        self.made.extend(snippets.into_iter().map(|(row, snippet)| (row, (answer, snippet))));
    }
}
