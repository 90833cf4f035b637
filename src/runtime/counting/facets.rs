//! The facet index as it is now, or as it was not long ago.

use super::rest;
use crate::runtime::{FacetIndex, Library, LibraryError, Loading};
use crate::store::Versions;
use std::time::{Duration, Instant};

/// Loads the facet index, and again when posts have changed.
#[derive(Debug, Default)]
pub(super) struct Facets {
    index: Option<FacetIndex>,
    /// The posts that the index is of.
    of: i64,
    /// How often it was loaded.
    turns: u64,
    loading: Option<Load>,
    /// Where posts change all the time, the index is loaded only now and then: when to load it again, and whether also
    /// when this program is not the one that changes them.
    not_before: Option<(Instant, bool)>,
}

#[derive(Debug)]
struct Load {
    loading: Loading,
    of: i64,
    took: Duration,
}

impl Facets {
    /// The index, once it has been loaded.
    pub(super) fn index(&self) -> Option<&FacetIndex> {
        self.index.as_ref()
    }

    /// Another number after the index was loaded anew.
    pub(super) fn turn(&self) -> u64 {
        self.turns
    }

    /// Loads the next piece, if posts have changed. Returns whether there was anything to load.
    pub(super) fn load_on(
        &mut self,
        library: &mut Library,
        versions: Versions,
        is_filling: bool,
    ) -> Result<bool, LibraryError> {
        let is_current = self.index.is_some() && self.of == versions.posts;
        let must_wait =
            self.not_before.is_some_and(|(at, always)| (always || is_filling) && Instant::now() < at);
        let mut load = match self.loading.take() {
            Some(load) => load,
            None if is_current || must_wait => return Ok(false),
            None => Load { loading: Loading::default(), of: versions.posts, took: Duration::ZERO },
        };
        let begun = Instant::now();
        let loaded = load.loading.step(library)?;
        load.took += begun.elapsed();
        let Some(index) = loaded else {
            self.loading = Some(load);
            return Ok(true);
        };
        self.not_before = Some((Instant::now() + rest(load.took), !is_filling && load.of != versions.posts));
        (self.index, self.of) = (Some(index), load.of);
        self.turns += 1;
        Ok(true)
    }
}
