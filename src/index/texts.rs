//! The texts of a segment, each by itself, in a code that is searched as it is.

use super::bytes::{push, take};
use super::dense::{Alphabet, Encoder};
use std::ops::Range;

/// The frequencies of characters are those in so many bytes of texts; in tests so few that more come.
const SAMPLE: usize = if cfg!(test) { 40 } else { 256 * 1024 };

/// Encodes texts one after the other.
#[derive(Debug, Default)]
pub(super) struct TextsWriter {
    /// The texts that have come before there were enough for an encoder, and where each ends.
    waiting: String,
    ends: Vec<usize>,
    encoder: Option<Encoder>,
    codes: Vec<u8>,
    /// The length of the code and of the text itself, for each.
    lengths: Vec<u8>,
}

impl TextsWriter {
    pub(super) fn add(&mut self, text: impl Iterator<Item = char>) {
        if let Some(encoder) = &mut self.encoder {
            return write(encoder, text, &mut self.codes, &mut self.lengths);
        }
        self.waiting.extend(text);
        self.ends.push(self.waiting.len());
        if self.waiting.len() >= SAMPLE {
            self.encoder = Some(self.begin());
        }
    }

    fn begin(&mut self) -> Encoder {
        let (waiting, ends) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.ends));
        let mut encoder = Encoder::for_texts_like(&waiting);
        let mut start = 0;
        for end in ends {
            let text = waiting.get(start..end).unwrap_or_default();
            write(&mut encoder, text.chars(), &mut self.codes, &mut self.lengths);
            start = end;
        }
        encoder
    }

    /// The codes, and the table that says what and where they are.
    pub(super) fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        let encoder = self.encoder.take().unwrap_or_else(|| self.begin());
        let (mut table, alphabet) = (Vec::new(), encoder.into_alphabet());
        push(&mut table, alphabet.chars().len() as u64);
        alphabet.chars().iter().for_each(|c| push(&mut table, u32::from(*c).into()));
        table.append(&mut self.lengths);
        (self.codes, table)
    }
}

fn write(
    encoder: &mut Encoder,
    text: impl Iterator<Item = char>,
    codes: &mut Vec<u8>,
    lengths: &mut Vec<u8>,
) {
    let (start, mut length) = (codes.len(), 0);
    encoder.push(codes, text.inspect(|c| length += c.len_utf8()));
    push(lengths, (codes.len() - start) as u64);
    push(lengths, length as u64);
}

/// Where the texts of a segment are.
#[derive(Debug)]
pub(super) struct Texts {
    alphabet: Alphabet,
    /// Where the codes begin.
    start: usize,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Where its code ends, counted from where the first begins.
    end: u32,
    /// The bytes of the text itself, in UTF-8.
    length: u32,
}

impl Texts {
    /// Reads a table; the codes begin at `start`. `None` when it is none.
    pub(super) fn read(mut table: &[u8], start: usize) -> Option<Self> {
        let mut number = || u32::try_from(take(&mut table)?).ok();
        let chars = number()?;
        let alphabet = (0..chars).map(|_| char::from_u32(number()?)).collect::<Option<Vec<char>>>()?;
        let (mut end, mut entries) = (0_u32, Vec::new());
        while let Some(code) = number() {
            end = end.checked_add(code)?;
            entries.push(Entry { end, length: number()? });
        }
        Some(Self { alphabet: Alphabet::of(alphabet), start, entries })
    }

    /// What the codes stand for.
    pub(super) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// How many texts there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Where the codes end.
    pub(super) fn end(&self) -> usize {
        self.start + self.entries.last().map_or(0, |text| text.end as usize)
    }

    /// The place of a text's code, by its number in the segment.
    pub(super) fn place(&self, number: u32) -> Option<Range<usize>> {
        let at = number as usize;
        let before = at.checked_sub(1).and_then(|at| self.entries.get(at)).map_or(0, |text| text.end);
        Some(self.start + before as usize..self.start + self.entries.get(at)?.end as usize)
    }

    /// The length of a text in UTF-8, by its number in the segment.
    pub(super) fn length(&self, number: u32) -> u32 {
        self.entries.get(number as usize).map_or(0, |text| text.length)
    }
}
