//! The list pane.

use crate::app::{Action, Marked, Model, Pane, Saved, Scope, Tally, Words};
use crate::config::Look;
use crate::post::Timestamp;
use crate::query::{Facet, Listed, Sort};
use crate::ui::canvas::{Canvas, after, rows};
use crate::ui::grouped;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Not of ambiguous width, unlike the bullet of text fonts.
const UNREAD: &str = "∙";
const BOOKMARK: &str = "*";
/// Marks and the blank after them.
const MARKS: u16 = 3;

/// The choice that the list shows, its filter, the order; and the place in it.
pub(super) fn title(model: &Model) -> (String, String) {
    let words = &model.preferences.words;
    let mut left = match &model.sidebar.scope {
        Scope::All => words.all.clone(),
        Scope::Unread => words.unread.clone(),
        Scope::Bookmarks => words.bookmarks.clone(),
        Scope::Saved(name) => name.to_string(),
        Scope::Facet(facet, value) => model.sidebar.label(*facet, value),
    };
    if !model.list.filter.is_empty() {
        left.push_str("  ");
        left.push_str(&Words::fill(&words.filtered, &[&model.list.filter]));
    }
    if !model.list.search.is_empty() {
        left.push_str("  ");
        left.push_str(&Words::fill(&words.searched, &[&model.list.search]));
    }
    let sort = match model.list.order() {
        Sort::Newest => "",
        Sort::Oldest => &words.sort_oldest,
        Sort::Title => &words.sort_title,
        Sort::Source => &words.sort_source,
        Sort::Relevance => &words.sort_relevance,
    };
    let place = if model.list.is_empty() { 0 } else { model.list.cursor() + 1 };
    let more = if model.list.grows() { "+" } else { "" };
    let right = format!("{sort} {}/{}{more}", grouped(place), grouped(model.list.len()));
    (left, right.trim_start().to_owned())
}

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if model.list.is_empty() {
        return draw_empty(model, area, canvas);
    }
    let columns = Columns::new(area, model);
    let mut rows = rows(area);
    for place in model.list.top()..model.list.len() {
        let Some(row) = rows.next() else { break };
        let below = if model.list.rows_each() > 1 { rows.next() } else { None };
        let is_current = place == model.list.cursor();
        let Some(line) = model.list.line(place) else {
            if is_current {
                canvas.cursor(row, cursor(model));
            }
            continue;
        };
        let title = draw_line(line, &columns, row, canvas);
        if is_current {
            canvas.cursor(row, cursor(model));
        }
        let marked = Marked::title(&line.title, model.list.terms());
        draw_hits(&marked, title, is_current, canvas);
        if let (Some(row), Some(snippet)) = (below, model.list.snippet(line.row)) {
            let row = after(row, MARKS);
            let marked = snippet.fit(usize::from(row.width), canvas.ambiguous());
            canvas.write(row, &marked.text, canvas.style(Look::Snippet));
            draw_hits(&marked, row, false, canvas);
        }
    }
}

fn cursor(model: &Model) -> Look {
    if model.focus == Pane::List { Look::CursorFocused } else { Look::Cursor }
}

/// Marks the hits of a text that stands in this row; on the cursor, whose style hides others, in another one.
fn draw_hits(marked: &Marked, row: Rect, on_cursor: bool, canvas: &mut Canvas<'_>) {
    let look = if on_cursor { Look::HitCurrent } else { Look::Hit };
    // Neither bold nor dim: some terminals draw bold black in grey.
    let style = Style::reset().patch(canvas.style(look));
    let mut rest = row;
    for (piece, is_hit) in marked.pieces() {
        let width = canvas.width(piece).min(rest.width);
        if is_hit {
            canvas.paint(Rect { width, ..rest }, style);
        }
        rest = after(rest, width);
    }
}

/// The cells for date and source, the blank after them included; 0 where there is no room.
struct Columns {
    date: u16,
    source: u16,
}

impl Columns {
    /// The title gets at least about half of the pane. Of one source alone, its name says nothing; in an archive
    /// without sources, or where no post on the screen has a date, there is no column for them.
    fn new(area: Rect, model: &Model) -> Self {
        let articles = usize::from(area.height).div_ceil(model.list.rows_each());
        let mut shown = model.list.top()..model.list.len().min(model.list.top() + articles);
        let has_dates = shown.any(|place| model.list.line(place).is_none_or(|line| line.date.is_some()));
        let sidebar = &model.sidebar;
        let has_sources = sidebar.totals.posts == 0 || !sidebar.all_counts(Facet::Source).is_empty();
        let date = match area.width {
            _ if !has_dates => 0,
            72.. => 11,
            30.. => 9,
            _ => 0,
        };
        let source = match (area.width, &sidebar.scope) {
            _ if !has_sources => 0,
            (_, Scope::Facet(Facet::Source, _)) => 0,
            (72.., _) => 15,
            (56.., _) => 13,
            (40.., _) => 9,
            _ => 0,
        };
        Self { date, source }
    }
}

/// Returns where the title stands.
fn draw_line(line: &Listed, columns: &Columns, row: Rect, canvas: &mut Canvas<'_>) -> Rect {
    if !line.read && !line.gone {
        canvas.write(row, UNREAD, canvas.style(Look::Unread));
    }
    if line.bookmarked {
        canvas.write(after(row, 1), BOOKMARK, canvas.style(Look::Bookmark));
    }
    let mut rest = after(row, if row.width > 2 * MARKS { MARKS } else { 0 });
    let date = line.date.map(Timestamp::date).unwrap_or_default();
    let century = usize::from(columns.date < 11) * 2;
    column(&mut rest, columns.date, date.get(century..).unwrap_or_default(), Look::Date, canvas);
    column(&mut rest, columns.source, line.source.as_deref().unwrap_or_default(), Look::Source, canvas);
    let look = match line {
        Listed { gone: true, .. } => Look::Gone,
        Listed { read: true, .. } => Look::Read,
        _ => Look::Unread,
    };
    let width = canvas.label(rest, &line.title, canvas.style(look));
    Rect { width, ..rest }
}

fn column(rest: &mut Rect, cells: u16, text: &str, look: Look, canvas: &mut Canvas<'_>) {
    if cells > 0 {
        canvas.label(Rect { width: (cells - 1).min(rest.width), ..*rest }, text, canvas.style(look));
        *rest = after(*rest, cells);
    }
}

/// What to do about a list without posts.
fn draw_empty(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let lines = empty(model);
    let top = area.height / 3;
    for (index, (row, line)) in rows(area).skip(usize::from(top)).zip(&lines).enumerate() {
        let look = if index == 0 { Look::Text } else { Look::Hint };
        canvas.centred(row, line, canvas.style(look));
    }
}

fn empty(model: &Model) -> Vec<String> {
    let words = &model.preferences.words;
    let key = |action| model.preferences.keymap.keys_of(action).map(ToString::to_string).unwrap_or_default();
    if let Some(Saved { tally: Tally::Wrong(flaw), .. }) =
        model.sidebar.scope.saved().and_then(|name| model.sidebar.saved_as(name))
    {
        let hint = Words::fill(&words.wrong_query_hint, &[&key(Action::EditQuery)]);
        return vec![words.wrong_query.clone(), flaw.to_string(), hint];
    }
    let loading = !model.list.is_settled() || model.status.progress.is_none() || model.status.is_syncing();
    match &model.sidebar.scope {
        _ if loading && model.sidebar.totals.posts == 0 => vec![words.reading.clone()],
        // Posts that are not in the index yet may still be found.
        _ if model.status.is_syncing() && !model.list.search.is_empty() => vec![words.reading.clone()],
        _ if !(model.list.filter.is_empty() && model.list.search.is_empty()) => {
            let none = if model.list.search.is_empty() { &words.no_match } else { &words.none_found };
            vec![none.clone(), Words::fill(&words.no_match_hint, &[&key(Action::Escape)])]
        }
        Scope::Bookmarks => {
            vec![words.no_bookmarks.clone(), Words::fill(&words.no_bookmarks_hint, &[&key(Action::Bookmark)])]
        }
        Scope::Unread if model.sidebar.totals.posts > 0 => vec![words.no_unread.clone()],
        _ if model.sidebar.totals.posts == 0 => {
            vec![words.no_posts.clone(), words.no_posts_kinds.clone(), words.no_posts_hint.clone()]
        }
        _ => Vec::new(),
    }
}
