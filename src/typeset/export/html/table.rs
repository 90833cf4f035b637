//! Tables with their spans and alignments.

use super::Writer;
use crate::typeset::article::{Align, Cell, Joined, Table};
use crate::typeset::flow::Flow;
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, caption: Option<&Flow>) {
        self.out.push_str("<table>\n");
        if let Some(caption) = caption {
            self.element("<caption>", "</caption>\n", caption);
        }
        let heads = heads(table);
        for (part, rows) in [("thead>\n", 0..heads), ("tbody>\n", heads..table.rows.len())] {
            if rows.is_empty() {
                continue;
            }
            self.out.extend(["<", part]);
            rows.for_each(|row| self.row(table, row));
            self.out.extend(["</", part]);
        }
        self.out.push_str("</table>\n");
    }

    fn row(&mut self, table: &Table, row: usize) {
        self.out.push_str("<tr>");
        for (column, cell) in table.rows.get(row).into_iter().flatten().enumerate() {
            if !is_part(cell, Joined::Left) && !is_part(cell, Joined::Above) {
                self.cell(cell, spans(table, row, column));
            }
        }
        self.out.push_str("</tr>\n");
    }

    fn cell(&mut self, cell: &Cell, (columns, rows): (usize, usize)) {
        let name = if cell.head { "th" } else { "td" };
        self.out.extend(["<", name]);
        for (name, span) in [("colspan", columns), ("rowspan", rows)] {
            if span > 1 {
                // Writing to a string cannot fail.
                let _ = write!(self.out, " {name}=\"{span}\"");
            }
        }
        self.out.push_str(match cell.align {
            None => ">",
            Some(Align::Left) => " style=\"text-align:left\">",
            Some(Align::Centre) => " style=\"text-align:center\">",
            Some(Align::Right) => " style=\"text-align:right\">",
        });
        self.cell_content(cell);
        self.out.extend(["</", name, ">"]);
    }

    /// The paragraphs of a cell; program text keeps its blanks.
    fn cell_content(&mut self, cell: &Cell) {
        let mut follows_text = false;
        for (lines, is_code) in cell.parts() {
            if is_code {
                self.out.push_str("<pre><code>");
                self.code_lines(lines);
                self.out.push_str("</code></pre>");
            }
            for flow in lines.iter().filter(|_| !is_code) {
                self.element(if follows_text { "<br>" } else { "" }, "", flow);
            }
            follows_text = !is_code;
        }
    }
}

/// How many rows at the top hold headings alone, of which none reaches down to the others.
fn heads(table: &Table) -> usize {
    let marked = table.rows.iter().take_while(|row| row.iter().all(|cell| cell.head)).count();
    let begins = |end: &usize| {
        table.rows.get(*end).is_none_or(|row| !row.iter().any(|cell| is_part(cell, Joined::Above)))
    };
    (0..=marked).rev().find(begins).unwrap_or(0)
}

/// Whether a cell is nothing but a part of another.
fn is_part(cell: &Cell, joined: Joined) -> bool {
    cell.joined == joined && cell.lines.is_empty()
}

/// The columns and rows that a cell is over.
fn spans(table: &Table, row: usize, column: usize) -> (usize, usize) {
    let beside = table.rows.get(row).into_iter().flatten().skip(column + 1);
    let columns = beside.take_while(|cell| is_part(cell, Joined::Left)).count();
    let below = table.rows.iter().skip(row + 1).map(|cells| cells.get(column));
    let rows = below.take_while(|cell| cell.is_some_and(|cell| is_part(cell, Joined::Above))).count();
    (columns + 1, rows + 1)
}
