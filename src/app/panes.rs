//! The three panes and the ways between them.

use serde::{Deserialize, Serialize};

/// A pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    /// Sources, categories, tags and stocks.
    Sidebar,
    /// The articles.
    #[default]
    List,
    /// The open article.
    Reader,
}

impl Pane {
    /// The pane on the right, or itself.
    pub(crate) fn right(self) -> Self {
        match self {
            Self::Sidebar => Self::List,
            Self::List | Self::Reader => Self::Reader,
        }
    }

    /// The pane on the left, or itself.
    pub(crate) fn left(self) -> Self {
        match self {
            Self::Reader => Self::List,
            Self::List | Self::Sidebar => Self::Sidebar,
        }
    }

    /// The pane on the right, from the last to the first.
    pub(crate) fn next(self) -> Self {
        if self == Self::Reader { Self::Sidebar } else { self.right() }
    }

    /// The pane on the left, from the first to the last.
    pub(crate) fn previous(self) -> Self {
        if self == Self::Sidebar { Self::Reader } else { self.left() }
    }
}
