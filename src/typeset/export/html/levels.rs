//! Quotations, lists and definitions around blocks as nested elements.

use super::Writer;
use crate::typeset::article::{Block, Kind, Level, Marker};

/// An element that is open around blocks; of a list, one of its items is.
#[derive(Clone, Debug)]
pub(super) enum Open {
    /// What a block before stands in.
    Level(Level),
    /// A definition list within which a term was written last.
    Term,
}

impl Writer<'_> {
    /// Closes and opens what it takes so that a block can be written.
    pub(super) fn enter(&mut self, block: &Block) {
        let is_shared =
            |(open, level): &(&Open, &Level)| matches!(open, Open::Level(before) if before.goes_on_in(level));
        let shared = self.open.iter().zip(&block.levels).take_while(is_shared).count();
        let mut rest = block.levels.iter().skip(shared);
        let is_term = matches!(block.kind, Kind::Term(_));
        let next = rest.clone().next();
        let is_next = match (self.open.get(shared), next) {
            (Some(Open::Level(before)), Some(level)) => is_next(before, level),
            (Some(Open::Term), Some(Level::Definition { .. })) => true,
            (Some(Open::Term | Open::Level(Level::Definition { .. })), None) => is_term,
            _ => false,
        };
        if is_next {
            self.close_to(shared + 1);
            let before = self.open.pop();
            self.out.push_str(before.as_ref().map_or("", item_end));
            if let Some(level) = rest.next() {
                self.begin_item(level, before.as_ref());
            }
        } else {
            self.close_to(shared);
            for level in rest.by_ref().take(1) {
                self.begin(level);
            }
        }
        rest.for_each(|level| self.begin(level));
        if is_term {
            self.out.push_str(if is_next && next.is_none() { "" } else { "<dl>\n" });
            self.open.push(Open::Term);
        }
    }

    /// Closes the innermost elements until so many are left.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            self.out.push_str(item_end(&open));
            self.out.push_str(match open {
                Open::Level(Level::Quote) => "</blockquote>\n",
                Open::Level(Level::Item { digits: 0, .. }) => "</ul>\n",
                Open::Level(Level::Item { .. }) => "</ol>\n",
                Open::Level(Level::Definition { .. }) | Open::Term => "</dl>\n",
            });
        }
    }

    fn begin(&mut self, level: &Level) {
        match level {
            Level::Quote => self.out.push_str("<blockquote>\n"),
            Level::Item { digits: 0, .. } => self.out.push_str("<ul>\n"),
            Level::Item { marker: Some(Marker::Number(number)), .. } if *number != 1 => {
                self.attribute("<ol start=\"", &number.to_string());
                self.out.push('\n');
            }
            Level::Item { .. } => self.out.push_str("<ol>\n"),
            Level::Definition { .. } => self.out.push_str("<dl>\n"),
        }
        self.begin_item(level, None);
    }

    /// Begins an item of the list that is open, after the one before.
    fn begin_item(&mut self, level: &Level, before: Option<&Open>) {
        match (level, before.and_then(number)) {
            (Level::Item { marker: Some(Marker::Number(number)), .. }, Some(before))
                if *number != before + 1 =>
            {
                self.attribute("<li value=\"", &number.to_string());
                self.out.push('\n');
            }
            (Level::Item { .. }, _) => self.out.push_str("<li>\n"),
            (Level::Definition { .. }, _) => self.out.push_str("<dd>\n"),
            (Level::Quote, _) => {}
        }
        self.open.push(Open::Level(level.clone()));
    }
}

/// Whether an item or a definition is the next one in the list of another.
fn is_next(before: &Level, level: &Level) -> bool {
    match (before, level) {
        (Level::Definition { .. }, Level::Definition { .. }) => true,
        (Level::Item { marker: before, .. }, Level::Item { marker, .. }) => match (before, marker) {
            (Some(Marker::Bullet), Some(Marker::Bullet)) => true,
            // A list whose numbers do not go on is another one.
            (Some(Marker::Number(before)), Some(Marker::Number(number))) => before < number,
            _ => false,
        },
        _ => false,
    }
}

fn number(open: &Open) -> Option<i64> {
    match open {
        Open::Level(Level::Item { marker: Some(Marker::Number(number)), .. }) => Some(*number),
        _ => None,
    }
}

fn item_end(open: &Open) -> &'static str {
    match open {
        Open::Level(Level::Item { .. }) => "</li>\n",
        Open::Level(Level::Definition { .. }) => "</dd>\n",
        Open::Level(Level::Quote) | Open::Term => "",
    }
}
