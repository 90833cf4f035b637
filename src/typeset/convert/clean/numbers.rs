//! The numbers of list items. They travel beside the HTML, as html2text can only count up.

use super::super::marks;
use super::super::tag::Tag;
use super::{Cleaner, Structure};

/// Numbers of list items beyond this, on either side of 0, are no numbers.
const MAX_NUMBER: i64 = 999_999_999;
/// The numbers of a list's items.
#[derive(Clone, Debug, Default)]
pub(in crate::typeset::convert) struct Numbers {
    pub(in crate::typeset::convert) items: Vec<i64>,
    /// The bytes of the longest.
    pub(in crate::typeset::convert) longest: usize,
}

/// A numbered list, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    start: Option<i64>,
    reversed: bool,
    /// For each item the number that it names itself.
    items: Vec<Option<i64>>,
}

impl Numbered {
    /// The numbers of its items. Without a start a reversed list ends at 1.
    pub(super) fn numbers(&self) -> Numbers {
        let length = i64::try_from(self.items.len()).unwrap_or(MAX_NUMBER);
        let (first, step) = if self.reversed { (length, -1) } else { (1, 1) };
        let mut next = self.start.unwrap_or(first);
        let mut numbers = Numbers::default();
        for own in &self.items {
            let number = own.unwrap_or(next);
            next = number + step;
            numbers.items.push(number);
            numbers.longest = numbers.longest.max(number.to_string().len());
        }
        numbers
    }
}

impl Cleaner {
    pub(super) fn open_numbers(&mut self, tag: &Tag<'_>) {
        let list = self.numbered.len();
        let reversed = tag.attribute("reversed").is_some();
        self.numbered.push(Numbered { start: number(tag, "start"), reversed, items: Vec::new() });
        self.open_structure(Structure::Numbers(list), &format!("<ol start=\"{}\">", first_item(list)));
    }

    /// Begins an item of the list that is open, with the number it names itself.
    pub(super) fn begin_item(&mut self, own: Option<i64>) {
        self.out.push_str("<li>");
        if let Some(&Structure::Numbers(list)) = self.structures.last()
            && let Some(list) = self.numbered.get_mut(list)
        {
            list.items.push(own);
        }
        self.structures.push(Structure::Item);
    }
}

/// The number in an attribute of a list or an item.
pub(super) fn number(tag: &Tag<'_>, attribute: &str) -> Option<i64> {
    let number: i64 = tag.attribute(attribute)?.trim().parse().ok()?;
    Some(number.clamp(-MAX_NUMBER, MAX_NUMBER))
}

/// What html2text takes for the number of a list's first item: it says which list, and leaves room to count.
fn first_item(list: usize) -> i64 {
    i64::try_from(list).unwrap_or_default() << marks::ITEM_BITS
}
