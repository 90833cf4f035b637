//! A search on its way.

use crate::query::{Plan, RowId, Rows, Sort};
use std::sync::Arc;

/// So many posts are looked at first: enough to fill a page with all but rare words, in a few milliseconds. In tests so
/// few that their archives have several parts, and parts of all sizes.
const FIRST_PART: usize = if cfg!(test) { 2 } else { 2048 };
/// Each part is so many times as large as the one before, until the parts are large enough: what is looked at for every
/// part adds up to little.
const GROWTH: usize = if cfg!(test) { 2 } else { 8 };
/// No later part is larger than this, so that it takes some ten milliseconds: whoever asks for something else waits for
/// the part.
const LARGEST_PART: usize = if cfg!(test) { 5 } else { 1 << 17 };
/// The same of any part where every text is read.
const LARGEST_OF_PATTERNS: usize = if cfg!(test) { 3 } else { 1 << 14 };

/// Posts that are being looked for in the order of the list, so that its first page is there before the last post has
/// been looked at. Whoever wants another list drops it.
#[derive(Debug)]
pub struct Hunt {
    /// The conditions that only the texts can tell.
    plans: Vec<Plan>,
    /// The posts that meet all others, in order.
    among: Arc<[RowId]>,
    /// So many of them have been looked at.
    seen: usize,
    /// So many come next, and so many at most after that.
    part: usize,
    largest: usize,
    found: Vec<RowId>,
}

impl Hunt {
    pub(super) fn new(plans: Vec<Plan>, among: Arc<[RowId]>, sort: Sort) -> Self {
        let by_date = matches!(sort, Sort::Newest | Sort::Oldest);
        let reads_all = plans.iter().any(Plan::asks_for_pattern);
        let largest = if reads_all { LARGEST_OF_PATTERNS } else { LARGEST_PART };
        // The posts of a segment are of one time. In any other order, every part has posts of all segments, whose lists
        // are read again for each.
        let part = match () {
            () if by_date => FIRST_PART,
            () if reads_all => LARGEST_OF_PATTERNS,
            () => among.len(),
        };
        Self { plans, among, seen: 0, part, largest, found: Vec::new() }
    }

    /// All that is left is one part: for whoever wants nothing but the whole.
    pub(super) fn look_at_all(&mut self) {
        self.part = self.among.len();
    }

    pub(super) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The posts to be looked at next.
    pub(super) fn next_part(&self) -> &[RowId] {
        let end = self.seen.saturating_add(self.part).min(self.among.len());
        self.among.get(self.seen..end).unwrap_or_default()
    }

    /// Takes what the next part has.
    pub(super) fn add(&mut self, met: &Rows) {
        let part = self.next_part();
        let (found, seen): (Vec<RowId>, usize) =
            (part.iter().copied().filter(|row| met.contains(*row)).collect(), part.len());
        self.found.extend(found);
        self.seen += seen;
        self.part = (self.part * GROWTH).min(self.largest);
    }

    /// Whether every post has been looked at, or none must be.
    pub fn is_over(&self) -> bool {
        self.plans.is_empty() || self.seen == self.among.len()
    }

    /// How many posts have been found so far.
    pub fn len(&self) -> usize {
        if self.plans.is_empty() { self.among.len() } else { self.found.len() }
    }

    /// Whether none has been found so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What has been found so far, in order.
    pub fn found(&self) -> Arc<[RowId]> {
        if self.plans.is_empty() { Arc::clone(&self.among) } else { self.found.as_slice().into() }
    }

    /// The same, of a search that is over.
    pub(super) fn into_found(self) -> Arc<[RowId]> {
        if self.plans.is_empty() { self.among } else { self.found.into() }
    }
}
