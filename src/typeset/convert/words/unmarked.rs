//! Markdown in which nothing but HTML marks anything up, as most posts of an archive of news are: its HTML is the text
//! itself, which holds nothing to be escaped, with paragraphs around what stands outside of elements.

use super::super::markdown::tables_after;
use super::super::tag::find_ignoring_case;
use memchr::{memchr2, memchr3, memmem};
use std::borrow::Cow;

/// Elements whose tags at the beginning of a line begin raw HTML, up to the next empty line (`CommonMark` 0.31.2, 4.6,
/// kind 6), as far as posts use them.
const BLOCKS: &[&str] = &[
    "p", "div", "center", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "figure", "hr", "tbody", "thead", "tfoot", "tr", "td", "th", "header", "footer", "main",
    "aside", "nav", "details", "summary", "address", "form", "fieldset", "legend", "menu", "dir",
];

/// Anywhere in a paragraph these may mark something up, or end what is open in the HTML before it.
const MARKS: &[u8] = b"*_`[]$~|<>&\"";

/// The HTML of a Markdown text; `None` when it holds anything that may be a mark of Markdown or of a site generator.
pub(super) fn html(markdown: &str) -> Option<Cow<'_, str>> {
    let bytes = markdown.as_bytes();
    let may_be_marked = memchr3(b'{', b'\\', b'\r', bytes).is_some()
        || memchr2(b'\0', b'\x0c', bytes).is_some()
        || memmem::find(bytes, b"[[").is_some();
    if may_be_marked {
        return None;
    }
    let has_tables = find_ignoring_case(markdown, "<table").is_some();
    let mut lines = Lines { source: markdown, has_tables, ..Lines::default() };
    let mut at = 0;
    for line in markdown.split('\n') {
        lines.push(line, at)?;
        at += line.len() + 1;
    }
    Some(lines.finish())
}

/// What a line goes on with.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Between,
    Paragraph,
    Quotation,
    /// Raw HTML.
    Html,
}

#[derive(Default)]
struct Lines<'t> {
    source: &'t str,
    state: State,
    has_tables: bool,
    /// Tables that are open: they go on behind empty lines.
    tables: usize,
    /// The HTML of the source up to `copied`.
    out: String,
    copied: usize,
}

impl<'t> Lines<'t> {
    /// Takes notice of the line that begins at a byte; `None` if it may be marked up.
    fn push(&mut self, line: &str, at: usize) -> Option<()> {
        let trimmed = line.trim_start();
        if self.has_tables && !trimmed.is_empty() {
            self.tables = tables_after(self.tables, trimmed);
        }
        match trimmed.bytes().next() {
            None if line.is_ascii() => self.empty(at),
            // `normalise` drops wide blanks on an empty line, and knows fences and definitions within raw HTML, too.
            None | Some(b'`' | b'~' | b':') => None,
            Some(b'>') => self.quotation(line, at),
            Some(b'<') if trimmed.trim_end() == "<>" => {
                self.empty(at)?;
                // It would end a tag that is open.
                self.copy(at, "");
                self.copied += line.len();
                Some(())
            }
            Some(b'<') => self.html(line, at),
            Some(_) if self.state == State::Html => Some(()),
            Some(_) => self.text(line, at),
        }
    }

    fn empty(&mut self, at: usize) -> Option<()> {
        (self.tables == 0).then_some(())?;
        self.end_paragraph(at);
        self.state = State::Between;
        Some(())
    }

    /// A line that begins with a tag.
    fn html(&mut self, line: &str, at: usize) -> Option<()> {
        // `normalise` takes wide blanks for an indent, and drops it.
        line.trim_start_matches([' ', '\t']).starts_with('<').then_some(())?;
        if self.state != State::Html {
            let tag = line.get(indent(line)?..)?;
            if begins_block(tag) {
                self.end_paragraph(at);
                self.state = State::Html;
            } else if tag.starts_with("<!--") && tag.contains("-->") {
                self.end_paragraph(at);
                self.state = State::Between;
            } else {
                return None;
            }
        }
        // Text behind a paragraph is Markdown again, as in `normalise`.
        let Some((_, after)) = line.rsplit_once("</p>") else { return Some(()) };
        let text = after.trim_start();
        if text.is_empty() || text.starts_with('<') {
            return Some(());
        }
        let at = at + line.len() - text.len();
        self.empty(at)?;
        self.text(text, at)
    }

    /// A quotation of one line.
    fn quotation(&mut self, line: &str, at: usize) -> Option<()> {
        let text = line.strip_prefix("> ")?;
        if self.state != State::Between || text.starts_with([' ', '\t']) || may_be_marked(text) {
            return None;
        }
        self.copy(at, "<blockquote><p>");
        self.copied += line.len() - text.len();
        self.state = State::Quotation;
        Some(())
    }

    /// A line of text.
    fn text(&mut self, line: &str, at: usize) -> Option<()> {
        // A quotation goes on without its sign.
        if self.state == State::Quotation || may_be_marked(line) {
            return None;
        }
        if self.state != State::Paragraph {
            indent(line)?;
            self.copy(at, "<p>");
            self.state = State::Paragraph;
        }
        Some(())
    }

    fn end_paragraph(&mut self, at: usize) {
        match self.state {
            State::Paragraph => self.copy(at, "</p>"),
            State::Quotation => self.copy(at, "</p></blockquote>"),
            State::Between | State::Html => {}
        }
    }

    /// Copies the source up to a byte, and writes a tag there.
    fn copy(&mut self, end: usize, tag: &str) {
        self.out.extend([self.source.get(self.copied..end).unwrap_or_default(), tag]);
        self.copied = end;
    }

    fn finish(mut self) -> Cow<'t, str> {
        self.end_paragraph(self.source.len());
        if self.out.is_empty() && self.copied == 0 {
            return self.source.into();
        }
        self.copy(self.source.len(), "");
        self.out.into()
    }
}

/// The blanks before a line that is not indented so far that it is program text.
fn indent(line: &str) -> Option<usize> {
    let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
    (blanks < 4 && line.as_bytes().get(blanks) != Some(&b'\t')).then_some(blanks)
}

/// Whether raw HTML begins with this tag.
fn begins_block(tag: &str) -> bool {
    let Some(name) = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')) else { return false };
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, after) = name.split_at_checked(end).unwrap_or_default();
    let ends = after.is_empty() || after.starts_with([' ', '\t', '>']) || after.starts_with("/>");
    ends && BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name))
}

/// Whether a line of a paragraph may hold or be a mark.
fn may_be_marked(line: &str) -> bool {
    let text = line.trim_start();
    let after_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with(['#', '-', '+', '=', ':', '>'])
        || (after_number.len() < text.len() && after_number.starts_with(['.', ')']))
        // A line break.
        || line.ends_with("  ")
        || line.bytes().any(|byte| MARKS.contains(&byte))
}
