use super::fixture::{Repository, git};
use super::*;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::Duration;

fn checkout(folder: &Path) -> Checkout {
    Checkout::of(&folder.canonicalize().unwrap()).unwrap()
}

fn commit(folder: &Path) -> Commit {
    checkout(folder).commit().unwrap()
}

/// What has changed since a commit, from a folder on, in order.
fn changed(folder: &Path, since: &Commit) -> Vec<PathBuf> {
    let (root, checkout) = (folder.canonicalize().unwrap(), checkout(folder));
    let places = checkout.changed(since, &checkout.commit().unwrap()).unwrap();
    let mut places: Vec<PathBuf> =
        places.iter().map(|path| path.strip_prefix(&root).unwrap().to_owned()).collect();
    places.sort();
    places
}

fn paths<const N: usize>(paths: [&str; N]) -> Vec<PathBuf> {
    paths.map(PathBuf::from).to_vec()
}

#[test]
fn posts_that_came_went_or_changed_are_named_whatever_they_are_called() {
    let Some(repository) = Repository::new() else { return };
    for file in ["kept.md", "edited.md", "gone.md", "old/moved.md", "picture.png", "a/b.md"] {
        repository.write(file, file);
    }
    repository.commit();
    let before = commit(repository.path());
    repository.write("edited.md", "edited");
    repository.write("picture.png", "edited");
    repository.write("新 \"闻\"\n\t.md", "new");
    repository.write("-rf.md", "new");
    fs::remove_file(repository.path().join("gone.md")).unwrap();
    fs::rename(repository.path().join("old"), repository.path().join("new")).unwrap();
    fs::remove_dir_all(repository.path().join("a")).unwrap();
    repository.write("a.md/b.md", "a folder that is called like a post");
    repository.commit();
    let odd = OsStr::from_bytes(b"\xd0\xc2.md");
    let named_oddly = fs::write(repository.path().join(odd), "new").is_ok();
    repository.commit();
    let mut expected = paths([
        "-rf.md",
        "a.md/b.md",
        "a/b.md",
        "edited.md",
        "gone.md",
        "new/moved.md",
        "old/moved.md",
        "新 \"闻\"\n\t.md",
    ]);
    if named_oddly {
        expected.push(odd.into());
    }
    expected.sort();
    assert_eq!(changed(repository.path(), &before), expected);
    let now = commit(repository.path());
    assert_eq!(changed(repository.path(), &now), paths([]));
}

#[test]
fn an_archive_may_be_a_folder_of_the_work_tree_and_a_submodule() {
    let (Some(repository), Some(other)) = (Repository::new(), Repository::new()) else { return };
    repository.write("site/_posts/a.md", "a");
    repository.write("about.md", "a");
    repository.commit();
    other.write("x.md", "x");
    other.commit();
    let posts = repository.path().join("site/_posts");
    let before = commit(&posts);
    repository.write("site/_posts/a.md", "b");
    repository.write("about.md", "b");
    repository.git(&["submodule", "--quiet", "add", other.path().to_str().unwrap(), "site/_posts/other"]);
    symlink("a.md", posts.join("link")).unwrap();
    repository.commit();
    assert_eq!(changed(&posts, &before), paths(["a.md", "link", "other"]));
    // A submodule has commits of its own.
    let module = posts.join("other");
    assert_eq!(commit(&module), commit(other.path()));
    other.write("y.md", "y");
    other.commit();
    let before = commit(&module);
    assert!(git(&module, &["pull", "--quiet"]));
    assert_eq!(changed(&module, &before), paths(["y.md"]));
}

#[test]
fn without_an_answer_there_is_none() {
    let Some(repository) = Repository::new() else { return };
    let checkout = checkout(repository.path());
    assert_eq!(checkout.commit(), None, "nothing is committed yet");
    repository.write("a.md", "a");
    repository.commit();
    let now = checkout.commit().unwrap();
    let unknown = Commit::parse(&"1".repeat(40)).unwrap();
    assert_eq!(checkout.changed(&unknown, &now), None);
    for program in ["no-git-of-this-name", "false"] {
        let git = Git { program: program.into(), ..Git::default() };
        assert_eq!(Checkout { git, ..checkout.clone() }.commit(), None, "{program}");
    }
    // A repository that is damaged.
    fs::write(repository.path().join(".git/HEAD"), "nothing that git knows").unwrap();
    assert_eq!(checkout.commit(), None);
}

#[test]
fn a_folder_without_a_work_tree_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Checkout::of(folder.path()).is_none());
    if git(folder.path(), &["init", "--quiet", "--bare"]) {
        assert!(Checkout::of(folder.path()).is_none(), "a bare repository");
    }
}

/// A program in the place of git.
fn program(folder: &Path, lines: &str, patience: Duration) -> Git {
    let path = folder.join("git");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    Git { program: path.into(), patience }
}

#[test]
fn a_git_that_hangs_is_not_waited_for_and_one_that_fails_late_has_said_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let run = |lines: &str, patience| program(folder.path(), lines, patience).run(folder.path(), &[]);
    let (long, short) = (Duration::from_mins(1), Duration::from_millis(10));
    assert_eq!(run("exec tail -f /dev/null", short), None);
    assert_eq!(run("echo a; exec tail -f /dev/null", short), None);
    assert_eq!(run("echo a; exit 1", long), None);
    assert_eq!(run("echo a; echo b >&2", long).as_deref(), Some(&b"a\n"[..]));
}

#[test]
fn a_repository_cannot_make_git_run_its_programs() {
    let Some(repository) = Repository::new() else { return };
    repository.write("a.md", "a");
    repository.write(".gitattributes", "*.md diff=evil filter=evil\n");
    repository.commit();
    let before = commit(repository.path());
    repository.write("a.md", "b");
    repository.commit();
    let trap = repository.path().join("trap");
    let run = format!("touch '{}'", trap.display());
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
    ] {
        repository.git(&["config", key, &run]);
    }
    // What is missing would be fetched, by a program that the address names.
    for (key, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &format!("ext::touch {}", trap.display())),
        ("protocol.ext.allow", "always"),
    ] {
        repository.git(&["config", key, value]);
    }
    assert_eq!(changed(repository.path(), &before), paths(["a.md"]));
    let checkout = checkout(repository.path());
    let unknown = Commit::parse(&"1".repeat(40)).unwrap();
    assert_eq!(checkout.changed(&unknown, &checkout.commit().unwrap()), None);
    assert!(!trap.exists());
}

#[test]
fn only_ids_are_commits() {
    for (id, expected) in [("0".repeat(40), true), ("aF".repeat(32), true), ("0".repeat(39), false)] {
        assert_eq!(Commit::parse(&id).is_some(), expected, "{id}");
    }
    assert_eq!(Commit::parse(&format!("--output={}", "0".repeat(31))), None);
}
