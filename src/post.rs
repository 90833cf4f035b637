//! The nouns of the program: what an archive is made of, without any input or output.
//!
//! Every other room may use this one; it uses none. Text that came from a file is a [`SafeText`] from the
//! moment it leaves `ingest`, so that no later room has to remember to clean it.

mod bookmark;
mod code;
mod header;
mod id;
mod problem;
mod safe;
mod saved;
mod stamp;
mod timestamp;
mod url;

pub use bookmark::{Bookmark, ShelfKey};
pub use code::{Market, StockCode};
pub use header::{Body, DateFrom, Header, Markup, Post};
pub use id::PostId;
pub use problem::{Problem, ProblemKind};
pub use safe::{SafeText, is_unsafe};
pub use saved::SavedQuery;
pub use stamp::Stamp;
pub use timestamp::Timestamp;
pub use url::WebUrl;
