//! When two texts count as the same to somebody who looks for one of them.

/// The text with every character folded as by [`fold_char`].
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// A letter without its case, full-width letters, digits and signs (U+FF01..=U+FF5E) as ASCII, and the
/// ideographic space as a blank: `Ａ股`, `A股` and `a股` are the same. One character stays one, so that places in
/// the folded text are places in the text.
pub fn fold_char(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_do_not_count() {
        for (text, folded) in [
            ("Ａ股ＥＴＦ（５１）", "a股etf(51)"),
            ("NIO蔚来", "nio蔚来"),
            ("～Привет、。", "~привет、。"),
            ("甲\u{3000}İ", "甲 İ"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
