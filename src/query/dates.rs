//! Days, months and years as readers write them.

use super::{Query, fold};
use crate::post::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Span, ToSpan as _};

/// The first moment of a day, month or year, or of a second (`2022-06-14T10:00:00`), and the first after it, by any
/// clock. Also with slashes, and as `2022年6月14日`.
pub fn span(text: &str) -> Option<(Timestamp, Timestamp)> {
    let text = fold(text);
    let (first, after) = match second(&text) {
        Some(second) => (second, second.checked_add(1.second()).ok()?),
        None => days(&text)?,
    };
    Some((by_any_clock(first)?, by_any_clock(after)?))
}

fn second(text: &str) -> Option<DateTime> {
    text.contains('t').then(|| text.parse().ok())?
}

fn days(text: &str) -> Option<(DateTime, DateTime)> {
    let parts = text.trim_end_matches(['年', '月', '日']).split(['-', '/', '年', '月']);
    let parts: Vec<i16> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day, length) = match parts.as_slice() {
        [year] => (*year, 1, 1, 1.year()),
        [year, month] => (*year, *month, 1, 1.month()),
        [year, month, day] => (*year, *month, *day, 1.day()),
        _ => return None,
    };
    let first = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let after = first.checked_add(length).ok()?;
    (year > 0).then(|| (midnight(first), midnight(after)))
}

/// The condition of a day, month or year, or of two of them: `2022-01..2022-03`, `..2022`, `2022-06-14..`.
pub(super) fn between(text: &str) -> Option<Query> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let since = if from.is_empty() { Query::All } else { Query::Since(span(from)?.0) };
    let before = if to.is_empty() { Query::All } else { Query::Before(span(to)?.1) };
    Some(since.and(before))
}

/// The midnight so many days, weeks, months or years before today: `7d`, `2w`, `3m`, `1y`. Whole days, so that the
/// answer is the same all day long.
pub(super) fn ago(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = fold(text);
    let unit = text.chars().next_back()?;
    let count: u16 = text.strip_suffix(unit)?.parse().ok()?;
    let length = match unit {
        'd' | '天' | '日' => Span::new().days(count),
        'w' | '周' => Span::new().weeks(count),
        'm' | '月' => Span::new().months(count),
        'y' | '年' => Span::new().try_years(count).ok()?,
        _ => return None,
    };
    let today = Offset::UTC.to_datetime(jiff::Timestamp::from_second(now.civil_second()).ok()?).date();
    by_any_clock(midnight(today.checked_sub(length).ok()?))
}

/// `2022-06-14`, with the time of the day unless that is midnight.
pub(super) fn written(time: Timestamp) -> String {
    let clock = Timestamp::new(time.civil_second(), 0).unwrap_or(time);
    let text = clock.to_string();
    text.split_once("T00:00:00").or(text.split_once('+')).map_or(text.clone(), |(text, _)| text.to_owned())
}

/// The last day or second before a time, which a range ends with.
pub(super) fn written_last(time: Timestamp) -> String {
    let length = if time.civil_second().rem_euclid(86_400) == 0 { 86_400 } else { 1 };
    Timestamp::new(time.civil_second() - length, 0).map(written).unwrap_or_default()
}

fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

/// Posts are compared by their own clock, so the zone does not matter.
fn by_any_clock(time: DateTime) -> Option<Timestamp> {
    Timestamp::new(Offset::UTC.to_timestamp(time).ok()?.as_second(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_spans() {
        for (text, first, after) in [
            ("2022-06-14", "2022-06-14", "2022-06-15"),
            ("2022/6/14", "2022-06-14", "2022-06-15"),
            ("2022年6月14日", "2022-06-14", "2022-06-15"),
            ("２０２２年6月", "2022-06-01", "2022-07-01"),
            ("2022-12", "2022-12-01", "2023-01-01"),
            ("2024", "2024-01-01", "2025-01-01"),
            ("2024-02-29T10:00", "2024-02-29T10:00:00", "2024-02-29T10:00:01"),
        ] {
            let (a, b) = span(text).unwrap();
            assert_eq!((written(a).as_str(), written(b).as_str()), (first, after));
        }
        for text in ["", "2022-02-30", "yesterday", "2022-13", "2022-1-1-1", "99999", "9999", "-5", "0", "日"]
        {
            assert_eq!(span(text), None, "{text}");
        }
    }

    #[test]
    fn ages_are_counted_from_midnight_by_the_readers_clock() {
        // 2022-03-31 23:30 in Greenwich is the first of April in Beijing.
        let now = Timestamp::new(1_648_769_400, 8 * 3600).unwrap();
        for (text, day) in [
            ("0d", "2022-04-01"),
            ("7d", "2022-03-25"),
            ("2W", "2022-03-18"),
            ("1m", "2022-03-01"),
            ("1年", "2021-04-01"),
            ("７天", "2022-03-25"),
        ] {
            assert_eq!(ago(text, now).map(written).as_deref(), Some(day), "{text}");
        }
        for text in ["", "d", "7", "-1d", "7h", "99999d", "60000y", "1.5m"] {
            assert_eq!(ago(text, now), None, "{text}");
        }
    }
}
