//! Which script a text is written in.

use crate::typeset::article::Script;

/// The share of the letters, one in so many, that makes a script the ruling one: names and quotations in
/// another script are fewer.
const SHARE: usize = 10;

/// The script of a text, by counting its first letters.
pub(super) fn of(text: &str) -> Script {
    let (mut hanzi, mut kana, mut hangul, mut other) = (0, 0, 0, 0);
    let mut in_tag = false;
    for c in text.chars().take(20_000) {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => hanzi += 1,
            '\u{3041}'..='\u{30fa}' | '\u{30fd}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7a3}' => hangul += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    // A Hanzi says as much as several letters.
    if (hanzi + kana + hangul) * SHARE <= other {
        Script::Other
    } else if hangul * SHARE > hanzi + kana {
        Script::Korean
    } else if kana * SHARE > hanzi {
        Script::Japanese
    } else {
        Script::Chinese
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_of_another_script_do_not_rule() {
        for (text, script) in [
            ("小米的MIUI与Google合作，使用Android", Script::Chinese),
            ("Xiaomi (小米) is a company whose name means millet", Script::Other),
            ("新しい製品を発表した", Script::Japanese),
            ("새 제품을 發表", Script::Korean),
            ("<p class=\"x\">中</p>", Script::Chinese),
            ("", Script::Other),
            ("123", Script::Other),
        ] {
            assert_eq!(of(text), script, "{text}");
        }
    }
}
