//! What stands left of a block in quotations and lists.

use super::Options;
use crate::typeset::article::{Level, Marker};
use crate::typeset::line::{Piece, Span};
use crate::typeset::rules;
use crate::typeset::style::{Role, Style};
use crate::typeset::width::{self, Ambiguous};

/// The marks before the first line of a block and before the others, of the same width.
pub(super) struct Margin {
    first: String,
    rest: String,
    /// Their cells.
    pub(super) cells: usize,
}

impl Margin {
    /// The margin for a block in these levels. Outer levels are left out where the margin would be wider than
    /// half the page: text stays readable at any depth.
    pub(super) fn new(levels: &[Level], options: &Options) -> Self {
        let (limit, ambiguous) = (options.cells() / 2, options.ambiguous);
        let mut margin = Self { first: String::new(), rest: String::new(), cells: 0 };
        for (depth, level) in levels.iter().enumerate().rev() {
            let lists = levels.iter().take(depth).filter(|level| matches!(level, Level::Item { .. })).count();
            let (first, rest) = marks(level, lists, ambiguous);
            let cells = width::of(&first, ambiguous);
            if margin.cells + cells > limit {
                break;
            }
            margin.first.insert_str(0, &first);
            margin.rest.insert_str(0, &rest);
            margin.cells += cells;
        }
        margin
    }

    /// The spans before a line, counted from 0.
    pub(super) fn spans(&self, line: usize) -> Vec<Span> {
        let text = if line == 0 { &self.first } else { &self.rest };
        if text.is_empty() {
            return Vec::new();
        }
        vec![Span { text: Piece::of_safe(text), style: Style::of(Role::Marker), link: None }]
    }
}

/// What one level, within so many lists, puts before the first line and before the others. Borders and bullets are ambiguous
/// characters, so wide terminals get ASCII.
fn marks(level: &Level, lists: usize, ambiguous: Ambiguous) -> (String, String) {
    let wide = ambiguous == Ambiguous::Wide;
    match level {
        Level::Quote => {
            let bar = format!("{} ", rules::bar(ambiguous));
            (bar.clone(), bar)
        }
        Level::Item { marker, digits } => {
            let cells = usize::from(*digits) + 2;
            let blank = " ".repeat(cells);
            let first = match marker {
                None => blank.clone(),
                Some(Marker::Number(number)) => format!("{:>1$} ", format!("{number}."), cells - 1),
                Some(Marker::Bullet) if wide => "- ".into(),
                Some(Marker::Bullet) => (if lists.is_multiple_of(2) { "• " } else { "◦ " }).into(),
            };
            (first, blank)
        }
        Level::Definition { .. } => ("    ".into(), "    ".into()),
    }
}
