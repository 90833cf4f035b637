//! finews: a terminal reader for archives of articles kept as files.

pub mod app;
pub mod cli;
pub mod config;
pub mod ingest;
pub mod post;
pub mod query;
pub mod runtime;
pub mod store;
pub mod typeset;
pub mod ui;
