//! Bookmarks to and from a file: JSON Lines, one bookmark a line.

use super::{Change, Shelf, ShelfError, lines};
use crate::post::Bookmark;
use std::collections::HashSet;
use std::io::{self, BufRead, Write};

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Bookmarks that are new on the shelf.
    pub added: usize,
    /// Bookmarks that were there already and stay as they were.
    pub kept: usize,
    /// Lines, from 1, that are no bookmarks, and why.
    pub skipped: Vec<(usize, String)>,
}

impl Shelf {
    /// Writes all bookmarks, the latest first, one JSON object a line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn export(&self, out: &mut dyn Write) -> Result<(), ShelfError> {
        self.write_bookmarks(out).map_err(ShelfError::Export)
    }

    fn write_bookmarks(&self, out: &mut dyn Write) -> io::Result<()> {
        for bookmark in self.bookmarks() {
            serde_json::to_writer(&mut *out, bookmark)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Adds the bookmarks of an export, all at once or, on an error, none.
    ///
    /// # Errors
    /// When the text cannot be read or the bookmarks cannot be saved.
    pub fn import(&mut self, text: &mut dyn BufRead) -> Result<Imported, ShelfError> {
        self.follow()?;
        let mut imported = Imported::default();
        let mut added = Vec::new();
        let mut keys = HashSet::new();
        let mut line = Vec::new();
        let mut number = 0;
        while let Some(taken) = lines::next(text, &mut line).map_err(ShelfError::Import)? {
            number += 1;
            match parse(&line, taken.too_long) {
                Ok(None) => {}
                Ok(Some(bookmark)) => {
                    if self.marks.bookmark(&bookmark.key).is_some() || !keys.insert(bookmark.key.clone()) {
                        imported.kept += 1;
                    } else {
                        added.push(Change::Bookmark(bookmark));
                    }
                }
                Err(why) => imported.skipped.push((number, why)),
            }
        }
        imported.added = added.len();
        self.change(added)?;
        Ok(imported)
    }
}

/// `None` for a blank line.
fn parse(line: &[u8], too_long: bool) -> Result<Option<Bookmark>, String> {
    if too_long {
        return Err("line is too long".into());
    }
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let bookmark: Bookmark = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    if bookmark.key.as_str().is_empty() {
        return Err("its key is empty".into());
    }
    Ok(Some(bookmark))
}
