use super::*;
use proptest::prelude::*;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::collections::HashMap;
use unicode_width::UnicodeWidthChar as _;

const SIZE: Size = Size::new(12, 3);
const CLUSTERS: [&str; 14] =
    ["a", " ", "7", "小", "，", "“", "…", "│", "🚀", "é", "e\u{301}", "क\u{94d}ष", "\u{600}", "ש"];

/// A terminal with widths of its own for all characters that terminals do not agree on. It knows what it was
/// told to draw, and nothing else.
struct Odd {
    widths: HashMap<char, u16>,
    cells: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

/// The right half of a wide character.
const HALF: char = '\0';

impl Odd {
    fn new(widths: HashMap<char, u16>) -> Self {
        let row = vec![' '; usize::from(SIZE.width)];
        Self { widths, cells: vec![row; usize::from(SIZE.height)], row: 0, column: 0 }
    }

    fn width(&self, c: char) -> usize {
        let fixed = c.width().unwrap();
        if is_sure(c.encode_utf8(&mut [0; 4])) {
            return fixed;
        }
        let most = if fixed == 0 { 1 } else { 2 };
        usize::from(self.widths.get(&c).map_or(most, |&width| width.min(most))).min(2)
    }

    fn show(&mut self, bytes: &[u8]) {
        let mut chars = str::from_utf8(bytes).unwrap().chars();
        while let Some(c) = chars.next() {
            if c == '\x1b' {
                let (mut numbers, mut name) = (String::new(), chars.nth(1).unwrap());
                while !name.is_ascii_alphabetic() {
                    numbers.push(name);
                    name = chars.next().unwrap();
                }
                self.control(&numbers, name);
            } else {
                self.put(c);
            }
        }
    }

    fn control(&mut self, numbers: &str, name: char) {
        let mut numbers = numbers.split(';').map(|n| n.parse().unwrap_or(1_usize) - 1);
        match name {
            'H' => (self.row, self.column) = (numbers.next().unwrap(), numbers.next().unwrap_or(0)),
            'G' => self.column = numbers.next().unwrap(),
            'J' => self.cells.iter_mut().for_each(|row| row.fill(' ')),
            'K' => self.cells[self.row].fill(' '),
            'm' | 'h' | 'l' => {}
            other => panic!("{other}"),
        }
    }

    fn put(&mut self, c: char) {
        let width = self.width(c);
        let last = usize::from(SIZE.width) - 1;
        for (n, x) in (self.column..self.column + width).take_while(|x| *x <= last).enumerate() {
            self.blank(x);
            self.cells[self.row][x] = if n == 0 { c } else { HALF };
        }
        self.column = (self.column + width).min(last);
    }

    /// Half a character cannot be shown.
    fn blank(&mut self, x: usize) {
        let row = &mut self.cells[self.row];
        if row[x] == HALF {
            row[x - 1] = ' ';
        }
        if row.get(x + 1) == Some(&HALF) {
            row[x + 1] = ' ';
        }
        row[x] = ' ';
    }
}

/// Puts clusters into a row of cells, as `Canvas` does.
fn fill(buffer: &mut Buffer, y: u16, clusters: &[usize]) {
    let mut x = 0;
    for &cluster in clusters {
        let cell = &mut buffer[(x, y)];
        cell.set_symbol(CLUSTERS[cluster]);
        x += cell.cell_width().max(1);
        if x + 2 >= SIZE.width {
            break;
        }
    }
}

proptest! {
    #[test]
    fn whatever_width_a_terminal_gives_a_cluster_all_others_are_in_their_columns(
        frames in prop::collection::vec(prop::collection::vec(prop::collection::vec(0..CLUSTERS.len(), 0..12), 3), 1..5),
        widths in prop::collection::hash_map(prop::sample::select(vec!['“', '…', '│', '🚀', 'é', '\u{301}', 'क', '\u{94d}', 'ष', '\u{600}', 'ש']), 0..3u16, 0..11),
    ) {
        // These have a glyph everywhere.
        let widths = widths.into_iter().map(|(c, width)| (c, if "“…│éש".contains(c) { width.max(1) } else { width }));
        let mut odd = Odd::new(widths.collect());
        let viewport = Viewport::Fixed(Rect::from(SIZE));
        let options = TerminalOptions { viewport };
        let mut terminal = Terminal::with_options(Painter::new(Vec::new(), SIZE), options).unwrap();
        for frame in frames {
            let drawn = terminal.draw(|screen| {
                for (y, clusters) in (0..).zip(&frame) {
                    fill(screen.buffer_mut(), y, clusters);
                }
            }).unwrap().buffer.clone();
            odd.show(&std::mem::take(&mut terminal.backend_mut().out));
            for (y, row) in odd.cells.iter().enumerate() {
                let mut x = 0;
                while x < row.len() {
                    let cell = &drawn.content[y * row.len() + x];
                    let cells = usize::from(cell.cell_width().max(1));
                    let c = cell.symbol().chars().next().unwrap();
                    if cell.symbol().chars().map(|c| odd.width(c)).sum::<usize>() <= cells && odd.width(c) > 0 {
                        prop_assert_eq!(row[x], c, "row {} column {} of {:?}", y, x, odd.cells);
                    } else if is_sure(cell.symbol()) {
                        prop_assert_eq!(row[x], c, "row {} column {} of {:?}", y, x, odd.cells);
                    } else {
                        // Cut, or not there, but nothing of another.
                        prop_assert!(row[x] == ' ' || cell.symbol().contains(row[x]), "{:?}", odd.cells);
                    }
                    x += cells;
                }
            }
        }
    }
}

#[test]
fn text_that_all_terminals_draw_alike_is_written_in_one_go() {
    let mut painter = Painter::new(Vec::new(), SIZE);
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    buffer.set_string(0, 1, "小米a，甲", ratatui::style::Style::new());
    let cells: Vec<_> = [0, 2, 4, 5, 7].map(|x| (x, 1, &buffer[(x, 1)])).into();
    painter.draw(cells.into_iter()).unwrap();
    assert_eq!(str::from_utf8(&painter.out).unwrap(), "\x1b[2;1H小米a，甲");
}

#[test]
fn a_character_of_doubtful_width_is_followed_by_a_move_and_its_neighbour() {
    let mut painter = Painter::new(Vec::new(), SIZE);
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    buffer.set_string(0, 0, "甲乙", ratatui::style::Style::new());
    painter.draw([(0, 0, &buffer[(0, 0)]), (2, 0, &buffer[(2, 0)])].into_iter()).unwrap();
    painter.out.clear();
    buffer.set_string(0, 0, "a”乙", ratatui::style::Style::new());
    painter.draw([(0, 0, &buffer[(0, 0)]), (1, 0, &buffer[(1, 0)])].into_iter()).unwrap();
    assert_eq!(str::from_utf8(&painter.out).unwrap(), "\x1b[1Ga”\x1b[3G乙");
    painter.out.clear();
    painter.mend_first_row().unwrap();
    assert_eq!(str::from_utf8(&painter.out).unwrap(), "\x1b[1Ga”\x1b[3G乙        ");
}
