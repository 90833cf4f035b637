//! The things a key can do.

use serde::{Deserialize, Serialize};

/// What a key press asks for. The names in the keymap file are these in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// One entry or line down.
    Down,
    /// One entry or line up.
    Up,
    /// To the first entry or line; with a count to that one.
    First,
    /// To the last entry or line; with a count to that one.
    Last,
    /// Half a pane down.
    HalfPageDown,
    /// Half a pane up.
    HalfPageUp,
    /// A pane down.
    PageDown,
    /// A pane up.
    PageUp,
    /// Scrolls wide lines back, else goes to the pane on the left.
    Left,
    /// Scrolls wide lines sideways, else opens as [`Action::Open`] does.
    Right,
    /// Opens the entry under the cursor: to the pane on the right.
    Open,
    /// To the next pane, around.
    NextPane,
    /// To the previous pane, around.
    PreviousPane,
    /// Scrolls the article down from wherever the focus is.
    ReaderDown,
    /// Scrolls the article up from wherever the focus is.
    ReaderUp,
    /// Opens the next article of the list.
    NextArticle,
    /// Opens the previous article of the list.
    PreviousArticle,
    /// Narrows the list by title.
    Filter,
    /// Finds in the pane that has the focus.
    Find,
    /// To the next hit.
    NextHit,
    /// To the previous hit.
    PreviousHit,
    /// To the next mention of a stock.
    NextMention,
    /// To the previous mention of a stock.
    PreviousMention,
    /// The next order of the list.
    Sort,
    /// Saves what the list shows as a query, or renames the saved one that it shows.
    SaveQuery,
    /// Puts a saved query into the search box.
    EditQuery,
    /// Removes a saved query.
    RemoveQuery,
    /// Sets or removes the bookmark.
    Bookmark,
    /// Marks as read or unread.
    Read,
    /// Takes back the last change of a mark.
    Undo,
    /// Opens the original in the browser.
    Browse,
    /// Copies the original's address.
    CopyLink,
    /// The links of the article.
    Links,
    /// A wider measure.
    Wider,
    /// A narrower measure.
    Narrower,
    /// Sets wide tables as grids to be scrolled sideways, or row by row.
    WideTables,
    /// The headings of the article.
    Outline,
    /// Shows or hides the help.
    Help,
    /// One step back; leaves the program from the list.
    Back,
    /// One step back; never leaves the program.
    Escape,
    /// Leaves the program.
    Quit,
    /// Draws the screen anew.
    Redraw,
    /// Hands the terminal back to the shell until `fg`.
    Suspend,
}

/// The groups of the keymap file and the help, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Moving about.
    Moving,
    /// Panes and articles.
    Reading,
    /// Filters, finding, order.
    Finding,
    /// Marks and links.
    Keeping,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups, in the order of the help.
    pub const ALL: [Self; 5] = [Self::Moving, Self::Reading, Self::Finding, Self::Keeping, Self::Program];
}
