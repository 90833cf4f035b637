//! How a page is set.

use crate::typeset::flow::Additions;
use crate::typeset::width::Ambiguous;
use serde::Deserialize;

/// How a page is set. All but the width and the terminal are settings that a file may name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting that a reader switches by itself")]
pub struct Options {
    /// Cells from the left edge to the right one; less than 4 counts as 4. With `hanging`, a line may take one
    /// more.
    #[serde(skip)]
    pub width: u16,
    /// How wide the terminal draws ambiguous characters.
    #[serde(skip)]
    pub ambiguous: Ambiguous,
    /// Hanzi by which a paragraph's first line is indented in Chinese. In Japanese it is one character at most
    /// (JLREQ 3.5.1), in other languages none.
    pub paragraph_indent: u8,
    /// Empty lines between indented paragraphs. Paragraphs without an indent always have one between them.
    pub paragraph_gap: u8,
    /// Whether the last line of a paragraph never holds one Hanzi alone (孤字不成行).
    pub avoid_lonely_last: bool,
    /// Whether a closing mark or a stop at the end of a line may put its blank right half into the margin. Not in
    /// traditional Chinese, where stops stand in the middle of their square.
    pub hanging: bool,
    /// Whether the lines of a paragraph are stretched to the full width: at blanks, between Hanzi and Latin and
    /// after stops, by one cell each. A line that has too few of these stays ragged, as does the last.
    pub justify: bool,
    /// Whether a blank is put between Hanzi and Latin letters or digits that stand next to each other.
    pub autospace: bool,
    /// Whether `“ ” ‘ ’ — … ·` take two cells in Chinese and Japanese where the terminal draws them in one.
    pub full_width_punctuation: bool,
    /// Whether Korean words are parted between syllables where a line is full; else at blanks alone.
    pub korean_syllable_breaks: bool,
    /// Whether a link has its number behind it, and the addresses stand as a list below the text.
    pub link_numbers: bool,
    /// Whether a table that does not fit is set as a grid wider than the page rather than as one block a row.
    pub wide_tables: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 80,
            ambiguous: Ambiguous::Narrow,
            paragraph_indent: 2,
            paragraph_gap: 0,
            avoid_lonely_last: true,
            hanging: true,
            justify: false,
            autospace: false,
            full_width_punctuation: false,
            korean_syllable_breaks: false,
            link_numbers: false,
            wide_tables: false,
        }
    }
}

impl Options {
    /// What is added to the texts.
    pub(super) fn additions(&self) -> Additions {
        let full_width = self.full_width_punctuation && self.ambiguous != Ambiguous::Wide;
        Additions {
            autospace: self.autospace,
            full_width,
            link_numbers: self.link_numbers,
            syllable_breaks: self.korean_syllable_breaks,
        }
    }

    /// Cells from edge to edge.
    pub(super) fn cells(&self) -> usize {
        usize::from(self.width.max(4))
    }
}
