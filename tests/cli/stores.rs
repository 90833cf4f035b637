//! Catalogs and journals that are damaged, strange or cannot be written.

use crate::world::{Ran, World};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{FileExt as _, symlink};
use std::path::Path;

const POST: &str = "_posts/2022-06-14-a.md";

#[test]
fn a_damaged_catalog_is_rebuilt_and_said() {
    let world = World::with_posts();
    let listed = world.on(["list"]).out;
    let catalog = World::only(&world.cache(), "db");
    fs::write(&catalog, "no database".repeat(1000)).unwrap();
    let ran = world.on(["list"]);
    assert_eq!((ran.code, &ran.out), (0, &listed));
    ran.says(&["catalog", "damaged", "read anew"]);
    let ran = world.on(["list"]);
    assert_eq!((ran.code, ran.out, ran.err.as_str()), (0, listed, ""));
}

#[test]
fn damage_within_the_catalog_is_survived() {
    let world = World::with_posts();
    for n in 0..300 {
        world.post(&format!("_posts/2021-01-01-{n}.md"), format!("---\ntitle: 第{n}篇\n---\n正文\n"));
    }
    let listed = world.on(["list"]).out;
    let catalog = World::only(&world.cache(), "db");
    let mut bytes = fs::read(&catalog).unwrap();
    for page in bytes.chunks_mut(4096).skip(1) {
        page.iter_mut().step_by(3).for_each(|byte| *byte = !*byte);
    }
    fs::write(&catalog, bytes).unwrap();
    let ran = world.on(["list"]);
    assert_eq!((ran.code, &ran.out), (0, &listed), "{}", ran.err);
    ran.says(&["catalog"]);
}

/// Overwrites the first page of a table.
fn damage(catalog: &Path, table: &str) {
    let db = rusqlite::Connection::open(catalog).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let sql =
        "SELECT (rootpage - 1) * (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = ?1";
    let place: u32 = db.query_row(sql, [table], |row| row.get(0)).unwrap();
    drop(db);
    OpenOptions::new().write(true).open(catalog).unwrap().write_all_at(&[0xaa; 4096], place.into()).unwrap();
}

#[test]
fn damage_that_shows_late_never_gives_a_wrong_answer() {
    let world = World::with_posts();
    let ruin = |table| damage(&World::only(&world.cache(), "db"), table);
    let is_right = |Ran { code, out, err }: Ran, right: &str| {
        (code, out.as_str()) == (0, right) || code == 1 && err.contains("begun anew: `finews sync` fills it")
    };
    for table in
        ["post", "post_newest", "newest", "indexed_text", "segment", "segment_version", "facet", "filed"]
    {
        for command in
            [&["list"][..], &["list", "--sort", "oldest"], &["list", "category:cj"], &["search", "正文"]]
        {
            let right = world.on(command).out;
            let listed = world.on(["list", "--no-sync"]).out;
            ruin(table);
            assert!(is_right(world.on(command), &right), "{table} {command:?}");
            let again = world.on(command);
            assert_eq!((again.code, again.out), (0, right), "{table} {command:?}");
            ruin(table);
            assert_eq!(world.on(["sync"]).code, 0);
            assert!(is_right(world.on(["list", "--no-sync"]), &listed), "{table}");
        }
    }
}

#[test]
fn a_catalog_of_a_newer_version_is_rebuilt() {
    let world = World::with_posts();
    let listed = world.on(["list"]).out;
    let catalog = World::only(&world.cache(), "db");
    rusqlite::Connection::open(&catalog).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let ran = world.on(["list"]);
    assert_eq!((ran.code, &ran.out), (0, &listed));
    ran.says(&["another version (99)"]);
}

#[test]
fn a_cache_that_cannot_be_written_is_done_without() {
    let world = World::with_posts();
    let listed = world.on(["list"]).out;
    fs::remove_dir_all(world.home().join(".cache")).unwrap();
    fs::write(world.home().join(".cache"), "in the way").unwrap();
    let ran = world.on(["list"]);
    assert_eq!((ran.code, &ran.out), (0, &listed));
    ran.says(&[".cache", "going on without"]);
    // The shelf does not need it.
    assert_eq!(world.on(["bookmark", "add", POST]).code, 0);
    assert_eq!(world.run(["bookmark", "list"]).out.lines().count(), 1);
}

#[test]
fn a_damaged_line_of_a_journal_is_reported_and_kept() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", POST]).code, 0);
    let journal = World::only(&world.shelf(), "jsonl");
    OpenOptions::new().append(true).open(&journal).unwrap().write_all(b"{damaged\n").unwrap();
    let ran = world.on(["bookmark", "list"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1));
    ran.says(&["passed over", &format!("{}:2: ", journal.display())]);
    assert_eq!(world.on(["bookmark", "add", "_posts/2022-06-21-b.md"]).code, 0);
    assert_eq!(world.run(["bookmark", "list"]).out.lines().count(), 2);
    assert!(fs::read_to_string(&journal).unwrap().contains("{damaged\n"));
}

#[test]
fn a_journal_that_cannot_be_written_is_an_error_and_nothing_is_lost() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", POST]).code, 0);
    let journal = World::only(&world.shelf(), "jsonl");
    let kept = fs::read(&journal).unwrap();
    // What was kept comes from another device; our own journal is a disk that is full.
    fs::rename(&journal, world.shelf().join("another.jsonl")).unwrap();
    symlink("/dev/full", &journal).unwrap();
    let ran = world.on(["bookmark", "add", "_posts/2022-06-21-b.md"]);
    ran.fails(1, &["not saved"]);
    fs::remove_file(&journal).unwrap();
    assert_eq!(fs::read(world.shelf().join("another.jsonl")).unwrap(), kept);
    assert_eq!(world.run(["bookmark", "list"]).out.lines().count(), 1);
}

#[test]
fn a_shelf_that_cannot_be_read_is_never_taken_for_an_empty_one() {
    let world = World::with_posts();
    fs::create_dir_all(world.shelf().parent().unwrap()).unwrap();
    fs::write(world.shelf(), "in the way").unwrap();
    let ran = world.on(["bookmark", "list"]);
    ran.fails(1, &["shelf"]);
    assert_eq!(ran.err.matches("os error").count(), 1, "{}", ran.err);
    world.on(["bookmark", "add", POST]).fails(1, &["shelf"]);
}

#[test]
fn settings_that_cannot_be_read_are_named() {
    let world = World::with_posts();
    world.on(["--config", "none.toml", "list"]).fails(1, &["none.toml"]);
    let config = world.home().join(".config/finews");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[typeset]\nmax_width = 'wide'\n").unwrap();
    world.on(["list"]).fails(1, &["config.toml", "line 2"]);
    fs::write(config.join("config.toml"), "wdith = 3\n").unwrap();
    for command in [&["list"][..], &["show", POST]] {
        let ran = world.on(command);
        assert!(ran.code == 0 && ran.out.lines().count() >= 3, "{}", ran.out);
        assert_eq!(ran.err.matches("wdith").count(), 1, "{}", ran.err);
        ran.says(&["config.toml", "line 1"]);
    }
}

#[test]
fn without_a_home_it_says_what_to_set() {
    let world = World::with_posts();
    let ran = crate::world::Ran::of(world.command().env_remove("HOME").arg("list"));
    // Where the system knows the user's home by other means, that is as good.
    assert!(ran.code == 0 || ran.err.contains("HOME"), "{}", ran.err);
}
