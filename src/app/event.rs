//! What happens, and what is to be done about it.

use crate::app::{Change, Message, Progress, QueryChange, Saved, Session, Snippet, Tally};
use crate::post::{Header, PostId, SafeText, WebUrl};
use crate::query::{Count, Facet, Listed, Query, QueryError, RowId, Sort, Terms, Totals};
use crate::typeset::{Ambiguous, Article};
use crokey::KeyCombination;
use ratatui::layout::Size;
use std::ops::Range;
use std::sync::Arc;

/// Something that happened outside.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyCombination),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size now.
    Resize(Size),
    /// The terminal draws ambiguous characters this wide.
    Width(Ambiguous),
    /// The reader is looked at again.
    Focus,
    /// Which posts a list has.
    Listing(Listing),
    /// More of the posts of a list, which follow those that came before.
    More {
        /// Of which question.
        generation: u64,
        /// All posts that are known now.
        rows: Arc<[RowId]>,
        /// Whether no more will come.
        is_whole: bool,
    },
    /// Lines of the list that were asked for.
    Rows {
        /// Of which question.
        generation: u64,
        /// The places in the list that `lines` are of.
        near: Range<usize>,
        /// The lines, in the order of the list; without posts that have gone meanwhile.
        lines: Vec<Listed>,
    },
    /// What was found in posts that were asked for.
    Snippets {
        /// Of which question.
        generation: u64,
        /// One for each post; an empty one when it cannot be read.
        snippets: Vec<(RowId, Snippet)>,
    },
    /// The counts beside the sidebar's entries.
    Facets {
        /// All values of each facet but the months, most frequent first.
        counts: Vec<(Facet, Vec<Count>)>,
        /// The archive as a whole.
        totals: Totals,
    },
    /// How many posts each month of the archive has, the latest first.
    Months(Vec<Count>),
    /// How what was found is spread over the sidebar.
    Found(Box<Found>),
    /// The saved queries with what is known of them, in the order in which they were saved.
    Queries(Vec<Saved>),
    /// A post that was asked for.
    Opened(Box<Opened>),
    /// How far the archive has been read.
    Sync(Progress),
    /// Posts or marks have changed: lists and counts are out of date.
    Changed,
    /// So many posts are new.
    Arrived(usize),
    /// Not all that happens to the files is heard of, and why; so they are looked at now and then.
    Deaf(SafeText),
    /// What became of a change.
    Saved(Change, Outcome),
    /// What became of a change of a saved query.
    QueryChanged(Box<QueryChange>, Outcome),
    /// Something to tell the reader.
    Said(Message),
    /// The screen may have been garbled, or the terminal set to other modes.
    Redraw,
    /// The program was asked to stop for a while.
    Suspend,
    /// The program was asked to end.
    Quit,
}

/// What the list is narrowed by, apart from the sidebar's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// A text in the title; empty for all.
    pub filter: String,
    /// A query as it was typed; empty for all.
    pub search: String,
}

impl Narrowing {
    /// Whether it leaves the whole archive.
    pub fn is_everything(&self) -> bool {
        self.filter.is_empty() && self.search.is_empty()
    }

    /// The condition on the title.
    pub fn title(&self) -> Query {
        if self.filter.is_empty() { Query::All } else { Query::Title(self.filter.clone().into()) }
    }
}

/// What was found, in numbers. The sidebar's choice does not count: it chooses among these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// By what.
    pub narrowing: Narrowing,
    /// All of it.
    pub totals: Totals,
    /// For each facet the values that occur, most frequent first; the latest of the months.
    pub counts: Vec<(Facet, Vec<Count>)>,
    /// What each saved query finds of it, in the order in which they were saved.
    pub saved: Vec<Tally>,
}

/// Which posts a list has.
#[derive(Debug, Default)]
pub struct Listing {
    /// Of which question.
    pub generation: u64,
    /// The posts in their order.
    pub rows: Arc<[RowId]>,
    /// Whether these are all; else the first of them, and the others follow.
    pub is_whole: bool,
    /// Where the post that was to be kept stands, if it is in the list.
    pub kept: Option<usize>,
    /// The places in the list that `lines` are of.
    pub near: Range<usize>,
    /// The lines around the cursor, in the order of the list; without posts that have gone meanwhile.
    pub lines: Vec<Listed>,
    /// What is wrong with the query that was typed; then there is nothing else.
    pub flaw: Option<Box<QueryError>>,
    /// What the query looks for in title and text.
    pub terms: Arc<Terms>,
    /// Whether it wants something of the texts, so that each line is to show what was found.
    pub has_snippets: bool,
}

/// A post, ready to be set.
#[derive(Debug)]
pub struct Opened {
    /// Its number.
    pub row: RowId,
    /// What is known of it.
    pub header: Header,
    /// Whether it has been read.
    pub read: bool,
    /// Whether the reader keeps it.
    pub bookmarked: bool,
    /// Its text; `None` when its file is gone.
    pub article: Option<Arc<Article>>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the disk.
    Done,
    /// It is not, and why.
    Failed(SafeText),
}

/// Which post the cursor should stand on after a new list has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The first.
    First,
    /// This one; if it is not in the list, the place where it stood.
    Row(RowId, usize),
    /// This one, known by its path only.
    Post(PostId),
}

/// A question for the posts of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// To be returned with the answer.
    pub generation: u64,
    /// Which posts.
    pub query: Query,
    /// Of these, the ones that the query finds which is saved under this name; `None` for all.
    pub saved: Option<SafeText>,
    /// Of these, the ones that meet a query as it was typed; empty for all.
    pub search: String,
    /// In which order.
    pub sort: Sort,
    /// Where the cursor should be.
    pub keep: Keep,
    /// How many articles are visible.
    pub height: usize,
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Find the posts of a list. An older question need not be answered any more.
    List(Question),
    /// Fetch lines of the list.
    Rows {
        /// To be returned with the answer.
        generation: u64,
        /// To be returned with the answer.
        near: Range<usize>,
        /// Which ones.
        rows: Vec<RowId>,
    },
    /// Look into posts of the list for what was found in them. An older question need not be answered any more.
    Snippets {
        /// To be returned with the answer.
        generation: u64,
        /// Which ones.
        posts: Vec<(RowId, PostId)>,
        /// What to look for.
        terms: Arc<Terms>,
    },
    /// Count the facets.
    Facets,
    /// Go on counting how this is spread over the sidebar, until something else is asked for.
    Count(Narrowing),
    /// Read a post. An older one need not be read any more.
    Open(RowId),
    /// Save a mark, durably.
    Save(Change),
    /// Save or remove a query, durably.
    ChangeQuery(QueryChange),
    /// Remember the session.
    Remember(Session),
    /// Open an address in the browser.
    Browse(WebUrl),
    /// Copy an address to the clipboard.
    Copy(WebUrl),
    /// Draw the whole screen anew.
    Redraw,
    /// Give the terminal back to the shell and stop.
    Suspend,
    /// End the program.
    Quit,
}
