//! What terminals may do with a cluster.

use unicode_width::UnicodeWidthChar as _;

/// Whether every terminal draws a cluster in the same cells.
pub(super) fn is_sure(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let first = chars.next();
    chars.next().is_none() && first.is_some_and(is_sure_char)
}

/// ASCII, punctuation of CJK, kana, Hanzi, Hangul, full-width forms.
fn is_sure_char(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}

/// Whether a terminal may paint less than all of the cells that a cluster is believed to take. Of letters and
/// signs that are ambiguous at most, one cell is painted everywhere.
pub(super) fn may_leave_gaps(cluster: &str, cells: u16) -> bool {
    let is_letter = |c| {
        matches!(c, ' '..='\u{2ff}' | '\u{370}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{2070}'..='\u{23ff}' | '\u{2460}'..='\u{25ff}')
    };
    cells > 1 || !cluster.starts_with(is_letter)
}

/// The most cells that a terminal may draw a cluster in, each of its characters for itself.
pub(super) fn reach(cluster: &str) -> u16 {
    cluster.chars().map(|c| if c.is_ascii() || c.width() == Some(0) { 1 } else { 2 }).sum()
}
