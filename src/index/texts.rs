//! The texts of a segment, each packed alone, so that one can be read without its neighbours. What news have in common
//! stands in a dictionary: with it a text of three kilobytes packs better than sixteen kilobytes of texts do together
//! without one. LZ4, because a search for a common phrase unpacks tens of thousands of texts.

use super::bytes::{push, take};
use super::pages::ReadError;
use lz4_flex::block::{compress_with_dict, decompress_with_dict};
use std::ops::Range;

/// The beginning of the texts of a segment, so many bytes of it, is its dictionary.
const DICTIONARY: usize = 32 * 1024;
/// No text is longer than this; only a damaged table says so.
const LONGEST: usize = 256 << 20;

/// Packs texts one after the other.
#[derive(Default)]
pub(super) struct TextsWriter {
    /// The texts that have come before there were enough for a dictionary, and where each ends.
    waiting: Vec<u8>,
    ends: Vec<usize>,
    dictionary: Option<Vec<u8>>,
    packed: Vec<u8>,
    /// The length of the dictionary packed and unpacked, then the same of each text.
    table: Vec<u8>,
}

impl TextsWriter {
    pub(super) fn add(&mut self, text: &[u8]) {
        if self.dictionary.is_some() {
            self.pack(text);
            return;
        }
        self.waiting.extend(text);
        self.ends.push(self.waiting.len());
        if self.waiting.len() >= DICTIONARY {
            self.pack_waiting();
        }
    }

    fn pack_waiting(&mut self) {
        let (waiting, ends) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.ends));
        let dictionary = waiting.get(..DICTIONARY).unwrap_or(&waiting);
        self.pack(dictionary);
        self.dictionary = Some(dictionary.to_owned());
        let mut start = 0;
        for end in ends {
            self.pack(waiting.get(start..end).unwrap_or_default());
            start = end;
        }
    }

    /// What cannot be packed into less stays as it is.
    fn pack(&mut self, text: &[u8]) {
        let packed = compress_with_dict(text, self.dictionary.as_deref().unwrap_or_default());
        let stored = if packed.len() < text.len() { &packed } else { text };
        push(&mut self.table, stored.len() as u64);
        push(&mut self.table, text.len() as u64);
        self.packed.extend(stored);
    }

    /// The packed texts, and the table of where they are.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        if self.dictionary.is_none() {
            self.pack_waiting();
        }
        (self.packed, self.table)
    }
}

/// Where the texts of a segment are.
#[derive(Debug)]
pub(super) struct Texts {
    /// Where the packed bytes begin and the first text after the dictionary.
    start: usize,
    dictionary: Packed,
    packed: Vec<Packed>,
}

/// A packed text.
#[derive(Clone, Copy, Debug)]
struct Packed {
    /// Where its bytes end, counted from where those of the dictionary begin.
    end: u32,
    /// Its bytes when it is unpacked.
    length: u32,
}

impl Texts {
    /// Reads a table; the packed texts begin at `start`. `None` when it is none.
    pub(super) fn read(mut table: &[u8], start: usize) -> Option<Self> {
        let mut end = 0_u32;
        let mut packed = || {
            let number = |table: &mut &[u8]| u32::try_from(take(table)?).ok();
            end = end.checked_add(number(&mut table)?)?;
            let length = number(&mut table).filter(|&length| length as usize <= LONGEST)?;
            Some((Packed { end, length }, table.is_empty()))
        };
        let (dictionary, mut is_over) = packed()?;
        let mut texts = Vec::new();
        while !is_over {
            let (text, is_last) = packed()?;
            texts.push(text);
            is_over = is_last;
        }
        Some(Self { start, dictionary, packed: texts })
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// Where the packed bytes end.
    pub(super) fn end(&self) -> usize {
        self.start + self.packed.last().unwrap_or(&self.dictionary).end as usize
    }

    /// The place of the packed dictionary.
    pub(super) fn dictionary(&self) -> Range<usize> {
        self.start..self.start + self.dictionary.end as usize
    }

    /// The place of a packed text, by its number in the segment.
    pub(super) fn place(&self, number: u32) -> Option<Range<usize>> {
        let at = number as usize;
        let before = at.checked_sub(1).and_then(|at| self.packed.get(at)).unwrap_or(&self.dictionary);
        Some(self.start + before.end as usize..self.start + self.packed.get(at)?.end as usize)
    }

    /// What unpacks the texts, given the packed dictionary.
    pub(super) fn unpacker(&self, dictionary: &[u8]) -> Result<Unpacker, ReadError> {
        Unpacker(Vec::new()).unpack(dictionary, self.dictionary.length).map(Unpacker)
    }

    /// The length of a text, by its number in the segment.
    pub(super) fn length(&self, number: u32) -> u32 {
        self.packed.get(number as usize).map_or(0, |text| text.length)
    }
}

/// Unpacks the texts of a segment, with their dictionary.
pub(super) struct Unpacker(Vec<u8>);

impl Unpacker {
    /// Unpacks a text to so many bytes.
    pub(super) fn unpack(&self, packed: &[u8], length: u32) -> Result<Vec<u8>, ReadError> {
        if packed.len() == length as usize {
            return Ok(packed.to_vec());
        }
        let text =
            decompress_with_dict(packed, length as usize, &self.0).map_err(|_damaged| ReadError::Damaged)?;
        if text.len() == length as usize { Ok(text) } else { Err(ReadError::Damaged) }
    }
}
