//! The language, from text to tree and back.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

fn now() -> Timestamp {
    // 2022-06-14 17:56 in Beijing.
    Timestamp::new(1_655_200_567, 8 * 3600).unwrap()
}

fn read(text: &str) -> Query {
    parse(text, now()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The query as it is printed, which says most of its shape; parentheses stand where they are needed.
fn printed(text: &str) -> String {
    read(text).to_string()
}

#[test]
fn words_join_and_signs_bind() {
    for (text, expected) in [
        ("", ""),
        (" \u{3000}\n", ""),
        ("()", ""),
        ("\"\"", ""),
        ("央行　降准", "央行 降准"),
        ("央行 AND 降准", "央行 降准"),
        ("甲 乙 OR 丙 丁", "甲 乙 OR 丙 丁"),
        ("甲|乙｜丙", "甲 OR 乙 OR 丙"),
        ("甲 (乙 | 丙) -丁", "甲 (乙 OR 丙) -丁"),
        ("（甲 乙）丙", "甲 乙 丙"),
        ("NOT (甲 | 乙)", "-(甲 OR 乙)"),
        ("--甲", "甲"),
        ("-NOT 甲", "甲"),
        ("-(甲 乙) 丙", "-(甲 乙) 丙"),
        ("甲 - 乙 -", "甲 乙"),
        ("or and not", "or and not"),
        ("\"OR\" \\OR", "\"OR\" \"\\\\OR\""),
        ("HFO-1234yf", "\"HFO-1234yf\""),
        ("~二〇 ～二〇 -~二〇", "~二〇 ~二〇 -~二〇"),
        ("~“二 〇” ~\"\" ~OR", "~\"二 〇\" ~OR"),
        ("甲 ~ 乙～丙 ~", "甲 \"乙～丙\""),
        ("~~甲 \\~乙 title:~", "~\"~甲\" \"~乙\" title:\"~\""),
        ("“央行 降准”", "\"央行 降准\""),
        ("”央行“后", "央行 后"),
        ("\"“引” \\\" \\\\ \\n\"", "\"“引” \\\" \\\\ \\\\n\""),
        ("甲\"乙\"丙", "甲 乙 丙"),
        ("甲\\ 乙\\(", "\"甲 乙(\""),
        ("/a\\/b .*/ /path/to/file", "/a\\/b .*/ \"/path/to/file\""),
        ("(/甲|乙/)", "/甲|乙/"),
        ("// /甲", "\"//\" \"/甲\""),
        // Still being typed.
        ("(甲 | (乙", "甲 OR 乙"),
        ("\"甲 乙", "\"甲 乙\""),
    ] {
        assert_eq!(printed(text), expected, "{text}");
    }
    assert_eq!(
        read("甲 乙 OR -丙"),
        Query::Or(vec![
            Query::And(vec![Query::Text("甲".into()), Query::Text("乙".into())]),
            Query::Not(Box::new(Query::Text("丙".into()))),
        ])
    );
}

#[test]
fn fields_have_values() {
    let time = |day: &str| span(day).unwrap().0;
    for (text, expected) in [
        ("title:快讯", Query::Title("快讯".into())),
        ("标题：“快讯 早盘”", Query::Title("快讯 早盘".into())),
        ("title:12:30", Query::Title("12:30".into())),
        ("标题：～百年", Query::Title(Term::with_variants("百年"))),
        ("title:~\"百 年\"", Query::Title(Term::with_variants("百 年"))),
        ("title:~", Query::Title("~".into())),
        ("source:~百", Query::Like(Facet::Source, "~百".into())),
        ("source:新浪", Query::Like(Facet::Source, "新浪".into())),
        ("Source:\"新浪财经\"", Query::Source("新浪财经".into())),
        ("来源：“新浪财经”", Query::Source("新浪财经".into())),
        ("分类:gu", Query::Like(Facet::Category, "gu".into())),
        ("category:\"gu\"", Query::Category("gu".into())),
        ("标签：OR", Query::Like(Facet::Tag, "OR".into())),
        ("tag:-甲", Query::Like(Facet::Tag, "-甲".into())),
        ("code:sh600519", Query::Code(Symbol::new("600519.SH"))),
        ("代码：NIO", Query::Code(Symbol::new("NIO"))),
        ("code:茅台", Query::Like(Facet::Stock, "茅台".into())),
        ("has:image", Query::HasImage),
        ("has:图片", Query::HasImage),
        ("is:Unread", Query::Unread),
        ("状态：已读", Query::Read),
        ("狀態：已讀", Query::Read),
        ("is:bookmarked", Query::Bookmarked),
        ("date:2022-06-14..", Query::Since(time("2022-06-14"))),
        ("date:..2022", Query::Before(time("2023"))),
        ("日期：2022年", Query::Since(time("2022")).and(Query::Before(time("2023")))),
        ("date:2022-01..2022-03", Query::Since(time("2022-01")).and(Query::Before(time("2022-04")))),
        ("newer:7d", Query::Since(time("2022-06-07"))),
        ("older:1y", Query::Before(time("2021-06-14"))),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_colon_alone_makes_no_field() {
    for text in
        ["http://news.example/a", "12:30", "央行：降准", "tags://x", ":甲", "a:b", "：", "甲source:乙"]
    {
        assert_eq!(read(text), Query::Text(text.into()), "{text}");
    }
}

#[test]
fn errors_point_at_the_place() {
    for (text, place, said) in [
        ("甲 sourse:乙", "sourse", "unknown field \"sourse:\" (did you mean source:?"),
        ("source: 乙", "source:", "source: wants a value"),
        ("标题：\"\" 乙", "标题：\"\"", "title: wants a value"),
        ("title:/霜.+湾/", "/霜.+湾/", "a pattern stands by itself, without title:"),
        ("is:new", "new", "is: is one of unread, read, bookmarked, not \"new\""),
        ("date:2022-13 甲", "2022-13", "\"2022-13\" is no date"),
        ("date:..", "..", "is no date"),
        ("newer:soon", "soon", "\"soon\" is no age"),
        ("甲 /(/ 乙", "/(/", "unclosed group"),
        ("OR 甲", "OR", "OR joins words"),
        ("甲 | | 乙", "|", "OR joins words"),
        ("甲 (乙 OR) 丙", "OR", "OR joins words"),
        ("甲 AND", "AND", "AND joins words"),
        ("甲 -) 乙", "-", "NOT joins words"),
        ("甲） 乙", "）", "closes none"),
        ("～(甲 OR 乙)", "～", "right before a word"),
    ] {
        let error = parse(text, now()).unwrap_err();
        assert_eq!(text.get(error.range.clone()), Some(place), "{text}");
        assert!(error.to_string().contains(said), "{text}: {error}");
        assert_eq!(error.to_string().lines().count(), 1);
    }
}

#[test]
fn a_saved_query_stands_for_its_text() {
    let saved = |name: &str| {
        let text = match name {
            "茶" => "茶 OR 咖啡",
            "周" => "newer:7d",
            "两样" => "saved:茶 -saved:周",
            "坏" => "甲 sourse:乙",
            "更坏" => "saved:坏",
            "甲" => "saved:乙",
            "乙" => "saved:丙 甲",
            "丙" => "(saved:甲)",
            "空" => "",
            _ => return None,
        };
        Some(text.to_owned())
    };
    for (text, same) in [
        ("saved:茶", "茶 OR 咖啡"),
        ("saved:茶 码头 -查询：“周”", "(茶 OR 咖啡) 码头 -newer:7d"),
        ("saved:两样", "(茶 OR 咖啡) -newer:7d"),
        ("saved:茶 saved:茶", "(茶|咖啡) (茶|咖啡)"),
        ("saved:空 甲", "甲"),
    ] {
        assert_eq!(parse_with(text, now(), &saved), Ok(read(same)), "{text}");
    }
    for (text, place, said) in [
        ("甲 saved:丁", "丁", "no query is saved as \"丁\""),
        ("甲 saved:更坏", "更坏", "in the saved query \"更坏\": in the saved query \"坏\": unknown field"),
        ("saved:甲", "甲", "the saved query \"甲\" stands in itself"),
        ("saved:", "saved:", "saved: wants a value"),
    ] {
        let error = parse_with(text, now(), &saved).unwrap_err();
        assert_eq!(text.get(error.range.clone()), Some(place), "{text}");
        assert!(error.to_string().contains(said), "{text}: {error}");
    }
    assert_eq!(parse("saved:茶", now()).unwrap_err().flaw, QueryFlaw::NoSaved("茶".into()));
}

/// Thirty queries, each of which stands twice in the next, would be a billion words.
#[test]
fn saved_queries_in_each_other_are_not_endless() {
    let saved = |name: &str| {
        let number: usize = name.parse().ok()?;
        Some(format!("甲 saved:{0} saved:{0}", number + 1).repeat(usize::from(number < 30)))
    };
    let error = parse_with("saved:0", now(), &saved).unwrap_err();
    let mut flaw = &error.flaw;
    while let QueryFlaw::InSaved { flaw: inner, .. } = flaw {
        flaw = inner;
    }
    assert_eq!(*flaw, QueryFlaw::TooLong);
    let chain = |name: &str| {
        Some(name.parse::<usize>().ok()?.checked_sub(1).map_or("甲".into(), |n| format!("saved:{n}")))
    };
    assert_eq!(parse_with("saved:40", now(), &chain), Ok(read("甲")));
}

#[test]
fn endless_queries_are_refused() {
    for (text, flaw) in [
        ("(".repeat(60), QueryFlaw::TooDeep),
        ("-(".repeat(1999), QueryFlaw::TooDeep),
        ("甲 ".repeat(4001), QueryFlaw::TooLong),
    ] {
        assert_eq!(parse(&text, now()).unwrap_err().flaw, flaw);
    }
    assert_eq!(read(&("NOT ".repeat(3998) + "甲")), read("甲"));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z甲乙。：:\"“”（()|/~～\\\\ -]{1,5}", Just("OR".to_owned()), "\\PC{1,6}"]
}

fn term() -> impl Strategy<Value = Term> {
    (text(), any::<bool>()).prop_map(|(text, with_variants)| Term { text, with_variants })
}

fn leaf() -> impl Strategy<Value = Query> {
    let label = || text().prop_map(|text| SafeText::new(&text)).prop_filter("empty", |text| !text.is_empty());
    let time = || (0..4_000_000_000i64, any::<bool>());
    let time = move || {
        time().prop_map(|(at, day)| Timestamp::new(if day { at - at % 86400 } else { at }, 0).unwrap())
    };
    let facet = prop::sample::select(vec![Facet::Source, Facet::Category, Facet::Tag]);
    prop_oneof![
        term().prop_map(Query::Text),
        term().prop_map(Query::Title),
        label().prop_map(Query::Source),
        label().prop_map(Query::Category),
        label().prop_map(Query::Tag),
        (facet, text()).prop_map(|(facet, text)| Query::Like(facet, text)),
        Just(Query::Like(Facet::Stock, "茅台".into())),
        label()
            .prop_map(|text| Query::Code(Symbol::new(&text)))
            .prop_filter("empty", |code| *code != Query::Code(Symbol::new(""))),
        "[a甲./ |\\[\\]\\\\]{1,6}"
            .prop_filter_map("pattern", |text| Pattern::new(&text).ok().map(Query::Pattern)),
        time().prop_map(Query::Since),
        time().prop_map(Query::Before),
        prop::sample::select(vec![Query::HasImage, Query::Read, Query::Unread, Query::Bookmarked]),
    ]
}

fn tree() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        let joined = |join: fn(Query, Query) -> Query| {
            move |parts: Vec<Query>| parts.into_iter().reduce(join).unwrap_or_default()
        };
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(joined(Query::and)),
            vec(inner.clone(), 1..4).prop_map(joined(Query::or)),
            inner.prop_map(|one| !one),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_reads_as_the_same(query in tree()) {
        let text = query.to_string();
        prop_assert_eq!(parse(&text, now()), Ok(query), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in "([a-z]{0,6}[:： ]|[甲乙\"“”()（）|/~～\\\\-]|OR |\\PC){0,12}") {
        match parse(&text, now()) {
            Ok(query) => prop_assert_eq!(parse(&query.to_string(), now()), Ok(query)),
            Err(error) => prop_assert!(text.get(error.range).is_some_and(|place| !place.is_empty())),
        }
        for cursor in 0..=text.len() {
            for completion in complete(&text, cursor, &|_, begun| vec![begun.to_owned()]) {
                prop_assert!(text.get(completion.range.clone()).is_some() && completion.range.end == cursor);
            }
        }
    }
}
