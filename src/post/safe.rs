//! Text that is safe to show.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The most combining marks one base character keeps. Real scripts stack fewer; "Zalgo" text stacks dozens,
/// which garbles the rows above and below in many terminals.
const MAX_MARKS: usize = 8;

/// One line of text that cannot do anything to a terminal but be shown.
///
/// It holds no C0 or C1 control, no line or paragraph separator, no bidi control, no invisible format
/// character (zero-width space, soft hyphen, byte order mark, tags), no U+FFF9..U+FFFB, and at most eight
/// combining marks a base. Tabs and line ends have become blanks. Zero-width joiners, variation selectors and
/// the joiners of Indic and Arabic scripts stay: words and emoji need them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct SafeText(Box<str>);

impl SafeText {
    /// Makes any text safe. Line ends and tabs become single blanks; nothing else is trimmed.
    pub fn new(text: &str) -> Self {
        Self(sanitize(text).into())
    }

    /// Makes a title or a name of any text: safe, white space folded to single blanks, trimmed.
    pub fn label(text: &str) -> Self {
        if text.chars().all(is_plain) {
            return Self(text.into());
        }
        let safe = sanitize(text);
        let mut folded = String::with_capacity(safe.len());
        for word in safe.split_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        Self(folded.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::ops::Deref for SafeText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for SafeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

/// Whether a character must never be written to a terminal. Line ends and tabs count as unsafe too: the
/// layout places text, not the text itself.
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// Latin letters, Hanzi, and the signs that stand between them: no blank, no mark, nothing unsafe. Most names are made of
/// nothing else, which is quicker to see than to tell what else there is.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{3001}'..='\u{3029}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

fn sanitize(text: &str) -> Cow<'_, str> {
    let safe = if text.contains(is_unsafe) {
        Cow::Owned(text.chars().filter_map(replacement).collect())
    } else {
        Cow::Borrowed(text)
    };
    // Finding graphemes takes long, and hardly any text has too many marks for one, even counted together.
    if safe.chars().filter(|&c| is_mark(c)).nth(MAX_MARKS).is_none() {
        return safe;
    }
    safe.graphemes(true).flat_map(bounded).collect()
}

fn replacement(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unsafe(c) => None,
        c => Some(c),
    }
}

/// The characters of one grapheme, without the marks beyond [`MAX_MARKS`]. Family emoji are joined of up to
/// ten characters that are no marks, so only characters of width zero count.
fn bounded(grapheme: &str) -> impl Iterator<Item = char> + '_ {
    let mut marks = 0;
    grapheme.chars().filter(move |&c| {
        marks += usize::from(is_mark(c));
        marks <= MAX_MARKS
    })
}

/// No Latin letter and no Hanzi is one, which is quicker to see than its width.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && !('\u{3400}'..='\u{9fff}').contains(&c) && UnicodeWidthChar::width(c) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_are_dropped_and_line_ends_become_blanks() {
        for (raw, safe) in [
            ("\u{1b}[31m红\u{1b}[0m", "[31m红[0m"),
            ("\u{9b}31m", "31m"),
            ("甲\r\n乙\t丙\u{2028}丁", "甲  乙 丙 丁"),
            ("a\u{202e}b\u{200b}c\u{feff}", "abc"),
            ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
            ("\u{7f}\u{8}\0", ""),
        ] {
            assert_eq!(SafeText::new(raw).as_str(), safe, "{raw:?}");
        }
    }

    #[test]
    fn a_label_is_one_trimmed_line() {
        assert_eq!(SafeText::label("  甲 \n\n 乙\u{3000}").as_str(), "甲 乙");
    }

    #[test]
    fn stacked_marks_are_cut_to_eight() {
        let zalgo = format!("e{}x", "\u{301}".repeat(50));
        assert_eq!(SafeText::new(&zalgo).chars().count(), 1 + MAX_MARKS + 1);
    }

    proptest! {
        #[test]
        fn nothing_unsafe_survives(raw in any::<String>()) {
            let safe = SafeText::new(&raw);
            prop_assert!(!safe.chars().any(is_unsafe));
            prop_assert_eq!(SafeText::new(&safe), safe);
            // A blank at the end is all that the shorter way does not take.
            prop_assert_eq!(SafeText::label(&raw), SafeText::label(&format!("{raw} ")));
        }
    }
}
