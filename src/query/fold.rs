//! When two texts count as the same to somebody who looks for one of them.

mod table;

use table::SAME;

/// The text with every character folded as by [`fold_char`].
pub fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// The character that stands for all that count as the same as this one:
///
/// - A letter without its case, ASCII and blanks for what is full-width, and a blank for a hard one: `Ａ股`, `A股` and
///   `a股` are the same.
/// - Simplified characters for traditional ones: `證券`, `証券` and `证券` are the same. A character belongs to one
///   simplified form, whatever word it stands in: the one that `OpenCC` writes for it when it stands alone. So 乾 is
///   干 and 後 is 后 everywhere, as are 着 and 著, which Taiwan and the mainland exchange. What only the word decides
///   and is two common words stays apart: 覆 (反覆, 覆盖) is no 复. `scripts/hanzi` says how the groups came to be.
/// - The unified ideograph for a compatibility ideograph or a radical, and full-width kana for half-width ones.
/// - Figures and letters for raised and lowered ones, and the hyphen for the minus sign: `CO₂` and `CO2` are the same.
///
/// Every group has one character that stands for it and folds to itself, so that folding twice is folding once, and
/// folding both sides finds more and never less. One character stays one, so that places in the folded text are
/// places in the text. Kana and Hangul are left alone otherwise.
#[inline]
pub fn fold_char(c: char) -> char {
    match c {
        // Most characters of news: whether they fold to another one is one bit.
        '\u{4e00}'..='\u{9fff}' => SAME.get(c),
        '\0'..='\u{7f}' => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(c, |narrow| narrow.to_ascii_lowercase())
        }
        '\u{3000}' | '\u{a0}' => ' ',
        // None of these has a case.
        '\u{2000}'..='\u{206f}' => c,
        '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{faff}' | '\u{ff00}'..='\u{ffff}' | '\u{20000}'.. => {
            SAME.get(c)
        }
        // Raised and lowered figures and letters are among these.
        _ => SAME.get(without_case(c)),
    }
}

fn without_case(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_do_not_count() {
        for (text, folded) in [
            ("Ａ股ＥＴＦ（５１）", "a股etf(51)"),
            ("NIO蔚来", "nio蔚来"),
            ("～Привет、。", "~привет、。"),
            ("甲\u{3000}İ\u{a0}", "甲 İ "),
            ("ﾄﾖﾀ･ｶﾞ｡", "トヨタ・カ゛。"),
            ("ﾡￂ￥", "ㄱㅏ¥"),
            ("CO₂、m²、xⁿ⁻¹、ᴬᵇ、−5", "co2、m2、xn-1、ab、-5"),
            ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+-=()abcdefghijklmnoprstuvwxyz"),
            ("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn traditional_characters_are_simplified_ones() {
        for (traditional, simplified) in [
            ("證券時報：滬深兩市震盪", "证券时报:沪深两市震荡"),
            ("台積電／臺積電", "台积电/台积电"),
            ("裏面裡面，於是于是", "里面里面,于是于是"),
            ("乾旱幹部乾坤", "干旱干部干坤"),
            ("看著著作衆眾爲為", "看着着作众众为为"),
            ("只隻祇衹、鍾鐘锺、鉅亨钜亨", "只只只只、钟钟钟、巨亨巨亨"),
            ("瞭解、憑藉、復甦", "了解、凭借、复苏"),
            ("豈更⼀⻳丽", "岂更一龟丽"),
            ("反覆覆盖、项链鍊金、画划", "反覆覆盖、项链炼金、画划"),
            ("ひらがなカタカナ、가나다라", "ひらがなカタカナ、가나다라"),
            ("龥𠮷〇々", "龥𠮷〇々"),
        ] {
            assert_eq!(fold(traditional), simplified);
            assert_eq!(fold(simplified), simplified);
        }
    }

    #[test]
    fn folding_twice_is_folding_once_and_no_case_is_left() {
        for c in '\0'..=char::MAX {
            let folded = fold_char(c);
            assert_eq!(fold_char(folded), folded, "{c}");
            assert_eq!(without_case(folded), folded, "{c}");
            let lower = without_case(c);
            assert!(lower == c || folded == fold_char(lower), "{c} has a case");
        }
    }
}
