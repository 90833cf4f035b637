use crate::world::World;
use std::fs;
use std::path::PathBuf;

/// The titles that a search finds.
fn found(world: &World, arguments: &[&str]) -> Vec<String> {
    let ran = world.on(["search"].iter().chain(arguments));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    ran.out.lines().map(|line| line.split('\t').nth(2).unwrap().to_owned()).collect()
}

fn segments(world: &World) -> Vec<PathBuf> {
    let folder = World::only(&world.cache(), "index");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "segment")).collect()
}

#[test]
fn titles_and_texts_are_searched_without_their_markup() {
    let world = World::with_posts();
    for (query, expected) in [
        (&["正文"][..], &["丙", "乙"][..]),
        (&["甲公司中标"], &["甲公司中标"]),
        (&["甲公司甲中标"], &["甲公司中标"]),
        (&["正", "丙"], &["丙"]),
        (&["正文 -乙"], &["丙"]),
        (&["正文", "--limit", "1"], &["丙"]),
        (&["/公司.中/", "--until", "2022-06-20"], &["甲公司中标"]),
        (&["keytip"], &[]),
        (&["news.example"], &[]),
    ] {
        assert_eq!(found(&world, query), expected, "{query:?}");
    }
    assert_eq!(world.titles(&["正文"]), ["丙", "乙"], "list understands the same");
}

#[test]
fn a_record_of_a_search_has_what_was_found_in_the_text() {
    let world = World::with_posts();
    let long = "海风吹过。\n\n".repeat(60);
    world
        .post("_posts/2022-06-29-d.md", format!("---\ntitle: 丁\n---\n{long}\u{1b}[31m正文到此。\n\n{long}"));
    let snippets = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let records = world.on(["search", "--json"].iter().chain(arguments)).json();
        records.iter().map(|record| record.get("snippet").unwrap().clone()).collect()
    };
    let [found, short, _] = &snippets(&["正文"])[..] else { panic!() };
    let found = found.as_str().unwrap();
    assert!(found.starts_with("…海风吹过。 ") && found.ends_with('…'), "{found}");
    assert!(found.contains("海风吹过。 [31m正文到此。 海风吹过。") && !found.contains("  "), "{found}");
    assert_eq!(short, "正文。");
    assert_eq!(snippets(&["source:周刊"]), [serde_json::Value::Null]);
    assert!(world.records(&["正文"])[0].get("snippet").is_none(), "list has none");
}

#[test]
fn a_program_gets_one_line_a_post_and_colours_only_when_it_wants_them() {
    let world = World::with_posts();
    let searched = |color: &str| world.on(["search", "公司|正文", "--color", color]).out;
    assert_eq!(searched("auto").lines().count(), 3);
    assert_eq!(searched("auto"), searched("never"));
    let line = searched("always").lines().last().unwrap().to_owned();
    assert!(
        line.starts_with("2022-06-14 17:56\t晨报\t甲\u{1b}[") && line.contains("公司\u{1b}["),
        "{line:?}"
    );
    assert!(line.ends_with("中标\t_posts/2022-06-14-a.md"), "{line:?}");
}

#[test]
fn traditional_characters_count_as_simplified_ones_and_variants_on_request() {
    let world = World::new();
    world.post("a.md", "---\ntitle: 證券時報\nsource: 臺灣\n---\n帳目清楚，二〇二二年十月。\n");
    world.post("b.md", "---\ntitle: 证券日报\nsource: 台湾晚报\n---\n账目清楚，2022年。\n");
    world.post("c.md", "---\ntitle: 第贰佰期\n---\n二零二二年壹拾月。\n");
    for (query, expected) in [
        ("证券", &["b", "a"][..]),
        ("證券", &["b", "a"]),
        ("title:時報", &["a"]),
        ("/證券[时時]/", &["a"]),
        ("source:台灣", &["b", "a"]),
        ("來源：臺灣", &["b", "a"]),
        ("帳目", &["a"]),
        ("~帳目", &["b", "a"]),
        ("二零二二年", &["c"]),
        ("~二零二二年", &["c", "b", "a"]),
        ("~2", &["c", "b", "a"]),
        ("～“二〇二二年” -~帳目", &["c"]),
        ("~一十月", &["c"]),
        ("title:~二百", &["c"]),
        ("title:~第200期", &[]),
        ("is:bookmarked ~二百", &[]),
    ] {
        let ran = world.on(["search", query]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{query}");
        let names = ran.out.lines().map(|line| line.split('\t').next_back().unwrap().trim_end_matches(".md"));
        assert_eq!(names.collect::<Vec<_>>(), expected, "{query}");
    }
}

#[test]
fn hits_are_listed_in_the_order_that_is_asked_for() {
    let world = World::new();
    world.post("2022-06-01-a.md", "---\ntitle: 丙\nsource: 二报\n---\n霜湾，海风吹过旧码头。\n");
    world.post("2022-06-02-b.md", "---\ntitle: 霜湾\nsource: 二报\n---\n海风吹过旧码头。\n");
    world.post("2022-06-03-c.md", "---\ntitle: 乙\nsource: 一报\n---\n霜湾的海风。霜湾！\n");
    for (arguments, expected) in [
        (&["霜湾"][..], &["乙", "霜湾", "丙"][..]),
        (&["霜湾", "--sort", "newest"], &["乙", "霜湾", "丙"]),
        (&["霜湾", "--sort", "oldest", "--limit", "2"], &["丙", "霜湾"]),
        (&["霜湾", "--sort", "title"], &["丙", "乙", "霜湾"]),
        (&["霜湾", "--sort", "source"], &["乙", "霜湾", "丙"]),
        (&["霜湾", "--sort", "relevance"], &["霜湾", "乙", "丙"]),
        (&["霜湾 source:二报", "--sort", "relevance"], &["霜湾", "丙"]),
        (&["霜湾|码头", "--sort", "relevance", "--limit", "1"], &["霜湾"]),
    ] {
        assert_eq!(found(&world, arguments), expected, "{arguments:?}");
    }
    assert_eq!(world.titles(&["--sort", "oldest"]), ["丙", "霜湾", "乙"]);
    for arguments in [&["search", "/霜./", "--sort", "relevance"][..], &["list", "--sort", "relevance"]] {
        world.on(arguments).fails(2, &["--sort relevance", "words", "--help"]);
    }
}

#[test]
fn a_search_needs_a_query() {
    let ran = World::with_posts().on(["search"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("QUERY"), "{}", ran.err);
}

#[test]
fn what_was_not_indexed_is_read_through() {
    let world = World::with_posts();
    assert_eq!(world.on(["list"]).code, 0);
    world.post("_posts/2022-06-29-d.md", "---\ntitle: 丁\n---\n正文。\n");
    assert_eq!(found(&world, &["正文", "--no-sync"]), ["丙", "乙"]);
    assert!(!world.cache().read_dir().unwrap().any(|entry| entry.unwrap().path().ends_with("index")));
    assert_eq!(found(&world, &["正文"]), ["丁", "丙", "乙"]);
    assert_eq!(found(&world, &["正文", "--no-sync"]), ["丁", "丙", "乙"]);
}

#[test]
fn the_index_is_made_anew_with_the_catalog_and_when_it_is_damaged() {
    let world = World::with_posts();
    assert_eq!(world.on(["sync"]).out, "3 posts: 3 read, 0 removed\n");
    let before = segments(&world);
    assert_eq!(world.on(["sync", "--rebuild"]).code, 0);
    let after = segments(&world);
    assert!(!after.is_empty() && after.iter().all(|file| !before.contains(file)), "{before:?} {after:?}");
    for file in after {
        fs::write(file, "no segment").unwrap();
    }
    assert_eq!(found(&world, &["正文"]), ["丙", "乙"]);
    assert_eq!(world.on(["sync"]).out, "3 posts: 0 read, 0 removed\n");
    assert!(segments(&world).iter().all(|file| fs::read(file).unwrap() != b"no segment"));
}
