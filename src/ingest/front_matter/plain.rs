//! YAML of the plainest kind, which nearly all posts have: one line a key, and behind it nothing, a text in double
//! quotes or a text without any. Reading it by lines takes a tenth of the parser's time, which was half of the time of
//! reading an archive. Whatever might mean anything else is left to the parser.

use super::Value;

/// What stands in a block, exactly as the parser reads it; `None` when that takes a parser.
pub(super) fn read(block: &str) -> Option<Vec<(String, Value)>> {
    let lines = block.split('\n').filter(|line| !line.is_empty());
    let entries = lines.map(entry).collect::<Option<Vec<_>>>()?;
    (!entries.is_empty()).then_some(entries)
}

fn entry(line: &str) -> Option<(String, Value)> {
    let (key, value) = line.split_once(':')?;
    let is_plain = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !is_plain || key.is_empty() || may_be_special(key) {
        return None;
    }
    let value = if value.is_empty() { value } else { value.strip_prefix(' ')? };
    Some((key.to_owned(), self::value(value.trim_matches(' '))?))
}

fn value(text: &str) -> Option<Value> {
    if text.is_empty() {
        return Some(Value::Null);
    }
    if !text.chars().all(is_printable) {
        return None;
    }
    if let Some(inner) = text.strip_prefix('"') {
        let inner = inner.strip_suffix('"').filter(|inner| !inner.contains(['"', '\\']))?;
        return Some(Value::Text(inner.to_owned()));
    }
    let is_text = text.starts_with(char::is_alphabetic) && !may_be_special(text);
    let ends_early = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    ((is_text || is_date(text)) && !ends_early).then(|| Value::Text(text.to_owned()))
}

/// Words that are no texts in one version of YAML or another.
fn may_be_special(text: &str) -> bool {
    const SPECIAL: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.len() <= 5 && SPECIAL.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A day, perhaps with a time: no number is written with a hyphen behind its fourth digit.
fn is_date(text: &str) -> bool {
    let (year, rest) = text.split_at_checked(4).unwrap_or_default();
    year.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with('-')
        && rest.bytes().all(|b| b.is_ascii_digit() || b"-:+ .TZ".contains(&b))
}

/// What the parser takes as it is, wherever it stands.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{2027}' | '\u{2030}'..='\u{d7ff}' | '\u{f900}'..='\u{fefe}' | '\u{ff00}'..='\u{ffef}')
        && c != '\u{ad}'
}

#[cfg(test)]
mod tests {
    use super::super::yaml::parse;
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Z0-9甲乙：\"'\\\\#:,.&*!|>%@`\\[\\]{}~+_ \t-]{0,12}",
            "\"[a-z甲乙#: ]{0,8}\"",
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[ T:0-9+.Z]{0,12}",
            prop::sample::select(vec![
                "true", "No", "null", "~", "0x1f", "1e5", ".inf", "NaN", "甲: 乙", "甲 #乙"
            ])
            .prop_map(str::to_owned),
            "\\PC{0,8}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_read_is_what_the_parser_reads(
            lines in proptest::collection::vec(("(title|date|tags|a_b|on|null|T|甲)", " ?", value()), 1..5),
        ) {
            let lines: Vec<String> =
                lines.iter().map(|(key, blank, value)| format!("{key}:{blank}{value}")).collect();
            let block = lines.join("\n");
            if let Some(entries) = read(&block) {
                prop_assert_eq!(parse(&block), Some(entries), "{}", block);
            }
        }
    }

    #[test]
    fn the_front_matter_of_news_takes_no_parser() {
        let block = "layout: post\ntitle: \"快讯：甲\"\ndate: 2021-12-08 10:46:18 +0800\ncategories: emnews\ntags: 东财滚动新闻\nurl:\n";
        assert_eq!(read(block).map(|entries| entries.len()), Some(6));
        assert_eq!(read(block), parse(block));
    }
}
