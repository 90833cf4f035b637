//! The catalog: what is known of an archive's posts without their text, in one SQLite file.
//!
//! It is a cache. A file that is damaged, or that another version of the program made, is deleted and filled
//! again from the archive and the shelf. Because SQLite does not notice every damaged byte, nothing that comes
//! out of it is trusted more than a file: text becomes [`SafeText`](crate::post::SafeText) again, and what
//! cannot be is a [`CatalogError::Damaged`].

mod entry;
mod error;
mod facets;
mod filing;
mod filter;
mod functions;
mod marks;
mod natural;
mod newest;
mod open;
mod read;
mod schema;
mod segments;
mod values;
mod versions;
mod write;

pub use entry::Entry;
pub use error::CatalogError;
pub use facets::{DatedUntil, FacetValue, Piece, PieceId, ValueId};
pub use open::{Opened, RebuildReason};
pub use segments::{Contents, Indexed, SegmentId};
pub use versions::Versions;
pub use write::Batch;

use rusqlite::Connection;

/// The catalog of one archive, open for reading and writing. One connection: share the file, not the value.
#[derive(Debug)]
pub struct Catalog {
    db: Connection,
    sets: functions::Sets,
    /// What the latest transaction knew of facets.
    values: values::Values,
    /// The archive's name, as shelf keys of posts without an address hold it.
    archive: Box<str>,
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
