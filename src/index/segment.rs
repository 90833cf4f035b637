//! A segment: lists of posts by bigram.

use super::bytes::take;
use super::dense::Alphabet;
use super::gram::Gram;
use super::list::{add_list, numbers};
use super::pages::{Pages, Read, ReadError};
use super::tally::Extent;
use super::texts::Texts;
use fixedbitset::FixedBitSet;
use std::ops::{Range, RangeInclusive};

/// The parts of the content: posts, groups, table of contents, texts, table of texts.
const PARTS: usize = 5;
/// The bytes of their ends.
const ENDS: usize = PARTS * 8;
/// Texts that are so near to each other, in bytes, are read together, up to so many bytes: what fits into the cache of a
/// core.
const NEAR: usize = 8 << 10;
const TOGETHER: usize = 128 << 10;

/// A post in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doc {
    /// Its number in the catalog.
    pub row: u32,
    /// Which of the texts that it has had was indexed.
    pub version: u32,
}

/// A segment that is open. What says where everything is has been read, one or two hundredths of the whole; lists and
/// texts are read when they are asked for.
#[derive(Debug)]
pub struct Segment<R> {
    pages: Pages<R>,
    docs: Vec<Doc>,
    rows: Option<RangeInclusive<u32>>,
    groups: Vec<Group>,
    texts: Texts,
}

/// Bigrams that stand together.
#[derive(Clone, Debug)]
struct Group {
    first: Gram,
    /// Where its bigrams are, with the lengths of their lists.
    heads: Range<usize>,
    /// Where the lists are.
    lists: Range<usize>,
}

/// A bigram with the posts that hold it, as numbers within the segment.
pub(super) struct List {
    pub(super) gram: Gram,
    pub(super) docs: Vec<u32>,
}

impl<R: Read> Segment<R> {
    /// Opens a segment.
    ///
    /// # Errors
    /// When it cannot be read, is damaged or was written by another version. Damage to the lists shows only
    /// when they are read.
    pub fn open(source: R) -> Result<Self, ReadError> {
        let pages = Pages::open(source)?;
        let ends_at = pages.len().checked_sub(ENDS).ok_or(ReadError::Damaged)?;
        let ends = ends(&pages.read(ends_at..pages.len())?).ok_or(ReadError::Damaged)?;
        let [docs_end, groups_end, contents_end, texts_end, table_end] = ends;
        let docs = docs(&pages.read(0..docs_end)?);
        let groups = groups(&pages.read(groups_end..contents_end)?, docs_end);
        let texts =
            Texts::read(&pages.read(texts_end..table_end)?, contents_end).ok_or(ReadError::Damaged)?;
        let is_whole = groups.last().map_or(docs_end, |last| last.lists.end) == groups_end
            && texts.end() == texts_end
            && texts.len() == docs.len();
        if !is_whole {
            return Err(ReadError::Damaged);
        }
        let rows = || docs.iter().map(|doc| doc.row);
        let rows = rows().min().zip(rows().max()).map(|(first, last)| first..=last);
        Ok(Self { pages, docs, rows, groups, texts })
    }

    /// The posts, of those that `is_wanted` is true for, whose texts match.
    ///
    /// # Errors
    /// When the segment is damaged or cannot be read.
    pub fn matching(
        &self,
        is_wanted: impl Fn(Doc) -> bool,
        matches: impl Fn(&str) -> bool,
    ) -> Result<Vec<Doc>, ReadError> {
        let wanted = (0_u32..).zip(&self.docs).filter(|(_, doc)| is_wanted(**doc)).map(|(number, _)| number);
        let mut found = Vec::new();
        self.texts(wanted, |number, text| {
            if matches(text) {
                found.extend(self.docs.get(number as usize));
            }
        })?;
        Ok(found)
    }

    /// Calls `each` with the text of each of these posts, by their numbers within the segment, ascending.
    pub(super) fn texts(
        &self,
        numbers: impl IntoIterator<Item = u32>,
        mut each: impl FnMut(u32, &str),
    ) -> Result<(), ReadError> {
        let mut text = String::new();
        self.codes(numbers, |number, code| {
            text.clear();
            text.extend(self.alphabet().decode(code));
            each(number, &text);
        })
    }

    /// The same with the codes of the texts.
    pub(super) fn codes(
        &self,
        numbers: impl IntoIterator<Item = u32>,
        mut each: impl FnMut(u32, &[u8]),
    ) -> Result<(), ReadError> {
        let place = |number| self.texts.place(number).ok_or(ReadError::Damaged);
        let mut numbers = numbers.into_iter().peekable();
        while let Some(first) = numbers.next() {
            let Range { start, mut end } = place(first)?;
            let mut run = vec![(first, start..end)];
            while let Some(next) = numbers.peek().copied() {
                let place = place(next)?;
                if place.start < end || place.start - end > NEAR || place.end - start > TOGETHER {
                    break;
                }
                end = place.end;
                run.push((next, place));
                numbers.next();
            }
            let bytes = self.pages.read(start..end)?;
            for (number, place) in run {
                each(number, bytes.get(place.start - start..place.end - start).ok_or(ReadError::Damaged)?);
            }
        }
        Ok(())
    }

    /// How many posts there are of those that `is_wanted` is true for, and how long their texts are.
    pub fn extent(&self, is_wanted: impl Fn(Doc) -> bool) -> Extent {
        let mut extent = Extent::default();
        let wanted = (0_u32..).zip(&self.docs).filter(|(_, doc)| is_wanted(**doc));
        wanted.for_each(|(number, _)| extent.add(self.texts.length(number)));
        extent
    }

    /// The lowest and the highest number that a post of it has in the catalog; `None` if it has none.
    pub fn rows(&self) -> Option<RangeInclusive<u32>> {
        self.rows.clone()
    }

    /// The posts, in the order in which they were added.
    pub fn docs(&self) -> &[Doc] {
        &self.docs
    }

    /// What the codes of its texts stand for.
    pub(super) fn alphabet(&self) -> &Alphabet {
        self.texts.alphabet()
    }

    /// The length of a text in UTF-8, by its number within the segment.
    pub(super) fn length(&self, number: u32) -> u32 {
        self.texts.length(number)
    }

    /// None of its posts, by their numbers within it.
    pub(super) fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.docs.len())
    }

    /// Adds the posts that hold a bigram.
    pub(super) fn add_holding(&self, gram: Gram, docs: &mut FixedBitSet) -> Result<(), ReadError> {
        let after = self.groups.partition_point(|group| group.first <= gram);
        let Some(group) = after.checked_sub(1).and_then(|index| self.groups.get(index)) else {
            return Ok(());
        };
        let heads = self.pages.read(group.heads.clone())?;
        if let Some((_, list)) = group.places(&heads).find(|(found, _)| *found == gram) {
            add_list(&self.pages.read(list)?, docs);
        }
        Ok(())
    }

    /// The same for all bigrams of a range.
    pub(super) fn add_holding_any(
        &self,
        grams: &Range<Gram>,
        docs: &mut FixedBitSet,
    ) -> Result<(), ReadError> {
        for group in self.groups(grams) {
            self.lists_of(group, |gram, list| {
                if grams.contains(&gram) {
                    add_list(list, docs);
                }
            })?;
        }
        Ok(())
    }

    /// All lists, in order.
    pub(super) fn lists(&self) -> impl Iterator<Item = Result<List, ReadError>> + '_ {
        self.groups.iter().flat_map(move |group| {
            let mut lists = Vec::new();
            let list =
                |gram, list: &[u8]| lists.push(Ok(List { gram, docs: numbers(list, self.docs.len()) }));
            if let Err(error) = self.lists_of(group, list) {
                lists.push(Err(error));
            }
            lists
        })
    }

    /// The groups that may have bigrams of a range.
    fn groups(&self, grams: &Range<Gram>) -> &[Group] {
        let first = self.groups.partition_point(|group| group.first <= grams.start).saturating_sub(1);
        let end = self.groups.partition_point(|group| group.first < grams.end);
        self.groups.get(first..end).unwrap_or_default()
    }

    /// Calls `each` with all lists of a group.
    fn lists_of(&self, group: &Group, mut each: impl FnMut(Gram, &[u8])) -> Result<(), ReadError> {
        let start = group.heads.start;
        let bytes = self.pages.read(start..group.lists.end)?;
        let heads = bytes.get(..group.heads.len()).unwrap_or_default();
        for (gram, place) in group.places(heads) {
            each(gram, bytes.get(place.start - start..place.end - start).ok_or(ReadError::Damaged)?);
        }
        Ok(())
    }
}

impl Group {
    /// Its bigrams with the places of their lists.
    fn places(&self, mut heads: &[u8]) -> impl Iterator<Item = (Gram, Range<usize>)> {
        let (mut gram, mut start) = (self.first.0, self.lists.start);
        std::iter::from_fn(move || {
            gram = gram.checked_add(take(&mut heads)?)?;
            let end = start.checked_add(usize::try_from(take(&mut heads)?).ok()?)?;
            Some((Gram(gram), std::mem::replace(&mut start, end)..end))
        })
    }
}

fn ends(bytes: &[u8]) -> Option<[usize; PARTS]> {
    let numbers =
        bytes.chunks_exact(8).map(|end| usize::try_from(u64::from_le_bytes(end.try_into().ok()?)).ok());
    numbers.collect::<Option<Vec<usize>>>()?.try_into().ok()
}

fn docs(mut bytes: &[u8]) -> Vec<Doc> {
    std::iter::from_fn(|| {
        let row = u32::try_from(take(&mut bytes)?).ok()?;
        let version = u32::try_from(take(&mut bytes)?).ok()?;
        Some(Doc { row, version })
    })
    .collect()
}

/// The table of contents; the first group begins at `start`.
fn groups(mut contents: &[u8], start: usize) -> Vec<Group> {
    let (mut gram, mut start) = (0_u64, start);
    std::iter::from_fn(|| {
        gram = gram.checked_add(take(&mut contents)?)?;
        let mut part = || {
            let end = start.checked_add(usize::try_from(take(&mut contents)?).ok()?)?;
            Some(std::mem::replace(&mut start, end)..end)
        };
        Some(Group { first: Gram(gram), heads: part()?, lists: part()? })
    })
    .collect()
}
