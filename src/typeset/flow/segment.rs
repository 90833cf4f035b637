//! The stretches of a text that no line break parts, with the cells they take: measured once, so that filling
//! lines is addition.

use super::CLOSING_BLANK;
use crate::typeset::width::{Ambiguous, both, of};

/// A stretch of text between two places where a line may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::typeset) struct Segment {
    /// Where it ends, in bytes of its text. It begins where the one before ends.
    pub(in crate::typeset) end: u32,
    /// Where it ends without the blanks that vanish at the end of a line.
    pub(in crate::typeset) solid: u32,
    /// Cells up to `solid` where ambiguous characters are narrow.
    narrow: u32,
    /// How many more they are where ambiguous characters are wide.
    extra: u32,
    /// Cells of the blanks.
    blanks: u32,
    /// Whether the blank was put in between Hanzi and Latin, and may be left out where room is short.
    pub(in crate::typeset) squeezes: bool,
}

impl Segment {
    /// The segment of a text from `start` to `end`.
    fn new(text: &str, start: usize, end: usize) -> Self {
        let whole = text.get(start..end).unwrap_or_default();
        let solid = without_blanks(whole);
        let blanks = whole.get(solid.len()..).map_or(0, |blanks| of(blanks, Ambiguous::Narrow));
        let (narrow, extra) = both(solid);
        Self {
            end: small(end),
            solid: small(start + solid.len()),
            narrow: small(narrow),
            extra: small(extra),
            blanks: small(blanks),
            squeezes: false,
        }
    }

    /// The segments of a text that end at these places.
    pub(super) fn all(text: &str, ends: &[usize]) -> Vec<Self> {
        let mut start = 0;
        let segment = |&end: &usize| Self::new(text, std::mem::replace(&mut start, end), end);
        ends.iter().map(segment).collect()
    }

    /// Cells without the blanks.
    pub(in crate::typeset) fn cells(self, ambiguous: Ambiguous) -> usize {
        let extra = if ambiguous == Ambiguous::Wide { self.extra } else { 0 };
        (self.narrow + extra) as usize
    }

    /// Cells of the blanks.
    pub(in crate::typeset) fn blanks(self) -> usize {
        self.blanks as usize
    }
}

/// A text without the blanks that vanish at the end of a line. The blank half of a mark takes its cell there too.
fn without_blanks(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() && c != CLOSING_BLANK)
}

/// No body is longer than what the type holds.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
