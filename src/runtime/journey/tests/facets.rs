//! How what was found is spread over the sidebar.

use super::{folder, home, open};
use crate::app::{Effect, Event, Narrowing, Scope};
use crate::query::Facet;
use crate::runtime::journey::Journey;
use std::fs;
use tempfile::TempDir;

fn press(journal: &[(&str, &str, &str, &str)]) -> TempDir {
    let posts: Vec<(String, String)> = journal
        .iter()
        .map(|(day, title, source, text)| {
            let path = format!("archive/{day}-{title}.md");
            (path, format!("---\ntitle: {title}\nsource: {source}\ntags: [{source}新闻]\n---\n{text}\n"))
        })
        .collect();
    folder(&posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// Six articles by three sources in three months; four of them are about tea.
fn tea() -> TempDir {
    press(&[
        ("2022-06-14", "甲", "晨报", "茶，贵州茅台（600519.SH）也在。"),
        ("2022-06-13", "乙", "晚报", "茶。"),
        ("2022-05-12", "丙", "晚报", "茶。"),
        ("2022-05-11", "丁", "晚报", "酒。"),
        ("2021-01-11", "戊", "周刊", "茶。"),
        ("2021-01-10", "己", "周刊", "酒，贵州茅台（600519.SH）。"),
    ])
}

fn open_tea(folder: &TempDir, home: &TempDir) -> Journey {
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.index_all();
    journey
}

fn titles(journey: &Journey) -> String {
    let list = &journey.model.list;
    (0..list.len()).map(|place| list.line(place).unwrap().title.to_string()).collect()
}

/// The values of a facet as they are shown: `晚报 1/2`.
fn counts(journey: &Journey, facet: Facet) -> Vec<String> {
    let counts = journey.model.sidebar.counts(facet).iter();
    counts.map(|count| format!("{} {}/{}", count.label(), count.unread, count.total)).collect()
}

#[test]
fn months_are_a_folded_section_with_the_latest_first() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.resize(60, 16).press("h j j j j j j j Enter");
    insta::assert_snapshot!(journey.screen(), @r"
    archive
     All                                                       6
     Unread                                                    6
     Bookmarks                                                 0
    -Sources                                                   3
      晚报                                                     3
      周刊                                                     2
      晨报                                                     1
    -Months                                                    3
      2022-06                                                  2
      2022-05                                                  2
      2021-01                                                  2
    +Tags                                                      3
    +Stocks                                                    1

    甲                                               1/1  ? help
    ");
    assert_eq!(titles(journey.press("j j Enter")), "丙丁");
    assert_eq!(journey.model.sidebar.scope, Scope::Facet(Facet::Month, "2022-05".into()));
    journey.press("r");
    assert_eq!(counts(&journey, Facet::Month), ["2022-06 2/2", "2022-05 1/2", "2021-01 2/2"]);
    journey.press("Q");
    let tomorrow = open_tea(&folder, &home);
    assert_eq!(tomorrow.model.sidebar.scope, Scope::Facet(Facet::Month, "2022-05".into()));
    assert_eq!(titles(&tomorrow), "丙丁");
    assert_eq!(tomorrow.model.sidebar.scope_at_cursor(), Some(tomorrow.model.sidebar.scope.clone()));
}

#[test]
fn while_a_search_is_shown_the_sidebar_counts_what_was_found() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("r / '茶 Enter");
    assert_eq!(titles(&journey), "甲乙丙戊");
    insta::assert_snapshot!(journey.resize(80, 16).press("h").screen(), @r"
    archive                 │All  search: 茶                                     1/4
     All found             4│   22-06-14 晨报     甲
     Unread                3│   茶，贵州茅台（600519.SH）也在。
     Bookmarks             0│∙  22-06-13 晚报     乙
    -Sources               3│   茶。
      晚报                 2│∙  22-05-12 晚报     丙
      周刊                 1│   茶。
      晨报                 1│∙  21-01-11 周刊     戊
    +Months                3│   茶。
    +Tags                  3│
    +Stocks                1│
                            │
                            │
                            │
                            │
    甲                                                                        ? help
    ");
    assert_eq!(counts(&journey, Facet::Source), ["晚报 2/2", "周刊 1/1", "晨报 0/1"]);
    assert_eq!(counts(&journey, Facet::Month), ["2022-06 1/2", "2022-05 1/1", "2021-01 1/1"]);
    assert_eq!(counts(&journey, Facet::Tag), ["晚报新闻 2/2", "周刊新闻 1/1", "晨报新闻 0/1"]);
    assert_eq!(counts(&journey, Facet::Stock), ["贵州茅台 600519.SH 0/1"]);
    journey.press("l f '乙 Enter");
    assert_eq!(counts(&journey, Facet::Source), ["晚报 1/1"], "a filter narrows as well");
    journey.press("Esc Esc");
    assert_eq!(titles(&journey), "甲乙丙丁戊己");
    assert_eq!(counts(&journey, Facet::Source), ["晚报 3/3", "周刊 2/2", "晨报 0/1"], "all of them again");
    assert_eq!(journey.model.sidebar.found(), None);
}

#[test]
fn a_value_narrows_what_was_found_and_one_step_back_widens_it_again() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("/ '茶 Enter h f '晚报 Enter");
    assert_eq!(
        (titles(&journey).as_str(), &journey.model.sidebar.scope),
        ("乙丙", &Scope::Facet(Facet::Source, "晚报".into()))
    );
    assert_eq!(
        counts(&journey, Facet::Source),
        ["晚报 2/2", "周刊 1/1", "晨报 1/1"],
        "those of the whole search"
    );
    // From one source to the next, and back from the last of them.
    assert_eq!(titles(journey.press("Esc j")), "戊");
    assert_eq!(titles(journey.press("j Enter")), "甲");
    assert_eq!(titles(journey.press("Esc")), "甲乙丙戊");
    assert_eq!((&journey.model.sidebar.scope, journey.model.sidebar.cursor()), (&Scope::All, 0));
    assert_eq!(titles(journey.press("Esc")), "甲乙丙丁戊己");
    assert_eq!(journey.outside, []);
}

#[test]
fn a_search_within_a_choice_that_has_no_hit_keeps_the_choice_visible() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("h f '晨报 Enter Esc l / '酒 Enter");
    assert_eq!(titles(&journey), "");
    assert_eq!(counts(&journey, Facet::Source), ["周刊 1/1", "晚报 1/1", "晨报 0/0"]);
    assert_eq!(journey.model.sidebar.scope_at_cursor(), Some(Scope::Facet(Facet::Source, "晨报".into())));
    // It was chosen before the search and stays when the search goes.
    assert_eq!(titles(journey.press("Esc")), "甲");
}

#[test]
fn counts_of_what_was_found_follow_marks_and_new_posts() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("/ '茶 Enter j r");
    assert_eq!(counts(&journey, Facet::Source), ["晚报 1/2", "周刊 1/1", "晨报 1/1"]);
    assert_eq!(journey.model.sidebar.found().map(|found| (found.posts, found.unread)), Some((4, 3)));
    journey.press("b");
    assert_eq!(journey.model.sidebar.found().map(|found| found.bookmarked), Some(1));
    journey.press("Esc f '辛 Enter");
    assert_eq!(counts(&journey, Facet::Source), [""; 0]);
    journey.press("Q");
    fs::write(folder.path().join("archive/2022-07-01-辛.md"), "---\ntitle: 辛\nsource: 晨报\n---\n茶")
        .unwrap();
    let tomorrow = open_tea(&folder, &home);
    assert_eq!(tomorrow.model.list.filter, "辛", "remembered");
    assert_eq!(counts(&tomorrow, Facet::Source), ["晨报 1/1"]);
    assert_eq!(counts(&tomorrow, Facet::Month), ["2022-07 1/1"]);
}

#[test]
fn saved_queries_count_what_they_find_of_what_was_found() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("/ '茶 Enter s Enter Esc / '茅台 Enter s Enter Esc / ctrl-u '酒 Enter");
    let screen = journey.screen();
    let line = |name: &str| screen.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(line("  茶 ").trim_end().starts_with("  茶                         0│"), "{screen}");
    assert!(line("  茅台 ").starts_with("  茅台                       1│"), "{screen}");
    // Choosing one shows these.
    assert_eq!(titles(journey.press("h f '茅台 Enter")), "己");
}

#[test]
fn counts_of_what_is_no_longer_looked_for_are_not_shown() {
    let (home, folder) = (home(), tea());
    let mut journey = open_tea(&folder, &home);
    journey.press("/ '茶 Enter");
    let before = counts(&journey, Facet::Source);
    // A query that makes no sense leaves list and counts as they are.
    journey.press("/ '|date:x");
    assert_eq!((titles(&journey).as_str(), counts(&journey, Facet::Source)), ("甲乙丙戊", before));
    journey.press("ctrl-u '酒 Enter");
    let late = Effect::Count(Narrowing { filter: String::new(), search: "茶".into() });
    journey.desk.answer(late).unwrap();
    journey.desk.count_on(false).unwrap();
    journey.desk.count_on(false).unwrap();
    let found: Vec<Event> = journey.inbox.try_iter().collect();
    assert!(matches!(found.as_slice(), [Event::Found(_)]), "{found:?}");
    for event in found {
        journey.take(event);
    }
    assert_eq!(counts(&journey, Facet::Source), ["周刊 1/1", "晚报 1/1"]);
}
