//! Colours for program text, by a lexer that knows of each language what its words, strings and comments are.
//!
//! Why not syntect, which knows far more: measured with its pure Rust engine, the first block of a language took 31
//! to 74 ms, every further kilobyte 2 ms (an article as a whole may take half a millisecond), a regular expression
//! may backtrack on hostile text, and the binary grew by 2.6 MB. This takes one pass over each line, forgets
//! nothing of the text and holds nothing but where the line before has left an open comment or string.

mod language;
mod lexer;

use super::article::Code;
use super::style::{Role, Style};
use lexer::{Line, Open};

/// Lines longer than this, in bytes, are data rather than text that somebody reads.
const LONGEST_LINE: usize = 2000;
/// Blocks longer than this, in bytes, stay plain.
const LONGEST_BLOCK: usize = 256 * 1024;

/// Colours a block if its language is known.
pub(super) fn colour(code: &mut Code) {
    let Some(language) = language::of(code.language.as_str()) else { return };
    let lengths = || code.lines.iter().map(|line| line.text().len() + 1);
    if lengths().sum::<usize>() > LONGEST_BLOCK || lengths().any(|length| length > LONGEST_LINE) {
        return;
    }
    let mut open: Option<Open> = None;
    for line in &mut code.lines {
        let ends = Line::new(line.text(), language).read(&mut open);
        let style = |token: Option<_>| Style::of(token.map_or(Role::CodeBlock, Role::Syntax));
        line.restyle(ends.into_iter().map(|(end, token)| (end, style(token))));
    }
}

#[cfg(test)]
mod tests;
