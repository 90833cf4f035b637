//! How far a line may be indented before it is program text.

/// An indent of so many columns begins program text.
const CODE: usize = 4;

/// The indent of the text that is being read.
#[derive(Debug, Default)]
pub(super) struct Indent {
    /// The column at which the innermost open list item has its text; 0 outside of lists.
    item: usize,
    /// Whether the line before was empty.
    after_empty: bool,
}

impl Indent {
    /// Takes notice of a line that is no part of a fenced block.
    pub(super) fn line(&mut self, line: &str) {
        let text = line.trim_start();
        let columns = columns(line);
        if !text.is_empty() {
            // Without an empty line before, text that is indented less goes on lazily.
            if self.after_empty {
                self.item = self.item.min(columns);
            }
            if !self.is_code(line)
                && let Some(marker) = marker(text)
            {
                self.item = columns + marker;
            }
        }
        self.after_empty = text.is_empty();
    }

    /// Whether a line, or a text by its first line, is indented as program text is.
    pub(super) fn is_code(&self, line: &str) -> bool {
        columns(line) >= self.item + CODE
    }
}

/// The columns of the blanks at the beginning of a line; a tab goes to the next multiple of four.
fn columns(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).fold(0, |column, c| match c {
        '\t' => (column / 4 + 1) * 4,
        _ => column + 1,
    })
}

/// The columns from the bullet or the number of a list item to its text.
fn marker(text: &str) -> Option<usize> {
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = if after_number.len() < text.len() {
        after_number.strip_prefix(['.', ')'])?
    } else {
        text.strip_prefix(['-', '+', '*'])?
    };
    let blanks = columns(after);
    let sign = text.len() - after.len();
    match blanks {
        0 => None,
        1..=CODE => Some(sign + blanks),
        // The item begins with program text.
        _ => Some(sign + 1),
    }
}
