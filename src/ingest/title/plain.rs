//! Markup taken off a line.

use crate::post::Markup;
use crate::typeset::literal;
use comrak::nodes::NodeValue;
use std::borrow::Cow;

/// Elements that stand in titles. Others stay as they are: `Vec<String>` is no markup.
const IN_TITLES: [&str; 30] = [
    "a", "abbr", "b", "big", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "i",
    "img", "ins", "kbd", "mark", "p", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "wbr",
];

/// A longer title, in bytes, is cut before anything else is done with it.
const LONGEST_TITLE: usize = 8 << 10;
/// How far into a text its first line is looked for, in bytes.
const REACH: usize = 16 << 10;

/// Elements after which a new line begins.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "center",
    "section",
    "article",
    "header",
    "blockquote",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
];

/// Elements whose content is not text.
const UNREAD: [&str; 4] = ["script", "style", "title", "head"];

/// A title without elements and with its entities resolved.
pub(super) fn title(text: &str) -> String {
    let text = text.get(..text.floor_char_boundary(LONGEST_TITLE)).unwrap_or(text);
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    let stripped = without_elements(text, |tag| {
        let known = IN_TITLES.iter().any(|known| tag.name.eq_ignore_ascii_case(known));
        if known { Replacement::Nothing } else { Replacement::Itself }
    });
    entities(&stripped)
}

/// The first line of a text that says something.
pub(super) fn first_line(head: &str, markup: Markup) -> Option<String> {
    let reach = head.get(..head.floor_char_boundary(REACH)).unwrap_or(head);
    // A tag that is cut in two is no text.
    let cut = reach.rsplit_once('<').filter(|(_, tag)| reach.len() < head.len() && !tag.contains('>'));
    let reach = cut.map_or(reach, |(before, _)| before);
    let text = without_elements(reach, |tag| {
        if BLOCKS.iter().any(|block| tag.name.eq_ignore_ascii_case(block)) {
            Replacement::LineEnd
        } else {
            Replacement::Nothing
        }
    });
    let mut in_fence = false;
    text.lines().find_map(|line| {
        let line = line.trim();
        in_fence ^= line.starts_with("```") || line.starts_with("~~~");
        let says_nothing = in_fence || line.starts_with("{%") || is_definition(line);
        let line = if says_nothing { "".into() } else { literal::hidden(line.into()) };
        let line = line.trim_start_matches(['>', '#', '-', '*', '+', '%', ' ', '\u{3000}']);
        Some(inline(&literal::shown(line.to_owned()), markup))
            .filter(|line| line.chars().any(char::is_alphanumeric))
    })
}

/// `[1]: http://…`, which Markdown does not show.
fn is_definition(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

/// A line of Markdown or HTML as the words that it shows.
pub(super) fn inline(line: &str, markup: Markup) -> String {
    let line = line.get(..line.floor_char_boundary(2048)).unwrap_or(line);
    if markup != Markup::Markdown {
        return entities(&without_elements(line, |_| Replacement::Nothing));
    }
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    let mut words = String::new();
    let line = literal::hidden(line.trim().into());
    for node in comrak::parse_document(&arena, &line, &options).descendants() {
        if node.ancestors().any(|around| matches!(around.data.borrow().value, NodeValue::Image(_))) {
            continue;
        }
        match &node.data.borrow().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    literal::shown(words)
}

/// What takes the place of a tag.
enum Replacement {
    Nothing,
    LineEnd,
    Itself,
}

struct Tag<'t> {
    name: &'t str,
    closes: bool,
    attributes: &'t str,
}

/// A text without its tags, comments, scripts and hidden elements, in one pass.
fn without_elements(text: &str, replacement: impl Fn(&Tag<'_>) -> Replacement) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        if let Some(after) = from.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, rest)| rest);
        } else if let Some((tag, whole, after)) = tag(from) {
            match replacement(&tag) {
                Replacement::Nothing => {}
                Replacement::LineEnd => out.push('\n'),
                Replacement::Itself => out.push_str(whole),
            }
            rest = if is_unseen(&tag) { after_end(after, tag.name) } else { after };
        } else {
            out.push('<');
            rest = from.strip_prefix('<').unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The tag at the beginning, all of its text, and what follows.
fn tag(from: &str) -> Option<(Tag<'_>, &str, &str)> {
    let inner = from.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        return None;
    }
    let reach = inner.get(..inner.floor_char_boundary(4096)).unwrap_or(inner);
    let end = reach.find('>')?;
    let (content, after) = (inner.get(..end)?, inner.get(end + 1..)?);
    let name_end = content.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(content.len());
    let (name, attributes) = content.split_at_checked(name_end)?;
    let whole = from.get(..from.len() - after.len())?;
    Some((Tag { name, closes, attributes }, whole, after))
}

fn is_unseen(tag: &Tag<'_>) -> bool {
    let hidden = tag.attributes.contains("display:none") || tag.attributes.contains("display: none");
    !tag.closes && (hidden || UNREAD.iter().any(|name| tag.name.eq_ignore_ascii_case(name)))
}

/// What follows the end tag of an element; everything, when it has none.
fn after_end<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = after;
    }
    text
}

/// A text with its character references resolved, the unknown ones left as they are.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('&').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let reach = from.get(..from.floor_char_boundary(34)).unwrap_or(from);
        let found = reach.split_once(';').and_then(|(name, _)| Some((character(name)?, name.len() + 1)));
        let (resolved, length) = found.unwrap_or((Cow::Borrowed("&"), 1));
        out.push_str(&resolved);
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What `&name`, `&#20013` or `&#x4e2d` stands for.
fn character(reference: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = reference.strip_prefix("&#") {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).map(|c| Cow::Owned(c.to_string()));
    }
    let named = entities::ENTITIES.iter().find(|entity| entity.entity.strip_suffix(';') == Some(reference));
    named.map(|entity| Cow::Borrowed(entity.characters))
}
