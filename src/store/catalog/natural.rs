//! The order of posts that have no date.

use crate::post::{PostId, Timestamp};
use std::fmt::Write as _;

/// Longer rows of digits are no numbers that anybody counts with.
const DIGITS: usize = 12;

/// What a post without a date is ordered by: its path with every number filled up with zeros, so that
/// `issue-12.md` comes after `issue-9.md`. `None` for a post that has a date, whose path only breaks ties.
pub(super) fn place(date: Option<Timestamp>, id: &PostId) -> Option<String> {
    date.is_none().then(|| filled(id.as_str()))
}

fn filled(path: &str) -> String {
    let mut filled = String::with_capacity(path.len() + DIGITS);
    let mut rest = path;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit())
        && let Some((before, from)) = rest.split_at_checked(start)
    {
        let end = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at_checked(end).unwrap_or((from, ""));
        // Writing to a string cannot fail.
        let _ = write!(filled, "{before}{number:0>DIGITS$}");
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers() {
        let mut paths =
            ["b/1.md", "a12.md", "a/x.md", "a9b10.md", "a9b9.md", "第10期.md", "第2期.md", "a.md"];
        paths.sort_by_key(|path| place(None, &PostId::from(*path)));
        assert_eq!(
            paths,
            ["a.md", "a/x.md", "a9b9.md", "a9b10.md", "a12.md", "b/1.md", "第2期.md", "第10期.md"]
        );
        assert_eq!(filled("x"), "x");
        assert_eq!(filled(&"7".repeat(40)), "7".repeat(40));
    }

    #[test]
    fn a_date_needs_no_other_place() {
        assert_eq!(place(Timestamp::new(0, 0), &PostId::from("a1.md")), None);
    }
}
