//! A [`Query`] as SQL. Everything that comes from outside is a bound parameter.

use crate::post::{Market, SafeText, Timestamp};
use crate::query::{Facet, Query, Sort, fold};
use rusqlite::types::Value;

/// A statement that selects the numbers of posts, with its parameters.
#[derive(Debug, PartialEq)]
pub(super) struct Select {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
    /// What the sets are that the function `filed` asks for, by their numbers.
    pub(super) sets: Vec<Set>,
}

/// The posts that are filed under any of some values.
#[derive(Debug, PartialEq)]
pub(super) struct Set {
    /// The condition that the values meet.
    pub(super) values: &'static str,
    pub(super) params: Vec<Value>,
}

/// The facets that posts are filed under in tables of their own. Months are known by the date.
pub(super) const FILED: [Facet; 4] = [Facet::Source, Facet::Category, Facet::Tag, Facet::Stock];

/// The number by which the tables know a facet; of months they know nothing.
pub(super) fn kind(facet: Facet) -> i64 {
    match facet {
        Facet::Source => 0,
        Facet::Category => 1,
        Facet::Tag => 2,
        Facet::Stock => 3,
        Facet::Month => -1,
    }
}

/// The posts that meet the query, in order, at most `limit`. The texts are not here, so of them only the titles are
/// looked at.
pub(super) fn select(query: &Query, sort: Sort, limit: Option<u32>) -> Select {
    let mut terms = Terms::default();
    let condition = terms.there(query);
    let mut sql = format!("SELECT id FROM post WHERE {condition}{}", order(sort));
    if let Some(limit) = limit {
        sql.push_str(" LIMIT ?");
        terms.params.push(limit.into());
    }
    Select { sql, params: terms.params, sets: terms.sets }
}

/// The stocks that a part of a query means, if it is about any.
pub(super) fn stocks(part: &Query) -> Option<Set> {
    only_set(part).filter(|_| matches!(part, Query::Code(_) | Query::Like(Facet::Stock, _)))
}

/// The set that is all that a query asks for, if it is one.
pub(super) fn only_set(query: &Query) -> Option<Set> {
    let mut terms = Terms::default();
    match query {
        Query::Source(_) | Query::Category(_) | Query::Tag(_) | Query::Code(_) | Query::Like(..) => {
            terms.term(query, false);
            terms.sets.pop()
        }
        _ => None,
    }
}

/// The condition that a post is in a set.
pub(super) fn filed_term(set: usize) -> String {
    format!("filed({set}, id)")
}

/// The terms as one condition, nested like a balanced tree: SQLite refuses a condition that is deeper than a
/// thousand, which a pasted text in the filter line could be.
fn joined(terms: &[String], joint: &str) -> String {
    match terms.split_at(terms.len() / 2) {
        ([], one) => one.concat(),
        (left, right) => format!("({} {joint} {})", joined(left, joint), joined(right, joint)),
    }
}

fn order(sort: Sort) -> &'static str {
    // SQLite takes NULL for the smallest value, so descending order puts posts without a date last.
    match sort {
        Sort::Newest | Sort::Relevance => " ORDER BY date DESC, place DESC, path DESC",
        Sort::Oldest => " ORDER BY date ASC NULLS LAST, place ASC, path ASC",
        Sort::Title => " ORDER BY title, date DESC, place DESC, path DESC",
        Sort::Source => " ORDER BY source ASC NULLS LAST, date DESC, place DESC, path DESC",
    }
}

/// No clock is further from UTC, in seconds.
const FURTHEST: i64 = 26 * 3600;

/// Turns queries into conditions, whose parameters it keeps in the order of the text. A condition may be null, which
/// stands for false.
#[derive(Default)]
struct Terms {
    params: Vec<Value>,
    sets: Vec<Set>,
}

impl Terms {
    /// Posts whose file is gone count only where bookmarks are asked for.
    fn there(&mut self, query: &Query) -> String {
        if query.asks_for_bookmarks() {
            return self.term(query, true);
        }
        joined(&["gone = 0".to_owned(), self.term(query, false)], "AND")
    }

    /// `gone` says whether the posts that are looked at may be gone.
    fn term(&mut self, query: &Query, gone: bool) -> String {
        match query {
            Query::All => "1".to_owned(),
            Query::And(all) if all.is_empty() => "1".to_owned(),
            Query::Or(any) if any.is_empty() => "0".to_owned(),
            Query::And(all) => joined(&all.iter().map(|one| self.term(one, gone)).collect::<Vec<_>>(), "AND"),
            Query::Or(any) if query.asks_for_bookmarks() => {
                joined(&any.iter().map(|one| self.there(one)).collect::<Vec<_>>(), "OR")
            }
            Query::Or(any) => joined(&any.iter().map(|one| self.term(one, gone)).collect::<Vec<_>>(), "OR"),
            Query::Not(denied) => format!("({}) IS NOT TRUE", self.term(denied, gone)),
            Query::Title(term) | Query::Text(term) if term.with_variants => {
                self.bound("spells(?, title_fold)", term.text.clone())
            }
            Query::Title(term) | Query::Text(term) => {
                self.bound("instr(title_fold, ?) > 0", fold(&term.text))
            }
            Query::Pattern(pattern) => self.bound("matches(?, title_fold)", pattern.as_str().to_owned()),
            Query::Source(value) if gone => self.bound("source = ?", value.to_string()),
            Query::Source(value) => self.facet(Facet::Source, value),
            Query::Category(value) => self.facet(Facet::Category, value),
            Query::Tag(value) => self.facet(Facet::Tag, value),
            Query::Like(Facet::Month, text) => self.term(&Facet::Month.query(SafeText::new(text)), gone),
            Query::Like(facet, text) => self.like(*facet, &fold(text), gone),
            Query::Code(symbol) => self.stock(symbol.as_str()),
            Query::HasImage => "image = 1".to_owned(),
            Query::Since(time) => self.date("(date >= ? AND date + offset >= ?)", *time, -FURTHEST),
            Query::Before(time) => self.date("(date < ? AND date + offset < ?)", *time, FURTHEST),
            Query::Read => "read = 1".to_owned(),
            Query::Unread => "read = 0".to_owned(),
            Query::Bookmarked => "bookmarked = 1".to_owned(),
        }
    }

    fn bound(&mut self, term: &str, param: impl Into<Value>) -> String {
        self.params.push(param.into());
        term.to_owned()
    }

    fn facet(&mut self, facet: Facet, value: &str) -> String {
        self.filed("kind = ? AND value = ?", vec![kind(facet).into(), value.to_owned().into()])
    }

    fn like(&mut self, facet: Facet, text: &str, gone: bool) -> String {
        let params = vec![kind(facet).into(), text.to_owned().into()];
        let there = self.filed("kind = ? AND instr(search, ?) > 0", params);
        if gone && facet == Facet::Source {
            let gone = self.bound("instr(source_gone, ?) > 0", text.to_owned());
            return joined(&[there, gone], "OR");
        }
        there
    }

    /// A symbol, or a code on any market.
    fn stock(&mut self, symbol: &str) -> String {
        let markets = Market::SUFFIXES.map(|suffix| Value::from(format!("{symbol}.{suffix}")));
        let params = [kind(Facet::Stock).into(), symbol.to_owned().into()].into_iter().chain(markets);
        self.filed("kind = ? AND value IN (?, ?, ?, ?, ?)", params.collect())
    }

    fn filed(&mut self, values: &'static str, params: Vec<Value>) -> String {
        self.sets.push(Set { values, params });
        filed_term(self.sets.len() - 1)
    }

    /// The moment alone bounds the posts in the order of an index; their own clocks decide.
    fn date(&mut self, term: &str, time: Timestamp, furthest: i64) -> String {
        self.params.push((time.civil_second() + furthest).into());
        self.bound(term, time.civil_second())
    }
}
