//! Where everything that is printed passes: text is checked for control characters, and a closed pipe ends
//! the program quietly.

use crate::post::{SafeText, is_unsafe};
use crossterm::style::ContentStyle;
use ratatui::backend::IntoCrossterm as _;
use ratatui::style::Style;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufWriter, StdoutLock, Write};

/// Nobody reads the output any more.
#[derive(Debug, thiserror::Error)]
#[error("the output is closed")]
pub(super) struct Closed;

/// Standard output.
pub(super) struct Out(BufWriter<StdoutLock<'static>>);

impl Out {
    pub(super) fn new() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    /// A line of text; whatever a terminal could take for a command is dropped.
    pub(super) fn line(&mut self, text: &str) -> anyhow::Result<()> {
        self.styled(&safe(text))
    }

    /// A line that holds escapes of our own around text that is safe.
    pub(super) fn styled(&mut self, line: &str) -> anyhow::Result<()> {
        writeln!(self.0, "{line}").map_err(failed)
    }

    /// A JSON object on a line, with every character escaped that a terminal could take for a command.
    pub(super) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        self.styled(&escape(&serde_json::to_string(value)?))
    }

    pub(super) fn flush(&mut self) -> anyhow::Result<()> {
        self.0.flush().map_err(failed)
    }
}

/// A text without what a terminal could take for a command.
pub(super) fn safe(text: &str) -> String {
    text.replace(|c: char| is_unsafe(c) && c != '\t', "")
}

/// A text that is safe to show with the escapes of a style around it.
pub(super) fn painted(text: &str, style: Style) -> String {
    let style: ContentStyle = style.into_crossterm();
    style.apply(text).to_string()
}

fn failed(error: io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Closed.into(),
        _ => anyhow::Error::from(error).context("the output cannot be written"),
    }
}

/// In JSON these characters only stand within strings, where they may be written as escapes.
fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Says something on stderr, on one line. If nobody listens, nobody misses it.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", SafeText::label(text));
}

/// Shows a line on stderr with its blanks as they are.
pub(super) fn show(line: &str) {
    let _ = writeln!(io::stderr(), "{}", SafeText::new(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_meaning_without_control_characters() {
        let text = "a\u{9b}b\u{202e}c\u{e0001}d";
        let json = escape(&serde_json::to_string(text).unwrap());
        assert!(!json.chars().any(is_unsafe), "{json:?}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
