//! Searching an archive on the disk, however much of it is indexed and whatever became of the index.

use super::*;
use crate::app::Progress;
use crate::config::Paths;
use crate::index::{Extent, Needle, Rank};
use crate::ingest::{Archive, Options};
use crate::post::Timestamp;
use crate::query::{Query, Sort, fold, parse};
use crate::runtime::{Searcher, Sync};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An archive, a home, and the posts that were written.
struct World {
    folder: TempDir,
    library: Library,
    searcher: Searcher,
    posts: BTreeMap<u8, (String, String)>,
    /// Every text is longer than those before: clocks are too coarse to tell edits within a moment apart.
    writes: usize,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("archive")).unwrap();
        let library = open(folder.path());
        Self { folder, library, searcher: Searcher::complete(), posts: BTreeMap::new(), writes: 0 }
    }

    /// Writes a post and brings the catalog up to date.
    fn write(&mut self, name: u8, title: &str, text: &str) {
        self.writes += 1;
        let padding = " ".repeat(self.writes);
        let content = format!("---\ntitle: \"{title}\"\n---\n{text}{padding}\n");
        fs::write(self.path(name), content).unwrap();
        self.posts.insert(name, (title.to_owned(), text.to_owned()));
        sync(&mut self.library);
    }

    fn remove(&mut self, name: u8) {
        if self.posts.remove(&name).is_some() {
            fs::remove_file(self.path(name)).unwrap();
            sync(&mut self.library);
        }
    }

    fn path(&self, name: u8) -> PathBuf {
        self.folder.path().join(format!("archive/{name}.md"))
    }

    /// Indexes at most so many posts.
    fn index(&mut self, most: u32) {
        let lock = self.library.lock_index().unwrap();
        let mut indexing = Indexing::of(&mut self.library, lock, most).unwrap();
        finish(&mut indexing, &mut self.library);
    }

    fn merge(&mut self) {
        let indexed = self.library.ask(|catalog| catalog.contents(0)).unwrap();
        let segments: Vec<_> =
            indexed.segments.iter().map(|&segment| self.library.open_segment(segment).unwrap()).collect();
        let bytes = merge(&segments, |doc| indexed.indexed.is_current(doc.row, doc.version)).unwrap();
        self.library.replace_segments(&indexed.segments, &bytes).unwrap();
    }

    /// Whether the first posts of a list are its beginning.
    fn begins_rightly(&mut self, query: &str, sort: Sort, limit: usize) -> bool {
        let query = parse(query, Timestamp::now()).unwrap();
        let all = self.searcher.find(&mut self.library, &query, sort).unwrap();
        let first = self.searcher.first(&mut self.library, &query, sort, limit).unwrap();
        all.starts_with(&first) && first.len() == all.len().min(limit)
    }

    /// The posts that a query finds.
    fn found(&mut self, query: &str) -> BTreeSet<u8> {
        self.sorted(query, Sort::Newest).into_iter().collect()
    }

    /// The same in order.
    fn sorted(&mut self, query: &str, sort: Sort) -> Vec<u8> {
        let query = parse(query, Timestamp::now()).unwrap();
        let rows = self.searcher.find(&mut self.library, &query, sort).unwrap();
        let names = self.library.ask(|catalog| catalog.listed(&rows)).unwrap();
        names.iter().map(|line| line.id.as_str().trim_end_matches(".md").parse().unwrap()).collect()
    }

    /// The order of relevance, by reading all posts.
    fn expected_ranking(&mut self, query: &str) -> Vec<u8> {
        let mut ranked = self.sorted(query, Sort::Newest);
        let query = parse(query, Timestamp::now()).unwrap();
        let needles: Vec<Needle> =
            query.words().into_iter().map(|term| Needle::spelled(term.spellings())).collect();
        let text = |(title, text): &(String, String)| fold(&format!("{title}\n{text}"));
        let texts: BTreeMap<u8, String> = self.posts.iter().map(|(name, post)| (*name, text(post))).collect();
        let length = |text: &str| u32::try_from(text.len()).unwrap();
        let mut extent = Extent::default();
        for text in texts.values() {
            extent.add(length(text));
        }
        let holders = |needle: &Needle| texts.values().filter(|text| needle.is_in(text)).count();
        let rank = |needle: &Needle| Rank::new(u32::try_from(holders(needle)).unwrap(), extent);
        let ranks: Vec<Rank> = needles.iter().map(rank).collect();
        let score = |name: &u8| -> f64 {
            let text = &texts[name];
            needles
                .iter()
                .zip(&ranks)
                .map(|(needle, rank)| rank.score(needle.count(text), length(text)))
                .sum()
        };
        ranked.sort_by(|one, other| score(other).total_cmp(&score(one)));
        ranked
    }

    /// The posts that meet a query, by reading them all.
    fn expected(&self, query: &str) -> BTreeSet<u8> {
        let query = parse(query, Timestamp::now()).unwrap();
        let posts = self.posts.iter().filter(|(_, (title, text))| meets(&query, title, text));
        posts.map(|(name, _)| *name).collect()
    }

    fn unindexed(&mut self) -> usize {
        self.library.ask(|catalog| catalog.unindexed(u32::MAX)).unwrap().len()
    }

    /// The files of segments.
    fn files(&self) -> Vec<PathBuf> {
        let cache = Paths::under(self.folder.path()).cache;
        let is_segment = |path: &Path| path.extension().is_some_and(|ending| ending == "segment");
        let files = walkdir::WalkDir::new(cache).into_iter().map(|entry| entry.unwrap().into_path());
        files.filter(|path| is_segment(path)).collect()
    }
}

fn open(folder: &Path) -> Library {
    let archive = Archive::open(&folder.join("archive"), Options::default()).unwrap();
    Library::open(archive, &Paths::under(folder)).unwrap()
}

fn sync(library: &mut Library) {
    let mut sync = Sync::whole();
    while sync.step(library).unwrap() != Progress::Done {}
}

fn finish(indexing: &mut Indexing, library: &mut Library) {
    while !indexing.step(library, Duration::from_secs(10)).unwrap() {}
}

fn meets(query: &Query, title: &str, text: &str) -> bool {
    match query {
        Query::All => true,
        Query::And(all) => all.iter().all(|one| meets(one, title, text)),
        Query::Or(any) => any.iter().any(|one| meets(one, title, text)),
        Query::Not(denied) => !meets(denied, title, text),
        Query::Text(term) => [title, text].iter().any(|part| term.is_in(part)),
        Query::Pattern(pattern) => [title, text].iter().any(|part| pattern.is_match(&fold(part))),
        Query::Title(term) => term.is_in(title),
        other => panic!("{other:?}"),
    }
}

#[derive(Clone, Debug)]
enum Step {
    Write(u8, String, String),
    Remove(u8),
    Index(u32),
    Merge,
    Rebuild,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0u8..12, "[甲乙A百佰]{1,3}", "[甲乙丙丁aＡ5五伍發发百佰]{1,9}").prop_map(|(name, title, text)| Step::Write(name, title, text)),
        2 => (0u8..12).prop_map(Step::Remove),
        4 => (0u32..6).prop_map(Step::Index),
        1 => Just(Step::Merge),
        1 => Just(Step::Rebuild),
    ]
}

fn query() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[甲乙丙丁a5發]{1,4}",
        3 => "~[甲丁a5伍百发]{1,4}",
        1 => "title:~?[甲乙a百]",
        1 => "/[甲乙a][.][甲丙]/",
    ];
    word.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|all| format!("({})", all.join(" "))),
            proptest::collection::vec(inner.clone(), 1..3).prop_map(|any| format!("({})", any.join(" OR "))),
            inner.prop_map(|one| format!("-{one}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_found_is_what_reading_every_post_finds(
        steps in proptest::collection::vec((step(), query()), 1..24),
    ) {
        let mut world = World::new();
        for (step, query) in &steps {
            match step {
                Step::Write(name, title, text) => world.write(*name, title, text),
                Step::Remove(name) => world.remove(*name),
                Step::Index(most) => world.index(*most),
                Step::Merge => world.merge(),
                Step::Rebuild => {
                    world.library.rebuild().unwrap();
                    sync(&mut world.library);
                }
            }
            prop_assert_eq!(world.found(query), world.expected(query), "{}", query);
            prop_assert_eq!(world.sorted(query, Sort::Relevance), world.expected_ranking(query), "{}", query);
            for (sort, limit) in
                [(Sort::Newest, 1), (Sort::Oldest, 3), (Sort::Title, 2), (Sort::Relevance, 2)]
            {
                prop_assert!(world.begins_rightly(query, sort, limit), "{}", query);
            }
        }
    }
}

#[test]
fn what_is_most_about_the_words_comes_first() {
    let mut world = World::new();
    let sea = "海风吹过旧码头，".repeat(9);
    world.write(1, "甲", &format!("{sea}霜湾。{sea}"));
    world.write(2, "乙", &format!("霜湾霜湾霜湾，{sea}"));
    world.write(3, "霜湾晨报", &sea);
    world.write(4, "丙", &format!("霜湾，{sea}"));
    world.write(5, "丁", &sea);
    for indexed in [0, 2, 9] {
        world.index(indexed);
        assert_eq!(world.sorted("霜湾", Sort::Relevance), [3, 2, 4, 1], "{indexed}");
        // The rarer word counts more.
        assert_eq!(world.sorted("霜湾 OR 晨报 OR 海风", Sort::Relevance)[0], 3, "{indexed}");
        assert_eq!(world.sorted("-霜湾", Sort::Relevance), [5], "{indexed}");
        assert_eq!(world.sorted("/霜./", Sort::Relevance), world.sorted("霜湾", Sort::Newest), "{indexed}");
    }
    world.write(6, "戊", &format!("霜湾霜湾霜湾，{sea}"));
    world.index(9);
    assert_eq!(world.sorted("霜湾", Sort::Relevance), [3, 6, 2, 4, 1], "the newer of equals first");
    fs::write(&world.files()[0], "").unwrap();
    world.searcher = Searcher::complete();
    assert_eq!(world.sorted("霜湾", Sort::Relevance), [3, 6, 2, 4, 1], "without a damaged segment");
}

#[test]
fn an_edited_post_is_found_by_its_new_text_alone_and_a_removed_one_not_at_all() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾的码头");
    world.index(9);
    assert_eq!((world.found("霜湾"), world.unindexed()), ([1].into(), 0));
    world.write(1, "甲", "海风的码头");
    for unindexed in [1, 0] {
        assert_eq!(world.unindexed(), unindexed);
        assert_eq!((world.found("霜湾"), world.found("海风")), ([].into(), [1].into()));
        world.index(9);
    }
    assert_eq!(world.files().len(), 1, "the segment without a current text is gone");
    world.remove(1);
    assert_eq!(world.found("海风"), [].into());
}

#[test]
fn a_post_that_changes_while_it_is_indexed_is_indexed_again() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾");
    let mut indexing = Indexing::start(&mut world.library).unwrap();
    // The thread may have read either text.
    world.write(1, "甲", "海风");
    finish(&mut indexing, &mut world.library);
    drop(indexing);
    assert_eq!((world.found("霜湾"), world.found("海风")), ([].into(), [1].into()));
    world.index(9);
    assert_eq!((world.unindexed(), world.found("海风")), (0, [1].into()));
}

#[test]
fn whoever_has_taken_a_segment_asks_for_the_next_at_once() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾");
    let mut indexing = Indexing::start(&mut world.library).unwrap();
    assert!(!indexing.step(&mut world.library, Duration::from_secs(10)).unwrap());
    assert!(indexing.progress().0 == 1 && !indexing.is_waiting());
}

#[test]
fn posts_that_have_changed_since_the_synchronisation_are_left_to_the_next() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾");
    world.write(2, "乙", "霜湾");
    fs::write(world.path(1), "# 甲\n\n海风吹过码头。\n").unwrap();
    let mut indexing = Indexing::start(&mut world.library).unwrap();
    finish(&mut indexing, &mut world.library);
    assert_eq!(indexing.progress(), (1, 2));
    drop(indexing);
    assert_eq!((world.unindexed(), world.files().len()), (1, 2), "one more round, which is in vain");
    sync(&mut world.library);
    world.index(9);
    assert_eq!((world.unindexed(), world.found("海风")), (0, [1].into()));
}

#[test]
fn what_becomes_of_a_segment_costs_no_answer() {
    let damage: [fn(&Path); 4] = [
        |file| fs::remove_file(file).unwrap(),
        |file| fs::write(file, "").unwrap(),
        |file| fs::write(file, &fs::read(file).unwrap()[1..]).unwrap(),
        |file| {
            // Only what is read when it is wanted.
            let mut bytes = fs::read(file).unwrap();
            bytes[8] ^= 1;
            fs::write(file, bytes).unwrap();
        },
    ];
    for damage in damage {
        let mut world = World::new();
        world.write(1, "甲", "霜湾的码头");
        world.index(9);
        damage(&world.files()[0]);
        assert_eq!((world.found("霜湾"), world.unindexed()), ([1].into(), 1));
        assert!(world.searcher.wants_index() && !world.searcher.wants_index());
        world.index(9);
        assert_eq!((world.found("霜湾"), world.unindexed(), world.files().len()), ([1].into(), 0, 1));
    }
}

#[test]
fn files_that_nothing_names_are_removed_by_the_next_one_that_indexes() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾");
    world.index(9);
    let file = &world.files()[0];
    fs::copy(file, file.with_file_name("7.segment")).unwrap();
    fs::write(file.with_file_name("8.new"), "unfinished").unwrap();
    world.library.rebuild().unwrap();
    sync(&mut world.library);
    assert_eq!((world.files().len(), world.found("霜湾")), (2, [1].into()));
    world.index(9);
    assert_eq!((world.files().len(), world.found("霜湾")), (1, [1].into()));
    assert!(!world.files()[0].with_file_name("8.new").exists());
}

#[test]
fn one_program_fills_the_index_and_the_other_reads_through() {
    let mut world = World::new();
    world.write(1, "甲", "霜湾");
    let mut other = World { library: open(world.folder.path()), ..World::new() };
    let mut first = Indexing::start(&mut world.library).unwrap();
    let mut second = Indexing::start(&mut other.library).unwrap();
    assert_eq!((first.progress(), second.progress()), ((0, 1), (0, 0)));
    assert!(second.step(&mut other.library, Duration::from_secs(10)).unwrap());
    assert_eq!(other.found("霜湾"), [1].into());
    finish(&mut first, &mut world.library);
    drop(first);
    assert_eq!((other.found("霜湾"), other.unindexed()), ([1].into(), 0));
    assert!(other.library.lock_index().unwrap().is_some());
}

#[test]
fn an_answer_for_somebody_who_waits_is_of_the_newest_posts_until_all_are_indexed() {
    let mut world = World { searcher: Searcher::reading(1), ..World::new() };
    for name in [3, 2] {
        world.write(name, "甲", "霜湾");
    }
    assert_eq!(world.found("霜湾"), [3].into());
    assert!(world.searcher.is_incomplete() && world.searcher.wants_index());
    world.index(9);
    assert_eq!((world.found("霜湾"), world.searcher.wants_index()), ([2, 3].into(), false));
    assert!(!world.searcher.is_incomplete());
}

#[test]
fn many_small_segments_become_one() {
    let mut world = World::new();
    for name in 0..9 {
        world.write(name, "甲", "霜湾");
        world.index(9);
    }
    assert!(world.files().len() < MANY, "{:?}", world.files());
    assert_eq!(world.found("霜湾"), (0..9).collect());
}

#[test]
fn without_a_place_for_an_index_everything_is_read_through() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("archive")).unwrap();
    let mut paths = Paths::under(folder.path());
    // A folder cannot be made where a file is.
    paths.cache = folder.path().join("archive/1.md");
    fs::write(&paths.cache, "---\ntitle: 甲\n---\n霜湾\n").unwrap();
    let archive = Archive::open(&folder.path().join("archive"), Options::default()).unwrap();
    let mut world = World {
        folder,
        library: Library::open(archive, &paths).unwrap(),
        searcher: Searcher::reading(0),
        posts: BTreeMap::new(),
        writes: 0,
    };
    sync(&mut world.library);
    let mut indexing = Indexing::start(&mut world.library).unwrap();
    finish(&mut indexing, &mut world.library);
    assert_eq!((world.found("霜湾"), world.found("海风")), ([1].into(), [].into()));
}

#[test]
fn bookmarks_whose_file_is_gone_are_found_by_their_title() {
    let mut world = World::new();
    world.write(1, "霜湾", "正文");
    world.write(2, "码头", "霜湾");
    world.index(9);
    let entry = world.library.ask(|catalog| catalog.find(&"1.md".into())).unwrap().unwrap();
    let change =
        crate::app::Change { row: entry.row, id: "1.md".into(), mark: crate::app::Mark::Bookmark, on: true };
    world.library.set(&change).unwrap();
    world.remove(1);
    for (query, found) in [
        ("霜湾", &[2][..]),
        ("is:bookmarked 霜湾", &[1]),
        ("is:bookmarked /霜./", &[1]),
        ("is:bookmarked -霜湾", &[]),
        ("is:bookmarked -码头", &[1]),
        ("is:bookmarked OR 霜湾", &[1, 2]),
        ("(is:bookmarked title:码头) OR -码头", &[]),
    ] {
        assert_eq!(world.found(query), found.iter().copied().collect(), "{query}");
    }
    world.write(3, "丙", "霜湾与码头");
    let ranked = world.sorted("霜湾 (is:bookmarked OR 霜湾)", Sort::Relevance);
    assert_eq!(ranked, [1, 2, 3], "the title of a bookmark counts as others do");
}

#[test]
fn segments_that_are_small_or_too_many_are_merged() {
    let segments = |sizes: &[u32]| -> Vec<(SegmentId, u32)> {
        (0..).map(SegmentId).zip(sizes.iter().copied()).collect()
    };
    let chosen = |sizes: &[u32]| to_merge(segments(sizes)).len();
    assert_eq!(chosen(&[10; MANY - 1]), 0);
    assert_eq!(chosen(&[10; MANY]), MANY);
    assert_eq!(chosen(&[SMALL; 20]), 0, "they are large enough");
    assert_eq!(chosen(&[SMALL - 1; 100]), 32, "no more than fit into the largest");
    assert_eq!(chosen(&[SMALL; MOST]), 0);
    assert_eq!(chosen(&[SMALL; MOST + 1]), MANY);
    assert_eq!(chosen(&[2 * SMALL; MOST + 100]), 16);
    assert_eq!(chosen(&[LARGEST / 3; MOST + 1]), 3, "few, where more do not fit");
    let mut sizes = vec![LARGEST; MOST];
    sizes.extend([SMALL; MANY]);
    assert_eq!(
        to_merge(segments(&sizes)).first(),
        Some(&SegmentId(u32::try_from(MOST).unwrap())),
        "the smallest"
    );
}
