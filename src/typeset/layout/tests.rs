mod properties;
mod tables;

use super::*;
use crate::post::{Body, Markup};
use crate::typeset::breaks::{hangs, never_first, never_last};
use crate::typeset::convert::article;
use crate::typeset::corpus;
use crate::typeset::line::{Line, Span};
use crate::typeset::style::{Mark, Role};
use crate::typeset::width::{self, Ambiguous};
use proptest::prelude::*;

fn read(markdown: &str) -> Arc<Article> {
    Arc::new(article(&Body { markup: Markup::Markdown, text: markdown.to_owned() }))
}

fn options(width: u16) -> Options {
    Options { width, ..Options::default() }
}

/// Nothing but the line breaks.
fn bare(width: u16) -> Options {
    Options { paragraph_indent: 0, avoid_lonely_last: false, ..options(width) }
}

/// The lines as a reader sees them, without blanks at their ends.
fn seen(markdown: &str, options: &Options) -> Vec<String> {
    let page = lay_out(&read(markdown), options);
    page.lines().map(|line| " ".repeat(line.indent.into()) + line.text().trim_end()).collect()
}

#[test]
fn chinese_paragraphs_are_indented_and_others_stand_apart() {
    assert_eq!(
        seen("小米金融业务已经怎样\n\n第二段", &options(16)),
        ["    小米金融业务", "已经怎样", "    第二段"]
    );
    assert_eq!(seen("新しい製品を発表した\n\n二つ", &options(16)), ["  新しい製品を発", "表した", "  二つ"]);
    assert_eq!(seen("첫째 문단\n\n둘째", &options(16)), ["첫째 문단", "", "둘째"]);
    assert_eq!(seen("first one\n\nsecond", &options(16)), ["first one", "", "second"]);
    let open = Options { paragraph_gap: 1, paragraph_indent: 0, ..options(12) };
    assert_eq!(seen("一段\n\n二段", &open), ["一段", "", "二段"]);
}

#[test]
fn lists_and_quotations_hang() {
    let markdown = "1. 第一项很长很长\n2. 二\n   - 内\n\n> 引用的话很长\n>\n> 又一段";
    let expected =
        ["1. 第一项很", "   长很长", "2. 二", "   ◦ 内", "", "│ 引用的话很", "│ 长", "│", "│ 又一段"];
    let options = Options { avoid_lonely_last: false, ..options(12) };
    assert_eq!(seen(markdown, &options), expected);
}

#[test]
fn wide_terminals_get_ascii_marks() {
    let options = Options { ambiguous: Ambiguous::Wide, ..options(20) };
    assert_eq!(seen("- 甲\n\n> 乙", &options), ["- 甲", "", "| 乙"]);
    assert_eq!(seen("|甲|乙|\n|-|-|\n|1|2|", &options), ["甲 | 乙", "---+---", " 1 |  2"]);
}

#[test]
fn lines_are_stretched_where_no_gap_opens_between_hanzi() {
    let set = |markdown: &str, width| {
        let plain =
            Options { paragraph_indent: 0, avoid_lonely_last: false, hanging: false, ..options(width) };
        seen(markdown, &Options { justify: true, ..plain }).join("|")
    };
    for (width, text, expected) in [
        // At a seam, after a stop, after what closes behind a stop; the last line stays ragged.
        (12, "使用小米A股港股等", "使用小米A 股|港股等"),
        (11, "成立，金融（中国）等", "成立， 金融|（中国）等"),
        (12, "他说。”金融（中国）等", "他说。” 金融|（中国）等"),
        (12, "one two three four five six", "one two|three four|five six"),
        // Two cells are missing and one place can take one.
        (12, "成立，金融（中国）等", "成立，金融|（中国）等"),
        (9, "小米金融业已经", "小米金融|业已经"),
        (17, "a bc de fghijk lmnopqr stu", "a  bc  de  fghijk|lmnopqr stu"),
    ] {
        assert_eq!(set(text, width), expected, "{text} at {width}");
    }
}

#[test]
fn full_width_punctuation_breaks_lines_as_a_wide_terminal_does() {
    let text = "他说：“沉默——然后……史蒂夫·乔布斯，‘来’了。”“好”".repeat(3);
    let lines = |options: Options| -> Vec<usize> {
        let page = lay_out(&read(&text), &options);
        page.lines().map(|line| line.place.offset).collect()
    };
    for width in 12..60 {
        let options = Options { hanging: false, ..options(width) };
        let full = Options { full_width_punctuation: true, ..options.clone() };
        assert_eq!(lines(full), lines(Options { ambiguous: Ambiguous::Wide, ..options }), "{width}");
    }
}

#[test]
fn what_the_setting_adds_goes_where_a_line_breaks() {
    let both = |width| Options {
        autospace: true,
        full_width_punctuation: true,
        paragraph_indent: 0,
        avoid_lonely_last: false,
        ..options(width)
    };
    assert_eq!(seen("使用Android系统", &both(12)), ["使用 Android", "系统"]);
    assert_eq!(seen("他说“好”我们", &both(8)), ["他说", " “好” 我", "们"]);
    assert_eq!(
        seen("|甲A|乙|\n|-|-|\n|12亿|“好”|", &both(40)),
        [" 甲 A │ 乙", "──────┼───────", "12 亿 │  “好”"]
    );
}

#[test]
fn stops_hang_where_their_right_half_is_blank() {
    assert_eq!(seen("这个问题，好", &bare(9)), ["这个问题，", "好"]);
    assert_eq!(seen("這個問題，好", &bare(9)), ["這個問", "題，好"]);
}

#[test]
fn lists_that_follow_each_other_stand_apart() {
    let markdown = "- 甲\n- 乙\n\n1. 丙\n2. 丁\n\n> - 戊\n>   - 己\n\n- 庚";
    let lines = ["• 甲", "• 乙", "", "1. 丙", "2. 丁", "", "│ • 戊", "│   ◦ 己", "", "• 庚"];
    assert_eq!(seen(markdown, &options(20)), lines);
    assert_eq!(seen("1. 甲\n2. 乙\n\n<!-- -->\n\n1. 丙", &options(20)), ["1. 甲", "2. 乙", "", "1. 丙"]);
}

#[test]
fn numbered_links_stand_behind_their_words_and_as_a_list_below() {
    let text = "见[公告](http://a.cn/1)，又见[原文](http://a.cn/2)与[公告](http://a.cn/1)。";
    let numbered = Options { link_numbers: true, paragraph_indent: 0, ..options(60) };
    assert_eq!(
        seen(text, &numbered),
        [
            "见公告[1]，又见原文[2]与公告[1]。",
            "",
            "                    ────────────────────",
            "",
            "[1] http://a.cn/1",
            "[2] http://a.cn/2",
        ]
    );
    let picture = "![走势](http://a.cn/p.png)\n\n见[甲](http://a.cn/1)";
    assert_eq!(seen(picture, &numbered)[..3], ["                       [图] 走势 [1]", "", "见甲[2]"]);
}

#[test]
fn blanks_that_were_put_in_are_squeezed_before_a_stop_is_pushed_down() {
    let squeezed = |width| Options { autospace: true, hanging: false, ..bare(width) };
    // Eight cells of text with two blanks and a stop of two cells.
    assert_eq!(seen("第3季，好", &squeezed(8)), ["第3 季，", "好"]);
    assert_eq!(seen("第3季，好", &squeezed(7)), ["第3季，", "好"]);
    assert_eq!(seen("第3季，好", &squeezed(6)), ["第 3", "季，好"]);
    // The blank half of the stop goes first.
    let hanging = Options { hanging: true, ..squeezed(7) };
    assert_eq!(seen("第3季，好", &hanging), ["第3 季，", "好"]);
}

#[test]
fn the_same_picture_twice_is_two_pictures() {
    let picture = "<img src='http://a.cn/b.png' alt='甲'>";
    assert_eq!(seen(&format!("{picture}\n{picture}"), &options(12)), [" [image] 甲", " [image] 甲"]);
    assert_eq!(seen(&format!("乙{picture}{picture}"), &bare(20)), ["乙[甲][甲]"]);
}

#[test]
fn blanks_at_the_end_of_program_text_count() {
    let page = lay_out(&read("```\nabcdef   \n```"), &options(8));
    assert!(page.lines().all(|line| line.whole && line.cells(Ambiguous::Narrow) == 9));
}

#[test]
fn code_keeps_its_lines_and_loses_nothing() {
    let code = "```\nif a {\n\n    b(一二三);\n}\n```";
    assert_eq!(seen(code, &options(40)), ["if a {", "", "    b(一二三);", "}"]);
    assert_eq!(seen(code, &options(10)), ["if a {", "", "    b(一二三);", "}"]);
}

#[test]
fn pictures_headings_and_rules_stand_in_the_text() {
    let markdown = "甲\n\n![图注](http://a.cn/b.png)\n\n## 小标题\n\n乙\n\n---\n\n丙";
    assert_eq!(
        seen(markdown, &options(16)),
        ["    甲", "", "   [图] 图注", "", "小标题", "    乙", "", "     ─────", "", "    丙",]
    );
}

#[test]
fn definitions_hang_and_signatures_stand_at_the_right_edge() {
    let markdown = "词目\n: 第一个定义很长\n: 二\n\n    又一段\n\n<p align=right>某报<br>一月二日</p>\n\n> <p align=right>署名</p>";
    let expected = [
        "词目",
        "    第一个定",
        "    义很长",
        "    二",
        "",
        "    又一段",
        "",
        "        某报",
        "    一月二日",
        "",
        "│       署名",
    ];
    assert_eq!(seen(markdown, &Options { avoid_lonely_last: false, ..options(12) }), expected);
}

#[test]
fn the_place_of_a_line_is_found_again_at_other_widths() {
    let text = "中文排版的规则很多，要一条一条地实现。".repeat(8);
    let article = read(&format!("{text}\n\n{text}\n\n- {text}"));
    let wide = lay_out(&article, &options(70));
    let narrow = lay_out(&article, &options(23));
    for line in 0..narrow.len() {
        assert_eq!(narrow.line_at(narrow.place(line)), line);
        let there = wide.line_at(narrow.place(line));
        assert!(wide.place(there) <= narrow.place(line));
        assert!(there + 1 == wide.len() || wide.place(there + 1) > narrow.place(line));
    }
    assert_eq!(Page::default().line_at(narrow.place(3)), 0);
}
