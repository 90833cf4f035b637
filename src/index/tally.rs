//! How often needles stand in texts, for those who put the posts in order by that.

use super::needle::Needle;
use super::pages::{Read, ReadError};
use super::segment::{Doc, Segment};

/// How often a needle stands in a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In the title: the text's first line.
    pub title: u32,
    /// In the lines after it.
    pub text: u32,
}

/// What the posts of a segment have of a needle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many hold it.
    pub holders: u32,
    /// How often it stands in those of them that were to be counted, and the length of their texts in bytes.
    pub counts: Vec<(Doc, Count, u32)>,
}

/// How many posts there are, and how long their texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The posts.
    pub posts: u32,
    /// The bytes of their texts together.
    pub bytes: u64,
}

impl Extent {
    /// Adds a text of so many bytes.
    pub fn add(&mut self, bytes: u32) {
        self.posts += 1;
        self.bytes += u64::from(bytes);
    }

    /// The bytes of a text in the mean, at least one.
    pub(super) fn mean(&self) -> f64 {
        let mean = self.bytes.checked_div(self.posts.into()).unwrap_or_default();
        f64::from(u32::try_from(mean).unwrap_or(u32::MAX).max(1))
    }
}

/// Tallies each of some needles in a segment: in the posts that `is_current` is true for, and of these, how often in
/// those that `is_counted` is true for. Every text is read once at most.
///
/// # Errors
/// When the segment is damaged or cannot be read.
pub fn tally<R: Read>(
    needles: &[Needle],
    segment: &Segment<R>,
    is_current: impl Fn(Doc) -> bool,
    is_counted: impl Fn(Doc) -> bool,
) -> Result<Vec<Tally>, ReadError> {
    let doc = |number: u32| segment.docs().get(number as usize).copied();
    let is_counted = |number: u32| doc(number).is_some_and(&is_counted);
    let mut candidates = Vec::with_capacity(needles.len());
    for needle in needles {
        candidates.push(needle.candidates(segment, &is_current)?);
    }
    let mut numbers = Vec::new();
    let mut tallies = Vec::with_capacity(needles.len());
    for (needle, candidates) in needles.iter().zip(&candidates) {
        let must_compare = needle.must_compare();
        numbers.extend(candidates.iter().filter(|number| must_compare || is_counted(**number)));
        let holders = if must_compare { 0 } else { u32::try_from(candidates.len()).unwrap_or(u32::MAX) };
        tallies.push(Tally { holders, counts: Vec::new() });
    }
    numbers.sort_unstable();
    numbers.dedup();
    let finders: Vec<_> = needles.iter().map(|needle| needle.in_codes(segment.alphabet())).collect();
    segment.codes(numbers, |number, text| {
        for (((needle, finder), candidates), tally) in
            needles.iter().zip(&finders).zip(&candidates).zip(&mut tallies)
        {
            if candidates.binary_search(&number).is_err() {
                continue;
            }
            let count = finder.count(text);
            if count == Count::default() {
                continue;
            }
            tally.holders += u32::from(needle.must_compare());
            if let Some(doc) = doc(number).filter(|_| is_counted(number)) {
                tally.counts.push((doc, count, segment.length(number)));
            }
        }
    })?;
    Ok(tallies)
}
