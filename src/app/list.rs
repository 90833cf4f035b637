//! The list of articles: all row numbers, and the lines around the cursor.

mod snippets;

use crate::app::{Effect, Keep, Listing, Narrowing, Question, Scope, Snippet};
use crate::post::PostId;
use crate::query::{Listed, QueryError, RowId, Sort, Terms};
use ratatui::layout::Size;
use snippets::Snippets;
use std::ops::Range;
use std::sync::Arc;

/// So many screens of lines are fetched before and after the visible one, so that keys find them ready.
const SCREENS_AHEAD: usize = 3;
/// In a pane smaller than this an article has one row.
const TWO_ROWS_FROM: Size = Size::new(24, 6);
/// So many texts are read at once: keys pressed meanwhile wait for no more.
const SNIPPETS: usize = 24;

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
    /// The order that was chosen.
    pub sort: Sort,
    rows: Arc<[RowId]>,
    /// Whether more posts follow, which are still being looked for.
    grows: bool,
    /// Where the cursor was sent beyond the posts that are known yet.
    heading: Option<usize>,
    cursor: usize,
    top: usize,
    lines: Vec<Listed>,
    /// The places that `lines` are of.
    near: Range<usize>,
    /// What the query looks for in the texts.
    terms: Arc<Terms>,
    snippets: Snippets,
    asked: u64,
    answered: u64,
    fetching: Range<usize>,
    /// The post that the cursor goes to as soon as it is there, and how many rows stay visible above it.
    wanted: Option<(PostId, usize)>,
    /// Whether the newest question asked for the top.
    from_top: bool,
    /// Whether the cursor was moved since the newest question.
    moved: bool,
}

impl List {
    /// The order that the list has: what was chosen, if it makes sense without words to search for.
    pub fn order(&self) -> Sort {
        if self.sort == Sort::Relevance && !self.terms.have_words() { Sort::Newest } else { self.sort }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the end of the list is still being looked for.
    pub fn grows(&self) -> bool {
        self.grows
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

    /// The rows that an article takes on the screen: its line, and where a search shows what it has found, that.
    pub fn rows_each(&self) -> usize {
        1 + usize::from(self.snippets.are_shown())
    }

    /// What is shown of the text of an article, if it has been read.
    pub fn snippet(&self, row: RowId) -> Option<&Snippet> {
        self.snippets.get(row)
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

    /// The cursor goes to this post as soon as it is in the list, with so many rows above it on the screen.
    pub(crate) fn want(&mut self, post: Option<PostId>, rows_above: usize) {
        self.wanted = post.map(|post| (post, rows_above));
    }

    /// How many rows are visible above the cursor.
    pub(crate) fn rows_above(&self) -> usize {
        let rows = self.cursor.saturating_sub(self.top) * self.rows_each();
        self.wanted.as_ref().map_or(rows, |(_, rows)| *rows)
    }

    /// The post that the session should remember.
    pub(crate) fn remembered(&self) -> Option<PostId> {
        self.wanted.as_ref().map(|(post, _)| post).or(self.current().map(|line| &line.id)).cloned()
    }

    /// Moves the cursor, as far as the list goes, or will go when all of it is known.
    pub(crate) fn go(&mut self, place: usize) {
        self.heading = (self.grows && place >= self.len()).then_some(place);
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
        self.terms = listing.terms;
        let above = self.rows_above() / self.rows_each();
        let moved_to = self.row().filter(|_| self.moved);
        self.answered = listing.generation;
        self.rows = listing.rows;
        (self.grows, self.heading) = (!listing.is_whole, None);
        self.near = listing.near;
        self.snippets.begin(listing.has_snippets, &listing.lines);
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

    /// Takes more posts of the list; those that are known stay at their places.
    pub(crate) fn extend(&mut self, generation: u64, rows: Arc<[RowId]>, is_whole: bool) {
        if generation != self.asked || !self.is_settled() {
            return;
        }
        (self.rows, self.grows) = (rows, !is_whole);
        if let Some(place) = self.heading {
            self.go(place);
        }
    }

    /// What the list is narrowed by, apart from the sidebar's choice.
    pub fn narrowing(&self) -> Narrowing {
        Narrowing { filter: self.filter.clone(), search: self.search.clone() }
    }

    /// What the query looks for in title and text, to be marked there.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Takes lines that were asked for.
    pub(crate) fn fetched(&mut self, generation: u64, near: Range<usize>, lines: Vec<Listed>) {
        if generation == self.answered && near == self.fetching {
            self.fetching = 0..0;
            self.near = near;
            self.snippets.keep(&lines);
            self.lines = lines;
        }
    }

    /// Takes snippets that were asked for.
    pub(crate) fn found(&mut self, generation: u64, snippets: Vec<(RowId, Snippet)>) {
        if generation == self.answered {
            self.snippets.take(generation, snippets);
        }
    }

    /// The articles that so many rows show whole; at least one.
    pub(crate) fn articles_in(&self, rows: usize) -> usize {
        (rows / self.rows_each()).max(1)
    }

    /// Scrolls so that the cursor is visible on a pane of this size, and asks for what is missing.
    pub(crate) fn settle(&mut self, pane: Size) -> Vec<Effect> {
        let rows_above = self.rows_above();
        let has_room = pane.width >= TWO_ROWS_FROM.width && pane.height >= TWO_ROWS_FROM.height;
        if self.snippets.show_if(has_room) {
            // The cursor stays where it is on the screen.
            self.top = self.cursor.saturating_sub(rows_above / self.rows_each());
        }
        let height = self.articles_in(usize::from(pane.height));
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        self.top = self.top.min(self.len().saturating_sub(height));
        if !self.is_settled() {
            return Vec::new();
        }
        self.fetch(height).into_iter().chain(self.read(height)).collect()
    }

    /// Asks for lines that are missing.
    fn fetch(&mut self, height: usize) -> Option<Effect> {
        // The rows may show a part of one more.
        let visible = self.top..(self.top + height + 1).min(self.len());
        if covers(&self.near, &visible) || covers(&self.fetching, &visible) {
            return None;
        }
        let near = near(self.top, height, self.len());
        let rows = self.rows.get(near.clone())?.to_vec();
        self.fetching = near.clone();
        Some(Effect::Rows { generation: self.answered, near, rows })
    }

    /// Asks for snippets that are missing: of the visible lines first, then of those a screen below and above.
    fn read(&mut self, height: usize) -> Option<Effect> {
        if !self.snippets.are_shown() || !self.snippets.is_idle() {
            return None;
        }
        let (top, bottom) = (self.top, self.top + height + 1);
        let screens = [top..bottom, bottom..bottom + height, top.saturating_sub(height)..top];
        let lines = screens.into_iter().flatten().filter_map(|place| self.line(place));
        let missing = lines.filter(|line| !line.gone && self.snippets.lacks(self.answered, line.row));
        let posts: Vec<_> = missing.map(|line| (line.row, line.id.clone())).take(SNIPPETS).collect();
        if posts.is_empty() {
            return None;
        }
        self.snippets.ask();
        Some(Effect::Snippets { generation: self.answered, posts, terms: Arc::clone(&self.terms) })
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
mod tests;
