//! What is drawn for ambiguous characters where none may be drawn.

/// Shown for an ambiguous character that nothing can stand in for: rather than a sign that says something else
/// (`%` for `‰`), and rather than a row out of place.
const UNKNOWN: char = '?';

/// The ASCII character in the place of an ambiguous one. Letters of other scripts become Latin ones. (U+FF65 would
/// be a better `·`, but the fonts of some terminals do not have it.)
pub(super) fn of(c: char) -> char {
    punctuation(c).or_else(|| sign(c)).or_else(|| figure(c)).or_else(|| letter(c)).unwrap_or(UNKNOWN)
}

fn punctuation(c: char) -> Option<char> {
    Some(match c {
        '“' | '”' | '″' | '¨' | '˝' => '"',
        '‘' | '’' | '′' | '‵' | '´' | 'ˊ' | 'ˋ' => '\'',
        '‐' | '–' | '—' | '―' | '‾' | 'ˉ' | 'ˍ' => '-',
        '…' | '‥' | '․' | '·' | '‧' => '.',
        '•' | '※' => '*',
        '‖' => '|',
        '¸' => ',',
        '¡' => '!',
        'ː' | '∶' => ':',
        'ˇ' => 'v',
        _ => return None,
    })
}

/// Lines, arrows, shapes and signs.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '═' | '↔' => '-',
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '║' | '∣' | '∥' => '|',
        '╱' | '∕' | '÷' | '↗' | '↙' => '/',
        '╲' | '↖' | '↘' => '\\',
        '╳' => 'X',
        '\u{2500}'..='\u{2570}' => '+',
        '\u{2580}'..='\u{2595}' | '▣'..='▩' | '№' | '♯' => '#',
        '→' | '⇒' | '▶' | '▷' | '☞' | '≫' => '>',
        '←' | '◀' | '◁' | '☜' | '≪' => '<',
        '↑' | '⇧' | '▲' | '△' | '⌒' | '∧' => '^',
        '↓' | '▼' | '▽' | '∨' => 'v',
        '●' | '■' | '◆' | '◇' | '◈' | '★' | '☆' | '✽' => '*',
        '○' | '◎' | '◯' | '□' | '°' | '˚' | 'º' => 'o',
        '×' => 'x',
        '∼' | '∽' | '≈' | '≒' => '~',
        '≡' => '=',
        '℃' => 'C',
        '℉' => 'F',
        '♭' => 'b',
        '§' => 'S',
        _ => return None,
    })
}

/// Numbers and letters in circles, raised and lowered, and Roman numbers, as far as they have one figure.
fn figure(c: char) -> Option<char> {
    match c {
        '①'..='⑨' => shifted(c, '①', '1'),
        '⑴'..='⑼' => shifted(c, '⑴', '1'),
        '⒈'..='⒐' => shifted(c, '⒈', '1'),
        '❶'..='❾' => shifted(c, '❶', '1'),
        '⓵'..='⓽' => shifted(c, '⓵', '1'),
        '₁'..='₄' => shifted(c, '₁', '1'),
        'Ⅰ'..='Ⅸ' => shifted(c, 'Ⅰ', '1'),
        'ⅰ'..='ⅸ' => shifted(c, 'ⅰ', '1'),
        // Which one is raised cannot be said in one cell, and `102` for `10²` would say another number.
        '¹' | '²' | '³' | '⁴' | 'ⁿ' => Some('^'),
        '⓪' | '⓿' => Some('0'),
        'Ⅹ' => Some('X'),
        'ⅹ' => Some('x'),
        'Ⓐ'..='Ⓩ' => shifted(c, 'Ⓐ', 'A'),
        'ⓐ'..='ⓩ' => shifted(c, 'ⓐ', 'a'),
        '⒜'..='⒵' => shifted(c, '⒜', 'a'),
        _ => None,
    }
}

/// As far from `to` as `c` is from `from`.
fn shifted(c: char, from: char, to: char) -> Option<char> {
    char::from_u32(u32::from(c).checked_sub(u32::from(from))? + u32::from(to))
}

fn letter(c: char) -> Option<char> {
    let lower = match c {
        'à' | 'á' | 'ā' | 'ǎ' | 'æ' | 'ɑ' | 'ª' | 'α' | 'а' | 'я' => 'a',
        'β' | 'б' => 'b',
        'ц' | 'ч' => 'c',
        'ð' | 'đ' | 'δ' | 'д' => 'd',
        'è' | 'é' | 'ê' | 'ē' | 'ě' | 'ε' | 'η' | 'е' | 'ё' | 'э' => 'e',
        'φ' | 'ф' => 'f',
        'ɡ' | 'γ' | 'г' => 'g',
        'ħ' | 'χ' | 'х' => 'h',
        'ì' | 'í' | 'ī' | 'ǐ' | 'ı' | 'ĳ' | 'ι' | 'и' => 'i',
        'й' => 'j',
        'ĸ' | 'κ' | 'к' => 'k',
        'ŀ' | 'ł' | 'ℓ' | 'λ' | 'л' => 'l',
        'μ' | 'м' => 'm',
        'ń' | 'ň' | 'ŉ' | 'ŋ' | 'ν' | 'н' => 'n',
        'ò' | 'ó' | 'ō' | 'ő' | 'ǒ' | 'ø' | 'œ' | 'ο' | 'ω' | 'о' => 'o',
        'π' | 'п' => 'p',
        'ρ' | 'р' => 'r',
        'ß' | 'σ' | 'с' | 'ш' | 'щ' => 's',
        'þ' | 'ŧ' | 'θ' | 'τ' | 'т' => 't',
        'ù' | 'ú' | 'ü' | 'ū' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'у' | 'ю' => 'u',
        'в' => 'v',
        'ξ' => 'x',
        'υ' | 'ы' => 'y',
        'ζ' | 'ж' | 'з' => 'z',
        'ъ' | 'ь' => '\'',
        _ => return capital(c),
    };
    Some(lower)
}

/// A capital is drawn as the capital of what stands in for the small letter.
fn capital(c: char) -> Option<char> {
    let mut small = c.to_lowercase();
    let small = small.next().filter(|&small| small != c)?;
    letter(small).map(|latin| latin.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::ambiguous;
    use super::*;

    #[test]
    fn every_ambiguous_character_gets_one_that_no_terminal_doubts() {
        let all = ('\u{80}'..=char::MAX).filter(|&c| ambiguous::is_ambiguous(c));
        for (c, drawn) in all.map(|c| (c, of(c))) {
            assert!(drawn.is_ascii_graphic(), "{c} as {drawn}");
        }
    }

    #[test]
    fn what_stands_in_says_the_same_or_that_it_cannot() {
        for (text, drawn) in [
            ("“甲”——‘乙’……", "\"甲\"--'乙'.."),
            ("丙·丁•①⑨⑩Ⅲ", "丙.丁*19?3"),
            ("┌─┬━╗│║█", "+-+-+||#"),
            ("3×4÷5°℃±‰≥€", "3x4/5oC????"),
            ("m²H₂O", "m^H2O"),
            ("café Øß", "cafe Os"),
            ("αΒΩ Москва Ёж", "aBO Moskva Ez"),
            ("→←▲▼●○★\u{e000}\u{fffd}", "><^v*o*??"),
        ] {
            let shown: String =
                text.chars().map(|c| if ambiguous::is_ambiguous(c) { of(c) } else { c }).collect();
            assert_eq!(shown, drawn, "{text}");
        }
    }
}
