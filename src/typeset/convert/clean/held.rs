//! Small text beside the line: superscripts, subscripts, and the readings of ruby. How it is written depends on
//! all of it, so it is held back until it ends.

use super::super::marks;
use super::{Cleaner, inline::Format};

/// Raised text longer than this, in characters, is small print and stays as it is.
const LONGEST: usize = 24;

/// The characters that Unicode has raised, each before its raised form. There is no raised `q`.
const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ";
/// The same of those that it has lowered.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";

/// The kinds of small text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Superscript,
    Subscript,
    /// A reading. The reading of a word that is cut in characters comes in as many pieces.
    Reading,
    /// The brackets that a browser without ruby would show.
    Bracket,
}

impl Kind {
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "sup" => Self::Superscript,
            "sub" => Self::Subscript,
            "rt" => Self::Reading,
            "rp" => Self::Bracket,
            _ => return None,
        })
    }
}

/// Text that is held back.
#[derive(Debug)]
pub(super) struct Held {
    kind: Kind,
    text: String,
    /// The formatting and the link of its beginning.
    format: Format,
    /// A reading that has ended, and may go on in another piece.
    ended: bool,
}

impl Cleaner {
    /// A start tag of small text.
    pub(super) fn hold(&mut self, kind: Kind) {
        let is_ruby = |kind| matches!(kind, Kind::Reading | Kind::Bracket);
        if let Some(held) = &mut self.held
            && is_ruby(held.kind)
            && is_ruby(kind)
        {
            (held.kind, held.ended) = (kind, false);
            return;
        }
        self.release();
        let format = self.inline.format().clone();
        self.held = Some(Held { kind, text: String::new(), format, ended: false });
    }

    /// An end tag of small text.
    pub(super) fn end_hold(&mut self) {
        match &mut self.held {
            Some(held) if matches!(held.kind, Kind::Reading | Kind::Bracket) => held.ended = true,
            _ => self.release(),
        }
    }

    /// Takes a character if text is held back; false if the character is of the line.
    pub(super) fn holds_back(&mut self, c: char) -> bool {
        let Some(held) = &mut self.held else { return false };
        if held.ended && !c.is_whitespace() {
            self.release();
            return false;
        }
        let is_outside = held.ended || (held.kind == Kind::Bracket && is_bracket(c));
        if !is_outside {
            if held.text.is_empty() {
                held.format = self.inline.format().clone();
            }
            held.text.push(c);
        }
        true
    }

    /// Writes what was held back.
    pub(super) fn release(&mut self) {
        let Some(Held { kind, text, format, .. }) = self.held.take() else { return };
        let text = match kind {
            Kind::Superscript => raised(&text),
            Kind::Subscript => lowered(&text),
            Kind::Reading | Kind::Bracket => reading(&text),
        };
        if text.is_empty() {
            return;
        }
        let wanted = self.inline.format().clone();
        self.inline.restore(format);
        if self.last.is_some() {
            // What is small stays with what it belongs to.
            self.blank = super::text::Blank::None;
            self.inline.sync(&mut self.out);
            self.out.push(marks::GLUE);
        }
        // `^注`: nor does a line end between the sign and a single character.
        let is_pair = text.chars().count() == 2;
        for (at, c) in text.chars().enumerate() {
            if is_pair && at == 1 {
                self.out.push(marks::GLUE);
            }
            self.char(c);
        }
        self.inline.restore(wanted);
    }
}

/// Text as a superscript.
pub(super) fn raised(text: &str) -> String {
    beside(text.trim(), '^', RAISED)
}

/// Text as a subscript.
pub(super) fn lowered(text: &str) -> String {
    beside(text.trim(), '_', LOWERED)
}

/// `²` where Unicode has all of it, else `^x` or `^(…)`. Notes in brackets, and signs like `*` or `®`, stay.
fn beside(text: &str, sign: char, forms: &str) -> String {
    match text {
        "TM" | "tm" if sign == '^' => return "™".to_owned(),
        _ if text.starts_with(['[', '［', '〔', '【']) => return text.to_owned(),
        _ if !text.contains(char::is_alphanumeric) && !text.contains(['+', '-', '−', '=']) => {
            return text.to_owned();
        }
        _ => {}
    }
    if let Some(small) = text.chars().map(|c| form(c, forms)).collect() {
        return small;
    }
    match text.chars().nth(1) {
        None => format!("{sign}{text}"),
        Some(_) if text.chars().nth(LONGEST).is_some() => text.to_owned(),
        Some(_) if text.starts_with('(') && text.ends_with(')') => format!("{sign}{text}"),
        Some(_) => format!("{sign}({text})"),
    }
}

fn form(c: char, forms: &str) -> Option<char> {
    let mut pairs = forms.chars();
    std::iter::from_fn(|| Some((pairs.next()?, pairs.next()?)))
        .find(|(plain, _)| *plain == c)
        .map(|pair| pair.1)
}

/// A reading in brackets, whether or not its author put some around it.
fn reading(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_bracket(c));
    if text.is_empty() { String::new() } else { format!("({text})") }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '【' | '】' | '《' | '》' | '[' | ']' | '〔' | '〕')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unicode_where_it_has_all_of_it() {
        for (text, above, below) in [
            ("2", "²", "₂"),
            ("-1", "⁻¹", "₋₁"),
            ("n+1", "ⁿ⁺¹", "ₙ₊₁"),
            ("th", "ᵗʰ", "ₜₕ"),
            ("TM", "™", "_(TM)"),
            ("®", "®", "®"),
            ("*", "*", "*"),
            ("[3]", "[3]", "[3]"),
            ("q", "^q", "_q"),
            ("注", "^注", "_注"),
            ("甲乙", "^(甲乙)", "_(甲乙)"),
            ("(甲)", "^(甲)", "_(甲)"),
        ] {
            assert_eq!((beside(text, '^', RAISED), beside(text, '_', LOWERED)), (above.into(), below.into()));
        }
        let print = "这是一段排成小字的说明文字，它不是指数也不是注号，应当照原样读出来。";
        assert_eq!(beside(print, '^', RAISED), print);
    }
}
