//! Codes in brackets behind a name, as Chinese newspapers write them: `潍柴动力(000338.SZ)`.

use super::{Mention, a_share, canonical};
use crate::post::Market;
use memchr::memmem;

/// Names of Hong Kong companies are no longer than this, in characters.
const LONGEST_NAME: usize = 8;
/// Names of A shares are as wide as four Hanzi at most, in cells.
const WIDEST_A_SHARE: usize = 8;

/// Words after which a company's name may begin though no stop stands between: 记者从中国石化（600028）.
const BEFORE_NAMES: [&str; 28] = [
    "从", "的", "对", "向", "被", "由", "及", "与", "在", "将", "是", "了", "据", "称", "给", "让", "就",
    "使", "把", "或", "维持", "予", "买入", "增持", "减持", "公司", "包括", "其中",
];

/// The codes in brackets, in order of appearance.
pub(super) fn mentions(text: &str) -> Vec<Mention<'_>> {
    let mut found = Vec::new();
    for open in ["(", "（"] {
        for start in memmem::find_iter(text.as_bytes(), open) {
            let at = start + open.len();
            let Some(inside) = text.get(at..) else { continue };
            // Most brackets hold words.
            if inside.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                listed(at, inside, text.get(..start).unwrap_or_default(), &mut found);
            }
        }
    }
    found.sort_by_key(|mention| mention.at);
    found
}

/// The codes at the beginning of a bracket: `600028.SH/00386.HK，…`. All bear the name before the bracket.
fn listed<'t>(at: usize, inside: &'t str, before: &'t str, found: &mut Vec<Mention<'t>>) {
    let mut rest = inside;
    while let Some((market, code, after)) = code(rest) {
        found.push(Mention {
            at: at + inside.len() - rest.len(),
            market,
            code: canonical(market, code),
            name: name(before, market),
        });
        rest = after.trim_start_matches(['，', ',', '、', '/', ';', '；', ' ']);
        if rest.len() == after.len() {
            break;
        }
    }
}

/// A code at the beginning, and what follows it.
fn code(text: &str) -> Option<(Market, &str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (code, rest) = text.split_at_checked(end)?;
    let (market, after) = match suffix(rest) {
        Some((suffix, after)) => (market_of(suffix, code)?, after),
        None => (a_share(code)?, rest),
    };
    let ends = after.is_empty() || after.starts_with([')', '）', '，', ',', '、', '/', ';', '；', ' ']);
    ends.then_some((market, code, after))
}

/// `.SH` and what follows it.
fn suffix(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('.')?;
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    text.split_at_checked(end)
}

fn market_of(suffix: &str, code: &str) -> Option<Market> {
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    match (suffix.to_ascii_uppercase().as_str(), code.len()) {
        ("SH" | "SS", 6) if digits => Some(Market::SHANGHAI),
        ("SZ", 6) if digits => Some(Market::SHENZHEN),
        ("HK", 4 | 5) if digits => Some(Market::HONG_KONG),
        _ => None,
    }
}

/// The name that ends a text, if what stands there can be one: no shorter than two characters and no longer
/// than names of its market are. No name is better than a wrong one.
fn name(before: &str, market: Market) -> Option<&str> {
    let before = without_end_tags(before).trim_end_matches(' ');
    let start = before
        .char_indices()
        .rev()
        .take(LONGEST_NAME + 8)
        .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '*' | '-'))
        .last()
        .map(|(at, _)| at)?;
    let run = before.get(start..)?;
    let run = after_last_word(run);
    let length = run.chars().count();
    let is_a_share = market != Market::HONG_KONG;
    let fits = (2..=LONGEST_NAME).contains(&length)
        && !(is_a_share && unicode_width::UnicodeWidthStr::width(run) > WIDEST_A_SHARE);
    (fits && !run.bytes().all(|b| b.is_ascii_digit())).then_some(run)
}

/// What follows the last of [`BEFORE_NAMES`], if that is long enough to be a name.
fn after_last_word(run: &str) -> &str {
    let mut parts = run.char_indices().rev().skip(1).filter_map(|(at, _)| run.split_at_checked(at));
    let ends_with_word = |before: &str| BEFORE_NAMES.iter().any(|word| before.ends_with(word));
    parts.find(|(before, _)| ends_with_word(before)).map_or(run, |(_, name)| name)
}

/// A text without the tags at its end, three at most: `<b>潍柴动力</b>` ends with a name too.
fn without_end_tags(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..3 {
        let Some(open) = rest.strip_suffix('>') else { break };
        let reach = open.get(open.ceil_char_boundary(open.len().saturating_sub(300))..).unwrap_or_default();
        let Some(at) = reach.rfind('<') else { break };
        rest = rest.get(..open.len() - reach.len() + at).unwrap_or_default();
    }
    rest
}
