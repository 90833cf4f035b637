//! What readers do.

mod facets;
mod live;
mod menus;
mod queries;
mod search;
mod sidebar;
mod sideways;
mod stocks;

use super::Journey;
use crate::app::{Effect, Event, Message, Pane, Scope};
use crate::ingest::{Archive, Options};
use crate::query::Facet;
use crate::typeset::Ambiguous;
use crate::typeset::width::stand_in;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A folder with posts: file names and texts.
fn folder(posts: &[(&str, &str)]) -> TempDir {
    let folder = home();
    for (name, text) in posts {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn open(folder: &Path, home: &Path) -> Journey {
    Journey::on(Archive::open(folder, Options::default()).unwrap(), home, 100, 20)
}

fn says(journey: &Journey) -> String {
    match &journey.status().message {
        Some(Message::Info(text) | Message::Error(text)) => text.to_string(),
        None => String::new(),
    }
}

#[test]
fn three_panes_at_120_columns() {
    let home = home();
    insta::assert_snapshot!(Journey::on_sample(home.path(), 120, 30).press("j j").screen());
}

#[test]
fn list_and_sidebar_then_list_and_reader_at_80_columns() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 80, 20);
    insta::assert_snapshot!("80-sidebar", journey.screen());
    insta::assert_snapshot!("80-reader", journey.press("j Enter").screen());
}

#[test]
fn where_ambiguous_characters_are_avoided_none_is_on_any_screen() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 40);
    assert!(journey.screen().chars().any(is_ambiguous));
    journey.take(Event::Width(Ambiguous::Avoided));
    for keys in ["j", "Enter ctrl-d", "O", "Esc L", "Esc ?", "Esc h h j", "/ “ — é", "Esc l ] ]"] {
        let found: String = journey.press(keys).screen().chars().filter(|c| is_ambiguous(*c)).collect();
        assert_eq!(found, "", "after {keys}");
    }
}

fn is_ambiguous(c: char) -> bool {
    stand_in(c.encode_utf8(&mut [0; 4])).is_some()
}

#[test]
fn a_mark_that_hangs_in_the_margin_is_on_the_screen() {
    let home = home();
    let text = "一二三a，四五六七八，九十，b甲乙丙丁，戊己庚辛壬癸。".repeat(3);
    let folder = folder(&[("2022-06-14-a.md", &format!("---\ntitle: 甲\n---\n{text}"))]);
    let mut journey = open(folder.path(), home.path());
    journey.press("Enter z");
    let mut hung = 0;
    for width in 20..70 {
        let screen = journey.resize(width, 40).screen();
        let full = |line: &&str| line.ends_with(['，', '。']) && line.width() == usize::from(width);
        hung += screen.lines().filter(full).count();
        let shown: String = screen.chars().filter(|c| !c.is_whitespace() && *c != '│').collect();
        assert!(shown.contains(&text), "{width}:\n{screen}");
    }
    assert!(hung > 0);
}

#[test]
fn one_pane_at_a_time_at_40_columns() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 40, 16);
    insta::assert_snapshot!("40-list", journey.screen());
    insta::assert_snapshot!("40-reader", journey.press("l").screen());
    insta::assert_snapshot!("40-sidebar", journey.press("h h").screen());
}

#[test]
fn every_size_down_to_one_cell_is_drawn() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 30);
    for (width, height) in [(1, 1), (2, 1), (1, 5), (5, 2), (3, 3), (17, 4), (64, 1), (110, 2), (300, 100)] {
        for keys in ["l", "h", "h", "?", "Esc", "f", "'茶", "Esc", "/", "Esc", "O", "q", "L", "q", "q"] {
            journey.resize(width, height).press(keys).screen();
        }
        journey.outside.clear();
    }
}

#[test]
fn the_help_shows_the_key_table_and_closes() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 80, 24);
    insta::assert_snapshot!("help", journey.press("?").screen());
    assert_ne!(journey.press("G").screen(), journey.press("g g").screen());
    assert!(!journey.press("?").screen().contains("Program"));
}

#[test]
fn a_source_and_a_filter_narrow_the_list_together() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 30);
    journey.press("h / '潮信 Enter l");
    assert_eq!(journey.model.sidebar.scope, Scope::Facet(Facet::Source, "潮信财报".into()));
    let all = journey.model.list.len();
    journey.press("f '回购 Enter");
    assert_eq!((all, journey.model.list.len()), (2, 1));
    assert!(journey.press("Esc").model.list.len() == 2, "Esc drops the filter");
}

#[test]
fn typing_narrows_as_it_goes_and_escape_takes_it_back() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 30);
    let all = journey.model.list.len();
    assert_eq!(journey.press("f '茶").model.list.len(), 2);
    assert!(journey.press("'xyz").screen().contains("No title contains this"));
    assert_eq!(journey.press("Esc").model.list.len(), all);
}

#[test]
fn a_bookmark_is_shown_at_once_survives_the_program_and_can_be_undone() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 20);
    journey.press("j b");
    assert_eq!(journey.model.sidebar.totals.bookmarked, 1);
    let mut tomorrow = Journey::on_sample(home.path(), 100, 20);
    assert_eq!(tomorrow.model.sidebar.totals.bookmarked, 1);
    tomorrow.press("j b u");
    assert_eq!(
        (says(&tomorrow).as_str(), tomorrow.model.sidebar.totals.bookmarked),
        ("Undone: Bookmark removed", 1)
    );
    tomorrow.press("b h j j Enter");
    assert_eq!(tomorrow.model.list.len(), 0);
    assert!(tomorrow.screen().contains("Nothing bookmarked yet"));
}

#[test]
fn the_next_day_begins_where_the_last_one_ended() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 16);
    journey.press("j j j j j Enter ctrl-d ctrl-d Q");
    let (screen, title) =
        (journey.screen(), journey.model.reader.shown.as_ref().unwrap().header.title.clone());
    let tomorrow = Journey::on_sample(home.path(), 120, 16);
    assert_eq!(tomorrow.model.focus, Pane::Reader);
    assert_eq!(tomorrow.model.reader.shown.as_ref().unwrap().header.title, title);
    assert_eq!(tomorrow.screen(), screen);
}

#[test]
fn opening_marks_as_read_and_looking_at_does_not() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 20);
    let unread = journey.press("j j").model.sidebar.totals.unread;
    journey.press("Enter ] ]");
    assert_eq!(journey.model.sidebar.totals.unread, unread - 3);
    journey.press("r");
    assert_eq!(journey.model.sidebar.totals.unread, unread - 2);
}

#[test]
fn a_place_in_the_text_stays_when_the_window_changes() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 20);
    journey.press("j j j Enter ctrl-d");
    let top = |journey: &Journey| {
        let shown = journey.model.reader.shown.as_ref().unwrap();
        shown.line(journey.model.reader.top()).unwrap().place
    };
    let before = top(&journey);
    assert!(before.block > 0);
    for width in [40, 70, 115, 200, 120] {
        journey.resize(width, 20);
    }
    assert_eq!(top(&journey), before);
}

#[test]
fn finding_in_the_article_marks_the_hits_and_goes_from_one_to_the_next() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 24);
    journey.press("f '查找 Enter Enter / '檐 Enter");
    assert_eq!(says(&journey), "hit 1 of 4");
    assert_eq!(says(journey.press("n n")), "hit 3 of 4");
    assert_eq!(says(journey.press("N")), "hit 2 of 4");
    assert_eq!(says(journey.press("/ '没有的字 Enter")), "Not found: 没有的字");
    let here = journey.press("g g j").screen();
    assert!(journey.press("/ '断行").model.reader.top() > 1);
    assert_eq!(journey.press("Esc").screen(), here, "Esc goes back to where the finding began");
}

#[test]
fn links_are_opened_and_copied_only_where_there_is_one() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 24);
    journey.press("o y");
    assert_eq!((says(&journey).as_str(), journey.outside.len()), ("This post has no address", 0));
    journey.press("f '夜市 Enter o y");
    assert!(matches!(journey.outside.as_slice(), [Effect::Browse(_), Effect::Copy(_)]));
}

#[test]
fn an_empty_folder_says_what_to_do() {
    let (folder, home) = (folder(&[("archive/notes.txt", "no post")]), home());
    insta::assert_snapshot!("empty", open(&folder.path().join("archive"), home.path()).screen());
}

#[test]
fn what_no_post_has_gets_no_column() {
    let home = home();
    let plain = folder(&[("a.md", "# 甲\n\n一"), ("b.md", "# 乙\n\n二")]);
    assert!(open(plain.path(), home.path()).screen().contains("∙  乙"));
    let dated = folder(&[("a.md", "# 甲\n\n一"), ("2024-01-02-b.md", "# 乙\n\n二")]);
    let screen = open(dated.path(), home.path()).screen();
    assert!(screen.contains("01-02 乙") && screen.contains("      甲"), "{screen}");
}

#[test]
fn a_bookmark_outlives_its_post() {
    let (folder, home) = (folder(&[("a.md", "# 甲\n\n一"), ("b.md", "# 乙\n\n二")]), home());
    open(folder.path(), home.path()).press("b");
    let kept = open(folder.path(), home.path()).model.list.current().unwrap().clone();
    fs::remove_file(folder.path().join(kept.id.to_path())).unwrap();
    let mut journey = open(folder.path(), home.path());
    assert_eq!(journey.model.list.len(), 1);
    journey.press("h j j Enter Enter");
    assert_eq!(journey.model.list.current().unwrap().title, kept.title);
    assert!(journey.screen().contains("The file of this post is gone"));

    let screen = journey.resize(140, 24).press(&format!("h / '{} Enter", kept.title)).screen();
    let counts = |name| {
        screen.lines().find_map(|line| {
            Some(line.split_once(name)?.1.split(['│', ' ']).find(|part| !part.is_empty())?.to_owned())
        })
    };
    assert_eq!((counts("All found"), counts(" Bookmarks")), (Some("0".into()), Some("1".into())), "{screen}");
}

#[test]
fn new_posts_come_in_above_without_moving_the_cursor() {
    let (folder, home) = (folder(&[("2024-01-01-a.md", "甲"), ("2024-01-02-b.md", "乙")]), home());
    open(folder.path(), home.path()).press("j Q");
    fs::write(folder.path().join("2024-01-03-c.md"), "丙").unwrap();
    let journey = open(folder.path(), home.path());
    assert_eq!((journey.model.list.len(), journey.model.list.cursor()), (3, 2));
    assert_eq!(&*journey.model.list.current().unwrap().title, "甲");
}

#[test]
fn counts_repeat_motions_and_name_lines() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 24);
    let mut at = |keys: &str| journey.press(keys).model.list.cursor();
    assert_eq!(at("5 j"), 5);
    assert_eq!(at("2 k"), 3);
    assert_eq!(at("1 0 G"), 9);
    assert_eq!(at("G"), 24);
    assert_eq!(at("g g"), 0);
    assert_eq!(at("9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 j"), 24);
}

#[test]
fn quitting_goes_back_one_step_at_a_time() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 100, 24);
    journey.press("Enter q");
    assert_eq!((journey.model.focus, journey.outside.len()), (Pane::List, 0));
    journey.press("Esc");
    assert_eq!(journey.outside, []);
    assert_eq!(journey.press("q").outside, [Effect::Quit]);
}

#[test]
fn among_the_unread_the_article_that_is_open_stays_until_it_is_left() {
    let home = home();
    let mut journey = Journey::on_sample(home.path(), 120, 20);
    journey.press("h j l j j Enter");
    let open = journey.model.list.current().unwrap().clone();
    let unread = journey.model.list.len();
    journey.take(Event::Changed);
    assert_eq!((journey.model.list.row(), journey.model.list.cursor()), (Some(open.row), 2));
    journey.press("Q");
    let mut tomorrow = Journey::on_sample(home.path(), 120, 20);
    assert_eq!(tomorrow.model.list.current().map(|line| &line.id), Some(&open.id));
    tomorrow.press("q j");
    tomorrow.take(Event::Changed);
    assert_eq!(tomorrow.model.list.len(), unread - 1);
}

#[test]
fn removing_the_bookmark_of_a_post_that_is_gone_can_be_undone() {
    let (folder, home) = (folder(&[("a.md", "# 甲")]), home());
    open(folder.path(), home.path()).press("b");
    fs::remove_file(folder.path().join("a.md")).unwrap();
    let mut journey = open(folder.path(), home.path());
    journey.press("h j j Enter b");
    assert_eq!(journey.model.sidebar.totals.bookmarked, 0);
    journey.press("u");
    assert_eq!(journey.model.sidebar.totals.bookmarked, 1);
    assert_eq!(&*journey.model.list.current().unwrap().title, "甲");
}
