//! From the filter arguments to a query.

use crate::cli::args::Filter;
use crate::post::{SafeText, Timestamp};
use crate::query::{Lookup, Query, QueryError, parse_with, span};
use crate::typeset::{Ambiguous, width};

/// A query that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub(super) struct Misread {
    text: String,
    error: QueryError,
    /// The terminal that it is shown on.
    ambiguous: Ambiguous,
}

impl Misread {
    /// The query, and under it a mark at what makes no sense.
    pub(super) fn place(&self) -> [String; 2] {
        let part = |range| SafeText::new(self.text.get(range).unwrap_or_default());
        let (before, wrong) = (part(0..self.error.range.start), part(self.error.range.clone()));
        let after = part(self.error.range.end..self.text.len());
        let (from, cells) = (width::of(&before, self.ambiguous), width::of(&wrong, self.ambiguous).max(1));
        [format!("  {before}{wrong}{after}"), format!("  {:from$}{:^<cells$}", "", "")]
    }
}

impl Filter {
    /// The condition that the words and the flags stand for together.
    pub(super) fn query(&self, ambiguous: Ambiguous, saved: Lookup<'_>) -> Result<Query, Misread> {
        let label = |text: &String| SafeText::label(text);
        let conditions = [
            self.source.as_ref().map(|source| Query::Source(label(source))),
            self.category.as_ref().map(|category| Query::Category(label(category))),
            self.tag.as_ref().map(|tag| Query::Tag(label(tag))),
            self.title.as_deref().map(|title| Query::Title(title.into())),
            self.since.map(Query::Since),
            self.until.map(Query::Before),
            self.bookmarked.then_some(Query::Bookmarked),
            self.unread.then_some(Query::Unread),
        ];
        let text = self.words.join(" ");
        match parse_with(&text, Timestamp::now(), saved) {
            Ok(words) => Ok(conditions.into_iter().flatten().fold(words, Query::and)),
            Err(error) => Err(Misread { text, error, ambiguous }),
        }
    }
}

/// The beginning of a day, month or year.
pub(super) fn first_moment(text: &str) -> Result<Timestamp, String> {
    moments(text).map(|(first, _)| first)
}

/// The first moment after a day, month or year.
pub(super) fn moment_after(text: &str) -> Result<Timestamp, String> {
    moments(text).map(|(_, after)| after)
}

fn moments(text: &str) -> Result<(Timestamp, Timestamp), String> {
    span(text).ok_or_else(|| format!("`{text}` is no date; write 2022-06-14, 2022-06 or 2022"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_what_makes_no_sense() {
        let filter = |words: &[&str]| Filter {
            words: words.iter().map(ToString::to_string).collect(),
            ..Filter::default()
        };
        for (words, mark) in [
            (&["央行", "sourse:晨报"][..], "       ^^^^^^"),
            (&["“央行\n”", "date:三月"], "               ^^^^"),
            (&["(甲))"], "      ^"),
            (&["甲", "saved:茶"], "           ^^"),
        ] {
            let misread = filter(words).query(Ambiguous::Narrow, &|_| None).unwrap_err();
            let [query, place] = misread.place();
            assert_eq!(place, mark, "{query}");
        }
    }
}
