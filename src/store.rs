//! What the program writes down, and the only room that writes.
//!
//! - The [`Catalog`] is a cache: one SQLite file per archive with the posts' headers, made again at will.
//! - The [`Shelf`] is the reader's own: bookmarks, read marks and saved queries, in append-only journals that survive power
//!   cuts, several processes at once, and being merged between machines.
//! - A [`Comparison`] compares what the catalog knows with what the archive holds.
//!
//! The catalog keeps a derived copy of the shelf's marks, so that filters and counts can use them; the
//! shelf alone is the truth.

mod catalog;
mod device;
mod index;
mod lock;
mod plan;
mod sessions;
mod shelf;

pub use catalog::{
    Batch, Catalog, CatalogError, Contents, DatedUntil, Entry, FacetValue, Indexed, Opened, Piece, PieceId,
    RebuildReason, SegmentId, ValueId, Versions,
};
pub use device::device_name;
pub use index::{IndexFolder, IndexLock, SegmentFile, allow_many_files, is_shortage};
pub use plan::{Comparison, Known, Plan};
pub use sessions::{Sessions, last_archive, remember_archive};
pub use shelf::{Change, Damage, Flaw, Imported, Marks, Shelf, ShelfError};
