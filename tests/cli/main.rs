//! The command line as scripts see it: what it prints, where, and how it ends. Each test has a home of its own.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod bookmark;
mod list;
mod search;
mod show;
mod stores;
mod trouble;
mod world;
