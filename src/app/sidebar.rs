//! The sidebar: the whole archive, the reader's marks and saved queries, and the facets with their counts.

mod entries;

pub use entries::{Entry, Section};

use crate::app::{Found, Narrowing, Saved, Scope, Tally};
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
    /// What the list is narrowed by.
    narrowing: Narrowing,
    /// What was found by that, or by what was typed shortly before.
    found: Option<Found>,
    /// What was chosen before a choice was made among what was found.
    before: Option<Scope>,
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
            narrowing: Narrowing::default(),
            found: None,
            before: None,
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

    /// The values of a facet with their counts among what was found, or else in the whole archive: most frequent
    /// first, the latest of the months.
    pub fn counts(&self, facet: Facet) -> &[Count] {
        let Some(found) = &self.found else { return self.all_counts(facet) };
        found.counts.iter().find(|(of, _)| *of == facet).map_or(&[], |(_, counts)| counts)
    }

    /// The values of a facet with their counts in the whole archive.
    pub fn all_counts(&self, facet: Facet) -> &[Count] {
        self.counts.get(facet as usize).map_or(&[], Vec::as_slice)
    }

    /// What was found as a whole; `None` where nothing is looked for.
    pub fn found(&self) -> Option<Totals> {
        self.found.as_ref().map(|found| found.totals)
    }

    /// A value of a facet.
    pub fn count(&self, facet: Facet, index: usize) -> Option<&Count> {
        self.counts(facet).get(index)
    }

    /// How a value of a facet is shown: a stock with its name.
    pub fn label(&self, facet: Facet, value: &SafeText) -> String {
        let count = self.all_counts(facet).iter().find(|count| count.value == *value);
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

    /// How many posts a saved query finds, among what was found.
    pub fn tally(&self, index: usize) -> Option<&Tally> {
        let found = self.found.as_ref().and_then(|found| found.saved.get(index));
        found.or(self.saved.get(index).map(|saved| &saved.tally))
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

    /// Takes new counts of the whole archive.
    pub(crate) fn recount(&mut self, counts: Vec<(Facet, Vec<Count>)>, totals: Totals) {
        self.totals = totals;
        self.change(|sidebar| {
            for (facet, values) in counts {
                if let Some(slot) = sidebar.counts.get_mut(facet as usize) {
                    *slot = values;
                }
            }
        });
    }

    /// Takes the months of the whole archive.
    pub(crate) fn take_months(&mut self, months: Vec<Count>) {
        self.recount(vec![(Facet::Month, months)], self.totals);
    }

    /// Takes the saved queries as they are now.
    pub(crate) fn take_saved(&mut self, saved: Vec<Saved>) {
        self.change(|sidebar| sidebar.saved = saved);
    }

    /// Takes what was found, unless something else is looked for by now. Also what is chosen and was not found stays
    /// visible.
    pub(crate) fn take_found(&mut self, mut found: Found) {
        if found.narrowing != self.narrowing {
            return;
        }
        if let Scope::Facet(facet, value) = &self.scope
            && let Some((_, counts)) = found.counts.iter_mut().find(|(of, _)| of == facet)
            && counts.iter().all(|count| count.value != *value)
        {
            let name = self.all_counts(*facet).iter().find(|count| count.value == *value);
            let name = name.and_then(|count| count.name.clone());
            counts.push(Count { value: value.clone(), name, total: 0, unread: 0 });
        }
        self.change(|sidebar| sidebar.found = Some(found));
    }

    /// Learns what the list is narrowed by. Returns whether that is something else than before.
    pub(crate) fn narrow_to(&mut self, narrowing: Narrowing) -> bool {
        if narrowing == self.narrowing {
            return false;
        }
        if narrowing.is_everything() {
            self.before = None;
            self.change(|sidebar| sidebar.found = None);
        }
        self.narrowing = narrowing;
        true
    }

    /// Changes what there is to choose from. The cursor stays on its entry; when that makes visible what was chosen, as
    /// at the start of the program, the cursor goes there.
    fn change(&mut self, change: impl FnOnce(&mut Self)) {
        let (was_visible, heading) = (self.place_of(&self.scope).is_some(), self.entry());
        let at_cursor = self.scope_at_cursor();
        change(self);
        self.rebuild();
        let chosen = self.place_of(&self.scope).filter(|_| !was_visible);
        let same = match at_cursor {
            Some(scope) => self.place_of(&scope),
            None => self.entries.iter().position(|entry| Some(*entry) == heading),
        };
        self.cursor = chosen.or(same).unwrap_or(self.cursor);
    }

    /// The place of the entry of a choice, or of the heading that it is folded under.
    fn place_of(&self, scope: &Scope) -> Option<usize> {
        let heading = scope.section().filter(|section| self.is_folded(*section)).map(Entry::Section);
        let place = self.entries.iter().position(|entry| self.chooses(*entry, scope));
        place.or_else(|| self.entries.iter().position(|entry| Some(*entry) == heading))
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
        self.cursor = self.place_of(scope).unwrap_or(self.cursor);
    }

    /// Chooses this, and moves the cursor there.
    pub(crate) fn choose(&mut self, scope: Scope) {
        self.point_at(&scope);
        self.switch(scope);
    }

    /// Chooses what the cursor stands on. Returns whether that is something else than before.
    pub(crate) fn choose_at_cursor(&mut self) -> bool {
        let scope = self.scope_at_cursor().filter(|scope| *scope != self.scope);
        scope.map(|scope| self.switch(scope)).is_some()
    }

    /// Goes back to what was chosen before the reader chose among what was found. Returns whether there was anything.
    pub(crate) fn widen(&mut self) -> bool {
        let Some(scope) = self.before.take() else { return false };
        self.choose(scope);
        self.before = None;
        true
    }

    fn switch(&mut self, scope: Scope) {
        let before = std::mem::replace(&mut self.scope, scope);
        if !self.narrowing.is_everything() {
            self.before.get_or_insert(before);
            self.before.take_if(|before| *before == self.scope);
        }
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
