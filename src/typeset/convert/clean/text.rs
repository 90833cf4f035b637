//! Characters: blanks, line ends and what must be escaped.

use super::super::{entity, marks};
use super::{Cleaner, Open};
use crate::post::is_unsafe;

/// White space that was read and not yet written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::typeset::convert) enum Blank {
    #[default]
    None,
    /// A blank.
    Space,
    /// A line end of the source, which is no blank between Hanzi.
    LineEnd,
}

impl Cleaner {
    /// Text of the source, with its references.
    pub(super) fn text(&mut self, text: &str) {
        entity::pieces(text, |piece| match piece {
            entity::Piece::Text(text) => text.chars().for_each(|c| self.char(c)),
            entity::Piece::Char(c) => self.char(c),
            entity::Piece::Unknown(reference) => {
                self.release();
                self.begin_word('&');
                self.out.push_str(reference);
            }
        });
    }

    /// One decoded character.
    pub(super) fn char(&mut self, c: char) {
        if matches!(self.open, Open::Code { .. }) {
            return self.code_char(c);
        }
        if self.holds_back(c) {
            return;
        }
        match c {
            ' ' | '\t' if self.blank == Blank::None => self.blank = Blank::Space,
            ' ' | '\t' => {}
            '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.blank = Blank::LineEnd,
            c if is_dropped(c) => {}
            // Blanks by which authors indent: they begin no text.
            '\u{a0}' | '\u{3000}' | '\u{2002}' | '\u{2003}' if self.open == Open::No => {}
            c => {
                self.begin_word(c);
                push_char(&mut self.out, c);
            }
        }
    }

    /// Writes what must stand before a character: the block's start, a blank, formatting.
    pub(super) fn begin_word(&mut self, next: char) {
        self.begin_text();
        self.letters += usize::from(next.is_alphanumeric());
        let between_hanzi = |last: char| self.blank == Blank::LineEnd && is_wide(last) && is_wide(next);
        if self.blank != Blank::None && self.last.is_some_and(|last| !between_hanzi(last)) {
            self.out.push(' ');
        }
        self.blank = Blank::None;
        self.last = Some(next);
        self.inline.sync(&mut self.out);
    }

    /// In program text every character counts; tabs become blanks.
    fn code_char(&mut self, c: char) {
        let Open::Code { language_at, line_begun } = self.open else { return };
        if !line_begun {
            self.out.push(marks::CODE);
            self.open = Open::Code { language_at, line_begun: true };
        }
        match c {
            '\n' => {
                self.out.push('\n');
                self.open = Open::Code { language_at, line_begun: false };
            }
            '\t' => self.out.push_str("    "),
            c if is_dropped(c) => {}
            c => {
                self.letters += usize::from(c.is_alphanumeric());
                push_char(&mut self.out, c);
            }
        }
    }
}

/// What no text holds: controls, invisible format characters, and the marks of this conversion.
fn is_dropped(c: char) -> bool {
    is_unsafe(c) || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Hanzi, kana, full-width forms and the punctuation that stands among them.
pub(in crate::typeset::convert) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…')
}

fn push_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\u{3000}' => out.push(marks::WIDE_SPACE),
        c => out.push(c),
    }
}

/// Writes text so that it is text, also within a quoted attribute.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    text.chars().filter(|&c| !is_dropped(c)).for_each(|c| push_char(out, c));
}
