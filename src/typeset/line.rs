//! Lines ready to be drawn.

use super::style::{Mark, Role, Style};
use super::width::{self, Ambiguous};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Empty cells before the text.
    pub indent: u16,
    /// The pieces of text, from left to right; none on an empty line.
    pub spans: Vec<Span>,
    /// Where in the article the line begins.
    pub place: Place,
    /// Whether it belongs to program text or to a table that is wider than the page: a reader scrolls all lines of
    /// such a block sideways together.
    pub whole: bool,
}

/// A piece of a line in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: Piece,
    /// Its look.
    pub style: Style,
    /// The link it belongs to, as an index into `Article::links`.
    pub link: Option<usize>,
}

/// Text that is safe to show, because it was cut from text that is. Only this room makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece(Box<str>);

impl Piece {
    /// A piece of a flow or of finews' own words.
    pub(super) fn of_safe(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Piece {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A place in the text of an article, which stays the same at every width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The block, as an index into `Article::blocks`.
    pub block: usize,
    /// The byte within the block's text; for program text the line, for tables the row.
    pub offset: usize,
}

impl Span {
    /// Whether this is text of the article, not the mark of a quotation or a list, and not
    /// [put in by the setting](Mark::Added).
    pub fn is_text(&self) -> bool {
        self.style.role != Role::Marker && !self.style.has(Mark::Added)
    }
}

impl Line {
    /// The text of the line, without its indent.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The cells that the line takes, with its indent.
    pub fn cells(&self, ambiguous: Ambiguous) -> usize {
        let text: usize = self.spans.iter().map(|span| width::of(&span.text, ambiguous)).sum();
        usize::from(self.indent) + text
    }
}
