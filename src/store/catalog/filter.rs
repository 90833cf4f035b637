//! A [`Query`] as SQL. Everything that comes from outside is a bound parameter.

use crate::query::{Facet, Query, Sort, fold};
use rusqlite::types::Value;

/// A statement that selects the numbers of posts, with its parameters.
#[derive(Debug, PartialEq)]
pub(super) struct Select {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
}

/// The number by which the tables know a facet.
pub(super) fn kind(facet: Facet) -> i64 {
    match facet {
        Facet::Source => 0,
        Facet::Category => 1,
        Facet::Tag => 2,
    }
}

/// The posts that meet the query, in order, at most `limit`.
pub(super) fn select(query: &Query, sort: Sort, limit: Option<u32>) -> Select {
    // `Bookmarked` stands for the bookmarks of posts that are gone, too.
    let bookmarks = asks_for_bookmarks(query);
    let mut terms = Terms { bookmarks, sql: Vec::new(), params: Vec::new() };
    terms.sql.push(if bookmarks { "bookmarked = 1" } else { "gone = 0" });
    terms.add(query);
    let mut sql = format!("SELECT id FROM post WHERE {}{}", all_of(&terms.sql), order(sort));
    if let Some(limit) = limit {
        sql.push_str(" LIMIT ?");
        terms.params.push(limit.into());
    }
    Select { sql, params: terms.params }
}

/// The terms as one condition, nested like a balanced tree: SQLite refuses a condition that is deeper than a
/// thousand, which a pasted text in the filter line could be.
fn all_of(terms: &[&str]) -> String {
    match terms.split_at(terms.len() / 2) {
        ([], one) => one.concat(),
        (left, right) => format!("({} AND {})", all_of(left), all_of(right)),
    }
}

fn asks_for_bookmarks(query: &Query) -> bool {
    match query {
        Query::Bookmarked => true,
        Query::And(all) => all.iter().any(asks_for_bookmarks),
        _ => false,
    }
}

fn order(sort: Sort) -> &'static str {
    // SQLite takes NULL for the smallest value, so descending order puts posts without a date last.
    match sort {
        Sort::Newest => " ORDER BY date DESC, place DESC, path DESC",
        Sort::Oldest => " ORDER BY date ASC NULLS LAST, place ASC, path ASC",
        Sort::Title => " ORDER BY title, date DESC, place DESC, path DESC",
        Sort::Source => " ORDER BY source ASC NULLS LAST, date DESC, place DESC, path DESC",
    }
}

/// The conditions of a query, which all have to be met.
struct Terms {
    bookmarks: bool,
    sql: Vec<&'static str>,
    params: Vec<Value>,
}

impl Terms {
    fn add(&mut self, query: &Query) {
        match query {
            // `select` has said it already.
            Query::All | Query::Bookmarked => {}
            Query::And(all) => all.iter().for_each(|one| self.add(one)),
            // Posts that are gone are in no facet, and bookmarks are few enough to look at each.
            Query::Source(source) if self.bookmarks => self.bound("source = ?", source.to_string()),
            Query::Source(source) => self.facet(Facet::Source, source),
            Query::Category(value) => self.facet(Facet::Category, value),
            Query::Tag(value) => self.facet(Facet::Tag, value),
            Query::Title(text) => self.bound("instr(title_fold, ?) > 0", fold(text)),
            Query::Since(time) => self.bound("date + offset >= ?", time.civil_second()),
            Query::Before(time) => self.bound("date + offset < ?", time.civil_second()),
            Query::Unread => self.sql.push("read = 0"),
        }
    }

    fn bound(&mut self, term: &'static str, param: impl Into<Value>) {
        self.sql.push(term);
        self.params.push(param.into());
    }

    fn facet(&mut self, facet: Facet, value: &str) {
        self.params.push(kind(facet).into());
        self.bound(
            "id IN (SELECT post FROM post_facet WHERE facet = \
             (SELECT id FROM facet WHERE kind = ? AND value = ?))",
            value.to_owned(),
        );
    }
}
