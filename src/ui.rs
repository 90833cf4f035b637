//! The screen: looks at the model, changes nothing. Every cell goes through one writer, `Canvas`.

mod canvas;
mod help;
mod list;
mod menu;
mod reader;
mod sidebar;
mod status;

use crate::app::{Model, Overlay, Pane, screen};
use crate::config::{Look, Theme};
use canvas::Canvas;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the whole screen.
pub fn draw(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let mut canvas = Canvas::new(frame.buffer_mut(), model.preferences.typeset.ambiguous, theme);
    if let Some(Overlay::Help(top)) = model.overlay {
        help::draw(model, top, area, &mut canvas);
        return;
    }
    let panes = model.screen();
    for (pane, place) in
        [(Pane::Sidebar, panes.sidebar), (Pane::List, panes.list), (Pane::Reader, panes.reader)]
    {
        if let Some(place) = place {
            draw_pane(model, pane, place, &mut canvas);
        }
    }
    let cursor = status::draw(model, panes.status, &mut canvas);
    if let Some(menu) = model.menu() {
        menu::draw(model, menu, &mut canvas);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn draw_pane(model: &Model, pane: Pane, place: Rect, canvas: &mut Canvas<'_>) {
    if place.x > 0 {
        canvas.vertical(place.x - 1, place.y..place.bottom());
    }
    if let Some(title) = screen::title(place) {
        let look = if model.focus == pane { Look::TitleFocused } else { Look::Title };
        let (left, right) = match pane {
            Pane::Sidebar => sidebar::title(model),
            Pane::List => list::title(model),
            Pane::Reader => reader::title(model),
        };
        // If there is no room for all of it, what stands last counts most.
        let short = right.rsplit(' ').next().unwrap_or_default();
        let right = if canvas.holds_both(title, &left, &right) { &right } else { short };
        canvas.row(title, &left, right, look);
    }
    let body = screen::body(place);
    match pane {
        Pane::Sidebar => sidebar::draw(model, body, canvas),
        Pane::List => list::draw(model, body, canvas),
        Pane::Reader => reader::draw(model, body, canvas),
    }
}

/// A number as people read it: `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
