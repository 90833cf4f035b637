//! A body to an article: Markdown, cleaning, html2text, blocks.

mod clean;
mod decorator;
mod digest;
mod entity;
mod markdown;
mod marks;
mod read;
mod script;
mod tag;
mod words;

pub use markdown::literal;
pub use words::words;

use super::article::{Article, Block, Kind, Remark};
use super::flow::Flow;
use super::guard;
use super::style::Style;
use crate::post::{Body, Markup};
use decorator::Decorator;
use html2text::render::TaggedLine;
use std::borrow::Cow;

/// Bodies longer than this are cut, in bytes. The longest real posts are a tenth of it, and what the libraries do
/// with the worst bodies of this length takes seconds, not minutes.
const MAX_BODY: usize = 2 * 1024 * 1024;
/// html2text never breaks a line at this width, so that lines are broken once, by our own rules.
const WIDTH: usize = 1 << 24;

/// Reads a body. Total: whatever the body holds, all its text comes out, up to 2 MB of it.
pub fn article(body: &Body) -> Article {
    let (text, is_cut) = capped(&body.text);
    let mut article = html(text, body.markup).map_or_else(|| plain(text), |html| convert(&html));
    if is_cut {
        article.blocks.push(Block::new(Kind::Remark(Remark::Cut)));
    }
    article
}

/// The HTML of a text; `None` when it has no markup.
fn html(text: &str, markup: Markup) -> Option<Cow<'_, str>> {
    match markup {
        Markup::Plain => None,
        Markup::Html => Some(text.into()),
        Markup::Markdown => Some(guard::run(|| markdown::to_html(text)).map_or(text.into(), Cow::Owned)),
    }
}

/// The text up to the limit, at a line end if one is near.
fn capped(text: &str) -> (&str, bool) {
    if text.len() <= MAX_BODY {
        return (text, false);
    }
    let end = (0..=MAX_BODY).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    (text.get(..end).unwrap_or_default(), true)
}

fn convert(html: &str) -> Article {
    let cleaned = clean::clean(html);
    let script = script::of(&cleaned.html);
    let decorator = Decorator { numbers: cleaned.numbers.into() };
    let lines = guard::run(|| render(&cleaned.html, decorator)).flatten();
    let article = lines.map(|lines| read::article(&lines, script));
    match article {
        Some(article) if holds(&article, cleaned.letters) => digest::drop_repeated(article),
        _ => unformatted(html),
    }
}

fn render(html: &str, decorator: Decorator) -> Option<Vec<TaggedLine<Vec<decorator::Note>>>> {
    let config = html2text::config::with_decorator(decorator).unicode_strikeout(false);
    let config = config.empty_img_mode(html2text::config::ImageRenderMode::ShowAlways);
    config.lines_from_read(html.as_bytes(), WIDTH).ok()
}

/// Whether an article holds the text that went in: at least nine tenths of the letters and figures, since references
/// become shorter.
fn holds(article: &Article, letters: usize) -> bool {
    let text = article.plain_text();
    let shown = text.chars().filter(|c| c.is_alphanumeric()).count();
    shown + 100 >= letters - letters / 10
}

/// The text between the tags, one paragraph a line: the last resort.
fn unformatted(html: &str) -> Article {
    let mut text = String::with_capacity(html.len());
    for token in tag::Tokens::new(html) {
        match token {
            tag::Token::Text(piece) => text.push_str(&entity::decode(piece)),
            tag::Token::Close(_) => {}
            tag::Token::Open(tag) if matches!(&*tag.name, "a" | "b" | "strong" | "em" | "i" | "span") => {}
            tag::Token::Open(_) => text.push('\n'),
        }
    }
    let mut article = plain(&text);
    article.blocks.insert(0, Block::new(Kind::Remark(Remark::Unformatted)));
    article
}

/// Text that is no markup: a paragraph a line.
fn plain(text: &str) -> Article {
    let mut article = Article { script: script::of(text), ..Article::default() };
    let mut tight = false;
    for line in text.split('\n') {
        let flow = Flow::new(line, Style::default());
        if flow.is_empty() {
            tight = false;
            continue;
        }
        article.blocks.push(Block { tight, ..Block::new(Kind::Paragraph(flow)) });
        tight = true;
    }
    article
}

#[cfg(test)]
pub(super) mod tests;
