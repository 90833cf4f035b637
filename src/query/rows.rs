//! Sets of posts.

use crate::query::RowId;

/// Posts by their numbers, a bit for each that the catalog has given out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<u64>);

impl Rows {
    /// Whether a post is one of them.
    pub fn contains(&self, row: RowId) -> bool {
        let (word, bit) = place(row);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The posts, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = RowId> + '_ {
        (0_u32..).zip(&self.0).flat_map(|(word, &bits)| {
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| RowId(word * 64 + bit))
        })
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|bits| bits.count_ones()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// How many are in the other, too.
    pub fn common(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(bits, other)| (bits & other).count_ones()).sum()
    }

    /// Keeps what is in the other, too.
    pub fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= other);
    }

    /// Takes out what is in the other.
    pub fn take_out(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits &= !other);
    }

    /// Adds what is in the other.
    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| *bits |= other);
    }
}

impl Extend<RowId> for Rows {
    fn extend<I: IntoIterator<Item = RowId>>(&mut self, rows: I) {
        for row in rows {
            let (word, bit) = place(row);
            if self.0.len() <= word {
                self.0.resize(word + 1, 0);
            }
            if let Some(bits) = self.0.get_mut(word) {
                *bits |= bit;
            }
        }
    }
}

impl FromIterator<RowId> for Rows {
    fn from_iter<I: IntoIterator<Item = RowId>>(rows: I) -> Self {
        let mut all = Self::default();
        all.extend(rows);
        all
    }
}

fn place(RowId(row): RowId) -> (usize, u64) {
    (row as usize / 64, 1 << (row % 64))
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
            prop_assert_eq!(rows(&one).common(&rows(&other)) as usize, (&one & &other).len());
        }
    }
}
