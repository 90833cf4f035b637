//! Pictures, and what other pages are embedded.

use super::super::marks;
use super::super::tag::Tag;
use super::Cleaner;
use super::text::{Blank, push_escaped};

/// Longer addresses are pictures themselves (`data:`), in bytes.
const LONGEST_ADDRESS: usize = 4096;

/// Whether a picture is there to count visits.
pub(in crate::typeset::convert) fn is_invisible(tag: &Tag<'_>) -> bool {
    let is_dot = |name| tag.attribute(name).is_some_and(|n| matches!(n.trim(), "0" | "1" | "0px" | "1px"));
    is_dot("width") || is_dot("height")
}

/// What a picture says of itself; may be empty.
pub(in crate::typeset::convert) fn caption(tag: &Tag<'_>) -> String {
    let words = |name| tag.attribute(name).filter(|words| !words.trim().is_empty());
    words("alt").or_else(|| words("title")).unwrap_or_default()
}

impl Cleaner {
    pub(super) fn image(&mut self, tag: &Tag<'_>) {
        if is_invisible(tag) {
            return;
        }
        let alt = caption(tag);
        let sources = ["data-original", "data-src", "src"].into_iter().filter_map(|name| tag.attribute(name));
        let source =
            sources.filter(|s| s.len() < LONGEST_ADDRESS).find(|s| s.contains("//")).unwrap_or_default();
        self.release();
        self.begin_word('图');
        self.out.push_str("<img src=\"l");
        push_escaped(&mut self.out, &source);
        self.out.push_str("\" alt=\"");
        self.out.push(marks::IMAGE);
        push_escaped(&mut self.out, &alt);
        self.out.push_str("\">");
        self.blank = Blank::None;
    }

    /// A film, a sound or a page within the page: its address.
    pub(super) fn embedded(&mut self, tag: &Tag<'_>) {
        self.boundary();
        if let Some(src) = tag.attribute("src") {
            self.address(&src);
            self.boundary();
        }
    }
}
