//! Bigrams, and trigrams of ASCII, as numbers.

/// Follows the last character of a text: a noncharacter that no text holds.
pub const END: char = '\u{10ffff}';

/// The bits of a character.
const BITS: u32 = 21;

/// A bigram: the first character in the upper bits, so that the bigrams that begin with one are neighbours.
/// A trigram stands behind all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Gram(pub(super) u64);

/// In the place of a first character: that of no bigram.
const TRIGRAM: u64 = (1 << BITS) - 1;

impl Gram {
    pub(super) fn new(first: char, second: char) -> Self {
        Self((u64::from(u32::from(first)) << BITS) | u64::from(u32::from(second)))
    }

    /// The trigram of three characters, if all are letters, digits or marks of ASCII.
    pub(super) fn trigram(chars: [char; 3]) -> Option<Self> {
        let add = |gram: u64, c: &char| (gram << 7) | u64::from(u32::from(*c));
        chars.iter().all(char::is_ascii_graphic).then(|| Self(chars.iter().fold(TRIGRAM, add)))
    }

    /// The first bigram that begins with a character, and the first after all those.
    pub(super) fn beginning_with(first: char) -> std::ops::Range<Self> {
        let start = u64::from(u32::from(first)) << BITS;
        Self(start)..Self(start + (1 << BITS))
    }
}

/// Calls `each` with the bigrams of a whole text, the last character's included, and with the trigrams of ASCII in it:
/// there are so few pairs of digits that most posts have most of them.
pub(super) fn each_gram(text: impl Iterator<Item = char>, mut each: impl FnMut(Gram)) {
    let mut before: [Option<char>; 2] = [None, None];
    for c in text.chain([END]) {
        let [second_last, last] = before;
        if let Some(last) = last {
            each(Gram::new(last, c));
            second_last
                .and_then(|second_last| Gram::trigram([second_last, last, c]))
                .into_iter()
                .for_each(&mut each);
        }
        before = [last, Some(c)];
    }
}
