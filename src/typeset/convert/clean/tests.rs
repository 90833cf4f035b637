use super::*;

/// Cleaned HTML with its marks as letters.
fn cleaned(html: &str) -> String {
    let names = [
        (marks::PARAGRAPH, "¶"),
        (marks::CENTRED, "≡"),
        (marks::FLUSH_RIGHT, "⇥"),
        (marks::TERM, "*"),
        (marks::GLUE, "~"),
        (marks::CAPTION, "©"),
        (marks::CODE_FIRST, "⌜"),
        (marks::CODE, "|"),
        (marks::TABLE, "T"),
        (marks::ROW, "R"),
        (marks::CELL, "C"),
        (marks::HEAD, "H"),
        (marks::JOINED_LEFT, "L"),
        (marks::JOINED_ABOVE, "A"),
        (marks::TABLE_END, "E"),
        (marks::RULE, "—"),
        (marks::TIGHT, "^"),
        (marks::WIDE_SPACE, "□"),
    ];
    names.iter().fold(clean(html).html, |html, (mark, name)| html.replace(*mark, name))
}

#[test]
fn blocks_are_balanced_and_empty_ones_vanish() {
    for (html, expected) in [
        ("<p>甲<p>乙", "<p>¶甲</p><p>¶乙</p>"),
        ("<div><div>甲</div>乙", "<p>¶甲</p><p>¶乙</p>"),
        ("<p>&nbsp;</p><p>　</p><p>甲</p><br/><br/><p>乙</p>", "<p>¶甲</p><p>¶乙</p>"),
        ("甲<br>乙<br><br>丙", "<p>¶甲</p><p>¶^乙</p><p>¶丙</p>"),
        ("<h2>甲</h2>乙", "<h2>¶甲</h2><p>¶乙</p>"),
        ("<center>甲</center><p align=center>乙</p>丙", "<p>≡甲</p><p>≡乙</p><p>¶丙</p>"),
        ("甲<hr>乙", "<p>¶甲</p><p>—¶乙</p>"),
        (
            "甲<hr><h2>乙</h2><hr><ul><li>丙",
            "<p>¶甲</p><p>—</p><h2>¶乙</h2><p>—</p><ul><li><p>¶丙</p></li></ul>",
        ),
        ("<figure>甲<figcaption>乙</figcaption></figure>", "<p>¶甲</p><p>©乙</p>"),
        ("<pre>\na\tb\n c</pre>", "<pre>⌜\n|\n|a    b\n| c</pre>"),
        ("</blockquote>甲</ul></table>", "<p>¶甲</p>"),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
}

#[test]
fn lists_and_quotations_nest_as_deep_as_they_may() {
    for (html, expected) in [
        ("<ul><li>甲<li>乙</ul>", "<ul><li><p>¶甲</p></li><li><p>¶乙</p></li></ul>"),
        ("<li>甲", "<ul><li><p>¶甲</p></li></ul>"),
        ("<ul>甲<li>乙</li>丙</ul>", "<ul><li><p>¶甲</p></li><li><p>¶乙</p><p>¶丙</p></li></ul>"),
        ("<ul><li>甲</li><ul><li>乙</ul></ul>", "<ul><li><p>¶甲</p><ul><li><p>¶乙</p></li></ul></li></ul>"),
        ("<ol start=3><li><p>甲", "<ol start=\"0\"><li><p>¶甲</p></li></ol>"),
        ("<blockquote><p>甲", "<blockquote><p>¶甲</p></blockquote>"),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
    let deep = clean(&format!("{}甲", "<blockquote><ul><li>".repeat(1000))).html;
    assert_eq!(deep.matches("<blockquote>").count(), MAX_DEPTH / 3);
}

#[test]
fn formatting_is_written_once_and_ends_with_its_paragraph() {
    for (html, expected) in [
        ("<b><strong>甲</b>乙</strong>丙", "<p>¶<strong>甲乙</strong>丙</p>"),
        (
            "<p><b>甲<p>乙</p>丙",
            "<p>¶<strong>甲</strong></p><p>¶<strong>乙</strong></p><p>¶<strong>丙</strong></p>",
        ),
        ("<p><b>甲</p><p>乙", "<p>¶<strong>甲</strong></p><p>¶乙</p>"),
        ("<b>甲<p>乙</p></b>丙", "<p>¶<strong>甲</strong></p><p>¶<strong>乙</strong></p><p>¶丙</p>"),
        ("<a href='x'>甲<a href='y'>乙</a>丙", "<p>¶<a href=\"lx\">甲</a><a href=\"ly\">乙</a>丙</p>"),
        (
            "<span class=em_stock_key_common href=x><span>蔚</span>来</span>车",
            "<p>¶<a href=\"sx\">蔚来</a>车</p>",
        ),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
}

#[test]
fn blanks_are_kept_where_they_separate_words() {
    for (html, expected) in [
        ("中\n  文", "<p>¶中文</p>"),
        ("中\n<b>文</b>", "<p>¶中<strong>文</strong></p>"),
        ("a\n b", "<p>¶a b</p>"),
        ("中 文", "<p>¶中 文</p>"),
        ("　　中　文", "<p>¶中□文</p>"),
        ("a&lt;b &amp;&copy;", "<p>¶a&lt;b &amp;&copy;</p>"),
        ("a\u{1}\u{fdd5}&#xFDD5;b", "<p>¶ab</p>"),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
}

#[test]
fn tables_become_marks_with_cells_where_spans_put_them() {
    let row = |cells: &str| {
        // A paragraph ends behind each text.
        let marks = cells.chars().map(|c| match c {
            'T' | 'R' | 'C' | 'H' | 'L' | 'A' | 'E' => c.to_string(),
            text => format!("¶{text}</p><p>"),
        });
        format!("<p>{}</p>", marks.collect::<String>()).replace("<p></p>", "")
    };
    for (html, cells) in [
        ("<table><tr><th>甲<td>乙</table>丙", "TRH甲C乙E丙"),
        ("<table><tr><td colspan=2>甲<td>乙</table>", "TRC甲LC乙E"),
        ("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>", "TRC甲C乙RAC丙E"),
        ("<table><tr><td>甲<td rowspan=2>乙<tr><td>丙</table>", "TRC甲C乙RC丙AE"),
        ("<table><tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙</table>", "TRC甲LC乙RALC丙E"),
        ("<table><tr><td><table><tr><td>甲<td>乙</table><td>丙", "TRC甲乙C丙E"),
        ("<td>甲</td>", "甲"),
    ] {
        assert_eq!(cleaned(html), row(cells), "{html}");
    }
    let bomb = clean("<table><tr><td colspan=4000000000>1</td><td rowspan=99999999999>2</table>").html;
    assert!(bomb.len() < 1000);
}

#[test]
fn hidden_elements_are_dropped_but_never_the_rest_of_the_post() {
    for (html, expected) in [
        ("<p style='display: none;'>甲<br></p>乙", "<p>¶乙</p>"),
        ("<div hidden><div>甲</div></div>乙", "<p>¶乙</p>"),
        ("<div hidden>甲", "<p>¶甲</p>"),
        ("<p hidden>甲<p>乙</p>丙", "<p>¶乙</p><p>¶丙</p>"),
        ("<script>甲</script><style>乙</style><title>丙</title>丁", "<p>¶丁</p>"),
        ("<img src=x width=1 height=1>", ""),
    ] {
        assert_eq!(cleaned(html), expected, "{html}");
    }
}

#[test]
fn an_address_in_angle_brackets_is_kept() {
    assert_eq!(
        cleaned("<http://a.cn/b,1.html>"),
        "<p>¶<a href=\"lhttp://a.cn/b,1.html\">http://a.cn/b,1.html</a></p>"
    );
}
