use super::shadow::shadow;
use super::*;
use proptest::prelude::*;

fn split(text: &str) -> Vec<&str> {
    let mut start = 0;
    segments(text).into_iter().map(|end| text.get(std::mem::replace(&mut start, end)..end).unwrap()).collect()
}

#[test]
fn what_stays_together() {
    for (text, parts) in [
        ("他说：“好。”我", &["他", "说：", "“好。”", "我"][..]),
        ("沉默了——然后", &["沉", "默", "了——", "然", "后"]),
        ("$贵州茅台$涨", &["$贵州茅台$", "涨"]),
        ("$100涨到$200", &["$100", "涨", "到", "$200"]),
        ("买600519.SH的", &["买", "600519.SH", "的"]),
        ("it’s “on” 好", &["it’s ", "“on” ", "好"]),
        ("说‘A’的“B”与O’C", &["说", "‘A’", "的", "“B”", "与", "O’C"]),
        ("降5%（含税）￥6，+7", &["降", "5%", "（含", "税）", "￥6，", "+7"]),
        ("用HFO-1234yf和2022-2025", &["用", "HFO-", "1234yf", "和", "2022-2025"]),
        ("Node.js（新）", &["Node.js", "（新）"]),
        ("和－5.5％、－５．５％是１２３４人", &["和", "－5.5％、", "－５．５％", "是", "１２３４", "人"]),
        ("设$ \\alpha+b $，$$x^2$$完", &["设", "$ \\alpha+b $，", "$$x^2$$", "完"]),
        ("价CO_甲", &["价", "CO_甲"]),
        ("史蒂夫•乔布斯——甲／乙", &["史", "蒂", "夫•", "乔", "布", "斯——", "甲／乙"]),
        ("他说\"好的\"然后", &["他", "说", "\"好", "的\"", "然", "后"]),
        ("见http://a.cn/b?c=%E4%B8&d-1。好", &["见", "http://a.cn/", "b?", "c=%E4%B8&", "d-1。", "好"]),
        ("", &[]),
    ] {
        assert_eq!(split(text), parts, "{text}");
    }
}

#[test]
fn no_line_begins_with_what_closes_or_ends_with_what_opens() {
    let closing = "、。，．：；！？）〕］｝〉》」』】〗〙〛〟〞’”｠︶︸︺︼︾﹀﹂﹄︰﹐﹒﹔﹕﹖﹗﹚﹜﹞｡､｣･‼⁇⁈⁉…‥⋯—―⸺–‐～〜゠\
        ·‧・•／｜∶°′″℃℉％‰￠々〻ゝゞヽヾーｰ゛゜ﾞﾟぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ";
    let opening = "（〔［｛〈《「『【〖〘〚〝‘“｟︵︷︹︻︽︿﹁﹃﹙﹛﹝｢￥＄￡€№／";
    for c in closing.chars() {
        assert!(
            !split(&format!("一{c}一"))[1..].iter().any(|part| part.starts_with(c)),
            "a line begins with {c}"
        );
    }
    for c in opening.chars() {
        assert!(!split(&format!("一{c}一")).iter().any(|part| part.ends_with(c)), "a line ends with {c}");
    }
}

#[test]
fn korean_words_are_parted_at_blanks_alone() {
    for (text, parts) in [
        ("좋은 가게다", &["좋은 ", "가게다"][..]),
        ("“좋다”고 했다", &["“좋다”고 ", "했다"]),
        ("서울(Seoul)은 83.7%를", &["서울(Seoul)은 ", "83.7%를"]),
        ("2019년의 中國은", &["2019년의 ", "中", "國은"]),
        ("했다。그가——왔다", &["했다。", "그가——", "왔다"]),
        ("歌手아이유发布", &["歌", "手아이유", "发", "布"]),
    ] {
        assert_eq!(split(text), parts, "{text}");
    }
}

#[test]
fn addresses_end_where_chinese_begins() {
    let text = "（http://a.cn/x.）与https://b.cn。另ftp://c.cn";
    let found: Vec<_> = addresses(text).filter_map(|range| text.get(range)).collect();
    assert_eq!(found, ["http://a.cn/x", "https://b.cn"]);
}

proptest! {
    #[test]
    fn what_is_judged_has_the_same_characters_boundaries(text in "\\PC*|[a-z“”‘’—•（），￥\u{13258}\u{13259}]*") {
        let lengths = |text: &str| text.chars().map(char::len_utf8).collect::<Vec<_>>();
        prop_assert_eq!(lengths(&shadow(&text)), lengths(&text));
    }
}
