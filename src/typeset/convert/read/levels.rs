//! The quotations and lists around a line, from its prefix.

use super::super::marks::{BULLET_PREFIX, DEFINITION_PREFIX, HEADING_PREFIX, NUMBER_PREFIX, QUOTE_PREFIX};
use crate::typeset::article::{Level, Marker};

/// The levels of the line that was read last. Items whose number or bullet stands on a line keep it until a
/// block takes it.
#[derive(Debug, Default)]
pub(super) struct Levels {
    open: Vec<OpenLevel>,
}

#[derive(Clone, Debug)]
struct OpenLevel {
    level: Level,
    /// How many blanks stand for it on the lines that follow; 0 for quotations, which repeat their mark.
    blanks: usize,
}

impl Levels {
    /// Reads a prefix; the level of the heading that the line belongs to, or 0.
    pub(super) fn read(&mut self, prefix: &str) -> u8 {
        let mut before = std::mem::take(&mut self.open).into_iter();
        let mut rest = prefix;
        let mut heading = 0;
        while let Some(sign) = rest.chars().next() {
            let signed = |mark: &str| rest.strip_prefix(mark);
            if let Some(after) = signed(QUOTE_PREFIX) {
                before.next();
                self.open.push(OpenLevel { level: Level::Quote, blanks: 0 });
                rest = after;
            } else if let Some(after) = signed(BULLET_PREFIX) {
                before = Vec::new().into_iter();
                self.item(Marker::Bullet, 0, 1);
                rest = after;
            } else if let Some(after) = signed(DEFINITION_PREFIX) {
                before = Vec::new().into_iter();
                self.open.push(OpenLevel { level: Level::Definition { begins: true }, blanks: 1 });
                rest = after;
            } else if let Some(after) = signed(NUMBER_PREFIX) {
                before = Vec::new().into_iter();
                rest = self.number(after);
            } else if let Some(after) = signed(HEADING_PREFIX) {
                heading += 1;
                rest = after;
            } else {
                // Blanks: the item that the line before was in goes on.
                let Some(level) = before.next().filter(|level| level.blanks > 0 && sign == ' ') else {
                    break;
                };
                rest = rest.get(level.blanks..).unwrap_or_default();
                self.open.push(level);
            }
        }
        heading
    }

    /// Reads `12.` and the blanks that pad it to the width of the list's longest number.
    fn number<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text.find('.').map_or(text.len(), |dot| dot + 1);
        let (number, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let after = rest.trim_start_matches(' ');
        let digits = end - 1 + rest.len() - after.len();
        let number = number.trim_end_matches('.').parse().unwrap_or(0);
        self.item(Marker::Number(number), u8::try_from(digits).unwrap_or(u8::MAX), digits + 2);
        after
    }

    fn item(&mut self, marker: Marker, digits: u8, blanks: usize) {
        self.open.push(OpenLevel { level: Level::Item { marker: Some(marker), digits }, blanks });
    }

    /// The levels for a block; its markers are shown once.
    pub(super) fn take(&mut self) -> Vec<Level> {
        let levels = self.open.iter().map(|open| open.level.clone()).collect();
        for open in &mut self.open {
            match &mut open.level {
                Level::Item { marker, .. } => *marker = None,
                Level::Definition { begins } => *begins = false,
                Level::Quote => {}
            }
        }
        levels
    }
}
