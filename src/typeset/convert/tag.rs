//! A tokenizer for the HTML that posts hold, in time linear in their length.
//!
//! It differs from the HTML standard where the standard loses text: a comment, a script or a quoted attribute
//! that is never closed does not swallow the rest of the post.

use super::entity;
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// Attributes of tags longer than this are dropped (pictures as `data:` addresses).
const MAX_TAG: usize = 16 * 1024;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text, with its entities.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// An end tag: its name, in lower case.
    Close(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In lower case.
    pub(super) name: Cow<'a, str>,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, entities decoded; empty for one without a value.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.written_attributes();
        attributes.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| entity::decode(value))
    }

    /// The names and values of the attributes, as they are written.
    pub(super) fn written_attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, value, after) = next_attribute(rest)?;
            rest = after;
            Some((name, value))
        })
    }

    /// Whether a class is among those of the tag.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_ascii_whitespace().any(|c| c == class))
    }

    /// Whether the inline style holds a declaration, written without blanks.
    pub(super) fn has_style(&self, declaration: &str) -> bool {
        self.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.to_ascii_lowercase().contains(declaration)
        })
    }

    /// The value of a property in the inline style; the first, if it is there twice.
    pub(super) fn style_value(&self, property: &str) -> Option<String> {
        let style = self.attribute("style")?;
        let mut declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
        let (_, value) = declarations.find(|(name, _)| name.trim().eq_ignore_ascii_case(property))?;
        Some(value.replace("!important", "").trim().to_owned())
    }

    /// All that stands after the name.
    pub(super) fn attributes(&self) -> &'a str {
        self.attributes
    }
}

/// Name, value and what follows of the first attribute.
fn next_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
    let end = text.bytes().position(ends_name).unwrap_or(text.len());
    // A stray `=` is no name; step over it.
    let (name, rest) = text.split_at_checked(end.max(1))?;
    let Some(value) = rest.trim_ascii_start().strip_prefix('=').map(str::trim_ascii_start) else {
        return Some((name, "", rest));
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, rest) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return Some((name, value, rest));
        }
    }
    let end = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
    let (value, rest) = value.split_at_checked(end)?;
    Some((name, value, rest))
}

/// The tokens of a text.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Ends that were looked for in vain once and need not be looked for again.
    absent: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, absent: Vec::new() }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Goes back to the beginning of the token that was read last.
    pub(super) fn go_back(&mut self, rest: &'a str) {
        self.rest = rest;
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (read, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        read
    }

    /// Finds an end mark; remembers when there is none.
    fn find_end(&mut self, end: &'static str) -> Option<usize> {
        if self.absent.contains(&end) {
            return None;
        }
        let found = find_ignoring_case(self.rest, end);
        if found.is_none() {
            self.absent.push(end);
        }
        found
    }

    /// Skips `<!-- … -->`, `<!DOCTYPE …>`, `<? … >`; of an unclosed comment only its opening.
    fn skip_declaration(&mut self) {
        if self.rest.starts_with("<!--") {
            self.advance(2);
            let end = self.find_end("-->");
            self.advance(end.map_or(2, |at| at + 3));
        } else {
            let end = self.find_end(">");
            self.advance(end.map_or(2, |at| at + 1));
        }
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let closing = self.rest.starts_with("</");
        let name_at = if closing { 2 } else { 1 };
        let after = self.rest.get(name_at..)?;
        if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let length = self.tag_length()?;
        let whole = self.advance(length);
        let inner = whole.get(name_at..)?.trim_end_matches('>');
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(end)?;
        let name = in_lower_case(name);
        if closing {
            return Some(Token::Close(name));
        }
        self.skip_raw_text(&name);
        let attributes = if whole.len() > MAX_TAG { "" } else { attributes };
        Some(Token::Open(Tag { name, attributes }))
    }

    /// The content of scripts and style sheets is no text. Unclosed ones hide nothing.
    fn skip_raw_text(&mut self, name: &str) {
        let end = match name {
            "script" => "</script",
            "style" => "</style",
            _ => return,
        };
        if let Some(at) = self.find_end(end) {
            self.advance(at);
        }
    }

    /// The bytes of the tag at the beginning of the rest, up to `>`, or up to a `<` outside of quotes.
    fn tag_length(&mut self) -> Option<usize> {
        let start = self.rest;
        let mut at = 1;
        loop {
            let rest = start.get(at..)?;
            let stop = rest.bytes().position(|byte| matches!(byte, b'>' | b'<' | b'"' | b'\''))?;
            let here = rest.get(stop..)?;
            at += stop + 1;
            match here.as_bytes().first()? {
                b'>' => return Some(at),
                b'<' => return Some(at - 1),
                quote => {
                    let opens = start.get(..at - 1)?.trim_ascii_end().ends_with('=');
                    if opens {
                        let Some(length) = self.quoted(here, *quote) else {
                            return unquoted_length(start);
                        };
                        at += length + 1;
                    }
                }
            }
        }
    }

    /// The length of a quoted value. A value that holds an end tag lacks its closing quote.
    fn quoted(&mut self, opening: &str, quote: u8) -> Option<usize> {
        let mark = if quote == b'"' { "\"" } else { "'" };
        if self.absent.contains(&mark) {
            return None;
        }
        let Some(length) = opening.get(1..)?.find(mark) else {
            self.absent.push(mark);
            return None;
        };
        let value = opening.get(1..=length)?;
        (!value.contains("</")).then_some(length)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.skip_declaration();
                continue;
            }
            if self.rest.starts_with('<')
                && let Some(token) = self.tag()
            {
                return Some(token);
            }
            if let Some(rest) = self.rest.strip_prefix("<>") {
                self.rest = rest;
                continue;
            }
            // A `<` that begins no tag is text.
            let begins = self.rest.strip_prefix('<').unwrap_or(self.rest);
            let skipped = self.rest.len() - begins.len();
            let end = memchr(b'<', begins.as_bytes()).map_or(self.rest.len(), |at| at + skipped);
            return Some(Token::Text(self.advance(end)));
        }
    }
}

/// Most names are written so.
fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// The length of a tag whose quotes do not count.
fn unquoted_length(tag: &str) -> Option<usize> {
    let end = 1 + tag.get(1..)?.find(['>', '<'])?;
    Some(if tag.get(end..)?.starts_with('>') { end + 1 } else { end })
}

/// Finds an end mark, whose first character has no case.
pub(super) fn find_ignoring_case(text: &str, end: &str) -> Option<usize> {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    let is_end =
        |at: &usize| text.get(*at..at + end.len()).is_some_and(|here| here.eq_ignore_ascii_case(end));
    memchr_iter(*end.first()?, text).find(is_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Open(tag) => format!("[{}]", tag.name),
                Token::Close(name) => format!("[/{name}]"),
            })
            .collect()
    }

    #[test]
    fn what_is_never_closed_swallows_nothing() {
        for (html, expected) in [
            ("甲<!-- 乙 -->丙", "甲丙"),
            ("甲<!-- 乙", "甲 乙"),
            ("<script>乙</SCRIPT>丙", "[script][/script]丙"),
            ("<script>乙", "[script]乙"),
            ("<a href=\"x>甲</a>乙<b title=\"y\">丙", "[a]甲[/a]乙[b]丙"),
            ("<a href=\"x>甲", "[a]甲"),
            ("<p <b>甲", "[p][b]甲"),
            ("3 < 5，<中", "3 < 5，<中"),
            ("<>甲<", "甲<"),
            ("<p>it's<br/>ok", "[p]it's[br]ok"),
            ("<!DOCTYPE html><?xml?>甲", "甲"),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_in_every_quoting() {
        let html = "<a HREF = 'x>y' data-n=3 = hidden title=\"&lt;&#20013;&amp;\"/>";
        let Some(Token::Open(tag)) = Tokens::new(html).next() else { panic!("no tag") };
        assert_eq!(tag.attribute("href").as_deref(), Some("x>y"));
        assert_eq!(tag.attribute("data-n").as_deref(), Some("3"));
        assert_eq!(tag.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tag.attribute("title").as_deref(), Some("<中&"));
        assert_eq!(tag.attribute("id"), None);
    }
}
