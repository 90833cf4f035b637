use super::*;
use crate::ingest::SiteKind;
use crate::post::{DateFrom, is_unsafe};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn site() -> Site {
    Site { zone: TimeZone::fixed(jiff::tz::offset(8)), kind: SiteKind::Jekyll }
}

fn post(path: &str, text: &str) -> Post {
    parse(&PostId::from(path), text.as_bytes(), &site())
}

fn kinds(post: &Post) -> Vec<ProblemKind> {
    post.header.problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn a_post_of_a_news_archive_is_read_whole() {
    let text = "\u{feff}---\r\nlayout: post\r\ntitle: \"甲乙动力：不并表\"\r\ndate: 2022-02-11 14:29:25 +0800\r\ncategories: caijing\r\ntags: 财经日报新闻\r\n---\r\n\
        <p>甲乙动力(000338.SZ)公告。</p>\r\n\r\n<http://example.com/n?c=1>\r\n\r\n[返回财经日报新闻](../cj/)\r\n[返回首页](../)\r\n";
    let Post { header, body } = post("_posts/2022-02-11-x.md", text);
    assert_eq!(&*header.title, "甲乙动力：不并表");
    assert_eq!(header.date.unwrap().to_string(), "2022-02-11T14:29:25+08:00");
    assert_eq!(header.source.as_deref(), Some("财经日报"));
    assert_eq!(header.tags, [SafeText::label("财经日报新闻")]);
    assert_eq!(header.url.unwrap().as_str(), "http://example.com/n?c=1");
    assert_eq!(header.codes.first().unwrap().symbol(), "000338.SZ");
    assert_eq!(header.problems, []);
    assert_eq!(body, Body { markup: Markup::Markdown, text: "<p>甲乙动力(000338.SZ)公告。</p>".to_owned() });
}

#[test]
fn a_post_with_an_empty_title_and_no_day_is_still_a_post() {
    let text = "---\nlayout: post\ntitle: \"\"\ndate:  +0800\ncategories: emnews\ntags: 财经滚动新闻\n---\n> 甲公司公告。\n\n<p>正文</p>\n\n<>";
    let post = post("_posts/-202205262391921712.md", text);
    assert_eq!(&*post.header.title, "甲公司公告。");
    assert_eq!(
        (post.header.date.unwrap().date().as_str(), post.header.date_from),
        ("2022-05-26", DateFrom::FileName)
    );
    assert_eq!(kinds(&post), [ProblemKind::NoTitle, ProblemKind::BadDate]);
    assert_eq!(post.body.text, "> 甲公司公告。\n\n<p>正文</p>");
}

#[test]
fn an_address_in_the_front_matter_counts_when_it_is_absolute() {
    for (block, url) in [
        ("link: https://example.com/a", Some("https://example.com/a")),
        ("url: /about/\ncanonical_url: https://example.com/b", Some("https://example.com/b")),
        ("source: https://example.com/c", Some("https://example.com/c")),
        ("url: javascript://x", None),
    ] {
        let found = post("x.md", &format!("---\ntitle: 甲\n{block}\n---\n"));
        assert_eq!(found.header.url.as_ref().map(WebUrl::as_str), url, "{block}");
    }
}

#[test]
fn pictures_are_noticed() {
    for (path, body, expected) in [
        ("a.md", "<p>字</p><img src=\"a.png\">", true),
        ("a.md", "字\n![图](a.png)", true),
        ("a.md", "![图][一]", true),
        ("a.md", "let a = vec![1];\n[b](c)", false),
        ("a.md", "<p>图！[一](二)</p>", false),
        ("a.html", "<p>![图](a.png)</p>", false),
        ("a.html", "<IMG SRC=a.png>", true),
    ] {
        assert_eq!(post(path, body).header.has_image, expected, "{body}");
    }
}

#[test]
fn a_whole_html_page_is_its_body_and_called_by_its_title() {
    let page = "<!DOCTYPE html><HTML><head><TITLE>题 &amp; 目</TITLE></head>\n<Body class=x><p>正文</p></Body></html>";
    let post = post("a/x.HTML", page);
    assert_eq!(&*post.header.title, "题 & 目");
    assert_eq!(post.body, Body { markup: Markup::Html, text: "<p>正文</p>".to_owned() });
}

#[test]
fn files_that_are_no_text_are_posts_that_say_so() {
    let binary = parse(&PostId::from("2022-01-21-图.md"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0", &site());
    assert_eq!((&*binary.header.title, binary.body.markup), ("图", Markup::Plain));
    assert_eq!(kinds(&binary), [ProblemKind::Binary]);
    assert_eq!(binary.header.date.unwrap().date(), "2022-01-21");
    let (id, error) = (PostId::from("x.md"), io::Error::from(io::ErrorKind::PermissionDenied));
    let denied = unreadable(&id, &error, &site());
    assert_eq!(kinds(&denied).first(), Some(&ProblemKind::Unreadable));
    assert!(!denied.body.text.is_empty());
    let text = Text { title: denied.header.title, body: denied.body };
    assert_eq!(unreadable_text(&id, &error), text);
}

#[test]
fn an_encoding_is_reported_by_its_name() {
    let (bytes, ..) =
        encoding_rs::GBK.encode("---\ntitle: 沪指收涨百分之一\n---\n两市成交额突破万亿元大关。");
    let found = parse(&PostId::from("2022-01-21-x.md"), &bytes, &site());
    assert_eq!(&*found.header.title, "沪指收涨百分之一");
    assert_eq!(found.header.problems, [Problem::new(ProblemKind::Encoding, "GBK")]);
    let found = parse(
        &PostId::from("2022-01-21-x.md"),
        b"---\ntitle: \xe6\xb2\xaa\xe6\x8c\x87\xe6\xb2\xaa\xe6\x8c\x87\xff\n---\n",
        &site(),
    );
    assert_eq!(kinds(&found), [ProblemKind::Undecodable]);
}

fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let known: [&[u8]; 24] = [
        b"---\n",
        b"+++\n",
        b"title: ",
        b"date: 2022-01-21",
        b"tags: [a, ",
        b"\n",
        b"<p",
        b">",
        b"<!--",
        b"\xff",
        b"\0",
        "沪指".as_bytes(),
        b"\xbb\xa6",
        b"(600519.SH)",
        b"data-code=\"1,600519\">",
        b"# ",
        b"\r\n",
        b"<http://a.cn/x>\n",
        "[返回首页](../)".as_bytes(),
        b"\xef\xbb\xbf",
        b"&amp;",
        b"{",
        b"\x1b]8;;",
        b"\xe2\x80\xae",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..20),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_make_a_post_with_a_title(bytes in fragments(), html in any::<bool>()) {
        let id = PostId::from(if html { "a/x.html" } else { "_posts/-x.md" });
        let post = parse(&id, &bytes, &site());
        prop_assert_eq!(&post.header.id, &id);
        prop_assert!(!post.header.title.trim().is_empty());
        prop_assert!(!post.header.title.chars().any(is_unsafe));
        prop_assert!(!post.body.text.contains('\r'));
        prop_assert_eq!(parse_text(&id, &bytes), Text { title: post.header.title, body: post.body });
    }

    #[test]
    fn the_text_between_front_matter_and_tail_is_never_touched(body in "[一-龥a-z<>/\\[\\]()#*\n ]{0,80}") {
        let text = format!("---\ntitle: 甲\n---\n正文{body}文末\n\n<http://example.com/a>\n\n[返回首页](../)\n");
        prop_assert_eq!(post("x.md", &text).body.text, format!("正文{body}文末"));
    }
}
