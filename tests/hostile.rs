//! Whatever bytes a file holds, it becomes a post that can be set at any width and shown in any terminal.
//! More cases by hand: `PROPTEST_CASES=20000 cargo test --release --test hostile`.

use finews::ingest::{Site, SiteKind, parse};
use finews::post::{PostId, is_unsafe};
use finews::typeset::{Options, article, lay_out};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::sync::Arc;

/// Narrower than this, what must not be parted may stand out.
const NARROWEST: u16 = 4;

/// What breaks parsers, in pieces.
const PIECES: [&str; 64] = [
    "---\n",
    "+++\n",
    ";;;\n",
    "title: ",
    "date: 2022-01-01\n",
    "tags: [",
    "\"",
    "'",
    ": ",
    "- ",
    "\t",
    "\r\n",
    "\0",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<table>",
    "<tr>",
    "<td colspan=99 rowspan=99>",
    "</table>",
    "<div>",
    "</div>",
    "<p style=\"display:none\">",
    "<sup>",
    "<pre>",
    "<script>",
    "</script>",
    "<a href=\"javascript:x\">",
    "</a>",
    "<img src=x alt=\"图\">",
    "<li>",
    "<ol start=99999999999>",
    "<blockquote>",
    "<h1>",
    "</h1>",
    "&#x1b;",
    "&#27;[31m",
    "&nbsp;",
    "&lt;",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "\u{2028}",
    "\u{200d}",
    "\u{301}",
    "\u{fe0f}",
    "# ",
    "> ",
    "```\n",
    "| a | b |\n|--|--|\n",
    "**",
    "[x](",
    "![",
    "](",
    "{% raw %}",
    "{{< x >}}",
    "“",
    "，。",
    "……",
    "中文",
    "word ",
    "\u{3000}",
];

fn post() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => (prop::sample::select(&PIECES[..]), 1..300_usize).prop_map(|(piece, n)| piece.repeat(n).into_bytes()),
        1 => Just(b"\n\n".to_vec()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_a_post_that_can_be_shown(bytes in post(), html: bool, hanging: bool, width in NARROWEST..120) {
        let site = Site { zone: TimeZone::UTC, kind: SiteKind::Plain };
        let id = PostId::from(if html { "a.html" } else { "a.md" });
        let post = parse(&id, &bytes, &site);
        let header = &post.header;
        prop_assert!(!header.title.is_empty());
        let labels = header.tags.iter().chain(&header.categories).chain(&header.source).chain([&header.title]);
        for label in labels {
            prop_assert!(!label.chars().any(is_unsafe), "{label:?}");
        }
        let options = Options { width, hanging, ..Options::default() };
        // The blank half of a stop may stand in the gutter.
        let room = usize::from(width) + usize::from(hanging);
        let text = Arc::new(article(&post.body).below(&header.title));
        for line in lay_out(&text, &options).lines() {
            let text = line.text();
            prop_assert!(!text.chars().any(is_unsafe), "{text:?}");
            let wide = usize::from(line.indent) + finews::typeset::width::of(&text, options.ambiguous);
            prop_assert!(line.whole || wide <= room, "{wide} > {room}: {text:?}");
        }
    }
}
