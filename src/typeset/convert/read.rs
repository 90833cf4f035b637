//! html2text's lines to blocks: prefixes say where a line stands, its mark says what it is.

mod levels;
mod line;
mod shape;

use super::decorator::Note;
use super::marks;
use crate::post::SafeText;
use crate::typeset::article::{
    Align, Article, Block, Cell, Code, Joined, Kind, Level, Link, Marker, Script, Table,
};
use crate::typeset::flow::{Flow, GLUE};
use crate::typeset::style::{Mark, Role, Style};
use html2text::render::TaggedLine;
use levels::Levels;
use line::Text;
pub(super) use line::says_nothing;

/// The article of what html2text rendered.
pub(super) fn article(rendered: &[TaggedLine<Vec<Note>>], script: Script) -> Article {
    let mut reader = Reader { links: Vec::new(), blocks: Vec::new(), levels: Levels::default(), table: None };
    for line in rendered {
        reader.line(line);
    }
    reader.end_table();
    let blocks = shape::shape(reader.blocks);
    let links = with_text(reader.links, &blocks);
    Article { blocks, links, script }
}

struct Reader {
    blocks: Vec<Block>,
    links: Vec<Link>,
    levels: Levels,
    table: Option<OpenTable>,
}

/// A table that is being read.
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    levels: Vec<Level>,
}

impl Reader {
    fn line(&mut self, line: &TaggedLine<Vec<Note>>) {
        let prefix: String = line.chars().take_while(|&c| !marks::begins_line(c)).collect();
        let mut marks = line.chars().skip_while(|&c| !marks::begins_line(c)).peekable();
        if marks.peek().is_none() {
            return;
        }
        let heading = self.levels.read(&prefix);
        for mark in marks.take_while(|&c| marks::begins_line(c)) {
            self.mark(mark, line, heading);
        }
    }

    fn mark(&mut self, mark: char, line: &TaggedLine<Vec<Note>>, heading: u8) {
        match mark {
            marks::TABLE => {
                let levels = self.levels.take();
                self.table = Some(OpenTable { rows: Vec::new(), levels });
            }
            marks::TABLE_END => self.end_table(),
            marks::ROW => self.open_row(),
            marks::CELL => self.open_cell(Cell::default()),
            marks::HEAD => self.open_cell(Cell { head: true, ..Cell::default() }),
            marks::CELL_LEFT => self.align_cell(Align::Left),
            marks::CELL_CENTRED => self.align_cell(Align::Centre),
            marks::CELL_RIGHT => self.align_cell(Align::Right),
            marks::JOINED_LEFT => self.join_cell(Joined::Left),
            marks::JOINED_ABOVE => self.join_cell(Joined::Above),
            marks::RULE => self.push(Kind::Rule, false),
            marks::CODE_FIRST => {
                let language = SafeText::label(&behind_mark(line));
                self.push(Kind::Code(Code { language, lines: Vec::new() }), false);
            }
            marks::CODE => self.code(line),
            _ => self.text(line, mark, heading),
        }
    }

    fn text(&mut self, line: &TaggedLine<Vec<Note>>, mark: char, heading: u8) {
        let text = Text::read(line, &mut self.links);
        if let Some(images) = text.images {
            for (number, picture) in images.into_iter().enumerate() {
                self.push(Kind::Image(picture), number > 0);
            }
            return;
        }
        if text.flow.is_empty() {
            return;
        }
        let kind = match (heading, mark) {
            (1.., _) => Kind::Heading(heading.min(6), text.flow),
            (_, marks::CENTRED) => Kind::Centred(text.flow),
            (_, marks::FLUSH_RIGHT) => Kind::FlushRight(text.flow),
            (_, marks::TERM) => Kind::Term(text.flow.marked(Mark::Strong)),
            (_, marks::CAPTION) => Kind::Centred(text.flow.in_role(Role::Caption)),
            _ => Kind::Paragraph(text.flow),
        };
        self.push(kind, text.tight);
    }

    fn code(&mut self, line: &TaggedLine<Vec<Note>>) {
        let flow = Flow::verbatim(&behind_mark(line), Style::of(Role::CodeBlock));
        if let Some(cell) = self.cell() {
            cell.lines.push(flow);
        } else if let Some(Block { kind: Kind::Code(code), .. }) = self.blocks.last_mut() {
            code.lines.push(flow);
        }
    }

    /// Adds a block, to the open cell if there is one.
    fn push(&mut self, kind: Kind, tight: bool) {
        let levels = self.levels.take();
        match self.cell() {
            Some(cell) => cell.lines.extend(cell_line(kind, &levels)),
            None => self.blocks.push(Block { kind, levels, tight }),
        }
    }

    /// The cell that was opened last; text between rows belongs to it.
    fn cell(&mut self) -> Option<&mut Cell> {
        self.table.as_mut()?.rows.iter_mut().rev().take(2).find_map(|row| row.last_mut())
    }

    fn open_row(&mut self) {
        if let Some(table) = &mut self.table
            && table.rows.last().is_none_or(|row| !row.is_empty())
        {
            table.rows.push(Vec::new());
        }
    }

    fn open_cell(&mut self, cell: Cell) {
        let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) else { return };
        row.push(cell);
    }

    fn align_cell(&mut self, align: Align) {
        if let Some(cell) = self.cell() {
            cell.align = Some(align);
        }
    }

    /// A cell that is part of another is a heading if that is one.
    fn join_cell(&mut self, joined: Joined) {
        let owner = || {
            let [.., above, row] = self.table.as_ref()?.rows.as_slice() else { return None };
            if joined == Joined::Above { above.get(row.len()) } else { row.last() }
        };
        let left = || self.table.as_ref()?.rows.last()?.last();
        let head = owner().or_else(left).is_some_and(|owner| owner.head);
        self.open_cell(Cell { head, joined, ..Cell::default() });
    }

    /// A table of one column sets nothing side by side: its cells are blocks like any other.
    fn end_table(&mut self) {
        let Some(OpenTable { mut rows, levels }) = self.table.take() else { return };
        drop_empty(&mut rows);
        let columns =
            rows.iter().map(|row| row.iter().rposition(|cell| !cell.lines.is_empty())).max().flatten();
        match columns {
            None => {}
            Some(0) => {
                let parts = rows.iter().flatten().flat_map(Cell::parts);
                let kinds = parts.flat_map(|(lines, is_code)| match lines {
                    _ if is_code => vec![Kind::Code(Code { lines: lines.to_vec(), ..Code::default() })],
                    lines => lines.iter().cloned().map(Kind::Paragraph).collect(),
                });
                let block = |kind| Block { kind, levels: levels.clone(), tight: false };
                self.blocks.extend(kinds.map(block));
            }
            Some(last) => {
                for row in &mut rows {
                    row.truncate(last + 1);
                }
                self.blocks.push(Block { kind: Kind::Table(Table { rows }), levels, tight: false });
            }
        }
    }
}

/// Drops the rows that are empty, except those in which a cell over several rows begins.
fn drop_empty(rows: &mut Vec<Vec<Cell>>) {
    let goes_on = |row: &Vec<Cell>| row.iter().any(|cell| cell.joined == Joined::Above);
    let mut below = rows.iter().skip(1).map(goes_on).chain([false]).collect::<Vec<_>>().into_iter();
    rows.retain(|row| below.next() == Some(true) || row.iter().any(|cell| !cell.lines.is_empty()));
}

/// A block within a cell as one paragraph of it.
fn cell_line(kind: Kind, levels: &[Level]) -> Option<Flow> {
    let flow = match kind {
        Kind::Paragraph(flow)
        | Kind::Centred(flow)
        | Kind::FlushRight(flow)
        | Kind::Term(flow)
        | Kind::Heading(_, flow) => flow,
        Kind::Image(picture) if !picture.caption.is_empty() => picture.caption,
        Kind::Image(_) => Flow::new("[图]", Style::of(Role::Image)),
        Kind::Code(_) | Kind::Table(_) | Kind::Rule | Kind::Remark(_) => return None,
    };
    Some(match levels.last() {
        Some(Level::Item { marker: Some(Marker::Bullet), .. }) => flow.after("• "),
        Some(Level::Item { marker: Some(Marker::Number(number)), .. }) => flow.after(&format!("{number}. ")),
        _ => flow,
    })
}

/// A line of text that is no prose, from behind its mark.
fn behind_mark(line: &TaggedLine<Vec<Note>>) -> String {
    line.chars().skip_while(|&c| !marks::begins_line(c)).skip(1).map(shown).collect()
}

/// A character of a rendered line as the post wrote it.
fn shown(c: char) -> char {
    match c {
        marks::WIDE_SPACE => '\u{3000}',
        marks::GLUE => GLUE,
        c => c,
    }
}

/// The links with the words that carry them.
fn with_text(mut links: Vec<Link>, blocks: &[Block]) -> Vec<Link> {
    let mut words = vec![String::new(); links.len()];
    for (text, _, link) in blocks.iter().flat_map(Block::flows).flat_map(|f| f.pieces(0..f.text().len())) {
        if let Some(words) = link.and_then(|link| words.get_mut(link)) {
            words.push_str(text);
        }
    }
    for (link, words) in links.iter_mut().zip(words) {
        link.text = SafeText::label(&words);
    }
    links
}
