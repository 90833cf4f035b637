//! The reader pane.

mod line;

use crate::app::{Model, Pane};
use crate::config::Look;
use crate::ui::canvas::{Canvas, after, rows};
use ratatui::layout::Rect;

/// The source, and the title once its lines have been scrolled away; and how much of the text is above.
pub(super) fn title(model: &Model) -> (String, String) {
    let Some(shown) = &model.reader.shown else { return Default::default() };
    let hidden = shown.len().saturating_sub(model.screen().rows(Pane::Reader));
    let percent = (model.reader.top() * 100).checked_div(hidden).map(|p| format!("{}%", p.min(100)));
    let mark = if shown.bookmarked { "*" } else { "" };
    let source = shown.header.source.as_deref().unwrap_or_default();
    let left = if model.reader.top() > 0 { &shown.header.title } else { source };
    (left.to_owned(), [mark, percent.as_deref().unwrap_or_default()].join(" ").trim().to_owned())
}

pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(shown) = &model.reader.shown else {
        if model.list.is_settled() && model.list.is_empty() {
            let row = Rect { y: area.y + area.height / 3, height: area.height.min(1), ..area };
            canvas.centred(row, &model.preferences.words.nothing_open, canvas.style(Look::Hint));
        }
        return;
    };
    let (margin, ambiguous) = (shown.margin(), model.preferences.typeset.ambiguous);
    let mut last = area.y;
    for (row, place) in rows(area).zip(model.reader.top()..) {
        let Some(line) = shown.line(place) else { break };
        line::draw(shown, (place, &line), after(row, margin), ambiguous, canvas);
        last = row.y;
    }
    if shown.is_gone() {
        let words = &model.preferences.words;
        let lines = [Some(&words.gone), shown.bookmarked.then_some(&words.gone_kept)];
        let below = rows(after(area, margin)).filter(|row| row.y > last);
        for (row, line) in below.zip(lines.into_iter().flatten()) {
            canvas.label(row, line, canvas.style(Look::Notice));
        }
    }
}
