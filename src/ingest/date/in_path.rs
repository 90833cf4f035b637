//! Dates in the names of files and folders.

use super::day;
use crate::ingest::name::stem;
use jiff::civil::Date;

/// A date within a name, and where in the name it begins and ends.
struct Spot {
    date: Date,
    start: usize,
    end: usize,
}

/// The date in the name of a file or a folder: `2022-01-21-x.md`, `2022_01_21`, `2022年1月21日`, or the first
/// eight of a row of digits (`-202205262391921712.md`); else the month with which it begins (`2022-01.md`).
pub(in crate::ingest) fn in_name(name: &str) -> Option<Date> {
    full(name).map(|spot| spot.date).or_else(|| month_at_start(name))
}

/// A file name without its ending and without the date at its beginning, unless nothing remains.
pub(in crate::ingest) fn without_date(name: &str) -> &str {
    let stem = stem(name);
    let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.');
    let rest = full(stem)
        .filter(|spot| spot.end > spot.start)
        .filter(|spot| stem.get(..spot.start).is_some_and(|before| before.chars().all(separator)))
        .and_then(|spot| stem.get(spot.end..))
        .map(|rest| rest.trim_start_matches(separator));
    match rest {
        Some(rest) if !rest.is_empty() => rest,
        _ => stem,
    }
}

/// The date in the folders of a path, the innermost first: a full date in one name, else a year and under it
/// a month and under that a day (which may be the file itself, `2022/01/21.md`).
pub(super) fn in_folders(parts: &[String]) -> Option<Date> {
    let folders = parts.get(..parts.len().saturating_sub(1))?;
    if let Some(spot) = folders.iter().rev().find_map(|folder| full(folder)) {
        return Some(spot.date);
    }
    let (at, year, month) = folders.iter().enumerate().rev().find_map(|(at, folder)| {
        let (year, month) = year_and_month(folder)?;
        Some((at, year, month))
    })?;
    let mut below = parts.iter().skip(at + 1).map(|part| stem(part));
    let Some(month) = month.or_else(|| below.next().and_then(|part| small_number(part, 12))) else {
        return day(year, 1, 1);
    };
    let date =
        below.next().and_then(|part| small_number(part, 31)).and_then(|number| day(year, month, number));
    date.or_else(|| day(year, month, 1))
}

/// `2022`, `2022年`, `2022-01`, `2022年1月`, `202201`.
fn year_and_month(folder: &str) -> Option<(i64, Option<i64>)> {
    if let Some(date) = month_at_start(folder) {
        return Some((i64::from(date.year()), Some(i64::from(date.month()))));
    }
    let digits = folder.trim_end_matches('年');
    let number = |text: &str| text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (year, month) = match digits.len() {
        4 => (number(digits)?, None),
        6 => (number(digits.get(..4)?)?, Some(number(digits.get(4..)?)?)),
        _ => return None,
    };
    day(year, month.unwrap_or(1), 1)?;
    Some((year, month))
}

/// `1`, `01`, `01月`, `21日`, `01-January`.
fn small_number(part: &str, most: i64) -> Option<i64> {
    let (digits, rest) = leading_digits(part);
    let ends = rest.is_empty() || rest.starts_with(['月', '日', '-', '_', '.']);
    (ends && digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|n| (1..=most).contains(n))
}

/// The first full date of a name.
fn full(name: &str) -> Option<Spot> {
    let mut at = 0;
    while let Some(rest) = name.get(at..)
        && let Some(skipped) = rest.find(|c: char| c.is_ascii_digit())
    {
        let start = at + skipped;
        let (digits, _) = leading_digits(rest.get(skipped..)?);
        if let Some((date, end)) = packed(start, digits).or_else(|| separated(name, start, digits)) {
            return Some(Spot { date, start, end });
        }
        at = start + digits.len();
    }
    None
}

/// Eight digits and any number more.
fn packed(start: usize, digits: &str) -> Option<(Date, usize)> {
    let number: i64 = digits.get(..8)?.parse().ok()?;
    let date = day(number / 10_000, number / 100 % 100, number % 100)?;
    // In `202205262391921712` the date is part of a serial number, which stays whole.
    Some((date, if digits.len() == 8 { start + 8 } else { start }))
}

/// Year, month and day with a separator between them.
fn separated(name: &str, start: usize, year: &str) -> Option<(Date, usize)> {
    let rest = name.get(start + year.len()..).filter(|_| year.len() == 4)?;
    let (month, rest) = after_separator(rest, '年')?;
    let (number, rest) = after_separator(rest, '月')?;
    let rest = rest.strip_prefix('日').unwrap_or(rest);
    let date = day(year.parse().ok()?, month, number)?;
    Some((date, name.len().checked_sub(rest.len())?))
}

fn after_separator(text: &str, hanzi: char) -> Option<(i64, &str)> {
    let rest = text.strip_prefix(['-', '_', '.', '/', ' ', hanzi])?;
    let (digits, rest) = leading_digits(rest);
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

/// The first day of the month with which a name begins.
fn month_at_start(name: &str) -> Option<Date> {
    let (year, rest) = leading_digits(name);
    let (month, rest) = after_separator(rest, '年').filter(|_| year.len() == 4)?;
    let ends = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || c == '月');
    day(year.parse().ok()?, month, 1).filter(|_| ends)
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
