//! Points in time that remember the clock they were written by.

use jiff::fmt::temporal::DateTimePrinter;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A second in time, with the offset from UTC that its author's clock had.
///
/// Ordered by the moment, then by the offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01 UTC.
    second: i64,
    /// Seconds east of UTC, at most 26 hours.
    offset: i32,
}

impl Timestamp {
    /// A time from seconds since 1970 and seconds east of UTC. `None` outside the years -9999..=9999 or
    /// offsets beyond jiff's 26 hours.
    pub fn new(second: i64, offset: i32) -> Option<Self> {
        jiff::Timestamp::from_second(second).ok()?;
        Offset::from_seconds(offset).ok()?;
        Some(Self { second, offset })
    }

    /// The time that a zoned time stands for, to the second.
    pub fn from_zoned(zoned: &jiff::Zoned) -> Self {
        Self { second: zoned.timestamp().as_second(), offset: zoned.offset().seconds() }
    }

    /// Now, by the system's clock and zone.
    pub fn now() -> Self {
        Self::from_zoned(&jiff::Zoned::now())
    }

    /// Seconds since 1970-01-01 UTC.
    pub fn second(self) -> i64 {
        self.second
    }

    /// Seconds east of UTC.
    pub fn offset(self) -> i32 {
        self.offset
    }

    /// What the author's clock showed, as seconds since it showed 1970-01-01 00:00.
    pub fn civil_second(self) -> i64 {
        self.second + i64::from(self.offset)
    }

    /// The day on the author's calendar, `2022-06-14`.
    pub fn date(self) -> String {
        self.civil().map(|t| t.date().to_string()).unwrap_or_default()
    }

    /// The year and the month, from 1, on the author's calendar.
    pub fn month(self) -> Option<(i16, i8)> {
        self.civil().map(|time| (time.year(), time.month()))
    }

    /// Day and minute by the author's clock, `2022-06-14 17:56`.
    pub fn minute(self) -> String {
        self.civil().map(|t| t.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }

    /// The day, and the minute unless the clock showed midnight, which stands for a date without a time.
    pub fn day_or_minute(self) -> String {
        if self.civil_second().rem_euclid(86_400) == 0 { self.date() } else { self.minute() }
    }

    fn civil(self) -> Option<jiff::civil::DateTime> {
        let offset = Offset::from_seconds(self.offset).ok()?;
        Some(offset.to_datetime(jiff::Timestamp::from_second(self.second).ok()?))
    }
}

/// RFC 3339: `2022-06-14T17:56:07+08:00`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = Offset::from_seconds(self.offset).map_err(|_out_of_range| fmt::Error)?;
        let instant = jiff::Timestamp::from_second(self.second).map_err(|_out_of_range| fmt::Error)?;
        let mut text = String::new();
        DateTimePrinter::new()
            .print_timestamp_with_offset(&instant, offset, &mut text)
            .map_err(|_never| fmt::Error)?;
        f.pad(&text)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Reads RFC 3339, as [`Timestamp`]'s `Display` writes it.
impl std::str::FromStr for Timestamp {
    type Err = jiff::Error;
    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_timestamp(text)?;
        let offset = jiff::fmt::temporal::Pieces::parse(text)?.to_numeric_offset().unwrap_or(Offset::UTC);
        Ok(Self { second: pieces.as_second(), offset: offset.seconds() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_by_the_authors_clock() {
        let t = Timestamp::new(1_655_200_567, 8 * 3600).unwrap();
        assert_eq!(t.to_string(), "2022-06-14T17:56:07+08:00");
        assert_eq!(t.minute(), "2022-06-14 17:56");
        assert_eq!(t.date(), "2022-06-14");
        assert_eq!(t.day_or_minute(), "2022-06-14 17:56");
        assert_eq!(Timestamp::new(1_655_136_000, 8 * 3600).unwrap().day_or_minute(), "2022-06-14");
    }

    #[test]
    fn rfc_3339_comes_back_with_its_offset() {
        for text in ["2022-06-14T17:56:07+08:00", "1999-12-31T23:59:59-03:30", "2024-02-29T00:00:00+00:00"] {
            let t: Timestamp = text.parse().unwrap();
            assert_eq!(t.to_string(), text);
        }
        assert!("2022-13-01".parse::<Timestamp>().is_err());
    }
}
