//! A table that does not fit, as a block of lines for each row.

use super::heads::{Heads, Place};
use super::{blanks, columns_of, measure, owner, spans};
use crate::typeset::article::{Cell, Joined, Table};
use crate::typeset::fill::fill;
use crate::typeset::flow::{Flow, FlowBuilder};
use crate::typeset::layout::Options;
use crate::typeset::line::Span;
use crate::typeset::style::{Role, Style};
use std::collections::HashSet;
use std::ops::Range;

/// Cells by which the lines of a value after the first hang.
const HANG: usize = 2;

/// The lines of all records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::typeset::layout) struct Records {
    /// The values behind their names.
    values: Vec<Flow>,
    lines: Vec<RecordLine>,
}

/// A line of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RecordLine {
    row: usize,
    /// Which value, and the bytes of it; `None` between two records.
    text: Option<(usize, Range<usize>)>,
    hang: usize,
}

impl Records {
    pub(super) fn new(table: &Table, heads: &Heads, room: usize, options: &Options) -> Self {
        let mut names = Names { table, heads, used: HashSet::new() };
        let bodies: Vec<(usize, Flow)> =
            (heads.end..table.rows.len()).flat_map(|row| names.values(row)).collect();
        let mut records = Self { values: Vec::new(), lines: Vec::new() };
        let hang = HANG.min(room / 4);
        let measure = measure(room, room - hang, true, options);
        for (row, value) in names.left_over().into_iter().chain(bodies) {
            let last = records.lines.last().map(|line| line.row);
            if row >= heads.end && last.is_some_and(|last| last != row) {
                records.lines.push(RecordLine { row, text: None, hang: 0 });
            }
            let number = records.values.len();
            let lines = fill(&value, measure).into_iter().enumerate();
            records.lines.extend(lines.map(|(line, range)| {
                let hang = if line == 0 { 0 } else { hang };
                RecordLine { row, text: Some((number, range)), hang }
            }));
            records.values.push(value);
        }
        records
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The row that a line belongs to.
    pub(super) fn row(&self, line: usize) -> usize {
        self.lines.get(line).map_or(0, |line| line.row)
    }

    pub(super) fn line(&self, line: usize) -> Vec<Span> {
        let Some(RecordLine { text, hang, .. }) = self.lines.get(line) else { return Vec::new() };
        let value = text.as_ref().and_then(|(value, range)| Some((self.values.get(*value)?, range.clone())));
        let text = value.map_or_else(Vec::new, |(flow, range)| spans(flow, range, Role::Text));
        blanks(*hang).into_iter().chain(text).collect()
    }
}

/// Puts the names of their columns before values.
struct Names<'a> {
    table: &'a Table,
    heads: &'a Heads,
    /// The heading cells that have named a value.
    used: HashSet<Place>,
}

impl Names<'_> {
    /// The values of a row. A cell over several rows is a value of each.
    fn values(&mut self, row: usize) -> Vec<(usize, Flow)> {
        let Some(cells) = self.table.rows.get(row) else { return Vec::new() };
        let begins = cells.iter().enumerate().filter(|(_, cell)| cell.joined != Joined::Left);
        begins
            .filter_map(|(column, _)| {
                let cell = owner(self.table, row, column)?.0;
                let columns = column..column + columns_of(cells, column);
                (!cell.lines.is_empty()).then(|| (row, self.named(cell, columns)))
            })
            .collect()
    }

    /// A cell behind what is over all of its columns.
    fn named(&mut self, cell: &Cell, columns: Range<usize>) -> Flow {
        let mut builder = FlowBuilder::default();
        let places = self.heads.over(self.table, columns);
        let names = places.iter().filter_map(|&(row, column)| self.table.rows.get(row)?.get(column));
        let names: Vec<String> = names.map(Cell::text).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            builder.push(&names.join("·"), Style::of(Role::TableHead), None);
            builder.push("：", Style::of(Role::TableHead), None);
        }
        self.used.extend(places);
        push_cell(&mut builder, cell);
        builder.finish()
    }

    /// The cells at the top that have named nothing: titles, and headings of empty columns.
    fn left_over(&self) -> Vec<(usize, Flow)> {
        let heads = self.table.rows.iter().enumerate().take(self.heads.end);
        let cells = heads.flat_map(|(row, cells)| {
            cells.iter().enumerate().map(move |(column, cell)| ((row, column), cell))
        });
        cells
            .filter(|(place, cell)| !cell.lines.is_empty() && !self.used.contains(place))
            .map(|((row, _), cell)| {
                let mut builder = FlowBuilder::default();
                push_cell(&mut builder, cell);
                (row, builder.finish().in_role(Role::TableHead))
            })
            .collect()
    }
}

/// The paragraphs of a cell with blanks between them.
fn push_cell(builder: &mut FlowBuilder, cell: &Cell) {
    for flow in &cell.lines {
        builder.push_flow(flow);
        builder.push(" ", Style::default(), None);
    }
}
