//! The full-text index: which posts hold which pairs of characters.
//!
//! A text of `n` characters holds `n` bigrams: every character with the one that follows, and the last with
//! [`END`]. So a query of two characters is one list of posts, one of a single character is the lists of all
//! bigrams that begin with it, and a longer one is the posts that are in the lists of all its bigrams, which are
//! then compared with the text itself, because the bigrams may stand apart in it. Therefore the texts are in the
//! index too, in a short code that is searched as it is. No word is ever guessed: every substring is found, and nothing
//! else. Of ASCII there are trigrams, too: every post has most pairs of digits.
//!
//! The index is a set of segments. A segment is never changed; it is built from posts, or from other
//! segments by merging. Each post in it carries the version of the text that was indexed: whoever holds the index
//! says which versions are current, so that an edited or removed post needs no mark in the segment that still
//! names it. Bytes in, bytes out: this room knows no files and no threads.

mod build;
mod bytes;
mod dense;
mod gram;
mod list;
mod merge;
mod needle;
mod pages;
mod postings;
mod rank;
mod segment;
mod tally;
mod texts;

pub use build::Builder;
pub use bytes::{ascending, push_after};
pub use gram::END;
pub use merge::merge;
pub use needle::Needle;
pub use pages::{Read, ReadError};
pub use rank::Rank;
pub use segment::{Doc, Segment};
pub use tally::{Count, Extent, Tally, tally};

#[cfg(test)]
mod tests;
