use super::*;
use crate::post::{Body, Markup};
use crate::typeset::breaks::{hangs, never_first, never_last};
use crate::typeset::convert::article;
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
fn tables_fit_wrap_or_become_records() {
    let table = "|名称|最新价|说明|\n|-|-|-|\n|贵州茅台|1,788.00|一家公司，很大|";
    assert_eq!(
        seen(table, &options(40)),
        [
            "名称     │   最新价 │ 说明",
            "─────────┼──────────┼───────────────",
            "贵州茅台 │ 1,788.00 │ 一家公司，很大",
        ]
    );
    assert_eq!(
        seen(table, &options(32)),
        [
            "名称     │   最新价 │ 说明",
            "─────────┼──────────┼───────────",
            "贵州茅台 │ 1,788.00 │ 一家公司，",
            "         │          │ 很大",
        ]
    );
    assert_eq!(
        seen(table, &options(16)),
        ["名称：贵州茅台", "最新价：1,788.00", "说明：一家公司，", "  很大"]
    );
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
fn cells_span_columns_and_rows() {
    let table = "<table><tr><th rowspan=2>公司</th><th colspan=2>指标</th></tr><tr><th>营收</th><th>利润</th></tr>\
                 <tr><td rowspan=2>青檐茶业股份</td><td>12</td><td>3</td></tr><tr><td>9</td><td>-4</td></tr></table>";
    assert_eq!(
        seen(table, &options(40)),
        [
            "公司         │ 指标",
            "             │ 营收 │ 利润",
            "─────────────┼──────┼─────",
            "青檐茶业股份 │   12 │    3",
            "             │    9 │   -4",
        ]
    );
    assert_eq!(
        seen(table, &options(20)),
        [
            "公司   │ 指标",
            "       ├──────┬─────",
            "       │ 营收 │ 利润",
            "───────┼──────┼─────",
            "青檐茶 │   12 │    3",
            "       ├──────┼─────",
            "业股份 │    9 │   -4",
        ]
    );
    assert_eq!(
        seen(table, &options(12)),
        [
            "公司：青檐茶",
            "  业股份",
            "指标·营收：",
            "  12",
            "指标·利润：3",
            "",
            "公司：青檐茶",
            "  业股份",
            "指标·营收：9",
            "指标·利",
            "  润：-4",
        ]
    );
}

#[test]
fn stops_hang_where_their_right_half_is_blank() {
    assert_eq!(seen("这个问题，好", &bare(9)), ["这个问题，", "好"]);
    assert_eq!(seen("這個問題，好", &bare(9)), ["這個問", "題，好"]);
}

#[test]
fn nothing_is_squeezed_into_a_column() {
    let table = "|名|说明|数|\n|-|-|-|\n|甲|增长A股长长B再增，后来又说了很多别的事情|1|";
    for width in 16..60 {
        let options = Options { autospace: true, ..options(width) };
        let page = lay_out(&read(table), &options);
        assert_eq!(crooked(&page, 0, 3, Ambiguous::Narrow), None, "{width}");
        assert_eq!(violation(&page, &options), None, "{width}");
    }
}

#[test]
fn figures_line_up_around_those_that_are_missing() {
    let table = "|品种|涨跌|\n|-|-|\n|铜|12.50|\n|铝|—|\n|锌|-3.1|";
    let lines = ["品种 │  涨跌", "─────┼──────", "铜   │ 12.50", "铝   │     —", "锌   │  -3.1"];
    assert_eq!(seen(table, &options(40)), lines);
}

#[test]
fn cells_stand_where_the_author_wants_them() {
    let table = "|名|说明|额|\n|:-|:-:|--:|\n|甲|乙|丙|\n|甲甲甲|乙乙乙|丙丙丙|";
    let lines = [
        "名     │  说明  │     额",
        "───────┼────────┼───────",
        "甲     │   乙   │     丙",
        "甲甲甲 │ 乙乙乙 │ 丙丙丙",
    ];
    assert_eq!(seen(table, &options(40)), lines);
    let figures =
        "<table><tr><th>数<th>注<tr><td>100<td>甲<tr><td colspan=2>备注在此<tr><td>99<td>乙</table>";
    assert_eq!(seen(figures, &options(40)), [" 数 │ 注", "────┼───", "100 │ 甲", "备注在此", " 99 │ 乙"]);
}

#[test]
fn records_name_every_value_by_all_that_is_over_it() {
    let table = "<table><tr><th rowspan=2>公司</th><th colspan=2>二〇二三年度</th><th colspan=2>二〇二四年度</th></tr>\
                 <tr><th>营业收入</th><th>净利润</th><th>营业收入</th><th>净利润</th></tr>\
                 <tr><td>甲</td><td>100</td><td>10</td><td>120</td><td>12</td></tr>\
                 <tr><td colspan=5>备注说明</td></tr></table>";
    assert_eq!(
        seen(table, &options(30)),
        [
            "公司：甲",
            "二〇二三年度·营业收入：100",
            "二〇二三年度·净利润：10",
            "二〇二四年度·营业收入：120",
            "二〇二四年度·净利润：12",
            "",
            "备注说明",
        ]
    );
}

#[test]
fn records_keep_titles_and_headings_that_name_nothing() {
    let table = "<table><tr><td colspan=3>一、资产（万元）</td></tr><tr><th>甲栏目甲</th><th>乙栏目乙</th><th>丙栏目丙</th></tr>\
                 <tr><td>一一一一一</td><td>二二二二二</td></tr></table>";
    assert_eq!(
        seen(table, &options(14)),
        [
            "一、资产",
            "  （万元）",
            "丙栏目丙",
            "",
            "甲栏目甲：一一",
            "  一一一",
            "乙栏目乙：二二",
            "  二二二"
        ]
    );
}

#[test]
fn what_the_author_joined_stays_joined_in_records() {
    let table = "<table><tr><td>甲甲甲甲乙乙乙乙丙丙丙丙</td><td>丁丁丁丁丁丁</td><td>丁丁丁丁丁丁</td></tr>\
                 <tr><td>甲乙丙丁戊<ruby>己<rt>き</rt></ruby>庚</td></tr></table>";
    for width in 8..16 {
        let lines = seen(table, &options(width));
        assert!(lines.iter().all(|line| !line.trim_start().starts_with('(')), "{width}: {lines:?}");
    }
}

#[test]
fn lists_that_follow_each_other_stand_apart() {
    let markdown = "- 甲\n- 乙\n\n1. 丙\n2. 丁\n\n> - 戊\n>   - 己\n\n- 庚";
    let lines = ["• 甲", "• 乙", "", "1. 丙", "2. 丁", "", "│ • 戊", "│   ◦ 己", "", "• 庚"];
    assert_eq!(seen(markdown, &options(20)), lines);
    assert_eq!(seen("1. 甲\n2. 乙\n\n<!-- -->\n\n1. 丙", &options(20)), ["1. 甲", "2. 乙", "", "1. 丙"]);
}

#[test]
fn a_wide_table_is_a_grid_if_asked_for() {
    let table = "|日期|公司|说明|\n|-|-|-|\n|3月1日|青檐茶业|收入增长|";
    let wide = Options { wide_tables: true, ..options(16) };
    let lines = ["  日期 │ 公司     │ 说明", "───────┼──────────┼─────────", "3月1日 │ 青檐茶业 │ 收入增长"];
    assert_eq!(seen(table, &wide), lines);
    assert!(lay_out(&read(table), &wide).lines().all(|line| line.whole));
    assert!(lay_out(&read(table), &options(40)).lines().all(|line| !line.whole));
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

/// Every set of options at a width.
fn any_options(width: std::ops::Range<u16>) -> impl Strategy<Value = Options> {
    let flags = (any::<[bool; 9]>(), 0u8..4, 0u8..3);
    (width, flags).prop_map(|(width, (flags, paragraph_indent, paragraph_gap))| {
        let [
            wide,
            avoid_lonely_last,
            hanging,
            justify,
            autospace,
            full_width_punctuation,
            korean_syllable_breaks,
            link_numbers,
            wide_tables,
        ] = flags;
        Options {
            width,
            ambiguous: if wide { Ambiguous::Wide } else { Ambiguous::Narrow },
            paragraph_indent,
            paragraph_gap,
            avoid_lonely_last,
            hanging,
            justify,
            autospace,
            full_width_punctuation,
            korean_syllable_breaks,
            link_numbers,
            wide_tables,
        }
    })
}

/// The text of a block on its page, without what the setting put in and without blanks, which go at breaks.
fn kept(page: &Page, block: usize) -> String {
    let lines = page.lines().filter(|line| line.place.block == block && line.place.offset < usize::MAX);
    let spans = lines.flat_map(|line| line.spans).filter(Span::is_text);
    spans.flat_map(|span| span.text.chars().collect::<Vec<_>>()).filter(|c| !c.is_whitespace()).collect()
}

/// The first line in which a blank was put between two Hanzi.
fn gap_between_hanzi(page: &Page) -> Option<String> {
    let is_hanzi = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let lines = page.lines().filter(|line| {
        line.spans.windows(3).any(|spans| {
            spans[1].style.has(Mark::Added)
                && spans[0].text.ends_with(is_hanzi)
                && spans[2].text.starts_with(is_hanzi)
        })
    });
    lines.map(|line| line.text()).next()
}

/// The first line of a page that is wider than the page or not safe to show.
fn violation(page: &Page, options: &Options) -> Option<String> {
    page.lines().find_map(|line| {
        let text = line.text();
        let gutter = options.hanging && text.ends_with(hangs);
        let too_wide =
            !line.whole && line.cells(options.ambiguous) > usize::from(options.width) + usize::from(gutter);
        (too_wide || text.chars().any(crate::post::is_unsafe)).then(|| format!("{text:?}"))
    })
}

/// The first line of a table in which a line between two columns stands where no other row has one: there are at
/// most so many places as the table has gaps.
fn crooked(page: &Page, block: usize, columns: usize, ambiguous: Ambiguous) -> Option<String> {
    let mut places = std::collections::BTreeSet::new();
    page.lines().filter(|line| line.place.block == block && line.place.offset < usize::MAX).find_map(|line| {
        let mut at = 0;
        for span in &line.spans {
            let is_bar = span.style.role == Role::Border && matches!(span.text.trim(), "│" | "|");
            places.extend(is_bar.then_some(at));
            at += width::of(&span.text, ambiguous);
        }
        (places.len() >= columns).then(|| line.text())
    })
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[一-龥，。、“”（）]{1,20}",
        "([一-龥]{1,3}[A-Za-z0-9]{1,4}[，。]?){1,6}",
        Just(
            "\n\n|甲|乙|丙|\n|-|-|-|\n|增长A股长长B再增，后来又说了很多别的事情|C股2号，|3%|\n\n".to_owned()
        ),
        "[a-z ]{1,20}",
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n- ".to_owned()),
        Just("\n\n12. ".to_owned()),
        Just("\n\n> ".to_owned()),
        Just("\n\n## ".to_owned()),
        Just("\n\n```\n".to_owned()),
        Just("|甲|乙|\n|-|-|\n|一|".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<td colspan=3 rowspan=2>".to_owned()),
        Just("</table>".to_owned()),
        Just("<p><b>".to_owned()),
        Just("<img alt='图注' src='http://a.cn/b'>".to_owned()),
        Just("<div align=center>".to_owned()),
        Just("<blockquote><ul><li>".to_owned()),
        Just("</li></ul>".to_owned()),
        Just("<pre>".to_owned()),
        "\\PC{1,6}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_body_gives_lines_that_fit_and_are_safe(text in markdown(), options in any_options(8..200)) {
        let article = read(&text);
        let page = lay_out(&article, &options);
        prop_assert_eq!(violation(&page, &options), None);
        for (number, block) in article.blocks.iter().enumerate() {
            if let Kind::Paragraph(flow) | Kind::Heading(_, flow) | Kind::Centred(flow) = &block.kind {
                let text: String = flow.text().chars().filter(|c| !c.is_whitespace()).collect();
                prop_assert_eq!(kept(&page, number), text);
            }
            if let Kind::Table(table) = &block.kind {
                let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
                prop_assert_eq!(crooked(&page, number, columns, options.ambiguous), None);
            }
        }
        prop_assert_eq!(gap_between_hanzi(&page), None);
        for line in 0..page.len() {
            let place = page.place(line);
            prop_assert!(page.place(page.line_at(place)) == place);
        }
    }
}

proptest! {
    #[test]
    fn a_page_set_again_is_the_page_set_afresh(
        text in markdown(),
        one in any_options(8..200),
        other in any_options(8..200),
        width in 8u16..200,
    ) {
        let article = read(&text);
        let page = lay_out(&article, &one);
        for options in [other, Options { width, ..one }] {
            let (again, afresh) = (page.again(&article, &options), lay_out(&article, &options));
            prop_assert_eq!(&again, &afresh);
            prop_assert_eq!(again.lines().collect::<Vec<_>>(), afresh.lines().collect::<Vec<_>>());
        }
    }
}

/// Real posts, where they are: the folder beside the project, or the one that `FINEWS_CORPUS` names.
fn corpus() -> Vec<(String, Arc<Article>)> {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/finews");
    let root = std::env::var_os("FINEWS_CORPUS").map_or(beside, Into::into);
    let files = walkdir::WalkDir::new(root).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let read_file = |entry: walkdir::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).ok()?;
        let body = text.splitn(3, "---\n").nth(2)?.to_owned();
        Some((entry.path().display().to_string(), read(&body)))
    };
    files.filter_map(read_file).collect()
}

#[test]
fn real_posts_obey_the_rules_at_every_width() {
    let corpus = corpus();
    assert!(
        !corpus.is_empty() || std::env::var_os("FINEWS_CORPUS").is_none(),
        "FINEWS_CORPUS holds no posts"
    );
    let all = Options {
        justify: true,
        autospace: true,
        full_width_punctuation: true,
        paragraph_gap: 1,
        ..Options::default()
    };
    let widths = || 16..=120;
    for (name, article) in corpus {
        let plain = widths().map(options);
        for options in plain.chain(widths().map(|width| Options { width, ..all.clone() })) {
            let (page, width) = (lay_out(&article, &options), options.width);
            assert_eq!(violation(&page, &options), None, "{name} at {width}");
            assert_eq!(gap_between_hanzi(&page), None, "{name} at {width}");
            let lines: Vec<Line> = page.lines().collect();
            for pair in lines.windows(2).filter(|pair| pair[0].place.block == pair[1].place.block) {
                let (above, below) = (pair[0].text(), pair[1].text());
                let begins_badly = below.starts_with(never_first) || below.starts_with([')', ',', '%']);
                assert!(!begins_badly, "{name} at {width}: {below}");
                assert!(!above.ends_with(never_last) && !above.ends_with('('), "{name} at {width}: {above}");
            }
        }
    }
}
