//! What an article is made of, before it has a width.

mod numbers;

use super::flow::Flow;
use super::style::Role;
use crate::post::{SafeText, WebUrl};

/// A body that has been read: its blocks in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Paragraphs, headings, tables and the rest, from first to last.
    pub blocks: Vec<Block>,
    /// The links, in order of appearance; styles in the blocks point here.
    pub links: Vec<Link>,
    /// What it is written in.
    pub script: Script,
}

/// An address that a piece of the text leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub url: WebUrl,
    /// The words that carry it; may be empty for a picture.
    pub text: SafeText,
}

/// The script that rules the setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// Hanzi without kana or hangul, simplified or of both kinds.
    Chinese,
    /// The same, mostly in traditional forms.
    TraditionalChinese,
    /// Kana, with or without kanji.
    Japanese,
    /// Hangul.
    Korean,
    /// Latin and all others.
    #[default]
    Other,
}

/// One block, with the quotations and list items it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Quotations and list items around it, outermost first.
    pub levels: Vec<Level>,
    /// Follows the block before without a gap: a line after `<br>`, the next image of a row.
    pub tight: bool,
}

/// The kinds of block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Paragraph(Flow),
    /// Text that the author centred: captions, section marks.
    Centred(Flow),
    /// Text that the author set flush right: signatures, dates.
    FlushRight(Flow),
    /// A term; its definitions follow, each in [`Level::Definition`].
    Term(Flow),
    /// A heading of level 1 to 6.
    Heading(u8, Flow),
    /// Program text.
    Code(Code),
    /// Rows of cells.
    Table(Table),
    /// A picture.
    Image(Picture),
    /// A horizontal rule.
    Rule,
    /// A remark by finews.
    Remark(Remark),
}

/// Program text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// What it is written in, as the author names it (`rust`, `c++`); empty when unknown. Holds no blanks.
    pub language: SafeText,
    /// Its lines, coloured where the language is known.
    pub lines: Vec<Flow>,
}

/// A picture, which a terminal shows as a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its caption; may be empty.
    pub caption: Flow,
    /// The link that it leads to: the one around it, else its own address.
    pub link: Option<usize>,
    /// Its address, if that is one on the web.
    pub source: Option<WebUrl>,
}

/// A quotation, a list item or a definition around a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// A quotation.
    Quote,
    /// A list item.
    Item {
        /// Shown before this block: the item's number or a bullet. `None` for the blocks that follow.
        marker: Option<Marker>,
        /// Digits of the longest number of the list, so that the texts of all items line up; 0 for bullets.
        digits: u8,
    },
    /// A definition of the term before.
    Definition {
        /// Whether this is its first block.
        begins: bool,
    },
}

impl Level {
    /// Whether the same quotation, item or definition goes on in the block with another level: a new number or
    /// bullet begins a new item.
    pub(super) fn goes_on_in(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Quote, Self::Quote) | (Self::Definition { .. }, Self::Definition { begins: false }) => {
                true
            }
            (Self::Item { .. }, Self::Item { marker, .. }) => marker.is_none(),
            _ => false,
        }
    }
}

/// What stands before a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(i64),
}

/// A table: rows of cells, not necessarily of equal length. A cell over several columns or rows stands in the
/// first of them; in the others are empty cells that are [joined](Joined) to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: one flow a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its paragraphs; none when empty.
    pub lines: Vec<Flow>,
    /// Whether it names a column or a row (`<th>`).
    pub head: bool,
    /// Whether it is a part of another cell, and empty.
    pub joined: Joined,
    /// Where the author wants its text; `None` when that was not said.
    pub align: Option<Align>,
}

/// Where the text of a cell stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
}

/// Which cell a cell belongs to that is a part of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joined {
    /// It is one of its own.
    #[default]
    No,
    /// The cell on its left, which spans columns.
    Left,
    /// The cell above, which spans rows.
    Above,
}

/// What finews has to say about the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The body is longer than what is shown.
    Cut,
    /// The body could not be converted and is shown without its markup.
    Unformatted,
}

impl Article {
    /// The article without the heading at its beginning that repeats its title, for where the title stands above it.
    #[must_use]
    pub fn below(mut self, title: &str) -> Self {
        let visible = |text: &str| text.split_whitespace().collect::<String>();
        if let Some(Block { kind: Kind::Heading(_, heading), levels, .. }) = self.blocks.first()
            && levels.is_empty()
            && visible(heading.text()) == visible(title)
        {
            self.blocks.remove(0);
        }
        self
    }

    /// The text alone: one line a paragraph, table rows with ` | ` between the cells.
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            block.push_text(&mut text);
        }
        text.truncate(text.trim_end().len());
        text
    }
}

impl Block {
    /// A block that stands in nothing.
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, levels: Vec::new(), tight: false }
    }

    /// All text of the block, in order.
    pub fn flows(&self) -> impl Iterator<Item = &Flow> {
        let (one, lines, table) = match &self.kind {
            Kind::Paragraph(flow)
            | Kind::Centred(flow)
            | Kind::FlushRight(flow)
            | Kind::Term(flow)
            | Kind::Heading(_, flow)
            | Kind::Image(Picture { caption: flow, .. }) => (Some(flow), None, None),
            Kind::Code(code) => (None, Some(&code.lines), None),
            Kind::Table(table) => (None, None, Some(table)),
            Kind::Rule | Kind::Remark(_) => (None, None, None),
        };
        let cells =
            table.into_iter().flat_map(|table| table.rows.iter().flatten()).flat_map(|cell| &cell.lines);
        one.into_iter().chain(lines.into_iter().flatten()).chain(cells)
    }

    fn push_text(&self, text: &mut String) {
        let mut push = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        match &self.kind {
            Kind::Paragraph(flow)
            | Kind::Centred(flow)
            | Kind::FlushRight(flow)
            | Kind::Term(flow)
            | Kind::Heading(_, flow) => push(flow.text()),
            Kind::Image(picture) if !picture.caption.is_empty() => push(picture.caption.text()),
            Kind::Code(code) => code.lines.iter().for_each(|line| push(line.text())),
            Kind::Table(table) => table.rows.iter().for_each(|row| push(&row_text(row))),
            Kind::Image(_) | Kind::Rule | Kind::Remark(_) => {}
        }
    }
}

fn row_text(row: &[Cell]) -> String {
    row.iter().map(Cell::text).collect::<Vec<_>>().join(" | ")
}

impl Cell {
    /// The text of all paragraphs, with blanks between them.
    pub fn text(&self) -> String {
        self.lines.iter().map(Flow::text).collect::<Vec<_>>().join(" ")
    }

    /// Its paragraphs, each by itself, and the lines of program text that stand together, with `true`.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&[Flow], bool)> {
        let is_code = |flow: &Flow| flow.is_empty() || flow.all(|style| style.role == Role::CodeBlock);
        let parts = self.lines.chunk_by(move |one, other| is_code(one) && is_code(other));
        parts.map(move |lines| (lines, lines.iter().all(is_code)))
    }
}
