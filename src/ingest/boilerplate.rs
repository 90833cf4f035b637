//! The tail that the generator of a news archive puts under every article.

use crate::post::WebUrl;

/// At most this many lines of navigation are taken.
const NAV_LINES: usize = 3;

/// The text without its tail, and the original's address that stood in it: `<http…>` alone on the last line, and
/// below it `[返回…](…)` links on one line with `｜` between them or on lines of their own. Only lines that are
/// nothing but this are taken, and only at the end; blanks at the end go too.
pub(super) fn cut(text: &str) -> (&str, Option<WebUrl>) {
    let mut rest = text.trim_end();
    let mut has_nav = false;
    for _ in 0..NAV_LINES {
        let (before, last) = last_line(rest);
        if !is_nav(last) {
            break;
        }
        has_nav = true;
        rest = before;
    }
    let (before, last) = last_line(rest);
    let Some(address) = last.strip_prefix('<').and_then(|last| last.strip_suffix('>')) else {
        return (rest, None);
    };
    if address.is_empty() {
        return (before, None);
    }
    match web_address(address) {
        Some(url) if has_nav || !belongs_to_text(rest, before) => (before, Some(url)),
        _ => (rest, None),
    }
}

/// The last line, trimmed, and the text before it without blanks at its end.
fn last_line(text: &str) -> (&str, &str) {
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    (before.trim_end(), last.trim())
}

fn is_nav(line: &str) -> bool {
    let mut rest = line;
    while let Some(after) = link(rest) {
        rest = after.trim_start_matches(['｜', '|', ' ', '\u{3000}']);
        if rest.is_empty() {
            return true;
        }
    }
    false
}

/// What follows a `[返回…](…)` at the beginning.
fn link(text: &str) -> Option<&str> {
    let (label, after) = text.strip_prefix("[返回")?.split_once("](")?;
    let (target, after) = after.split_once(')')?;
    (!label.contains(['[', ']']) && !target.contains(['(', ' '])).then_some(after)
}

fn web_address(address: &str) -> Option<WebUrl> {
    let is_plain = !address.contains(['<', '>', ' ', '"']);
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    WebUrl::parse(address).filter(|_| is_plain && is_web)
}

/// Without navigation below it, an address may be the author's: the last of a list of addresses, announced by a
/// colon, or the continuation of a paragraph.
fn belongs_to_text(with_address: &str, before: &str) -> bool {
    let gap = with_address.get(before.len()..).unwrap_or_default();
    let follows_directly = !before.is_empty()
        && gap.chars().take_while(|c| c.is_whitespace()).filter(|&c| c == '\n').count() < 2;
    let (_, previous) = last_line(before);
    follows_directly
        || previous.ends_with([':', '：'])
        || (previous.contains("<http") && previous.ends_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://example.com/a,1.html";

    #[test]
    fn the_four_shapes_of_the_tail_become_metadata() {
        for tail in [
            "<http://example.com/a,1.html>\n\n[返回财经新闻](//example.com/cj/)｜[返回首页](//example.com/)",
            "<http://example.com/a,1.html>\n\n[返回财经新闻](../cj/)\n[返回首页](../)\n",
            "<http://example.com/a,1.html>\n\n[返回财经新闻](./cj/)  \n[返回首页](./)",
            "<http://example.com/a,1.html>\n\n[返回财经新闻](//example.com/category/cj.html) | [返回首页](//example.com/)  \n\n",
            "<http://example.com/a,1.html>",
        ] {
            let post = format!("<p>正文。</p>\n\n{tail}");
            assert_eq!(cut(&post), ("<p>正文。</p>", WebUrl::parse(URL)), "{tail}");
        }
    }

    #[test]
    fn an_empty_address_and_navigation_alone_go_too() {
        for raw in
            ["正文。\n\n<>", "正文。\n\n<>\n\n[返回首页](../)", "正文。\n\n[返回首页](../)\n", "正文。 \n\n"]
        {
            assert_eq!(cut(raw), ("正文。", None), "{raw}");
        }
    }

    #[test]
    fn what_the_author_wrote_stays() {
        for text in [
            "参考：\n\n<http://example.com/a>",
            "<http://example.com/a>\n\n<http://example.com/b>",
            "见这里\n<http://example.com/a>",
            "见 <http://example.com/a>",
            "[返回首页](../) 是一个链接",
            "[首页](../)",
            "<mailto:a@example.com>",
            "正文\n\n<div>",
            "[返回](a b)",
        ] {
            assert_eq!(cut(text), (text, None), "{text}");
        }
    }
}
