//! What is remembered from one day to the next.

use crate::app::Pane;
use crate::post::{PostId, SafeText};
use crate::query::{Facet, Query, Sort};
use crate::typeset::Place;
use serde::{Deserialize, Serialize};

/// What the sidebar has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every post.
    #[default]
    All,
    /// Posts not yet read.
    Unread,
    /// Posts that the reader keeps.
    Bookmarks,
    /// Posts with one value of a facet.
    Facet(Facet, SafeText),
}

impl Scope {
    /// The condition it stands for.
    pub fn query(&self) -> Query {
        match self {
            Self::All => Query::All,
            Self::Unread => Query::Unread,
            Self::Bookmarks => Query::Bookmarked,
            Self::Facet(facet, value) => facet.query(value.clone()),
        }
    }
}

/// The state of the reader that comes back at the next start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// What the sidebar had chosen.
    pub scope: Scope,
    /// What the list was narrowed by.
    pub filter: String,
    /// The order of the list.
    pub sort: Sort,
    /// The post under the cursor.
    pub post: Option<PostId>,
    /// How many rows above it were on the screen.
    pub lines_above: usize,
    /// The place in its text.
    pub place: Option<Place>,
    /// The pane that had the focus.
    pub pane: Pane,
    /// Sections of the sidebar that were folded.
    pub folded: Option<Vec<Facet>>,
}
