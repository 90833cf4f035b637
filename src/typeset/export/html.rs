//! An article as HTML.

mod levels;
mod table;

use super::addresses;
use crate::typeset::article::{Article, Block, Code, Kind, Picture};
use crate::typeset::flow::Flow;
use crate::typeset::style::{Mark, Role, Style};
use levels::Open;

/// The article under its title as HTML: a fragment without `<html>` or `<body>`, whose only attributes are addresses
/// of links and pictures, the words for pictures, the numbers of list items, spans and alignments, and the languages
/// of program text.
pub fn html(title: &str, article: &Article) -> String {
    let mut writer = Writer { out: String::new(), open: Vec::new(), article };
    writer.out.push_str("<h1>");
    writer.text(title);
    writer.out.push_str("</h1>\n");
    let mut blocks = article.blocks.iter().filter(|block| !matches!(block.kind, Kind::Remark(_))).peekable();
    let mut previous: Option<&Block> = None;
    while let Some(block) = blocks.next() {
        writer.enter(block);
        match (&block.kind, blocks.peek().filter(|next| stands_beside(block, next)).map(|next| &next.kind)) {
            (Kind::Centred(words), Some(Kind::Table(table)))
                if is_caption(words) && !follows_image(previous) =>
            {
                writer.table(table, Some(words));
                previous = blocks.next();
            }
            _ => {
                writer.block(block, previous);
                previous = Some(block);
            }
        }
    }
    writer.close_to(0);
    writer.out
}

/// The words of a figure or a table.
fn is_caption(flow: &Flow) -> bool {
    flow.all(|style| style.role == Role::Caption)
}

/// Whether a block stands in the same item or quotation as the one before.
fn stands_beside(before: &Block, next: &Block) -> bool {
    let levels = before.levels.iter().zip(&next.levels);
    before.levels.len() == next.levels.len()
        && levels.into_iter().all(|(before, next)| before.goes_on_in(next))
}

fn follows_image(previous: Option<&Block>) -> bool {
    previous.is_some_and(|block| matches!(block.kind, Kind::Image(_)))
}

struct Writer<'a> {
    out: String,
    /// The quotations and lists that are open.
    open: Vec<Open>,
    article: &'a Article,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block, previous: Option<&Block>) {
        let is_alike =
            |previous: &Block| std::mem::discriminant(&previous.kind) == std::mem::discriminant(&block.kind);
        let goes_on = block.tight && previous.is_some_and(is_alike);
        match &block.kind {
            Kind::Paragraph(flow) => self.paragraph("<p>", flow, goes_on),
            Kind::Centred(flow) if is_caption(flow) => self.figure(follows_image(previous), |writer| {
                writer.element("<figcaption>", "</figcaption>\n", flow);
            }),
            Kind::Centred(flow) => self.paragraph("<p style=\"text-align:center\">", flow, goes_on),
            Kind::FlushRight(flow) => self.paragraph("<p style=\"text-align:right\">", flow, goes_on),
            Kind::Term(flow) => self.element("<dt>", "</dt>\n", flow),
            Kind::Heading(level, flow) => {
                let level = (*level).clamp(1, 6);
                self.element(&format!("<h{level}>"), &format!("</h{level}>\n"), flow);
            }
            Kind::Code(code) => self.code(code),
            Kind::Table(table) => self.table(table, None),
            Kind::Image(picture) => self.figure(goes_on, |writer| writer.picture(picture)),
            Kind::Rule => self.out.push_str("<hr>\n"),
            Kind::Remark(_) => {}
        }
    }

    fn element(&mut self, begin: &str, end: &str, flow: &Flow) {
        self.out.push_str(begin);
        self.inline(flow);
        self.out.push_str(end);
    }

    /// A paragraph, or a line more of the one before.
    fn paragraph(&mut self, begin: &str, flow: &Flow, goes_on: bool) {
        let begin = if goes_on && self.reopen("</p>\n") { "<br>\n" } else { begin };
        self.element(begin, "</p>\n", flow);
    }

    /// A figure, or more of the one before.
    fn figure(&mut self, goes_on: bool, content: impl FnOnce(&mut Self)) {
        if !(goes_on && self.reopen("</figure>\n")) {
            self.out.push_str("<figure>\n");
        }
        content(self);
        self.out.push_str("</figure>\n");
    }

    /// Takes back the end tag that was written last, if it is this one.
    fn reopen(&mut self, end: &str) -> bool {
        let Some(before) = self.out.strip_suffix(end) else { return false };
        self.out.truncate(before.len());
        true
    }

    fn picture(&mut self, picture: &Picture) {
        let (source, link) = addresses(picture, self.article);
        if let Some(link) = link {
            self.attribute("<a href=\"", link.url.as_str());
        }
        self.out.push_str("<img src=\"");
        self.text(source);
        self.out.push_str("\" alt=\"");
        self.text(picture.caption.text());
        self.out.push_str(if link.is_some() { "\"></a>\n" } else { "\">\n" });
    }

    fn code(&mut self, code: &Code) {
        self.out.push_str("<pre>");
        match code.language.as_str() {
            "" => self.out.push_str("<code>"),
            language => self.attribute("<code class=\"language-", language),
        }
        self.code_lines(&code.lines);
        self.out.push_str("</code></pre>\n");
    }

    fn code_lines(&mut self, lines: &[Flow]) {
        for (number, line) in lines.iter().enumerate() {
            self.out.push_str(if number > 0 { "\n" } else { "" });
            self.text(line.text());
        }
    }

    /// A flow with its marks and links.
    fn inline(&mut self, flow: &Flow) {
        let mut open = None;
        for (piece, style, link) in flow.pieces(0..flow.text().len()) {
            let link = link.and_then(|link| self.article.links.get(link));
            if link != open {
                self.out.push_str(if open.is_some() { "</a>" } else { "" });
                if let Some(link) = link {
                    self.attribute("<a href=\"", link.url.as_str());
                }
                open = link;
            }
            self.marked(piece, style);
        }
        self.out.push_str(if open.is_some() { "</a>" } else { "" });
    }

    fn marked(&mut self, piece: &str, style: Style) {
        let marks =
            [(Mark::Strong, "strong>"), (Mark::Emphasis, "em>"), (Mark::Strike, "s>"), (Mark::Code, "code>")];
        let marks = marks.into_iter().filter(|(mark, _)| style.has(*mark));
        marks.clone().for_each(|(_, tag)| self.out.extend(["<", tag]));
        self.text(piece);
        marks.rev().for_each(|(_, tag)| self.out.extend(["</", tag]));
    }

    /// A start tag whose last attribute is open, with the value of that.
    fn attribute(&mut self, begin: &str, value: &str) {
        self.out.push_str(begin);
        self.text(value);
        self.out.push_str("\">");
    }

    /// Text, also within a quoted attribute.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                c => self.out.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests;
