//! Bringing the catalog up to date with the archive.

use super::filing::{self, Filing};
use super::filter::kind;
use super::marks::{self, Mark};
use super::natural;
use super::versions::posts_changed;
use super::{Catalog, CatalogError};
use crate::post::{Header, PostId, ShelfKey, Stamp, StockCode, Timestamp, WebUrl};
use crate::query::{Facet, RowId, fold};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, named_params, params};
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

/// Without a number the post is new.
const UPSERT: &str = "
    INSERT INTO post (id, gone, read, bookmarked, image, date, offset, date_from, size, mtime, ctime, inode,
        path, place, key, title, title_fold, source, url, categories, tags, codes, problems, facets)
    VALUES (:id, 0, :read, :bookmarked, :image, :date, :offset, :date_from, :size, :mtime, :ctime, :inode,
        :path, :place, :key, :title, :title_fold, :source, :url, :categories, :tags, :codes, :problems, :facets)
    ON CONFLICT (id) DO UPDATE SET
        read = excluded.read, bookmarked = excluded.bookmarked, image = excluded.image, date = excluded.date,
        offset = excluded.offset, date_from = excluded.date_from, size = excluded.size,
        mtime = excluded.mtime, ctime = excluded.ctime, inode = excluded.inode, place = excluded.place, key = excluded.key,
        title = excluded.title, title_fold = excluded.title_fold, source = excluded.source,
        url = excluded.url, categories = excluded.categories, tags = excluded.tags,
        codes = excluded.codes, problems = excluded.problems, facets = excluded.facets, indexed = 0
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
        let (facets, filing) = (HashMap::new(), Filing::default());
        let mut writer = Writer { db: &tx, archive: &self.archive, facets, filing };
        for id in &batch.removed {
            writer.remove(id)?;
        }
        for (header, stamp) in &batch.upserts {
            writer.upsert(header, *stamp)?;
        }
        writer.filing.write(&tx)?;
        posts_changed(&tx)?;
        Ok(tx.commit()?)
    }

    /// Notes the git commit that was checked out when the archive was read whole.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn set_commit(&mut self, commit: &str) -> Result<(), CatalogError> {
        self.db.execute("UPDATE about SET commit_id = ?1", [commit])?;
        Ok(())
    }
}

struct Writer<'a> {
    db: &'a Connection,
    archive: &'a str,
    /// The numbers of the facet values met so far, and whether they have a name.
    facets: HashMap<(Facet, Cow<'a, str>), (i64, bool)>,
    filing: Filing,
}

/// A post as it was until now.
struct Before {
    row: RowId,
    key: ShelfKey,
    read: bool,
    values: Vec<i64>,
}

impl Before {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let values = filing::unpacked(row.get_ref(3)?.as_blob()?);
        Ok(Self { row: row.get(0)?, key: marks::key(row, 1)?, read: row.get(2)?, values })
    }
}

impl<'a> Writer<'a> {
    fn remove(&mut self, id: &PostId) -> rusqlite::Result<()> {
        let sql = "DELETE FROM post WHERE path = ?1 AND gone = 0 RETURNING id, key, read, facets";
        let before = self.db.prepare_cached(sql)?.query_row([id.as_str()], Before::of_row).optional()?;
        let Some(Before { row, key, read, values }) = before else { return Ok(()) };
        self.filing.remove(row, read, &values);
        marks::settle_orphan(self.db, &key)
    }

    fn upsert(&mut self, header: &'a Header, stamp: Stamp) -> rusqlite::Result<()> {
        let before = self.before(&header.id)?;
        let key = header.shelf_key(self.archive);
        let mark = marks::get(self.db, &key)?;
        let values = self.values(header)?;
        let row = before.as_ref().map(|before| before.row);
        let row = self.put((row, &key, &mark), header, stamp, &values)?;
        if let Some(before) = before {
            self.filing.remove(row, before.read, &before.values);
            if before.key != key {
                marks::settle_orphan(self.db, &before.key)?;
            }
        }
        self.filing.add(row, mark.read, &values);
        if mark.bookmark.is_some() {
            marks::settle_orphan(self.db, &key)?;
        }
        Ok(())
    }

    /// The post that stood at this path until now.
    fn before(&self, id: &PostId) -> rusqlite::Result<Option<Before>> {
        let sql = "SELECT id, key, read, facets FROM post WHERE path = ?1 AND gone = 0";
        self.db.prepare_cached(sql)?.query_row([id.as_str()], Before::of_row).optional()
    }

    /// The numbers of the values that a post is filed under, each once.
    fn values(&mut self, header: &'a Header) -> rusqlite::Result<Vec<i64>> {
        let mut values = Vec::new();
        for label in labels(header) {
            let value = self.facet(label)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Ok(values)
    }

    fn put(
        &self,
        (row, key, mark): (Option<RowId>, &ShelfKey, &Mark),
        post: &Header,
        stamp: Stamp,
        values: &[i64],
    ) -> rusqlite::Result<RowId> {
        let params = named_params! {
            ":id": row,
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
            ":codes": json(&post.codes.iter().map(packed_code).collect::<Vec<_>>())?,
            ":problems": json(&post.problems)?,
            ":facets": filing::packed(values),
        };
        self.db.prepare_cached(UPSERT)?.query_row(params, |row| row.get(0))
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

/// A stock without the names of its fields, which would take more room than what they hold.
fn packed_code(code: &StockCode) -> (u16, &str, Option<&str>) {
    (code.market.0, &code.code, code.name.as_deref())
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}
