//! Saved queries.

use super::{folder, home, open, says};
use crate::app::{Event, Scope, Tally};
use crate::post::{SavedQuery, Timestamp};
use crate::runtime::journey::Journey;
use crate::store::{Change, Shelf};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn teahouse() -> TempDir {
    folder(&[
        ("archive/2022-06-14-a.md", "---\ntitle: 甲\nsource: 晨报\n---\n茶馆在码头上。\n"),
        ("archive/2022-06-13-b.md", "---\ntitle: 乙\nsource: 晚报\n---\n茶馆搬走了。\n"),
        ("archive/2022-06-12-c.md", "---\ntitle: 丙\nsource: 晚报\n---\n码头空着。\n"),
    ])
}

fn open_teahouse(folder: &TempDir, home: &TempDir) -> Journey {
    let mut journey = open(&folder.path().join("archive"), home.path());
    journey.index_all();
    journey
}

fn titles(journey: &Journey) -> Vec<&str> {
    let list = &journey.model.list;
    (0..list.len()).map(|place| &*list.line(place).unwrap().title).collect()
}

/// A name, a text, and how many posts it finds, how many of them unread.
type Query<'a> = (&'a str, &'a str, Option<(u32, u32)>);

fn saved(journey: &Journey) -> Vec<Query<'_>> {
    let queries = journey.model.sidebar.saved().iter();
    let tally = |tally: &Tally| match tally {
        Tally::Counted { total, unread } => Some((*total, *unread)),
        _ => None,
    };
    queries.map(|saved| (&*saved.query.name, &*saved.query.text, tally(&saved.tally))).collect()
}

/// What another device has saved, of several the shorter text first.
fn save_elsewhere(home: &Path, name: &str, text: &str) {
    let paths = crate::config::Paths::under(home);
    let added = Timestamp::new(i64::try_from(text.len()).unwrap(), 0);
    let query = SavedQuery { name: name.into(), text: text.into(), added };
    Shelf::open(&paths.shelf(), "elsewhere").unwrap().0.change(vec![Change::SaveQuery(query)]).unwrap();
}

#[test]
fn a_search_is_saved_under_its_text_or_a_name_and_chosen_again() {
    let (home, folder) = (home(), teahouse());
    let mut journey = open_teahouse(&folder, &home);
    journey.press("/ '茶馆 Enter s Enter");
    assert_eq!(says(&journey), "Saved as 茶馆");
    journey.press("/ ctrl-u '码头 Enter f '丙 Enter s ctrl-u '空 Enter Esc Esc");
    assert_eq!(saved(&journey), [("茶馆", "茶馆", Some((2, 2))), ("空", "title:丙 码头", Some((1, 1)))]);
    journey.press("h");
    insta::assert_snapshot!(journey.resize(60, 12).screen(), @r"
    archive
     All                                                       3
     Unread                                                    3
     Bookmarks                                                 0
    -Saved                                                     2
      茶馆                                                     2
      空                                                       1
    -Sources                                                   2
      晚报                                                     2
      晨报                                                     1
    +Months                                                    1
    丙                                               3/3  ? help
    ");
    insta::assert_snapshot!(journey.resize(100, 12).press("j j j j").screen(), @r"
    archive                       │茶馆                                                              1/2
     All                         3│∙  22-06-14 晨报         甲
     Unread                      3│   茶馆在码头上。
     Bookmarks                   0│∙  22-06-13 晚报         乙
    -Saved                       2│   茶馆搬走了。
      茶馆                       2│
      空                         1│
    -Sources                     2│
      晚报                       2│
      晨报                       1│
    +Months                      1│
    甲                                                                                            ? help
    ");
    assert_eq!(journey.model.sidebar.scope, Scope::Saved("茶馆".into()));
    assert_eq!(titles(&journey), ["甲", "乙"]);
    assert_eq!(titles(journey.press("Enter / '码头 Enter")), ["甲"], "within what the saved query finds");
    journey.press("Esc Enter");
    assert_eq!(says(journey.press("n")), "hit 1 of 1", "what the saved query looks for is marked");
    assert_eq!(saved(&journey)[0], ("茶馆", "茶馆", Some((2, 1))), "one is read now");
    journey.press("Q");
    let tomorrow = open_teahouse(&folder, &home);
    assert_eq!(tomorrow.model.sidebar.scope, Scope::Saved("茶馆".into()));
    assert_eq!((titles(&tomorrow), saved(&tomorrow).len()), (vec!["甲", "乙"], 2));
}

#[test]
fn escape_saves_nothing_and_the_whole_archive_is_no_query() {
    let (home, folder) = (home(), teahouse());
    let mut journey = open_teahouse(&folder, &home);
    assert!(says(journey.press("s")).contains("is no query"));
    journey.press("/ '茶馆 Enter s '甲 Esc");
    journey.press("s ctrl-u Enter");
    assert_eq!(saved(&journey), []);
    journey.press("/ 'saved:茶 Enter");
    assert!(journey.press("s").model.prompt.is_some(), "what is no query is not taken for one");
    journey.press("Esc Esc / '茶馆 Enter s ctrl-u 'Tea Enter Esc / 'saved:tea Enter");
    assert!(journey.model.prompt.is_none(), "the case of a name does not count");
}

#[test]
fn what_is_saved_is_all_that_the_list_is_narrowed_by() {
    let (home, folder) = (home(), teahouse());
    let mut journey = open_teahouse(&folder, &home);
    journey.press("h f '晚报 Enter Enter / '茶馆|码头 Enter s ctrl-u '一 Enter Esc");
    // A quote that is still open, and within a saved query.
    journey.press("h f ctrl-u '一 Enter Enter f '丙 Enter / '\"码头 Enter s ctrl-u '二 Enter Esc Esc");
    let texts: Vec<&str> = saved(&journey).iter().map(|(_, text, _)| *text).collect();
    assert_eq!(texts, ["source:\"晚报\" (茶馆|码头)", "source:\"晚报\" (茶馆|码头) title:丙 \"码头\"",]);
    assert_eq!(saved(&journey)[1].2, Some((1, 1)));
}

#[test]
fn a_saved_query_gets_another_name_goes_and_comes_back() {
    let (home, folder) = (home(), teahouse());
    let mut journey = open_teahouse(&folder, &home);
    journey.press("/ '茶馆 Enter s Enter Esc / '码头 Enter s Enter Esc");
    journey.press("h f '茶 Enter s ctrl-u '茶 Enter");
    assert_eq!(says(&journey), "Saved as 茶");
    let names =
        |journey: &Journey| saved(journey).iter().map(|(name, ..)| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&journey), ["茶", "码头"]);
    assert_eq!(journey.model.sidebar.scope, Scope::Saved("茶".into()));
    assert_eq!(says(journey.press("s ctrl-u '码头 Enter")), "Another query is saved as 码头");
    journey.press("Esc d");
    assert_eq!(says(&journey), "No longer saved: 茶");
    assert_eq!(names(&journey), ["码头"]);
    assert_eq!(journey.model.sidebar.scope, Scope::Saved("码头".into()), "the cursor stands on the next");
    journey.press("d");
    assert_eq!((names(&journey), &journey.model.sidebar.scope), (vec![], &Scope::Bookmarks));
    assert_eq!(says(journey.press("d")), "No saved query is chosen in the sidebar");
    assert_eq!(says(journey.press("u u")), "Undone: No longer saved: 茶");
    assert_eq!(names(&journey), ["茶", "码头"], "in their old order");
    journey.press("u");
    assert_eq!(names(&journey), ["茶馆", "码头"]);
    journey.press("u u");
    assert_eq!(names(&journey), [""; 0]);
    assert_eq!(says(journey.press("u")), "Nothing to undo");
}

#[test]
fn a_saved_query_is_changed_in_the_search_box() {
    let (home, folder) = (home(), teahouse());
    let mut journey = open_teahouse(&folder, &home);
    journey.press("/ '茶馆 Enter s ctrl-u '茶 Enter Esc h j j j j e");
    assert_eq!((titles(&journey), &journey.model.sidebar.scope), (vec!["甲", "乙"], &Scope::All));
    journey.press("Esc");
    assert_eq!(journey.model.sidebar.scope, Scope::Saved("茶".into()), "Esc goes back");
    journey.press("e '|码头 Enter");
    assert_eq!(titles(&journey), ["甲", "乙", "丙"]);
    journey.press("s Enter Esc");
    assert_eq!(saved(&journey), [("茶", "茶馆|码头", Some((3, 3)))]);
    assert_eq!(says(journey.press("u")), "Undone: Saved as 茶");
    assert_eq!(saved(&journey), [("茶", "茶馆", Some((2, 2)))]);
    // What is searched next has nothing to do with it.
    journey.press("/ '空 Enter s");
    assert_eq!(journey.model.prompt.as_ref().unwrap().input.value(), "空");
}

#[test]
fn counts_follow_marks_new_posts_and_other_devices() {
    let (home, folder) = (home(), teahouse());
    save_elsewhere(home.path(), "茶", "茶馆");
    save_elsewhere(home.path(), "未读的茶", "saved:茶 is:unread");
    let mut journey = open_teahouse(&folder, &home);
    let counts = |journey: &Journey| saved(journey).iter().map(|(.., tally)| *tally).collect::<Vec<_>>();
    assert_eq!(counts(&journey), [Some((2, 2)), Some((2, 2))]);
    journey.press("r");
    assert_eq!(counts(&journey), [Some((2, 1)), Some((1, 1))]);
    save_elsewhere(home.path(), "茶", "码头");
    journey.desk.follow().unwrap();
    journey.settle();
    assert_eq!(counts(&journey), [Some((2, 1)), Some((1, 1))]);
    assert_eq!(saved(&journey)[0].1, "码头");
    fs::write(folder.path().join("archive/2022-06-15-d.md"), "# 丁\n\n码头上有人。").unwrap();
    let tomorrow = open_teahouse(&folder, &home);
    assert_eq!(counts(&tomorrow), [Some((3, 2)), Some((2, 2))]);
}

#[test]
fn what_is_shown_of_a_saved_query_follows_what_other_devices_make_of_it() {
    let (home, folder) = (home(), teahouse());
    save_elsewhere(home.path(), "茶", "茶馆");
    let mut journey = open_teahouse(&folder, &home);
    journey.press("h j j j j l");
    assert_eq!(titles(&journey), ["甲", "乙"]);
    save_elsewhere(home.path(), "茶", "空着");
    journey.desk.follow().unwrap();
    journey.settle();
    assert_eq!(titles(&journey), ["丙"]);
    let paths = crate::config::Paths::under(home.path());
    let (mut shelf, _) = Shelf::open(&paths.shelf(), "elsewhere").unwrap();
    shelf.change(vec![Change::DropQuery("茶".into())]).unwrap();
    journey.desk.follow().unwrap();
    journey.settle();
    assert_eq!(journey.model.sidebar.scope, Scope::Bookmarks);
    journey.take(Event::Changed);
    assert_eq!(titles(&journey), [""; 0]);
}

#[test]
fn a_saved_query_that_makes_no_sense_says_so_and_can_be_mended() {
    let (home, folder) = (home(), teahouse());
    save_elsewhere(home.path(), "一", "茶馆 newest:3d");
    save_elsewhere(home.path(), "二", "茶馆 saved:一 has:image");
    let mut journey = open_teahouse(&folder, &home);
    journey.press("h j j j j");
    insta::assert_snapshot!(journey.resize(100, 14).screen(), @r#"
    archive                       │一                                                                0/0
     All                         3│
     Unread                      3│
     Bookmarks                   0│
    -Saved                       2│
      一                         !│                   This saved query makes no sense
      二                         !│unknown field "newest:" (did you mean newer:? a word with a colon go…
    -Sources                     2│                    e puts it into the search box
      晚报                       2│
      晨报                       1│
    +Months                      1│
                                  │
                                  │
                                                                                                  ? help
    "#);
    assert_eq!(says(journey.press("j l j")), "");
    let screen = journey.press("h k e").screen();
    assert!(screen.lines().last().unwrap().contains("newest:3d  unknown field"), "{screen}");
    journey.press("ctrl-u '茶馆 Space '码头 Enter s Enter Esc");
    assert_eq!(saved(&journey)[0], ("一", "茶馆 码头", Some((1, 1))));
    assert_eq!(saved(&journey)[1], ("二", "茶馆 saved:一 has:image", Some((0, 0))));
}
