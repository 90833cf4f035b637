//! finews: a terminal reader for archives of articles kept as files.

pub mod ingest;
pub mod post;
pub mod query;
pub mod store;
pub mod typeset;
