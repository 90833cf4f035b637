mod elements;

use super::*;
use crate::post::WebUrl;
use crate::typeset::article::{Cell, Level, Marker};
use crate::typeset::style::{Mark, Role};
use proptest::prelude::*;

fn markdown(text: &str) -> Article {
    article(&Body { markup: Markup::Markdown, text: text.to_owned() })
}

fn html(text: &str) -> Article {
    article(&Body { markup: Markup::Html, text: text.to_owned() })
}

#[test]
fn every_kind_of_block_is_read() {
    for (text, plain) in [
        ("# 标题\n\n正文**粗体。**接着", "标题\n正文粗体。接着"),
        ("<p>甲</p>乙[丙](http://a.cn)", "甲\n乙丙"),
        ("- 甲\n- 乙\n\n1. 丙", "甲\n乙\n丙"),
        ("```\na  b\n  c\n```", "a  b\n  c"),
        ("|甲|乙|\n|-|-|\n|1|2|", "甲 | 乙\n1 | 2"),
        ("<table><caption>表</caption><tr><td>1<td>2</table>", "表\n1 | 2"),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙"),
        ("甲<br/>乙", "甲\n乙"),
        ("<center><img src=\"http://a.cn/b\" alt=\"Image\"></center><p>乙", "乙"),
        ("<dl><dt>甲<dd>乙</dd><dt>丙<dd>丁</dl>", "甲\n乙\n丙\n丁"),
        ("脚注[^a]\n\n[^a]: 说明", "脚注¹\n说明"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>と", "漢(かん)字(じ)と"),
        ("<ruby><rb>東<rb>京<rp>(<rt>とう<rt>きょう<rp>)</ruby>と", "東京(とうきょう)と"),
        ("<ruby>振<rt>（ふ）</rt></ruby>り<ruby>甲<rtc><rt>a</rt></rtc></ruby>", "振(ふ)り甲(a)"),
        ("<ruby>甲<rp>乙</rp><rt></rt></ruby>丙", "甲(乙)丙"),
        ("x<sup>n+1</sup>、a<sup>q</sup>、b<sub>甲乙</sub>、某<sup>TM</sup>", "xⁿ⁺¹、a^q、b_(甲乙)、某™"),
        ("甲<sup>[<a href='#n'>3</a>]</sup>，乙<sup>&reg;</sup>", "甲[3]，乙®"),
        ("设 \\(a_1 * b_2 * c\\)：\n\n\\[\na_1 * b_2 * c\n\\]", "设 $a_1 * b_2 * c$：\n$$ a_1 * b_2 * c $$"),
        ("甲\n乙\n: 丙\n\n丁\n戊\n\n: 己", "甲\n乙\n丙\n丁\n戊\n己"),
        ("行内 $a_1 * b_2 * c$ 公式", "行内 $a_1 * b_2 * c$ 公式"),
        ("涨了$5，跌了$3", "涨了$5，跌了$3"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
        ("<p>x<sup>2</sup>，H<sub>2</sub>O", "x²，H₂O"),
        ("软\n换行 of\nwords", "软换行 of words"),
        ("", ""),
    ] {
        assert_eq!(markdown(text).plain_text(), plain, "{text}");
    }
}

#[test]
fn plain_bodies_keep_their_lines_and_their_signs() {
    let body = Body { markup: Markup::Plain, text: "<b>甲</b>\n**乙**\n\n丙\u{1b}[0m".to_owned() };
    let article = article(&body);
    assert_eq!(article.plain_text(), "<b>甲</b>\n**乙**\n丙[0m");
    assert_eq!(article.blocks.iter().map(|block| block.tight).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn links_are_web_addresses_and_carry_their_words() {
    let article = markdown(
        "[甲**乙**](http://a.cn) <http://b.cn/1,2.html> [丙](javascript:alert(1)) 见https://c.cn/d。 \
         <a class=\"keytip\" href=\"//e.cn\" data-code=\"1,600519\">茅台</a>",
    );
    let links: Vec<_> = article.links.iter().map(|link| (link.url.as_str(), link.text.as_str())).collect();
    assert_eq!(
        links,
        [
            ("http://a.cn", "甲乙"),
            ("http://b.cn/1,2.html", "http://b.cn/1,2.html"),
            ("https://c.cn/d", "https://c.cn/d"),
            ("https://e.cn", "茅台"),
        ]
    );
    let Kind::Paragraph(flow) = &article.blocks[0].kind else { panic!("no paragraph") };
    let stocks: Vec<_> = flow
        .pieces(0..flow.text().len())
        .filter(|(_, style, _)| style.has(Mark::Stock))
        .map(|piece| piece.0)
        .collect();
    assert_eq!(stocks, ["茅台"]);
    assert!(flow.text().contains("丙"));
}

#[test]
fn pictures_keep_captions_that_say_something() {
    for (text, caption, links) in [
        ("<img src='http://a.cn/b.png' alt='K图 002752_0'>", "", 1),
        ("<img src='http://a.cn/b.png' alt='走势图'>", "走势图", 1),
        ("![](/relative.png)", "", 0),
        ("<a href='http://b.cn'><img src='http://a.cn/b.png' alt='image'></a>", "", 1),
        ("<a href='http://b.cn'><img src='http://a.cn/b.png'></a>", "", 1),
    ] {
        let article = markdown(text);
        let Kind::Image(found) = &article.blocks[0].kind else { panic!("no picture: {text}") };
        assert_eq!((found.caption.text(), article.links.len()), (caption, links), "{text}");
    }
    assert_eq!(markdown("字<img src='http://a.cn/b' alt='图注'>字").plain_text(), "字[图注]字");
}

#[test]
fn short_bold_paragraphs_are_headings() {
    for (text, is_heading) in [
        ("<p><strong>影响有多大？ </strong></p><p>正文</p>", true),
        ("<p align=center><b>小标题</b></p><p>正文</p>", true),
        ("<p><strong>这是一句完整的话。</strong></p><p>正文</p>", false),
        ("<p><strong>半</strong>句</p><p>正文</p>", false),
        ("<p><strong>最后一段</strong></p>", false),
    ] {
        let first = &html(text).blocks[0].kind;
        assert_eq!(matches!(first, Kind::Heading(..)), is_heading, "{text}");
    }
}

#[test]
fn items_carry_their_number_once() {
    let article = markdown("9. 甲\n\n   乙\n10. 丙\n    > 丁");
    let levels: Vec<_> = article.blocks.into_iter().map(|block| block.levels).collect();
    let item = |marker| Level::Item { marker, digits: 2 };
    assert_eq!(
        levels,
        [
            vec![item(Some(Marker::Number(9)))],
            vec![item(None)],
            vec![item(Some(Marker::Number(10)))],
            vec![item(None), Level::Quote],
        ]
    );
}

#[test]
fn a_digest_that_the_text_repeats_is_dropped() {
    let body = "<p><b>某公司</b>今日宣布，发布新产品。更多内容。</p>";
    for (digest, kept) in [
        ("> 某公司今日宣布，发布新产品。（上海证券报）", false),
        ("> 某公司今日宣布，\n> 发布新产品…", false),
        ("> 另一件事情", true),
    ] {
        let article = markdown(&format!("{digest}\n\n{body}"));
        assert_eq!(article.blocks[0].levels == [Level::Quote], kept, "{digest}");
    }
}

#[test]
fn a_heading_that_repeats_the_title_above_it_is_dropped() {
    for (body, blocks) in [
        ("# 周刊（第 3 期）\n\n正文", 1),
        ("周刊（第  3 期）\n====\n\n正文", 1),
        ("# 别的\n\n正文", 2),
        ("正文\n\n# 周刊（第 3 期）", 2),
        ("> # 周刊（第 3 期）\n\n正文", 2),
        ("周刊（第 3 期）\n\n正文", 2),
        ("", 0),
    ] {
        assert_eq!(markdown(body).below("周刊（第 3 期）").blocks.len(), blocks, "{body}");
    }
}

#[test]
fn table_cells_stand_where_spans_put_them() {
    let article = html("<table><tr><th>甲<th>乙<th>丙<tr><td colspan=2>1<td>2<tr><td rowspan=9>3</table>");
    let Kind::Table(table) = &article.blocks[0].kind else { panic!("no table") };
    let rows: Vec<String> =
        table.rows.iter().map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(rows, ["甲|乙|丙", "1||2", "3"]);
}

#[test]
fn no_line_ends_between_a_word_and_what_is_small_beside_it() {
    for (text, parts) in [
        ("<ruby>漢<rt>かん</rt></ruby>字", ["漢(か", "ん)", "字"].as_slice()),
        ("水<sub>2</sub>、甲<sup>[3]</sup>乙", &["水₂、", "甲[3]", "乙"]),
        ("<sup>2</sup>甲", &["²", "甲"]),
        ("甲<sup>注</sup>庚", &["甲^注", "庚"]),
        ("甲<sub>注</sub>庚", &["甲_注", "庚"]),
    ] {
        let article = html(text);
        let Kind::Paragraph(flow) = &article.blocks[0].kind else { panic!("no paragraph") };
        let mut start = 0;
        let found: Vec<_> = flow
            .segments()
            .iter()
            .map(|segment| segment.end as usize)
            .filter_map(|end| flow.text().get(std::mem::replace(&mut start, end)..end))
            .collect();
        assert_eq!(found, parts);
    }
}

#[test]
fn footnotes_carry_the_number_that_the_text_gives_them() {
    let article = markdown(
        "甲[^z]，乙[^abc]，丙[^z]，丁[^1]。\n\n[^1]: 丁注\n[^abc]: 乙注，见[^九]\n[^never]: 无人\n[^z]: 甲注\n[^九]: 九注",
    );
    let numbered = article.blocks.iter().map(|block| {
        let number = block.levels.iter().find_map(|level| match level {
            Level::Item { marker: Some(Marker::Number(number)), .. } => Some(*number),
            _ => None,
        });
        (number, block.flows().map(Flow::text).collect::<String>())
    });
    let numbered: Vec<_> = numbered.filter(|(_, text)| !text.is_empty()).collect();
    let note = |number, text: &str| (Some(number), text.to_owned());
    assert_eq!(
        numbered,
        [
            (None, "甲¹，乙²，丙¹，丁³。".to_owned()),
            note(1, "甲注"),
            note(2, "乙注，见⁴"),
            note(3, "丁注"),
            note(4, "九注"),
        ]
    );
}

#[test]
fn captions_have_their_role() {
    let article = html("<figure><img src='http://a.cn/b'><figcaption>图注</figcaption></figure>");
    let Kind::Centred(flow) = &article.blocks[1].kind else { panic!("no caption") };
    assert!(flow.all(|style| style.role == Role::Caption));
}

#[test]
fn what_a_picture_says_stands_once() {
    let figure = |alt| {
        format!(
            "<figure><a href='http://b.cn'><img src='http://a.cn/b' alt='{alt}'></a><figcaption>图注</figcaption></figure>"
        )
    };
    let hugo = r#"{{< figure src="http://a.cn/b" link="http://b.cn" title="图" caption="*注*" >}}"#;
    let wordpress =
        "<div><a href='http://b.cn'><img src='http://a.cn/b'></a><p class='x wp-caption-text'>图注</p></div>";
    for (text, caption) in
        [(figure("图注").as_str(), ""), (figure("茶馆").as_str(), "茶馆"), (hugo, ""), (wordpress, "")]
    {
        let article = markdown(text);
        let [Kind::Image(picture), Kind::Centred(words)] = [&article.blocks[0].kind, &article.blocks[1].kind]
        else {
            panic!("no figure: {text}")
        };
        assert_eq!(picture.caption.text(), caption, "{text}");
        assert_eq!(picture.source.as_ref().map(WebUrl::as_str), Some("http://a.cn/b"), "{text}");
        assert_eq!(article.links[picture.link.unwrap()].url.as_str(), "http://b.cn", "{text}");
        assert_eq!(words.text().replace(' ', ""), "图注", "{text}");
    }
}

#[test]
fn paragraphs_stand_where_their_authors_put_them() {
    for (text, at) in [
        ("<p align=right>甲", '右'),
        ("<p style='color:red; text-align: RIGHT !important'>甲", '右'),
        ("<div style='text-align:end'><p>甲", '右'),
        ("<center><p align=left>甲", '左'),
        ("<div align=center><div align=right>甲", '右'),
        ("<p class='has-text-align-center'>甲", '中'),
        ("<p style='vertical-align:right'>甲", '左'),
    ] {
        let found = match html(text).blocks[0].kind {
            Kind::FlushRight(_) => '右',
            Kind::Centred(_) => '中',
            _ => '左',
        };
        assert_eq!(found, at, "{text}");
    }
}

#[test]
fn definitions_belong_to_their_terms() {
    for text in ["甲\n: 乙\n\n    丙\n: 丁", "<dl><dt>甲<dd><p>乙</p><p>丙</p><dd>丁</dl>"] {
        let article = markdown(text);
        assert!(
            matches!(&article.blocks[0].kind, Kind::Term(flow) if flow.all(|s| s.has(Mark::Strong))),
            "{text}"
        );
        let levels: Vec<_> =
            article.blocks.iter().skip(1).map(|block| (block.levels.clone(), block.tight)).collect();
        let expected = [(true, true), (false, false), (true, true)];
        assert_eq!(
            levels,
            expected.map(|(begins, tight)| (vec![Level::Definition { begins }], tight)),
            "{text}"
        );
    }
    let nested = html("<ul><li><dl><dt>甲<dd><ol><li>乙</ol><dl><dt>丙<dd>丁</dl></dl>戊</ul>");
    let depths: Vec<_> = nested.blocks.iter().map(|block| block.levels.len()).collect();
    assert_eq!(depths, [1, 3, 2, 3, 1]);
}

#[test]
fn program_text_keeps_its_language_and_loses_its_line_numbers() {
    for (text, language) in [
        ("```C++ {linenos=1}\na\n```", "c++"),
        ("``` {.python}\na\n```", "python"),
        ("{% highlight rb linenos %}\na\n{% endhighlight %}", "rb"),
        ("{% codeblock 标题 lang:objc %}\na\n{% endcodeblock %}", "objc"),
        ("{{< highlight go >}}\na\n{{< /highlight >}}", "go"),
        (
            "<div class='language-ruby highlighter-rouge'><div class='highlight'><pre><code>a</code></pre></div></div>",
            "ruby",
        ),
        (
            "<figure class='highlight js'><table><tr><td class=gutter><pre><span>1</span></pre></td><td class=code><pre><span>a</span><br></pre></td></tr></table></figure>",
            "js",
        ),
        (
            "<table class='lntable'><tr><td><pre><code><span class=lnt>1\n</span></code></pre><td><pre><code class='language-go' data-lang=go>a</code></pre></table>",
            "go",
        ),
        ("<pre class='brush: java; toolbar: false'>a</pre>", "java"),
        ("<div class='language-ruby'>甲</div><pre>a</pre>", ""),
        ("```\na\n```", ""),
        ("<table><tr><td><pre>a</pre></table>", ""),
    ] {
        let blocks = markdown(text).blocks;
        let Some(Kind::Code(code)) = blocks.last().map(|block| &block.kind) else {
            panic!("no code: {text}")
        };
        assert_eq!(code.language.as_str(), language, "{text}");
        assert_eq!(code.lines.iter().map(Flow::text).collect::<String>(), "a", "{text}");
    }
}

/// Bodies made to break converters. Time is bounded by construction; a test that does not end has failed.
#[test]
fn hostile_bodies_keep_their_text() {
    let (very_many, many) = (100_000, 20_000);
    for (name, body) in [
        ("nested divisions", "<div>".repeat(very_many) + "末"),
        ("unclosed formatting", "<b>".repeat(very_many) + "末"),
        ("formatting of all kinds", "<b><i><s><a href=x>".repeat(many / 4) + "末"),
        ("paragraphs in formatting", "<b><p>字".repeat(many / 8) + "末"),
        ("nested superscripts", "<sup>字".repeat(many / 8) + "</sup>末"),
        ("nested lists", "<ul><li>".repeat(many / 2) + "末"),
        ("nested quotations", "<blockquote>".repeat(many / 2) + "末"),
        ("nested tables", "<table><tr><td>".repeat(many / 4) + "末"),
        ("quotation marks", "> ".repeat(very_many) + "末"),
        ("list marks", "- ".repeat(many) + "末"),
        ("brackets", "[".repeat(many) + "末"),
        ("pictures", "![".repeat(many) + "末"),
        ("emphasis", "*a_ ".repeat(many / 2) + "末"),
        ("backticks", "` `` ".repeat(many / 5) + "末"),
        ("hidden", "<p hidden>".repeat(many) + "末"),
        ("hidden comments", "<p hidden><!--".repeat(many) + "</p>末"),
        ("scripts", "<script>".repeat(many) + "末"),
        ("comments", "<!--".repeat(many) + "末"),
        ("unclosed comment", "字<!-- 末".to_owned()),
        ("unclosed quote", "字<a href=\"x>末".to_owned()),
        ("quotes of two kinds", "<a x=\"<b y='".repeat(many / 8) + ">末"),
        ("a tag of a megabyte", format!("<img alt=\"{}\">末", "x".repeat(1_000_000))),
        ("tags without end", "<a ".repeat(many) + ">末"),
        ("spans", "<table><tr><td colspan=2>甲<td rowspan=2>1</table>末".to_owned()),
        (
            "span bomb",
            "<table>".to_owned() + &"<tr><td colspan=9999 rowspan=9999>x".repeat(2000) + "</table>末",
        ),
        ("references", "&".repeat(many) + "&#xffffffffff;末"),
        ("combining marks", "e".to_owned() + &"\u{301}".repeat(many) + "末"),
        ("joiners", "👨\u{200d}".repeat(many / 8) + "末"),
        ("one word", "x".repeat(very_many * 5) + "末"),
        ("braces", "{%".repeat(many) + "{{" + "末"),
        ("shortcodes", "{{< figure ".repeat(many / 8) + &"a=".repeat(many) + ">}}末"),
        ("formulas", "\\(".repeat(many) + "\\)末"),
        ("wiki links", "[[a".repeat(many) + "]]末"),
        ("nested definitions", "<dl><dd>".repeat(many / 2) + "末"),
        ("terms", "<dt>".repeat(many) + "</dt>末"),
        ("definition marks", "甲\n: ".repeat(many / 8) + "末"),
        ("readings", "<ruby>字<rp>(<rt>".repeat(many / 4) + "</ruby>末"),
        ("formulas", "<math><mfrac>1".repeat(many / 8) + "</mfrac></math>末"),
        ("a deep formula", "<math>".to_owned() + &"<msqrt>".repeat(many) + "x</math>末"),
        ("program text", "<pre><code class=language-rust>\"/*".repeat(many / 4) + "</pre>末"),
    ] {
        for article in [markdown(&body), html(&body)] {
            assert!(article.plain_text().ends_with('末'), "{name}");
            assert!(article.blocks.iter().all(|block| block.levels.len() <= clean::MAX_DEPTH), "{name}");
        }
    }
}

#[test]
fn nothing_that_a_body_holds_reaches_the_terminal() {
    let evil = "甲\u{1b}]8;;http://x\u{7}乙\u{9b}31m丙\0\u{202e}丁\u{2028}戊\u{feff}&#27;&#x9b;&#8238;己";
    let body = format!(
        "{evil}\n\n![{evil}](http://a.cn/{evil}) [{evil}](http://b.cn/{evil})\n\n`{evil}`\n\n```\n{evil}\n```\n\n|{evil}|b|\n|-|-|\n|c|d|"
    );
    for article in
        [markdown(&body), html(&body), article(&Body { markup: Markup::Plain, text: body.clone() })]
    {
        let flows = article.blocks.iter().flat_map(Block::flows);
        for text in flows.map(Flow::text).chain(article.links.iter().map(|link| link.url.as_str())) {
            assert!(!text.chars().any(crate::post::is_unsafe), "{text:?}");
        }
        assert!(article.plain_text().contains('己'));
    }
}

#[test]
fn a_long_body_is_cut_with_a_remark() {
    let article = markdown(&"很长的正文。".repeat(MAX_BODY / 18 + 1));
    assert_eq!(article.blocks.last().map(|block| &block.kind), Some(&Kind::Remark(Remark::Cut)));
    assert!(article.plain_text().len() <= MAX_BODY);
}

#[test]
fn a_conversion_that_fails_shows_the_text_without_tags() {
    let article = unformatted("<p>甲<b>乙</b><p>丙 &amp; 丁");
    assert_eq!(article.plain_text(), "甲乙\n丙 & 丁");
    assert_eq!(article.blocks[0].kind, Kind::Remark(Remark::Unformatted));
}

/// HTML of tags in any order.
pub(in crate::typeset) fn tags() -> impl Strategy<Value = String> {
    let names = "sub|ruby|rt|rp|p|div|h2|blockquote|ul|ol|li|table|tr|td|th|caption|figure|figcaption|center|b|em|s|code|sup|a|span|pre|dl|dt|dd|q|font";
    let names: Vec<&str> = names.split('|').collect();
    let tag = (
        proptest::sample::select(names),
        any::<bool>(),
        "( align=center| align=right| colspan=3| rowspan=4| class=x)?",
    )
        .prop_map(
            |(name, closes, attribute)| {
                if closes { format!("</{name}>") } else { format!("<{name}{attribute}>") }
            },
        );
    let piece = prop_oneof![
        3 => "[一-龥]{1,5}",
        4 => tag,
        1 => proptest::sample::select(vec!["<br>", "<hr>", "\n", " ", "\n\n", "&nbsp;", "<img src=x>", "<!-- -->", "<"])
            .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn however_tags_are_nested_no_text_is_lost_or_moved(body in tags()) {
        let hanzi = |text: &str| text.chars().filter(|c| ('一'..='龥').contains(c)).collect::<String>();
        // A digest may be dropped at the beginning only.
        let body = format!("<p>首</p>{body}");
        let article = html(&body);
        prop_assert!(!article.blocks.iter().any(|block| matches!(block.kind, Kind::Remark(_))), "fell back");
        prop_assert_eq!(hanzi(&article.plain_text()).replace('图', ""), hanzi(&body).replace('图', ""));
    }
}
