//! The characters by which structure travels through html2text as text.
//!
//! They are noncharacters (Unicode 23.7): no text may hold them, and the cleaner drops them from bodies, so a
//! post cannot forge them. Everything before a mark on a line of html2text's output is its prefix for lists,
//! quotations and headings; everything after is text.

/// A paragraph begins.
pub(super) const PARAGRAPH: char = '\u{fdd0}';
/// A centred paragraph begins.
pub(super) const CENTRED: char = '\u{fdd1}';
/// A caption begins.
pub(super) const CAPTION: char = '\u{fdd2}';
/// The first line of program text.
pub(super) const CODE_FIRST: char = '\u{fdd3}';
/// Another line of program text.
pub(super) const CODE: char = '\u{fdd4}';
/// A table begins.
pub(super) const TABLE: char = '\u{fdd5}';
/// A row begins.
pub(super) const ROW: char = '\u{fdd6}';
/// A cell begins.
pub(super) const CELL: char = '\u{fdd7}';
/// A head cell begins.
pub(super) const HEAD: char = '\u{fdd8}';
/// A table ends.
pub(super) const TABLE_END: char = '\u{fdd9}';
/// A horizontal rule.
pub(super) const RULE: char = '\u{fdda}';
/// Follows the first mark of a block that stands close to the one before.
pub(super) const TIGHT: char = '\u{fddb}';
/// An ideographic space, which html2text would fold to a blank.
pub(super) const WIDE_SPACE: char = '\u{fddc}';
/// Keeps a picture without caption from being dropped.
pub(super) const IMAGE: char = '\u{fddd}';

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
/// Before a heading, once a level.
pub(super) const HEADING_PREFIX: &str = "\u{4}";

/// Whether a character is a mark that begins a line's text.
pub(super) fn begins_line(c: char) -> bool {
    matches!(c, PARAGRAPH..=RULE | JOINED_LEFT | JOINED_ABOVE)
}
