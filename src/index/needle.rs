//! What is looked for, and the posts that may hold it.

use super::gram::Gram;
use super::pages::{Read, ReadError};
use super::segment::{Doc, Segment};
use super::tally::Count;
use memchr::memchr;
use memchr::memmem::Finder;

/// A text that is looked for, folded as the indexed texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// For each character those that may stand in its place.
    places: Vec<Vec<char>>,
}

impl Needle {
    /// A needle for a folded text.
    pub fn new(text: &str) -> Self {
        Self::spelled(text.chars().map(|c| vec![c]).collect())
    }

    /// A needle for all texts that have, one after the other, one of the characters of each place.
    pub fn spelled(places: Vec<Vec<char>>) -> Self {
        Self { places }
    }

    /// Whether a folded text holds it.
    pub fn is_in(&self, text: &str) -> bool {
        self.finder().is_in(text.as_bytes())
    }

    /// How often it stands in a folded text, whose first line is the title.
    pub fn count(&self, text: &str) -> Count {
        self.finder().count(text.as_bytes())
    }

    pub(super) fn finder(&self) -> Spelling<'_> {
        let one = |place: &Vec<char>| match place.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let text = self.places.iter().map(one).collect::<Option<String>>();
        Spelling { one: text.map(|text| Finder::new(&text).into_owned()), places: &self.places }
    }

    /// The posts of a segment that hold the text, in the order of the segment. Only those that `is_current` is true
    /// for count, and only their texts are read.
    ///
    /// # Errors
    /// When the segment is damaged or cannot be read.
    pub fn find<R: Read>(
        &self,
        segment: &Segment<R>,
        is_current: impl Fn(Doc) -> bool,
    ) -> Result<Vec<Doc>, ReadError> {
        let mut numbers = self.candidates(segment, is_current)?;
        if self.must_compare() {
            numbers = self.compare(segment, numbers)?;
        }
        Ok(numbers.into_iter().filter_map(|number| segment.docs().get(number as usize).copied()).collect())
    }

    /// The numbers, within a segment and ascending, of the posts that may hold the text: all that do, of those that
    /// `is_current` is true for, and where it [must be compared](Self::must_compare) with theirs, others too.
    pub(super) fn candidates<R: Read>(
        &self,
        segment: &Segment<R>,
        is_current: impl Fn(Doc) -> bool,
    ) -> Result<Vec<u32>, ReadError> {
        let current = |number: &u32| segment.docs().get(*number as usize).is_some_and(|doc| is_current(*doc));
        let mut numbers = match self.places.as_slice() {
            [] => (0_u32..).take(segment.docs().len()).collect(),
            [one] => any(one.iter().map(|one| segment.holding_any(Gram::beginning_with(*one))))?,
            [_, _, ..] => holding_all(segment, &self.grams())?,
        };
        numbers.retain(current);
        Ok(numbers)
    }

    /// Whether the lists of bigrams do not say for sure who holds it.
    pub(super) fn must_compare(&self) -> bool {
        self.places.len() > 2
    }

    /// Those of some posts whose texts hold the text.
    fn compare<R: Read>(&self, segment: &Segment<R>, numbers: Vec<u32>) -> Result<Vec<u32>, ReadError> {
        let finder = self.finder();
        let mut found = Vec::new();
        segment.texts(numbers, |number, text| {
            if finder.is_in(text) {
                found.push(number);
            }
        })?;
        Ok(found)
    }

    /// For every two neighbours the bigrams that may stand there, each set of them once.
    fn grams(&self) -> Vec<Vec<Gram>> {
        let pairs = self.places.iter().zip(self.places.iter().skip(1));
        let grams = pairs.map(|(first, second)| {
            first.iter().flat_map(|first| second.iter().map(|second| Gram::new(*first, *second))).collect()
        });
        let mut grams: Vec<Vec<Gram>> = grams.collect();
        grams.sort_unstable();
        grams.dedup();
        grams
    }
}

/// What looks for a needle in texts.
pub(super) struct Spelling<'a> {
    /// For a needle that can be spelled in one way.
    one: Option<Finder<'static>>,
    places: &'a [Vec<char>],
}

impl Spelling<'_> {
    fn is_in(&self, text: &[u8]) -> bool {
        if let Some(finder) = &self.one {
            return finder.find(text).is_some();
        }
        let text: Vec<char> = String::from_utf8_lossy(text).chars().collect();
        let mut windows = text.windows(self.places.len());
        windows.any(|window| self.is_at(window))
    }

    fn is_at(&self, window: &[char]) -> bool {
        window.iter().zip(self.places).all(|(c, place)| place.contains(c))
    }

    /// How often it stands in a text whose first line is the title; occurrences do not overlap.
    pub(super) fn count(&self, text: &[u8]) -> Count {
        let title = memchr(b'\n', text).unwrap_or(text.len());
        let (title, text) = text.split_at_checked(title).unwrap_or((text, &[]));
        Count { title: self.count_in(title), text: self.count_in(text) }
    }

    fn count_in(&self, text: &[u8]) -> u32 {
        let count = match &self.one {
            Some(finder) if !self.places.is_empty() => finder.find_iter(text).count(),
            Some(_) => 0,
            None => {
                let text: Vec<char> = String::from_utf8_lossy(text).chars().collect();
                let (mut count, mut rest) = (0, text.as_slice());
                while let Some(window) = rest.get(..self.places.len()) {
                    let is_here = self.is_at(window);
                    count += usize::from(is_here);
                    rest = rest.get(if is_here { self.places.len() } else { 1 }..).unwrap_or_default();
                }
                count
            }
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// The posts that are in one of the lists.
fn any(lists: impl Iterator<Item = Result<Vec<u32>, ReadError>>) -> Result<Vec<u32>, ReadError> {
    let mut lists = lists.collect::<Result<Vec<Vec<u32>>, ReadError>>()?;
    lists.retain(|list| !list.is_empty());
    if lists.len() < 2 {
        return Ok(lists.pop().unwrap_or_default());
    }
    let mut all = lists.concat();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The posts that hold one of the bigrams of every set.
fn holding_all<R: Read>(segment: &Segment<R>, sets: &[Vec<Gram>]) -> Result<Vec<u32>, ReadError> {
    let mut lists = Vec::with_capacity(sets.len());
    for grams in sets {
        let list = any(grams.iter().map(|gram| segment.holding(*gram)))?;
        if list.is_empty() {
            return Ok(list);
        }
        lists.push(list);
    }
    lists.sort_unstable_by_key(Vec::len);
    let mut lists = lists.into_iter();
    let mut all = lists.next().unwrap_or_default();
    for list in lists {
        keep_common(&mut all, &list);
    }
    Ok(all)
}

/// Keeps of an ascending list what is in another, which is longer.
fn keep_common(list: &mut Vec<u32>, other: &[u32]) {
    let mut rest = other;
    list.retain(|doc| {
        rest = rest.get(rest.partition_point(|other| other < doc)..).unwrap_or_default();
        rest.first() == Some(doc)
    });
}
