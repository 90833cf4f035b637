//! A table as a grid of columns.

use super::columns::GAP;
use super::{CellLine, blanks, border, columns_of, is_figure, is_placeholder, owner, wrap};
use crate::typeset::article::{Align, Joined, Table};
use crate::typeset::layout::Options;
use crate::typeset::layout::frame::spans;
use crate::typeset::line::Span;
use crate::typeset::rules;
use crate::typeset::style::Role;
use crate::typeset::width;

/// Where the lines of the cells break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::typeset::layout) struct Grid {
    widths: Vec<usize>,
    /// How many rows at the top are headings.
    heads: usize,
    /// Which columns are set flush right.
    right: Vec<bool>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    /// The number of its first line, or of the rule above it.
    start: usize,
    /// Whether a rule is above it.
    ruled: bool,
    /// How many lines of text it has.
    height: usize,
    /// The lines of the cell that begins in each column.
    cells: Vec<Vec<CellLine>>,
}

impl Row {
    fn end(&self) -> usize {
        self.start + usize::from(self.ruled) + self.height
    }
}

impl Grid {
    pub(super) fn new(table: &Table, widths: Vec<usize>, heads: usize, options: &Options) -> Self {
        let right = (0..widths.len()).map(|column| is_figures(table, heads, column)).collect();
        let mut grid = Self { widths, heads, right, rows: Vec::new() };
        for row in &table.rows {
            let cells: Vec<Vec<CellLine>> = row
                .iter()
                .enumerate()
                .map(|(column, cell)| wrap(cell, grid.room(column, columns_of(row, column)), options))
                .collect();
            grid.rows.push(Row { cells, ..Row::default() });
        }
        grid.stack(table);
        grid
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.rows.last().map_or(0, Row::end)
    }

    /// The row that a line belongs to.
    pub(super) fn row(&self, line: usize) -> usize {
        self.rows.partition_point(|row| row.start <= line).saturating_sub(1)
    }

    /// The cells from edge to edge.
    pub(super) fn cells(&self) -> usize {
        self.room(0, self.widths.len())
    }

    /// The cells of so many columns and of the lines between them.
    fn room(&self, column: usize, columns: usize) -> usize {
        let widths = self.widths.iter().skip(column).take(columns);
        widths.sum::<usize>() + GAP * columns.saturating_sub(1)
    }

    /// Gives every row its height and place. A cell over several rows runs down through them, and the last of
    /// them is as high as it needs.
    fn stack(&mut self, table: &Table) {
        let is_last_of = |row: usize, column: usize| {
            let below = table.rows.get(row + 1).and_then(|below| below.get(column));
            below.is_none_or(|below| below.joined != Joined::Above)
        };
        let mut start = 0;
        let wraps = self.rows.iter().any(|row| row.cells.iter().any(|lines| lines.len() > 1));
        for number in 0..self.rows.len() {
            let mut height = 1;
            for column in (0..self.widths.len()).filter(|&column| is_last_of(number, column)) {
                let Some((_, (begins, _))) = owner(table, number, column) else { continue };
                let lines = self.rows.get(begins).and_then(|row| row.cells.get(column)).map_or(0, Vec::len);
                height = height.max(lines.saturating_sub(self.height(begins, number)));
            }
            let ruled = number > 0 && (wraps || number == self.heads);
            if let Some(row) = self.rows.get_mut(number) {
                (row.start, row.ruled, row.height) = (start, ruled, height);
                start = row.end();
            }
        }
    }

    /// The lines of text in the rows from `first` up to `end`.
    fn height(&self, first: usize, end: usize) -> usize {
        self.rows.iter().take(end).skip(first).map(|row| row.height).sum()
    }

    pub(super) fn line(&self, table: &Table, line: usize, options: &Options) -> Vec<Span> {
        let number = self.row(line);
        let Some(row) = self.rows.get(number) else { return Vec::new() };
        match (line - row.start).checked_sub(usize::from(row.ruled)) {
            Some(line) => self.text(table, number, line, options),
            None => vec![border(&self.rule(table, number, options))],
        }
    }

    fn text(&self, table: &Table, number: usize, line: usize, options: &Options) -> Vec<Span> {
        let row = table.rows.get(number).map_or(&[][..], Vec::as_slice);
        let mut out = Vec::new();
        let mut column = 0;
        while column < self.widths.len() {
            if column > 0 {
                out.push(border(&format!(" {} ", rules::bar(options.ambiguous))));
            }
            let columns = columns_of(row, column);
            let text = self.cell(table, number, column, line);
            let cells: usize = text.iter().map(|span| width::of(&span.text, options.ambiguous)).sum();
            let slack = self.room(column, columns).saturating_sub(cells);
            let left = match self.align(table, number, column, columns) {
                Align::Left => 0,
                Align::Centre => slack / 2,
                Align::Right => slack,
            };
            out.extend(blanks(left));
            out.extend(text);
            // Nothing needs to stand after the last column.
            out.extend(blanks(slack - left).filter(|_| column + columns < self.widths.len()));
            column += columns;
        }
        out
    }

    /// Where the text of a cell stands: where the author wants it, else figures at the right edge.
    fn align(&self, table: &Table, number: usize, column: usize, columns: usize) -> Align {
        let stated = owner(table, number, column).and_then(|(cell, _)| cell.align);
        let is_figures = columns == 1 && self.right.get(column) == Some(&true);
        stated.unwrap_or(if is_figures { Align::Right } else { Align::Left })
    }

    /// What stands of a cell on a line of a row.
    fn cell(&self, table: &Table, number: usize, column: usize, line: usize) -> Vec<Span> {
        let Some((cell, (begins, _))) = owner(table, number, column) else { return Vec::new() };
        let line = line + self.height(begins, number);
        let lines = self.rows.get(begins).and_then(|row| row.cells.get(column));
        let Some((paragraph, range)) = lines.and_then(|lines| lines.get(line)) else { return Vec::new() };
        let role = if cell.head || begins < self.heads { Role::TableHead } else { Role::Text };
        cell.lines.get(*paragraph).map_or_else(Vec::new, |flow| spans(flow, range.clone(), role))
    }

    /// The rule above a row, with openings where cells run through.
    fn rule(&self, table: &Table, number: usize, options: &Options) -> String {
        let is = |row: usize, column: usize, joined: Joined| {
            let cell = table.rows.get(row).and_then(|row| row.get(column));
            cell.is_some_and(|cell| cell.joined == joined)
        };
        // A cell left of it may be the one that runs through both.
        let runs_through = |column: usize| {
            let first = (0..=column).rev().find(|&column| !is(number, column, Joined::Left)).unwrap_or(0);
            is(number, first, Joined::Above)
        };
        let line = rules::line(options.ambiguous);
        let bar = |drawn: bool| if drawn { line } else { " " };
        let mut rule = String::new();
        let mut before = false;
        for (column, &cells) in self.widths.iter().enumerate() {
            let drawn = !runs_through(column);
            if column > 0 {
                let (up, down) = (!is(number - 1, column, Joined::Left), !is(number, column, Joined::Left));
                rule.push_str(bar(before));
                rule.push_str(rules::joint([up, down, before, drawn], options.ambiguous));
                rule.push_str(bar(drawn));
            }
            rule.push_str(&bar(drawn).repeat(cells));
            before = drawn;
        }
        rule.truncate(rule.trim_end().len());
        rule
    }
}

/// Columns of figures are set flush right, so that their digits line up.
fn is_figures(table: &Table, heads: usize, column: usize) -> bool {
    let rows = table.rows.iter().skip(heads);
    let mut cells = rows.filter(|row| columns_of(row, column) == 1).filter_map(|row| row.get(column));
    cells.clone().any(is_figure) && cells.all(|cell| is_placeholder(cell) || is_figure(cell))
}
