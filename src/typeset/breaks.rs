//! Where a line may break.
//!
//! UAX #14 by `unicode-linebreak`, run on a shadow copy of the text in which the characters it misjudges in
//! Chinese stand as others of the same length; then what it does not know: stock codes in `$…$`, and the
//! places in an address.

use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::linebreaks;

/// Characters that never begin a line (CLREQ, JLREQ; GB/T 15834).
const NEVER_FIRST: &str = "，。、；：！？）」』】》〉〕〗｝］”’…—·％℃‰～°¹²³⁰⁴⁵⁶⁷⁸⁹々ー\
    ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
/// Characters that never end a line.
const NEVER_LAST: &str = "（「『【《〈〔〖｛［“‘￥＄";
/// Characters of two cells whose right half is blank.
const HALF_BLANK: &str = "，。、；：！？）」』】》〉〕｝］";

/// Whether a character never begins a line.
pub(super) fn never_first(c: char) -> bool {
    !is_plain(c) && NEVER_FIRST.contains(c)
}

/// Whether a character never ends a line.
pub(super) fn never_last(c: char) -> bool {
    !is_plain(c) && NEVER_LAST.contains(c)
}

/// Whether the right half of a character may stand in the margin.
pub(super) fn hangs(c: char) -> bool {
    !is_plain(c) && HALF_BLANK.contains(c)
}

/// Nearly all characters, which need not be looked up.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | ' '..='~')
}

/// The ends of the segments of a text, in bytes: every place where a line may break, and the end.
pub(super) fn segments(text: &str) -> Vec<usize> {
    let shadow = shadow(text);
    let kept = unbreakable(text);
    let mut kept = kept.iter().peekable();
    let mut ends: Vec<usize> = Vec::with_capacity(text.len() / 3 + 1);
    for (end, _) in linebreaks(&shadow) {
        while kept.next_if(|run| run.end <= end).is_some() {}
        let inside = kept.peek().is_some_and(|run| run.start < end);
        if !inside && may_break(text, end) {
            ends.push(end);
        }
    }
    add_breaks(text, &mut ends);
    ends
}

/// What UAX #14 leaves open at any end that it finds.
fn may_break(text: &str, end: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(end) else { return false };
    let Some(next) = after.chars().next() else { return true };
    let last = before.trim_end_matches(' ').chars().next_back();
    !never_first(next) && !last.is_some_and(never_last)
}

/// A copy of the text, of the same length in bytes, that the breaker judges rightly: `“ ‘` open like `（`,
/// `” ’` close like `）` (`’` after an ASCII letter is an apostrophe), `·` and `～` stay with what is before,
/// and so does `—`; straight quotes next to Hanzi open and close in turn.
fn shadow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let pair_straight = text.bytes().filter(|&b| b == b'"').count() % 2 == 0;
    let mut opens = true;
    let mut previous = ' ';
    let mut copy = String::with_capacity(text.len());
    for c in text.chars() {
        copy.push(match c {
            '“' | '‘' => '（',
            '’' if previous.is_ascii_alphabetic() => c,
            '”' | '’' => '）',
            '·' => '\u{589}',
            '～' => '、',
            '—' => '…',
            '"' if pair_straight => {
                opens = !opens;
                if opens { ')' } else { '(' }
            }
            _ => c,
        });
        previous = c;
    }
    Cow::Owned(copy)
}

/// Stock tags (`$贵州茅台$`) and addresses, in order.
fn unbreakable(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = stock_tags(text).chain(addresses(text)).collect();
    runs.sort_by_key(|run| run.start);
    runs
}

/// `$…$` around a name of at most 20 characters that is not an amount of money.
fn stock_tags(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find('$')?;
            let inner = text.get(start + 1..)?;
            let name = inner.find('$').and_then(|end| inner.get(..end)).filter(|name| is_stock_name(name));
            if let Some(name) = name {
                from = start + name.len() + 2;
                return Some(start..from);
            }
            from = start + 1;
        }
    })
}

fn is_stock_name(name: &str) -> bool {
    let starts_well = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '*');
    starts_well && name.chars().count() <= 20 && !name.contains([' ', '，', '。'])
}

/// The web addresses that stand in a text, each as far as its ASCII goes, without closing punctuation.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let colon = from + text.get(from..)?.find("://")?;
            from = colon + 3;
            let before = text.get(..colon)?;
            let Some(scheme) = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme)) else {
                continue;
            };
            let rest = text.get(from..)?;
            let end = rest.find(|c| !is_address_char(c)).unwrap_or(rest.len());
            let address =
                rest.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '~']);
            if !address.is_empty() {
                from += address.len();
                return Some(colon - scheme.len()..from);
            }
        }
    })
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

/// Within an address a line breaks after `/`, `?` and `&` only; after a stock tag, which ends in a currency
/// sign, before Hanzi.
fn add_breaks(text: &str, ends: &mut Vec<usize>) {
    let known = ends.len();
    for range in addresses(text) {
        let Some(address) = text.get(range.clone()) else { continue };
        let host = address.find("://").map_or(0, |colon| colon + 3);
        let places = address.bytes().enumerate().skip(host).filter(|(_, b)| matches!(b, b'/' | b'?' | b'&'));
        ends.extend(places.map(|(at, _)| range.start + at + 1).filter(|&end| end < range.end));
    }
    let before_text =
        |&end: &usize| text.get(end..).is_some_and(|after| after.starts_with(|c| c >= '\u{2e80}'));
    ends.extend(stock_tags(text).map(|tag| tag.end).filter(before_text).filter(|&end| may_break(text, end)));
    if ends.len() > known {
        ends.sort_unstable();
        ends.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut start = 0;
        segments(text)
            .into_iter()
            .map(|end| text.get(std::mem::replace(&mut start, end)..end).unwrap())
            .collect()
    }

    #[test]
    fn what_stays_together() {
        for (text, parts) in [
            ("他说：“好。”我", &["他", "说：", "“好。”", "我"][..]),
            ("沉默了——然后", &["沉", "默", "了——", "然", "后"]),
            ("$贵州茅台$涨", &["$贵州茅台$", "涨"]),
            ("$100涨到$200", &["$100", "涨", "到", "$200"]),
            ("买600519.SH的", &["买", "600519.SH", "的"]),
            ("it’s “on” 好", &["it’s ", "“on” ", "好"]),
            ("他说\"好的\"然后", &["他", "说", "\"好", "的\"", "然", "后"]),
            ("见http://a.cn/b?c=%E4%B8&d。好", &["见", "http://a.cn/", "b?", "c=%E4%B8&", "d。", "好"]),
            ("", &[]),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }

    #[test]
    fn addresses_end_where_chinese_begins() {
        let text = "（http://a.cn/x.）与https://b.cn。另ftp://c.cn";
        let found: Vec<_> = addresses(text).filter_map(|range| text.get(range)).collect();
        assert_eq!(found, ["http://a.cn/x", "https://b.cn"]);
    }
}
