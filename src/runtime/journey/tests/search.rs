//! Finding articles by their texts.

use super::{folder, home, open, says};
use crate::app::{Event, update};
use crate::runtime::journey::{Journey, char_key};
use tempfile::TempDir;

/// Four articles, of which the first two hold `霜湾` in the text, twice and once, and the third in the title.
fn harbour() -> TempDir {
    let far = "海风吹过。\n\n".repeat(40);
    folder(&[
        ("2022-06-14-a.md", &format!("---\ntitle: 甲\n---\n霜湾的码头。\n\n{far}霜湾没有船。\n")),
        ("2022-06-13-b.md", &format!("---\ntitle: 乙\n---\n{far}回到霜湾。\n")),
        ("2022-06-12-c.md", "---\ntitle: 霜湾晨报\n---\n没有别的。\n"),
        ("2022-06-11-d.md", "---\ntitle: 丁\n---\n码头上的茶馆，ETF 涨了 4.5%。\n"),
    ])
}

fn titles(journey: &Journey) -> Vec<String> {
    let list = &journey.model.list;
    (0..list.len()).map(|place| list.line(place).unwrap().title.to_string()).collect()
}

#[test]
fn articles_are_found_while_their_words_are_typed_indexed_or_not() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    for is_indexed in [false, true] {
        assert_eq!(journey.desk.is_indexing(), !is_indexed);
        for (typed, found) in [
            ("/ '霜", &["甲", "乙", "霜湾晨报"][..]),
            ("'湾没", &["甲"]),
            ("Backspace Enter", &["甲", "乙", "霜湾晨报"]),
            ("f '晨 Enter", &["霜湾晨报"]),
            ("Esc", &["霜湾晨报"]),
            ("Esc", &["甲", "乙", "霜湾晨报", "丁"]),
            ("/ '４.５%", &["丁"]),
            ("Esc", &["甲", "乙", "霜湾晨报", "丁"]),
            ("/ '霜湾|茶馆", &["甲", "乙", "霜湾晨报", "丁"]),
            ("Enter / ctrl-u '码头", &["甲", "丁"]),
            ("Enter Esc", &["甲", "乙", "霜湾晨报", "丁"]),
        ] {
            journey.press(typed);
            if typed == "Esc" && journey.model.list.filter == "晨" {
                continue;
            }
            assert_eq!(titles(&journey), found, "{typed}");
        }
        journey.index_all();
    }
    assert!(journey.press("/ '霜湾 Enter").screen().contains("search: 霜湾"));
    assert!(journey.press("/ '没有这样的话").screen().contains("No article is found"));
}

#[test]
fn hits_in_the_title_of_the_opened_article_are_marked_and_not_gone_to() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '晨报 Enter Enter");
    let marked = |journey: &Journey| {
        let shown = journey.model.reader.shown.as_ref().unwrap();
        shown.hits_on(0).map(|(bytes, is_current)| (bytes.len(), is_current)).collect::<Vec<_>>()
    };
    assert_eq!(marked(&journey), [("晨报".len(), false)]);
    assert_eq!(marked(journey.press("/ '没有 Enter")), []);
}

#[test]
fn a_list_keeps_its_count_where_there_is_no_room_for_its_order() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    let screen = journey.resize(30, 11).press("/ '霜湾 Enter S").screen();
    assert!(screen.lines().next().unwrap().ends_with("霜湾          2/3"), "{screen}");
}

#[test]
fn hits_lead_from_one_article_to_the_next_and_back() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '霜湾 Enter Enter");
    let shown = |journey: &Journey| journey.model.reader.shown.as_ref().unwrap().header.title.to_string();
    assert_eq!((shown(&journey).as_str(), journey.model.reader.top()), ("甲", 0));
    for (key, title, said) in [
        ("n", "甲", "hit 1 of 2"),
        ("n", "甲", "hit 2 of 2"),
        ("n", "乙", "hit 1 of 1"),
        ("n", "霜湾晨报", ""),
        ("n", "霜湾晨报", ""),
        ("N", "乙", "hit 1 of 1"),
        ("N", "甲", "hit 2 of 2"),
        ("N", "甲", "hit 1 of 2"),
        ("N", "甲", "hit 1 of 2"),
        ("n", "甲", "hit 2 of 2"),
    ] {
        journey.press(key);
        assert_eq!((shown(&journey).as_str(), says(&journey).as_str()), (title, said), "{key}");
    }
    assert!(journey.screen().contains("霜湾没有船"), "{}", journey.screen());
    assert_eq!(says(journey.press("g g / '海风 Enter")), "hit 1 of 40", "found in the article alone");
    assert_eq!(says(journey.press("N")), "hit 40 of 40");
    assert_eq!(says(journey.press("Esc n")), "hit 1 of 2", "the words of the search again");
    journey.press("q Esc");
    assert_eq!(journey.model.reader.shown.as_ref().unwrap().hits.position(), None);
}

#[test]
fn other_forms_of_a_character_are_found_and_marked() {
    let (home, folder) = (
        home(),
        folder(&[
            ("2022-06-14-a.md", "---\ntitle: 甲\n---\n二〇二二年的帳目，二零二二年的賬目。\n"),
            ("2022-06-13-b.md", "---\ntitle: 乙\n---\n2022年的账目。\n"),
        ]),
    );
    let mut journey = open(folder.path(), home.path());
    for (search, found, hits) in [
        ("账目", &["甲", "乙"][..], 1),
        ("~账目", &["甲", "乙"], 2),
        ("二零二二年", &["甲"], 1),
        ("~二零二二年", &["甲", "乙"], 2),
        ("~二零二二年的账", &["甲", "乙"], 2),
    ] {
        journey.press(&format!("/ ctrl-u '{search} Enter Enter"));
        assert_eq!(titles(&journey), found, "{search}");
        assert_eq!(says(journey.press("n")), format!("hit 1 of {hits}"), "{search}");
        journey.press("q");
    }
}

#[test]
fn hits_are_gone_to_from_a_list_that_hides_the_reader() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.resize(50, 20).press("/ '霜湾 Enter");
    assert_eq!(says(journey.press("n")), "hit 1 of 2");
    assert_eq!(says(journey.press("q N")), "hit 1 of 2", "there is nothing before it");
    assert_eq!(says(journey.press("q j n")), "hit 1 of 1");
}

#[test]
fn a_query_that_makes_no_sense_says_where_and_leaves_the_list() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '茶馆");
    let screen = journey.press("'|date:三月").screen();
    assert!(screen.lines().last().unwrap().contains("date:三月  \"三月\" is no date"), "{screen}");
    assert_eq!(titles(&journey), ["丁"]);
    assert_eq!(journey.press("Enter").screen(), screen);
    journey.press("ctrl-u '茶馆 Enter");
    assert_eq!((says(&journey), titles(&journey)), (String::new(), vec!["丁".to_owned()]));
    assert_eq!(journey.press("h Esc").model.list.len(), 4, "the sidebar's Esc ends the search, too");
}

#[test]
fn each_article_shows_what_was_found_in_its_text() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    insta::assert_snapshot!(journey.resize(56, 11).press("/ '霜湾|茶馆 Enter j").screen(), @r"
    All  search: 霜湾|茶馆                               2/4
    ∙  22-06-14 甲
       霜湾的码头。 海风吹过。 海风吹过。 海风吹过。 海风吹…
    ∙  22-06-13 乙
       …海风吹过。 海风吹过。 海风吹过。 回到霜湾。
    ∙  22-06-12 霜湾晨报
       没有别的。
    ∙  22-06-11 丁
       码头上的茶馆，ETF 涨了 4.5%。

    乙                                                ? help
    ");
    assert_eq!(journey.model.list.rows_each(), 2);
    insta::assert_snapshot!(journey.resize(30, 8).press("j").screen(), @r"
    All  search: 霜湾|茶馆     3/4
    ∙  22-06-14 甲
       霜湾的码头。 海风吹过。 海…
    ∙  22-06-13 乙
       …海风吹过。 回到霜湾。
    ∙  22-06-12 霜湾晨报
       没有别的。
    霜湾晨报                ? help
    ");
    assert_eq!(journey.resize(32, 7).press("j").model.list.rows_each(), 1, "too low for it");
    journey.resize(72, 12).press("/ ctrl-u 'title:霜湾 Enter");
    assert_eq!(journey.model.list.rows_each(), 1, "nothing of the texts is asked for");
    assert_eq!(journey.press("/ ctrl-u '-霜湾 Enter").model.list.rows_each(), 1);
    assert_eq!(journey.press("/ ctrl-u '/湾.没/ Enter").model.list.rows_each(), 2);
}

#[test]
fn a_page_of_a_search_is_as_many_articles_as_are_visible() {
    let posts: Vec<(String, String)> =
        (10..60).map(|n| (format!("2022-06-14-{n}.md"), format!("# 第{n}篇\n\n霜湾{n}"))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (home, folder) = (home(), folder(&posts));
    let mut journey = open(folder.path(), home.path());
    journey.resize(60, 13).press("/ '霜湾 Enter");
    for (keys, cursor, top) in [
        ("ctrl-f", 4, 0),
        ("ctrl-f", 8, 4),
        ("ctrl-d", 10, 6),
        ("G", 49, 45),
        ("ctrl-b", 45, 45),
        ("k", 44, 44),
    ] {
        let list = &journey.press(keys).model.list;
        assert_eq!((list.cursor(), list.top()), (cursor, top), "{keys}");
        let screen = journey.screen();
        let place = |text: String| screen.lines().position(|line| line.trim_start().starts_with(&text));
        for shown in top..top + 5 {
            let n = 59 - shown;
            assert_eq!(place(format!("霜湾{n}")), Some(2 * (shown - top) + 2), "{keys}\n{screen}");
        }
    }
    journey.press("Esc");
    assert_eq!((journey.model.list.cursor(), journey.model.list.rows_each()), (44, 1));
}

#[test]
fn a_search_for_words_can_be_in_the_order_of_relevance() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    for _ in 0..2 {
        for (keys, found, said) in [
            ("/ ctrl-u '霜湾 Enter", &["甲", "乙", "霜湾晨报"][..], ""),
            ("S", &["霜湾晨报", "甲", "乙"], "by relevance"),
            ("/ ctrl-u '码头 Enter", &["丁", "甲"], "by relevance"),
            // What has no words has no relevance; the next one has again.
            ("Esc", &["甲", "乙", "霜湾晨报", "丁"], ""),
            ("/ '/码./ Enter", &["甲", "丁"], ""),
            ("/ ctrl-u '码头|晨报 Enter", &["霜湾晨报", "丁", "甲"], "by relevance"),
            ("S", &["丁", "霜湾晨报", "甲"], "oldest"),
            ("S S", &["甲", "霜湾晨报", "丁"], "by source"),
            ("S", &["甲", "霜湾晨报", "丁"], ""),
            ("Esc S", &["丁", "霜湾晨报", "乙", "甲"], "oldest"),
            ("S S S", &["甲", "乙", "霜湾晨报", "丁"], ""),
        ] {
            let screen = journey.press(keys).screen();
            assert_eq!(titles(&journey), found, "{keys}");
            let first = screen.lines().next().unwrap();
            let orders = ["by relevance", "oldest", "by source", "by title"];
            let shown = orders.into_iter().find(|order| first.contains(order)).unwrap_or("");
            assert_eq!(shown, said, "{keys}\n{screen}");
        }
        journey.index_all();
    }
}

#[test]
fn a_list_is_put_in_order_before_it_is_out_of_date() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '霜湾 Enter");
    for effect in update(&mut journey.model, Event::Key(char_key('S'))) {
        journey.desk.answer(effect).unwrap();
    }
    while journey.desk.is_indexing() {
        journey.desk.index_on().unwrap();
    }
    let news = |journey: &Journey| -> Vec<&str> {
        let name = |event| match event {
            Event::Listing(_) => Some("listing"),
            Event::Changed => Some("changed"),
            _ => None,
        };
        journey.inbox.try_iter().filter_map(name).collect()
    };
    assert_eq!(news(&journey), [""; 0], "or lists would be begun and never be done");
    while journey.desk.is_hunting() {
        journey.desk.hunt_on().unwrap();
    }
    assert_eq!(news(&journey), ["listing", "changed"]);
}

#[test]
fn the_article_under_the_cursor_stays_there_when_the_order_changes() {
    let (home, folder) = (home(), harbour());
    let mut journey = open(folder.path(), home.path());
    journey.press("/ '霜湾 Enter j S");
    assert_eq!((&*journey.model.list.current().unwrap().title, journey.model.list.cursor()), ("乙", 2));
    journey.take(Event::Changed);
    assert_eq!((titles(&journey).len(), journey.model.list.cursor()), (3, 2));
}
