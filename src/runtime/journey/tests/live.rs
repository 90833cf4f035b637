//! The archive changes while it is being read.

use super::{folder, home, open, says};
use crate::app::Pane;
use crate::runtime::journey::Journey;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// An archive of so many posts, one a day, each of many lines.
fn archive(posts: usize) -> TempDir {
    let posts: Vec<(String, String)> = (1..=posts).map(|day| (name(day), text(day))).collect();
    folder(&posts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

fn name(day: usize) -> String {
    format!("2024-{:02}-{:02}-a.md", 1 + day / 28, 1 + day % 28)
}

fn text(day: usize) -> String {
    let lines: Vec<String> = (1..=60).map(|line| format!("第{day}天第{line}段。")).collect();
    format!("---\ntitle: 第{day}天\n---\n{}\n", lines.join("\n\n"))
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).unwrap();
}

/// The article under the cursor, and its line on the screen.
fn cursor(journey: &Journey) -> (String, usize) {
    let list = &journey.model.list;
    (list.current().unwrap().title.to_string(), list.cursor() - list.top())
}

/// The line of the article at the top of the reader.
fn top(journey: &Journey) -> String {
    let shown = journey.model.reader.shown.as_ref().unwrap();
    let line = (0..).filter_map(|line| shown.line(journey.model.reader.top() + line));
    line.map(|line| line.text()).find(|text| !text.is_empty()).unwrap()
}

#[test]
fn new_posts_come_in_and_neither_cursor_nor_article_moves() {
    let (folder, home) = (archive(40), home());
    let mut journey = open(folder.path(), home.path());
    journey.press("2 0 j Enter 9 j");
    let (before, read) = (cursor(&journey), top(&journey));
    assert_eq!(before.0, "第20天");
    for day in [50, 51, 0] {
        write(&folder, &name(day), &text(day));
        journey.hear(&[&name(day)]);
        assert_eq!((cursor(&journey), top(&journey)), (before.clone(), read.clone()), "{day}");
    }
    assert!(journey.screen().contains("3 new"), "{}", journey.screen());
    assert_eq!(journey.model.list.len(), 43);
    assert_eq!(journey.model.sidebar.totals.posts, 43);
    assert!(!journey.press("q").screen().contains("new"), "until the next key");
    assert_eq!(cursor(journey.press("g g")).0, "第51天");
}

#[test]
fn an_article_that_is_edited_is_set_anew_at_the_same_place() {
    let (folder, home) = (archive(3), home());
    let mut journey = open(folder.path(), home.path());
    journey.press("j Enter 2 0 j");
    let read = top(&journey);
    let edited = text(2).replace("段。", "段，改过。").replace("title: 第2天", "title: 又一天");
    write(&folder, &name(2), &edited);
    journey.hear(&[&name(2)]);
    assert_eq!(top(&journey), read.replace("段。", "段，改过。"));
    assert_eq!(cursor(&journey).0, "又一天");
    assert_eq!(says(&journey), "");
    // What happens to others does not disturb.
    journey.press("G k");
    let read = top(&journey);
    write(&folder, &name(1), "---\ntitle: 别的\n---\n");
    journey.hear(&[&name(1)]);
    assert_eq!(top(&journey), read);
    // Within the head, too.
    journey.press("g g j");
    let line = journey.model.reader.top();
    write(&folder, &name(2), &text(2));
    journey.hear(&[&name(2)]);
    assert_eq!((journey.model.reader.top(), cursor(&journey).0.as_str()), (line, "第2天"));
}

#[test]
fn when_the_article_under_the_cursor_goes_its_neighbour_is_there() {
    let (folder, home) = (archive(5), home());
    let mut journey = open(folder.path(), home.path());
    journey.press("2 j Enter");
    fs::remove_file(folder.path().join(name(3))).unwrap();
    journey.hear(&[&name(3)]);
    assert_eq!(cursor(&journey).0, "第2天");
    assert_eq!(top(&journey), "第2天");
    for day in [1, 2, 4, 5] {
        fs::remove_file(folder.path().join(name(day))).unwrap();
    }
    journey.hear(&[&name(1), &name(2), &name(4), &name(5)]);
    assert!(journey.model.list.is_empty() && journey.model.reader.shown.is_none());
    journey.screen();
}

#[test]
fn a_renamed_folder_keeps_the_cursor_on_the_article() {
    let (folder, home) = (home(), home());
    fs::create_dir(folder.path().join("old")).unwrap();
    for day in 1..=9 {
        write(&folder, &format!("old/{}", name(day)), &text(day));
    }
    let mut journey = open(folder.path(), home.path());
    journey.press("4 j");
    let before = cursor(&journey);
    fs::rename(folder.path().join("old"), folder.path().join("new")).unwrap();
    journey.hear(&["old", "new"]);
    assert_eq!((cursor(&journey), journey.model.list.len()), (before, 9));
    assert!(journey.model.list.current().unwrap().id.as_str().starts_with("new/"));
}

#[test]
fn a_search_follows_the_files() {
    let (folder, home) = (archive(9), home());
    let mut journey = open(folder.path(), home.path());
    journey.index_all();
    let found = |journey: &Journey| journey.model.list.len();
    journey.press("/ '茶馆 Enter");
    assert_eq!(found(&journey), 0);
    write(&folder, "2024-03-01-b.md", "---\ntitle: 乙\n---\n茶馆。");
    assert_eq!(found(journey.hear(&["2024-03-01-b.md"])), 1);
    write(&folder, &name(1), "---\ntitle: 丙\n---\n又一家茶馆。");
    assert_eq!(found(journey.hear(&[&name(1)])), 2);
    write(&folder, "2024-03-01-b.md", "---\ntitle: 乙\n---\n关了。");
    assert_eq!(found(journey.hear(&["2024-03-01-b.md"])), 1);
    fs::remove_file(folder.path().join(name(1))).unwrap();
    assert_eq!(found(journey.hear(&[&name(1)])), 0);
}

#[test]
fn segments_of_single_posts_do_not_pile_up() {
    let (folder, home) = (archive(1), home());
    let mut journey = open(folder.path(), home.path());
    journey.index_all();
    for day in 2..40 {
        write(&folder, &name(day), &text(day));
        journey.hear(&[&name(day)]);
        let segments = segments(home.path());
        assert!(segments < 10, "{segments} after {day} days");
    }
    journey.press("/ '第39天第60段 Enter");
    assert_eq!(cursor(&journey).0, "第39天");
    assert_eq!(journey.model.focus, Pane::List);
}

fn segments(home: &Path) -> usize {
    let files = walkdir::WalkDir::new(home).into_iter().map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|ending| ending == "segment")).count()
}
