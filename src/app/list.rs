//! The list of articles: all row numbers, and the lines around the cursor.

use crate::app::{Effect, Keep, Listing, Narrowing, Question, Scope};
use crate::post::PostId;
use crate::query::{Listed, QueryError, RowId, Sort};
use std::ops::Range;
use std::sync::Arc;

/// So many screens of lines are fetched before and after the visible one, so that keys find them ready.
const SCREENS_AHEAD: usize = 3;

/// The articles that meet the sidebar's choice and the filter.
///
/// A million posts are a million row numbers; only the lines near the cursor are here.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// What the titles were narrowed by.
    pub filter: String,
    /// The query that the posts were found by, as it was typed.
    pub search: String,
    /// What is wrong with the query; then the list is that of the query before.
    pub flaw: Option<Box<QueryError>>,
    /// The order.
    pub sort: Sort,
    rows: Arc<[RowId]>,
    cursor: usize,
    top: usize,
    lines: Vec<Listed>,
    /// The places that `lines` are of.
    near: Range<usize>,
    /// What the query looks for in the texts.
    marks: Vec<String>,
    asked: u64,
    answered: u64,
    fetching: Range<usize>,
    /// The post that the cursor goes to as soon as it is there, and how many lines stay visible above it.
    wanted: Option<(PostId, usize)>,
    /// Whether the newest question asked for the top.
    from_top: bool,
    /// Whether the cursor was moved since the newest question.
    moved: bool,
}

impl List {
    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the newest question has been answered.
    pub fn is_settled(&self) -> bool {
        self.asked == self.answered
    }

    /// The place of the cursor, from 0.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The place of the first visible line.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The line at a place, if it has been fetched.
    pub fn line(&self, place: usize) -> Option<&Listed> {
        let row = *self.rows.get(place)?;
        let expected = self.lines.get(place.checked_sub(self.near.start)?).filter(|line| line.row == row);
        expected.or_else(|| self.listed(row))
    }

    /// The number of the article under the cursor.
    pub fn row(&self) -> Option<RowId> {
        self.rows.get(self.cursor).copied()
    }

    /// The line under the cursor, if it has been fetched.
    pub fn current(&self) -> Option<&Listed> {
        self.line(self.cursor)
    }

    /// The line of an article, if it is near the cursor.
    pub(crate) fn listed(&self, row: RowId) -> Option<&Listed> {
        self.lines.iter().find(|line| line.row == row)
    }

    /// The same, to change its marks.
    pub(crate) fn listed_mut(&mut self, row: RowId) -> Option<&mut Listed> {
        self.lines.iter_mut().find(|line| line.row == row)
    }

    /// The cursor goes to this post as soon as it is in the list, with so many lines above it on the screen.
    pub(crate) fn want(&mut self, post: Option<PostId>, lines_above: usize) {
        self.wanted = post.map(|post| (post, lines_above));
    }

    /// How many lines are visible above the cursor.
    pub(crate) fn lines_above(&self) -> usize {
        self.wanted.as_ref().map_or(self.cursor.saturating_sub(self.top), |(_, lines)| *lines)
    }

    /// The post that the session should remember.
    pub(crate) fn remembered(&self) -> Option<PostId> {
        self.wanted.as_ref().map(|(post, _)| post).or(self.current().map(|line| &line.id)).cloned()
    }

    /// Moves the cursor, as far as the list goes.
    pub(crate) fn go(&mut self, place: usize) {
        self.cursor = place.min(self.len().saturating_sub(1));
        self.wanted = None;
        self.moved = true;
    }

    /// Asks for the list anew with the cursor at the top.
    pub(crate) fn ask_from_top(&mut self, scope: &Scope, height: usize) -> Effect {
        self.wanted = None;
        self.ask(scope, Keep::First, height)
    }

    /// Asks for the list anew with the cursor on the same article.
    pub(crate) fn ask_again(&mut self, scope: &Scope, height: usize) -> Effect {
        let keep = match (&self.wanted, self.row()) {
            // The cursor still stands in the list before.
            _ if self.from_top && !self.moved && !self.is_settled() => Keep::First,
            (Some((post, _)), _) => Keep::Post(post.clone()),
            (None, Some(row)) => Keep::Row(row, self.cursor),
            (None, None) => Keep::First,
        };
        self.ask(scope, keep, height)
    }

    /// Asks for the list anew with the cursor on an article that was left.
    pub(crate) fn ask_for(&mut self, row: Option<RowId>, scope: &Scope, height: usize) -> Effect {
        let keep = row.map_or(Keep::First, |row| Keep::Row(row, 0));
        self.ask(scope, keep, height)
    }

    fn ask(&mut self, scope: &Scope, keep: Keep, height: usize) -> Effect {
        self.asked += 1;
        self.from_top = keep == Keep::First;
        self.moved = false;
        let narrowing = self.narrowing();
        Effect::List(Question {
            generation: self.asked,
            query: scope.query().and(narrowing.title()),
            saved: scope.saved().cloned(),
            search: narrowing.search,
            sort: self.sort,
            keep,
            height,
        })
    }

    /// Takes the answer to the newest question. When the query makes no sense the list stays as it is.
    pub(crate) fn answer(&mut self, listing: Listing) {
        if listing.generation != self.asked {
            return;
        }
        self.flaw = listing.flaw;
        if self.flaw.is_some() {
            self.answered = listing.generation;
            return;
        }
        self.marks = listing.marks;
        let above = self.lines_above();
        let moved_to = self.row().filter(|_| self.moved);
        self.answered = listing.generation;
        self.rows = listing.rows;
        self.near = listing.near;
        self.lines = listing.lines;
        self.fetching = 0..0;
        if listing.kept.is_some() {
            self.wanted = None;
        }
        // Keys that were pressed meanwhile count more than where the cursor was when the question was put.
        let moved_to = moved_to.and_then(|row| self.rows.iter().position(|other| *other == row));
        self.cursor = moved_to.or(listing.kept).unwrap_or(0).min(self.len().saturating_sub(1));
        // The article under the cursor stays on its line of the screen when others come in above it.
        self.top = self.cursor.saturating_sub(above);
    }

    /// What the list is narrowed by, apart from the sidebar's choice.
    pub fn narrowing(&self) -> Narrowing {
        Narrowing { filter: self.filter.clone(), search: self.search.clone() }
    }

    /// What the query looks for in the texts, to be marked there.
    pub(crate) fn marks(&self) -> &[String] {
        &self.marks
    }

    /// Takes lines that were asked for.
    pub(crate) fn fetched(&mut self, generation: u64, near: Range<usize>, lines: Vec<Listed>) {
        if generation == self.answered && near == self.fetching {
            self.fetching = 0..0;
            self.near = near;
            self.lines = lines;
        }
    }

    /// Scrolls so that the cursor is visible on a pane of this height, and asks for lines that are missing.
    pub(crate) fn settle(&mut self, height: usize) -> Option<Effect> {
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        self.top = self.top.min(self.len().saturating_sub(height));
        let visible = self.top..(self.top + height).min(self.len());
        if covers(&self.near, &visible) || covers(&self.fetching, &visible) || !self.is_settled() {
            return None;
        }
        let near = near(self.top, height, self.len());
        let rows = self.rows.get(near.clone())?.to_vec();
        self.fetching = near.clone();
        Some(Effect::Rows { generation: self.answered, near, rows })
    }
}

/// The lines to fetch around a visible part of a list.
pub fn near(top: usize, height: usize, len: usize) -> Range<usize> {
    let margin = height * SCREENS_AHEAD;
    top.saturating_sub(margin).min(len)..(top + height + margin).min(len)
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    inner.is_empty() || (outer.start <= inner.start && inner.end <= outer.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixtures::listed;
    use crate::query::Query;

    fn listing(generation: u64, rows: Range<u32>, kept: Option<usize>) -> Listing {
        Listing { generation, rows: rows.map(RowId).collect(), kept, ..Listing::default() }
    }

    #[test]
    fn only_the_newest_question_is_answered() {
        let mut list = List::default();
        list.ask_from_top(&Scope::All, 10);
        list.ask_from_top(&Scope::Unread, 10);
        list.answer(listing(1, 0..5, None));
        assert!(list.is_empty() && !list.is_settled());
        list.answer(listing(2, 0..3, None));
        assert!(list.len() == 3 && list.is_settled());
    }

    #[test]
    fn the_cursor_keeps_its_article_and_its_line_on_the_screen() {
        let mut list = List::default();
        list.ask_from_top(&Scope::All, 10);
        list.answer(listing(1, 0..100, None));
        list.go(50);
        list.settle(10);
        let line = list.cursor() - list.top();
        assert_eq!(
            list.ask_again(&Scope::All, 10),
            Effect::List(Question {
                generation: 2,
                query: Query::All,
                saved: None,
                search: String::new(),
                sort: Sort::Newest,
                keep: Keep::Row(RowId(50), 50),
                height: 10
            })
        );
        list.answer(listing(2, 0..130, Some(80)));
        list.settle(10);
        assert_eq!((list.cursor(), list.cursor() - list.top()), (80, line));
    }

    #[test]
    fn missing_lines_are_asked_for_once() {
        let mut list = List::default();
        list.ask_from_top(&Scope::All, 10);
        list.answer(listing(1, 0..1000, None));
        list.go(500);
        let Some(Effect::Rows { near, rows, .. }) = list.settle(10) else { panic!("no question") };
        assert!(rows.contains(&RowId(491)) && rows.contains(&RowId(500)) && rows.len() < 100);
        assert_eq!(list.settle(10), None);
        list.fetched(1, 0..5, Vec::new());
        assert_eq!(list.current(), None, "lines that nobody waits for any more");
        list.fetched(1, near, rows.iter().map(|r| listed(r.0)).collect());
        assert_eq!(list.current().map(|l| l.row), Some(RowId(500)));
        list.go(505);
        assert_eq!(list.settle(10), None);
    }

    #[test]
    fn a_remembered_post_is_waited_for_until_the_cursor_moves() {
        let mut list = List::default();
        list.want(Some("a.md".into()), 0);
        list.ask_again(&Scope::All, 10);
        list.answer(listing(1, 0..3, None));
        assert!(matches!(
            list.ask_again(&Scope::All, 10),
            Effect::List(Question { keep: Keep::Post(_), .. })
        ));
        list.go(1);
        assert!(matches!(
            list.ask_again(&Scope::All, 10),
            Effect::List(Question { keep: Keep::Row(..), .. })
        ));
    }
}
