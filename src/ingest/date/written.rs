//! Dates as people and programs write them.

use super::{YEARS, day, zone};
use crate::post::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date in any of the shapes that archives hold: ISO 8601 and its relatives with `/`, `.` or `年月日`,
/// with and without time, fraction and zone; RFC 2822; `Jan 2, 2022`; `2 January 2022`; C's `ctime`; digits in a
/// row; seconds since 1970. A day or an hour that does not exist makes the whole unreadable.
pub(super) fn parse(text: &str, site: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 120 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text, site);
    }
    let (date, rest) = date(text)?;
    // `2022-01-02 -` is no time; whatever cannot be read and holds digits spoils the date.
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ','));
    let (time, rest) = match time(rest) {
        Some((time, rest)) => (time?, rest.trim_start()),
        None => (Time::midnight(), rest),
    };
    let civil = date.to_datetime(time);
    let zone = zone::parse(rest, civil, site);
    if zone.is_none() && rest.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    at(civil, zone.as_ref().unwrap_or(site))
}

fn at(civil: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    civil.to_zoned(zone.clone()).ok().map(|zoned| Timestamp::from_zoned(&zoned))
}

/// `20220121`, `202201211504`, `20220121150405`, seconds or milliseconds since 1970.
fn digits(text: &str, site: &TimeZone) -> Option<Timestamp> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i64>().ok());
    match text.len() {
        8 | 12 | 14 => {
            let date = day(part(0, 4)?, part(4, 6)?, part(6, 8)?)?;
            let time = if text.len() == 8 {
                Time::midnight()
            } else {
                clock(part(8, 10)?, part(10, 12)?, part(12, 14).unwrap_or(0))?
            };
            at(date.to_datetime(time), site)
        }
        9 | 10 | 13 => {
            let number: i64 = text.parse().ok()?;
            let second = if text.len() == 13 { number / 1000 } else { number };
            let zoned = jiff::Timestamp::from_second(second).ok()?.to_zoned(site.clone());
            YEARS.contains(&zoned.year()).then(|| Timestamp::from_zoned(&zoned))
        }
        _ => None,
    }
}

/// The date at the beginning, and what follows it.
fn date(text: &str) -> Option<(Date, &str)> {
    let text = without_weekday(text);
    match number(text) {
        Some((year, 4, rest)) => year_first(year, rest),
        Some((first, 1 | 2, rest)) => day_first(first, rest),
        Some(_) => None,
        None => month_first(text),
    }
}

/// `Jan 2, 2022`, `January 2nd 2022`, and `ctime`'s `Jan  2 15:04:05 CST 2022`, where the year is the last word.
fn month_first(text: &str) -> Option<(Date, &str)> {
    let (month, rest) = month_name(text)?;
    let (number_of_day, _, rest) = number(rest.trim_start()).filter(|n| n.1 <= 2)?;
    let rest = without_ordinal(rest).trim_start_matches([' ', ',']);
    if let Some((year, 4, after)) = number(rest) {
        return Some((day(year, month, number_of_day)?, after));
    }
    let (before, last) = rest.rsplit_once(' ')?;
    let (year, ..) = number(last).filter(|n| n.1 == 4 && n.2.is_empty())?;
    Some((day(year, month, number_of_day)?, before))
}

/// `2022-1-2`, `2022/01/02`, `2022.01.02`, `2022年1月2日`, `2022-01` and `2022年1月`.
fn year_first(year: i64, rest: &str) -> Option<(Date, &str)> {
    let rest = separator(rest, '年')?;
    if let Some((month, rest)) = month_name(rest) {
        let (number_of_day, _, rest) = number(separator(rest, '月')?)?;
        return Some((day(year, month, number_of_day)?, rest));
    }
    let (month, _, rest) = number(rest).filter(|&(_, digits, _)| digits <= 2)?;
    let Some((number_of_day, digits, after)) = separator(rest, '月').and_then(number) else {
        return Some((day(year, month, 1)?, rest.trim_start_matches('月')));
    };
    let after = after.trim_start_matches(['日', '号']);
    (digits <= 2).then_some(())?;
    Some((day(year, month, number_of_day)?, after))
}

/// `2 January 2022`, `2-Jan-2022`, `02.01.2022`, `13/01/2022`; `1/2/2022` is the second of January, as in the
/// United States, because nobody else writes slashes and a year of four digits in front matter as often.
fn day_first(first: i64, rest: &str) -> Option<(Date, &str)> {
    let rest = without_ordinal(rest);
    if let Some((month, rest)) = month_name(rest.trim_start_matches([' ', '-', '/', '.'])) {
        let (year, _, rest) =
            number(rest.trim_start_matches([' ', '-', '/', ',', '.'])).filter(|n| n.1 == 4)?;
        return Some((day(year, month, first)?, rest));
    }
    let is_american = rest.starts_with('/') && first <= 12;
    let (second, _, rest) = number(rest.strip_prefix(['-', '/', '.'])?)?;
    let (year, _, rest) = number(rest.strip_prefix(['-', '/', '.'])?).filter(|n| n.1 == 4)?;
    let date = if is_american { day(year, first, second) } else { day(year, second, first) };
    Some((date?, rest))
}

fn separator(text: &str, hanzi: char) -> Option<&str> {
    text.strip_prefix(['-', '/', '.', '_', hanzi]).map(str::trim_start)
}

/// A number at the beginning, how many digits it has, and what follows.
fn number(text: &str) -> Option<(i64, usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, digits.len(), rest))
}

fn month_name(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let short = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|&month| month == short)?;
    Some((i64::try_from(at).ok()? + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

/// Drops `Sun,`, `Sunday ` and the like.
fn without_weekday(text: &str) -> &str {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    match text.split_at_checked(end) {
        Some((word, rest))
            if word.get(..3).is_some_and(|w| DAYS.iter().any(|day| w.eq_ignore_ascii_case(day))) =>
        {
            rest.trim_start_matches(['.', ',', ' '])
        }
        _ => text,
    }
}

/// Drops the ending of `2nd`.
fn without_ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_prefix(ending)).unwrap_or(text)
}

/// A time of day and what follows it. The outer `None`: there is none; the inner: there is no such time.
fn time(text: &str) -> Option<(Option<Time>, &str)> {
    let (hour, digits, rest) = number(text)?;
    let rest = rest.strip_prefix([':', '：', '时', '点']).filter(|_| digits <= 2)?;
    let (minute, _, rest) = number(rest).unwrap_or((0, 2, rest));
    let rest = rest.strip_prefix('分').unwrap_or(rest);
    let (second, _, rest) = number(rest.strip_prefix(':').unwrap_or(rest)).unwrap_or((0, 0, rest));
    let rest = rest.strip_prefix('秒').unwrap_or(rest);
    let rest = match rest.strip_prefix(['.', ',']).and_then(number) {
        Some((_, _, rest)) => rest,
        None => rest,
    };
    let (half, rest) = half_of_day(rest);
    let hour = match (half, hour) {
        (Some(add), 1..=12) => hour % 12 + add,
        (Some(_), _) => 99,
        (None, _) => hour,
    };
    Some((clock(hour, minute, second), rest))
}

/// `am` and `pm`: what to add to the hour.
fn half_of_day(text: &str) -> (Option<i64>, &str) {
    let word = text.trim_start();
    for (name, add) in [("am", 0), ("pm", 12)] {
        if word.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return (Some(add), word.get(2..).unwrap_or_default());
        }
    }
    (None, text)
}

fn clock(hour: i64, minute: i64, second: i64) -> Option<Time> {
    // A leap second is the last second of its minute.
    let second = if second == 60 { 59 } else { second };
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()
}
