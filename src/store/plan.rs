//! What a synchronisation has to do.

use crate::post::{PostId, Stamp};
use std::collections::HashMap;

/// What the catalog knows of each live post's file, by [`Catalog::stamps`](super::Catalog::stamps).
pub type Known = HashMap<PostId, Stamp>;

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

/// Compares what is known with what was found.
pub fn plan(mut known: Known, found: &[(PostId, Stamp)]) -> Plan {
    let mut plan = Plan::default();
    for (id, stamp) in found {
        let before = known.remove(id);
        if before != Some(*stamp) {
            plan.added += usize::from(before.is_none());
            plan.changed.push(id.clone());
        }
    }
    plan.removed = known.into_keys().collect();
    plan.changed.sort_unstable_by(|a, b| b.cmp(a));
    plan.removed.sort_unstable_by(|a, b| b.cmp(a));
    plan.changed.dedup();
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(mtime: i64) -> Stamp {
        Stamp { size: 1, mtime, ctime: 1, inode: 1 }
    }

    fn posts<T: FromIterator<(PostId, Stamp)>>(posts: &[(&str, i64)]) -> T {
        posts.iter().map(|&(id, t)| (PostId::from(id), stamp(t))).collect()
    }

    #[test]
    fn only_new_changed_and_vanished_files_make_work() {
        let found: Vec<_> = posts(&[("a", 1), ("b", 9), ("d", 1), ("e", 1)]);
        let plan = plan(posts(&[("a", 1), ("b", 2), ("c", 3)]), &found);
        assert_eq!(plan.changed, ["e", "d", "b"].map(PostId::from));
        assert_eq!(plan.added, 2);
        assert_eq!(plan.removed, ["c"].map(PostId::from));
    }

    #[test]
    fn an_unchanged_archive_makes_no_work() {
        let both = [("a", 1), ("b", 2)];
        assert_eq!(plan(posts(&both), &posts::<Vec<_>>(&both)), Plan::default());
    }
}
