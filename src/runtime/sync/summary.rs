//! What comes out of a synchronisation.

use crate::post::SafeText;

/// What a synchronisation found and did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Whether all of the archive was looked at.
    pub is_whole: bool,
    /// Post files in the archive, if it was.
    pub files: usize,
    /// Posts that were read because they are new or changed.
    pub read: usize,
    /// Those of them that are new in an archive that was known.
    pub added: usize,
    /// Posts whose file is no longer there.
    pub removed: usize,
    /// Posts that were read and have problems.
    pub with_problems: usize,
    /// Places that cannot be looked into: where, and why.
    pub troubles: Vec<(SafeText, SafeText)>,
}

impl Summary {
    /// Whether the catalog is not what it was before.
    pub fn has_changes(&self) -> bool {
        self.read + self.removed > 0
    }

    /// The first of the places that cannot be looked into, and how many more there are.
    pub fn first_trouble(&self) -> Option<String> {
        let ((place, why), others) = self.troubles.split_first()?;
        Some(match others.len() {
            0 => format!("{place}: {why}"),
            more => format!("{place}: {why} (and {more} more: finews check)"),
        })
    }
}
