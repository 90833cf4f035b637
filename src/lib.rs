//! finews: a terminal reader for archives of articles kept as files.
//!
//! # Rooms, and which way they may look
//!
//! ```text
//! main -> cli -> runtime -> { ui, ingest, store } -> config -> app -> { typeset, query, index } -> post
//! ```
//!
//! An arrow means "may use"; nothing looks back up, and the three in braces do not look at each other. A test
//! (`tests/architecture.rs`) reads the `use` lines and fails on an arrow that points the wrong way.
//!
//! | room | what lives there | I/O |
//! |---|---|---|
//! | [`post`] | the nouns: posts, ids, dates, problems, bookmarks; text that is safe to show | none |
//! | [`query`] | the language of filters and searches, and what an archive answers | none |
//! | [`index`] | the full-text index: pairs of characters to posts, in segments that never change | none |
//! | [`typeset`] | Markdown and HTML to blocks, blocks to lines at a width | none |
//! | [`app`] | the model, and `update`: every behaviour of the program | none |
//! | [`config`] | settings, keys, themes, words, folders | reads |
//! | [`ingest`] | a folder to posts | reads |
//! | [`store`] | the catalog and the files of the index (a cache), the shelf (the user's) | the only writer, but for exports |
//! | [`ui`] | draws the model, changes nothing | none |
//! | [`runtime`] | threads, the loop, the terminal, what effects do | yes |
//! | [`cli`] | arguments, and the subcommands that print | yes |
//!
//! # Five walks
//!
//! - Open: arguments, settings, catalog, the list of the last run on the first frame; then the archive is read in
//!   the background, batch by batch, and the list grows in place.
//! - `j`: key, keymap, [`app::Action`], [`app::update`], the cursor moves, [`app::Effect::Open`]; the article comes
//!   back as an [`app::Event`] and is drawn.
//! - `/`: each letter is an [`app::Question`], of which the newest counts; the catalog knows the headers, the index
//!   the texts, and what is not indexed yet is read through; the list comes back as an [`app::Listing`].
//! - A file comes: the watch hears of it, the worker looks at its stamp and reads it, the catalog has it,
//!   [`app::Event::Changed`], the list is asked for anew with the cursor on the same article; then it is indexed.
//! - `b`: shown at once, [`app::Effect::Save`], one line appended to the journal and synced, then
//!   [`app::Event::Saved`]; or taken back, with the reason.

pub mod app;
pub mod cli;
pub mod config;
pub mod index;
pub mod ingest;
pub mod post;
pub mod query;
pub mod runtime;
pub mod store;
pub mod typeset;
pub mod ui;
