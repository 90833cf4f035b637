//! A post as a JSON object, the same for every subcommand.

use crate::post::{DateFrom, Header, SafeText, StockCode, Timestamp, WebUrl};
use serde::Serialize;
use serde_json::Value;

/// The fields of `--json`. Scripts rely on them.
#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    id: &'a str,
    title: &'a SafeText,
    date: Option<Timestamp>,
    date_from: DateFrom,
    source: Option<&'a SafeText>,
    categories: &'a [SafeText],
    tags: &'a [SafeText],
    url: Option<&'a WebUrl>,
    codes: &'a [StockCode],
    read: bool,
    bookmarked: bool,
    problems: Vec<String>,
    /// The plain text, in `show` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What was found in the text, in `search` only; null when nothing of the texts was asked for or the file is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Value>,
}

impl<'a> Record<'a> {
    pub(super) fn new(header: &'a Header, read: bool, bookmarked: bool) -> Self {
        Self {
            id: header.id.as_str(),
            title: &header.title,
            date: header.date,
            date_from: header.date_from,
            source: header.source.as_ref(),
            categories: &header.categories,
            tags: &header.tags,
            url: header.url.as_ref(),
            codes: &header.codes,
            read,
            bookmarked,
            problems: header.problems.iter().map(ToString::to_string).collect(),
            text: None,
            snippet: None,
        }
    }

    pub(super) fn with_text(self, text: String) -> Self {
        Self { text: Some(text), ..self }
    }

    pub(super) fn with_snippet(self, snippet: Option<String>) -> Self {
        Self { snippet: Some(snippet.into()), ..self }
    }
}
