//! What was found in a post.

use crate::app::Snippet;
use crate::ingest::Archive;
use crate::post::PostId;
use crate::query::Terms;
use crate::typeset::words;

/// Looks for terms in the text of a post, as it stands in its file. `None` when that cannot be read.
pub fn snippet(archive: &Archive, id: &PostId, terms: &Terms) -> Option<Snippet> {
    let read = archive.read(id).ok()?;
    Some(Snippet::new(&read.post.header.title, &words(&read.post.body), terms))
}
