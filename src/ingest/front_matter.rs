//! The block of keys at the head of a post.

mod entries;
mod lines;
mod plain;
mod split;
mod value;
mod yaml;

pub(super) use value::Value;

use crate::post::{Problem, ProblemKind};

/// A larger block is no front matter that anybody wrote; it is read line by line, which is linear.
const MAX_BLOCK: usize = 16 << 10;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// One object, or what stands in it before `;;;`.
    Json,
}

/// Keys and values in the order of the file.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    entries: Vec<(String, Value)>,
}

impl FrontMatter {
    /// The value of a key in any letter case. Where a key stands twice, the last one counts.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// Gives a key the text that stands elsewhere, unless it has a value.
    pub(super) fn supply(&mut self, key: &str, text: &str) {
        if self.get(key).is_none() {
            self.entries.push((key.to_owned(), Value::Text(text.to_owned())));
        }
    }

    /// The text of a key that has one.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::text)
    }
}

/// Takes the front matter off a text: what it says and the text after it.
pub(super) fn read<'t>(text: &'t str, problems: &mut Vec<Problem>) -> (FrontMatter, &'t str) {
    let Some(parts) = split::split(text) else {
        return (FrontMatter::default(), text);
    };
    if !parts.closed {
        problems.push(Problem::new(ProblemKind::FrontMatterUnclosed, ""));
    }
    (read_block(parts.format, parts.block, problems), parts.body)
}

/// Reads a block without its fences: front matter, or a site's configuration.
pub(super) fn read_block(format: Format, block: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    let small = block.len() <= MAX_BLOCK;
    let strict = match format {
        Format::Yaml => return FrontMatter { entries: yaml::read(block, small, problems) },
        Format::Toml if small => toml::from_str::<Value>(block).ok(),
        Format::Json if small => json(block),
        Format::Toml | Format::Json => None,
    };
    let entries = strict.map_or_else(|| by_line(block, format, problems), Value::into_entries);
    FrontMatter { entries }
}

fn by_line(block: &str, format: Format, problems: &mut Vec<Problem>) -> Vec<(String, Value)> {
    problems.push(Problem::new(ProblemKind::FrontMatterRepaired, ""));
    entries::split(block, format).iter().map(|entry| (entry.key.to_owned(), lines::value(entry))).collect()
}

/// Hexo leaves out the braces.
fn json(block: &str) -> Option<Value> {
    let block = block.trim();
    if block.starts_with('{') {
        return serde_json::from_str(block).ok();
    }
    serde_json::from_str(&format!("{{{}}}", block.trim_end_matches(','))).ok()
}

#[cfg(test)]
mod tests;
