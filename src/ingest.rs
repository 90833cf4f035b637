//! A folder becomes posts: walking, decoding, front matter, names and dates, sources, codes, boilerplate.
//!
//! This room only reads. Parsing never fails: whatever a post file holds, it gives exactly one post, and what
//! was wrong with it stands in [`crate::post::Header::problems`].

mod archive;
mod boilerplate;
mod codes;
mod date;
mod decode;
mod error;
mod file;
mod front_matter;
mod git;
mod labels;
mod name;
mod page;
mod parse;
mod sample;
mod select;
mod site;
mod source;
mod title;
mod walk;

pub use archive::{Archive, Options, Read};
pub use error::{ArchiveError, ReadError};
#[cfg(test)]
pub(crate) use git::Repository;
pub use git::{Checkout, Commit};
pub use parse::{Text, parse};
pub use site::{Site, SiteKind};
pub use walk::{Extent, Found, Walk};
