//! Texts in bytes that are searched as they are, without unpacking them: an (s, c)-dense code (Brisaboa, Fariña, Navarro
//! and Esteller, "(S,C)-Dense Coding: An Optimized Compression Code for Natural Language Text Databases", 2003).
//!
//! A character is a byte of the upper values for each but its last place, and one of the lower values for that. The more
//! frequent it is, the shorter: a Hanzi of news takes 1.2 to 1.5 bytes in place of three. No code is the end of another
//! one if the byte before it is a lower one, so a search finds what it looks for byte by byte.

use foldhash::fast::RandomState;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Bytes below this end a code. Of all values this leaves 240 characters of one byte and 3,840 of two: what is best for
/// a text of some thousand different characters.
const STOPPERS: u32 = 240;
const CONTINUERS: u32 = 256 - STOPPERS;
/// The first place whose code takes more than two bytes.
const TWO_BYTES: u32 = STOPPERS + CONTINUERS * STOPPERS;

/// The characters of some texts, the most frequent first. Their places are their codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Alphabet(Vec<char>);

impl Alphabet {
    pub(super) fn of(chars: Vec<char>) -> Self {
        Self(chars)
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.0
    }

    /// The code of a text; `None` if it has a character that is in none of the texts.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut code = Vec::new();
        for c in text.chars() {
            let place = self.0.iter().position(|known| *known == c)?;
            push_code(&mut code, u32::try_from(place).ok()?);
        }
        Some(code)
    }

    /// The characters of a code.
    pub(super) fn decode<'a>(&'a self, code: &'a [u8]) -> impl Iterator<Item = char> + 'a {
        let ends = code.split_inclusive(|byte| is_stopper(*byte));
        ends.map(|code| self.0.get(place(code)).copied().unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// Whether a code begins at a place of a text.
pub(super) fn is_start(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|before| is_stopper(*before))
}

fn is_stopper(byte: u8) -> bool {
    u32::from(byte) < STOPPERS
}

/// The place that a code stands for.
fn place(code: &[u8]) -> usize {
    let mut before = 0_usize;
    for byte in code {
        let byte = u32::from(*byte);
        before = match byte.checked_sub(STOPPERS) {
            Some(continuer) => {
                before.saturating_mul(CONTINUERS as usize).saturating_add(continuer as usize + 1)
            }
            None => return before.saturating_mul(STOPPERS as usize).saturating_add(byte as usize),
        };
    }
    usize::MAX
}

fn push_code(out: &mut Vec<u8>, place: u32) {
    let start = out.len();
    let mut before = place / STOPPERS;
    out.push(byte(place % STOPPERS));
    while let Some(rest) = before.checked_sub(1) {
        out.insert(start, byte(STOPPERS + rest % CONTINUERS));
        before = rest / CONTINUERS;
    }
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// Encodes texts one after the other. The frequencies are those of the first ones; what comes up later goes to the end.
#[derive(Debug)]
pub(super) struct Encoder {
    alphabet: Alphabet,
    /// For each character of the alphabet its place and one more: a table, because every character of an archive is
    /// looked up once. Only the parts of it that are used take memory.
    places: Vec<u32>,
}

impl Encoder {
    /// An encoder for texts like this one.
    pub(super) fn for_texts_like(text: &str) -> Self {
        let mut counts: HashMap<char, usize, RandomState> = HashMap::default();
        text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
        let mut chars: Vec<(char, usize)> = counts.into_iter().collect();
        chars.sort_unstable_by_key(|&(c, count)| (Reverse(count), c));
        let mut encoder =
            Self { alphabet: Alphabet::default(), places: vec![0; u32::from(char::MAX) as usize + 1] };
        for (c, _) in chars {
            encoder.place(c);
        }
        encoder
    }

    pub(super) fn push(&mut self, out: &mut Vec<u8>, text: impl Iterator<Item = char>) {
        for c in text {
            match self.place(c) {
                place @ ..STOPPERS => out.push(byte(place)),
                place @ ..TWO_BYTES => {
                    out.extend([byte(STOPPERS - 1 + place / STOPPERS), byte(place % STOPPERS)]);
                }
                place => push_code(out, place),
            }
        }
    }

    fn place(&mut self, c: char) -> u32 {
        let next = u32::try_from(self.alphabet.0.len()).unwrap_or(u32::MAX);
        let Some(place) = self.places.get_mut(u32::from(c) as usize) else { return next };
        if *place == 0 {
            *place = next + 1;
            self.alphabet.0.push(c);
        }
        *place - 1
    }

    pub(super) fn into_alphabet(self) -> Alphabet {
        self.alphabet
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An alphabet with codes of one, two and three bytes.
    fn large() -> Alphabet {
        Alphabet::of(('\u{4e00}'..='\u{9fff}').collect())
    }

    #[test]
    fn frequent_characters_are_short() {
        let mut encoder = Encoder::for_texts_like("甲乙乙");
        let mut code = Vec::new();
        encoder.push(&mut code, "乙甲丙".chars());
        assert_eq!(code, [0, 1, 2]);
        assert_eq!(encoder.into_alphabet().chars(), ['乙', '甲', '丙']);
        for (place, code) in [
            (0, &[0][..]),
            (239, &[239]),
            (240, &[240, 0]),
            (240 + 240, &[241, 0]),
            (4079, &[255, 239]),
            (4080, &[240, 240, 0]),
            (65_519, &[255, 255, 239]),
            (65_520, &[240, 240, 240, 0]),
        ] {
            let mut out = Vec::new();
            push_code(&mut out, place);
            assert_eq!(out, code, "{place}");
            assert_eq!(super::place(&out), place as usize);
        }
    }

    #[test]
    fn every_character_has_its_code() {
        let chars = || '\u{4e00}'..='\u{9fff}';
        let mut encoder = Encoder::for_texts_like("");
        let mut code = Vec::new();
        encoder.push(&mut code, chars());
        assert_eq!(Some(code), large().encode(&chars().collect::<String>()));
    }

    #[test]
    fn what_is_in_no_text_has_no_code() {
        assert_eq!(large().encode("一a"), None);
        assert_eq!(large().encode(""), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn texts_come_back(sample in "\\PC{0,40}", texts in proptest::collection::vec("\\PC{0,40}|[一-龥]{0,9}", 0..9)) {
            let mut encoder = Encoder::for_texts_like(&sample);
            let mut codes = Vec::new();
            for text in &texts {
                let mut code = Vec::new();
                encoder.push(&mut code, text.chars());
                codes.push(code);
            }
            let alphabet = encoder.into_alphabet();
            for (text, code) in texts.iter().zip(&codes) {
                prop_assert!(alphabet.decode(code).eq(text.chars()));
                prop_assert_eq!(&alphabet.encode(text), &Some(code.clone()));
            }
        }

        #[test]
        fn a_code_is_found_where_its_text_is(text in "[一-丏伀-伏勀-勏鿀-鿏]{0,40}", needle in "[一-丏伀-伏勀-勏鿀-鿏]{1,2}") {
            let (code, wanted) = (large().encode(&text).unwrap(), large().encode(&needle).unwrap());
            let found = (0..code.len()).any(|at| is_start(&code, at) && code[at..].starts_with(&wanted));
            prop_assert_eq!(found, text.contains(&needle));
        }

        #[test]
        fn any_bytes_are_read(code: Vec<u8>) {
            prop_assert!(large().decode(&code).count() <= code.len());
        }
    }
}
