//! The reader that cannot fail: one entry, line by line.

use super::Value;
use super::entries::Entry;

/// What an entry says: text, an inline list, a list of `- item` lines, or a block of text. Nested maps, which no
/// key that finews reads needs, come out as text.
pub(super) fn value(entry: &Entry<'_>) -> Value {
    let head = without_comment(entry.head.trim_end_matches(',').trim());
    if is_block_mark(head) {
        return text(folded(entry.rest));
    }
    if head.starts_with('[') {
        let whole = format!("{head}\n{}", entry.rest);
        if let Some((inner, _)) = whole.strip_prefix('[').and_then(|list| list.rsplit_once(']'))
            && whole.trim_end().ends_with(']')
        {
            return Value::List(inline_items(inner));
        }
    }
    if !head.is_empty() {
        let goes_on = is_open_quote(head);
        return text(if goes_on {
            unquoted(&format!("{head} {}", folded(entry.rest)))
        } else {
            unquoted(head)
        });
    }
    let items: Vec<Value> = entry.rest.lines().filter_map(item).collect();
    if items.is_empty() { text(folded(entry.rest)) } else { Value::List(items) }
}

fn text(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" => Value::Null,
        _ => Value::Text(text),
    }
}

/// `|`, `>` and their variants announce a block of text on the next lines.
fn is_block_mark(head: &str) -> bool {
    head.starts_with(['|', '>']) && head.len() <= 3 && head.chars().skip(1).all(|c| "+-123456789".contains(c))
}

/// One `- item` line.
fn item(line: &str) -> Option<Value> {
    let item = line.trim().strip_prefix('-')?;
    let item = if item.is_empty() { item } else { item.strip_prefix(char::is_whitespace)? };
    Some(text(unquoted(without_comment(item.trim()))))
}

fn folded(lines: &str) -> String {
    lines.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The items between the brackets of an inline list; a comma inside quotes does not part them.
fn inline_items(inner: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut quote = None;
    let mut item = String::new();
    for c in inner.chars() {
        match (quote, c) {
            (None, ',' | '，') => items.push(text(unquoted(std::mem::take(&mut item).trim()))),
            (None, '"' | '\'') if item.trim().is_empty() => {
                quote = Some(c);
                item.push(c);
            }
            (open, c) => {
                quote = open.filter(|&open| open != c);
                item.push(c);
            }
        }
    }
    items.push(text(unquoted(item.trim())));
    items.retain(|item| *item != Value::Null);
    items
}

/// Cuts a YAML comment: ` #` and then a blank. `快讯 #A股#` is no comment, whatever YAML says: the author meant
/// it to be read.
pub(super) fn without_comment(head: &str) -> &str {
    if head.starts_with(['"', '\'']) {
        return head;
    }
    if head.starts_with("# ") || head == "#" {
        return "";
    }
    let cut = head.match_indices(" #").find(|(at, mark)| {
        let after = head.get(at + mark.len()..).unwrap_or_default();
        after.is_empty() || after.starts_with(char::is_whitespace)
    });
    cut.and_then(|(at, _)| head.get(..at)).unwrap_or(head).trim_end()
}

/// A quotation mark that is not closed on its line.
fn is_open_quote(head: &str) -> bool {
    ['"', '\''].iter().any(|&quote| head.strip_prefix(quote).is_some_and(|rest| !rest.contains(quote)))
}

/// Takes off the quotation marks around a text, and the escapes that they asked for. `"甲" and "乙"` is no
/// quoted text, though it begins and ends like one; `"甲 "乙" 丙"` is one whose author forgot the escapes.
fn unquoted(text: &str) -> String {
    for quote in ['"', '\''] {
        let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) else {
            continue;
        };
        let closes = |(at, _): (usize, &str)| {
            let (before, after) = inner.split_at_checked(at)?;
            let escaped = before.ends_with('\\') && quote == '"';
            (!escaped).then(|| after.chars().nth(1).is_some_and(char::is_whitespace))
        };
        if inner.match_indices(quote).find_map(closes) == Some(true) {
            return text.to_owned();
        }
        return match quote {
            '"' => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
            _ => inner.replace("''", "'"),
        };
    }
    text.to_owned()
}
