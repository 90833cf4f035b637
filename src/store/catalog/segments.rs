//! Which texts the full-text index holds, and in which segments.
//!
//! The catalog is the index's list of contents: a segment counts from the transaction that names it here, so
//! that a program that is killed leaves at most a file that nothing names.

use super::read::path;
use super::versions::texts_changed;
use super::{Catalog, CatalogError};
use crate::post::{PostId, Stamp};
use crate::query::RowId;
use rusqlite::{Connection, TransactionBehavior, params};

/// Posts that are not indexed, newest first, at most so many.
pub(super) const UNINDEXED: &str = "
    SELECT id, path FROM post
    WHERE gone = 0 AND NOT EXISTS (SELECT 1 FROM indexed_text WHERE indexed_text.post = post.id)
    ORDER BY date DESC, place DESC, path DESC LIMIT ?1";

/// The number of a segment, which names its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub u32);

/// What is in the index, and what is not, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Another number after any post or segment has changed; see [`Versions::texts`](super::Versions::texts).
    pub version: i64,
    /// The segments.
    pub segments: Vec<SegmentId>,
    /// Which of the texts in them are current.
    pub indexed: Indexed,
    /// The posts whose present text is in none of them, newest first.
    pub unindexed: Vec<(RowId, PostId)>,
}

/// Which version of the text of each post is in the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    /// By row; 0 for posts whose present text is in no segment, and for rows that are no posts.
    versions: Vec<u32>,
}

impl Indexed {
    /// Whether a text that was indexed is the post's present one.
    pub fn is_current(&self, row: u32, version: u32) -> bool {
        version > 0 && self.versions.get(row as usize) == Some(&version)
    }

    fn has(&self, row: u32) -> bool {
        self.versions.get(row as usize).is_some_and(|version| *version > 0)
    }
}

impl Catalog {
    /// The posts whose present text is not in the index, newest first, at most so many.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn unindexed(&self, limit: u32) -> Result<Vec<(RowId, PostId)>, CatalogError> {
        // All posts are gone through, so it is worth knowing when the last of these has been found.
        let most = self.count_unindexed()?.min(limit);
        if most == 0 {
            return Ok(Vec::new());
        }
        let mut statement = self.db.prepare_cached(UNINDEXED)?;
        let posts = statement.query_map([most], |row| Ok((row.get(0)?, path(row, 1)?)))?;
        Ok(posts.collect::<rusqlite::Result<_>>()?)
    }

    /// The first of these posts that are not in the index, at most so many.
    fn not_in(
        &self,
        indexed: &Indexed,
        posts: Vec<RowId>,
        limit: u32,
    ) -> rusqlite::Result<Vec<(RowId, PostId)>> {
        let unindexed = posts.into_iter().filter(|RowId(row)| !indexed.has(*row)).take(limit as usize);
        let mut statement = self.db.prepare_cached("SELECT id, path FROM post WHERE id = ?1")?;
        unindexed.map(|row| statement.query_row([row], |row| Ok((row.get(0)?, path(row, 1)?)))).collect()
    }

    /// How many posts [`Catalog::unindexed`] has in all.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn count_unindexed(&self) -> Result<u32, CatalogError> {
        let sql = "SELECT total - (SELECT count(*) FROM indexed_text) FROM facet WHERE id = 0";
        Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// Which texts are in the index.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn indexed(&self) -> Result<Indexed, CatalogError> {
        let mut statement = self.db.prepare_cached("SELECT post, version FROM indexed_text")?;
        let mut rows = statement.query([])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            let (row, version): (RowId, u32) = (row.get(0)?, row.get(1)?);
            let at = row.0 as usize;
            if versions.len() <= at {
                versions.resize(at + 1, 0);
            }
            if let Some(slot) = versions.get_mut(at) {
                *slot = version;
            }
        }
        Ok(Indexed { versions })
    }

    /// The segments with their sizes in bytes, the newest first.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn segments(&self) -> Result<Vec<(SegmentId, u32)>, CatalogError> {
        let mut statement = self.db.prepare_cached("SELECT id, bytes FROM segment ORDER BY id DESC")?;
        let segments = statement.query_map([], |row| Ok((SegmentId(row.get(0)?), row.get(1)?)))?;
        Ok(segments.collect::<rusqlite::Result<_>>()?)
    }

    /// What is in the index and, at most so many, the posts that are not. All of one moment, although other processes
    /// may be writing.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn contents(&self, limit: u32) -> Result<Contents, CatalogError> {
        let moment = self.db.unchecked_transaction()?;
        let indexed = self.indexed()?;
        // While the index is being filled this is asked for again and again, and the order is known.
        let unindexed = match self.kept_newest()? {
            Some(newest) => self.not_in(&indexed, newest, limit)?,
            None => self.unindexed(limit)?,
        };
        let segments = self.segments()?.into_iter().map(|(segment, _)| segment).collect();
        let contents = Contents { version: self.versions()?.texts, segments, indexed, unindexed };
        moment.commit()?;
        Ok(contents)
    }

    /// A number that no segment has had, and no version.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn next_segment(&self) -> Result<SegmentId, CatalogError> {
        let sql = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'segment'";
        Ok(SegmentId(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
    }

    /// Takes a segment whose file is written into the index: from now on the posts have its number as their
    /// version, unless they have changed since they had these stamps. Returns how many have it.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn add_segment(
        &mut self,
        segment: SegmentId,
        bytes: u32,
        posts: &[(RowId, Stamp)],
    ) -> Result<usize, CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("INSERT INTO segment (id, bytes) VALUES (?1, ?2)", params![segment.0, bytes])?;
        tx.execute("INSERT INTO segment_version VALUES (?1, ?1)", [segment.0])?;
        let mut indexed = 0;
        {
            let mut insert = tx.prepare_cached(
                "INSERT OR REPLACE INTO indexed_text SELECT id, ?1 FROM post WHERE id = ?2 AND gone = 0
                 AND size = ?3 AND mtime = ?4 AND ctime = ?5 AND inode = ?6",
            )?;
            for (row, stamp) in posts {
                let (size, inode) = (stamp.size.cast_signed(), stamp.inode.cast_signed());
                indexed += insert.execute(params![segment.0, row, size, stamp.mtime, stamp.ctime, inode])?;
            }
        }
        texts_changed(&tx)?;
        tx.commit()?;
        Ok(indexed)
    }

    /// Puts one segment, whose file is written, in the place of several.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn replace_segments(
        &mut self,
        old: &[SegmentId],
        new: SegmentId,
        bytes: u32,
    ) -> Result<(), CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("INSERT INTO segment (id, bytes) VALUES (?1, ?2)", params![new.0, bytes])?;
        for old in old {
            tx.execute("UPDATE segment_version SET segment = ?1 WHERE segment = ?2", [new.0, old.0])?;
            tx.execute("DELETE FROM segment WHERE id = ?1", [old.0])?;
        }
        texts_changed(&tx)?;
        Ok(tx.commit()?)
    }

    /// Takes a segment out of the index, because its file is damaged or gone: its texts are to be indexed anew.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn drop_segment(&mut self, segment: SegmentId) -> Result<(), CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute(
            "DELETE FROM indexed_text WHERE version IN (SELECT version FROM segment_version WHERE segment = ?1)",
            [segment.0],
        )?;
        tx.execute("DELETE FROM segment_version WHERE segment = ?1", [segment.0])?;
        tx.execute("DELETE FROM segment WHERE id = ?1", [segment.0])?;
        texts_changed(&tx)?;
        Ok(tx.commit()?)
    }

    /// Takes the segments out of the index in which no text is current: all of them when every file was touched.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn drop_stale_segments(&mut self) -> Result<(), CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute(
            "DELETE FROM segment_version WHERE NOT EXISTS
             (SELECT 1 FROM indexed_text WHERE indexed_text.version = segment_version.version)",
            [],
        )?;
        let dropped =
            tx.execute("DELETE FROM segment WHERE id NOT IN (SELECT segment FROM segment_version)", [])?;
        if dropped > 0 {
            texts_changed(&tx)?;
        }
        Ok(tx.commit()?)
    }
}

/// The index no longer has the present text of a post. To be called for every post that has changed or gone: as many
/// posts are taken for indexed as the table has rows.
pub(super) fn outdate(db: &Connection, post: RowId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM indexed_text WHERE post = ?1")?.execute([post]).map(drop)
}
