//! The catalog's copy of the shelf.
//!
//! The table `mark` holds what is marked, by shelf key. Each post repeats the marks of its key, so that
//! filters and counts need no join. A bookmark whose key no post has any more is an orphan: a row of its own
//! with `gone = 1`, made of what the bookmark kept; bookmarks of other archives are none of this one's.

use super::filing::{self, Filing};
use super::natural;
use super::versions::marks_changed;
use super::write::json;
use super::{Catalog, CatalogError};
use crate::post::{Bookmark, DateFrom, ShelfKey, Timestamp, WebUrl};
use crate::query::fold;
use crate::store::Marks;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::collections::HashMap;

/// One row of the table `mark`; the bookmark as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) read: bool,
    pub(super) bookmark: Option<String>,
}

impl Mark {
    fn on_shelf(marks: &Marks, key: &ShelfKey) -> rusqlite::Result<Self> {
        let bookmark = marks.bookmark(key).map(json).transpose()?;
        Ok(Self { read: marks.is_read(key), bookmark })
    }

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { read: row.get(0)?, bookmark: row.get(1)? })
    }
}

impl Catalog {
    /// Takes over what the shelf says of these keys: after a change, or for a few of them.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn mark(&mut self, keys: &[ShelfKey], marks: &Marks) -> Result<(), CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut filing = Filing::default();
        for key in keys {
            set(&tx, key, &Mark::on_shelf(marks, key)?, &mut filing)?;
        }
        filing.write(&tx)?;
        marks_changed(&tx)?;
        Ok(tx.commit()?)
    }

    /// Takes over the whole shelf, changing only what differs; where nothing does, nothing is locked.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn reconcile(&mut self, marks: &Marks) -> Result<(), CatalogError> {
        let mut known = all(&self.db)?;
        let mut outdated = Vec::new();
        for key in marks.keys() {
            if known.remove(key).unwrap_or_default() != Mark::on_shelf(marks, key)? {
                outdated.push(key.clone());
            }
        }
        outdated.extend(known.into_keys());
        if outdated.is_empty() { Ok(()) } else { self.mark(&outdated, marks) }
    }
}

fn all(db: &Connection) -> rusqlite::Result<HashMap<ShelfKey, Mark>> {
    let mut statement = db.prepare_cached("SELECT read, bookmark, key FROM mark")?;
    let marks = statement.query_map([], |row| Ok((key(row, 2)?, Mark::of_row(row)?)))?;
    marks.collect()
}

/// The shelf key in a column.
pub(super) fn key(row: &Row<'_>, column: usize) -> rusqlite::Result<ShelfKey> {
    row.get::<_, String>(column).map(ShelfKey::from)
}

/// The marks of a key; none for a key that the shelf does not know.
pub(super) fn get(db: &Connection, key: &ShelfKey) -> rusqlite::Result<Mark> {
    let mut select = db.prepare_cached("SELECT read, bookmark FROM mark WHERE key = ?1")?;
    Ok(select.query_row([key.as_str()], Mark::of_row).optional()?.unwrap_or_default())
}

fn set(db: &Connection, key: &ShelfKey, mark: &Mark, filing: &mut Filing) -> rusqlite::Result<()> {
    if *mark == Mark::default() {
        db.prepare_cached("DELETE FROM mark WHERE key = ?1")?.execute([key.as_str()])?;
    } else {
        db.prepare_cached("INSERT OR REPLACE INTO mark VALUES (?1, ?2, ?3)")?.execute(params![
            key.as_str(),
            mark.read,
            mark.bookmark
        ])?;
    }
    let mut select =
        db.prepare_cached("SELECT facets FROM post WHERE key = ?1 AND gone = 0 AND read <> ?2")?;
    let mut others = select.query(params![key.as_str(), mark.read])?;
    while let Some(post) = others.next()? {
        filing.mark(mark.read, &filing::unpacked(post.get_ref(0)?.as_blob()?));
    }
    db.prepare_cached("UPDATE post SET read = ?2, bookmarked = ?3 WHERE key = ?1 AND gone = 0")?
        .execute(params![key.as_str(), mark.read, mark.bookmark.is_some()])?;
    settle_orphan(db, key)
}

/// Makes, renews or removes the orphan of a key, as its marks and the posts with that key ask for.
pub(super) fn settle_orphan(db: &Connection, key: &ShelfKey) -> rusqlite::Result<()> {
    let has_post =
        db.prepare_cached("SELECT 1 FROM post WHERE key = ?1 AND gone = 0")?.exists([key.as_str()])?;
    let mark = get(db, key)?;
    match mark.bookmark.as_deref().map(serde_json::from_str::<Bookmark>) {
        Some(Ok(bookmark)) if !has_post && is_ours(db, &bookmark)? => {
            put_orphan(db, key, &bookmark, mark.read)
        }
        _ => {
            db.prepare_cached("DELETE FROM post WHERE key = ?1 AND gone = 1")?.execute([key.as_str()])?;
            Ok(())
        }
    }
}

/// Whether a bookmark was set in this archive, or by a version that did not say where.
fn is_ours(db: &Connection, bookmark: &Bookmark) -> rusqlite::Result<bool> {
    let Some(archive) = &bookmark.archive else { return Ok(true) };
    db.prepare_cached("SELECT 1 FROM about WHERE archive = ?1")?.exists([archive.as_str()])
}

fn put_orphan(db: &Connection, key: &ShelfKey, bookmark: &Bookmark, read: bool) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO post (gone, read, bookmarked, image, date, offset, date_from, size, mtime, ctime, inode,
             path, place, key, title, title_fold, source, source_gone, url, categories, tags, codes, problems, facets)
         VALUES (1, ?1, 1, 0, ?2, ?3, ?4, 0, 0, 0, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '[]', '[]', '[]', '[]', x'')
         ON CONFLICT (key) WHERE gone = 1 DO UPDATE SET
             read = excluded.read, date = excluded.date, offset = excluded.offset, path = excluded.path, place = excluded.place,
             title = excluded.title, title_fold = excluded.title_fold, source = excluded.source,
             source_gone = excluded.source_gone, url = excluded.url",
    )?
    .execute(params![
        read,
        bookmark.date.map(Timestamp::second),
        bookmark.date.map(Timestamp::offset),
        DateFrom::None as i64,
        bookmark.id.as_str(),
        natural::place(bookmark.date, &bookmark.id),
        key.as_str(),
        bookmark.title.as_str(),
        fold(&bookmark.title),
        bookmark.source.as_deref(),
        bookmark.source.as_deref().map(fold),
        bookmark.url.as_ref().map(WebUrl::as_str),
    ])?;
    Ok(())
}
