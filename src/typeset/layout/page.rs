//! An article at one width: it knows where every line breaks, and builds the lines that are asked for.

use super::Options;
use super::frame::{Frame, Set};
use crate::typeset::article::{Article, Level};
use crate::typeset::line::{Line, Place, Span};
use std::sync::Arc;

/// The offset of the empty lines below a block: behind all its text.
const END: usize = usize::MAX;

/// An article set at one width. A page costs its line breaks; spans are built for the lines that are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    article: Arc<Article>,
    options: Options,
    /// As many as the article has.
    blocks: Vec<SetBlock>,
    len: usize,
}

/// A block whose lines are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetBlock {
    /// The number of its first line, or of the first of the empty lines above it.
    pub(super) first: usize,
    /// How many empty lines stand above it.
    pub(super) gap: u8,
    pub(super) set: Set,
}

/// What a line of the page is.
enum At<'a> {
    /// An empty line above the block of this index.
    Gap(usize),
    /// A line, by its number, of the block of this index.
    Block(usize, &'a SetBlock, usize),
}

impl Page {
    pub(super) fn new(article: Arc<Article>, options: Options, blocks: Vec<SetBlock>, len: usize) -> Self {
        Self { article, options, blocks, len }
    }

    /// The article with what the setting adds to it.
    pub(super) fn article(&self) -> &Arc<Article> {
        &self.article
    }

    /// How it is set.
    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A line, counted from 0.
    pub fn line(&self, number: usize) -> Option<Line> {
        let place = self.place_at(number)?;
        match self.at(number)? {
            At::Gap(block) => Some(Line { place, spans: self.bars(block), ..Line::default() }),
            At::Block(index, block, line) => {
                let built = self.frame(index)?.line(&block.set, line);
                Some(Line { place, ..built })
            }
        }
    }

    /// The lines, from top to bottom.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        (0..self.len).filter_map(|number| self.line(number))
    }

    /// Where in the article a line begins; that of the last line for lines that are not there.
    pub fn place(&self, line: usize) -> Place {
        self.place_at(line.min(self.len.saturating_sub(1))).unwrap_or_default()
    }

    /// The line that shows a place: the last that begins at or before it, and of several that begin at the
    /// same place the first.
    pub fn line_at(&self, place: Place) -> usize {
        let after = first_where(self.len, |line| self.place(line) > place);
        let Some(found) = after.checked_sub(1).map(|line| self.place(line)) else { return 0 };
        first_where(self.len, |line| self.place(line) >= found)
    }

    fn at(&self, number: usize) -> Option<At<'_>> {
        if number >= self.len {
            return None;
        }
        let index = self.blocks.partition_point(|block| block.first <= number).checked_sub(1)?;
        let block = self.blocks.get(index)?;
        let line = (number - block.first).checked_sub(usize::from(block.gap));
        Some(line.map_or(At::Gap(index), |line| At::Block(index, block, line)))
    }

    fn place_at(&self, number: usize) -> Option<Place> {
        Some(match self.at(number)? {
            At::Gap(block) => Place { block: block.saturating_sub(1), offset: END },
            At::Block(index, block, line) => {
                let offset = self.frame(index)?.offset(&block.set, line);
                Place { block: index, offset }
            }
        })
    }

    fn frame(&self, block: usize) -> Option<Frame<'_>> {
        Some(Frame::new(self.article.blocks.get(block)?, self.article.script, &self.options))
    }

    /// The bars of the quotations that go on over the gap above a block.
    fn bars(&self, block: usize) -> Vec<Span> {
        let levels = |index: usize| self.article.blocks.get(index).map_or(&[][..], |block| &block.levels);
        let (before, after) = (levels(block.saturating_sub(1)), levels(block));
        let shared = before.iter().zip(after).take_while(|(one, other)| one.goes_on_in(other)).count();
        let shared = after.get(..shared).filter(|levels| levels.contains(&Level::Quote));
        super::margin::Margin::new(shared.unwrap_or_default(), &self.options).spans(1)
    }
}

/// The first of `0..len` that meets a condition, which all after it meet too; `len` if none does.
fn first_where(len: usize, meets: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if meets(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
