//! From cells to bytes, so that no terminal's opinion of a width can shift a row.
//!
//! Terminals agree on ASCII, Hanzi, kana, Hangul and full-width forms. All else (quotation marks, emoji, Indic
//! syllables, signs before numbers) one or the other draws in more or fewer cells than the typesetter believes
//! (`examples/widths.rs` shows it). So behind each such cluster the cursor is put where it belongs; the cells
//! that it may leave unpainted are made blank before; and those that it may have spilled on are drawn again,
//! whether they have changed or not. The terminal does not wrap lines meanwhile.

mod doubt;
mod pen;

use crossterm::cursor::{Hide, MoveTo, MoveToColumn, Show};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType as Part};
use doubt::{is_sure, may_leave_gaps, reach};
use pen::Pen;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::{Position, Rect, Size};
use std::io::{self, Write};

/// What ratatui draws on. Nothing is written before it is flushed.
pub(super) struct Painter<W: Write> {
    out: W,
    /// What stands on the screen.
    screen: Buffer,
    /// Where the cursor is, as far as that is known.
    row: Option<u16>,
    column: Option<u16>,
    pen: Pen,
    /// A cell that something may have been spilled on, and the column behind the last such cell of its row.
    spilled: Option<(Position, u16)>,
}

impl<W: Write> Painter<W> {
    pub(super) fn new(out: W, size: Size) -> Self {
        let screen = Buffer::empty(Rect::from(size));
        Self { out, screen, row: None, column: None, pen: Pen::default(), spilled: None }
    }

    /// The screen has another size, and nothing on it that is known.
    pub(super) fn resize(&mut self, size: Size) {
        self.screen = Buffer::empty(Rect::from(size));
    }

    /// Draws the first row anew, after something else was written there and wiped away.
    pub(super) fn mend_first_row(&mut self) -> io::Result<()> {
        self.spilled = Some((Position::ORIGIN, self.screen.area.width));
        self.mend(None)?;
        self.pen.lift(&mut self.out)
    }

    /// Draws again what something was spilled on, but for what will be drawn `next` anyway.
    fn mend(&mut self, next: Option<Position>) -> io::Result<()> {
        while let Some((at, _)) = self.spilled
            && next != Some(at)
        {
            let Some(cell) = self.screen.cell(at).cloned() else {
                self.spilled = None;
                break;
            };
            self.print(at, &cell)?;
        }
        Ok(())
    }

    fn print(&mut self, at: Position, cell: &Cell) -> io::Result<()> {
        let cluster = cell.symbol();
        let sure = is_sure(cluster);
        let cells = cell.cell_width().max(1);
        let behind = at.x + cells;
        self.pen.pick(Pen::of(cell), &mut self.out)?;
        self.go(at)?;
        if !sure && may_leave_gaps(cluster, cells) {
            write!(self.out, "{:1$}", "", usize::from(cells))?;
            self.column = None;
            self.go(at)?;
        }
        queue!(self.out, Print(cluster))?;
        self.column = sure.then_some(behind);
        let end = if sure { behind } else { at.x.saturating_add(reach(cluster)) };
        self.spill(Position { x: behind, ..at }, end);
        Ok(())
    }

    /// From `at` on, where all before has been drawn, something may stand up to column `end` that does not belong
    /// there; and what was spilled before.
    fn spill(&mut self, at: Position, end: u16) {
        let before = self.spilled.filter(|(place, _)| place.y == at.y);
        let start = before.map_or(at.x, |(place, _)| place.x.max(at.x));
        let end = before.map_or(end, |(_, before)| before.max(end)).min(self.screen.area.width);
        self.spilled = (start < end).then_some((Position { x: start, ..at }, end));
    }

    /// Moves the cursor, unless it is there.
    fn go(&mut self, to: Position) -> io::Result<()> {
        if self.row != Some(to.y) {
            queue!(self.out, MoveTo(to.x, to.y))?;
        } else if self.column != Some(to.x) {
            queue!(self.out, MoveToColumn(to.x))?;
        }
        (self.row, self.column) = (Some(to.y), Some(to.x));
        Ok(())
    }

    /// Keeps what a cell shows; what it covers is blank. Returns the column behind the doubtful clusters that stood
    /// there: a terminal that drew one as several characters clears only those that are drawn over.
    fn keep(&mut self, at: Position, cell: &Cell) -> u16 {
        let mut end = at.x;
        for x in at.x..at.x + cell.cell_width().max(1) {
            let Some(kept) = self.screen.cell_mut((x, at.y)) else { break };
            if !is_sure(kept.symbol()) {
                end = end.max(x + kept.cell_width());
            }
            kept.clone_from(cell);
            if x > at.x {
                kept.set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
        }
        end
    }
}

/// Control sequences of others: where they leave the cursor is not known.
impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (self.row, self.column) = (None, None);
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, cells: I) -> io::Result<()> {
        for (x, y, cell) in cells {
            let at = Position { x, y };
            self.mend(Some(at))?;
            let before = self.keep(at, cell);
            self.print(at, cell)?;
            self.spill(at, before);
        }
        self.mend(None)?;
        self.pen.lift(&mut self.out)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        queue!(self.out, Hide)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        queue!(self.out, Show)
    }

    /// The last known: the terminal is not asked, because the answer would come among the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position { x: self.column.unwrap_or_default(), y: self.row.unwrap_or_default() })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.go(position.into())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.screen.reset();
        queue!(self.out, Clear(Part::All))
    }

    /// The viewport is the whole screen, so whatever is to be cleared is all of it.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.screen.area.as_size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
