//! Which keys do what: one table for the keys, the help and the documentation.

use crate::app::{Action, Group};
use crokey::{KeyCombination, KeyCombinationFormat};
use crossterm::event::{KeyCode, KeyModifiers};
use std::collections::BTreeMap;

/// Keys pressed one after another: `gg` is two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sequence(Vec<KeyCombination>);

/// Why a keymap cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeymapError {
    /// Not the shape of a keymap file.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A key name that nobody knows.
    #[error("`{0}` is no key; write keys like j, G, ctrl-d, Space, PageDown, or several with blanks: g g")]
    Key(String),
    /// Two actions want the same keys, or the keys of one begin with those of the other.
    #[error("`{0}` stands for {1:?} and for {2:?}")]
    Taken(String, Action, Action),
}

/// What pressed keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// They are this action.
    Action(Action),
    /// They begin one.
    Prefix,
    /// They are nothing.
    None,
}

/// The table: each sequence of keys stands for one action, and none begins with another.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Keymap {
    groups: BTreeMap<Group, Vec<(Action, Vec<Sequence>)>>,
}

type File = BTreeMap<Group, BTreeMap<Action, Vec<String>>>;

impl Keymap {
    /// Reads a keymap file: a TOML table for each group, `action = ["keys", ...]`.
    ///
    /// # Errors
    /// If the file has another shape, names unknown keys, or gives one sequence two meanings.
    pub fn parse(text: &str) -> Result<Self, KeymapError> {
        Self::default().overlay(text)
    }

    /// This keymap with the actions of another file in place of its own.
    ///
    /// # Errors
    /// As [`Keymap::parse`].
    pub fn overlay(mut self, text: &str) -> Result<Self, KeymapError> {
        let file: File = toml::from_str(text)?;
        for (group, actions) in file {
            for (action, keys) in actions {
                let sequences = keys.iter().map(|k| Sequence::parse(k)).collect::<Result<Vec<_>, _>>()?;
                self.bind(group, action, sequences);
            }
        }
        self.check()?;
        Ok(self)
    }

    fn bind(&mut self, group: Group, action: Action, sequences: Vec<Sequence>) {
        for bindings in self.groups.values_mut() {
            if let Some((_, old)) = bindings.iter_mut().find(|(a, _)| *a == action) {
                *old = sequences;
                return;
            }
        }
        self.groups.entry(group).or_default().push((action, sequences));
    }

    fn check(&self) -> Result<(), KeymapError> {
        let mut all: Vec<(&Sequence, Action)> = self.bindings().collect();
        all.sort_unstable();
        // Sorted, a sequence stands right before those that begin with it.
        for ((sequence, action), (next, other)) in all.iter().zip(all.iter().skip(1)) {
            if next.0.starts_with(&sequence.0) {
                return Err(KeymapError::Taken(sequence.to_string(), *action, *other));
            }
        }
        Ok(())
    }

    fn bindings(&self) -> impl Iterator<Item = (&Sequence, Action)> {
        let actions = self.groups.values().flatten();
        actions.flat_map(|(action, sequences)| sequences.iter().map(move |s| (s, *action)))
    }

    /// What these keys mean.
    pub(crate) fn find(&self, pressed: &[KeyCombination]) -> Match {
        let mut found = Match::None;
        for (sequence, action) in self.bindings() {
            if sequence.0 == pressed {
                return Match::Action(action);
            }
            if sequence.0.starts_with(pressed) {
                found = Match::Prefix;
            }
        }
        found
    }

    /// The actions of a group with their keys, in the order of [`Action`].
    pub fn group(&self, group: Group) -> impl Iterator<Item = (Action, &[Sequence])> {
        self.groups.get(&group).into_iter().flatten().map(|(action, keys)| (*action, keys.as_slice()))
    }

    /// The first keys of an action, for hints.
    pub fn keys_of(&self, action: Action) -> Option<&Sequence> {
        self.bindings().find(|(_, a)| *a == action).map(|(keys, _)| keys)
    }
}

impl Sequence {
    /// Reads `j`, `ctrl-d`, `PageDown`, `g g`.
    fn parse(text: &str) -> Result<Self, KeymapError> {
        let unknown = |_| KeymapError::Key(text.to_owned());
        let keys =
            text.split_whitespace().map(|key| parse_key(key).map(plain)).collect::<Result<Vec<_>, _>>();
        match keys.map_err(unknown)? {
            keys if keys.is_empty() => Err(KeymapError::Key(text.to_owned())),
            keys => Ok(Self(keys)),
        }
    }
}

/// crokey reads `-` as the joint of `ctrl-d`, and `G` as the key g.
fn parse_key(text: &str) -> Result<KeyCombination, crokey::ParseKeyError> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => Ok(KeyCombination::new(KeyCode::Char(one), KeyModifiers::NONE)),
        _ => crokey::parse(text),
    }
}

/// A key as the table knows it. Terminals differ in whether they report the shift that is already in `G`, `?`
/// or `<`, so a character is itself without it; and what terminals call `BackTab` is Shift-Tab to people.
pub(crate) fn plain(key: KeyCombination) -> KeyCombination {
    let crokey::OneToThree::One(code) = key.codes else { return key };
    match code {
        KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::SHIFT) => {
            let upper = c.to_uppercase().next().unwrap_or(c);
            KeyCombination::new(KeyCode::Char(upper), key.modifiers - KeyModifiers::SHIFT)
        }
        KeyCode::BackTab => KeyCombination::new(KeyCode::Tab, key.modifiers | KeyModifiers::SHIFT),
        code => KeyCombination::new(code, key.modifiers),
    }
}

/// `gg`, `Ctrl-d`, `PageDown`.
impl std::fmt::Display for Sequence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let format = KeyCombinationFormat::default();
        let mut text = String::new();
        for key in &self.0 {
            match key.codes {
                crokey::OneToThree::One(KeyCode::Char(c)) if key.modifiers.is_empty() && c != ' ' => {
                    text.push(c);
                }
                _ => text.push_str(&format.to_string(*key)),
            }
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(text: &str) -> Vec<KeyCombination> {
        Sequence::parse(text).unwrap().0
    }

    #[test]
    fn keys_find_their_action_and_prefixes_wait() {
        let map = Keymap::parse("[moving]\ndown = ['j', 'Down']\nfirst = ['g g']\nlast = ['G']\n").unwrap();
        assert_eq!(map.find(&press("j")), Match::Action(Action::Down));
        assert_eq!(map.find(&press("g")), Match::Prefix);
        assert_eq!(map.find(&press("g g")), Match::Action(Action::First));
        assert_eq!(map.find(&press("G")), Match::Action(Action::Last));
        assert_eq!(map.find(&press("x")), Match::None);
    }

    #[test]
    fn shift_within_a_character_does_not_count() {
        let with = KeyCombination::new(KeyCode::Char('g'), KeyModifiers::SHIFT);
        let without = KeyCombination::new(KeyCode::Char('G'), KeyModifiers::NONE);
        assert_eq!(plain(with), plain(without));
        assert_eq!(plain(KeyCombination::new(KeyCode::Char('?'), KeyModifiers::SHIFT)), press("?")[0]);
    }

    #[test]
    fn a_users_file_replaces_single_actions() {
        let map = Keymap::parse("[moving]\ndown = ['j']\nup = ['k']\n").unwrap();
        let map = map.overlay("[moving]\ndown = ['n']\n").unwrap();
        assert_eq!(map.find(&press("n")), Match::Action(Action::Down));
        assert_eq!(map.find(&press("j")), Match::None);
        assert_eq!(map.find(&press("k")), Match::Action(Action::Up));
    }

    #[test]
    fn one_key_with_two_meanings_is_refused() {
        for file in ["[moving]\ndown = ['j']\nup = ['j']", "[moving]\ndown = ['g']\nup = ['g g']"] {
            assert!(matches!(Keymap::parse(file), Err(KeymapError::Taken(..))), "{file}");
        }
        assert!(matches!(Keymap::parse("[moving]\ndown = ['hyper-j']"), Err(KeymapError::Key(_))));
        assert!(matches!(Keymap::parse("[moving]\ndown = ['']"), Err(KeymapError::Key(_))));
    }

    #[test]
    fn keys_are_shown_as_they_are_pressed() {
        for (written, shown) in [
            ("g g", "gg"),
            ("ctrl-d", "Ctrl-d"),
            ("Space", "Space"),
            ("<", "<"),
            ("-", "-"),
            ("BackTab", "Shift-Tab"),
        ] {
            assert_eq!(Sequence::parse(written).unwrap().to_string(), shown);
        }
    }
}
