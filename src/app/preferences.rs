//! What the reader has chosen for good.

use crate::app::{Keymap, Words};
use crate::typeset::Options;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The measures that can be set: below the narrowest no line can be broken well, and none reads a line longer
/// than the widest.
pub const MEASURES: RangeInclusive<u16> = 16..=400;

/// The settings that behaviour depends on.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// How text is set; the width is replaced by the pane's, or by the measure if that is narrower.
    pub typeset: Options,
    /// The measure: the widest a line of text may be, in cells.
    pub measure: u16,
    /// Which keys do what.
    pub keymap: Arc<Keymap>,
    /// The words of the interface.
    pub words: Arc<Words>,
}

/// Empty cells on each side of the text in the reader, where there is room for them; on the right, marks hang
/// into the first of them.
const MARGIN: u16 = 1;

impl Preferences {
    /// How text is set in a reader of so many cells.
    pub(crate) fn typeset_for(&self, pane: u16) -> Options {
        Options { width: Self::room(pane).min(self.measure), ..self.typeset.clone() }
    }

    /// The widest line that a reader of so many cells holds.
    pub(crate) fn room(pane: u16) -> u16 {
        pane.saturating_sub(2 * MARGIN).max(1)
    }
}
