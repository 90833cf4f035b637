//! Bytes with a checksum for every page, so that what is read is what was written.
//!
//! ```text
//! content, page after page | CRC-32 of each page | length of the content, CRC-32 of the table and length, magic
//! ```

use std::ops::{Deref, Range};

/// Bytes with one checksum. Small enough that a short list costs one page, large enough that the table of
/// checksums is a thousandth of the content.
const PAGE: usize = 4096;
/// The bytes of a checksum.
const SUM: usize = 4;
/// The last bytes: the format and its version, to be raised with every change, also of how texts are
/// folded and of which text of a post it is.
const MAGIC: [u8; 8] = *b"finews\x006";
/// Length, checksum and magic.
const FOOTER: usize = 8 + SUM + MAGIC.len();

/// Where the bytes of a segment are.
pub trait Read {
    /// The bytes of a range.
    ///
    /// # Errors
    /// When they cannot be read.
    fn read(&self, range: Range<usize>) -> std::io::Result<Vec<u8>>;

    /// How many bytes there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Read for Vec<u8> {
    fn read(&self, range: Range<usize>) -> std::io::Result<Vec<u8>> {
        self.get(range).map(<[u8]>::to_vec).ok_or_else(|| std::io::ErrorKind::UnexpectedEof.into())
    }

    fn len(&self) -> usize {
        self.len()
    }
}

/// Why a segment could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The bytes cannot be read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// They are not what was written.
    #[error("the segment is damaged")]
    Damaged,
    /// They were written by another version.
    #[error("the segment has another format")]
    OtherFormat,
}

/// Adds the checksums to a content.
pub(super) fn seal(mut content: Vec<u8>) -> Vec<u8> {
    let length = content.len();
    let sums: Vec<u8> = content.chunks(PAGE).flat_map(|page| crc32fast::hash(page).to_le_bytes()).collect();
    let mut footer = (length as u64).to_le_bytes().to_vec();
    footer.extend(crc32fast::hash(&[sums.as_slice(), &footer].concat()).to_le_bytes());
    footer.extend(MAGIC);
    content.extend(sums);
    content.extend(footer);
    content
}

/// The content without what [`seal`] has added.
#[cfg(test)]
pub(super) fn unsealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let length = Pages::open(bytes.clone()).unwrap().len();
    bytes.truncate(length);
    bytes
}

/// A content that was sealed.
#[derive(Debug)]
pub(super) struct Pages<R> {
    source: R,
    length: usize,
    sums: Vec<u32>,
}

impl<R: Read> Pages<R> {
    /// Reads the checksums.
    pub(super) fn open(source: R) -> Result<Self, ReadError> {
        let end = source.len();
        let footer_at = end.checked_sub(FOOTER).ok_or(ReadError::Damaged)?;
        let footer = source.read(footer_at..end)?;
        let (length, rest) = footer.split_at_checked(8).ok_or(ReadError::Damaged)?;
        let (sum, magic) = rest.split_at_checked(SUM).ok_or(ReadError::Damaged)?;
        if magic != MAGIC {
            return Err(ReadError::OtherFormat);
        }
        let claimed = u64::from_le_bytes(length.try_into().map_err(|_not_eight| ReadError::Damaged)?);
        let content = usize::try_from(claimed).ok().filter(|&content| content <= footer_at);
        let content = content.ok_or(ReadError::Damaged)?;
        let table = source.read(content..footer_at)?;
        let is_whole = table.len() == content.div_ceil(PAGE) * SUM
            && crc32fast::hash(&[table.as_slice(), length].concat()).to_le_bytes() == *sum;
        if !is_whole {
            return Err(ReadError::Damaged);
        }
        let sums = table.chunks_exact(SUM).filter_map(|sum| Some(u32::from_le_bytes(sum.try_into().ok()?)));
        Ok(Self { source, length: content, sums: sums.collect() })
    }

    /// How many bytes the content has.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The bytes of a range of the content.
    pub(super) fn read(&self, range: Range<usize>) -> Result<Part, ReadError> {
        if range.start > range.end || range.end > self.length {
            return Err(ReadError::Damaged);
        }
        let first = range.start / PAGE;
        let start = first * PAGE;
        let end = range.end.next_multiple_of(PAGE).min(self.length);
        let pages = self.source.read(start..end)?;
        let sums = self.sums.get(first..).unwrap_or_default();
        if !pages.chunks(PAGE).zip(sums).all(|(page, &sum)| crc32fast::hash(page) == sum) {
            return Err(ReadError::Damaged);
        }
        Ok(Part { pages, range: range.start - start..range.end - start })
    }
}

/// Some bytes of a content, in the pages that they were read with.
pub(super) struct Part {
    pages: Vec<u8>,
    range: Range<usize>,
}

impl Deref for Part {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.pages.get(self.range.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn content(bytes: usize) -> Vec<u8> {
        (0..=250).cycle().take(bytes).collect()
    }

    #[test]
    fn any_range_comes_back() {
        for bytes in [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 7] {
            let all = content(bytes);
            let pages = Pages::open(seal(all.clone())).unwrap();
            assert_eq!(pages.len(), bytes);
            for range in [0..bytes, bytes / 2..bytes, 0..bytes / 3, bytes / 3..bytes / 2] {
                assert_eq!(*pages.read(range.clone()).unwrap(), all[range]);
            }
            assert!(matches!(pages.read(0..bytes + 1), Err(ReadError::Damaged)));
        }
    }

    proptest! {
        #[test]
        fn what_was_changed_or_cut_is_not_read(at in 0usize..3 * PAGE, bit in 0u8..8, cut in 0usize..40) {
            let all = content(2 * PAGE + 100);
            let mut bytes = seal(all.clone());
            let at = at % bytes.len();
            if cut == 0 {
                bytes[at] ^= 1 << bit;
            } else {
                bytes.truncate(bytes.len() - cut);
            }
            let read = Pages::open(bytes).and_then(|pages| pages.read(0..all.len()));
            prop_assert!(read.is_err());
        }
    }
}
