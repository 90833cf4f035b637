//! A [`Query`] as SQL. Everything that comes from outside is a bound parameter.

use super::fold::fold;
use crate::query::{Facet, Query, Sort};
use rusqlite::types::Value;

/// A statement that selects the numbers of posts, with its parameters.
#[derive(Debug, Default, PartialEq)]
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
    let mut select = Select { sql: "SELECT id FROM post WHERE ".into(), params: Vec::new() };
    // `Bookmarked` stands for the bookmarks of posts that are gone, too.
    select.sql.push_str(if asks_for_bookmarks(query) { "bookmarked = 1" } else { "gone = 0" });
    select.and(query);
    select.sql.push_str(order(sort));
    if let Some(limit) = limit {
        select.sql.push_str(" LIMIT ?");
        select.params.push(limit.into());
    }
    select
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
        Sort::Newest => " ORDER BY date DESC, path DESC",
        Sort::Oldest => " ORDER BY date ASC NULLS LAST, path ASC",
        Sort::Title => " ORDER BY title, date DESC, path DESC",
        Sort::Source => " ORDER BY source ASC NULLS LAST, date DESC, path DESC",
    }
}

impl Select {
    fn and(&mut self, query: &Query) {
        match query {
            // `select` has said it already.
            Query::All | Query::Bookmarked => {}
            Query::And(all) => all.iter().for_each(|one| self.and(one)),
            Query::Source(source) => self.bound("source = ?", source.to_string()),
            Query::Category(value) => self.facet(Facet::Category, value),
            Query::Tag(value) => self.facet(Facet::Tag, value),
            Query::Title(text) => self.bound("instr(title_fold, ?) > 0", fold(text)),
            Query::Since(time) => self.bound("date + offset >= ?", time.civil_second()),
            Query::Before(time) => self.bound("date + offset < ?", time.civil_second()),
            Query::Unread => self.sql.push_str(" AND read = 0"),
        }
    }

    fn bound(&mut self, condition: &str, param: impl Into<Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
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
