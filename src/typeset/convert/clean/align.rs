//! Where authors want paragraphs: in the middle, at the right edge, under a picture.

use super::super::marks;
use super::super::tag::Tag;

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    /// As running text does.
    #[default]
    Start,
    Centre,
    Right,
    /// In the middle, as the words of the picture before.
    Caption,
}

impl Align {
    /// What a tag says; `None` when it says nothing.
    pub(super) fn of(tag: &Tag<'_>) -> Option<Self> {
        if tag.name == "center" {
            return Some(Self::Centre);
        }
        if tag.attributes().is_empty() {
            return None;
        }
        let classes = tag.attribute("class").unwrap_or_default();
        if let Some(align) = classes.split_ascii_whitespace().find_map(of_class) {
            return Some(align);
        }
        let word = tag.attribute("align").or_else(|| tag.style_value("text-align"));
        match word?.to_ascii_lowercase().as_str() {
            "center" | "middle" => Some(Self::Centre),
            "right" | "end" => Some(Self::Right),
            "left" | "start" | "justify" => Some(Self::Start),
            _ => None,
        }
    }

    /// The mark that begins such a paragraph.
    pub(super) fn mark(self) -> char {
        match self {
            Self::Start => marks::PARAGRAPH,
            Self::Centre => marks::CENTRED,
            Self::Right => marks::FLUSH_RIGHT,
            Self::Caption => marks::CAPTION,
        }
    }
}

/// Classes of `WordPress`, Bootstrap and others.
fn of_class(class: &str) -> Option<Align> {
    Some(match class {
        "text-center" | "has-text-align-center" => Align::Centre,
        "text-right" | "has-text-align-right" => Align::Right,
        "wp-caption-text" | "image-caption" | "img-caption" | "caption" => Align::Caption,
        _ => return None,
    })
}
