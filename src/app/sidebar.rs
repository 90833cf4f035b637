//! The sidebar: the whole archive, the reader's marks, and the facets with their counts.

use crate::app::Scope;
use crate::post::SafeText;
use crate::query::{Count, Facet, Totals, fold};
use std::collections::BTreeSet;

/// One line of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Every post.
    All,
    /// Posts not yet read.
    Unread,
    /// Posts that the reader keeps.
    Bookmarks,
    /// The heading of a facet.
    Section(Facet),
    /// A value of a facet, by its place in [`Sidebar::counts`].
    Value(Facet, usize),
}

/// The choices, and which of them are visible.
#[derive(Clone, Debug)]
pub struct Sidebar {
    /// What is chosen.
    pub scope: Scope,
    /// What the values were narrowed by.
    pub filter: String,
    /// The archive as a whole.
    pub totals: Totals,
    counts: [Vec<Count>; Facet::ALL.len()],
    unfolded: BTreeSet<Facet>,
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
            unfolded: BTreeSet::from([Facet::Source]),
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

    /// Whether a section shows only its heading.
    pub fn is_folded(&self, facet: Facet) -> bool {
        self.filter.is_empty() && !self.unfolded.contains(&facet)
    }

    /// The unfolded sections.
    pub(crate) fn unfolded(&self) -> Vec<Facet> {
        self.unfolded.iter().copied().collect()
    }

    /// Unfolds these sections and no others.
    pub(crate) fn unfold(&mut self, unfolded: &[Facet]) {
        self.unfolded = unfolded.iter().copied().collect();
        self.rebuild();
    }

    /// Folds or unfolds a section.
    pub(crate) fn toggle(&mut self, facet: Facet) {
        if !self.unfolded.remove(&facet) {
            self.unfolded.insert(facet);
        }
        self.rebuild();
    }

    /// Takes new counts; the cursor stays on its entry. The first counts make the choice of the last session
    /// visible, so then the cursor goes there.
    pub(crate) fn recount(&mut self, counts: Vec<(Facet, Vec<Count>)>, totals: Totals) {
        let is_first = self.counts.iter().all(Vec::is_empty);
        let heading = self.entry().filter(|entry| matches!(entry, Entry::Section(_)));
        let chosen = if is_first { Some(self.scope.clone()) } else { self.scope_at_cursor() };
        self.totals = totals;
        for (facet, values) in counts {
            if let Some(slot) = self.counts.get_mut(facet as usize) {
                *slot = values;
            }
        }
        self.rebuild();
        if let Some(chosen) = chosen {
            self.point_at(&chosen);
        } else if let Some(place) = self.entries.iter().position(|entry| Some(*entry) == heading) {
            self.cursor = place;
        }
    }

    /// Narrows the values to those that contain a text.
    pub(crate) fn narrow(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        self.rebuild();
        let first_value = self.entries.iter().position(|entry| matches!(entry, Entry::Value(..)));
        if !filter.is_empty() {
            self.cursor = first_value.unwrap_or(0);
        }
    }

    /// Moves the cursor, as far as the entries go.
    pub(crate) fn go(&mut self, place: usize) {
        self.cursor = place.min(self.entries.len().saturating_sub(1));
    }

    /// Moves the cursor to the entry of a choice, or to the heading that it is folded under.
    pub(crate) fn point_at(&mut self, scope: &Scope) {
        let chosen = |entry: &Entry| self.chooses(*entry, scope);
        let heading =
            |entry: &Entry| matches!((entry, scope), (Entry::Section(a), Scope::Facet(b, _)) if a == b);
        let place = self.entries.iter().position(chosen);
        if let Some(place) = place.or_else(|| self.entries.iter().position(heading)) {
            self.cursor = place;
        }
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

    /// What an entry chooses; a heading chooses nothing.
    pub fn scope_of(&self, entry: Entry) -> Option<Scope> {
        match entry {
            Entry::All => Some(Scope::All),
            Entry::Unread => Some(Scope::Unread),
            Entry::Bookmarks => Some(Scope::Bookmarks),
            Entry::Section(_) => None,
            Entry::Value(facet, index) => {
                self.count(facet, index).map(|count| Scope::Facet(facet, count.value.clone()))
            }
        }
    }

    /// Whether an entry chooses this.
    pub fn chooses(&self, entry: Entry, scope: &Scope) -> bool {
        match (entry, scope) {
            (Entry::Value(facet, index), Scope::Facet(of, value)) => {
                facet == *of && self.count(facet, index).is_some_and(|count| count.value == *value)
            }
            (Entry::Value(..), _) => false,
            (plain, scope) => self.scope_of(plain).as_ref() == Some(scope),
        }
    }

    /// How a value of a facet is shown: a stock with its name.
    pub fn label(&self, facet: Facet, value: &SafeText) -> String {
        let count = self.counts(facet).iter().find(|count| count.value == *value);
        count.map_or_else(|| value.to_string(), Count::label)
    }

    fn rebuild(&mut self) {
        let filter = fold(&self.filter);
        let mut entries = Vec::new();
        if filter.is_empty() {
            entries.extend([Entry::All, Entry::Unread, Entry::Bookmarks]);
        }
        for facet in Facet::ALL {
            let values: Vec<Entry> = (self.counts(facet).iter().enumerate())
                .filter(|(_, count)| filter.is_empty() || count.contains(&filter))
                .map(|(index, _)| Entry::Value(facet, index))
                .collect();
            if !values.is_empty() {
                entries.push(Entry::Section(facet));
            }
            if !self.is_folded(facet) {
                entries.extend(values);
            }
        }
        self.entries = entries;
        self.cursor = self.cursor.min(self.entries.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(value: &str, total: u32) -> Count {
        Count { value: value.into(), name: None, total, unread: total }
    }

    fn sidebar() -> Sidebar {
        let mut sidebar = Sidebar::default();
        let sources = vec![count("晨星滚动", 9), count("江海财报", 5), count("Bay Wire", 1)];
        let tags = vec![count("要闻", 3)];
        sidebar.recount(vec![(Facet::Source, sources), (Facet::Tag, tags)], Totals::default());
        sidebar
    }

    #[test]
    fn folding_hides_the_values_of_a_section_and_empty_sections_are_not_shown() {
        let mut sidebar = sidebar();
        assert_eq!(sidebar.entries().len(), 3 + 1 + 3 + 1);
        sidebar.toggle(Facet::Source);
        assert_eq!(sidebar.entries().len(), 3 + 1 + 1);
        sidebar.toggle(Facet::Tag);
        assert_eq!(sidebar.entries().len(), 3 + 1 + 1 + 1);
    }

    #[test]
    fn narrowing_looks_into_folded_sections_and_ignores_case() {
        let mut sidebar = sidebar();
        sidebar.narrow("bay");
        assert_eq!(sidebar.entries(), [Entry::Section(Facet::Source), Entry::Value(Facet::Source, 2)]);
        assert_eq!(sidebar.scope_at_cursor(), Some(Scope::Facet(Facet::Source, "Bay Wire".into())));
        sidebar.narrow("要");
        assert_eq!(sidebar.entries(), [Entry::Section(Facet::Tag), Entry::Value(Facet::Tag, 0)]);
        sidebar.narrow("");
        assert_eq!(sidebar.entries().first(), Some(&Entry::All));
    }

    #[test]
    fn stocks_are_found_by_name_and_by_code() {
        let mut sidebar = sidebar();
        let stock = |name: Option<&str>, symbol| Count { name: name.map(Into::into), ..count(symbol, 2) };
        let stocks = vec![stock(Some("贵州茅台"), "600519.SH"), stock(None, "NIO.US")];
        sidebar.recount(vec![(Facet::Stock, stocks)], Totals::default());
        assert_eq!(sidebar.entries().last(), Some(&Entry::Section(Facet::Stock)), "folded");
        for (filter, found) in [("茅台", 0), ("6005", 0), ("nio", 1)] {
            sidebar.narrow(filter);
            assert_eq!(sidebar.entry(), Some(Entry::Value(Facet::Stock, found)), "{filter}");
        }
        assert_eq!(sidebar.label(Facet::Stock, &"600519.SH".into()), "贵州茅台 600519.SH");
        assert_eq!(sidebar.label(Facet::Stock, &"NIO.US".into()), "NIO.US");
    }

    #[test]
    fn the_choice_of_the_last_session_is_shown_or_its_heading() {
        for (facet, expected) in
            [(Facet::Source, Entry::Value(Facet::Source, 0)), (Facet::Tag, Entry::Section(Facet::Tag))]
        {
            let mut sidebar = Sidebar { scope: Scope::Facet(facet, "甲".into()), ..Sidebar::default() };
            sidebar.recount(vec![(facet, vec![count("甲", 1)])], Totals::default());
            assert_eq!(sidebar.entry(), Some(expected));
        }
    }

    #[test]
    fn the_cursor_stays_on_its_entry_when_counts_change() {
        let mut sidebar = sidebar();
        sidebar.point_at(&Scope::Facet(Facet::Source, "江海财报".into()));
        sidebar.recount(
            vec![(Facet::Source, vec![count("江海财报", 50), count("晨星滚动", 9)])],
            Totals::default(),
        );
        assert_eq!(sidebar.scope_at_cursor(), Some(Scope::Facet(Facet::Source, "江海财报".into())));
    }
}
