//! Sets of posts.

use crate::query::RowId;
use fixedbitset::FixedBitSet;
use std::ops::RangeInclusive;

/// Posts by their numbers, a bit for each that the catalog has given out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(FixedBitSet);

impl Rows {
    /// Whether a post is one of them.
    pub fn contains(&self, row: RowId) -> bool {
        self.0.contains(row.0 as usize)
    }

    /// Whether any of these numbers, first and last included, is that of one of them.
    pub fn has_any(&self, numbers: RangeInclusive<u32>) -> bool {
        let end = (*numbers.end() as usize + 1).min(self.0.len());
        let start = *numbers.start() as usize;
        start < end && self.0.contains_any_in_range(start..end)
    }

    /// The posts, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = RowId> + '_ {
        self.0.ones().filter_map(|row| u32::try_from(row).ok()).map(RowId)
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        count(self.0.count_ones(..))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_clear()
    }

    /// How many are in the other, too.
    pub fn common(&self, other: &Self) -> u32 {
        count(self.0.intersection_count(&other.0))
    }

    /// Keeps what is in the other, too.
    pub fn keep(&mut self, other: &Self) {
        self.0.intersect_with(&other.0);
    }

    /// Takes out what is in the other.
    pub fn take_out(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// Adds what is in the other.
    pub fn add(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }
}

impl Extend<RowId> for Rows {
    fn extend<I: IntoIterator<Item = RowId>>(&mut self, rows: I) {
        rows.into_iter().for_each(|row| self.0.grow_and_insert(row.0 as usize));
    }
}

impl FromIterator<RowId> for Rows {
    fn from_iter<I: IntoIterator<Item = RowId>>(rows: I) -> Self {
        let mut all = Self::default();
        all.extend(rows);
        all
    }
}

/// No catalog has given out more numbers.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn they_are_sets(one: BTreeSet<u8>, other: BTreeSet<u8>) {
            let rows = |set: &BTreeSet<u8>| set.iter().map(|&n| RowId(n.into())).collect::<Rows>();
            let list = |rows: &Rows| (0..=u8::MAX).filter(|&n| rows.contains(RowId(n.into()))).collect::<BTreeSet<u8>>();
            let changed = |change: fn(&mut Rows, &Rows)| {
                let mut rows_of_one = rows(&one);
                change(&mut rows_of_one, &rows(&other));
                list(&rows_of_one)
            };
            prop_assert_eq!(changed(Rows::keep), &one & &other);
            prop_assert_eq!(changed(Rows::add), &one | &other);
            prop_assert_eq!(changed(Rows::take_out), &one - &other);
            prop_assert_eq!(rows(&one).is_empty(), one.is_empty());
            prop_assert_eq!(rows(&one).len() as usize, one.len());
            prop_assert!(rows(&one).iter().eq(one.iter().map(|&n| RowId(n.into()))));
            for &n in &other {
                let is_near = one.range(n..=n.saturating_add(3)).next().is_some();
                prop_assert_eq!(rows(&one).has_any(n.into()..=u32::from(n) + 3), is_near);
            }
            prop_assert_eq!(rows(&one).common(&rows(&other)) as usize, (&one & &other).len());
        }
    }
}
