//! Links as in Obsidian and `MediaWiki`: `[[page|words]]`, `![[picture|caption]]`.

use std::borrow::Cow;

/// Files that are pictures.
const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif"];

/// A line in which they are words and pictures of Markdown; there is nothing that pages could lead to.
pub(super) fn line(line: Cow<'_, str>) -> Cow<'_, str> {
    if !line.contains("[[") {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_ref();
    let mut ticks = 0;
    while let Some((before, after)) = rest.split_once("[[") {
        out.push_str(before);
        ticks += before.matches('`').count();
        // Up to the next bracket, so that thousands that are never closed are read once.
        let end = after.find(['[', ']']).filter(|_| ticks % 2 == 0);
        let found = end.and_then(|end| Some((after.get(..end)?, after.get(end..)?.strip_prefix("]]")?)));
        match found {
            Some((inner, after)) if is_link(inner, after) => {
                push(&mut out, inner);
                rest = after;
            }
            _ => {
                out.push_str("[[");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `[[1]](address)` is a link of Markdown, and `[[ -f x ]]` is a shell's.
fn is_link(inner: &str, after: &str) -> bool {
    !inner.is_empty() && !inner.starts_with(' ') && !after.starts_with(['(', '['])
}

fn push(out: &mut String, inner: &str) {
    let (target, words) = inner.split_once('|').unwrap_or((inner, ""));
    let is_picture = PICTURES.iter().any(|end| target.to_ascii_lowercase().ends_with(end));
    if let (true, Some(without_sign)) = (is_picture, out.strip_suffix('!').map(str::len)) {
        out.truncate(without_sign);
        let is_size = !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit() || b == b'x');
        let caption = if is_size { "" } else { words };
        out.extend(["![", caption, "](<", target, ">)"]);
    } else {
        out.push_str(if words.is_empty() { target } else { words });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_words_and_pictures() {
        for (markdown, expected) in [
            ("见[[茶叶|茶]]与[[产地]]", "见茶与产地"),
            ("![[a.png|图注]]", "![图注](<a.png>)"),
            ("![[a.PNG|300x200]]", "![](<a.PNG>)"),
            ("[[1]](http://a.cn) [[2]][3]", "[[1]](http://a.cn) [[2]][3]"),
            ("`[[a]]` [[ -f x ]] [[a [[b]]", "`[[a]]` [[ -f x ]] [[a b"),
        ] {
            assert_eq!(line(Cow::Borrowed(markdown)), expected);
        }
    }
}
