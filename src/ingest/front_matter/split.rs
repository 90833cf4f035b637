//! Where front matter begins and ends.

use super::{Format, MAX_BLOCK, entries};

/// A text in its two parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    pub(super) format: Format,
    /// What stands between the fences.
    pub(super) block: &'t str,
    /// What stands after them; the whole text when the block is not closed.
    pub(super) body: &'t str,
    pub(super) closed: bool,
}

/// Finds front matter at the head of a text. A rule (`---`) at the head is none, unless keys follow.
pub(super) fn split(text: &str) -> Option<Parts<'_>> {
    let start = text.trim_start();
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    let first = first.trim_end();
    match first {
        "+++" => toml(rest),
        ";;;" => json_fenced(rest),
        _ if first.len() >= 3 && first.bytes().all(|b| b == b'-') => yaml(text, rest, first),
        _ if start.starts_with('{') => json_object(start),
        _ => unopened(start),
    }
}

fn yaml<'t>(text: &'t str, rest: &'t str, fence: &str) -> Option<Parts<'t>> {
    let closes = |line: &str| line == fence || line == "---" || line == "...";
    let found = until(rest, closes);
    let block = found.map_or(rest, |(block, _)| block);
    let is_empty = found.is_some() && block.trim().is_empty();
    if !is_empty && !begins_with_key(block) {
        return None;
    }
    Some(match found {
        Some((block, body)) => Parts { format: Format::Yaml, block, body, closed: true },
        // The keys up to the first empty line are still worth reading, but all of the text stays.
        None => Parts { format: Format::Yaml, block: first_paragraph(rest), body: text, closed: false },
    })
}

fn toml(rest: &str) -> Option<Parts<'_>> {
    let (block, body) = until(rest, |line| line == "+++")?;
    Some(Parts { format: Format::Toml, block, body, closed: true })
}

fn json_fenced(rest: &str) -> Option<Parts<'_>> {
    let (block, body) = until(rest, |line| line == ";;;")?;
    Some(Parts { format: Format::Json, block, body, closed: true })
}

/// An object that fills its last line, as Hugo writes it. Liquid's `{{` and `{%` begin no object.
fn json_object(start: &str) -> Option<Parts<'_>> {
    let mut object = serde_json::Deserializer::from_str(start).into_iter::<serde::de::IgnoredAny>();
    object.next()?.ok()?;
    let (block, body) = start.split_at_checked(object.byte_offset())?;
    let (end_of_line, body) = body.split_once('\n').unwrap_or((body, ""));
    let is_alone = end_of_line.trim().is_empty() && block.contains(':');
    is_alone.then_some(Parts { format: Format::Json, block, body, closed: true })
}

/// Hexo's old style: keys, then a `---` or `;;;` line; or Pelican's: keys, then an empty line. Only if every line
/// before it can be one of front matter, because `word\n---` is a heading in Markdown, and some keys are telling.
fn unopened(start: &str) -> Option<Parts<'_>> {
    let first = start.lines().next()?;
    entries::key(first, Format::Yaml)?;
    let head = start.get(..start.floor_char_boundary(MAX_BLOCK)).unwrap_or(start);
    let closed_by = |fence: &'static str| until(head, move |line| line == fence).map(|(block, _)| block);
    let (format, block) = if let Some(block) = closed_by(";;;") {
        (Format::Json, block)
    } else if let Some(block) = closed_by("---").filter(|block| telling_keys(block) >= 1) {
        (Format::Yaml, block)
    } else {
        (Format::Yaml, closed_by("").filter(|block| telling_keys(block) >= 2)?)
    };
    let belongs = |line: &str| line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#']);
    let fits = |line: &str| belongs(line) || entries::key(line, format).is_some();
    let body = start.get(block.len()..)?.split_once('\n').map_or("", |(_, body)| body);
    block.lines().all(fits).then_some(Parts { format, block, body, closed: true })
}

/// How many of the keys are such as only front matter begins with.
fn telling_keys(block: &str) -> usize {
    const TELLING: [&str; 6] = ["title", "date", "layout", "tags", "category", "categories"];
    let is_telling = |key: &str| TELLING.iter().any(|known| known.eq_ignore_ascii_case(key));
    entries::split(block, Format::Yaml).iter().filter(|entry| is_telling(entry.key)).count()
}

/// The text before the first line that closes, and the text after that line.
fn until(text: &str, closes: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if closes(line.trim_end()) {
            return Some((text.get(..at)?, text.get(next..)?));
        }
        at = next;
    }
    None
}

fn begins_with_key(block: &str) -> bool {
    let first = block.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| entries::key(line.trim_start(), Format::Yaml).is_some())
}

fn first_paragraph(text: &str) -> &str {
    until(text, str::is_empty).map_or(text, |(paragraph, _)| paragraph)
}
