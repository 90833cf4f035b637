//! A post and what is known of it without its text.

use super::{PostId, Problem, SafeText, ShelfKey, StockCode, Timestamp, WebUrl};
use serde::{Deserialize, Serialize};

/// Where a post's date was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFrom {
    /// A key of the front matter.
    FrontMatter,
    /// The name of the file.
    FileName,
    /// The names of the folders.
    Path,
    /// The site's configuration.
    Config,
    /// Nowhere: the post has no date.
    #[default]
    None,
}

/// All that the list, the sidebar and the filters need to know of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The path within the archive.
    pub id: PostId,
    /// Never empty: the front matter's, else the first heading, else the first line, else the file name.
    pub title: SafeText,
    /// When it was published.
    pub date: Option<Timestamp>,
    /// Where the date was found.
    pub date_from: DateFrom,
    /// Who published it: for news archives the source's display name.
    pub source: Option<SafeText>,
    /// In the order of the post, without repetitions.
    pub categories: Vec<SafeText>,
    /// In the order of the post, without repetitions.
    pub tags: Vec<SafeText>,
    /// The original's address.
    pub url: Option<WebUrl>,
    /// Stocks and boards that the post names, in order of appearance, each once.
    pub codes: Vec<StockCode>,
    /// Whether there is a picture in the text, charts of stocks included.
    pub has_image: bool,
    /// What was wrong with the file.
    pub problems: Vec<Problem>,
}

impl Header {
    /// The key under which the shelf keeps the marks of this post: its original address when it has one (so
    /// that a moved file keeps its marks), else its path in the named archive.
    pub fn shelf_key(&self, archive_name: &str) -> ShelfKey {
        match &self.url {
            Some(url) => ShelfKey::of_url(url),
            None => ShelfKey::of_path(archive_name, &self.id),
        }
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Markup {
    /// Markdown with HTML in it (`.md`, `.markdown`, `.Rmd`).
    Markdown,
    /// HTML alone (`.html`).
    Html,
    /// Neither: shown as it is, line by line (a binary file's notice).
    Plain,
}

/// A post's text as it stands in the file: decoded, without front matter, without the boilerplate tail, with
/// line ends as `\n`. Not safe to show; `typeset` makes it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// How to read it.
    pub markup: Markup,
    /// The text.
    pub text: String,
}

/// One post, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What is known of it.
    pub header: Header,
    /// What it says.
    pub body: Body,
}
