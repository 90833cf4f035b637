//! Bringing the catalog up to date with the archive.

use super::filing::{self, Filing};
use super::marks::{self, Mark};
use super::natural;
use super::segments;
use super::values::Values;
use super::versions::posts_changed;
use super::{Catalog, CatalogError};
use crate::post::{Header, PostId, ShelfKey, Stamp, StockCode, Timestamp, WebUrl};
use crate::query::{Facet, RowId, fold};
use foldhash::fast::RandomState;
use rusqlite::types::{FromSql, ValueRef};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, TransactionBehavior, params};
use std::borrow::Cow;
use std::collections::HashSet;

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
    VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
        ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
    ON CONFLICT (id) DO UPDATE SET
        read = excluded.read, bookmarked = excluded.bookmarked, image = excluded.image, date = excluded.date,
        offset = excluded.offset, date_from = excluded.date_from, size = excluded.size,
        mtime = excluded.mtime, ctime = excluded.ctime, inode = excluded.inode, place = excluded.place, key = excluded.key,
        title = excluded.title, title_fold = excluded.title_fold, source = excluded.source,
        url = excluded.url, categories = excluded.categories, tags = excluded.tags,
        codes = excluded.codes, problems = excluded.problems, facets = excluded.facets";

impl Catalog {
    /// Makes all changes of a batch in one transaction. Posts keep the marks that [`Catalog::reconcile`] and
    /// [`Catalog::mark`] brought for their key, also posts that come later than their marks.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn apply(&mut self, batch: &Batch) -> Result<(), CatalogError> {
        // What a transaction that fails has learnt is not true.
        let values = std::mem::take(&mut self.values);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writer = Writer {
            db: &tx,
            archive: &self.archive,
            upsert: tx.prepare_cached(UPSERT)?,
            values,
            filing: Filing::default(),
            there: there(&tx, &batch.upserts)?,
            has_marks: tx.query_row("SELECT EXISTS (SELECT 1 FROM mark)", [], |row| row.get(0))?,
        };
        writer.write(batch)?;
        let values = writer.finish()?;
        tx.commit()?;
        self.values = values;
        Ok(())
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
    upsert: CachedStatement<'a>,
    values: Values,
    filing: Filing,
    /// The paths at which there are posts, as far as the batch is concerned; `None` if there are many.
    there: Option<Paths>,
    has_marks: bool,
}

type Paths = HashSet<PostId, RandomState>;

/// The paths of the posts from the first to the last of these, unless there are more than these. Of an archive that is read for the
/// first time there are few or none, and asking for each would be a tenth of the work.
fn there(db: &Connection, posts: &[(Header, Stamp)]) -> rusqlite::Result<Option<Paths>> {
    let ids = || posts.iter().map(|(header, _)| &header.id);
    let (Some(lowest), Some(highest)) = (ids().min(), ids().max()) else { return Ok(None) };
    let sql = "SELECT path FROM post WHERE path BETWEEN ?1 AND ?2 AND gone = 0";
    let mut select = db.prepare_cached(sql)?;
    let paths = select
        .query_map([lowest.as_str(), highest.as_str()], |row| Ok(PostId::from(row.get_ref(0)?.as_str()?)))?;
    // To fetch more would take longer than to ask for each.
    let paths: Paths = paths.take(posts.len() + 1).collect::<Result<_, _>>()?;
    Ok((paths.len() <= posts.len()).then_some(paths))
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

impl Writer<'_> {
    fn write(&mut self, batch: &Batch) -> rusqlite::Result<()> {
        for id in &batch.removed {
            self.remove(id)?;
        }
        for (header, stamp) in &batch.upserts {
            self.upsert(header, *stamp)?;
        }
        Ok(())
    }

    /// Writes what all posts together have changed.
    fn finish(self) -> rusqlite::Result<Values> {
        self.filing.write(self.db)?;
        posts_changed(self.db)?;
        Ok(self.values.for_next())
    }

    fn remove(&mut self, id: &PostId) -> rusqlite::Result<()> {
        let sql = "DELETE FROM post WHERE path = ?1 AND gone = 0 RETURNING id, key, read, facets";
        let before = self.db.prepare_cached(sql)?.query_row([id.as_str()], Before::of_row).optional()?;
        let Some(Before { row, key, read, values }) = before else { return Ok(()) };
        self.filing.remove(row, read, &values);
        segments::outdate(self.db, row)?;
        marks::settle_orphan(self.db, &key)
    }

    fn upsert(&mut self, header: &Header, stamp: Stamp) -> rusqlite::Result<()> {
        let is_new = self.there.as_mut().is_some_and(|there| there.insert(header.id.clone()));
        let before = if is_new { None } else { self.before(&header.id)? };
        let key = header.shelf_key(self.archive);
        let mark = if self.has_marks { marks::get(self.db, &key)? } else { Mark::default() };
        let values = self.values(header)?;
        let row = before.as_ref().map(|before| before.row);
        let row = self.put((row, &key, &mark), header, stamp, &values)?;
        if let Some(before) = before {
            self.filing.remove(row, before.read, &before.values);
            segments::outdate(self.db, row)?;
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
    fn values(&mut self, header: &Header) -> rusqlite::Result<Vec<i64>> {
        let mut values = Vec::new();
        for label in labels(header) {
            let value = self.values.number(self.db, &label)?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Ok(values)
    }

    fn put(
        &mut self,
        (row, key, mark): (Option<RowId>, &ShelfKey, &Mark),
        post: &Header,
        stamp: Stamp,
        values: &[i64],
    ) -> rusqlite::Result<RowId> {
        let params = params![
            row,
            mark.read,
            mark.bookmark.is_some(),
            post.has_image,
            post.date.map(Timestamp::second),
            post.date.map(Timestamp::offset),
            post.date_from as i64,
            stamp.size.cast_signed(),
            stamp.mtime,
            stamp.ctime,
            stamp.inode.cast_signed(),
            post.id.as_str(),
            natural::place(post.date, &post.id),
            key.as_str(),
            post.title.as_str(),
            fold(&post.title),
            post.source.as_deref(),
            post.url.as_ref().map(WebUrl::as_str),
            json(&post.categories)?,
            json(&post.tags)?,
            json(&post.codes.iter().map(packed_code).collect::<Vec<_>>())?,
            json(&post.problems)?,
            filing::packed(values),
        ];
        self.upsert.execute(params)?;
        // `RETURNING` would make a table of one row, which costs as much as the post.
        row.map_or_else(
            || RowId::column_result(ValueRef::Integer(self.db.last_insert_rowid())).map_err(Into::into),
            Ok,
        )
    }
}

/// A value of a facet.
pub(super) struct Label<'a> {
    pub(super) facet: Facet,
    pub(super) value: Cow<'a, str>,
    pub(super) name: Option<&'a str>,
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
