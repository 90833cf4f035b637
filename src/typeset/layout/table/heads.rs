//! Which rows of a table say what the others hold.

use super::{columns_of, is_figure, owner};
use crate::typeset::article::{Cell, Joined, Table};
use std::ops::Range;

/// The rows at the top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heads {
    /// How many of them are titles: one cell over all columns.
    titles: usize,
    /// Where the rows that name the columns end, and the others begin.
    pub(super) end: usize,
}

impl Heads {
    /// Behind the titles: rows of `<th>`, or a first row without figures over rows with.
    pub(super) fn of(table: &Table) -> Self {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        let is_title =
            |row: &&Vec<Cell>| columns > 1 && row.len() == columns && columns_of(row, 0) == columns;
        let titles = table.rows.iter().take_while(is_title).count();
        let rest = table.rows.get(titles..).unwrap_or_default();
        let marked = rest.iter().take_while(|row| row.iter().all(|cell| cell.head)).count();
        let named = |cell: &Cell| cell.joined == Joined::Left || (!cell.lines.is_empty() && !is_figure(cell));
        let [first, others @ ..] = rest else { return Self { titles: 0, end: 0 } };
        let guessed = marked == 0 && first.iter().all(named) && others.iter().flatten().any(is_figure);
        Self { titles, end: titles + if guessed { 1 } else { marked.min(others.len()) } }
    }

    /// The places of the heading cells that are over all of these columns, from top to bottom: together they name
    /// what stands there.
    pub(super) fn over(&self, table: &Table, columns: Range<usize>) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for row in self.titles..self.end {
            let place = |column| owner(table, row, column).map(|(_, place)| place);
            let Some(first) = place(columns.start) else { continue };
            if !places.contains(&first) && columns.clone().all(|column| place(column) == Some(first)) {
                places.push(first);
            }
        }
        places
    }
}

/// The row and column in which a cell begins.
pub(super) type Place = (usize, usize);
