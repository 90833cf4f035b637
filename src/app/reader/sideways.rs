//! Lines that are kept whole and are wider than the pane: they are scrolled sideways.

use super::{Reader, Shown};
use crate::typeset::{Ambiguous, Line, Role, Span, width};

/// The marks of quotations and lists at the beginning of a line, and what follows them. The marks stay where they
/// are when the rest is scrolled.
pub fn split_marks(line: &Line) -> (&[Span], &[Span]) {
    let marks = line.spans.iter().take_while(|span| span.style.role == Role::Marker).count();
    line.spans.split_at_checked(marks).unwrap_or((&line.spans, &[]))
}

/// The cells that pieces of a line take.
fn cells_of(spans: &[Span], ambiguous: Ambiguous) -> usize {
    spans.iter().map(|span| width::of(&span.text, ambiguous)).sum()
}

impl Reader {
    /// Scrolls the lines that are kept whole by so many cells, as far as those on the pane's rows go. Returns
    /// whether that was any further.
    pub(crate) fn scroll_sideways(&mut self, cells: isize, rows: usize) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        let end = shown.widest_hidden(rows);
        let here = shown.shift.min(end);
        shown.shift = here.saturating_add_signed(cells).min(end);
        shown.shift != here
    }
}

impl Shown {
    /// The empty cells before the text, which stands in the middle of its pane.
    pub fn margin(&self) -> u16 {
        self.pane.saturating_sub(self.width()) / 2
    }

    /// By how many cells the lines that are kept whole are scrolled to the left.
    pub fn shift(&self) -> usize {
        self.shift
    }

    /// Scrolls back as far as the lines on these rows are short.
    pub(super) fn clamp_shift(&mut self, rows: usize) {
        if self.shift > 0 {
            self.shift = self.shift.min(self.widest_hidden(rows));
        }
    }

    /// Scrolls sideways if the current hit on a line is out of sight.
    pub(super) fn reveal_sideways(&mut self, place: usize) {
        let Some(line) = self.line(place).filter(|line| line.whole) else { return };
        let Some((hit, _)) = self.hits_on(place).find(|(_, current)| *current) else { return };
        let ambiguous = self.ambiguous();
        let (marks, rest) = split_marks(&line);
        let (marks, body) = (cells_of(marks, ambiguous), cells_of(rest, ambiguous));
        let text = line.text();
        let up_to = |byte| width::of(text.get(..byte).unwrap_or_default(), ambiguous).saturating_sub(marks);
        let (start, end) = (up_to(hit.start), up_to(hit.end));
        let room = self.room().saturating_sub(usize::from(line.indent) + marks);
        // The signs that say that there is more cover a cell on each side.
        let starts = start >= self.shift + usize::from(self.shift > 0);
        let ends = end + usize::from(end < body) <= self.shift + room;
        if !(starts && ends) {
            self.shift = start.saturating_sub(room / 3).min(body.saturating_sub(room));
        }
    }

    /// The cells of the widest line on these rows that do not fit into the pane.
    fn widest_hidden(&self, rows: usize) -> usize {
        let lines = (self.top..self.top.saturating_add(rows)).map_while(|place| self.line(place));
        let hidden = |line: Line| line.cells(self.ambiguous()).saturating_sub(self.room());
        lines.filter(|line| line.whole).map(hidden).max().unwrap_or(0)
    }

    /// The cells from the left edge of the text to the right edge of the pane.
    fn room(&self) -> usize {
        usize::from(self.pane - self.margin())
    }

    fn ambiguous(&self) -> Ambiguous {
        self.options.as_ref().map_or(Ambiguous::Narrow, |options| options.ambiguous)
    }
}
