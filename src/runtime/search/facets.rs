//! How often each value of each facet occurs among posts that were found.
//!
//! For each value the posts that have it are in memory as ascending numbers, of which the differences take one or two
//! bytes: some 700 KB for 100,000 posts. Counting is one pass over all of them, whatever was found.

use crate::index::{ascending, push_after};
use crate::post::SafeText;
use crate::query::{Count, Facet, RowId, Rows};
use crate::runtime::{Library, LibraryError};
use crate::store::{DatedUntil, FacetValue, Piece, PieceId, ValueId};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many dates are read in one step: some milliseconds.
const STEP: u32 = 1 << 15;
/// So many lists of posts are read in one step: few values have more than a hundred posts.
const PIECES: u32 = 256;

/// The posts of every value.
#[derive(Debug, Default)]
pub struct FacetIndex {
    values: Vec<Value>,
}

#[derive(Debug)]
struct Value {
    named: FacetValue,
    posts: Posts,
}

/// Ascending numbers of posts.
#[derive(Debug, Default)]
struct Posts {
    bytes: Vec<u8>,
    last: Option<u32>,
}

impl FacetIndex {
    /// How many of the posts have each value, and how many of those are not read. Without values that none has; the
    /// most frequent first, the latest of the months.
    pub fn count(&self, found: &Rows, read: &Rows) -> Vec<(Facet, Vec<Count>)> {
        let count = |value: &Value| value.count(|row| (found.contains(row), read.contains(row)));
        Facet::ALL.map(|facet| (facet, self.counts(facet, count))).into()
    }

    /// How many posts of the whole archive each month has.
    pub fn months(&self, read: &Rows) -> Vec<Count> {
        self.counts(Facet::Month, |value| value.count(|row| (true, read.contains(row))))
    }

    /// The bytes of memory that it takes.
    pub fn size(&self) -> usize {
        let name = |value: &Value| value.named.name.as_ref().map_or(0, |name| name.len());
        let texts = |value: &Value| value.named.value.len() + name(value) + value.posts.bytes.len();
        self.values.iter().map(|value| size_of::<Value>() + texts(value)).sum()
    }

    fn counts(&self, facet: Facet, count: impl Fn(&Value) -> Count) -> Vec<Count> {
        let values = self.values.iter().filter(|value| value.named.facet == facet);
        let mut counts: Vec<Count> = values.map(count).filter(|count| count.total > 0).collect();
        if facet == Facet::Month {
            counts.sort_by(|a, b| b.value.cmp(&a.value));
        } else {
            counts.sort_by(|a, b| (Reverse(a.total), &a.value).cmp(&(Reverse(b.total), &b.value)));
        }
        counts
    }
}

impl Value {
    /// Counts its posts, of which a function says whether they are found and whether they are read.
    fn count(&self, post: impl Fn(RowId) -> (bool, bool)) -> Count {
        let (mut total, mut unread) = (0, 0);
        for row in ascending(&self.posts.bytes) {
            let (is_found, is_read) = post(RowId(row));
            total += u32::from(is_found);
            unread += u32::from(is_found && !is_read);
        }
        Count { value: self.named.value.clone(), name: self.named.name.clone(), total, unread }
    }
}

impl Posts {
    fn push(&mut self, RowId(row): RowId) {
        push_after(&mut self.bytes, self.last, row);
        self.last = Some(row);
    }
}

impl FromIterator<RowId> for Posts {
    fn from_iter<I: IntoIterator<Item = RowId>>(rows: I) -> Self {
        let mut posts = Self::default();
        for row in rows {
            posts.push(row);
        }
        posts
    }
}

/// A facet index that is being read from the catalog.
#[derive(Debug, Default)]
pub struct Loading {
    months: BTreeMap<(i16, i8), Vec<RowId>>,
    dated_until: DatedUntil,
    /// Whether all dates have been read; then come the other facets.
    has_dates: bool,
    /// The last piece that was read.
    filed_until: Option<PieceId>,
    /// The place of its value in the index, or of the next one.
    place: usize,
    index: FacetIndex,
}

impl Loading {
    /// Reads the next piece, in some milliseconds. Returns the index when it is whole.
    ///
    /// # Errors
    /// When the catalog fails.
    pub fn step(&mut self, library: &mut Library) -> Result<Option<FacetIndex>, LibraryError> {
        if !self.has_dates {
            self.read_dates(library)?;
            return Ok(None);
        }
        let pieces = library.ask(|catalog| catalog.pieces(self.filed_until, PIECES))?;
        for piece in &pieces {
            self.file(piece);
        }
        if pieces.len() == PIECES as usize {
            self.filed_until = pieces.last().map(|piece| piece.id);
            return Ok(None);
        }
        self.index.values.iter_mut().for_each(|value| value.posts.bytes.shrink_to_fit());
        Ok(Some(std::mem::take(&mut self.index)))
    }

    fn read_dates(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        let (dates, until) = library.ask(|catalog| catalog.dates(&self.dated_until, STEP))?;
        self.has_dates = until == self.dated_until;
        self.dated_until = until;
        for (row, date) in dates {
            // No query asks for months before the first year.
            if let Some(month) = date.month().filter(|(year, _)| *year > 0) {
                self.months.entry(month).or_default().push(row);
            }
        }
        if self.has_dates {
            let months = std::mem::take(&mut self.months).into_iter();
            let values = library.ask(|catalog| catalog.facet_values())?.into_iter();
            self.index.values = months.map(|(month, rows)| of_month(month, rows)).collect();
            self.index.values.extend(values.map(|named| Value { named, posts: Posts::default() }));
        }
        Ok(())
    }

    /// Files posts under a value. Both come in order; a value that came after the others is left for the next time.
    fn file(&mut self, Piece { id: PieceId { value: id, .. }, posts }: &Piece) {
        let later = self.index.values.iter().skip(self.place).take_while(|value| value.named.id < *id);
        self.place += later.count();
        if let Some(value) = self.index.values.get_mut(self.place).filter(|value| value.named.id == *id) {
            for row in posts {
                value.posts.push(*row);
            }
        }
    }
}

fn of_month((year, month): (i16, i8), mut rows: Vec<RowId>) -> Value {
    rows.sort_unstable();
    let value = SafeText::new(&format!("{year:04}-{month:02}"));
    // The first number, which no other value has: they come before the others.
    let named = FacetValue { id: ValueId::default(), facet: Facet::Month, value, name: None };
    Value { named, posts: rows.into_iter().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn index(values: &[(Facet, &str, &BTreeSet<u32>)]) -> FacetIndex {
        let value = |&(facet, value, rows): &(Facet, &str, &BTreeSet<u32>)| {
            let named = FacetValue { id: ValueId::default(), facet, value: value.into(), name: None };
            Value { named, posts: rows.iter().map(|row| RowId(*row)).collect() }
        };
        FacetIndex { values: values.iter().map(value).collect() }
    }

    proptest! {
        #[test]
        fn counts_are_those_of_sets(
            one: BTreeSet<u16>, other: BTreeSet<u16>, found: BTreeSet<u16>, read: BTreeSet<u16>,
        ) {
            let wide = |set: &BTreeSet<u16>| set.iter().map(|row| u32::from(*row)).collect::<BTreeSet<u32>>();
            let rows = |set: &BTreeSet<u32>| set.iter().map(|row| RowId(*row)).collect::<Rows>();
            let [one, other, found, read] = [one, other, found, read].map(|set| wide(&set));
            let index = index(&[(Facet::Tag, "一", &one), (Facet::Tag, "二", &other), (Facet::Month, "2022-03", &one)]);
            let count = |set: &BTreeSet<u32>| {
                let both: Vec<&u32> = set.intersection(&found).collect();
                (both.len(), both.iter().filter(|row| !read.contains(row)).count())
            };
            let counts = index.count(&rows(&found), &rows(&read));
            prop_assert!(counts.iter().map(|(facet, _)| *facet).eq(Facet::ALL));
            for (facet, values) in [
                (Facet::Tag, vec![("一", count(&one)), ("二", count(&other))]),
                (Facet::Month, vec![("2022-03", count(&one))]),
                (Facet::Source, vec![]),
            ] {
                let (_, counts) = counts.iter().find(|(of, _)| *of == facet).unwrap();
                prop_assert!(counts.is_sorted_by_key(|count| Reverse(count.total)));
                let mut told: Vec<_> =
                    counts.iter().map(|count| (&*count.value, (count.total as usize, count.unread as usize))).collect();
                told.sort_unstable();
                let expected = values.into_iter().filter(|(_, (total, _))| *total > 0);
                prop_assert_eq!(told, expected.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn months_go_back_in_time() {
        let (one, two) = (BTreeSet::from([1, 2, 3]), BTreeSet::from([4]));
        let index = index(&[(Facet::Month, "2021-12", &one), (Facet::Month, "2022-01", &two)]);
        let months = index.months(&[RowId(2), RowId(4)].into_iter().collect());
        let told: Vec<_> = months.iter().map(|month| (&*month.value, month.total, month.unread)).collect();
        assert_eq!(told, [("2022-01", 1, 0), ("2021-12", 3, 2)]);
    }
}
