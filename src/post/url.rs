//! Addresses that may be opened and copied.

use serde::Serialize;
use std::fmt::{self, Write as _};

/// Longer addresses are data in disguise; browsers and terminals cut them anyway.
const MAX_LEN: usize = 4096;

/// An `http` or `https` address of visible ASCII without quotes or brackets, so that it can stand in an escape
/// sequence, in an argument and in a log line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct WebUrl(Box<str>);

impl WebUrl {
    /// Takes an address from a post: `http(s)://…`, or `//…` which is read as `https`. Blanks around it are
    /// trimmed and characters that an address may not hold are percent-encoded.
    ///
    /// Returns `None` for every other scheme, for relative addresses, and for those without a host.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("//") {
            Some(("", rest)) => ("https", rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http:") => ("http", rest),
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https:") => ("https", rest),
            _ => return None,
        };
        let host_starts_well = rest.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '[');
        if !host_starts_well || rest.len() > MAX_LEN {
            return None;
        }
        let mut url = format!("{scheme}://");
        for c in rest.chars().filter(|c| !c.is_control()) {
            push_encoded(&mut url, c);
        }
        (url.len() <= MAX_LEN).then(|| Self(url.into()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn push_encoded(url: &mut String, c: char) {
    if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
        url.push(c);
        return;
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(url, "%{byte:02X}");
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_pass_and_they_come_out_clean() {
        for (text, url) in [
            ("http://finance.example.com/a,1.html", Some("http://finance.example.com/a,1.html")),
            (" HTTPS://a.cn/?q=中 国 ", Some("https://a.cn/?q=%E4%B8%AD%20%E5%9B%BD")),
            ("//a.cn/x", Some("https://a.cn/x")),
            ("http://a.cn/\u{1b}]8;;", Some("http://a.cn/]8;;")),
            ("https://例子.cn/", Some("https://%E4%BE%8B%E5%AD%90.cn/")),
            ("javascript:alert(1)//", None),
            ("file:///etc/passwd", None),
            ("ssh://-oProxyCommand=x", None),
            ("http:///x", None),
            ("/relative", None),
            ("", None),
        ] {
            assert_eq!(WebUrl::parse(text).as_ref().map(WebUrl::as_str), url, "{text:?}");
        }
    }
}
