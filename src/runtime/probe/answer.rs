//! The terminal's answer among whatever else comes from it.

use crate::typeset::Ambiguous;

/// What has come from a terminal that was asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// How wide it draws ambiguous characters, once that is known.
    pub(super) width: Option<Ambiguous>,
    /// What is no cursor report: keys that were typed meanwhile.
    pub(super) typed: Vec<u8>,
}

/// Looks for two reports of the cursor: in the corner, and behind the character that was printed there.
/// Reports of anywhere else were asked for by somebody before us.
pub(super) fn parse(bytes: &[u8]) -> Heard {
    let mut heard = Heard { width: None, typed: Vec::new() };
    let mut before = None;
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        if let Some((place, after)) = report(rest) {
            heard.width = heard.width.or_else(|| width(before?, place));
            before = Some(place);
            rest = after;
        } else {
            heard.typed.push(*first);
            rest = behind;
        }
    }
    heard
}

/// Row and column, from 1.
type Place = (u16, u16);

fn width(before: Place, after: Place) -> Option<Ambiguous> {
    match (before, after) {
        ((1, 1), (1, 2)) => Some(Ambiguous::Narrow),
        ((1, 1), (1, 3)) => Some(Ambiguous::Wide),
        _ => None,
    }
}

/// A report, `ESC [ row ; column R`, at the beginning, and what follows it.
fn report(bytes: &[u8]) -> Option<(Place, &[u8])> {
    let (row, rest) = number(bytes.strip_prefix(b"\x1b[")?)?;
    let (column, rest) = number(rest.strip_prefix(b";")?)?;
    Some(((row, column), rest.strip_prefix(b"R")?))
}

fn number(bytes: &[u8]) -> Option<(u16, &[u8])> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = bytes.split_at_checked(digits)?;
    Some((str::from_utf8(number).ok()?.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_answer_is_found_among_other_bytes() {
        for (bytes, width, typed) in [
            ("\x1b[1;1R\x1b[1;2R", Some(Ambiguous::Narrow), ""),
            ("\x1b[1;1R\x1b[1;3R", Some(Ambiguous::Wide), ""),
            // Typed before, between and after.
            ("j\x1b[1;1Rk小\x1b[1;3R\x1b[B", Some(Ambiguous::Wide), "jk小\x1b[B"),
            // The late answer to a program that has ended.
            ("\x1b[24;3R\x1b[1;1R\x1b[1;2R", Some(Ambiguous::Narrow), ""),
            // A terminal that knows no UTF-8, or prints nothing.
            ("\x1b[1;1R\x1b[1;4R", None, ""),
            ("\x1b[1;1R\x1b[1;1R", None, ""),
            // Not all has come yet.
            ("\x1b[1;1R\x1b[1;", None, "\x1b[1;"),
            ("\x1b[1;1R", None, ""),
            // No reports.
            ("\x1b[1;R\x1b[R\x1b[;1R\x1b[99999;1R1;3R", None, "\x1b[1;R\x1b[R\x1b[;1R\x1b[99999;1R1;3R"),
            ("", None, ""),
        ] {
            assert_eq!(parse(bytes.as_bytes()), Heard { width, typed: typed.into() }, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_key_is_lost_around_the_answer(before in "[a-z0-9;R]*", between in "[a-z]*", after in "[a-z0-9;R\\[]*") {
            let heard = parse(format!("{before}\x1b[1;1R{between}\x1b[1;3R{after}").as_bytes());
            prop_assert_eq!(heard.width, Some(Ambiguous::Wide));
            prop_assert_eq!(heard.typed, [before, between, after].concat().into_bytes());
        }
    }
}
