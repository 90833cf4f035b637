//! Titles as the title filter compares them.

/// The text with full-width letters, digits and marks as ASCII and ASCII letters in lower case, so that
/// `Ａ股` and `a股` are the same.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(narrow).map(|c| c.to_ascii_lowercase()).collect()
}

/// The ASCII form of U+FF01..=U+FF5E, which stand in ASCII's order; other characters as they are.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_match_in_either_case_and_width() {
        for (text, folded) in
            [("Ａ股ＥＴＦ（５１）", "a股etf(51)"), ("NIO蔚来", "nio蔚来"), ("～Ж、。", "~Ж、。"), ("", "")]
        {
            assert_eq!(fold(text), folded);
        }
    }
}
