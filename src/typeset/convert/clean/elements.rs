//! What each element means.

use super::super::marks;
use super::super::tag::Tag;
use super::align::Align;
use super::inline::Kind;
use super::{Cleaner, Open, Part, Structure};
use super::{held, numbers};

/// Open elements that may align their content, beyond which none is remembered.
const MAX_BOXES: usize = 200;
/// Open `<span>`s, beyond which none is remembered.
const MAX_SPANS: usize = 200;

/// What the end of a `<span>` ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Span {
    Plain,
    /// The name of a stock.
    Stock,
    /// A formula between these signs.
    Formula(&'static str),
}

/// Elements that have no content.
const VOID: &[&str] = &[
    "br", "hr", "img", "input", "wbr", "meta", "link", "col", "area", "base", "source", "embed", "track",
    "param",
];

/// Elements whose content is no text.
const NO_TEXT: &[&str] =
    &["script", "style", "title", "template", "select", "button", "svg", "canvas", "object", "textarea"];

/// Classes of what is shown elsewhere or makes no sense in a terminal: links back from footnotes, and the line
/// numbers of highlighted code, which stand in a column of their own.
const HIDDEN_CLASSES: &[&str] = &["footnote-backref", "gutter", "rouge-gutter", "linenos", "lineno", "lnt"];

/// Elements that stand apart and mean nothing else.
const BLOCKS: &[&str] = &[
    "div", "section", "article", "figure", "header", "footer", "main", "aside", "nav", "address", "fieldset",
    "form", "details", "summary", "hgroup", "legend", "body", "html", "head", "tbody", "thead", "tfoot",
    "tr", "td", "th", "iframe", "video", "audio", "noscript",
];

/// Whether an element has no content.
pub(in crate::typeset::convert) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element is not shown, with all that is in it.
pub(in crate::typeset::convert) fn is_hidden(tag: &Tag<'_>) -> bool {
    let is_hidden_class =
        |classes: String| classes.split_ascii_whitespace().any(|class| HIDDEN_CLASSES.contains(&class));
    NO_TEXT.contains(&&*tag.name)
        || tag.written_attributes().any(|(name, _)| name.eq_ignore_ascii_case("hidden"))
        || tag.has_style("display:none")
        || tag.attribute("class").is_some_and(is_hidden_class)
}

/// Whether an element holds the name of a stock, as Eastmoney marks them.
fn names_stock(tag: &Tag<'_>) -> bool {
    tag.has_class("keytip") || tag.has_class("em_stock_key_common")
}

/// Whether an element stands apart and means nothing else.
pub(in crate::typeset::convert) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

impl Cleaner {
    /// A start tag.
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        if let Open::Code { .. } = self.open {
            return self.open_in_code(tag);
        }
        match &*tag.name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.open_paragraph(tag),
            "center" | "div" | "section" | "article" | "figure" => self.open_box(tag),
            "br" => self.line_break(),
            "hr" => {
                self.boundary();
                self.mark(marks::RULE);
            }
            "pre" => self.open_code(tag),
            "blockquote" => self.open_structure(Structure::Quote, "<blockquote>"),
            "ul" | "menu" | "dir" => self.open_structure(Structure::Bullets, "<ul>"),
            "ol" => self.open_numbers(tag),
            "li" => self.open_item(tag),
            "dl" => self.open_definitions(),
            "dt" => self.open_term(),
            "dd" => self.open_definition(),
            "table" if self.is_code_table(tag) => {
                self.boundary();
                self.code.in_table = true;
            }
            "tr" | "td" | "th" if self.code.in_table => self.boundary(),
            "table" => self.open_table(),
            "tr" if self.tables.depth() > 0 => self.open_row(),
            "td" | "th" if self.tables.depth() > 0 => self.open_cell(tag),
            "figcaption" | "caption" => {
                self.boundary();
                self.part = Part::Caption;
            }
            _ => self.open_inline(tag),
        }
    }

    fn open_inline(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "a" => self.open_link(tag),
            "span" => self.open_span(tag),
            "img" => self.image(tag),
            "q" => self.char('“'),
            "rb" | "ruby" => self.release(),
            "input" if tag.attribute("type").as_deref() == Some("checkbox") => {
                self.char(if tag.attribute("checked").is_some() { '☑' } else { '☐' });
                self.char(' ');
            }
            "iframe" | "video" | "audio" | "embed" => self.embedded(tag),
            // `<http://…>`: an address in angle brackets, no element.
            name if name.starts_with("http") && name.ends_with(':') => {
                self.address(&format!("{name}{}", tag.attributes()));
            }
            name => match (Kind::of(name), held::Kind::of(name)) {
                (Some(kind), _) => self.inline.count(kind, true),
                (None, Some(kind)) => self.hold(kind),
                (None, None) if is_block(name) => self.boundary(),
                (None, None) => {}
            },
        }
    }

    /// An end tag.
    pub(super) fn close(&mut self, name: &str) {
        if let Open::Code { .. } = self.open {
            if name == "pre" {
                self.boundary();
            }
            return;
        }
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.boundary();
                self.heading = None;
                if let Some(format) = self.inline_before.take() {
                    self.inline.restore(format);
                }
            }
            "center" | "div" | "section" | "article" | "figure" => {
                self.boundary();
                self.boxes.pop();
                self.end_wrapped_code(name);
            }
            "blockquote" => self.close_structure(|s| s == Structure::Quote),
            "ul" | "ol" | "menu" | "dir" => {
                self.close_structure(Structure::is_list);
            }
            "li" => self.close_item(),
            "dl" => self.close_definitions(),
            "dt" => self.end_term(),
            "dd" => self.end_definition(),
            "table" if self.code.in_table => {
                self.boundary();
                self.code.in_table = false;
            }
            "table" if self.tables.depth() > 0 => self.close_table(),
            "figcaption" | "caption" => {
                self.boundary();
                self.part = Part::Text;
            }
            "a" => self.inline.link(None),
            "span" => self.close_span(),
            "q" => self.char('”'),
            "sup" | "sub" | "rt" | "rp" => self.end_hold(),
            "ruby" => self.release(),
            // HTML reads a stray `</br>` as `<br>`.
            "br" => self.line_break(),
            _ => match Kind::of(name) {
                Some(kind) => self.inline.count(kind, false),
                None if is_block(name) => self.boundary(),
                None => {}
            },
        }
    }

    fn open_paragraph(&mut self, tag: &Tag<'_>) {
        self.boundary();
        self.paragraph_align = Align::of(tag);
        self.inline_before = Some(self.inline.format().clone());
        let level = tag.name.strip_prefix('h').and_then(|level| level.parse().ok());
        self.heading = level;
    }

    fn open_box(&mut self, tag: &Tag<'_>) {
        self.boundary();
        if self.boxes.len() < MAX_BOXES {
            self.boxes.push(Align::of(tag));
        }
        self.wrap_code(tag);
        if tag.has_class("footnotes") {
            self.mark(marks::RULE);
        }
    }

    fn line_break(&mut self) {
        self.end_text();
        self.breaks += 1;
    }

    fn open_item(&mut self, tag: &Tag<'_>) {
        self.close_item();
        let lists = self.structures.get(self.tables.base()..).unwrap_or_default();
        if !lists.iter().any(|structure| structure.is_list()) {
            self.open_structure(Structure::Bullets, "<ul>");
        }
        // A quotation left open in the list stays around the item: html2text wants items in lists.
        if self.structures.last().is_some_and(|structure| structure.is_list()) {
            self.begin_item(numbers::number(tag, "value"));
        }
    }

    /// Ends the open item of the innermost list.
    fn close_item(&mut self) {
        self.boundary();
        let base = self.tables.base();
        let within = self.structures.get(base..).unwrap_or_default();
        let is_list = |s: &Structure| *s == Structure::Item || s.is_list();
        let Some(at) = within.iter().rposition(is_list) else { return };
        if self.too_deep == 0 && within.get(at) == Some(&Structure::Item) {
            self.close_structures_to(base + at);
        }
    }

    /// Most spans mean nothing; some name a stock, and comrak puts formulas in spans.
    fn open_span(&mut self, tag: &Tag<'_>) {
        let span = if names_stock(tag) {
            self.open_link(tag);
            Span::Stock
        } else {
            match tag.attribute("data-math-style").as_deref() {
                Some("display") => Span::Formula("$$"),
                Some(_) => Span::Formula("$"),
                None => Span::Plain,
            }
        };
        if let Span::Formula(sign) = span {
            self.text(sign);
        }
        if self.spans.len() < MAX_SPANS {
            self.spans.push(span);
        }
    }

    fn close_span(&mut self) {
        match self.spans.pop() {
            Some(Span::Stock) => self.inline.link(None),
            Some(Span::Formula(sign)) => self.text(sign),
            Some(Span::Plain) | None => {}
        }
    }

    fn open_link(&mut self, tag: &Tag<'_>) {
        // One of the two elements, a span and a link, names the stock, and the other its address.
        let around = || self.inline.address().filter(|_| tag.name == "span").map(str::to_owned);
        let href = tag.attribute("href").or_else(around).unwrap_or_default();
        let stock = names_stock(tag) || matches!(self.spans.last(), Some(Span::Stock));
        self.inline.link(Some(format!("{}{href}", if stock { 's' } else { 'l' })));
    }

    /// An address that is its own text.
    pub(super) fn address(&mut self, address: &str) {
        let before = self.inline.format().clone();
        self.inline.link(Some(format!("l{address}")));
        address.chars().for_each(|c| self.char(c));
        self.inline.restore(before);
    }
}
