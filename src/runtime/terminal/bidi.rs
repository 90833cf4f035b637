//! Right-to-left text stays in logical order. Terminals that turn it round do so a whole row at a time: the list's
//! Hebrew would change places with the reader's, and a date with the title before it.

use std::env;

/// Terminal-wg's recommendation on bidi: mode 8, "bi-directional support", is off when the program places the text. In
/// VTE; others do not know the mode.
const OFF: &str = "\x1b[8l";
const ON: &str = "\x1b[8h";
/// mlterm has a sequence of its own, and says in the environment of its children that it is one.
const MLTERM_OFF: &str = "\x1b[8l\x1b]5379;use_ctl=false\x07";
const MLTERM_ON: &str = "\x1b[8h\x1b]5379;use_ctl=true\x07";

/// Tells the terminal to leave text in the order in which it is written.
pub(super) fn off() -> &'static str {
    if is_mlterm() { MLTERM_OFF } else { OFF }
}

/// Gives the terminal back what it does without being told.
pub(super) fn on() -> &'static str {
    if is_mlterm() { MLTERM_ON } else { ON }
}

fn is_mlterm() -> bool {
    env::var_os("MLTERM").is_some()
}
