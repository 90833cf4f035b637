//! Character references, as far as the cleaner must understand them; html2text reads the others.

use memchr::memchr;

/// Text with its references decoded; unknown ones stay as they are.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pieces(text, |piece| match piece {
        Piece::Text(text) | Piece::Unknown(text) => out.push_str(text),
        Piece::Char(c) => out.push(c),
    });
    out
}

/// A part of a text with references.
pub(super) enum Piece<'a> {
    /// Plain text, in which `&` stands for itself.
    Text(&'a str),
    /// A decoded reference.
    Char(char),
    /// A well-formed reference by a name that is not known here, with `&` and `;`.
    Unknown(&'a str),
}

/// Calls `each` for every part of a text, in order.
pub(super) fn pieces<'a>(text: &'a str, mut each: impl FnMut(Piece<'a>)) {
    let mut rest = text;
    while let Some((before, after)) = memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        let after = after.strip_prefix('&').unwrap_or(after);
        each(Piece::Text(before));
        let name_end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').filter(|&end| end <= 32);
        let reference =
            name_end.and_then(|end| Some((after.get(..end)?, after.get(end..)?.strip_prefix(';')?)));
        match reference {
            Some((name, after_name)) if !name.is_empty() => {
                each(match named(name) {
                    Some(c) => Piece::Char(c),
                    // The length of `&name;` before what follows.
                    None => {
                        Piece::Unknown(rest.get(before.len()..rest.len() - after_name.len()).unwrap_or(""))
                    }
                });
                rest = after_name;
            }
            _ => {
                each(Piece::Char('&'));
                rest = after;
            }
        }
    }
    each(Piece::Text(rest));
}

/// The character of a numeric reference, or of a name that matters for blanks and markup.
fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return Some(code.ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "mdash" => '—',
        "hellip" => '…',
        "middot" => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_references_are_decoded_and_the_rest_stays() {
        for (text, decoded) in [
            ("&lt;规划&gt;", "<规划>"),
            ("&#20013;&#x56fd;", "中国"),
            ("A&B AT&T; &copy; &", "A&B AT&T; &copy; &"),
            ("&#99999999;", "\u{fffd}"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(decode(text), decoded, "{text}");
        }
    }
}
