//! A segment: lists of posts by bigram.

use super::bytes::{ascending, take};
use super::gram::Gram;
use super::pages::{Pages, Read, ReadError};
use super::tally::Extent;
use super::texts::Texts;
use std::ops::Range;

/// The parts of the content: posts, groups, table of contents, texts, table of texts.
const PARTS: usize = 5;
/// The bytes of their ends.
const ENDS: usize = PARTS * 8;
/// Texts that are so near to each other, in bytes, are read together, up to so many bytes.
const NEAR: usize = 8 << 10;
const TOGETHER: usize = 256 << 10;

/// A post in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doc {
    /// Its number in the catalog.
    pub row: u32,
    /// Which of the texts that it has had was indexed.
    pub version: u32,
}

/// A segment that is open. The posts and the table of contents are in memory, about a thousandth of the whole;
/// lists are read when they are asked for.
#[derive(Debug)]
pub struct Segment<R> {
    pages: Pages<R>,
    docs: Vec<Doc>,
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
        if is_whole { Ok(Self { pages, docs, groups, texts }) } else { Err(ReadError::Damaged) }
    }

    /// The posts, of those that `is_wanted` is true for, whose texts match.
    ///
    /// # Errors
    /// When the segment is damaged or cannot be read.
    pub fn matching(
        &self,
        is_wanted: impl Fn(Doc) -> bool,
        matches: impl Fn(&[u8]) -> bool,
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
        mut each: impl FnMut(u32, &[u8]),
    ) -> Result<(), ReadError> {
        let place = |number| self.texts.place(number).ok_or(ReadError::Damaged);
        let mut numbers = numbers.into_iter().peekable();
        if numbers.peek().is_none() {
            return Ok(());
        }
        let unpacker = self.texts.unpacker(&self.pages.read(self.texts.dictionary())?)?;
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
                let packed = bytes.get(place.start - start..place.end - start).ok_or(ReadError::Damaged)?;
                each(number, &unpacker.unpack(packed, self.texts.length(number))?);
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

    /// The posts, in the order in which they were added.
    pub fn docs(&self) -> &[Doc] {
        &self.docs
    }

    /// The numbers, within the segment, of the posts that hold a bigram.
    pub(super) fn holding(&self, gram: Gram) -> Result<Vec<u32>, ReadError> {
        let after = self.groups.partition_point(|group| group.first <= gram);
        let Some(group) = after.checked_sub(1).and_then(|index| self.groups.get(index)) else {
            return Ok(Vec::new());
        };
        let found = self.heads(group)?.into_iter().find(|(found, _)| *found == gram);
        let Some((_, list)) = found else { return Ok(Vec::new()) };
        Ok(ascending(&self.pages.read(list)?).collect())
    }

    /// The same for all bigrams of a range together, each post once.
    pub(super) fn holding_any(&self, grams: Range<Gram>) -> Result<Vec<u32>, ReadError> {
        let mut is_in = vec![false; self.docs.len()];
        for list in self.lists(grams) {
            for doc in list?.docs {
                if let Some(doc) = is_in.get_mut(doc as usize) {
                    *doc = true;
                }
            }
        }
        Ok((0_u32..).zip(is_in).filter_map(|(doc, is_in)| is_in.then_some(doc)).collect())
    }

    /// The lists of a range of bigrams, in order.
    pub(super) fn lists(&self, grams: Range<Gram>) -> impl Iterator<Item = Result<List, ReadError>> + '_ {
        let first = self.groups.partition_point(|group| group.first <= grams.start).saturating_sub(1);
        let groups = self.groups.iter().skip(first).take_while(move |group| group.first < grams.end);
        let range = grams.clone();
        let lists = groups.flat_map(move |group| match self.group(group) {
            Ok(lists) => lists.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        });
        lists.filter(move |list| list.as_ref().map_or(true, |list| range.contains(&list.gram)))
    }

    /// All lists of a group.
    fn group(&self, group: &Group) -> Result<Vec<List>, ReadError> {
        let bytes = self.pages.read(group.lists.clone())?;
        let start = group.lists.start;
        let list = |(gram, place): (Gram, Range<usize>)| {
            let list = bytes.get(place.start - start..place.end - start).ok_or(ReadError::Damaged)?;
            Ok(List { gram, docs: ascending(list).collect() })
        };
        self.heads(group)?.into_iter().map(list).collect()
    }

    /// The bigrams of a group with the places of their lists.
    fn heads(&self, group: &Group) -> Result<Vec<(Gram, Range<usize>)>, ReadError> {
        let bytes = self.pages.read(group.heads.clone())?;
        let mut heads = bytes.as_slice();
        let (mut gram, mut start) = (group.first.0, group.lists.start);
        let head = || {
            gram = gram.checked_add(take(&mut heads)?)?;
            let end = start.checked_add(usize::try_from(take(&mut heads)?).ok()?)?;
            Some((Gram(gram), std::mem::replace(&mut start, end)..end))
        };
        Ok(std::iter::from_fn(head).collect())
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
