//! The settings file.

use crate::app::MEASURES;
use crate::config::Language;
use crate::config::unknown::unknown;
use crate::typeset::{Ambiguous, Options};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// All settings there are, with what they are when nobody says them.
const DEFAULTS: &str = include_str!("../../assets/config.toml");

/// What `config.toml` says; what it leaves out is as in `assets/config.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The theme's name.
    pub theme: String,
    /// How text is set.
    pub typeset: Typeset,
    /// What the terminal does.
    pub terminal: Terminal,
    archive: PathBuf,
    lang: Lang,
}

/// How text is set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct Typeset {
    /// The widest a line may be, in cells, within [`MEASURES`].
    #[serde(deserialize_with = "measure")]
    pub max_width: u16,
    #[serde(skip)]
    options: Options,
}

/// What the terminal does.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Terminal {
    /// How wide it draws ambiguous characters.
    pub ambiguous_width: Ambiguity,
}

/// The language as the settings name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Lang {
    Auto,
    En,
    Zh,
}

/// How wide a terminal draws ambiguous characters, as the settings and the command line name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Ambiguity {
    /// The reader asks the terminal; what only prints takes them for narrow.
    #[default]
    Auto,
    /// One cell.
    Narrow,
    /// Two cells.
    Wide,
    /// None is drawn: other characters of one cell stand in their place (for tmux and screen in a terminal that
    /// draws two cells).
    Avoid,
}

/// As far as it is known without asking.
impl From<Ambiguity> for Ambiguous {
    fn from(ambiguity: Ambiguity) -> Self {
        match ambiguity {
            Ambiguity::Auto | Ambiguity::Narrow => Self::Narrow,
            Ambiguity::Wide => Self::Wide,
            Ambiguity::Avoid => Self::Avoided,
        }
    }
}

/// A measure that text can be set to; others are the nearest that can.
fn measure<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let cells = u16::deserialize(deserializer)?;
    Ok(cells.clamp(*MEASURES.start(), *MEASURES.end()))
}

impl Default for Typeset {
    fn default() -> Self {
        Self { max_width: 80, options: Options::default() }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            archive: PathBuf::new(),
            theme: "default".to_owned(),
            typeset: Typeset::default(),
            terminal: Terminal::default(),
            lang: Lang::Auto,
        }
    }
}

impl Settings {
    /// Reads a settings file. Returns the settings and a warning for each key that finews does not know.
    ///
    /// # Errors
    /// If the text is no TOML or a value has the wrong type.
    pub fn parse(text: &str) -> Result<(Self, Vec<String>), toml::de::Error> {
        // Read by themselves: within a flattened table, serde loses the line of an error.
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            typeset: Options,
        }
        let mut settings: Self = toml::from_str(text)?;
        settings.typeset.options = toml::from_str::<File>(text)?.typeset;
        Ok((settings, unknown(text, DEFAULTS)?))
    }

    /// The archive that opens when the command line names none; `None` for the last one. `~/` is `home`.
    pub fn archive(&self, home: &Path) -> Option<PathBuf> {
        let path = match self.archive.strip_prefix("~") {
            Ok(rest) => home.join(rest),
            Err(_elsewhere) => self.archive.clone(),
        };
        (!path.as_os_str().is_empty()).then_some(path)
    }

    /// The language of the interface.
    pub fn language(&self) -> Language {
        match self.lang {
            Lang::En => Language::English,
            Lang::Zh => Language::Chinese,
            Lang::Auto => Language::of_locale(|name| std::env::var(name).ok()),
        }
    }

    /// How text is set, at a width that the pane will give.
    pub fn options(&self) -> Options {
        Options { ambiguous: self.terminal.ambiguous_width.into(), ..self.typeset.options.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_defaults_says_what_the_defaults_are() {
        let (settings, warnings) = Settings::parse(DEFAULTS).unwrap();
        assert_eq!(settings, Settings::default());
        assert!(warnings.is_empty());
    }

    #[test]
    fn every_setting_of_the_file_of_defaults_is_heard() {
        let other = "typeset = { paragraph_indent = 0, paragraph_gap = 1, avoid_lonely_last = false, \
                     hanging = false, justify = true, autospace = true, full_width_punctuation = true }";
        let (settings, warnings) = Settings::parse(other).unwrap();
        let expected = Options {
            paragraph_indent: 0,
            paragraph_gap: 1,
            avoid_lonely_last: false,
            hanging: false,
            justify: true,
            autospace: true,
            full_width_punctuation: true,
            ..Options::default()
        };
        assert_eq!((settings.options(), warnings.len()), (expected, 0));
        let (_, warnings) = Settings::parse("typeset = { width = 3, ambiguous = 1, justfy = true }").unwrap();
        assert_eq!(warnings.len(), 3, "{warnings:?}");
    }

    #[test]
    fn a_value_of_a_wrong_type_is_told_with_its_line() {
        for (text, line) in [
            ("[typeset]\n\nhanging = 3", 3),
            ("lang = 'en'\n[typeset]\nparagraph_indent = 'two'", 3),
            ("[typeset]\nmax_width = 'wide'", 2),
            ("theme = 'mono'\nlang = 'fr'", 2),
            ("[terminal]\nambiguous_width = 'never'", 2),
        ] {
            let error = Settings::parse(text).unwrap_err().to_string();
            assert!(error.contains(&format!("line {line}, column")), "{text}: {error}");
        }
    }

    #[test]
    fn a_measure_that_no_line_could_be_broken_at_is_the_nearest_that_can_be_set() {
        let measure = |text: &str| Settings::parse(text).map(|(settings, _)| settings.typeset.max_width);
        assert_eq!(measure("typeset.max_width = 0").unwrap(), 16);
        assert_eq!(measure("typeset.max_width = 9999").unwrap(), 400);
        assert!(measure("typeset.max_width = -1").is_err());
        assert!(Settings::parse("lang = 'fr'").is_err());
    }

    #[test]
    fn the_archive_may_be_below_home() {
        let archive = |text: &str| Settings::parse(text).unwrap().0.archive(Path::new("/home/you"));
        assert_eq!(archive("archive = '~/news'"), Some(PathBuf::from("/home/you/news")));
        assert_eq!(archive("archive = '/srv/news'"), Some(PathBuf::from("/srv/news")));
        assert_eq!(archive("archive = ''"), None);
    }
}
