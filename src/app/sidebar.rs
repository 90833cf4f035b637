//! The sidebar: the whole archive, the reader's marks and saved queries, and the facets with their counts.

mod entries;

pub use entries::{Entry, Section};

use crate::app::{Saved, Scope};
use crate::post::SafeText;
use crate::query::{Count, Facet, Totals};
use std::collections::BTreeSet;

/// The choices, and which of them are visible.
#[derive(Clone, Debug)]
pub struct Sidebar {
    /// What is chosen.
    pub scope: Scope,
    /// What the entries were narrowed by.
    pub filter: String,
    /// The archive as a whole.
    pub totals: Totals,
    counts: [Vec<Count>; Facet::ALL.len()],
    saved: Vec<Saved>,
    unfolded: BTreeSet<Section>,
    entries: Vec<Entry>,
    cursor: usize,
    top: usize,
}

impl Default for Sidebar {
    fn default() -> Self {
        let mut sidebar = Self {
            scope: Scope::All,
            filter: String::new(),
            totals: Totals::default(),
            counts: Default::default(),
            saved: Vec::new(),
            unfolded: BTreeSet::from([Section::Saved, Section::Facet(Facet::Source)]),
            entries: Vec::new(),
            cursor: 0,
            top: 0,
        };
        sidebar.rebuild();
        sidebar
    }
}

impl Sidebar {
    /// The visible lines, those above and below the pane included.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The line under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first line on the pane.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The values of a facet with their counts, most frequent first.
    pub fn counts(&self, facet: Facet) -> &[Count] {
        self.counts.get(facet as usize).map_or(&[], Vec::as_slice)
    }

    /// A value of a facet.
    pub fn count(&self, facet: Facet, index: usize) -> Option<&Count> {
        self.counts(facet).get(index)
    }

    /// How a value of a facet is shown: a stock with its name.
    pub fn label(&self, facet: Facet, value: &SafeText) -> String {
        let count = self.counts(facet).iter().find(|count| count.value == *value);
        count.map_or_else(|| value.to_string(), Count::label)
    }

    /// The saved queries, in the order in which they were saved.
    pub fn saved(&self) -> &[Saved] {
        &self.saved
    }

    /// The query that is saved under a name.
    pub fn saved_as(&self, name: &SafeText) -> Option<&Saved> {
        self.saved.iter().find(|saved| saved.query.name == *name)
    }

    /// Whether a section shows only its heading.
    pub fn is_folded(&self, section: Section) -> bool {
        self.filter.is_empty() && !self.unfolded.contains(&section)
    }

    /// The unfolded sections.
    pub(crate) fn unfolded(&self) -> Vec<Section> {
        self.unfolded.iter().copied().collect()
    }

    /// Unfolds these sections and no others.
    pub(crate) fn unfold(&mut self, unfolded: &[Section]) {
        self.unfolded = unfolded.iter().copied().collect();
        self.rebuild();
    }

    /// Folds or unfolds a section.
    pub(crate) fn toggle(&mut self, section: Section) {
        if !self.unfolded.remove(&section) {
            self.unfolded.insert(section);
        }
        self.rebuild();
    }

    /// Takes new counts. The first counts make the choice of the last session visible, so then the cursor goes there.
    pub(crate) fn recount(&mut self, counts: Vec<(Facet, Vec<Count>)>, totals: Totals) {
        let is_first = self.counts.iter().all(Vec::is_empty);
        self.change(is_first, |sidebar| {
            sidebar.totals = totals;
            for (facet, values) in counts {
                if let Some(slot) = sidebar.counts.get_mut(facet as usize) {
                    *slot = values;
                }
            }
        });
    }

    /// Takes the saved queries as they are now. When they come for the first time, the cursor goes to the one that the
    /// last session had chosen.
    pub(crate) fn take_saved(&mut self, saved: Vec<Saved>) {
        let is_first = self.saved.is_empty() && self.scope.saved().is_some();
        self.change(is_first, |sidebar| sidebar.saved = saved);
    }

    /// Changes what there is to choose from. The cursor stays on its entry, or goes to what is chosen.
    fn change(&mut self, goes_to_chosen: bool, change: impl FnOnce(&mut Self)) {
        let heading = self.entry().filter(|entry| matches!(entry, Entry::Section(_)));
        let chosen = if goes_to_chosen { Some(self.scope.clone()) } else { self.scope_at_cursor() };
        change(self);
        self.rebuild();
        if let Some(chosen) = chosen {
            self.point_at(&chosen);
        } else if let Some(place) = self.entries.iter().position(|entry| Some(*entry) == heading) {
            self.cursor = place;
        }
    }

    /// Narrows the entries to those that contain a text.
    pub(crate) fn narrow(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.rebuild();
        let first = self.entries.iter().position(|entry| matches!(entry, Entry::Saved(_) | Entry::Value(..)));
        if !filter.is_empty() {
            self.cursor = first.unwrap_or(0);
        }
    }

    /// Moves the cursor, as far as the entries go.
    pub(crate) fn go(&mut self, place: usize) {
        self.cursor = place.min(self.entries.len().saturating_sub(1));
    }

    /// Moves the cursor to the entry of a choice, or to the heading that it is folded under.
    pub(crate) fn point_at(&mut self, scope: &Scope) {
        let heading = scope.section().filter(|section| self.is_folded(*section)).map(Entry::Section);
        let place = self.entries.iter().position(|entry| self.chooses(*entry, scope));
        if let Some(place) = place.or_else(|| self.entries.iter().position(|entry| Some(*entry) == heading)) {
            self.cursor = place;
        }
    }

    /// Chooses this, and moves the cursor there.
    pub(crate) fn choose(&mut self, scope: Scope) {
        self.point_at(&scope);
        self.scope = scope;
    }

    /// The saved query that was chosen has gone: chooses the next one, or if there is none what stands above it.
    pub(crate) fn choose_nearby(&mut self) {
        let is_near = |entry: &&Entry| !matches!(entry, Entry::Section(_) | Entry::Value(..));
        let nearest = self.entries.iter().take(self.cursor + 1).rev().find(is_near);
        self.choose(nearest.and_then(|entry| self.scope_of(*entry)).unwrap_or_default());
    }

    /// The entry under the cursor.
    pub(crate) fn entry(&self) -> Option<Entry> {
        self.entries.get(self.cursor).copied()
    }

    /// What the entry under the cursor chooses; a heading chooses nothing.
    pub(crate) fn scope_at_cursor(&self) -> Option<Scope> {
        self.scope_of(self.entry()?)
    }

    /// Scrolls so that the cursor is visible on a pane of this height.
    pub(crate) fn settle(&mut self, height: usize) {
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        self.top = self.top.min(self.entries.len().saturating_sub(height));
    }

    fn rebuild(&mut self) {
        self.entries = self.lines();
        self.cursor = self.cursor.min(self.entries.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests;
