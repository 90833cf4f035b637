//! Signs that Chinese texts use as such, though `CommonMark` takes them for marks.

use comrak::html::{ChildRendering, Context, format_node_default};
use comrak::nodes::{Node, NodeValue};
use memchr::memchr2;
use std::borrow::Cow;
use std::fmt::{Error, Write};

/// Writes a part of a text as HTML. Single tildes stand in ranges, and mark nothing: `3~5元、7~9元`.
pub(super) fn format(
    context: &mut Context<'_, '_>,
    node: Node<'_>,
    entering: bool,
) -> Result<ChildRendering, Error> {
    if !matches!(node.data().value, NodeValue::Subscript) {
        return format_node_default(context, node, entering);
    }
    context.write_char('~')?;
    Ok(ChildRendering::HTML)
}

/// A line in which signs that are no marks are written as references: the star of `*ST海航`, which is a part of the name,
/// the stars of `7*24小时` and `200mm*300mm`, the tildes of `5~~10元`; and the bracket of `[注]: 本文仅供参考`, which is no
/// definition of a link.
pub(super) fn line(line: Cow<'_, str>) -> Cow<'_, str> {
    let signs = signs(&line);
    if signs.is_empty() {
        return line;
    }
    let mut out = String::with_capacity(line.len() + 4 * signs.len());
    let mut copied = 0;
    for at in signs {
        out.push_str(line.get(copied..at).unwrap_or_default());
        copied = at + 1;
        if let Some(sign) = line.as_bytes().get(at) {
            // Writing to a string never fails.
            let _ = write!(out, "&#{sign};");
        }
    }
    out.push_str(line.get(copied..).unwrap_or_default());
    out.into()
}

/// Where in a line they stand.
fn signs(line: &str) -> Vec<usize> {
    let mut signs: Vec<usize> = no_definition(line).then(|| line.find('[')).flatten().into_iter().collect();
    let (mut reached, mut ticks) = (0, 0);
    while let Some(rest) = line.get(reached..)
        && let Some(length) = memchr2(b'*', b'~', rest.as_bytes())
        && let Some((before, from)) = rest.split_at_checked(length)
    {
        let sign = if from.starts_with('*') { '*' } else { '~' };
        let after = from.trim_start_matches(sign);
        let begin = reached + length;
        reached = line.len() - after.len();
        ticks += before.matches('`').count();
        // Not in program text.
        if ticks % 2 == 0 {
            let before = line.get(..begin).unwrap_or_default();
            let first = first_sign(sign, reached - begin, before, after);
            signs.extend(first.into_iter().flat_map(|at| begin + at..reached));
        }
    }
    signs
}

/// In a run of a sign, the first that marks nothing, as those after it.
fn first_sign(sign: char, length: usize, before: &str, after: &str) -> Option<usize> {
    let left = before.bytes().next_back().unwrap_or_default();
    let right = after.bytes().next().unwrap_or_default();
    let figures = left.is_ascii_digit() && right.is_ascii_digit();
    let is_product = figures
        || (left.is_ascii_digit() && right.is_ascii_alphabetic())
        || (left.is_ascii_alphabetic() && right.is_ascii_digit());
    match (sign, length) {
        _ if left == b'\\' => None,
        ('~', 2) => figures.then_some(0),
        ('*', 1) if is_product => Some(0),
        // The others of an odd number make bold what stands before or after.
        ('*', _) if length % 2 == 1 && names_stock(after) => Some(length - 1),
        _ => None,
    }
}

/// Whether a text behind a star begins with the name of a stock whose company may lose its listing, `ST海航` or `SST甲`,
/// a link perhaps, or with the letters alone.
fn names_stock(text: &str) -> bool {
    let name = text.strip_prefix('[').unwrap_or(text);
    let name = name.strip_prefix('S').and_then(|rest| rest.strip_prefix("ST").or(rest.strip_prefix('T')));
    name.is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a line has the form of a definition, `[注]: 本文仅供参考`, and what is defined cannot be an address.
fn no_definition(line: &str) -> bool {
    let definition = line.trim_start().strip_prefix('[').and_then(|text| text.split_once("]:"));
    definition.is_some_and(|(label, text)| {
        let target = text.split_whitespace().next().unwrap_or_default();
        !label.starts_with('^') && !label.contains(['[', ']']) && !target.contains(['/', '.', '#', ':', '<'])
    })
}

#[cfg(test)]
mod tests {
    use super::super::to_html;

    #[test]
    fn signs_stay_and_marks_mark() {
        for (markdown, html) in [
            ("3~5元，7~9元，5~~10%，7~~9%，~~甲~~乙", "3~5元，7~9元，5~~10%，7~~9%，<del>甲</del>乙"),
            ("*ST海航、*ST康美涨，*乙*跌", "*ST海航、*ST康美涨，<em>乙</em>跌"),
            ("被*ST、被*ST(600221)，*SST甲、S*ST乙", "被*ST、被*ST(600221)，*SST甲、S*ST乙"),
            ("***ST海航**、***ST康美**", "<strong>*ST海航</strong>、<strong>*ST康美</strong>"),
            ("**“*ST海航”重整**，**甲***ST乙", "<strong>“*ST海航”重整</strong>，<strong>甲</strong>*ST乙"),
            ("**ST海航**，*STAR*，_ST甲_", "<strong>ST海航</strong>，<em>STAR</em>，<em>ST甲</em>"),
            (
                "*[ST甲](http://a.cn)、*[ST乙](http://b.cn)",
                "*<a href=\"http://a.cn\">ST甲</a>、*<a href=\"http://b.cn\">ST乙</a>",
            ),
            ("7*24小时、5*8小时，200mm*300mm*5mm", "7*24小时、5*8小时，200mm*300mm*5mm"),
            ("`7*24` `*ST甲*ST乙` 5 * 3 * 2", "<code>7*24</code> <code>*ST甲*ST乙</code> 5 * 3 * 2"),
            ("[注]: 本文仅供参考", "[注]: 本文仅供参考"),
            ("[注]\n\n[注]: http://a.cn", "<a href=\"http://a.cn\">注</a>"),
            (
                "注[^1]\n\n[^1]: 甲",
                "注<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" data-footnote-ref>1</a></sup>",
            ),
        ] {
            let converted = to_html(markdown);
            assert!(converted.starts_with(&format!("<p>{html}</p>\n")), "{markdown}: {converted}");
        }
        assert_eq!(to_html("甲\n\n    7*24*ST甲"), "<p>甲</p>\n<pre><code>7*24*ST甲\n</code></pre>\n");
        assert_eq!(to_html("<p>*ST甲、*ST乙</p>"), "<p>&#42;ST甲、&#42;ST乙</p>\n");
    }
}
