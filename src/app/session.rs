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
    /// How many lines above it were on the screen.
    pub lines_above: usize,
    /// The place in its text.
    pub place: Option<Place>,
    /// The pane that had the focus.
    pub pane: Pane,
    /// Sections of the sidebar that were unfolded.
    pub unfolded: Option<Vec<Facet>>,
    /// What was remembered instead when there were but three sections: those of them that were folded.
    #[serde(skip_serializing)]
    pub(crate) folded: Option<Vec<Facet>>,
}

impl Session {
    /// The sections of the sidebar to be unfolded. Those that are newer than the session are folded.
    pub(crate) fn unfolded(&self) -> Option<Vec<Facet>> {
        let remembered = |folded: &Vec<Facet>| {
            let sections = [Facet::Source, Facet::Category, Facet::Tag].into_iter();
            sections.filter(|section| !folded.contains(section)).collect()
        };
        self.unfolded.clone().or_else(|| self.folded.as_ref().map(remembered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_a_session_does_not_know_are_folded() {
        for (text, unfolded) in [
            ("{}", None),
            (r#"{"folded": ["source", "tag"]}"#, Some(vec![Facet::Category])),
            (r#"{"folded": []}"#, Some(vec![Facet::Source, Facet::Category, Facet::Tag])),
            (r#"{"unfolded": ["stock"]}"#, Some(vec![Facet::Stock])),
        ] {
            let session: Session = serde_json::from_str(text).unwrap();
            assert_eq!(session.unfolded(), unfolded, "{text}");
        }
    }
}
