//! The open article: its page at the pane's width, the place in it, and what was found in it.

mod sideways;

pub use sideways::split_marks;

use crate::app::head::{head, title};
use crate::app::hits::End;
use crate::app::{Hits, Opened};
use crate::post::{Header, PostId};
use crate::query::{RowId, Terms};
use crate::typeset::{Article, Line, Options, Page, Place, lay_out};
use std::ops::Range;
use std::sync::Arc;

/// The reader pane.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The article that is shown.
    pub shown: Option<Shown>,
    wanted: Option<RowId>,
    /// The place to go to once this post is shown: where the last session ended.
    expected: Option<(PostId, Place)>,
    /// The hit to go to once this post is shown.
    arriving: Option<(RowId, End)>,
}

/// An article on its page.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its number.
    pub row: RowId,
    /// What is known of it.
    pub header: Header,
    /// Whether it has been read.
    pub read: bool,
    /// Whether the reader keeps it.
    pub bookmarked: bool,
    /// What was found in it.
    pub hits: Hits,
    /// The same in the title, to be marked there; nobody goes to it.
    title_hits: Hits,
    title: Page,
    article: Option<Arc<Article>>,
    options: Option<Options>,
    head: Vec<Line>,
    page: Page,
    top: usize,
    /// The cells that lines kept whole are scrolled sideways.
    shift: usize,
    /// The cells of the pane.
    pane: u16,
    /// The place that was at the top before the window changed: it is kept until the reader scrolls, so that
    /// it does not creep towards the beginning of its line with each change.
    anchor: Option<Place>,
}

impl Shown {
    /// Whether the file is gone, so that only the head can be shown.
    pub fn is_gone(&self) -> bool {
        self.article.is_none()
    }

    /// How many lines the head and the text have.
    pub fn len(&self) -> usize {
        self.head.len() + self.page.len()
    }

    /// Whether there is nothing at all to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The line at a place, head included.
    pub fn line(&self, place: usize) -> Option<Line> {
        match place.checked_sub(self.head.len()) {
            Some(place) => self.page.line(place),
            None => self.head.get(place).cloned(),
        }
    }

    /// The bytes of a line, head included, that belong to hits, and whether to the current one.
    pub fn hits_on(&self, place: usize) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
        let (hits, line) = match place.checked_sub(self.head.len()) {
            Some(line) => (&self.hits, line),
            None => (&self.title_hits, place),
        };
        let is_text = place >= self.head.len();
        hits.on_line(line).map(move |(bytes, is_current)| (bytes, is_current && is_text))
    }

    /// The cells in which the text is set.
    pub fn width(&self) -> u16 {
        self.options.as_ref().map_or(0, |options| options.width)
    }

    /// The place in the text that the top of the pane shows; `None` within the head, and before the text is set.
    pub(crate) fn place(&self) -> Option<Place> {
        self.options.as_ref()?;
        let line = self.top.checked_sub(self.head.len())?;
        self.anchor.or_else(|| Some(self.page.place(line)))
    }

    /// The links on the rows of the pane, as indices into `Article::links`.
    pub(crate) fn links_in_sight(&self, rows: usize) -> impl Iterator<Item = usize> + '_ {
        let lines = (self.top..self.top.saturating_add(rows)).map_while(|place| self.line(place));
        lines.flat_map(|line| line.spans).filter_map(|span| span.link)
    }

    /// Marks what was found in the text, and the same in the title.
    fn take_hits(&mut self, hits: Hits) {
        self.title_hits = hits.again(&self.title);
        self.hits = hits;
    }

    /// Shows the lines from `top` on, as far as the text goes.
    fn show_from(&mut self, top: usize, rows: usize) {
        self.top = top.min(self.len().saturating_sub(rows));
    }

    /// Sets the text anew if it is set otherwise. Returns whether it was.
    fn lay_out(&mut self, options: &Options) -> bool {
        if self.options.as_ref() == Some(options) {
            return false;
        }
        let place = self.anchor.or_else(|| self.place());
        self.head = head(&self.header, options);
        self.title = title(&self.header, options);
        if let Some(article) = &self.article {
            let set = self.options.is_some();
            self.page = if set { self.page.again(article, options) } else { lay_out(article, options) };
        }
        self.take_hits(self.hits.again(&self.page));
        self.options = Some(options.clone());
        if let Some(place) = place {
            self.top = self.head.len() + self.page.line_at(place);
        }
        self.anchor = place;
        true
    }
}

impl Reader {
    /// The text of the article that is shown.
    pub(crate) fn article(&self) -> Option<&Arc<Article>> {
        self.shown.as_ref()?.article.as_ref()
    }

    /// The first line that the pane shows.
    pub fn top(&self) -> usize {
        self.shown.as_ref().map_or(0, |shown| shown.top)
    }

    /// The place in the text of a post that is shown, or will be.
    pub(crate) fn place_of(&self, post: &PostId) -> Option<Place> {
        let shown = self.shown.as_ref().filter(|shown| shown.header.id == *post);
        let expected = self.expected.as_ref().filter(|(expected, _)| expected == post);
        shown.and_then(Shown::place).or(expected.map(|(_, place)| *place))
    }

    /// This post is to be shown at this place once it comes.
    pub(crate) fn expect(&mut self, post: Option<PostId>, place: Option<Place>) {
        self.expected = post.zip(place);
    }

    /// Asks for an article that is neither shown nor on its way.
    pub(crate) fn want(&mut self, row: Option<RowId>) -> Option<RowId> {
        if row.is_none() {
            self.shown = None;
        }
        self.arriving = self.arriving.filter(|(arriving, _)| Some(*arriving) == row);
        if row == self.wanted {
            return None;
        }
        self.wanted = row;
        row
    }

    /// Takes an article that was asked for. The same article again, because its file has changed, keeps its place.
    pub(crate) fn show(&mut self, opened: Opened, terms: &Terms) {
        if self.wanted != Some(opened.row) {
            return;
        }
        let same = self.shown.as_ref().filter(|shown| shown.row == opened.row);
        let expected = self.expected.take_if(|(post, _)| *post == opened.header.id);
        let place = same.and_then(Shown::place).or(expected.map(|(_, place)| place));
        let found_by = || Hits::of(terms.as_named_in(&opened.header.codes));
        let hits = same.map_or_else(found_by, |shown| shown.hits.clone());
        let (top, shift) = same.map_or((0, 0), |shown| (shown.top, shown.shift()));
        self.shown = Some(Shown {
            row: opened.row,
            header: opened.header,
            read: opened.read,
            bookmarked: opened.bookmarked,
            hits,
            title_hits: Hits::default(),
            title: Page::default(),
            article: opened.article,
            options: None,
            head: Vec::new(),
            page: Page::default(),
            top,
            shift,
            pane: 0,
            anchor: place,
        });
    }

    /// Scrolls, as far as the text goes.
    pub(crate) fn go(&mut self, top: usize, rows: usize) {
        if let Some(shown) = &mut self.shown {
            shown.anchor = None;
            shown.show_from(top, rows);
        }
    }

    /// Scrolls to a place in the text, and keeps it however the window changes.
    pub(crate) fn go_to(&mut self, place: Place, rows: usize) {
        if let Some(shown) = &mut self.shown {
            shown.anchor = Some(place);
            shown.show_from(shown.head.len() + shown.page.line_at(place), rows);
        }
    }

    /// Sets the text to these options, in a pane of so many cells and rows, and keeps the last line at its bottom.
    /// Returns whether it has come to the hit that [`Reader::arrive`] was told of.
    pub(crate) fn settle(&mut self, options: &Options, cells: u16, rows: usize) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        let changed = shown.lay_out(options) | (std::mem::replace(&mut shown.pane, cells) != cells);
        shown.show_from(shown.top, rows);
        if changed {
            shown.clamp_shift(rows);
        }
        let row = shown.row;
        let Some((_, end)) = self.arriving.take_if(|(arriving, _)| *arriving == row) else { return false };
        shown.hits.enter(end);
        self.show_hit(rows);
        true
    }

    /// Goes to the first or the last hit of a post as soon as it is shown.
    pub(crate) fn arrive(&mut self, row: RowId, end: End) {
        self.arriving = Some((row, end));
    }

    /// Whether a post is on its way in which a hit is to be gone to.
    pub(crate) fn is_arriving(&self) -> bool {
        self.arriving.is_some()
    }

    /// Marks what the article was found by, with the names that it gives stocks, unless something is looked for in it
    /// alone.
    pub(crate) fn mark(&mut self, terms: &Terms) {
        let Some(shown) = self.shown.as_mut().filter(|shown| !shown.hits.are_local()) else { return };
        let terms = terms.as_named_in(&shown.header.codes);
        if !shown.hits.are_of(&terms) {
            shown.take_hits(Hits::of(terms).again(&shown.page));
        }
    }

    /// Whether something is looked for in this article alone.
    pub(crate) fn is_finding(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.hits.are_local())
    }

    /// Looks for a text and shows the first hit from a line on; without a hit, that line.
    pub(crate) fn find(&mut self, needle: &str, from: usize, rows: usize) {
        let Some(shown) = &mut self.shown else { return };
        let line = from.saturating_sub(shown.head.len());
        shown.take_hits(Hits::find(&shown.page, needle, line));
        self.go(from, rows);
        self.show_hit(rows);
    }

    /// Goes on by so many hits. Returns whether there was one to go to.
    pub(crate) fn next_hit(&mut self, step: isize, rows: usize) -> bool {
        let has_next = self.shown.as_mut().is_some_and(|shown| shown.hits.step(step));
        if has_next {
            self.show_hit(rows);
        }
        has_next
    }

    /// Goes on by so many mentions of stocks that the article names, from the visible lines on. Returns whether there is
    /// any.
    pub(crate) fn next_mention(&mut self, step: isize, rows: usize) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        if !shown.hits.are_mentions() {
            let line = shown.top.saturating_sub(shown.head.len());
            let mentions = Hits::mentions(&shown.page, &shown.header.codes, line);
            if mentions.is_empty() {
                return false;
            }
            shown.take_hits(mentions);
        }
        self.next_hit(step, rows)
    }

    /// Scrolls so that the current hit is visible, a third from the top.
    fn show_hit(&mut self, rows: usize) {
        let Some(shown) = &mut self.shown else { return };
        let Some(line) = shown.hits.line() else { return };
        let line = line + shown.head.len();
        shown.reveal_sideways(line);
        if !(shown.top..shown.top + rows).contains(&line) {
            self.go(line.saturating_sub(rows / 3), rows);
        }
    }
}
