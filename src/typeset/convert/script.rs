//! Which script a text is written in.

use crate::typeset::article::Script;

/// The share of the letters, one in so many, that makes a script the ruling one: names and quotations in
/// another script are fewer.
const SHARE: usize = 10;

/// The script of a text, by counting its first letters.
pub(super) fn of(text: &str) -> Script {
    let (mut hanzi, mut kana, mut hangul, mut other) = (0, 0, 0, 0);
    let (mut traditional, mut simplified) = (0, 0);
    let mut in_tag = false;
    for c in text.chars().take(20_000) {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => {
                hanzi += 1;
                traditional += usize::from(is_traditional(c));
                simplified += usize::from(is_simplified(c));
            }
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
    } else if traditional > simplified {
        Script::TraditionalChinese
    } else {
        Script::Chinese
    }
}

/// Frequent characters that only traditional Chinese writes so.
#[rustfmt::skip]
fn is_traditional(c: char) -> bool {
    matches!(c, '這' | '個' | '們' | '來' | '時' | '會' | '說' | '對' | '國' | '學' | '發' | '經' | '過' | '還' | '實' | '現' | '開' | '關'
        | '點' | '問' | '題' | '與' | '為' | '無' | '從' | '東' | '車' | '長' | '門' | '見' | '電' | '話' | '書' | '買' | '賣' | '員')
}

/// How simplified Chinese writes the same.
#[rustfmt::skip]
fn is_simplified(c: char) -> bool {
    matches!(c, '这' | '个' | '们' | '来' | '时' | '会' | '说' | '对' | '国' | '学' | '发' | '经' | '过' | '还' | '实' | '现' | '开' | '关'
        | '点' | '问' | '题' | '与' | '为' | '无' | '从' | '东' | '车' | '长' | '门' | '见' | '电' | '话' | '书' | '买' | '卖' | '员')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_of_another_script_do_not_rule() {
        for (text, script) in [
            ("小米的MIUI与Google合作，使用Android", Script::Chinese),
            ("Xiaomi (小米) is a company whose name means millet", Script::Other),
            ("這個問題說來話長", Script::TraditionalChinese),
            ("这个问题说来话长，書名除外", Script::Chinese),
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
