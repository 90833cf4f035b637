//! An article in other formats, without anything that the post's own markup could do besides.

mod html;
mod markdown;

use super::article::{Article, Link, Picture};

pub use html::html;
pub use markdown::markdown;

/// The address of a picture, and the link around it if that leads elsewhere.
fn addresses<'a>(picture: &'a Picture, article: &'a Article) -> (&'a str, Option<&'a Link>) {
    let source = picture.source.as_ref().map_or("", |url| url.as_str());
    let link = picture.link.and_then(|link| article.links.get(link));
    (source, link.filter(|link| link.url.as_str() != source))
}
