//! What a reader asks for: a filter over an archive, as a tree that the store turns into SQL and that a
//! language can be parsed into.

mod answer;
mod fold;

pub use answer::{Count, Listed, RowId, Totals};
pub use fold::{fold, fold_char};

use crate::post::{SafeText, Timestamp};

/// A condition that a post meets or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Query {
    /// Every post of the archive.
    #[default]
    All,
    /// Posts that meet every one of these.
    And(Vec<Query>),
    /// Posts of this source.
    Source(SafeText),
    /// Posts in this category.
    Category(SafeText),
    /// Posts with this tag.
    Tag(SafeText),
    /// Posts whose title contains this text, compared as by [`fold`].
    Title(String),
    /// Posts whose own clock showed at least what this time's clock shows: a post of 07:00 in Beijing is of
    /// its day in Beijing wherever it is read.
    Since(Timestamp),
    /// Posts whose own clock showed less than that.
    Before(Timestamp),
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
}

/// The facets by which the sidebar divides an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// Who published it.
    Source,
    /// The post's categories.
    Category,
    /// The post's tags.
    Tag,
}

impl Facet {
    /// All facets, in the sidebar's order.
    pub const ALL: [Self; 3] = [Self::Source, Self::Category, Self::Tag];

    /// The condition that a post has this value of the facet.
    pub fn query(self, value: SafeText) -> Query {
        match self {
            Self::Source => Query::Source(value),
            Self::Category => Query::Category(value),
            Self::Tag => Query::Tag(value),
        }
    }
}

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
        assert_eq!(Query::Bookmarked.and(both), Query::And(vec![Query::Bookmarked, source, Query::Unread]));
    }
}
