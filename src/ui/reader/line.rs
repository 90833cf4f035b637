//! A line of an article.

use crate::app::{Shown, split_marks};
use crate::config::Look;
use crate::typeset::{Ambiguous, Line, width};
use crate::ui::canvas::{Canvas, after};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Signs that there is more to the left and to the right of a line that is kept whole; one cell wide everywhere.
const MORE: [&str; 2] = ["‹", "›"];

/// A piece of a line in one style.
type Run<'a> = (&'a str, Style);

/// Draws the line at a place of the article; what does not fit is cut off, or can be scrolled to.
pub(super) fn draw(
    shown: &Shown,
    (place, line): (usize, &Line),
    row: Rect,
    ambiguous: Ambiguous,
    canvas: &mut Canvas<'_>,
) {
    let runs = runs(shown, place, line, canvas);
    let marks = if line.whole { split_marks(line).0.len() } else { runs.len() };
    let (fixed, scrolled) = runs.split_at_checked(marks).unwrap_or((&runs, &[]));
    let mut rest = after(row, line.indent);
    for (text, style) in fixed {
        let cells = canvas.write(rest, text, *style);
        rest = after(rest, cells);
    }
    draw_shifted(scrolled, shown.shift(), rest, ambiguous, canvas);
}

/// Draws what a row shows of a text that is scrolled by so many cells; of a character that is half hidden, nothing.
fn draw_shifted(runs: &[Run<'_>], shift: usize, row: Rect, ambiguous: Ambiguous, canvas: &mut Canvas<'_>) {
    let cells: usize = runs.iter().map(|(text, _)| width::of(text, ambiguous)).sum();
    let end = shift + usize::from(row.width);
    let (less, more) = (shift > 0 && cells > 0, cells > end);
    let visible = shift + usize::from(less)..end.saturating_sub(usize::from(more));
    let clusters = runs.iter().flat_map(|(text, style)| {
        width::clusters(text, ambiguous).map(move |(cluster, cells)| (cluster, cells, *style))
    });
    let mut at = 0;
    for (cluster, cells, style) in clusters {
        if at >= visible.start && at + cells <= visible.end {
            let before = u16::try_from(at - shift).unwrap_or(u16::MAX);
            canvas.write(after(row, before), cluster, style);
        }
        at += cells;
        if at >= visible.end {
            break;
        }
    }
    let [left, right] = MORE;
    if less {
        canvas.write(row, left, canvas.style(Look::Hint));
    }
    if more {
        canvas.write(after(row, row.width.saturating_sub(1)), right, canvas.style(Look::Hint));
    }
}

/// The spans of a line, cut where hits begin and end; the marks at its beginning hold none.
fn runs<'a>(shown: &Shown, place: usize, line: &'a Line, canvas: &Canvas<'_>) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for span in &line.spans {
        let style = canvas.text_style(span.style);
        let pieces = pieces(shown, place, start, &span.text);
        let styled = |look: Option<Look>| look.map_or(style, |look| style.patch(canvas.style(look)));
        runs.extend(pieces.into_iter().map(|(piece, look)| (piece, styled(look))));
        start += span.text.len();
    }
    runs
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Theme;
    use proptest::prelude::*;
    use ratatui::buffer::{Buffer, Cell};

    fn drawn(text: &str, shift: usize, width: u16) -> Vec<String> {
        let area = Rect::new(0, 0, width, 1);
        let (mut buffer, theme) = (Buffer::empty(area), Theme::default());
        let mut canvas = Canvas::new(&mut buffer, Ambiguous::Narrow, &theme);
        let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let runs = [text.split_at(half).0, text.split_at(half).1].map(|run| (run, Style::new()));
        draw_shifted(&runs, shift, area, Ambiguous::Narrow, &mut canvas);
        buffer.content.iter().map(|cell: &Cell| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn a_shifted_line_shows_no_half_characters_and_says_where_there_is_more() {
        // A blank follows each Hanzi: the cell that it covers.
        for (shift, width, expected) in [
            (0, 8, "甲 乙 丙 丁 "),
            (0, 7, "甲 乙 丙 ›"),
            (0, 6, "甲 乙  ›"),
            (1, 7, "‹乙 丙 丁 "),
            (2, 5, "‹ 丙 ›"),
            (2, 6, "‹ 丙 丁 "),
            (3, 3, "‹ ›"),
            (1, 4, "‹乙 ›"),
            (9, 4, "‹   "),
            (2, 1, "›"),
            (2, 0, ""),
        ] {
            assert_eq!(drawn("甲乙丙丁", shift, width).concat(), expected, "{shift} {width}");
        }
        assert_eq!(drawn("", 4, 3).concat(), "   ", "an empty line has nothing to the left");
    }

    #[test]
    fn the_signs_for_more_take_one_cell_on_every_terminal() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            assert!(MORE.iter().all(|sign| width::of(sign, ambiguous) == 1));
        }
    }
    proptest! {
        #[test]
        fn what_is_visible_stands_in_its_place(text in "[a-z一-龥]{0,40}", shift in 0usize..90, width in 0u16..40) {
            let cells = drawn(&text, shift, width);
            // Each character of the text, and the cell it begins at.
            let mut at = 0;
            for (cluster, taken) in width::clusters(&text, Ambiguous::Narrow) {
                let hidden = at < shift + usize::from(shift > 0) || at + taken >= shift + cells.len();
                if !hidden {
                    prop_assert_eq!(&cells[at - shift], cluster);
                }
                at += taken;
            }
            let signs = [cells.first(), cells.last()].map(|cell| cell.cloned().unwrap_or_default());
            prop_assert_eq!(width > 1 && shift > 0 && at > 0, width > 1 && signs[0] == MORE[0]);
            prop_assert_eq!(width > 0 && at > shift + cells.len(), signs[1] == MORE[1]);
        }
    }
}
