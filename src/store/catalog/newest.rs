//! The order of all posts, kept so that a start need not work it out.

use super::filter::select;
use super::{Catalog, CatalogError};
use crate::query::{Query, RowId, Sort};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

impl Catalog {
    /// Keeps the order of all posts, newest first, for the next time that it is asked for. To be called when nothing is
    /// expected to change soon.
    ///
    /// # Errors
    /// Nothing is changed when it fails.
    pub fn keep_newest(&mut self) -> Result<(), CatalogError> {
        if self.kept_newest()?.is_some() {
            return Ok(());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("DELETE FROM newest", [])?;
        let sql = select(&Query::All, Sort::Newest, None).sql;
        let rows: Vec<RowId> =
            tx.prepare_cached(&sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let rows: Vec<u8> = rows.into_iter().flat_map(|RowId(row)| row.to_le_bytes()).collect();
        tx.execute("INSERT INTO newest SELECT posts, ?1 FROM about", params![rows])?;
        Ok(tx.commit()?)
    }

    /// The order that was kept, unless posts have changed since.
    pub(super) fn kept_newest(&self) -> Result<Option<Vec<RowId>>, CatalogError> {
        let sql = "SELECT rows FROM newest JOIN about USING (posts)";
        let kept = self.db.prepare_cached(sql)?.query_row([], |row| {
            let rows = row.get_ref(0)?.as_blob()?.as_chunks().0;
            Ok(rows.iter().map(|row| RowId(u32::from_le_bytes(*row))).collect())
        });
        Ok(kept.optional()?)
    }
}
