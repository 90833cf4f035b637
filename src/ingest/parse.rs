//! One file becomes one post, whatever is in it.

use super::decode::{self, Decoded, Reading};
use super::front_matter::{self, FrontMatter};
use super::page::Page;
use super::site::Site;
use super::{boilerplate, codes, date, labels, name, source, title};
use crate::post::{Body, Header, Markup, Post, PostId, Problem, ProblemKind, SafeText, WebUrl};
use memchr::memmem;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;

/// Keys of the front matter under which the original's address may stand.
const URL_KEYS: [&str; 6] = ["url", "link", "original", "original_url", "canonical_url", "source_url"];

/// A file with more problems than this is not described any better by all of them.
const MOST_PROBLEMS: usize = 20;

/// What words are looked for in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The title, as in the header of the post.
    pub title: SafeText,
    /// The body, as in the post.
    pub body: Body,
}

/// Makes a post of a file's bytes. Never fails: what cannot be read is replaced by the next best, and noted in
/// [`Header::problems`].
pub fn parse(id: &PostId, bytes: &[u8], site: &Site) -> Post {
    parse_content(id, bytes, site, Vec::new())
}

/// As [`parse`], with the problems that reading the file had.
pub(super) fn parse_content(id: &PostId, bytes: &[u8], site: &Site, mut problems: Vec<Problem>) -> Post {
    let parts = name::parts(id);
    let Decoded { text, reading } = decode::decode(bytes);
    problems.extend(problem_of(reading));
    if reading == Reading::Binary {
        return notice(id, &parts, site, problems, &not_shown(bytes));
    }
    let Opened { front, text, tail_url, markup, title } = open(id, &parts, &text, &mut problems);
    let (date, date_from) = date::find(&front, &parts, site, &mut problems);
    problems.truncate(MOST_PROBLEMS);
    let (categories, tags) = (labels::categories(&front, site), labels::tags(&front, site));
    let header = Header {
        id: id.clone(),
        source: source::find(&front, &categories, &tags),
        url: tail_url.or_else(|| url(&front)),
        codes: codes::find(&title, text),
        has_image: has_image(text, markup),
        title,
        date,
        date_from,
        categories,
        tags,
        problems,
    };
    Post { header, body: Body { markup, text: text.to_owned() } }
}

/// The title and the body of what [`parse`] would make: what words are looked for in. Less than half of the work.
pub(super) fn parse_text(id: &PostId, bytes: &[u8]) -> Text {
    let parts = name::parts(id);
    let Decoded { text, reading } = decode::decode(bytes);
    if reading == Reading::Binary {
        return notice_text(&parts, &not_shown(bytes));
    }
    let Opened { text, markup, title, .. } = open(id, &parts, &text, &mut Vec::new());
    Text { title, body: Body { markup, text: text.to_owned() } }
}

/// A file of text whose parts are told apart.
struct Opened<'t> {
    front: FrontMatter,
    title: SafeText,
    markup: Markup,
    text: &'t str,
    /// The address that stood behind the text.
    tail_url: Option<WebUrl>,
}

fn open<'t>(id: &PostId, parts: &[String], text: &'t str, problems: &mut Vec<Problem>) -> Opened<'t> {
    let (mut front, text) = front_matter::read(text, problems);
    let file = id.as_str().rsplit('/').next().unwrap_or_default();
    let markup = name::markup(OsStr::from_bytes(file.as_bytes())).unwrap_or(Markup::Markdown);
    let page = Page::of(text, markup);
    if let Some(date) = page.date {
        front.supply("date", date);
    }
    let (text, tail_url) = boilerplate::cut(page.body);
    let title = title::find(&front, page.title, (text, markup), parts, problems);
    Opened { front, title, markup, text, tail_url }
}

/// What stands in the place of a file that is no text.
fn not_shown(bytes: &[u8]) -> String {
    format!("({}: {} bytes)", ProblemKind::Binary.message(), bytes.len())
}

/// The post for a file that the system does not let us read.
pub(super) fn unreadable(id: &PostId, error: &io::Error, site: &Site) -> Post {
    let (problem, text) = not_readable(error);
    notice(id, &name::parts(id), site, vec![problem], &text)
}

/// The title and the body of [`unreadable`].
pub(super) fn unreadable_text(id: &PostId, error: &io::Error) -> Text {
    notice_text(&name::parts(id), &not_readable(error).1)
}

/// What is wrong with a file that cannot be read, and what stands in its place.
fn not_readable(error: &io::Error) -> (Problem, String) {
    let problem = Problem::new(ProblemKind::Unreadable, &error.to_string());
    let text = format!("({problem})");
    (problem, text)
}

fn notice_text(parts: &[String], text: &str) -> Text {
    let body = Body { markup: Markup::Plain, text: SafeText::new(text).to_string() };
    Text { title: title::of_file(parts), body }
}

/// A post that has nothing but its name.
fn notice(id: &PostId, parts: &[String], site: &Site, mut problems: Vec<Problem>, text: &str) -> Post {
    let (date, date_from) = date::find(&FrontMatter::default(), parts, site, &mut problems);
    let Text { title, body } = notice_text(parts, text);
    let header = Header {
        id: id.clone(),
        title,
        date,
        date_from,
        source: None,
        categories: Vec::new(),
        tags: Vec::new(),
        url: None,
        codes: Vec::new(),
        has_image: false,
        problems,
    };
    Post { header, body }
}

fn problem_of(reading: Reading) -> Option<Problem> {
    match reading {
        Reading::Utf8 => None,
        Reading::Damaged(bytes) => Some(Problem::new(ProblemKind::Undecodable, &format!("{bytes} bytes"))),
        Reading::Other(encoding, false) => Some(Problem::new(ProblemKind::Encoding, encoding.name())),
        Reading::Other(encoding, true) => Some(Problem::new(ProblemKind::Undecodable, encoding.name())),
        Reading::Binary => Some(Problem::new(ProblemKind::Binary, "")),
    }
}

/// Looks for what pictures begin with: parsing every text would take many times as long.
fn has_image(text: &str, markup: Markup) -> bool {
    let is_tag = |tag: &&str| memmem::find(text.as_bytes(), tag.as_bytes()).is_some();
    // Not so the `vec![]` of program text. What begins on a line after this would end after it, too.
    let has_address = |line: &str| {
        let begun = memmem::find(line.as_bytes(), b"![").and_then(|at| line.get(at..));
        begun.is_some_and(|begun| begun.contains("](") || begun.contains("]["))
    };
    let is_marked = || memmem::find(text.as_bytes(), b"![").is_some() && text.lines().any(has_address);
    ["<img", "<IMG"].iter().any(is_tag) || (markup == Markup::Markdown && is_marked())
}

/// An absolute address; `url: /about/` is the post's own.
fn url(front: &FrontMatter) -> Option<WebUrl> {
    let absolute = |text: &&str| text.contains("://");
    let keys = URL_KEYS.iter().chain(&["source"]);
    keys.filter_map(|key| front.text(key)).filter(absolute).find_map(WebUrl::parse)
}

#[cfg(test)]
mod tests;
