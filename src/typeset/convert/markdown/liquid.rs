//! Liquid (Jekyll) and Hexo tags, Hugo's shortcodes, and kramdown's attribute lists.

use super::shortcode;
use std::borrow::Cow;

/// A fence that no code is likely to hold.
const FENCE: &str = "~~~~~~~~";

/// A line of Markdown without its tags; `None` when nothing else stood on it.
pub(super) fn line(line: &str) -> Option<Cow<'_, str>> {
    if !line.contains('{') {
        return Some(Cow::Borrowed(line));
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let ends = Ends::of(line);
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some(length) = tag(after, &ends, &mut out) else {
            out.push('{');
            rest = after;
            continue;
        };
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    if matches!(out.trim(), "" | "* TOC" | "- TOC" | "1. TOC") { None } else { Some(Cow::Owned(out)) }
}

/// How many bytes from the end of the line each closing sign stands last; the maximum without any. A tag that begins
/// behind it is not closed, which would take long to find out for every one of thousands.
struct Ends {
    percent: usize,
    braces: usize,
    brace: usize,
}

impl Ends {
    fn of(line: &str) -> Self {
        let last = |sign| line.rfind(sign).map_or(usize::MAX, |at| line.len() - at);
        Self { percent: last("%}"), braces: last("}}"), brace: last("}") }
    }
}

/// Replaces the tag whose `{` was just read; the bytes of the rest of it, or `None` when it is no tag.
fn tag(after: &str, ends: &Ends, out: &mut String) -> Option<usize> {
    let find = |inner: &str, sign, last| if inner.len() >= last { inner.find(sign) } else { None };
    if let Some(inner) = after.strip_prefix('%') {
        let length = find(inner, "%}", ends.percent)?;
        replace(inner.get(..length)?.trim_matches(['-', ' ']), out);
        return Some(length + 3);
    }
    if let Some(inner) = after.strip_prefix('{') {
        let length = find(inner, "}}", ends.braces)?;
        shortcode::replace(inner.get(..length)?, out);
        return Some(length + 3);
    }
    // `{: .class #id}` and `{:toc}`.
    let inner = after.strip_prefix(':')?;
    find(inner, "}", ends.brace).map(|length| length + 2)
}

/// Writes what a tag stands for. Control flow and wrappers stand for nothing; unknown tags stay readable.
fn replace(tag: &str, out: &mut String) {
    let (name, arguments) = tag.split_once(' ').unwrap_or((tag, ""));
    match name {
        "highlight" => open_code(arguments.split_ascii_whitespace().next(), out),
        // What is no option is a title.
        "codeblock" | "code" => {
            open_code(arguments.split_ascii_whitespace().find_map(|word| word.strip_prefix("lang:")), out);
        }
        "endhighlight" | "endcodeblock" | "endcode" => close_code(out),
        "blockquote" | "quote" | "pullquote" => out.push_str("<blockquote>\n\n"),
        "endblockquote" | "endquote" | "endpullquote" => out.push_str("\n\n</blockquote>"),
        "img" | "image" | "asset_img" => out.push_str(&image(arguments)),
        _ if is_silent(name) => {}
        _ => {
            out.push_str("{% ");
            out.push_str(tag);
            out.push_str(" %}");
        }
    }
}

pub(super) fn open_code(language: Option<&str>, out: &mut String) {
    out.extend([FENCE, language.unwrap_or_default()]);
}

pub(super) fn close_code(out: &mut String) {
    out.push_str(FENCE);
}

/// Tags that stand for nothing in the text: wrappers, control flow, parts of the site around the post.
const SILENT: &[&str] = &[
    "raw",
    "if",
    "elsif",
    "else",
    "unless",
    "for",
    "case",
    "when",
    "assign",
    "capture",
    "comment",
    "include",
    "include_relative",
    "include_cached",
    "note",
    "cq",
    "centerquote",
    "cquote",
    "tabs",
    "tab",
    "post_url",
    "link",
    "asset_path",
    "seo",
    "feed_meta",
    "break",
    "continue",
    "increment",
    "decrement",
    "cycle",
    "tablerow",
    "label",
    "btn",
    "gp",
    "grouppicture",
    "toc",
];

fn is_silent(name: &str) -> bool {
    name.starts_with("end") || SILENT.contains(&name)
}

/// `[class] address [width [height]] [title]` as Markdown.
fn image(arguments: &str) -> String {
    let is_address = |word: &&str| word.contains(['/', '.']);
    let words: Vec<&str> = arguments.split_ascii_whitespace().collect();
    let at = words.iter().position(is_address).unwrap_or(0);
    let address = words.get(at).copied().unwrap_or_default();
    let title: Vec<&str> = words
        .iter()
        .skip(at + 1)
        .copied()
        .skip_while(|word| word.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let title = title.join(" ");
    format!("![{}](<{address}>)", title.trim_matches(['"', '\'']))
}
