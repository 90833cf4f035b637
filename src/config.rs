//! Settings, keys, themes, words and folders. The defaults are files under `assets`, so that what the program
//! does without a configuration can be read and copied.

mod error;
mod language;
mod paths;
mod settings;
mod theme;
mod unknown;

pub use error::ConfigError;
pub use language::Language;
pub use paths::Paths;
pub use settings::{Ambiguity, Settings};
pub use theme::{Look, Theme};

use crate::app::{Keymap, Preferences, Words};
use error::read_optional;
use std::path::Path;
use std::sync::Arc;

/// The default keys.
pub const DEFAULT_KEYMAP: &str = include_str!("../assets/keymap.toml");

/// Everything that the reader has chosen.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The words of the interface.
    pub words: Arc<Words>,
    /// Lines that nobody understood: said once, then ignored.
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads the settings from `file`, or from `config.toml` in the configuration folder if there is one, and
    /// the keys from `keymap.toml` there.
    ///
    /// # Errors
    /// If a file cannot be read, is not valid TOML, or holds a value that cannot be.
    pub fn load(file: Option<&Path>, paths: &Paths) -> Result<Self, ConfigError> {
        let default = paths.config.join("config.toml");
        let path = file.unwrap_or(&default);
        let text = match file {
            Some(path) => Some(error::read(path)?),
            None => read_optional(path)?,
        };
        let (settings, warnings) = match &text {
            Some(text) => Settings::parse(text).map_err(|e| ConfigError::at(path, e))?,
            None => (Settings::default(), Vec::new()),
        };
        let warnings = warnings.into_iter().map(|w| format!("{}: {w}", path.display())).collect();
        let keymap = load_keymap(&paths.config.join("keymap.toml"))?;
        let words = settings.language().words().map_err(|e| ConfigError::at(Path::new("assets/lang"), e))?;
        Ok(Self { settings, keymap: Arc::new(keymap), words: Arc::new(words), warnings })
    }

    /// What the app needs of it.
    pub fn preferences(&self) -> Preferences {
        Preferences {
            typeset: self.settings.options(),
            measure: self.settings.typeset.max_width,
            keymap: Arc::clone(&self.keymap),
            words: Arc::clone(&self.words),
        }
    }
}

fn load_keymap(path: &Path) -> Result<Keymap, ConfigError> {
    let keymap =
        Keymap::parse(DEFAULT_KEYMAP).map_err(|e| ConfigError::at(Path::new("assets/keymap.toml"), e))?;
    match read_optional(path)? {
        Some(text) => keymap.overlay(&text).map_err(|e| ConfigError::at(path, e)),
        None => Ok(keymap),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Action, Group};

    #[test]
    fn every_action_has_a_key_and_words_in_each_language() {
        let keymap = Keymap::parse(DEFAULT_KEYMAP).unwrap();
        let actions: Vec<Action> = Group::ALL.iter().flat_map(|g| keymap.group(*g)).map(|(a, _)| a).collect();
        for language in [Language::English, Language::Chinese] {
            let words = language.words().unwrap();
            for action in &actions {
                assert!(words.actions.contains_key(action), "{language:?} {action:?}");
            }
            assert!(Group::ALL.iter().all(|group| words.groups.contains_key(group)));
            assert_eq!(words.actions.len(), actions.len());
            assert_eq!(actions.len(), Action::Suspend as usize + 1, "an action that no key reaches");
        }
    }

    #[test]
    fn a_users_keymap_and_settings_are_read_from_the_configuration_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("keymap.toml"), "[moving]\ndown = ['t']\n").unwrap();
        std::fs::write(folder.path().join("config.toml"), "[typeset]\nmax_width = 60\nwdith = 3\n").unwrap();
        let config = Config::load(None, &Paths::under(folder.path())).unwrap();
        assert_eq!(config.keymap.keys_of(Action::Down).unwrap().to_string(), "t");
        assert_eq!(config.settings.typeset.max_width, 60);
        assert!(config.warnings[0].contains("typeset.wdith"), "{:?}", config.warnings);
    }

    #[test]
    fn a_named_file_that_is_missing_is_an_error_and_says_where() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.toml");
        let error = Config::load(Some(&missing), &Paths::under(folder.path())).unwrap_err();
        assert!(error.to_string().contains("none.toml"));
    }
}
