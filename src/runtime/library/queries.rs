//! The reader's saved queries: what they stand for, and changing them.

use super::{Library, LibraryError};
use crate::app::QueryChange;
use crate::post::{SavedQuery, Timestamp};
use crate::query::{Query, QueryError, parse_with};
use crate::store;

impl Library {
    /// The saved queries, in the order in which they were saved.
    pub fn queries(&self) -> Vec<&SavedQuery> {
        self.marks().queries()
    }

    /// Reads a query as of now; `saved:name` stands for what is on the shelf.
    ///
    /// # Errors
    /// The first thing that makes no sense, and where.
    pub fn parse(&self, text: &str) -> Result<Query, QueryError> {
        let saved = |name: &str| Some(self.marks().query(name)?.text.to_string());
        parse_with(text, Timestamp::now(), &saved)
    }

    /// Saves, renames or removes a query, durably.
    ///
    /// # Errors
    /// When the shelf cannot be written; then nothing has changed.
    pub fn change_query(&mut self, change: &QueryChange) -> Result<(), LibraryError> {
        let QueryChange { before, after } = change;
        let saved = after.iter().map(|query| {
            let added = query.added.or_else(|| Some(self.later_than_all()));
            store::Change::SaveQuery(SavedQuery { added, ..query.clone() })
        });
        let name = after.as_ref().map(|query| &query.name);
        let old = before.iter().map(|query| &query.name).filter(|old| Some(*old) != name);
        // First what is new: if a power cut tears the second line, there are two names for it and not none.
        let changes = saved.chain(old.cloned().map(store::Change::DropQuery)).collect();
        Ok(self.shelf.change(changes)?)
    }

    /// Now, or if the clock was set back, or two queries are saved within a second, what is later than all before.
    fn later_than_all(&self) -> Timestamp {
        let latest = self.queries().iter().filter_map(|query| query.added).max();
        let next = latest.and_then(|latest| Timestamp::new(latest.second() + 1, latest.offset()));
        next.map_or(Timestamp::now(), |next| next.max(Timestamp::now()))
    }
}
