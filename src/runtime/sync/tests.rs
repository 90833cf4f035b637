use super::*;
use crate::config::Paths;
use crate::ingest::{Archive, Found, Options, Repository};
use crate::query::{Query, Sort};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// An archive with a catalog.
struct World {
    home: TempDir,
    library: Library,
}

impl World {
    /// A folder with these posts, read.
    fn new(posts: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("archive")).unwrap();
        for post in posts {
            write(&home.path().join("archive").join(post), "old");
        }
        let mut world = Self::on(&home.path().join("archive"), home);
        world.run(Sync::whole());
        world
    }

    fn on(archive: &Path, home: TempDir) -> Self {
        let archive = Archive::open(archive, Options::default()).unwrap();
        let library = Library::open(archive, &Paths::under(home.path())).unwrap();
        Self { home, library }
    }

    fn path(&self, place: &str) -> PathBuf {
        self.library.archive().root().join(place)
    }

    /// Synchronises to the end.
    fn run(&mut self, mut sync: Sync) -> Summary {
        while sync.step(&mut self.library).unwrap() != Progress::Done {}
        sync.summary().clone()
    }

    /// The posts with their titles, in the order of their names.
    fn posts(&mut self) -> Vec<String> {
        let rows = self.library.ask(|catalog| catalog.rows(&Query::All, Sort::Newest)).unwrap();
        let lines = self.library.ask(|catalog| catalog.listed(&rows)).unwrap();
        let mut posts: Vec<String> =
            lines.iter().map(|line| format!("{}: {}", line.id, line.title)).collect();
        posts.sort();
        posts
    }

    fn has(&mut self, post: &str) -> bool {
        self.library.ask(|catalog| catalog.find(&post.into())).unwrap().is_some()
    }

    fn commit(&mut self) -> Option<String> {
        self.library.ask(|catalog| catalog.commit()).unwrap()
    }
}

fn write(path: &Path, title: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, format!("# {title}\n")).unwrap();
}

fn modified(path: &Path) -> SystemTime {
    path.metadata().unwrap().modified().unwrap()
}

/// What happens to a folder, where a watch would hear of it, and how many posts must be read for it.
type Scenario = (&'static str, fn(&Path), &'static [&'static str], usize);

/// The clocks of file systems tick some hundred times a second.
fn write_at_the_next_tick(path: &Path, title: &str) {
    let before = modified(path);
    while modified(path) == before {
        write(path, title);
    }
}

const SCENARIOS: [Scenario; 13] = [
    ("nothing", |_| {}, &["a.md"], 0),
    ("a new post", |root| write(&root.join("f.md"), "new"), &["f.md"], 1),
    (
        "an edit of the same size within the same second",
        |root| write_at_the_next_tick(&root.join("a.md"), "new"),
        &["a.md"],
        1,
    ),
    (
        "an edit whose time is set back to what it was",
        |root| {
            let before = modified(&root.join("a.md"));
            write_at_the_next_tick(&root.join("a.md"), "new");
            File::options().write(true).open(root.join("a.md")).unwrap().set_modified(before).unwrap();
        },
        &["a.md"],
        1,
    ),
    (
        "an edit by a clock that is a year behind",
        |root| {
            write(&root.join("a.md"), "new");
            let long_ago = SystemTime::now() - Duration::from_hours(24 * 365);
            File::options().write(true).open(root.join("a.md")).unwrap().set_modified(long_ago).unwrap();
        },
        &["a.md"],
        1,
    ),
    (
        "a file put in the place of another with its time, as editors save",
        |root| {
            let before = modified(&root.join("a.md"));
            write(&root.join(".a.md.tmp"), "new");
            File::options().write(true).open(root.join(".a.md.tmp")).unwrap().set_modified(before).unwrap();
            fs::rename(root.join(".a.md.tmp"), root.join("a.md")).unwrap();
        },
        &[".a.md.tmp", "a.md"],
        1,
    ),
    (
        "a renamed post",
        |root| fs::rename(root.join("a.md"), root.join("z.md")).unwrap(),
        &["a.md", "z.md"],
        1,
    ),
    ("a removed post", |root| fs::remove_file(root.join("a.md")).unwrap(), &["a.md"], 0),
    (
        "two posts that change names",
        |root| {
            fs::rename(root.join("a.md"), root.join("x")).unwrap();
            fs::rename(root.join("b.md"), root.join("a.md")).unwrap();
            fs::rename(root.join("x"), root.join("b.md")).unwrap();
        },
        &["a.md", "b.md", "x"],
        2,
    ),
    ("a renamed folder", |root| fs::rename(root.join("d"), root.join("g")).unwrap(), &["d", "g"], 2),
    ("a removed folder", |root| fs::remove_dir_all(root.join("d")).unwrap(), &["d", "d/e/c.md", "d/b.md"], 0),
    (
        "a file that becomes a folder",
        |root| {
            fs::remove_file(root.join("a.md")).unwrap();
            write(&root.join("a.md/b.md"), "new");
        },
        &["a.md"],
        1,
    ),
    (
        "a folder that becomes a file",
        |root| {
            fs::remove_dir_all(root.join("d")).unwrap();
            write(&root.join("d"), "no post by its name");
            write(&root.join("d.md"), "new");
        },
        &["d", "d.md"],
        1,
    ),
];

#[test]
fn whatever_happens_is_seen_by_a_look_at_the_place_and_by_one_at_everything() {
    const POSTS: [&str; 4] = ["a.md", "b.md", "d/b.md", "d/e/c.md"];
    for (what, happen, heard, read) in SCENARIOS {
        let (mut one, mut other) = (World::new(&POSTS), World::new(&POSTS));
        let look = |world: &World| Sync::at(heard.iter().map(|place| world.path(place)));
        let whole = |_: &World| Sync::whole();
        for (world, sync) in [(&mut one, &look as &dyn Fn(&World) -> Sync), (&mut other, &whole)] {
            happen(world.library.archive().root());
            let summary = world.run(sync(world));
            assert_eq!(summary.read, read, "{what}");
            let archive = Archive::open(world.library.archive().root(), Options::default()).unwrap();
            let mut expected: Vec<String> = archive
                .walk()
                .map(|found| match found {
                    Found::Post { id, .. } => {
                        format!("{id}: {}", archive.read(&id).unwrap().post.header.title)
                    }
                    Found::Trouble { path, message } => panic!("{path}: {message}"),
                })
                .collect();
            expected.sort();
            assert_eq!(world.posts(), expected, "{what}");
            assert_eq!(world.run(Sync::whole()).read, 0, "{what}: the next time");
        }
    }
}

#[test]
fn new_posts_are_counted_but_not_all_of_an_archive_that_was_not_known() {
    let mut world = World::new(&[]);
    write(&world.path("a.md"), "a");
    write(&world.path("b.md"), "b");
    let summary = world.run(Sync::whole());
    assert_eq!((summary.read, summary.added, summary.files), (2, 0, 2));
    write(&world.path("a.md"), "edited");
    write(&world.path("c.md"), "c");
    let summary = world.run(Sync::whole());
    assert_eq!((summary.read, summary.added, summary.files), (2, 1, 3));
    write(&world.path("d.md"), "d");
    assert_eq!(world.run(Sync::at([world.path("d.md")])).added, 1);
}

#[test]
fn a_look_at_a_place_that_concerns_the_rest_becomes_one_at_everything() {
    let mut world = World::new(&["a.md", "about/b.md"]);
    write(&world.path("_posts/c.md"), "now it is a site, and pages are no posts");
    let summary = world.run(Sync::at([world.path("_posts")]));
    assert!(summary.is_whole);
    assert_eq!(world.posts(), ["_posts/c.md: now it is a site, and pages are no posts"]);
}

#[test]
fn what_cannot_be_looked_into_is_not_taken_for_empty() {
    let mut world = World::new(&["a.md"]);
    let root = world.library.archive().root().to_owned();
    let away = world.home.path().join("away");
    fs::rename(&root, &away).unwrap();
    let summary = world.run(Sync::whole());
    assert!(summary.first_trouble().is_some() && !summary.is_whole);
    assert!(world.has("a.md"));
    fs::rename(&away, &root).unwrap();
    assert_eq!(world.run(Sync::whole()).read, 0);
}

/// A library on a repository that was read once.
fn library_on(repository: &Repository) -> World {
    let mut world = World::on(repository.path(), tempfile::tempdir().unwrap());
    world.run(Sync::whole());
    world
}

fn head(repository: &Repository) -> String {
    let archive = Archive::open(repository.path(), Options::default()).unwrap();
    archive.checkout().unwrap().commit().unwrap().as_str().to_owned()
}

#[test]
fn what_was_committed_since_is_read_first_and_then_everything_else() {
    let Some(repository) = Repository::new() else { return };
    for name in ["a", "b", "c"] {
        repository.write(format!("_posts/{name}.md"), "# old\n");
    }
    repository.commit();
    let mut world = library_on(&repository);
    assert_eq!(world.commit(), Some(head(&repository)));

    repository.write("_posts/d.md", "# new\n");
    repository.write("_posts/a.md", "# new\n");
    fs::remove_file(world.path("_posts/b.md")).unwrap();
    repository.commit();
    // Not committed, and after everything else in the order of names.
    repository.write("_posts/zz.md", "# new\n");
    let before = world.commit();
    let mut sync = Sync::whole();
    while !world.has("_posts/d.md") {
        assert_ne!(sync.step(&mut world.library).unwrap(), Progress::Done);
    }
    assert_eq!(world.posts(), ["_posts/a.md: new", "_posts/c.md: old", "_posts/d.md: new"]);
    drop(sync);
    assert_eq!(world.commit(), before, "it did not end");

    let summary = world.run(Sync::whole());
    assert_eq!((summary.read, summary.added, summary.files), (1, 1, 4));
    assert!(world.has("_posts/zz.md"));
    assert_eq!(world.commit(), Some(head(&repository)));
}

#[test]
fn a_checkout_that_writes_every_file_anew_is_read_anew_and_right() {
    let Some(repository) = Repository::new() else { return };
    repository.write("_posts/a.md", "# one\n");
    repository.commit();
    repository.git(&["branch", "one"]);
    repository.write("_posts/a.md", "# two\n");
    repository.write("_posts/b.md", "# two\n");
    repository.commit();
    repository.git(&["branch", "two"]);
    let mut world = library_on(&repository);
    for (branch, expected) in
        [("one", &["_posts/a.md: one"][..]), ("two", &["_posts/a.md: two", "_posts/b.md: two"])]
    {
        repository.git(&["checkout", "--quiet", branch]);
        world.run(Sync::whole());
        assert_eq!(world.posts(), expected);
        assert_eq!(world.commit(), Some(head(&repository)));
    }
    // The same commit in other files.
    let posts = world.posts();
    fs::remove_dir_all(world.path("_posts")).unwrap();
    repository.git(&["checkout", "--quiet", "."]);
    assert_eq!(world.run(Sync::whole()).read, 2);
    assert_eq!(world.posts(), posts);
}

#[test]
fn a_commit_that_git_does_not_know_does_no_harm() {
    let Some(repository) = Repository::new() else { return };
    repository.write("_posts/a.md", "# a\n");
    repository.commit();
    let mut world = library_on(&repository);
    for unknown in ["1".repeat(40), "--output=x".to_owned()] {
        world.library.ask(|catalog| catalog.set_commit(&unknown)).unwrap();
        repository.write(format!("_posts/{}.md", unknown.len()), "# b\n");
        assert_eq!(world.run(Sync::whole()).read, 1);
        assert_eq!(world.commit(), Some(head(&repository)));
    }
}

#[test]
fn a_catalog_that_is_begun_anew_meanwhile_is_filled_whole() {
    let mut world = World::new(&["a.md", "b.md"]);
    let mut sync = Sync::at([world.path("a.md")]);
    sync.step(&mut world.library).unwrap();
    world.library.rebuild().unwrap();
    let summary = world.run(sync);
    assert_eq!((summary.read, summary.files), (2, 2));
}
