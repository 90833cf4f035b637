//! Tables travel as marks; tables within tables are taken apart.

use super::super::marks;
use super::super::tag::Tag;
use super::Cleaner;
use super::align::Align;

/// More columns than this do not come from spans.
const MAX_SPAN: usize = 20;
/// Cells that span more rows than this are taken for layout.
const MAX_ROW_SPAN: usize = 200;

/// Cells beyond this in a row join the last one.
const MAX_COLUMNS: usize = 100;
/// Cells that spans may make in one body: more come from no real table.
const MAX_EMPTY: usize = 20_000;

/// The tables that are open. Only the outermost has rows and cells.
#[derive(Debug, Default)]
pub(super) struct Tables {
    depth: usize,
    /// How many structures were open when the table began.
    base: usize,
    in_row: bool,
    column: usize,
    /// Cells owed to the cell before, which spans several columns, and in how many rows below it stands.
    owed: usize,
    owed_below: usize,
    /// For each column, in how many of the rows that follow a cell from above stands there, and which part of it.
    from_above: Vec<(usize, char)>,
    /// The cells made for spans so far, in this table and those before.
    empty: usize,
}

impl Tables {
    /// How many are open, one within the other.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The structures below this depth belong to what is around the table.
    pub(super) fn base(&self) -> usize {
        if self.depth == 0 { 0 } else { self.base }
    }
}

impl Cleaner {
    pub(super) fn open_table(&mut self) {
        self.boundary();
        self.heading = None;
        self.tables.depth += 1;
        if self.tables.depth == 1 {
            let Tables { empty, .. } = self.tables;
            self.tables = Tables { depth: 1, base: self.structures.len(), empty, ..Tables::default() };
            self.mark(marks::TABLE);
        }
    }

    pub(super) fn close_table(&mut self) {
        self.boundary();
        if self.tables.depth == 1 {
            self.end_row();
            self.close_structures_to(self.tables.base);
            self.mark(marks::TABLE_END);
        }
        self.tables.depth = self.tables.depth.saturating_sub(1);
    }

    pub(super) fn open_row(&mut self) {
        self.boundary();
        if self.tables.depth == 1 {
            self.end_row();
            self.close_structures_to(self.tables.base);
            self.mark(marks::ROW);
            self.tables.in_row = true;
        }
    }

    fn end_row(&mut self) {
        self.pay_cells();
        if self.tables.in_row {
            self.pay_from_above();
        }
        self.tables.column = 0;
        self.tables.in_row = false;
    }

    pub(super) fn open_cell(&mut self, tag: &Tag<'_>) {
        if self.tables.depth != 1 {
            return self.boundary();
        }
        if !self.tables.in_row {
            self.open_row();
        }
        self.boundary();
        self.close_structures_to(self.tables.base);
        self.pay_cells();
        self.pay_from_above();
        if self.tables.column >= MAX_COLUMNS {
            return;
        }
        self.mark(if tag.name == "th" { marks::HEAD } else { marks::CELL });
        match Align::of(tag) {
            Some(Align::Start) => self.mark(marks::CELL_LEFT),
            Some(Align::Centre) => self.mark(marks::CELL_CENTRED),
            Some(Align::Right) => self.mark(marks::CELL_RIGHT),
            Some(Align::Caption) | None => {}
        }
        let span = |name| tag.attribute(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1_usize);
        let columns = span("colspan").clamp(1, MAX_SPAN);
        let rows = span("rowspan").clamp(1, MAX_ROW_SPAN);
        (self.tables.owed, self.tables.owed_below) = (columns - 1, rows - 1);
        self.take_column((rows - 1, marks::JOINED_ABOVE));
    }

    /// The cells that a wide cell covers beside its first one. In the rows below they stand beside the first too.
    fn pay_cells(&mut self) {
        let below = (self.tables.owed_below, marks::JOINED_LEFT);
        for _ in 0..std::mem::take(&mut self.tables.owed) {
            self.joined_cell(marks::JOINED_LEFT, below);
        }
    }

    /// The parts, in this row, of the cells above that reach down to it.
    fn pay_from_above(&mut self) {
        while let Some(&(rows @ 1.., part)) = self.tables.from_above.get(self.tables.column) {
            self.joined_cell(part, (rows - 1, part));
        }
    }

    /// A cell that is part of another.
    fn joined_cell(&mut self, part: char, below: (usize, char)) {
        if self.tables.column < MAX_COLUMNS && self.tables.empty < MAX_EMPTY {
            self.mark(part);
            self.tables.empty += 1;
        }
        self.take_column(below);
    }

    /// Goes on by a column in which a cell stands that goes on below.
    fn take_column(&mut self, below: (usize, char)) {
        let column = self.tables.column;
        if self.tables.from_above.len() <= column {
            self.tables.from_above.resize(column + 1, (0, marks::CELL));
        }
        if let Some(rows) = self.tables.from_above.get_mut(column) {
            *rows = below;
        }
        self.tables.column += 1;
    }
}
