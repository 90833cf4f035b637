//! What a synchronisation has to do.

use crate::post::{PostId, Stamp};
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// A number from a damaged catalog must not take all memory there is.
const MOST_EXPECTED: usize = 1 << 21;

/// What the catalog knows of live posts' files, by [`Catalog::stamps_after`](super::Catalog::stamps_after) or
/// [`Catalog::stamps_at`](super::Catalog::stamps_at).
pub type Known = HashMap<PostId, Stamp, RandomState>;

/// The difference between a catalog and its archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// New files and files with another stamp, to be read; ids in descending order, which for dated file
    /// names means newest first.
    pub changed: Vec<PostId>,
    /// How many of them are new.
    pub added: usize,
    /// Posts whose file is no longer there.
    pub removed: Vec<PostId>,
}

/// What is known is compared with what is found, file by file, so that of a million files none is in memory twice.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What is known and has not been found.
    known: Known,
    plan: Plan,
}

impl Comparison {
    /// So many files are known, as far as anybody can tell: there will be room for them.
    pub fn expect(&mut self, known: usize) {
        self.known.reserve(known.min(MOST_EXPECTED));
    }

    /// Takes in what is known. All of it, before anything is found.
    pub fn know(&mut self, known: impl IntoIterator<Item = (PostId, Stamp)>) {
        self.known.extend(known);
    }

    /// Takes in a file that was found, which is not found again.
    pub fn find(&mut self, id: PostId, stamp: Stamp) {
        let before = self.known.remove(&id);
        if before != Some(stamp) {
            self.plan.added += usize::from(before.is_none());
            self.plan.changed.push(id);
        }
    }

    /// What has to be done, now that all has been found.
    pub fn finish(self) -> Plan {
        let Self { known, mut plan } = self;
        plan.removed = known.into_keys().collect();
        plan.changed.sort_unstable_by(|a, b| b.cmp(a));
        plan.removed.sort_unstable_by(|a, b| b.cmp(a));
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(known: &[(&str, i64)], found: &[(&str, i64)]) -> Plan {
        let post =
            |&(id, mtime): &(&str, i64)| (PostId::from(id), Stamp { size: 1, mtime, ctime: 1, inode: 1 });
        let mut comparison = Comparison::default();
        comparison.know(known.iter().map(post));
        for (id, stamp) in found.iter().map(post) {
            comparison.find(id, stamp);
        }
        comparison.finish()
    }

    #[test]
    fn only_new_changed_and_vanished_files_make_work() {
        let plan = plan(&[("a", 1), ("b", 2), ("c", 3)], &[("a", 1), ("b", 9), ("d", 1), ("e", 1)]);
        assert_eq!(plan.changed, ["e", "d", "b"].map(PostId::from));
        assert_eq!(plan.added, 2);
        assert_eq!(plan.removed, ["c"].map(PostId::from));
    }

    #[test]
    fn an_unchanged_archive_makes_no_work() {
        let posts = [("a", 1), ("b", 2)];
        assert_eq!(plan(&posts, &posts), Plan::default());
    }
}
