//! What was typed while the terminal was asked. crossterm reads only from the terminal itself, so it is read here:
//! keys with their modifiers, and what was pasted.

use crate::app::Event;
use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The bytes that were typed.
#[derive(Default)]
pub(super) struct Typed {
    bytes: Vec<u8>,
    /// Whether they end within what is being pasted.
    pasting: bool,
}

impl Typed {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let from = self.bytes.len().saturating_sub(PASTED.len() - 1);
        self.bytes.extend(bytes);
        for mark in self.bytes.get(from..).unwrap_or_default().windows(PASTED.len()) {
            if mark == PASTED.as_bytes() {
                self.pasting = false;
            } else if mark.strip_prefix(b"\x1b[") == Some(PASTE.as_bytes()) {
                self.pasting = true;
            }
        }
    }

    /// Whether more has to come: what is being pasted, a sequence or a character.
    pub(super) fn is_torn(&self) -> bool {
        let from = self.bytes.len().saturating_sub(LONGEST);
        let text = String::from_utf8_lossy(self.bytes.get(from..).unwrap_or_default());
        let last = text.rfind('\u{1b}').and_then(|at| text.get(at..)).unwrap_or_default();
        let begun = sequence(last).is_some_and(|(name, _)| !name.ends_with(is_last));
        self.pasting || begun || text.ends_with(char::REPLACEMENT_CHARACTER)
    }

    /// What the bytes stand for.
    pub(super) fn events(&self) -> Vec<Event> {
        events(&self.bytes)
    }
}

/// What bytes stand for. Sequences that are no keys (the mouse) are left out whole, and so is what was pasted when its
/// end is missing: it must not be taken for commands.
fn events(bytes: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(bytes);
    let mut events = Vec::new();
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let (event, after) = match sequence(rest) {
            Some((name, after)) if name == PASTE => pasted(after),
            Some((FOCUS, after)) => (Some(Event::Focus), after),
            Some((name, after)) => (special(name).map(key), after),
            None => typed(first, rest),
        };
        events.extend(event);
        rest = after;
    }
    events
}

/// No sequence of a key has more bytes.
const LONGEST: usize = 32;
/// The window is looked at again.
const FOCUS: &str = "I";
/// Begins what is pasted.
const PASTE: &str = "200~";
/// Ends it.
const PASTED: &str = "\x1b[201~";

fn key(event: KeyEvent) -> Event {
    Event::Key(KeyCombination::from(event))
}

fn pasted(text: &str) -> (Option<Event>, &str) {
    match text.split_once(PASTED) {
        Some((pasted, after)) => (Some(Event::Paste(pasted.to_owned())), after),
        None => (None, ""),
    }
}

/// A sequence at the beginning, `ESC [` or `ESC O` up to its last character, without the `ESC [`; and what
/// follows it. One that does not end takes all.
fn sequence(text: &str) -> Option<(&str, &str)> {
    let name = text.strip_prefix("\x1b[").or_else(|| text.strip_prefix("\x1bO"))?;
    let end = name.find(is_last).map_or(name.len(), |last| last + 1);
    name.split_at_checked(end)
}

fn is_last(c: char) -> bool {
    matches!(c, '\u{40}'..='\u{7e}')
}

/// A key that is no character: `A`, `1;5A` with a modifier, `5~`, `5;2~`.
fn special(name: &str) -> Option<KeyEvent> {
    let last = name.chars().next_back()?;
    let mut numbers = name.strip_suffix(last)?.split(';');
    let number = numbers.next()?.parse::<u8>().ok();
    let modifier = numbers.next().map_or(Ok(1), str::parse).ok()?;
    let code = match (last, number) {
        ('A', _) => KeyCode::Up,
        ('B', _) => KeyCode::Down,
        ('C', _) => KeyCode::Right,
        ('D', _) => KeyCode::Left,
        ('H', _) | ('~', Some(1 | 7)) => KeyCode::Home,
        ('F', _) | ('~', Some(4 | 8)) => KeyCode::End,
        ('P', _) => KeyCode::F(1),
        ('Q', _) => KeyCode::F(2),
        ('R', _) => KeyCode::F(3),
        ('S', _) => KeyCode::F(4),
        ('Z', _) => return Some(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)),
        ('~', Some(2)) => KeyCode::Insert,
        ('~', Some(3)) => KeyCode::Delete,
        ('~', Some(5)) => KeyCode::PageUp,
        ('~', Some(6)) => KeyCode::PageDown,
        ('~', Some(number @ 11..=15)) => KeyCode::F(number - 10),
        ('~', Some(number @ 17..=21)) => KeyCode::F(number - 11),
        ('~', Some(number @ 23..=24)) => KeyCode::F(number - 12),
        _ => return None,
    };
    Some(KeyEvent::new(code, modifiers(modifier)))
}

/// One more than a sum: 1 for shift, 2 for alt, 4 for ctrl.
fn modifiers(number: u8) -> KeyModifiers {
    let held = number.saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    all.into_iter().filter(|(bit, _)| held & bit != 0).fold(KeyModifiers::NONE, |held, (_, key)| held | key)
}

/// A character, with alt if an escape character comes before it.
fn typed(first: char, text: &str) -> (Option<Event>, &str) {
    let after = text.strip_prefix(first).unwrap_or_default();
    if first == '\u{1b}'
        && let Some(second) = after.chars().next().filter(|c| *c != '\u{1b}')
    {
        let with_alt =
            character(second).map(|key| KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key });
        return (with_alt.map(key), after.strip_prefix(second).unwrap_or_default());
    }
    (character(first).map(key), after)
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
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(in crate::runtime::probe) fn name(event: &Event) -> String {
        match event {
            Event::Key(key) => key.to_string(),
            Event::Paste(text) => format!("<{text}>"),
            Event::Focus => "focus".to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn typed_bytes_are_the_keys_that_they_stand_for() {
        for (bytes, names) in [
            ("jG小", "j Shift-g 小"),
            ("/a\r", "/ a Enter"),
            ("\t\u{7f}\u{1b}", "Tab Backspace Esc"),
            ("\u{4}\u{c}", "Ctrl-d Ctrl-l"),
            ("\x1b[A\x1bOB\x1b[6~j", "Up Down PageDown j"),
            ("\x1b[1;5C\x1b[5;2~\x1b[15;2~\x1b[24~\x1bOQ", "Ctrl-Right Shift-PageUp Shift-F5 F12 F2"),
            ("\x1b[Z\x1bj\x1b\u{4}\u{1b}\u{1b}k", "BackTab Alt-j Ctrl-Alt-d Esc Alt-k"),
            ("\x1b[1~\x1b[8~\x1b[;5A", "Home End Ctrl-Up"),
            // Numbers that no key has.
            ("\x1b[~\x1b[999~\x1b[300~\x1b[;~\x1b[5;999~j", "j"),
            // A focus report, half a sequence.
            ("j\x1b[Ik\x1b[1;", "j focus k"),
            ("j\x1b[200~dqG 小\x1b[201~k", "j <dqG 小> k"),
            ("j\x1b[200~dq", "j"),
        ] {
            let pressed: Vec<String> = events(bytes.as_bytes()).iter().map(name).collect();
            assert_eq!(pressed.join(" "), names, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_torn_off_is_waited_for() {
        for (bytes, torn) in [
            (&b""[..], false),
            (b"j", false),
            // A key of its own; what it may begin comes with it.
            (b"j\x1b", false),
            (b"\x1b[A", false),
            (b"\x1b[", true),
            (b"\x1b[1;5", true),
            (b"j\xe5\xb0", true),
            (b"\x1b[200~j", true),
            (b"\x1b[200~j\x1b[201", true),
            (b"\x1b[200~j\x1b[201~k", false),
            (b"\x1b[200~j\x1b[201~k\x1b[200~", true),
            (b"\x1b[200~\x1b[201~0123456789abcdef0123456789abcdef", false),
            (b"\x1b[200~0123456789abcdef0123456789abcdef", true),
        ] {
            // At once, and byte by byte.
            for size in [bytes.len().max(1), 1] {
                let mut typed = Typed::default();
                bytes.chunks(size).for_each(|bytes| typed.push(bytes));
                assert_eq!(typed.is_torn(), torn, "{bytes:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_some_keys(bytes in any::<Vec<u8>>()) {
            prop_assert!(events(&bytes).len() <= bytes.len());
        }
    }
}
