//! What each element means.

use super::super::marks;
use super::super::tag::Tag;
use super::inline::Kind;
use super::text::{Blank, push_escaped};
use super::{Cleaner, Open, Structure};

/// Open elements that may centre their content, beyond which none is remembered.
const MAX_CENTRING: usize = 200;
/// Numbers of list items beyond this are no numbers.
const MAX_NUMBER: i64 = 999_999_999;

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
const NO_TEXT: &[&str] = &[
    "script", "style", "title", "template", "select", "button", "svg", "canvas", "object", "rp", "textarea",
];

/// Classes of what is shown elsewhere or makes no sense in a terminal: links back from footnotes, and the line
/// numbers of highlighted code, which stand in a column of their own.
const HIDDEN_CLASSES: &[&str] = &["footnote-backref", "gutter", "rouge-gutter"];

/// Elements that stand apart and mean nothing else.
const BLOCKS: &[&str] = &[
    "div", "section", "article", "figure", "header", "footer", "main", "aside", "nav", "address", "fieldset",
    "form", "details", "summary", "hgroup", "dd", "legend", "body", "html", "head", "tbody", "thead",
    "tfoot", "tr", "td", "th", "iframe", "video", "audio", "noscript",
];

/// Whether an element has no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element is not shown, with all that is in it.
pub(super) fn is_hidden(tag: &Tag<'_>) -> bool {
    NO_TEXT.contains(&tag.name.as_str())
        || tag.attribute("hidden").is_some()
        || tag.has_style("display:none")
        || HIDDEN_CLASSES.iter().any(|class| tag.has_class(class))
}

fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

fn centres(tag: &Tag<'_>) -> bool {
    tag.name == "center"
        || tag.attribute("align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
        || tag.has_style("text-align:center")
}

impl Cleaner {
    /// A start tag.
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        if let Open::Code { .. } = self.open {
            if tag.name == "br" {
                self.char('\n');
            }
            return;
        }
        match tag.name.as_str() {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.open_paragraph(tag),
            "center" | "div" | "section" | "article" | "figure" => self.open_box(tag),
            "br" => self.line_break(),
            "hr" => {
                self.boundary();
                self.mark(marks::RULE);
            }
            "pre" => self.open_code(),
            "blockquote" => self.open_structure(Structure::Quote, "<blockquote>"),
            "ul" | "menu" | "dir" | "dl" => self.open_structure(Structure::Bullets, "<ul>"),
            "ol" => self.open_numbers(tag),
            "li" => self.open_item(),
            "table" => self.open_table(),
            "tr" if self.tables.depth() > 0 => self.open_row(),
            "td" | "th" if self.tables.depth() > 0 => self.open_cell(tag),
            "figcaption" | "caption" => {
                self.boundary();
                self.caption = true;
            }
            // A term is an item; its definition goes on in it.
            "dt" => {
                self.open_item();
                self.inline.count(Kind::Strong, true);
            }
            _ => self.open_inline(tag),
        }
    }

    fn open_inline(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            "a" => self.open_link(tag),
            "span" => self.open_span(tag),
            "img" => self.image(tag),
            "q" => self.char('“'),
            "rt" => self.char('（'),
            "input" if tag.attribute("type").as_deref() == Some("checkbox") => {
                self.char(if tag.attribute("checked").is_some() { '☑' } else { '☐' });
                self.char(' ');
            }
            "iframe" | "video" | "audio" | "embed" => self.embedded(tag),
            // `<http://…>`: an address in angle brackets, no element.
            name if name.starts_with("http") && name.ends_with(':') => {
                self.address(&format!("{name}{}", tag.attributes()));
            }
            name => match Kind::of(name) {
                Some(kind) => self.inline.count(kind, true),
                None if is_block(name) => self.boundary(),
                None => {}
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
                self.centring.pop();
            }
            "blockquote" => self.close_structure(|s| s == Structure::Quote),
            "ul" | "ol" | "menu" | "dir" | "dl" => {
                self.close_structure(|s| matches!(s, Structure::Bullets | Structure::Numbers));
            }
            "li" => self.close_item(),
            "table" if self.tables.depth() > 0 => self.close_table(),
            "figcaption" | "caption" => {
                self.boundary();
                self.caption = false;
            }
            "dt" => {
                self.boundary();
                self.inline.count(Kind::Strong, false);
            }
            "a" => self.inline.link(None),
            "span" => self.close_span(),
            "q" => self.char('”'),
            "rt" => self.char('）'),
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
        self.centred_paragraph = centres(tag);
        self.inline_before = Some(self.inline.format().clone());
        let level = tag.name.strip_prefix('h').and_then(|level| level.parse().ok());
        self.heading = level;
    }

    fn open_box(&mut self, tag: &Tag<'_>) {
        self.boundary();
        if self.centring.len() < MAX_CENTRING {
            self.centring.push(centres(tag));
        }
        if tag.has_class("footnotes") {
            self.mark(marks::RULE);
        }
    }

    fn line_break(&mut self) {
        let centred = self.centred_paragraph;
        self.end_text();
        self.centred_paragraph = centred;
        self.breaks += 1;
    }

    fn open_code(&mut self) {
        self.boundary();
        self.heading = None;
        self.ensure_item();
        self.out.push_str("<pre>");
        self.out.push(marks::CODE_FIRST);
        self.open = Open::Code { line_begun: true };
    }

    fn open_numbers(&mut self, tag: &Tag<'_>) {
        let start: i64 = tag.attribute("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
        let start = start.clamp(0, MAX_NUMBER);
        self.open_structure(Structure::Numbers, &format!("<ol start=\"{start}\">"));
    }

    fn open_item(&mut self) {
        self.close_item();
        let lists = self.structures.get(self.tables.base()..).unwrap_or_default();
        if !lists.iter().any(|s| matches!(s, Structure::Bullets | Structure::Numbers)) {
            self.open_structure(Structure::Bullets, "<ul>");
        }
        // A quotation left open in the list stays around the item: html2text wants items in lists.
        if matches!(self.structures.last(), Some(Structure::Bullets | Structure::Numbers)) {
            self.out.push_str("<li>");
            self.structures.push(Structure::Item);
        }
    }

    /// Ends the open item of the innermost list.
    fn close_item(&mut self) {
        self.boundary();
        let base = self.tables.base();
        let within = self.structures.get(base..).unwrap_or_default();
        let is_list = |s: &Structure| matches!(s, Structure::Item | Structure::Bullets | Structure::Numbers);
        let Some(at) = within.iter().rposition(is_list) else { return };
        if self.too_deep == 0 && within.get(at) == Some(&Structure::Item) {
            self.close_structures_to(base + at);
        }
    }

    /// Most spans mean nothing; some name a stock, and comrak puts formulas in spans.
    fn open_span(&mut self, tag: &Tag<'_>) {
        let span = if tag.has_class("em_stock_key_common") {
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
        let href = tag.attribute("href").unwrap_or_default();
        let stock = tag.has_class("keytip") || tag.has_class("em_stock_key_common");
        self.inline.link(Some(format!("{}{href}", if stock { 's' } else { 'l' })));
    }

    fn embedded(&mut self, tag: &Tag<'_>) {
        self.boundary();
        if let Some(src) = tag.attribute("src") {
            self.address(&src);
            self.boundary();
        }
    }

    /// An address that is its own text.
    fn address(&mut self, address: &str) {
        let before = self.inline.format().clone();
        self.inline.link(Some(format!("l{address}")));
        address.chars().for_each(|c| self.char(c));
        self.inline.restore(before);
    }

    fn image(&mut self, tag: &Tag<'_>) {
        let size = |name| tag.attribute(name).is_some_and(|n| matches!(n.trim(), "0" | "1" | "0px" | "1px"));
        if size("width") || size("height") {
            // Invisible: it counts visits.
            return;
        }
        let alt = tag.attribute("alt").unwrap_or_default();
        let sources = ["data-original", "data-src", "src"].into_iter().filter_map(|name| tag.attribute(name));
        let source = sources.filter(|s| s.len() < 4096).find(|s| s.contains("//")).unwrap_or_default();
        self.begin_word('图');
        self.out.push_str("<img src=\"l");
        push_escaped(&mut self.out, &source);
        self.out.push_str("\" alt=\"");
        push_escaped(&mut self.out, &alt);
        self.out.push_str("\">");
        self.blank = Blank::None;
    }
}
