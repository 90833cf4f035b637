use super::*;
use crate::typeset::breaks::segments;
use crate::typeset::style::Style;
use proptest::prelude::*;

fn lines_of(text: &str, cells: usize, avoid_lonely_last: bool) -> Vec<&str> {
    let ambiguous = Ambiguous::Narrow;
    set(
        text,
        Measure { first: cells, rest: cells, ambiguous, avoid_lonely_last, hanging: false, squeezing: false },
    )
}

fn set(text: &str, measure: Measure) -> Vec<&str> {
    let flow = Flow::new(text, Style::default());
    fill(&flow, measure).into_iter().filter_map(|line| text.get(line)).collect()
}

#[test]
fn the_cases_of_the_typography_rules() {
    for (cells, text, expected) in [
        (10, "小米金融业，已经", "小米金融|业，已经"),
        (10, "他说：“你好。”我", "他说：“你|好。”我"),
        (10, "成立金融（中国）", "成立金融|（中国）"),
        (10, "市场规模《规划》出", "市场规模|《规划》出"),
        (10, "增长率达到19.7%左右", "增长率达到|19.7%左右"),
        (10, "他沉默了——然后", "他沉默了——|然后"),
        (10, "他沉默了……然后", "他沉默了……|然后"),
        (10, "收入达到￥100元", "收入达到|￥100元"),
        (10, "使用小米A股·港股", "使用小米A|股·港股"),
        (12, "规划(2022-2025年)中", "规划|(2022-2025|年)中"),
        (10, "金融机构。”他说", "金融机|构。”他说"),
        (10, "他说我的‘好’的", "他说我的|‘好’的"),
        (10, "气温约为100℃下", "气温约为|100℃下"),
        (10, "共有900人减1/3，而", "共有900人|减1/3，而"),
        (8, "一二三五。”", "一二三|五。”"),
        (4, "。。。。。", "。。|。。|。"),
    ] {
        assert_eq!(lines_of(text, cells, false).join("|"), expected, "{text} at {cells}");
    }
}

#[test]
fn a_last_line_of_one_hanzi_takes_another_along() {
    for (text, expected) in [
        ("一二三四五", "一二三|四五"),
        ("一二三四五。", "一二三|四五。"),
        ("一二三四五.)", "一二三|四五.)"),
        ("一二三四五六", "一二三四|五六"),
        ("一二三。四", "一二|三。四"),
        ("ab cd ef", "ab cd ef"),
        ("一二三四abc", "一二三四|abc"),
    ] {
        assert_eq!(lines_of(text, 8, true).join("|"), expected, "{text}");
    }
}

#[test]
fn the_blank_half_of_a_mark_hangs_rather_than_break_early() {
    for (cells, text, expected) in [
        (9, "一二三四，五", "一二三四，|五"),
        (9, "一二三（四）五", "一二三|（四）五"),
        (8, "一二a三。四", "一二a三。|四"),
        // A narrow quotation mark has no blank half, and a mark hangs by one cell only.
        (8, "一二三四”五", "一二三|四”五"),
        (8, "一二三四，五", "一二三|四，五"),
        (9, "一二三四。」五", "一二三|四。」五"),
        (9, "一二三五。”六", "一二三|五。”六"),
        (6, "a一二。", "a一二。"),
    ] {
        let measure = Measure {
            first: cells,
            rest: cells,
            ambiguous: Ambiguous::Narrow,
            avoid_lonely_last: false,
            hanging: true,
            squeezing: false,
        };
        assert_eq!(set(text, measure).join("|"), expected, "{text} at {cells}");
    }
}

#[test]
fn addresses_break_at_their_parts() {
    let text = "http://finance.example.com/a/1768,202112.html?x=%E4%B8%AD&yy=2";
    let expected = ["http://finance.example.com/", "a/1768,202112.html?", "x=%E4%B8%AD&yy=2"];
    assert_eq!(lines_of(text, 27, true), expected);
}

#[test]
fn an_address_that_must_be_cut_is_not_cut_within_an_escape() {
    let text = "https://a.cn/%E4%B8%AD%E6%96%87%E4%B8%AD";
    for cells in 8..40 {
        for line in lines_of(text, cells, false) {
            let cut = line.len() - line.rfind('%').unwrap_or(0);
            assert!(
                !line.contains('%')
                    || cut > 2
                    || !line.ends_with(|c: char| c.is_ascii_hexdigit() || c == '%'),
                "{cells}: {line}"
            );
        }
    }
}

#[test]
fn blanks_at_a_break_are_dropped_and_long_words_are_cut() {
    assert_eq!(lines_of("hello world again", 8, true), ["hello", "world", "again"]);
    assert_eq!(lines_of("abcdefghijkl", 5, true), ["abcde", "fghij", "kl"]);
}

/// Text as news has it, and as it should never have it.
fn mixed() -> impl Strategy<Value = Flow> {
    let piece = prop_oneof![
        4 => "[一-龥]{1,6}",
        3 => "[，。、；：！？）」』】》〉”’…—·％℃～（「『【《〈“‘￥]{1,3}",
        2 => "[a-zA-Z]{1,12}",
        2 => "[0-9]{1,4}[.,/%-]?[0-9]{0,4}",
        1 => " {1,2}",
        1 => "[👨❤🇨🇳👍🏽\u{200d}\u{fe0f}\u{301}\u{20e3}が\u{3099}]{1,4}",
        1 => Just("https://a.cn/b/c?d=%E4&e".to_owned()),
        1 => "[가-힣ぁ-んァ-ヶーα-ω\u{5d0}-\u{5ea}]{1,4}",
        1 => "[!-~]{1,4}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| Flow::new(&pieces.concat(), Style::default()))
}

/// Whether a line break between two places stands in a run that had to be cut.
fn is_forced(text: &str, end: usize, start: usize) -> bool {
    !segments(text).iter().any(|place| (end..=start).contains(place))
}

proptest! {
    #[test]
    fn lines_fit_keep_the_text_and_obey(flow in mixed(), cells in 8usize..200, indent in 0usize..5, lonely: bool, wide: bool, hanging: bool) {
        let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
        let measure = Measure { first: cells - indent, rest: cells, ambiguous, avoid_lonely_last: lonely, hanging, squeezing: false };
        let (text, lines) = (flow.text(), fill(&flow, measure));
        prop_assert_eq!(&lines, &fill(&flow, measure));
        let mut end = 0;
        for (i, line) in lines.iter().enumerate() {
            let shown = text.get(line.clone()).unwrap();
            let room = if i == 0 { measure.first } else { cells };
            let room = room + usize::from(hanging && shown.ends_with(hangs));
            prop_assert!(width::of(shown, ambiguous) <= room, "{shown:?} is wider than {room}");
            let between = text.get(end..line.start).unwrap();
            prop_assert!(between.trim().is_empty(), "lost {between:?}");
            let forced = is_forced(text, end, line.start);
            end = line.end;
            let first = shown.chars().next().unwrap();
            if i > 0 && !forced {
                prop_assert!(!never_first(first), "begins with {first}");
            }
            if let Some(next) = lines.get(i + 1) && !is_forced(text, end, next.start) {
                prop_assert!(!never_last(shown.chars().next_back().unwrap()), "ends badly: {shown:?}");
            }
        }
        prop_assert!(text.get(end..).unwrap().trim().is_empty());
    }
}
