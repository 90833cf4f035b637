//! Bringing the catalog up to date with the archive.

use super::filter::kind;
use super::marks::{self, Mark};
use super::natural;
use super::versions::posts_changed;
use super::{Catalog, CatalogError};
use crate::post::{Header, PostId, ShelfKey, Stamp, Timestamp, WebUrl};
use crate::query::{Facet, RowId, fold};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params, params};
use std::borrow::Cow;
use std::collections::HashMap;

/// Changes that are made together or not at all.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Posts that were read, new or changed, with the stamp their file had before it was read.
    pub upserts: Vec<(Header, Stamp)>,
    /// Posts whose file is no longer there.
    pub removed: Vec<PostId>,
}

const UPSERT: &str = "
    INSERT INTO post (gone, read, bookmarked, image, date, offset, date_from, size, mtime, ctime, inode,
        path, place, key, title, title_fold, source, url, categories, tags, codes, problems)
    VALUES (0, :read, :bookmarked, :image, :date, :offset, :date_from, :size, :mtime, :ctime, :inode,
        :path, :place, :key, :title, :title_fold, :source, :url, :categories, :tags, :codes, :problems)
    ON CONFLICT (path) WHERE gone = 0 DO UPDATE SET
        read = excluded.read, bookmarked = excluded.bookmarked, image = excluded.image, date = excluded.date,
        offset = excluded.offset, date_from = excluded.date_from, size = excluded.size,
        mtime = excluded.mtime, ctime = excluded.ctime, inode = excluded.inode, place = excluded.place, key = excluded.key,
        title = excluded.title, title_fold = excluded.title_fold, source = excluded.source,
        url = excluded.url, categories = excluded.categories, tags = excluded.tags,
        codes = excluded.codes, problems = excluded.problems, indexed = 0
    RETURNING id";

/// The conflict changes what has no name yet, or nothing: `DO NOTHING` would return nothing.
const FACET: &str = "
    INSERT INTO facet (kind, value, name, search) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (kind, value) DO UPDATE SET
        name = coalesce(name, excluded.name), search = iif(name IS NULL, excluded.search, search)
    RETURNING id, name IS NOT NULL";

impl Catalog {
    /// Makes all changes of a batch in one transaction. Posts keep the marks that [`Catalog::reconcile`] and
    /// [`Catalog::mark`] brought for their key, also posts that come later than their marks.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn apply(&mut self, batch: &Batch) -> Result<(), CatalogError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Writer { db: &tx, archive: &self.archive, facets: HashMap::new() };
        for id in &batch.removed {
            writer.remove(id)?;
        }
        for (header, stamp) in &batch.upserts {
            writer.upsert(header, *stamp)?;
        }
        posts_changed(&tx)?;
        Ok(tx.commit()?)
    }
}

struct Writer<'a> {
    db: &'a Connection,
    archive: &'a str,
    /// The numbers of the facet values met so far, and whether they have a name.
    facets: HashMap<(Facet, Cow<'a, str>), (i64, bool)>,
}

impl<'a> Writer<'a> {
    fn remove(&self, id: &PostId) -> rusqlite::Result<()> {
        let mut delete =
            self.db.prepare_cached("DELETE FROM post WHERE path = ?1 AND gone = 0 RETURNING key")?;
        match delete.query_row([id.as_str()], |row| marks::key(row, 0)).optional()? {
            Some(key) => marks::settle_orphan(self.db, &key),
            None => Ok(()),
        }
    }

    fn upsert(&mut self, header: &'a Header, stamp: Stamp) -> rusqlite::Result<()> {
        let before = self.before(&header.id)?;
        let key = header.shelf_key(self.archive);
        let mark = marks::get(self.db, &key)?;
        let row = self.put(header, stamp, &key, &mark)?;
        if let Some(old_key) = before {
            self.db.prepare_cached("DELETE FROM post_facet WHERE post = ?1")?.execute([row])?;
            if old_key != key {
                marks::settle_orphan(self.db, &old_key)?;
            }
        }
        if mark.bookmark.is_some() {
            marks::settle_orphan(self.db, &key)?;
        }
        labels(header).try_for_each(|label| self.link(row, mark.read, label))
    }

    /// The key that the post at this path had until now.
    fn before(&self, id: &PostId) -> rusqlite::Result<Option<ShelfKey>> {
        let mut select = self.db.prepare_cached("SELECT key FROM post WHERE path = ?1 AND gone = 0")?;
        select.query_row([id.as_str()], |row| marks::key(row, 0)).optional()
    }

    fn put(&self, post: &Header, stamp: Stamp, key: &ShelfKey, mark: &Mark) -> rusqlite::Result<RowId> {
        let params = named_params! {
            ":read": mark.read,
            ":bookmarked": mark.bookmark.is_some(),
            ":image": post.has_image,
            ":date": post.date.map(Timestamp::second),
            ":offset": post.date.map(Timestamp::offset),
            ":date_from": post.date_from as i64,
            ":size": stamp.size.cast_signed(),
            ":mtime": stamp.mtime,
            ":ctime": stamp.ctime,
            ":inode": stamp.inode.cast_signed(),
            ":path": post.id.as_str(),
            ":place": natural::place(post.date, &post.id),
            ":key": key.as_str(),
            ":title": post.title.as_str(),
            ":title_fold": fold(&post.title),
            ":source": post.source.as_deref(),
            ":url": post.url.as_ref().map(WebUrl::as_str),
            ":categories": json(&post.categories)?,
            ":tags": json(&post.tags)?,
            ":codes": json(&post.codes)?,
            ":problems": json(&post.problems)?,
        };
        self.db.prepare_cached(UPSERT)?.query_row(params, |row| row.get(0))
    }

    fn link(&mut self, row: RowId, read: bool, label: Label<'a>) -> rusqlite::Result<()> {
        let facet = self.facet(label)?;
        // A header may name a value twice.
        self.db
            .prepare_cached("INSERT OR IGNORE INTO post_facet VALUES (?1, ?2, ?3)")?
            .execute(params![facet, row, read])?;
        Ok(())
    }

    fn facet(&mut self, Label { facet, value, name }: Label<'a>) -> rusqlite::Result<i64> {
        let key = (facet, value);
        if let Some(&(id, is_named)) = self.facets.get(&key)
            && (is_named || name.is_none())
        {
            return Ok(id);
        }
        let value = key.1.as_ref();
        let search = fold(&name.map_or_else(|| value.to_owned(), |name| format!("{value} {name}")));
        let params = params![kind(facet), value, name, search];
        let known = self
            .db
            .prepare_cached(FACET)?
            .query_row(params, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)))?;
        self.facets.insert(key, known);
        Ok(known.0)
    }
}

/// A value of a facet.
struct Label<'a> {
    facet: Facet,
    value: Cow<'a, str>,
    name: Option<&'a str>,
}

/// All that a post is filed under.
fn labels(header: &Header) -> impl Iterator<Item = Label<'_>> {
    let labels = [
        (Facet::Source, header.source.as_slice()),
        (Facet::Category, &header.categories),
        (Facet::Tag, &header.tags),
    ];
    let labels = labels.into_iter().flat_map(|(facet, values)| {
        values.iter().map(move |value| Label { facet, value: value.as_str().into(), name: None })
    });
    let stocks = header.codes.iter().map(|code| Label {
        facet: Facet::Stock,
        value: code.symbol().to_ascii_uppercase().into(),
        name: code.name.as_deref(),
    });
    labels.chain(stocks)
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
