//! The lines of the sidebar.

use crate::app::Scope;
use crate::query::{Facet, fold};
use serde::{Deserialize, Serialize};

/// A part of the sidebar with a heading, under which it can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// The saved queries.
    Saved,
    /// The values of a facet.
    Facet(Facet),
}

/// One line of the sidebar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Every post.
    All,
    /// Posts not yet read.
    Unread,
    /// Posts that the reader keeps.
    Bookmarks,
    /// The heading of a section.
    Section(Section),
    /// A saved query, by its place in [`Sidebar::saved`](super::Sidebar::saved).
    Saved(usize),
    /// A value of a facet, by its place in [`Sidebar::counts`](super::Sidebar::counts).
    Value(Facet, usize),
}

impl super::Sidebar {
    /// What an entry chooses; a heading chooses nothing.
    pub fn scope_of(&self, entry: Entry) -> Option<Scope> {
        match entry {
            Entry::All => Some(Scope::All),
            Entry::Unread => Some(Scope::Unread),
            Entry::Bookmarks => Some(Scope::Bookmarks),
            Entry::Section(_) => None,
            Entry::Saved(index) => self.saved.get(index).map(|saved| Scope::Saved(saved.query.name.clone())),
            Entry::Value(facet, index) => {
                self.count(facet, index).map(|count| Scope::Facet(facet, count.value.clone()))
            }
        }
    }

    /// Whether an entry chooses this.
    pub fn chooses(&self, entry: Entry, scope: &Scope) -> bool {
        match (entry, scope) {
            // There may be thousands of them.
            (Entry::Value(facet, index), Scope::Facet(of, value)) => {
                facet == *of && self.count(facet, index).is_some_and(|count| count.value == *value)
            }
            (Entry::Value(..), _) => false,
            (other, scope) => self.scope_of(other).as_ref() == Some(scope),
        }
    }

    /// The visible lines.
    pub(super) fn lines(&self) -> Vec<Entry> {
        let filter = fold(&self.filter);
        let mut lines = Vec::new();
        if filter.is_empty() {
            lines.extend([Entry::All, Entry::Unread, Entry::Bookmarks]);
        }
        let saved = self.saved.iter().enumerate().filter(|(_, saved)| saved.contains(&filter));
        self.add(Section::Saved, saved.map(|(index, _)| Entry::Saved(index)), &mut lines);
        for facet in Facet::ALL {
            let values = self.counts(facet).iter().enumerate();
            let values = values.filter(|(_, count)| filter.is_empty() || count.contains(&filter));
            self.add(Section::Facet(facet), values.map(|(index, _)| Entry::Value(facet, index)), &mut lines);
        }
        lines
    }

    /// Adds a section, unless there is nothing in it.
    fn add(&self, section: Section, entries: impl Iterator<Item = Entry>, lines: &mut Vec<Entry>) {
        let mut entries = entries.peekable();
        if entries.peek().is_none() {
            return;
        }
        lines.push(Entry::Section(section));
        if !self.is_folded(section) {
            lines.extend(entries);
        }
    }
}
