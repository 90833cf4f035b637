use super::*;
use crate::post::{Body, Markup};
use crate::typeset::article;
use crate::typeset::convert::tests::tags;
use proptest::prelude::*;

fn read(html: &str) -> Article {
    article(&Body { markup: Markup::Html, text: html.to_owned() })
}

/// The export without its title and line ends.
fn exported(text: &str) -> String {
    let html = html("题", &read(text));
    html.strip_prefix("<h1>题</h1>\n").unwrap().replace('\n', "")
}

#[test]
fn what_html_can_say_is_said() {
    for text in [
        "<p style=\"text-align:right\">甲</p><p style=\"text-align:center\">乙</p>",
        "<p>甲<br>乙</p><p>丙</p><hr>",
        "<h2>甲</h2><p><strong>乙</strong><em>丙</em><s>丁</s><code>a&lt;b</code></p>",
        "<p><a href=\"http://a.cn/?b=1&amp;c\">甲<strong>乙</strong></a>丙</p>",
        "<blockquote><p>甲</p><blockquote><p>乙</p></blockquote></blockquote><p>丙</p>",
        "<ul><li><p>甲</p><p>乙</p><ol start=\"3\"><li><p>丙</p></li><li><p>丁</p></li></ol></li><li><p>戊</p></li></ul>",
        "<ol><li><p>甲</p></li></ol><ol><li><p>乙</p></li></ol>",
        "<dl><dt><strong>甲</strong></dt><dd><p>乙</p><p>丙</p></dd><dd><p>丁</p></dd><dt><strong>戊</strong></dt></dl>",
        "<ul><li><dl><dt><strong>甲</strong></dt><dd><p>乙</p></dd></dl><p>丙</p></li></ul>",
        "<pre><code class=\"language-rust\">a  &amp;b</code></pre><pre><code>c</code></pre>",
        "<figure><a href=\"http://b.cn\"><img src=\"http://a.cn/b\" alt=\"\"></a><img src=\"http://a.cn/c\" alt=\"甲&quot;\"><figcaption>乙</figcaption></figure>",
        "<table><caption>表</caption><tbody><tr><td>1</td><td style=\"text-align:right\">2</td></tr></tbody></table>",
        "<table><thead><tr><th rowspan=\"2\">甲</th><th colspan=\"2\">乙</th></tr><tr><th>丙</th><th>丁</th></tr></thead><tbody><tr><th>戊</th><td style=\"text-align:center\">1<br>2</td><td><pre><code>a  b</code></pre></td></tr></tbody></table>",
        "<table><tbody><tr><th rowspan=\"2\">甲</th><th>乙</th></tr><tr><td>1</td></tr></tbody></table>",
        "<blockquote><figure><figcaption>甲</figcaption></figure></blockquote><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
    ] {
        assert_eq!(exported(text), text.replace('\n', ""), "{text}");
    }
}

#[test]
fn the_fragment_is_clean() {
    for (text, expected) in [
        (
            "<script>alert(1)</script><p onclick='x()'>正文<b>粗</b></p><a href='javascript:alert(1)'>x</a>",
            "<p>正文<strong>粗</strong></p><p>x</p>",
        ),
        ("<p>&lt;script&gt;", "<p>&lt;script&gt;</p>"),
        (
            "<img src='http://a.cn/\"><b' alt='\"><b>'>",
            "<figure><img src=\"http://a.cn/%22%3E%3Cb\" alt=\"&quot;&gt;&lt;b&gt;\"></figure>",
        ),
        ("<pre lang='\"><b>'>甲", "<pre><code>甲</code></pre>"),
    ] {
        assert_eq!(exported(text), expected, "{text}");
    }
    assert_eq!(html("标<题", &Article::default()), "<h1>标&lt;题</h1>\n");
}

proptest! {
    #[test]
    fn exported_html_reads_as_the_same_text(body in tags()) {
        let article = read(&format!("<p>首</p>{body}"));
        let exported = html("题", &article);
        let again = read(&exported).below("题");
        prop_assert_eq!(again.plain_text(), article.plain_text(), "{}", exported);
        // A table within an item takes the bullet, and may be no table.
        let levels = |article: &Article| -> Vec<Vec<_>> {
            article.blocks.iter().map(|block| block.levels.iter().map(std::mem::discriminant).collect()).collect()
        };
        prop_assert_eq!(levels(&again), levels(&article), "{}", exported);
    }
}
