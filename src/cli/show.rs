//! `finews show`.

use crate::app::head;
use crate::cli::args::{Format, Show};
use crate::cli::context::{Context, no_post, terminal_width};
use crate::cli::output::{Out, painted};
use crate::cli::record::Record;
use crate::config::Theme;
use crate::ingest::{Archive, ArchiveError, Options};
use crate::post::{Header, Post, PostId};
use crate::typeset::{Article, Line, Options as Setting, article, export, lay_out};
use anyhow::Context as _;
use std::path::Path;
use std::sync::Arc;

pub(super) fn show(context: &mut Context, args: &Show, out: &mut Out) -> anyhow::Result<()> {
    let post = find(context, &args.post)?;
    let text = Arc::new(article(&post.body).below(&post.header.title));
    match format(context, args) {
        Format::Json => print_json(context, &post, &text, out),
        Format::Html => print_lines(&export::html(&post.header.title, &text), out),
        Format::Markdown => print_lines(&export::markdown(&post.header.title, &text), out),
        Format::Ansi | Format::Text => print_page(context, args, &post.header, &text, out),
    }
}

fn print_lines(text: &str, out: &mut Out) -> anyhow::Result<()> {
    text.lines().try_for_each(|line| out.line(line))
}

/// The lines of the reader, with colours or without.
fn print_page(
    context: &Context,
    args: &Show,
    header: &Header,
    text: &Arc<Article>,
    out: &mut Out,
) -> anyhow::Result<()> {
    let setting = setting(context, args);
    let theme = Theme::load(&context.config.settings.theme, &context.paths.themes())?;
    let (head, page) = (head(header, &setting), lay_out(text, &setting));
    for line in head.into_iter().chain(page.lines()) {
        if format(context, args) == Format::Ansi {
            out.styled(&ansi(&line, &theme))?;
        } else {
            out.line(&format!("{:indent$}{}", "", line.text(), indent = usize::from(line.indent)))?;
        }
    }
    Ok(())
}

fn format(context: &Context, args: &Show) -> Format {
    args.format.unwrap_or(if context.has_colors() { Format::Ansi } else { Format::Text })
}

fn setting(context: &Context, args: &Show) -> Setting {
    let setting = context.config.settings.options();
    // The gutter in which marks hang must be on the screen too.
    let gutter = u16::from(setting.hanging);
    let room = terminal_width().map_or(u16::MAX, |width| width.saturating_sub(gutter));
    let width = args.width.unwrap_or_else(|| room.min(context.config.settings.typeset.max_width));
    Setting { width, ..setting }
}

/// A post by its id in the archive, or by the path of its file.
fn find(context: &Context, post: &Path) -> anyhow::Result<Post> {
    let archive = context.archive()?;
    let named = archive.read(&PostId::from_path(post));
    if let Ok(read) = named {
        return Ok(read.post);
    }
    let alone = match Archive::open(post, Options::default()) {
        Err(ArchiveError::NotFound(_)) => anyhow::bail!(no_post(post, &archive)),
        alone => alone?,
    };
    let name = post.file_name().context("the path names no file")?;
    Ok(alone.read(&PostId::from_path(Path::new(name)))?.post)
}

fn print_json(context: &Context, post: &Post, text: &Article, out: &mut Out) -> anyhow::Result<()> {
    let library = context.library()?;
    let key = post.header.shelf_key(library.archive().name());
    let (read, bookmarked) = (library.marks().is_read(&key), library.marks().bookmark(&key).is_some());
    out.json(&Record::new(&post.header, read, bookmarked).with_text(text.plain_text()))
}

/// A line with the colours of the theme.
fn ansi(line: &Line, theme: &Theme) -> String {
    let mut text = " ".repeat(usize::from(line.indent));
    for span in &line.spans {
        text.push_str(&painted(&span.text, theme.text(span.style)));
    }
    text
}
