//! Words are the text of the article.

use super::*;
use crate::typeset::convert::article;
use crate::typeset::corpus;
use proptest::prelude::*;

fn of(markup: Markup, text: &str) -> String {
    words(&Body { markup, text: text.to_owned() })
}

/// The words of a text for which the article need not be made.
fn at_once(markdown: &str) -> Option<String> {
    shortcut::words(&unmarked::html(markdown)?)
}

#[test]
fn posts_have_the_words_of_their_articles() {
    for (name, body) in corpus::bodies() {
        assert_eq!(words(&body), text_of(&article(&body)), "{name}");
    }
}

#[test]
fn the_shapes_of_news_need_no_article() {
    for (text, expected) in [
        ("<p>甲<b>乙</b>丙<br/>戊</p>\n <p>丁&nbsp;&amp;</p>", "甲乙丙\n戊\n丁\u{a0}&"),
        ("<p>贵州<span class=\"keytip\" data-code=\"1,600519\">茅台</span>涨_3*5_</p>", "贵州茅台涨_3*5_"),
        ("一行\n又一行，and\nmore\n\n　　新段", "一行又一行，and more\n新段"),
        ("2022年5月24日，涨3.5%。\n\n（新华社）", "2022年5月24日，涨3.5%。\n（新华社）"),
        ("<p>甲</p>乙\n丙", "甲\n乙丙"),
        (
            "<!-- 图 --><p><a href=\"x\"><img src=\"y\" alt=\"K图 1_0\"></a></p><p hidden>暗</p><p>明</p>",
            "明",
        ),
        ("<center>甲</center>\n<table><tr><th>代码</th><td>名<br>称</td></tr></table>", "甲\n代码\n名\n称"),
        ("> 甲 乙（新华社）\n\n<p>甲乙，丙</p><p>丁</p>", "甲乙，丙\n丁"),
        ("> 甲乙\n\n<p>丁</p>\n\n甲乙丙", "丁\n甲乙丙"),
        ("> 甲乙\n\n<p>丁</p>", "甲乙\n丁"),
        ("", ""),
    ] {
        assert_eq!(at_once(text).as_deref(), Some(expected), "{text}");
        assert_eq!(of(Markup::Markdown, text), expected, "{text}");
    }
}

#[test]
fn what_is_shown_is_found_and_nothing_else() {
    for (text, expected) in [
        ("5 * 3 * 2 与 **粗体**`a*b`", "5 * 3 * 2 与 粗体a*b"),
        ("*ST海航、*ST康美与\\*ST甲", "*ST海航、*ST康美与*ST甲"),
        ("3~5元，7~9元，H~2~O，~~删~~除", "3~5元，7~9元，H~2~O，删除"),
        ("用`<br>`换行\n\n```html\n<p>&*\n```\n\n    c`d`", "用<br>换行\n<p>&*\nc`d`"),
        (
            "见[公告](http://a.cn/x_(1))、[乙][r]、[丙](<http://a b.cn>)。\n\n[r]: http://b.cn",
            "见公告、乙、丙。",
        ),
        ("[[词|字]]，{{ site.x }}甲{: .b}", "字，甲"),
        ("$a*b*c$", "$a*b*c$"),
        ("<http://a.cn/b>", "http://a.cn/b"),
        ("5`30秒", "5`30秒"),
        ("![图注](b.png)\n\n<img src=\"c.png\" title=\"图题\">", "图注\n图题"),
        ("<div hidden>甲\n\n乙", "甲\n乙"),
        ("x<sup>2</sup>，CO<sub>2</sub>", "x²，CO₂"),
        ("Caf&eacute; A&copy;B &unknown;", "Café A©B &unknown;"),
        ("- 甲\n- 乙\n\n1. 丙\n\n# 丁\n\n> 戊\n> 己", "甲\n乙\n丙\n丁\n戊己"),
    ] {
        assert_eq!(of(Markup::Markdown, text), expected, "{text}");
    }
    assert_eq!(of(Markup::Plain, "<p>*a*\n\nb"), "<p>*a*\nb");
    assert_eq!(of(Markup::Html, "<p>*a*\n\nb"), "*a* b");
}

#[test]
fn html_that_goes_on_behind_empty_lines_is_read_as_the_article_is() {
    for text in [
        "</table>\n<table><tr><td>\n\n甲\n\n乙\n\n</td></tr></table>",
        "<!-- <table> -->\n\n庚\n\n辛\n\n<table><tr><td>壬</td></tr></table>",
        "<TABLE><tr><td>甲</td>\n\n乙</TABLE>",
        "<div>\n<!-- 暗甲\n\n暗乙 -->\n丙",
        "<p title=\"题甲\n\n题乙\" 题丙>丁",
        "<p title='题甲\n\n题乙' 题丙>丁",
        "<p><math hidden><mi>密</mi></math>后</p>",
        "<div>甲\n　　\n<!-- x -->乙",
        "<div>甲\n　　<b>乙</b></div>",
        "<strong>\n\n> 甲乙（丙）\n\n<p>甲乙",
        "甲&nbsp;<b>&nbsp;乙</b> &nbsp;丙",
    ] {
        let body = Body { markup: Markup::Markdown, text: text.to_owned() };
        assert_eq!(words(&body), text_of(&article(&body)), "{text}");
    }
}

/// Pieces of which the shortcuts are sure, most of the time.
const SIMPLE: &str = "<p>¦</p>¦<p style=\"text-align:center;\">¦<p hidden>¦<p style=\"display:none;\">¦<br />¦<strong>¦\
    </strong>¦<b>¦</b>¦<a href=\"http://a.cn/b_c\">¦</a>¦<span class=\"keytip\" data-code=\"1,600519\">¦\
    </span>¦<center>¦</center>¦<div>¦</div>¦<table>¦<tbody><tr><td>¦<tr>¦<td>¦<td colspan=2>¦</td>¦</tr>¦\
    </table>¦<th>¦<ul>¦<li>¦</li>¦</ul>¦<h2>¦</h2>¦<hr>¦> 甲\n\n¦> 甲乙（丙）\n\n<p>甲乙¦<blockquote>甲</blockquote>¦<img src=\"http://a.cn/b.png\" alt=\"image\">¦\
    <!-- 注 -->¦&nbsp;¦&amp;¦&lt;p&gt;¦\n¦\n\n¦ ¦    ¦　　¦\n　　¦甲¦乙丙，¦“丁”¦a¦word¦2022年";
/// Pieces that may mean something else.
const ODD: &str = "<br>¦<ol start=3>¦</ol>¦<blockquote>¦</blockquote>¦<img alt=\"图注\" />¦<img title=\"图题\">¦\
    <img width=1 alt=x>¦<!--¦-->¦<script>x</script>¦<style>p{}</style>¦<sup>2</sup>¦<sub>¦\
    <ruby>汉<rt>han</rt></ruby>¦<pre>¦</pre>¦<code>¦</code>¦<figure class=\"highlight\">¦<figcaption>¦\
    <dl><dt>¦<dd>¦<q>¦<xmp>¦<u>¦<font color=red>¦<iframe src=\"http://a.cn\">¦<http://a.cn/b>¦\
    <span data-math-style=\"inline\">¦<section>¦<¦>¦<>¦< 5¦<中¦</br>¦&#20013;¦&eacute;¦&zwnj;¦&unknown;¦&¦  \n¦\t¦……¦——¦1. ¦3) ¦- ¦* ¦+ ¦# ¦> ¦---¦===¦: ¦*¦**¦_¦`¦```\n¦~¦~~¦~~~\n¦\\¦\\*¦\\[¦[¦]¦\
    [乙](http://a.cn)¦![图](b.png)¦[乙][r]¦[r]: http://a.cn¦[[词|字]]¦[^1]¦[^1]: 注¦$¦$a*b*c$¦|¦\
    | a | b |\n|---|---|\n¦{{ x }}¦{% raw %}¦{: .x}¦{%¦}¦<中国>¦</p>戊¦</p>*戊*¦<p¦<p title=\"¦\"¦'¦é¦ü¦①¦㎡¦\
    ㈱¦→¦😀¦👍🏽¦\u{200b}¦\u{200d}¦\u{fe0f}¦\u{301}¦\u{a0}¦\u{2002}¦\u{2009}¦\u{ad}¦\u{feff}¦\u{202e}¦\
    \u{2028}¦\u{85}¦\r\n¦\r¦\0¦\u{c}¦ｱ¦ﾞ¦가¦か\u{3099}¦𠮷¦🇨🇳¦\u{2060}¦\u{fdd0}¦*ST海航¦5 * 3 * 2¦H~2~O¦3~5%";

/// Lines that begin, end or go on with raw HTML.
const LINES: &[&str] = &[
    "<p>甲</p>",
    "<p>乙",
    "丙</p>",
    "丁",
    "己，庚",
    "</p>辛",
    "<p>壬</p>癸",
    "<div>",
    "</div>子",
    "<table>",
    "</table>",
    "<tr><td>丑",
    "</td></tr></table>",
    "<!-- <table> -->",
    "<!-- 暗",
    "暗 -->",
    "<p title=\"题",
    "题\" b>寅",
    "<p title='题",
    "题' b>卯",
    "<p hidden>辰",
    "<math hidden>",
    "</math>",
    "<pre>",
    "</pre>",
    "  <p>巳</p>",
    "    <p>午</p>",
    "    未",
    "> 甲",
    "> 乙丙",
    "<blockquote>申</blockquote>",
    "<b>酉</b>",
    "<br>",
    "<p><b>戌</b></p>",
    "亥<br>",
    "<>",
    "　　",
    "　　子",
    "<ul><li>丑",
    "</li></ul>",
    "<style>",
    "</style>寅",
];

fn text() -> impl Strategy<Value = String> {
    let of = |pieces: &'static str| prop::sample::select(pieces.split('¦').collect::<Vec<_>>());
    let piece = prop_oneof![
        6 => of(SIMPLE),
        3 => of("甲¦乙丙，¦\n¦ ¦\n\n¦word"),
        1 => of(ODD),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_lines_of_html_have_the_words_of_their_article(
        lines in prop::collection::vec((prop::sample::select(LINES), prop::sample::select(&["\n", "\n\n"][..])), 0..12),
    ) {
        let text = lines.into_iter().flat_map(|(line, end)| [line, end]).collect();
        let body = Body { markup: Markup::Markdown, text };
        prop_assert_eq!(words(&body), text_of(&article(&body)));
    }

    #[test]
    fn any_text_has_the_words_of_its_article(text in text(), html: bool) {
        let body = Body { markup: if html { Markup::Html } else { Markup::Markdown }, text };
        prop_assert_eq!(words(&body), text_of(&article(&body)));
    }
}
