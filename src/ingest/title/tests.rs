use super::*;
use crate::ingest::front_matter;
use proptest::prelude::*;

fn titled(text: &str, path: &str) -> (String, bool) {
    let mut problems = Vec::new();
    let (front, body) = front_matter::read(text, &mut problems);
    problems.clear();
    let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let markup = if path.ends_with("html") { Markup::Html } else { Markup::Markdown };
    let title = find(&front, None, (body, markup), &parts, &mut problems);
    (title.to_string(), problems.iter().any(|problem| problem.kind == ProblemKind::NoTitle))
}

#[test]
fn a_written_title_loses_its_elements_and_entities_only() {
    for (written, title) in [
        ("A &amp; B", "A & B"),
        ("&ldquo;甲&rdquo;&#20013;&#x6587;", "“甲”中文"),
        ("AT&T &unknown; &", "AT&T &unknown; &"),
        ("<b>甲</b><br/>乙", "甲乙"),
        ("Vec<String> 与 a < b", "Vec<String> 与 a < b"),
        ("**甲** 和 `乙`", "**甲** 和 `乙`"),
        ("甲\u{202e}乙\u{1b}[31m", "甲乙[31m"),
    ] {
        let block = format!("+++\ntitle = {}\n+++\n", toml::Value::from(written));
        assert_eq!(titled(&block, "x.md"), (title.to_owned(), false), "{written}");
    }
}

#[test]
fn the_first_heading_is_the_next_best_title() {
    for (text, title) in [
        ("# 周刊：第 1 期\n正文", "周刊：第 1 期"),
        ("前言\n\n# 题目 #\n", "题目"),
        ("## 小节\n\n# 题目\n", "题目"),
        ("前言\n\n## 小节\n", "小节"),
        ("#题目\n", "题目"),
        ("题目\n======\n", "题目"),
        ("[#]: subject: (x)\n[#]: via: (https://example.com)\n\n题目\n======\n\n正文", "题目"),
        ("题目\n------\n", "题目"),
        ("<h1 class=\"t\">题 <em>目</em></h1>", "题 目"),
        ("# [题目](http://example.com) **粗** `x`", "题目 粗 x"),
        ("```\n# 注释\n```\n# 题目", "题目"),
        ("~~~\n```\n# 注释\n~~~\n# 题目", "题目"),
        ("#include <x>\n# 题目", "题目"),
        ("# \n# 题目", "题目"),
    ] {
        assert_eq!(titled(text, "x.md"), (title.to_owned(), false), "{text}");
    }
    assert_eq!(titled("<p>甲</p>\n<H2>题\n目</H2># 乙", "x.html"), ("题 目".to_owned(), false));
}

#[test]
fn half_a_tag_is_no_title() {
    for text in ["<div>".repeat(20_000) + "深", format!("<p {}>深</p>", "x=\"1\" ".repeat(4_000))] {
        assert_eq!(titled(&text, "2022-01-21-名.html").0, "名");
    }
}

#[test]
fn the_first_line_is_the_next_best_title() {
    let long = "长".repeat(200);
    for (text, title) in [
        ("> 甲公司今日公告\n\n正文", "甲公司今日公告"),
        ("\n<!-- 注\n释 -->\n<p style=\"display:none\">无</p><p>甲<b>乙</b></p><p>丙</p>", "甲乙"),
        ("{% include x %}\n![图](a.png)\n---\n- 甲 &amp; 乙", "甲 & 乙"),
        ("<style>p{}</style><script>x</script>甲", "甲"),
        ("```\ncode\n```\n甲", "甲"),
        ("[1]: http://example.com\n甲", "甲"),
        ("% 题目\n% 作者\n\n正文", "题目"),
        ("* *ST甲、*ST乙7*24小时**停牌**", "*ST甲、*ST乙7*24小时停牌"),
        (&long, &format!("{}…", "长".repeat(80))),
    ] {
        assert_eq!(titled(text, "x.md"), (title.to_owned(), false), "{text}");
    }
}

#[test]
fn the_first_line_of_html_keeps_its_signs() {
    assert_eq!(titled("<p>*ST甲涨3~5%，7*24小时</p>", "x.html").0, "*ST甲涨3~5%，7*24小时");
}

#[test]
fn the_file_name_is_the_last_resort_and_reported() {
    for (path, title) in [
        ("2022-01-21-hello.md", "hello"),
        (".md", ".md"),
        ("posts/2022-01-21-甲/index.md", "甲"),
        ("index.md", "index"),
        ("\u{200b}\u{202e}.md", "(untitled)"),
    ] {
        assert_eq!(titled("\n\n---\n\n***", path), (title.to_owned(), true), "{path}");
    }
}

#[test]
fn an_empty_title_is_reported_although_the_text_gives_one() {
    for block in ["title: \"\"", "title:", "title: \"\u{200b}\""] {
        assert_eq!(titled(&format!("---\n{block}\n---\n甲"), "x.md"), ("甲".to_owned(), true), "{block}");
    }
}

proptest! {
    #[test]
    fn there_is_always_a_visible_title(text in "(<|>|/|h1|p|style=\"display:none\"|script|&|amp;|#|=|\n|`|甲| |!--|-->|\\[|\\]|\\(|\\*|\u{200b}){0,60}") {
        let (title, _) = titled(&text, "x.md");
        prop_assert!(!title.trim().is_empty());
        prop_assert!(!titled(&text, "x.html").0.trim().is_empty());
    }
}
