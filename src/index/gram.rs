//! Bigrams as numbers.

/// Follows the last character of a text: a noncharacter that no text holds.
pub const END: char = '\u{10ffff}';

/// The bits of a character.
const BITS: u32 = 21;

/// A bigram: the first character in the upper bits, so that the bigrams that begin with one are neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(pub(super) u64);

impl Gram {
    pub(super) fn new(first: char, second: char) -> Self {
        Self((u64::from(u32::from(first)) << BITS) | u64::from(u32::from(second)))
    }

    /// The first bigram that begins with a character, and the first after all those.
    pub(super) fn beginning_with(first: char) -> std::ops::Range<Self> {
        let start = u64::from(u32::from(first)) << BITS;
        Self(start)..Self(start + (1 << BITS))
    }
}

/// The bigrams of a whole text, the last character's included.
pub(super) fn all_grams(text: &str) -> impl Iterator<Item = Gram> + '_ {
    text.chars().zip(text.chars().skip(1).chain([END])).map(|(first, second)| Gram::new(first, second))
}
