//! Tables: columns where they fit, else wrapped cells, else a list of `heading: value`.

use super::{Options, spans};
use crate::typeset::article::{Cell, Table};
use crate::typeset::fill::{Measure, fill};
use crate::typeset::flow::{Flow, FlowBuilder};
use crate::typeset::page::{Piece, Span};
use crate::typeset::style::{Role, Style};
use crate::typeset::width::{self, Ambiguous};

/// Cells between two columns: blank, line, blank.
const GAP: usize = 3;
/// A column narrower than this cannot be read.
const NARROWEST: usize = 4;
/// Words longer than this are cut rather than claim their width.
const WIDEST_WORD: usize = 16;

/// The lines of a table, each with the number of its row.
pub(super) fn set(table: &Table, room: usize, options: &Options) -> Vec<(usize, Vec<Span>)> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let heads = head_rows(table);
    match column_widths(table, columns, room, options) {
        Some(widths) => Grid { table, widths, heads, options }.lines(),
        None if options.wide_tables => {
            let widths = natural_widths(table, columns, options);
            Grid { table, widths, heads, options }.lines()
        }
        None => records(table, heads, room, options),
    }
}

/// How many rows at the top name the columns: rows of `<th>`, or a first row without figures over rows with.
fn head_rows(table: &Table) -> usize {
    let marked = table.rows.iter().take_while(|row| row.iter().all(|cell| cell.head)).count();
    let [first, rest @ ..] = table.rows.as_slice() else { return 0 };
    let names = first.iter().all(|cell| !cell.lines.is_empty() && !is_figure(cell));
    if marked == 0 && names && rest.iter().flatten().any(is_figure) { 1 } else { marked.min(rest.len()) }
}

/// A number with sign, separators, unit of one or two signs.
fn is_figure(cell: &Cell) -> bool {
    let [line] = cell.lines.as_slice() else { return false };
    let text = line.text();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let others =
        text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '+' | '/')).count();
    digits > 0 && others <= 2
}

/// The widths of the columns: natural ones if the room allows, else shared out; `None` if not even the
/// longest words fit.
fn column_widths(table: &Table, columns: usize, room: usize, options: &Options) -> Option<Vec<usize>> {
    let room = room.checked_sub(GAP * columns.saturating_sub(1))?;
    let natural = natural_widths(table, columns, options);
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    if columns * NARROWEST > room {
        return None;
    }
    let words = widest(table, columns, |flow| longest_word(flow, options));
    let least: Vec<usize> = words.iter().map(|&word| word.clamp(NARROWEST, WIDEST_WORD)).collect();
    let spare = room.checked_sub(least.iter().sum())?;
    Some(share(&least, &natural, spare))
}

/// The widths of the columns when no cell is wrapped, but for very long ones.
fn natural_widths(table: &Table, columns: usize, options: &Options) -> Vec<usize> {
    widest(table, columns, |flow| width::of(flow.spaced(options.spacing()).flow.text(), options.ambiguous))
}

/// Gives every column what it needs at least, and the spare cells where they are wanted, the narrow columns
/// first.
fn share(least: &[usize], natural: &[usize], mut spare: usize) -> Vec<usize> {
    let mut widths = least.to_vec();
    let mut order: Vec<usize> = (0..widths.len()).collect();
    let wish = |column: usize| {
        let wanted = natural.get(column).copied().unwrap_or(0);
        wanted.saturating_sub(least.get(column).copied().unwrap_or(0))
    };
    order.sort_by_key(|&column| wish(column));
    for (served, column) in order.iter().copied().enumerate() {
        let fair = spare / (widths.len() - served);
        let given = wish(column).min(fair);
        spare -= given;
        if let Some(cells) = widths.get_mut(column) {
            *cells += given;
        }
    }
    widths
}

/// For each column the largest measure of its paragraphs.
fn widest(table: &Table, columns: usize, measure: impl Fn(&Flow) -> usize) -> Vec<usize> {
    let mut widest = vec![0; columns];
    for row in &table.rows {
        for (cells, cell) in widest.iter_mut().zip(row) {
            *cells = cell.lines.iter().map(&measure).max().unwrap_or(0).max(*cells);
        }
    }
    widest
}

fn longest_word(flow: &Flow, options: &Options) -> usize {
    let spaced = flow.spaced(options.spacing());
    let flow = spaced.flow.as_ref();
    let mut start = 0;
    let words = flow.segments().iter().map(|&end| {
        let word = flow.text().get(start..end).unwrap_or_default();
        start = end;
        width::of(word.trim_end(), options.ambiguous)
    });
    words.max().unwrap_or(0)
}

struct Grid<'a> {
    table: &'a Table,
    widths: Vec<usize>,
    heads: usize,
    options: &'a Options,
}

impl Grid<'_> {
    fn lines(&self) -> Vec<(usize, Vec<Span>)> {
        let right: Vec<bool> = (0..self.widths.len()).map(|column| self.is_figures(column)).collect();
        let rows: Vec<Vec<Vec<Span>>> =
            self.table.rows.iter().enumerate().map(|(number, row)| self.row(number, row, &right)).collect();
        let wrapped = rows.iter().any(|lines| lines.len() > 1);
        let mut out = Vec::new();
        for (number, lines) in rows.into_iter().enumerate() {
            if number > 0 && (wrapped || number == self.heads) {
                out.push((number, vec![self.rule()]));
            }
            out.extend(lines.into_iter().map(|line| (number, line)));
        }
        out
    }

    /// Columns of figures are set flush right, so that their digits line up.
    fn is_figures(&self, column: usize) -> bool {
        let mut cells = self.table.rows.iter().skip(self.heads).filter_map(|row| row.get(column));
        let filled = |cell: &Cell| !cell.lines.is_empty();
        cells.clone().any(filled) && cells.all(|cell| !filled(cell) || is_figure(cell))
    }

    fn row(&self, number: usize, row: &[Cell], right: &[bool]) -> Vec<Vec<Span>> {
        let empty = Cell::default();
        let cells: Vec<&Cell> =
            (0..self.widths.len()).map(|column| row.get(column).unwrap_or(&empty)).collect();
        let set: Vec<Vec<Vec<Span>>> = self
            .widths
            .iter()
            .zip(&cells)
            .map(|(&room, cell)| {
                let head = cell.head || number < self.heads;
                wrap(cell, if head { Role::TableHead } else { Role::Text }, room, self.options)
            })
            .collect();
        let height = set.iter().map(Vec::len).max().unwrap_or(0).max(1);
        (0..height).map(|line| self.join(&set, line, right)).collect()
    }

    fn join(&self, cells: &[Vec<Vec<Span>>], line: usize, right: &[bool]) -> Vec<Span> {
        let mut spans = Vec::new();
        let last = cells.len().saturating_sub(1);
        for (column, ((cell, &room), &right)) in cells.iter().zip(&self.widths).zip(right).enumerate() {
            if column > 0 {
                spans.push(border(if self.options.ambiguous == Ambiguous::Wide { " | " } else { " │ " }));
            }
            let text = cell.get(line).cloned().unwrap_or_default();
            let cells: usize = text.iter().map(|span| width::of(&span.text, self.options.ambiguous)).sum();
            let blank = blanks(room.saturating_sub(cells));
            if right {
                spans.extend(blank);
                spans.extend(text);
            } else {
                spans.extend(text);
                // Nothing needs to stand after the last column.
                spans.extend(blank.filter(|_| column < last));
            }
        }
        spans
    }

    fn rule(&self) -> Span {
        let (bar, cross) =
            if self.options.ambiguous == Ambiguous::Wide { ("-", "-+-") } else { ("─", "─┼─") };
        let bars: Vec<String> = self.widths.iter().map(|&cells| bar.repeat(cells)).collect();
        border(&bars.join(cross))
    }
}

fn border(text: &str) -> Span {
    Span { text: Piece::of_safe(text), style: Style::of(Role::Border), link: None }
}

fn blanks(cells: usize) -> Option<Span> {
    (cells > 0).then(|| Span {
        text: Piece::of_safe(&" ".repeat(cells)),
        style: Style::default(),
        link: None,
    })
}

fn wrap(cell: &Cell, role: Role, room: usize, options: &Options) -> Vec<Vec<Span>> {
    let measure = measure(room, room, false, options);
    let mut lines = Vec::new();
    for flow in &cell.lines {
        let flow = flow.spaced(options.spacing()).flow;
        lines.extend(fill(&flow, measure).into_iter().map(|range| spans(&flow, range, role)));
    }
    lines
}

/// Room within a table, where marks do not hang: what follows is a border.
fn measure(first: usize, rest: usize, avoid_lonely_last: bool, options: &Options) -> Measure {
    Measure { first, rest, ambiguous: options.ambiguous, avoid_lonely_last, hanging: false }
}

/// Every row as a block of `heading：value` lines, with an empty line between rows.
fn records(table: &Table, heads: usize, room: usize, options: &Options) -> Vec<(usize, Vec<Span>)> {
    let names = heads.checked_sub(1).and_then(|row| table.rows.get(row));
    // Of several heading rows the last one names the values; the others are titles.
    let titles = table.rows.iter().take(heads.saturating_sub(1)).enumerate();
    let titles = titles.flat_map(|(number, row)| row.iter().map(move |cell| (number, cell)));
    let mut out: Vec<(usize, Vec<Span>)> = titles
        .flat_map(|(number, cell)| {
            record(None, cell, room, options).into_iter().map(move |line| (number, line))
        })
        .collect();
    for (number, row) in table.rows.iter().enumerate().skip(heads) {
        if number > heads {
            out.push((number, Vec::new()));
        }
        for (column, cell) in row.iter().enumerate() {
            let name = names.and_then(|names| names.get(column));
            for line in record(name, cell, room, options) {
                out.push((number, line));
            }
        }
    }
    out
}

/// The lines of one value; those after the first hang by two cells.
fn record(name: Option<&Cell>, cell: &Cell, room: usize, options: &Options) -> Vec<Vec<Span>> {
    let mut builder = FlowBuilder::default();
    if let Some(name) = name.map(Cell::text).filter(|name| !name.is_empty()) {
        builder.push(&name, Style::of(Role::TableHead), None);
        builder.push("：", Style::of(Role::TableHead), None);
    }
    for flow in &cell.lines {
        for (text, style, link) in flow.pieces(0..flow.text().len()) {
            builder.push(text, style, link);
        }
        builder.push(" ", Style::default(), None);
    }
    if cell.lines.is_empty() {
        return Vec::new();
    }
    let flow = builder.finish();
    let flow = flow.spaced(options.spacing()).flow;
    let hang = 2.min(room / 4);
    let measure = measure(room, room - hang, true, options);
    let lines = fill(&flow, measure).into_iter().enumerate();
    lines
        .map(|(number, range)| {
            let indent = blanks(if number == 0 { 0 } else { hang });
            indent.into_iter().chain(spans(&flow, range, Role::Text)).collect()
        })
        .collect()
}
