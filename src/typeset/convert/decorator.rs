//! What html2text is to say of the text it renders.

use super::marks::{
    BULLET_PREFIX, DEFINITION, DEFINITION_PREFIX, HEADING_PREFIX, NUMBER_PREFIX, QUOTE_PREFIX,
};
use html2text::render::TextDecorator;

/// A quality of a piece of rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Note {
    /// Nothing to say.
    #[default]
    None,
    /// Part of a link: its `href` as the cleaner wrote it.
    Link(String),
    /// `<em>`.
    Emphasis,
    /// `<strong>`.
    Strong,
    /// `<s>`.
    Strike,
    /// `<code>`.
    Code,
    /// A picture: its address. The text is its caption.
    Image(String),
}

/// Adds no visible text, only notes; and prefixes that cannot stand in any text.
#[derive(Clone, Debug)]
pub(super) struct Decorator;

impl TextDecorator for Decorator {
    type Annotation = Note;

    fn decorate_link_start(&mut self, url: &str) -> (String, Note) {
        (String::new(), Note::Link(url.to_owned()))
    }

    fn decorate_link_end(&mut self) -> String {
        String::new()
    }

    fn decorate_em_start(&self) -> (String, Note) {
        (String::new(), Note::Emphasis)
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, Note) {
        (String::new(), Note::Strong)
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, Note) {
        (String::new(), Note::Strike)
    }

    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }

    fn decorate_code_start(&self) -> (String, Note) {
        (String::new(), Note::Code)
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) -> Note {
        Note::None
    }

    fn decorate_preformat_cont(&self) -> Note {
        Note::None
    }

    fn decorate_image(&mut self, src: &str, title: &str) -> (String, Note) {
        (title.to_owned(), Note::Image(src.to_owned()))
    }

    fn header_prefix(&self, level: usize) -> String {
        HEADING_PREFIX.repeat(level)
    }

    fn quote_prefix(&self) -> String {
        QUOTE_PREFIX.to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        BULLET_PREFIX.to_owned()
    }

    fn ordered_item_prefix(&self, i: i64) -> String {
        if i == DEFINITION { DEFINITION_PREFIX.to_owned() } else { format!("{NUMBER_PREFIX}{i}.") }
    }

    fn decorate_superscript_start(&self) -> (String, Note) {
        (String::new(), Note::None)
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }

    fn make_subblock_decorator(&self) -> Self {
        Self
    }
}
