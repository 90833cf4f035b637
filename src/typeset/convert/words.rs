//! The words of a body without its markup, as one text to look for words in: many times faster than reading it
//! as an article, and with the same text in the same order.

use super::clean::{is_hidden, is_void, is_wide, skip_element};
use super::tag::{Tag, Token, Tokens};
use super::{capped, entity};
use crate::post::{Body, Markup, is_unsafe};
use memchr::{memchr, memchr_iter, memchr2, memmem};
use std::borrow::Cow;

/// Texts and targets of links longer than this, in bytes, are none: looking for their ends stays linear.
const MOST_LINK: usize = 2000;

/// Characters that may be marks of Markdown.
const MARKS: &[u8] = b"*`\\![]~";

/// Begins and ends text that is struck through.
const STRIKE: &str = "~~";

/// Elements within a line: their text goes on with what is around it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// The text of a body: a line a block, one blank for several, none where a line of the source ends between two
/// Hanzi. Marks of emphasis are left out, and so are the addresses of links.
pub fn words(body: &Body) -> String {
    let (text, _) = capped(&body.text);
    let mut words = Words { out: String::with_capacity(text.len() / 2), ..Words::default() };
    if body.markup == Markup::Plain {
        words.plain(text);
        return words.out;
    }
    words.is_markdown = body.markup == Markup::Markdown;
    let escaped = if words.is_markdown { code_escaped(text) } else { text.into() };
    let mut tokens = Tokens::new(&escaped);
    let mut may_hide = true;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => words.text(text),
            Token::Close(name) => words.boundary(&name),
            Token::Open(tag) => {
                let content = tokens.rest();
                if may_hide && is_hidden(&tag) && !is_void(&tag.name) {
                    // What is never closed hides nothing, as in the article.
                    if !skip_element(&mut tokens, &tag.name) {
                        may_hide = false;
                        tokens = Tokens::new(content);
                    }
                } else {
                    words.open(&tag);
                }
            }
        }
    }
    words.out
}

#[derive(Default)]
struct Words {
    out: String,
    is_markdown: bool,
    blank: Blank,
}

/// White space that was read and not yet written.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Blank {
    #[default]
    None,
    /// A line end of the source, which is no blank between Hanzi.
    LineEnd,
    /// A blank.
    Space,
    /// The end of a block.
    Block,
}

impl Words {
    fn open(&mut self, tag: &Tag<'_>) {
        if tag.name.starts_with("http") && tag.name.ends_with(':') {
            self.plain(&tag.name);
            return self.plain(tag.attributes());
        }
        if self.is_markdown && tag.name.contains('@') {
            return self.plain(&tag.name);
        }
        if tag.name == "img" {
            let caption = tag.attribute("alt").unwrap_or_default();
            self.push_blank(Blank::Block);
            self.plain(&caption);
        }
        self.boundary(&tag.name);
    }

    fn boundary(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.push_blank(Blank::Block);
        }
    }

    fn text(&mut self, text: &str) {
        entity::pieces(text, |piece| match piece {
            entity::Piece::Text(text) if self.is_markdown => self.markdown(text),
            entity::Piece::Text(text) => self.plain(text),
            entity::Piece::Unknown(text) => self.plain(entity::by_name(text).unwrap_or(text)),
            entity::Piece::Char(c) => self.char(c),
        });
    }

    /// Text without the marks of Markdown that stand within a line.
    fn markdown(&mut self, text: &str) {
        let mut rest = text;
        while let Some((line, after)) =
            memchr(b'\n', rest.as_bytes()).and_then(|at| rest.split_at_checked(at))
        {
            self.markdown_line(line);
            rest = after.get(1..).unwrap_or_default();
            // An empty line ends a paragraph.
            let is_empty = rest.is_empty() || rest.starts_with('\n');
            self.push_blank(if is_empty { Blank::Block } else { Blank::LineEnd });
        }
        self.markdown_line(rest);
    }

    fn markdown_line(&mut self, line: &str) {
        // A single star is that of `*ST海航`.
        let has_emphasis = memchr_iter(b'*', line.as_bytes()).nth(1).is_some();
        let has_strikes = memmem::find_iter(line.as_bytes(), STRIKE).nth(1).is_some();
        let mut rest = line;
        loop {
            rest = self.run(rest);
            let Some(c) = rest.chars().next() else { return };
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                '*' if has_emphasis => after,
                '`' => after,
                '~' if has_strikes && rest.starts_with(STRIKE) => {
                    rest.get(STRIKE.len()..).unwrap_or_default()
                }
                '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                    let escaped = after.chars().next().unwrap_or(c);
                    self.char(escaped);
                    after.get(escaped.len_utf8()..).unwrap_or_default()
                }
                '!' if after.starts_with('[') && is_link(after) => after,
                '[' if is_link(after) => after,
                ']' if after.starts_with('(') => skip_target(after).unwrap_or_else(|| {
                    self.char(c);
                    after
                }),
                _ => {
                    self.char(c);
                    after
                }
            };
        }
    }

    /// Text without marks.
    fn plain(&mut self, text: &str) {
        let mut rest = self.run(text);
        while let Some(c) = rest.chars().next() {
            self.char(c);
            rest = self.run(rest.get(c.len_utf8()..).unwrap_or_default());
        }
    }

    /// Takes the characters at the beginning that are no more than text. Returns the others.
    fn run<'t>(&mut self, text: &'t str) -> &'t str {
        let (run, rest) = text.split_at_checked(solid_length(text)).unwrap_or_default();
        if let Some(first) = run.chars().next() {
            self.write_blank(first);
            self.out.push_str(run);
        }
        rest
    }

    fn char(&mut self, c: char) {
        match c {
            '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.push_blank(Blank::LineEnd),
            c if c.is_whitespace() => self.push_blank(Blank::Space),
            c if is_unsafe(c) => {}
            c => {
                self.write_blank(c);
                self.out.push(c);
            }
        }
    }

    fn push_blank(&mut self, blank: Blank) {
        self.blank = self.blank.max(blank);
    }

    fn write_blank(&mut self, next: char) {
        let Some(last) = self.out.chars().next_back() else {
            self.blank = Blank::None;
            return;
        };
        match std::mem::take(&mut self.blank) {
            Blank::Block => self.out.push('\n'),
            Blank::LineEnd if is_wide(last) && is_wide(next) => {}
            Blank::Space | Blank::LineEnd => self.out.push(' '),
            Blank::None => {}
        }
    }
}

/// The bytes of the characters at the beginning of a text that are no blanks, are safe to show and may be no marks of
/// Markdown: most characters of news. They are taken in runs, told by their bytes, which is several times as fast as
/// one by one.
fn solid_length(text: &str) -> usize {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [byte @ b'!'..=b'~', after @ ..] if !MARKS.contains(byte) => after,
            // U+4E00 to U+9FFF, U+3001 to U+3020, U+FF01 to U+FF5E, and the quotes and dashes U+2010 to U+2027.
            [0xe5..=0xe9, _, _, after @ ..]
            | [0xe4, 0xb8..=0xbf, _, after @ ..]
            | [0xe3, 0x80, 0x81..=0xa0, after @ ..]
            | [0xef, 0xbc, 0x81..=0xbf, after @ ..]
            | [0xef, 0xbd, 0x80..=0x9e, after @ ..]
            | [0xe2, 0x80, 0x90..=0xa7, after @ ..] => after,
            _ => return text.len() - rest.len(),
        };
    }
}

/// Markdown in whose program text, between backticks and between fences, no tag can be found.
fn code_escaped(markdown: &str) -> Cow<'_, str> {
    if memchr2(b'`', b'~', markdown.as_bytes()).is_none() {
        return markdown.into();
    }
    let mut out = String::with_capacity(markdown.len() + 64);
    let mut fenced = false;
    for line in markdown.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        fenced ^= is_fence;
        let mut in_code = fenced;
        let mut ticks = line.matches('`').count();
        for c in line.chars() {
            match c {
                // A last one that nothing closes opens nothing.
                '`' if !fenced && !is_fence => {
                    ticks -= 1;
                    in_code = !in_code && ticks > 0;
                }
                '<' if in_code => {
                    out.push_str("&lt;");
                    continue;
                }
                '&' if in_code => {
                    out.push_str("&amp;");
                    continue;
                }
                _ => {}
            }
            out.push(c);
        }
    }
    out.into()
}

/// Whether the text of a link begins here: `text](target)`.
fn is_link(text: &str) -> bool {
    let near = text.get(..text.floor_char_boundary(MOST_LINK)).unwrap_or_default();
    near.find("](").and_then(|at| skip_target(text.get(at + 1..)?)).is_some()
}

/// What follows `(target)`, in which brackets are paired.
fn skip_target(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(MOST_LINK) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return text.get(at + 1..),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::article::Block;
    use crate::typeset::convert::article;
    use crate::typeset::corpus;

    fn of(markup: Markup, text: &str) -> String {
        words(&Body { markup, text: text.to_owned() })
    }

    #[test]
    fn markup_goes_and_the_text_stays_in_order() {
        for (text, expected) in [
            ("<p>甲<b>乙</b>丙</p><p>丁</p>", "甲乙丙\n丁"),
            ("<p>贵州<span data-code=\"1,600519\">茅台</span>涨</p>", "贵州茅台涨"),
            ("**粗体**接着`code`", "粗体接着code"),
            ("<p>5`30<b>乙</b></p>", "530乙"),
            ("用`<br>`换行\n\n```\n<p>&\n```", "用<br>换行\n<p>&"),
            ("见[公告](http://a.cn/x_(1))与![图注](b.png)。", "见公告与图注。"),
            ("[1] 与 [x]", "[1] 与 [x]"),
            ("一行\n又一行\n\n新段 and\nmore", "一行又一行\n新段 and more"),
            ("A&amp;B &#20013;", "A&B 中"),
            ("Caf&eacute; A&copy;B &NotEqualTilde; &unknown;", "Café A©B \u{2242}\u{338} &unknown;"),
            ("~~删~~除3~5%", "删除3~5%"),
            ("乙<me@a.cn>丙<http://a.cn>丁", "乙me@a.cn丙http://a.cn丁"),
            ("\\*ST海航与\\*ST甲", "*ST海航与*ST甲"),
            ("*ST海航", "*ST海航"),
            ("<script>x</script><p hidden>不见</p>见", "见"),
            ("<http://a.cn/b>", "http://a.cn/b"),
            ("", ""),
        ] {
            assert_eq!(of(Markup::Markdown, text), expected, "{text}");
        }
        assert_eq!(of(Markup::Plain, "<p>*a*\n\nb"), "<p>*a* b");
    }

    #[test]
    fn what_is_taken_in_runs_is_neither_blank_nor_unsafe_nor_a_mark() {
        for c in '\0'..=char::MAX {
            let (text, may_be_mark) = (c.to_string(), MARKS.iter().any(|mark| char::from(*mark) == c));
            let length = solid_length(&text);
            assert!(length == 0 || length == text.len(), "{c:?}");
            assert!(length == 0 || !(c.is_whitespace() || is_unsafe(c) || may_be_mark), "{c:?}");
        }
        assert_eq!(solid_length("“中，”…、a1+！ b"), "“中，”…、a1+！".len());
    }

    #[test]
    fn every_paragraph_of_posts_is_in_their_words() {
        // Raised figures, the brackets of ruby and the like are written otherwise in an article.
        let solid = |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect() };
        for (name, body) in corpus::bodies() {
            let words = solid(&words(&body));
            let article = article(&body);
            for flow in article.blocks.iter().flat_map(Block::flows) {
                let paragraph = solid(flow.text());
                assert!(words.contains(&paragraph), "{name}: {paragraph}");
            }
        }
    }
}
