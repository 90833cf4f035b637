//! The keys that were typed while the terminal was asked. crossterm reads keys only from the terminal itself, so
//! these few are read here: characters, control keys, and the keys that move.

use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The keys that bytes stand for. Sequences that stand for other keys are left out whole, and so is what was
/// pasted: it must not be taken for commands.
pub(super) fn keys(bytes: &[u8]) -> Vec<KeyCombination> {
    let text = String::from_utf8_lossy(bytes);
    let mut keys = Vec::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let (key, after) = match sequence(rest) {
            Some((name, after)) if name == PASTE => (None, behind_paste(after)),
            Some((name, after)) => (moving(name), after),
            None => (character(first), rest.strip_prefix(first).unwrap_or_default()),
        };
        keys.extend(key.map(KeyCombination::from));
        rest = after;
    }
    keys
}

/// Begins what is pasted.
const PASTE: &str = "200~";

fn behind_paste(text: &str) -> &str {
    text.split_once("\x1b[201~").map_or("", |(_, after)| after)
}

/// A sequence at the beginning, `ESC [` or `ESC O` up to its last character, without the `ESC [`; and what
/// follows it. One that does not end takes all.
fn sequence(text: &str) -> Option<(&str, &str)> {
    let name = text.strip_prefix("\x1b[").or_else(|| text.strip_prefix("\x1bO"))?;
    let end = name.find(|c: char| matches!(c, '\u{40}'..='\u{7e}')).map_or(name.len(), |last| last + 1);
    name.split_at_checked(end)
}

fn moving(name: &str) -> Option<KeyEvent> {
    let code = match name {
        "A" => KeyCode::Up,
        "B" => KeyCode::Down,
        "C" => KeyCode::Right,
        "D" => KeyCode::Left,
        "H" => KeyCode::Home,
        "F" => KeyCode::End,
        "5~" => KeyCode::PageUp,
        "6~" => KeyCode::PageDown,
        _ => return None,
    };
    Some(KeyEvent::from(code))
}

fn character(c: char) -> Option<KeyEvent> {
    let code = match c {
        '\r' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        '\u{7f}' => KeyCode::Backspace,
        '\u{1}'..='\u{1a}' => {
            let letter = char::from_u32(u32::from(c) + u32::from('a') - 1)?;
            return Some(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
        c if c.is_control() || c == char::REPLACEMENT_CHARACTER => return None,
        c => KeyCode::Char(c),
    };
    Some(KeyEvent::from(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_bytes_are_the_keys_that_they_stand_for() {
        for (bytes, names) in [
            ("jG小", "j Shift-g 小"),
            ("/a\r", "/ a Enter"),
            ("\t\u{7f}\u{1b}", "Tab Backspace Esc"),
            ("\u{4}\u{c}", "Ctrl-d Ctrl-l"),
            ("\x1b[A\x1bOB\x1b[6~j", "Up Down PageDown j"),
            // Keys that mean nothing here, focus reports, half a sequence.
            ("\x1b[15;2~j\x1b[Ik\x1b[1;", "j k"),
            ("j\x1b[200~dqG\r\x1b[201~k", "j k"),
            ("j\x1b[200~dq", "j"),
        ] {
            let pressed: Vec<String> = keys(bytes.as_bytes()).iter().map(ToString::to_string).collect();
            assert_eq!(pressed.join(" "), names, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_keys(bytes in any::<Vec<u8>>()) {
            prop_assert!(keys(&bytes).len() <= bytes.len());
        }
    }
}
