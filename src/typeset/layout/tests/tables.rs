//! Tables on a page.

use super::properties::{crooked, violation};
use super::*;

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
fn a_wide_table_is_a_grid_if_asked_for() {
    let table = "|日期|公司|说明|\n|-|-|-|\n|3月1日|青檐茶业|收入增长|";
    let wide = Options { wide_tables: true, ..options(16) };
    let lines = ["  日期 │ 公司     │ 说明", "───────┼──────────┼─────────", "3月1日 │ 青檐茶业 │ 收入增长"];
    assert_eq!(seen(table, &wide), lines);
    assert!(lay_out(&read(table), &wide).lines().all(|line| line.whole));
    assert!(lay_out(&read(table), &options(40)).lines().all(|line| !line.whole));
}
