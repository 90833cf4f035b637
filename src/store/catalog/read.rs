//! Asking the catalog.

use super::filing::filed;
use super::filter::{Select, Set, filed_term, kind, only_set, select, stocks};
use super::marks::key;
use super::{Catalog, CatalogError, Entry};
use crate::post::{DateFrom, Header, Market, PostId, SafeText, Stamp, StockCode, Timestamp, WebUrl};
use crate::query::{Count, Facet, Listed, Query, RowId, Rows, Sort, Totals};
use crate::store::Known;
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::de::DeserializeOwned;

/// So few posts are looked up one by one; for more, all posts are gone through in their order.
const FEW: u32 = 500;

const LISTED: &str = "SELECT id, path, title, date, offset, source, read, bookmarked, gone, url FROM post";
const STAMPS: &str = "SELECT path, size, mtime, ctime, inode FROM post";
const ENTRY: &str = "SELECT id, path, title, date, offset, source, read, bookmarked, gone, url, \
                     key, date_from, categories, tags, codes, problems, image FROM post";

impl Catalog {
    /// A number that is another one after another process, but not this one, has written to the catalog.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn others_version(&self) -> Result<i64, CatalogError> {
        Ok(self.db.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// The numbers of all posts that meet the query, in order.
    ///
    /// # Errors
    /// [`CatalogError::Damaged`] or [`CatalogError::Busy`], as every reading method.
    pub fn rows(&self, query: &Query, sort: Sort) -> Result<Vec<RowId>, CatalogError> {
        if (query, sort) == (&Query::All, Sort::Newest)
            && let Some(rows) = self.kept_newest()?
        {
            return Ok(rows);
        }
        self.select(query, sort, None)
    }

    /// The numbers of all posts that have been read, also of those that are gone, in no particular order.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn read_rows(&self) -> Result<Vec<RowId>, CatalogError> {
        let mut statement = self.db.prepare_cached("SELECT id FROM post WHERE read = 1")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first of [`Catalog::rows`].
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn first_rows(&self, query: &Query, sort: Sort, limit: u32) -> Result<Vec<RowId>, CatalogError> {
        self.select(query, sort, Some(limit))
    }

    fn select(&self, query: &Query, sort: Sort, limit: Option<u32>) -> Result<Vec<RowId>, CatalogError> {
        let Select { mut sql, params, sets } = select(query, sort, limit);
        let filed = |set: Set| filed(&self.db, set.values, params_from_iter(set.params));
        let sets = sets.into_iter().map(filed).collect::<rusqlite::Result<Vec<Rows>>>()?;
        let mut is_lasting = true;
        for (number, set) in sets.iter().enumerate().filter(|(_, set)| set.len() <= FEW) {
            let rows: Vec<String> = set.iter().map(|RowId(row)| row.to_string()).collect();
            sql = sql.replace(&filed_term(number), &format!("id IN ({})", rows.join(",")));
            is_lasting = false;
        }
        self.sets.put(sets);
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(params), |row| row.get(0))?;
        let rows = rows.collect::<rusqlite::Result<_>>()?;
        if !is_lasting {
            statement.discard();
        }
        Ok(rows)
    }

    /// The posts that meet a query which asks for nothing but one value of a facet, without an order; `None` for any
    /// other query. To be had in a fraction of the time of [`Catalog::rows`].
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn filed(&self, query: &Query) -> Result<Option<Rows>, CatalogError> {
        match only_set(query) {
            Some(Set { values, params }) => Ok(Some(filed(&self.db, values, params_from_iter(params))?)),
            None => Ok(None),
        }
    }

    /// The list lines of these posts, in the order given; without those that have been removed since.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn listed(&self, rows: &[RowId]) -> Result<Vec<Listed>, CatalogError> {
        let mut statement = self.db.prepare_cached(&format!("{LISTED} WHERE id = ?1"))?;
        let lines = rows.iter().filter_map(|row| statement.query_row([row], listed).optional().transpose());
        Ok(lines.collect::<rusqlite::Result<_>>()?)
    }

    /// All that is known of the post with this number.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn entry(&self, row: RowId) -> Result<Option<Entry>, CatalogError> {
        let mut statement = self.db.prepare_cached(&format!("{ENTRY} WHERE id = ?1"))?;
        Ok(statement.query_row([row], entry).optional()?)
    }

    /// All that is known of the post at this path; of one that is gone only if none is there.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn find(&self, id: &PostId) -> Result<Option<Entry>, CatalogError> {
        for place in ["path = ?1 AND gone = 0", "path = ?1 AND gone = 1 AND bookmarked = 1"] {
            let mut statement = self.db.prepare_cached(&format!("{ENTRY} WHERE {place} LIMIT 1"))?;
            if let Some(entry) = statement.query_row([id.as_str()], entry).optional()? {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// How often each value of the facet occurs, the most frequent first.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn counts(&self, facet: Facet) -> Result<Vec<Count>, CatalogError> {
        let mut statement = self.db.prepare_cached(
            "SELECT value, total, unread, name FROM facet WHERE kind = ?1 AND total > 0 ORDER BY total DESC, value",
        )?;
        let counts = statement.query_map([kind(facet)], count)?;
        Ok(counts.collect::<rusqlite::Result<_>>()?)
    }

    /// The stocks that a part of a query means ([`Query::stocks`]), the most frequent first, at most so many.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn stocks(&self, part: &Query, limit: u32) -> Result<Vec<Count>, CatalogError> {
        let Some(Set { values, mut params }) = stocks(part) else { return Ok(Vec::new()) };
        params.push(limit.into());
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT value, total, unread, name FROM facet WHERE {values} AND total > 0 ORDER BY total DESC, value LIMIT ?"
        ))?;
        let counts = statement.query_map(params_from_iter(params), count)?;
        Ok(counts.collect::<rusqlite::Result<_>>()?)
    }

    /// How many posts, unread posts and bookmarks there are.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn totals(&self) -> Result<Totals, CatalogError> {
        let sql =
            "SELECT total, unread, (SELECT count(*) FROM post WHERE bookmarked = 1) FROM facet WHERE id = 0";
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| {
            Ok(Totals { posts: row.get(0)?, unread: row.get(1)?, bookmarked: row.get(2)? })
        })?)
    }

    /// The stamps of files as they were last read, in the order of the paths, at most so many, from behind a path on.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn stamps_after(
        &self,
        after: Option<&PostId>,
        limit: u32,
    ) -> Result<Vec<(PostId, Stamp)>, CatalogError> {
        let sql = format!("{STAMPS} WHERE gone = 0 AND path > ?1 ORDER BY path LIMIT ?2");
        let mut statement = self.db.prepare_cached(&sql)?;
        // No post has an empty path.
        let stamps = statement.query_map(params![after.map_or("", PostId::as_str), limit], stamp)?;
        Ok(stamps.collect::<rusqlite::Result<_>>()?)
    }

    /// The stamps at these places, as they were last read: of the file there, or of all files below it.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn stamps_at(&self, places: &[PostId]) -> Result<Known, CatalogError> {
        let mut file = self.db.prepare_cached(&format!("{STAMPS} WHERE gone = 0 AND path = ?1"))?;
        // `0` is the character after `/`.
        let below = "WHERE gone = 0 AND path > ?1 || '/' AND path < ?1 || '0'";
        let mut below = self.db.prepare_cached(&format!("{STAMPS} {below}"))?;
        let mut known = Known::default();
        for place in places {
            for statement in [&mut file, &mut below] {
                let stamps = statement.query_map([place.as_str()], stamp)?;
                known.extend(stamps.collect::<rusqlite::Result<Vec<_>>>()?);
            }
        }
        Ok(known)
    }

    /// The git commit that was checked out when the archive was last read whole, as [`Catalog::set_commit`] was told.
    ///
    /// # Errors
    /// As [`Catalog::rows`].
    pub fn commit(&self) -> Result<Option<String>, CatalogError> {
        Ok(self.db.prepare_cached("SELECT commit_id FROM about")?.query_row([], |row| row.get(0))?)
    }
}

fn stamp(row: &Row<'_>) -> rusqlite::Result<(PostId, Stamp)> {
    let stamp = Stamp {
        size: row.get::<_, i64>(1)?.cast_unsigned(),
        mtime: row.get(2)?,
        ctime: row.get(3)?,
        inode: row.get::<_, i64>(4)?.cast_unsigned(),
    };
    Ok((path(row, 0)?, stamp))
}

/// A row of [`LISTED`], or the beginning of one of [`ENTRY`].
fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        row: row.get(0)?,
        id: path(row, 1)?,
        title: safe(row, 2)?,
        date: date(row)?,
        source: optional_text(row, 5)?.map(SafeText::new),
        read: row.get(6)?,
        bookmarked: row.get(7)?,
        gone: row.get(8)?,
        url: optional_text(row, 9)?.and_then(WebUrl::parse),
    })
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let Listed { row: number, id, title, date, source, url, read, bookmarked, gone } = listed(row)?;
    let header = Header {
        id,
        title,
        date,
        source,
        url,
        date_from: date_from(row.get(11)?),
        categories: json(row, 12)?,
        tags: json(row, 13)?,
        codes: json::<Vec<_>>(row, 14)?.into_iter().map(unpacked_code).collect(),
        problems: json(row, 15)?,
        has_image: row.get(16)?,
    };
    Ok(Entry { row: number, key: key(row, 10)?, header, read, bookmarked, gone })
}

/// A row of value, total, unread and name.
fn count(row: &Row<'_>) -> rusqlite::Result<Count> {
    let name = optional_text(row, 3)?.map(SafeText::new);
    Ok(Count { value: safe(row, 0)?, name, total: row.get(1)?, unread: row.get(2)? })
}

pub(super) fn path(row: &Row<'_>, column: usize) -> rusqlite::Result<PostId> {
    Ok(PostId::from(row.get_ref(column)?.as_str()?))
}

fn safe(row: &Row<'_>, column: usize) -> rusqlite::Result<SafeText> {
    Ok(SafeText::new(row.get_ref(column)?.as_str()?))
}

fn optional_text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}

fn date(row: &Row<'_>) -> rusqlite::Result<Option<Timestamp>> {
    let second: Option<i64> = row.get(3)?;
    let offset: Option<i32> = row.get(4)?;
    Ok(second.zip(offset).and_then(|(second, offset)| Timestamp::new(second, offset)))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e)))
}

fn unpacked_code((market, code, name): (u16, SafeText, Option<SafeText>)) -> StockCode {
    StockCode { market: Market(market), code, name }
}

/// The inverse of `date_from as i64`; what no version has written means "nowhere".
fn date_from(number: i64) -> DateFrom {
    [DateFrom::FrontMatter, DateFrom::FileName, DateFrom::Path, DateFrom::Config]
        .into_iter()
        .find(|&from| from as i64 == number)
        .unwrap_or_default()
}
