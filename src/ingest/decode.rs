//! Bytes become text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The beginning by which a file is judged to be binary or UTF-16.
const SAMPLE: usize = 8192;

/// So much of a text is enough to guess its encoding by.
const GUESSED: usize = 256 << 10;

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded<'b> {
    /// Line ends are `\n`, a byte order mark is gone. Empty for a binary file.
    pub(super) text: Cow<'b, str>,
    /// How the bytes had to be read.
    pub(super) reading: Reading,
}

/// How bytes had to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// UTF-8, without a fault.
    Utf8,
    /// UTF-8 with this many bytes that had to be replaced.
    Damaged(usize),
    /// Another encoding; `true` when some of it could not be decoded.
    Other(&'static Encoding, bool),
    /// No text at all.
    Binary,
}

/// Reads bytes as the text they most likely are: by byte order mark, as UTF-8, as UTF-16 when every other byte
/// of the ASCII in it is zero, as UTF-8 with a few bad bytes, else as the legacy encoding that Firefox would guess.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return legacy(encoding, bytes.get(bom..).unwrap_or_default());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    // Hardly any text holds such a byte, so all that follows from one is asked only then.
    // Looking at all of them, instead of stopping at the first, lets the compiler look at many at once.
    if head.iter().fold(false, |found, &b| found | is_binary_control(b)) {
        if let Some(encoding) = utf16_without_bom(head) {
            return legacy(encoding, bytes);
        }
        if is_binary(head) {
            return Decoded { text: Cow::Borrowed(""), reading: Reading::Binary };
        }
    }
    // Validates with SIMD, which `std` does not.
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return Decoded { text: unix_lines(text), reading: Reading::Utf8 };
    }
    let bad = bad_bytes(bytes);
    if bad.mostly_utf8() {
        let text = Cow::Owned(String::from_utf8_lossy(bytes).into_owned());
        return Decoded { text: unix_lines(text), reading: Reading::Damaged(bad.bad) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..GUESSED).unwrap_or(bytes), bytes.len() <= GUESSED);
    legacy(detector.guess(None, Utf8Detection::Deny), bytes)
}

fn legacy<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: unix_lines(text), reading: Reading::Other(encoding, faulty) }
}

fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Zeros at one parity, in at least one of fifty units: the line ends and digits of a UTF-16 text. At the other
/// parity there are few (开 is U+5F00). A decoding without unpaired surrogates and controls confirms it.
fn utf16_without_bom(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len() & !1).unwrap_or(head);
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (0, 0) => return None,
        (few, many) if are_many(many, head) && many > 4 * few => UTF_16LE,
        (many, few) if are_many(many, head) && many > 4 * few => UTF_16BE,
        _ => return None,
    };
    // A surrogate pair may straddle the end of the sample.
    let whole = head.get(..head.len().saturating_sub(2)).unwrap_or(head);
    let text = encoding.decode_without_bom_handling(whole).0;
    let odd =
        text.chars().filter(|&c| c == '\u{fffd}' || u8::try_from(c).is_ok_and(is_binary_control)).count();
    (odd * 50 <= text.chars().count()).then_some(encoding)
}

/// A file is binary when one byte of its beginning in twenty is a control that no text holds, or one in a
/// hundred is zero. A single NUL or a backspace in a text, short as it may be, does not make it binary.
fn is_binary(head: &[u8]) -> bool {
    let zeros = memchr_iter(0, head).count();
    let controls = head.iter().filter(|&&b| is_binary_control(b)).count();
    are_many(zeros, head) || (controls > 1 && controls * 20 > head.len())
}

/// Whether so many zeros are not there by accident.
fn are_many(zeros: usize, head: &[u8]) -> bool {
    zeros > 1 && zeros * 100 >= head.len()
}

fn is_binary_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0xb | 0xc | 0x8 | 0x1b)
}

struct BadBytes {
    bad: usize,
    /// Characters of two bytes and more that are valid.
    good: usize,
}

impl BadBytes {
    /// Text in a legacy encoding hardly ever forms valid UTF-8 by chance.
    fn mostly_utf8(&self) -> bool {
        self.good >= 4 * self.bad
    }
}

fn bad_bytes(bytes: &[u8]) -> BadBytes {
    let mut count = BadBytes { bad: 0, good: 0 };
    for chunk in bytes.utf8_chunks() {
        count.bad += chunk.invalid().len();
        count.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn legacy_encodings_are_recognised() {
        for (encoding, text) in [
            (GBK, "---\ntitle: 沪指收涨百分之一\n---\n两市成交额突破万亿元，北向资金净流入。"),
            (BIG5, "台股今日開高走低，成交量放大，外資買超金額創下本月新高。"),
            (SHIFT_JIS, "東京株式市場で日経平均株価は続伸し、ハイテク株に買いが入りました。"),
            (EUC_KR, "코스피 지수가 외국인 매수에 힘입어 이틀째 상승 마감했습니다."),
            (WINDOWS_1251, "Рубль укрепился к доллару на открытии торгов во вторник."),
            (WINDOWS_1252, "Les marchés européens ont clôturé en hausse après l\u{2019}été."),
        ] {
            let (bytes, _, lossless) = encoding.encode(text);
            assert!(!lossless);
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, text, "{}", encoding.name());
            assert_eq!(decoded.reading, Reading::Other(encoding, false));
        }
    }

    #[test]
    fn a_long_text_is_guessed_by_its_beginning_and_read_to_its_end() {
        let text = format!("a{}", "沪指收涨。".repeat(GUESSED / 8));
        let (bytes, ..) = GBK.encode(&text);
        assert!(bytes.len() > GUESSED);
        assert_eq!(decode(&bytes).text, text);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let text = "---\ntitle: 开盘\n---\n沪指 3288 点，涨 1.02%。\n";
        for (order, encoding) in
            [(u16::to_le_bytes as fn(u16) -> [u8; 2], UTF_16LE), (u16::to_be_bytes, UTF_16BE)]
        {
            for marked in [text.to_owned(), format!("\u{feff}{text}")] {
                let bytes = utf16(&marked, order);
                let decoded = decode(&bytes);
                assert_eq!(decoded.text, text);
                assert_eq!(decoded.reading, Reading::Other(encoding, false));
            }
        }
    }

    #[test]
    fn a_few_bad_bytes_do_not_make_another_encoding() {
        let mut bytes = "沪指收涨，深成指微跌。".as_bytes().to_vec();
        bytes.insert(3, 0xff);
        let decoded = decode(&bytes);
        assert_eq!(decoded.text, "沪\u{fffd}指收涨，深成指微跌。");
        assert_eq!(decoded.reading, Reading::Damaged(1));
    }

    #[test]
    fn line_ends_become_one_kind() {
        for raw in ["a\r\nb\rc\n", "\u{feff}a\nb\r\nc\r"] {
            assert_eq!(decode(raw.as_bytes()).text, "a\nb\nc\n");
        }
    }

    #[test]
    fn binary_is_told_from_text_with_a_nul() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0";
        assert_eq!(decode(png).reading, Reading::Binary);
        assert_eq!(decode(&[0; 64]).reading, Reading::Binary);
        let text = format!("沪\0指{}", "收涨。".repeat(40));
        for text in [&text, "甲\0", "a\0", ""] {
            assert_eq!(decode(text.as_bytes()).reading, Reading::Utf8, "{text}");
        }
    }
}
