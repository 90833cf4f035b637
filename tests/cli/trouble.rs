//! Archives that are broken, hostile or not there.

use crate::world::World;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};

/// The problems and troubles of the archive; all posts are there all the same.
fn check(world: &World, posts: usize) -> String {
    assert_eq!(world.records(&[]).len(), posts);
    let ran = world.on(["check"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let world = World::new();
    for args in [&["--archive", "none", "list"][..], &["none/at/all"], &["sync", "-a", "none"]] {
        world.run(args).fails(1, &["none", "no such folder"]);
    }
}

#[test]
fn an_empty_folder_is_no_error_but_said() {
    let world = World::new();
    for args in [&["list"][..], &["list", "--json"], &["check"], &["check", "--strict"]] {
        let ran = world.on(args);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""));
        ran.says(&["archive", "no posts", ".md"]);
    }
    assert_eq!(world.on(["sync"]).out, "0 posts: 0 read, 0 removed\n");
}

#[test]
fn a_single_post_is_an_archive_and_any_other_file_is_not() {
    let world = World::with_posts();
    let file = world.post("x.txt", "text");
    let post = world.archive().join("_posts/2022-06-21-b.md");
    assert_eq!(world.run([post]).out, "2022-06-21\t\t乙\t2022-06-21-b.md\n");
    world.run([file]).fails(1, &["x.txt", "neither a folder nor a post", ".md"]);
}

#[test]
fn links_that_are_broken_or_lead_out_are_reported_and_loops_end() {
    let world = World::new();
    world.post("a.md", "# 甲\n");
    world.post("sub/b.md", "# 乙\n");
    symlink(world.archive(), world.archive().join("sub/loop")).unwrap();
    symlink("itself", world.archive().join("itself")).unwrap();
    symlink("nowhere", world.archive().join("broken.md")).unwrap();
    symlink("/etc/passwd", world.archive().join("out.md")).unwrap();
    symlink("a.md", world.archive().join("link.md")).unwrap();
    let problems = check(&world, 3);
    assert!(problems.contains("broken.md: broken link\n"), "{problems}");
    assert!(problems.contains("out.md: link leads out of the archive"), "{problems}");
    assert!(problems.contains("itself: "), "{problems}");
    world.on(["list"]).says(&["finews check"]);
    assert_eq!(world.on(["check", "--strict"]).code, 1);
}

#[test]
fn a_folder_that_cannot_be_read_is_reported() {
    let world = World::new();
    world.post("a.md", "# 甲\n");
    let locked = world.post("locked/b.md", "# 乙\n");
    let (folder, file) = (locked.parent().unwrap(), world.post("c.md", "# 丙\n"));
    fs::set_permissions(folder, Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o000)).unwrap();
    // Root reads everything.
    if File::open(&file).is_err() {
        let problems = check(&world, 2);
        assert!(problems.contains("locked: ") && problems.contains("c.md: cannot be read"), "{problems}");
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn files_that_are_huge_binary_or_no_files_do_not_stop_anything() {
    let world = World::new();
    world.post("a.md", "# 甲\n");
    File::create(world.archive().join("huge.md")).unwrap().set_len(300 << 20).unwrap();
    let noise: Vec<u8> =
        (0..6000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect();
    world.post("binary.md", noise);
    world.post("nothing.md", "");
    let pipe = world.archive().join("pipe.md");
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, kind, rustix::fs::Mode::RUSR, 0).unwrap();
    fs::create_dir(world.archive().join("folder.md")).unwrap();
    let problems = check(&world, 4);
    assert!(problems.contains("huge.md: file too large"), "{problems}");
    assert!(problems.contains("binary.md: binary file"), "{problems}");
    assert!(problems.contains("pipe.md: not a regular file"), "{problems}");
    for post in ["huge.md", "binary.md", "nothing.md"] {
        assert_eq!(world.on(["show", post]).code, 0, "{post}");
    }
    let pipe = world.on(["show", "pipe.md"]);
    assert!(pipe.out.contains("cannot be read: not a regular file"), "{}", pipe.out);
}

#[test]
fn every_name_that_a_file_can_have_is_a_post_that_can_be_shown_and_kept() {
    let world = World::new();
    let long = "长".repeat(80);
    let names: [&[u8]; 10] = [
        b"-rf.md",
        b"--help.md",
        b"a\nb.md",
        b"tab\tx.md",
        b"\xd6\xd0\xce\xc4.md",
        b".md",
        b" .md",
        b"a b?c#d&e.md",
        b"\x1b[31m.md",
        long.as_bytes(),
    ];
    for name in names {
        let name = if name.ends_with(b".md") { name.to_vec() } else { [name, b".md"].concat() };
        let name = world.odd(&name, "# 题\n\n正文\n");
        let shown = world.on(["show".as_ref(), "--".as_ref(), name.as_os_str()]);
        assert!(shown.code == 0 && shown.out.starts_with("题\n"), "{name:?}: {}", shown.err);
        let kept = world.on(["bookmark".as_ref(), "add".as_ref(), "--".as_ref(), name.as_os_str()]);
        assert_eq!(kept.code, 0, "{name:?}: {}", kept.err);
    }
    let records = world.records(&["--bookmarked"]);
    assert_eq!(records.len(), names.len());
    // The id that is printed leads back to the file, whatever its name.
    for record in records {
        let shown = world.on(["show", "--", record["id"].as_str().unwrap()]);
        assert_eq!(shown.code, 0, "{record}: {}", shown.err);
    }
}

#[test]
fn a_post_that_cannot_be_understood_is_still_a_post() {
    let world = World::new();
    let posts: [(&str, &[u8]); 8] = [
        ("2020-01-01-unclosed.md", b"---\ntitle: x\n\ntext"),
        ("2020-01-01-tabs.md", b"---\n\ttitle: x\ntitle: y\n---\ntext"),
        ("2020-01-01-anchors.md", b"---\na: &a [*a]\nb: *c\ntitle: x\n---\ntext"),
        ("2020-01-01-toml.md", b"+++\ntitle = \"x\n+++\ntext"),
        ("2020-01-01-nul.md", b"---\ntitle: x\n---\ntext\0text"),
        ("2020-01-01-utf16.md", b"\xff\xfe-\0-\0-\0"),
        ("2020-01-01-half.md", b"---\ntitle: \xe4\xb8"),
        ("2020-01-01-cr.md", b"---\rtitle: x\r---\rtext"),
    ];
    for (name, bytes) in posts {
        world.post(name, bytes);
    }
    check(&world, posts.len());
    for record in world.records(&[]) {
        assert_ne!(record["title"], "");
        assert_eq!(record["date"], "2020-01-01T00:00:00+00:00");
    }
}
