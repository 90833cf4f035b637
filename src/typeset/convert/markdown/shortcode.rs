//! Hugo's shortcodes, `{{< name … >}}` and `{{% name … %}}`.

use super::liquid;

/// Begins a line so that `CommonMark` takes the elements on it as a part of a paragraph, in which Markdown goes on;
/// the cleaner drops it.
const IN_PARAGRAPH: &str = "&#8203;";

/// Writes what stands for the inside of `{{…}}`. Pictures and program text do; the rest is part of the site.
pub(super) fn replace(inner: &str, out: &mut String) {
    let Some(code) = inner.strip_prefix(['<', '%']) else { return };
    let code = code.trim_end_matches(['>', '%']).trim();
    let (name, arguments) = code.split_once(' ').unwrap_or((code, ""));
    match name {
        "figure" | "img" | "image" => figure(arguments, out),
        "highlight" => liquid::open_code(arguments.split_ascii_whitespace().next(), out),
        "/highlight" => liquid::close_code(out),
        _ => {}
    }
}

fn figure(arguments: &str, out: &mut String) {
    let value = |name| parameter(arguments, name).unwrap_or_default();
    let (title, caption) = (value("title"), value("caption"));
    out.extend([IN_PARAGRAPH, "<figure><a href=\"", value("link"), "\"><img src=\"", value("src")]);
    out.extend(["\" alt=\"", value("alt"), "\"></a><figcaption>"]);
    if !title.is_empty() {
        out.extend(["<strong>", title, "</strong> "]);
    }
    out.extend([caption, "</figcaption></figure>"]);
}

/// The value of `name="…"`.
fn parameter<'a>(arguments: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = arguments.trim_start();
    while let Some((found, after)) = rest.split_once('=') {
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let inner = quote.map_or(after, |quote| after.strip_prefix(quote).unwrap_or(after));
        let (value, after) = inner.split_once(quote.unwrap_or(' ')).unwrap_or((inner, ""));
        if found.trim() == name {
            return Some(value);
        }
        rest = after.trim_start();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_in_every_quoting() {
        let arguments = "src=/a.png title=\"甲 = 乙\" caption=`丙` class='x y'";
        for (name, value) in [
            ("src", Some("/a.png")),
            ("title", Some("甲 = 乙")),
            ("caption", Some("丙")),
            ("class", Some("x y")),
            ("alt", None),
        ] {
            assert_eq!(parameter(arguments, name), value, "{name}");
        }
    }
}
