//! The text of an article as one text to look for words in.
//!
//! It is what the reader shows, no more and no less. Most posts of an archive of news are simple enough to tell it from
//! the markup at once, some twenty-five times as fast as setting the article: see [`shortcut`] and [`unmarked`], which
//! give up on all that they are not sure of.

mod shortcut;
mod solid;
mod unmarked;

use super::{capped, convert, html, plain};
use crate::post::{Body, Markup};
use crate::typeset::article::{Article, Block};

/// The text of a body as its [`article`](super::article) holds it, a line a paragraph, a line of program text, a cell or
/// a caption.
pub fn words(body: &Body) -> String {
    let (text, _) = capped(&body.text);
    let unmarked = if body.markup == Markup::Markdown { unmarked::html(text) } else { None };
    if let Some(words) = unmarked.and_then(|html| shortcut::words(&html)) {
        return words;
    }
    let Some(html) = html(text, body.markup) else { return text_of(&plain(text)) };
    shortcut::words(&html).unwrap_or_else(|| text_of(&convert(&html)))
}

fn text_of(article: &Article) -> String {
    let mut out = String::new();
    for flow in article.blocks.iter().flat_map(Block::flows).filter(|flow| !flow.is_empty()) {
        out.extend([if out.is_empty() { "" } else { "\n" }, flow.text()]);
    }
    out
}

#[cfg(test)]
mod tests;
