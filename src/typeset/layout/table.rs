//! Tables: columns where they fit, else wrapped cells, else a block of `heading：value` lines for each row.

mod columns;
mod grid;
mod heads;
mod records;

use super::Options;
use super::frame::spans;
use crate::typeset::article::{Cell, Joined, Table};
use crate::typeset::fill::{Measure, fill};
use crate::typeset::flow::Flow;
use crate::typeset::line::{Piece, Span};
use crate::typeset::style::{Mark, Role, Style};
use grid::Grid;
use heads::Heads;
use records::Records;
use std::ops::Range;

/// Where the lines of a table break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TableSet {
    Grid(Grid),
    Records(Records),
}

impl TableSet {
    pub(super) fn new(table: &Table, room: usize, options: &Options) -> Self {
        let heads = Heads::of(table);
        let widths = columns::fitting(table, room, options)
            .or_else(|| options.wide_tables.then(|| columns::natural(table, options)));
        match widths {
            Some(widths) => Self::Grid(Grid::new(table, widths, heads.end, options)),
            None => Self::Records(Records::new(table, &heads, room, options)),
        }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Grid(grid) => grid.len(),
            Self::Records(records) => records.len(),
        }
    }

    /// The row of the table that a line belongs to.
    pub(super) fn row(&self, line: usize) -> usize {
        match self {
            Self::Grid(grid) => grid.row(line),
            Self::Records(records) => records.row(line),
        }
    }

    pub(super) fn line(&self, table: &Table, line: usize, options: &Options) -> Vec<Span> {
        match self {
            Self::Grid(grid) => grid.line(table, line, options),
            Self::Records(records) => records.line(line),
        }
    }

    pub(super) fn is_wider_than(&self, room: usize) -> bool {
        matches!(self, Self::Grid(grid) if grid.cells() > room)
    }
}

/// A number with sign, separators, unit of one or two signs.
fn is_figure(cell: &Cell) -> bool {
    let [line] = cell.lines.as_slice() else { return false };
    let text = line.text();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_other = |c: &char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '+' | '/');
    digits > 0 && text.chars().filter(is_other).count() <= 2
}

/// What stands where there is no figure.
fn is_placeholder(cell: &Cell) -> bool {
    let [line] = cell.lines.as_slice() else { return cell.lines.is_empty() };
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '―' | '/' | '*');
    line.text().chars().all(is_dash) || matches!(line.text(), "N/A" | "n/a")
}

/// The cell that stands in a row and column, be it from the left or from the rows above; and where it begins.
fn owner(table: &Table, row: usize, column: usize) -> Option<(&Cell, (usize, usize))> {
    let cell = |row: usize, column: usize| table.rows.get(row)?.get(column);
    let is = |row, column, joined| cell(row, column).is_some_and(|cell: &Cell| cell.joined == joined);
    let column = (0..=column).rev().find(|&column| !is(row, column, Joined::Left))?;
    let row = (0..=row).rev().find(|&row| !is(row, column, Joined::Above))?;
    cell(row, column).map(|cell| (cell, (row, column)))
}

/// How many columns a cell of a row takes.
fn columns_of(row: &[Cell], column: usize) -> usize {
    let behind = row.iter().skip(column + 1);
    1 + behind.take_while(|cell| cell.joined == Joined::Left).count()
}

/// A line within a cell: which of its paragraphs, and the bytes of that.
type CellLine = (usize, Range<usize>);

/// The lines of a cell in so many cells of room.
fn wrap(cell: &Cell, room: usize, options: &Options) -> Vec<CellLine> {
    let measure = measure(room, room, false, options);
    let lines = |(paragraph, flow): (usize, &Flow)| {
        fill(flow, measure).into_iter().map(move |range| (paragraph, range)).collect::<Vec<_>>()
    };
    cell.lines.iter().enumerate().flat_map(lines).collect()
}

/// Room within a table, where lines keep to it: what follows is a border.
fn measure(first: usize, rest: usize, avoid_lonely_last: bool, options: &Options) -> Measure {
    let ambiguous = options.ambiguous;
    Measure { first, rest, ambiguous, avoid_lonely_last, hanging: false, squeezing: false }
}

fn border(text: &str) -> Span {
    Span { text: Piece::of_safe(text), style: Style::of(Role::Border), link: None }
}

/// Blanks that make the columns, which are no part of the text.
fn blanks(cells: usize) -> Option<Span> {
    let style = Style::default().with(Mark::Added);
    (cells > 0).then(|| Span { text: Piece::of_safe(&" ".repeat(cells)), style, link: None })
}
