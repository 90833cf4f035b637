//! Characters that stand for each other in some texts, and are not the same: `~二〇二二年` asks for them.

/// Each character is in one group, folded as by [`fold_char`](super::fold_char): traditional forms are left out.
const GROUPS: [&str; 31] = [
    // Figures, as GB/T 15835 allows them in dates, and the forms of cheques and contracts (大写), as the rules of the
    // People's Bank for bills have them. Who has no 〇 types a circle or the letter.
    "〇零○◯0o",
    "一壹弌1",
    "二贰弍弐2",
    "三叁弎3",
    "四肆4",
    "五伍5",
    "六陆6",
    "七柒7",
    "八捌8",
    "九玖9",
    "十拾",
    "百佰",
    "千仟",
    // Money: 元 is short for 圆, and 円 is its Japanese form.
    "元圆円",
    // English units had characters of their own until 1977.
    "里哩",
    "尺呎",
    "寸吋",
    // One character in traditional texts and several in simplified ones, or the other way round, so that folding
    // leaves them apart: 回覆, 計畫, 消沈, 錄象, 傢俱, 項鍊.
    "复覆",
    "划画",
    "沉沈",
    "象像",
    "具俱",
    "炼链",
    // Two spellings of a word, after the First List of Variant Word Forms (第一批异形词整理表, 2001): 账目, 订单,
    // 成分, 人才, 当作, 弘扬, 稀少, 掺杂.
    "账帐",
    "定订",
    "分份",
    "才材",
    "作做",
    "弘宏",
    "希稀",
    "掺搀",
];

/// The folded characters that may stand for a folded one, itself among them.
pub fn variants(c: char) -> Vec<char> {
    match GROUPS.iter().find(|group| group.contains(c)) {
        Some(group) => group.chars().collect(),
        None => vec![c],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::fold_char;
    use std::collections::HashSet;

    #[test]
    fn groups_are_disjoint_and_folded() {
        let mut known = HashSet::new();
        for c in GROUPS.iter().flat_map(|group| group.chars()) {
            assert!(known.insert(c), "{c} is in two groups");
            assert_eq!(fold_char(c), c);
        }
    }
}
