//! The sidebar pane.

use crate::app::{Entry, Model, Pane, Saved, Section, Tally};
use crate::config::Look;
use crate::query::{Count, Facet};
use crate::ui::canvas::{Canvas, after, rows};
use crate::ui::grouped;
use ratatui::layout::Rect;

/// From so many cells on, there is room for `贵州茅台 600519.SH` and a count of five cells.
const MARKET_FROM: u16 = 26;
/// In the place of a number: there is none.
const WRONG: &str = "!";

/// The archive's name, or what the sidebar is narrowed by.
pub(super) fn title(model: &Model) -> (String, String) {
    let name = match (model.sidebar.filter.as_str(), model.archive.is_empty()) {
        ("", true) => &model.preferences.words.archive,
        ("", false) => model.archive.as_str(),
        (filter, _) => filter,
    };
    (name.to_owned(), String::new())
}

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let sidebar = &model.sidebar;
    let entries = sidebar.entries().iter().enumerate().skip(sidebar.top());
    for (row, (place, entry)) in rows(area).zip(entries) {
        draw_entry(model, *entry, row, canvas);
        if place == sidebar.cursor() {
            let focused = model.focus == Pane::Sidebar;
            let look = if focused { Look::CursorFocused } else { Look::Cursor };
            canvas.cursor(row, look);
        }
    }
}

fn draw_entry(model: &Model, entry: Entry, row: Rect, canvas: &mut Canvas<'_>) {
    let words = &model.preferences.words;
    let (all, totals) = match model.sidebar.found() {
        Some(found) => (&words.found, found),
        None => (&words.all, model.sidebar.totals),
    };
    match entry {
        Entry::All => plain(after(row, 1), all, totals.posts, canvas),
        Entry::Unread => plain(after(row, 1), &words.unread, totals.unread, canvas),
        Entry::Bookmarks => plain(after(row, 1), &words.bookmarks, totals.bookmarked, canvas),
        Entry::Section(section) => {
            let mark = if model.sidebar.is_folded(section) { '+' } else { '-' };
            let (name, entries) = heading(model, section);
            plain(row, &format!("{mark}{name}"), u32::try_from(entries).unwrap_or(u32::MAX), canvas);
            canvas.paint(row, canvas.style(Look::Section));
        }
        Entry::Saved(index) => {
            let saved = model.sidebar.saved().get(index).zip(model.sidebar.tally(index));
            if let Some((Saved { query, .. }, tally)) = saved {
                saved_query(&query.name, tally, after(row, 2), canvas);
            }
        }
        Entry::Value(facet, index) => {
            if let Some(count) = model.sidebar.count(facet, index) {
                value(count, row, canvas);
            }
        }
    }
    if model.sidebar.chooses(entry, &model.sidebar.scope) {
        canvas.paint(row, canvas.style(Look::Chosen));
    }
}

fn plain(row: Rect, name: &str, count: u32, canvas: &mut Canvas<'_>) {
    line(row, name, Look::Text, &grouped(count as usize), canvas);
}

/// How many posts there are, and where some but not all are read, before them how many are unread.
fn posts(total: u32, unread: u32) -> (String, Look) {
    let text = match unread {
        unread if unread == 0 || unread == total => grouped(total as usize),
        unread => format!("{}/{}", grouped(unread as usize), grouped(total as usize)),
    };
    (text, if unread == 0 { Look::Read } else { Look::Text })
}

/// Before it has been counted, a query's name alone.
fn saved_query(name: &str, tally: &Tally, row: Rect, canvas: &mut Canvas<'_>) {
    match *tally {
        Tally::Unknown => drop(canvas.label(row, name, canvas.style(Look::Text))),
        Tally::Counted { total, unread } => {
            let (text, look) = posts(total, unread);
            line(row, name, look, &text, canvas);
        }
        Tally::Wrong(_) => {
            line(row, name, Look::Text, WRONG, canvas);
            canvas.paint(after(row, row.width.saturating_sub(1)), canvas.style(Look::Error));
        }
    }
}

/// A value with its posts. A stock's name counts more than its symbol, which stands behind it where there is room, if
/// need be without its market.
fn value(count: &Count, row: Rect, canvas: &mut Canvas<'_>) {
    let (text, look) = posts(count.total, count.unread);
    let name = count.name.as_ref().unwrap_or(&count.value);
    let rest = line(after(row, 2), name, look, &text, canvas);
    if count.name.is_some() {
        // In one pane either all that fit have their market or none has.
        let whole = Some(&*count.value).filter(|_| row.width >= MARKET_FROM);
        let bare = count.value.split('.').next();
        let fits = |symbol: &&str| canvas.width(symbol) <= rest.width;
        let symbol = whole.into_iter().chain(bare).find(fits).unwrap_or_default();
        canvas.write(rest, symbol, canvas.style(Look::Hint));
    }
}

/// What a section is called, and how many entries it has.
fn heading(model: &Model, section: Section) -> (&str, usize) {
    let words = &model.preferences.words;
    let Section::Facet(facet) = section else { return (&words.saved, model.sidebar.saved().len()) };
    let name = match facet {
        Facet::Source => &words.sources,
        Facet::Month => &words.months,
        Facet::Category => &words.categories,
        Facet::Tag => &words.tags,
        Facet::Stock => &words.stocks,
    };
    (name, model.sidebar.counts(facet).len())
}

/// A name on the left and a count on the right; the name is cut before the count is. Returns what is left between
/// them, with a blank on each side.
fn line(row: Rect, name: &str, look: Look, count: &str, canvas: &mut Canvas<'_>) -> Rect {
    let cells = canvas.width(count);
    let room = row.width.saturating_sub(cells + 1);
    if room < 4 {
        canvas.label(row, name, canvas.style(look));
        return Rect { width: 0, ..row };
    }
    let used = canvas.label(Rect { width: room, ..row }, name, canvas.style(look));
    canvas.write(after(row, row.width - cells), count, canvas.style(Look::Count));
    after(Rect { width: room, ..row }, used + 1)
}
