//! A table that does not fit, as a block of lines for each row.

use super::{blanks, measure, owner, spans};
use crate::typeset::article::{Cell, Joined, Table};
use crate::typeset::fill::fill;
use crate::typeset::flow::{Flow, FlowBuilder};
use crate::typeset::layout::Options;
use crate::typeset::line::Span;
use crate::typeset::style::{Role, Style};
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
    /// Of several heading rows the last one names the values; the others are titles.
    pub(super) fn new(table: &Table, heads: usize, room: usize, options: &Options) -> Self {
        let mut records = Self { values: Vec::new(), lines: Vec::new() };
        let hang = HANG.min(room / 4);
        let measure = measure(room, room - hang, true, options);
        for (row, cells) in table.rows.iter().enumerate() {
            if row + 1 == heads {
                continue;
            }
            if row > heads {
                records.lines.push(RecordLine { row, text: None, hang: 0 });
            }
            let names = heads.checked_sub(1).filter(|_| row >= heads);
            for column in 0..cells.len() {
                let Some(flow) = value(table, names, row, column) else { continue };
                let number = records.values.len();
                let lines = fill(&flow, measure).into_iter().enumerate();
                records.lines.extend(lines.map(|(line, range)| {
                    let hang = if line == 0 { 0 } else { hang };
                    RecordLine { row, text: Some((number, range)), hang }
                }));
                records.values.push(flow);
            }
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

/// The value of a cell behind the name of its column, which stands in the row `names`. A cell over several rows is
/// a value of each; one over several columns of the first.
fn value(table: &Table, names: Option<usize>, row: usize, column: usize) -> Option<Flow> {
    let cell = owner(table, row, column)?.0;
    if cell.joined == Joined::Left || cell.lines.is_empty() {
        return None;
    }
    let name = names.and_then(|names| owner(table, names, column)).map(|(name, _)| name.text());
    let mut builder = FlowBuilder::default();
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        builder.push(&name, Style::of(Role::TableHead), None);
        builder.push("：", Style::of(Role::TableHead), None);
    }
    push_cell(&mut builder, cell);
    Some(builder.finish())
}

/// The paragraphs of a cell with blanks between them.
fn push_cell(builder: &mut FlowBuilder, cell: &Cell) {
    for flow in &cell.lines {
        builder.push_flow(flow);
        builder.push(" ", Style::default(), None);
    }
}
