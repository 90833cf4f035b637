//! One line of text with its notes.

use super::super::decorator::Note;
use super::super::marks;
use super::shown;
use crate::post::{SafeText, WebUrl};
use crate::typeset::article::{Link, Picture};
use crate::typeset::breaks::addresses;
use crate::typeset::flow::{Flow, FlowBuilder};
use crate::typeset::style::{Mark, Role, Style};
use html2text::render::TaggedLine;

/// What a line of text holds.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Its text, styled.
    pub(super) flow: Flow,
    /// Follows the line before without a gap.
    pub(super) tight: bool,
    /// Its pictures, when it holds nothing else.
    pub(super) images: Option<Vec<Picture>>,
}

impl Text {
    /// Reads a line, from behind its marks; its links are added to `links`.
    pub(super) fn read(line: &TaggedLine<Vec<Note>>, links: &mut Vec<Link>) -> Self {
        let strings = behind_mark(line);
        let tight = strings.first().is_some_and(|(text, _)| text.starts_with(marks::TIGHT));
        let mut reader = Reader { links, first_link: None, builder: FlowBuilder::default() };
        let blank =
            |(text, notes): &(String, &[Note])| !is_image(notes) && text.trim_matches(is_blank).is_empty();
        if strings.iter().any(|(_, notes)| is_image(notes))
            && strings.iter().all(|s| blank(s) || is_image(s.1))
        {
            let pictures = strings.iter().filter(|(_, notes)| is_image(notes));
            let images =
                pictures.flat_map(|(text, notes)| captions(text).map(move |caption| (caption, notes)));
            let images = images.map(|(caption, notes)| reader.picture(caption, notes)).collect();
            return Self { images: Some(images), tight, ..Self::default() };
        }
        for (text, notes) in strings {
            reader.piece(&text, notes);
        }
        Self { flow: reader.builder.finish(), tight, images: None }
    }
}

/// The tagged strings of a line from behind its marks, which stand together.
fn behind_mark(line: &TaggedLine<Vec<Note>>) -> Vec<(String, &[Note])> {
    let mut found = false;
    let mut strings = Vec::new();
    for string in line.tagged_strings() {
        let behind = string.s.rsplit_once(marks::begins_line).map(|(_, text)| text);
        let text = if found { string.s.as_str() } else { behind.unwrap_or_default() };
        found |= behind.is_some();
        if !text.is_empty() {
            strings.push((text.chars().map(shown).collect(), string.tag.as_slice()));
        }
    }
    strings
}

fn is_image(notes: &[Note]) -> bool {
    matches!(notes.last(), Some(Note::Image(_)))
}

/// The captions of pictures with the same address that stand side by side: html2text takes them for one.
fn captions(text: &str) -> impl Iterator<Item = &str> {
    text.strip_prefix(marks::IMAGE).unwrap_or(text).split(marks::IMAGE)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == marks::TIGHT
}

struct Reader<'a> {
    links: &'a mut Vec<Link>,
    /// The first link of this line: a link that formatting divides goes on, one on another line is new.
    first_link: Option<usize>,
    builder: FlowBuilder,
}

impl Reader<'_> {
    fn piece(&mut self, text: &str, notes: &[Note]) {
        let (style, href) = style_of(notes);
        if is_image(notes) {
            for caption in captions(text) {
                let Picture { caption, link, .. } = self.picture(caption, notes);
                let sign =
                    if caption.is_empty() { "[图]".to_owned() } else { format!("[{}]", caption.text()) };
                self.builder.push(&sign, Style::of(Role::Image), link);
            }
            return;
        }
        if let Some(link) = href.and_then(|href| self.link(href)) {
            return self.builder.push(text, style, Some(link));
        }
        if style.has(Mark::Code) || href.is_some() {
            return self.builder.push(text, style, None);
        }
        self.plain(text, style);
    }

    /// Text in which addresses are links.
    fn plain(&mut self, text: &str, style: Style) {
        let mut start = 0;
        for range in addresses(text) {
            let (before, address) = (text.get(start..range.start), text.get(range.clone()));
            self.builder.push(before.unwrap_or_default(), style, None);
            let link = address.and_then(|address| self.link(address));
            self.builder.push(address.unwrap_or_default(), style, link);
            start = range.end;
        }
        self.builder.push(text.get(start..).unwrap_or_default(), style, None);
    }

    /// A picture, and where it leads: where the link around it does, else to itself.
    fn picture(&mut self, text: &str, notes: &[Note]) -> Picture {
        let href = style_of(notes).1;
        let source = notes.iter().find_map(|note| match note {
            Note::Image(source) => source.strip_prefix('l'),
            _ => None,
        });
        let link = href.and_then(|href| self.link(href)).or_else(|| self.link(source?));
        let caption = text.trim();
        let caption = if says_nothing(caption) { "" } else { caption };
        let caption = Flow::new(caption, Style::of(Role::Image));
        Picture { caption, link, source: source.and_then(WebUrl::parse) }
    }

    fn link(&mut self, href: &str) -> Option<usize> {
        let url = WebUrl::parse(href)?;
        let last = self.links.len().checked_sub(1);
        if self.first_link.is_some() && self.links.last().is_some_and(|link| link.url == url) {
            return last;
        }
        self.links.push(Link { url, text: SafeText::default() });
        let index = self.links.len() - 1;
        self.first_link.get_or_insert(index);
        Some(index)
    }
}

/// The style that the notes ask for, and the address of their link.
fn style_of(notes: &[Note]) -> (Style, Option<&str>) {
    let mut style = Style::default();
    let mut href = None;
    for note in notes {
        style = match note {
            Note::None | Note::Image(_) => style,
            Note::Emphasis => style.with(Mark::Emphasis),
            Note::Strong => style.with(Mark::Strong),
            Note::Strike => style.with(Mark::Strike),
            Note::Code => style.with(Mark::Code),
            Note::Link(address) => {
                let stock = address.strip_prefix('s');
                href = stock.or_else(|| address.strip_prefix('l'));
                if stock.is_some() { style.with(Mark::Stock) } else { style }
            }
        };
    }
    (style, href)
}

/// Words that editors leave where a caption should be: `image`, a file name, a chart's code (`K图 002752_0`).
pub(in crate::typeset::convert) fn says_nothing(caption: &str) -> bool {
    let lower = caption.to_ascii_lowercase();
    let is_file =
        [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp"].iter().any(|end| lower.ends_with(end));
    let is_code = !lower.is_empty() && lower.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    is_file
        || is_code
        || caption.starts_with("K图")
        || matches!(lower.as_str(), "image" | "img" | "图片" | "图" | "picture")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_that_say_nothing() {
        for caption in ["image", "Image", "K图 002752_0", "20220614_1", "a.JPG", "图片"] {
            assert!(says_nothing(caption), "{caption}");
        }
        for caption in ["图片来源：官网", "image of a bank", "K线"] {
            assert!(!says_nothing(caption), "{caption}");
        }
    }
}
