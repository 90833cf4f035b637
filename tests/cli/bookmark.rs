use crate::world::{Ran, World};
use std::fs;
use std::thread;

const POST: &str = "_posts/2022-06-14-a.md";
const OTHER: &str = "_posts/2022-06-21-b.md";

#[test]
fn what_is_added_is_listed_until_it_is_removed() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", POST, OTHER]).code, 0);
    let listed = world.run(["bookmark", "list", "--json"]).json();
    assert_eq!(listed.len(), 2);
    let first = listed.iter().find(|bookmark| bookmark["id"] == POST).unwrap();
    assert_eq!((&first["title"], &first["source"]), (&"甲公司中标".into(), &"晨报".into()));
    assert_eq!(first["url"], "https://news.example/a/1.html");
    let titles = world.titles(&["--bookmarked"]);
    assert_eq!(titles, ["乙", "甲公司中标"]);
    // By address, and by the path of the file.
    assert_eq!(world.on(["bookmark", "remove", "https://news.example/a/1.html"]).code, 0);
    let path = world.archive().join(OTHER);
    assert_eq!(world.on(["bookmark".as_ref(), "remove".as_ref(), path.as_os_str()]).code, 0);
    assert_eq!(world.run(["bookmark", "list"]).out, "");
    assert_eq!(world.titles(&["--bookmarked"]), [""; 0]);
}

#[test]
fn all_or_nothing_is_added_and_what_is_missing_is_named() {
    let world = World::with_posts();
    world.on(["bookmark", "add", POST, "none.md"]).fails(1, &["none.md"]);
    assert_eq!(world.run(["bookmark", "list"]).out, "");
    world.on(["bookmark", "remove", POST]).fails(1, &[POST, "not bookmarked"]);
    world.on(["bookmark", "remove", "none.md"]).fails(1, &["none.md", "finews bookmark list"]);
}

#[test]
fn a_bookmark_outlives_its_post_and_follows_it() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", POST, OTHER]).code, 0);
    fs::remove_file(world.archive().join(OTHER)).unwrap();
    fs::create_dir(world.archive().join("old_post")).unwrap();
    fs::rename(world.archive().join(POST), world.archive().join("old_post/2022-06-14-a.md")).unwrap();
    let records = world.records(&["--bookmarked"]);
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [OTHER, "old_post/2022-06-14-a.md"]);
    assert_eq!(world.on(["bookmark", "remove", OTHER]).code, 0);
    assert_eq!(world.titles(&["--bookmarked"]), ["甲公司中标"]);
}

#[test]
fn an_export_brings_everything_back_elsewhere() {
    let (here, there) = (World::with_posts(), World::with_posts());
    assert_eq!(here.on(["bookmark", "add", POST, OTHER]).code, 0);
    let file = here.home().join("kept.jsonl");
    let export = here.on(["bookmark".as_ref(), "export".as_ref(), file.as_os_str()]);
    assert_eq!((export.code, export.out.as_str()), (0, ""));
    assert_eq!(here.on(["bookmark", "export"]).out, fs::read_to_string(&file).unwrap());
    let import = there.on(["bookmark".as_ref(), "import".as_ref(), file.as_os_str()]);
    assert_eq!((import.code, import.out.as_str()), (0, "2 added, 0 already there\n"));
    let again = Ran::of(there.command().args(["bookmark", "import"]).pipe_stdin(&file).unwrap());
    assert_eq!((again.code, again.out.as_str()), (0, "0 added, 2 already there\n"));
    assert_eq!(there.titles(&["--bookmarked"]), ["乙", "甲公司中标"]);
}

#[test]
fn lines_of_an_import_that_are_no_bookmark_are_named_and_skipped() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", POST]).code, 0);
    let mut lines = world.run(["bookmark", "export"]).out.into_bytes();
    assert_eq!(world.on(["bookmark", "remove", POST]).code, 0);
    lines.extend(b"no json\n\n\xff\xfe\n{\"key\":1}\n");
    let ran = Ran::of(world.command().args(["bookmark", "import"]).write_stdin(lines));
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 added, 0 already there\n"), "{}", ran.err);
    assert!(
        ran.err.contains("line 2") && ran.err.contains("line 4") && ran.err.contains("line 5"),
        "{}",
        ran.err
    );
    world.run(["bookmark", "import", "/none"]).fails(1, &["/none", "cannot be read"]);
    world.run(["bookmark", "export", "/none/x"]).fails(1, &["/none/x", "cannot be written"]);
}

#[test]
fn nothing_is_lost_when_many_processes_add_at_once() {
    let world = World::new();
    for n in 0..8 {
        world.post(&format!("{n}.md"), format!("# {n}\n"));
    }
    thread::scope(|scope| {
        for n in 0..8 {
            let world = &world;
            scope.spawn(move || {
                let ran = world.on(["bookmark", "add", &format!("{n}.md")]);
                assert_eq!((ran.code, ran.err.as_str()), (0, ""));
            });
        }
    });
    assert_eq!(world.run(["bookmark", "list"]).out.lines().count(), 8);
}
