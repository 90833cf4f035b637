//! YAML as people write it. The only place that knows `serde_yaml`.

use super::entries::{self, Entry};
use super::{Format, Value, lines, plain};
use crate::post::{Problem, ProblemKind};

/// Deeper brackets than this are an attack: the parser takes quadratic time for them.
const MAX_DEPTH: usize = 32;

/// Reads a block strictly when it can be, else each entry as strictly as it can be, else line by line.
pub(super) fn read(block: &str, small: bool, problems: &mut Vec<Problem>) -> Vec<(String, Value)> {
    let strict = if small { strict(block) } else { None };
    let mut entries = match strict {
        Some(entries) => entries,
        None => repaired(block, small, problems),
    };
    if has_lossy(&entries, block) {
        restore(&mut entries, block);
    }
    report_duplicates(&entries, problems);
    entries
}

/// What the parser makes of a block, if it takes it and the block is a map (or nothing).
fn strict(block: &str) -> Option<Vec<(String, Value)>> {
    let says_nothing = |line: &str| line.trim().is_empty() || line.starts_with('#');
    if block.lines().all(says_nothing) {
        return Some(Vec::new());
    }
    if let Some(entries) = plain::read(block) {
        return Some(entries);
    }
    if is_tame(block) { parse(block) } else { None }
}

/// What the parser makes of a block that is tame.
pub(super) fn parse(block: &str) -> Option<Vec<(String, Value)>> {
    match serde_yaml::from_str(block).ok()? {
        Value::Map(entries) => Some(entries),
        Value::Null => Some(Vec::new()),
        _ => None,
    }
}

/// No nesting that takes the parser long, and no aliases, which can grow a small block into gigabytes.
fn is_tame(block: &str) -> bool {
    let mut depth = 0usize;
    let (mut anchor, mut alias) = (false, false);
    let mut before = ' ';
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = !before.is_alphanumeric() && chars.peek().is_some_and(|c| c.is_alphanumeric());
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '&' => anchor |= begins,
            '*' => alias |= begins,
            _ => {}
        }
        if depth > MAX_DEPTH || (anchor && alias) {
            return false;
        }
        before = c;
    }
    true
}

fn repaired(block: &str, small: bool, problems: &mut Vec<Problem>) -> Vec<(String, Value)> {
    let mut bad = Vec::new();
    let entries = entries::split(block, Format::Yaml)
        .iter()
        .map(|entry| {
            let read = if small { strict_entry(entry) } else { None };
            let value = read.unwrap_or_else(|| {
                bad.push(entry.key);
                lines::value(entry)
            });
            (entry.key.to_owned(), value)
        })
        .collect();
    problems.push(Problem::new(ProblemKind::FrontMatterRepaired, &bad.join(", ")));
    entries
}

/// One entry by the parser, which wants blanks where some editors put tabs, and no stray lines at the margin.
fn strict_entry(entry: &Entry<'_>) -> Option<Value> {
    let mut entries = strict(entry.raw).or_else(|| strict(&tidied(entry.raw)))?;
    let (_, value) = entries.pop()?;
    entries.is_empty().then_some(value)
}

fn tidied(entry: &str) -> String {
    let belongs = |line: &&str| line.starts_with([' ', '\t', '-', ']', '}', '"', '\'']);
    let mut lines = entry.lines();
    let first = lines.next().into_iter();
    first.chain(lines.filter(belongs)).map(|line| line.replace('\t', "  ") + "\n").collect()
}

/// Whether the parser may have lost something that [`restore`] can bring back.
fn has_lossy(entries: &[(String, Value)], block: &str) -> bool {
    block.contains(" #") || entries.iter().any(|(key, value)| is_lossy(key, value))
}

fn is_lossy(key: &str, value: &Value) -> bool {
    match value {
        Value::Scalar(_) => true,
        Value::List(items) => items.iter().any(|item| matches!(item, Value::Scalar(_))) || is_title(key),
        Value::Map(_) => is_title(key),
        Value::Null | Value::Text(_) => false,
    }
}

fn is_title(key: &str) -> bool {
    key.eq_ignore_ascii_case("title")
}

/// Puts back what YAML takes away: numbers get the form they have in the file, a title in brackets is text,
/// and a hashtag does not end a text as a comment would.
fn restore(entries: &mut [(String, Value)], block: &str) {
    for entry in entries::split(block, Format::Yaml) {
        let Some((key, value)) = entries.iter_mut().find(|(key, _)| key == entry.key) else { continue };
        if is_title(key) && matches!(value, Value::List(_) | Value::Map(_)) {
            *value = Value::Text(lines::without_comment(entry.head).to_owned());
        } else if is_lossy(key, value) || has_hashtag(&entry, value) {
            *value = lines::value(&entry);
        }
    }
}

/// Whether the text of an entry goes on after a ` #` that is no comment.
fn has_hashtag(entry: &Entry<'_>, value: &Value) -> bool {
    let whole = lines::without_comment(entry.head);
    match value {
        Value::Text(text) => whole.len() > text.len() && whole.starts_with(text.as_str()),
        Value::Null => !whole.is_empty() && whole.starts_with('#'),
        _ => false,
    }
}

fn report_duplicates(entries: &[(String, Value)], problems: &mut Vec<Problem>) {
    for (n, (key, _)) in entries.iter().enumerate() {
        if entries.iter().take(n).any(|(earlier, _)| earlier == key) {
            problems.push(Problem::new(ProblemKind::DuplicateKey, key));
        }
    }
}
