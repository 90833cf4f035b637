//! What the name of a file says: whether it is a post, its markup, its stem.

use super::decode;
use crate::post::{Markup, PostId};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// The title of a post whose name has nothing visible in it.
pub(super) const UNNAMED: &str = "(untitled)";

/// The endings of post files, in lower case.
const ENDINGS: [(&str, Markup); 6] = [
    ("md", Markup::Markdown),
    ("markdown", Markup::Markdown),
    ("mkd", Markup::Markdown),
    ("rmd", Markup::Markdown),
    ("html", Markup::Html),
    ("htm", Markup::Html),
];

/// How a file of this name is written; `None` when the name is not that of a post. A file that is called only
/// `.md` is a post too; the `._x.md` that macOS leaves beside `x.md` is not.
pub(super) fn markup(name: &OsStr) -> Option<Markup> {
    let name = name.as_bytes();
    if name.starts_with(b"._") || name.starts_with(b".#") {
        return None;
    }
    let dot = name.iter().rposition(|&b| b == b'.')?;
    let ending = name.get(dot + 1..)?;
    ENDINGS.iter().find(|(known, _)| ending.eq_ignore_ascii_case(known.as_bytes())).map(|&(_, markup)| markup)
}

/// The names on the way to a post, the file's last, decoded as well as they can be.
pub(super) fn parts(id: &PostId) -> Vec<String> {
    if !id.as_str().chars().any(|c| c >= '\u{10ff80}') {
        return id.as_str().split('/').map(str::to_owned).collect();
    }
    let path = id.to_path();
    path.iter().map(|part| decode::decode(part.as_bytes()).text.into_owned()).collect()
}

/// A file name without its ending; `.md` stays as it is.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_make_posts_in_any_case() {
        for (name, expected) in [
            ("a.md", Some(Markup::Markdown)),
            ("A.MD", Some(Markup::Markdown)),
            (".md", Some(Markup::Markdown)),
            (".hidden.md", Some(Markup::Markdown)),
            ("-x.markdown", Some(Markup::Markdown)),
            ("x.mkd", Some(Markup::Markdown)),
            ("x.Rmd", Some(Markup::Markdown)),
            ("x.HTM", Some(Markup::Html)),
            ("v1.2.html", Some(Markup::Html)),
            ("._x.md", None),
            ("md", None),
            ("x.md~", None),
            ("x.txt", None),
            ("", None),
        ] {
            assert_eq!(markup(OsStr::new(name)), expected, "{name}");
        }
        assert_eq!(markup(OsStr::from_bytes(b"\xd0\xc2.md")), Some(Markup::Markdown));
    }

    #[test]
    fn a_stem_is_never_empty() {
        for (name, expected) in [("a.b.md", "a.b"), (".md", ".md"), ("x", "x")] {
            assert_eq!(stem(name), expected);
        }
    }
}
