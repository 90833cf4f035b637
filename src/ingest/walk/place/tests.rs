use crate::ingest::{Archive, Extent, Found, Options};
use crate::post::{PostId, Stamp};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An archive, and what is known of it without walking through all of it.
struct World {
    folder: TempDir,
    archive: Archive,
    known: BTreeMap<PostId, Stamp>,
}

impl World {
    fn new(files: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            write(&folder.path().join(file), file);
        }
        let archive = Archive::open(folder.path(), Options::default()).unwrap();
        let known = archive.walk().filter_map(post).collect();
        Self { folder, archive, known }
    }

    /// What somebody finds who knows nothing of before.
    fn everything(&self) -> BTreeMap<PostId, Stamp> {
        let archive = Archive::open(self.folder.path(), Options::default()).unwrap();
        archive.walk().filter_map(post).collect()
    }

    fn path(&self, place: &str) -> PathBuf {
        self.archive.root().join(place)
    }

    /// Looks at places. Returns whether that was enough.
    fn look(&mut self, places: &[PathBuf]) -> bool {
        let mut walk = self.archive.look(places.to_vec());
        let found: Vec<(PostId, Stamp)> = walk.by_ref().filter_map(post).collect();
        let Extent::Places(seen) = walk.extent().clone() else {
            self.known = self.archive.walk().filter_map(post).collect();
            return false;
        };
        self.known.retain(|id, _| !seen.iter().any(|place| id == place || id.is_below(place)));
        let mut ids: Vec<_> = found.iter().map(|(id, _)| id).collect();
        ids.dedup();
        assert_eq!(ids.len(), found.len(), "a post was found twice");
        assert!(ids.iter().all(|id| seen.iter().any(|place| *id == place || id.is_below(place))));
        self.known.extend(found);
        true
    }

    fn ids(&self) -> Vec<&str> {
        self.known.keys().map(PostId::as_str).collect()
    }
}

fn post(found: Found) -> Option<(PostId, Stamp)> {
    match found {
        Found::Post { id, stamp } => Some((id, stamp)),
        Found::Trouble { .. } => None,
    }
}

/// Writes a file, with the folders that it needs, unless a file is in the way of one. Returns the first place that
/// was not there before.
fn write(path: &Path, text: &str) -> PathBuf {
    let new = path.ancestors().take_while(|path| path.symlink_metadata().is_err()).last();
    let new = new.unwrap_or(path).to_owned();
    let _ = fs::create_dir_all(path.parent().unwrap());
    let _ = fs::write(path, text);
    new
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
}

#[test]
fn what_has_happened_at_a_place_is_seen_there() {
    let mut world = World::new(&["_posts/a.md", "_posts/b/c.md", "_posts/b/d.md", "_posts/e.md", "about.md"]);
    let step = |world: &mut World, places: &[&str], expected: &[&str]| {
        let places: Vec<PathBuf> = places.iter().map(|place| world.path(place)).collect();
        assert!(world.look(&places), "{places:?}");
        assert_eq!(world.ids(), expected);
        assert_eq!(world.known, world.everything());
    };
    let all = ["_posts/a.md", "_posts/b/c.md", "_posts/b/d.md", "_posts/e.md"];
    step(&mut world, &[], &all);
    write(&world.path("_posts/a.md"), "longer");
    step(&mut world, &["_posts/a.md", "_posts/a.md", "about.md", "_posts/none.md", "no/folder/x.md"], &all);
    fs::rename(world.path("_posts/b"), world.path("_posts/f")).unwrap();
    let all = ["_posts/a.md", "_posts/e.md", "_posts/f/c.md", "_posts/f/d.md"];
    step(&mut world, &["_posts/f", "_posts/b", "_posts/f/c.md"], &all);
    fs::rename(world.path("_posts/f"), world.path("_posts/.hidden")).unwrap();
    step(&mut world, &["_posts/f", "_posts/.hidden"], &["_posts/a.md", "_posts/e.md"]);
    remove(&world.path("_posts/e.md"));
    write(&world.path("_posts/e.md/g.md"), "a folder where a file was");
    step(&mut world, &["_posts/e.md"], &["_posts/a.md", "_posts/e.md/g.md"]);
    symlink("a.md", world.path("_posts/link.md")).unwrap();
    step(&mut world, &["_posts/link.md"], &["_posts/a.md", "_posts/e.md/g.md", "_posts/link.md"]);
}

#[test]
fn a_dated_file_makes_posts_of_its_neighbours_and_takes_them_along() {
    let mut world = World::new(&["_posts/a.md", "notes/b.md", "notes/deep/c.md"]);
    assert_eq!(world.ids(), ["_posts/a.md"]);
    let dated = world.path("notes/2022-01-21-d.md");
    write(&dated, "d");
    assert!(world.look(std::slice::from_ref(&dated)));
    let all = ["_posts/a.md", "notes/2022-01-21-d.md", "notes/b.md", "notes/deep/c.md"];
    assert_eq!(world.ids(), all);
    remove(&dated);
    assert!(world.look(&[dated]));
    assert_eq!(world.ids(), ["_posts/a.md"]);
}

#[test]
fn what_changes_the_rest_of_the_archive_is_not_told_by_a_look_at_places() {
    let elsewhere = tempfile::tempdir().unwrap();
    for (what, make) in [
        (
            "another kind of site",
            (|world| vec![write(&world.path("_posts/a.md"), "a")]) as fn(&World) -> Vec<PathBuf>,
        ),
        ("a link to a folder", |world| {
            symlink(world.path("x"), world.path("y")).unwrap();
            vec![world.path("y")]
        }),
        ("a link to a folder in a new folder", |world| {
            write(&world.path("new/a.md"), "a");
            symlink(world.path("x"), world.path("new/y")).unwrap();
            vec![world.path("new")]
        }),
        ("a place behind a link to a folder", |world| {
            symlink(world.path("x"), world.path("y")).unwrap();
            vec![world.path("y/a.md")]
        }),
        ("the archive itself", |world| vec![world.path("x/a.md"), world.archive.root().to_owned()]),
    ] {
        let mut world = World::new(&["x/a.md"]);
        let places = make(&world);
        assert!(!world.look(&places), "{what}");
    }
    let mut world = World::new(&["x/a.md"]);
    assert!(world.look(&[elsewhere.path().join("a.md")]), "places outside do not count");
    assert_eq!(world.ids(), ["x/a.md"]);
}

#[test]
fn an_archive_whose_folder_is_gone_is_not_an_empty_one() {
    let world = World::new(&["a.md"]);
    let mut walk = world.archive.walk();
    drop(world.folder);
    assert!(walk.by_ref().all(|found| post(found).is_none()));
    assert_eq!(*walk.extent(), Extent::Unclear);
}

#[test]
fn each_folder_is_told_before_it_is_looked_into() {
    let world = World::new(&["a.md", "b/c/d.md", ".git/e.md"]);
    let (sender, told) = std::sync::mpsc::channel();
    let root = world.archive.root().to_owned();
    let telling = move |folder: &Path| {
        // What comes at this moment is found.
        fs::write(folder.join("new.md"), "new").unwrap();
        sender.send(folder.strip_prefix(&root).unwrap().to_owned()).unwrap();
    };
    let mut found: Vec<String> =
        world.archive.walk().telling(telling).filter_map(post).map(|(id, _)| id.to_string()).collect();
    found.sort();
    assert_eq!(found, ["a.md", "b/c/d.md", "b/c/new.md", "b/new.md", "new.md"]);
    assert_eq!(told.iter().collect::<Vec<_>>(), ["", "b", "b/c"].map(PathBuf::from));
}

/// Something that happens to an archive.
#[derive(Clone, Debug)]
enum Deed {
    Write(String, String),
    Remove(String),
    Rename(String, String),
    Link(String),
}

/// Paths that matter in one or another kind of site.
fn path() -> impl Strategy<Value = String> {
    let folder = prop::sample::select(vec!["_posts", "notes", "content", "source", "a", ".x", "themes"]);
    let file = prop::sample::select(vec![
        "x.md",
        "2022-01-21-y.md",
        "z.html",
        "t.txt",
        "_config.yml",
        "hugo.toml",
        "a",
    ]);
    (prop::collection::vec(folder, 0..3), file)
        .prop_map(|(folders, file)| folders.into_iter().chain([file]).collect::<Vec<_>>().join("/"))
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (path(), "[a-z]{0,3}").prop_map(|(path, text)| Deed::Write(path, text)),
        2 => path().prop_map(Deed::Remove),
        2 => (path(), path()).prop_map(|(from, to)| Deed::Rename(parent(&from), parent(&to))),
        2 => (path(), path()).prop_map(|(from, to)| Deed::Rename(from, to)),
        1 => path().prop_map(Deed::Link),
    ]
}

fn parent(path: &str) -> String {
    path.rsplit_once('/').map_or(path, |(parent, _)| parent).to_owned()
}

/// Does it, and returns the places at which something has happened.
fn act(world: &World, deed: &Deed) -> Vec<PathBuf> {
    match deed {
        Deed::Write(path, text) => {
            let path = world.path(path);
            let places = vec![write(&path, text), path.clone()];
            // It may have been written through a link.
            places.into_iter().chain(path.canonicalize()).collect()
        }
        Deed::Remove(path) => {
            remove(&world.path(path));
            vec![world.path(path)]
        }
        Deed::Rename(from, to) => {
            let _ = fs::rename(world.path(from), world.path(to));
            vec![world.path(from), world.path(to)]
        }
        Deed::Link(path) => {
            let _ = symlink("x.md", world.path(path));
            vec![world.path(path)]
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn looking_at_the_places_where_something_happened_is_as_good_as_looking_everywhere(
        first in prop::collection::vec(path(), 0..8),
        deeds in prop::collection::vec(prop::collection::vec(deed(), 1..4), 1..12),
    ) {
        let mut world = World::new(&first.iter().map(String::as_str).collect::<Vec<_>>());
        for burst in deeds {
            let places: Vec<PathBuf> = burst.iter().flat_map(|deed| act(&world, deed)).collect();
            world.look(&places);
            prop_assert_eq!(&world.known, &world.everything(), "after {:?}", burst);
        }
    }
}
