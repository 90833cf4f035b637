//! The sidebar pane.

use crate::app::{Entry, Model, Pane};
use crate::config::Look;
use crate::query::Facet;
use crate::ui::canvas::{Canvas, after, rows};
use crate::ui::grouped;
use ratatui::layout::Rect;

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
    let (words, totals) = (&model.preferences.words, model.sidebar.totals);
    match entry {
        Entry::All => line(row, &words.all, totals.posts, 1, canvas),
        Entry::Unread => line(row, &words.unread, totals.unread, 1, canvas),
        Entry::Bookmarks => line(row, &words.bookmarks, totals.bookmarked, 1, canvas),
        Entry::Section(facet) => {
            let mark = if model.sidebar.is_folded(facet) { '+' } else { '-' };
            let text = format!("{mark}{}", section(model, facet));
            let values = u32::try_from(model.sidebar.counts(facet).len()).unwrap_or(u32::MAX);
            line(row, &text, values, 0, canvas);
            canvas.paint(row, canvas.style(Look::Section));
        }
        Entry::Value(facet, index) => {
            if let Some(count) = model.sidebar.count(facet, index) {
                line(row, &count.value, count.total, 2, canvas);
            }
        }
    }
    if model.sidebar.scope_of(entry).as_ref() == Some(&model.sidebar.scope) {
        canvas.paint(row, canvas.style(Look::Chosen));
    }
}

fn section(model: &Model, facet: Facet) -> &str {
    let words = &model.preferences.words;
    match facet {
        Facet::Source => &words.sources,
        Facet::Category => &words.categories,
        Facet::Tag => &words.tags,
    }
}

/// A name and its count; the name is cut before the count is.
fn line(row: Rect, name: &str, count: u32, indent: u16, canvas: &mut Canvas<'_>) {
    let count = grouped(count as usize);
    let cells = canvas.width(&count);
    let room = row.width.saturating_sub(cells + 1 + indent);
    if room < 4 {
        canvas.label(after(row, indent), name, canvas.style(Look::Text));
        return;
    }
    canvas.label(Rect { width: room, ..after(row, indent) }, name, canvas.style(Look::Text));
    canvas.write(after(row, row.width - cells), &count, canvas.style(Look::Count));
}
