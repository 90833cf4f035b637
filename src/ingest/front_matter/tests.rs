use super::*;
use proptest::prelude::*;

fn kinds(problems: &[Problem]) -> Vec<ProblemKind> {
    problems.iter().map(|problem| problem.kind).collect()
}

fn title_of(block: &str) -> (Option<String>, Vec<ProblemKind>) {
    let mut problems = Vec::new();
    let text = format!("---\n{block}\n---\n正文");
    let (front, body) = read(&text, &mut problems);
    assert_eq!(body, "正文", "{block}");
    (front.text("title").map(str::to_owned), kinds(&problems))
}

const REPAIRED: ProblemKind = ProblemKind::FrontMatterRepaired;

#[test]
fn front_matter_without_keys_is_no_problem() {
    for block in ["", " \n", "# 注释", "# 一\n\n# 二"] {
        let mut problems = Vec::new();
        assert_eq!(read_block(Format::Yaml, block, &mut problems).entries, []);
        assert!(problems.is_empty(), "{block:?}: {problems:?}");
    }
}

#[test]
fn a_title_is_kept_whole_when_yaml_takes_the_block() {
    for (block, title) in [
        ("title: 快讯 #A股#", "快讯 #A股#"),
        ("title: 快讯 # 备注", "快讯"),
        ("title: '快讯 #A股#'", "快讯 #A股#"),
        ("title: #A股#盘前", "#A股#盘前"),
        ("title: 2022", "2022"),
        ("title: 1.10", "1.10"),
        ("title: 007", "007"),
        ("title: true", "true"),
        ("title: [快讯]", "[快讯]"),
        ("title: \"甲\\u2014乙\"", "甲\u{2014}乙"),
        ("title: 'It''s'", "It's"),
        ("title: >-\n  甲\n  乙", "甲 乙"),
        ("title: 甲\n  乙", "甲 乙"),
        ("\"title\": 甲", "甲"),
        ("Title: 甲", "甲"),
        ("# 注释\ntitle: 甲", "甲"),
        ("title: 时间12:30开盘", "时间12:30开盘"),
    ] {
        assert_eq!(title_of(block), (Some(title.to_owned()), Vec::new()), "{block}");
    }
}

#[test]
fn a_title_is_kept_whole_when_yaml_refuses_the_block() {
    for (block, title) in [
        ("title: \"甲\"乙\"丙\"", "甲\"乙\"丙"),
        ("title: \"甲 \"乙\" 丙\"", "甲 \"乙\" 丙"),
        ("title: \"甲\" 和 \"乙\"", "\"甲\" 和 \"乙\""),
        ("title: \"\\d\"", "\\d"),
        ("title: \"甲\\\"乙\\d\"", "甲\"乙\\d"),
        ("title: foo: bar", "foo: bar"),
        ("title: *ST海航", "*ST海航"),
        ("title: @甲", "@甲"),
        ("title: %甲", "%甲"),
        ("title: !甲", "!甲"),
        ("title: `甲`", "`甲`"),
        ("title: [甲] 乙", "[甲] 乙"),
        ("title: {甲} 乙", "{甲} 乙"),
        ("title: - 甲", "- 甲"),
        ("title: ? 甲", "? 甲"),
        ("title: | 甲", "| 甲"),
        ("title: > 甲", "> 甲"),
        ("title: 'It's'", "It's"),
        ("title: \"没有关", "\"没有关"),
        ("title:甲", "甲"),
        ("title：甲", "甲"),
        ("title: \u{8}甲", "\u{8}甲"),
    ] {
        assert_eq!(title_of(block), (Some(title.to_owned()), vec![REPAIRED]), "{block}");
    }
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let text = "---\ntitle: a: b\ntags:\n\t- 甲\n\t- 乙\ntaxonomies:\n  tags: [丙]\n乱\ndate: 2022-01-21 # 日\n---\n";
    let mut problems = Vec::new();
    let (front, _) = read(text, &mut problems);
    assert_eq!(front.text("title"), Some("a: b"));
    assert_eq!(front.get("tags").unwrap().texts(), ["甲", "乙"]);
    assert_eq!(front.get("taxonomies").and_then(|t| t.entry("tags")).unwrap().texts(), ["丙"]);
    assert_eq!(front.text("date"), Some("2022-01-21"));
    assert_eq!(kinds(&problems), [REPAIRED]);
    assert!(problems.first().unwrap().detail.starts_with("title"), "{problems:?}");
}

#[test]
fn a_key_that_stands_twice_counts_the_last_time_and_is_reported() {
    let (title, problems) = title_of("title: 甲\ndate: 2022-01-01\ntitle: 乙");
    assert_eq!((title.as_deref(), problems), (Some("乙"), vec![ProblemKind::DuplicateKey]));
}

#[test]
fn lists_are_read_line_by_line_too() {
    let read = |block: &str| {
        let mut problems = Vec::new();
        let text = format!("---\nbad: a: b: \"\ntags: {block}\n---\n");
        read(&text, &mut problems).0.get("tags").unwrap().texts().join("|")
    };
    for (block, expected) in [
        ("[甲, \"乙, 丙\", '丁']", "甲|乙, 丙|丁"),
        ("[甲,\n  乙]", "甲|乙"),
        ("\n- 甲\n- \"乙\"\n-\n- null\n- 3", "甲|乙|3"),
        ("\n  - *甲\n  - @乙", "*甲|@乙"),
        ("甲, 乙", "甲, 乙"),
        ("|\n  甲\n  乙", "甲 乙"),
    ] {
        assert_eq!(read(block).split_whitespace().collect::<Vec<_>>().join(" "), expected, "{block}");
    }
}

#[test]
fn fences_are_found_where_people_put_them() {
    for (text, body) in [
        ("---\ntitle: 甲\n---\n正文", "正文"),
        ("\n \n---\ntitle: 甲\n---\n正文", "正文"),
        ("---  \ntitle: 甲\n--- \t\n正文", "正文"),
        ("---\ntitle: 甲\n...\n正文", "正文"),
        ("-----\ntitle: 甲\n-----\n正文", "正文"),
        ("---\ntitle: 甲\n---\n正文\n\n---\n\n又", "正文\n\n---\n\n又"),
        ("---\n\ntitle: 甲\n\n---\n正文", "正文"),
        ("---\ntitle: 甲\n---", ""),
        ("title: 甲\ndate: 2022-01-21\ntags:\n- 乙\n---\n正文", "正文"),
        ("Title: 甲\nDate: 2022-01-21\nTags: 乙\n\n正文", "正文"),
        ("+++\ntitle = \"甲\"\ndate = 2022-01-21T10:00:00+08:00\n+++\n正文", "正文"),
        ("{\n  \"title\": \"甲\",\n  \"tags\": [\"乙\"]\n}\n正文", "正文"),
        (";;;\n\"title\": \"甲\",\n\"tags\": [\"乙\"]\n;;;\n正文", "正文"),
        ("\"title\": \"甲\",\n\"tags\": [\"乙\"]\n;;;\n正文", "正文"),
    ] {
        let mut problems = Vec::new();
        let (front, rest) = read(text, &mut problems);
        assert_eq!((front.text("title"), rest, problems), (Some("甲"), body, vec![]), "{text}");
    }
}

#[test]
fn what_only_looks_like_front_matter_stays_text() {
    for text in [
        "---\n\n正文第一段\n\n---\n\n第二段",
        "---\n正文",
        "标题\n---\n正文",
        "Note: 甲\n---\n正文",
        "Source: 甲\n---\n正文",
        "Date: 甲\n\n正文",
        "{{ page.title }}\n正文",
        "{% include a.html %}\n---\n",
        "{甲: 乙} 是一个集合\n",
        "+++\n没有结束",
        "正文\n---\ntitle: 甲\n---\n",
        "",
        "---",
    ] {
        let mut problems = Vec::new();
        let (front, body) = read(text, &mut problems);
        assert_eq!((front.text("title"), body, problems), (None, text, vec![]), "{text}");
    }
}

#[test]
fn front_matter_that_never_ends_is_read_and_kept_as_text() {
    let text = "---\ntitle: 甲\ndate: 2022-01-21\n\n正文：没有结束";
    let mut problems = Vec::new();
    let (front, body) = read(text, &mut problems);
    assert_eq!((front.text("title"), body), (Some("甲"), text));
    assert_eq!(kinds(&problems), [ProblemKind::FrontMatterUnclosed]);
}

#[test]
fn toml_reads_dates_and_tables_and_survives_faults() {
    let text = "+++\ntitle = \"甲\"\ndate = 2022-01-21\n[taxonomies]\ntags = [\"乙\", \"丙\"]\n+++\n";
    let (front, _) = read(text, &mut Vec::new());
    assert_eq!(front.text("date"), Some("2022-01-21"));
    assert_eq!(front.get("taxonomies").and_then(|t| t.entry("tags")).unwrap().texts(), ["乙", "丙"]);
    let mut problems = Vec::new();
    let (front, _) = read("+++\ntitle = \"甲\"乙\"\ntags = [\"丙\", '丁']\n+++\n", &mut problems);
    assert_eq!(front.text("title"), Some("甲\"乙"));
    assert_eq!(front.get("tags").unwrap().texts(), ["丙", "丁"]);
    assert_eq!(kinds(&problems), [REPAIRED]);
}

#[test]
fn attacks_on_the_parser_end_at_once() {
    let aliases = format!("a: &a [x]\nb: [{}]\ntitle: 甲", "*a,".repeat(4000));
    let large = format!("title: 甲\nx: {}", "y ".repeat(20_000));
    let nested = format!("title: 甲\nx: {}", "[".repeat(100_000));
    let items = format!("title: 甲\nx:\n{}", "- ".repeat(8000));
    let keys = format!("title: 甲\n{}", "a:\n".repeat(1_000_000));
    let anchors: Vec<String> = (1..800).map(|n| format!("k{n}: &a{n} *a{}\n", n - 1)).collect();
    for block in [aliases, large, nested, items, keys, format!("{}title: 甲", anchors.concat())] {
        assert_eq!(title_of(&block).0.as_deref(), Some("甲"), "{}", block.len());
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_a_body_is_always_a_part_of_it(text in "(---|\\+\\+\\+|;;;|\\{)?\n?(title|tags|\"|:| |\n|---|\\[|\\]|- |#|甲|\t|'|\\\\|&a|\\*a|\\|){0,40}") {
        let (_, body) = read(&text, &mut Vec::new());
        prop_assert!(text.contains(body));
    }

    #[test]
    fn a_plain_title_comes_back_as_it_was_written(title in "[一-龥A-Za-z0-9“”（）《》，。！？、]{1,40}") {
        prop_assert_eq!(title_of(&format!("title: {title}")).0, Some(title.clone()));
        prop_assert_eq!(title_of(&format!("title: {title}\nbad: a: b")).0, Some(title));
    }
}
