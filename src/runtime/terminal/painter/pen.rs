//! Colours and weights, as the terminal has them now.

use crossterm::queue;
use crossterm::style::{Attribute, Colors, SetAttribute, SetColors};
use ratatui::backend::IntoCrossterm as _;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};

const ATTRIBUTES: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// How characters are drawn.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

impl Pen {
    /// The pen that a cell is drawn with.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// Takes another pen.
    pub(super) fn pick(&mut self, next: Self, out: &mut impl Write) -> io::Result<()> {
        if !next.modifier.contains(self.modifier) {
            // Some attributes can only be taken back together.
            self.lift(out)?;
        }
        for (modifier, attribute) in ATTRIBUTES {
            if next.modifier.contains(modifier) && !self.modifier.contains(modifier) {
                queue!(out, SetAttribute(attribute))?;
            }
        }
        if (next.foreground, next.background) != (self.foreground, self.background) {
            let colors = Colors::new(next.foreground.into_crossterm(), next.background.into_crossterm());
            queue!(out, SetColors(colors))?;
        }
        *self = next;
        Ok(())
    }

    /// Takes the plain one.
    pub(super) fn lift(&mut self, out: &mut impl Write) -> io::Result<()> {
        if *self != Self::default() {
            queue!(out, SetAttribute(Attribute::Reset))?;
        }
        *self = Self::default();
        Ok(())
    }
}
