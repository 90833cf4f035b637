//! What the word at the cursor may become.

use super::field::names;
use super::lex::{Kind, Token, Value, tokens};
use super::print::in_quotes;
use super::{Field, fold};
use std::ops::Range;

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that are replaced, up to the cursor.
    pub range: Range<usize>,
    /// What stands there then: `source:`, `"新浪财经"`, `unread`.
    pub text: String,
}

/// How the text may go on at the cursor, a byte: with the name of a field, or with one of its values. `values` gives
/// those of a source, category, tag, stock (its symbol) or saved query that fit what has been typed of it.
pub fn complete(text: &str, cursor: usize, values: &dyn Fn(Field, &str) -> Vec<String>) -> Vec<Completion> {
    let Some(before) = text.get(..cursor) else { return Vec::new() };
    let last = tokens(before).last().filter(|token| token.range.end == cursor);
    match last {
        Some(Token { kind: Kind::Field(field, value), .. }) => of_field(field, value, cursor, values),
        Some(Token { kind: Kind::Text(word), .. }) if !word.quoted && !word.with_variants => {
            of_name(&word.text, word.range)
        }
        Some(Token { kind: Kind::Open | Kind::Not | Kind::Or, .. }) | None => of_name("", cursor..cursor),
        Some(_) => Vec::new(),
    }
}

/// The names that begin so; before the first letter only the English ones.
fn of_name(begun: &str, range: Range<usize>) -> Vec<Completion> {
    let begun = fold(begun);
    let fits = |name: &&str| name.starts_with(&begun) && (name.is_ascii() || !begun.is_empty());
    let names = names().map(|(_, name)| name).filter(fits);
    names.map(|name| Completion { range: range.clone(), text: format!("{name}:") }).collect()
}

fn of_field(
    field: Field,
    value: Option<Value>,
    cursor: usize,
    values: &dyn Fn(Field, &str) -> Vec<String>,
) -> Vec<Completion> {
    let (begun, range) = value.map_or((String::new(), cursor..cursor), |value| (value.text, value.range));
    let begins = |name: &&str| name.starts_with(&fold(&begun));
    let texts: Vec<String> = match field {
        Field::Is | Field::Has => {
            let fitting = |names: &&[&'static str]| names.iter().find(|name| begins(name)).copied();
            field.choices().iter().filter_map(fitting).map(str::to_owned).collect()
        }
        Field::Newer | Field::Older => {
            ["1d", "7d", "1m", "1y"].iter().filter(|name| begins(name)).map(ToString::to_string).collect()
        }
        Field::Source | Field::Category | Field::Tag | Field::Saved => {
            values(field, &begun).iter().map(|value| in_quotes(value)).collect()
        }
        Field::Code => values(field, &begun),
        Field::Title | Field::Date => Vec::new(),
    };
    texts.into_iter().map(|text| Completion { range: range.clone(), text }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with every completion that is offered at `^`.
    fn completed(text: &str) -> Vec<String> {
        let cursor = text.find('^').unwrap();
        let text = text.replace('^', "");
        let values = |field: Field, begun: &str| match field {
            Field::Source => {
                let sources = ["潮信财报", "Bay \"Wire\""].into_iter();
                sources.filter(|source| source.contains(begun)).map(str::to_owned).collect()
            }
            Field::Code => vec!["600519.SH".to_owned()],
            other => panic!("nobody asks for {other:?}"),
        };
        let completions = complete(&text, cursor, &values);
        let replaced = |it: Completion| {
            let mut text = text.clone();
            text.replace_range(it.range, &it.text);
            text
        };
        completions.into_iter().map(replaced).collect()
    }

    #[test]
    fn names_and_values_are_offered() {
        for (text, expected) in [
            ("甲 so^", &["甲 source:"][..]),
            ("-(T^ 乙", &["-(title: 乙", "-(tag: 乙"]),
            ("来^", &["来源:"]),
            ("來^", &["来源:"]),
            ("甲^", &[]),
            ("~so^", &[]),
            ("\"so^\"", &[]),
            ("source:^", &["source:\"潮信财报\"", "source:\"Bay \\\"Wire\\\"\""]),
            ("来源：潮^", &["来源：\"潮信财报\""]),
            ("source:\"潮^", &["source:\"潮信财报\""]),
            ("source:潮^信", &["source:\"潮信财报\"信"]),
            ("代码：^", &["代码：600519.SH"]),
            ("is:^", &["is:unread", "is:read", "is:bookmarked"]),
            ("-is:U^", &["-is:unread"]),
            ("状态：未^", &["状态：未读"]),
            ("has:im^", &["has:image"]),
            ("newer:7^", &["newer:7d"]),
            ("date:20^", &[]),
            ("sourse:^", &[]),
        ] {
            assert_eq!(completed(text), expected, "{text}");
        }
        assert_eq!(completed("^").len(), 11);
        assert_eq!(completed("甲 OR ^").len(), 11);
        assert_eq!(complete("甲", 1, &|_, _| Vec::new()), [], "within a character");
    }
}
