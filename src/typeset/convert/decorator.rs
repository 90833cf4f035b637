//! What html2text is to say of the text it renders.

use super::clean::Numbers;
use super::marks::{
    BULLET_PREFIX, DEFINITION, DEFINITION_PREFIX, HEADING_PREFIX, ITEM_BITS, NUMBER_PREFIX, QUOTE_PREFIX,
};
use html2text::render::TextDecorator;
use std::rc::Rc;

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
pub(super) struct Decorator {
    /// The numbers of the items of each numbered list.
    pub(super) numbers: Rc<[Numbers]>,
}

impl Decorator {
    /// The number of an item and the bytes of its list's longest.
    fn number(&self, item: i64) -> Option<(i64, usize)> {
        let list = self.numbers.get(usize::try_from(item >> ITEM_BITS).ok()?)?;
        let number = list.items.get(usize::try_from(item & ((1 << ITEM_BITS) - 1)).ok()?)?;
        Some((*number, list.longest))
    }
}

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
        match self.number(i) {
            _ if i == DEFINITION => DEFINITION_PREFIX.to_owned(),
            Some((number, longest)) => format!("{NUMBER_PREFIX}{:<1$}", format!("{number}."), longest + 1),
            None => BULLET_PREFIX.to_owned(),
        }
    }

    fn decorate_superscript_start(&self) -> (String, Note) {
        (String::new(), Note::None)
    }

    fn decorate_superscript_end(&self) -> String {
        String::new()
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}
