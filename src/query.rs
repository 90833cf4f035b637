//! What a reader asks for: the language of filters and searches, read into a tree ([`Query`]) that the store turns
//! into SQL and the index answers for texts.
//!
//! | written | posts |
//! |---|---|
//! | `央行 降准` | with both words in title or text |
//! | `央行 OR 降准`, `央行\|降准` | with one of them |
//! | `-央行`, `NOT 央行` | without it |
//! | `(央行 OR 降准) -股票` | parentheses bind |
//! | `"央行 降准"` | with exactly this phrase |
//! | `~二〇二二年`, `~"壹佰万 元"` | with this word or phrase, also in other characters: `2022年`, `一百万 圆` |
//! | `/降准.{0,9}基点/` | with a match of the regular expression in title or text |
//! | `title:快讯` | with this in the title |
//! | `source:新浪` | of a source with this in its name; so `category:`, `tag:` |
//! | `source:"新浪财经"` | of the source with exactly this name; so `category:`, `tag:` |
//! | `code:600519`, `code:600519.SH`, `code:NIO` | that name this stock or board |
//! | `code:茅台` | that name a stock with this in its name |
//! | `date:2022`, `date:2022-03-05`, `date:2022-01..2022-03`, `date:..2022` | of these days, by their own clock |
//! | `newer:7d`, `older:1y` | of the last seven days and today; of the time before; also `w`, `m` |
//! | `is:unread`, `is:read`, `is:bookmarked`, `has:image` | |
//! | `saved:茅台` | that the query finds which the reader has saved under this name |
//!
//! Whether a value is matched in whole or in part is said by its quotes and not by what the archive holds, so that
//! a saved query does not change its meaning when a source comes to be. Case and width of letters do not count, nor
//! whether characters are traditional or simplified ([`fold`]), except in the values of exactly this name. Quotes,
//! colons, parentheses, bars and tildes may be full-width, and field names Chinese: `来源：新浪`. A word with a colon
//! that is no field's is a word.

mod answer;
mod code;
mod complete;
mod dates;
mod error;
mod field;
mod fold;
mod lex;
mod parse;
mod pattern;
mod plan;
mod print;
mod rows;
mod term;
mod terms;
mod variants;

pub use answer::{Count, Listed, RowId, Totals};
pub use code::Symbol;
pub use complete::{Completion, complete};
pub use dates::span;
pub use error::{QueryError, QueryFlaw};
pub use field::Field;
pub use fold::{fold, fold_char};
pub use parse::{Lookup, parse, parse_with};
pub use pattern::Pattern;
pub use plan::Plan;
pub use print::in_quotes;
pub use rows::Rows;
pub use term::Term;
pub use terms::{Terms, merged};
pub use variants::variants;

use crate::post::{SafeText, Timestamp};
use std::ops::Not;

/// A condition that a post meets or not.
///
/// A post whose file is gone can meet it only by way of [`Query::Bookmarked`]: for alternatives that do not ask for
/// bookmarks ([`Query::asks_for_bookmarks`]), only posts with a file count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Query {
    /// Every post of the archive.
    #[default]
    All,
    /// Posts that meet every one of these.
    And(Vec<Query>),
    /// Posts that meet at least one of these.
    Or(Vec<Query>),
    /// Posts that do not meet this.
    Not(Box<Query>),
    /// Posts with this word or phrase in title or text, compared as by [`fold`].
    Text(Term),
    /// Posts with a match of this in title or text.
    Pattern(Pattern),
    /// Posts with this word or phrase in the title, compared as by [`fold`].
    Title(Term),
    /// Posts of this source.
    Source(SafeText),
    /// Posts in this category.
    Category(SafeText),
    /// Posts with this tag.
    Tag(SafeText),
    /// Posts with a value of this facet that contains this text, compared as by [`fold`]; for stocks, in symbol or
    /// name; for months, the posts of this day, month or year ([`span`]).
    Like(Facet, String),
    /// Posts that name this stock or board.
    Code(Symbol),
    /// Posts with a picture in the text.
    HasImage,
    /// Posts whose own clock showed at least what this time's clock shows: a post of 07:00 in Beijing is of
    /// its day in Beijing wherever it is read.
    Since(Timestamp),
    /// Posts whose own clock showed less than that.
    Before(Timestamp),
    /// Posts that have been read.
    Read,
    /// Posts not yet read.
    Unread,
    /// Posts kept by the reader, also those whose file is gone.
    Bookmarked,
}

impl Query {
    /// The same condition for read posts too; `None` if it does not ask for unread ones.
    pub fn with_read(&self) -> Option<Self> {
        match self {
            Self::Unread => Some(Self::All),
            Self::And(all) if all.contains(&Self::Unread) => {
                let others = all.iter().filter(|one| **one != Self::Unread).cloned();
                Some(others.fold(Self::All, Self::and))
            }
            _ => None,
        }
    }

    /// Both conditions at once, without needless nesting.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, one) | (one, Self::All) => one,
            (Self::And(mut all), Self::And(more)) => {
                all.extend(more);
                Self::And(all)
            }
            (Self::And(mut all), one) => {
                all.push(one);
                Self::And(all)
            }
            (one, Self::And(mut all)) => {
                all.insert(0, one);
                Self::And(all)
            }
            (one, other) => Self::And(vec![one, other]),
        }
    }

    /// At least one of both conditions, without needless nesting.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::Or(mut any), Self::Or(more)) => {
                any.extend(more);
                Self::Or(any)
            }
            (Self::Or(mut any), one) => {
                any.push(one);
                Self::Or(any)
            }
            (one, Self::Or(mut any)) => {
                any.insert(0, one);
                Self::Or(any)
            }
            (one, other) => Self::Or(vec![one, other]),
        }
    }

    /// Whether posts whose file is gone can meet it.
    pub fn asks_for_bookmarks(&self) -> bool {
        match self {
            Self::Bookmarked => true,
            Self::And(all) | Self::Or(all) => all.iter().any(Self::asks_for_bookmarks),
            _ => false,
        }
    }

    /// Whether the answer depends on what the reader has marked.
    pub fn asks_for_marks(&self) -> bool {
        match self {
            Self::Read | Self::Unread | Self::Bookmarked => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_for_marks),
            Self::Not(denied) => denied.asks_for_marks(),
            _ => false,
        }
    }
}

impl Not for Query {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Not(denied) => *denied,
            other => Self::Not(Box::new(other)),
        }
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Newest first; posts without a date last.
    #[default]
    Newest,
    /// Oldest first; posts without a date last.
    Oldest,
    /// By title, in code point order.
    Title,
    /// By source, then newest first.
    Source,
    /// The posts first that are most about the words of a query, then newest first: what [`crate::index::Rank`] says.
    /// Without words, newest first. The catalog does not know the texts: to it this is newest first.
    Relevance,
}

/// The facets by which the sidebar divides an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Who published it.
    Source,
    /// The month that its own clock showed: `2022-03`.
    Month,
    /// The post's categories.
    Category,
    /// The post's tags.
    Tag,
    /// Stocks and boards that it names, by symbol.
    Stock,
}

impl Facet {
    /// The facets of the sidebar, in its order.
    pub const ALL: [Self; 5] = [Self::Source, Self::Month, Self::Category, Self::Tag, Self::Stock];

    /// The condition that a post has this value of the facet.
    pub fn query(self, value: SafeText) -> Query {
        match self {
            Self::Source => Query::Source(value),
            Self::Month => span(&value)
                .map_or(!Query::All, |(first, after)| Query::Since(first).and(Query::Before(after))),
            Self::Category => Query::Category(value),
            Self::Tag => Query::Tag(value),
            Self::Stock => Query::Code(Symbol::new(&value)),
        }
    }
}

#[cfg(test)]
mod language;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn and_stays_flat_and_drops_all() {
        let source = Query::Source("甲".into());
        assert_eq!(Query::All.and(source.clone()), source);
        let both = source.clone().and(Query::Unread);
        assert_eq!(both.clone().and(Query::All), both);
        assert_eq!(both.with_read(), Some(source.clone()));
        assert_eq!(source.with_read(), None);
        assert_eq!(Query::All.or(source.clone()), Query::All);
        assert_eq!(!!source.clone(), source);
        assert_eq!(Query::Bookmarked.and(both), Query::And(vec![Query::Bookmarked, source, Query::Unread]));
    }
}
