//! Posts, for the tests that want many.

use crate::post::{Body, Markup};
use std::env::var_os;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// The bodies of the sample's posts, and of real ones where they are: in the folder beside the project, or in the one
/// that `FINEWS_CORPUS` names. Each with the path of its file.
pub(super) fn bodies() -> Vec<(String, Body)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let real = var_os("FINEWS_CORPUS").map_or(here.join("../shared/corpus/finews"), Into::into);
    let folders = [here.join("assets/sample"), real].map(WalkDir::new);
    let files = folders.into_iter().flatten().flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| body(&entry)).collect()
}

fn body(file: &DirEntry) -> Option<(String, Body)> {
    let text = std::fs::read_to_string(file.path()).ok()?;
    let text = text.splitn(3, "---\n").nth(2)?.to_owned();
    Some((file.path().display().to_string(), Body { markup: Markup::Markdown, text }))
}
