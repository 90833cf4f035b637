//! The zone behind a written time.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Short names of zones, in hours and minutes east of UTC. `CST` is not among them: China and the middle of
/// North America share it.
const NAMES: [(&str, i8, i8); 30] = [
    ("Z", 0, 0),
    ("UTC", 0, 0),
    ("GMT", 0, 0),
    ("UT", 0, 0),
    ("WET", 0, 0),
    ("WEST", 1, 0),
    ("BST", 1, 0),
    ("CET", 1, 0),
    ("MEZ", 1, 0),
    ("CEST", 2, 0),
    ("MESZ", 2, 0),
    ("EET", 2, 0),
    ("EEST", 3, 0),
    ("MSK", 3, 0),
    ("IST", 5, 30),
    ("ICT", 7, 0),
    ("WIB", 7, 0),
    ("HKT", 8, 0),
    ("SGT", 8, 0),
    ("PHT", 8, 0),
    ("AWST", 8, 0),
    ("JST", 9, 0),
    ("KST", 9, 0),
    ("AEST", 10, 0),
    ("AEDT", 11, 0),
    ("NZST", 12, 0),
    ("EST", -5, 0),
    ("EDT", -4, 0),
    ("PST", -8, 0),
    ("PDT", -7, 0),
];

/// Reads `Z`, `+0800`, `+08:00`, `-5`, `UTC+8`, `GMT+0800`, `CST`, `Asia/Shanghai` and an RFC 9557 `[zone]`. The
/// text may hold a remark in brackets behind it. `None` when there is no zone, or none that is known.
pub(super) fn parse(text: &str, time: DateTime, site: &TimeZone) -> Option<TimeZone> {
    let text = text.trim();
    if let Some(offset) = offset(text) {
        return Some(TimeZone::fixed(offset));
    }
    let text = text.trim_start_matches('[');
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '/' | '_'))).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    if name.contains('/') {
        return TimeZone::get(name).ok();
    }
    if name.eq_ignore_ascii_case("CST") {
        return Some(TimeZone::fixed(cst(time, site)));
    }
    let &(_, hours, minutes) = NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
    // `GMT+0800` gives its own offset.
    let own = offset(rest);
    let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    Some(TimeZone::fixed(own.or_else(|| Offset::from_seconds(seconds).ok())?))
}

/// Central Standard Time for a site in America, else China Standard Time.
fn cst(time: DateTime, site: &TimeZone) -> Offset {
    let own = time.to_zoned(site.clone()).map_or(Offset::UTC, |zoned| zoned.offset());
    if own.seconds() < 0 { jiff::tz::offset(-6) } else { jiff::tz::offset(8) }
}

/// `+0800`, `+08:00`, `+8`, `-05:30`, with a plus, a hyphen or a minus.
fn offset(text: &str) -> Option<Offset> {
    let digits = text.strip_prefix(['+', '-', '−'])?;
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(digits.len());
    let digits: String = digits.get(..end)?.chars().filter(|&c| c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        3 | 4 | 6 => digits.split_at_checked(if digits.len() == 3 { 1 } else { 2 })?,
        _ => return None,
    };
    let (hours, minutes): (i32, i32) =
        (hours.parse().ok()?, minutes.get(..2).unwrap_or(minutes).parse().ok()?);
    (hours <= 14 && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())
        .flatten()
}
