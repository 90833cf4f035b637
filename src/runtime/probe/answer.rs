//! The terminal's answers among whatever else comes from it.

use crate::app::Event;
use crate::runtime::probe::typed::Typed;
use crate::typeset::Ambiguous;

/// What has come from a terminal that was asked. Each byte is looked at once.
#[derive(Default)]
pub(in crate::runtime) struct Heard {
    /// How wide it draws ambiguous characters: an answer each, in their order.
    pub(super) widths: Vec<Ambiguous>,
    /// What is no cursor report: keys that were typed meanwhile.
    typed: Typed,
    /// The last report: the second half of an answer may be late.
    before: Option<Place>,
    /// What may become a report.
    begun: Vec<u8>,
}

impl Heard {
    /// Looks for two reports of the cursor: in the corner, and behind the character that was printed there.
    /// Reports of anywhere else were asked for by somebody before us.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.begun.extend(bytes);
        let all = std::mem::take(&mut self.begun);
        let mut rest = all.as_slice();
        while !rest.is_empty() {
            match report(rest) {
                Report::Whole(place, after) => {
                    self.widths.extend(self.before.and_then(|before| width(before, place)));
                    self.before = Some(place);
                    rest = after;
                }
                Report::Begun => {
                    rest.clone_into(&mut self.begun);
                    break;
                }
                Report::No => {
                    let next = rest.iter().skip(1).position(|byte| *byte == ESCAPE);
                    let (keys, behind) =
                        next.and_then(|next| rest.split_at_checked(next + 1)).unwrap_or((rest, &[]));
                    self.typed.push(keys);
                    rest = behind;
                }
            }
        }
    }

    /// Whether more has to come: half of a key would be lost, and half of what is pasted would be taken for commands.
    pub(super) fn is_torn(&self) -> bool {
        // An escape character may be a key of its own; what it begins comes with it.
        self.begun.len() > 1 || self.typed.is_torn()
    }

    /// The answers and the keys that have come; what has only begun was no report.
    pub(super) fn take(&mut self) -> (Vec<Ambiguous>, Vec<Event>) {
        self.typed.push(&std::mem::take(&mut self.begun));
        (std::mem::take(&mut self.widths), std::mem::take(&mut self.typed).events())
    }
}

/// Begins a report.
const ESCAPE: u8 = 0x1b;

/// Row and column, from 1.
type Place = (u16, u16);

fn width(before: Place, after: Place) -> Option<Ambiguous> {
    match (before, after) {
        ((1, 1), (1, 2)) => Some(Ambiguous::Narrow),
        ((1, 1), (1, 3)) => Some(Ambiguous::Wide),
        _ => None,
    }
}

/// Whether bytes begin with a report, `ESC [ row ; column R`.
enum Report<'a> {
    /// The place that it tells, and what follows it.
    Whole(Place, &'a [u8]),
    /// They may be the beginning of one.
    Begun,
    No,
}

fn report(bytes: &[u8]) -> Report<'_> {
    let mut rest = bytes;
    let mut numbers = [0; 2];
    for (mark, number) in [&b"\x1b["[..], b";"].into_iter().zip(&mut numbers) {
        let Some(after) = rest.strip_prefix(mark) else { return begun_if(mark.starts_with(rest)) };
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some((digits, after)) = after.split_at_checked(digits) else { return Report::No };
        match str::from_utf8(digits).unwrap_or_default().parse() {
            Ok(parsed) => *number = parsed,
            Err(_) => return begun_if(digits.is_empty() && after.is_empty()),
        }
        rest = after;
    }
    match rest.split_first() {
        Some((b'R', after)) => Report::Whole(numbers.into(), after),
        Some(_) => Report::No,
        None => Report::Begun,
    }
}

fn begun_if(begun: bool) -> Report<'static> {
    if begun { Report::Begun } else { Report::No }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::probe::typed::tests::name;
    use proptest::prelude::*;

    /// The answers, and the keys by their names.
    fn taken(heard: &mut Heard) -> (Vec<Ambiguous>, String) {
        let (widths, events) = heard.take();
        (widths, events.iter().map(name).collect())
    }

    #[test]
    fn the_answer_is_found_among_other_bytes() {
        use Ambiguous::{Narrow, Wide};
        for (bytes, widths, typed) in [
            ("\x1b[1;1R\x1b[1;2R", &[Narrow][..], ""),
            ("\x1b[1;1R\x1b[1;3R", &[Wide], ""),
            // Typed before, between and after.
            ("j\x1b[1;1Rk小\x1b[1;3R\x1b[B", &[Wide], "jk小Down"),
            // The late answer to a program that has ended.
            ("\x1b[24;3R\x1b[1;1R\x1b[1;2R", &[Narrow], ""),
            // Two answers, as the first one was late.
            ("\x1b[1;1R\x1b[1;2R\x1b[1;1R\x1b[1;3R", &[Narrow, Wide], ""),
            // A terminal that knows no UTF-8, or prints nothing.
            ("\x1b[1;1R\x1b[1;4R", &[], ""),
            ("\x1b[1;1R\x1b[1;1R", &[], ""),
            // No reports.
            ("\x1b[R\x1b[Z\x1b[;1S\x1b[99999;1P1;3R\x1b", &[], "F3BackTabF4F11;3Shift-rEsc"),
            ("", &[], ""),
        ] {
            // At once, and byte by byte.
            for size in [bytes.len().max(1), 1] {
                let mut heard = Heard::default();
                bytes.as_bytes().chunks(size).for_each(|bytes| heard.push(bytes));
                assert!(!heard.is_torn(), "{bytes:?}");
                assert_eq!(taken(&mut heard), (widths.to_vec(), typed.to_owned()), "{bytes:?}");
            }
        }
    }

    #[test]
    fn the_halves_of_an_answer_may_come_one_long_after_the_other() {
        let mut heard = Heard::default();
        heard.push(b"j\x1b[1;1R");
        assert_eq!(taken(&mut heard), (vec![], "j".to_owned()));
        heard.push(b"k\x1b[1;");
        assert!(heard.is_torn());
        heard.push(b"3R");
        assert!(!heard.is_torn());
        assert_eq!(taken(&mut heard), (vec![Ambiguous::Wide], "k".to_owned()));
    }

    #[test]
    fn a_long_paste_that_comes_in_pieces_is_whole() {
        let text = "0123456789abcdef".repeat(1 << 16);
        let mut heard = Heard::default();
        heard.push(b"\x1b[200~");
        for bytes in text.as_bytes().chunks(64) {
            heard.push(bytes);
            assert!(heard.is_torn());
        }
        heard.push(b"\x1b[201~");
        assert!(!heard.is_torn() && taken(&mut heard).1 == format!("<{text}>"));
    }

    proptest! {
        #[test]
        fn no_key_is_lost_around_the_answer(
            before in "[a-z0-9;]*", between in "[a-z]*", after in "[a-z0-9;\\[]*", size in 1usize..9
        ) {
            let mut heard = Heard::default();
            let all = format!("{before}\x1b[1;1R{between}\x1b[1;3R{after}");
            all.as_bytes().chunks(size).for_each(|bytes| heard.push(bytes));
            prop_assert_eq!(taken(&mut heard), (vec![Ambiguous::Wide], [before, between, after].concat()));
        }
    }
}
