//! What a post is called.

mod heading;
mod plain;

use super::front_matter::FrontMatter;
use super::{date, name};
use crate::post::{Markup, Problem, ProblemKind, SafeText};
use unicode_segmentation::UnicodeSegmentation;

/// A title from the text is cut here, in graphemes.
const FROM_TEXT: usize = 80;
/// No title is longer than this, in graphemes.
const LONGEST: usize = 400;
/// How far into a text a heading or a first line is looked for, in bytes.
const REACH: usize = 64 << 10;

/// The title of a post: the front matter's, else the page's, else the first heading, else the first line of the
/// text, else the file's name. A problem is noted when a title key holds nothing, or the name had to do.
pub(super) fn find(
    front: &FrontMatter,
    page_title: Option<&str>,
    (text, markup): (&str, Markup),
    parts: &[String],
    problems: &mut Vec<Problem>,
) -> SafeText {
    let head = text.get(..text.floor_char_boundary(REACH)).unwrap_or(text);
    let written = front.text("title").map(plain::title).and_then(|title| cut(&title, LONGEST));
    if let Some(title) = written {
        return title;
    }
    let is_empty = front.get("title").is_some();
    let in_text = page_title
        .and_then(|title| cut(&plain::title(title), LONGEST))
        .or_else(|| heading::first(head, markup).and_then(|title| cut(&title, LONGEST)))
        .or_else(|| plain::first_line(head, markup).and_then(|line| cut(&line, FROM_TEXT)));
    if is_empty || in_text.is_none() {
        problems.push(Problem::new(ProblemKind::NoTitle, ""));
    }
    in_text.unwrap_or_else(|| of_file(parts))
}

/// The name of a file, without the date and the ending, as a title; a bundle's `index.md` is called by its folder.
pub(super) fn of_file(parts: &[String]) -> SafeText {
    let mut names = parts.iter().rev();
    let file = names.next().map_or("", |name| date::without_date(name));
    let folder =
        names.next().filter(|_| matches!(file, "index" | "_index")).map(|name| date::without_date(name));
    let title = cut(folder.unwrap_or(file), LONGEST);
    // A name of nothing but blanks or invisible characters is still a name.
    title.unwrap_or_else(|| SafeText::from(name::UNNAMED))
}

/// One safe line of at most so many graphemes; `None` when nothing visible remains.
fn cut(text: &str, most: usize) -> Option<SafeText> {
    // A grapheme of a safe text holds few characters, so this much suffices.
    let text = text.char_indices().nth(most * 16).and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let label = SafeText::label(text);
    let visible =
        label.chars().any(|c| !c.is_whitespace() && unicode_width::UnicodeWidthChar::width(c) != Some(0));
    if !visible {
        return None;
    }
    // Graphemes are never more than bytes, and finding them takes time.
    let end = if label.len() > most { label.grapheme_indices(true).nth(most) } else { None };
    match end {
        Some((at, _)) => label.get(..at).map(|start| SafeText::label(&format!("{start}…"))),
        None => Some(label),
    }
}

#[cfg(test)]
mod tests;
