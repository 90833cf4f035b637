use crate::world::{Ran, World};
use finews::post::{SafeText, SavedQuery};
use finews::store::{Change, Shelf};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

#[test]
fn a_line_is_date_source_title_and_id_with_the_newest_first() {
    let ran = World::with_posts().on(["list"]);
    let lines = [
        "2022-06-28\t周刊\t丙\t_posts/2022-06-28-c.md",
        "2022-06-21\t\t乙\t_posts/2022-06-21-b.md",
        "2022-06-14 17:56\t晨报\t甲公司中标\t_posts/2022-06-14-a.md",
    ];
    assert_eq!((ran.code, ran.out, ran.err.as_str()), (0, lines.join("\n") + "\n", ""));
}

#[test]
fn a_record_has_the_fields_that_scripts_rely_on() {
    let world = World::with_posts();
    world.post("_posts/undated.md", "无题的一行\n");
    let records = world.records(&[]);
    let fields: BTreeSet<&str> = [
        "id",
        "title",
        "date",
        "date_from",
        "source",
        "categories",
        "tags",
        "url",
        "codes",
        "read",
        "bookmarked",
        "problems",
    ]
    .into();
    for record in &records {
        let keys: BTreeSet<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, fields);
    }
    let [.., dated, first, undated] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(first["date"], "2022-06-14T17:56:07+08:00");
    assert_eq!(first["date_from"], "front-matter");
    assert_eq!(first["source"], "晨报");
    assert_eq!(first["categories"], serde_json::json!(["chenbao"]));
    assert_eq!(first["url"], "https://news.example/a/1.html");
    assert_eq!(first["codes"][0]["code"], "600000");
    assert_eq!((&first["read"], &first["bookmarked"]), (&false.into(), &false.into()));
    assert_eq!(first["problems"], serde_json::json!([]));
    assert_eq!(dated["date"], "2022-06-21T00:00:00+08:00");
    assert_eq!(dated["date_from"], "file-name");
    assert_eq!(dated["tags"], serde_json::json!(["一", "二"]));
    assert_eq!((&undated["date"], &undated["date_from"]), (&serde_json::Value::Null, &"none".into()));
    assert_eq!(undated["problems"], serde_json::json!(["no date found"]));
}

#[test]
fn posts_without_a_date_come_last_in_the_order_of_their_numbers() {
    let world = World::new();
    for name in ["issue-9.md", "issue-10.md", "issue-100.md", "issue-1.md", "2022-01-01-x.md"] {
        world.post(name, format!("# {name}\n"));
    }
    let expected = ["2022-01-01-x.md", "issue-100.md", "issue-10.md", "issue-9.md", "issue-1.md"];
    assert_eq!(world.titles(&[]), expected);
}

#[test]
fn filters_are_joined_by_and() {
    let world = World::with_posts();
    assert_eq!(world.on(["bookmark", "add", "_posts/2022-06-21-b.md"]).code, 0);
    for (filters, expected) in [
        (&["--source", "周刊"][..], &["丙"][..]),
        (&["--category", "观察"], &["乙"]),
        (&["--tag", "二"], &["乙"]),
        (&["--title", "公司"], &["甲公司中标"]),
        (&["--since", "2022-06-21"], &["丙", "乙"]),
        (&["--until", "2022-06-21"], &["乙", "甲公司中标"]),
        (&["--since", "2022-06", "--until", "2022"], &["丙", "乙", "甲公司中标"]),
        (&["--since", "2022-06-15", "--until", "2022-06-27"], &["乙"]),
        (&["--bookmarked"], &["乙"]),
        (&["公司", "中标"], &["甲公司中标"]),
        (&["公司 | source:周 | 没有"], &["丙", "甲公司中标"]),
        (&["公司", "OR", "来源：“周刊”", "--since", "2022-06-15"], &["丙"]),
        (&["source:\"周\""], &[]),
        (&["date:2022-06-15.. -is:bookmarked"], &["丙"]),
        (&["code:600000"], &["甲公司中标"]),
        (&["--", "-source:周刊"], &["乙", "甲公司中标"]),
        (&["older:1d", "/公司|丙$/"], &["丙", "甲公司中标"]),
        (&["has:image"], &[]),
        (&["--unread", "--limit", "2"], &["丙", "乙"]),
        (&["--limit", "0"], &[]),
        (&["--tag", "二", "--source", "周刊"], &[]),
        (&["--source", "周"], &[]),
    ] {
        assert_eq!(world.titles(filters), expected, "{filters:?}");
    }
}

#[test]
fn the_archive_may_be_named_in_four_ways_and_without_a_terminal_it_is_listed() {
    let world = World::with_posts();
    let config = world.home().join("mine.toml");
    std::fs::write(&config, format!("archive = '{}'\n", world.archive().display())).unwrap();
    let expected = world.on(["list"]).out;
    assert_eq!(world.run([world.archive()]).out, expected);
    assert_eq!(world.run(["--config".as_ref(), config.as_os_str()]).out, expected);
    assert_eq!(Ran::of(world.command().env("FINEWS_ARCHIVE", world.archive())).out, expected);
}

#[test]
fn without_an_archive_there_is_the_sample() {
    let ran = World::new().run(["list", "--limit", "3"]);
    assert_eq!((ran.code, ran.out.lines().count(), ran.err.as_str()), (0, 3, ""));
}

#[test]
fn new_changed_and_removed_posts_are_noticed_unless_told_not_to_look() {
    let world = World::with_posts();
    assert_eq!(world.titles(&["--no-sync"]), [""; 0]);
    assert_eq!(world.titles(&[]).len(), 3);
    world.post("_posts/2022-06-28-c.md", "---\ntitle: 改\n---\n正文。\n");
    world.post("_posts/2022-06-29-d.md", "---\ntitle: 新\n---\n正文。\n");
    std::fs::remove_file(world.archive().join("_posts/2022-06-21-b.md")).unwrap();
    assert_eq!(world.titles(&["--no-sync"]), ["丙", "乙", "甲公司中标"]);
    assert_eq!(world.on(["sync"]).out, "3 posts: 2 read, 1 removed\n");
    assert_eq!(world.titles(&["--no-sync"]), ["新", "改", "甲公司中标"]);
    assert_eq!(world.on(["sync"]).out, "3 posts: 0 read, 0 removed\n");
    assert_eq!(world.on(["sync", "--rebuild"]).out, "3 posts: 3 read, 0 removed\n");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let world = World::new();
    for n in 0..1500 {
        world.post(&format!("{n}.md"), format!("# {}\n", "很长的标题".repeat(12)));
    }
    for format in [&["list"][..], &["list", "--json"], &["check"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_finews"))
            .env_clear()
            .env("HOME", world.home())
            .arg("--archive")
            .arg(world.archive())
            .args(format)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert!(child.wait().unwrap().success());
        assert!(first.ends_with('\n'));
        assert_eq!(err, "");
    }
}

#[test]
fn arguments_that_make_no_sense_are_one_line_and_code_2() {
    let world = World::with_posts();
    for (args, words) in [
        (&["list", "--sicne", "2022"][..], &["--sicne", "--since", "--help"][..]),
        (&["list", "--since", "gestern"], &["gestern", "2022-06-14", "--help"]),
        (&["list", "--limit", "-1"], &["-1"]),
        (&["list", "--color", "blue"], &["blue", "auto, always, never"]),
        (&["show"], &["POST", "--help"]),
        (&["show", "a.md", "--width", "0"], &["--width", "0"]),
        (&["show", "a.md", "--format", "pdf"], &["pdf", "text"]),
        (&["bookmark", "ad"], &["ad", "add"]),
        (&["bookmark"], &["add, remove, list, export, import"]),
        (&["sync", "more"], &["more"]),
    ] {
        world.run(args).fails(2, words);
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    for args in
        [&["--help"][..], &["-h"], &["list", "--help"], &["bookmark", "add", "--help"], &["--version"]]
    {
        let ran = World::new().run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("finews"));
    }
}

#[test]
fn a_word_that_is_neither_a_folder_nor_a_command_is_told_so() {
    World::new().run(["lsit"]).fails(1, &["lsit", "no such folder", "list"]);
}

#[test]
fn a_filter_that_makes_no_sense_is_shown_with_the_place() {
    let ran = World::with_posts().on(["list", "公司", "sourse:周刊"]);
    let [said, query, place] = ran.err.lines().collect::<Vec<_>>()[..] else { panic!("{}", ran.err) };
    assert_eq!((ran.code, query, place), (2, "  公司 sourse:周刊", "       ^^^^^^"));
    assert!(said.starts_with("finews: unknown field \"sourse:\" (did you mean source:?"), "{said}");
}

#[test]
fn a_saved_query_can_be_listed_and_stands_in_others() {
    let world = World::with_posts();
    let (mut shelf, _) = Shelf::open(&world.shelf(), "other").unwrap();
    let saved =
        |name: &str, text: &str| SavedQuery { name: name.into(), text: SafeText::new(text), added: None };
    let queries = [saved("甲乙", "title:甲 OR title:乙"), saved("六月 后半", "date:2022-06-15..2022-06-30")];
    shelf.change(queries.map(Change::SaveQuery).into()).unwrap();
    let ids = |filter: &[&str]| -> Vec<String> {
        let lines = world.on(["list"].iter().chain(filter)).out;
        lines.lines().map(|line| line.rsplit('\t').next().unwrap().to_owned()).collect()
    };
    let (a, b, c) = ("_posts/2022-06-14-a.md", "_posts/2022-06-21-b.md", "_posts/2022-06-28-c.md");
    assert_eq!(ids(&["saved:甲乙"]), [b, a]);
    assert_eq!(ids(&["saved:甲乙 查询：“六月 后半”"]), [b]);
    assert_eq!(ids(&["--", "-saved:甲乙"]), [c]);
    let Ran { code, err, .. } = world.on(["list", "saved:丙"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("finews: no query is saved as \"丙\"\n  saved:丙\n        ^^\n"), "{err}");
}
