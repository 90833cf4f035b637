//! What is remembered from one day to the next.

use crate::app::{Pane, Section};
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
    /// What the query finds that is saved under this name.
    Saved(SafeText),
    /// Posts with one value of a facet.
    Facet(Facet, SafeText),
}

impl Scope {
    /// The condition it stands for; that of a saved query is known to the shelf only ([`Scope::saved`]).
    pub fn query(&self) -> Query {
        match self {
            Self::All | Self::Saved(_) => Query::All,
            Self::Unread => Query::Unread,
            Self::Bookmarks => Query::Bookmarked,
            Self::Facet(facet, value) => facet.query(value.clone()),
        }
    }

    /// The name of the saved query that it stands for.
    pub fn saved(&self) -> Option<&SafeText> {
        if let Self::Saved(name) = self { Some(name) } else { None }
    }

    /// The section of the sidebar that it belongs to.
    pub(crate) fn section(&self) -> Option<Section> {
        match self {
            Self::All | Self::Unread | Self::Bookmarks => None,
            Self::Saved(_) => Some(Section::Saved),
            Self::Facet(facet, _) => Some(Section::Facet(*facet)),
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
    /// Sections of the sidebar that were unfolded.
    pub unfolded: Option<Vec<Section>>,
    /// What was remembered instead when there were but three sections: those of them that were folded.
    #[serde(skip_serializing)]
    pub(crate) folded: Option<Vec<Facet>>,
}

impl Session {
    /// The sections of the sidebar to be unfolded. Those that are newer than the session are folded.
    pub(crate) fn unfolded(&self) -> Option<Vec<Section>> {
        let remembered = |folded: &Vec<Facet>| {
            let facets = [Facet::Source, Facet::Category, Facet::Tag].into_iter();
            let unfolded = facets.filter(|facet| !folded.contains(facet)).map(Section::Facet);
            unfolded.chain([Section::Saved]).collect()
        };
        self.unfolded.clone().or_else(|| self.folded.as_ref().map(remembered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_that_a_session_does_not_know_are_folded() {
        let [source, category, tag, stock] =
            [Facet::Source, Facet::Category, Facet::Tag, Facet::Stock].map(Section::Facet);
        for (text, unfolded) in [
            ("{}", None),
            (r#"{"folded": ["source", "tag"]}"#, Some(vec![category, Section::Saved])),
            (r#"{"folded": []}"#, Some(vec![source, category, tag, Section::Saved])),
            (r#"{"unfolded": ["saved", {"facet": "stock"}]}"#, Some(vec![Section::Saved, stock])),
        ] {
            let session: Session = serde_json::from_str(text).unwrap();
            assert_eq!(session.unfolded(), unfolded, "{text}");
        }
    }
}
