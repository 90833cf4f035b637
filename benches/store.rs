//! What the catalog and the shelf cost at 100,000 posts.

#![expect(clippy::unwrap_used, reason = "a benchmark that fails has nothing to go on with")]

use divan::Bencher;
use divan::counter::ItemsCount;
use finews::post::{DateFrom, Header, PostId, SafeText, ShelfKey, Stamp, Timestamp, WebUrl};
use finews::query::{Facet, Query, Sort};
use finews::store::{Batch, Catalog, Change, Shelf};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::tempdir;

const POSTS: u32 = 100_000;
const SOURCES: u32 = 200;

fn main() {
    divan::main();
}

fn header(n: u32) -> Header {
    let source = n * 7919 % SOURCES;
    Header {
        id: PostId::from(
            format!("_posts/2022-01-01-NW20220101{:010}.md", 2_206_000_000 + u64::from(n)).as_str(),
        ),
        title: SafeText::from(format!("第{n}号公告：江州银行拟发行绿色债券 A股三大指数集体收涨").as_str()),
        date: Timestamp::new(1_640_000_000 + i64::from(n) * 900, 8 * 3600),
        date_from: DateFrom::FrontMatter,
        source: Some(SafeText::from(format!("来源{source}").as_str())),
        categories: vec![SafeText::from(format!("laiyuan{source}").as_str())],
        tags: vec![SafeText::from(format!("来源{source}新闻").as_str())],
        url: WebUrl::parse(&format!("http://news.example/share.html?infoCode=NW20220101{n}")),
        codes: Vec::new(),
        has_image: false,
        problems: Vec::new(),
    }
}

fn batches() -> Vec<Batch> {
    let headers: Vec<(Header, Stamp)> = (0..POSTS).map(|n| (header(n), Stamp::default())).collect();
    headers.chunks(2000).map(|chunk| Batch { upserts: chunk.to_vec(), removed: Vec::new() }).collect()
}

fn fill(dir: &Path, batches: &[Batch]) {
    let (mut catalog, _) = Catalog::open(dir, "bench", "bench").unwrap();
    for batch in batches {
        catalog.apply(batch).unwrap();
    }
}

/// A catalog of all posts, every fifth of them read, in cargo's target folder: a static is never dropped, and
/// would leave a temporary folder behind.
static FILLED: LazyLock<PathBuf> = LazyLock::new(|| {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-bench");
    if dir.exists() {
        fs::remove_dir_all(&dir).unwrap();
    }
    let (mut shelf, _) = Shelf::open(&dir.join("shelf"), "bench").unwrap();
    let read = |n| Change::Read(header(n).shelf_key("bench"), true);
    shelf.change((0..POSTS).step_by(5).map(read).collect()).unwrap();
    fill(&dir, &batches());
    Catalog::open(&dir, "bench", "bench").unwrap().0.reconcile(shelf.marks()).unwrap();
    dir
});

fn catalog() -> Catalog {
    Catalog::open(&FILLED, "bench", "bench").unwrap().0
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn fill_in_batches_of_2000(bencher: Bencher<'_, '_>) {
    let batches = batches();
    bencher
        .counter(ItemsCount::new(POSTS))
        .with_inputs(|| tempdir().unwrap())
        .bench_refs(|dir| fill(dir.path(), &batches));
}

#[divan::bench]
fn open_and_list_the_first_50(bencher: Bencher<'_, '_>) {
    LazyLock::force(&FILLED);
    bencher.bench(|| {
        let catalog = catalog();
        catalog.listed(&catalog.first_rows(&Query::All, Sort::Newest, 50).unwrap()).unwrap()
    });
}

#[divan::bench(args = [Sort::Newest, Sort::Oldest, Sort::Title, Sort::Source])]
fn all_rows(bencher: Bencher<'_, '_>, sort: Sort) {
    let catalog = catalog();
    bencher.bench_local(|| catalog.rows(&Query::All, sort).unwrap());
}

#[divan::bench(args = ["unread", "source", "tag", "title", "since", "bookmarked"])]
fn filtered_rows(bencher: Bencher<'_, '_>, filter: &str) {
    let catalog = catalog();
    let query = match filter {
        "unread" => Query::Unread,
        "source" => Query::Source("来源17".into()),
        "tag" => Query::Tag("来源17新闻".into()),
        "title" => Query::Title("77号ａ".into()),
        "since" => Query::Since(Timestamp::new(1_640_000_000 + 90_000 * 900, 0).unwrap()),
        _ => Query::Bookmarked,
    };
    bencher.bench_local(|| catalog.rows(&query, Sort::Newest).unwrap());
}

#[divan::bench(args = Facet::ALL)]
fn counts(bencher: Bencher<'_, '_>, facet: Facet) {
    let catalog = catalog();
    bencher.bench_local(|| catalog.counts(facet).unwrap());
}

#[divan::bench]
fn totals(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    bencher.bench_local(|| catalog.totals().unwrap());
}

#[divan::bench]
fn stamps(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    bencher.bench_local(|| catalog.stamps_after(None, u32::MAX).unwrap());
}

#[divan::bench]
fn reconcile_20_000_marks_that_have_not_changed(bencher: Bencher<'_, '_>) {
    let mut catalog = catalog();
    let (shelf, _) = Shelf::open(&FILLED.join("shelf"), "bench").unwrap();
    bencher.bench_local(|| catalog.reconcile(shelf.marks()).unwrap());
}

#[divan::bench]
fn open_a_shelf_of_20_000_marks(bencher: Bencher<'_, '_>) {
    let folder = FILLED.join("shelf");
    bencher.bench(|| Shelf::open(&folder, "bench").unwrap());
}

#[divan::bench]
fn follow_a_shelf_that_is_quiet(bencher: Bencher<'_, '_>) {
    let (mut shelf, _) = Shelf::open(&FILLED.join("shelf"), "bench").unwrap();
    bencher.bench_local(|| shelf.follow().unwrap());
}

#[divan::bench]
fn toggle_on_the_shelf(bencher: Bencher<'_, '_>) {
    let dir = tempdir().unwrap();
    let (mut shelf, _) = Shelf::open(dir.path(), "bench").unwrap();
    let key = ShelfKey::from("//news.example/share.html?infoCode=NW20220101".to_owned());
    let mut read = false;
    bencher.bench_local(|| {
        read = !read;
        shelf.set_read(&key, read).unwrap();
    });
}

/// The floor: as many bytes, appended and synced, and nothing else.
#[divan::bench]
fn toggle_floor(bencher: Bencher<'_, '_>) {
    let dir = tempdir().unwrap();
    let path = dir.path().join("floor");
    File::create(&path).unwrap();
    bencher.bench_local(|| {
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&[b'x'; 150]).unwrap();
        file.sync_data().unwrap();
    });
}
