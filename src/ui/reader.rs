//! The reader pane.

use crate::app::{Model, Pane, Shown};
use crate::config::Look;
use crate::typeset::Line;
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
    let margin = area.width.saturating_sub(shown.width()) / 2;
    let mut last = area.y;
    for (row, place) in rows(area).zip(model.reader.top()..) {
        let Some(line) = shown.line(place) else { break };
        draw_line(shown, place, &line, after(row, margin), canvas);
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

fn draw_line(shown: &Shown, place: usize, line: &Line, row: Rect, canvas: &mut Canvas<'_>) {
    let mut rest = after(row, line.indent);
    let mut start = 0;
    for span in &line.spans {
        let style = canvas.text_style(span.style);
        for (piece, hit) in pieces(shown, place, start, &span.text) {
            let style = hit.map_or(style, |look| style.patch(canvas.style(look)));
            let cells = canvas.write(rest, piece, style);
            rest = after(rest, cells);
        }
        start += span.text.len();
    }
}

/// A span cut where hits begin and end. `start` is the byte of the line that it begins at.
fn pieces<'a>(shown: &Shown, place: usize, start: usize, text: &'a str) -> Vec<(&'a str, Option<Look>)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for (bytes, current) in shown.hits_on(place) {
        let from = bytes.start.saturating_sub(start).clamp(done, text.len());
        let to = bytes.end.saturating_sub(start).clamp(from, text.len());
        let look = if current { Look::HitCurrent } else { Look::Hit };
        pieces.push((text.get(done..from).unwrap_or_default(), None));
        pieces.push((text.get(from..to).unwrap_or_default(), Some(look)));
        done = to;
    }
    pieces.push((text.get(done..).unwrap_or_default(), None));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}
