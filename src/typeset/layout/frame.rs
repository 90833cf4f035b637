//! A block in the room that it has: where its lines break, and what stands on each of them.

use super::Options;
use super::justify;
use super::margin::Margin;
use super::table::TableSet;
use crate::typeset::article::{Block, Code, Kind, Level, Picture, Remark, Script};
use crate::typeset::fill::{Measure, fill, squeezed};
use crate::typeset::flow::Flow;
use crate::typeset::line::{Line, Piece, Span};
use crate::typeset::rules;
use crate::typeset::style::{Mark, Role, Style};
use crate::typeset::width;
use std::borrow::Cow;
use std::ops::Range;

/// More lines than this are not set in the middle: their ragged edges would be hard to follow.
const MOST_CENTRED: usize = 3;

/// Where the lines of a block break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Set {
    /// Ranges of a text.
    Text(Vec<Range<usize>>),
    /// As many lines as the program text has, and whether one of them is wider than the page.
    Code { lines: usize, whole: bool },
    /// The lines of a table.
    Table(TableSet),
    /// One line.
    Rule,
}

impl Set {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(lines) => lines.len(),
            Self::Code { lines, .. } => *lines,
            Self::Table(table) => table.len(),
            Self::Rule => 1,
        }
    }
}

/// A block with what decides on its setting.
pub(super) struct Frame<'a> {
    pub(super) block: &'a Block,
    script: Script,
    options: &'a Options,
    margin: Margin,
}

/// A text that flows into lines.
struct Text<'a> {
    flow: Cow<'a, Flow>,
    role: Role,
    /// What part of the room that a line leaves stands before it: 2 centres it, 1 sets it flush right.
    part: Option<usize>,
}

impl<'a> Frame<'a> {
    pub(super) fn new(block: &'a Block, script: Script, options: &'a Options) -> Self {
        Self { block, script, options, margin: Margin::new(&block.levels, options) }
    }

    /// Breaks the block into lines.
    pub(super) fn set(&self) -> Set {
        match &self.block.kind {
            Kind::Code(Code { lines, .. }) => {
                // Blanks at the end of a line count: they are on the screen.
                let cells = |line: &Flow| width::of(line.text(), self.options.ambiguous);
                let widest = lines.iter().map(cells).max().unwrap_or(0);
                Set::Code { lines: lines.len(), whole: widest > self.room() }
            }
            Kind::Table(table) => Set::Table(TableSet::new(table, self.room(), self.options)),
            Kind::Rule => Set::Rule,
            Kind::Image(picture) if picture.caption.is_empty() && self.fits_sign() => {
                Set::Text(std::iter::once(0..self.image_sign().trim_end().len()).collect())
            }
            _ => Set::Text(self.text().map_or_else(Vec::new, |text| fill(&text.flow, self.measure()))),
        }
    }

    /// The place in the block at which a line begins.
    pub(super) fn offset(&self, set: &Set, line: usize) -> usize {
        match set {
            Set::Text(lines) => {
                let start = lines.get(line).map_or(0, |range| range.start);
                self.text().map_or(0, |text| text.flow.source(start))
            }
            Set::Code { .. } => line,
            Set::Table(table) => table.row(line),
            Set::Rule => 0,
        }
    }

    /// A line of the block; its place is for the page to set.
    pub(super) fn line(&self, set: &Set, number: usize) -> Line {
        match (set, &self.block.kind) {
            (Set::Text(lines), _) => {
                self.text().map_or_else(Line::default, |text| self.text_line(&text, lines, number))
            }
            (Set::Code { whole, .. }, Kind::Code(Code { lines, .. })) => {
                let flow = lines.get(number);
                let text =
                    flow.map_or_else(Vec::new, |flow| spans(flow, 0..flow.text().len(), Role::CodeBlock));
                Line { whole: *whole, ..self.with_margin(number, 0, text) }
            }
            (Set::Table(set), Kind::Table(table)) => {
                let whole = set.is_wider_than(self.room());
                Line { whole, ..self.with_margin(number, 0, set.line(table, number, self.options)) }
            }
            _ => self.rule(),
        }
    }

    /// Cells by which a paragraph is indented here. In lists and quotations it stands behind a mark and needs no
    /// indent.
    pub(super) fn indent(&self) -> usize {
        let most = match self.script {
            _ if !self.block.levels.is_empty() => 0,
            Script::Chinese | Script::TraditionalChinese => usize::MAX,
            Script::Japanese => 1,
            Script::Korean | Script::Other => 0,
        };
        // Narrow columns cannot spare as much, but the indent stays whole Hanzi.
        usize::from(self.options.paragraph_indent).min(self.options.cells() / 8).min(most) * 2
    }

    /// Cells by which the first line of this block is indented.
    fn first_indent(&self) -> usize {
        if matches!(self.block.kind, Kind::Paragraph(_)) { self.indent() } else { 0 }
    }

    fn room(&self) -> usize {
        self.options.cells().saturating_sub(self.margin.cells)
    }

    fn text(&self) -> Option<Text<'a>> {
        let quoted = self.block.levels.contains(&Level::Quote);
        let role = if quoted { Role::Quote } else { Role::Text };
        let text = |flow, role, part| Text { flow: Cow::Borrowed(flow), role, part };
        Some(match &self.block.kind {
            Kind::Paragraph(flow) | Kind::Term(flow) => text(flow, role, None),
            Kind::Heading(level, flow) => text(flow, Role::Heading(*level), None),
            Kind::Centred(flow) => text(flow, role, Some(2)),
            Kind::FlushRight(flow) => text(flow, role, Some(1)),
            Kind::Image(picture) => {
                let flow = Cow::Owned(picture.caption.clone().after(self.image_sign()));
                Text { flow, role: Role::Image, part: Some(2) }
            }
            Kind::Remark(remark) => {
                let words = remark_words(*remark, self.script);
                let flow = Cow::Owned(Flow::new(words, Style::of(Role::Notice)));
                Text { flow, role: Role::Notice, part: None }
            }
            Kind::Code(_) | Kind::Table(_) | Kind::Rule => return None,
        })
    }

    /// Whether the sign of a picture without caption has room, as nearly always: then no line must be broken.
    fn fits_sign(&self) -> bool {
        width::of(self.image_sign(), self.options.ambiguous) <= self.room()
    }

    fn image_sign(&self) -> &'static str {
        match self.script {
            Script::Other => "[image] ",
            Script::Chinese => "[图] ",
            Script::TraditionalChinese => "[圖] ",
            Script::Japanese => "[図] ",
            Script::Korean => "[그림] ",
        }
    }

    fn measure(&self) -> Measure {
        let Options { ambiguous, avoid_lonely_last, .. } = *self.options;
        // Traditional stops stand in the middle of their square (CLREQ, on hanging punctuation): they have no blank half.
        let hanging = self.options.hanging && self.script != Script::TraditionalChinese;
        let rest = self.room();
        let first = rest.saturating_sub(self.first_indent());
        Measure { first, rest, ambiguous, avoid_lonely_last, hanging, squeezing: self.options.autospace }
    }

    fn text_line(&self, text: &Text<'_>, lines: &[Range<usize>], number: usize) -> Line {
        let Some(range) = lines.get(number) else { return Line::default() };
        let is_last = number + 1 == lines.len();
        let part = text.part.filter(|_| lines.len() <= MOST_CENTRED);
        let measure = self.measure();
        let room = if number == 0 { measure.first } else { measure.rest };
        let flow = text.flow.as_ref();
        let justifies = self.options.justify && !is_last && matches!(text.role, Role::Text | Role::Quote);
        let without = if measure.squeezing { squeezed(flow, range, room, measure) } else { Vec::new() };
        let mut spans = if !without.is_empty() {
            spans_without(flow, range, text.role, &without)
        } else if justifies && part.is_none() {
            justify::spans(flow, range.clone(), text.role, room, self.options.ambiguous)
        } else {
            spans(flow, range.clone(), text.role)
        };
        if let Kind::Image(Picture { link, .. }) = &self.block.kind {
            for span in &mut spans {
                span.link = *link;
            }
        }
        let indent = match (part, number) {
            (Some(part), _) => self.room_left(&spans) / part,
            (None, 0) => self.first_indent(),
            (None, _) => 0,
        };
        self.with_margin(number, indent, spans)
    }

    /// The cells that a line leaves empty.
    fn room_left(&self, spans: &[Span]) -> usize {
        let cells: usize = spans.iter().map(|span| width::of(&span.text, self.options.ambiguous)).sum();
        self.room().saturating_sub(cells)
    }

    fn rule(&self) -> Line {
        let cells = self.room() / 3;
        let text = Piece::of_safe(&rules::line(self.options.ambiguous).repeat(cells));
        let bar = Span { text, style: Style::of(Role::Border), link: None };
        self.with_margin(0, (self.room() - cells) / 2, vec![bar])
    }

    /// A line behind the marks of lists and quotations; behind these it is indented by blanks.
    fn with_margin(&self, number: usize, indent: usize, text: Vec<Span>) -> Line {
        let mut spans = self.margin.spans(number);
        let bare = spans.is_empty();
        if !bare && indent > 0 {
            spans.push(added(&" ".repeat(indent)));
        }
        spans.extend(text);
        let indent = if bare { u16::try_from(indent).unwrap_or(u16::MAX) } else { 0 };
        Line { indent, spans, ..Line::default() }
    }
}

/// Blanks that the setting puts in.
fn added(blanks: &str) -> Span {
    Span { text: Piece::of_safe(blanks), style: Style::default().with(Mark::Added), link: None }
}

/// The spans of a range of a text.
pub(super) fn spans(flow: &Flow, range: Range<usize>, role: Role) -> Vec<Span> {
    let in_role = |style: Style| if style.role == Role::Text { style.in_role(role) } else { style };
    let span = |(text, style, link): (&str, Style, Option<usize>)| {
        // Within the flow some of the blanks that were added are such as allow no break.
        let text = if style.has(Mark::Added) && text.trim().is_empty() { " " } else { text };
        Span { text: Piece::of_safe(text), style: in_role(style), link }
    };
    flow.pieces(range).map(span).collect()
}

/// The spans of a range without the blanks, of one byte each, that stand at these places.
fn spans_without(flow: &Flow, range: &Range<usize>, role: Role, blanks: &[usize]) -> Vec<Span> {
    let starts = [range.start].into_iter().chain(blanks.iter().map(|blank| blank + 1));
    let ends = blanks.iter().copied().chain([range.end]);
    starts.zip(ends).flat_map(|(start, end)| spans(flow, start..end, role)).collect()
}

fn remark_words(remark: Remark, script: Script) -> &'static str {
    match (remark, script) {
        (Remark::Cut, Script::TraditionalChinese) => "〔正文過長，以下未顯示〕",
        (Remark::Unformatted, Script::TraditionalChinese) => "〔正文無法排版，以下為純文字〕",
        (Remark::Cut, Script::Chinese) => "〔正文过长，以下未显示〕",
        (Remark::Cut, _) => "[The text is too long; the rest is not shown.]",
        (Remark::Unformatted, Script::Chinese) => "〔正文无法排版，以下为纯文本〕",
        (Remark::Unformatted, _) => "[The text could not be formatted and is shown plain.]",
    }
}
