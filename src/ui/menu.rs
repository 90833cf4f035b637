//! The popup that lists headings or links.

use crate::app::{Choice, Menu, MenuKind, Model, Target, Words, screen};
use crate::config::Look;
use crate::post::WebUrl;
use crate::ui::canvas::{Canvas, after, rows};
use crate::ui::grouped;
use ratatui::layout::Rect;

/// From so many cells on, there is room for the address beside the words of a link.
const ADDRESS_FROM: u16 = 24;
/// Cells by which a heading is indented under another.
const DEPTH: usize = 2;

pub(super) fn draw(model: &Model, menu: &Menu, canvas: &mut Canvas<'_>) {
    let popup = screen::popup(model.size, menu.choices());
    let body = screen::inside(popup);
    canvas.clear(popup);
    if body != popup {
        canvas.border(popup);
        let (left, right) = title(model, menu);
        let place = Rect { x: popup.x + 2, width: popup.width - 4, height: 1, ..popup };
        canvas.row(place, &format!(" {left} "), &format!(" {right} "), Look::Title);
    }
    if menu.shown().next().is_none() {
        let nothing = Words::fill(&model.preferences.words.not_found, &[&menu.filter()]);
        canvas.label(padded(body), &nothing, canvas.style(Look::Hint));
    }
    let lines = menu.shown().enumerate().skip(menu.top()).take(body.height.into());
    let columns = Columns::new(model, menu.digits(), lines.clone().map(|(_, choice)| choice), canvas);
    for (row, (place, choice)) in rows(body).zip(lines) {
        draw_choice(model, choice, &columns, padded(row), canvas);
        if place == menu.cursor() {
            canvas.cursor(row, Look::CursorFocused);
        }
    }
}

/// A row without a cell on each side, where there is room.
fn padded(row: Rect) -> Rect {
    if row.width < ADDRESS_FROM { row } else { Rect { x: row.x + 1, width: row.width - 2, ..row } }
}

/// What is listed, what it is narrowed by, and where the cursor is.
fn title(model: &Model, menu: &Menu) -> (String, String) {
    let words = &model.preferences.words;
    let name = match menu.kind() {
        MenuKind::Outline => &words.outline,
        MenuKind::Links => &words.links,
    };
    let left = [name, menu.filter()].join(" ");
    let shown = menu.shown().count();
    let right = format!("{}/{}", grouped(shown.min(menu.cursor() + 1)), grouped(shown));
    (left.trim_end().to_owned(), right)
}

fn draw_choice(model: &Model, choice: &Choice, columns: &Columns, row: Rect, canvas: &mut Canvas<'_>) {
    match &choice.target {
        Target::Heading { depth, .. } => {
            // However deep, some words stay.
            let indent = u16::try_from(depth * DEPTH).unwrap_or(u16::MAX).min(row.width / 2);
            canvas.label(after(row, indent), &choice.label, canvas.style(Look::Text));
        }
        Target::Link { number, url } => {
            let number = format!("{number:>0$} ", columns.digits);
            let used = canvas.label(row, &number, canvas.style(Look::Count));
            let row = after(row, used);
            if is_bare(choice) {
                canvas.label(row, address(url), canvas.style(Look::Text));
                return;
            }
            let room = if row.width < ADDRESS_FROM { row.width } else { columns.words.min(row.width / 2) };
            canvas.label(Rect { width: room, ..row }, words_of(model, choice), canvas.style(Look::Text));
            canvas.label(after(row, room.saturating_add(2)), address(url), canvas.style(Look::Hint));
        }
    }
}

/// The columns of a list of links.
struct Columns {
    /// The digits of the highest number.
    digits: usize,
    /// The cells of the longest words in sight.
    words: u16,
}

impl Columns {
    fn new<'a>(
        model: &Model,
        digits: usize,
        choices: impl Iterator<Item = &'a Choice>,
        canvas: &Canvas<'_>,
    ) -> Self {
        let named = choices.filter(|choice| !is_bare(choice));
        let words = named.map(|choice| canvas.width(words_of(model, choice))).max().unwrap_or(0);
        Self { digits, words }
    }
}

/// Whether the words of a link are its address.
fn is_bare(choice: &Choice) -> bool {
    matches!(&choice.target, Target::Link { url, .. } if url.as_str() == choice.label.as_str())
}

/// The words of a link, or of those that have none, what it is.
fn words_of<'a>(model: &'a Model, choice: &'a Choice) -> &'a str {
    if choice.label.is_empty() { &model.preferences.words.picture } else { &choice.label }
}

/// An address without what most have: the host comes first.
fn address(url: &WebUrl) -> &str {
    let bare = url.as_str().split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    bare.strip_prefix("www.").unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_with_its_host() {
        for (url, shown) in
            [("http://www.a.cn/x", "a.cn/x"), ("https://b.cn/?u=http://c.cn", "b.cn/?u=http://c.cn")]
        {
            assert_eq!(address(&WebUrl::parse(url).unwrap()), shown);
        }
    }
}
