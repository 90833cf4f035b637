//! Blocks to lines at a width.

mod justify;
mod margin;
mod table;

use super::article::{Article, Block, Kind, Level, Remark, Script};
use super::fill::{Measure, fill};
use super::flow::{Flow, Spacing};
use super::page::{Line, Page, Piece, Place, Span};
use super::style::{Mark, Role, Style};
use super::width::{self, Ambiguous};
use margin::Margin;
use serde::Deserialize;
use std::sync::Arc;

/// How a page is set. All but the width and the terminal are settings that a file may name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting that a reader switches by itself")]
pub struct Options {
    /// Cells from the left edge to the right one; less than 4 counts as 4. With `hanging`, a line may take one
    /// more.
    #[serde(skip)]
    pub width: u16,
    /// How wide the terminal draws ambiguous characters.
    #[serde(skip)]
    pub ambiguous: Ambiguous,
    /// Hanzi by which a paragraph's first line is indented in Chinese. In Japanese it is one character at most
    /// (JLREQ 3.5.1), in other languages none.
    pub paragraph_indent: u8,
    /// Empty lines between indented paragraphs. Paragraphs without an indent always have one between them.
    pub paragraph_gap: u8,
    /// Whether the last line of a paragraph never holds one Hanzi alone (孤字不成行).
    pub avoid_lonely_last: bool,
    /// Whether a closing mark or a stop at the end of a line may put its blank right half into the margin.
    pub hanging: bool,
    /// Whether the lines of a paragraph are stretched to the full width: at blanks, between Hanzi and Latin and
    /// after stops, by one cell each. A line that has too few of these stays ragged, as does the last.
    pub justify: bool,
    /// Whether a blank is put between Hanzi and Latin letters or digits that stand next to each other.
    pub autospace: bool,
    /// Whether `“ ” ‘ ’ — … ·` take two cells in Chinese and Japanese where the terminal draws them in one.
    pub full_width_punctuation: bool,
    /// Whether a table that does not fit is set as a grid wider than the page rather than as one block a row.
    pub wide_tables: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 80,
            ambiguous: Ambiguous::Narrow,
            paragraph_indent: 2,
            paragraph_gap: 0,
            avoid_lonely_last: true,
            hanging: true,
            justify: false,
            autospace: false,
            full_width_punctuation: false,
            wide_tables: false,
        }
    }
}

impl Options {
    fn spacing(&self) -> Spacing {
        let full_width = self.full_width_punctuation && self.ambiguous == Ambiguous::Narrow;
        Spacing { autospace: self.autospace, full_width }
    }
}

/// Sets an article at a width.
pub fn lay_out(article: &Arc<Article>, options: &Options) -> Page {
    let mut setter = Setter { article, options, lines: Vec::new(), block: 0 };
    let mut previous: Option<&Block> = None;
    for (index, block) in article.blocks.iter().enumerate() {
        if let Some(previous) = previous {
            setter.gap(previous, block);
        }
        setter.block = index;
        setter.set(block);
        previous = Some(block);
    }
    Page::of_lines(setter.lines)
}

struct Setter<'a> {
    article: &'a Article,
    options: &'a Options,
    lines: Vec<Line>,
    block: usize,
}

impl Setter<'_> {
    fn set(&mut self, block: &Block) {
        let margin = Margin::new(&block.levels, self.width() / 2, self.options.ambiguous);
        let quoted = block.levels.contains(&Level::Quote);
        let role = if quoted { Role::Quote } else { Role::Text };
        match &block.kind {
            Kind::Paragraph(flow) => self.paragraph(flow, role, &margin, self.indent_of(block)),
            Kind::Centred(flow) => self.centred(flow, role, &margin),
            Kind::Heading(level, flow) => self.paragraph(flow, Role::Heading(*level), &margin, 0),
            Kind::Code(lines) => self.code(lines, &margin),
            Kind::Table(table) => {
                let first = self.lines.len();
                let set = table::set(table, self.room(&margin), self.options);
                for (number, (row, spans)) in set.into_iter().enumerate() {
                    self.line(&margin, number, row, spans);
                }
                self.keep_whole(first);
            }
            Kind::Image(caption, link) => self.image(caption, *link, &margin),
            Kind::Rule => self.rule(&margin),
            Kind::Remark(remark) => {
                let words = remark_words(*remark, self.article.script);
                self.paragraph(&Flow::new(words, Style::of(Role::Notice)), Role::Notice, &margin, 0);
            }
        }
    }

    fn width(&self) -> usize {
        usize::from(self.options.width.max(4))
    }

    fn room(&self, margin: &Margin) -> usize {
        self.width().saturating_sub(margin.cells)
    }

    /// Paragraphs in lists and quotations stand behind a mark and need no indent.
    fn indent_of(&self, block: &Block) -> usize {
        let most = match self.article.script {
            _ if !block.levels.is_empty() => 0,
            Script::Chinese => usize::MAX,
            Script::Japanese => 1,
            Script::Korean | Script::Other => 0,
        };
        // Narrow columns cannot spare as much, but the indent stays whole Hanzi.
        usize::from(self.options.paragraph_indent).min(self.width() / 8).min(most) * 2
    }

    fn measure(&self, first: usize, rest: usize) -> Measure {
        let Options { ambiguous, avoid_lonely_last, hanging, .. } = *self.options;
        Measure { first, rest, ambiguous, avoid_lonely_last, hanging }
    }

    fn paragraph(&mut self, flow: &Flow, role: Role, margin: &Margin, indent: usize) {
        let rest = self.room(margin);
        let first = rest.saturating_sub(indent);
        let spaced = flow.spaced(self.options.spacing());
        let flow = spaced.flow.as_ref();
        let lines = fill(flow, self.measure(first, rest));
        let justified = match role {
            Role::Text | Role::Quote if self.options.justify => lines.len().saturating_sub(1),
            _ => 0,
        };
        for (number, range) in lines.into_iter().enumerate() {
            let offset = spaced.source(range.start);
            let spans = if number < justified {
                let room = if number == 0 { first } else { rest };
                justify::spans(flow, range, role, room, self.options.ambiguous)
            } else {
                spans(flow, range, role)
            };
            self.line(margin, number, offset, spans);
            if number == 0 {
                self.indent_last(indent);
            }
        }
    }

    fn centred(&mut self, flow: &Flow, role: Role, margin: &Margin) {
        let room = self.room(margin);
        let spaced = flow.spaced(self.options.spacing());
        let lines = fill(&spaced.flow, self.measure(room, room));
        if lines.len() > 3 {
            return self.paragraph(flow, role, margin, 0);
        }
        let flow = spaced.flow.as_ref();
        for (number, range) in lines.into_iter().enumerate() {
            let cells =
                flow.text().get(range.clone()).map_or(0, |text| width::of(text, self.options.ambiguous));
            let offset = spaced.source(range.start);
            self.line(margin, number, offset, spans(flow, range, role));
            self.indent_last(room.saturating_sub(cells) / 2);
        }
    }

    /// Program text keeps its lines, however long.
    fn code(&mut self, lines: &[Flow], margin: &Margin) {
        let first = self.lines.len();
        for (number, flow) in lines.iter().enumerate() {
            self.line(margin, number, number, spans(flow, 0..flow.text().len(), Role::CodeBlock));
        }
        self.keep_whole(first);
    }

    /// A picture is a line in the middle, as it would stand on paper.
    fn image(&mut self, caption: &Flow, link: Option<usize>, margin: &Margin) {
        let style = Style::of(Role::Image);
        let sign = if self.article.script == Script::Other { "[image]" } else { "[图]" };
        let words = if caption.is_empty() { sign.to_owned() } else { format!("{sign} {}", caption.text()) };
        let words = width::cut(&words, self.room(margin), self.options.ambiguous);
        let cells = width::of(&words, self.options.ambiguous);
        let indent = self.room(margin).saturating_sub(cells) / 2;
        self.line(margin, 0, 0, vec![Span { text: Piece::of_safe(&words), style, link }]);
        self.indent_last(indent);
    }

    fn rule(&mut self, margin: &Margin) {
        let room = self.room(margin);
        let cells = room / 3;
        let bar = if self.options.ambiguous == Ambiguous::Wide { "-" } else { "─" };
        let text = Piece::of_safe(&bar.repeat(cells));
        self.line(margin, 0, 0, vec![Span { text, style: Style::of(Role::Border), link: None }]);
        self.indent_last((room - cells) / 2);
    }

    fn line(&mut self, margin: &Margin, number: usize, offset: usize, text: Vec<Span>) {
        let mut spans = margin.spans(number);
        spans.extend(text);
        let place = Place { block: self.block, offset };
        self.lines.push(Line { indent: 0, spans, place, whole: false });
    }

    /// Lines of program text and of tables belong together: if one is too wide, all from the first on move.
    fn keep_whole(&mut self, first: usize) {
        let (room, ambiguous) = (self.width(), self.options.ambiguous);
        let lines = self.lines.get_mut(first..).unwrap_or_default();
        let whole = lines.iter().any(|line| line.cells(ambiguous) > room);
        lines.iter_mut().for_each(|line| line.whole = whole);
    }

    /// Indents the line that was just set: by empty cells, or, behind the mark of a list or a quotation, by
    /// blanks after the mark.
    fn indent_last(&mut self, cells: usize) {
        let Some(line) = self.lines.last_mut() else { return };
        let marks = line.spans.iter().filter(|span| matches!(span.style.role, Role::Marker)).count();
        if marks == 0 {
            line.indent = u16::try_from(cells).unwrap_or(u16::MAX);
        } else {
            let text = Piece::of_safe(&" ".repeat(cells));
            line.spans.insert(marks, Span { text, style: Style::default().with(Mark::Added), link: None });
        }
    }

    /// Empty lines between two blocks; the bar of a quotation that holds both goes through.
    fn gap(&mut self, previous: &Block, next: &Block) {
        let place = Place { block: self.block, offset: usize::MAX };
        let shared =
            previous.levels.iter().zip(&next.levels).take_while(|(one, other)| is_same(one, other)).count();
        let levels = next.levels.get(..shared).filter(|levels| levels.contains(&Level::Quote));
        let margin = Margin::new(levels.unwrap_or_default(), self.width() / 2, self.options.ambiguous);
        for _ in 0..self.gap_between(previous, next) {
            self.lines.push(Line { place, spans: margin.spans(1), ..Line::default() });
        }
    }

    fn gap_between(&self, previous: &Block, next: &Block) -> u8 {
        if next.tight {
            return 0;
        }
        match (&previous.kind, &next.kind) {
            // The caption of a picture stands under it, and charts in a row make one group.
            (Kind::Image(..), Kind::Image(..) | Kind::Centred(_)) => 0,
            (Kind::Paragraph(_), Kind::Paragraph(_)) if starts_item(next) && is_in_list(previous) => 0,
            (Kind::Heading(..) | Kind::Paragraph(_), Kind::Paragraph(_))
                if self.indent_of(next) > 0 && self.indent_of(previous) > 0 =>
            {
                self.options.paragraph_gap
            }
            _ => 1,
        }
    }
}

/// Whether a block is the first of a list item.
fn starts_item(block: &Block) -> bool {
    matches!(block.levels.last(), Some(Level::Item { marker: Some(_), .. }))
}

fn is_in_list(block: &Block) -> bool {
    block.levels.iter().any(|level| matches!(level, Level::Item { .. }))
}

/// Whether the level of a block is also that of the next: a new number begins a new item.
fn is_same(level: &Level, next: &Level) -> bool {
    match (level, next) {
        (Level::Quote, Level::Quote) => true,
        (Level::Item { .. }, Level::Item { marker, .. }) => marker.is_none(),
        _ => false,
    }
}

fn spans(flow: &Flow, range: std::ops::Range<usize>, role: Role) -> Vec<Span> {
    let pieces = flow.pieces(range);
    let in_role = |style: Style| if style.role == Role::Text { style.in_role(role) } else { style };
    pieces
        .map(|(text, style, link)| {
            // Within the flow some of the blanks that were added are such as allow no break.
            let text = if style.has(Mark::Added) && text.trim().is_empty() { " " } else { text };
            Span { text: Piece::of_safe(text), style: in_role(style), link }
        })
        .collect()
}

fn remark_words(remark: Remark, script: Script) -> &'static str {
    match (remark, script) {
        (Remark::Cut, Script::Chinese) => "〔正文过长，以下未显示〕",
        (Remark::Cut, _) => "[The text is too long; the rest is not shown.]",
        (Remark::Unformatted, Script::Chinese) => "〔正文无法排版，以下为纯文本〕",
        (Remark::Unformatted, _) => "[The text could not be formatted and is shown plain.]",
    }
}

#[cfg(test)]
mod tests;
