//! The text as the line breaker is to see it.

use super::{class, is_plain};
use std::borrow::Cow;
use unicode_linebreak::BreakClass;

/// A copy of the text, of the same length in bytes, that the breaker judges rightly.
pub(super) fn shadow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let pair_straight = text.bytes().filter(|&b| b == b'"').count() % 2 == 0;
    let mut opens = true;
    let mut previous = ' ';
    let mut copy = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && pair_straight {
            opens = !opens;
        }
        copy.push(match c {
            // Next to Hanzi straight quotes open and close in turn.
            '"' if pair_straight && opens => ')',
            '"' if pair_straight => '(',
            _ if is_plain(c) => c,
            _ => stand_in(previous, c, chars.peek().copied()),
        });
        previous = c;
    }
    Cow::Owned(copy)
}

/// What a character is judged as: another of the same length.
fn stand_in(previous: char, c: char, next: Option<char>) -> char {
    let in_word = previous.is_ascii_alphanumeric() && next.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '’' | '‘' if in_word => c,
        // Full-width numbers are numbers: figures of another script, its point, a sign before them.
        '０'..='９' => '\u{966}',
        '．' | '，' if is_wide_digit(previous) && next.is_some_and(is_wide_digit) => '\u{2044}',
        '－' | '＋' if next.is_some_and(|c| c.is_ascii_digit() || is_wide_digit(c)) => '\u{2212}',
        '·' => '\u{589}',
        '•' => '\u{fe10}',
        '～' => '、',
        '—' | '―' | '⸺' => '…',
        // A line may break before an opening mark, also behind a letter, a digit or `%`: class BB, break before.
        '“' | '‘' => '\u{1806}',
        '\u{2e80}'..='\u{ffff}' if class(c) == BreakClass::OpenPunctuation => '\u{1806}',
        // And after a closing mark or a stop, also before `￥` and `+`: class EX, not CL.
        '”' | '’' | '\u{2e80}'..='\u{ffff}' if closes(c) && next.is_some_and(is_prefix) => '！',
        '”' | '’' => '）',
        _ => c,
    }
}

fn is_wide_digit(c: char) -> bool {
    matches!(c, '０'..='９')
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’') || class(c) == BreakClass::ClosePunctuation
}

fn is_prefix(c: char) -> bool {
    class(c) == BreakClass::Prefix || matches!(c, '－' | '＋')
}
