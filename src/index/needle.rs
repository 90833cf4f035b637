//! What is looked for, and the posts that may hold it.

use super::gram::{Gram, grams};
use super::pages::{Read, ReadError};
use super::segment::{Doc, Segment};
use memchr::memmem::Finder;

/// A text that is looked for, folded as the indexed texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    text: String,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing: every text holds it.
    Empty,
    /// One character.
    One(char),
    /// At least two.
    More(Vec<Gram>),
}

impl Needle {
    /// A needle for a folded text.
    pub fn new(text: &str) -> Self {
        let mut chars = text.chars();
        let kind = match (chars.next(), chars.next()) {
            (None, _) => Kind::Empty,
            (Some(one), None) => Kind::One(one),
            _ => {
                let mut grams: Vec<Gram> = grams(text).collect();
                grams.sort_unstable();
                grams.dedup();
                Kind::More(grams)
            }
        };
        Self { text: text.to_owned(), kind }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
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
        let current = |number: &u32| segment.docs().get(*number as usize).is_some_and(|doc| is_current(*doc));
        let mut numbers = match &self.kind {
            Kind::Empty => (0_u32..).take(segment.docs().len()).collect(),
            Kind::One(one) => segment.holding_any(Gram::beginning_with(*one))?,
            Kind::More(grams) => holding_all(segment, grams)?,
        };
        numbers.retain(current);
        if self.text.chars().nth(2).is_some() {
            numbers = self.compare(segment, numbers)?;
        }
        Ok(numbers.into_iter().filter_map(|number| segment.docs().get(number as usize).copied()).collect())
    }

    /// Those of some posts whose texts hold the text.
    fn compare<R: Read>(&self, segment: &Segment<R>, numbers: Vec<u32>) -> Result<Vec<u32>, ReadError> {
        let finder = Finder::new(&self.text);
        let mut found = Vec::new();
        segment.texts(numbers, |number, text| {
            if finder.find(text).is_some() {
                found.push(number);
            }
        })?;
        Ok(found)
    }
}

/// The posts that hold every one of the bigrams.
fn holding_all<R: Read>(segment: &Segment<R>, grams: &[Gram]) -> Result<Vec<u32>, ReadError> {
    let mut lists = Vec::with_capacity(grams.len());
    for &gram in grams {
        let list = segment.holding(gram)?;
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
