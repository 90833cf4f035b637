//! The one writer of cells.

use crate::config::{Look, Theme};
use crate::post::is_unsafe;
use crate::typeset::{Ambiguous, Style as TextStyle, rules, width};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use std::num::NonZeroU16;
use std::ops::Range;

/// A screen to write on. It measures text as the typesetter does, cuts it at graphemes, and lets no control
/// character through, whoever made the text.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    ambiguous: Ambiguous,
    theme: &'a Theme,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, ambiguous: Ambiguous, theme: &'a Theme) -> Self {
        Self { buffer, ambiguous, theme }
    }

    pub(super) fn style(&self, look: Look) -> Style {
        self.theme.style(look)
    }

    pub(super) fn text_style(&self, style: TextStyle) -> Style {
        self.theme.text(style)
    }

    /// How wide the terminal draws ambiguous characters.
    pub(super) fn ambiguous(&self) -> Ambiguous {
        self.ambiguous
    }

    /// The cells that a text takes.
    pub(super) fn width(&self, text: &str) -> u16 {
        u16::try_from(width::of(text, self.ambiguous)).unwrap_or(u16::MAX)
    }

    /// The end of a text that fits into so many cells.
    pub(super) fn end_of<'t>(&self, text: &'t str, cells: u16) -> &'t str {
        let mut excess = width::of(text, self.ambiguous).saturating_sub(usize::from(cells));
        let mut chars = text.chars();
        while excess > 0
            && let Some(c) = chars.next()
        {
            excess = excess.saturating_sub(width::of(c.encode_utf8(&mut [0; 4]), self.ambiguous));
        }
        chars.as_str()
    }

    /// Writes a text from the left of a row on, cut at the row's end without a mark. Returns the cells it took.
    pub(super) fn write(&mut self, row: Rect, text: &str, style: Style) -> u16 {
        let mut used = 0;
        for (cluster, cells) in width::clusters(text, self.ambiguous) {
            let cells = u16::try_from(cells).unwrap_or(u16::MAX);
            if cells == 0 || cluster.chars().any(is_unsafe) {
                continue;
            }
            if cells > row.width - used || row.height == 0 {
                break;
            }
            let at = Position::new(row.x + used, row.y);
            if !self.put_flag(at, cluster, style) {
                self.put(at, cells, cluster, style);
            }
            used += cells;
        }
        used
    }

    /// Writes a text cut with `…` where it is too long. Returns the cells it took.
    pub(super) fn label(&mut self, row: Rect, text: &str, style: Style) -> u16 {
        let cut = width::cut(text, usize::from(row.width), self.ambiguous);
        self.write(row, &cut, style)
    }

    /// A row with a text on its left and another on its right, which yields first.
    pub(super) fn row(&mut self, row: Rect, left: &str, right: &str, look: Look) {
        let style = self.style(look);
        self.buffer.set_style(row, style);
        if self.holds_both(row, left, right) {
            let right_cells = self.width(right);
            let place = Rect { x: row.right() - right_cells, width: right_cells, ..row };
            self.write(place, right, style);
            let room = row.width.saturating_sub(right_cells + 1);
            self.label(Rect { width: room, ..row }, left, style);
        } else {
            self.label(row, left, style);
        }
    }

    /// Whether there is room for a text at the right, and for enough of the one at the left.
    pub(super) fn holds_both(&self, row: Rect, left: &str, right: &str) -> bool {
        let right = self.width(right);
        let room = row.width.saturating_sub(right + 1);
        (1..=row.width).contains(&right) && (self.width(left) <= room || room >= row.width / 2)
    }

    /// A text in the middle of a row.
    pub(super) fn centred(&mut self, row: Rect, text: &str, style: Style) {
        let indent = row.width.saturating_sub(self.width(text)) / 2;
        self.label(Rect { x: row.x + indent, width: row.width - indent, ..row }, text, style);
    }

    /// Makes a row the one that the cursor stands on: in one colour, whatever colours its parts have.
    pub(super) fn cursor(&mut self, row: Rect, look: Look) {
        let plain = Style::new().fg(Color::Reset).bg(Color::Reset);
        self.buffer.set_style(row, plain.patch(self.style(look)));
    }

    /// Gives all cells of an area a style.
    pub(super) fn paint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Blanks an area for what is to stand over what is there. A wide character that reaches into it goes as a whole.
    pub(super) fn clear(&mut self, area: Rect) {
        for row in rows(area) {
            if let Some(x) = row.x.checked_sub(1)
                && let Some(cell) = self.buffer.cell_mut((x, row.y))
                && cell.cell_width() > 1
            {
                cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
            }
            for x in row.x..row.right() {
                self.buffer.cell_mut((x, row.y)).into_iter().for_each(Cell::reset);
            }
        }
    }

    /// The line between two panes.
    pub(super) fn vertical(&mut self, x: u16, rows: Range<u16>) {
        let style = self.style(Look::Border);
        for y in rows {
            self.put(Position::new(x, y), 1, rules::bar(self.ambiguous), style);
        }
    }

    /// The border within an area, which has two rows and columns at least.
    pub(super) fn border(&mut self, area: Rect) {
        let style = self.style(Look::Border);
        let line = rules::line(self.ambiguous).repeat(usize::from(area.width - 2));
        for (y, [left, right]) in [area.y, area.bottom() - 1].into_iter().zip(rules::corners(self.ambiguous))
        {
            self.write(Rect { y, height: 1, ..area }, &[left, &line, right].concat(), style);
        }
        for x in [area.x, area.right() - 1] {
            self.vertical(x, area.y + 1..area.bottom() - 1);
        }
    }

    /// Of a flag, its letters: terminals draw the two characters as one or as two, in two to four cells. Returns
    /// whether it is one.
    fn put_flag(&mut self, at: Position, cluster: &str, style: Style) -> bool {
        let Some(letters) = cluster.chars().map(letter_of_flag).collect::<Option<Vec<char>>>() else {
            return false;
        };
        for (x, letter) in (at.x..).zip(letters) {
            self.put(Position { x, ..at }, 1, letter.encode_utf8(&mut [0; 4]), style);
        }
        true
    }

    fn put(&mut self, at: Position, cells: u16, cluster: &str, style: Style) {
        let stand_in = width::stand_in(cluster).filter(|_| self.ambiguous == Ambiguous::Avoided);
        if let Some(cell) = self.buffer.cell_mut(at) {
            cell.set_symbol(cluster).set_style(style);
            // What this terminal draws wider than ratatui believes must push on what follows it.
            if let Some(stand_in) = stand_in {
                cell.set_char(stand_in);
            } else if cells != cluster.cell_width()
                && let Some(forced) = NonZeroU16::new(cells)
            {
                cell.set_diff_option(CellDiffOption::ForcedWidth(forced));
            }
        }
        // The cells that a wide character covers are blank in its style, so that nothing shines through.
        for covered in at.x + 1..at.x + cells {
            if let Some(cell) = self.buffer.cell_mut((covered, at.y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// The letter that a half of a flag stands for.
fn letter_of_flag(c: char) -> Option<char> {
    let number = u32::from(c).checked_sub(u32::from('🇦'))?;
    (number < 26).then(|| char::from_u32(u32::from('A') + number)).flatten()
}

/// The rows of an area, from top to bottom.
pub(super) fn rows(area: Rect) -> impl Iterator<Item = Rect> {
    (area.y..area.bottom()).map(move |y| Rect { y, height: 1, ..area })
}

/// A row without so many cells on its left.
pub(super) fn after(row: Rect, cells: u16) -> Rect {
    let cells = cells.min(row.width);
    Rect { x: row.x + cells, width: row.width - cells, ..row }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str, width: u16) -> (Vec<String>, u16) {
        written_on(Ambiguous::Narrow, text, width)
    }

    fn written_on(ambiguous: Ambiguous, text: &str, width: u16) -> (Vec<String>, u16) {
        let area = Rect::new(0, 0, width, 1);
        let mut buffer = Buffer::empty(area);
        let theme = Theme::default();
        let used = Canvas::new(&mut buffer, ambiguous, &theme).label(area, text, Style::new());
        (buffer.content.iter().map(|cell| cell.symbol().to_owned()).collect(), used)
    }

    #[test]
    fn hanzi_take_two_cells_and_are_never_cut_in_half() {
        assert_eq!(written("甲乙", 5).0, ["甲", " ", "乙", " ", " "]);
        assert_eq!(written("甲乙丙", 5).0, ["甲", " ", "乙", " ", "…"]);
        assert_eq!(written("甲乙丙", 4).0, ["甲", " ", "…", " "]);
        assert_eq!(written("👨\u{200d}👩甲", 4).0, ["👨", " ", "甲", " "]);
    }

    #[test]
    fn a_wide_terminal_gets_two_cells_for_a_quotation_mark() {
        assert_eq!(written_on(Ambiguous::Wide, "“甲”", 6).0, ["“", " ", "甲", " ", "”", " "]);
        assert_eq!(written_on(Ambiguous::Narrow, "“甲”", 6).0, ["“", "甲", " ", "”", " ", " "]);
    }

    #[test]
    fn where_ambiguous_characters_are_avoided_each_has_a_stand_in_of_as_many_cells() {
        let text = "“甲”—é丙…①e\u{301}α\u{903}乙";
        let (narrow, used) = written_on(Ambiguous::Narrow, text, 15);
        let (avoided, same) = written_on(Ambiguous::Avoided, text, 15);
        assert_eq!(used, same);
        assert_eq!(avoided.concat(), "\"甲 \"-e丙 .1e\u{301}a 乙 ");
        assert_eq!(avoided.len(), narrow.len());
        assert_eq!(written_on(Ambiguous::Avoided, "甲乙丙", 5).0, ["甲", " ", "乙", " ", "."]);
    }

    #[test]
    fn a_flag_is_its_letters_which_take_the_same_cells_everywhere() {
        assert_eq!(
            written("甲🇨🇳乙", 8),
            (["甲", " ", "C", "N", "乙", " ", " ", " "].map(str::to_owned).into(), 6)
        );
        assert_eq!(written("🇨🇳🇿", 3), (["C", "N", "Z"].map(str::to_owned).into(), 3));
    }

    #[test]
    fn a_wide_character_that_is_half_covered_goes_as_a_whole() {
        for (ambiguous, text, left) in [
            (Ambiguous::Narrow, "甲乙丙", ["甲", " ", " ", " ", " ", " "]),
            (Ambiguous::Wide, "甲“丙", ["甲", " ", " ", " ", " ", " "]),
            (Ambiguous::Narrow, "甲“丙", ["甲", " ", "“", " ", " ", " "]),
        ] {
            let area = Rect::new(0, 0, 6, 1);
            let (mut buffer, theme) = (Buffer::empty(area), Theme::default());
            let mut canvas = Canvas::new(&mut buffer, ambiguous, &theme);
            canvas.write(area, text, Style::new());
            canvas.clear(after(area, 3));
            assert_eq!(buffer.content.iter().map(Cell::symbol).collect::<Vec<_>>(), left, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_control_of_a_text_reaches_a_cell_and_nothing_leaves_the_row(text in any::<String>(), width in 0u16..40) {
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Avoided] {
                let (cells, used) = written_on(ambiguous, &text, width);
                prop_assert!(used <= width);
                prop_assert!(!cells.concat().chars().any(is_unsafe));
            }
        }
    }
}
