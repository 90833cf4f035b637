//! Headings in a text.

use super::plain;
use crate::post::Markup;

/// A title is among the first so many headings of a text, or there is none.
const MOST: usize = 20;

/// A heading as it is written, and its level.
struct Heading<'t> {
    level: usize,
    text: &'t str,
}

/// The words of the first heading of the first level, else of the first heading.
pub(super) fn first(head: &str, markup: Markup) -> Option<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let candidates = match markup {
        Markup::Markdown => markdown(head),
        Markup::Html | Markup::Plain => Vec::new(),
    };
    for heading in html(head).into_iter().chain(candidates) {
        let words = plain::inline(heading.text, markup);
        if words.chars().any(char::is_alphanumeric) {
            found.push((heading.level, words));
        }
    }
    let at = found.iter().position(|&(level, _)| level == 1).unwrap_or(0);
    (at < found.len()).then(|| found.swap_remove(at).1)
}

/// `# 题` and underlined headings outside of code. The first of the first level ends the search.
fn markdown(head: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut fence = None;
    let mut before = "";
    for line in head.lines() {
        let heading = if toggles(&mut fence, line) || fence.is_some() {
            None
        } else {
            hashes(line).or_else(|| underlined(before, line))
        };
        before = if fence.is_some() || heading.is_some() { "" } else { line };
        let Some(heading) = heading else { continue };
        let is_first_level = heading.level == 1;
        found.push(heading);
        if is_first_level || found.len() == MOST {
            break;
        }
    }
    found
}

/// Whether a line opens or closes a code block.
fn toggles(fence: &mut Option<char>, line: &str) -> bool {
    let line = line.trim_start();
    let Some(mark) =
        ['`', '~'].into_iter().find(|&mark| line.chars().take(3).filter(|&c| c == mark).count() == 3)
    else {
        return false;
    };
    match fence {
        Some(open) if *open != mark => return false,
        Some(_) => *fence = None,
        None => *fence = Some(mark),
    }
    true
}

/// `## 题 ##`; also `#题`, which CommonMark takes for text but Chinese authors often write.
fn hashes(line: &str) -> Option<Heading<'_>> {
    let trimmed = line.trim_start_matches(' ');
    if line.len() - trimmed.len() > 3 {
        return None;
    }
    let text = trimmed.trim_start_matches('#');
    let level = trimmed.len() - text.len();
    let begins =
        text.chars().next().is_none_or(|c| c.is_whitespace() || (!c.is_ascii() && c.is_alphanumeric()));
    let text = text.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && begins).then_some(Heading { level, text })
}

/// A line of text over `===` or `---`.
fn underlined<'t>(text: &'t str, line: &str) -> Option<Heading<'t>> {
    let line = line.trim_end();
    let level = match line.as_bytes() {
        [b'=', b'=', ..] if line.bytes().all(|b| b == b'=') => 1,
        [b'-', b'-', b'-', ..] if line.bytes().all(|b| b == b'-') => 2,
        _ => return None,
    };
    let is_text = !text.trim().is_empty()
        && !text.starts_with(['>', '-', '*', '|', '<', '\t'])
        && !text.starts_with("    ");
    is_text.then_some(Heading { level, text: text.trim() })
}

/// `<h1>…</h1>` to `<h6>`.
fn html(head: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut rest = head;
    while let Some((_, after)) = rest.split_once('<')
        && found.len() < MOST
    {
        rest = after;
        if let Some(level) = level_of(after)
            && let Some(text) = inner(after, level)
        {
            found.push(Heading { level, text });
        }
    }
    found
}

fn level_of(tag: &str) -> Option<usize> {
    let digit = tag.strip_prefix(['h', 'H'])?.chars().next()?.to_digit(10)?;
    let ends = tag.get(2..)?.starts_with(|c: char| c == '>' || c.is_whitespace());
    (ends && (1..=6).contains(&digit)).then_some(digit as usize)
}

/// The text between the heading's start tag and its end tag.
fn inner(after: &str, level: usize) -> Option<&str> {
    let (_, inner) = after.split_once('>')?;
    let inner = inner.get(..inner.floor_char_boundary(4096))?;
    let (lower, upper) = (format!("</h{level}"), format!("</H{level}"));
    let end = inner.find(&lower).or_else(|| inner.find(&upper))?;
    inner.get(..end)
}
