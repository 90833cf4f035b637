//! From the filter flags to a query.

use crate::cli::args::Filter;
use crate::post::{SafeText, Timestamp};
use crate::query::Query;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

impl Filter {
    /// The condition that the flags stand for together.
    pub(super) fn query(&self) -> Query {
        let label = |text: &String| SafeText::label(text);
        let conditions = [
            self.source.as_ref().map(|source| Query::Source(label(source))),
            self.category.as_ref().map(|category| Query::Category(label(category))),
            self.tag.as_ref().map(|tag| Query::Tag(label(tag))),
            self.title.clone().map(Query::Title),
            self.since.and_then(by_any_clock).map(Query::Since),
            self.until.and_then(by_any_clock).map(Query::Before),
            self.bookmarked.then_some(Query::Bookmarked),
            self.unread.then_some(Query::Unread),
        ];
        conditions.into_iter().flatten().fold(Query::All, Query::and)
    }
}

/// Posts are compared by their own clock, so the zone does not matter.
fn by_any_clock(time: DateTime) -> Option<Timestamp> {
    Timestamp::new(Offset::UTC.to_timestamp(time).ok()?.as_second(), 0)
}

/// The beginning of a day, month or year.
pub(super) fn first_moment(text: &str) -> Result<DateTime, String> {
    span(text).map(|(first, _)| first.to_datetime(jiff::civil::Time::midnight()))
}

/// The first moment after a day, month or year.
pub(super) fn moment_after(text: &str) -> Result<DateTime, String> {
    span(text).map(|(_, after)| after.to_datetime(jiff::civil::Time::midnight()))
}

/// The first day of a day, month or year, and the first day after it.
fn span(text: &str) -> Result<(Date, Date), String> {
    days(text).ok_or_else(|| format!("`{text}` is no date; write 2022-06-14, 2022-06 or 2022"))
}

fn days(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<i16> = text.split(['-', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day, length) = match parts.as_slice() {
        [year] => (*year, 1, 1, 1.year()),
        [year, month] => (*year, *month, 1, 1.month()),
        [year, month, day] => (*year, *month, *day, 1.day()),
        _ => return None,
    };
    let first = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((first, first.checked_add(length).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_spans() {
        for (text, first, after) in [
            ("2022-06-14", "2022-06-14", "2022-06-15"),
            ("2022/6/14", "2022-06-14", "2022-06-15"),
            ("2022-12", "2022-12-01", "2023-01-01"),
            ("2024", "2024-01-01", "2025-01-01"),
        ] {
            let (a, b) = span(text).unwrap();
            assert_eq!((a.to_string().as_str(), b.to_string().as_str()), (first, after));
        }
        for text in ["", "2022-02-30", "yesterday", "2022-13", "2022-1-1-1", "99999"] {
            assert!(span(text).unwrap_err().contains("is no date"), "{text}");
        }
    }
}
