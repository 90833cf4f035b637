//! Any HTML to the small, well-formed subset that html2text converts without surprises.
//!
//! Written are `p`, `h1`..`h6`, `pre`, `blockquote`, `ul`, `ol`, `li`, `a`, `strong`, `em`, `s`, `code`
//! and `img`, always balanced, at most [`MAX_DEPTH`] levels deep; tables, rules and centring travel as marks.
//! So html2text never meets the input on which it panics (spans of table cells) or takes quadratic time (depth,
//! formatting that is never closed), and nothing that it drops or folds is lost. One pass, linear.

mod align;
mod code;
mod definitions;
mod elements;
mod held;
pub(super) mod image;
mod inline;
mod math;
mod numbers;
mod table;
mod text;

pub(super) use elements::{is_block, is_hidden, is_void};
pub(super) use text::{Blank, is_wide};

use super::marks;
use super::tag::{Tag, Token, Tokens};
use align::Align;
use held::Held;
use inline::Inline;
use numbers::Numbered;
pub(super) use numbers::Numbers;
use table::Tables;

/// The deepest nesting of quotations and lists; what is deeper is shown at this depth.
pub(super) const MAX_DEPTH: usize = 24;

/// The cleaned HTML of a body.
pub(super) fn clean(html: &str) -> Cleaned {
    let mut cleaner = Cleaner::default();
    let mut tokens = Tokens::new(html);
    // A hidden element that is never closed would hide the rest of the post; then it is shown instead.
    let mut may_hide = true;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => cleaner.text(text),
            Token::Close(name) => cleaner.close(&name),
            Token::Open(tag) => {
                let content = tokens.rest();
                if tag.name == "math"
                    && let Some(formula) = math::formula(&mut tokens)
                {
                    cleaner.formula(&formula);
                } else if may_hide && cleaner.hides(&tag) {
                    if !skip_element(&mut tokens, &tag.name) {
                        may_hide = false;
                        tokens = Tokens::new(content);
                    }
                } else {
                    cleaner.open(&tag);
                }
            }
        }
    }
    cleaner.finish()
}

/// Skips up to the end tag of an element; false when there is none. A paragraph ends where the next begins.
pub(super) fn skip_element(tokens: &mut Tokens<'_>, name: &str) -> bool {
    let mut depth = 1_usize;
    while depth > 0 {
        let before = tokens.rest();
        match tokens.next() {
            Some(Token::Open(tag)) if tag.name == "p" && name == "p" => {
                tokens.go_back(before);
                return true;
            }
            Some(Token::Open(tag)) if tag.name == name => depth += 1,
            Some(Token::Close(closed)) if closed == name => depth -= 1,
            Some(_) => {}
            None => return false,
        }
    }
    true
}

/// What the cleaner made.
pub(super) struct Cleaned {
    /// HTML of the subset.
    pub(super) html: String,
    /// How many letters, Hanzi and figures it holds.
    pub(super) letters: usize,
    /// The numbers of the items of each numbered list.
    pub(super) numbers: Vec<Numbers>,
}

/// A quotation, list or item that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Structure {
    Quote,
    Bullets,
    /// A numbered list: which of them.
    Numbers(usize),
    Item,
    /// A definition list, of which nothing is written.
    Definitions,
    Definition,
}

impl Structure {
    fn is_list(self) -> bool {
        matches!(self, Self::Bullets | Self::Numbers(_))
    }

    fn end_tag(self) -> &'static str {
        match self {
            Self::Quote => "</blockquote>",
            Self::Bullets => "</ul>",
            Self::Numbers(_) => "</ol>",
            Self::Item => "</li>",
            Self::Definitions => "",
            Self::Definition => "</li></ol>",
        }
    }
}

/// How far a text block has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    /// Nothing is open: the next text begins a block.
    #[default]
    No,
    /// A paragraph.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// Program text: where its language is to be written, and whether its line has begun.
    Code { language_at: usize, line_begun: bool },
}

/// What the text that is being read is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Text,
    /// The caption of a figure or a table.
    Caption,
    /// The term of a definition list.
    Term,
}

#[derive(Debug, Default)]
struct Cleaner {
    out: String,
    letters: usize,
    open: Open,
    structures: Vec<Structure>,
    /// Starts of quotations and lists that were too deep to be opened and wait for their ends.
    too_deep: usize,
    /// The level of the heading that is being read.
    heading: Option<u8>,
    part: Part,
    /// What each open element that may align its content says of it.
    boxes: Vec<Option<Align>>,
    paragraph_align: Option<Align>,
    /// The next text follows without a gap.
    close_to_before: bool,
    code: code::Wrapper,
    /// `<br>` since the last text, and whether a block began or ended since.
    breaks: usize,
    boundary: bool,
    inline: Inline,
    held: Option<Held>,
    spans: Vec<elements::Span>,
    /// The formatting at the start of the open `<p>`, to return to when it ends.
    inline_before: Option<inline::Format>,
    blank: text::Blank,
    last: Option<char>,
    tables: Tables,
    /// The numbered lists so far.
    numbered: Vec<Numbered>,
    /// Whether there was a formula in `MathML`.
    holds_formulas: bool,
}

impl Cleaner {
    /// Whether an element is not shown, with all that is in it. `KaTeX` draws what the formula before it says.
    fn hides(&self, tag: &Tag<'_>) -> bool {
        let is_drawn = self.holds_formulas && tag.has_class("katex-html");
        (is_drawn || elements::is_hidden(tag)) && !elements::is_void(&tag.name)
    }

    /// A formula that has become text.
    fn formula(&mut self, text: &str) {
        self.holds_formulas = true;
        text.chars().for_each(|c| self.char(c));
    }

    /// Begins a block of text unless one is open.
    fn begin_text(&mut self) {
        if self.open != Open::No {
            return;
        }
        self.ensure_item();
        let tight = std::mem::take(&mut self.close_to_before) || (!self.boundary && self.breaks == 1);
        (self.breaks, self.boundary) = (0, false);
        let mark = match self.part {
            Part::Text => self.align().mark(),
            Part::Caption => marks::CAPTION,
            Part::Term => marks::TERM,
        };
        self.open = self.heading.map_or(Open::Paragraph, Open::Heading);
        if self.open == Open::Paragraph {
            self.begin_paragraph();
        } else {
            self.text_tag("<");
        }
        self.out.push(mark);
        if tight {
            self.out.push(marks::TIGHT);
        }
    }

    /// Where the paragraph that begins stands.
    fn align(&self) -> Align {
        self.paragraph_align.or_else(|| self.boxes.iter().rev().find_map(|align| *align)).unwrap_or_default()
    }

    /// Ends the open block, if any; its formatting goes on in the next.
    fn end_text(&mut self) {
        self.release();
        self.inline.close_all(&mut self.out);
        if let Open::Code { language_at, .. } = self.open {
            self.end_code(language_at);
        } else {
            self.text_tag("</");
        }
        self.open = Open::No;
        self.blank = text::Blank::None;
        self.last = None;
    }

    /// The tag of the open paragraph or heading, after `<` or `</`.
    fn text_tag(&mut self, begin: &str) {
        let name = match self.open {
            Open::Heading(1) => "h1>",
            Open::Heading(2) => "h2>",
            Open::Heading(3) => "h3>",
            Open::Heading(4) => "h4>",
            Open::Heading(5) => "h5>",
            Open::Heading(_) => "h6>",
            Open::Paragraph => "p>",
            Open::No | Open::Code { .. } => return,
        };
        self.out.push_str(begin);
        self.out.push_str(name);
    }

    /// The border of an element that stands apart from what is before and after.
    fn boundary(&mut self) {
        self.end_text();
        self.boundary = true;
        self.paragraph_align = None;
    }

    /// Begins a paragraph. What follows a mark shares the paragraph of that: each costs html2text microseconds, and
    /// a table has several times as many marks as texts.
    fn begin_paragraph(&mut self) {
        match self.out.strip_suffix("</p>") {
            Some(before) if before.ends_with(marks::stands_alone) => self.out.truncate(before.len()),
            _ => self.out.push_str("<p>"),
        }
    }

    /// A mark that is a block of its own.
    fn mark(&mut self, mark: char) {
        self.end_text();
        self.ensure_item();
        self.close_to_before = false;
        self.begin_paragraph();
        self.out.push(mark);
        self.out.push_str("</p>");
    }

    fn open_structure(&mut self, structure: Structure, start_tag: &str) {
        self.boundary();
        if self.structures.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return;
        }
        self.ensure_item();
        self.out.push_str(start_tag);
        self.structures.push(structure);
    }

    /// What stands in a list must stand in an item, or html2text drops it: in the item before, which is opened
    /// again, or in one of its own.
    fn ensure_item(&mut self) {
        if !self.structures.last().is_some_and(|structure| structure.is_list()) {
            return;
        }
        if self.out.ends_with("</li>") {
            self.out.truncate(self.out.len() - "</li>".len());
            self.structures.push(Structure::Item);
        } else {
            self.begin_item(None);
        }
    }

    fn close_structure(&mut self, is_it: impl Fn(Structure) -> bool) {
        self.boundary();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let within = self.structures.get(self.tables.base()..).unwrap_or_default();
        if let Some(at) = within.iter().rposition(|&structure| is_it(structure)) {
            self.close_structures_to(self.tables.base() + at);
        }
    }

    fn close_structures_to(&mut self, depth: usize) {
        self.end_text();
        while self.structures.len() > depth {
            if let Some(structure) = self.structures.pop() {
                self.out.push_str(structure.end_tag());
            }
        }
    }

    fn finish(mut self) -> Cleaned {
        self.end_text();
        while self.tables.depth() > 0 {
            self.close_table();
        }
        self.close_structures_to(0);
        let numbers = self.numbered.iter().map(Numbered::numbers).collect();
        Cleaned { html: self.out, letters: self.letters, numbers }
    }
}

#[cfg(test)]
mod tests;
