//! What the catalog's file goes through.

use super::{Batch, Catalog, CatalogError, Opened, RebuildReason};
use crate::post::{
    DateFrom, Header, Market, PostId, Problem, ProblemKind, Stamp, StockCode, Timestamp, WebUrl,
};
use crate::query::{Count, Facet, Query, Sort, parse};
use crate::store::Marks;
use rusqlite::Connection;
use std::fs;
use std::ops::Add as _;
use std::path::Path;
use std::sync::Barrier;
use tempfile::{TempDir, tempdir};

fn header(n: usize) -> Header {
    Header {
        id: PostId::from(format!("_posts/{n:05}.md").as_str()),
        title: "央行：开展1000亿元逆回购".into(),
        date: Timestamp::new(1_600_000_000 + i64::try_from(n).unwrap(), 8 * 3600),
        date_from: DateFrom::FrontMatter,
        source: Some("滚动".into()),
        categories: vec!["roll".into()],
        tags: vec!["滚动新闻".into()],
        url: WebUrl::parse(&format!("http://example.cn/{n}")),
        codes: vec![StockCode { market: Market::SHANGHAI, code: "600519".into(), name: None }],
        has_image: false,
        problems: vec![Problem::new(ProblemKind::BadDate, "+0800")],
    }
}

fn batch(posts: std::ops::Range<usize>) -> Batch {
    Batch { upserts: posts.map(|n| (header(n), Stamp::default())).collect(), removed: Vec::new() }
}

fn filled() -> TempDir {
    let dir = tempdir().unwrap();
    let (mut catalog, opened) = Catalog::open(dir.path(), "a", "a").unwrap();
    assert_eq!(opened, Opened::New);
    catalog.apply(&batch(0..300)).unwrap();
    dir
}

fn count(catalog: &Catalog) -> usize {
    catalog.rows(&Query::All, Sort::Newest).unwrap().len()
}

#[test]
fn what_was_stored_is_there_the_next_time() {
    let dir = filled();
    let (catalog, opened) = Catalog::open(dir.path(), "a", "a").unwrap();
    assert_eq!(opened, Opened::Existing);
    assert_eq!(count(&catalog), 300);
    assert_eq!(catalog.find(&header(7).id).unwrap().unwrap().header, header(7));
}

#[test]
fn a_batch_meets_posts_that_are_there_gone_or_in_it_twice() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    catalog.apply(&batch(0..9)).unwrap();
    let titled = |n: usize, title: &str| (Header { title: title.into(), ..header(n) }, Stamp::default());
    let upserts = vec![titled(4, "甲"), titled(10, "乙"), titled(10, "丙"), titled(2, "丁")];
    catalog.apply(&Batch { upserts, removed: vec![header(4).id, header(7).id] }).unwrap();
    // Far apart, with more between them than they are.
    catalog.apply(&Batch { upserts: vec![titled(10, "戊"), titled(0, "己")], removed: vec![] }).unwrap();
    assert_eq!(count(&catalog), 9);
    for (n, title) in [(4, Some("甲")), (10, Some("戊")), (2, Some("丁")), (0, Some("己")), (7, None)] {
        let found = catalog.find(&header(n).id).unwrap();
        assert_eq!(found.as_ref().map(|post| &*post.header.title), title, "{n}");
    }
    assert_eq!(catalog.totals().unwrap().posts, 9);
}

#[test]
fn the_files_at_a_place_are_those_there_and_below() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    let paths = ["a", "a.md", "a/b.md", "a/b/c.md", "a/新/\u{10ffff}.md", "a0.md", "a-b/c.md", "A/d.md"];
    let upserts = paths.map(|path| (Header { id: path.into(), ..header(0) }, Stamp::default())).to_vec();
    catalog.apply(&Batch { upserts, removed: vec![] }).unwrap();
    for (places, expected) in [
        (&["a"][..], &["a", "a/b.md", "a/b/c.md", "a/新/\u{10ffff}.md"][..]),
        (&["a.md"], &["a.md"]),
        (&["a/b", "a0.md"], &["a/b/c.md", "a0.md"]),
        (&["none", "a/b.md/c"], &[]),
        (&[], &[]),
    ] {
        let places: Vec<PostId> = places.iter().map(|&place| place.into()).collect();
        let mut found: Vec<_> = catalog.stamps_at(&places).unwrap().into_keys().collect();
        found.sort();
        assert_eq!(found, expected.iter().map(|&id| id.into()).collect::<Vec<PostId>>(), "{places:?}");
    }
}

#[test]
fn the_commit_is_kept_until_the_next_one() {
    let dir = filled();
    let open = || Catalog::open(dir.path(), "a", "a").unwrap().0;
    assert_eq!(open().commit().unwrap(), None);
    for commit in ["one", "two"] {
        open().set_commit(commit).unwrap();
        assert_eq!(open().commit().unwrap().as_deref(), Some(commit));
    }
}

#[test]
fn a_catalog_that_is_not_ours_is_made_again() {
    let tamper = |sql: &str| {
        let dir = filled();
        Connection::open(dir.path().join("a.db")).unwrap().execute_batch(sql).unwrap();
        dir
    };
    for (dir, archive, reason) in [
        (tamper("PRAGMA user_version = 99"), "a", RebuildReason::OtherVersion(99)),
        (tamper("PRAGMA user_version = -1"), "a", RebuildReason::OtherVersion(-1)),
        (filled(), "renamed", RebuildReason::OtherArchive),
    ] {
        let (mut catalog, opened) = Catalog::open(dir.path(), "a", archive).unwrap();
        assert_eq!(opened, Opened::Rebuilt(reason));
        assert_eq!(count(&catalog), 0);
        catalog.apply(&batch(0..3)).unwrap();
        drop(catalog);
        assert_eq!(Catalog::open(dir.path(), "a", archive).unwrap().1, Opened::Existing);
    }
}

#[test]
fn a_file_that_is_no_database_is_made_again() {
    for content in [&b"no database at all"[..], &[0xff; 8192], b"SQLite format 3\0"] {
        let dir = tempdir().unwrap();
        fs::write(dir.path().join("a.db"), content).unwrap();
        let (catalog, opened) = Catalog::open(dir.path(), "a", "a").unwrap();
        assert!(matches!(opened, Opened::Rebuilt(RebuildReason::Damaged(_)) | Opened::New), "{opened:?}");
        assert_eq!(count(&catalog), 0);
    }
}

/// Everything the program asks of a catalog.
fn use_all(dir: &Path) -> Result<(), CatalogError> {
    let (mut catalog, _) = Catalog::open(dir, "a", "a")?;
    let rows = catalog.rows(&Query::All, Sort::Newest)?;
    catalog.listed(&rows)?;
    for &row in &rows {
        catalog.entry(row)?;
    }
    catalog.stamps_after(None, u32::MAX)?;
    Facet::ALL.into_iter().try_for_each(|facet| catalog.counts(facet).map(|_| ()))?;
    catalog.totals()?;
    catalog.apply(&batch(100..120))
}

/// Half of all single flipped bytes pass SQLite's own check, so the rule is weaker: an answer or
/// `Damaged`, and after a rebuild all is well.
#[test]
fn a_damaged_page_ends_in_an_answer_or_in_damaged() {
    let dir = filled();
    let path = dir.path().join("a.db");
    let good = fs::read(&path).unwrap();
    let mut damaged = 0;
    for at in (0..good.len()).step_by(good.len() / 97) {
        let mut bad = good.clone();
        bad[at..].iter_mut().take(64).for_each(|byte| *byte ^= 0xff);
        fs::write(&path, bad).unwrap();
        match use_all(dir.path()) {
            Ok(()) => {}
            Err(CatalogError::Damaged(_)) => {
                damaged += 1;
                let mut catalog = Catalog::rebuild(dir.path(), "a", "a").unwrap();
                catalog.apply(&batch(0..10)).unwrap();
                assert_eq!(count(&catalog), 10);
            }
            Err(other) => panic!("flipped at {at}: {other}"),
        }
    }
    assert!(damaged > 10, "only {damaged} were noticed");
}

#[test]
fn a_truncated_file_ends_in_an_answer_or_in_damaged() {
    let dir = filled();
    let path = dir.path().join("a.db");
    let good = fs::read(&path).unwrap();
    for length in (0..good.len()).step_by(good.len() / 23) {
        fs::write(&path, &good[..length]).unwrap();
        let result = use_all(dir.path());
        assert!(matches!(result, Ok(()) | Err(CatalogError::Damaged(_))), "cut at {length}: {result:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_of_one_line() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let error = Catalog::open(&dir.path().join("file/cache"), "a", "a").unwrap_err();
    assert!(matches!(error, CatalogError::Folder { .. }));
    assert_eq!(error.to_string().lines().count(), 1);
}

/// With deferred transactions more than half of these failed when it was measured.
#[test]
fn two_catalogs_on_one_file_write_at_once() {
    let dir = tempdir().unwrap();
    Catalog::open(dir.path(), "a", "a").unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let dir = dir.path();
            scope.spawn(move || {
                let (mut catalog, _) = Catalog::open(dir, "a", "a").unwrap();
                for n in 0..50 {
                    let at = writer * 50 + n;
                    catalog.apply(&batch(at..at + 1)).unwrap();
                    assert!(count(&catalog) > n);
                }
            });
        }
    });
    assert_eq!(count(&Catalog::open(dir.path(), "a", "a").unwrap().0), 200);
}

#[test]
fn many_may_make_or_mend_the_same_catalog_at_once() {
    for found in [None, Some("no database at all")] {
        let dir = tempdir().unwrap();
        if let Some(found) = found {
            fs::write(dir.path().join("a.db"), found).unwrap();
        }
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for n in 0..8 {
                let (dir, start) = (dir.path(), &start);
                scope.spawn(move || {
                    start.wait();
                    Catalog::open(dir, "a", "a").unwrap().0.apply(&batch(n..n + 1)).unwrap();
                });
            }
        });
        assert_eq!(count(&Catalog::open(dir.path(), "a", "a").unwrap().0), 8, "{found:?}");
    }
}

#[test]
fn a_removed_posts_number_never_means_another_post() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    catalog.apply(&batch(0..2)).unwrap();
    let old = catalog.find(&header(1).id).unwrap().unwrap().row;
    catalog.apply(&Batch { upserts: vec![], removed: vec![header(1).id] }).unwrap();
    catalog.apply(&batch(2..4)).unwrap();
    assert_eq!(catalog.entry(old).unwrap(), None);
    assert_eq!(catalog.listed(&[old]).unwrap(), []);
}

#[test]
fn the_common_lists_are_served_by_an_index() {
    let catalog = Catalog::in_memory("a").unwrap();
    for (query, sort) in [
        (Query::All, Sort::Newest),
        (Query::Unread, Sort::Newest),
        (Query::Bookmarked, Sort::Newest),
        (Query::Since(Timestamp::new(0, 0).unwrap()), Sort::Newest),
        (Query::Source("滚动".into()).and(Query::Since(Timestamp::new(0, 0).unwrap())), Sort::Newest),
    ] {
        let select = super::filter::select(&query, sort, None);
        let explain = format!("EXPLAIN QUERY PLAN {}", select.sql);
        let mut statement = catalog.db.prepare(&explain).unwrap();
        let params = rusqlite::params_from_iter(select.params);
        let plan: Vec<String> =
            statement.query_map(params, |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        let plan = plan.join("; ");
        assert!(plan.contains("USING") && !plan.contains("TEMP B-TREE"), "{query:?} {sort:?}: {plan}");
    }
}

#[test]
fn the_dates_of_all_posts_and_their_order_are_in_an_index() {
    let catalog = Catalog::in_memory("a").unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {}", super::facets::DATES);
    let plan: String = catalog.db.query_row(&explain, (0, "", 1), |row| row.get(3)).unwrap();
    assert!(plan.contains("USING COVERING INDEX post_newest (date<"), "{plan}");
    let explain = format!("EXPLAIN QUERY PLAN {}", super::segments::UNINDEXED);
    let plan: String = catalog.db.query_row(&explain, [1], |row| row.get(3)).unwrap();
    assert!(plan.contains("USING COVERING INDEX post_newest"), "{plan}");
}

#[test]
fn what_others_write_is_noticed_and_what_we_write_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let open = || Catalog::open(dir.path(), "key", "a").unwrap().0;
    let (mut ours, mut theirs) = (open(), open());
    let before = ours.others_version().unwrap();
    ours.apply(&batch(0..3)).unwrap();
    assert_eq!(ours.others_version().unwrap(), before);
    theirs.apply(&batch(3..6)).unwrap();
    assert_ne!(ours.others_version().unwrap(), before);
}

#[test]
fn each_version_is_another_one_after_what_it_is_of_has_changed() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    let mut before = catalog.versions().unwrap();
    let mut changed = |catalog: &Catalog| {
        let now = catalog.versions().unwrap();
        let changed = (now.posts != before.posts, now.texts != before.texts, now.marks != before.marks);
        before = now;
        changed
    };
    catalog.apply(&batch(0..3)).unwrap();
    assert_eq!(changed(&catalog), (true, true, false));
    let segment = catalog.next_segment().unwrap();
    catalog.add_segment(segment, 1, &[]).unwrap();
    assert_eq!(changed(&catalog), (false, true, false));
    let marks = Marks::of([(header(1).shelf_key("a"), true, None)]);
    catalog.reconcile(&marks).unwrap();
    assert_eq!(changed(&catalog), (false, false, true));
    catalog.reconcile(&marks).unwrap();
    assert_eq!(changed(&catalog), (false, false, false));
    assert_eq!(catalog.read_rows().unwrap(), [catalog.find(&header(1).id).unwrap().unwrap().row]);
    let other = Catalog::in_memory("a").unwrap().versions().unwrap();
    assert!(other.posts != before.posts && other.texts != before.texts && other.marks != before.marks);
}

#[test]
fn a_pasted_text_of_a_thousand_words_is_a_filter_like_any_other() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    catalog.apply(&batch(0..3)).unwrap();
    let count = |query: &Query| catalog.rows(query, Sort::Newest).unwrap().len();
    assert_eq!(count(&Query::And(vec![Query::Title("央行".into()); 5000])), 3);
    // As many as a text may have, of what takes the most parameters.
    let longest = parse(&"code:600519 | ".repeat(1999).add("央行"), Timestamp::new(0, 0).unwrap()).unwrap();
    assert_eq!(count(&longest), 3);
    let deepest = "-(甲 | ".repeat(50);
    assert_eq!(count(&parse(&deepest.add("甲"), Timestamp::new(0, 0).unwrap()).unwrap()), 0);
}

#[test]
fn a_stock_has_the_first_name_that_a_post_gave_it() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    for (n, name) in [(0, None), (1, Some("贵州茅台")), (2, Some("茅台"))] {
        let code = StockCode { market: Market(106), code: "Moutai".into(), name: name.map(Into::into) };
        let header = Header { codes: vec![code], ..header(n) };
        catalog.apply(&Batch { upserts: vec![(header, Stamp::default())], removed: vec![] }).unwrap();
    }
    let stock = Count { value: "MOUTAI.US".into(), name: Some("贵州茅台".into()), total: 3, unread: 3 };
    let stock = std::slice::from_ref(&stock);
    assert_eq!(catalog.counts(Facet::Stock).unwrap(), stock);
    for (part, expected) in [
        ("code:moutai", stock),
        ("code:moutai.us", stock),
        ("code:州茅", stock),
        ("code:mou", &[]),
        ("source:茅台", &[]),
    ] {
        let part = parse(part, Timestamp::new(0, 0).unwrap()).unwrap();
        assert_eq!(catalog.stocks(&part, 9).unwrap(), expected, "{part}");
        assert_eq!(catalog.stocks(&part, 0).unwrap(), []);
    }
    let like =
        |text: &str| catalog.rows(&Query::Like(Facet::Stock, text.into()), Sort::Newest).unwrap().len();
    assert_eq!((like("茅台"), like("mou"), like("五粮")), (3, 3, 0));
}

/// The text of a query is a parameter, never SQL.
#[test]
fn no_text_can_break_a_query() {
    let mut catalog = Catalog::in_memory("a").unwrap();
    catalog.apply(&batch(0..3)).unwrap();
    for text in ["'", "\"", "%", "_", "\\", "\0", "'; DROP TABLE post; --", "?1", "\u{feff}"] {
        for query in [Query::Title(text.into()), Query::Source(text.into()), Query::Tag(text.into())] {
            assert_eq!(catalog.rows(&query, Sort::Newest).unwrap(), [], "{query:?}");
        }
    }
    assert_eq!(count(&catalog), 3);
}
