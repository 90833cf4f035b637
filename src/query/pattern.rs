//! Patterns between slashes.

mod required;

use super::{Plan, fold_char};
use regex::{Regex, RegexBuilder};

/// The most memory that one pattern may take, in bytes: it is matched against a hundred thousand texts.
const LARGEST: usize = 1 << 20;

/// A regular expression, ready to be matched. Two are equal when they are written the same.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Reads a regular expression that is matched against folded texts ([`fold`](super::fold)); case does not count,
    /// `^` and `$` are the ends of a line. A slash may have a backslash before it, as between slashes, and full-width
    /// signs stand for themselves. Its own characters are folded too, but for those beside a hyphen.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub fn new(source: &str) -> Result<Self, String> {
        let regex = RegexBuilder::new(&plain(source))
            .case_insensitive(true)
            .multi_line(true)
            .size_limit(LARGEST)
            .dfa_size_limit(LARGEST)
            .build();
        regex.map(Self).map_err(|error| reason(&error))
    }

    /// How it was written, but for what [`Pattern::new`] does to it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is found in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// What the index can tell of the texts that it may match, and then the pattern itself.
    pub(super) fn plan(self) -> Plan {
        let mut plans = required::plans(self.as_str());
        if plans.is_empty() {
            return Plan::Pattern(self);
        }
        plans.push(Plan::Pattern(self));
        Plan::And(plans)
    }

    /// The expression itself.
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

fn plain(source: &str) -> String {
    let mut plain = String::with_capacity(source.len());
    let mut chars = source.chars();
    let mut previous = None;
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some('/')) => {}
            ('\\', Some(next)) => {
                plain.extend([c, next]);
                chars.next();
            }
            // Maybe the ends of a range, which holds what it holds: `[一-龥]`.
            (_, Some('-')) => plain.push(c),
            _ if c.is_ascii() || previous == Some('-') => plain.push(c),
            // As in the folded text; it may be a sign that means something else when it is narrow.
            _ => plain.push_str(&regex::escape(fold_char(c).encode_utf8(&mut [0; 4]))),
        }
        previous = Some(c);
    }
    plain
}

/// The last line of what the crate says; those before it draw the place.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => {
            let said = other.to_string();
            let last = said.lines().last().unwrap_or_default();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_disregard_case_and_have_a_size() {
        let pattern = Pattern::new("^a股.+etf$").unwrap();
        assert!(pattern.is_match("甲\nA股 ETF\n乙") && !pattern.is_match("A股\nETF"));
        let wide = Pattern::new("（Ａ股[＊＋]）\\/").unwrap();
        assert!(wide.is_match("(a股*)/") && Pattern::new(wide.as_str()).unwrap() == wide);
        let traditional = Pattern::new("^證券[裏內][一-龥]").unwrap();
        assert!(traditional.is_match("证券里业") && traditional.as_str() == "^证券[里内][一-龥]");
        assert_eq!(Pattern::new("(").unwrap_err(), "unclosed group");
        assert_eq!(Pattern::new(r"\w{1000}{1000}").unwrap_err(), "it is too large");
    }
}
