//! Signs that Chinese texts use as such, though `CommonMark` takes them for marks.
//!
//! They travel through comrak as characters that no text may hold (Unicode 23.7), which mean nothing to it wherever they
//! stand: in a text, in program text, in a formula, in an address. So what they stand in need not be known here.

use std::borrow::Cow;

/// The signs, and what stands for each on the way: `*`, `~` and `[`. The last are as comrak writes them in addresses.
const SIGNS: [(char, char, &str); 3] =
    [('*', '\u{fde1}', "%EF%B7%A1"), ('~', '\u{fde2}', "%EF%B7%A2"), ('[', '\u{fde3}', "%EF%B7%A3")];

/// A line whose signs that are no marks are hidden: the star of `*ST海航`, which is a part of the name, the stars of
/// `7*24小时` and `200mm*300mm`, the tildes of `3~5元` and `5~~10元`; and the bracket of `[注]: 本文仅供参考`, which is no
/// definition of a link.
pub fn hidden(line: Cow<'_, str>) -> Cow<'_, str> {
    let places = places(&line);
    if places.is_empty() {
        return line;
    }
    let mut out = String::with_capacity(line.len() + 2 * places.len());
    let mut copied = 0;
    for at in places {
        out.push_str(line.get(copied..at).unwrap_or_default());
        copied = at + 1;
        let here = line.as_bytes().get(at).map(|&byte| char::from(byte));
        out.extend(SIGNS.iter().find(|(sign, ..)| here == Some(*sign)).map(|(_, hidden, _)| hidden));
    }
    out.push_str(line.get(copied..).unwrap_or_default());
    out.into()
}

/// The HTML, or the text, of a Markdown text whose signs were [`hidden`], with the signs.
pub fn shown(html: String) -> String {
    SIGNS.iter().fold(html, |html, (sign, hidden, in_address)| {
        let sign = sign.encode_utf8(&mut [0; 4]).to_owned();
        // What an author writes so himself becomes the sign, too: no text may hold it.
        if html.contains(*hidden) || html.contains(in_address) {
            html.replace(*hidden, &sign).replace(in_address, &sign)
        } else {
            html
        }
    })
}

/// Where in a line they stand, in order.
fn places(line: &str) -> Vec<usize> {
    let mut places: Vec<usize> = no_definition(line).into_iter().collect();
    let (mut reached, mut strikes) = (0, false);
    while let Some(at) = line.get(reached..).and_then(|rest| rest.find(['*', '~'])) {
        let (before, from) = line.split_at_checked(reached + at).unwrap_or_default();
        let run = Run::at(before, from);
        let first = run.first(strikes);
        strikes ^= run.sign == b'~' && run.length == 2 && first.is_none();
        reached = before.len() + run.length;
        places.extend(first.into_iter().flat_map(|first| before.len() + first..reached));
    }
    // The bracket may stand behind some of them: `7*24 [注]: 甲`.
    places.sort_unstable();
    places
}

/// The same sign once or several times, and what stands beside it.
struct Run<'l> {
    sign: u8,
    length: usize,
    left: u8,
    after: &'l str,
}

impl<'l> Run<'l> {
    fn at(before: &str, from: &'l str) -> Self {
        let sign = if from.starts_with('*') { '*' } else { '~' };
        let after = from.trim_start_matches(sign);
        let left = before.bytes().next_back().unwrap_or_default();
        Self { sign: sign as u8, length: from.len() - after.len(), left, after }
    }

    /// The first sign of it that marks nothing, as those after it; `strikes`: whether two tildes before it mark
    /// something, which these may end.
    fn first(&self, strikes: bool) -> Option<usize> {
        let right = self.after.bytes().next().unwrap_or_default();
        let figures = self.left.is_ascii_digit() && right.is_ascii_digit();
        let is_product = figures
            || (self.left.is_ascii_digit() && right.is_ascii_alphabetic())
            || (self.left.is_ascii_alphabetic() && right.is_ascii_digit());
        match (self.sign, self.length) {
            _ if self.left == b'\\' => None,
            (b'~', 1) => Some(0),
            (b'~', 2) if figures && !strikes => Some(0),
            (b'*', 1) if is_product => Some(0),
            // The others of an odd number make bold what stands before or after.
            (b'*', length) if length % 2 == 1 && names_stock(self.after) => Some(length - 1),
            _ => None,
        }
    }
}

/// Whether a text behind a star begins with the name of a stock whose company may lose its listing, `ST海航` or `SST甲`,
/// a link perhaps, or with the letters alone.
fn names_stock(text: &str) -> bool {
    let name = text.strip_prefix('[').unwrap_or(text);
    let name = name.strip_prefix('S').and_then(|rest| rest.strip_prefix("ST").or(rest.strip_prefix('T')));
    name.is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// The bracket of a line that has the form of a definition, `[注]: 本文仅供参考`, though what is defined cannot be an
/// address.
fn no_definition(line: &str) -> Option<usize> {
    let marks =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '+' | '*' | '.' | ')');
    let definition = line.trim_start_matches(marks);
    let (label, text) = definition.strip_prefix('[')?.split_once("]:")?;
    let target = text.split_whitespace().next()?;
    let is_text =
        !label.starts_with('^') && !label.contains(['[', ']']) && !target.contains(['/', '.', '#', ':', '<']);
    is_text.then_some(line.len() - definition.len())
}

#[cfg(test)]
mod tests {
    use super::super::to_html;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_hidden_is_shown_again(line in "([*~\\[\\]: 甲7aST>.-]|\\[注\\]: 甲|\\*ST甲|7\\*2|3~5){0,20}") {
            prop_assert_eq!(shown(hidden(line.as_str().into()).into_owned()), line);
        }
    }

    #[test]
    fn signs_stay_and_marks_mark() {
        for (markdown, html) in [
            ("3~5元，7~9元，5~~10%，7~~9%，~~甲~~乙", "3~5元，7~9元，5~~10%，7~~9%，<del>甲</del>乙"),
            (
                "3~5%，**目标价7~9元**，原价~~99~~88元",
                "3~5%，<strong>目标价7~9元</strong>，原价<del>99</del>88元",
            ),
            ("*ST海航、*ST康美涨，*乙*跌", "*ST海航、*ST康美涨，<em>乙</em>跌"),
            ("被*ST、被*ST(600221)，*SST甲、S*ST乙", "被*ST、被*ST(600221)，*SST甲、S*ST乙"),
            ("***ST海航**、***ST康美**", "<strong>*ST海航</strong>、<strong>*ST康美</strong>"),
            ("**“*ST海航”重整**，**甲***ST乙", "<strong>“*ST海航”重整</strong>，<strong>甲</strong>*ST乙"),
            ("**ST海航**，*STAR*，_ST甲_", "<strong>ST海航</strong>，<em>STAR</em>，<em>ST甲</em>"),
            ("*[ST甲](a)、*[ST乙](b~c*4*5)", "*<a href=\"a\">ST甲</a>、*<a href=\"b~c*4*5\">ST乙</a>"),
            ("7*24小时、5*8小时，200mm*300mm*5mm", "7*24小时、5*8小时，200mm*300mm*5mm"),
            ("``7*24`` `*ST甲*ST乙\n7*24` 5 * 3", "<code>7*24</code> <code>*ST甲*ST乙 7*24</code> 5 * 3"),
            ("$2*3$", "<span data-math-style=\"inline\">2*3</span>"),
            ("<http://a.cn/~b/7*24>", "<a href=\"http://a.cn/~b/7*24\">http://a.cn/~b/7*24</a>"),
            ("甲\n    *ST甲、*ST乙", "甲\n*ST甲、*ST乙"),
            ("[注]: 本文仅供参考", "[注]: 本文仅供参考"),
            ("7*24 [注]: 甲", "7*24 [注]: 甲"),
            ("[注]\n\n[注]: http://a.cn", "<a href=\"http://a.cn\">注</a>"),
            ("[注]\n\n[注]:\nhttp://a.cn", "<a href=\"http://a.cn\">注</a>"),
        ] {
            assert_eq!(to_html(markdown), format!("<p>{html}</p>\n"), "{markdown}");
        }
    }

    #[test]
    fn what_is_no_paragraph_keeps_its_signs() {
        for (markdown, html) in [
            ("    7*24*ST甲", "<pre><code>7*24*ST甲\n</code></pre>\n"),
            (
                "{% highlight rb %}\n60*60*24\n{% endhighlight %}",
                "<pre><code class=\"language-rb\">60*60*24\n</code></pre>\n",
            ),
            ("<p>*ST甲、<http://a.cn/7*24></p>", "<p>*ST甲、<http://a.cn/7*24></p>\n"),
            ("> [注]: 甲", "<blockquote>\n<p>[注]: 甲</p>\n</blockquote>\n"),
            ("- [注]: 甲", "<ul>\n<li>[注]: 甲</li>\n</ul>\n"),
        ] {
            assert_eq!(to_html(markdown), html, "{markdown}");
        }
    }
}
