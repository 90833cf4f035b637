//! What an archive answers to a question.

use super::fold;
use crate::post::{PostId, SafeText, Timestamp, WebUrl};

/// A post's number in the catalog: small, so that a list of a million posts is four megabytes. It means
/// nothing outside the catalog it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// What one line of the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub row: RowId,
    /// Its path in the archive.
    pub id: PostId,
    /// Its title; never empty.
    pub title: SafeText,
    /// When it was published.
    pub date: Option<Timestamp>,
    /// Who published it.
    pub source: Option<SafeText>,
    /// The original's address.
    pub url: Option<WebUrl>,
    /// Whether it has been read.
    pub read: bool,
    /// Whether the reader keeps it.
    pub bookmarked: bool,
    /// Whether its file is gone and only the bookmark is left.
    pub gone: bool,
}

/// How many posts have one value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub value: SafeText,
    /// What people call it, where the value is a stock's symbol and a post has named it.
    pub name: Option<SafeText>,
    /// Posts that have it.
    pub total: u32,
    /// Those of them that are not read.
    pub unread: u32,
}

impl Count {
    /// The value, behind what people call it: `贵州茅台 600519.SH`.
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} {}", self.value),
            None => self.value.to_string(),
        }
    }

    /// Whether the value or the name contains a folded text ([`fold`]).
    pub fn contains(&self, folded: &str) -> bool {
        let names = self.name.iter().chain([&self.value]);
        names.into_iter().any(|name| fold(name).contains(folded))
    }
}

/// How many posts an archive has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Posts with a file.
    pub posts: u32,
    /// Those of them that are not read.
    pub unread: u32,
    /// Bookmarks, also those whose file is gone.
    pub bookmarked: u32,
}
