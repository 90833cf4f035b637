//! Looking at names and stamps, and comparing them with what is known.

use super::Summary;
use crate::ingest::{Extent, Found, Walk};
use crate::post::PostId;
use crate::runtime::{Library, LibraryError};
use crate::store::{Comparison, Plan};
use std::time::{Duration, Instant};

/// So long names are looked at in one step. Whoever asks something meanwhile waits no longer than that.
const SLICE: Duration = Duration::from_millis(4);
/// So often the clock is looked at meanwhile.
const NAMES: usize = 64;
/// So many stamps are fetched in one step: a few milliseconds.
const STAMPS: u32 = 2048;

/// A look at the files.
#[derive(Debug)]
pub(super) struct Looking {
    walk: Walk,
    /// Whether it is a look at everything.
    pub(super) everywhere: bool,
    recall: Recall,
    comparison: Comparison,
    /// Posts that are known, and files that were found.
    known: usize,
    pub(super) found: usize,
}

/// How much of what is known has been fetched.
#[derive(Debug)]
enum Recall {
    None,
    UpTo(PostId),
    All,
}

/// What comes out of a look.
#[derive(Debug)]
pub(super) enum Seen {
    /// The difference, and whether nothing was known before.
    Difference(Plan, bool),
    /// Nothing for certain.
    Unclear,
}

impl Looking {
    pub(super) fn new(walk: Walk, everywhere: bool) -> Self {
        let (recall, comparison) = (Recall::None, Comparison::default());
        Self { walk, everywhere, recall, comparison, known: 0, found: 0 }
    }

    /// Does the next few milliseconds of work. Returns what was seen when it is over; it is not to go on then.
    pub(super) fn step(
        &mut self,
        library: &mut Library,
        summary: &mut Summary,
    ) -> Result<Option<Seen>, LibraryError> {
        if *self.walk.extent() == Extent::Unclear {
            return Ok(Some(Seen::Unclear));
        }
        if !matches!(self.recall, Recall::All) {
            self.recall(library)?;
            if matches!(self.recall, Recall::All) && self.known == 0 {
                self.walk.forgo_stamps();
            }
            return Ok(None);
        }
        let until = Instant::now() + SLICE;
        while Instant::now() < until {
            for _ in 0..NAMES {
                match self.walk.next() {
                    Some(Found::Post { id, stamp }) => {
                        self.found += 1;
                        self.comparison.find(id, stamp);
                    }
                    Some(Found::Trouble { path, message }) => summary.troubles.push((path, message)),
                    None if *self.walk.extent() == Extent::Unclear => return Ok(Some(Seen::Unclear)),
                    None => {
                        let plan = std::mem::take(&mut self.comparison).finish();
                        return Ok(Some(Seen::Difference(plan, self.known == 0)));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Fetches what is known, or a part of it.
    fn recall(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        if let Extent::Places(places) = self.walk.extent() {
            let known = library.ask(|catalog| catalog.stamps_at(places))?;
            self.known = known.len();
            self.comparison.know(known);
            self.recall = Recall::All;
            return Ok(());
        }
        let after = if let Recall::UpTo(id) = &self.recall { Some(id) } else { None };
        if after.is_none() {
            self.comparison.expect(library.ask(|catalog| catalog.totals())?.posts as usize);
        }
        let known = library.ask(|catalog| catalog.stamps_after(after, STAMPS))?;
        self.known += known.len();
        self.recall = match known.last() {
            Some((id, _)) => Recall::UpTo(id.clone()),
            None => Recall::All,
        };
        self.comparison.know(known);
        Ok(())
    }
}
