//! The texts of a segment, packed several together.

use super::bytes::{push, take};
use super::pages::ReadError;
use std::ops::Range;

/// Texts are packed together up to so many bytes: longer blocks pack better, shorter ones are sooner unpacked.
const BLOCK: usize = 16 * 1024;

/// Packs texts one after the other.
#[derive(Debug, Default)]
pub(super) struct TextsWriter {
    packed: Vec<u8>,
    /// For each block how many texts it has, its length, and the lengths of the texts.
    table: Vec<u8>,
    open: Vec<u8>,
    lengths: Vec<usize>,
}

impl TextsWriter {
    pub(super) fn add(&mut self, text: &[u8]) {
        self.open.extend(text);
        self.lengths.push(text.len());
        if self.open.len() >= BLOCK {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        if self.lengths.is_empty() {
            return;
        }
        let packed = lz4_flex::block::compress(&self.open);
        push(&mut self.table, self.lengths.len() as u64);
        push(&mut self.table, packed.len() as u64);
        self.lengths.drain(..).for_each(|length| push(&mut self.table, length as u64));
        self.packed.extend(packed);
        self.open.clear();
    }

    /// The packed texts, and the table of where they are.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        self.end_block();
        (self.packed, self.table)
    }
}

/// Texts that are packed together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The number of its first text.
    pub(super) first: usize,
    /// Where the packed bytes are.
    pub(super) place: Range<usize>,
    /// Where each text ends in the unpacked bytes.
    ends: Vec<u32>,
}

/// Reads a table; the packed texts begin at `start`. `None` when it is none.
pub(super) fn blocks(mut table: &[u8], start: usize) -> Option<Vec<Block>> {
    let number = |table: &mut &[u8]| take(table).and_then(|number| usize::try_from(number).ok());
    let mut blocks = Vec::new();
    let (mut first, mut start) = (0, start);
    while !table.is_empty() {
        let (count, length) = (number(&mut table)?, number(&mut table)?);
        let mut end = 0_u32;
        let ends = (0..count).map(|_| {
            end = end.checked_add(u32::try_from(number(&mut table)?).ok()?)?;
            Some(end)
        });
        let ends = ends.collect::<Option<Vec<u32>>>()?;
        let place = start..start.checked_add(length)?;
        start = place.end;
        blocks.push(Block { first, place, ends });
        first += count;
    }
    Some(blocks)
}

impl Block {
    /// Unpacks the bytes of the block.
    pub(super) fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>, ReadError> {
        let length = self.ends.last().map_or(0, |&end| end as usize);
        lz4_flex::block::decompress(packed, length).map_err(|_damaged| ReadError::Damaged)
    }

    /// The bytes of a text, by its number in the segment, within the unpacked ones.
    pub(super) fn range(&self, number: usize) -> Option<Range<usize>> {
        let index = number.checked_sub(self.first)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        Some(start as usize..*self.ends.get(index)? as usize)
    }
}
