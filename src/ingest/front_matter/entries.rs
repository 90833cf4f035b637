//! Front matter cut into its keys, without reading the values.

use super::Format;

/// A key at the left margin and the lines that belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// Without quotes.
    pub(super) key: &'t str,
    /// What stands behind the key on its line, trimmed.
    pub(super) head: &'t str,
    /// The lines up to the next key.
    pub(super) rest: &'t str,
    /// All of it, as it stands in the block.
    pub(super) raw: &'t str,
}

/// Keys after which a forgotten blank (`title:x`) or a full-width colon (`title：x`) is still a colon.
const KNOWN: [&str; 14] = [
    "title",
    "date",
    "tags",
    "tag",
    "categories",
    "category",
    "layout",
    "author",
    "authors",
    "updated",
    "permalink",
    "source",
    "url",
    "slug",
];

/// No front matter has more keys than this; comparing each with each must end.
const MOST: usize = 1000;

/// Whether a key is one that blogs use.
fn is_known(key: &str) -> bool {
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Cuts a block into its entries. Lines before the first key belong to none.
pub(super) fn split(block: &str, format: Format) -> Vec<Entry<'_>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        if starts.len() == MOST {
            break;
        }
        if let Some((key, head)) = key(line, format) {
            starts.push((at, at + line.len(), key, head));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|&(start, ..)| start).chain([block.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&(start, next_line, key, head), end)| Entry {
            key,
            head,
            rest: block.get(next_line..end).unwrap_or_default(),
            raw: block.get(start..end).unwrap_or_default(),
        })
        .collect()
}

/// The key of a line that begins with one, and what stands behind it.
pub(super) fn key(line: &str, format: Format) -> Option<(&str, &str)> {
    let line = match format {
        Format::Yaml if line.starts_with(char::is_whitespace) => return None,
        Format::Yaml => line,
        Format::Toml | Format::Json => line.trim_start(),
    };
    let (key, head) = match format {
        Format::Toml => line.split_once('=')?,
        Format::Yaml | Format::Json => colon(line)?,
    };
    let key = key.trim();
    let key = key.strip_prefix(['"', '\'']).and_then(|key| key.strip_suffix(['"', '\''])).unwrap_or(key);
    is_name(key).then(|| (key, head.trim()))
}

/// A line around its first colon, if a blank or the line's end follows it, as YAML wants it, or if the key is
/// quoted or known.
fn colon(line: &str) -> Option<(&str, &str)> {
    let (key, head) = line.split_once([':', '：'])?;
    let full_width = line.get(key.len()..).is_some_and(|at| at.starts_with('：'));
    let spaced = head.is_empty() || head.starts_with(char::is_whitespace);
    let quoted = key.ends_with('"') && key.starts_with('"');
    ((spaced && !full_width) || quoted || is_known(key.trim())).then_some((key, head))
}

fn is_name(key: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '$' | '@' | '/');
    (1..=64).contains(&key.len()) && key.chars().all(fits) && !key.starts_with("- ")
}
