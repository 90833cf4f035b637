//! The characters by which structure travels through html2text as text.
//!
//! They are noncharacters (Unicode 23.7): no text may hold them, and the cleaner drops them from bodies, so a
//! post cannot forge them. Everything before the marks on a line of html2text's output is its prefix for lists,
//! quotations and headings; everything after is text. Marks that [stand alone](stands_alone) may be several on a
//! line, and stand before that of a paragraph.

/// A paragraph begins.
pub(super) const PARAGRAPH: char = '\u{fdd0}';
/// A centred paragraph begins.
pub(super) const CENTRED: char = '\u{fdd1}';
/// A paragraph set flush right begins.
pub(super) const FLUSH_RIGHT: char = '\u{fdd2}';
/// A term that is defined begins.
pub(super) const TERM: char = '\u{fdd3}';
/// A caption begins.
pub(super) const CAPTION: char = '\u{fdd4}';
/// Program text begins; the rest of the line is its language.
pub(super) const CODE_FIRST: char = '\u{fdd5}';
/// A line of program text.
pub(super) const CODE: char = '\u{fdd6}';
/// A table begins.
pub(super) const TABLE: char = '\u{fdd7}';
/// A row begins.
pub(super) const ROW: char = '\u{fdd8}';
/// A cell begins.
pub(super) const CELL: char = '\u{fdd9}';
/// A head cell begins.
pub(super) const HEAD: char = '\u{fdda}';
/// A table ends.
pub(super) const TABLE_END: char = '\u{fddb}';
/// A horizontal rule.
pub(super) const RULE: char = '\u{fddc}';
/// Follows the first mark of a block that stands close to the one before.
pub(super) const TIGHT: char = '\u{fddd}';
/// An ideographic space, which html2text would fold to a blank.
pub(super) const WIDE_SPACE: char = '\u{fdde}';
/// Begins the caption of a picture, so that html2text never drops one for being empty, nor a link around it.
pub(super) const IMAGE: char = '\u{fddf}';
/// No line may end here.
pub(super) const GLUE: char = '\u{fde0}';

/// The text of the cell is wanted at the left edge, in the middle, at the right edge.
pub(super) const CELL_LEFT: char = '\u{fdeb}';
pub(super) const CELL_CENTRED: char = '\u{fdec}';
pub(super) const CELL_RIGHT: char = '\u{fded}';
/// A cell that is part of the one on its left.
pub(super) const JOINED_LEFT: char = '\u{fdee}';
/// A cell that is part of the one above.
pub(super) const JOINED_ABOVE: char = '\u{fdef}';

/// Prefixes of html2text's lines. It measures them in bytes, so they are single ASCII characters; it drops
/// control characters from text, so they cannot be forged either.
pub(super) const QUOTE_PREFIX: &str = "\u{1}";
/// Before a bulleted item.
pub(super) const BULLET_PREFIX: &str = "\u{2}";
/// Before the number of an item.
pub(super) const NUMBER_PREFIX: &str = "\u{3}";
/// Before a definition: an item of a list that is numbered from [`DEFINITION`].
pub(super) const DEFINITION_PREFIX: &str = "\u{5}";
/// The number of an item, as html2text counts, is that of its list and, in so many bits, its place there.
pub(super) const ITEM_BITS: u32 = 32;
/// A number that no item has.
pub(super) const DEFINITION: i64 = -7;
/// Before a heading, once a level.
pub(super) const HEADING_PREFIX: &str = "\u{4}";

/// Whether a character is a mark that begins a line's text.
pub(super) fn begins_line(c: char) -> bool {
    matches!(c, PARAGRAPH..=RULE | CELL_LEFT..=JOINED_ABOVE)
}

/// Whether a mark is a block of its own, without text.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c, TABLE..=RULE | CELL_LEFT..=JOINED_ABOVE)
}
