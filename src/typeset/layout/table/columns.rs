//! How wide the columns of a table are.

use super::columns_of;
use crate::typeset::article::{Cell, Joined, Table};
use crate::typeset::flow::Flow;
use crate::typeset::layout::Options;

/// Cells between two columns: blank, line, blank.
pub(super) const GAP: usize = 3;
/// A column narrower than this cannot be read.
const NARROWEST: usize = 4;
/// Words longer than this are cut rather than claim their width.
const WIDEST_WORD: usize = 16;
/// In a grid that is scrolled sideways cells wider than this are wrapped.
const WIDEST_CELL: usize = 40;

/// The widths of the columns: natural ones if the room allows, else shared out; `None` if not even the
/// longest words fit.
pub(super) fn fitting(table: &Table, room: usize, options: &Options) -> Option<Vec<usize>> {
    let count = count(table);
    let room = room.checked_sub(GAP * count.saturating_sub(1))?;
    let natural = widest(table, |cell| text_cells(cell, options));
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    if count * NARROWEST > room {
        return None;
    }
    let least = widest(table, |cell| longest_word(cell, options).clamp(NARROWEST, WIDEST_WORD));
    let spare = room.checked_sub(least.iter().sum())?;
    Some(share(&least, &natural, spare))
}

/// The widths of the columns of a grid that may be as wide as it likes.
pub(super) fn natural(table: &Table, options: &Options) -> Vec<usize> {
    widest(table, |cell| text_cells(cell, options).min(WIDEST_CELL))
}

fn count(table: &Table) -> usize {
    table.rows.iter().map(Vec::len).max().unwrap_or(0)
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

/// For each column the largest measure of its cells. Cells over several columns come last: what they need more
/// than their columns have is spread over these.
fn widest(table: &Table, measure: impl Fn(&Cell) -> usize) -> Vec<usize> {
    let mut widest = vec![0; count(table)];
    let cells = || {
        table
            .rows
            .iter()
            .flat_map(|row| row.iter().enumerate().map(move |(column, cell)| (row, column, cell)))
    };
    let own = || cells().filter(|(_, _, cell)| cell.joined == Joined::No);
    for (row, column, cell) in own() {
        if let Some(cells) = widest.get_mut(column).filter(|_| columns_of(row, column) == 1) {
            *cells = measure(cell).max(*cells);
        }
    }
    for (row, column, cell) in own() {
        let columns = columns_of(row, column);
        if let Some(widths) = widest.get_mut(column..column + columns).filter(|widths| widths.len() > 1) {
            spread(widths, measure(cell).saturating_sub(GAP * (columns - 1)));
        }
    }
    widest
}

/// Widens columns evenly until they are so many cells together.
fn spread(widths: &mut [usize], cells: usize) {
    let missing = cells.saturating_sub(widths.iter().sum());
    let count = widths.len();
    for (column, width) in widths.iter_mut().enumerate() {
        *width += missing / count + usize::from(column < missing % count);
    }
}

fn text_cells(cell: &Cell, options: &Options) -> usize {
    cell.lines.iter().map(|flow| flow.cells(options.ambiguous)).max().unwrap_or(0)
}

fn longest_word(cell: &Cell, options: &Options) -> usize {
    let words = cell.lines.iter().flat_map(Flow::segments);
    words.map(|word| word.cells(options.ambiguous)).max().unwrap_or(0)
}
