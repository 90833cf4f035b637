//! The language of the interface.

use crate::app::Words;
use serde::Deserialize;

/// A language that finews speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Chinese in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// The language of the locale (POSIX: `LC_ALL`, else `LC_MESSAGES`, else `LANG`); English if it is
    /// none that finews speaks.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).unwrap_or_default();
        if locale.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The words of the language.
    ///
    /// # Errors
    /// If the file in the binary is broken, which a test rules out.
    pub fn words(self) -> Result<Words, toml::de::Error> {
        toml::from_str(match self {
            Self::English => include_str!("../../assets/lang/en.toml"),
            Self::Chinese => include_str!("../../assets/lang/zh.toml"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_read_in_posix_order() {
        let locale = |pairs: &'static [(&str, &str)]| {
            Language::of_locale(move |name| pairs.iter().find(|p| p.0 == name).map(|p| p.1.to_owned()))
        };
        assert_eq!(locale(&[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(locale(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C.UTF-8")]), Language::English);
        assert_eq!(locale(&[("LANG", "zh_TW"), ("LC_ALL", "")]), Language::Chinese);
        assert_eq!(locale(&[]), Language::English);
    }
}
