//! Colours and attributes by what a text is.

use crate::config::ConfigError;
use crate::config::error::read;
use crate::typeset::{Mark, Role, Style as TextStyle, Token};
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

const DEFAULT: &str = include_str!("../../assets/themes/default.toml");
const MONO: &str = include_str!("../../assets/themes/mono.toml");

/// What a text is, on the screen. The names in a theme file are these in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it, and assets/themes shows them at work")]
pub enum Look {
    Title,
    TitleFocused,
    Border,
    Cursor,
    CursorFocused,
    Section,
    Count,
    Chosen,
    Date,
    Source,
    Unread,
    Read,
    Snippet,
    Bookmark,
    Gone,
    Status,
    Error,
    Hint,
    Prompt,
    Hit,
    HitCurrent,
    Text,
    Emphasis,
    Strong,
    Strike,
    Code,
    CodeComment,
    CodeString,
    CodeNumber,
    CodeKeyword,
    CodeType,
    CodeFunction,
    Link,
    Stock,
    #[serde(rename = "heading-1")]
    Heading1,
    #[serde(rename = "heading-2")]
    Heading2,
    #[serde(rename = "heading-3")]
    Heading3,
    #[serde(rename = "heading-4")]
    Heading4,
    Quote,
    Caption,
    Image,
    TableHead,
    Marker,
    Notice,
}

/// The look of everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    styles: HashMap<Look, Style>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of a theme file")]
struct Attributes {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underlined: bool,
    reversed: bool,
    crossed_out: bool,
}

impl Theme {
    /// The theme of this name: `default`, `mono`, or the file `NAME.toml` in the folder of themes, which
    /// changes what it names and leaves the rest as in `default`.
    ///
    /// # Errors
    /// If there is no such theme or its file is wrong.
    pub fn load(name: &str, folder: &Path) -> Result<Self, ConfigError> {
        let built_in = Path::new("assets/themes");
        let base = if name == "mono" { MONO } else { DEFAULT };
        let mut theme = Self::parse(base).map_err(|e| ConfigError::at(built_in, e))?;
        if !matches!(name, "default" | "mono") {
            let path = folder.join(format!("{name}.toml"));
            let own = Self::parse(&read(&path)?).map_err(|e| ConfigError::at(&path, e))?;
            theme.styles.extend(own.styles);
        }
        Ok(theme)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: HashMap<Look, Attributes> = toml::from_str(text).map_err(|e| e.to_string())?;
        let styles = file.into_iter().map(|(look, attributes)| Ok((look, attributes.style()?)));
        Ok(Self { styles: styles.collect::<Result<_, String>>()? })
    }

    /// The style of a piece of an article.
    pub fn text(&self, text: TextStyle) -> Style {
        // The stocks of a running text are all links: marked as both, a page of them would be a thicket.
        let hidden = |mark| mark == Mark::Link && text.has(Mark::Stock);
        let set = MARKS.into_iter().filter(|(mark, _)| text.has(*mark) && !hidden(*mark));
        set.fold(self.style(role(text.role)), |style, (_, look)| style.patch(self.style(look)))
    }

    /// The style of a text.
    pub fn style(&self, look: Look) -> Style {
        self.styles.get(&look).copied().unwrap_or_default()
    }
}

impl Attributes {
    fn style(&self) -> Result<Style, String> {
        let mut style = Style::new();
        style.fg = self.fg.as_deref().map(color).transpose()?;
        style.bg = self.bg.as_deref().map(color).transpose()?;
        for (set, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
            (self.crossed_out, Modifier::CROSSED_OUT),
        ] {
            if set {
                style = style.add_modifier(modifier);
            }
        }
        Ok(style)
    }
}

/// The looks of the marks, in the order in which they are laid over each other.
const MARKS: [(Mark, Look); 6] = [
    (Mark::Emphasis, Look::Emphasis),
    (Mark::Strong, Look::Strong),
    (Mark::Strike, Look::Strike),
    (Mark::Code, Look::Code),
    (Mark::Link, Look::Link),
    (Mark::Stock, Look::Stock),
];

fn role(role: Role) -> Look {
    match role {
        Role::Text => Look::Text,
        Role::Heading(0 | 1) => Look::Heading1,
        Role::Heading(2) => Look::Heading2,
        Role::Heading(3) => Look::Heading3,
        Role::Heading(_) => Look::Heading4,
        Role::Quote => Look::Quote,
        Role::CodeBlock => Look::Code,
        Role::Syntax(token) => syntax(token),
        Role::Caption => Look::Caption,
        Role::Image => Look::Image,
        Role::TableHead => Look::TableHead,
        Role::Border => Look::Border,
        Role::Marker => Look::Marker,
        Role::Notice => Look::Notice,
    }
}

fn syntax(token: Token) -> Look {
    match token {
        Token::Comment => Look::CodeComment,
        Token::String => Look::CodeString,
        Token::Number => Look::CodeNumber,
        Token::Keyword => Look::CodeKeyword,
        Token::Type => Look::CodeType,
        Token::Function => Look::CodeFunction,
    }
}

fn color(name: &str) -> Result<Color, String> {
    name.parse().map_err(|_unknown| format!("`{name}` is no colour; write a name, a number or #rrggbb"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_themes_name_every_look_and_mono_has_no_colour() {
        let default = Theme::parse(DEFAULT).unwrap();
        let mono = Theme::parse(MONO).unwrap();
        assert_eq!(default.styles.len(), mono.styles.len());
        assert_eq!(default.styles.len(), Look::Notice as usize + 1);
        assert!(mono.styles.values().all(|style| style.fg.is_none() && style.bg.is_none()));
    }

    #[test]
    fn a_selection_shows_without_colours() {
        for theme in [DEFAULT, MONO] {
            let cursor = Theme::parse(theme).unwrap().style(Look::CursorFocused);
            assert!(cursor.add_modifier.contains(Modifier::REVERSED));
        }
    }

    #[test]
    fn a_users_theme_changes_what_it_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mine.toml"), "[heading-1]\nfg = '#102030'\n").unwrap();
        let theme = Theme::load("mine", folder.path()).unwrap();
        assert_eq!(theme.style(Look::Heading1).fg, Some(Color::Rgb(0x10, 0x20, 0x30)));
        assert_eq!(theme.style(Look::Hit), Theme::parse(DEFAULT).unwrap().style(Look::Hit));
        std::fs::write(folder.path().join("bad.toml"), "[heading-1]\nfg = 'kakhi'\n").unwrap();
        assert!(Theme::load("bad", folder.path()).unwrap_err().to_string().contains("kakhi"));
    }
}
