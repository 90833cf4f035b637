//! Where a line may break.
//!
//! UAX #14 by `unicode-linebreak`, run on a shadow copy of the text in which the characters it misjudges in
//! Chinese stand as others of the same length; then what it does not know: stock codes in `$…$`, and the
//! places in an address. Beyond that the rules are those that CLREQ
//! ("Prohibition Rules for Line Start and Line End") calls strict.

mod formula;
mod shadow;

use formula::{Formula, formulas};
use shadow::shadow;
use std::ops::Range;
use unicode_linebreak::{BreakClass, break_property, linebreaks};

/// Those that never begin a line and that UAX #14 does not class so: connectors, interpuncts, slashes,
/// bars and dashes (CLREQ, strict), marks in place of a colon, raised figures.
#[rustfmt::skip]
fn is_named_first(c: char) -> bool {
    matches!(c, '—' | '⸺' | '―' | '–' | '‐' | '～' | '∶' | '︰' | '·' | '‧' | '／' | '｜' | '”' | '’'
        | '¹' | '²' | '³' | '⁰' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹')
}

/// Those that never end a line and that UAX #14 does not class so: a slash (GB/T 15834), currency signs.
fn is_named_last(c: char) -> bool {
    matches!(c, '“' | '‘' | '￥' | '＄' | '／')
}

/// Whether a character never begins a line.
pub(super) fn never_first(c: char) -> bool {
    use BreakClass::{
        ClosePunctuation, ConditionalJapaneseStarter, Exclamation, Inseparable, NonStarter, Postfix,
    };
    !is_plain(c)
        && (is_named_first(c)
            || matches!(
                class(c),
                // Brackets and stops, small kana and ー, exclamations, ellipses, 々 and ・, units.
                ClosePunctuation
                    | ConditionalJapaneseStarter
                    | Exclamation
                    | Inseparable
                    | NonStarter
                    | Postfix
            ))
}

/// Whether a character never ends a line.
pub(super) fn never_last(c: char) -> bool {
    !is_plain(c) && (is_named_last(c) || class(c) == BreakClass::OpenPunctuation)
}

/// Whether the right half of a character may stand in the margin: two cells wide, it is blank there.
#[rustfmt::skip]
pub(super) fn hangs(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '】' | '》' | '〉' | '〕'
        | '｝' | '］')
}

/// Nearly all characters, which need not be looked up.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | ' '..='~')
}

fn class(c: char) -> BreakClass {
    break_property(c.into())
}

/// The ends of the segments of a text, in bytes: every place where a line may break, and the end.
pub(super) fn segments(text: &str) -> Vec<usize> {
    let runs = unbreakable(text);
    let formulas = formulas(text);
    let is_held = |end| {
        let after = formulas.partition_point(|formula| formula.end() <= end);
        formulas.get(after).is_some_and(|formula| formula.holds(end))
    };
    let mut ends = ends_where(text, &runs, |end| may_break(text, end) && !is_held(end));
    add_breaks(text, &runs, formulas.iter().map(Formula::end), &mut ends);
    ends
}

/// The places within Korean words where a line may break for those who want it (CSS `word-break: normal`).
pub(super) fn syllable_breaks(text: &str) -> Vec<usize> {
    if !text.contains(is_hangul) {
        return Vec::new();
    }
    ends_where(text, &unbreakable(text), |end| obeys(text, end) && parts_korean_word(text, end))
}

/// The ends that UAX #14 finds outside of these runs, as far as they meet a condition.
fn ends_where(text: &str, runs: &[Range<usize>], meets: impl Fn(usize) -> bool) -> Vec<usize> {
    let shadow = shadow(text);
    let mut kept = runs.iter().peekable();
    let mut ends: Vec<usize> = Vec::with_capacity(text.len() / 3 + 1);
    for (end, _) in linebreaks(&shadow) {
        while kept.next_if(|run| run.end <= end).is_some() {}
        let inside = kept.peek().is_some_and(|run| run.start < end);
        if !inside && meets(end) {
            ends.push(end);
        }
    }
    ends
}

/// What UAX #14 leaves open at any end that it finds.
fn may_break(text: &str, end: usize) -> bool {
    obeys(text, end) && !parts_korean_word(text, end)
}

/// Whether the line before an end may end so, and the one after it begin so.
fn obeys(text: &str, end: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(end) else { return false };
    let Some(next) = after.chars().next() else { return true };
    let last = before.trim_end_matches(' ').chars().next_back();
    // `_` lowers what follows: `CO_甲`.
    let lowers = before.ends_with('_');
    !never_first(next) && !last.is_some_and(never_last) && !lowers
}

fn parts_korean_word(text: &str, end: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(end) else { return false };
    before
        .chars()
        .next_back()
        .zip(after.chars().next())
        .is_some_and(|(last, next)| is_in_korean_word(last, next))
}

/// Whether a place between two characters is within a word of Korean, which its blanks part: particles follow
/// letters of any script, figures, units and brackets.
fn is_in_korean_word(last: char, next: char) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || matches!(class(c), BreakClass::Postfix);
    let ends_bracket = |c: char| match class(c) {
        BreakClass::CloseParenthesis | BreakClass::Quotation => true,
        BreakClass::ClosePunctuation => !is_stop(c),
        _ => false,
    };
    if is_hangul(next) {
        return in_word(last) || ends_bracket(last);
    }
    is_hangul(last) && (next.is_ascii_alphanumeric() || matches!(next, '(' | '[' | '“' | '‘'))
}

/// Stops among the characters that close.
fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '．' | '｡' | '､')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
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

/// Within an address a line breaks after `/`, `?` and `&` only; after a stock tag or a formula, which end in a
/// currency sign, before Hanzi; in `HFO-1234yf` at its hyphen.
fn add_breaks(
    text: &str,
    kept: &[Range<usize>],
    formulas: impl Iterator<Item = usize>,
    ends: &mut Vec<usize>,
) {
    let known = ends.len();
    for range in addresses(text) {
        let Some(address) = text.get(range.clone()) else { continue };
        let host = address.find("://").map_or(0, |colon| colon + 3);
        let places = address.bytes().enumerate().skip(host).filter(|(_, b)| matches!(b, b'/' | b'?' | b'&'));
        ends.extend(places.map(|(at, _)| range.start + at + 1).filter(|&end| end < range.end));
    }
    let before_text =
        |&end: &usize| text.get(end..).is_some_and(|after| after.starts_with(|c| c >= '\u{2e80}'));
    let signs = stock_tags(text).map(|tag| tag.end).chain(formulas);
    ends.extend(signs.filter(before_text).filter(|&end| may_break(text, end)));
    let run_around = |end: usize| kept.get(kept.partition_point(|run| run.end <= end));
    ends.extend(hyphens(text).filter(|&end| run_around(end).is_none_or(|run| end <= run.start)));
    if ends.len() > known {
        ends.sort_unstable();
        ends.dedup();
    }
}

/// The ends of hyphens between a letter and a digit, where UAX #14 sees the sign of a number.
fn hyphens(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_inside = |&at: &usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_some_and(u8::is_ascii_alphabetic) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    memchr::memchr_iter(b'-', bytes).filter(is_inside).map(|at| at + 1)
}

#[cfg(test)]
mod tests;
