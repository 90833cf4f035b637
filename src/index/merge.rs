//! Several segments to one.

use super::build::Writer;
use super::pages::{Read, ReadError};
use super::segment::{Doc, List, Segment};
use super::texts::TextsWriter;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One segment with the posts of several, one after the other, without those that `is_current` is false for.
///
/// # Errors
/// When one of the segments is damaged or cannot be read. One whose bigrams are in no order is damaged.
pub fn merge<R: Read>(
    segments: &[Segment<R>],
    is_current: impl Fn(Doc) -> bool,
) -> Result<Vec<u8>, ReadError> {
    let mut docs = Vec::new();
    // For each segment the new number of each of its posts.
    let numbers: Vec<Vec<Option<u32>>> = segments
        .iter()
        .map(|segment| segment.docs().iter().map(|&doc| keep(doc, &is_current, &mut docs)).collect())
        .collect();
    let mut texts = TextsWriter::default();
    for (segment, numbers) in segments.iter().zip(&numbers) {
        let kept = (0_u32..).zip(numbers).filter_map(|(number, kept)| kept.map(|_| number));
        segment.texts(kept, |_, text| texts.add(text.chars()))?;
    }
    let mut writer = Writer::new(docs.len());
    let mut lists: Vec<_> = segments.iter().map(Segment::lists).collect();
    let mut heads = BinaryHeap::new();
    let mut open: Vec<Option<List>> = Vec::new();
    for (index, list) in lists.iter_mut().enumerate() {
        let list = list.next().transpose()?;
        heads.extend(list.as_ref().map(|list| Reverse((list.gram, index))));
        open.push(list);
    }
    while let Some(Reverse((gram, _))) = heads.peek().copied() {
        let mut merged = Vec::new();
        while let Some(Reverse((_, index))) = heads.peek().copied().filter(|Reverse((next, _))| *next == gram)
        {
            heads.pop();
            let Some((list, source)) = open.get_mut(index).zip(lists.get_mut(index)) else { continue };
            let next = source.next().transpose()?;
            if next.as_ref().is_some_and(|next| next.gram <= gram) {
                return Err(ReadError::Damaged);
            }
            heads.extend(next.as_ref().map(|list| Reverse((list.gram, index))));
            let docs = std::mem::replace(list, next).map(|list| list.docs).unwrap_or_default();
            let number = |doc: &u32| numbers.get(index)?.get(*doc as usize).copied().flatten();
            merged.extend(docs.iter().filter_map(number));
        }
        writer.list(gram, &merged);
    }
    Ok(writer.finish(&docs, texts))
}

fn keep(doc: Doc, is_current: impl Fn(Doc) -> bool, docs: &mut Vec<Doc>) -> Option<u32> {
    if !is_current(doc) {
        return None;
    }
    docs.push(doc);
    u32::try_from(docs.len() - 1).ok()
}
