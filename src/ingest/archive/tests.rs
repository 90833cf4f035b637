use super::*;
use crate::post::ProblemKind;
use std::fs;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

/// A folder with these files, each holding its own path.
fn folder(files: &[&str]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in files {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("# {file}\n")).unwrap();
    }
    dir
}

fn pipe(path: &Path) {
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
}

fn open(path: &Path) -> Archive {
    Archive::open(path, Options::default()).unwrap()
}

fn posts(archive: &Archive) -> Vec<String> {
    let mut ids: Vec<String> = archive
        .walk()
        .filter_map(|found| match found {
            Found::Post { id, .. } => Some(id.to_string()),
            Found::Trouble { .. } => None,
        })
        .collect();
    ids.sort();
    ids
}

fn troubles(archive: &Archive) -> Vec<String> {
    let mut troubles: Vec<String> = archive
        .walk()
        .filter_map(|found| match found {
            Found::Post { .. } => None,
            Found::Trouble { path, message } => Some(format!("{path}: {message}")),
        })
        .collect();
    troubles.sort();
    troubles
}

#[test]
fn each_kind_of_site_gives_its_posts_and_not_its_pages() {
    for (files, expected) in [
        (
            "README.md index.html about.md 404.html _posts/2022-01-21-a.md _posts/deep/b.MARKDOWN _posts/.md old_post/x.md \
             _notes/n.md archive/2020-01-01-c.md archive/more/d.md _layouts/post.html _includes/x.html _site/a.html \
             node_modules/x/README.md vendor/x.md .git/x.md _drafts/e.md docs/page.md assets/2022-01-01-x.html",
            "_notes/n.md _posts/.md _posts/2022-01-21-a.md _posts/deep/b.MARKDOWN archive/2020-01-01-c.md archive/more/d.md \
             old_post/x.md",
        ),
        (
            "README.md source/_posts/a.md source/_posts/zh/b.md source/_drafts/c.md source/about/index.md \
             themes/next/README.md public/a.html scaffolds/post.md node_modules/hexo/README.md",
            "source/_posts/a.md source/_posts/zh/b.md",
        ),
        (
            "README.md hugo.toml content/_index.md content/zh/post/a/index.md content/b.Rmd layouts/x.html themes/t/x.md \
             public/b.html static/x.html",
            "content/_index.md content/b.Rmd content/zh/post/a/index.md",
        ),
        (
            "README.md docs/issue-1.md sources/tech/a.md x.htm .obsidian/x.md node_modules/y.md a.txt content/c.md public/d.md",
            "README.md content/c.md docs/issue-1.md public/d.md sources/tech/a.md x.htm",
        ),
        ("_config.yml index.md life/_posts/2022-01-01-a.md", "life/_posts/2022-01-01-a.md"),
    ] {
        let dir = folder(&files.split_whitespace().collect::<Vec<_>>());
        assert_eq!(
            posts(&open(dir.path())).join(" "),
            expected.split_whitespace().collect::<Vec<_>>().join(" ")
        );
    }
}

#[test]
fn drafts_are_posts_only_when_asked_for() {
    for files in [
        ["_posts/a.md", "_drafts/b.md"],
        ["source/_posts/a.md", "source/_drafts/b.md"],
        ["a.md", "x/_drafts/b.md"],
    ] {
        let dir = folder(&files);
        assert_eq!(posts(&open(dir.path())).len(), 1);
        assert_eq!(posts(&Archive::open(dir.path(), Options { drafts: true }).unwrap()).len(), 2);
    }
}

#[test]
fn the_folder_of_posts_itself_can_be_opened() {
    let dir = folder(&["blog/_posts/README.md", "blog/_posts/x/y.md", "blog/old_post/z.md"]);
    fs::write(dir.path().join("blog/_config.yml"), "title: x\ntimezone: Asia/Shanghai\n").unwrap();
    let archive = open(&dir.path().join("blog/_posts"));
    assert_eq!(posts(&archive), ["README.md", "x/y.md"]);
    assert_eq!(archive.site().kind, SiteKind::Jekyll);
    assert_eq!(archive.site().zone.iana_name(), Some("Asia/Shanghai"));
    assert_eq!(posts(&open(&dir.path().join("blog/old_post"))), ["z.md"]);
}

#[test]
fn the_zone_is_read_from_any_configuration() {
    for (file, text) in [
        ("_config.yml", "timezone: 'Asia/Tokyo'\nbad: a: b"),
        ("hugo.toml", "timeZone = \"Asia/Tokyo\""),
        ("config.json", "{\"timeZone\": \"Asia/Tokyo\"}"),
        ("config/_default/hugo.yaml", "timeZone: Asia/Tokyo"),
    ] {
        let dir = folder(&["content/a.md", file]);
        fs::write(dir.path().join(file), text).unwrap();
        assert_eq!(open(dir.path()).site().zone.iana_name(), Some("Asia/Tokyo"), "{file}");
    }
}

#[test]
fn an_archive_is_called_by_what_tells_it_from_others() {
    let dir = folder(&["finews/_posts/a.md", "blog site/source/_posts/a.md"]);
    for (path, name) in [
        ("finews", "finews"),
        ("finews/_posts", "finews"),
        ("finews/_posts/a.md", "finews"),
        ("blog site/source/_posts", "blog site"),
    ] {
        assert_eq!(open(&dir.path().join(path)).name(), name);
    }
    let keys: Vec<String> =
        ["finews", "finews/_posts", "finews/_posts/a.md", "blog site", "blog site/../finews"]
            .iter()
            .map(|path| open(&dir.path().join(path)).key())
            .collect();
    assert_eq!(keys.first(), keys.last());
    assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    assert!(keys.iter().all(|key| key.chars().all(|c| c.is_alphanumeric() || c == '-')), "{keys:?}");
}

#[test]
fn any_file_name_is_a_post_that_can_be_read() {
    let long = format!("{}.md", "长".repeat(80));
    let names: [&OsStr; 7] = [
        ".md".as_ref(),
        "-rf.md".as_ref(),
        "a b .md".as_ref(),
        "\u{1b}[31m.md".as_ref(),
        "a\nb.md".as_ref(),
        OsStr::from_bytes(b"\xbb\xa6\xd6\xb8\xca\xd5\xd5\xc7.md"),
        long.as_ref(),
    ];
    let dir = tempfile::tempdir().unwrap();
    for name in names {
        fs::write(dir.path().join(name), "").unwrap();
    }
    let archive = open(dir.path());
    let mut titles = Vec::new();
    for found in archive.walk() {
        let Found::Post { id, stamp } = found else { panic!("{found:?}") };
        let read = archive.read(&id).unwrap();
        assert_eq!(read.stamp, stamp);
        titles.push(read.post.header.title.to_string());
    }
    assert_eq!(titles.len(), names.len());
    assert!(titles.contains(&"沪指收涨".to_owned()), "{titles:?}");
}

#[test]
fn links_are_followed_inside_the_archive_only_and_loops_end() {
    let dir = folder(&["in/a/x.md", "in/b/y.md", "in/.store/z.md", "out/secret.md"]);
    let root = dir.path().join("in");
    symlink("../a", root.join("b/loop")).unwrap();
    symlink("../b", root.join("a/loop")).unwrap();
    symlink("..", root.join("a/up")).unwrap();
    symlink(".store", root.join("shown")).unwrap();
    symlink("a/x.md", root.join("again.md")).unwrap();
    symlink("../out", root.join("away")).unwrap();
    symlink("../out/secret.md", root.join("secret.md")).unwrap();
    symlink("nowhere", root.join("broken.md")).unwrap();
    symlink("self.md", root.join("self.md")).unwrap();
    let archive = open(&root);
    assert_eq!(posts(&archive), ["a/x.md", "again.md", "b/y.md", "shown/z.md"]);
    let troubles = troubles(&archive);
    assert_eq!(troubles.len(), 4, "{troubles:?}");
    for id in [
        "secret.md",
        "away/secret.md",
        "../out/secret.md",
        "/etc/passwd",
        "",
        "a/../../out/secret.md",
        "broken.md",
    ] {
        // Of posts of the same folder, the first and the later ones are read in two ways.
        for id in [id, "again.md", id, "again.md"] {
            match archive.read(&PostId::from(id)) {
                Ok(read) => assert_eq!((id, &*read.post.body.text), ("again.md", "# in/a/x.md")),
                Err(error) => assert!(id != "again.md" && matches!(error, ReadError::NotFound(_)), "{id}"),
            }
        }
    }
    assert!(archive.read(&PostId::from("shown/z.md")).is_ok());
}

#[test]
fn a_folder_of_posts_that_is_a_link_out_of_the_archive_is_not_passed_over_in_silence() {
    let dir = folder(&["in/_posts/a.md", "out/b.md"]);
    symlink("../out", dir.path().join("in/_news")).unwrap();
    symlink("../out", dir.path().join("in/node_modules")).unwrap();
    assert_eq!(
        troubles(&open(&dir.path().join("in"))),
        ["_news: link leads out of the archive, not followed"]
    );
}

#[test]
fn a_walk_without_stamps_finds_the_same() {
    let dir = folder(&["a.md", "b/c.md"]);
    symlink("b", dir.path().join("d")).unwrap();
    symlink("a.md", dir.path().join("e.md")).unwrap();
    symlink("nowhere", dir.path().join("f.md")).unwrap();
    pipe(&dir.path().join("g.md"));
    let archive = open(dir.path());
    let bare = || {
        let mut walk = archive.walk();
        walk.forgo_stamps();
        walk
    };
    let unstamped = |found| match found {
        Found::Post { id, .. } => Found::Post { id, stamp: Stamp::default() },
        Found::Trouble { .. } => found,
    };
    let found: Vec<Found> = bare().map(unstamped).collect();
    assert_eq!(found, archive.walk().map(unstamped).collect::<Vec<_>>());
    let has_none = |found| matches!(found, Found::Post { stamp, .. } if stamp == Stamp::default());
    assert!(bare().any(has_none) && !archive.walk().any(has_none));
}

#[test]
fn a_pipe_called_like_a_post_is_trouble_and_not_waited_for() {
    let dir = folder(&["a.md"]);
    pipe(&dir.path().join("pipe.md"));
    let archive = open(dir.path());
    assert_eq!((posts(&archive).len(), troubles(&archive).len()), (1, 1));
    let read = archive.read(&PostId::from("pipe.md")).unwrap();
    assert_eq!(read.post.header.problems.first().unwrap().kind, ProblemKind::Unreadable);
    assert_eq!(&*read.post.header.title, "pipe");
}

#[test]
fn a_single_post_is_an_archive_of_one() {
    let dir = folder(&["a.md", "b.md", "c.txt"]);
    let archive = open(&dir.path().join("a.md"));
    assert_eq!(posts(&archive), ["a.md"]);
    assert_eq!(&*archive.read(&PostId::from("a.md")).unwrap().post.header.title, "a.md");
}

#[test]
fn what_cannot_be_opened_is_said_clearly() {
    let dir = folder(&["c.txt"]);
    let error =
        |name: &str| Archive::open(&dir.path().join(name), Options::default()).unwrap_err().to_string();
    assert!(error("missing").contains("no such folder"), "{}", error("missing"));
    assert!(error("c.txt").contains("neither a folder nor a post file"), "{}", error("c.txt"));
}

#[test]
fn a_file_that_is_gone_is_not_found() {
    let dir = folder(&["a.md"]);
    let archive = open(dir.path());
    fs::remove_file(dir.path().join("a.md")).unwrap();
    assert!(matches!(archive.read(&PostId::from("a.md")), Err(ReadError::NotFound(_))));
}

#[test]
fn a_changed_file_has_another_stamp() {
    let dir = folder(&["a.md"]);
    let archive = open(dir.path());
    let before = archive.read(&PostId::from("a.md")).unwrap().stamp;
    fs::write(dir.path().join("a.md"), "# longer than before\n").unwrap();
    assert_ne!(archive.read(&PostId::from("a.md")).unwrap().stamp, before);
}

#[test]
fn the_sample_has_one_fault_and_that_is_on_purpose() {
    let archive = Archive::sample();
    let ids = posts(&archive);
    assert!(!ids.is_empty());
    for id in ids {
        let read = archive.read(&PostId::from(id.as_str())).unwrap();
        let problems: Vec<_> = read.post.header.problems.iter().map(|problem| problem.kind).collect();
        let on_purpose = id.contains("NW202410313224608815");
        let expected: &[ProblemKind] = if on_purpose { &[ProblemKind::FrontMatterRepaired] } else { &[] };
        assert_eq!(problems, expected, "{id}");
    }
    assert!(archive.read(&PostId::from("missing.md")).is_err());
}

/// The real posts are not part of the project; this runs where they lie beside it.
#[test]
fn every_post_of_the_real_archive_is_read() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/finews");
    let corpus = std::env::var_os("FINEWS_CORPUS").map_or_else(beside, PathBuf::from);
    if !corpus.is_dir() {
        return;
    }
    let archive = open(&corpus);
    let ids = posts(&archive);
    assert_eq!(ids.len(), 41);
    let headers: Vec<_> =
        ids.iter().map(|id| archive.read(&PostId::from(id.as_str())).unwrap().post).collect();
    assert_eq!(headers.iter().filter(|post| !post.header.problems.is_empty()).count(), 1);
    assert_eq!(headers.iter().filter(|post| post.header.url.is_none()).count(), 2);
    assert!(headers.iter().all(|post| post.header.source.is_some() && post.header.date.is_some()));
    assert!(headers.iter().all(|post| !post.body.text.contains("[返回") && !post.body.text.ends_with('>')
        || post.body.text.ends_with("</p>")));
    let faulty = headers.iter().find(|post| post.header.id.as_str().contains("/-2022")).unwrap();
    let kinds: Vec<_> = faulty.header.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::NoTitle, ProblemKind::BadDate]);
    assert_eq!(faulty.header.date.unwrap().date(), "2022-05-26");
}

#[test]
fn a_folder_that_goes_while_others_are_walked_is_no_trouble() {
    let dir = folder(&["a/x.md", "b/x.md", "c/x.md"]);
    let mut walk = open(dir.path()).walk();
    assert!(walk.next().is_some());
    for name in ["a", "b", "c"] {
        fs::remove_dir_all(dir.path().join(name)).unwrap();
    }
    assert_eq!(walk.next(), None);
}
