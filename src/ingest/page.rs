//! Whole HTML pages: what their heads say, and their bodies.

use super::date;
use crate::post::Markup;

/// A page in its parts; any other text is all body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page<'t> {
    pub(super) title: Option<&'t str>,
    /// When it was published, as it is written there.
    pub(super) date: Option<&'t str>,
    pub(super) body: &'t str,
}

/// What `<meta>` calls the day of publication.
const DATES: [&str; 4] = ["\"date\"", "\"article:published_time\"", "\"datepublished\"", "\"dc.date\""];

impl<'t> Page<'t> {
    pub(super) fn of(text: &'t str, markup: Markup) -> Self {
        let whole = Self { title: None, date: None, body: text };
        let lower = if markup == Markup::Html { text.to_ascii_lowercase() } else { return whole };
        let inner = |name: &str| {
            let start = lower.find(&format!("<{name}"))?;
            let start = start + lower.get(start..)?.find('>')? + 1;
            let end =
                lower.get(start..)?.rfind(&format!("</{name}")).map_or(text.len(), |length| start + length);
            text.get(start..end)
        };
        let Some(body) = inner("body") else { return whole };
        let head = lower.find("<body").and_then(|end| text.get(..end)).unwrap_or_default();
        Self { title: inner("title"), date: meta_date(head).or_else(|| exported(head)), body }
    }
}

/// `<meta property="article:published_time" content="2019-03-01T10:00:00+08:00">`.
fn meta_date(head: &str) -> Option<&str> {
    let tags = head.split("<meta").skip(1).filter_map(|rest| Some(rest.split_once('>')?.0));
    let mut dates = tags.filter(|tag| {
        let lower = tag.to_ascii_lowercase();
        DATES.iter().any(|name| lower.contains(name))
    });
    dates.find_map(|tag| tag.split_once("content=\"")?.1.split_once('"')).map(|(date, _)| date)
}

/// `<!-- 2019-03-01 Fri 10:00 -->`, as Org writes it into what it exports.
fn exported(head: &str) -> Option<&str> {
    let comments = head.split("<!--").skip(1).filter_map(|rest| Some(rest.split_once("-->")?.0));
    comments
        .filter_map(|comment| comment.split_whitespace().next())
        .find(|word| date::in_name(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_page_tells_its_title_and_its_day() {
        for (head, date) in [
            ("<meta name=\"date\" content=\"2019-03-01\">", Some("2019-03-01")),
            (
                "<meta content=\"2019-03-01T10:00\" property=\"article:published_time\" />",
                Some("2019-03-01T10:00"),
            ),
            ("<!-- 说明 --><!-- 2019-03-01 五 10:00 -->", Some("2019-03-01")),
            ("<meta name=\"update\" content=\"2019-03-01\">", None),
            ("<!-- 没有", None),
        ] {
            let text =
                format!("<html><head>{head}<title>题</title></head><BODY class=\"x\">正文</BODY></html>");
            let expected = Page { title: Some("题"), date, body: "正文" };
            assert_eq!(Page::of(&text, Markup::Html), expected, "{head}");
        }
    }

    #[test]
    fn what_is_no_page_is_all_body() {
        for (text, markup) in [("<p>正文", Markup::Html), ("<body>正文</body>", Markup::Markdown)] {
            assert_eq!(Page::of(text, markup), Page { title: None, date: None, body: text });
        }
    }
}
