use crate::world::{Ran, World};
use std::fs;
use unicode_width::UnicodeWidthStr;

#[test]
fn a_post_is_shown_by_id_and_by_path() {
    let world = World::with_posts();
    let id = "_posts/2022-06-14-a.md";
    let by_id = world.on(["show", id]);
    assert_eq!((by_id.code, by_id.err.as_str()), (0, ""));
    assert!(by_id.out.starts_with("甲公司中标\n"), "{}", by_id.out);
    assert!(by_id.out.contains("甲公司甲中标。") && by_id.out.contains("晨报"), "{}", by_id.out);
    assert_eq!(world.on(["show".as_ref(), world.archive().join(id).as_os_str()]).out, by_id.out);
    // Without an archive that holds it, a file is a post of its own.
    let alone = world.run(["show".as_ref(), world.archive().join(id).as_os_str()]);
    assert!(alone.out.starts_with("甲公司中标\n"), "{}", alone.out);
}

#[test]
fn no_line_is_wider_than_the_width_but_by_the_blank_half_of_a_mark() {
    let world = World::new();
    let body = "“引号”与标点，连用：（括号）。A long English sentence follows here. ".repeat(20);
    world.post(
        "a.md",
        format!("# {body}\n\n- {body}\n\n> {body}\n\n| 甲 | 乙 |\n|--|--|\n| {body} | {body} |\n"),
    );
    let bare = world.home().join("bare.toml");
    fs::write(&bare, "typeset.hanging = false").unwrap();
    let bare = bare.display().to_string();
    for width in [9, 10, 11, 20, 21, 40, 79, 200] {
        let ran = world.on(["show", "a.md", "--width", &width.to_string()]);
        for line in ran.out.lines() {
            let gutter = usize::from(line.ends_with(['，', '：', '。', '）']));
            assert!(line.width() <= width + gutter, "wider than {width}: {line}");
        }
        let bare = world.on(["show", "a.md", "--width", &width.to_string(), "--config", &bare]);
        assert!(bare.out.lines().all(|line| line.width() <= width), "{width}");
    }
}

#[test]
fn what_the_settings_add_is_in_the_lines_and_not_in_the_article() {
    let world = World::new();
    world.post("a.md", "# 题\n\n他说：“沉默——用Go……”史蒂夫·甲\n");
    let config = world.home().join("full.toml");
    fs::write(&config, "typeset = { full_width_punctuation = true, autospace = true }").unwrap();
    let config = config.display().to_string();
    for (format, expected) in [
        ("text", "他说： “沉默————用 Go…………” 史蒂夫· 甲"),
        ("markdown", "他说：“沉默——用Go……”史蒂夫·甲"),
        ("html", "<p>他说：“沉默——用Go……”史蒂夫·甲</p>"),
        ("json", "\"text\":\"他说：“沉默——用Go……”史蒂夫·甲"),
    ] {
        let ran = world.on(["show", "a.md", "--config", &config, "--format", format]);
        assert!(ran.out.contains(expected), "{format}: {}", ran.out);
    }
}

#[test]
fn ambiguous_characters_that_the_reader_avoids_stand_in_what_is_printed() {
    let world = World::new();
    world.post("a.md", format!("# 题“目”\n\n{}\n", "他说：“沉默——……”é，".repeat(9)));
    let show = |widths| world.on(["show", "a.md", "--width", "30", "--ambiguous", widths]).out;
    assert_eq!(show("avoid"), show("narrow"));
    assert_ne!(show("avoid"), show("wide"));
}

#[test]
fn a_record_holds_the_text_too() {
    let ran = World::with_posts().on(["show", "_posts/2022-06-14-a.md", "--format", "json"]);
    let record = &ran.json()[0];
    assert_eq!(record["title"], "甲公司中标");
    assert_eq!(record["text"], "甲公司甲中标。");
}

#[test]
fn colours_are_for_those_who_want_them() {
    let world = World::with_posts();
    let show = ["show", "_posts/2022-06-14-a.md"];
    let has_colors = |ran: Ran| ran.out.contains("\x1b[");
    assert!(!has_colors(world.on(show)));
    assert!(has_colors(world.on(show.iter().chain(&["--color", "always"]))));
    assert!(has_colors(world.on(show.iter().chain(&["--format", "ansi"]))));
    assert!(!has_colors(world.on(show.iter().chain(&["--color", "never"]))));
}

#[test]
fn what_is_not_there_is_named() {
    let world = World::with_posts();
    world.on(["show", "_posts/none.md"]).fails(1, &["_posts/none.md", "finews list"]);
    world.on(["show", "../../etc/passwd"]).fails(1, &["etc/passwd"]);
    world.on(["show", "/etc/passwd"]).fails(1, &["/etc/passwd", ".md"]);
}

#[test]
fn nothing_in_a_post_reaches_the_terminal_as_a_command() {
    let world = World::new();
    let attack = "\u{1b}]0;x\u{7}\u{1b}[31m\u{9b}31m\u{202e}\u{2028}\u{200b}";
    world.post(
        "attack.md",
        format!(
            "---\ntitle: \"a\\e[31m\\u202Eb\"\ntags: [\"\\x07c\"]\nsource: \"d\\x9b\"\ndate: \"\\e[0m\"\n---\n\
             {attack} [{attack}](https://x.example/{attack}) `{attack}`\n\n<a href=\"https://x.example/&#27;[31m\">e</a>\n"
        ),
    );
    let name = world.odd(b"\x1b[31mred\x07.md", "# 红\n");
    assert_eq!(
        world.on(["bookmark".as_ref(), "add".as_ref(), "attack.md".as_ref(), name.as_os_str()]).code,
        0
    );
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["check"],
        &["bookmark", "list"],
        &["bookmark", "list", "--json"],
        &["bookmark", "export"],
        &["show", "attack.md"],
        &["show", "attack.md", "--format", "json"],
        &["show", "\x1b[31mno\x07"],
        &["--archive", "\x1b[31mno\x07", "list"],
        &["list", "--since", "\x1b[31mno\x07"],
    ] {
        let ran = world.on(args);
        let is_unsafe = |c: char| finews::post::is_unsafe(c) && c != '\n' && c != '\t';
        assert!(!ran.out.chars().any(is_unsafe), "{args:?}: {:?}", ran.out);
        assert!(!ran.err.chars().any(is_unsafe), "{args:?}: {:?}", ran.err);
    }
}
