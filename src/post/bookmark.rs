//! What a reader keeps.

use super::{PostId, SafeText, Timestamp, WebUrl};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name under which the shelf keeps the marks of a post; it outlives the catalog and the file's place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShelfKey(Box<str>);

impl ShelfKey {
    /// The key of a post that has an original address. The scheme does not count: archives that moved from
    /// `http` to `https` keep their marks.
    pub fn of_url(url: &WebUrl) -> Self {
        let text = url.as_str();
        Self(text.strip_prefix("https:").or_else(|| text.strip_prefix("http:")).unwrap_or(text).into())
    }

    /// The key of a post that has none: the archive's name and the path in it.
    pub fn of_path(archive_name: &str, id: &PostId) -> Self {
        Self(format!("{archive_name}:{id}").into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ShelfKey {
    fn from(key: String) -> Self {
        Self(key.into())
    }
}

impl fmt::Display for ShelfKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A post that the reader keeps, with a copy of what names it, so that it outlives its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// The post's key on the shelf.
    pub key: ShelfKey,
    /// The archive's name when it was kept; other archives do not show it as one of theirs that is gone.
    #[serde(default)]
    pub archive: Option<SafeText>,
    /// The post's path when it was kept.
    pub id: PostId,
    /// Its title.
    pub title: SafeText,
    /// Its source.
    #[serde(default)]
    pub source: Option<SafeText>,
    /// Its date.
    #[serde(default)]
    pub date: Option<Timestamp>,
    /// Its original address.
    #[serde(default, deserialize_with = "web_url")]
    pub url: Option<WebUrl>,
    /// When it was kept.
    pub added: Timestamp,
}

/// An address from an imported or synced file is as untrusted as one from a post.
fn web_url<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<WebUrl>, D::Error> {
    let text = Option::<std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
    Ok(text.and_then(|text| WebUrl::parse(&text)))
}
