//! When a post was published, and how one can know.

mod in_path;
mod written;
mod zone;

pub(super) use in_path::{in_name, without_date};

use super::front_matter::FrontMatter;
use super::site::Site;
use crate::post::{DateFrom, Problem, ProblemKind, Timestamp};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Years outside of these are numbers, not years.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2100;

/// Keys that hold nothing but a date, the most telling first.
const KEYS: [&str; 4] = ["date", "pubDate", "publishDate", "published_at"];

/// Keys that may hold a date or something else (`published: false`, `time: 5 minutes`), or a later date.
const WEAK_KEYS: [&str; 7] = ["published", "created", "created_at", "time", "datetime", "updated", "lastmod"];

/// Keys in which a path, and in it a date, may stand.
const PATH_KEYS: [&str; 4] = ["path", "slug", "url", "permalink"];

/// The date of a post: from the front matter, else from the file's name, else from the path that the front matter
/// gives it, else from the folders.
pub(super) fn find(
    front: &FrontMatter,
    parts: &[String],
    site: &Site,
    problems: &mut Vec<Problem>,
) -> (Option<Timestamp>, DateFrom) {
    if let Some(date) = in_front_matter(front, &site.zone, problems) {
        return (Some(date), DateFrom::FrontMatter);
    }
    let file = parts.last().and_then(|name| in_name(name));
    let found = match file {
        Some(date) => Some((date, DateFrom::FileName)),
        None => in_path_key(front).map(|date| (date, DateFrom::FrontMatter)),
    };
    let found = found.or_else(|| in_path::in_folders(parts).map(|date| (date, DateFrom::Path)));
    if let Some((date, from)) = found
        && let Some(midnight) = midnight(date, &site.zone)
    {
        return (Some(midnight), from);
    }
    problems.push(Problem::new(ProblemKind::NoDate, ""));
    (None, DateFrom::None)
}

fn in_front_matter(front: &FrontMatter, zone: &TimeZone, problems: &mut Vec<Problem>) -> Option<Timestamp> {
    let mut unreadable = None;
    let certain = KEYS.iter().filter_map(|key| front.text(key)).find_map(|text| {
        let date = written::parse(text, zone);
        unreadable = unreadable.or(Some(text).filter(|_| date.is_none()));
        date
    });
    if let Some(text) = unreadable {
        let detail = text.get(..text.floor_char_boundary(80)).unwrap_or(text);
        problems.push(Problem::new(ProblemKind::BadDate, detail));
    }
    let weak =
        || WEAK_KEYS.iter().filter_map(|key| front.text(key)).find_map(|text| written::parse(text, zone));
    certain.or_else(weak)
}

fn in_path_key(front: &FrontMatter) -> Option<Date> {
    PATH_KEYS.iter().filter_map(|key| front.text(key)).find_map(|path| {
        let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        parts.iter().rev().find_map(|part| in_name(part)).or_else(|| in_path::in_folders(&parts))
    })
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|zoned| Timestamp::from_zoned(&zoned))
}

/// A day of the calendar in a plausible year.
fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests;
